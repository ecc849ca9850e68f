//! The panel beside the list: one officer's absences, avoidances and visits.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Officers;
use super::form::team_words;
use super::leave::LeaveDialog;
use crate::desk::VisitRow;
use crate::desk::avoidance::TeamLeft;
use crate::desk::history::RecordName;
use crate::desk::officer_list::{CertificateState, Presence};
use crate::i18n::Lang;
use crate::model::{Absence, Avoidance, Officer, OfficerId};
use crate::ui::app::use_lang;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::history::{History, history_section};
use crate::ui::widgets::list::{detail_head, fact, facts};
use crate::ui::widgets::register::Panel;
use crate::ui::widgets::{Tag, TagKind};
use crate::workbook::Workbook;

/// What the panel shows, gathered from the workbook at once.
struct Facts {
    officer: Officer,
    presence: Presence,
    certificate: CertificateState,
    avoidances: Vec<Avoided>,
    /// The last drawn month and the officer's visits in it.
    visits: Option<(String, Vec<VisitRow>)>,
    is_draw_open: bool,
    history: History,
}

impl Facts {
    fn new(t: Lang, book: &Workbook, page: Officers, id: &OfficerId) -> Option<Self> {
        let officer = book.officer(id)?.clone();
        let place = book.officers.iter().position(|other| other.id == *id)?;
        let row = page.index.with(|index| index.rows.get(place).cloned())?;
        let today = page.app.today();
        let avoidances = officer.avoidances.iter().map(|avoidance| Avoided {
            unit: match book.unit(&avoidance.unit) {
                Some(unit) => unit.name.clone(),
                None => avoidance.unit.to_string(),
            },
            left: avoidance
                .holds_on(today)
                .then(|| book.team_left(&avoidance.unit, id, today)),
            avoidance: avoidance.clone(),
        });
        let visits = book.last_drawn().map(|draw| {
            let mut rows = book.month_visits(draw.month);
            rows.retain(|row| row.lead == *id || row.member == *id);
            (t.month_name(draw.month.month()), rows)
        });
        Some(Self {
            avoidances: avoidances.collect(),
            presence: row.presence,
            certificate: row.certificate,
            visits,
            is_draw_open: book.open_draw_record().is_some(),
            history: History::new(book, &RecordName::Officer(id.clone())),
            officer,
        })
    }
}

/// A unit that the officer keeps from.
struct Avoided {
    /// Its name.
    unit: String,
    avoidance: Avoidance,
    /// Who is left to visit it; none: the avoidance has ended.
    left: Option<TeamLeft>,
}

/// One officer.
pub(super) fn panel(page: Officers, id: String) -> (Panel, AnyView) {
    let t = use_lang();
    let is_leaving = RwSignal::new(false);
    let id = OfficerId::new(id).ok();
    let own = id.clone();
    let panel = move || {
        let facts = page
            .app
            .workbook
            .with(|book| Facts::new(t, book.as_ref()?, page, own.as_ref()?))?;
        Some(show(page, t, facts, is_leaving))
    };
    let dialog = move || {
        let (id, on_close) = (id.clone()?, Callback::new(move |()| is_leaving.set(false)));
        is_leaving
            .get()
            .then(|| view! { <LeaveDialog page id on_close /> })
    };
    (Box::new(panel), dialog.into_any())
}

fn show(page: Officers, t: Lang, facts: Facts, is_leaving: RwSignal<bool>) -> AnyView {
    let officer = &facts.officer;
    let id = officer.id.clone();
    let close = Callback::new(move |()| page.close());
    let edit = view! {
        <button
            type="button"
            class="button is-small"
            on:click=move |_| page.edit(id.as_str())
        >
            {t.edit()}
        </button>
        <button
            type="button"
            class="button is-small"
            on:click=move |_| is_leaving.set(true)
        >
            {if officer.has_left { t.officer_return() } else { t.officer_leave() }}
        </button>
    };
    let kind = match facts.presence {
        Presence::OnDuty => TagKind::Done,
        Presence::Left => TagKind::Void,
        Presence::Absent { .. } | Presence::CertificateOver { .. } => TagKind::Warn,
    };
    let lead = if officer.may_lead {
        t.officer_lead_yes()
    } else {
        t.officer_lead_no()
    };
    let note = t.certificate_note(facts.certificate);
    let note = (!note.is_empty() && !officer.has_left)
        .then(|| view! { <p class="warn-text detail-note">{note}</p> });
    let frozen = facts
        .is_draw_open
        .then(|| view! { <p class="caption detail-note">{t.officer_frozen_note()}</p> });
    view! {
        {detail_head(t, officer.name.clone(), edit.into_any(), close)}
        <div class="detail-facts">
            <div class="fact-words">
                <Tag kind text=t.presence(facts.presence) />
                <span>{lead}</span>
                <span>{officer.position.clone()}</span>
            </div>
            {note}
            {frozen}
        </div>
        {absences(t, officer)}
        {avoidances(t, &facts.avoidances)}
        {visits(t, &facts)}
        {record(t, officer, facts.certificate)}
        {history_section(t, &facts.history)}
    }
    .into_any()
}

fn absences(t: Lang, officer: &Officer) -> AnyView {
    let mut sorted: Vec<&Absence> = officer.absences.iter().collect();
    sorted.sort_by_key(|absence| std::cmp::Reverse(absence.from));
    let row = |absence: &Absence| {
        let approved = if absence.approver.is_empty() {
            view! { <span class="warn-text">{t.officer_absence_unapproved()}</span> }.into_any()
        } else {
            view! { <span class="soft">{t.officer_absence_approved(&absence.approver)}</span> }
                .into_any()
        };
        view! {
            <li>
                <b>{t.absence_kind(absence.kind)}</b>
                " "
                {t.officer_absence_period(absence.from, absence.to)}
                <span class="line">{absence.reason.clone()} " " {approved}</span>
            </li>
        }
    };
    let list = if sorted.is_empty() {
        view! { <p class="soft">{t.officer_absences_none()}</p> }.into_any()
    } else {
        view! { <ul class="detail-list">{sorted.into_iter().map(row).collect_view()}</ul> }
            .into_any()
    };
    view! {
        <section class="detail-section">
            <h3>{t.officer_absences()}</h3>
            {list}
        </section>
    }
    .into_any()
}

fn avoidances(t: Lang, avoidances: &[Avoided]) -> AnyView {
    let row = |avoided: &Avoided| {
        let it = &avoided.avoidance;
        let href = Route::record(Page::Units, it.unit.as_str()).hash();
        let until = it.until.map(|day| match avoided.left {
            Some(_) => t.officer_avoidance_ends(day),
            None => t.officer_avoidance_over(day),
        });
        let approved = if it.approver.is_empty() {
            view! { <span class="warn-text">{t.officer_absence_unapproved()}</span> }.into_any()
        } else {
            view! { <span class="soft">{t.officer_absence_approved(&it.approver)}</span> }
                .into_any()
        };
        view! {
            <li>
                <a href=href>{avoided.unit.clone()}</a>
                " "
                <span class="soft">{until}</span>
                <span class="line">
                    {it.reason.clone()} " "
                    <span class="soft">{t.avoidance_ground(it.ground)} " · " {t.asked_by(it.asked_by)}</span>
                    " "
                    {approved}
                </span>
                {avoided.left.map(|left| team_words(t, left))}
            </li>
        }
    };
    let list = if avoidances.is_empty() {
        view! { <p class="soft">{t.officer_avoidances_none()}</p> }.into_any()
    } else {
        view! { <ul class="detail-list">{avoidances.iter().map(row).collect_view()}</ul> }
            .into_any()
    };
    view! {
        <section class="detail-section">
            <h3>{t.officer_avoidances()}</h3>
            {list}
        </section>
    }
    .into_any()
}

fn visits(t: Lang, facts: &Facts) -> AnyView {
    let Some((month, rows)) = &facts.visits else {
        return ().into_any();
    };
    let row = |visit: &VisitRow| {
        let href = Route::record(Page::Units, visit.unit.as_str()).hash();
        let role = if visit.lead == facts.officer.id {
            t.officer_as_lead()
        } else {
            t.officer_as_member()
        };
        view! {
            <tr>
                <td>{t.month_day_short(visit.day)}</td>
                <td>
                    <a href=href>{visit.name.clone()}</a>
                </td>
                <td class="soft">{role}</td>
            </tr>
        }
    };
    let list = if rows.is_empty() {
        view! { <p class="soft">{t.officer_visits_none()}</p> }.into_any()
    } else {
        view! {
            <table class="detail-table">
                <thead class="visually-hidden">
                    <tr>
                        <th scope="col">{t.col_day()}</th>
                        <th scope="col">{t.col_unit()}</th>
                        <th scope="col">{t.officers_col_lead()}</th>
                    </tr>
                </thead>
                <tbody>{rows.iter().map(row).collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <section class="detail-section">
            <h3>
                {t.officer_visits(month)} " " <span class="soft is-light">{t.visits_count(rows.len())}</span>
            </h3>
            {list}
        </section>
    }
    .into_any()
}

fn record(t: Lang, officer: &Officer, certificate: CertificateState) -> AnyView {
    let until = |key| {
        let cell = || {
            view! {
                <dt>{t.officers_col_until()}</dt>
                <dd>{until_text(t, officer.certificate_until, certificate)}</dd>
            }
            .into_any()
        };
        (key == "certificate_until").then(cell)
    };
    view! {
        <section class="detail-section">
            <h3>{t.officer_record()}</h3>
            <dl class="facts-list">
                {fact(t.unit_id(), officer.id.as_str())}
                {facts(t, officer, until)}
            </dl>
        </section>
    }
    .into_any()
}

/// A certificate's last day, and the warning beside it.
pub fn until_text(t: Lang, until: Option<NaiveDate>, state: CertificateState) -> AnyView {
    let Some(until) = until else {
        return view! { <span class="soft">{t.officer_until_unknown()}</span> }.into_any();
    };
    match state {
        CertificateState::Over => {
            view! { <span class="bad-text">{t.officer_until_over(until)}</span> }.into_any()
        }
        CertificateState::EndsSoon => {
            view! { <span class="warn-text">{t.officer_until_soon(until)}</span> }.into_any()
        }
        CertificateState::Valid | CertificateState::Unknown => until.to_string().into_any(),
    }
}
