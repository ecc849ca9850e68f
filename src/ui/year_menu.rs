//! The year in the top bar: a menu of the years of the workbook, each as it stands, and the
//! way into the next.

use chrono::NaiveDate;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;

use super::app::{App, focused, use_app, use_lang};
use super::route::{Page, Route};
use super::widgets::{Ask, Icon, Tag, TagKind, icon};
use crate::desk::year_state::YearState;
use crate::engine::calendar::YearMonth;
use crate::i18n::Lang;
use crate::workbook::{Action, Workbook, YEARS};

/// What the menu shows: told by this alone, it is not built again while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    /// The year of the page.
    year: i32,
    years: Vec<(i32, YearState)>,
    /// Years that lie in archives, each with the day on which it was taken out.
    taken_out: Vec<(i32, NaiveDate)>,
    next: Option<Next>,
}

/// The year after the last one kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Next {
    year: i32,
    /// From when on it can be begun; none: it can be.
    from: Option<NaiveDate>,
}

impl Shown {
    fn of(app: App, book: &Workbook) -> Self {
        let today = app.today();
        let years = book.years.iter();
        let years = years.map(|year| (year.year, book.year_state(year, today)));
        let next = book.last_year().year + 1;
        let from = book.year_to_start(today).is_none();
        let taken_out = book.taken_out.iter().flat_map(|it| &it.years);
        Self {
            year: year_of_page(app, book),
            years: years.collect(),
            taken_out: taken_out.map(|it| (it.year, it.at.date())).collect(),
            next: (YEARS.contains(&next) && !book.is_archive()).then(|| Next {
                year: next,
                from: from.then(|| book.next_year_from()),
            }),
        }
    }
}

/// The year that the page shows: that of its plan or month, else the one in which the work is.
fn year_of_page(app: App, book: &Workbook) -> i32 {
    let asked = app.route.with(|route| {
        let id = route.id.as_deref()?;
        match route.page {
            Page::Plan => id.parse().ok(),
            Page::Month => id.parse().ok().map(YearMonth::year),
            _ => None,
        }
    });
    let asked = asked.and_then(|year| book.year(year));
    asked.unwrap_or_else(|| book.year_on(app.today())).year
}

/// The button with the year, its menu, and the dialog that begins the next year.
#[component]
pub fn YearMenu() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let is_open = RwSignal::new(false);
    let is_starting = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let of_page = Memo::new(move |_| {
        app.workbook
            .with(|book| Some(year_of_page(app, book.as_deref()?)))
    });
    let year = move || of_page.get().map(|year| t.year_label(year));
    // Where each year stands is worked out for a menu that is open alone.
    let shown = Memo::new(move |_| {
        let is_open = is_open.get();
        app.workbook
            .with(|book| is_open.then(|| Some(Shown::of(app, book.as_deref()?)))?)
    });
    close_outside(is_open);
    let to_menu = move |event: ev::KeyboardEvent| {
        let last = match event.key().as_str() {
            "ArrowDown" => false,
            "ArrowUp" => true,
            _ => return,
        };
        event.prevent_default();
        is_open.set(true);
        request_animation_frame(move || focus_item(if last { Move::Last } else { Move::First }));
    };
    let menu = move || {
        let shown = shown.get()?;
        Some(view! { <Menu shown is_open is_starting button /> })
    };
    let dialog = move || {
        let to_start = |book: &Workbook| book.year_to_start(app.today());
        let year = is_starting
            .get()
            .then(|| app.workbook.with(|book| to_start(book.as_deref()?)))??;
        Some(view! { <StartYearDialog app year is_open=is_starting /> })
    };
    view! {
        <div class="year-menu">
            <button
                type="button"
                id="year-button"
                class="button is-small"
                aria-haspopup="menu"
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                aria-controls=move || is_open.get().then_some("year-list")
                node_ref=button
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
                on:keydown=to_menu
            >
                <b>{year}</b>
                {move || icon(if is_open.get() { Icon::Up } else { Icon::Down })}
            </button>
            {menu}
        </div>
        {dialog}
    }
}

/// A pointer pressed elsewhere closes the menu.
fn close_outside(is_open: RwSignal<bool>) {
    let listener = window_event_listener(ev::pointerdown, move |event| {
        let target = event
            .target()
            .and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        let is_inside = target.is_some_and(|it| matches!(it.closest(".year-menu"), Ok(Some(_))));
        if !is_inside && is_open.get_untracked() {
            is_open.set(false);
        }
    });
    on_cleanup(move || listener.remove());
}

/// Where the focus goes within the menu.
#[derive(Clone, Copy)]
enum Move {
    First,
    Last,
    Next,
    Previous,
}

/// Moves the focus among the lines of the menu, round and round.
fn focus_item(to: Move) {
    let Ok(Some(list)) = document().query_selector("#year-list") else {
        return;
    };
    let (first, last) = (list.first_element_child(), list.last_element_child());
    let now = focused().filter(|now| list.contains(Some(now)));
    let next = now.as_ref().and_then(|now| now.next_element_sibling());
    let previous = now.as_ref().and_then(|now| now.previous_element_sibling());
    let item = match to {
        Move::First => first,
        Move::Last => last,
        Move::Next => next.or(first),
        Move::Previous => previous.or(last),
    };
    if let Some(item) = item.and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = item.focus();
    }
}

#[component]
fn Menu(
    shown: Shown,
    is_open: RwSignal<bool>,
    is_starting: RwSignal<bool>,
    button: NodeRef<html::Button>,
) -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let close = move || {
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
        is_open.set(false);
    };
    let keys = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => focus_item(Move::Next),
            "ArrowUp" => focus_item(Move::Previous),
            "Home" => focus_item(Move::First),
            "End" => focus_item(Move::Last),
            "Escape" => close(),
            // On to what follows in the bar, as from the button.
            "Tab" => return close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let choose = move |year: i32| {
        close();
        app.go(&Route::record(Page::Plan, year.to_string()));
    };
    let to_archives = move |()| {
        close();
        app.go(&Route::record(Page::Settings, "backup"));
    };
    let taken_out = shown.taken_out.iter();
    let taken_out = taken_out.map(|(year, on)| taken_out_line(t, *year, *on, to_archives));
    let lines = shown
        .years
        .iter()
        .map(|(year, state)| year_line(t, *year, state, *year == shown.year, choose));
    let next = shown.next.map(|next| {
        next_line(t, next, move || {
            close();
            is_starting.set(true);
        })
    });
    // It opens under a pointer or a key; either way the keys go on from its first line.
    request_animation_frame(|| {
        let is_within = focused().is_some_and(|it| matches!(it.closest("#year-list"), Ok(Some(_))));
        if !is_within {
            focus_item(Move::First);
        }
    });
    view! {
        <div id="year-list" class="year-list" role="menu" aria-labelledby="year-button" on:keydown=keys>
            {taken_out.collect_view()}
            {lines.collect_view()}
            {next}
        </div>
    }
}

fn year_line(
    t: Lang,
    year: i32,
    state: &YearState,
    is_shown: bool,
    choose: impl Fn(i32) + 'static,
) -> AnyView {
    view! {
        <button
            type="button"
            role="menuitemradio"
            tabindex="-1"
            aria-checked=if is_shown { "true" } else { "false" }
            on:click=move |_| choose(year)
        >
            <span class="year-check">{is_shown.then(|| icon(Icon::Check))}</span>
            <span class="year-words">
                <b>{t.year_label(year)}</b>
                <span class="caption">{t.year_fact(state)}</span>
            </span>
            {state_tag(t, state)}
        </button>
    }
    .into_any()
}

/// A year that lies in an archive; it leads to where files are opened.
fn taken_out_line(t: Lang, year: i32, on: NaiveDate, open: impl Fn(()) + 'static) -> AnyView {
    view! {
        <button type="button" role="menuitem" tabindex="-1" on:click=move |_| open(())>
            <span class="year-check"></span>
            <span class="year-words">
                <b>{t.year_label(year)}</b>
                <span class="caption">{t.year_taken_out_fact(on)}</span>
            </span>
            <Tag kind=TagKind::Plain text=t.year_taken_out() />
        </button>
    }
    .into_any()
}

/// Where a year stands, as a tag.
pub fn state_tag(t: Lang, state: &YearState) -> AnyView {
    let kind = match state {
        YearState::Draft => TagKind::Draft,
        YearState::Frozen { .. } => TagKind::Done,
        YearState::Running { .. } => TagKind::Active,
        YearState::Over { .. } | YearState::Closed { .. } => TagKind::Plain,
    };
    view! { <Tag kind text=t.year_state(state) /> }.into_any()
}

fn next_line(t: Lang, next: Next, start: impl Fn() + 'static) -> AnyView {
    let is_early = next.from.is_some();
    let fact = next.from.map_or_else(
        || t.start_year_hint().into(),
        |from| t.start_year_from(from),
    );
    view! {
        <button
            type="button"
            role="menuitem"
            class="year-next"
            tabindex="-1"
            aria-disabled=is_early.then_some("true")
            on:click=move |_| {
                if !is_early {
                    start();
                }
            }
        >
            <span class="year-check"></span>
            <span class="year-words">
                <span>{t.start_year_more(next.year)}</span>
                <span class="caption">{fact}</span>
            </span>
            {is_early.then(|| icon(Icon::Lock))}
        </button>
    }
    .into_any()
}

/// Asks before the next year is begun.
#[component]
pub fn StartYearDialog(
    /// The page's state.
    app: App,
    /// The year to be begun.
    year: i32,
    /// Whether the dialog is in the page.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let t = use_lang();
    let (act, consequence) = (t.start_year(year), t.start_year_consequence(year));
    let close = Callback::new(move |()| is_open.set(false));
    Ask::new(act.clone(), consequence, act).view(close, move |asked, []| {
        asked.answer(app.act(Action::StartYear { year }).map(|_| {
            app.toast(t.year_started(year), false);
            app.go(&Route::record(Page::Plan, year.to_string()));
        }));
    })
}
