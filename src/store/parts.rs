//! Where a workbook's text is cut into parts, and which of them need be packed anew.
//!
//! The text is what [`serde_json`] writes of a [`Workbook`], but for the order of its
//! fields: all short ones first (the head), then the long lists, page by page. So
//! whoever reads a workbook reads the joined parts, of whatever version they are.
//!
//! A [`Cutter`] remembers what it has packed. A page of the register, the trail or a
//! year's visits is known again by its [`Mark`], a draw by comparing it, its frozen
//! register by being the very same: so a change costs one page, and no look at the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use super::Loaded;
use super::manifest::{Cut, PartName, Piece};
use crate::engine::snapshot::Snapshot;
use crate::model::{Agency, Engineer};
use crate::workbook::draw::FrozenRegister;
use crate::workbook::kept::KeptRows;
use crate::workbook::paged::{Mark, Paged};
use crate::workbook::visit::VisitIndexCell;
use crate::workbook::{DrawRecord, OwnVisits, Trail, Units, VERSION, Visits, Workbook, Year};

/// Frozen units in one part: they are few bytes each, and never change.
const FROZEN_A_PART: usize = 5_000;

/// The place of a draw: its year's among the years, and its own there.
type DrawAt = (usize, usize);

/// What stands in one place of the text. Lists are pages, by number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// What stands between two parts.
    Between(String),
    /// All short fields of the workbook.
    Head,
    /// Units of the register.
    Units(usize),
    /// Service institutions.
    Agencies(usize),
    /// Registered fire engineers.
    Engineers(usize),
    /// All short fields of the year at this place.
    Year(usize),
    /// All short fields of a draw.
    Draw(DrawAt),
    /// Units of its frozen register.
    Frozen(DrawAt, usize),
    /// The sums of those units.
    Sums(DrawAt, usize),
    /// Visits of the year at this place.
    Visits(usize, usize),
    /// Checks of institutions and engineers of the year at this place.
    OwnVisits(usize, usize),
    /// Entries of the trail.
    Trail(usize),
}

/// A part that was packed, and of what.
#[derive(Debug)]
struct Kept {
    /// None where it was compared, or never changes.
    mark: Option<Mark>,
    name: PartName,
}

/// Cuts a workbook again and again, and packs what changed.
#[derive(Debug, Default)]
pub struct Cutter {
    kept: BTreeMap<Place, Kept>,
    /// Short fields as they were packed.
    heads: BTreeMap<Place, String>,
    /// The draws as they were packed; a register among them is shared, not copied.
    draws: BTreeMap<DrawAt, DrawRecord>,
}

/// A workbook that is being cut.
#[derive(Debug)]
pub struct Cutting {
    places: std::vec::IntoIter<Place>,
    /// Parts that the store has, and that were found whole there.
    stored: BTreeSet<PartName>,
    cut: Cut,
}

impl Cutter {
    /// Goes on from what was loaded: pages that are as they were read need not be packed.
    #[must_use]
    pub fn of_loaded(loaded: &Loaded<Workbook>) -> Self {
        let mut cutter = Self::default();
        let (book, pieces) = (&loaded.value, &loaded.cut.pieces);
        let places = places(book);
        let is_cut_so = loaded.header.version == VERSION && loaded.cut.paging == paging();
        if !is_cut_so || places.len() != pieces.len() {
            return cutter;
        }
        for (place, piece) in places.into_iter().zip(pieces) {
            let (Piece::Part(name), Some(mark)) = (piece, mark_as_read(book, &place)) else {
                continue;
            };
            let name = name.clone();
            cutter.kept.insert(place, Kept { mark, name });
        }
        for (year, kept) in book.years.iter().enumerate() {
            let draws = kept.draws.iter().enumerate();
            let draws = draws.map(|(number, draw)| ((year, number), draw.clone()));
            cutter.draws.extend(draws);
        }
        cutter
    }

    /// Cuts the whole of `book` at once. `stored` are the parts that need not be packed,
    /// as [`super::Vault::parts_known`] has them.
    ///
    /// ```
    /// use double_random::demo;
    /// use double_random::store::parts::Cutter;
    /// use double_random::store::{MemoryStorage, Stamp, Vault};
    /// let mut book = demo::brigade(2026, demo::SEED);
    /// let at = chrono::NaiveDateTime::default();
    /// let stamp = Stamp { at, version: 1, units_count: 2412 };
    /// let (mut vault, mut cutter) = (Vault::new(MemoryStorage::new(), 1), Cutter::default());
    /// let whole = vault.save(&cutter.cut(&book, vault.parts_known()?), &stamp)?;
    /// book.units[7].note = "新换门锁".into();
    /// let page = vault.save(&cutter.cut(&book, vault.parts_known()?), &stamp)?;
    /// assert!(page.units < whole.units / 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn cut(&mut self, book: &Workbook, stored: BTreeSet<PartName>) -> Cut {
        let mut cutting = Cutting::new(book, stored);
        while self.step(book, &mut cutting) {}
        cutting.cut
    }

    /// Cuts one part more of `book`, always the same; whether more is to come.
    pub fn step(&mut self, book: &Workbook, cutting: &mut Cutting) -> bool {
        let Some(place) = cutting.places.next() else {
            return false;
        };
        match place {
            Place::Between(text) => cutting.cut.push_text(text),
            Place::Head => {
                self.forget_draws_gone(book);
                self.keep_head(place, head(book), cutting);
            }
            Place::Year(at) => self.keep_head(place, head_of_year(&book.years[at]), cutting),
            Place::Units(page) => self.keep_page(place, &book.units, page, cutting),
            Place::Agencies(page) => self.keep_page(place, &book.agencies, page, cutting),
            Place::Engineers(page) => self.keep_page(place, &book.engineers, page, cutting),
            Place::Trail(page) => self.keep_page(place, &book.trail, page, cutting),
            Place::Draw(at) => self.keep_draw(book, at, cutting),
            Place::Frozen(at, page) => {
                let units = &draw(book, at).register.snapshot.units;
                self.keep(place, None, cutting, || frozen_rows(units, page));
            }
            Place::Sums(at, page) => {
                let sums = &draw(book, at).register.sum_of;
                self.keep(place, None, cutting, || frozen_rows(sums, page));
            }
            Place::Visits(at, page) => {
                self.keep_page(place, &book.years[at].visits, page, cutting);
            }
            Place::OwnVisits(at, page) => {
                self.keep_page(place, &book.years[at].own_visits, page, cutting);
            }
        }
        true
    }

    /// Draws of years taken out would be held here for ever.
    fn forget_draws_gone(&mut self, book: &Workbook) {
        let years = &book.years;
        let is_there =
            |(year, at): &DrawAt| years.get(*year).is_some_and(|year| *at < year.draws.len());
        self.draws.retain(|at, _| is_there(at));
    }

    fn keep_page<T: Serialize, const PAGE: usize>(
        &mut self,
        place: Place,
        list: &Paged<T, PAGE>,
        page: usize,
        cutting: &mut Cutting,
    ) {
        let text = || list.pages().nth(page).map_or_else(String::new, rows);
        self.keep(place, list.mark(page).cloned(), cutting, text);
    }

    /// Names the part at `place` again if it is what it was and in the store; else packs it.
    fn keep(
        &mut self,
        place: Place,
        mark: Option<Mark>,
        cutting: &mut Cutting,
        text: impl FnOnce() -> String,
    ) {
        let known = self.kept.get(&place);
        let known = known.filter(|kept| kept.mark == mark);
        match known.filter(|kept| cutting.stored.contains(&kept.name)) {
            Some(kept) => cutting.cut.push_part(kept.name.clone()),
            None => {
                let name = cutting.cut.push_rows(&text());
                self.kept.insert(place, Kept { mark, name });
            }
        }
    }

    fn keep_head(&mut self, place: Place, head: String, cutting: &mut Cutting) {
        if self.heads.get(&place) != Some(&head) {
            self.kept.remove(&place);
            self.heads.insert(place.clone(), head.clone());
        }
        self.keep(place, None, cutting, || head);
    }

    fn keep_draw(&mut self, book: &Workbook, at: DrawAt, cutting: &mut Cutting) {
        let draw = draw(book, at);
        let known = self.draws.get(&at);
        // The very same, or a copy of it read anew: nothing of a register ever changes.
        if known.is_none_or(|known| known.register != draw.register) {
            let is_of_register = |place: &Place| match place {
                Place::Frozen(of, _) | Place::Sums(of, _) => *of == at,
                _ => false,
            };
            self.kept.retain(|place, _| !is_of_register(place));
        }
        if known != Some(draw) {
            self.kept.remove(&Place::Draw(at));
            self.draws.insert(at, draw.clone());
        }
        self.keep(Place::Draw(at), None, cutting, || head_of_draw(draw));
    }
}

impl Cutting {
    /// Nothing cut yet; `stored` as for [`Cutter::cut`].
    #[must_use]
    pub fn new(book: &Workbook, stored: BTreeSet<PartName>) -> Self {
        let paging = paging();
        Self {
            places: places(book).into_iter(),
            stored,
            cut: Cut {
                paging,
                ..Cut::default()
            },
        }
    }

    /// What was cut, once no step is left.
    #[must_use]
    pub fn finish(self) -> Cut {
        self.cut
    }
}

/// How many records the pages have: a store in other pages is cut anew.
fn paging() -> String {
    let sizes = [
        Units::PAGE,
        Trail::PAGE,
        Visits::PAGE,
        FROZEN_A_PART,
        KeptRows::<Agency>::PAGE,
        KeptRows::<Engineer>::PAGE,
        OwnVisits::PAGE,
    ];
    sizes.map(|size| size.to_string()).join(" ")
}

/// The mark of a page that is as it was read; none for what is to be packed.
fn mark_as_read(book: &Workbook, place: &Place) -> Option<Option<Mark>> {
    let mark = match place {
        Place::Units(page) => book.units.mark(*page),
        Place::Agencies(page) => book.agencies.mark(*page),
        Place::Engineers(page) => book.engineers.mark(*page),
        Place::Trail(page) => book.trail.mark(*page),
        Place::Visits(at, page) => book.years[*at].visits.mark(*page),
        Place::OwnVisits(at, page) => book.years[*at].own_visits.mark(*page),
        // A draw is compared with what it was, and nothing of its register ever changes.
        Place::Draw(_) | Place::Frozen(..) | Place::Sums(..) => return Some(None),
        Place::Between(_) | Place::Head | Place::Year(_) => return None,
    };
    mark.filter(|mark| mark.is_as_read())
        .map(|mark| Some(mark.clone()))
}

/// All places of the text, in order.
fn places(book: &Workbook) -> Vec<Place> {
    let mut places = Vec::new();
    let between = |text: &str| Place::Between(text.to_owned());
    places.push(Place::Head);
    places.push(between(",\"units\":["));
    push_pages(&mut places, book.units.pages().len(), Place::Units);
    // A workbook without these registers is written as before there were any.
    let (agencies, engineers) = (book.agencies.pages().len(), book.engineers.pages().len());
    if agencies > 0 {
        places.push(between("],\"agencies\":["));
        push_pages(&mut places, agencies, Place::Agencies);
    }
    if engineers > 0 {
        places.push(between("],\"engineers\":["));
        push_pages(&mut places, engineers, Place::Engineers);
    }
    places.push(between("],\"years\":["));
    for (at, year) in book.years.iter().enumerate() {
        places.extend((at > 0).then(|| between(",")));
        push_year(&mut places, at, year);
    }
    places.push(between("],\"trail\":["));
    push_pages(&mut places, book.trail.pages().len(), Place::Trail);
    places.push(between("]}"));
    places
}

fn push_year(places: &mut Vec<Place>, at: usize, year: &Year) {
    let between = |text: &str| Place::Between(text.to_owned());
    places.push(Place::Year(at));
    places.push(between(",\"visits\":["));
    push_pages(places, year.visits.pages().len(), |page| {
        Place::Visits(at, page)
    });
    let own = year.own_visits.pages().len();
    if own > 0 {
        places.push(between("],\"own_visits\":["));
        push_pages(places, own, |page| Place::OwnVisits(at, page));
    }
    places.push(between("],\"draws\":["));
    for (number, draw) in year.draws.iter().enumerate() {
        let (at, register) = ((at, number), &draw.register);
        places.extend((number > 0).then(|| between(",")));
        places.push(Place::Draw(at));
        places.push(between(",\"units\":["));
        let frozen = register.snapshot.units.chunks(FROZEN_A_PART).len();
        push_pages(places, frozen, |page| Place::Frozen(at, page));
        places.push(between("]},\"sum_of\":["));
        let sums = register.sum_of.chunks(FROZEN_A_PART).len();
        push_pages(places, sums, |page| Place::Sums(at, page));
        places.push(between("]}}"));
    }
    places.push(between("]}"));
}

fn draw(book: &Workbook, (year, draw): DrawAt) -> &DrawRecord {
    &book.years[year].draws[draw]
}

fn push_pages(places: &mut Vec<Place>, count: usize, place: impl Fn(usize) -> Place) {
    for page in 0..count {
        places.extend((page > 0).then(|| Place::Between(",".to_owned())));
        places.push(place(page));
    }
}

fn frozen_rows<T: Serialize>(all: &[T], page: usize) -> String {
    let mut pages = all.chunks(FROZEN_A_PART);
    pages.nth(page).map_or_else(String::new, rows)
}

/// The elements of a list, without its brackets.
fn rows<T: Serialize>(list: &[T]) -> String {
    let text = serde_json::to_string(list).expect("the keys of records are texts");
    text[1..text.len() - 1].to_owned()
}

/// The beginning of the workbook's text: all fields but the long lists, left open.
fn head(book: &Workbook) -> String {
    let short = Workbook {
        format: book.format.clone(),
        version: book.version,
        id: book.id.clone(),
        is_demo: book.is_demo,
        demo_today: book.demo_today,
        brigade: book.brigade.clone(),
        categories: book.categories.clone(),
        units: Units::default(),
        officers: book.officers.clone(),
        items: book.items.clone(),
        item_versions: book.item_versions.clone(),
        agencies: KeptRows::default(),
        engineers: KeptRows::default(),
        holidays: book.holidays.clone(),
        taken_out: book.taken_out.clone(),
        upkeep: book.upkeep.clone(),
        years: Vec::new(),
        unit_number_last: book.unit_number_last,
        officer_number_last: book.officer_number_last,
        agency_number_last: book.agency_number_last,
        engineer_number_last: book.engineer_number_last,
        trail: Trail::default(),
        extra: book.extra.clone(),
        visit_index: VisitIndexCell::default(),
    };
    let mut fields = fields(&short);
    for list in ["units", "years", "trail"] {
        fields.remove(list);
    }
    left_open(fields)
}

/// The beginning of a year's text, left open.
fn head_of_year(year: &Year) -> String {
    let short = Year {
        year: year.year,
        draft: year.draft.clone(),
        plans: year.plans.clone(),
        draws: Vec::new(),
        visits: Visits::default(),
        own_visits: OwnVisits::default(),
        others: year.others.clone(),
        campaigns: year.campaigns.clone(),
        self_checks: year.self_checks.clone(),
        check_notes: year.check_notes.clone(),
        bulletins: year.bulletins.clone(),
        closed: year.closed.clone(),
        extra: year.extra.clone(),
    };
    let mut fields = fields(&short);
    for list in ["draws", "visits"] {
        fields.remove(list);
    }
    left_open(fields)
}

/// The beginning of a draw's text, up to the frozen units, left open inside the snapshot.
fn head_of_draw(draw: &DrawRecord) -> String {
    let whole = &*draw.register;
    let month = whole.snapshot.month;
    let units = Vec::new();
    let register = FrozenRegister {
        snapshot: Snapshot { month, units },
        sums: whole.sums.clone(),
        sum_of: Vec::new(),
        officers: whole.officers.clone(),
        working_days: whole.working_days.clone(),
        snapshot_root: whole.snapshot_root,
        officers_root: whole.officers_root,
    };
    let (mut snapshot, mut frozen) = (fields(&register.snapshot), fields(&register));
    let register = Arc::new(register);
    let mut record = fields(&DrawRecord {
        register,
        ..draw.clone()
    });
    snapshot.remove("units");
    for field in ["snapshot", "sum_of"] {
        frozen.remove(field);
    }
    record.remove("register");
    let [record, frozen, snapshot] = [record, frozen, snapshot].map(left_open);
    format!("{record},\"register\":{frozen},\"snapshot\":{snapshot}")
}

fn fields<T: Serialize>(record: &T) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => fields,
        _ => unreachable!("a record is an object, and its keys are texts"),
    }
}

/// The text of an object with at least one field, without its last brace.
fn left_open(fields: Map<String, Value>) -> String {
    let mut text = Value::Object(fields).to_string();
    text.pop();
    text
}
