//! The unit register beside a list of another body, such as the market regulator's: what
//! each has that the other lacks, and where they differ. Nothing comes in by this.
//!
//! A row means the unit with its credit code; else, where name and address are alike, it is
//! *offered* as that unit, and a person decides. Compared are the fields that such a body
//! registers ([`COMPARED`]); what the brigade determines itself is not.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::fields::RawFields;
use super::record::{ROWS_A_REST, RowReader};
use super::{Record, Row, Rows, Severity};
use crate::engine::pace::{Advance, Pace, Stage};
use crate::model::field::Kind;
use crate::model::{Described, Unit, UnitId};
use crate::workbook::Workbook;
use crate::workbook::names::{are_alike, folded};
use crate::workbook::runs::Runs;
use crate::workbook::upkeep::{Comparison, Counts, Differing, LINES_KEPT, MissingRow, RowName};

/// Fields that are compared.
pub const COMPARED: [&str; 7] = [
    "name",
    "code",
    "legal_kind",
    "township",
    "address",
    "responsible",
    "phone",
];
/// Signs from which on an address that another one ends with is the same without its county.
const ADDRESS_CHARS_MIN: usize = 4;
/// Units of one name that are looked at.
const NAMESAKES_MAX: usize = 100;

/// Compares the register with a list. `out_of_use`: rows that the list calls closed, with
/// its word. The workbook's action keeps what comes of it.
///
/// ```
/// use std::collections::BTreeMap;
/// use double_random::engine::pace::{AtOnce, at_once};
/// use double_random::exchange::{Content, compare::compare, json};
/// use double_random::{demo, workbook::Workbook};
/// let book = demo::brigade(2026, demo::SEED);
/// let file = br#"{"format": "double-random/units", "version": 1, "units": [
///     {"name": "\u5357\u5bab\u5e02\u65b0\u5355\u4f4d", "address": "\u82cf\u6751 1 \u53f7"}
/// ]}"#;
/// let Content::Units(rows) = json::read(file)? else { unreachable!() };
/// let found = at_once(compare(&book, &rows, "名单.xlsx", &BTreeMap::new(), &AtOnce));
/// assert_eq!((found.counts.rows, found.counts.missing), (1, 1));
/// assert_eq!(found.counts.absent as usize, book.active_units().count());
/// # Ok::<(), double_random::exchange::FileError>(())
/// ```
pub async fn compare(
    book: &Workbook,
    rows: &Rows<Unit>,
    file_name: &str,
    out_of_use: &BTreeMap<u32, String>,
    pace: &impl Pace,
) -> Comparison {
    let steps = Steps {
        pace,
        total: 2 * (rows.rows.len() + book.units.len()),
    };
    let errors = rows.issues.iter();
    let errors = errors.filter(|issue| issue.severity == Severity::Error);
    let mut work = Comparing {
        book,
        out_of_use,
        faulty: errors.map(|issue| issue.row_number).collect(),
        by_code: HashMap::with_capacity(book.units.len()),
        by_name: HashMap::with_capacity(book.units.len()),
        is_seen: vec![false; book.units.len()],
        struck_off: BTreeMap::new(),
        reopened: BTreeSet::new(),
        found: Comparison {
            file: file_name.to_owned(),
            ..Comparison::default()
        },
    };
    for (at, unit) in book.units.iter().enumerate() {
        work.know(at, unit);
        steps.next(at).await;
    }
    // Codes first: a name must not claim a unit that a later row means by its code.
    let mut without: Vec<&Row<Unit>> = Vec::new();
    for (at, row) in rows.rows.iter().enumerate() {
        if !work.place_by_code(row) {
            without.push(row);
        }
        steps.next(book.units.len() + at).await;
    }
    for (at, row) in without.into_iter().enumerate() {
        work.place_by_name(row);
        steps.next(book.units.len() + rows.rows.len() + at).await;
    }
    work.finish(rows)
}

/// Rests now and then.
struct Steps<'a, P> {
    pace: &'a P,
    total: usize,
}

impl<P: Pace> Steps<'_, P> {
    async fn next(&self, done: usize) {
        if done.is_multiple_of(ROWS_A_REST) {
            let (done, total) = (done as u32, self.total as u32);
            self.pace
                .rest(Advance::at(Stage::Reading, done, total))
                .await;
        }
    }
}

/// A comparison in the making.
struct Comparing<'a> {
    book: &'a Workbook,
    out_of_use: &'a BTreeMap<u32, String>,
    faulty: BTreeSet<u32>,
    by_code: HashMap<&'a str, usize>,
    by_name: HashMap<String, Vec<usize>>,
    /// Of each unit whether a row means it.
    is_seen: Vec<bool>,
    struck_off: BTreeMap<String, BTreeSet<&'a UnitId>>,
    reopened: BTreeSet<&'a UnitId>,
    found: Comparison,
}

impl<'a> Comparing<'a> {
    fn know(&mut self, at: usize, unit: &'a Unit) {
        if let Some(code) = unit.key() {
            self.by_code.insert(code, at);
        }
        self.by_name.entry(folded(&unit.name)).or_default().push(at);
    }

    /// Compares a row with the unit that has its code; whether nothing is left to be done.
    fn place_by_code(&mut self, row: &Row<Unit>) -> bool {
        let at = row.patch.key().and_then(|code| self.by_code.get(code));
        let at = at.copied();
        let Some(at) = at else { return false };
        // A second row of one unit is among the faults.
        if self.faulty.contains(&row.row_number) {
            self.is_seen[at] = true;
        } else {
            self.put(row, at, false);
        }
        true
    }

    /// Compares a row with the unit that it is by name and address, or takes it as missing.
    fn place_by_name(&mut self, row: &Row<Unit>) {
        let values = row.patch.values();
        let namesakes = self.by_name.get(&folded(&values.name));
        let mut namesakes = namesakes.into_iter().flatten().take(NAMESAKES_MAX).copied();
        let at =
            namesakes.find(|&at| !self.is_seen[at] && is_offered(&self.book.units[at], values));
        match (at, self.faulty.contains(&row.row_number)) {
            (Some(at), true) => self.is_seen[at] = true,
            (Some(at), false) => self.put(row, at, true),
            (None, true) => {}
            (None, false) => self.miss(row),
        }
    }

    /// A row of which the register has no unit.
    fn miss(&mut self, row: &Row<Unit>) {
        if self.out_of_use.contains_key(&row.row_number) {
            self.found.counts.closed += 1;
            return;
        }
        let aside = &self.book.upkeep.set_aside;
        if !aside.is_empty() && aside.contains_key(&row_name(row.patch.values()).key()) {
            self.found.counts.aside += 1;
            return;
        }
        self.found.counts.missing += 1;
        if self.found.missing.len() < LINES_KEPT {
            self.found.missing.push(MissingRow {
                row_number: row.row_number,
                values: given(row),
            });
        }
    }

    /// A row of a unit of the register.
    fn put(&mut self, row: &Row<Unit>, at: usize, is_by_name: bool) {
        let unit = &self.book.units[at];
        self.is_seen[at] = true;
        let counts = &mut self.found.counts;
        match (
            unit.status.is_active(),
            self.out_of_use.get(&row.row_number),
        ) {
            (true, Some(word)) => {
                counts.struck_off += 1;
                let units = self.struck_off.entry(word.clone()).or_default();
                units.insert(&unit.id);
                return;
            }
            (false, Some(_)) => {
                counts.same += 1;
                return;
            }
            (false, None) => {
                counts.reopened += 1;
                self.reopened.insert(&unit.id);
                return;
            }
            (true, None) => {}
        }
        let theirs = differences(unit, row);
        if theirs.is_empty() {
            counts.same += 1;
            return;
        }
        counts.differing += 1;
        // Rows that are told by their names come after all others, in order too: of both
        // kinds the first are enough to have the first of the file.
        let kept_max = if is_by_name { 2 } else { 1 } * LINES_KEPT;
        if self.found.differing.len() >= kept_max {
            return;
        }
        self.found.differing.push(Differing {
            unit: unit.id.clone(),
            row_number: row.row_number,
            is_by_name,
            theirs,
            kept: BTreeSet::new(),
        });
    }

    fn finish(self, rows: &Rows<Unit>) -> Comparison {
        let Self {
            mut found, faulty, ..
        } = self;
        let units = self.book.units.iter().zip(&self.is_seen);
        let absent = units.filter(|(unit, is_seen)| unit.status.is_active() && !**is_seen);
        let absent: Vec<&str> = absent.map(|(unit, _)| unit.id.as_str()).collect();
        found.counts = Counts {
            rows: rows_count(rows, &faulty),
            faulty: faulty.len() as u32,
            absent: absent.len() as u32,
            ..found.counts
        };
        found.absent = Runs::of(&absent);
        found.reopened = runs(&self.reopened);
        let struck_off = self.struck_off.iter();
        found.struck_off = struck_off
            .map(|(word, units)| (word.clone(), runs(units)))
            .collect();
        found.differing.sort_by_key(|line| line.row_number);
        found.differing.truncate(LINES_KEPT);
        found
    }
}

/// A row that is no record at all stands among the faults only.
fn rows_count(rows: &Rows<Unit>, faulty: &BTreeSet<u32>) -> u32 {
    let is_other = |row: &&u32| {
        let found = rows.rows.binary_search_by_key(*row, |row| row.row_number);
        found.is_err()
    };
    (rows.rows.len() + faulty.iter().filter(is_other).count()) as u32
}

/// By what a row is known again.
fn row_name(values: &Unit) -> RowName {
    RowName {
        code: values.key().unwrap_or_default().to_owned(),
        name: values.name.clone(),
        address: values.address.clone(),
    }
}

fn runs(units: &BTreeSet<&UnitId>) -> Runs {
    let ids: Vec<&str> = units.iter().map(|id| id.as_str()).collect();
    Runs::of(&ids)
}

/// Whether a row may be a unit by name and address. Unlike an import it may not be one of
/// another address only because a code is missing: shops of a chain share their name.
fn is_offered(unit: &Unit, values: &Unit) -> bool {
    let has_place = |unit: &Unit| !folded(&unit.address).is_empty();
    let is_near = are_same_addresses(&unit.address, &values.address);
    are_alike(unit, values) && (is_near || !has_place(unit) || !has_place(values))
        || is_near && has_place(unit) && folded(&unit.name) == folded(&values.name)
}

/// What a row says of its unit.
fn given(row: &Row<Unit>) -> Map<String, Value> {
    let fields = Unit::FIELDS.iter();
    let fields = fields.filter(|field| field.guard.is_none() && row.patch.gives(field.key));
    let values = row.patch.values();
    fields
        .map(|field| (field.key.to_owned(), field.json(values)))
        .collect()
}

/// The fields in which a row differs from its unit, with the row's values.
fn differences(unit: &Unit, row: &Row<Unit>) -> Map<String, Value> {
    let values = row.patch.values();
    let fields = Unit::FIELDS.iter();
    let fields = fields.filter(|field| {
        COMPARED.contains(&field.key)
            && row.patch.gives(field.key)
            && !is_same(field.key, unit, values)
    });
    fields
        .map(|field| (field.key.to_owned(), field.json(values)))
        .collect()
}

/// Whether a unit has this value of a field, however it is written. A list that says nothing
/// contradicts nothing.
///
/// ```
/// use double_random::exchange::compare::is_same;
/// use double_random::model::{Unit, UnitId};
/// let id = UnitId::new("NG-00001").expect("an id");
/// let mut ours = Unit::new(id.clone(), "苏村粮店(河北)");
/// let mut theirs = Unit::new(id, "苏村粮店（河北）");
/// (ours.address, theirs.address) = ("苏村镇苏村1号".into(), "河北省南宫市苏村镇苏村 1 号".into());
/// assert!(is_same("name", &ours, &theirs) && is_same("address", &ours, &theirs));
/// theirs.address = "苏村镇苏村11号".into();
/// assert!(!is_same("address", &ours, &theirs));
/// ```
#[must_use]
pub fn is_same(field: &str, unit: &Unit, theirs: &Unit) -> bool {
    let Some(field) = Unit::field(field) else {
        return true;
    };
    match &field.kind {
        Kind::Name(_) | Kind::Text(_) => {
            let (ours, theirs) = (field.text(unit), field.text(theirs));
            let is_blank = folded(theirs).is_empty();
            let is_address = field.key == "address";
            is_blank
                || folded(ours) == folded(theirs)
                || is_address && are_same_addresses(ours, theirs)
        }
        Kind::Code(_) => theirs.code.is_none() || unit.code == theirs.code,
        _ => field.is_same(unit, theirs),
    }
}

/// Whether one address is the other but for province, county or township before it.
fn are_same_addresses(ours: &str, theirs: &str) -> bool {
    let (ours, theirs) = (folded(ours), folded(theirs));
    let (short, long) = if ours.len() <= theirs.len() {
        (ours, theirs)
    } else {
        (theirs, ours)
    };
    let Some(before) = long.strip_suffix(&short) else {
        return false;
    };
    // «1号» is no end of «11号».
    let is_cut = !before.ends_with(|sign: char| sign.is_ascii_digit())
        || !short.starts_with(|sign: char| sign.is_ascii_digit());
    before.is_empty() || (is_cut && short.chars().count() >= ADDRESS_CHARS_MIN)
}

/// Rows to be imported: chosen lines of a comparison as new units, and of units of the
/// register the list's values of chosen fields.
#[must_use]
pub fn rows_of(missing: &[&MissingRow], adopted: &[(&Differing, BTreeSet<String>)]) -> Rows<Unit> {
    let mut reader = RowReader::new();
    let raw =
        |values: &Map<String, Value>, keys: Option<&BTreeSet<String>>| -> RawFields<'static> {
            let chosen = values.iter();
            let chosen = chosen.filter(|(key, _)| keys.is_none_or(|keys| keys.contains(*key)));
            chosen
                .map(|(key, value)| (Cow::Owned(key.clone()), value.clone()))
                .collect()
        };
    for line in missing {
        reader.push_at(line.row_number, Some(raw(&line.values, None)));
    }
    for (line, fields) in adopted {
        let mut values = raw(&line.theirs, Some(fields));
        let id = Value::String(line.unit.to_string());
        values.push((Cow::Borrowed("id"), id));
        reader.push_at(line.row_number, Some(values));
    }
    reader.finish()
}

/// Units in use that rows of a list call closed, with its word.
#[must_use]
pub fn closed_in_use(
    book: &Workbook,
    rows: &Rows<Unit>,
    out_of_use: &BTreeMap<u32, String>,
) -> BTreeMap<UnitId, String> {
    let rows = rows.rows.iter();
    let closed = rows.filter_map(|row| {
        let word = out_of_use.get(&row.row_number)?;
        let row_number = row.row_number;
        let values = given(row);
        Some((MissingRow { row_number, values }, word))
    });
    let (lines, words): (Vec<MissingRow>, Vec<&String>) = closed.unzip();
    let present = Present::new(book, &lines);
    let unit = |(line, word): (&MissingRow, &String)| {
        let unit = book.unit(present.unit(&line.row_name())?)?;
        unit.status
            .is_active()
            .then(|| (unit.id.clone(), word.clone()))
    };
    lines.iter().zip(words).filter_map(unit).collect()
}

/// A unit that has nothing but the list's values of a line.
#[must_use]
pub fn theirs(line: &Differing) -> Unit {
    let keys = line.theirs.keys().cloned().collect();
    let rows = rows_of(&[], &[(line, keys)]);
    let values = rows.rows.first().map(|row| row.patch.values().clone());
    values.unwrap_or_else(Unit::blank)
}

/// Where the register now has the unit of a row that it lacked; by code, else by name and
/// address.
#[derive(Debug, Default)]
pub struct Present {
    codes: BTreeMap<String, UnitId>,
    names: BTreeMap<String, UnitId>,
}

impl Present {
    /// Of the units of a register that rows of `missing` may be.
    #[must_use]
    pub fn new(book: &Workbook, missing: &[MissingRow]) -> Self {
        let rows: Vec<RowName> = missing.iter().map(MissingRow::row_name).collect();
        let codes: BTreeSet<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        let names: BTreeSet<String> = rows.iter().map(|row| row.name.clone()).collect();
        let mut present = Self::default();
        for unit in book.units.iter() {
            if let Some(code) = unit.key().filter(|code| codes.contains(code)) {
                present.codes.insert(code.to_owned(), unit.id.clone());
            }
            if names.contains(&unit.name) {
                let row = RowName {
                    code: String::new(),
                    name: unit.name.clone(),
                    address: unit.address.clone(),
                };
                present.names.insert(row.key(), unit.id.clone());
            }
        }
        present
    }

    /// The unit of a row.
    #[must_use]
    pub fn unit(&self, row: &RowName) -> Option<&UnitId> {
        if row.code.is_empty() {
            self.names.get(&row.key())
        } else {
            self.codes.get(&row.code)
        }
    }
}
