//! 人员不能来: the next of each visit's own list takes over, for one visit or all of some days.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Visits;
use crate::desk::form::parse_date;
use crate::i18n::Lang;
use crate::model::{AbsenceKind, OfficerId};
use crate::ui::app::use_lang;
use crate::ui::widgets::dialog::{act_foot, error_line};
use crate::ui::widgets::list::{choice_of, choices, chosen, read};
use crate::ui::widgets::{Dialog, SelectField, TextField};
use crate::workbook::plan_change::PlanChangeKind;
use crate::workbook::request::StandIn;
use crate::workbook::{Action, VisitId, Workbook};

/// The value of the choice of all visits of some days.
const DAYS: &str = "days";
/// The value of the choice of the one visit.
const ONE: &str = "one";

/// What the dialog holds.
#[derive(Clone, Copy)]
struct Absent {
    page: Visits,
    visit: StoredValue<Option<VisitId>>,
    officer: RwSignal<String>,
    scope: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    kind: RwSignal<String>,
    reason: RwSignal<String>,
    approver: RwSignal<String>,
    refusal: RwSignal<String>,
}

impl Absent {
    fn is_one(self) -> bool {
        self.scope.with(|scope| scope == ONE)
    }

    /// How many visits the days hold, once they are days.
    fn count(self) -> Option<usize> {
        let (from, to) = (
            self.from.with(|text| parse_date(text))?,
            self.to.with(|text| parse_date(text))?,
        );
        let officer = OfficerId::new(self.officer.get()).ok()?;
        let from = from.max(self.page.app.today());
        read(self.page.app, |book| {
            Some(book.visits_to_stand_in(&officer, from, to).len())
        })
    }

    fn request(self) -> Option<StandIn> {
        let officer = OfficerId::new(self.officer.get_untracked()).ok()?;
        let from = parse_date(&self.from.get_untracked())?;
        let to = parse_date(&self.to.get_untracked())?;
        let only = self.visit.get_value().filter(|_| untrack(|| self.is_one()));
        Some(StandIn {
            officer,
            from,
            to,
            only,
            kind: chosen(&AbsenceKind::ALL, &self.kind.get_untracked()),
            reason: self.reason.get_untracked(),
            approver: self.approver.get_untracked(),
        })
    }

    fn act(self, t: Lang, close: Callback<()>) {
        let Some(request) = self.request() else {
            self.refusal.set(t.visit_date_wrong().to_owned());
            return;
        };
        let app = self.page.app;
        let now = app.now();
        match app.act(Action::StandIn(request.clone())) {
            Ok(_) => {
                let (done, left) = read(app, |book| told(book, &request.officer, now));
                app.toast(t.absent_done(done, left), false);
                close.run(());
            }
            Err(words) => self.refusal.set(words),
        }
    }
}

/// How many visits another took over since `at`, and how many nobody could.
fn told(book: &Workbook, officer: &OfficerId, at: chrono::NaiveDateTime) -> (usize, usize) {
    let changes = book.visits().filter_map(|visit| visit.plan_changes.last());
    let theirs = changes.filter(|change| {
        let is_it = |it: &OfficerId| it == officer;
        change.at >= at
            && matches!(&change.kind, PlanChangeKind::StandIn { officer } if is_it(officer))
    });
    theirs.fold((0, 0), |(done, left), change| {
        let is_done = usize::from(change.after.is_some());
        (done + is_done, left + 1 - is_done)
    })
}

pub(super) fn absent_dialog(page: Visits, visit: Option<VisitId>, close: Callback<()>) -> AnyView {
    let t = use_lang();
    let (officers, day, head) = read(page.app, |book| {
        let (officers, day) = asked_of(book, visit.as_ref());
        (officers, day, book.brigade.head.clone())
    });
    let today = page.app.today();
    let day = day.unwrap_or(today).max(today).to_string();
    let first = officers.first().map(|(id, _)| id.clone());
    let has_visit = visit.is_some();
    let absent = Absent {
        page,
        visit: StoredValue::new(visit),
        officer: RwSignal::new(first.unwrap_or_default()),
        scope: RwSignal::new(DAYS.to_owned()),
        from: RwSignal::new(day.clone()),
        to: RwSignal::new(day),
        kind: RwSignal::new(choice_of(&AbsenceKind::ALL, &AbsenceKind::Sick)),
        reason: RwSignal::new(String::new()),
        approver: RwSignal::new(head),
        refusal: RwSignal::new(String::new()),
    };
    let scopes = vec![
        (DAYS.to_owned(), t.absent_scope_days().to_owned()),
        (ONE.to_owned(), t.absent_scope_one().to_owned()),
    ];
    let days = move || {
        (!absent.is_one()).then(|| {
            view! {
                <div class="field-pair">
                    <TextField label=t.absent_from() kind="date" value=absent.from />
                    <TextField label=t.absent_to() kind="date" value=absent.to />
                </div>
                <SelectField
                    label=t.absent_kind()
                    value=absent.kind
                    options=choices(&AbsenceKind::ALL, |kind| t.absence_kind(kind))
                />
                <p class="day-told" role="status">
                    {move || absent.count().map(|count| t.absent_count(count))}
                </p>
            }
        })
    };
    view! {
        <Dialog
            title=t.absent_title()
            on_close=close
            on_submit=Callback::new(move |()| absent.act(t, close))
        >
            <div class="dialog-body">
                <p>{t.absent_note()}</p>
                <SelectField label=t.absent_officer() value=absent.officer options=officers />
                {has_visit
                    .then(|| view! { <SelectField label=t.absent_scope() value=absent.scope options=scopes /> })}
                {days}
                <TextField label=t.reason() value=absent.reason is_required=true />
                <TextField label=t.approver() value=absent.approver is_required=true />
                {error_line(absent.refusal.into())}
            </div>
            {act_foot(t, close, t.absent_submit())}
        </Dialog>
    }
    .into_any()
}

/// Who may be the one: the two of a visit, else all who make visits; and the visit's day.
fn asked_of(
    book: &Workbook,
    visit: Option<&VisitId>,
) -> (Vec<(String, String)>, Option<NaiveDate>) {
    let choice = |id: &OfficerId| (id.to_string(), book.officer_name(id));
    let planned = visit
        .and_then(|id| book.plan_of_visit(book.visit(id)?))
        .and_then(|(_, planned)| planned);
    if let Some(planned) = planned {
        let team = [&planned.lead, &planned.member];
        return (team.map(choice).into(), Some(planned.day));
    }
    let officers = book.officers.iter().filter(|it| it.makes_visits());
    (officers.map(|it| choice(&it.id)).collect(), None)
}
