//! The order of names in a list: by sound, as Chinese readers look them up. Only the host knows
//! how a character sounds; it is asked about characters, which are few, not about names.
//!
//! The order of a register is worked out once a version of it, and ahead of the click that asks
//! for it: [`Names::order`] rests in between, and begins from the order that was. A list then
//! takes its places out of the order ([`Index::list`](super::list::Index::list)).

use crate::engine::pace::{Advance, Pace};

/// So many names are sorted between two rests.
const RUN: usize = 4_096;

/// Characters in the sequence in which names compare.
#[derive(Debug, Clone, Default)]
pub struct Alphabet {
    /// By the character's code, 0 where it has none. A million characters are ranked for
    /// a large register: a table is read several times as fast as a map.
    ranks: Vec<u32>,
}

impl Alphabet {
    /// One in which these characters stand in this sequence, and all others behind them by
    /// their codes.
    ///
    /// ```
    /// use double_random::desk::name_order::{Alphabet, Names};
    /// use double_random::engine::pace::{AtOnce, at_once};
    /// let sounds = Alphabet::new("阿波测".chars());
    /// let names = Names::new(["测", "波乙", "阿"], &sounds);
    /// assert_eq!(at_once(names.order(&[], &AtOnce)), [2, 1, 0]);
    /// ```
    pub fn new(characters: impl IntoIterator<Item = char>) -> Self {
        let mut ranks = Vec::new();
        for (character, rank) in characters.into_iter().zip(1..) {
            *slot(&mut ranks, character) = rank;
        }
        Self { ranks }
    }

    fn rank(&self, character: char) -> u32 {
        let rank = self.ranks.get(character as usize).copied();
        rank.filter(|rank| *rank > 0)
            .unwrap_or(u32::from(character))
    }
}

/// The characters of texts, each once, in order of their codes: what the host is to put into
/// sequence.
///
/// ```
/// use double_random::desk::name_order::characters;
/// assert_eq!(characters(["超市𠮷", "超A市"]), ['A', '市', '超', '𠮷']);
/// ```
pub fn characters<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<char> {
    let mut stands = Vec::new();
    for character in texts.into_iter().flat_map(str::chars) {
        *slot(&mut stands, character) = true;
    }
    let stands = (0..).zip(stands).filter(|(_, stands)| *stands);
    stands
        .filter_map(|(code, _)| char::from_u32(code))
        .collect()
}

/// The place of a character in a table that grows as far as it is used.
fn slot<T: Clone + Default>(table: &mut Vec<T>, character: char) -> &mut T {
    let at = character as usize;
    if table.len() <= at {
        table.resize(at + 1, T::default());
    }
    &mut table[at]
}

/// The names of a register as they compare.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The ranks of all characters, name after name.
    ranks: Vec<u32>,
    /// Where each name ends in `ranks`.
    ends: Vec<usize>,
}

impl Names {
    /// These names, in the order of the register.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>, alphabet: &Alphabet) -> Self {
        let mut made = Self::default();
        for name in names {
            let ranks = name.chars().map(|character| alphabet.rank(character));
            made.ranks.extend(ranks);
            made.ends.push(made.ranks.len());
        }
        made
    }

    /// The name at a place, and the place: equal names stand as in the register.
    fn key(&self, place: u32) -> (&[u32], u32) {
        let at = place as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        (&self.ranks[start..self.ends[at]], place)
    }

    /// The places of all names in their order. `before` is the order of an earlier version of the
    /// register, or empty: it bears on the time that is taken, never on what comes out.
    pub async fn order(&self, before: &[u32], pace: &impl Pace) -> Vec<u32> {
        let mut places = self.seeded(before);
        let total = places.len();
        let is_less = |a: &u32, b: &u32| self.key(*a) < self.key(*b);
        let mut width = RUN;
        loop {
            for (part, done) in places.chunks_mut(width).zip((0..).step_by(width)) {
                // Two sorted halves, often already in order one behind the other.
                if !part.is_sorted_by(is_less) {
                    part.sort_by(|a, b| self.key(*a).cmp(&self.key(*b)));
                }
                pace.rest(Advance::running(done, total)).await;
            }
            if width >= total {
                return places;
            }
            width *= 2;
        }
    }

    /// All places, near the order that was.
    fn seeded(&self, before: &[u32]) -> Vec<u32> {
        let mut is_missing = vec![true; self.ends.len()];
        let mut places = Vec::with_capacity(is_missing.len());
        for place in before {
            if let Some(is_missing) = is_missing.get_mut(*place as usize)
                && std::mem::take(is_missing)
            {
                places.push(*place);
            }
        }
        let all = (0..).zip(is_missing);
        places.extend(all.filter_map(|(place, is_missing)| is_missing.then_some(place)));
        places
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::pace::{AtOnce, at_once};

    fn order(names: &Names, before: &[u32]) -> Vec<u32> {
        at_once(names.order(before, &AtOnce))
    }

    #[test]
    fn names_stand_by_the_rank_of_their_characters_and_equal_ones_as_in_the_register() {
        let sounds = Alphabet::new("阿波测".chars());
        let names = ["测", "波乙", "𠮷", "阿乙", "波", "波乙", "阿", ""];
        // What has no rank stands by its code, behind what has one.
        let names = Names::new(names, &sounds);
        assert_eq!(order(&names, &[]), [7, 6, 3, 4, 1, 5, 0, 2]);
        assert!(order(&Names::default(), &[1, 0]).is_empty());
    }

    /// More names than a run holds, many of them equal.
    fn many() -> impl Strategy<Value = Vec<String>> {
        (1..3 * RUN + 2, 1..500_usize, any::<u64>()).prop_map(|(count, step, seed)| {
            let name = |at: usize| {
                let mixed = (at as u64 / 3).wrapping_mul(seed | 1) >> 40;
                format!("{}", mixed as usize % (step * 7))
            };
            (0..count).map(name).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn it_is_the_stable_order_whatever_stood_before(
            texts in many(),
            before in proptest::collection::vec(0..3 * RUN as u32, 0..200),
            gone in 0..20_usize,
        ) {
            let names = Names::new(texts.iter().map(String::as_str), &Alphabet::default());
            let mut sorted: Vec<u32> = (0..texts.len() as u32).collect();
            sorted.sort_by_key(|place| &texts[*place as usize]);
            prop_assert_eq!(&order(&names, &[]), &sorted);
            // From an order with places of its own, with some twice, with some that are gone.
            prop_assert_eq!(&order(&names, &before), &sorted);
            // From the order before some records went, and more came.
            let left = &texts[gone.min(texts.len() - 1)..];
            let names = Names::new(left.iter().map(String::as_str), &Alphabet::default());
            let mut again: Vec<u32> = (0..left.len() as u32).collect();
            again.sort_by_key(|place| &left[*place as usize]);
            prop_assert_eq!(&order(&names, &sorted), &again);
        }
    }
}
