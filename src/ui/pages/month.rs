//! 月度抽查: from the frozen register to the plan of visits, one step at a time.
//!
//! - [`self`]: which month, its head and its steps
//! - `ceremony`: opening, commitment, entropy, breaking off
//! - `announce`: a commitment to copy, send and post
//! - [`draft`]: what is typed for it, kept while the page is built anew
//! - `sizes`: the quota by group, and the months to come
//! - `result`: the drawn plan, its certificate, a visit's panel
//! - `changes`: what changed in the register since the last draw
//! - `entry`: a visit's entry and its correction; `batch`: several in one go
//! - `visit_why`: why a visit has its day and its officers
//! - `paper`: the plan on A4

mod announce;
mod approve;
mod batch;
mod ceremony;
mod changes;
pub mod draft;
mod entry;
mod other_draws;
mod paper;
mod result;
mod sizes;
mod state;
mod stepper;
mod visit_why;

pub(in crate::ui::pages) use self::ceremony::number_after;
pub(in crate::ui::pages) use self::entry::{finding_key, finding_of, finding_options};
pub(in crate::ui::pages) use self::result::{ResultView, carried_words, save_verification};
pub(in crate::ui::pages) use self::sizes::{chance, early_note};
pub(in crate::ui::pages) use self::state::MonthState;

use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast as _;

use self::ceremony::{BreakOffDialog, CommitPane, EntropyPane, OpenDialog, SupplementDialog};
use self::changes::changes_line;
use self::other_draws::{broken_draws, other_draws};
pub(super) use self::paper::{items_words, qr_text};
use self::sizes::{OwnSizes, SizesView};
use self::state::{officer_name, unit_name};
use self::stepper::stepper;
use crate::engine::calendar::YearMonth;
use crate::engine::quota::Mode;
use crate::i18n::Lang;
use crate::ui::app::{use_app, use_lang};
use crate::ui::overdue::overdue_banner;
use crate::ui::pages::screen;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::{Banner, BannerKind, Icon, PageHead, Tag, TagKind, icon};
use crate::workbook::{DrawRecord, DrawStep, Workbook};

/// The month's draw.
#[component]
pub fn MonthPage() -> impl IntoView {
    let app = use_app();
    let month = Memo::new(move |_| {
        let wanted = app.route.with(|route| {
            route
                .id
                .as_ref()
                .and_then(|id| id.parse::<YearMonth>().ok())
        });
        app.workbook.with(|book| match book.as_deref() {
            Some(book) => {
                let (first, last) = (book.first_year().months(), book.last_year().months());
                wanted.map_or_else(
                    || book.shown_month(app.today()),
                    |month| month.clamp(first[0], last[11]),
                )
            }
            None => YearMonth::of(app.today()),
        })
    });
    // The address always names the month, so that the page stays on it whatever is drawn.
    Effect::new(move |_| {
        let (mut route, shown) = (app.route.get(), month.get().to_string());
        if route.page == Page::Month && route.id.as_ref() != Some(&shown) {
            route.id = Some(shown);
            app.replace_route(route);
        }
    });
    let state = MonthState::of_month(app, month);
    let step = Memo::new(move |_| (month.get(), state.step()));
    let has_plan = Memo::new(move |_| {
        state
            .book(|book| has_plan(book, state.month.get()))
            .unwrap_or_default()
    });
    follow_work(step);
    move || {
        let step = step.get().1.map(|(_, step)| step);
        let body = match step {
            _ if !has_plan.get() && step.is_none() => no_plan(),
            None => view! { <Undrawn state /> }.into_any(),
            Some(DrawStep::Sized) => view! { <Sized state /> }.into_any(),
            Some(DrawStep::Committed | DrawStep::Numbered) => {
                view! { <Committed state /> }.into_any()
            }
            Some(DrawStep::Drawn | DrawStep::BrokenOff) => {
                view! { <ResultView state /> }.into_any()
            }
        };
        view! {
            <Head state step />
            {body}
        }
        .into_any()
    }
}

/// Leads the focus on where a step of the same draw has brought other controls: what had
/// it is gone with the step before.
fn follow_work(step: Memo<(YearMonth, Option<(u32, DrawStep)>)>) {
    Effect::new(
        move |before: Option<(YearMonth, Option<(u32, DrawStep)>)>| {
            let now = step.get();
            if before.is_some_and(|before| before.0 == now.0 && before != now) {
                // The new step stands in the page after this turn.
                request_animation_frame(focus_work);
            }
            now
        },
    );
}

/// Puts the focus on the first control of the step's own pane.
fn focus_work() {
    const CONTROLS: &str = "[data-work] :is(input, button, [tabindex='0']):not([disabled])";
    let found = document().query_selector(CONTROLS).ok().flatten();
    if let Some(control) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = control.focus();
    }
}

fn no_plan() -> AnyView {
    let t = use_lang();
    view! {
        <div class="page-body">
            <div class="pane empty-state">
                <h2>{t.no_plan_title()}</h2>
                <p>{t.no_plan_text()}</p>
                <a class="button is-primary" href="#/plan">
                    {t.go_plan()}
                </a>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Head(state: MonthState, step: Option<DrawStep>) -> impl IntoView {
    let t = use_lang();
    let tag = move || {
        let is_approved = state.draw().is_some_and(|draw| draw.approval.is_some());
        let (kind, words) = state_words(t, step, is_approved);
        view! { <Tag kind text=words /> }
    };
    let title = t.month_title(t.month_name(state.month.get_untracked().month()));
    view! {
        <PageHead
            title
            tag=view! { {tag} }.into_any()
            facts=view! { {move || facts(state)} }.into_any()
        >
            <MonthChoice state />
            {move || head_actions(state, step)}
        </PageHead>
    }
}

/// When it may be drawn, or when it was.
fn facts(state: MonthState) -> String {
    let t = use_lang();
    if let Some(draw) = state.draw() {
        if let Some(words) = t.occasion(&draw.occasion) {
            return words;
        }
        return match (draw.outcome(), &draw.outside_window) {
            (Some(drawn), None) => t.drawn_in_window(t.day_time(drawn.at)),
            (Some(drawn), Some(reason)) => t.drawn_outside(t.day_time(drawn.at), reason),
            (None, None) => t.opened_in_window(t.day_time(draw.opened_at)),
            (None, Some(reason)) => t.opened_outside(t.day_time(draw.opened_at), reason),
        };
    }
    let window = state
        .book(|book| book.draw_window(state.month.get()))
        .unwrap_or_default();
    let (Some(&first), Some(&last)) = (window.first(), window.last()) else {
        return String::new();
    };
    let today = state.app.today();
    let (first_words, last_words) = (t.month_day(first), t.month_day(last));
    if window.contains(&today) {
        t.window_now(first_words, last_words)
    } else if today < first {
        t.window_later(first_words, last_words)
    } else {
        t.window_past(first_words, last_words)
    }
}

fn head_actions(state: MonthState, step: Option<DrawStep>) -> AnyView {
    let t = use_lang();
    match step {
        None => open_action(state),
        Some(DrawStep::Drawn) => view! {
            {screen_action(state)}
            {add_action(state)}
            <button type="button" class="button is-primary" on:click=|_| drop(window().print())>
                {icon(Icon::Print)}
                {t.act_print_plan()}
            </button>
        }
        .into_any(),
        Some(DrawStep::Committed) => view! {
            {screen_action(state)}
            {break_off_action(state)}
        }
        .into_any(),
        Some(DrawStep::Sized) => break_off_action(state),
        Some(DrawStep::Numbered | DrawStep::BrokenOff) => ().into_any(),
    }
}

/// 大屏展示, for those who watch.
fn screen_action(state: MonthState) -> AnyView {
    let t = use_lang();
    let address = state.shown(|_, draw| screen::address(draw).hash());
    view! { <a class="button" href=address>{t.act_big_screen()}</a> }.into_any()
}

/// The way into the draw, or to the draw that is under way.
fn open_action(state: MonthState) -> AnyView {
    let t = use_lang();
    let is_opening = RwSignal::new(false);
    let has_plan = state
        .book(|book| has_plan(book, state.month.get()))
        .unwrap_or_default();
    if !has_plan || is_past(state) {
        return ().into_any();
    }
    let open = state
        .book(|book| {
            let draw = book.open_draw_record()?;
            Some((
                Route::of_draw(draw),
                t.draw_name(draw.month, &draw.occasion),
            ))
        })
        .flatten();
    if let Some((route, name)) = open {
        return view! {
            <a class="button is-primary" href=route.hash()>
                {t.draw_open_elsewhere(name)}
            </a>
        }
        .into_any();
    }
    view! {
        <button type="button" class="button is-primary" on:click=move |_| is_opening.set(true)>
            {t.act_open()}
        </button>
        {move || is_opening.get().then(|| view! { <OpenDialog state is_open=is_opening /> })}
    }
    .into_any()
}

/// 补充抽查: the way to mend a mistake after the draw.
fn add_action(state: MonthState) -> AnyView {
    let t = use_lang();
    let is_opening = RwSignal::new(false);
    let may = state.book(|book| book.may_add_to(state.month.get()));
    if !may.unwrap_or_default() {
        return ().into_any();
    }
    view! {
        <button type="button" class="button" on:click=move |_| is_opening.set(true)>
            {t.act_supplement()}
        </button>
        {move || is_opening.get().then(|| view! { <SupplementDialog state is_open=is_opening /> })}
    }
    .into_any()
}

/// Whether a plan is in force in the month's year.
fn has_plan(book: &Workbook, month: YearMonth) -> bool {
    let year = book.year(month.year());
    year.is_some_and(|year| !year.plans.is_empty())
}

/// Whether the month, or a later one, is drawn already.
fn is_past(state: MonthState) -> bool {
    let last = state.book(Workbook::last_month);
    last.flatten().is_some_and(|last| last >= state.month.get())
}

fn break_off_action(state: MonthState) -> AnyView {
    let t = use_lang();
    let is_breaking = RwSignal::new(false);
    let draw = state.draw();
    let may = draw
        .as_ref()
        .is_some_and(|draw| draw.may_break_off(state.app.now()));
    let why = if draw.is_some_and(|draw| draw.awaits_witnesses()) {
        t.break_off_witnesses()
    } else {
        t.break_off_too_late()
    };
    view! {
        {(!may).then(|| view! { <span class="button-reason">{why}</span> })}
        <button type="button" class="button" disabled=!may on:click=move |_| is_breaking.set(true)>
            {t.act_break_off()}
        </button>
        {move || is_breaking.get().then(|| view! { <BreakOffDialog state is_open=is_breaking /> })}
    }
    .into_any()
}

/// Where a draw stands, in words.
fn state_words(t: Lang, step: Option<DrawStep>, is_approved: bool) -> (TagKind, &'static str) {
    match step {
        None => (TagKind::Plain, t.draw_state_none()),
        Some(DrawStep::Sized) => (TagKind::Active, t.draw_state_sized()),
        Some(DrawStep::Committed) => (TagKind::Active, t.draw_state_committed()),
        Some(DrawStep::Numbered) => (TagKind::Active, t.draw_state_numbered()),
        Some(DrawStep::Drawn) if is_approved => (TagKind::Done, t.draw_state_approved()),
        Some(DrawStep::Drawn) => (TagKind::Draft, t.draw_state_drawn()),
        Some(DrawStep::BrokenOff) => (TagKind::Void, t.draw_state_broken()),
    }
}

/// The month before, a list of twelve, the month after.
#[component]
fn MonthChoice(state: MonthState) -> impl IntoView {
    let t = use_lang();
    let go = move |month: YearMonth| state.app.go(&Route::record(Page::Month, month.to_string()));
    let months = Memo::new(move |_| state.month.get().year_months());
    let ends = state.book(|book| (book.first_year().months()[0], book.last_year().months()[11]));
    let (first, last) = ends.unwrap_or_else(|| (months.get()[0], months.get()[11]));
    let option = move |month: YearMonth| {
        let key = month.to_string();
        let own = key.clone();
        view! {
            <option value=key selected=move || state.month.get().to_string() == own>
                {t.month_name(month.month())}
            </option>
        }
    };
    let choose = move |event| {
        if let Ok(month) = event_target_value(&event).parse() {
            go(month);
        }
    };
    let at = move || state.month.get();
    view! {
        <div class="month-choice">
            <button
                type="button"
                class="button is-icon"
                aria-label=t.month_nav_previous()
                disabled=move || at() == first
                on:click=move |_| go(at().prev())
            >
                {icon(Icon::Left)}
            </button>
            <select class="control" aria-label=t.month_choose() on:change=choose>
                {move || months.get().map(option).collect_view()}
            </select>
            <button
                type="button"
                class="button is-icon"
                aria-label=t.month_nav_next()
                disabled=move || at() == last
                on:click=move |_| go(at().next())
            >
                {icon(Icon::Right)}
            </button>
        </div>
    }
}

/// Before the register is frozen: a trial, and the way in.
#[component]
fn Undrawn(state: MonthState) -> impl IntoView {
    let t = use_lang();
    if is_past(state) {
        return view! {
            <div class="page-body">
                {broken_draws(state)} <p class="pane empty-state">{t.month_passed()}</p>
            </div>
        }
        .into_any();
    }
    let trial = Memo::new_with_compare(
        move |_| {
            state
                .book(|book| book.trial_sizes(state.month.get(), state.app.today()).ok())
                .flatten()
        },
        |_, _| true,
    );
    let body = move || {
        trial.get().map(|sizes| {
            view! {
                {overdue_banner(state.app, state.month.get())}
                {warnings(state, &sizes)}
                <p class="caption">{t.trial_note()}</p>
                <SizesView state sizes title=t.trial_title() />
            }
        })
    };
    view! {
        <div class="page-body">
            {stepper(state)} {broken_draws(state)} {changes_line(state)} {body}
        </div>
    }
    .into_any()
}

/// What must be known before the commitment: gaps, blocked units, a missing calendar.
fn warnings(state: MonthState, sizes: &crate::engine::draw::MonthSizes) -> AnyView {
    let t = use_lang();
    let window = sizes.window.map(|window| {
        let fact = t.infeasible_title(
            t.month_name(window.first),
            t.month_name(window.last),
            window.lack,
        );
        let kind = if sizes.mode == Mode::WhatFits {
            BannerKind::Bad
        } else {
            BannerKind::Warn
        };
        view! {
            <Banner kind fact cause=t.quota_mode(sizes.mode)>
                <li>
                    <b>"1"</b>
                    <span>{t.go_plan()}</span>
                    <a class="button is-small" href="#/plan">
                        {t.go_plan()}
                    </a>
                </li>
            </Banner>
        }
    });
    let at_risk = sizes.at_risk.iter().map(|risk| {
        let fact = t.at_risk_title(t.stratum(risk.stratum), risk.lack);
        let names = risk
            .units
            .iter()
            .take(6)
            .map(|id| unit_name(state, id))
            .collect::<Vec<_>>()
            .join(t.list_mark());
        let cause = [names.as_str(), t.at_risk_remedy()].join(t.full_stop());
        view! { <Banner kind=BannerKind::Bad fact cause /> }
    });
    let blocked = (!sizes.blocked.is_empty()).then(|| {
        let list = sizes.blocked.iter().take(6).map(|blocked| {
            let why = t.no_pair(&blocked.why, |id| officer_name(state, id));
            t.named(unit_name(state, &blocked.unit), why)
        });
        let cause = list.collect::<Vec<_>>().join(" ");
        view! { <Banner kind=BannerKind::Warn fact=t.blocked_title(sizes.blocked.len()) cause /> }
    });
    let year = sizes.month.year();
    let has_year = state
        .book(|book| book.calendar().has_year(year))
        .unwrap_or(true);
    let calendar = (!has_year)
        .then(|| view! { <Banner kind=BannerKind::Warn fact=t.calendar_missing(year) /> });
    view! {
        {window}
        {at_risk.collect_view()}
        {blocked}
        {calendar}
    }
    .into_any()
}

/// Register frozen, sizes fixed: the commitment is next.
#[component]
fn Sized(state: MonthState) -> impl IntoView {
    let Some(draw) = state.draw() else {
        return ().into_any();
    };
    view! {
        <div class="page-body">
            {stepper(state)} {other_draws(state)} {warnings(state, &draw.sizes)} {changes_line(state)}
            <CommitPane state number=draw.number />
            {sizes_part(state, &draw)}
        </div>
    }
    .into_any()
}

/// The sizes of a draw: by cell, or of the pools that it brings along.
fn sizes_part(state: MonthState, draw: &DrawRecord) -> AnyView {
    let (t, sizes) = (use_lang(), draw.sizes.clone());
    if draw.occasion.has_cells() {
        view! { <SizesView state sizes title=t.sizes_title() /> }.into_any()
    } else {
        view! { <OwnSizes sizes=draw.occasion.own_sizes() /> }.into_any()
    }
}

/// A draw under way on a page of its own: its step's panes, and none once it is drawn.
pub(in crate::ui::pages) fn ceremony_body(state: MonthState, step: DrawStep) -> AnyView {
    match step {
        DrawStep::Sized => view! { <Sized state /> }.into_any(),
        DrawStep::Committed | DrawStep::Numbered => view! { <Committed state /> }.into_any(),
        DrawStep::Drawn | DrawStep::BrokenOff => ().into_any(),
    }
}

/// What may be done with a draw under way, for the head of a page.
pub(in crate::ui::pages) fn ceremony_actions(state: MonthState, step: DrawStep) -> AnyView {
    match step {
        DrawStep::Sized => break_off_action(state),
        DrawStep::Committed => view! {
            {screen_action(state)}
            {break_off_action(state)}
        }
        .into_any(),
        DrawStep::Numbered | DrawStep::Drawn | DrawStep::BrokenOff => ().into_any(),
    }
}

/// Leads the focus on to the next step's controls, on a page of one draw.
pub(in crate::ui::pages) fn follow_draw(state: MonthState) {
    follow_work(Memo::new(move |_| (state.month.get(), state.step())));
}

/// Commitment shown: the entropy is next.
#[component]
fn Committed(state: MonthState) -> impl IntoView {
    let Some(draw) = state.draw() else {
        return ().into_any();
    };
    let sizes = sizes_part(state, &draw);
    view! {
        <div class="page-body">
            {stepper(state)} {other_draws(state)} <EntropyPane state draw />
            {sizes}
        </div>
    }
    .into_any()
}
