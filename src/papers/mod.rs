//! Each paper that is published, made from the workbook and words (R11; domain.md, «Columns»).
//!
//! - [`redact`]: what of a record the public may know: nothing else fits into its types
//! - [`carried`]: what a plan's page carries for verification
//! - `plan`, `results`, `draws`, `year_plan`, `items`: the papers
//!
//! A paper is in Chinese whatever the language of the page: it is an official text.

mod carried;
mod draws;
mod items;
mod plan;
pub mod redact;
mod results;
mod year_plan;

use chrono::NaiveDate;

use crate::document::{Column, Fact, Paper};
use crate::engine::lottery::{Hash, canonical_hash};
use crate::i18n::Lang;
use crate::model::UnitId;
use crate::workbook::bulletin::BulletinOf;
use crate::workbook::{DrawId, Workbook};

pub use carried::carried;

/// The language of all papers.
const WORDS: Lang = Lang::Zh;

/// A paper, and how it differs from what the brigade keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicPaper {
    pub paper: Paper,
    /// Units that it does not name, in the order of its lines.
    pub withheld: Vec<UnitId>,
    /// What the brigade's own paper says beside it.
    pub left_out: Vec<&'static str>,
}

impl PublicPaper {
    /// SHA-256 of the form for machines, but for the day at its foot: two papers that say the
    /// same have one.
    #[must_use]
    pub fn fingerprint(&self) -> Hash {
        let paper = Paper {
            issued: String::new(),
            ..self.paper.clone()
        };
        canonical_hash(&crate::document::text::data(&paper))
            .expect("texts and flags alone have a canonical form")
    }
}

/// The paper as it would be published on `date`; none where there is nothing to publish.
#[must_use]
pub fn public_paper(
    book: &Workbook,
    year: i32,
    of: BulletinOf,
    date: NaiveDate,
) -> Option<PublicPaper> {
    let draw = |number| book.draw(DrawId::new(year, number));
    match of {
        BulletinOf::Plan(number) => Some(plan::paper(book, draw(number)?, date)),
        BulletinOf::Results(number) => Some(results::paper(book, draw(number)?, date)),
        BulletinOf::Draws => Some(draws::paper(book, book.year(year)?, date)),
        BulletinOf::YearPlan => year_plan::paper(book, book.year(year)?, date),
        BulletinOf::Items => items::paper(book, date),
    }
}

/// A paper of the brigade without lines, to be filled.
fn blank(book: &Workbook, kind: &'static str, title: String, date: NaiveDate) -> Paper {
    Paper {
        kind,
        issuer: book.brigade.name.clone(),
        title,
        mark: book.is_demo.then(|| WORDS.band_demo().to_owned()),
        facts: Vec::new(),
        columns: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
        issued: WORDS.paper_day(date),
    }
}

fn fact(name: &str, words: impl Into<String>) -> Fact {
    Fact {
        name: name.to_owned(),
        words: words.into(),
    }
}

/// Columns by head, width and whether the short form has them.
fn columns<const N: usize>(columns: [(&str, u32, bool); N]) -> Vec<Column> {
    let columns = columns.map(|(head, width, is_brief)| Column {
        head: head.to_owned(),
        width,
        is_brief,
    });
    columns.into()
}
