//! 定期核查: what a check says now, or what a report said when it was signed.
//!
//! - [`self`]: the choice between both, verdict and head
//! - [`lines`]: the lines, each with its records and the way to where it is mended
//! - [`report`]: the column beside them: signatures, print, filing, earlier reports
//! - [`paper`]: the report on A4

mod lines;
mod paper;
mod report;

use std::sync::Arc;

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::papers::self_check::CheckSheet as Sheet;
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Banner, BannerKind, PageHead};
use crate::workbook::Workbook;
use crate::workbook::self_check::{CheckLine, Verdict};

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    /// The check as the data stand.
    Now,
    /// A report by its year and number.
    Report(i32, u32),
    /// No such report.
    Gone(String),
    /// Nothing is drawn: there is nothing to check.
    Nothing,
}

/// The address of a report.
fn report_route(year: i32, number: u32) -> Route {
    Route::record(Page::SelfCheck, format!("{year}-{number}"))
}

fn shown(book: &Workbook, id: Option<String>) -> Shown {
    let Some(id) = id else {
        return match book.standing_draws().next() {
            Some(_) => Shown::Now,
            None => Shown::Nothing,
        };
    };
    let parts = id.split_once('-');
    let named = parts.and_then(|(year, number)| Some((year.parse().ok()?, number.parse().ok()?)));
    match named {
        Some((year, number)) if book.self_check_report(year, number).is_some() => {
            Shown::Report(year, number)
        }
        _ => Shown::Gone(id),
    }
}

/// The page.
#[component]
pub fn SelfCheckPage() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let what = Memo::new(move |_| {
        let id = app.route.with(|route| route.id.clone());
        read(app, |book| Some(shown(book, id))).unwrap_or(Shown::Nothing)
    });
    // Worked out anew when the workbook or the day changes, and for nothing else.
    let sheet = Memo::new(move |_| {
        let (what, today) = (what.get(), app.today());
        read(app, |book| match what {
            Shown::Now => Some(Arc::new(Sheet::now(t, book, today))),
            Shown::Report(year, number) => {
                let check = book.self_check_report(year, number)?;
                Some(Arc::new(Sheet::report(t, book, year, check)))
            }
            Shown::Gone(_) | Shown::Nothing => None,
        })
    });
    move || {
        let (what, sheet) = (what.get(), sheet.get());
        untrack(|| match (what, sheet) {
            (_, Some(sheet)) => check_page(app, sheet),
            (Shown::Gone(id), None) => none(
                &t.check_gone(id),
                &Route::to(Page::SelfCheck),
                t.check_now(),
            ),
            (_, None) => none(
                t.check_nothing_drawn(),
                &Route::to(Page::Month),
                t.check_go_month(),
            ),
        })
    }
}

fn none(words: &str, route: &Route, action: &'static str) -> AnyView {
    let t = use_lang();
    let words = words.to_owned();
    view! {
        <PageHead title=t.nav_self_check() />
        <div class="page-body">
            <div class="pane empty-state">
                <p>{words}</p>
                <a class="button is-primary" href=route.hash()>
                    {action}
                </a>
            </div>
        </div>
    }
    .into_any()
}

fn check_page(app: App, sheet: Arc<Sheet>) -> AnyView {
    let t = use_lang();
    let is_now = sheet.signed.is_none();
    let days = t.check_scope(
        t.month_day(sheet.from),
        t.month_day(sheet.to),
        sheet.lines.len(),
    );
    let due = is_now.then(|| read(app, |book| book.check_due(app.today())));
    let due = due.flatten().map(|due| {
        if due.day == due.remind {
            t.check_due_line(t.month_day(due.day))
        } else {
            t.check_due_remind(t.month_day(due.day), t.month_day(due.remind))
        }
    });
    let title = if is_now {
        t.nav_self_check().to_owned()
    } else {
        sheet.label.clone()
    };
    let facts: Vec<String> = due.into_iter().chain([days]).collect();
    let back = (!is_now).then(|| {
        view! {
            <a class="button" href=Route::to(Page::SelfCheck).hash()>
                {t.check_now()}
            </a>
        }
    });
    view! {
        <PageHead title facts=facts.join("　").into_any()>{back}</PageHead>
        <div class="page-body self-check">
            {verdict_banner(t, &sheet)}
            <div class="columns grow-rows">
                {lines::lines_pane(app, sheet.clone())}
                {report::report_column(app, sheet.clone())}
            </div>
        </div>
        {paper::report_paper(t, &sheet)}
    }
    .into_any()
}

fn verdict_banner(t: Lang, sheet: &Sheet) -> AnyView {
    let day = t.month_day(sheet.date);
    let [mend, explain, right] = Verdict::ALL.map(|verdict| sheet.count(verdict));
    let mut mended = String::new();
    if let Some(after) = &sheet.after {
        let count: u32 = sheet.lines.iter().map(CheckLine::mended).sum();
        if count > 0 {
            mended = t.check_mended(after, count);
        }
    }
    let (kind, fact, cause) = if mend > 0 {
        let cause = t.check_rest(explain, right);
        (BannerKind::Bad, t.check_to_mend(day, mend), cause)
    } else if explain > 0 {
        let cause = t.check_rest_right(right);
        (BannerKind::Warn, t.check_to_explain(day, explain), cause)
    } else {
        let cause = t.check_rest_right(right);
        (BannerKind::Ok, t.check_right(day), cause)
    };
    view! { <Banner kind fact cause=format!("{cause}{mended}") /> }.into_any()
}
