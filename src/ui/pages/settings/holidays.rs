//! 放假安排: which years' working days are known; by days, by the notice, or from a file.

use leptos::prelude::*;

use super::holiday_year::{YearDraft, editor};
use super::{Section, frame};
use crate::i18n::Lang;
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::import::FileButton;
use crate::ui::widgets::{Banner, BannerKind};

/// The shape of a holiday file, in short.
const EXAMPLE: &str = r#"{"2027": {"off": ["2027-01-01", …], "work": ["2027-02-13", …]}}"#;

/// The known years, and a warning where the workbook's is none of them.
#[component]
pub fn Holidays() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let draft = YearDraft::new(app);
    let actions = view! {
        <FileButton label=t.holidays_import() />
        <button type="button" class="button is-primary" on:click=move |_| draft.save(t)>
            {move || draft.save_words(t)}
        </button>
    };
    let body = view! {
        {warning(app, t)}
        {editor(draft)}
        <section class="pane is-narrow" aria-label=t.settings_holidays()>
            {years(app, t)}
        </section>
        <section class="pane is-narrow">
            <div class="pane-body settings-text holiday-format">
                <p>
                    {t.holidays_format()} <code>{EXAMPLE}</code>
                </p>
            </div>
        </section>
    };
    frame(
        Section::Holidays,
        t.holidays_lead(),
        actions.into_any(),
        body.into_any(),
    )
}

fn warning(app: App, t: Lang) -> AnyView {
    let missing = move || {
        app.workbook.with(|book| {
            let book = book.as_ref()?;
            let calendar = book.calendar();
            let mut years = book.years.iter().map(|year| year.year);
            years.find(|year| !calendar.has_year(*year))
        })
    };
    let banner = move || {
        missing().map(|year| {
            view! {
                <Banner
                    kind=BannerKind::Warn
                    fact=t.holidays_missing(year)
                    cause=t.holidays_missing_cause()
                />
            }
        })
    };
    view! { <div>{banner}</div> }.into_any()
}

fn years(app: App, t: Lang) -> AnyView {
    let rows = move || {
        let years = app.workbook.with(|book| {
            let book = book.as_ref()?;
            let calendar = book.calendar();
            let years = calendar.years().iter().rev().map(|(year, days)| {
                let is_imported = book.holidays.contains_key(year);
                (*year, days.off.len(), days.work.len(), is_imported)
            });
            Some(years.collect::<Vec<_>>())
        });
        let row = |(year, off, work, is_imported): (i32, usize, usize, bool)| {
            let source = if is_imported {
                t.holidays_imported()
            } else {
                t.holidays_built_in()
            };
            view! {
                <tr>
                    <td>{year}</td>
                    <td class="number">{off}</td>
                    <td class="number">{work}</td>
                    <td>{source}</td>
                </tr>
            }
            .into_any()
        };
        years
            .unwrap_or_default()
            .into_iter()
            .map(row)
            .collect_view()
    };
    view! {
        <table class="list is-auto">
            <thead>
                <tr>
                    <th scope="col">{t.plan_year()}</th>
                    <th scope="col" class="number">
                        {t.holidays_off()}
                    </th>
                    <th scope="col" class="number">
                        {t.holidays_work()}
                    </th>
                    <th scope="col">{t.holidays_source()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
