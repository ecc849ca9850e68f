//! Results as the official systems list them, held against the visits that were drawn: which
//! come in, which are here already and alike, which say something else, which no draw here
//! knows, and which an earlier file brought and this one leaves out.
//!
//! A line names its visit by our number, else by its unit (our id, its credit code, its
//! name) and its day. What it says becomes a record as one that is typed, and the rules of
//! the entry decide ([`workbook::result_import`](crate::workbook::result_import)).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde_json::{Map, Value, json};

use super::issue::{ResultIssue, RowIssue, RowIssueKind, Severity};
use super::preview::ImportError;
use super::record::{FieldChange, Row, Rows};
use super::result_line::{self as line, Fault, Handling};
use crate::engine::calendar::YearMonth;
use crate::engine::pace::{Advance, Pace};
use crate::model::{InspectionItem, Outcome, ResultLine, Unit, UnitId};
use crate::workbook::Workbook;
use crate::workbook::action::Context;
use crate::workbook::names::folded;
use crate::workbook::own_visit::OwnTeam;
use crate::workbook::request::{EnterResult, ImportResults};
use crate::workbook::visit::{Visit, VisitId, VisitState};
use crate::workbook::visit_record::{RecordSource, VisitRecord};

/// Visits between two rests.
const VISITS_A_REST: usize = 16;

/// A result, ready to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultShown {
    /// Its row in the file; none of one that the file leaves out.
    pub row_number: Option<u32>,
    /// The visit, where one is meant.
    pub visit: Option<VisitId>,
    /// The unit's name.
    pub name: String,
    /// The day of the visit.
    pub date: Option<NaiveDate>,
    /// What it came to.
    pub outcome: Option<Outcome>,
    /// Of one that the file leaves out: where it came from.
    pub source: Option<RecordSource>,
    /// Of one that differs: field by field, here and in the file.
    pub fields: Vec<FieldChange>,
}

/// What an import of results would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultsPreview {
    /// Those that come in, in order of rows.
    pub added: Vec<ResultShown>,
    /// Those whose visit has a result that says something else; it stays.
    pub differing: Vec<ResultShown>,
    /// Those that no draw here knows: visits of another kind, or another body's.
    pub appeared: Vec<ResultShown>,
    /// Those that an earlier file brought and this one leaves out, of the months that it
    /// covers: somebody may have deleted them in the official system.
    pub vanished: Vec<ResultShown>,
    /// Visits whose result is here already and says the same.
    pub unchanged_count: u32,
    /// All faults, in order of rows.
    pub issues: Vec<RowIssue>,
    /// Rows that cannot be taken.
    pub faulty_count: u32,
    ready: Vec<EnterResult>,
    is_blocked: bool,
}

impl ResultsPreview {
    /// Whether faulty rows block the import.
    #[must_use]
    pub const fn is_blocked(&self) -> bool {
        self.is_blocked
    }

    /// The results as the workbook's action takes them.
    ///
    /// # Errors
    /// [`ImportError::Faulty`]; then nothing may be imported.
    pub fn into_import(
        self,
        file_name: &str,
        fingerprint: &str,
    ) -> Result<ImportResults, ImportError> {
        if self.is_blocked {
            let faulty_count = self.faulty_count;
            return Err(ImportError::Faulty { faulty_count });
        }
        let mut results = self.ready;
        for source in results
            .iter_mut()
            .filter_map(|it| it.record.source.as_mut())
        {
            source.file = file_name.to_owned();
            source.fingerprint = fingerprint.to_owned();
        }
        Ok(ImportResults {
            file_name: file_name.to_owned(),
            fingerprint: fingerprint.to_owned(),
            results,
        })
    }
}

/// Holds a file's lines against the visits. `take_faultless`: the others are left out; else
/// one faulty row blocks all. Changes nothing.
pub async fn results(
    book: &Workbook,
    rows: &Rows<ResultLine>,
    take_faultless: bool,
    now: NaiveDateTime,
    pace: &impl Pace,
) -> ResultsPreview {
    let mut desk = Desk::new(book, rows, now);
    let groups = desk.groups(&rows.rows);
    for (done, (id, lines)) in groups.iter().enumerate() {
        desk.visit(id, lines);
        if done % VISITS_A_REST == 0 {
            pace.rest(Advance::running(done, groups.len())).await;
        }
    }
    let seen = groups.iter().map(|(id, _)| id).collect();
    desk.vanished = vanished(book, &rows.rows, &seen);
    desk.finish(take_faultless)
}

/// A line of the file.
type Line = Row<ResultLine>;

/// Lines while they are held against the visits.
struct Desk<'a> {
    book: &'a Workbook,
    /// The workbook with what came in so far.
    next: Workbook,
    context: Context,
    units: Units<'a>,
    /// Rows with an error.
    faulty: BTreeSet<u32>,
    issues: Vec<RowIssue>,
    added: Vec<ResultShown>,
    differing: Vec<ResultShown>,
    appeared: Vec<ResultShown>,
    vanished: Vec<ResultShown>,
    unchanged_count: u32,
    ready: Vec<EnterResult>,
}

impl<'a> Desk<'a> {
    fn new(book: &'a Workbook, rows: &Rows<ResultLine>, now: NaiveDateTime) -> Self {
        let errors = rows.issues.iter();
        let errors = errors.filter(|issue| issue.severity == Severity::Error);
        let who = String::new();
        Self {
            book,
            next: book.clone(),
            context: Context { now, who },
            units: Units::of(book),
            faulty: errors.map(|issue| issue.row_number).collect(),
            issues: rows.issues.clone(),
            added: Vec::new(),
            differing: Vec::new(),
            appeared: Vec::new(),
            vanished: Vec::new(),
            unchanged_count: 0,
            ready: Vec::new(),
        }
    }

    fn refuse(&mut self, row: &Line, (field, issue): Fault) {
        self.faulty.insert(row.row_number);
        let kind = RowIssueKind::Result(issue);
        self.issues.push(row.issue(field, Severity::Error, kind));
    }

    /// The lines of each visit, in order of their first rows.
    fn groups<'r>(&mut self, rows: &'r [Line]) -> Vec<(VisitId, Vec<&'r Line>)> {
        let mut places: BTreeMap<VisitId, usize> = BTreeMap::new();
        let mut groups: Vec<(VisitId, Vec<&Line>)> = Vec::new();
        for row in rows {
            match self.meant(row) {
                Ok(id) => {
                    let at = *places.entry(id.clone()).or_insert(groups.len());
                    if at == groups.len() {
                        groups.push((id, Vec::new()));
                    }
                    groups[at].1.push(row);
                }
                Err(fault) => {
                    if matches!(fault.1, ResultIssue::NoUnit | ResultIssue::NoVisit) {
                        self.appeared
                            .push(shown(row, None, row.patch.values().name.clone()));
                    }
                    self.refuse(row, fault);
                }
            }
        }
        groups
    }

    /// The visit that a line means.
    fn meant(&self, row: &Line) -> Result<VisitId, Fault> {
        let said = row.patch.values();
        if let Some(visit) = self.numbered(&said.task) {
            return self
                .units
                .fits(self.book, said, &visit.id.unit)
                .map_err(|unit| ("task", ResultIssue::NumberOfOther { unit }))
                .map(|()| visit.id.clone());
        }
        let unit = self.units.meant(self.book, said)?;
        let date = said.date.ok_or(("date", ResultIssue::NoDate))?;
        let stands = |visit: &&Visit| {
            visit.id.draw.year == date.year() && visit.state(Some(unit)) != VisitState::Void
        };
        let visits: Vec<&Visit> = self.book.visits_to(&unit.id).filter(stands).collect();
        let of_day = |visit: &&&Visit| visit.made.is_some_and(|made| made.date == date);
        let of_month = |visit: &&&Visit| self.month_of(visit) == Some(YearMonth::of(date));
        let is_pending = |visit: &&&Visit| visit.made.is_none();
        let alone = |is_meant: &dyn Fn(&&&Visit) -> bool| {
            let mut found = visits.iter().filter(is_meant);
            found.next().filter(|_| found.next().is_none()).copied()
        };
        let found = alone(&of_day)
            .or_else(|| alone(&of_month))
            .or_else(|| alone(&is_pending))
            .or_else(|| alone(&|_| true));
        match (found, visits.len()) {
            (Some(visit), _) => Ok(visit.id.clone()),
            (None, 0) => Err(("name", ResultIssue::NoVisit)),
            (None, count) => Err(("date", ResultIssue::SeveralVisits { count })),
        }
    }

    /// The month of a visit by its plan, as it stands.
    fn month_of(&self, visit: &Visit) -> Option<YearMonth> {
        let planned = self.book.planned_of(visit).map(|it| YearMonth::of(it.day));
        planned.or_else(|| self.book.draw(visit.id.draw).map(|draw| draw.month))
    }

    /// The visit with a number of ours: 南消抽查〔2026〕1号.
    fn numbered(&self, text: &str) -> Option<&'a Visit> {
        let text = folded(text).replace(['〔', '[', '【', '〕', ']', '】', ')'], "(");
        let start = format!("{}抽查(", folded(&self.book.brigade.short_name));
        let (year, number) = text.strip_prefix(&start)?.split_once('(')?;
        let number = number.trim_start_matches("第").trim_end_matches('号');
        let number: u32 = number.parse().ok()?;
        let year = self.book.year(year.parse().ok()?)?;
        year.visits
            .iter()
            .find(|visit| visit.number == Some(number))
    }

    /// What the lines of a visit come to.
    fn visit(&mut self, id: &VisitId, lines: &[&Line]) {
        let Some(visit) = self.book.visit(id) else {
            return;
        };
        let name = self.book.unit(&id.unit).map(|unit| unit.name.clone());
        let shown = shown(lines[0], Some(id.clone()), name.unwrap_or_default());
        if visit.record().is_some() {
            let fields = differences(self.book, visit, lines);
            if fields.is_empty() {
                self.unchanged_count += 1;
            } else {
                self.differing.push(ResultShown { fields, ..shown });
                for row in lines {
                    self.refuse(row, ("", ResultIssue::Differs));
                }
            }
            return;
        }
        let lines = self.agreeing(lines);
        if lines.is_empty()
            || lines
                .iter()
                .any(|row| self.faulty.contains(&row.row_number))
        {
            return;
        }
        match entered(self.book, visit, &lines) {
            Ok(result) => self.enter(result, &lines, shown),
            Err((row, fault)) => self.refuse(row, fault),
        }
        // What is wrong with one line of a visit keeps the others out.
        if lines
            .iter()
            .any(|row| self.faulty.contains(&row.row_number))
        {
            self.faulty.extend(lines.iter().map(|row| row.row_number));
        }
    }

    /// The lines that can stand together; those that cannot are refused.
    fn agreeing<'r>(&mut self, lines: &[&'r Line]) -> Vec<&'r Line> {
        let mut kept: Vec<&Line> = Vec::new();
        let mut is_clear = true;
        for row in lines {
            let first = kept.first().copied();
            let other = kept.iter().find(|it| it.patch == row.patch).copied();
            let Some(first) = first else {
                kept.push(row);
                continue;
            };
            let is_more = !row.patch.values().problem.trim().is_empty();
            let agrees = line::agrees(&first.patch, &row.patch);
            if other.is_none() && is_more && agrees {
                kept.push(row);
                continue;
            }
            let other_row = other.unwrap_or(first).row_number;
            self.refuse(row, ("", ResultIssue::SameVisit { other_row }));
            // The same again does no harm; something else makes both doubtful.
            if !agrees {
                is_clear = false;
                let other_row = row.row_number;
                self.refuse(first, ("", ResultIssue::SameVisit { other_row }));
            }
        }
        if is_clear { kept } else { Vec::new() }
    }

    fn enter(&mut self, result: EnterResult, lines: &[&Line], shown: ResultShown) {
        match self.next.rehearse_result(result.clone(), &self.context) {
            Ok(()) => {
                self.added.push(shown);
                self.ready.push(result);
            }
            Err(error) => {
                let field = field_of(&error);
                let fault = (field, ResultIssue::Rule(Box::new(error)));
                self.refuse(lines[0], fault);
            }
        }
    }

    fn finish(mut self, take_faultless: bool) -> ResultsPreview {
        self.issues.sort_by_key(|issue| issue.row_number);
        ResultsPreview {
            added: self.added,
            differing: self.differing,
            appeared: self.appeared,
            vanished: self.vanished,
            unchanged_count: self.unchanged_count,
            issues: self.issues,
            faulty_count: self.faulty.len() as u32,
            ready: self.ready,
            is_blocked: !self.faulty.is_empty() && !take_faultless,
        }
    }
}

fn shown(row: &Line, visit: Option<VisitId>, name: String) -> ResultShown {
    let said = row.patch.values();
    ResultShown {
        row_number: Some(row.row_number),
        visit,
        name,
        date: said.date,
        outcome: row.patch.gives("outcome").then_some(said.outcome),
        source: None,
        fields: Vec::new(),
    }
}

/// The units of the register by what a line may name.
struct Units<'a> {
    by_code: HashMap<&'a str, &'a Unit>,
    by_name: HashMap<String, Vec<&'a Unit>>,
}

impl<'a> Units<'a> {
    fn of(book: &'a Workbook) -> Self {
        let mut by_name: HashMap<String, Vec<&Unit>> = HashMap::new();
        let mut by_code = HashMap::new();
        for unit in book.units.iter() {
            by_name.entry(folded(&unit.name)).or_default().push(unit);
            if let Some(code) = &unit.code {
                by_code.insert(code.as_str(), unit);
            }
        }
        Self { by_code, by_name }
    }

    /// The unit that a line means.
    fn meant(&self, book: &'a Workbook, said: &ResultLine) -> Result<&'a Unit, Fault> {
        let id = UnitId::new(said.unit_id.trim()).ok();
        if let Some(unit) = id.and_then(|id| book.unit(&id)) {
            return Ok(unit);
        }
        let code = said.code.as_ref().map(|code| code.as_str());
        if let Some(unit) = code.and_then(|code| self.by_code.get(code)) {
            return Ok(unit);
        }
        let named = self.by_name.get(&folded(&said.name));
        // A unit with another code is another one, whatever its name.
        let fits = |unit: &&&Unit| code.is_none() || unit.code.is_none();
        let named: Vec<&Unit> = named.into_iter().flatten().filter(fits).copied().collect();
        let is_visited = |unit: &&&Unit| book.visits_to(&unit.id).next().is_some();
        let visited: Vec<&Unit> = named.iter().filter(is_visited).copied().collect();
        match (visited.as_slice(), named.as_slice()) {
            ([unit], _) | ([], [unit]) => Ok(unit),
            ([], []) => Err(("name", ResultIssue::NoUnit)),
            _ => {
                let count = named.len();
                Err(("name", ResultIssue::SeveralUnits { count }))
            }
        }
    }

    /// Whether a line that has the number of a unit's visit means no other unit; else the
    /// name of the number's.
    fn fits(&self, book: &Workbook, said: &ResultLine, unit: &UnitId) -> Result<(), String> {
        let says_nothing = said.name.is_empty() && said.code.is_none() && said.unit_id.is_empty();
        let Some(known) = book.unit(unit).filter(|_| !says_nothing) else {
            return Ok(());
        };
        let is_known = folded(&said.name) == folded(&known.name)
            || (said.code.is_some() && said.code == known.code)
            || said.unit_id.trim() == known.id.as_str();
        if is_known {
            Ok(())
        } else {
            Err(known.name.clone())
        }
    }
}

/// The items of a visit, as its draw had them.
fn items_of<'a>(book: &'a Workbook, visit: &Visit) -> Vec<&'a InspectionItem> {
    let items = book
        .draw(visit.id.draw)
        .into_iter()
        .flat_map(|it| it.items.iter());
    items
        .filter(|item| visit.items.contains(&item.id))
        .collect()
}

/// The names of two officers, folded.
fn names_of(book: &Workbook, team: [&crate::model::OfficerId; 2]) -> [String; 2] {
    team.map(|id| {
        let officer = book.officer(id);
        folded(officer.map_or(id.as_str(), |it| it.name.as_str()))
    })
}

/// Who went: the two of the plan as it stands, and who else is named.
fn team(book: &Workbook, visit: &Visit, said: &ResultLine) -> Result<(OwnTeam, String), Fault> {
    let named = line::officers(said);
    if named.is_empty() {
        return Err(("officers", ResultIssue::NoOfficers));
    }
    let planned = book.planned_of(visit);
    let planned = planned.map(|it| (&it.lead, &it.member));
    let two = planned.map(|(lead, member)| names_of(book, [lead, member]));
    let is_planned = |two: &[String; 2]| two.iter().all(|name| named.contains(name));
    match (planned, two) {
        (Some((lead, member)), Some(two)) if is_planned(&two) => {
            let others = named.into_iter().filter(|name| !two.contains(name));
            let beside = Some(said.assisted_by.trim().to_owned());
            let beside = beside.filter(|text| !text.is_empty());
            let others: Vec<String> = beside.into_iter().chain(others).collect();
            let (lead, member) = (lead.clone(), member.clone());
            Ok((OwnTeam { lead, member }, others.join("、")))
        }
        (_, two) => {
            let field = if said.officers.trim().is_empty() {
                "lead"
            } else {
                "officers"
            };
            let found = named.join("、");
            let planned = two.map(|two| two.join("、")).unwrap_or_default();
            Err((field, ResultIssue::OtherOfficers { found, planned }))
        }
    }
}

/// A visit's lines as its record; else the line that keeps it out, and why.
fn entered<'r>(
    book: &Workbook,
    visit: &Visit,
    lines: &[&'r Line],
) -> Result<EnterResult, (&'r Line, Fault)> {
    let first = lines[0];
    let said = first.patch.values();
    let at_first = |fault: Fault| (first, fault);
    let date = said
        .date
        .ok_or(("date", ResultIssue::NoDate))
        .map_err(at_first)?;
    if !first.patch.gives("outcome") {
        return Err(at_first(("outcome", ResultIssue::NoOutcome)));
    }
    let outcome = said.outcome;
    let (team, assisted_by) = team(book, visit, said).map_err(at_first)?;
    let [start, end] = line::times(said).map_err(at_first)?;
    let items = items_of(book, visit);
    let (mut findings, mut disposals) = (Vec::new(), BTreeSet::new());
    for &row in lines {
        let said = row.patch.values();
        let handling = Handling::of(said).map_err(|fault| (row, fault))?;
        disposals.extend(handling.disposals);
        let finding = line::finding(said, outcome, &items);
        findings.extend(finding.map_err(|fault| (row, fault))?);
    }
    let record = VisitRecord {
        start,
        end,
        places: said.places.clone(),
        scan: line::scan(said).map_err(at_first)?,
        team,
        team_why: String::new(),
        assisted_by,
        accompanied_by: said.accompanied_by.clone(),
        outcome,
        findings: line::joined(findings),
        disposals: line::disposals(disposals, outcome),
        photos: Vec::new(),
        note: said.note.clone(),
        // Filled in by the action.
        entered_at: NaiveDateTime::default(),
        entered_by: String::new(),
        why: String::new(),
        review: None,
        source: Some(RecordSource {
            file: String::new(),
            fingerprint: String::new(),
            row: first.row_number,
            entered_by: said.entered_by.trim().to_owned(),
            published_on: said.published_on,
        }),
        extra: Map::new(),
    };
    let visit = visit.id.clone();
    let why = String::new();
    Ok(EnterResult {
        visit,
        date,
        record,
        why,
    })
}

/// The column that a broken rule is about; none: the whole row.
fn field_of(error: &crate::workbook::ActionError) -> &'static str {
    use crate::workbook::result_rule::{ItemRule, RecordRule};
    use crate::workbook::{ActionError, DrawError};
    let ActionError::Draw(error) = error else {
        return "";
    };
    match error {
        DrawError::VisitDate { .. } => "date",
        DrawError::Record { rule, .. } => match rule {
            RecordRule::Team(_) | RecordRule::OtherTeam => "officers",
            RecordRule::NoTimes | RecordRule::TimeOrder => "start",
            RecordRule::NoPlaces => "places",
            RecordRule::BeforeDay { .. } => "date",
            RecordRule::NoFindings | RecordRule::Findings => "problem",
            RecordRule::NoDisposal | RecordRule::DisposalNone => "handling",
            RecordRule::Item { rule, .. } => match rule {
                ItemRule::NoBasis => "legal_basis",
                ItemRule::NoTerm | ItemRule::TermBefore | ItemRule::TermNotNeeded => "term",
                ItemRule::Unknown | ItemRule::Twice => "item",
                ItemRule::NoProblem => "problem",
            },
            _ => "",
        },
        _ => "",
    }
}

/// What a visit's lines say otherwise than its record, of the fields that they give.
fn differences(book: &Workbook, visit: &Visit, lines: &[&Line]) -> Vec<FieldChange> {
    let (Some(record), Some(made)) = (visit.record(), visit.made) else {
        return Vec::new();
    };
    let mut fields = Vec::new();
    let mut differ = |field: &'static str, before: Value, after: Value| {
        if before != after {
            fields.push(FieldChange {
                field: field.into(),
                before,
                after,
            });
        }
    };
    let said = lines[0].patch.values();
    if let Some(date) = said.date {
        differ("date", json!(made.date), json!(date));
    }
    let clock = |time: Option<chrono::NaiveTime>| time.map(|it| it.format("%H:%M").to_string());
    match line::times(said) {
        Ok([start, end]) => {
            if start.is_some() {
                differ("start", json!(clock(record.start)), json!(clock(start)));
            }
            if end.is_some() {
                differ("end", json!(clock(record.end)), json!(clock(end)));
            }
        }
        Err((field, _)) => differ(field, json!(clock(record.start)), json!(said.start)),
    }
    let named: BTreeSet<String> = line::officers(said).into_iter().collect();
    let two = names_of(book, [&record.team.lead, &record.team.member]);
    if !named.is_empty() && !two.iter().all(|name| named.contains(name)) {
        differ("officers", json!(two), json!(named));
    }
    if !said.places.trim().is_empty() && folded(&said.places) != folded(&record.places) {
        differ("places", json!(record.places), json!(said.places.trim()));
    }
    if lines[0].patch.gives("outcome") {
        differ("outcome", json!(record.outcome), json!(said.outcome));
    }
    let parts = |texts: &[&str]| -> BTreeSet<String> {
        let parts = texts.iter().flat_map(|text| text.split(['；', '\n']));
        let parts = parts.map(folded);
        parts.filter(|part| !part.is_empty()).collect()
    };
    let ours: Vec<&str> = record
        .findings
        .iter()
        .map(|it| it.problem.as_str())
        .collect();
    let theirs = lines
        .iter()
        .map(|row| line::problem(row.patch.values(), said.outcome));
    let theirs: Vec<&str> = theirs.filter(|text| !text.is_empty()).collect();
    if !theirs.is_empty() && parts(&ours) != parts(&theirs) {
        differ("problem", json!(ours), json!(theirs));
    }
    let terms: BTreeSet<NaiveDate> = lines
        .iter()
        .filter_map(|it| it.patch.values().term)
        .collect();
    let ours: BTreeSet<NaiveDate> = record.findings.iter().filter_map(|it| it.term).collect();
    if !terms.is_empty() {
        differ("term", json!(ours), json!(terms));
    }
    fields
}

/// What an earlier file brought and this one leaves out, of the months from its first day to
/// its last: of others it says nothing.
fn vanished(book: &Workbook, rows: &[Line], seen: &BTreeSet<&VisitId>) -> Vec<ResultShown> {
    let days = || rows.iter().filter_map(|row| row.patch.values().date);
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Vec::new();
    };
    let months = YearMonth::of(first)..=YearMonth::of(last);
    let mut vanished = Vec::new();
    for visit in book.visits().filter(|visit| !seen.contains(&visit.id)) {
        let source = visit.records.iter().rev().find_map(|it| it.source.as_ref());
        let (Some(source), Some(made), Some(record)) = (source, visit.made, visit.record()) else {
            continue;
        };
        if !months.contains(&YearMonth::of(made.date)) {
            continue;
        }
        let name = book.unit(&visit.id.unit).map(|unit| unit.name.clone());
        vanished.push(ResultShown {
            row_number: None,
            visit: Some(visit.id.clone()),
            name: name.unwrap_or_default(),
            date: Some(made.date),
            outcome: Some(record.outcome),
            source: Some(source.clone()),
            fields: Vec::new(),
        });
    }
    vanished
}
