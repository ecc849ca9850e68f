//! 专项检查: schemes by year, a scheme in three steps, its draw and what came of it.
//!
//! - [`self`]: the list, and the choice between list and scheme
//! - [`scheme`]: a scheme while it may be changed; [`units`]: whom it takes, counted live
//! - [`state`]: what these share
//! - [`drawn`]: its draw and results

mod drawn;
mod scheme;
mod state;
mod units;

use leptos::prelude::*;

use self::drawn::drawn_page;
use self::scheme::scheme_page;
use self::state::SchemeId;
use crate::i18n::Lang;
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Ask, Icon, Line, PageHead, SelectField, Tag, TagKind, icon};
use crate::workbook::campaign::{CampaignKind, CampaignPlan, Proposal};
use crate::workbook::{Action, DrawStep, Workbook};

/// Days that a new scheme lasts unless it says otherwise.
const DAYS_START: i64 = 30;

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    List,
    Gone(String),
    Draft(SchemeId),
    Withdrawn(SchemeId),
    Drawn(SchemeId),
}

/// The state of a scheme, with its words.
fn state_of(t: Lang, book: &Workbook, year: i32, plan: &CampaignPlan) -> (TagKind, &'static str) {
    let draw = book.campaign_draw(year, plan);
    match draw {
        _ if plan.withdrawn.is_some() => (TagKind::Void, t.campaign_state_withdrawn()),
        None => (TagKind::Draft, t.campaign_state_draft()),
        Some(draw) if draw.step() == DrawStep::Drawn => (TagKind::Done, t.campaign_state_drawn()),
        Some(_) => (TagKind::Active, t.campaign_state_open()),
    }
}

/// The page.
#[component]
pub fn CampaignsPage() -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| {
        let id = app.route.with(|route| route.id.clone());
        let Some(id) = id else { return Shown::List };
        read(app, |book| {
            let named = SchemeId::named(&id);
            let plan = named.and_then(|it| book.campaign_plan(it.year, it.number));
            let (Some(named), Some(plan)) = (named, plan) else {
                return Some(Shown::Gone(id.clone()));
            };
            Some(if plan.withdrawn.is_some() {
                Shown::Withdrawn(named)
            } else if book.campaign_draw(named.year, plan).is_some() {
                Shown::Drawn(named)
            } else {
                Shown::Draft(named)
            })
        })
        .unwrap_or(Shown::List)
    });
    move || {
        let shown = shown.get();
        untrack(|| match shown {
            Shown::List => list_page(app),
            Shown::Gone(id) => gone(&id),
            Shown::Draft(id) => scheme_page(app, id),
            Shown::Withdrawn(id) => withdrawn(app, id),
            Shown::Drawn(id) => drawn_page(app, id),
        })
    }
}

fn gone(id: &str) -> AnyView {
    let t = use_lang();
    view! {
        <PageHead title=t.nav_campaign() />
        <div class="page-body">
            <div class="pane empty-state">
                <p>{t.campaign_gone(id)}</p>
                <a class="button is-primary" href=Route::to(Page::Campaign).hash()>
                    {t.campaign_all()}
                </a>
            </div>
        </div>
    }
    .into_any()
}

/// A scheme that was given up: what it was, and why.
fn withdrawn(app: App, id: SchemeId) -> AnyView {
    let t = use_lang();
    let plan = read(app, |book| book.campaign_plan(id.year, id.number).cloned());
    let Some((plan, gone)) = plan.and_then(|plan| Some((plan.clone(), plan.withdrawn?))) else {
        return ().into_any();
    };
    let line = t.campaign_withdrawn_line(t.day_time(gone.at), gone.reason, gone.approver);
    view! {
        <PageHead
            title=plan.name.clone()
            tag=view! { <Tag kind=TagKind::Void text=t.campaign_state_withdrawn() /> }.into_any()
            facts=t.campaign_period(plan.from, plan.to).into_any()
        >
            <a class="button" href=Route::to(Page::Campaign).hash()>
                {t.campaign_all()}
            </a>
        </PageHead>
        <div class="page-body">
            <section class="pane">
                <div class="pane-body">
                    <p>{line}</p>
                    <p class="soft">{t.campaign_filter(&plan.filter)}</p>
                </div>
            </section>
        </div>
    }
    .into_any()
}

fn list_page(app: App) -> AnyView {
    let t = use_lang();
    let is_new = RwSignal::new(false);
    let year = Memo::new(move |_| read(app, |book| book.year_on(app.today()).year));
    let may_add = !app.is_archive();
    let count = move || {
        read(app, |book| {
            book.year(year.get()).map(|it| it.campaigns.len())
        })
        .unwrap_or_default()
    };
    let facts = move || t.campaigns_facts(year.get(), count());
    let rows = move || {
        let (year, is_empty) = (year.get(), count() == 0);
        if is_empty {
            return view! { <p class="empty-state">{t.campaigns_empty()}</p> }.into_any();
        }
        read(app, |book| Some(table(t, book, year))).into_any()
    };
    view! {
        <PageHead title=t.nav_campaign() facts=view! { {facts} }.into_any()>
            {may_add
                .then(|| {
                    view! {
                        <button type="button" class="button is-primary" on:click=move |_| is_new.set(true)>
                            {icon(Icon::Plus)}
                            {t.campaign_new()}
                        </button>
                    }
                })}
        </PageHead>
        <div class="page-body">
            <section class="pane">{rows}</section>
            {move || may_add.then(|| proposals(app, t, year.get()))}
        </div>
        {move || is_new.get().then(|| untrack(|| new_dialog(app, year.get(), is_new)))}
    }
    .into_any()
}

fn table(t: Lang, book: &Workbook, year: i32) -> AnyView {
    let plans = book.year(year).into_iter().flat_map(|it| &it.campaigns);
    let row = |plan: &CampaignPlan| {
        let (kind, words) = state_of(t, book, year, plan);
        let number = plan.number;
        let draw = book.campaign_draw(year, plan);
        let results = draw.filter(|draw| draw.drawn.is_some());
        let results = results.map(|draw| book.campaign_results(draw));
        let progress = results.map(|it| t.campaign_progress(it.made, it.drawn));
        let found = results.map(|it| it.found.to_string());
        view! {
            <tr>
                <td class="number">{number}</td>
                <td>
                    <a href=SchemeId { year, number }.route().hash()>{plan.name.clone()}</a>
                </td>
                <td>{t.campaign_kind_name(plan.kind)}</td>
                <td>{t.campaign_period(plan.from, plan.to)}</td>
                <td>
                    <Tag kind text=words />
                </td>
                <td class="number">{progress}</td>
                <td class="number">{found}</td>
            </tr>
        }
    };
    let rows: Vec<_> = plans.map(row).collect();
    view! {
        <table class="list is-auto" aria-label=t.nav_campaign()>
            <thead>
                <tr>
                    <th scope="col" class="number">{t.col_number()}</th>
                    <th scope="col">{t.campaign_name()}</th>
                    <th scope="col">{t.campaign_kind()}</th>
                    <th scope="col">{t.campaign_col_period()}</th>
                    <th scope="col">{t.campaign_col_state()}</th>
                    <th scope="col" class="number">{t.campaign_col_progress()}</th>
                    <th scope="col" class="number">{t.campaign_col_found()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// Puts a new scheme down and goes to it.
fn put_new(app: App, year: i32, plan: CampaignPlan) -> Result<(), String> {
    let applied = app.act(Action::PutCampaign(year, Box::new(plan)))?;
    let number = applied.id.and_then(|id| id.parse().ok());
    let id = number.map(|number| SchemeId { year, number });
    id.into_iter().for_each(|id| app.go(&id.route()));
    Ok(())
}

/// Times that the calendar proposes, each with a button.
fn proposals(app: App, t: Lang, year: i32) -> AnyView {
    let all = read(app, |book| book.campaign_proposals(year, app.today()));
    let row = |proposal: Proposal| {
        let name = t.campaign_proposed(&proposal);
        let plan = CampaignPlan::new(name.clone(), proposal.kind, proposal.from, proposal.to);
        let label = format!("{} {name}", t.campaign_propose());
        let act = move |_| {
            if let Err(words) = put_new(app, year, plan.clone()) {
                app.toast(words, false);
            }
        };
        view! {
            <tr>
                <td>{name}</td>
                <td>{t.campaign_kind_name(proposal.kind)}</td>
                <td>{t.campaign_period(proposal.from, proposal.to)}</td>
                <td>
                    <button type="button" class="button is-small" aria-label=label on:click=act>
                        {t.campaign_propose()}
                    </button>
                </td>
            </tr>
        }
    };
    view! {
        <section class="pane" aria-labelledby="proposals-title">
            <div class="pane-head">
                <h2 id="proposals-title">{t.campaign_proposals()}</h2>
                <span class="caption">{t.campaign_proposals_note()}</span>
            </div>
            <table class="list is-auto" aria-labelledby="proposals-title">
                <thead>
                    <tr>
                        <th scope="col">{t.campaign_name()}</th>
                        <th scope="col">{t.campaign_kind()}</th>
                        <th scope="col">{t.campaign_col_period()}</th>
                        <th scope="col">
                            <span class="visually-hidden">{t.campaign_propose()}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{all.into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// Asks for a name, and from which scheme to begin.
fn new_dialog(app: App, year: i32, is_open: RwSignal<bool>) -> AnyView {
    let t = use_lang();
    let before = RwSignal::new(String::new());
    let known: Vec<(String, CampaignPlan)> = read(app, |book| {
        let plans = book.years.iter().flat_map(|year| {
            let plans = year.campaigns.iter();
            plans.map(|plan| (format!("{} {}", year.year, plan.name), plan.clone()))
        });
        plans.collect()
    });
    let mut options = vec![(String::new(), t.campaign_copy_none().to_owned())];
    let named = known.iter().enumerate();
    options.extend(named.map(|(at, (words, _))| (at.to_string(), words.clone())));
    let copy = (!known.is_empty())
        .then(|| view! { <SelectField label=t.campaign_copy() value=before options /> });
    let close = Callback::new(move |()| is_open.set(false));
    Ask::new(
        t.campaign_new(),
        t.campaign_new_consequence(),
        t.campaign_new(),
    )
    .more(copy)
    .lines([Line::new(t.campaign_name()).needed()])
    .view(close, move |asked, [name]| {
        let today = app.today();
        let to = today + chrono::TimeDelta::days(DAYS_START);
        let mut plan = CampaignPlan::new(name, CampaignKind::Season, today, to);
        let at = before.with_untracked(|at| at.parse::<usize>().ok());
        if let Some((_, copied)) = at.and_then(|at| known.get(at)) {
            let name = std::mem::take(&mut plan.name);
            let (from, to) = (plan.from, plan.to);
            plan = CampaignPlan {
                number: 0,
                name,
                from,
                to,
                ..copied.clone()
            };
        }
        asked.answer(put_new(app, year, plan));
    })
}
