//! Records as they are typed: texts that become checked values, or faults that
//! name their field. Forms keep texts; only a record without faults is acted on.

use chrono::NaiveDate;

use super::Workbook;
use super::names::{self, TooLong};
use crate::model::{
    Absence, AbsenceKind, Avoidance, CodeError, Credit, LegalKind, Officer, RiskTier,
    SocialCreditCode, Unit, UnitId,
};

/// Largest floor area and number of employees that are believed.
const NUMBER_MAX: u32 = 10_000_000;

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It must be filled.
    Empty,
    /// A word that says that there is no name.
    NoName {
        /// What stands there.
        found: String,
    },
    /// More signs than the field takes.
    TooLong(TooLong),
    /// No credit code.
    Code(CodeError),
    /// Another unit has this credit code.
    CodeOf {
        /// The unit.
        other: UnitId,
    },
    /// Not a date.
    NoDate {
        /// What stands there.
        found: String,
    },
    /// A date that lies ahead.
    Future {
        /// The date.
        date: NaiveDate,
    },
    /// Ends before it begins.
    Order,
    /// No whole number up to ten million.
    NoNumber,
    /// No unit of this id or name.
    NoUnit,
    /// More than one unit of this name.
    ManyUnits,
    /// Stands twice.
    Twice,
}

/// A field of a unit that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitField {
    /// 单位名称.
    Name,
    /// 统一社会信用代码.
    Code,
    /// 举报投诉查实日期.
    Complaints,
    /// 严重违法日期.
    Violations,
    /// 建筑面积.
    FloorArea,
    /// 职工人数.
    Employees,
}

/// Faults with their fields.
pub type Faults<F> = Vec<(F, Fault)>;

/// A unit as it is typed. What the form does not show is kept from the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the fields are those of `Unit`, as text")]
pub struct UnitText {
    pub name: String,
    pub code: String,
    pub legal_kind: LegalKind,
    pub category: String,
    pub is_key: bool,
    pub is_densely_populated: bool,
    pub township: String,
    pub address: String,
    pub responsible: String,
    pub manager: String,
    pub phone: String,
    pub risk: RiskTier,
    pub credit: Credit,
    pub is_dishonest: bool,
    pub complaints: String,
    pub violations: String,
    pub tags: String,
    pub floor_area: String,
    pub employees: String,
    pub note: String,
}

impl UnitText {
    /// The texts of a record.
    #[must_use]
    pub fn of(unit: &Unit) -> Self {
        let number = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
        Self {
            name: unit.name.clone(),
            code: unit
                .code
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            legal_kind: unit.legal_kind,
            category: unit.category.clone(),
            is_key: unit.is_key,
            is_densely_populated: unit.is_densely_populated,
            township: unit.township.clone(),
            address: unit.address.clone(),
            responsible: unit.responsible.clone(),
            manager: unit.manager.clone(),
            phone: unit.phone.clone(),
            risk: unit.risk,
            credit: unit.credit,
            is_dishonest: unit.is_dishonest,
            complaints: dates_text(&unit.complaints),
            violations: dates_text(&unit.violations),
            tags: unit.tags.iter().cloned().collect::<Vec<_>>().join("，"),
            floor_area: number(unit.floor_area_m2),
            employees: number(unit.employees_count),
            note: unit.note.clone(),
        }
    }

    /// The record `before` with these texts in it.
    ///
    /// # Errors
    /// All fields that are wrong, each with what is wrong with it.
    pub fn parse(
        &self,
        before: &Unit,
        book: &Workbook,
        today: NaiveDate,
    ) -> Result<Unit, Faults<UnitField>> {
        let mut faults = Faults::new();
        let mut unit = before.clone();
        let trimmed = |text: &str| text.trim().to_owned();
        unit.name = keep(&mut faults, UnitField::Name, name(&self.name));
        unit.code = keep(
            &mut faults,
            UnitField::Code,
            book.check_code(&self.code, &before.id),
        );
        unit.complaints = keep(
            &mut faults,
            UnitField::Complaints,
            past_dates(&self.complaints, today),
        );
        unit.violations = keep(
            &mut faults,
            UnitField::Violations,
            past_dates(&self.violations, today),
        );
        unit.floor_area_m2 = keep(&mut faults, UnitField::FloorArea, number(&self.floor_area));
        unit.employees_count = keep(&mut faults, UnitField::Employees, number(&self.employees));
        unit.legal_kind = self.legal_kind;
        unit.category = trimmed(&self.category);
        unit.is_key = self.is_key;
        unit.is_densely_populated = self.is_densely_populated;
        unit.township = trimmed(&self.township);
        unit.address = trimmed(&self.address);
        unit.responsible = trimmed(&self.responsible);
        unit.manager = trimmed(&self.manager);
        unit.phone = trimmed(&self.phone);
        unit.risk = self.risk;
        unit.credit = self.credit;
        unit.is_dishonest = self.is_dishonest;
        unit.tags = pieces(&self.tags).map(str::to_owned).collect();
        unit.note = trimmed(&self.note);
        if faults.is_empty() {
            Ok(unit)
        } else {
            Err(faults)
        }
    }
}

/// A name that is one, and not too long.
fn name(text: &str) -> Result<String, Fault> {
    let name = text.trim();
    if name.is_empty() {
        return Err(Fault::Empty);
    }
    if names::is_no_name(name) {
        let found = name.to_owned();
        return Err(Fault::NoName { found });
    }
    names::check_length("name", name).map_err(Fault::TooLong)?;
    Ok(name.to_owned())
}

/// The value, or its default with the fault put on the list.
fn keep<T: Default, F>(faults: &mut Faults<F>, field: F, value: Result<T, Fault>) -> T {
    value.unwrap_or_else(|fault| {
        faults.push((field, fault));
        T::default()
    })
}

impl Workbook {
    /// Reads a credit code as it is typed; a blank one is allowed.
    ///
    /// # Errors
    /// [`Fault::Code`], or [`Fault::CodeOf`] where a unit other than `own` has it.
    pub fn check_code(&self, text: &str, own: &UnitId) -> Result<Option<SocialCreditCode>, Fault> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let code = SocialCreditCode::parse(text).map_err(Fault::Code)?;
        let other = self
            .units
            .iter()
            .find(|unit| unit.id != *own && unit.code.as_ref() == Some(&code));
        match other {
            Some(other) => Err(Fault::CodeOf {
                other: other.id.clone(),
            }),
            None => Ok(Some(code)),
        }
    }

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
#[allow(missing_docs, reason = "the fields are those of `Absence`, as text")]
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

/// A field of an officer that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfficerField {
    /// 姓名.
    Name,
    /// 执法证有效期至.
    CertificateUntil,
    /// A period of absence, by its place.
    Absence(usize, AbsenceField),
    /// An avoidance, by its place.
    Avoidance(usize, AvoidanceField),
}

/// An officer as typed. What the form does not show is kept from the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the fields are those of `Officer`, as text")]
pub struct OfficerText {
    pub name: String,
    pub certificate_number: String,
    pub certificate_until: String,
    pub position: String,
    pub office: String,
    pub phone: String,
    pub may_lead: bool,
    pub absences: Vec<AbsenceText>,
    /// The unit, as [`Workbook::unit_named`] reads it, and the relation.
    pub avoidances: Vec<(String, String)>,
}

impl OfficerText {
    /// The texts of a record.
    #[must_use]
    pub fn of(officer: &Officer, book: &Workbook) -> Self {
        let until = officer.certificate_until;
        let named = |id: &UnitId| match book.unit(id) {
            Some(unit) => format!("{id} {}", unit.name),
            None => id.to_string(),
        };
        Self {
            name: officer.name.clone(),
            certificate_number: officer.certificate_number.clone(),
            certificate_until: until.map(|until| until.to_string()).unwrap_or_default(),
            position: officer.position.clone(),
            office: officer.office.clone(),
            phone: officer.phone.clone(),
            may_lead: officer.may_lead,
            absences: officer.absences.iter().map(AbsenceText::of).collect(),
            avoidances: officer
                .avoidances
                .iter()
                .map(|avoidance| (named(&avoidance.unit), avoidance.reason.clone()))
                .collect(),
        }
    }

    /// The record `before` with these texts in it.
    ///
    /// # Errors
    /// All fields that are wrong, each with what is wrong with it.
    pub fn parse(
        &self,
        before: &Officer,
        book: &Workbook,
    ) -> Result<Officer, Faults<OfficerField>> {
        let mut faults = Faults::new();
        let mut officer = before.clone();
        let trimmed = |text: &str| text.trim().to_owned();
        officer.name = keep(&mut faults, OfficerField::Name, name(&self.name));
        officer.certificate_number = trimmed(&self.certificate_number);
        officer.certificate_until = keep(
            &mut faults,
            OfficerField::CertificateUntil,
            optional_date(&self.certificate_until),
        );
        officer.position = trimmed(&self.position);
        officer.office = trimmed(&self.office);
        officer.phone = trimmed(&self.phone);
        officer.may_lead = self.may_lead;
        officer.absences.clear();
        for (place, text) in self.absences.iter().enumerate() {
            let of = |(field, fault)| (OfficerField::Absence(place, field), fault);
            match text.parse() {
                Ok(mut absence) => {
                    // What the form does not show stays with the absence of that day.
                    let mut known = before.absences.iter();
                    if let Some(known) = known.find(|known| known.from == absence.from) {
                        absence.extra.clone_from(&known.extra);
                    }
                    officer.absences.push(absence);
                }
                Err(wrong) => faults.extend(wrong.into_iter().map(of)),
            }
        }
        match parse_avoidances(&self.avoidances, book) {
            Ok(mut avoidances) => {
                for avoidance in &mut avoidances {
                    let mut known = before.avoidances.iter();
                    if let Some(known) = known.find(|known| known.unit == avoidance.unit) {
                        avoidance.extra.clone_from(&known.extra);
                    }
                }
                officer.avoidances = avoidances;
            }
            Err(wrong) => faults.extend(
                wrong
                    .into_iter()
                    .map(|((place, field), fault)| (OfficerField::Avoidance(place, field), fault)),
            ),
        }
        if faults.is_empty() {
            Ok(officer)
        } else {
            Err(faults)
        }
    }
}

/// A field of an avoidance that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AvoidanceField {
    /// The unit.
    Unit,
    /// The relation.
    Reason,
}

/// Reads avoidances as they are typed: a unit and a relation each.
///
/// # Errors
/// All that are wrong, each by its place and field.
pub fn parse_avoidances(
    texts: &[(String, String)],
    book: &Workbook,
) -> Result<Vec<Avoidance>, Faults<(usize, AvoidanceField)>> {
    let mut faults = Faults::new();
    let mut avoidances: Vec<Avoidance> = Vec::new();
    for (place, (unit, reason)) in texts.iter().enumerate() {
        let reason = reason.trim().to_owned();
        match book.unit_named(unit) {
            Ok(id) if avoidances.iter().any(|known| known.unit == id) => {
                faults.push(((place, AvoidanceField::Unit), Fault::Twice));
            }
            Ok(_) if reason.is_empty() => {
                faults.push(((place, AvoidanceField::Reason), Fault::Empty));
            }
            Ok(unit) => avoidances.push(Avoidance {
                unit,
                reason,
                extra: serde_json::Map::new(),
            }),
            Err(fault) => faults.push(((place, AvoidanceField::Unit), fault)),
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
/// use double_random::workbook::form::parse_dates;
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

fn past_dates(text: &str, today: NaiveDate) -> Result<Vec<NaiveDate>, Fault> {
    let dates = parse_dates(text)?;
    match dates.last() {
        Some(&date) if date > today => Err(Fault::Future { date }),
        _ => Ok(dates),
    }
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
    let number = text
        .parse()
        .ok()
        .filter(|number| (0..=NUMBER_MAX).contains(number));
    number.map(Some).ok_or(Fault::NoNumber)
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
            let parsed = UnitText::of(unit).parse(unit, &book, day("2026-01-01"));
            assert_eq!(parsed.as_ref(), Ok(unit));
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
        let mut text = UnitText::of(coded[0]);
        text.name = "  ".into();
        text.code = UnitText::of(coded[1]).code;
        text.complaints = "2025-13-01".into();
        text.violations = "2026-01-02".into();
        text.floor_area = "一百".into();
        text.employees = "99999999".into();
        let faults = text.parse(coded[0], &book, day("2026-01-01")).unwrap_err();
        let found = String::from("2025-13-01");
        let other = coded[1].id.clone();
        let date = day("2026-01-02");
        assert_eq!(
            faults,
            [
                (UnitField::Name, Fault::Empty),
                (UnitField::Code, Fault::CodeOf { other }),
                (UnitField::Complaints, Fault::NoDate { found }),
                (UnitField::Violations, Fault::Future { date }),
                (UnitField::FloorArea, Fault::NoNumber),
                (UnitField::Employees, Fault::NoNumber),
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
        for officer in &book.officers {
            let text = OfficerText::of(officer, &book);
            assert_eq!(text.parse(officer, &book).as_ref(), Ok(officer));
        }
        let before = &book.officers[0];
        let mut text = OfficerText::of(before, &book);
        text.name.clear();
        text.certificate_until = "2026-02-30".into();
        text.absences[0].approver.clear();
        text.avoidances = vec![("没有的店".into(), "租用房屋".into())];
        let faults = text.parse(before, &book).unwrap_err();
        let fields: Vec<OfficerField> = faults.into_iter().map(|fault| fault.0).collect();
        assert_eq!(
            fields,
            [
                OfficerField::Name,
                OfficerField::CertificateUntil,
                OfficerField::Absence(0, AbsenceField::Approver),
                OfficerField::Avoidance(0, AvoidanceField::Unit),
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
        let twice = [
            ("NG-00001".to_owned(), "配偶任职".to_owned()),
            ("NG-00001".to_owned(), "租用房屋".to_owned()),
            ("NG-00002".to_owned(), " ".to_owned()),
        ];
        assert_eq!(
            parse_avoidances(&twice, &book).unwrap_err(),
            [
                ((1, AvoidanceField::Unit), Fault::Twice),
                ((2, AvoidanceField::Reason), Fault::Empty),
            ]
        );
    }
}
