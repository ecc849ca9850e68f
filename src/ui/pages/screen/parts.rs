//! What stands on the big screen: commitment, random number, short code, the groups.

use leptos::prelude::*;

use crate::desk::screen::{PublicName, Screen, ScreenPage, ScreenRow};
use crate::engine::cell::Cell;
use crate::engine::ceremony::EntropyPlan;
use crate::engine::certificate::short_code;
use crate::engine::draw::DrawGroup;
use crate::engine::lottery::Ticket;
use crate::i18n::Lang;
use crate::ui::pages::month::qr_text;
use crate::ui::pages::screen::state::{Show, use_lang_of};
use crate::ui::widgets::{hash_text, qr_code};
use crate::workbook::draw::Committed;
use crate::workbook::{DrawRecord, Workbook};

/// Groups of four digits of a lottery number that are shown.
const TICKET_GROUPS: usize = 3;
/// With more groups than these the strip names them in short.
const GROUPS_IN_WORDS: usize = 12;
/// Names longer than this take two lines.
const NAME_LONG: usize = 14;

/// Before the entropy: the code, large enough to be copied down from the last row.
pub(super) fn commitment_part(t: Lang, draw: &DrawRecord, committed: &Committed) -> AnyView {
    let code = committed.hash.to_string();
    let waiting = draw.outcome().is_none().then(|| t.screen_waiting());
    view! {
        <section class="screen-main is-alone" aria-labelledby="screen-what">
            <div class="screen-group">
                <h2 id="screen-what">{t.commitment_code()}</h2>
                <span>{t.screen_published_first(t.day_time(committed.at))}</span>
            </div>
            <div class="screen-commitment">
                {hash_text(&code, 16, true)} {qr_code(&code, t.screen_qr_commitment())}
            </div>
            <p class="screen-note">{t.screen_where(&committed.shown_at)}</p>
            <p class="screen-note">{t.screen_locked()} " " {waiting}</p>
        </section>
    }
    .into_any()
}

/// Beside the groups: what was published first, what came then, and the code to note down.
pub(super) fn side(t: Lang, book: &Workbook, draw: &DrawRecord, committed: &Committed) -> AnyView {
    let code = committed.hash.to_string();
    let (first, rest) = code.split_at(16);
    let random = draw.outcome().map(|drawn| {
        view! {
            <section>
                <p class="screen-label">
                    <b>{t.seed()}</b> <span>{source(t, &committed.commitment.entropy)}</span>
                </p>
                {hash_text(&drawn.result.seed.to_string()[..16], 4, true)}
            </section>
        }
    });
    let certificate = draw.drawn.as_ref().map(|drawn| {
        let label = draw.label(&book.brigade.division);
        view! {
            <section class="screen-code">
                <div>
                    <b>{t.short_code()}</b>
                    <p class="screen-short hash">{short_code(drawn.certificate)}</p>
                    <p>{t.screen_read_out()}</p>
                </div>
                {qr_code(&qr_text(&label, drawn.certificate), t.certificate_qr())}
            </section>
        }
    });
    view! {
        <aside class="screen-side" aria-label=t.certificate()>
            <section>
                <p class="screen-label">
                    <b>{t.commitment_code()}</b>
                    <span>{t.screen_published_first(committed.at.format("%H:%M"))}</span>
                </p>
                {hash_text(first, 4, true)}
                {hash_text(rest, 12, false)}
                <p>{t.screen_locked()}</p>
            </section>
            {random}
            {certificate}
        </aside>
    }
    .into_any()
}

/// Where the random number came from, in a word.
fn source(t: Lang, entropy: &EntropyPlan) -> String {
    match entropy {
        EntropyPlan::Local => t.entropy_local().to_owned(),
        EntropyPlan::Contributions { promises } => {
            let names: Vec<&str> = promises.iter().map(|promise| &*promise.witness).collect();
            names.join(t.list_mark())
        }
        EntropyPlan::PublicValue { named, .. } => format!("{} {}", named.source, named.round),
    }
}

/// A group: who is drawn, the cut line, and the first behind it.
pub(super) fn group_part(t: Lang, screen: &Screen, page: &ScreenPage) -> AnyView {
    let group = screen.groups[page.group];
    let pool = match group.group {
        DrawGroup::First(Cell::Of(stratum, _)) => t.screen_pool(t.stratum(stratum), group.pool),
        _ => t.screen_pool_only(group.pool),
    };
    let last = page.drawn.len();
    let drawn = page.drawn.iter().zip(0..);
    let drawn = drawn.map(|(row, at)| row_view(t, row, at, true));
    let reserve = page.reserve.iter().zip(last + 1..);
    let reserve = reserve.map(|(row, at)| row_view(t, row, at, false));
    let cut = page.has_cut().then(|| cut_line(t, group.drawn, last));
    let at = screen
        .pages
        .iter()
        .position(|other| other == page)
        .unwrap_or_default();
    let next = match screen.pages.get(at + 1) {
        None => t.screen_last().to_owned(),
        Some(next) if next.group == page.group => t.screen_continued().to_owned(),
        Some(next) => {
            let next = screen.groups[next.group];
            t.screen_next(t.draw_group(next.group), next.drawn)
        }
    };
    view! {
        <section class="screen-main" aria-labelledby="screen-what">
            <div class="screen-group" role="status">
                <h2 id="screen-what">{t.draw_group(group.group)}</h2>
                <span>{pool}</span>
                <span class="spring"></span>
                <span>{t.screen_places()} " " <b class="screen-count">{group.drawn}</b> " " {t.screen_units()}</span>
            </div>
            <ol class="screen-rows">{drawn.collect_view()} {cut} {reserve.collect_view()}</ol>
            <p class="screen-sum">
                <b>{t.screen_so_far(page.drawn_so_far, screen.drawn)}</b>
                <span>{next}</span>
            </p>
        </section>
    }
    .into_any()
}

/// Rows settle one by one, the line after the last place.
fn settling(at: usize) -> String {
    format!("--at:{at}")
}

pub(super) fn cut_line(t: Lang, places: usize, at: usize) -> AnyView {
    view! {
        <li class="screen-cut" style=settling(at)>
            <span class="cut-line">{t.cut_line(places)}</span>
        </li>
    }
    .into_any()
}

fn row_view(t: Lang, row: &ScreenRow, at: usize, is_drawn: bool) -> AnyView {
    candidate(
        t,
        row.rank,
        &row.ticket,
        &row.name,
        Place {
            at,
            is_drawn,
            is_own: false,
        },
    )
}

/// How a row stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// When it settles.
    pub at: usize,
    pub is_drawn: bool,
    /// Whether it is the unit that is asked about.
    pub is_own: bool,
}

pub(super) fn candidate(
    t: Lang,
    rank: usize,
    ticket: &Ticket,
    name: &PublicName,
    place: Place,
) -> AnyView {
    let digits: String = ticket.to_string().chars().take(4 * TICKET_GROUPS).collect();
    let name = match name {
        PublicName::Open(name) => {
            let is_long = name.chars().count() > NAME_LONG;
            view! { <b class="screen-name" class:is-long=is_long>{name.clone()}</b> }.into_any()
        }
        PublicName::Withheld(id) => view! {
            <span class="screen-name is-withheld">
                {t.screen_withheld()} " " <small>{t.screen_withheld_code(id)}</small>
            </span>
        }
        .into_any(),
    };
    let state = if place.is_drawn {
        t.drawn_tag()
    } else {
        t.not_drawn_tag()
    };
    view! {
        <li
            class="screen-row"
            class:is-out=!place.is_drawn
            class:is-own=place.is_own
            style=settling(place.at)
        >
            <b class="screen-rank">{rank}</b>
            {hash_text(&digits, TICKET_GROUPS, false)}
            {name}
            <span class="screen-state">{state}</span>
        </li>
    }
    .into_any()
}

/// All groups with their places; done, current, to come.
pub(super) fn strip(t: Lang, screen: &Screen, current: Option<usize>) -> AnyView {
    let is_short = screen.groups.len() > GROUPS_IN_WORDS;
    let groups = screen.groups.iter().zip(0..).map(|(group, at)| {
        let name = match group.group {
            DrawGroup::First(cell) if is_short => cell.to_string(),
            DrawGroup::First(Cell::Early) => "E".to_owned(),
            other => t.draw_group(other),
        };
        let is_current = current == Some(at);
        view! {
            <li
                class:is-done=current.is_some_and(|current| at < current)
                aria-current=is_current.then_some("step")
            >
                <b>{group.drawn} " " {t.screen_units()}</b>
                <span>{name}</span>
            </li>
        }
    });
    view! { <ol class="screen-strip" aria-label=t.screen_groups()>{groups.collect_view()}</ol> }
        .into_any()
}

/// How far it is, and the keys; each is a button for whoever holds a mouse.
pub(super) fn foot(show: Show) -> AnyView {
    let t = use_lang_of(show);
    let step = show.step.get();
    let screen = show.screen().filter(|_| show.unit().is_none());
    let place = screen.as_ref().and_then(|screen| {
        let page = screen.pages.get(step.checked_sub(1)?)?;
        let part = (page.parts > 1).then(|| t.screen_part_of(page.part, page.parts));
        Some(view! {
            <b class="screen-count">{t.screen_group_of(page.group + 1, screen.groups.len())}</b>
            <span>{part}</span>
        })
    });
    // A pressed button gives the focus back, so that the space bar goes on.
    let act = |act: fn(Show)| {
        move |_| {
            act(show);
            if let Some(button) = crate::ui::app::focused() {
                let _ = button.blur();
            }
        }
    };
    let is_paused = show.is_paused.get();
    let steps = screen.filter(|screen| !screen.pages.is_empty()).map(|_| {
        view! {
            <button type="button" class="screen-key" on:click=act(Show::next)>
                <kbd>"→"</kbd> {t.screen_or()} <kbd>{t.screen_space()}</kbd> {t.screen_key_next()}
            </button>
            <button type="button" class="screen-key" on:click=act(Show::back)>
                <kbd>"←"</kbd> {t.screen_key_back()}
            </button>
            <button
                type="button"
                class="screen-key"
                aria-pressed=if is_paused { "true" } else { "false" }
                on:click=act(Show::pause)
            >
                <kbd>"P"</kbd> {if is_paused { t.screen_key_resume() } else { t.screen_key_pause() }}
            </button>
        }
    });
    view! {
        <footer class="screen-foot">
            {place}
            <span class="spring"></span>
            {steps}
            <button type="button" class="screen-key" on:click=move |_| show.leave()>
                <kbd>"Esc"</kbd> {t.screen_key_leave()}
            </button>
        </footer>
    }
    .into_any()
}
