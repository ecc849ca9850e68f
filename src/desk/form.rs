//! Records as they are typed: texts that become checked values, or faults that
//! name their field. Forms keep texts; only a record without faults is acted on.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::field::Kind;
use crate::model::{
    Absence, AbsenceKind, AskedBy, Avoidance, AvoidanceGround, Field, Officer, SocialCreditCode,
    Unit, UnitId,
};
use crate::workbook::Workbook;
use crate::workbook::names::is_same_person;
use crate::workbook::register::Registered;
pub use crate::workbook::rule::Fault;
use crate::workbook::rule::check_field;

/// A value as a form keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// What stands in a line or an area of text.
    Text(String),
    /// Whether a box is ticked.
    Flag(bool),
    /// The place of the chosen value in its list.
    Choice(usize),
}

/// A record's fields as they are typed, by their keys. What a form does not show has none.
pub type Texts = BTreeMap<&'static str, Typed>;

/// Where a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// A field, by its key.
    Field(&'static str),
    /// A period of absence, by its place.
    Absence(usize, AbsenceField),
    /// An avoidance, by its place.
    Avoidance(usize, AvoidanceField),
}

/// Faults with their fields.
pub type Faults<F> = Vec<(F, Fault)>;

/// A value of a record as a form keeps it; none where a form has rows or nothing for it.
#[must_use]
pub fn typed<R>(field: &Field<R>, record: &R) -> Option<Typed> {
    field.form?;
    Some(match &field.kind {
        Kind::Name(_) | Kind::Text(_) | Kind::Lines(_) | Kind::Code(_) => {
            Typed::Text(field.text(record).to_owned())
        }
        Kind::Tags(slot) => {
            let tags: Vec<_> = (slot.get)(record).iter().cloned().collect();
            Typed::Text(tags.join("，"))
        }
        Kind::Flag(slot) => Typed::Flag(*(slot.get)(record)),
        Kind::Number(slot) => Typed::Text(optional_text(*(slot.get)(record))),
        Kind::Date(slot) => Typed::Text(optional_text(*(slot.get)(record))),
        Kind::Dates(slot) => Typed::Text(dates_text((slot.get)(record))),
        Kind::Choice(choice) => Typed::Choice((choice.get)(record)),
        _ => return None,
    })
}

/// The texts of a record.
#[must_use]
pub fn texts<R: Registered>(record: &R) -> Texts {
    let fields = R::FIELDS.iter();
    fields
        .filter_map(|field| Some((field.key, typed(field, record)?)))
        .collect()
}

/// The record `before` with `texts` in it, and what is wrong with its fields, in their order.
#[must_use]
pub fn parse<R: Registered>(
    texts: &Texts,
    before: &R,
    book: &Workbook,
    today: NaiveDate,
) -> (R, Faults<Spot>) {
    let mut faults = Faults::new();
    let mut record = before.clone();
    for field in R::FIELDS {
        let Some(typed) = texts.get(field.key) else {
            continue;
        };
        let put = put(field, typed, &mut record);
        let checked = put.and_then(|()| check_field(field, &record, today));
        let taken = || record.taken_by(book, field.key).map_or(Ok(()), Err);
        if let Err(fault) = checked.and_then(|()| taken()) {
            faults.push((Spot::Field(field.key), fault));
        }
    }
    (record, faults)
}

/// Puts what is typed into a field, where it can be read.
///
/// # Errors
/// Why it cannot.
pub fn put<R: Registered>(field: &Field<R>, typed: &Typed, record: &mut R) -> Result<(), Fault> {
    match (&field.kind, typed) {
        (Kind::Name(slot) | Kind::Text(slot) | Kind::Lines(slot), Typed::Text(text)) => {
            text.trim().clone_into((slot.place)(record));
        }
        (Kind::Tags(slot), Typed::Text(text)) => {
            *(slot.place)(record) = pieces(text).map(str::to_owned).collect();
        }
        (Kind::Number(slot), Typed::Text(text)) => *(slot.place)(record) = number(text)?,
        (Kind::Date(slot), Typed::Text(text)) => *(slot.place)(record) = optional_date(text)?,
        (Kind::Dates(slot), Typed::Text(text)) => *(slot.place)(record) = parse_dates(text)?,
        (Kind::Code(slot), Typed::Text(text)) => {
            *(slot.place)(record) = optional_code(text)?;
        }
        (Kind::Flag(slot), Typed::Flag(flag)) => *(slot.place)(record) = *flag,
        (Kind::Choice(choice), Typed::Choice(at)) => (choice.set)(record, *at),
        // Rows of their own, and what no form shows.
        _ => {}
    }
    Ok(())
}

fn optional_text<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The value, or its default with the fault put on the list.
fn keep<T: Default, F>(faults: &mut Faults<F>, field: F, value: Result<T, Fault>) -> T {
    value.unwrap_or_else(|fault| {
        faults.push((field, fault));
        T::default()
    })
}

/// Reads a credit code as it is typed; a blank one is allowed.
fn optional_code(text: &str) -> Result<Option<SocialCreditCode>, Fault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    SocialCreditCode::parse(text).map(Some).map_err(Fault::Code)
}

impl Workbook {
    /// The unit that a text names: its id, alone or followed by its name, or its whole name.
    ///
    /// # Errors
    /// [`Fault::Empty`], [`Fault::NoUnit`], [`Fault::ManyUnits`].
    pub fn unit_named(&self, text: &str) -> Result<UnitId, Fault> {
        let text = text.trim();
        let first = text.split_whitespace().next().ok_or(Fault::Empty)?;
        if let Some(unit) = UnitId::new(first.to_uppercase())
            .ok()
            .and_then(|id| self.unit(&id))
        {
            return Ok(unit.id.clone());
        }
        let mut named = self.units.iter().filter(|unit| unit.name == text);
        match (named.next(), named.next()) {
            (None, _) => Err(Fault::NoUnit),
            (Some(unit), None) => Ok(unit.id.clone()),
            (Some(_), Some(_)) => Err(Fault::ManyUnits),
        }
    }

    /// The first `max` units whose name or id holds the first word of `text`, to choose from
    /// while typing; none while nothing is typed.
    pub fn units_like(&self, text: &str, max: usize) -> impl Iterator<Item = &Unit> {
        let word = text
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_uppercase();
        let is_like = move |unit: &&Unit| {
            !word.is_empty()
                && (unit.id.as_str().contains(&word) || unit.name.to_uppercase().contains(&word))
        };
        self.units.iter().filter(is_like).take(max)
    }
}

/// A field of an absence that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AbsenceField {
    /// First day.
    From,
    /// Last day.
    To,
    /// Why.
    Reason,
    /// Who approved it.
    Approver,
}

/// A period of absence as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AbsenceText {
    pub from: String,
    pub to: String,
    pub kind: AbsenceKind,
    pub reason: String,
    pub approver: String,
}

impl AbsenceText {
    /// The texts of a record.
    #[must_use]
    pub fn of(absence: &Absence) -> Self {
        Self {
            from: absence.from.to_string(),
            to: absence.to.to_string(),
            kind: absence.kind,
            reason: absence.reason.clone(),
            approver: absence.approver.clone(),
        }
    }

    /// Checks the period, and that reason and approver are named (domain.md, setting 5).
    ///
    /// # Errors
    /// All fields that are wrong.
    pub fn parse(&self) -> Result<Absence, Faults<AbsenceField>> {
        let mut faults = Faults::new();
        let from = keep(&mut faults, AbsenceField::From, needed_date(&self.from));
        let to = keep(&mut faults, AbsenceField::To, needed_date(&self.to));
        let (reason, approver) = (self.reason.trim(), self.approver.trim());
        if faults.is_empty() && to < from {
            faults.push((AbsenceField::To, Fault::Order));
        }
        for (field, text) in [
            (AbsenceField::Reason, reason),
            (AbsenceField::Approver, approver),
        ] {
            if text.is_empty() {
                faults.push((field, Fault::Empty));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Absence {
            from,
            to,
            kind: self.kind,
            reason: reason.to_owned(),
            approver: approver.to_owned(),
            extra: serde_json::Map::new(),
        })
    }
}

/// The rows of an officer's form, beside its fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfficerRows {
    /// Periods of absence.
    pub absences: Vec<AbsenceText>,
    /// Units to be kept from.
    pub avoidances: Vec<AvoidanceText>,
}

impl OfficerRows {
    /// The rows of a record.
    #[must_use]
    pub fn of(officer: &Officer, book: &Workbook) -> Self {
        let avoidances = officer.avoidances.iter();
        Self {
            absences: officer.absences.iter().map(AbsenceText::of).collect(),
            avoidances: avoidances
                .map(|avoidance| AvoidanceText::of(avoidance, book))
                .collect(),
        }
    }

    /// Puts the rows into the record, and what is wrong with them on the list.
    pub fn put(&self, officer: &mut Officer, book: &Workbook, faults: &mut Faults<Spot>) {
        let before = std::mem::take(&mut officer.absences);
        for (place, text) in self.absences.iter().enumerate() {
            match text.parse() {
                Ok(mut absence) => {
                    // What the form does not show stays with the absence of that day.
                    let mut known = before.iter();
                    if let Some(known) = known.find(|known| known.from == absence.from) {
                        absence.extra.clone_from(&known.extra);
                    }
                    officer.absences.push(absence);
                }
                Err(wrong) => {
                    let at = |(field, fault)| (Spot::Absence(place, field), fault);
                    faults.extend(wrong.into_iter().map(at));
                }
            }
        }
        match parse_avoidances(&self.avoidances, officer, book) {
            Ok(mut avoidances) => {
                for avoidance in &mut avoidances {
                    if let Some(known) = known_avoidance(officer, &avoidance.unit) {
                        avoidance.extra.clone_from(&known.extra);
                    }
                }
                officer.avoidances = avoidances;
            }
            Err(wrong) => {
                let at = |((place, field), fault)| (Spot::Avoidance(place, field), fault);
                faults.extend(wrong.into_iter().map(at));
            }
        }
    }
}

/// A field of an avoidance that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AvoidanceField {
    Unit,
    /// The relation.
    Reason,
    Approver,
    /// The last day.
    Until,
}

/// An avoidance as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AvoidanceText {
    /// As [`Workbook::unit_named`] reads it.
    pub unit: String,
    pub ground: AvoidanceGround,
    /// The relation.
    pub reason: String,
    pub asked_by: AskedBy,
    pub approver: String,
    /// The last day, or nothing.
    pub until: String,
}

impl AvoidanceText {
    /// The texts of a record.
    #[must_use]
    pub fn of(avoidance: &Avoidance, book: &Workbook) -> Self {
        let id = &avoidance.unit;
        Self {
            unit: match book.unit(id) {
                Some(unit) => format!("{id} {}", unit.name),
                None => id.to_string(),
            },
            ground: avoidance.ground,
            reason: avoidance.reason.clone(),
            asked_by: avoidance.asked_by,
            approver: avoidance.approver.clone(),
            until: avoidance
                .until
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
        }
    }

    /// Checks that unit and relation are named, and that somebody else approved it.
    ///
    /// # Errors
    /// All fields that are wrong.
    pub fn parse(
        &self,
        officer: &Officer,
        book: &Workbook,
    ) -> Result<Avoidance, Faults<AvoidanceField>> {
        let mut faults = Faults::new();
        let unit = book.unit_named(&self.unit).map(Some);
        let unit = keep(&mut faults, AvoidanceField::Unit, unit);
        let until = keep(
            &mut faults,
            AvoidanceField::Until,
            optional_date(&self.until),
        );
        let (reason, approver) = (self.reason.trim(), self.approver.trim());
        if reason.is_empty() {
            faults.push((AvoidanceField::Reason, Fault::Empty));
        }
        if !approver.is_empty() && is_same_person(approver, &officer.name) {
            faults.push((AvoidanceField::Approver, Fault::OwnApproval));
        }
        let Some(unit) = unit else {
            return Err(faults);
        };
        // Avoidances of older programs name nobody, and stay as they came.
        let known = known_avoidance(officer, &unit);
        if approver.is_empty() && known.is_none_or(|known| !known.approver.is_empty()) {
            faults.push((AvoidanceField::Approver, Fault::Empty));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Avoidance {
            ground: self.ground,
            asked_by: self.asked_by,
            approver: approver.to_owned(),
            until,
            ..Avoidance::new(unit, reason)
        })
    }
}

/// The avoidance of `unit` that an officer has already.
fn known_avoidance<'a>(officer: &'a Officer, unit: &UnitId) -> Option<&'a Avoidance> {
    officer.avoidances.iter().find(|known| known.unit == *unit)
}

/// Reads an officer's avoidances as they are typed.
///
/// # Errors
/// All that are wrong, each by its place and field.
pub fn parse_avoidances(
    texts: &[AvoidanceText],
    officer: &Officer,
    book: &Workbook,
) -> Result<Vec<Avoidance>, Faults<(usize, AvoidanceField)>> {
    let mut faults = Faults::new();
    let mut avoidances: Vec<Avoidance> = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        match text.parse(officer, book) {
            Ok(new) if avoidances.iter().any(|known| known.unit == new.unit) => {
                faults.push(((place, AvoidanceField::Unit), Fault::Twice));
            }
            Ok(new) => avoidances.push(new),
            Err(wrong) => {
                let at = |(field, fault)| ((place, field), fault);
                faults.extend(wrong.into_iter().map(at));
            }
        }
    }
    if faults.is_empty() {
        Ok(avoidances)
    } else {
        Err(faults)
    }
}

/// Pieces of a list: separated by commas, semicolons, 、 or line ends.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', '、', ';', '；', '\n', '\r'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
}

/// A date as people write it: 2026-03-16, 2026/3/16, 2026.3.16 or 2026年3月16日.
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches('日');
    let mut parts = text.split(['-', '/', '.', '年', '月']).map(str::trim);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    match parts.next() {
        None => NaiveDate::from_ymd_opt(year, month, day),
        Some(_) => None,
    }
}

/// Dates in a list, oldest first. Two on one day stay two: each complaint counts.
///
/// # Errors
/// [`Fault::NoDate`] with the first piece that is none.
///
/// ```
/// use double_random::desk::form::parse_dates;
/// let dates = parse_dates("2026-03-16，2025.12.1\n2026-03-16").unwrap();
/// assert_eq!(dates.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2025-12-01", "2026-03-16", "2026-03-16"]);
/// assert!(parse_dates("2026-02-30").is_err());
/// ```
pub fn parse_dates(text: &str) -> Result<Vec<NaiveDate>, Fault> {
    let date = |piece: &str| {
        parse_date(piece).ok_or_else(|| Fault::NoDate {
            found: piece.to_owned(),
        })
    };
    let mut dates = pieces(text).map(date).collect::<Result<Vec<_>, _>>()?;
    dates.sort_unstable();
    Ok(dates)
}

/// A date that must be there.
fn needed_date(text: &str) -> Result<NaiveDate, Fault> {
    optional_date(text)?.ok_or(Fault::Empty)
}

/// A date, or nothing.
///
/// # Errors
/// [`Fault::NoDate`].
pub fn optional_date(text: &str) -> Result<Option<NaiveDate>, Fault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let no_date = || Fault::NoDate {
        found: text.trim().to_owned(),
    };
    parse_date(text).map(Some).ok_or_else(no_date)
}

/// Dates as a list that [`parse_dates`] reads.
#[must_use]
pub fn dates_text(dates: &[NaiveDate]) -> String {
    dates
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

/// A whole number, or nothing.
fn number(text: &str) -> Result<Option<u32>, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Fault::NoNumber)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_demo_unit_survives_its_form_unchanged() {
        let book = demo::brigade(2026, demo::SEED);
        for unit in &book.units {
            let parsed = parse(&texts(unit), unit, &book, day("2026-01-01"));
            assert_eq!(parsed, (unit.clone(), vec![]));
        }
    }

    #[test]
    fn each_fault_names_its_field() {
        let book = demo::brigade(2026, demo::SEED);
        let coded: Vec<_> = book
            .units
            .iter()
            .filter(|unit| unit.code.is_some())
            .take(2)
            .collect();
        let mut typed = texts(coded[0]);
        for (key, text) in [
            ("name", "  "),
            ("code", coded[1].code.as_ref().unwrap().as_str()),
            ("complaints", "2025-13-01"),
            ("violations", "2026-01-02"),
            ("floor_area_m2", "一百"),
            ("employees_count", "99999999"),
        ] {
            typed.insert(key, Typed::Text(text.into()));
        }
        let (_, faults) = parse(&typed, coded[0], &book, day("2026-01-01"));
        let found = String::from("2025-13-01");
        let other = coded[1].id.clone();
        let date = day("2026-01-02");
        assert_eq!(
            faults,
            [
                (Spot::Field("name"), Fault::Empty),
                (Spot::Field("code"), Fault::CodeOf { other }),
                (Spot::Field("complaints"), Fault::NoDate { found }),
                (Spot::Field("violations"), Fault::Future { date }),
                (Spot::Field("floor_area_m2"), Fault::NoNumber),
                (Spot::Field("employees_count"), Fault::NoNumber),
            ]
        );
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in [
            "2026-03-16",
            "2026/3/16",
            " 2026.3.16 ",
            "2026年3月16日",
            "2026 - 03 - 16",
        ] {
            assert_eq!(parse_date(text), Some(day("2026-03-16")), "{text}");
        }
        for text in [
            "",
            "16-03-2026",
            "2026-3",
            "2026-02-29",
            "2026-3-16-1",
            "26-3-16",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn an_absence_needs_period_reason_and_approver() {
        let mut text = AbsenceText {
            from: "2026-08-14".into(),
            to: "2026-08-03".into(),
            ..AbsenceText::default()
        };
        assert_eq!(
            text.parse().unwrap_err(),
            [
                (AbsenceField::To, Fault::Order),
                (AbsenceField::Reason, Fault::Empty),
                (AbsenceField::Approver, Fault::Empty),
            ]
        );
        (text.from, text.to) = ("2026-08-03".into(), "2026-08-03".into());
        (text.reason, text.approver) = ("年休假".into(), "鄢立群".into());
        let absence = text.parse().unwrap();
        assert_eq!(AbsenceText::of(&absence), text);
    }

    #[test]
    fn every_demo_officer_survives_its_form_and_faults_name_their_rows() {
        let book = demo::brigade(2026, demo::SEED);
        let read = |typed: &Texts, rows: &OfficerRows, before: &Officer| {
            let (mut officer, mut faults) = parse(typed, before, &book, day("2026-01-01"));
            rows.put(&mut officer, &book, &mut faults);
            (officer, faults)
        };
        for officer in &book.officers {
            let rows = OfficerRows::of(officer, &book);
            let read = read(&texts(officer), &rows, officer);
            assert_eq!(read, (officer.clone(), vec![]));
        }
        let before = &book.officers[0];
        let mut typed = texts(before);
        let mut rows = OfficerRows::of(before, &book);
        typed.insert("name", Typed::Text(String::new()));
        typed.insert("certificate_until", Typed::Text("2026-02-30".into()));
        rows.absences[0].approver.clear();
        rows.avoidances = vec![AvoidanceText {
            unit: "没有的店".into(),
            reason: "租用房屋".into(),
            approver: "鄢立群".into(),
            ..AvoidanceText::default()
        }];
        let (_, faults) = read(&typed, &rows, before);
        let spots: Vec<Spot> = faults.into_iter().map(|fault| fault.0).collect();
        assert_eq!(
            spots,
            [
                Spot::Field("name"),
                Spot::Field("certificate_until"),
                Spot::Absence(0, AbsenceField::Approver),
                Spot::Avoidance(0, AvoidanceField::Unit),
            ]
        );
        assert_eq!(book.units_like("ng-0000", 5).count(), 5);
        assert_eq!(book.units_like(" ", 5).count(), 0);
    }

    #[test]
    fn a_unit_is_named_by_id_or_by_a_name_that_is_its_own() {
        let mut book = demo::brigade(2026, demo::SEED);
        let (id, name) = (book.units[3].id.clone(), book.units[3].name.clone());
        for text in [
            id.to_string(),
            format!(" {id} {name} "),
            id.as_str().to_lowercase(),
        ] {
            assert_eq!(book.unit_named(&text), Ok(id.clone()), "{text}");
        }
        book.units[3].name = "独一无二的店".into();
        assert_eq!(book.unit_named("独一无二的店"), Ok(id));
        book.units[9].name = "独一无二的店".into();
        assert_eq!(book.unit_named("独一无二的店"), Err(Fault::ManyUnits));
        assert_eq!(book.unit_named("没有的店"), Err(Fault::NoUnit));
    }

    #[test]
    fn an_avoidance_needs_a_unit_once_its_relation_and_anothers_approval() {
        let book = demo::brigade(2026, demo::SEED);
        let mut officer = book.officers[0].clone();
        officer.avoidances.clear();
        let text = |unit: &str, reason: &str, approver: &str| AvoidanceText {
            unit: unit.into(),
            reason: reason.into(),
            approver: approver.into(),
            ..AvoidanceText::default()
        };
        let own_name = officer.name.clone();
        let texts = [
            text("NG-00001", "配偶任职", "鄢立群"),
            text("NG-00001", "租用房屋", "鄢立群"),
            text("NG-00002", " ", &own_name),
            text("NG-00003", "持有股份", ""),
            AvoidanceText {
                until: "2026-02-30".into(),
                ..text("NG-00004", "持有股份", "鄢立群")
            },
        ];
        let found = String::from("2026-02-30");
        assert_eq!(
            parse_avoidances(&texts, &officer, &book).unwrap_err(),
            [
                ((1, AvoidanceField::Unit), Fault::Twice),
                ((2, AvoidanceField::Reason), Fault::Empty),
                ((2, AvoidanceField::Approver), Fault::OwnApproval),
                ((3, AvoidanceField::Approver), Fault::Empty),
                ((4, AvoidanceField::Until), Fault::NoDate { found }),
            ]
        );
        // What an older program kept without an approver may stay so.
        officer.avoidances = vec![Avoidance::new(book.units[2].id.clone(), "持有股份")];
        let known = parse_avoidances(&texts[3..4], &officer, &book).unwrap();
        assert_eq!(known, officer.avoidances);
    }
}
