//! What is drawn stays drawn, also where one workbook takes another's place: an older
//! backup, a snapshot, the workbook of a window that fell behind.
//!
//! [`Workbook::draws_lost_by`] is the one rule, and holds wherever both are at hand.
//! Where the other is gone, a browser still knows its draws by [`KnownDraw`]: then the
//! trail says openly that draws were made before.

use chrono::NaiveDateTime;

use super::action::{Applied, Outcome};
use super::draw::KnownDraw;
use super::event::Event;
use super::event_detail::{OlderOpened, StoodOver};
use super::kept::Kept;
use super::{DrawId, DrawRecord, Workbook};

/// How many records of each kind two workbooks have that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Differences {
    pub units: usize,
    pub officers: usize,
    /// Items of the list.
    pub items: usize,
    pub agencies: usize,
    pub engineers: usize,
    /// Entries of the trail that only the other has.
    pub entries: usize,
}

impl DrawRecord {
    /// Whether `later` is this draw, as far or further on.
    pub(super) fn is_kept_by(&self, later: &Self) -> bool {
        let is_same = (self.month, self.opened_at, self.genesis)
            == (later.month, later.opened_at, later.genesis)
            && self.register.snapshot_root == later.register.snapshot_root
            && self.sizes == later.sizes;
        is_same
            && (self.committed.is_none() || self.committed == later.committed)
            && (self.outcome().is_none() || self.outcome() == later.outcome())
            && (self.drawn.is_none() || self.drawn == later.drawn)
            && (self.broken_off.is_none() || self.broken_off == later.broken_off)
    }
}

/// How many records of `other` differ from those of `own`.
fn differing<T: Kept>(own: &[T], other: &[T]) -> usize {
    let known = |record: &T| {
        let at = own
            .binary_search_by(|known| known.id().cmp(record.id()))
            .ok()?;
        own.get(at)
    };
    let other = other.iter();
    other
        .filter(|record| known(record) != Some(*record))
        .count()
}

impl Workbook {
    /// Numbers of the draws that were begun here and that `coming` lacks, or has
    /// otherwise: while there are any, it may not take this workbook's place. A draw that was
    /// taken out on either side is there; it lies in an archive. A workbook
    /// with another id is another brigade's or another year's, and none of its draws
    /// are lost by it.
    #[must_use]
    pub fn draws_lost_by(&self, coming: &Self) -> Vec<DrawId> {
        if self.id != coming.id {
            return Vec::new();
        }
        let is_lost = |draw: &&DrawRecord| match coming.draw(draw.id()) {
            Some(later) => !draw.is_kept_by(later),
            None => !coming.knows(draw.id(), &KnownDraw::from(*draw)),
        };
        let lost = self.draws().filter(is_lost).map(DrawRecord::id);
        let taken_out = self
            .draws_taken_out()
            .map(|known| (known.id(self.first_year_ever()), known));
        let taken_out = taken_out.filter(|(id, known)| !coming.knows(*id, known));
        taken_out.map(|(id, _)| id).chain(lost).collect()
    }

    /// Whether the draw with this name is kept here or was taken out into an archive, and
    /// is the one known, as far or further on.
    fn knows(&self, id: DrawId, known: &KnownDraw) -> bool {
        let kept = self.draw(id).map(KnownDraw::from);
        let mut taken_out = self.draws_taken_out().copied();
        let own = kept
            .or_else(|| taken_out.find(|own| (own.year, own.number) == (Some(id.year), id.number)));
        own.is_some_and(|own| known.is_kept_by(&own))
    }

    /// All draws that were ever begun here, in order of their names.
    pub fn known_draws(&self) -> impl Iterator<Item = KnownDraw> {
        let taken_out = self.draws_taken_out().copied();
        taken_out.chain(self.draws().map(KnownDraw::from))
    }

    /// Draws of this workbook's id in `known` that it lacks, or has otherwise.
    #[must_use]
    pub fn draws_lost_of(&self, known: &[KnownDraw]) -> Vec<KnownDraw> {
        let first = self.first_year_ever();
        let is_lost = |known: &&KnownDraw| !self.knows(known.id(first), known);
        known.iter().filter(is_lost).copied().collect()
    }

    /// Whether an archive of this workbook has, as they were, all draws that were taken out
    /// up to its year; none where there are none.
    #[must_use]
    pub fn archive_fits(&self, archive: &Self) -> Option<bool> {
        let upto_year = archive.last_year().year;
        let own = self.draws_taken_out().filter(|_| self.id == archive.id);
        let named = own.filter_map(|known| Some((DrawId::new(known.year?, known.number), known)));
        let mut of_it = named.filter(|(id, _)| id.year <= upto_year).peekable();
        of_it.peek()?;
        Some(of_it.all(|(id, known)| archive.knows(id, known)))
    }

    /// What of `other` differs from this workbook.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Differences {
        let units = other.units.iter();
        let officers = other.officers.iter();
        let items = other.items.iter();
        let entries = other.trail.iter();
        let same = self.trail.iter().zip(&other.trail);
        let same = same.take_while(|(own, other)| own.hash == other.hash);
        Differences {
            units: units
                .filter(|unit| self.unit(&unit.id) != Some(*unit))
                .count(),
            officers: officers
                .filter(|officer| self.officer(&officer.id) != Some(*officer))
                .count(),
            items: items.filter(|item| !self.items.contains(item)).count(),
            agencies: differing(&self.agencies, &other.agencies),
            engineers: differing(&self.engineers, &other.engineers),
            entries: entries.count() - same.count(),
        }
    }

    pub(super) fn stand_over(&self, stored_at: NaiveDateTime) -> Outcome {
        let event = Event::StandOver(StoodOver { stored_at });
        Ok((Applied::done(), event.into()))
    }

    pub(super) fn open_older(&self, known: Vec<KnownDraw>) -> Outcome {
        let event = Event::OpenOlder(OlderOpened { draws: known });
        Ok((Applied::done(), event.into()))
    }
}
