//! 定期核查报告: a check as it stands, or a report as it was signed, and its paper. In the
//! language of the page: it stays in the house.

use chrono::{NaiveDate, NaiveDateTime};

use super::{columns, fact};
use crate::document::table::TableCell;
use crate::document::{Ending, Paper, Row};
use crate::i18n::Lang;
use crate::workbook::Workbook;
use crate::workbook::bunching::Bunching;
use crate::workbook::check_signing::CheckedNow;
use crate::workbook::self_check::{
    CheckFiled, CheckLine, HeadSigned, SelfCheck, Verdict, count_of,
};

/// A check, signed or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckSheet {
    /// The year that keeps it or will.
    pub year: i32,
    pub number: u32,
    /// 南消核查〔2026〕10号.
    pub label: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub date: NaiveDate,
    pub visits: u32,
    pub units: u32,
    pub lines: Vec<CheckLine>,
    /// The label of the report to which it is compared.
    pub after: Option<String>,
    pub signed: Option<CheckSigned>,
    pub rule: Bunching,
    pub review_days: u32,
    pub brigade: String,
    pub detachment: String,
    pub head_name: String,
    pub is_demo: bool,
    /// The last day for filing it.
    pub file_by: Option<NaiveDate>,
}

/// The signatures of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckSigned {
    pub at: NaiveDateTime,
    pub checker: String,
    pub head: Option<HeadSigned>,
    pub filed: Option<CheckFiled>,
}

impl CheckSheet {
    /// The check as the data stand.
    #[must_use]
    pub fn now(t: Lang, book: &Workbook, today: NaiveDate) -> Self {
        let CheckedNow {
            from,
            to,
            visits,
            units,
            lines,
            after,
        } = book.self_check(today);
        let (year, number) = book.next_check(today);
        let label = |year, number| t.check_label(&book.brigade.short_name, year, number);
        Self {
            year,
            number,
            label: label(year, number),
            from,
            to,
            date: today,
            visits,
            units,
            lines,
            after: after.map(|(year, number)| label(year, number)),
            signed: None,
            file_by: None,
            ..Self::of_brigade(book)
        }
    }

    /// A report as it was signed.
    #[must_use]
    pub fn report(t: Lang, book: &Workbook, year: i32, check: &SelfCheck) -> Self {
        let label = |number| t.check_label(&book.brigade.short_name, year, number);
        Self {
            year,
            number: check.number,
            label: label(check.number),
            from: check.from,
            to: check.to,
            date: check.date(),
            visits: check.visits,
            units: check.units,
            lines: check.lines.clone(),
            after: check.after.map(label),
            signed: Some(CheckSigned {
                at: check.at,
                checker: check.checker.clone(),
                head: check.head.clone(),
                filed: check.filed.clone(),
            }),
            file_by: Some(book.file_by(check)),
            ..Self::of_brigade(book)
        }
    }

    /// What is the brigade's of it.
    fn of_brigade(book: &Workbook) -> Self {
        let brigade = &book.brigade;
        Self {
            year: 0,
            number: 0,
            label: String::new(),
            from: NaiveDate::MIN,
            to: NaiveDate::MIN,
            date: NaiveDate::MIN,
            visits: 0,
            units: 0,
            lines: Vec::new(),
            after: None,
            signed: None,
            rule: brigade.bunching,
            review_days: brigade.review_days,
            brigade: brigade.name.clone(),
            detachment: brigade.detachment.clone(),
            head_name: brigade.head.clone(),
            is_demo: book.is_demo,
            file_by: None,
        }
    }

    /// How many lines have a verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        count_of(&self.lines, verdict)
    }
}

/// Its paper.
#[must_use]
pub fn paper(t: Lang, sheet: &CheckSheet) -> Paper {
    let [mend, explain, right] = Verdict::ALL.map(|verdict| sheet.count(verdict));
    let mark = match (&sheet.signed, sheet.is_demo) {
        (None, _) => Some(t.check_draft()),
        (Some(_), true) => Some(t.band_demo()),
        (Some(_), false) => None,
    };
    let period = t.check_span(t.month_day(sheet.from), t.month_day(sheet.to));
    let mut facts = vec![
        fact(t.check_number(), sheet.label.clone()),
        fact(t.check_period(), period),
        fact("", t.check_scope_fact(sheet.visits, sheet.units)),
        fact("", t.check_paper_total_line(mend, explain, right)),
    ];
    let compared = sheet.after.as_ref().map(|after| t.check_compared(after));
    facts.extend(compared.map(|words| fact("", words)));
    Paper {
        kind: "self_check",
        issuer: sheet.brigade.clone(),
        title: t.check_paper_title().to_owned(),
        mark: mark.map(str::to_owned),
        facts,
        columns: columns([
            (t.check_lines(), 54, true),
            (t.check_col_figure(), 36, true),
            (t.check_col_state(), 16, true),
            (t.check_paper_note(), 84, false),
        ]),
        rows: sheet.lines.iter().map(|it| row(t, sheet, it)).collect(),
        end: Some(ending(t, sheet)),
        feet: vec![sheet.label.clone()],
        number: sheet.label.clone(),
        ..Paper::default()
    }
}

fn row(t: Lang, sheet: &CheckSheet, line: &CheckLine) -> Row {
    let before = line.before.map(|bad| t.check_before(bad));
    let note = match (line.verdict, line.note.is_empty()) {
        (_, false) => t.check_note(&line.note),
        (Verdict::Explain, true) => t.check_no_note().to_owned(),
        _ => String::new(),
    };
    let parts = |words: [String; 2], between: &str| {
        let words = words.into_iter().filter(|it| !it.is_empty());
        TableCell::text(words.collect::<Vec<_>>().join(between))
    };
    Row {
        cells: vec![
            TableCell::text(t.check_title(line.kind, &sheet.rule, sheet.review_days)),
            parts([t.check_figure(line), before.unwrap_or_default()], " "),
            TableCell::text(t.check_verdict(line.verdict)),
            parts([t.check_records(line), note], "　"),
        ],
        is_struck: false,
    }
}

/// Signatures as they are entered, with room for the pen, and the seal.
fn ending(t: Lang, sheet: &CheckSheet) -> Ending {
    let signed = sheet.signed.as_ref();
    let head = signed.and_then(|it| it.head.as_ref());
    let filed = signed.and_then(|it| it.filed.as_ref());
    let lines = [
        (t.check_checker(), signed.map(|it| it.checker.clone())),
        (t.check_head_label(), head.map(|it| it.head.clone())),
        (t.paper_date(), head.map(|it| it.at.date().to_string())),
        (t.check_file_date(), filed.map(|it| it.date.to_string())),
    ];
    let lines = lines.map(|(name, words)| fact(name, words.unwrap_or_default()));
    super::signed_and_sealed(t, t.check_paper_opinion(), lines.into())
}
