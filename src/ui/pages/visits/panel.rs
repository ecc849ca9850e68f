//! A chosen visit: what can be done, its five steps, its team, its items, what was changed.

use chrono::Datelike;
use leptos::prelude::*;

use super::list::stage_tag;
use super::told::{changes, steps};
use super::{Asking, Visits, papers, told_result};
use crate::desk::visit_table::full_address;
use crate::i18n::Lang;
use crate::model::{OfficerId, Unit};
use crate::ui::pages::month::items_words;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::{close_record, detail_head, fact};
use crate::ui::widgets::tier_mark;
use crate::workbook::visit_stage::VisitStage;
use crate::workbook::{Visit, VisitId, Workbook};

pub(super) fn panel(page: Visits, t: Lang, id: &VisitId) -> AnyView {
    let app = page.app;
    let close = Callback::new(move |()| close_record(app));
    let shown = app.workbook.with(|book| {
        let book = book.as_deref()?;
        let (visit, unit) = (book.visit(id)?, book.unit(&id.unit)?);
        Some(sections(page, t, book, visit, unit))
    });
    let name = app.workbook.with(|book| {
        let unit = book.as_deref()?.unit(&id.unit)?;
        Some(unit.name.clone())
    });
    let name = name.unwrap_or_else(|| id.unit.to_string());
    let shown = shown
        .unwrap_or_else(|| view! { <p class="detail-section">{t.visit_gone()}</p> }.into_any());
    let label = name.clone();
    view! {
        <aside class="detail-panel" aria-label=label>
            {detail_head(t, name, ().into_any(), close)}
            {shown}
        </aside>
    }
    .into_any()
}

fn sections(page: Visits, t: Lang, book: &Workbook, visit: &Visit, unit: &Unit) -> AnyView {
    let stage = book.visit_stage(visit, page.app.today());
    let is_over = matches!(stage, VisitStage::Void | VisitStage::Unmade);
    let drew = book.draw(visit.id.draw);
    let frozen = drew.and_then(|draw| draw.register.snapshot.unit(&draw.id_of(unit)));
    let level = frozen.map(|it| {
        format!(
            "{} {} {}",
            it.stratum,
            t.stratum(it.stratum),
            t.level_result(it.level)
        )
    });
    view! {
        <div class="visit-facts">
            {stage_tag(t, stage)} <span>{level}</span> {tier_mark(t, unit.risk, true)}
            <span>{full_address(unit)}</span>
        </div>
        {actions(page, t, book, visit, stage)}
        {steps(t, &book.visit_steps(visit), is_over)}
        {told_result::section(t, book, visit)}
        {team(t, book, visit, unit)}
        {papers::section(page, t, book, visit)}
        {changes(t, book, visit)}
    }
    .into_any()
}

/// What may be done now. Of a closed year, or a visit that is over, nothing.
fn actions(page: Visits, t: Lang, book: &Workbook, visit: &Visit, stage: VisitStage) -> AnyView {
    let id = visit.id.clone();
    let is_open = !book.is_year_closed(id.draw.year) && !page.app.is_archive();
    let may_move = is_open
        && matches!(
            stage,
            VisitStage::Planned | VisitStage::ToEnter | VisitStage::Overdue
        );
    let was_left = stage == VisitStage::SetAside && !visit.plan_changes.is_empty();
    let button = |words: &'static str, asking: Asking| {
        view! {
            <button type="button" class="button" on:click=move |_| page.asking.set(Some(asking.clone()))>
                {words}
            </button>
        }
    };
    let results = is_open.then(|| results(page, t, visit, stage));
    let moves = (may_move || (is_open && was_left)).then(|| {
        view! {
            {button(t.act_day(), Asking::Day(id.clone(), None))}
            {may_move.then(|| button(t.act_team(), Asking::Team(id.clone())))}
            {may_move.then(|| button(t.act_absent(), Asking::Absent(Some(id.clone()))))}
            {button(t.act_closed(), Asking::Closed(id.clone()))}
        }
    });
    let unapproved = (stage == VisitStage::Unapproved)
        .then(|| view! { <span class="caption">{t.approve_first()}</span> });
    let plan = book.plan_of_visit(visit).map(|(draw, _)| draw);
    let month = plan.map(|draw| {
        let route = Route::of_draw(draw).with("unit", visit.id.unit.as_str());
        view! {
            <a class="button" href=route.hash()>
                {t.visit_in_month()}
            </a>
        }
    });
    view! { <div class="visit-actions">{results} {moves} {unapproved} {month}</div> }.into_any()
}

/// What may be done about the result: the one step at hand first.
fn results(page: Visits, t: Lang, visit: &Visit, stage: VisitStage) -> AnyView {
    let id = || visit.id.clone();
    let button = |words: &'static str, asking: Asking, is_primary: bool| {
        view! {
            <button
                type="button"
                class="button"
                class:is-primary=is_primary
                on:click=move |_| page.asking.set(Some(asking.clone()))
            >
                {words}
            </button>
        }
    };
    let is_due = matches!(
        stage,
        VisitStage::ToEnter | VisitStage::Overdue | VisitStage::Returned
    );
    let may_enter = is_due || stage == VisitStage::Planned;
    let has_record = visit.made.is_some() && visit.record().is_some();
    let is_open = has_record && !visit.open_findings().is_empty();
    let is_untold = visit.notice.is_none() && stage == VisitStage::Planned;
    let correct = has_record && stage != VisitStage::Returned;
    view! {
        {(stage == VisitStage::ToReview)
            .then(|| button(t.review_act(), Asking::Review(vec![id()]), true))}
        {may_enter.then(|| button(t.result_enter(), Asking::Record(id()), is_due))}
        {is_open.then(|| button(t.recheck_act(), Asking::Recheck(id()), stage == VisitStage::ToRecheck))}
        {is_untold.then(|| button(t.notice_act(), Asking::Notice(vec![id()]), false))}
        {correct.then(|| button(t.result_correct(), Asking::Record(id()), false))}
    }
    .into_any()
}

fn team(t: Lang, book: &Workbook, visit: &Visit, unit: &Unit) -> AnyView {
    let planned = book.plan_of_visit(visit).and_then(|(_, planned)| planned);
    let record = visit.record().map(|record| &record.team);
    let last = visit.plan_changes.last().and_then(|it| it.before.as_ref());
    let team = record
        .map(|it| [&it.lead, &it.member])
        .or_else(|| planned.or(last).map(|it| [&it.lead, &it.member]));
    let officer = |id: &OfficerId| {
        let certificate = book
            .officer(id)
            .map(|it| it.certificate_number.clone())
            .filter(|number| !number.is_empty());
        let certificate = certificate.map(|number| t.visit_certificate(number));
        let words = [Some(book.officer_name(id)), certificate];
        words.into_iter().flatten().collect::<Vec<_>>().join("　")
    };
    let [lead, member] = [0, 1].map(|at| team.map(|team| officer(team[at])).unwrap_or_default());
    let day = planned.map(|it| {
        let deadline = t.month_day(book.deadline(it.day));
        let day = format!("{} {}", t.month_day(it.day), t.weekday(it.day.weekday()));
        [day, format!("{} {deadline}", t.col_deadline())].join(t.list_comma())
    });
    let made = visit.made.map(|made| t.visit_made(t.month_day(made.date)));
    let items = items_words(t, &book.subjects_of(visit));
    let nth = t.visit_nth(book.visit_nth(visit));
    let contact = [&unit.responsible, &unit.phone];
    let contact: Vec<&str> = contact
        .into_iter()
        .map(String::as_str)
        .filter(|it| !it.is_empty())
        .collect();
    view! {
        <section class="detail-section">
            <dl class="facts-list">
                {fact(t.visit_lead(), lead)} {fact(t.visit_member(), member)}
                {fact(t.visit_planned_day(), day.unwrap_or_default())}
                {fact(t.col_state(), made.unwrap_or_default())}
                {fact(t.col_items(), [items, nth].join(t.list_comma()))}
                {fact(t.visit_phone(), contact.join("　"))}
            </dl>
            <p class="visit-links">
                <a href=Route::record(Page::Units, unit.id.as_str()).hash()>
                    {t.why_drawn(t.month_name(book.draw(visit.id.draw).map_or(1, |draw| draw.month.month())))}
                </a>
            </p>
        </section>
    }
    .into_any()
}
