//! 录入结果: the form of a visit's record, on a desk as on a telephone.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use leptos::prelude::*;
use serde_json::Map;

use super::Visits;
use super::findings::{ItemRow, item_rows};
use crate::i18n::Lang;
use crate::model::{InspectionItem, OfficerId};
use crate::ui::app::use_lang;
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::list::{choice_of, choices, chosen, officer_choices, read};
use crate::ui::widgets::{Dialog, SelectField, TextArea, TextField};
use crate::workbook::own_visit::OwnTeam;
use crate::workbook::request::EnterResult;
use crate::workbook::visit_record::{Disposal, NoScan, Outcome, Scan, VisitRecord};
use crate::workbook::{Action, VisitId, Workbook};

/// The value of the choice that the code was scanned.
const SCANNED: &str = "scanned";

/// How the visit went, before it is said more closely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Clear,
    Problems,
    Unchecked,
}

impl How {
    const ALL: [Self; 3] = [Self::Clear, Self::Problems, Self::Unchecked];

    fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::NoProblem => Self::Clear,
            Outcome::Ordered | Outcome::ToFollow => Self::Problems,
            _ => Self::Unchecked,
        }
    }

    /// The outcomes that say it more closely.
    fn outcomes(self) -> Vec<Outcome> {
        let all = Outcome::ALL.into_iter();
        all.filter(|outcome| Self::of(*outcome) == self).collect()
    }

    /// What follows, as long as nobody says otherwise.
    const fn disposal(self) -> Disposal {
        match self {
            Self::Clear => Disposal::None,
            Self::Problems => Disposal::Order,
            Self::Unchecked => Disposal::Routine,
        }
    }

    const fn words(self, t: Lang) -> &'static str {
        match self {
            Self::Clear => t.result_clear(),
            Self::Problems => t.result_problems(),
            Self::Unchecked => t.result_unchecked(),
        }
    }
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    page: Visits,
    visit: StoredValue<VisitId>,
    items: StoredValue<Vec<InspectionItem>>,
    date: RwSignal<String>,
    start: RwSignal<String>,
    end: RwSignal<String>,
    scan: RwSignal<String>,
    scan_time: RwSignal<String>,
    scan_words: RwSignal<String>,
    scan_made_up: RwSignal<String>,
    places: RwSignal<String>,
    how: RwSignal<How>,
    outcome: RwSignal<String>,
    rows: RwSignal<Vec<ItemRow>>,
    disposals: RwSignal<BTreeSet<Disposal>>,
    lead: RwSignal<String>,
    member: RwSignal<String>,
    planned: StoredValue<Option<OwnTeam>>,
    team_why: RwSignal<String>,
    accompanied: RwSignal<String>,
    assisted: RwSignal<String>,
    photos: RwSignal<String>,
    note: RwSignal<String>,
    why: RwSignal<String>,
    refusal: RwSignal<String>,
}

/// A time as the field for times holds it.
fn time_text(time: Option<NaiveTime>) -> String {
    time.map_or_else(String::new, |time| time.format("%H:%M").to_string())
}

fn time_of(text: &str) -> Option<NaiveTime> {
    let of = |format| NaiveTime::parse_from_str(text.trim(), format).ok();
    of("%H:%M").or_else(|| of("%H:%M:%S"))
}

impl Typed {
    fn new(page: Visits, book: &Workbook, id: &VisitId) -> Option<Self> {
        let visit = book.visit(id)?;
        let planned = book.plan_of_visit(visit).and_then(|(_, planned)| planned);
        let planned = planned.map(|it| OwnTeam {
            lead: it.lead.clone(),
            member: it.member.clone(),
        });
        let record = visit.record();
        let team = record.map(|it| &it.team).or(planned.as_ref());
        let officer = |id: fn(&OwnTeam) -> &OfficerId| {
            RwSignal::new(team.map_or_else(String::new, |team| id(team).to_string()))
        };
        let text =
            |of: fn(&VisitRecord) -> String| RwSignal::new(record.map(of).unwrap_or_default());
        let today = page.app.today();
        let day = book
            .planned_of(visit)
            .map(|it| it.day)
            .filter(|day| *day <= today);
        let date = visit.made.map(|made| made.date).or(day).unwrap_or(today);
        let (scan, scan_time, scan_words, made_up) = match record.map(|it| &it.scan) {
            None => (SCANNED.to_owned(), None, String::new(), None),
            Some(Scan::At { time }) => (SCANNED.to_owned(), Some(*time), String::new(), None),
            Some(Scan::Without {
                why,
                words,
                made_up,
            }) => (choice_of(&NoScan::ALL, why), None, words.clone(), *made_up),
        };
        let outcome = record.map_or(Outcome::NoProblem, |it| it.outcome);
        let how = How::of(outcome);
        let disposals = record.map_or_else(
            || [how.disposal()].into(),
            |it| it.disposals.iter().copied().collect(),
        );
        let drew = book.draw(id.draw)?;
        let items = drew.items.iter().filter(|it| visit.items.contains(&it.id));
        let items: Vec<InspectionItem> = items.cloned().collect();
        let findings = record.into_iter().flat_map(|it| &it.findings);
        let rows = findings.map(|it| ItemRow::of(it, &items)).collect();
        Some(Self {
            page,
            visit: StoredValue::new(id.clone()),
            date: RwSignal::new(date.to_string()),
            start: RwSignal::new(time_text(record.and_then(|it| it.start))),
            end: RwSignal::new(time_text(record.and_then(|it| it.end))),
            scan: RwSignal::new(scan),
            scan_time: RwSignal::new(time_text(scan_time)),
            scan_words: RwSignal::new(scan_words),
            scan_made_up: RwSignal::new(made_up.map(|it| it.to_string()).unwrap_or_default()),
            places: text(|it| it.places.clone()),
            how: RwSignal::new(how),
            outcome: RwSignal::new(choice_of(&Outcome::ALL, &outcome)),
            rows: RwSignal::new(rows),
            disposals: RwSignal::new(disposals),
            lead: officer(|team| &team.lead),
            member: officer(|team| &team.member),
            planned: StoredValue::new(planned),
            team_why: text(|it| it.team_why.clone()),
            accompanied: text(|it| it.accompanied_by.clone()),
            assisted: text(|it| it.assisted_by.clone()),
            photos: text(|it| it.photos.join(" ")),
            note: text(|it| it.note.clone()),
            why: RwSignal::new(String::new()),
            refusal: RwSignal::new(String::new()),
            items: StoredValue::new(items),
        })
    }

    fn team(self) -> Option<OwnTeam> {
        let officer = |id: RwSignal<String>| id.with(|id| OfficerId::new(id.as_str()).ok());
        let (lead, member) = (officer(self.lead)?, officer(self.member)?);
        Some(OwnTeam { lead, member })
    }

    fn is_other_team(self) -> bool {
        let team = self.team();
        self.planned.with_value(|planned| *planned != team)
    }

    fn choose(self, how: How) {
        self.how.set(how);
        let outcome = how.outcomes()[0];
        self.outcome.set(choice_of(&Outcome::ALL, &outcome));
        self.disposals.set([how.disposal()].into());
        if how == How::Problems && self.rows.with_untracked(Vec::is_empty) {
            self.rows.update(|rows| rows.push(ItemRow::empty(0)));
        }
    }

    fn scan(self) -> Result<Scan, ()> {
        let choice = self.scan.get_untracked();
        if choice == SCANNED {
            let time = self
                .scan_time
                .with_untracked(|text| time_of(text))
                .ok_or(())?;
            return Ok(Scan::At { time });
        }
        let made_up = self.scan_made_up.with_untracked(|text| text.parse().ok());
        Ok(Scan::Without {
            why: chosen(&NoScan::ALL, &choice),
            words: self.scan_words.get_untracked(),
            made_up,
        })
    }

    /// The record as it is typed; what is missing in it is refused by its rules.
    fn record(self, t: Lang) -> Result<VisitRecord, String> {
        let team = untrack(|| self.team()).ok_or_else(|| t.change_no_pair().to_owned())?;
        let scan = self
            .scan()
            .map_err(|()| t.result_scan_time_none().to_owned())?;
        let outcome = self
            .outcome
            .with_untracked(|key| chosen(&Outcome::ALL, key));
        let has_findings = How::of(outcome) == How::Problems;
        let rows = self.rows.get_untracked();
        let findings = rows.into_iter().filter(|_| has_findings);
        let is_other = untrack(|| self.is_other_team());
        let photos = self.photos.get_untracked();
        let photos = photos.split(|sign: char| sign.is_whitespace() || "、,，;；".contains(sign));
        Ok(VisitRecord {
            start: self.start.with_untracked(|text| time_of(text)),
            end: self.end.with_untracked(|text| time_of(text)),
            places: self.places.get_untracked(),
            scan,
            team,
            team_why: if is_other {
                self.team_why.get_untracked()
            } else {
                String::new()
            },
            assisted_by: self.assisted.get_untracked(),
            accompanied_by: self.accompanied.get_untracked(),
            outcome,
            findings: findings.map(ItemRow::finding).collect(),
            disposals: self.disposals.get_untracked().into_iter().collect(),
            photos: photos.map(str::to_owned).collect(),
            note: self.note.get_untracked(),
            // Filled in by the action.
            entered_at: chrono::NaiveDateTime::default(),
            entered_by: String::new(),
            why: String::new(),
            review: None,
            source: None,
            extra: Map::new(),
        })
    }

    fn act(self, t: Lang, name: &str, close: Callback<()>) {
        let date = self.date.with_untracked(|text| text.parse::<NaiveDate>());
        let date = date.map_err(|_| t.visit_date_wrong().to_owned());
        let done = date.and_then(|date| {
            let enter = EnterResult {
                visit: self.visit.get_value(),
                date,
                record: self.record(t)?,
                why: self.why.get_untracked(),
            };
            let action = Action::EnterResult(Box::new(enter));
            self.page.app.act_and_tell(action, t.result_saved(name))
        });
        match done {
            Ok(_) => close.run(()),
            Err(words) => self.refusal.set(words),
        }
    }
}

/// The drawer in which a visit's record is entered or corrected.
pub(super) fn record_drawer(page: Visits, id: &VisitId, close: Callback<()>) -> AnyView {
    let t = use_lang();
    let start = read(page.app, |book| {
        let name = book.unit(&id.unit).map(|unit| unit.name.clone());
        let is_settled = book.visit(id).is_some_and(|it| it.made.is_some());
        Some((
            Typed::new(page, book, id)?,
            name.unwrap_or_default(),
            is_settled,
        ))
    });
    let Some((typed, name, is_settled)) = start else {
        return ().into_any();
    };
    let title = t.result_title(&name);
    view! {
        <Dialog
            title
            class="is-drawer"
            on_close=close
            on_submit=Callback::new(move |()| typed.act(t, &name, close))
        >
            <div class="dialog-body record-form">
                {times(typed, t)}
                <TextField label=t.result_places() value=typed.places help=t.result_places_help() is_full=true />
                {how(typed, t)}
                {move || (typed.how.get() == How::Problems).then(|| item_rows(typed.items, typed.rows, t))}
                {disposals(typed, t)}
                {team(typed, t)}
                {more(typed, t)}
                {is_settled.then(|| view! { <TextField label=t.result_why() value=typed.why is_full=true /> })}
                {error_line(typed.refusal.into())}
            </div>
            <div class="dialog-foot record-foot">
                {ready(typed, t)}
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {t.cancel()}
                </button>
                <button type="submit" class="button is-primary">
                    {t.result_save()}
                </button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// How many items are said, and how many have a problem.
fn ready(typed: Typed, t: Lang) -> AnyView {
    let words = move || {
        let all = typed.items.with_value(Vec::len);
        let is_problems = typed.how.get() == How::Problems;
        let bad = if is_problems {
            typed.rows.with(Vec::len)
        } else {
            0
        };
        let words = (typed.how.get() != How::Unchecked).then(|| t.result_ready(all));
        view! {
            <span>{words}</span>
            {(bad > 0).then(|| view! { <b>{t.result_ready_problems(bad)}</b> })}
        }
    };
    view! { <span class="record-ready" role="status">{words}</span> }.into_any()
}

fn times(typed: Typed, t: Lang) -> AnyView {
    let mut scans = vec![(SCANNED.to_owned(), t.result_scanned().to_owned())];
    let without = choices(&NoScan::ALL, |why| t.no_scan(why));
    scans.extend(
        without
            .into_iter()
            .map(|(key, why)| (key, t.result_scan_none(why))),
    );
    let scan = move || {
        if typed.scan.with(|it| it == SCANNED) {
            view! { <TextField label=t.result_scan_time() kind="time" value=typed.scan_time /> }
                .into_any()
        } else {
            view! {
                <TextField label=t.result_scan_words() value=typed.scan_words />
                <TextField label=t.result_scan_made_up() kind="date" value=typed.scan_made_up help=t.result_scan_made_up_help() />
            }
            .into_any()
        }
    };
    view! {
        <div class="field-grid">
            <TextField label=t.result_date() kind="date" value=typed.date />
            <span></span>
            <TextField label=t.result_start() kind="time" value=typed.start />
            <TextField label=t.result_end() kind="time" value=typed.end />
            <SelectField label=t.result_scan() value=typed.scan options=scans />
            {scan}
        </div>
    }
    .into_any()
}

/// The one press by which a visit without findings is told, and what else it may have been.
fn how(typed: Typed, t: Lang) -> AnyView {
    let button = move |how: How| {
        view! {
            <button
                type="button"
                aria-pressed=move || (typed.how.get() == how).to_string()
                on:click=move |_| typed.choose(how)
            >
                {how.words(t)}
            </button>
        }
    };
    let closer = move || {
        let outcomes = typed.how.get().outcomes();
        (outcomes.len() > 1).then(|| {
            let options = outcomes.into_iter().map(|outcome| {
                let words = t.outcome(outcome).to_owned();
                (choice_of(&Outcome::ALL, &outcome), words)
            });
            view! {
                <SelectField label=t.result_kind() value=typed.outcome options=options.collect() is_full=true />
            }
        })
    };
    view! {
        <div class="segmented record-how" role="group" aria-label=t.result_how()>
            {How::ALL.map(button).into_iter().collect_view()}
        </div>
        {closer}
    }
    .into_any()
}

fn disposals(typed: Typed, t: Lang) -> AnyView {
    let tick = move |disposal: Disposal| {
        let change = move |event| {
            let is_ticked = event_target_checked(&event);
            typed.disposals.update(|all| {
                if is_ticked {
                    all.insert(disposal);
                } else {
                    all.remove(&disposal);
                }
            });
        };
        view! {
            <label class="check-field">
                <input
                    type="checkbox"
                    prop:checked=move || typed.disposals.with(|all| all.contains(&disposal))
                    on:change=change
                />
                {t.disposal(disposal)}
            </label>
        }
    };
    view! {
        <fieldset class="record-disposals">
            <legend>{t.result_disposals()}</legend>
            {Disposal::ALL.map(tick).into_iter().collect_view()}
        </fieldset>
    }
    .into_any()
}

fn team(typed: Typed, t: Lang) -> AnyView {
    let options = move |is_lead: bool| officer_choices(typed.page.app, is_lead);
    let why = move || {
        typed.is_other_team().then(|| {
            view! { <TextField label=t.result_team_why() value=typed.team_why is_full=true /> }
        })
    };
    view! {
        <div class="field-grid">
            <SelectField label=t.visit_lead() value=typed.lead options=options(true) />
            <SelectField label=t.visit_member() value=typed.member options=options(false) />
            {why}
        </div>
    }
    .into_any()
}

fn more(typed: Typed, t: Lang) -> AnyView {
    view! {
        <details class="record-more">
            <summary>{t.result_more()}</summary>
            <div class="field-grid">
                <TextField label=t.result_accompanied() value=typed.accompanied />
                <TextField label=t.result_assisted() value=typed.assisted help=t.result_assisted_help() />
                <TextField label=t.result_photos() value=typed.photos help=t.result_photos_help() is_full=true />
                <TextArea label=t.result_note() value=typed.note />
            </div>
        </details>
    }
    .into_any()
}
