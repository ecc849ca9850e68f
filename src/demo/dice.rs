//! Seeded chance for made-up data.
//!
//! Only whole numbers, and only `next_u32` of ChaCha8: what the `rand` crate
//! builds on top of a generator may change with its versions, this may not,
//! because files in `tests/data` hold the outcome byte for byte.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A seeded stream of choices. Never used for a draw: draws are hashes alone.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of `seed`.
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `bound`, which must be above 0.
    ///
    /// By multiplication instead of rejection: a bias below bound / 2³² does not
    /// matter here, and every call takes one word from the stream.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(bound)) >> 32) as u32
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// True in `permille` of 1000 cases.
    pub(super) fn chance(&mut self, permille: u32) -> bool {
        self.below(1000) < permille
    }

    /// One of `choices`, which must not be empty.
    pub(super) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len() as u32) as usize]
    }

    /// One of `choices`, each as often as its weight says; not all weights are 0.
    pub(super) fn weighted<'a, T>(&mut self, choices: &'a [(T, u32)]) -> &'a T {
        let total = choices.iter().map(|(_, weight)| weight).sum();
        let mut at = self.below(total);
        for (choice, weight) in choices {
            if at < *weight {
                return choice;
            }
            at -= weight;
        }
        unreachable!("the weights sum to the bound of the throw")
    }

    /// Puts `items` in a random order (Fisher & Yates 1938, Durstenfeld 1964).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u32 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_of_a_seed_never_changes() {
        let mut dice = Dice::new(1);
        let throws: Vec<u32> = (0..6).map(|_| dice.below(100)).collect();
        assert_eq!(throws, [54, 40, 98, 8, 21, 59]);
    }

    #[test]
    fn a_weight_of_nothing_is_never_chosen() {
        let mut dice = Dice::new(2);
        let chosen = |_| *dice.weighted(&[('a', 0), ('b', 3), ('c', 0)]);
        assert!((0..1000).map(chosen).all(|c| c == 'b'));
    }
}
