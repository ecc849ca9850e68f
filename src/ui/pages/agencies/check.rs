//! The entry of a drawn institution's or engineer's check, and its correction.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::state::{Own, name_of};
use crate::i18n::Lang;
use crate::model::{Finding, OfficerId, Unit, UnitId};
use crate::ui::pages::month::{finding_key, finding_of, finding_options};
use crate::ui::widgets::closing::{Closing, closing_dialog};
use crate::ui::widgets::list::{officer_choices, read};
use crate::ui::widgets::{Ask, Line, SelectField, TextField};
use crate::workbook::own_visit::{OwnMade, OwnTeam, OwnVisit, OwnVisitId};
use crate::workbook::request::{CloseOwnVisit, CorrectOwnVisit, RecordOwnVisit};
use crate::workbook::{Action, Workbook};

/// The value of the choice that a check was not made.
const UNMADE: &str = "unmade";
/// The values of how it was made.
const ALONE: &str = "alone";
const ALONG: &str = "along";

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    own: Own,
    how: RwSignal<String>,
    unit: RwSignal<String>,
    date: RwSignal<String>,
    lead: RwSignal<String>,
    member: RwSignal<String>,
    finding: RwSignal<String>,
}

impl Typed {
    fn new(own: Own, visit: &OwnVisit, today: NaiveDate) -> Self {
        let made = visit.made.as_ref();
        let team = made.map(|made| &made.team).or(visit.team.as_ref());
        let of = |id: Option<&OfficerId>| {
            RwSignal::new(id.map_or_else(String::new, |id| id.to_string()))
        };
        let along = made.and_then(|made| made.with_unit.as_ref());
        Self {
            own,
            how: RwSignal::new(if along.is_some() { ALONG } else { ALONE }.to_owned()),
            unit: RwSignal::new(along.map_or_else(String::new, ToString::to_string)),
            date: RwSignal::new(made.map_or(today, |made| made.date).to_string()),
            lead: of(team.map(|team| &team.lead)),
            member: of(team.map(|team| &team.member)),
            finding: RwSignal::new(finding_key(made.map_or(Finding::None, |made| made.finding))),
        }
    }

    /// As long as the check is not entered, the team follows the day: whoever is away then is
    /// stood in for by the next on its list.
    fn follow_day(self, visit: OwnVisit) {
        Effect::new(move |_| {
            let day = self.date.with(|date| date.parse::<NaiveDate>());
            let team = day.ok().and_then(|day| {
                untrack(|| read(self.own.app, |book| book.own_team_on(&visit, day)))
            });
            if let Some(team) = team {
                self.lead.set(team.lead.to_string());
                self.member.set(team.member.to_string());
            }
        });
    }

    fn is_along(self) -> bool {
        self.how.with(|how| how == ALONG)
    }

    /// The entry that is typed, with its note.
    fn made(self, t: Lang, note: String) -> Result<OwnMade, String> {
        let finding = self.finding.with_untracked(|key| finding_of(key));
        if untrack(|| self.is_along()) {
            let named = self.unit.get_untracked();
            let found = read(self.own.app, |book| {
                let unit = unit_named(book, named.trim())?;
                let (date, team) = book.visit_made_to(&unit)?;
                Some((unit, date, team))
            });
            let (unit, date, team) = found.ok_or_else(|| t.own_unit_none().to_owned())?;
            return Ok(OwnMade {
                date,
                team,
                finding,
                with_unit: Some(unit),
                note,
            });
        }
        let date = self.date.with_untracked(|date| date.parse::<NaiveDate>());
        let date = date.map_err(|_| t.visit_date_wrong().to_owned())?;
        let officer = |signal: RwSignal<String>| {
            let id = signal.with_untracked(|id| OfficerId::new(id));
            id.map_err(|_| t.change_no_pair().to_owned())
        };
        let (lead, member) = (officer(self.lead)?, officer(self.member)?);
        Ok(OwnMade {
            date,
            team: OwnTeam { lead, member },
            finding,
            with_unit: None,
            note,
        })
    }

    fn fields(self, t: Lang, is_made: bool) -> AnyView {
        let own = self.own;
        let how = [(ALONE, t.own_how_alone()), (ALONG, t.own_how_along())]
            .map(|(key, words)| (key.to_owned(), words.to_owned()))
            .to_vec();
        let mut findings = finding_options(t);
        if is_made {
            findings.push((UNMADE.to_owned(), t.own_unmade().to_owned()));
        }
        let parts = move || {
            if self.is_along() {
                view! { <TextField label=t.own_unit() value=self.unit help=t.own_unit_help() /> }
                    .into_any()
            } else {
                view! {
                    <TextField label=t.visit_date() kind="date" value=self.date />
                    <div class="field-grid">
                        <SelectField label=t.own_lead() value=self.lead options=officer_choices(own.app, true) />
                        <SelectField label=t.own_member() value=self.member options=officer_choices(own.app, false) />
                    </div>
                }
                .into_any()
            }
        };
        view! {
            <SelectField label=t.own_how() value=self.how options=how />
            {parts}
            <SelectField label=t.visit_finding() value=self.finding options=findings />
        }
        .into_any()
    }
}

/// The unit that a text names, by its id or its whole name.
fn unit_named(book: &Workbook, text: &str) -> Option<UnitId> {
    let by_id = UnitId::new(text).ok().filter(|id| book.unit(id).is_some());
    let named = |unit: &&Unit| unit.name == text;
    by_id.or_else(|| book.units.iter().find(named).map(|unit| unit.id.clone()))
}

/// Enters a check, or corrects its entry.
#[component]
pub(super) fn CheckDialog(own: Own, id: OwnVisitId) -> impl IntoView {
    let (app, t) = (own.app, own.app.lang.get_untracked());
    let known = read(app, |book| {
        let visit = book.own_visit(&id)?.clone();
        let register = own.register.get_untracked();
        let name = register.record(book, &id.record);
        Some((visit, name.map(|(name, _)| name.to_owned())))
    });
    let Some((visit, name)) = known else {
        return ().into_any();
    };
    let name = name.unwrap_or_else(|| id.record.to_string());
    let typed = Typed::new(own, &visit, app.today());
    let is_made = visit.made.is_some();
    if !is_made {
        typed.follow_day(visit.clone());
    }
    let note = visit.made.map_or_else(String::new, |made| made.note);
    let close = Callback::new(move |()| own.checking.set(None));
    let act = if is_made {
        t.own_correct()
    } else {
        t.own_record()
    };
    Ask::new(t.own_record_title(&name), "", act)
        .more(typed.fields(t, is_made))
        .lines([
            Line::new(t.own_note()).help(t.own_note_help()).start(note),
            Line::new(t.correct_reason()).only_if(is_made),
        ])
        .view(close, move |asked, [note, reason]| {
            let is_unmade = typed.finding.with_untracked(|key| key == UNMADE);
            let made = (!is_unmade).then(|| typed.made(t, note)).transpose();
            let visit = id.clone();
            asked.answer(made.and_then(|made| match made {
                Some(made) if !is_made => {
                    let action = Action::RecordOwnVisit(RecordOwnVisit { visit, made });
                    app.act_and_tell(action, t.own_recorded(&name))
                }
                made => {
                    let correct = CorrectOwnVisit {
                        visit,
                        made,
                        reason,
                    };
                    app.act_and_tell(Action::CorrectOwnVisit(correct), t.own_corrected(&name))
                }
            }));
        })
}

/// 已关闭: the proof, and then the reserve steps in.
pub(super) fn close_dialog(own: Own, id: OwnVisitId) -> AnyView {
    let (app, t) = (own.app, own.app.lang.get_untracked());
    let (name, team) = read(app, |book| {
        let visit = book.own_visit(&id);
        let name = visit.map(|visit| name_of(book, visit, &id.record));
        let team = visit.and_then(|visit| visit.team.as_ref());
        let team = team.map(|team| vec![team.lead.clone(), team.member.clone()]);
        (name.unwrap_or_default(), team.unwrap_or_default())
    });
    let title = t.own_close_title(&name);
    let act = move |closing: Closing| {
        let Closing {
            ground,
            evidence,
            confirmed,
            approver,
        } = closing;
        app.act(Action::CloseOwnVisit(CloseOwnVisit {
            visit: id.clone(),
            ground,
            evidence,
            confirmed,
            approver,
        }))?;
        let next = read(app, |book| {
            let visit = book.own_visit(&id)?;
            let next = visit.closed.as_ref()?.replaced_by.as_ref()?;
            Some(name_of(book, visit, next))
        });
        Ok(match next {
            Some(next) => t.closed_done(&name, next),
            None => t.closed_done_none(&name),
        })
    };
    let close = Callback::new(move |()| own.closing.set(None));
    closing_dialog(app, title, t.own_close_note(), &team, act, close)
}
