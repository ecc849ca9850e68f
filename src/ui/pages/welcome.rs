//! The first page of all: three ways in, and what is stored here that cannot be opened.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use super::settings::brigade::BrigadeFaults;
use super::settings::snapshots::{open_snapshot, snapshots, time_of};
use crate::exchange::FileError;
use crate::i18n::Lang;
use crate::store::Slot;
use crate::ui::app::{App, Trouble, clock, use_app, use_lang};
use crate::ui::document;
use crate::ui::files;
use crate::ui::import::FileButton;
use crate::ui::route::{Page, Route};
use crate::ui::safety::Reason;
use crate::ui::task::Task;
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::list::focus_on;
use crate::ui::widgets::{Banner, BannerKind, PageHead, Progress, TextField};
use crate::workbook::{Brigade, YEARS};

/// Open a workbook, start an empty one, or explore the demo.
#[component]
pub fn Welcome() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    view! {
        <PageHead title=t.welcome_title() />
        <div class="page-body welcome-body">
            <p class="welcome-lead">{t.welcome_lead()}</p>
            <p class="welcome-verify">
                <a href=Route::to(Page::Verify).hash()>{t.verify_link()}</a>
                <span class="caption">{t.verify_link_note()}</span>
            </p>
            {stored(app, t)}
            <div class="welcome">
                {open_way(app, t)} <EmptyWay />
                <DemoWay />
            </div>
        </div>
    }
}

/// What a way offers, in short.
fn points<const N: usize>(words: [&'static str; N]) -> AnyView {
    let points = words.map(|words| view! { <li>{words}</li> });
    view! { <ul class="welcome-points">{points.into_iter().collect_view()}</ul> }.into_any()
}

/// The demo: the year as it has been lived, or from its first draw on.
#[component]
fn DemoWay() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let task = Task::new();
    let live = move |_| {
        task.start(move |pace| async move {
            app.start_lived(&pace).await;
            Ok(())
        });
    };
    let acts = move || {
        view! {
            <button type="button" class="button is-primary is-large" on:click=live>
                {t.welcome_demo_action()}
            </button>
            <button type="button" class="button is-large" on:click=move |_| app.start_demo()>
                {t.welcome_demo_fresh()}
            </button>
        }
    };
    let making = move || view! { <Progress work=t.welcome_demo_making() task /> };
    view! {
        <section class="pane" aria-labelledby="way-demo">
            <h2 id="way-demo">{t.welcome_demo()}</h2>
            <p>{t.welcome_demo_note()}</p>
            {points([
                t.welcome_demo_lived(),
                t.welcome_demo_find(),
                t.welcome_demo_from_scratch(),
                t.welcome_demo_leave(),
            ])}
            <div class="welcome-act">
                {move || {
                    if task.is_running() { making().into_any() } else { acts().into_any() }
                }}
            </div>
        </section>
    }
}

/// A backup file; and snapshots, where some are left.
fn open_way(app: App, t: Lang) -> AnyView {
    view! {
        <section class="pane" aria-labelledby="way-open">
            <h2 id="way-open">{t.welcome_open()}</h2>
            <p>{t.welcome_open_note()}</p>
            {points([t.welcome_open_file(), t.welcome_open_first(), t.welcome_open_move()])}
            {kept_snapshots(app, t)}
            <div class="welcome-act">
                <FileButton label=t.welcome_open_action() is_large=true />
                <span class="caption">{t.welcome_drop()}</span>
            </div>
        </section>
    }
    .into_any()
}

fn kept_snapshots(app: App, t: Lang) -> Option<AnyView> {
    let list = snapshots(app);
    if list.is_empty() || app.trouble.get_untracked() == Some(Trouble::Newer) {
        return None;
    }
    let error = RwSignal::new(String::new());
    let rows = list.into_iter().map(|info| {
        let header = info.header.as_ref().ok();
        let reason = header.map(|header| Reason::in_words(t, &header.reason));
        let (is_whole, number) = (header.is_some(), info.number);
        let open = move |_| {
            if let Err(words) = open_snapshot(app, number) {
                error.set(words);
            }
        };
        view! {
            <li>
                <span>
                    {time_of(t, &info)} <span class="caption">{reason}</span>
                </span>
                <button type="button" class="button is-small" disabled=!is_whole on:click=open>
                    {t.snapshot_restore()}
                </button>
            </li>
        }
        .into_any()
    });
    let view = view! {
        <h3>{t.welcome_snapshots()}</h3>
        <ul class="welcome-snapshots">{rows.collect_view()}</ul>
        {error_line(error.into())}
    };
    Some(view.into_any())
}

/// The year that a new workbook is for: the next one from November on, when its holidays
/// are announced and its plan is made.
fn proposed_year(today: NaiveDate) -> i32 {
    today.year() + i32::from(today.month() >= 11)
}

/// What cannot be changed later, and who works here: asked before anything is on record.
#[component]
fn EmptyWay() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let empty = || RwSignal::new(String::new());
    let (name, prefix, division) = (empty(), empty(), empty());
    let (operator, head, supervisor) = (empty(), empty(), empty());
    let year = RwSignal::new(proposed_year(clock().date()).to_string());
    let is_tried = RwSignal::new(false);
    let typed = move || {
        let text = |field: RwSignal<String>| field.get().trim().to_owned();
        let mut brigade = Brigade::new(text(name));
        brigade.unit_prefix = text(prefix).to_ascii_uppercase();
        brigade.division = text(division);
        brigade.operator = text(operator);
        brigade.head = text(head);
        brigade.supervisor = text(supervisor);
        let year = text(year).parse().ok();
        (brigade, year.filter(|year| YEARS.contains(year)))
    };
    let faults = move || {
        let (brigade, year) = typed();
        (BrigadeFaults::of(t, &brigade), year)
    };
    let fault = move |of: fn(&BrigadeFaults) -> &String| {
        Signal::derive(move || {
            let words = is_tried.get().then(|| of(&faults().0).clone());
            words.unwrap_or_default()
        })
    };
    let year_fault = Signal::derive(move || match is_tried.get() && faults().1.is_none() {
        true => t.year_invalid(YEARS.start(), YEARS.end()),
        false => String::new(),
    });
    let start = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        is_tried.set(true);
        let (brigade, year) = untrack(typed);
        let is_whole = untrack(|| faults().0.is_none());
        if let (Some(year), true) = (year, is_whole) {
            app.start_empty(brigade, year);
        } else {
            request_animation_frame(|| focus_on(".welcome [aria-invalid=\"true\"]"));
        }
    };
    view! {
        <form class="pane" aria-labelledby="way-empty" novalidate on:submit=start>
            <h2 id="way-empty">{t.welcome_empty()}</h2>
            <p>{t.welcome_empty_note()} <span class="caption">{t.form_required()}</span></p>
            <TextField label=t.brigade_name() value=name error=fault(|it| &it.name) is_required=true />
            <div class="field-grid">
                <TextField
                    label=t.plan_year()
                    value=year
                    kind="number"
                    error=year_fault
                    is_required=true
                />
                <TextField
                    label=t.brigade_prefix()
                    value=prefix
                    help=t.brigade_prefix_forever()
                    error=fault(|it| &it.prefix)
                    is_required=true
                />
                <TextField
                    label=t.brigade_division()
                    value=division
                    help=t.brigade_division_help()
                    error=fault(|it| &it.division)
                />
                <TextField label=t.brigade_operator() value=operator help=t.brigade_operator_help() />
                <TextField label=t.brigade_head() value=head help=t.brigade_head_help() />
                <TextField label=t.brigade_supervisor() value=supervisor help=t.brigade_supervisor_help() />
            </div>
            <div class="welcome-act">
                <button type="submit" class="button is-large">
                    {t.welcome_empty_action()}
                </button>
                <span class="caption">{t.welcome_empty_what()}</span>
            </div>
        </form>
    }
}

/// What is stored here and cannot be opened, and what can be saved of it.
fn stored(app: App, t: Lang) -> AnyView {
    let banner = move || match app.trouble.get() {
        Some(Trouble::Damaged { keys, .. }) => {
            let mut refused = keys.iter().filter_map(|key| refused(app, key));
            let why = refused.next().map(|(_, error)| t.file_error(&error));
            let rows = keys.into_iter().zip(1..).map(|(key, place)| {
                let words = t.storage_download(&key);
                let label = words.clone();
                let load = move |_| download_damaged(app, &key);
                download_row(place, label, words, load)
            });
            let rows = rows.collect_view();
            let cause = [why.as_deref(), Some(t.welcome_damaged_cause())];
            let cause: Vec<&str> = cause.into_iter().flatten().collect();
            let cause = cause.join(if t == Lang::Zh { "" } else { " " });
            Some(view! {
                <Banner kind=BannerKind::Bad fact=t.welcome_damaged() cause>
                    {rows}
                </Banner>
            })
        }
        Some(Trouble::Newer) => {
            let words = t.stored_newer_download();
            let row = download_row(1, words.into(), words.into(), move |_| download_newer(app));
            Some(view! {
                <Banner kind=BannerKind::Bad fact=t.welcome_newer() cause=t.welcome_newer_cause()>
                    {row}
                </Banner>
            })
        }
        _ => None,
    };
    view! { <div>{banner}</div> }.into_any()
}

fn download_row(
    place: usize,
    label: String,
    words: String,
    load: impl Fn(leptos::ev::MouseEvent) + 'static,
) -> AnyView {
    let t = use_lang();
    view! {
        <li>
            <b>{place}</b>
            <span>{words}</span>
            <button type="button" class="button is-small" aria-label=label on:click=load>
                {t.snapshot_download()}
            </button>
        </li>
    }
    .into_any()
}

/// A save that is whole, but whose workbook is refused: as text, and why. An older
/// program may have saved what is found to be impossible today.
fn refused(app: App, key: &str) -> Option<(String, FileError)> {
    let text = app.with_vault(|vault| vault.damaged_text(key))?;
    let text = text.ok().flatten()?;
    // Else it is no whole save, and stands there as the store had it.
    serde_json::from_str::<serde::de::IgnoredAny>(&text).ok()?;
    let error = document::parse_stored(&text).err()?;
    Some((text, error))
}

/// What cannot be opened, as a file: the workbook where its text can be read, else as it
/// stands in the store.
fn download_damaged(app: App, key: &str) {
    if let Some((text, _)) = refused(app, key) {
        return files::download(&format!("{key}.json"), "application/json", &text);
    }
    let text = app.with_vault(|vault| vault.damaged_text(key));
    if let Some(Ok(Some(text))) = text {
        files::download(&format!("{key}.txt"), "text/plain", &text);
    }
}

/// Both generations as they stand in the store, as far as they can be read.
fn download_newer(app: App) {
    for kept in [Slot::A, Slot::B] {
        let text = app.with_vault(|vault| vault.slot_text(kept));
        if let Some(Ok(Some(text))) = text {
            files::download(&format!("{}.json", kept.key()), "application/json", &text);
        }
    }
}
