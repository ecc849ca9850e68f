//! A published month plan beside the certificate: whether the paper on the web site says what
//! was drawn.
//!
//! The paper comes as the cells of its table, from whatever kind of file. Units are found by
//! the names that the certificate publishes, or by their codes; units that the paper withholds
//! are counted only. A change that the paper itself states in its 备注 is said as what it is;
//! any other is a difference.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::lookup::folded;
use super::words;
use crate::engine::certificate::Certificate;
use crate::model::{CandidateId, OfficerId};

/// A published paper's table, as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaperTable {
    /// Its rows from the top of the sheet, each a cell a column.
    pub rows: Vec<Vec<String>>,
}

/// What came of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// Lines of the paper.
    pub lines: u32,
    /// Visits of the certificate's plan.
    pub planned: u32,
    /// Lines that name no unit, by law.
    pub withheld: u32,
    /// Of those, units that the certificate still names: withheld since the draw.
    pub withheld_since: u32,
    /// The certificate names no units, and the paper gives no codes: lines can only be counted.
    pub is_counted_only: bool,
    /// The paper names officers; the certificate knows them by code, and no file says whose
    /// these are: they are not compared.
    pub has_officer_names: bool,
    /// The officers named were compared by what the publisher says of whose the codes are.
    pub is_by_officer_names: bool,
    pub differences: Vec<PaperDifference>,
    /// Changes that the paper itself states.
    pub stated: Vec<StatedChange>,
}

/// Something that paper and certificate say otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperDifference {
    /// In the paper, but not drawn.
    NotDrawn { unit: String },
    /// Drawn, but not in the paper.
    NotInPaper { unit: String },
    /// Drawn and set aside for want of officers or places; the paper visits it all the same.
    SetAside { unit: String },
    /// In the paper more often than in the plan.
    Twice { unit: String },
    /// Another day.
    Day {
        unit: String,
        paper: String,
        drawn: NaiveDate,
    },
    /// Other officers.
    Officers {
        unit: String,
        paper: String,
        drawn: String,
    },
    /// Another number of lines that name no unit, or of lines at all.
    Count { paper: u32, drawn: u32 },
}

/// A change of the plan since the draw, as the paper states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedChange {
    pub unit: String,
    /// The paper's own word for it, such as 改期.
    pub word: String,
    /// What the paper says.
    pub paper: String,
    /// What was drawn; empty for a unit that stepped in.
    pub drawn: String,
}

/// Why a paper cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPaper {
    /// No row has a head for units.
    NoUnits,
}

/// Heads by what stands below them, blanks left out.
const UNITS: [&str; 6] = [
    "单位名称",
    "检查对象",
    "抽查对象",
    "检查对象名称",
    "被检查单位",
    "企业名称",
];
const CODES: [&str; 3] = ["单位编号", "抽取代号", "代号"];
const DAYS: [&str; 6] = [
    "检查时限",
    "检查日期",
    "检查时间",
    "计划日期",
    "抽查时间",
    "日期",
];
const OFFICERS: [&str; 5] = ["检查人员", "执法人员", "主办", "协办", "检查人"];
const NOTES: [&str; 2] = ["备注", "说明"];
/// How a line begins that names no unit.
const WITHHELD: &str = "依法不公开";
/// 备注 of lines that were changed lawfully since the draw.
const MOVED: &str = "改期";
const OTHER_TEAM: &str = "换人";
const STEPPED_IN: &str = "递补";

/// Where the columns of a paper stand.
struct Places {
    unit: Option<usize>,
    code: Option<usize>,
    day: Option<usize>,
    officers: Vec<usize>,
    note: Option<usize>,
}

impl Places {
    /// In a row of heads; `None` where it is none.
    fn of(row: &[String]) -> Option<Self> {
        let heads: Vec<String> = row.iter().map(|head| folded(head)).collect();
        let first = |names: &[&str]| {
            let mut names = names.iter();
            names.find_map(|name| heads.iter().position(|head| head == name))
        };
        let is_officers = |head: &String| OFFICERS.contains(&head.as_str());
        let places = Self {
            unit: first(&UNITS),
            code: first(&CODES),
            day: first(&DAYS),
            officers: (0..heads.len())
                .filter(|at| is_officers(&heads[*at]))
                .collect(),
            note: first(&NOTES),
        };
        (places.unit.or(places.code).is_some() && heads.len() > 1).then_some(places)
    }
}

/// A line of the paper.
struct Line {
    unit: String,
    code: Option<CandidateId>,
    day: String,
    officers: String,
    note: String,
}

impl Line {
    fn of(row: &[String], places: &Places) -> Self {
        let cell = |at: Option<usize>| {
            let cell = at.and_then(|at| row.get(at)).map(|cell| cell.trim());
            cell.unwrap_or_default().to_owned()
        };
        let officers = places.officers.iter().map(|at| cell(Some(*at)));
        Self {
            unit: cell(places.unit),
            code: CandidateId::new(folded(&cell(places.code))).ok(),
            day: cell(places.day),
            officers: officers.collect::<Vec<_>>().join(" ").trim().to_owned(),
            note: cell(places.note),
        }
    }

    fn is_withheld(&self) -> bool {
        folded(&self.unit).starts_with(WITHHELD)
    }

    fn says(&self, word: &str) -> bool {
        self.note.contains(word)
    }

    fn name(&self) -> String {
        match &self.code {
            Some(code) if self.unit.is_empty() => code.to_string(),
            _ => self.unit.clone(),
        }
    }
}

/// Holds a paper's table against the plan of a certificate. `names`: whose the officers' codes
/// are, as far as the publisher says it.
///
/// # Errors
/// [`NoPaper`] where the table is none of a plan.
///
/// ```
/// use double_random::engine::certificate::Certificate;
/// use double_random::exchange::paper_compare::{PaperDifference, PaperTable, compare};
/// let record = std::fs::read_to_string("tests/golden/03.json")?;
/// let record: serde_json::Value = serde_json::from_str(&record)?;
/// let mut certificate = Certificate::read(&record["certificate"].to_string())?;
/// let visits = certificate.plan.visits.keys();
/// certificate.names = visits.map(|unit| (unit.clone(), format!("单位{unit}"))).collect();
/// let line = |unit: &str, day: &str| vec![unit.to_owned(), day.to_owned()];
/// let mut rows = vec![line("单位名称", "检查时限")];
/// for (unit, visit) in &certificate.plan.visits {
///     rows.push(line(&certificate.names[unit], &format!("{}起", visit.day.format("%-m月%-d日"))));
/// }
/// let nobody = Default::default();
/// let same = compare(&certificate, &nobody, &PaperTable { rows: rows.clone() }).expect("it names units");
/// assert!(same.agrees());
/// rows.last_mut().expect("there are lines")[0] = "别家".into();
/// let other = compare(&certificate, &nobody, &PaperTable { rows }).expect("it names units");
/// assert_eq!(other.differences[0], PaperDifference::NotDrawn { unit: "别家".into() });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(
    certificate: &Certificate,
    names: &BTreeMap<OfficerId, String>,
    table: &PaperTable,
) -> Result<Compared, NoPaper> {
    let mut heads = table.rows.iter().enumerate();
    let (at, places) = heads
        .find_map(|(at, row)| Some((at, Places::of(row)?)))
        .ok_or(NoPaper::NoUnits)?;
    let lines = table.rows[at + 1..]
        .iter()
        .map(|row| Line::of(row, &places));
    let lines: Vec<Line> = lines
        .filter(|line| !line.unit.is_empty() || line.code.is_some())
        .collect();
    let mut compared = Compared {
        lines: lines.len() as u32,
        planned: certificate.plan.visits.len() as u32,
        withheld: lines.iter().filter(|line| line.is_withheld()).count() as u32,
        is_counted_only: certificate.names.is_empty() && places.code.is_none(),
        ..Compared::default()
    };
    if compared.is_counted_only {
        compared.count(compared.lines, compared.planned);
        return Ok(compared);
    }
    let mut left = Left::of(certificate, names);
    for line in lines.iter().filter(|line| !line.is_withheld()) {
        compared.hold(line, certificate, &mut left);
    }
    compared.close(left);
    Ok(compared)
}

/// The visits of the plan that no line was found for yet.
struct Left<'a> {
    /// By name, as it is compared.
    by_name: BTreeMap<String, Vec<&'a CandidateId>>,
    units: BTreeSet<&'a CandidateId>,
    names: &'a BTreeMap<CandidateId, String>,
    officers: &'a BTreeMap<OfficerId, String>,
}

impl<'a> Left<'a> {
    fn of(certificate: &'a Certificate, officers: &'a BTreeMap<OfficerId, String>) -> Self {
        let mut by_name: BTreeMap<String, Vec<&CandidateId>> = BTreeMap::new();
        for (unit, name) in &certificate.names {
            by_name.entry(folded(name)).or_default().push(unit);
        }
        Self {
            by_name,
            units: certificate.plan.visits.keys().collect(),
            names: &certificate.names,
            officers,
        }
    }

    /// The units that a line can mean, those first that are still looked for.
    fn meant(&self, line: &Line) -> Vec<&'a CandidateId> {
        if let Some(code) = &line.code
            && let Some(unit) = self.units.get(code)
        {
            return vec![unit];
        }
        let mut meant = self
            .by_name
            .get(&folded(&line.unit))
            .cloned()
            .unwrap_or_default();
        meant.sort_by_key(|unit| !self.units.contains(unit));
        meant
    }
}

impl Compared {
    /// Whether the paper says what was drawn, but for changes that it states itself.
    #[must_use]
    pub const fn agrees(&self) -> bool {
        self.differences.is_empty()
    }

    fn count(&mut self, paper: u32, drawn: u32) {
        if paper != drawn {
            self.differences
                .push(PaperDifference::Count { paper, drawn });
        }
    }

    /// Holds a line that names its unit against its visit.
    fn hold<'a>(&mut self, line: &Line, certificate: &'a Certificate, left: &mut Left<'a>) {
        let unit = line.name();
        let meant = left.meant(line);
        let Some(first) = meant.first().copied() else {
            if line.says(STEPPED_IN) {
                self.state(line, STEPPED_IN, line.day.clone(), String::new());
            } else {
                self.differences.push(PaperDifference::NotDrawn { unit });
            }
            return;
        };
        let Some(visit) = certificate.plan.visits.get(first) else {
            self.differences.push(PaperDifference::SetAside { unit });
            return;
        };
        if !left.units.contains(first) {
            self.differences.push(PaperDifference::Twice { unit });
            return;
        }
        // Of units of one name, the one of this day.
        let year = certificate.commitment.month.year();
        let day = first_day(&line.day, year);
        let is_of_day = |unit: &&&CandidateId| {
            let planned = certificate.plan.visits.get(**unit).map(|visit| visit.day);
            left.units.contains(**unit) && planned == day
        };
        let found = meant.iter().find(is_of_day).copied().unwrap_or(first);
        let visit = certificate.plan.visits.get(found).unwrap_or(visit);
        left.units.remove(found);
        if !line.day.is_empty() && day != Some(visit.day) {
            let (paper, drawn) = (line.day.clone(), visit.day);
            if line.says(MOVED) {
                self.state(line, MOVED, paper, drawn.to_string());
            } else {
                let unit = unit.clone();
                self.differences
                    .push(PaperDifference::Day { unit, paper, drawn });
            }
        }
        self.hold_officers(line, unit, [&visit.lead, &visit.member], left.officers);
    }

    fn hold_officers(
        &mut self,
        line: &Line,
        unit: String,
        drawn: [&OfficerId; 2],
        names: &BTreeMap<OfficerId, String>,
    ) {
        if line.officers.is_empty() {
            return;
        }
        let words = line
            .officers
            .split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'));
        let known = words.filter(|word| word.bytes().any(|sign| sign.is_ascii_digit()));
        let known: BTreeSet<OfficerId> =
            known.filter_map(|word| OfficerId::new(word).ok()).collect();
        let is_by_code = !known.is_empty();
        if !is_by_code && names.is_empty() {
            self.has_officer_names = true;
            return;
        }
        self.is_by_officer_names |= !is_by_code;
        let is_same = if is_by_code {
            known == drawn.into_iter().cloned().collect()
        } else {
            let team = drawn.map(|id| names.get(id).map(String::as_str));
            names_exactly(&line.officers, team)
        };
        if is_same {
            return;
        }
        let paper = line.officers.clone();
        let drawn = drawn.map(|id| match names.get(id) {
            Some(name) if !is_by_code => name.clone(),
            _ => id.to_string(),
        });
        let drawn = drawn.join(" ");
        if line.says(OTHER_TEAM) || line.says(MOVED) {
            self.state(line, OTHER_TEAM, paper, drawn);
        } else {
            self.differences
                .push(PaperDifference::Officers { unit, paper, drawn });
        }
    }

    fn state(&mut self, line: &Line, word: &str, paper: String, drawn: String) {
        self.stated.push(StatedChange {
            unit: line.name(),
            word: word.to_owned(),
            paper,
            drawn,
        });
    }

    /// What no line was found for. A unit that was withheld since the draw is named by the
    /// certificate and counted by the paper: it is counted here, too, and not named again.
    fn close(&mut self, left: Left<'_>) {
        let is_named = |unit: &&CandidateId| left.names.contains_key(*unit);
        let (named, unnamed): (Vec<&CandidateId>, Vec<&CandidateId>) =
            left.units.iter().copied().partition(is_named);
        let (named_count, unnamed_count) = (named.len() as u32, unnamed.len() as u32);
        if self.withheld == unnamed_count + named_count && named_count > 0 {
            self.withheld_since = named_count;
            return;
        }
        for unit in named {
            let unit = left.names[unit].clone();
            self.differences.push(PaperDifference::NotInPaper { unit });
        }
        self.count(self.withheld, unnamed_count);
    }
}

/// Whether a text names these officers and nobody else; what stands between names says
/// nothing. Names are looked for, and not cut out, for people space 张 三 as they like.
fn names_exactly(text: &str, team: [Option<&str>; 2]) -> bool {
    let mut rest = folded(text);
    for role in ["主办", "协办"] {
        rest = rest.replace(role, " ");
    }
    let mut team = team.map(|name| name.map(folded).unwrap_or_default());
    // The longer one first: 王伟 stands in 王伟民, too.
    team.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in team {
        if name.is_empty() || !rest.contains(&name) {
            return false;
        }
        rest = rest.replacen(&name, " ", 1);
    }
    !rest.contains(char::is_alphanumeric)
}

/// The first day that a text says, as people write it; without a year it is this one.
fn first_day(text: &str, year: i32) -> Option<NaiveDate> {
    if let Ok(day) = words::date(text) {
        return Some(day);
    }
    let runs = text.split(|sign: char| !sign.is_ascii_digit());
    let runs = runs.filter(|run| !run.is_empty() && run.len() <= 4).take(3);
    let numbers: Vec<u32> = runs.filter_map(|run| run.parse().ok()).collect();
    match numbers[..] {
        [year, month, day] if year > 1900 => NaiveDate::from_ymd_opt(year as i32, month, day),
        [month, day, ..] => NaiveDate::from_ymd_opt(year, month, day),
        _ => None,
    }
}

/// Whether a file is a paper by its name: a page or a spreadsheet.
#[must_use]
pub fn is_paper(name: &str) -> bool {
    let end = name.rsplit_once('.').map(|it| it.1.to_ascii_lowercase());
    let ends = [
        "html", "htm", "mht", "mhtml", "xlsx", "xlsm", "xls", "et", "ods", "csv", "txt",
    ];
    end.is_some_and(|end| ends.contains(&end.as_str()))
}
