//! 验证: anybody checks a draw from what was published of it. Needs no store.
//!
//! - [`self`]: the bar, files and frame of the page
//! - [`desk`]: which files lie open, and the check under way
//! - `beside`: a published plan beside the certificate
//! - `replay`: seed, numbers, cut lines, days and officers
//! - `checks`: verdict and claims; `hand`: one lottery number by hand
//! - `how`: what a draw proves, how to verify, the stand-alone verifier

mod beside;
mod checks;
pub mod desk;
mod hand;
mod how;
mod replay;

use leptos::prelude::*;

use self::checks::result_pane;
use self::desk::{Desk, Paper};
use self::hand::HandPane;
use self::how::{HowDialog, proves_section, script_section};
use crate::engine::pace::Stage;
use crate::exchange::checking::DrawFacts;
use crate::exchange::links::{Link, links};
use crate::i18n::Lang;
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::files;
use crate::ui::route::{Page, Route};
use crate::ui::shell::{brand_mark, look_buttons};
use crate::ui::task::TaskState;
use crate::ui::widgets::{Banner, BannerKind, Icon, Progress, icon};
use crate::workbook::Workbook;

/// Files that can be chosen: what is published of a draw, and a plan as a page or spreadsheet.
const ACCEPTED: &str = ".json,.html,.htm,.xlsx,.xls,.et,.ods,.csv";

/// The whole page: a bar of its own instead of the workbench's frame.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let desk = expect_context::<Desk>();
    desk.listen();
    desk.follow_address();
    let is_how_open = RwSignal::new(false);
    document().set_title(t.verify_title());
    // How far it is changes often; what is shown does not.
    let is_busy = Memo::new(move |_| desk.task.is_running());
    view! {
        {bar(app, t, is_how_open)}
        <div class="page-body is-fixed verify-page">
            <div class="columns grow-rows verify-columns">
                <div class="stack grow verify-left">
                    {file_box(desk, t)} {move || refusals(desk, t)} {move || main_pane(desk, is_busy, t)}
                </div>
                {move || side_pane(desk, t)}
            </div>
        </div>
        {move || is_how_open.get().then(|| view! { <HowDialog is_open=is_how_open /> })}
        {move || {
            desk.is_dragging.get().then(|| view! { <div class="drop-veil"><p>{t.import_drop_here()}</p></div> })
        }}
    }
}

fn bar(app: App, t: Lang, is_how_open: RwSignal<bool>) -> AnyView {
    let has_workbook = app.workbook.with_untracked(Option::is_some);
    let back = if has_workbook {
        t.verify_to_workbook()
    } else {
        t.verify_to_start()
    };
    view! {
        <header class="top-bar verify-bar">
            <h1 id="page-title" tabindex="-1" class="brand">
                {brand_mark()}
                {t.verify_title()}
            </h1>
            <span class="top-place">{t.verify_offline()}</span>
            <span class="spring"></span>
            <a class="button is-plain is-small" href=Route::to(Page::Home).hash()>
                {back}
            </a>
            <button type="button" class="button is-plain is-small" on:click=move |_| is_how_open.set(true)>
                {t.verify_how()}
            </button>
            {look_buttons(app, t)}
        </header>
    }
    .into_any()
}

/// The files that lie open, the way to more, and a draw of the open workbook.
fn file_box(desk: Desk, t: Lang) -> AnyView {
    let (input, open, change) = files::chooser(move |files| desk.take(files));
    let words = move || {
        if desk.is_empty() {
            t.verify_drop()
        } else {
            t.verify_drop_more()
        }
    };
    view! {
        <section
            class="file-box"
            class:is-empty=move || desk.is_empty()
            aria-label=t.verify_files()
        >
            {icon(Icon::File)}
            <ul class="file-list">{move || papers(desk, t)}</ul>
            <span class="file-words">{words}</span>
            <button type="button" class="button" on:click=move |_| open()>
                {t.verify_choose()}
            </button>
            <input
                type="file"
                multiple
                accept=ACCEPTED
                class="visually-hidden"
                tabindex="-1"
                aria-label=t.verify_choose()
                node_ref=input
                on:change=move |_| change()
            />
        </section>
        {own_draws(desk, t)}
    }
    .into_any()
}

fn papers(desk: Desk, t: Lang) -> AnyView {
    let papers = desk.papers.get();
    let second = desk.second.get();
    // A page that carries its draw's file stands there once.
    let second = second.filter(|second| papers.iter().all(|paper| paper.name != second.name));
    let second = second.map(|it| {
        let words = t.verify_paper_file().to_owned();
        (it.name.clone(), words, it.bytes, None)
    });
    let draws: Vec<&DrawFacts> = papers.iter().filter_map(|it| it.facts.draw()).collect();
    let links = links(&draws);
    // One by itself follows nothing that could be seen.
    let link = |paper: &Paper| {
        let own = paper.facts.draw().filter(|_| links.len() > 1)?;
        links.iter().find(|it| it.0 == own).map(|it| it.1)
    };
    let open = papers.iter();
    let open = open.map(|it| (it.name.clone(), it.words(t), it.bytes, link(it)));
    let rows = open.chain(second).map(|(name, words, bytes, link)| {
        let label = t.verify_remove(&name);
        let shown = name.clone();
        let remove = move |_| desk.remove(&name);
        let size = (bytes > 0).then(|| format!(" · {}", t.file_size(bytes)));
        view! {
            <li>
                <b>{shown}</b>
                <span class="caption">{words} {size}</span>
                {link.map(|it| link_words(t, it))}
                <button
                    type="button"
                    class="button is-icon is-small"
                    aria-label=label
                    on:click=remove
                >
                    {icon(Icon::Close)}
                </button>
            </li>
        }
    });
    rows.collect_view().into_any()
}

/// How a file's certificate stands to the others that lie open.
fn link_words(t: Lang, link: Link) -> AnyView {
    let (class, mark) = match link {
        broken if broken.is_broken() => ("file-link bad-text", Icon::Cross),
        Link::Lacking => ("file-link", Icon::Info),
        _ => ("file-link ok-text", Icon::Check),
    };
    view! {
        <span class=class>
            {icon(mark)}
            {t.link(link)}
        </span>
    }
    .into_any()
}

/// Draws of the open workbook, newest first; nothing where there are none.
fn own_draws(desk: Desk, t: Lang) -> AnyView {
    let draws = desk.app.workbook.with_untracked(|book| {
        let book: Option<&Workbook> = book.as_deref();
        let drawn = book.into_iter().flat_map(|book| {
            let drawn = book.draws().rev().filter(|draw| draw.drawn.is_some());
            drawn.map(|draw| {
                let month = t.year_month(draw.month);
                (draw.id(), t.verify_draw_name(month, draw.number))
            })
        });
        drawn.collect::<Vec<_>>()
    });
    let Some(first) = draws.first().map(|draw| draw.0) else {
        return ().into_any();
    };
    let wanted = desk.app.route.with_untracked(|route| route.id.clone());
    let wanted = wanted.and_then(|id| desk.draw_named(&id));
    let chosen = RwSignal::new(wanted.unwrap_or(first));
    let options = draws.into_iter().map(|(id, words)| {
        view! {
            <option value=id.to_string() selected=move || chosen.get() == id>
                {words}
            </option>
        }
    });
    let choose = move |event| {
        if let Ok(id) = event_target_value(&event).parse() {
            chosen.set(id);
        }
    };
    view! {
        <section class="pane own-draws">
            <label>
                <span>{t.verify_own()}</span>
                <select class="control" on:change=choose>
                    {options.collect_view()}
                </select>
            </label>
            <button type="button" class="button" on:click=move |_| desk.take_own(chosen.get_untracked())>
                {t.verify_own_action()}
            </button>
        </section>
    }
    .into_any()
}

/// Files that cannot be checked, each with its remedy.
fn refusals(desk: Desk, t: Lang) -> AnyView {
    let refused = desk.refused.get();
    let banners = refused.into_iter().map(|(name, words)| {
        view! {
            <Banner
                kind=BannerKind::Bad
                fact=t.verify_refused_title(name)
                cause=words.words(t).to_owned()
            />
        }
    });
    banners.collect_view().into_any()
}

fn main_pane(desk: Desk, is_busy: Memo<bool>, t: Lang) -> AnyView {
    if is_busy.get() {
        let words = Signal::derive(move || {
            let advance = desk.task.advance();
            t.stage(advance.map_or(Stage::Reading, |advance| advance.stage))
        });
        return view! {
            <section class="pane verify-wait" aria-busy="true">
                <Progress work=words task=desk.task />
            </section>
        }
        .into_any();
    }
    if let Some(result) = desk.result.get() {
        return result_pane(desk, t, &result);
    }
    let failure = desk.task.failure();
    let is_cancelled = desk.task.state() == TaskState::Cancelled;
    let note = if !failure.is_empty() {
        t.verify_broke()
    } else if is_cancelled {
        t.verify_cancelled()
    } else if desk.is_empty() {
        t.verify_empty_text()
    } else {
        t.verify_no_certificate()
    };
    let again = (is_cancelled || !failure.is_empty()).then(|| {
        view! {
            <button type="button" class="button" on:click=move |_| desk.check_again()>
                {t.verify_again()}
            </button>
        }
    });
    view! {
        <section class="pane verify-empty">
            <h2>{t.verify_empty_title()}</h2>
            <p>{note} " " {failure}</p>
            {again}
            {proves_section(t, None)}
        </section>
    }
    .into_any()
}

fn side_pane(desk: Desk, t: Lang) -> AnyView {
    match desk.result.get() {
        Some(result) => view! { <HandPane desk result /> }.into_any(),
        None => view! {
            <aside class="pane verify-side" aria-label=t.verify_how()>
                <div class="verify-scroll">{how::steps_section(t)} {script_section(t, None)}</div>
            </aside>
        }
        .into_any(),
    }
}
