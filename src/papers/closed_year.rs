//! What came of a year that is closed, for signature: the statement, and behind it the names of
//! the visits that were drawn and not made. In the language of the page.

use super::{annual_plan, fact, signed_and_sealed};
use crate::document::{Fact, Figures, Paper, Part};
use crate::i18n::Lang;
use crate::workbook::statement::{ClosedYear, StratumStatement};
use crate::workbook::{FrozenPlan, VisitId, Workbook, Year};

/// The papers of a year; none of one that is open. They stand before those of its plan, whose
/// `issuer` and version they have.
#[must_use]
pub fn papers(
    t: Lang,
    book: &Workbook,
    year: &Year,
    (issuer, frozen): (&str, Option<&FrozenPlan>),
) -> Vec<Paper> {
    let Some(closed) = &year.closed else {
        return Vec::new();
    };
    let lines = [t.paper_head(), t.paper_maker(), t.paper_date()].map(|name| fact(name, ""));
    let blank = Paper {
        kind: "closed_year",
        issuer: issuer.to_owned(),
        mark: book.is_demo.then(|| t.band_demo().to_owned()),
        feet: annual_plan::feet(t, book, frozen),
        ..Paper::default()
    };
    let told = said(t, closed).into_iter().map(Part::Text);
    let statement = Paper {
        title: t.statement_title(year.year),
        facts: vec![fact("", closed_words(t, closed, t.paper_time(closed.at)))],
        parts: std::iter::once(Part::Figures(strata(t, closed)))
            .chain(told)
            .collect(),
        end: Some(signed_and_sealed(t, t.paper_opinion(), lines.into())),
        ..blank.clone()
    };
    let unmade = &closed.statement.unmade;
    let names = (!unmade.is_empty()).then(|| Paper {
        title: t.statement_unmade_paper(unmade.len()),
        parts: vec![Part::List {
            heading: String::new(),
            lines: unmade.iter().map(|id| name(t, book, id)).collect(),
        }],
        ..blank
    });
    std::iter::once(statement).chain(names).collect()
}

/// When it was closed, by whom, and who approved that.
#[must_use]
pub fn closed_words(t: Lang, closed: &ClosedYear, at: String) -> String {
    t.statement_closed(at, &closed.by, &closed.approver)
}

/// The verdict, what came of the visits, which register was counted, and the note.
#[must_use]
pub fn said(t: Lang, closed: &ClosedYear) -> Vec<String> {
    let note = (!closed.note.is_empty()).then(|| t.named(t.close_year_note(), &closed.note));
    let lines = t.statement_words(&closed.statement).into_iter();
    lines.chain(note).collect()
}

/// The heads of the table of strata.
#[must_use]
pub fn strata_heads(t: Lang) -> [&'static str; 5] {
    [
        t.col_stratum(),
        t.col_total(),
        t.col_at_least(),
        t.statement_visited(),
        t.statement_result(),
    ]
}

/// Its figures between name and result.
#[must_use]
pub const fn strata_figures(row: &StratumStatement) -> [u32; 3] {
    [row.units_count, row.floor_count, row.visited_count]
}

/// Whether a stratum's floor was met, in words.
#[must_use]
pub fn result_words(t: Lang, row: &StratumStatement) -> String {
    if row.is_met() {
        t.statement_met().to_owned()
    } else {
        t.statement_missed(row.floor_count - row.visited_count)
    }
}

fn strata(t: Lang, closed: &ClosedYear) -> Figures {
    let row = |row: &StratumStatement| {
        let name = format!("{} {}", row.stratum, t.stratum(row.stratum));
        let figures = strata_figures(row).map(|figure| figure.to_string());
        let cells = std::iter::once(name).chain(figures);
        cells.chain([result_words(t, row)]).collect()
    };
    Figures {
        caption: String::new(),
        heads: strata_heads(t).map(str::to_owned).into(),
        rows: closed.statement.strata.iter().map(row).collect(),
    }
}

/// The number of a draw, and a unit as paper names it: one that is withheld by its alias alone.
fn name(t: Lang, book: &Workbook, id: &VisitId) -> Fact {
    let words = match book.unit(&id.unit) {
        Some(unit) if unit.withheld.is_some() => {
            format!("{} {}", t.screen_withheld(), unit.draw_id())
        }
        Some(unit) => format!("{} {}", id.unit, unit.name),
        None => id.unit.to_string(),
    };
    fact(&format!("{:02}", id.draw.number), words)
}
