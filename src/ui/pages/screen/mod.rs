//! 大屏展示: a draw on a projector. The commitment, then the drawn plan group by group with the
//! red cut line; or why one unit was drawn. Type and rows are read from ten metres.
//!
//! - [`self`]: which draw, keys, the frame
//! - `parts`: commitment, random number, code, groups
//! - `why`: one unit's place

mod parts;
mod state;
mod why;

use leptos::ev;
use leptos::prelude::*;

use self::parts::{commitment_part, foot, group_part, side, strip};
use self::state::{Show, UNIT, use_lang_of};
use self::why::why_part;
use crate::i18n::Lang;
use crate::model::UnitId;
use crate::ui::app::{use_app, use_lang};
use crate::ui::route::{Page, Route};
use crate::workbook::{DrawRecord, Workbook};

/// The address of the big screen of a draw.
#[must_use]
pub fn address(draw: &DrawRecord) -> Route {
    Route::record(Page::Ceremony, draw.id().to_string())
}

/// The address of a unit's place in a draw on the big screen; it names the unit as the draw does,
/// so that a withheld one is not given away by it.
#[must_use]
pub fn unit_address(book: &Workbook, draw: &DrawRecord, unit: &UnitId) -> Route {
    address(draw).with(UNIT, book.id_in(draw, unit).as_str())
}

/// The whole window.
#[component]
pub fn ScreenPage() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let show = Show {
        app,
        step: RwSignal::new(0),
        is_paused: RwSignal::new(false),
        is_settled: RwSignal::new(false),
    };
    // Whoever opens it after the draw comes for the groups; the commitment is one key before.
    if untrack(|| show.screen()).is_some_and(|screen| !screen.pages.is_empty()) {
        show.step.set(1);
    }
    let keys = window_event_listener(ev::keydown, move |event| show.press(&event));
    on_cleanup(move || keys.remove());
    let body = move || {
        let view = show.draw(|book, draw| match show.unit() {
            Some(unit) => why_part(t, book, draw, &unit),
            None => step_view(show, book, draw),
        });
        view.flatten().unwrap_or_else(|| nothing(t))
    };
    view! {
        <div
            class="screen"
            class:is-paused=move || show.is_paused.get()
            class:is-settled=move || show.is_settled.get()
        >
            {move || show.draw(|book, draw| head(t, book, draw)).unwrap_or_else(|| plain_head(t))}
            {body}
            {move || foot(show)}
        </div>
    }
}

fn step_view(show: Show, book: &Workbook, draw: &DrawRecord) -> Option<AnyView> {
    let t = use_lang_of(show);
    let committed = draw.committed.as_ref()?;
    let screen = book.screen(draw);
    let step = show.step.get();
    let page = screen
        .as_ref()
        .and_then(|screen| screen.pages.get(step.checked_sub(1)?));
    let main = match (&screen, page) {
        (Some(screen), Some(page)) => group_part(t, screen, page),
        _ => commitment_part(t, draw, committed),
    };
    Some(
        view! {
            {page.is_some().then(|| side(t, book, draw, committed))}
            {main}
            {screen.as_ref().map(|screen| strip(t, screen, page.map(|page| page.group)))}
        }
        .into_any(),
    )
}

fn head(t: Lang, book: &Workbook, draw: &DrawRecord) -> AnyView {
    let title = t.screen_title(draw.month.year(), t.month_name(draw.month.month()));
    let at = draw.drawn.as_ref().map(|drawn| drawn.at);
    let at = at.or(draw.committed.as_ref().map(|committed| committed.at));
    view! {
        <header class="screen-head">
            <h1 id="page-title" tabindex="-1">
                {title} <span class="screen-kind">{t.screen_public()}</span>
            </h1>
            <span>{book.plan_of(draw).brigade.clone()}</span>
            {book.is_demo.then(|| view! { <b class="screen-demo">{t.band_demo()}</b> })}
            <span class="spring"></span>
            <span>{t.draw_number()} " " {draw.label(&book.brigade.division)}</span>
            <span>{at.map(|at| t.day_time(at))}</span>
        </header>
    }
    .into_any()
}

fn plain_head(t: Lang) -> AnyView {
    view! {
        <header class="screen-head">
            <h1 id="page-title" tabindex="-1">{t.act_big_screen()}</h1>
        </header>
    }
    .into_any()
}

fn nothing(t: Lang) -> AnyView {
    view! {
        <section class="screen-main is-alone">
            <p class="screen-note">{t.screen_nothing()}</p>
        </section>
    }
    .into_any()
}
