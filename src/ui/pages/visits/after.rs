//! What is asked beside a visit's record: its review, the notice before it, and 复查 of what
//! it found.

use leptos::prelude::*;

use super::Visits;
use crate::i18n::Lang;
use crate::model::OfficerId;
use crate::ui::app::use_lang;
use crate::ui::widgets::list::{officer_choices, read};
use crate::ui::widgets::{Ask, Line, SelectField, TextField};
use crate::workbook::own_visit::OwnTeam;
use crate::workbook::request::{EnterRecheck, NotifyVisits, ReviewResults};
use crate::workbook::visit_record::{ItemRecheck, Notice, Recheck};
use crate::workbook::{Action, VisitId, Workbook};

/// The values of a verdict.
const ACCEPT: &str = "accept";
const SEND_BACK: &str = "return";
/// The values of what a 复查 found.
const CORRECTED: &str = "corrected";
const AGAIN: &str = "again";
const PENALTY: &str = "penalty";

fn name_of(book: &Workbook, id: &VisitId) -> String {
    let unit = book.unit(&id.unit);
    unit.map_or_else(|| id.unit.to_string(), |unit| unit.name.clone())
}

/// Reviews results, one or several.
pub(super) fn review_dialog(page: Visits, visits: Vec<VisitId>, close: Callback<()>) -> AnyView {
    let t = use_lang();
    let (title, reviewer) = read(page.app, |book| {
        let title = match visits.as_slice() {
            [id] => t.review_title(name_of(book, id)),
            several => t.review_title_many(several.len()),
        };
        let mut records = visits.iter().filter_map(|id| book.visit(id)?.record());
        let head = book.brigade.head.clone();
        let went = records.any(|record| book.is_of_team(&record.team, &head));
        (title, if went { String::new() } else { head })
    });
    let verdict = RwSignal::new(ACCEPT.to_owned());
    let verdicts = [(ACCEPT, t.review_accept()), (SEND_BACK, t.review_return())];
    let verdicts = verdicts.map(|(key, words)| (key.to_owned(), words.to_owned()));
    Ask::new(title, t.review_note(), t.review_act())
        .more(view! {
            <SelectField label=t.review_verdict() value=verdict options=verdicts.to_vec() />
        })
        .lines([
            Line::new(t.review_reviewer()).start(reviewer).needed(),
            Line::new(t.review_opinion()).help(t.review_opinion_help()),
        ])
        .view(close, move |asked, [reviewer, opinion]| {
            let review = ReviewResults {
                visits: visits.clone(),
                is_accepted: verdict.with_untracked(|key| key == ACCEPT),
                reviewer,
                opinion,
            };
            let action = Action::ReviewResults(review);
            asked.answer(page.app.act_and_tell(action, t.review_done(visits.len())));
        })
}

/// Notes that units were told.
pub(super) fn notice_dialog(page: Visits, visits: Vec<VisitId>, close: Callback<()>) -> AnyView {
    let t = use_lang();
    Ask::new(
        t.notice_title(visits.len()),
        t.notice_note(),
        t.notice_act(),
    )
    .lines([
        Line::date(t.notice_date(), page.app.today()),
        Line::new(t.notice_unannounced()).help(t.notice_unannounced_help()),
    ])
    .view(close, move |asked, [date, unannounced]| {
        // The line has been checked to hold a date.
        let Ok(date) = date.parse() else { return };
        let notify = NotifyVisits {
            visits: visits.clone(),
            notice: Notice { date, unannounced },
        };
        let action = Action::NotifyVisits(notify);
        asked.answer(page.app.act_and_tell(action, t.notice_done(visits.len())));
    })
}

/// What a 复查 found of one item, as it is typed.
#[derive(Clone)]
struct ItemTyped {
    item: String,
    name: String,
    found: RwSignal<String>,
    term: RwSignal<String>,
}

impl ItemTyped {
    fn told(&self) -> ItemRecheck {
        let found = self.found.get_untracked();
        let term = self.term.with_untracked(|text| text.parse().ok());
        ItemRecheck {
            item: self.item.clone(),
            is_corrected: found == CORRECTED,
            term: term.filter(|_| found == AGAIN),
        }
    }

    fn field(self, t: Lang) -> AnyView {
        let found = [
            (CORRECTED, t.recheck_corrected()),
            (AGAIN, t.recheck_again()),
            (PENALTY, t.recheck_penalty()),
        ];
        let found = found.map(|(key, words)| (key.to_owned(), words.to_owned()));
        let (choice, term) = (self.found, self.term);
        let term = move || {
            choice.with(|it| it == AGAIN).then(|| {
                view! { <TextField label=t.recheck_new_term() kind="date" value=term /> }
            })
        };
        view! {
            <SelectField label=self.name value=choice options=found.to_vec() />
            {term}
        }
        .into_any()
    }
}

/// Enters a 复查 of all that is open.
pub(super) fn recheck_dialog(page: Visits, id: VisitId, close: Callback<()>) -> AnyView {
    let t = use_lang();
    let start = read(page.app, |book| {
        let visit = book.visit(&id)?;
        let team = &visit.record()?.team;
        // Who went looks again, unless away today.
        let again = |officer: &OfficerId| {
            let broken = book.broken_officer(&id.unit, page.app.today(), officer);
            broken.map_or_else(|| officer.to_string(), |_| String::new())
        };
        let team = [&team.lead, &team.member].map(again);
        let items = &book.draw(id.draw)?.items;
        let typed = visit.open_findings().into_iter().map(|open| {
            let item = items.iter().find(|it| it.id == open.item);
            ItemTyped {
                item: open.item.to_owned(),
                name: item.map_or_else(|| open.item.to_owned(), |it| it.name.clone()),
                found: RwSignal::new(CORRECTED.to_owned()),
                term: RwSignal::new(String::new()),
            }
        });
        Some((name_of(book, &id), team, typed.collect::<Vec<_>>()))
    });
    let Some((name, team, items)) = start else {
        return ().into_any();
    };
    let [lead, member] = team.map(RwSignal::new);
    let fields = items.iter().cloned().map(|item| item.field(t));
    let more = view! {
        {fields.collect_view()}
        <div class="field-grid">
            <SelectField label=t.visit_lead() value=lead options=officer_choices(page.app, true) />
            <SelectField label=t.visit_member() value=member options=officer_choices(page.app, false) />
        </div>
    };
    Ask::new(t.recheck_title(&name), t.recheck_note(), t.recheck_act())
        .more(more)
        .lines([
            Line::date(t.recheck_date(), page.app.today()),
            Line::new(t.result_note()),
        ])
        .view(close, move |asked, [date, note]| {
            let Ok(date) = date.parse() else { return };
            let officer =
                |id: RwSignal<String>| id.with_untracked(|id| OfficerId::new(id.as_str()));
            let (Ok(lead), Ok(member)) = (officer(lead), officer(member)) else {
                return asked.answer(Err::<(), _>(t.change_no_pair().to_owned()));
            };
            let recheck = Recheck {
                date,
                team: OwnTeam { lead, member },
                items: items.iter().map(ItemTyped::told).collect(),
                note,
                // Filled in by the action.
                entered_at: chrono::NaiveDateTime::default(),
                entered_by: String::new(),
            };
            let visit = id.clone();
            let action = Action::EnterRecheck(EnterRecheck { visit, recheck });
            asked.answer(page.app.act_and_tell(action, t.recheck_done(&name)));
        })
}
