//! Certificates of a year side by side: whether each follows the one before, so that a draw
//! left out or exchanged between two that were published shows.

use super::checking::DrawFacts;

/// How a certificate stands to those that lie open beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// It names none before it: the first of its year.
    First,
    /// It names the hash of this draw's, which lies open.
    Follows(u32),
    /// The one that it names does not lie open.
    Lacking,
    /// The draw with the number before it lies open, and is not the one that it names.
    Other(u32),
    /// Another one of the same number lies open, and says something else.
    Rival,
    /// Its hash is not that of what it says.
    Changed,
}

impl Link {
    /// Whether it speaks against what was published.
    #[must_use]
    pub const fn is_broken(self) -> bool {
        matches!(self, Self::Other(_) | Self::Rival | Self::Changed)
    }
}

/// The draws in order of year and number, each once, with how it stands to the others.
///
/// ```
/// use double_random::engine::lottery::sha256;
/// use double_random::exchange::checking::DrawFacts;
/// use double_random::exchange::links::{Link, links};
/// let draw = |number: u32, hash: &str, previous: Option<&str>| DrawFacts {
///     hash: sha256(hash.as_bytes()),
///     previous: previous.map(|it| sha256(it.as_bytes())),
///     month: "2026-03".parse().expect("a month"),
///     number,
///     is_own_hash: true,
/// };
/// let (first, third, fourth) = (draw(1, "a", None), draw(3, "c", Some("b")), draw(4, "d", Some("c")));
/// let found: Vec<Link> = links(&[&fourth, &first, &third]).iter().map(|it| it.1).collect();
/// // The second one may be published, and is not here.
/// assert_eq!(found, [Link::First, Link::Lacking, Link::Follows(3)]);
/// let second = draw(2, "other", Some("a"));
/// let found: Vec<Link> = links(&[&first, &second, &third]).iter().map(|it| it.1).collect();
/// assert_eq!(found, [Link::First, Link::Follows(1), Link::Other(2)]);
/// ```
#[must_use]
pub fn links<'a>(draws: &[&'a DrawFacts]) -> Vec<(&'a DrawFacts, Link)> {
    let mut draws = draws.to_vec();
    draws.sort_by_key(|draw| (draw.month.year(), draw.number, draw.hash));
    draws.dedup_by_key(|draw| (draw.hash, draw.is_own_hash));
    let link = |draw: &DrawFacts| {
        let of_year = |other: &&&DrawFacts| other.month.year() == draw.month.year();
        let others = || draws.iter().filter(of_year);
        let with_number = |number: u32| others().filter(move |other| other.number == number);
        if !draw.is_own_hash {
            return Link::Changed;
        }
        if with_number(draw.number).count() > 1 {
            return Link::Rival;
        }
        let Some(before) = draw.previous else {
            return Link::First;
        };
        let named = others().find(|other| other.hash == before && other.is_own_hash);
        let next = with_number(draw.number.saturating_sub(1)).next();
        match (named, next) {
            (Some(named), _) => Link::Follows(named.number),
            (None, Some(next)) => Link::Other(next.number),
            (None, None) => Link::Lacking,
        }
    };
    draws.iter().map(|draw| (*draw, link(draw))).collect()
}
