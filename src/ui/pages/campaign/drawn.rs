//! A campaign whose draw is opened: its ceremony, then plan, entry and results.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::state::SchemeId;
use crate::i18n::Lang;
use crate::model::{Finding, Stratum, Unit};
use crate::papers::campaign_results::{self, summary};
use crate::ui::app::{App, use_lang};
use crate::ui::pages::month::{
    MonthState, ResultView, ceremony_actions, ceremony_body, follow_draw,
};
use crate::ui::pages::screen;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::read;
use crate::ui::widgets::paper::value_sheets;
use crate::ui::widgets::{Dialog, Icon, PageHead, Tag, TagKind, icon};
use crate::workbook::campaign::CampaignPlan;
use crate::workbook::{DrawId, DrawRecord, DrawStep, VisitState, Workbook};

/// The page of a scheme whose draw is opened.
pub(super) fn drawn_page(app: App, id: SchemeId) -> AnyView {
    let draw = Memo::new(move |_| {
        read(app, |book| {
            let plan = book.campaign_plan(id.year, id.number)?;
            Some(book.campaign_draw(id.year, plan)?.id())
        })
    });
    let state = MonthState::of_draw(app, draw);
    follow_draw(state);
    let step = Memo::new(move |_| state.step().map(|step| step.1));
    let is_shown = RwSignal::new(false);
    let is_printed = RwSignal::new(false);
    Effect::new(move |_| {
        if !is_shown.get() {
            is_printed.set(false);
        }
    });
    let view = move || {
        let t = use_lang();
        let plan = read(app, |book| book.campaign_plan(id.year, id.number).cloned())?;
        let step = step.get()?;
        let body = match step {
            DrawStep::Drawn => view! { <ResultView state /> }.into_any(),
            step => ceremony_body(state, step),
        };
        let name = plan.name.clone();
        Some(view! {
            {head(app, state, &plan, step, draw, is_shown)}
            {move || is_printed.get().then(|| untrack(|| printed(app, t, draw, &name)))}
            {body}
            {move || is_shown.get().then(|| untrack(|| results(app, t, draw, [is_shown, is_printed])))}
        })
    };
    view.into_any()
}

fn head(
    app: App,
    state: MonthState,
    plan: &CampaignPlan,
    step: DrawStep,
    draw: Memo<Option<DrawId>>,
    is_shown: RwSignal<bool>,
) -> AnyView {
    let t = use_lang();
    let is_drawn = step == DrawStep::Drawn;
    let (kind, words) = if is_drawn {
        (TagKind::Done, t.campaign_state_drawn())
    } else {
        (TagKind::Active, t.campaign_state_open())
    };
    let period = t.campaign_period(plan.from, plan.to);
    let facts = move || {
        let line = read(app, |book| Some(summary(t, book, book.draw(draw.get()?)?)));
        [Some(period.clone()), line.filter(|_| is_drawn)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(t.list_comma())
    };
    let actions = if is_drawn {
        let address = read(app, |book| {
            Some(screen::address(book.draw(draw.get_untracked()?)?).hash())
        });
        view! {
            <button type="button" class="button" on:click=move |_| is_shown.set(true)>
                {t.campaign_results()}
            </button>
            <a class="button" href=address>{t.act_big_screen()}</a>
            <button type="button" class="button is-primary" on:click=|_| drop(window().print())>
                {icon(Icon::Print)}
                {t.act_print_plan()}
            </button>
        }
        .into_any()
    } else {
        ceremony_actions(state, step)
    };
    view! {
        <PageHead
            title=plan.name.clone()
            tag=view! { <Tag kind text=words /> }.into_any()
            facts=view! { {facts} }.into_any()
        >
            <a class="button" href=Route::to(Page::Campaign).hash()>
                {t.campaign_all()}
            </a>
            {actions}
        </PageHead>
    }
    .into_any()
}

/// Counts by stratum and category, and the units with findings.
fn results(
    app: App,
    t: Lang,
    draw: Memo<Option<DrawId>>,
    [is_shown, is_printed]: [RwSignal<bool>; 2],
) -> AnyView {
    let close = Callback::new(move |()| is_shown.set(false));
    let body = read(app, |book| {
        let draw = book.draw(draw.get_untracked()?)?;
        let by_stratum = counted(book, draw, |unit| t.stratum(unit.stratum()).to_owned());
        let by_category = counted(book, draw, |unit| unit.category.clone());
        let found = found(book, draw);
        let taken = taken(book, draw);
        let taken = (!taken.is_empty()).then(|| {
            view! {
                <h3>{t.campaign_taken_list()}</h3>
                {unit_list(taken)}
            }
        });
        Some(view! {
            <p>{summary(t, book, draw)}</p>
            {table(t, t.campaign_condition("stratum"), by_stratum)}
            {table(t, t.campaign_condition("category"), by_category)}
            <h3>{t.campaign_found_list()}</h3>
            {found_list(t, found)}
            {taken}
        })
    });
    let print = move |_| {
        is_printed.set(true);
        // The sheets are in the page once the signal's effects have run.
        request_animation_frame(|| drop(window().print()));
    };
    view! {
        <Dialog title=t.campaign_results() on_close=close>
            <div class="dialog-body">{body}</div>
            <div class="dialog-foot">
                <button type="button" class="button" autofocus on:click=move |_| close.run(())>
                    {t.close()}
                </button>
                <button type="button" class="button is-primary" on:click=print>
                    {icon(Icon::Print)}
                    {t.campaign_print_results()}
                </button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The paper of what came of it: before the plan's, so that it is printed instead.
fn printed(app: App, t: Lang, draw: Memo<Option<DrawId>>, name: &str) -> Option<AnyView> {
    read(app, |book| {
        let draw = book.draw(draw.get_untracked()?)?;
        let paper = campaign_results::paper(t, book, draw, name);
        Some(value_sheets(t, &paper, true, None))
    })
}

/// Drawn, made, found, by a word of the unit.
fn counted(
    book: &Workbook,
    draw: &DrawRecord,
    word: impl Fn(&Unit) -> String,
) -> BTreeMap<String, [u32; 3]> {
    let mut counts = BTreeMap::<String, [u32; 3]>::new();
    for (visit, _) in book.campaign_visits(draw) {
        let Some(unit) = book.unit(&visit.id.unit) else {
            continue;
        };
        let row = counts.entry(word(unit)).or_default();
        row[0] += 1;
        if let VisitState::Made(made) = visit.state(Some(unit)) {
            row[1] += 1;
            row[2] += u32::from(made.finding == Finding::Found);
        }
    }
    counts
}

fn table(t: Lang, name: String, counts: BTreeMap<String, [u32; 3]>) -> AnyView {
    let label = name.clone();
    let rows = counts.into_iter().map(|(word, numbers)| {
        view! {
            <tr>
                <td>{word}</td>
                {numbers.map(|number| view! { <td class="number">{number}</td> }).collect_view()}
            </tr>
        }
    });
    let heads = [
        t.campaign_col_drawn(),
        t.campaign_col_made(),
        t.campaign_col_found(),
    ];
    view! {
        <table class="list is-auto" aria-label=label>
            <thead>
                <tr>
                    <th scope="col">{name}</th>
                    {heads.map(|head| view! { <th scope="col" class="number">{head}</th> }).collect_view()}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// The units whose visit found something: id, name, stratum.
fn found(book: &Workbook, draw: &DrawRecord) -> Vec<(String, String, Stratum)> {
    let visits = book.campaign_visits(draw).into_iter();
    let found = visits.filter_map(|(visit, _)| {
        let unit = book.unit(&visit.id.unit)?;
        let made = visit.made.filter(|made| made.finding == Finding::Found);
        made.map(|_| (unit.id.to_string(), unit.name.clone(), unit.stratum()))
    });
    found.collect()
}

/// The units whose visit it took from the month's plan.
fn taken(book: &Workbook, draw: &DrawRecord) -> Vec<(String, String, Stratum)> {
    let visits = book.campaign_visits(draw).into_iter();
    let taken = visits.filter(|(_, is_taken)| *is_taken);
    let units = taken.filter_map(|(visit, _)| book.unit(&visit.id.unit));
    units
        .map(|unit| (unit.id.to_string(), unit.name.clone(), unit.stratum()))
        .collect()
}

fn found_list(t: Lang, found: Vec<(String, String, Stratum)>) -> AnyView {
    if found.is_empty() {
        return view! { <p class="soft">{t.campaign_found_none()}</p> }.into_any();
    }
    unit_list(found)
}

fn unit_list(units: Vec<(String, String, Stratum)>) -> AnyView {
    let items = units.into_iter().map(|(id, name, stratum)| {
        view! {
            <li>
                <a href=Route::record(Page::Units, id).hash()>{name}</a>
                " "
                <span class="soft">{stratum.to_string()}</span>
            </li>
        }
    });
    view! { <ul>{items.collect_view()}</ul> }.into_any()
}
