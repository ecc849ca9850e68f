//! What a line of results says, as values of a record: times, names, words for what was done.

use std::collections::BTreeSet;

use chrono::NaiveTime;

use super::issue::ResultIssue;
use super::record::Patch;
use crate::model::{InspectionItem, Outcome, ResultLine};
use crate::workbook::names::folded;
use crate::workbook::visit_record::{Disposal, ItemFinding, Measure, NoScan, Scan};

/// Why nobody scanned the code, where the file has no column for it.
const NOT_SAID: &str = "导入的文件未载明";
/// The beginning of the name of the item that takes what no other does.
const OTHER_ITEM: &str = "其他";

/// Between the names of several people in one cell.
pub(super) const NAME_MARKS: [char; 9] = ['、', ',', '，', ';', '；', '/', '／', '|', '\n'];

/// What is wrong, and with which field.
pub(super) type Fault = (&'static str, ResultIssue);

/// A time of the day: 09:30, 9时30分, behind a day, or Excel's part of a day.
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    let text = folded_time(text);
    if let Ok(part) = text.parse::<f64>() {
        let is_part = (0.0..1.0).contains(&part) && text.contains('.');
        let seconds = (part * 86_400.0).round() as u32;
        return is_part
            .then(|| NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0))
            .flatten();
    }
    let mut parts = text.split(':').map(str::parse::<u32>);
    let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let second = parts.next().map_or(Some(0), Result::ok)?;
    NaiveTime::from_hms_opt(hour, minute, second).filter(|_| parts.next().is_none())
}

/// A time with colons alone, without the day before it.
fn folded_time(text: &str) -> String {
    let text = text.trim();
    let time = text.rsplit([' ', 'T', '日', '\u{3000}']).next();
    let plain = folded(time.unwrap_or_default());
    let plain = plain.replace(['时', '点', '分'], ":").replace('秒', "");
    let plain = plain.trim_end_matches(':');
    // «9点» is a whole hour.
    let is_hour = !plain.contains([':', '.']) && text.ends_with(['时', '点']);
    if is_hour {
        format!("{plain}:00")
    } else {
        plain.to_owned()
    }
}

/// Begin and end: of two columns, or of one that holds both.
pub(super) fn times(line: &ResultLine) -> Result<[Option<NaiveTime>; 2], Fault> {
    let bad = |field, found: &str| {
        let found = found.to_owned();
        (field, ResultIssue::BadTime { found })
    };
    let (start, end) = (line.start.trim(), line.end.trim());
    let read = |field, text: &str| match text {
        "" => Ok(None),
        text => time(text).map(Some).ok_or_else(|| bad(field, text)),
    };
    if end.is_empty()
        && time(start).is_none()
        && let Some((first, last)) = start.rsplit_once(['至', '~', '～', '-', '—', '–'])
    {
        let first = first.trim_end_matches(['—', '-']);
        return Ok([read("start", first)?, read("start", last)?]);
    }
    Ok([read("start", start)?, read("end", end)?])
}

/// The names of those who went, without the numbers of their certificates.
pub(super) fn officers(line: &ResultLine) -> Vec<String> {
    let all = [&line.lead, &line.member, &line.officers].map(|text| names(text));
    let mut named = Vec::new();
    for name in all.into_iter().flatten() {
        if !named.contains(&name) {
            named.push(name);
        }
    }
    named
}

fn names(text: &str) -> Vec<String> {
    let mut parts: Vec<&str> = text.split(NAME_MARKS).collect();
    // «张三 李四»: of one part with blanks, two names of two signs or more each.
    if let [one] = parts.as_slice() {
        let words: Vec<&str> = one.split_whitespace().collect();
        if words.len() > 1 && words.iter().all(|word| word.chars().count() > 1) {
            parts = words;
        }
    }
    let name = |part: &str| folded(part.split(['(', '（']).next().unwrap_or_default());
    let names = parts.into_iter().map(name);
    names.filter(|name| !name.is_empty()).collect()
}

/// What a line says was done: measures, and what follows.
#[derive(Debug, Clone, Default)]
pub(super) struct Handling {
    measures: BTreeSet<Measure>,
    pub(super) disposals: BTreeSet<Disposal>,
}

impl Handling {
    /// Of a line's words.
    pub(super) fn of(line: &ResultLine) -> Result<Self, Fault> {
        let mut handling = Self::default();
        for word in &line.handling {
            let (measure, disposal) = meant(word).ok_or_else(|| {
                let found = word.clone();
                ("handling", ResultIssue::UnknownHandling { found })
            })?;
            handling.measures.extend(measure);
            handling.disposals.extend(disposal);
        }
        Ok(handling)
    }

    /// What was done about a line's problem. An order with a term is one by term; without
    /// one it is to be followed at once.
    fn measure(&self, line: &ResultLine, outcome: Outcome) -> Option<Measure> {
        let heaviest = self.measures.iter().next_back().copied();
        let is_ordered = outcome == Outcome::Ordered || self.disposals.contains(&Disposal::Order);
        let by_term = || line.term.is_some().then_some(Measure::ByTerm);
        let ordered = || is_ordered.then_some(Measure::AtOnce);
        heaviest.or_else(by_term).or_else(ordered)
    }
}

/// What follows where no line says it: of two results it goes without saying.
pub(super) fn disposals(mut all: BTreeSet<Disposal>, outcome: Outcome) -> Vec<Disposal> {
    if all.is_empty() {
        all.extend(match outcome {
            Outcome::NoProblem => Some(Disposal::None),
            Outcome::Ordered => Some(Disposal::Order),
            _ => None,
        });
    }
    all.into_iter().collect()
}

/// A word for what was done, as a measure and what follows.
fn meant(word: &str) -> Option<(Option<Measure>, Option<Disposal>)> {
    let word = folded(word);
    let word = word.trim_start_matches(|sign: char| sign.is_ascii_digit() || "().".contains(sign));
    let order = Some(Disposal::Order);
    Some(match word {
        "责令立即改正" | "责令当场改正" | "立即改正" | "当场改正" | "责令立即整改" => {
            (Some(Measure::AtOnce), order)
        }
        "责令限期改正" | "限期改正" | "限期整改" | "责令限期整改" => {
            (Some(Measure::ByTerm), order)
        }
        "责令改正" | "责令整改" | "已责令改正" => (None, order),
        "临时查封" | "查封" => (Some(Measure::Sealing), None),
        "行政处罚" | "立案处罚" | "立案" | "立案查处" | "处罚" | "转立案处罚" => {
            (Some(Measure::Penalty), Some(Disposal::Penalty))
        }
        "移送" | "移送处理" | "移送其他部门" | "移送相关部门" => {
            (Some(Measure::Transfer), Some(Disposal::Transfer))
        }
        "抄告" | "抄告相关部门" => (None, Some(Disposal::Notify)),
        "转日常监管" | "日常监管" | "转入日常监管" => {
            (None, Some(Disposal::Routine))
        }
        "无需后续处置" | "无需处置" | "无需后续处理" | "无需处理" | "不予处置" => {
            (None, Some(Disposal::None))
        }
        _ => return None,
    })
}

/// 扫码入企, or why not.
pub(super) fn scan(line: &ResultLine) -> Result<Scan, Fault> {
    let (at, why) = (line.scanned_at.trim(), line.no_scan.trim());
    if !at.is_empty() {
        let found = at.to_owned();
        let bad = ("scanned_at", ResultIssue::BadTime { found });
        return time(at).map(|time| Scan::At { time }).ok_or(bad);
    }
    let known = [
        ("应急", NoScan::Emergency),
        ("无码", NoScan::NoCode),
        ("网络", NoScan::Network),
    ];
    let known = known.into_iter().find(|(word, _)| why.contains(word));
    let words = if why.is_empty() { NOT_SAID } else { why };
    Ok(Scan::Without {
        why: known.map_or(NoScan::Other, |known| known.1),
        words: words.to_owned(),
        made_up: None,
    })
}

/// A line's problem; none where it has none.
pub(super) fn finding(
    line: &ResultLine,
    outcome: Outcome,
    items: &[&InspectionItem],
) -> Result<Option<ItemFinding>, Fault> {
    let problem = problem(line, outcome);
    if problem.is_empty() {
        return Ok(None);
    }
    let measure = Handling::of(line)?.measure(line, outcome);
    let measure = measure.ok_or(("handling", ResultIssue::NoMeasure))?;
    Ok(Some(ItemFinding {
        item: item(&line.item, items)?,
        problem: problem.to_owned(),
        basis: line.legal_basis.trim().to_owned(),
        measure,
        term: line.term,
        is_corrected: line.is_corrected,
    }))
}

/// What a line says was found; «未发现…» beside a result without problems is none.
pub(super) fn problem(line: &ResultLine, outcome: Outcome) -> &str {
    let text = line.problem.trim();
    let says_none = outcome.finding() != crate::model::Finding::Found && text.starts_with("未发现");
    if says_none { "" } else { text }
}

/// The item of the visit that is meant, by its id or name; without a word the only one, or
/// the one for what no other takes.
fn item(text: &str, items: &[&InspectionItem]) -> Result<String, Fault> {
    let word = folded(text);
    let alone = |is_meant: &dyn Fn(&str, &str) -> bool| {
        let mut found = items
            .iter()
            .filter(|it| is_meant(&it.id, &folded(&it.name)));
        let first = found.next()?;
        found.next().is_none().then(|| first.id.clone())
    };
    let found = if word.is_empty() {
        alone(&|_, _| true).or_else(|| alone(&|_, name| name.starts_with(OTHER_ITEM)))
    } else {
        let is_same = |id: &str, name: &str| folded(id) == word || name == word;
        let is_part = |_: &str, name: &str| name.contains(&word) || word.contains(name);
        alone(&is_same).or_else(|| alone(&is_part))
    };
    let found_text = text.trim().to_owned();
    found.ok_or(("item", ResultIssue::NoItem { found: found_text }))
}

/// Several problems with one item are one finding, where the same was done about them.
pub(super) fn joined(findings: Vec<ItemFinding>) -> Vec<ItemFinding> {
    let mut joined: Vec<ItemFinding> = Vec::new();
    for finding in findings {
        let is_same = |it: &&mut ItemFinding| {
            it.item == finding.item
                && it.measure == finding.measure
                && it.term == finding.term
                && it.is_corrected == finding.is_corrected
        };
        match joined.iter_mut().find(is_same) {
            Some(known) => {
                add(&mut known.problem, &finding.problem);
                add(&mut known.basis, &finding.basis);
            }
            None => joined.push(finding),
        }
    }
    joined
}

fn add(text: &mut String, more: &str) {
    if !text.contains(more) {
        text.push('；');
        text.push_str(more);
    }
}

/// Whether a later line may stand beside the first of its visit: it says nothing else of the
/// visit as a whole.
pub(super) fn agrees(first: &Patch<ResultLine>, later: &Patch<ResultLine>) -> bool {
    let (a, b) = (first.values(), later.values());
    let texts = |line: &ResultLine| {
        let texts = [&line.start, &line.end, &line.places, &line.scanned_at];
        texts.map(|text| folded(text))
    };
    let mut texts = texts(a).into_iter().zip(texts(b));
    let names = |line: &ResultLine| officers(line).into_iter().collect::<BTreeSet<_>>();
    let (ours, theirs) = (names(a), names(b));
    texts.all(|(a, b)| b.is_empty() || a == b)
        && (theirs.is_empty() || ours == theirs)
        && (b.date.is_none() || a.date == b.date)
        && (!later.gives("outcome") || a.outcome == b.outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_lists_write_them() {
        let half_past = NaiveTime::from_hms_opt(9, 30, 0);
        for text in [
            "09:30",
            "9:30:00",
            "9：30",
            "9时30分",
            "9点30分",
            "2026-05-06 09:30",
            "2026年5月6日9时30分",
            "2026-05-06T09:30:00",
            "0.3958333333",
        ] {
            assert_eq!(time(text), half_past, "{text}");
        }
        assert_eq!(time("9点"), NaiveTime::from_hms_opt(9, 0, 0));
        for text in ["", "上午", "25:00", "2026-05-06", "930", "9:30:00:00"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn two_names_in_one_cell() {
        for text in [
            "张三、李四",
            "张三,李四",
            "张 三；李四",
            "张三/李四",
            "张三 李四",
            "张三（13050001）、李四",
        ] {
            assert_eq!(names(text), ["张三", "李四"], "{text}");
        }
        assert_eq!(names("张  三"), ["张三"]);
    }
}
