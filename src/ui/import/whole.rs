//! The dialogs for files that come in whole: a workbook, a holiday calendar.

use std::sync::Arc;

use leptos::prelude::*;

use super::proposal::Source;
use super::{ImportFlow, progress_line, use_import};
use crate::engine::calendar::YearDays;
use crate::exchange::{Content, WorkbookFile};
use crate::i18n::Lang;
use crate::ui::app::{use_app, use_lang};
use crate::ui::safety::SnapshotRefused;
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::{Banner, BannerKind, Dialog};
use crate::workbook::Workbook;

/// What a workbook file holds beside what is open, and that it replaces it.
#[component]
pub fn WorkbookDialog(
    /// The file.
    source: Arc<Source>,
) -> impl IntoView {
    let flow = use_import();
    let app = use_app();
    let t = use_lang();
    let close = Callback::new(move |()| flow.close());
    let now = app.workbook.get_untracked();
    let Content::Workbook(file) = &source.content else {
        return ().into_any();
    };
    let book = &file.workbook;
    if book.is_archive() {
        return archive_dialog(flow, t, &source, file, now.as_deref());
    }
    let words = t.open_act(&book.brigade.name, book.last_year().year, book.units.len());
    let replaces = now.is_some().then(|| t.open_replaces());
    let body = view! {
        {file_line(t, &source)}
        {warnings(t, file)}
        {compare(t, now.as_deref(), book)}
        {now.as_ref().map(|now| kinship(t, now, book))}
        {replaces.map(|words| view! { <p>{words}</p> })}
        {refusal(flow)}
        {error_line(flow.error.into())}
    }
    .into_any();
    let foot = foot(flow, words);
    view! {
        <Dialog title=t.import_open_title() class="is-wide" on_close=close on_submit=flow.confirming(&source)>
            <div class="dialog-body">{body}</div>
            {foot}
        </Dialog>
    }
    .into_any()
}

/// An archive is opened beside what is open, not in its place.
fn archive_dialog(
    flow: ImportFlow,
    t: Lang,
    source: &Arc<Source>,
    file: &WorkbookFile,
    now: Option<&Workbook>,
) -> AnyView {
    let close = Callback::new(move |()| flow.close());
    let book = &file.workbook;
    let words = t.archive_open(book.last_year().year);
    let body = view! {
        {file_line(t, source)}
        {warnings(t, file)}
        {compare(t, None, book)}
        {now.and_then(|now| now.archive_fits(book)).map(|fits| fit_banner(t, fits))}
        <p>{t.archive_open_note()}</p>
        {error_line(flow.error.into())}
    }
    .into_any();
    let foot = foot(flow, words);
    view! {
        <Dialog title=t.archive_open_title() class="is-wide" on_close=close on_submit=flow.confirming(source)>
            <div class="dialog-body">{body}</div>
            {foot}
        </Dialog>
    }
    .into_any()
}

/// Whether an archive holds the draws that were taken out of what is open.
fn fit_banner(t: Lang, fits: bool) -> AnyView {
    let (kind, fact) = if fits {
        (BannerKind::Ok, t.archive_fits())
    } else {
        (BannerKind::Bad, t.archive_fits_not())
    };
    view! { <Banner kind fact /> }.into_any()
}

fn file_line(t: Lang, source: &Source) -> AnyView {
    view! {
        <p class="import-file">
            <b>{source.file_name.clone()}</b>
            <span>{t.file_size(source.bytes)}</span>
        </p>
    }
    .into_any()
}

fn warnings(t: Lang, file: &WorkbookFile) -> Option<AnyView> {
    let words = file
        .warnings
        .iter()
        .map(|warning| t.workbook_warning(warning));
    let words: Vec<_> = words.collect();
    (!words.is_empty()).then(|| {
        let words = words.join(if t == Lang::Zh { "" } else { " " });
        view! { <Banner kind=BannerKind::Warn fact=words /> }.into_any()
    })
}

/// Whether the file is a backup of what is open, and whether an older one.
fn kinship(t: Lang, now: &Workbook, file: &Workbook) -> AnyView {
    let shared = now.trail.len().min(file.trail.len());
    let is_one = now.trail[..shared].last().map(|entry| &entry.hash)
        == file.trail[..shared].last().map(|entry| &entry.hash);
    let (words, kind) = if now.id != file.id {
        (t.open_other().to_owned(), BannerKind::Warn)
    } else if !is_one {
        (t.open_diverged().to_owned(), BannerKind::Warn)
    } else if file.trail.len() < now.trail.len() {
        (
            t.open_same_older(now.trail.len() - shared),
            BannerKind::Warn,
        )
    } else if file.trail.len() > now.trail.len() {
        (
            t.open_same_newer(file.trail.len() - shared),
            BannerKind::Info,
        )
    } else {
        (t.open_same().to_owned(), BannerKind::Info)
    };
    view! { <Banner kind=kind fact=words /> }.into_any()
}

/// The facts of a workbook, in the order of the rows.
fn facts(t: Lang, book: &Workbook) -> [String; 9] {
    let last = book.trail.last().map(|entry| entry.at);
    let name = if book.is_demo {
        t.open_demo_name(&book.brigade.name)
    } else {
        book.brigade.name.clone()
    };
    [
        name,
        years_of(t, book),
        book.units.len().to_string(),
        book.officers.len().to_string(),
        book.items.len().to_string(),
        book.years
            .iter()
            .map(|year| year.plans.len())
            .sum::<usize>()
            .to_string(),
        book.known_draws().count().to_string(),
        book.trail.len().to_string(),
        last.map_or_else(
            || t.none().to_owned(),
            |at| at.format("%Y-%m-%d %H:%M").to_string(),
        ),
    ]
}

fn compare(t: Lang, now: Option<&Workbook>, file: &Workbook) -> AnyView {
    let heads = [
        t.brigade_name(),
        t.plan_year(),
        t.open_units(),
        t.open_officers(),
        t.open_items(),
        t.open_plans(),
        t.open_draws(),
        t.open_trail(),
        t.open_last(),
    ];
    let before = now.map(|now| facts(t, now));
    let rows = heads.into_iter().zip(facts(t, file)).enumerate();
    let rows = rows.map(|(place, (head, after))| {
        let before = before.as_ref().map(|facts| facts[place].clone());
        let differs = before.as_ref().is_some_and(|before| *before != after);
        view! {
            <tr>
                <th scope="row">{head}</th>
                {before.map(|before| view! { <td class="import-old">{before}</td> })}
                <td class:import-new=differs>{after}</td>
            </tr>
        }
        .into_any()
    });
    let now_head = now.map(|_| view! { <th scope="col">{t.open_now()}</th> });
    view! {
        <table class="list is-auto import-table is-facts" aria-label=t.open_compare()>
            <thead>
                <tr>
                    <td></td>
                    {now_head}
                    <th scope="col">{t.open_file()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// The years of a holiday calendar.
#[component]
pub fn HolidaysDialog(
    /// The file.
    source: Arc<Source>,
) -> impl IntoView {
    let flow = use_import();
    let app = use_app();
    let t = use_lang();
    let close = Callback::new(move |()| flow.close());
    let Content::Holidays(years) = &source.content else {
        return ().into_any();
    };
    let calendar = app
        .workbook
        .with_untracked(|book| book.as_ref().map(|book| book.calendar()))
        .unwrap_or_default();
    let row = |(year, days): (&i32, &YearDays)| {
        let state = if calendar.has_year(*year) {
            t.holidays_replaced()
        } else {
            t.import_added()
        };
        view! {
            <tr>
                <td>{*year}</td>
                <td class="number">{days.off.len()}</td>
                <td class="number">{days.work.len()}</td>
                <td>{state}</td>
            </tr>
        }
        .into_any()
    };
    let rows = years.iter().map(row).collect::<Vec<_>>();
    let file = file_line(t, &source);
    let foot = foot(flow, t.import_holidays_act(years.len()));
    view! {
        <Dialog
            title=t.import_title(t.file_holidays())
            on_close=close
            on_submit=flow.confirming(&source)
        >
            <div class="dialog-body">
                {file}
                <table class="list is-auto import-table">
                    <thead>
                        <tr>
                            <th scope="col">{t.plan_year()}</th>
                            <th scope="col" class="number">
                                {t.holidays_off()}
                            </th>
                            <th scope="col" class="number">
                                {t.holidays_work()}
                            </th>
                            <th scope="col"></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                {refusal(flow)} {error_line(flow.error.into())}
            </div>
            {foot}
        </Dialog>
    }
    .into_any()
}

fn refusal(flow: ImportFlow) -> AnyView {
    let banner = move || {
        let is_refused = flow.is_snapshot_refused.get();
        is_refused.then(|| view! { <SnapshotRefused is_waived=flow.is_snapshot_waived /> })
    };
    view! { <div>{banner}</div> }.into_any()
}

fn foot(flow: ImportFlow, words: String) -> AnyView {
    let t = use_lang();
    let is_stopped = move || {
        flow.progress.with(Option::is_some)
            || (flow.is_snapshot_refused.get() && !flow.is_snapshot_waived.get())
    };
    view! {
        <div class="dialog-foot import-foot">
            {progress_line(flow)}
            <button type="button" class="button" on:click=move |_| flow.close()>
                {t.cancel()}
            </button>
            <button
                type="submit"
                class="button is-primary"
                disabled=is_stopped
            >
                {words}
            </button>
        </div>
    }
    .into_any()
}

/// The years that a workbook keeps, and those that were taken out of it.
fn years_of(t: Lang, book: &Workbook) -> String {
    let span = |first: i32, last: i32| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}–{last}")
        }
    };
    let (ever, first) = (book.first_year_ever(), book.first_year().year);
    let kept = span(first, book.last_year().year);
    if ever < first {
        t.open_years_taken_out(kept, span(ever, first - 1))
    } else {
        kept
    }
}
