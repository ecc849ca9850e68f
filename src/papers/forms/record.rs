//! 检查记录: what was found, or the places in which to say so.

use chrono::NaiveTime;

use super::known::{Known, UNUSED, values};
use crate::document::table::TableCell;
use crate::document::{Paper, Row};
use crate::i18n::Lang;
use crate::model::InspectionItem;
use crate::papers::columns;
use crate::workbook::visit_record::{Scan, VisitRecord};

pub(super) fn record(known: &Known, paper: Paper) -> Paper {
    let t = known.t;
    let mut rows = known.unit_rows();
    rows.extend(known.task_rows());
    rows.extend(told(known));
    let row = |it: &&InspectionItem| Row {
        cells: [it.name.clone(), found(known, it)]
            .map(TableCell::text)
            .into(),
        is_struck: false,
    };
    Paper {
        parts: vec![values(rows)],
        columns: columns([(t.form_item(), 45, true), (t.form_found(), 55, true)]),
        rows: known.items.iter().map(row).collect(),
        ..paper
    }
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// What the record says of the visit as a whole; blank before there is one.
fn told(known: &Known) -> Vec<(&'static str, String)> {
    let (t, record) = (known.t, known.record);
    let words = |of: &dyn Fn(&VisitRecord) -> String| record.map(of).unwrap_or_default();
    let text = |of: fn(&VisitRecord) -> &str| words(&|it| known.text(of(it)));
    let times = words(&|it| match it.start.zip(it.end) {
        Some((start, end)) => {
            let times = t.result_times(clock(start), clock(end));
            format!("{} {times}", known.day())
        }
        None => UNUSED.to_owned(),
    });
    let disposals = words(&|it| {
        let all = it.disposals.iter().map(|it| t.disposal(*it));
        all.collect::<Vec<_>>().join(t.list_mark())
    });
    let recheck = words(&|_| {
        let open = known.visit.open_findings();
        let by = open.iter().map(|it| known.book.recheck_by(it.term)).min();
        by.map_or_else(|| UNUSED.to_owned(), |by| t.recheck_by(t.full_date(by)))
    });
    vec![
        (t.form_times(), times),
        (t.result_scan(), words(&|it| scanned(t, &it.scan))),
        (t.result_accompanied(), text(|it| &it.accompanied_by)),
        (t.result_assisted(), text(|it| &it.assisted_by)),
        (t.result_places(), text(|it| &it.places)),
        (t.other_form(), t.form_random().to_owned()),
        (
            t.result_kind(),
            words(&|it| t.outcome(it.outcome).to_owned()),
        ),
        (t.result_disposals(), disposals),
        (t.form_recheck(), recheck),
    ]
}

fn scanned(t: Lang, scan: &Scan) -> String {
    match scan {
        Scan::At { time } => t.result_scan_at(clock(*time)),
        Scan::Without { why, words, .. } => {
            format!("{} {words}", t.result_scan_none(t.no_scan(*why)))
        }
    }
}

/// What was found at an item, or a place to say so.
fn found(known: &Known, item: &InspectionItem) -> String {
    let t = known.t;
    let Some(record) = known.record else {
        return String::new();
    };
    match record.findings.iter().find(|it| it.item == item.id) {
        Some(found) => format!("{}（{}）", found.problem, t.measure(found.measure)),
        None if record.outcome.is_inspected() => t.form_clear().to_owned(),
        None => UNUSED.to_owned(),
    }
}
