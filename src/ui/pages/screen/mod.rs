//! 大屏展示: a draw on a projector. The commitment, then the drawn plan group by group with the
//! red cut line; or why one unit was drawn. Type and rows are read from ten metres.
//!
//! - [`self`]: which draw, keys, the frame
//! - `parts`: commitment, random number, code, groups
//! - `why`: one unit's place

mod parts;
mod why;

use leptos::ev;
use leptos::prelude::*;

use self::parts::{commitment_part, foot, group_part, side, strip};
use self::why::why_part;
use crate::desk::screen::Screen;
use crate::i18n::Lang;
use crate::model::UnitId;
use crate::ui::app::{App, focused, use_app, use_lang};
use crate::ui::import::is_dialog_open;
use crate::ui::route::{Page, Route};
use crate::workbook::{DrawRecord, Workbook};

/// The unit in the address whose place is shown.
const UNIT: &str = "unit";

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

/// How far the showing is.
#[derive(Clone, Copy)]
struct Show {
    app: App,
    /// 0 shows the commitment, n the page n − 1.
    step: RwSignal<usize>,
    is_paused: RwSignal<bool>,
    /// Rows stand at once: the step was seen before.
    is_settled: RwSignal<bool>,
}

impl Show {
    fn unit(self) -> Option<UnitId> {
        let id = self.app.route.with(|route| route.query.get(UNIT).cloned());
        id.and_then(|id| UnitId::new(id).ok())
    }

    /// Reads the draw that the address names.
    fn draw<T>(self, read: impl FnOnce(&Workbook, &DrawRecord) -> T) -> Option<T> {
        let named = self.app.route.with(|route| route.id.clone())?;
        self.app.workbook.with(|book| {
            let book = book.as_deref()?;
            Some(read(book, book.draw(book.draw_named(&named)?)?))
        })
    }

    fn screen(self) -> Option<Screen> {
        self.draw(|book, draw| book.screen(draw)).flatten()
    }

    fn last_step(self) -> usize {
        untrack(|| self.screen()).map_or(0, |screen| screen.pages.len())
    }

    fn next(self) {
        let last = self.last_step();
        if self.unit().is_none() && self.step.get_untracked() < last {
            self.is_settled.set(false);
            self.step.update(|step| *step += 1);
        }
    }

    fn back(self) {
        if self.step.get_untracked() > 0 {
            self.is_settled.set(true);
            self.step.update(|step| *step -= 1);
        }
    }

    fn pause(self) {
        self.is_paused.update(|is_paused| *is_paused = !*is_paused);
    }

    /// Back to the page that the showing belongs to.
    fn leave(self) {
        let home = untrack(|| {
            let unit = self.unit();
            self.draw(|book, draw| match &unit {
                Some(unit) => Route::record(Page::Units, book.register_id(unit).as_str()),
                None => Route::record(Page::Month, draw.month.to_string())
                    .with("draw", draw.number.to_string()),
            })
        });
        self.app
            .replace_route(home.unwrap_or_else(|| Route::to(Page::Month)));
    }

    fn press(self, event: &ev::KeyboardEvent) {
        let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
        if has_modifier || is_dialog_open() {
            return;
        }
        // A button with the focus takes the space bar for itself.
        let is_on_button = focused().is_some_and(|element| element.tag_name() == "BUTTON");
        match event.key().as_str() {
            " " if is_on_button => return,
            " " | "ArrowRight" | "PageDown" => self.next(),
            "ArrowLeft" | "PageUp" => self.back(),
            "p" | "P" => self.pause(),
            "Escape" => self.leave(),
            _ => return,
        }
        event.prevent_default();
    }
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

fn use_lang_of(show: Show) -> Lang {
    show.app.lang.get_untracked()
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
