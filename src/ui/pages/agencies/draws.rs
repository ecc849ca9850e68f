//! Draws of service institutions and fire engineers: where the year stands, the ceremony of
//! a draw under way, and what each draw chose, with the entry of the checks.

use std::sync::Arc;

use leptos::prelude::*;

use super::check::{CheckDialog, close_dialog};
use super::paper::OwnPaper;
use super::state::{Own, OwnRow, RowState, rows_of, standing_line};
use crate::engine::certificate::short_code;
use crate::engine::occasion::OwnRegister;
use crate::i18n::Lang;
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::pages::month::{
    MonthState, ceremony_actions, ceremony_body, follow_draw, number_after, save_verification,
};
use crate::ui::pages::screen;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Ask, Icon, Line, PageHead, Tag, TagKind, hash_text, icon};
use crate::workbook::own_draw::OwnYear;
use crate::workbook::own_visit::OwnVisitId;
use crate::workbook::request::OpenRegisterDraw;
use crate::workbook::{Action, DrawId, DrawRecord, DrawStep, Workbook};

/// The draw in the address.
const DRAW: &str = "draw";

/// The year whose draws are shown: that of the draw in the address, else today's.
fn year_shown(app: App, book: &Workbook) -> i32 {
    let asked = app.route.with(|route| route.query.get(DRAW).cloned());
    let asked = asked.and_then(|text| book.draw_named(&text));
    asked.map_or_else(|| book.year_on(app.today()).year, |id| id.year)
}

/// The page.
#[component]
pub fn OwnDrawsPage() -> impl IntoView {
    let app = use_app();
    let register = Memo::new(move |_| {
        let is_of = |name: Option<&str>| name == Some(OwnRegister::Engineers.name());
        app.route.with(|route| {
            if is_of(route.id.as_deref()) {
                OwnRegister::Engineers
            } else {
                OwnRegister::Agencies
            }
        })
    });
    let year = Memo::new(move |_| read(app, |book| year_shown(app, book)));
    let draw = Memo::new(move |_| {
        let asked = app.route.with(|route| route.query.get(DRAW).cloned());
        read(app, |book| {
            let of_register = |id: &DrawId| {
                let draw = book.draw(*id);
                draw.and_then(DrawRecord::own_register) == Some(register.get())
            };
            let asked = asked.and_then(|text| book.draw_named(&text));
            let asked = asked.filter(of_register);
            let draws = book.own_draws(year.get(), register.get());
            let stands = draws.filter(|draw| draw.broken_off.is_none());
            asked.or_else(|| stands.last().map(DrawRecord::id))
        })
    });
    let own = Own {
        app,
        register,
        year,
        draw,
        checking: RwSignal::new(None),
        closing: RwSignal::new(None),
    };
    let state = MonthState::of_draw(app, draw);
    follow_draw(state);
    let step = Memo::new(move |_| state.step().map(|step| step.1));
    move || {
        let t = use_lang();
        let step = step.get().filter(|_| draw.get().is_some());
        let body = match step {
            Some(DrawStep::Sized | DrawStep::Committed | DrawStep::Numbered) => {
                step.map(|step| ceremony_body(state, step)).into_any()
            }
            _ => overview(own, state),
        };
        view! {
            <PageHead
                title=t.own_title(t.own_register(register.get()))
                facts=view! { {move || standing_words(own)} }.into_any()
            >
                {head_actions(own, state, step)}
            </PageHead>
            {tabs(own)}
            {body}
            {move || own.checking.get().map(|id| untrack(|| view! { <CheckDialog own id /> }))}
            {move || own.closing.get().map(|id| untrack(|| close_dialog(own, id)))}
        }
        .into_any()
    }
}

/// Where the year stands, in a line.
fn standing_words(own: Own) -> String {
    let t = own.app.lang.get_untracked();
    let (year, standing) = standing(own);
    standing_line(t, own.register.get(), year, standing)
}

fn standing(own: Own) -> (i32, OwnYear) {
    let (year, register) = (own.year.get(), own.register.get());
    (year, read(own.app, |book| book.own_year(year, register)))
}

fn head_actions(own: Own, state: MonthState, step: Option<DrawStep>) -> AnyView {
    let t = use_lang();
    match step {
        Some(step @ (DrawStep::Sized | DrawStep::Committed | DrawStep::Numbered)) => {
            ceremony_actions(state, step)
        }
        Some(DrawStep::Drawn) => view! {
            {to_register(own, t)}
            {open_button(own.app, own.register.get(), own.year.get(), false)}
            <button type="button" class="button is-primary" on:click=|_| drop(window().print())>
                {icon(Icon::Print)}
                {t.own_print()}
            </button>
        }
        .into_any(),
        Some(DrawStep::BrokenOff) | None => view! {
            {to_register(own, t)}
            {open_button(own.app, own.register.get(), own.year.get(), true)}
        }
        .into_any(),
    }
}

/// Why no draw can be opened now; empty where one can.
fn why_not(t: Lang, book: &Workbook, register: OwnRegister, year: i32) -> String {
    let standing = book.own_year(year, register);
    let has_plan = book.year(year).is_some_and(|year| !year.plans.is_empty());
    if let Some(open) = book.open_draw_record() {
        return t.own_other_open(open.number);
    }
    let words = if book.is_year_closed(year) {
        t.own_year_closed()
    } else if !has_plan {
        t.own_plan_missing()
    } else if standing.pool == 0 {
        t.own_pool_empty()
    } else if standing.lacking() == 0 {
        t.own_nothing_left()
    } else {
        ""
    };
    words.to_owned()
}

/// The way into a draw, with its dialog; to one under way where there is one.
pub(super) fn open_button(app: App, register: OwnRegister, year: i32, is_primary: bool) -> AnyView {
    let t = use_lang();
    let is_opening = RwSignal::new(false);
    let why = Memo::new(move |_| read(app, |book| why_not(t, book, register, year)));
    if app.is_archive() {
        return ().into_any();
    }
    view! {
        {move || {
            let why = why.get();
            (!why.is_empty()).then(|| view! { <span class="button-reason">{why}</span> })
        }}
        <button
            type="button"
            class="button"
            class:is-primary=is_primary
            disabled=move || !why.get().is_empty()
            on:click=move |_| is_opening.set(true)
        >
            {t.own_act(register)}
        </button>
        {move || {
            is_opening.get().then(|| untrack(|| open_dialog(app, register, year, is_opening)))
        }}
    }
    .into_any()
}

fn open_dialog(app: App, register: OwnRegister, year: i32, is_open: RwSignal<bool>) -> AnyView {
    let t = use_lang();
    let standing = read(app, |book| book.own_year(year, register));
    let lacking = standing.lacking();
    let consequence = t.own_open_consequence(
        t.own_count(register, standing.pool),
        t.own_count(register, lacking),
    );
    let close = Callback::new(move |()| is_open.set(false));
    let count = Line::new(t.own_count_label())
        .help(t.own_count_help(lacking))
        .start(lacking.to_string())
        .needed();
    Ask::new(t.own_act(register), consequence, t.own_act(register))
        .lines([count])
        .view(close, move |asked, [count]| {
            let Ok(count) = count.parse::<u32>() else {
                return asked.answer::<()>(Err(t.own_count_wrong().to_owned()));
            };
            let open = OpenRegisterDraw {
                year,
                register,
                count,
            };
            let opened = app.act(Action::OpenRegisterDraw(open));
            asked.answer(opened.map(|_| {
                let route = read(app, |book| book.open_draw_record().map(Route::of_draw));
                route.into_iter().for_each(|route| app.go(&route));
            }));
        })
}

/// The way back to the register.
fn to_register(own: Own, t: Lang) -> AnyView {
    let href = Route::to(page_of(own.register.get())).hash();
    view! {
        <a class="button" href=href>
            {t.own_to_register()}
        </a>
    }
    .into_any()
}

/// The page of a register.
const fn page_of(register: OwnRegister) -> Page {
    match register {
        OwnRegister::Agencies => Page::Agencies,
        OwnRegister::Engineers => Page::Engineers,
    }
}

/// Both registers.
fn tabs(own: Own) -> AnyView {
    let t = use_lang();
    let tab = move |register: OwnRegister| {
        let href = Route::record(Page::OwnDraws, register.name()).hash();
        let current = (own.register.get() == register).then_some("page");
        view! {
            <a href=href aria-current=current>
                {t.own_register(register)}
            </a>
        }
    };
    view! {
        <nav class="tabs page-tabs" aria-label=t.nav_own_draws()>
            {[OwnRegister::Agencies, OwnRegister::Engineers].map(tab).collect_view()}
        </nav>
    }
    .into_any()
}

/// The year, what the draw on show chose, and its certificate.
fn overview(own: Own, state: MonthState) -> AnyView {
    let t = use_lang();
    let rows = Memo::new(move |_| {
        let shown = own.draw.get();
        Arc::new(read(own.app, |book| {
            let draw = shown.and_then(|id| book.draw(id));
            draw.map(|draw| rows_of(t, book, draw)).unwrap_or_default()
        }))
    });
    let list = move || {
        let rows = rows.get();
        if rows.is_empty() {
            return view! { <p class="empty-state">{t.own_none_drawn()}</p> }.into_any();
        }
        drawn_table(own, t, &rows)
    };
    view! {
        <div class="page-body is-below-tabs">
            {draw_links(own)}
            <div class="columns">
                <section class="pane grow own-drawn" aria-labelledby="own-drawn">
                    {stats(own)}
                    <div class="pane-head">
                        <h2 id="own-drawn">{t.own_list_title()}</h2>
                    </div>
                    {list}
                    <p class="pane-body caption pane-foot">
                        {t.own_team_note()} " " {t.own_with_units_note()}
                    </p>
                </section>
                {move || certificate(own, state)}
            </div>
        </div>
        <OwnPaper own />
    }
    .into_any()
}

fn stats(own: Own) -> AnyView {
    let t = use_lang();
    let cells = move || {
        let (year, standing) = standing(own);
        let register = own.register.get();
        let share = read(own.app, |book| {
            let share = book.year(year)?.plan().own_share(register);
            Some(format!("{}%", share.percent_text()))
        });
        let share = share.unwrap_or_default();
        let cells = [
            (t.own_members(), standing.members.to_string()),
            (t.own_share(), share),
            (t.own_due(), standing.due.to_string()),
            (t.own_drawn(), standing.drawn.to_string()),
            (t.own_made(), standing.made.to_string()),
            (t.own_left(), standing.lacking().to_string()),
        ];
        cells.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
    };
    view! { <dl class="stats">{move || cells().collect_view()}</dl> }.into_any()
}

/// The year's draws of the register, where there are several.
fn draw_links(own: Own) -> AnyView {
    let t = use_lang();
    let links = move || {
        let (year, register) = (own.year.get(), own.register.get());
        let draws = read(own.app, |book| {
            let draws = book.own_draws(year, register);
            let known = draws.map(|draw| (draw.id(), draw.broken_off.is_some(), draw.opened_at));
            known.collect::<Vec<_>>()
        });
        (draws.len() > 1).then(|| {
            let links = draws.into_iter().map(|(id, is_broken, at)| {
                let address = Route::record(Page::OwnDraws, register.name());
                let words = if is_broken {
                    t.own_broken(id.number)
                } else {
                    t.draw_link(id.number, at.date())
                };
                view! {
                    <a
                        class="button is-small"
                        href=address.with(DRAW, id.to_string()).hash()
                        aria-current=(own.draw.get() == Some(id)).then_some("page")
                    >
                        {words}
                    </a>
                }
            });
            view! {
                <nav class="button-row" aria-label=t.own_draws_nav()>
                    {links.collect_view()}
                </nav>
            }
        })
    };
    links.into_any()
}

fn drawn_table(own: Own, t: Lang, rows: &[OwnRow]) -> AnyView {
    let page = page_of(own.register.get_untracked());
    let is_closed = read(own.app, |book| {
        book.is_year_closed(own.year.get_untracked())
    }) || own.app.is_archive();
    let line = |(at, row): (usize, &OwnRow)| {
        let href = Route::record(page, row.id.record.as_str()).hash();
        let team = row.team.as_ref().map(|team| team.join(t.list_mark()));
        let id = row.id.clone();
        let act = match row.kind {
            _ if is_closed => None,
            RowState::Pending => Some(t.own_record()),
            RowState::Made => Some(t.own_correct()),
            RowState::Left | RowState::Void => None,
        };
        let button = |words: &'static str, id: OwnVisitId, asked: RwSignal<Option<OwnVisitId>>| {
            view! {
                <button
                    type="button"
                    class="button is-small"
                    aria-label=format!("{words} {}", row.name)
                    on:click=move |_| asked.set(Some(id.clone()))
                >
                    {words}
                </button>
            }
        };
        let act = act.map(|words| button(words, id.clone(), own.checking));
        let may_close = !is_closed && matches!(row.kind, RowState::Pending | RowState::Left);
        let close = may_close.then(|| button(t.own_close(), id, own.closing));
        let kind = match row.kind {
            RowState::Pending => TagKind::Plain,
            RowState::Made => TagKind::Done,
            RowState::Left | RowState::Void => TagKind::Void,
        };
        // What became of a void one is a sentence, no tag.
        let state = if row.kind == RowState::Void {
            view! { <span class="soft">{row.state.clone()}</span> }.into_any()
        } else {
            view! { <Tag kind text=row.state.clone() /> }.into_any()
        };
        view! {
            <tr>
                <td class="number">{at + 1}</td>
                <td>
                    <a href=href>{row.name.clone()}</a>
                </td>
                <td class="hash">{hash_text(&row.ticket, 3, false)}</td>
                <td>{team.unwrap_or_else(|| t.own_team_none().to_owned())}</td>
                <td class="own-state">{state}</td>
                <td>{act} " " {close}</td>
            </tr>
        }
    };
    view! {
        <table class="list is-auto" aria-labelledby="own-drawn">
            <thead>
                <tr>
                    <th scope="col" class="number">{t.col_number()}</th>
                    <th scope="col">{t.own_col_name()}</th>
                    <th scope="col">{t.lottery_number()}</th>
                    <th scope="col">{t.own_col_team()}</th>
                    <th scope="col">{t.own_col_state()}</th>
                    <th scope="col">
                        <span class="visually-hidden">{t.own_record()}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows.iter().enumerate().map(line).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Number, codes and files of the draw on show.
fn certificate(own: Own, state: MonthState) -> Option<AnyView> {
    let t = use_lang();
    let draw = state.draw()?;
    let (Some(drawn), Some(committed)) = (&draw.drawn, &draw.committed) else {
        return None;
    };
    let label = read(own.app, |book| draw.label(&book.brigade.division));
    let view = view! {
        <aside class="pane certificate" aria-labelledby="certificate-title">
            <div class="certificate-head">
                {crate::ui::widgets::qr_code(
                    &crate::ui::pages::month::qr_text(&label, drawn.certificate),
                    t.certificate_qr(),
                )}
                <div>
                    <h2 id="certificate-title">{t.certificate()}</h2>
                    <p class="caption">{t.certificate_anyone()}</p>
                </div>
            </div>
            <dl class="stacked-facts">
                <dt>{t.draw_number()}</dt>
                <dd class="strong">{label.clone()} {number_after(state, &draw)}</dd>
                <dt>{t.short_code()}</dt>
                <dd class="hash is-strong">{short_code(drawn.certificate)}</dd>
                <dt>{t.commitment_code()}</dt>
                <dd>{hash_text(&committed.hash.to_string(), 4, false)}</dd>
                <dt>{t.seed()}</dt>
                <dd>{hash_text(&drawn.result.seed.to_string(), 4, false)}</dd>
            </dl>
            <div class="stack">
                <button type="button" class="button" on:click=move |_| save_verification(state)>
                    {t.verify_save_file()}
                </button>
                <a class="button" href=Route::record(Page::Verify, draw.id().to_string()).hash()>
                    {t.verify_open_this()}
                </a>
                <a class="button" href=screen::address(&draw).hash()>
                    {t.act_big_screen()}
                </a>
            </div>
        </aside>
    };
    Some(view.into_any())
}
