//! The drawn plan: counts, the table by day, the certificate, a visit's panel.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use super::batch::entry_bar;
use super::ceremony::number_after;
use super::changes::changes_button;
use super::entry::{CorrectDialog, Entered, RecordDialog};
use super::other_draws::other_draws;
use super::paper::{Paper, items_words, qr_text};
use super::stepper::stepper;
use super::visit_why::visit_why;
use crate::desk::VisitRow;
use crate::engine::ceremony::EntropyPlan;
use crate::engine::certificate::short_code;
use crate::engine::lottery::Hash;
use crate::i18n::Lang;
use crate::model::Stratum;
use crate::ui::app::use_lang;
use crate::ui::files;
use crate::ui::overdue::{SHOW, is_late_only};
use crate::ui::pages::month::state::{MonthState, officer_name, unit_name};
use crate::ui::pages::visits::visit_route;
use crate::ui::route::{Page, Route};
use crate::ui::task::{Task, WebPace};
use crate::ui::widgets::table::Row;
use crate::ui::widgets::{
    Banner, BannerKind, Chip, Column, Icon, VirtualTable, hash_text, icon, qr_code, tier_mark,
};
use crate::workbook::pending::CarriedFrom;
use crate::workbook::{DrawRecord, VisitSource, Workbook};

/// A line of the table: a day, or a visit.
#[derive(Debug, Clone)]
enum Line {
    Day(NaiveDate, usize),
    Visit(Box<VisitRow>),
}

fn lines(rows: Vec<VisitRow>) -> Vec<Line> {
    let mut lines = Vec::with_capacity(rows.len() + 31);
    let mut day = None;
    let count_on = |day: NaiveDate| rows.iter().filter(|row| row.day == day).count();
    for row in &rows {
        if day != Some(row.day) {
            day = Some(row.day);
            lines.push(Line::Day(row.day, count_on(row.day)));
        }
        lines.push(Line::Visit(Box::new(row.clone())));
    }
    lines
}

/// The plan of a draw that is drawn, with its certificate and the panel of a visit.
#[component]
pub(in crate::ui::pages) fn ResultView(state: MonthState) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let rows = state.shown(|book, draw| book.visit_rows(draw));
        rows.unwrap_or_default()
    });
    // What the list holds: the whole plan, or what is late.
    let is_late = Memo::new(move |_| state.app.route.with(is_late_only));
    let listed = Memo::new(move |_| {
        let today = state.app.today();
        let mut rows = rows.get();
        rows.retain(|row| !is_late.get() || (row.is_pending() && row.day < today));
        rows
    });
    let table = StoredValue::new(Vec::<Line>::new());
    let count = Memo::new(move |_| {
        table.set_value(lines(listed.get()));
        // The rows' content is part of the answer, so that a visit made shows.
        (
            table.with_value(Vec::len),
            rows.with(|rows| rows.iter().filter(|row| row.is_pending()).count()),
        )
    });
    let chosen = Memo::new(move |_| {
        state
            .app
            .route
            .with(|route| route.query.get("unit").cloned())
    });
    let selected = Signal::derive(move || {
        count.track();
        let id = chosen.get()?;
        table.with_value(|lines| {
            lines
                .iter()
                .position(|line| matches!(line, Line::Visit(row) if row.unit.as_str() == id))
        })
    });
    let select = Callback::new(move |place: usize| {
        let id = table.with_value(|lines| match lines.get(place) {
            Some(Line::Visit(row)) => Some(row.unit.to_string()),
            _ => None,
        });
        if let Some(id) = id {
            state.app.replace_route(state.address().with("unit", id));
        }
    });
    let row = Callback::new(move |place: usize| {
        table.with_value(|lines| line_view(state, lines.get(place)))
    });
    let is_heading = Callback::new(move |place: usize| {
        table.with_value(|lines| matches!(lines.get(place), Some(Line::Day(..))))
    });
    let body = move || {
        let draw = state.draw();
        draw.map(|draw| {
            view! {
                {stepper(state)}
                {other_draws(state)}
                <div class="columns grow-rows covers">
                    <section class="pane is-list grow" data-work>
                        {stats(&draw, &rows.get())}
                        {entry_bar(state)}
                        {is_late.get().then(|| late_chip(state, listed.with(Vec::len)))}
                        {if rows.with(Vec::is_empty) {
                            view! { <p class="empty-state">{use_lang_of(state).plan_empty()}</p> }.into_any()
                        } else {
                            plan_table(count, row, is_heading, selected, select)
                        }}
                    </section>
                    {move || match chosen.get() {
                        Some(id) => {
                            let row = rows.with(|rows| rows.iter().find(|row| row.unit.as_str() == id).cloned());
                            row.map(|row| view! { <VisitPanel state row /> }.into_any())
                                .unwrap_or_else(|| ().into_any())
                        }
                        None => certificate_pane(state, &draw),
                    }}
                </div>
            }
        })
    };
    view! {
        <div class="page-body is-fixed">{body}</div>
        <Paper state />
    }
}

/// Says that the list holds late visits alone; pressed, it holds the whole plan again.
fn late_chip(state: MonthState, count: usize) -> AnyView {
    let t = use_lang_of(state);
    let clear = Callback::new(move |()| {
        state.app.replace_route(state.address().with(SHOW, ""));
    });
    view! {
        <div class="filter-bar">
            <Chip text=t.late_only(count) on_remove=clear />
        </div>
    }
    .into_any()
}

fn plan_table(
    count: Memo<(usize, usize)>,
    row: Callback<usize, Row>,
    is_heading: Callback<usize, bool>,
    selected: Signal<Option<usize>>,
    select: Callback<usize>,
) -> AnyView {
    let t = use_lang();
    let columns = vec![
        Column::number("", t.col_number(), "46px").yielding(6),
        Column::text("", t.col_unit(), ""),
        Column::text("", t.col_address(), "152px").yielding(9),
        Column::text("", t.col_level(), "52px").yielding(4),
        Column::text(
            "",
            t.col_tier(),
            if t == Lang::Zh { "60px" } else { "80px" },
        )
        .yielding(5),
        Column::text("", t.col_items(), "166px").yielding(8),
        Column::text("", t.col_officers(), "116px").yielding(2),
        Column::text("", t.col_deadline(), "76px").yielding(7),
        Column::text("", t.col_note(), "70px").yielding(3),
    ];
    view! {
        <VirtualTable label=t.step_plan() columns count=Signal::derive(move || count.get().0) row is_heading selected on_select=select />
    }
    .into_any()
}

fn line_view(state: MonthState, line: Option<&Line>) -> Row {
    let t = use_lang_of(state);
    match line {
        None => Row::Cells(Vec::new()),
        Some(Line::Day(day, count)) => Row::Heading(
            view! {
                <b>{t.month_day(*day)}</b>
                {t.weekday(day.weekday())}
                " "
                {t.visits_on_day(*count)}
            }
            .into_any(),
        ),
        Some(Line::Visit(row)) => {
            let officers = [&row.lead, &row.member]
                .map(|id| officer_name(state, id))
                .join(t.list_mark());
            let note = match row.made {
                Some(date) if date == row.day => t.visit_made_as_planned().to_owned(),
                Some(date) => t.visit_made(t.month_day_short(date)),
                None => t.plan_note(row),
            };
            Row::Cells(vec![
                view! { <span class="number ellipsis">{row.row_number}</span> }.into_any(),
                view! {
                    <span class="ellipsis" class:is-struck=row.is_void title=row.name.clone()>
                        {row.name.clone()}
                    </span>
                }
                .into_any(),
                view! { <span class="ellipsis" title=row.address.clone()>{row.address.clone()}</span> }.into_any(),
                view! {
                    <b>{row.stratum.to_string()}</b>
                    " "
                    {row.level.get()}
                }
                .into_any(),
                tier_mark(t, row.risk, false),
                items_words(t, &row.items).into_any(),
                officers.into_any(),
                t.month_day_short(row.deadline).into_any(),
                view! { <span class="ellipsis" title=note.clone()>{note.clone()}</span> }.into_any(),
            ])
        }
    }
}

/// The language outside a component's own scope.
fn use_lang_of(state: MonthState) -> Lang {
    state.app.lang.get_untracked()
}

fn stats(draw: &DrawRecord, rows: &[VisitRow]) -> AnyView {
    let t = use_lang();
    let of = |stratum: Stratum| rows.iter().filter(|row| row.stratum == stratum).count();
    let second = rows
        .iter()
        .filter(|row| row.source == VisitSource::Second)
        .count();
    let mut per_day = std::collections::BTreeMap::<NaiveDate, usize>::new();
    for row in rows {
        *per_day.entry(row.day).or_default() += 1;
    }
    let range = match (per_day.values().min(), per_day.values().max()) {
        (Some(min), Some(max)) if min < max => t.per_day_range(min, max),
        (Some(min), _) => min.to_string(),
        _ => "0".into(),
    };
    let set_aside = draw
        .drawn
        .as_ref()
        .map_or(0, |drawn| drawn.plan.set_aside.len());
    // With a draw beside the monthly one what is pending is not laid out again.
    let is_month = draw.occasion.is_month();
    let carried_in = if is_month {
        draw.sizes.carried.len()
    } else {
        0
    };
    let cells = [
        (
            t.stat_drawn().to_owned(),
            draw.drawn_units().count().to_string(),
        ),
        (t.stat_carried_in().to_owned(), carried_in.to_string()),
        (t.stat_carried().to_owned(), set_aside.to_string()),
        (
            format!("A {}", t.stratum(Stratum::A)),
            of(Stratum::A).to_string(),
        ),
        (
            format!("B {}", t.stratum(Stratum::B)),
            of(Stratum::B).to_string(),
        ),
        (
            format!("C {}", t.stratum(Stratum::C)),
            of(Stratum::C).to_string(),
        ),
        (t.stat_second().to_owned(), second.to_string()),
        (t.stat_per_day().to_owned(), range),
    ];
    let cells = cells.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    view! { <dl class="stats">{cells.collect_view()}</dl> }.into_any()
}

/// The hash of the certificate, made again from its record. Thousands of units are hashed for
/// it, which the page does not wait for.
fn made_again(state: MonthState, draw: &DrawRecord) -> RwSignal<Option<Hash>> {
    let found = RwSignal::new(None);
    let id = draw.id();
    if let Some(book) = state.app.workbook.get_untracked() {
        Task::new().start(|_| async move {
            let again = book.draw(id).and_then(|draw| book.certificate(draw));
            let _ = found.try_set(again.map(|again| again.hash));
            Ok(())
        });
    }
    found
}

/// Draw number, codes, witnesses, candidates; beside the table as long as no visit is chosen.
fn certificate_pane(state: MonthState, draw: &DrawRecord) -> AnyView {
    let t = use_lang();
    let (Some(drawn), Some(committed)) = (&draw.drawn, &draw.committed) else {
        return ().into_any();
    };
    let label = state
        .book(|book| draw.label(&book.brigade.division))
        .unwrap_or_default();
    let hash = drawn.certificate;
    let code = short_code(hash);
    let again = made_again(state, draw);
    let warning = move || {
        let again = again.get().filter(|again| *again != hash)?;
        let words = t.certificate_differs(hash, again);
        Some(view! { <Banner kind=BannerKind::Bad fact=words /> })
    };
    let own: u32 = draw.occasion.own_sizes().iter().map(|own| own.1).sum();
    let pool: u32 = draw.sizes.cells.iter().map(|cell| cell.pool).sum::<u32>() + own;
    let outside = draw.register.snapshot.units.len() as u32
        - pool.min(draw.register.snapshot.units.len() as u32);
    let candidates = if draw.occasion.has_cells() {
        t.candidates_text(pool, outside)
    } else {
        t.units_count(pool)
    };
    let witnesses = match &committed.commitment.entropy {
        EntropyPlan::Contributions { promises } => {
            let names = promises.iter().map(|promise| promise.witness.as_str());
            witness_lines(t, names, &drawn.missing)
        }
        EntropyPlan::Local => t.entropy_local().into_any(),
        EntropyPlan::PublicValue { named, .. } => {
            format!("{} {}", named.source, named.round).into_any()
        }
    };
    let set_aside = drawn.plan.set_aside.clone();
    view! {
        <aside class="pane certificate" aria-labelledby="certificate-title">
            <div class="certificate-head">
                {qr_code(&qr_text(&label, hash), t.certificate_qr())}
                <div>
                    <h2 id="certificate-title">{t.certificate()}</h2>
                    <p class="caption">{t.certificate_anyone()}</p>
                </div>
            </div>
            {warning}
            <dl class="stacked-facts">
                <dt>{t.draw_number()}</dt>
                <dd class="strong">{label} {number_after(state, draw)}</dd>
                <dt>{t.short_code()}</dt>
                <dd class="hash is-strong">{code}</dd>
                <dt>{t.commitment_code()}</dt>
                <dd>{hash_text(&committed.hash.to_string(), 4, false)}</dd>
                <dt>{t.seed()}</dt>
                <dd>{hash_text(&drawn.result.seed.to_string(), 4, false)}</dd>
                <dt>{t.random_number()}</dt>
                <dd>{witnesses}</dd>
                <dt>{t.candidates()}</dt>
                <dd>{candidates}</dd>
            </dl>
            {set_aside_list(state, &set_aside)}
            <div class="stack">
                <button type="button" class="button" on:click=move |_| export_plan(state)>
                    {t.act_export_plan()}
                </button>
                <button type="button" class="button" on:click=move |_| save_verification(state)>
                    {t.verify_save_file()}
                </button>
                <a class="button" href=Route::record(Page::Verify, draw.id().to_string()).hash()>
                    {t.verify_open_this()}
                </a>
                {changes_button(state, draw.id())}
            </div>
            <p class="caption">{t.stays_drawn()}</p>
        </aside>
    }
    .into_any()
}

/// Witnesses, a line each; whoever withheld his words had a choice, so he is named.
fn witness_lines<'a>(t: Lang, names: impl Iterator<Item = &'a str>, missing: &[String]) -> AnyView {
    let line = |name: &str| {
        let is_missing = missing.iter().any(|other| other == name);
        let withheld = is_missing.then(|| {
            view! { <span class="warn-text">" " {t.witness_withheld()}</span> }
        });
        view! {
            <span class="line">
                {name.to_owned()} {withheld}
            </span>
        }
    };
    names.map(line).collect_view().into_any()
}

/// The month's plan as JSON, with the columns of the printed one.
fn export_plan(state: MonthState) {
    let text = state
        .draw()
        .and_then(|draw| state.book(|book| (book.plan_json(&draw), draw.month)));
    if let Some((plan, month)) = text {
        let text = serde_json::to_string_pretty(&plan).unwrap_or_default();
        files::download(&format!("{month}_plan.json"), "application/json", &text);
    }
}

/// Certificate, register and register changes in one file, for anybody to check.
pub(in crate::ui::pages) fn save_verification(state: MonthState) {
    let t = use_lang_of(state);
    let Some(draw) = state.draw() else { return };
    let app = state.app;
    leptos::task::spawn_local(async move {
        match app.write_out(draw.id(), &WebPace::of_page(drop)).await {
            Some((name, text)) => {
                files::download(&name, "application/json", &text);
                app.toast(t.verify_saved(name), false);
            }
            None => app.toast(t.verify_save_refused(), false),
        }
    });
}

fn set_aside_list(state: MonthState, set_aside: &[crate::engine::month::SetAside]) -> AnyView {
    let t = use_lang();
    if set_aside.is_empty() {
        return ().into_any();
    }
    let rows = set_aside.iter().map(|visit| {
        let why = t.set_aside(&visit.why, |id| officer_name(state, id));
        view! {
            <li>
                <b>{unit_name(state, &visit.unit)}</b>
                " "
                {why}
            </li>
        }
    });
    view! {
        <h3>{t.set_aside_title(set_aside.len())}</h3>
        <ul class="caption">{rows.collect_view()}</ul>
    }
    .into_any()
}

/// Where a carried visit comes from: when and by whom it was to be made, in words.
pub(in crate::ui::pages) fn carried_words(t: Lang, book: &Workbook, from: &CarriedFrom) -> String {
    let month = t.month_name(from.drawn_for.month());
    let origin = match &from.planned {
        Some((_, visit)) => {
            let [lead, member] = [&visit.lead, &visit.member].map(|id| book.officer_name(id));
            t.carried_planned(month, t.month_day(visit.day), lead, member)
        }
        None => t.carried_unlaid(month),
    };
    [origin.as_str(), t.carried_rule()].join(t.sentence_gap())
}

/// A chosen visit: when, by whom, what for; and the entry of its result.
#[component]
fn VisitPanel(state: MonthState, row: VisitRow) -> impl IntoView {
    let t = use_lang();
    let (is_recording, is_correcting) = (RwSignal::new(false), RwSignal::new(false));
    let close = move |_| state.app.replace_route(state.address());
    let officers = [&row.lead, &row.member].map(|id| officer_name(state, id));
    let id = row.unit.clone();
    let name = row.name.clone();
    let planned = row.day;
    let made = row.made;
    let closed = state.closed_year();
    let carried = state.shown(|book, draw| {
        let from = book.carried_from(draw, &row.unit)?;
        Some((from.drawn_for, carried_words(t, book, &from)))
    });
    let (drawn_for, carried) = carried.flatten().unzip();
    // The draw that chose it, which is an earlier month's for a carried visit.
    let chosen_in = drawn_for.map_or_else(|| row.day.month(), |month| month.month());
    let corrected = row.name.clone();
    let entered = state.shown(|book, draw| {
        let visit = book.visit_planned(book.unit(&row.unit)?, draw)?;
        Some(Entered {
            visit: visit.id.clone(),
            made: visit.made?,
        })
    });
    let entered = entered.flatten();
    // What is changed of its plan, and why, stands on the page of visits.
    let task = state.shown(|book, draw| {
        let visit = book.visit_planned(book.unit(&row.unit)?, draw)?;
        Some(visit_route(&visit.id).hash())
    });
    let task = task.flatten();
    view! {
        <aside class="detail-panel pane" aria-label=row.name.clone()>
            <div class="detail-head">
                <h2>{row.name.clone()}</h2>
                <button type="button" class="button is-icon" aria-label=t.close() on:click=close>
                    {icon(Icon::Close)}
                </button>
            </div>
            <div class="detail-section">
                <dl class="facts-list">
                    <dt>{t.col_day()}</dt>
                    <dd>{t.month_day(row.day)} " " {t.weekday(row.day.weekday())}</dd>
                    <dt>{t.col_deadline()}</dt>
                    <dd>{t.month_day(row.deadline)}</dd>
                    <dt>{t.col_officers()}</dt>
                    <dd>{officers.join(t.list_mark())}</dd>
                    {carried.map(|words| view! { <dt>{t.carried_in()}</dt> <dd>{words}</dd> })}
                    <dt>{t.col_items()}</dt>
                    <dd>{items_words(t, &row.items)}</dd>
                    <dt>{t.col_address()}</dt>
                    <dd>{row.address.clone()}</dd>
                    <dt>{t.col_level()}</dt>
                    <dd>{row.stratum.to_string()} " " {t.stratum(row.stratum)} " " {t.level_result(row.level)}</dd>
                    <dt>{t.col_tier()}</dt>
                    <dd>{tier_mark(t, row.risk, true)}</dd>
                </dl>
            </div>
            <div class="detail-section button-row">
                <a class="button" href=Route::record(Page::Units, row.unit.as_str()).hash()>
                    {t.why_drawn(t.month_name(chosen_in))}
                </a>
                {task
                    .map(|href| {
                        view! {
                            <a class="button" href=href>
                                {t.visit_in_tasks()}
                            </a>
                        }
                    })}
                {match (made, closed) {
                    (Some(date), Some(_)) => t.visit_made(t.month_day(date)).into_any(),
                    (Some(date), None) => {
                        view! {
                            <span>{t.visit_made(t.month_day(date))}</span>
                            <button type="button" class="button" on:click=move |_| is_correcting.set(true)>
                                {t.act_correct_visit()}
                            </button>
                        }
                            .into_any()
                    }
                    (None, _) if row.is_void => t.visit_void().into_any(),
                    (None, Some(year)) => t.year_is_closed(year).into_any(),
                    (None, None) if row.approved_on.is_none() => {
                        view! { <span class="caption">{t.approve_first()}</span> }.into_any()
                    }
                    (None, None) => {
                        view! {
                            <button type="button" class="button is-primary" on:click=move |_| is_recording.set(true)>
                                {t.act_record_visit()}
                            </button>
                        }
                            .into_any()
                    }
                }}
            </div>
            {visit_why(state, &row.unit)}
            {move || {
                let entered = entered.clone().filter(|_| is_correcting.get())?;
                let name = corrected.clone();
                Some(view! { <CorrectDialog state name planned entered is_open=is_correcting /> })
            }}
            {move || {
                is_recording
                    .get()
                    .then(|| {
                        view! {
                            <RecordDialog state unit=id.clone() name=name.clone() planned is_open=is_recording />
                        }
                    })
            }}
        </aside>
    }
}
