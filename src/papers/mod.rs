//! Each paper, made from the workbook and words: of those that are published (R11; domain.md,
//! «Columns»)
//!
//! - [`redact`]: what of a record the public may know: nothing else fits into its types
//! - [`carried`]: what a plan's page carries for verification
//! - `plan`, `results`, `own`, `statement`, `draws`, `year_plan`, `items`: the papers
//!
//! and of those that stay in the house or on its board [`month_plan`], [`annual_plan`],
//! [`closed_year`], [`own_list`], [`campaign_results`], [`forms`] (文书 of a visit),
//! [`task_sheet`], [`commitment`], [`self_check`].
//!
//! What is published is in Chinese whatever the language of the page: it is an official text.

pub mod annual_plan;
pub mod campaign_results;
mod carried;
pub mod closed_year;
pub mod commitment;
mod draws;
pub mod forms;
mod items;
pub mod month_plan;
mod own;
pub mod own_list;
mod plan;
pub mod redact;
mod results;
pub mod self_check;
mod statement;
pub mod task_sheet;
mod year_plan;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::document::{Column, Ending, Fact, Paper, text};
use crate::engine::certificate::short_code;
use crate::engine::lottery::{Hash, canonical_hash};
use crate::i18n::Lang;
use crate::model::{LegalGround, UnitId};
use crate::workbook::bulletin::BulletinOf;
use crate::workbook::{DrawId, DrawRecord, Workbook};

pub use carried::carried;

/// Digits of the commitment in the head of a draw's paper, in groups of four.
const COMMITMENT_GROUPS: usize = 4;

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
        canonical_hash(&text::data(&paper)).expect("texts and flags alone have a canonical form")
    }
}

/// A version that was kept as a file for machines: the paper that it says, and the fingerprint
/// by which it is known among those that were published. None where it is no such file.
#[must_use]
pub fn kept_version(text: &str) -> Option<(Paper, Hash)> {
    let mut data: serde_json::Value = serde_json::from_str(text).ok()?;
    let paper = text::read(&data)?;
    data["issued"] = "".into();
    Some((paper, canonical_hash(&data).ok()?))
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
        BulletinOf::Plan(number) => {
            let draw = draw(number)?;
            Some(match draw.own_register() {
                Some(register) => own::plan(book, draw, register, date),
                None => plan::paper(book, draw, date),
            })
        }
        BulletinOf::Results(number) => {
            let draw = draw(number)?;
            Some(match draw.own_register() {
                Some(register) => own::results(book, draw, register, date),
                None => results::paper(book, draw, date),
            })
        }
        BulletinOf::Statement => statement::paper(book, book.year(year)?, date),
        BulletinOf::Draws => Some(draws::paper(book, book.year(year)?, date)),
        BulletinOf::YearPlan => year_plan::paper(book, book.year(year)?, date),
        BulletinOf::Items => items::paper(book, date),
    }
}

/// A paper of the brigade without lines, to be filled.
fn blank(book: &Workbook, kind: &'static str, title: String, date: NaiveDate) -> Paper {
    Paper {
        kind,
        lang: Some("zh-CN"),
        issuer: book.brigade.name.clone(),
        title,
        mark: book.is_demo.then(|| WORDS.band_demo().to_owned()),
        issued: WORDS.paper_day(date),
        ..Paper::default()
    }
}

/// What the head of a draw's own paper says: its number, when it was drawn, the short code to
/// read aloud, the first digits of the commitment. None before the draw.
fn drawn_facts(t: Lang, draw: &DrawRecord, label: &str) -> Option<[Fact; 4]> {
    let drawn = draw.drawn.as_ref()?;
    let commitment = draw.committed.as_ref()?.hash.to_string();
    let groups = (0..COMMITMENT_GROUPS).map(|at| &commitment[at * 4..at * 4 + 4]);
    let groups: Vec<&str> = groups.collect();
    Some([
        fact(t.draw_number(), label),
        fact(t.paper_drawn_at(), t.paper_time(drawn.at)),
        fact(t.paper_short_code(), short_code(drawn.certificate)),
        fact(t.paper_commitment(), groups.join(" ")),
    ])
}

/// The short code for the foot of each of its sheets.
fn code_foot(t: Lang, draw: &DrawRecord) -> Option<String> {
    let code = short_code(draw.drawn.as_ref()?.certificate);
    Some(format!("{} {code}", t.paper_short_code()))
}

/// The same, and where the trail ends.
fn drawn_feet(t: Lang, draw: &DrawRecord) -> Vec<String> {
    let trail = draw.trail_head().map(|head| t.trail_end(&head));
    code_foot(t, draw).into_iter().chain(trail).collect()
}

/// The end of a paper that the head of the brigade approves, not yet signed.
fn for_approval(t: Lang) -> Ending {
    let lines = [t.paper_head(), t.paper_maker(), t.paper_date()].map(|name| fact(name, ""));
    signed_and_sealed(t, t.paper_opinion(), lines.into())
}

/// The end of a paper with an opinion, lines to sign on, and the seal.
fn signed_and_sealed(t: Lang, opinion: &str, lines: Vec<Fact>) -> Ending {
    Ending {
        opinion: opinion.to_owned(),
        signatures: t.paper_signature().to_owned(),
        seal: t.paper_seal().to_owned(),
        seal_here: t.paper_seal_here().to_owned(),
        lines,
    }
}

/// How many units are withheld on which ground; none where none is.
fn withheld_note(book: &Workbook, withheld: &[UnitId]) -> Option<String> {
    let mut counts: BTreeMap<LegalGround, u32> = BTreeMap::new();
    let withheld = withheld.iter().filter_map(|id| book.unit(id));
    for withholding in withheld.filter_map(|unit| unit.withheld.as_ref()) {
        *counts.entry(withholding.ground()).or_default() += 1;
    }
    let all: u32 = counts.values().sum();
    let words = counts
        .iter()
        .map(|(ground, count)| WORDS.publish_ground_count(WORDS.legal_ground(*ground), count));
    let words: Vec<String> = words.collect();
    (all > 0).then(|| WORDS.publish_grounds(all, words.join(WORDS.list_comma())))
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
