//! Visits to a unit that no draw chose: what is kept of them, their entry and its withdrawal.

use leptos::prelude::*;

use super::Units;
use super::asking::Asking;
use crate::i18n::Lang;
use crate::model::{Finding, OfficerId, Unit, UnitId};
use crate::ui::app::use_lang;
use crate::ui::pages::month::{finding_key, finding_of, finding_options};
use crate::ui::widgets::list::{choice_of, choices, chosen, officer_choices, read};
use crate::ui::widgets::{Ask, Line, SelectField};
use crate::workbook::other_visit::{BeyondGround, OtherKind, OtherVisit};
use crate::workbook::own_visit::OwnTeam;
use crate::workbook::{Action, Workbook};

use chrono::Datelike;

/// The entries of a unit, those that were withdrawn as well, the last first.
pub(super) fn entries_of(book: &Workbook, unit: &UnitId) -> Vec<OtherVisit> {
    let all = book.years.iter().flat_map(|year| &year.others);
    let mut of_unit: Vec<OtherVisit> = all.filter(|it| it.unit == *unit).cloned().collect();
    of_unit.sort_by_key(|it| std::cmp::Reverse((it.date, it.number)));
    of_unit
}

pub(super) fn section(
    page: Units,
    t: Lang,
    unit: &Unit,
    entries: Vec<OtherVisit>,
    asking: RwSignal<Option<Asking>>,
) -> AnyView {
    let may_enter = unit.status.is_active() && !page.app.is_archive();
    let line = |visit: OtherVisit| {
        let (year, number) = (visit.date.year(), visit.number);
        let ground = visit.beyond.map(|ground| t.beyond_ground(ground));
        let words = [
            Some(t.other_kind(visit.kind)),
            Some(t.finding(visit.finding)),
            ground,
        ];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        let is_gone = visit.withdrawn.is_some();
        let end = match &visit.withdrawn {
            Some(gone) => view! {
                <span class="caption">{t.other_withdrawn()} " " {gone.why.clone()}</span>
            }
            .into_any(),
            None => may_enter
                .then(|| {
                    let ask = Asking::WithdrawOther { year, number };
                    view! {
                        <button type="button" class="link-button" on:click=move |_| asking.set(Some(ask))>
                            {t.other_withdraw()}
                        </button>
                    }
                })
                .into_any(),
        };
        view! {
            <li>
                <span class="number" class:is-struck=is_gone>
                    {visit.date.to_string()}
                </span>
                <span>{words.join(t.list_comma())} " " <span class="caption">{visit.source}</span></span>
                {end}
            </li>
        }
    };
    if entries.is_empty() && !may_enter {
        return ().into_any();
    }
    let button = may_enter.then(|| {
        view! {
            <button
                type="button"
                class="button is-small"
                on:click=move |_| asking.set(Some(Asking::Other))
            >
                {t.other_act()}
            </button>
        }
    });
    view! {
        <section class="detail-section" aria-labelledby="unit-others">
            <div class="section-head">
                <h3 id="unit-others">{t.others_section()}</h3>
                {button}
            </div>
            <ul class="other-visits">{entries.into_iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// Enters a visit that no draw chose.
pub(super) fn other_dialog(page: Units, unit: UnitId, close: Callback<()>) -> AnyView {
    let (app, t) = (page.app, use_lang());
    let name = read(app, |book| {
        let unit = book.unit(&unit);
        unit.map(|unit| unit.name.clone()).unwrap_or_default()
    });
    let kind = RwSignal::new(choice_of(&OtherKind::ALL, &OtherKind::default()));
    let ground = RwSignal::new(String::new());
    let finding = RwSignal::new(finding_key(Finding::None));
    let (lead, member) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let mut grounds = vec![(String::new(), t.other_ground_none().to_owned())];
    grounds.extend(choices(&BeyondGround::ALL, |it| t.beyond_ground(it)));
    let more = view! {
        <SelectField
            label=t.other_form()
            value=kind
            options=choices(&OtherKind::ALL, |it| t.other_kind(it))
        />
        <div class="field-grid">
            <SelectField label=t.own_lead() value=lead options=officer_choices(app, true) />
            <SelectField label=t.own_member() value=member options=officer_choices(app, false) />
        </div>
        <SelectField label=t.visit_finding() value=finding options=finding_options(t) />
        <SelectField label=t.other_ground() value=ground options=grounds />
    };
    Ask::new(t.other_title(&name), t.other_note(), t.other_act())
        .more(more)
        .lines([
            Line::date(t.visit_date(), app.today()),
            Line::new(t.other_source()).help(t.other_source_help()),
            Line::new(t.result_note()),
        ])
        .view(close, move |asked, [date, source, note]| {
            let officer =
                |id: RwSignal<String>| id.with_untracked(|id| OfficerId::new(id.as_str()));
            let (Ok(lead), Ok(member)) = (officer(lead), officer(member)) else {
                return asked.answer(Err::<(), _>(t.change_no_pair().to_owned()));
            };
            // The line has been checked to hold a date.
            let Ok(date) = date.parse() else { return };
            let place = ground.with_untracked(|key| key.parse::<usize>().ok());
            let visit = OtherVisit {
                unit: unit.clone(),
                kind: kind.with_untracked(|key| chosen(&OtherKind::ALL, key)),
                date,
                team: OwnTeam { lead, member },
                source,
                finding: finding.with_untracked(|key| finding_of(key)),
                beyond: place.and_then(|place| BeyondGround::ALL.get(place).copied()),
                note,
                withdrawn: None,
                extra: serde_json::Map::new(),
                // Filled in by the action.
                number: 0,
                entered_at: chrono::NaiveDateTime::default(),
                entered_by: String::new(),
            };
            let action = Action::EnterOther(Box::new(visit));
            asked.answer(app.act_and_tell(action, t.other_done(&name)));
        })
}

/// Withdraws such an entry.
pub(super) fn withdraw_dialog(page: Units, year: i32, number: u32, close: Callback<()>) -> AnyView {
    let t = use_lang();
    Ask::new(
        t.other_withdraw_title(),
        t.other_withdraw_note(),
        t.other_withdraw(),
    )
    .danger()
    .lines([Line::new(t.reason()).needed()])
    .view(close, move |asked, [reason]| {
        let action = Action::WithdrawOther {
            year,
            number,
            reason,
        };
        asked.answer(page.app.act_and_tell(action, t.other_withdrawn()));
    })
}
