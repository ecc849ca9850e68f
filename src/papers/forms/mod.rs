//! 文书 with the margins of filed papers: approval sheet, notice, record, orders and proof of
//! delivery. Before there is a record its fields stay blank, to be filled in by hand; after it
//! what does not apply is struck by «／». In the language of the page.
//!
//! `known`: what all of them say of a visit; `record`: 检查记录.

mod known;
mod record;

use known::{Known, values};

use super::{columns, fact};
use crate::desk::visit_table::full_address;
use crate::document::table::TableCell;
use crate::document::{Ending, Paper, Part, Row};
use crate::i18n::Lang;
use crate::workbook::visit_record::{ItemFinding, Measure, PaperKind};
use crate::workbook::{Visit, VisitId, Workbook};

/// Kinds of 文书 that have a paper here.
pub const KINDS: [PaperKind; 6] = [
    PaperKind::Approval,
    PaperKind::Notice,
    PaperKind::Record,
    PaperKind::AtOnceOrder,
    PaperKind::TermOrder,
    PaperKind::Delivery,
];

/// The paper of a visit; none of a kind that has no form, or where there is no such visit.
#[must_use]
pub fn paper(t: Lang, book: &Workbook, id: &VisitId, kind: PaperKind) -> Option<Paper> {
    let known = Known::of(t, book, id)?;
    let number = number_of(t, book, known.visit);
    let blank = Paper {
        kind: "visit_form",
        lang: Some(t.code()),
        is_filed: true,
        issuer: book.brigade.name.clone(),
        title: t.form_title(kind).to_owned(),
        mark: book.is_demo.then(|| t.band_demo().to_owned()),
        facts: number.iter().map(|number| fact("", number)).collect(),
        number: number.clone().unwrap_or_default(),
        end: Some(signed_by(t, kind)),
        ..Paper::default()
    };
    Some(match kind {
        PaperKind::Approval => approval(&known, blank),
        PaperKind::Notice => notice(&known, blank),
        PaperKind::Record => record::record(&known, blank),
        PaperKind::AtOnceOrder => order(&known, Measure::AtOnce, blank),
        PaperKind::TermOrder => order(&known, Measure::ByTerm, blank),
        PaperKind::Delivery => delivery(&known, blank),
        PaperKind::Sampling | PaperKind::Photos => return None,
    })
}

/// A visit's number as its papers bear it, once it has one.
#[must_use]
pub fn number_of(t: Lang, book: &Workbook, visit: &Visit) -> Option<String> {
    let short = &book.brigade.short_name;
    let number = visit.number?;
    Some(t.visit_number(short, visit.id.draw.year, number))
}

/// The lines on which a kind is signed.
fn signed_by(t: Lang, kind: PaperKind) -> Ending {
    let (officers, unit) = (t.form_sign_officers(), t.form_sign_unit());
    let names = match kind {
        PaperKind::Approval => vec![t.form_sign_maker(), t.form_sign_head()],
        PaperKind::Notice => vec![unit],
        PaperKind::Delivery => vec![t.form_sign_receiver(), t.form_sign_witness(), officers],
        _ => vec![officers, unit],
    };
    let lines = names.into_iter().chain([t.paper_date()]);
    Ending {
        lines: lines.map(|name| fact(name, "")).collect(),
        ..Ending::default()
    }
}

/// Lines behind their numbers.
fn numbered<'a>(heading: &str, lines: impl Iterator<Item = &'a str>) -> Part {
    let lines = (1..).zip(lines);
    Part::List {
        heading: heading.to_owned(),
        lines: lines
            .map(|(number, words)| fact(&format!("{number}."), words))
            .collect(),
    }
}

fn approval(known: &Known, paper: Paper) -> Paper {
    let t = known.t;
    let draw = known.book.draw(known.visit.id.draw);
    let approval = draw.and_then(|draw| draw.approval.as_ref());
    let approved = approval.map(|it| {
        let opinion = if it.opinion.is_empty() {
            t.form_agreed()
        } else {
            &it.opinion
        };
        format!("{opinion}　{}　{}", it.approver, t.full_date(it.date))
    });
    let mut rows = known.unit_rows();
    rows.extend(known.task_rows());
    rows.push((t.form_day(), known.day()));
    rows.push((t.form_items(), t.form_items_count(known.items.len())));
    rows.push((t.paper_opinion(), approved.unwrap_or_default()));
    Paper {
        parts: vec![values(rows)],
        ..paper
    }
}

fn notice(known: &Known, paper: Paper) -> Paper {
    let t = known.t;
    let items = known.items.iter().map(|it| it.name.as_str());
    let bring = t.form_bring().iter().copied();
    Paper {
        parts: vec![
            known.address(),
            Part::Text(t.form_notice(known.day())),
            values(known.task_rows()),
            numbered(t.form_items(), items),
            numbered(t.form_bring_title(), bring),
        ],
        ..paper
    }
}

fn order(known: &Known, measure: Measure, paper: Paper) -> Paper {
    let t = known.t;
    let row = |cells: [String; 3]| Row {
        cells: cells.map(TableCell::text).into(),
        is_struck: false,
    };
    let finding = |it: &ItemFinding| {
        let term = it.term;
        let term = term.map_or_else(|| t.form_at_once().to_owned(), |term| t.full_date(term));
        let problem = format!("{}：{}", known.item_name(&it.item), it.problem);
        row([problem, it.basis.clone(), term])
    };
    let findings = known.ordered(measure).into_iter().map(finding);
    let mut rows: Vec<Row> = findings.collect();
    if rows.is_empty() {
        // A line to be filled in by hand.
        rows.push(row(Default::default()));
    }
    Paper {
        parts: vec![known.address(), Part::Text(t.form_order(known.day()))],
        columns: columns([
            (t.result_problem(), 45, true),
            (t.result_basis(), 33, true),
            (t.result_term(), 22, true),
        ]),
        rows,
        notes: vec![t.form_order_end().to_owned()],
        ..paper
    }
}

fn delivery(known: &Known, paper: Paper) -> Paper {
    let t = known.t;
    let orders = [PaperKind::AtOnceOrder, PaperKind::TermOrder];
    let needed = known.visit.papers_needed();
    let orders = orders.into_iter().filter(|kind| needed.contains(kind));
    let named = orders.map(|kind| {
        let paper = known.visit.papers.iter().find(|it| it.kind == kind);
        let number = paper.map(|it| it.number.as_str()).unwrap_or_default();
        [t.form_title(kind), number].join(" ")
    });
    let named = named.collect::<Vec<_>>().join(t.list_mark());
    let rows = vec![
        (t.form_papers(), named),
        (t.form_receiver(), known.unit.name.clone()),
        (t.form_place(), full_address(known.unit)),
        (t.form_way(), String::new()),
        (t.form_received_at(), String::new()),
        (t.result_note(), String::new()),
    ];
    Paper {
        parts: vec![values(rows)],
        ..paper
    }
}
