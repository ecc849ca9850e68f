//! 年度抽查计划, by its version in force: whom, how many, how often, when.

use chrono::NaiveDate;

use super::{PublicPaper, WORDS, blank, columns, fact};
use crate::document::Row;
use crate::document::table::TableCell;
use crate::i18n::Lang;
use crate::model::{Stratum, Subject};
use crate::workbook::{AnnualPlan, Workbook, Year};

/// What one line says beside number, period, method and body.
struct Line {
    subject: Subject,
    object: String,
    share: String,
}

pub(super) fn paper(book: &Workbook, year: &Year, date: NaiveDate) -> Option<PublicPaper> {
    let t = WORDS;
    let frozen = year.plans.last()?;
    let mut paper = blank(book, "year_plan", t.plan_paper_title(year.year), date);
    let authority = &book.brigade.name;
    for (number, line) in (1..).zip(lines(t, &frozen.plan)) {
        let names = book
            .items
            .iter()
            .filter(|item| item.subject == line.subject);
        let names: Vec<&str> = names.map(|item| item.name.as_str()).collect();
        paper.rows.push(Row {
            cells: vec![
                TableCell::Number(number),
                TableCell::text(t.subject_long(line.subject)),
                TableCell::text(names.join(t.list_mark())),
                TableCell::text(line.object),
                TableCell::text(line.share),
                TableCell::text(t.publish_whole_year(year.year)),
                TableCell::text(t.publish_on_site()),
                TableCell::text(authority.clone()),
                TableCell::Blank,
            ],
            is_struck: false,
        });
    }
    paper.columns = columns([
        (t.col_number(), 5, false),
        (t.publish_class(), 9, true),
        (t.publish_item(), 27, false),
        (t.publish_object(), 13, true),
        (t.publish_share_frequency(), 14, true),
        (t.publish_when(), 10, false),
        (t.publish_method(), 8, false),
        (t.publish_body(), 9, false),
        (t.col_note(), 5, false),
    ]);
    paper.facts = vec![
        fact(t.publish_version(), t.plan_version(frozen.version)),
        fact(t.publish_approved(), t.paper_day(frozen.at.date())),
    ];
    paper.notes = vec![t.publish_cap().to_owned()];
    Some(PublicPaper {
        paper,
        withheld: Vec::new(),
        left_out: Vec::new(),
    })
}

/// The three strata, then institutions and engineers where the plan has a share for them.
fn lines(t: Lang, plan: &AnnualPlan) -> Vec<Line> {
    let units = Stratum::ALL.map(|stratum| {
        let shares = &plan.design.shares[stratum.index()];
        let (low, high) = (shares.iter().min(), shares.iter().max());
        let [low, high] = [low, high].map(|it| it.map(|it| it.percent_text()).unwrap_or_default());
        Line {
            subject: Subject::Duties,
            object: t.stratum(stratum).to_owned(),
            share: if low == high {
                t.publish_share_alike(low)
            } else {
                t.publish_shares(low, high)
            },
        }
    });
    let others = [
        (Subject::Services, t.nav_agencies(), plan.agency_share),
        (
            Subject::Engineers,
            t.subject(Subject::Engineers),
            plan.engineer_share,
        ),
    ];
    let others = others.into_iter().filter_map(|(subject, object, share)| {
        Some(Line {
            subject,
            object: object.to_owned(),
            share: t.publish_share_of(share?.percent_text()),
        })
    });
    units.into_iter().chain(others).collect()
}
