//! 抽查承诺: the sheet that is posted before the random number exists. In the language of the
//! page.

use super::fact;
use crate::document::{Ending, Paper};
use crate::i18n::Lang;
use crate::workbook::draw::Committed;

/// Digits of the code in a group, and groups in a line.
const GROUP: usize = 4;
const LINE_GROUPS: usize = 8;

/// The sheet of what a brigade has committed itself to; `label`: the draw's number.
#[must_use]
pub fn paper(t: Lang, brigade: &str, label: &str, committed: &Committed) -> Paper {
    let commitment = &committed.commitment;
    let month = commitment.month;
    let disclosed = commitment.disclosed.as_ref();
    let is_demo = disclosed.is_some_and(|disclosed| disclosed.is_demo);
    let outside = disclosed.and_then(|disclosed| disclosed.outside_window.clone());
    let of_month = commitment.occasion.is_month();
    let what = (!of_month).then(|| t.occasion_name(&commitment.occasion));
    let facts = [
        Some(fact(t.draw_number(), label)),
        what.map(|what| fact(t.announce_occasion(), what)),
        Some(fact(t.announce_fixed(), t.paper_time(committed.at))),
        Some(fact(
            t.announce_entropy(),
            t.entropy_promised(&commitment.entropy),
        )),
        Some(fact(t.announce_place(), committed.shown_at.clone())),
        outside.map(|reason| fact(t.announce_reason(), reason)),
    ];
    let lines = [t.announce_posted(), t.announce_seen()].map(|name| fact(name, ""));
    Paper {
        kind: "commitment",
        issuer: brigade.to_owned(),
        title: t.announce_title(month.year(), t.month_name(month.month()).replace(' ', "")),
        mark: is_demo.then(|| t.band_demo().to_owned()),
        code: Some(grouped(&committed.hash.to_string())),
        facts: facts.into_iter().flatten().collect(),
        notes: vec![t.commitment_note().to_owned()],
        end: Some(Ending {
            lines: lines.into(),
            ..Ending::default()
        }),
        feet: vec![label.to_owned()],
        ..Paper::default()
    }
}

/// A code in groups of four, so many to a line, to be read aloud.
fn grouped(code: &str) -> String {
    let digits: Vec<char> = code.chars().collect();
    let groups: Vec<String> = digits.chunks(GROUP).map(|it| it.iter().collect()).collect();
    let lines: Vec<String> = groups.chunks(LINE_GROUPS).map(|it| it.join(" ")).collect();
    lines.join("\n")
}
