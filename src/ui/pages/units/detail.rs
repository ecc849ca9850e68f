//! The panel beside the list: one unit with all that is known of it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Units;
use super::asking::Asking;
use super::other;
use super::retire::{RestoreDialog, RetireDialog, WithholdDialog};
use super::why::{Why, why_section, year_chance_section};
use crate::desk::history::RecordName;
use crate::desk::visit_table::full_address;
use crate::desk::year_chance::YearChance;
use crate::i18n::Lang;
use crate::model::{Inspection, OfficerId, Subject, Unit, UnitId};
use crate::ui::app::use_lang;
use crate::ui::pages::upkeep::ask::confirm_units;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::history::{History, history_section};
use crate::ui::widgets::list::{detail_head, fact, facts};
use crate::ui::widgets::register::Panel;
use crate::ui::widgets::retire::retired;
use crate::ui::widgets::{Tag, TagKind, hash_text, tier_mark};
use crate::workbook::other_visit::OtherVisit;
use crate::workbook::suspect::Suspicion;
use crate::workbook::{Action, DrawId, DrawRecord, Workbook};

/// Earlier inspections that are listed.
const EARLIER_MAX: usize = 6;

/// A visit that a month's draw planned for the unit.
struct Task {
    month: String,
    day: NaiveDate,
    deadline: NaiveDate,
    made: Option<NaiveDate>,
    is_void: bool,
    lead: String,
    member: String,
    items: Vec<(Subject, u32)>,
}

/// What the panel shows, gathered from the workbook at once.
struct Facts {
    unit: Unit,
    today: NaiveDate,
    earliest: Option<NaiveDate>,
    /// Days after which its tags and tier are overdue; none where they are not.
    review_due: Option<u32>,
    year_count: u32,
    why: Option<Why>,
    /// The standing draws with their months.
    draws: Vec<(DrawId, String)>,
    draw: Option<DrawId>,
    inspections: Vec<Inspection>,
    year_chance: Option<YearChance>,
    task: Option<Task>,
    /// Visits that no draw chose.
    others: Vec<OtherVisit>,
    /// Officers who keep away: id, name, relation.
    avoiders: Vec<(OfficerId, String, String)>,
    suspicions: Vec<Suspicion>,
    history: History,
}

impl Facts {
    fn new(
        t: Lang,
        book: &Workbook,
        id: &UnitId,
        draw: Option<DrawId>,
        today: NaiveDate,
    ) -> Option<Self> {
        let unit = book.unit(id)?.clone();
        let year = book.year_on(today).year;
        let asked = book.standing_draws().find(|known| Some(known.id()) == draw);
        let draw = asked.or_else(|| book.draw_to_explain(id));
        Some(Self {
            earliest: book.earliest_visit(&unit, today),
            review_due: book
                .brigade
                .is_review_due(&unit, today)
                .then_some(book.brigade.review_days),
            year_count: book.inspections_count(&unit, year),
            inspections: book.inspections(&unit),
            others: other::entries_of(book, id),
            why: draw.and_then(|draw| Why::new(t, book, draw, id)),
            draws: book
                .standing_draws()
                .map(|draw| (draw.id(), t.draw_name(draw.month, &draw.occasion)))
                .collect(),
            draw: draw.map(DrawRecord::id),
            year_chance: book.year_chance(id, year),
            task: draw.and_then(|draw| task(t, book, draw, &unit)),
            avoiders: book
                .avoiders(id, today)
                .map(|(who, it)| (who.id.clone(), who.name.clone(), it.reason.clone()))
                .collect(),
            suspicions: book.suspicions_of(&unit, today),
            history: History::new(book, &RecordName::Unit(unit.id.clone())),
            unit,
            today,
        })
    }
}

fn task(t: Lang, book: &Workbook, draw: &DrawRecord, unit: &Unit) -> Option<Task> {
    let row = book
        .visit_rows(draw)
        .into_iter()
        .find(|row| row.unit == unit.id)?;
    Some(Task {
        month: t.month_name(draw.month.month()),
        day: row.day,
        deadline: row.deadline,
        made: row.made,
        is_void: row.is_void,
        lead: book.officer_name(&row.lead),
        member: book.officer_name(&row.member),
        items: row.items,
    })
}

/// One unit.
pub(super) fn panel(page: Units, id: String) -> (Panel, AnyView) {
    let t = use_lang();
    let asking = RwSignal::new(None::<Asking>);
    let chosen = RwSignal::new(None::<DrawId>);
    let id = UnitId::new(id).ok();
    let own = id.clone();
    let panel = move || {
        let today = page.app.today();
        let facts = page.app.workbook.with(|book| {
            let (book, id) = (book.as_ref()?, own.as_ref()?);
            Facts::new(t, book, id, chosen.get(), today)
        })?;
        Some(show(page, t, facts, asking, chosen))
    };
    let dialog = move || {
        let (id, on_close) = (id.clone()?, Callback::new(move |()| asking.set(None)));
        asking.get().map(|asked| match asked {
            Asking::Retire => view! { <RetireDialog page id on_close /> }.into_any(),
            Asking::Restore => view! { <RestoreDialog page id on_close /> }.into_any(),
            Asking::Confirm => confirm_units(page.app, BTreeSet::from([id]), on_close),
            Asking::Other => other::other_dialog(page, id, on_close),
            Asking::WithdrawOther { year, number } => {
                other::withdraw_dialog(page, year, number, on_close)
            }
            Asking::Withhold => view! { <WithholdDialog page id on_close /> }.into_any(),
        })
    };
    (Box::new(panel), dialog.into_any())
}

fn show(
    page: Units,
    t: Lang,
    facts: Facts,
    asking: RwSignal<Option<Asking>>,
    chosen: RwSignal<Option<DrawId>>,
) -> AnyView {
    let Facts {
        unit,
        today,
        earliest,
        review_due,
        year_count,
        why,
        draws,
        draw,
        inspections,
        year_chance,
        task,
        others,
        avoiders,
        suspicions,
        history,
    } = facts;
    let others = other::section(page, t, &unit, others, asking);
    let months = month_choice(t, draws, draw, chosen);
    let why = match why {
        Some(why) => why_section(t, why, months),
        None => view! { <p class="detail-section caption">{t.unit_why_none()}</p> }.into_any(),
    };
    view! {
        {head(page, t, &unit, asking)}
        {suspect(t, &suspicions, asking)}
        {why}
        {year_chance.map(|chance| year_chance_section(t, &chance))}
        {interval(t, &inspections, earliest, year_count, today)}
        {task.map(|task| task_section(t, task))}
        {others}
        {avoiders_section(t, avoiders)}
        {missing(page, t, &unit)}
        {record(page, t, &unit, review_due, asking)}
        {history_section(t, &history)}
    }
    .into_any()
}

fn head(page: Units, t: Lang, unit: &Unit, asking: RwSignal<Option<Asking>>) -> AnyView {
    let id = unit.id.clone();
    let is_active = unit.status.is_active();
    let (words, ask) = if is_active {
        (t.unit_retire(), Asking::Retire)
    } else {
        (t.unit_restore(), Asking::Restore)
    };
    let actions = view! {
        <button
            type="button"
            class="button is-small"
            on:click=move |_| page.edit(id.as_str())
        >
            {t.edit()}
        </button>
        <button type="button" class="button is-small" on:click=move |_| asking.set(Some(ask))>
            {words}
        </button>
    };
    let code = match &unit.code {
        Some(code) => hash_text(code.as_str(), usize::MAX, false),
        None => view! { <span class="caption">{t.unit_no_code()}</span> }.into_any(),
    };
    let retired = retired(t, &unit.status);
    let withheld = unit.withheld.as_ref().map(|withholding| {
        view! {
            <div class="detail-retired">
                <Tag kind=TagKind::Plain text=t.unit_withheld_tag() />
                <span>{t.unit_withheld_text(withholding.since, &withholding.approver)}</span>
                <span class="reason">{withholding.reason.clone()}</span>
            </div>
        }
    });
    let stratum = unit.stratum();
    let stratum = t.units_fact_stratum(stratum, t.stratum(stratum), "");
    view! {
        {detail_head(t, unit.name.clone(), actions.into_any(), Callback::new(move |()| page.close()))}
        <div class="detail-facts">
            {code}
            <div class="fact-words">
                <span>{stratum.trim().to_owned()}</span>
                <span>{t.legal_kind(unit.legal_kind)}</span>
                {tier_mark(t, unit.risk, true)}
                <span>{t.unit_credit(t.credit(unit.credit))}</span>
            </div>
            {retired}
            {withheld}
        </div>
    }
    .into_any()
}

/// What speaks against a unit that may be gone, and what can be done about it.
fn suspect(t: Lang, suspicions: &[Suspicion], asking: RwSignal<Option<Asking>>) -> Option<AnyView> {
    let lines = suspicions.iter().map(|it| {
        let words = t.suspicion(it);
        view! { <li>{words}</li> }
    });
    let section = view! {
        <section class="detail-section">
            <h3>
                <span class="warn-text">{t.upkeep_said()}</span>
            </h3>
            <ul class="detail-lines">{lines.collect_view()}</ul>
            <div class="button-row">
                <button
                    type="button"
                    class="button is-small"
                    on:click=move |_| asking.set(Some(Asking::Confirm))
                >
                    {t.upkeep_confirm()}
                </button>
                <button
                    type="button"
                    class="button is-small"
                    on:click=move |_| asking.set(Some(Asking::Retire))
                >
                    {t.upkeep_retire()}
                </button>
                <a href="#/upkeep?list=suspects">{t.upkeep_batch()}</a>
            </div>
        </section>
    };
    (!suspicions.is_empty()).then(|| section.into_any())
}

/// The drawn months to choose from, where there are several.
fn month_choice(
    t: Lang,
    draws: Vec<(DrawId, String)>,
    shown: Option<DrawId>,
    chosen: RwSignal<Option<DrawId>>,
) -> AnyView {
    if draws.len() < 2 {
        return ().into_any();
    }
    let options = draws.into_iter().rev().map(|(id, month)| {
        view! {
            <option value=id.to_string() selected=Some(id) == shown>
                {month}
            </option>
        }
    });
    view! {
        <select
            class="control why-month"
            aria-label=t.unit_why_month()
            on:change=move |event| chosen.set(event_target_value(&event).parse().ok())
        >
            {options.collect_view()}
        </select>
    }
    .into_any()
}

fn interval(
    t: Lang,
    inspections: &[Inspection],
    earliest: Option<NaiveDate>,
    year_count: u32,
    today: NaiveDate,
) -> AnyView {
    let words = |visit: &Inspection| t.unit_last(visit.date, t.finding(visit.finding));
    let visits = inspections.iter().rev();
    let last = visits
        .clone()
        .next()
        .map_or_else(|| t.never_inspected().to_owned(), words);
    let earlier = visits.skip(1).take(EARLIER_MAX).map(|visit| {
        view! { <span class="line">{words(visit)}</span> }
    });
    let earlier: Vec<_> = earlier.collect();
    let earlier = (!earlier.is_empty()).then(|| {
        view! {
            <dt>{t.unit_earlier()}</dt>
            <dd>{earlier}</dd>
        }
    });
    let is_ahead = earliest.is_some_and(|earliest| earliest > today);
    view! {
        <section class="detail-section">
            <h3>{t.interval_title()}</h3>
            <dl class="facts-list">
                {fact(t.last_visit(), last)}
                {earlier}
                <dt>{t.six_months_over()}</dt>
                <dd class:warn-text=is_ahead>{t.unit_interval(earliest, today)}</dd>
                {fact(t.visits_this_year(), t.visits_this_year_text(year_count))}
            </dl>
        </section>
    }
    .into_any()
}

fn task_section(t: Lang, task: Task) -> AnyView {
    let day = match task.made {
        Some(made) => t.unit_task_made(t.month_day(made)),
        None if task.is_void => t.visit_void().to_owned(),
        None => t.unit_task_day_text(t.month_day(task.day), t.month_day(task.deadline)),
    };
    let items = task
        .items
        .iter()
        .map(|(subject, count)| t.unit_task_count(t.subject(*subject), count))
        .collect::<Vec<_>>()
        .join(t.list_mark());
    view! {
        <section class="detail-section">
            <h3>{t.unit_task_title(&task.month)}</h3>
            <dl class="facts-list">
                {fact(t.unit_task_day(), day)}
                {fact(t.unit_task_officers(), t.unit_task_pair(task.lead, task.member))}
                {fact(t.unit_task_items(), items)}
            </dl>
        </section>
    }
    .into_any()
}

/// Officers who keep from the unit, with the relation of each.
fn avoiders_section(t: Lang, avoiders: Vec<(OfficerId, String, String)>) -> Option<AnyView> {
    let row = |(id, name, reason): (OfficerId, String, String)| {
        let href = Route::record(Page::Officers, id.as_str()).hash();
        view! {
            <li>
                <a href=href>{name}</a>
                " "
                <span class="soft">{reason}</span>
            </li>
        }
    };
    (!avoiders.is_empty()).then(|| {
        view! {
            <section class="detail-section">
                <h3>{t.unit_avoiders()}</h3>
                <ul class="detail-list">{avoiders.into_iter().map(row).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn missing(page: Units, t: Lang, unit: &Unit) -> AnyView {
    let missing = unit.missing();
    if missing.is_empty() {
        return ().into_any();
    }
    let count = t.unit_missing_count(missing.len());
    let rows = missing.into_iter().map(|field| {
        let id = unit.id.clone();
        let name = t.import_field(field.key);
        view! {
            <dt>{name.clone()}</dt>
            <dd>
                <button
                    type="button"
                    class="link-button"
                    aria-label=format!("{} {name}", t.unit_missing_fill())
                    on:click=move |_| page.edit(id.as_str())
                >
                    {t.unit_missing_fill()}
                </button>
            </dd>
        }
    });
    view! {
        <section class="detail-section">
            <h3>
                {t.unit_missing_title()} " " <span class="warn-text is-light">{count}</span>
            </h3>
            <dl class="facts-list is-wide">{rows.collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// How the unit stands in what is published, and the way to withhold it.
fn publication(t: Lang, unit: &Unit, asking: RwSignal<Option<Asking>>) -> AnyView {
    match &unit.withheld {
        Some(withholding) => fact(t.unit_alias(), withholding.alias.as_str()).into_any(),
        None => view! {
            <dt>{t.unit_publication()}</dt>
            <dd>
                {t.unit_published()} " "
                <button
                    type="button"
                    class="link-button"
                    on:click=move |_| asking.set(Some(Asking::Withhold))
                >
                    {t.unit_withhold()}
                </button>
            </dd>
        }
        .into_any(),
    }
}

/// When tags and tier were looked at, and the way to say that they were, today.
fn review(page: Units, t: Lang, unit: &Unit, due: Option<u32>) -> AnyView {
    let words = match (unit.reviewed_on, due) {
        (None, _) => t.unit_reviewed_never().to_owned(),
        (Some(day), Some(days)) => t.unit_reviewed_due(day, days),
        (Some(day), None) => day.to_string(),
    };
    let today = page.app.today();
    let reviewed = Unit {
        reviewed_on: Some(today),
        ..unit.clone()
    };
    let act = move |_| {
        let words = t.unit_reviewed(&reviewed.name);
        let action = Action::EditUnitAlike(Box::new(reviewed.clone()));
        if let Err(why) = page.app.act_and_tell(action, words) {
            page.app.toast(why, false);
        }
    };
    let button = (unit.reviewed_on != Some(today)).then(|| {
        view! {
            <button type="button" class="link-button" on:click=act>
                {t.unit_review_unchanged()}
            </button>
        }
    });
    view! {
        <dt>{t.unit_reviewed_short()}</dt>
        <dd>
            <span class:warn-text=due.is_some()>{words}</span>
            " "
            {button}
        </dd>
    }
    .into_any()
}

fn record(
    page: Units,
    t: Lang,
    unit: &Unit,
    review_due: Option<u32>,
    asking: RwSignal<Option<Asking>>,
) -> AnyView {
    let special = |key| match key {
        // With the township, which stands in no line of its own.
        "address" => Some(fact(t.unit_address(), full_address(unit))),
        "reviewed_on" => Some(review(page, t, unit, review_due)),
        _ => None,
    };
    view! {
        <section class="detail-section">
            <h3>{t.unit_record_title()}</h3>
            <dl class="facts-list">
                {fact(t.unit_id(), unit.id.as_str())}
                {facts(t, unit, special)}
                {publication(t, unit, asking)}
            </dl>
        </section>
    }
    .into_any()
}
