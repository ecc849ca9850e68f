//! The drawer in which an officer is added or edited, with absences and avoidances.

use leptos::prelude::*;

use super::Officers;
use super::leave::touched_visits;
use crate::desk::avoidance::TeamLeft;
use crate::desk::form::{
    AbsenceField, AbsenceText, AvoidanceField, AvoidanceText, Faults, OfficerRows, Spot,
    optional_date,
};
use crate::i18n::Lang;
use crate::model::field::Group;
use crate::model::{AbsenceKind, AskedBy, AvoidanceGround, Officer, OfficerId};
use crate::ui::app::use_lang;
use crate::ui::route::Page;
use crate::ui::widgets::draft::{Draft, Drafted};
use crate::ui::widgets::list::{alike_question, choice_of, choices, chosen};
use crate::ui::widgets::register::Drawer;
use crate::ui::widgets::{FieldGroup, Icon, SelectField, TextField, icon};
use crate::workbook::{Action, Workbook};

/// Units that are suggested while one is typed.
const SUGGESTIONS_MAX: usize = 12;

/// A period of absence as the drawer holds it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct AbsenceRow {
    key: u32,
    from: RwSignal<String>,
    to: RwSignal<String>,
    kind: RwSignal<String>,
    reason: RwSignal<String>,
    approver: RwSignal<String>,
}

impl AbsenceRow {
    fn new(key: u32, text: AbsenceText) -> Self {
        Self {
            key,
            kind: RwSignal::new(choice_of(&AbsenceKind::ALL, &text.kind)),
            from: RwSignal::new(text.from),
            to: RwSignal::new(text.to),
            reason: RwSignal::new(text.reason),
            approver: RwSignal::new(text.approver),
        }
    }

    fn text(self) -> AbsenceText {
        AbsenceText {
            from: self.from.get(),
            to: self.to.get(),
            kind: self.kind.with(|choice| chosen(&AbsenceKind::ALL, choice)),
            reason: self.reason.get(),
            approver: self.approver.get(),
        }
    }
}

/// An avoidance as the drawer holds it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct AvoidanceRow {
    key: u32,
    unit: RwSignal<String>,
    ground: RwSignal<String>,
    reason: RwSignal<String>,
    asked_by: RwSignal<String>,
    approver: RwSignal<String>,
    until: RwSignal<String>,
}

impl AvoidanceRow {
    fn new(key: u32, text: AvoidanceText) -> Self {
        Self {
            key,
            unit: RwSignal::new(text.unit),
            ground: RwSignal::new(choice_of(&AvoidanceGround::ALL, &text.ground)),
            reason: RwSignal::new(text.reason),
            asked_by: RwSignal::new(choice_of(&AskedBy::ALL, &text.asked_by)),
            approver: RwSignal::new(text.approver),
            until: RwSignal::new(text.until),
        }
    }

    fn text(self) -> AvoidanceText {
        AvoidanceText {
            unit: self.unit.get(),
            ground: self
                .ground
                .with(|choice| chosen(&AvoidanceGround::ALL, choice)),
            reason: self.reason.get(),
            asked_by: self.asked_by.with(|choice| chosen(&AskedBy::ALL, choice)),
            approver: self.approver.get(),
            until: self.until.get(),
        }
    }
}

impl Drafted for Officer {
    const PAGE: Page = Page::Officers;

    fn alike(&self, book: &Workbook, t: Lang, is_new: bool) -> Option<String> {
        let other = book.officer_alike(self)?;
        Some(if is_new {
            t.officer_alike(&other.id, &other.name)
        } else {
            t.officer_alike_edit(&other.id, &other.name)
        })
    }

    fn adding(self: Box<Self>, is_alike: bool) -> Action {
        if is_alike {
            Action::AddOfficerAlike(self)
        } else {
            Action::AddOfficer(self)
        }
    }

    fn editing(self: Box<Self>, is_alike: bool) -> Action {
        if is_alike {
            Action::EditOfficerAlike(self)
        } else {
            Action::EditOfficer(self)
        }
    }

    fn told(&self, t: Lang, is_new: bool) -> String {
        if is_new {
            t.officer_added(&self.name)
        } else {
            t.officer_saved(&self.name)
        }
    }
}

/// The rows beside the table's fields as the drawer holds them.
#[derive(Clone, Copy)]
struct Rows {
    absences: RwSignal<Vec<AbsenceRow>>,
    avoidances: RwSignal<Vec<AvoidanceRow>>,
}

impl Rows {
    fn new(text: OfficerRows) -> Self {
        let absences = (0..)
            .zip(text.absences)
            .map(|(key, text)| AbsenceRow::new(key, text));
        let avoidances = (0..)
            .zip(text.avoidances)
            .map(|(key, text)| AvoidanceRow::new(key, text));
        Self {
            absences: RwSignal::new(absences.collect()),
            avoidances: RwSignal::new(avoidances.collect()),
        }
    }

    fn text(self) -> OfficerRows {
        let absences = self.absences.get().into_iter().map(AbsenceRow::text);
        let avoidances = self.avoidances.get().into_iter().map(AvoidanceRow::text);
        OfficerRows {
            absences: absences.collect(),
            avoidances: avoidances.collect(),
        }
    }
}

/// The form at work: its fields and rows.
#[derive(Clone, Copy)]
struct Form {
    draft: Draft<Officer>,
    /// The officer, by whose visits an absence is judged; a new one has none.
    id: StoredValue<OfficerId>,
    rows: Rows,
}

/// Adds or edits an officer.
#[component]
pub(super) fn OfficerDrawer(page: Officers, drawer: Drawer) -> impl IntoView {
    let t = use_lang();
    let is_new = drawer == Drawer::New;
    let start = page.start(&drawer).and_then(|officer| {
        page.app.workbook.with_untracked(|book| {
            let rows = OfficerRows::of(&officer, book.as_ref()?);
            Some((rows, officer))
        })
    });
    let Some((start, before)) = start else {
        return ().into_any();
    };
    let title = if is_new {
        t.officers_add().to_owned()
    } else {
        t.officer_edit_title(&before.name)
    };
    let rows = Rows::new(start.clone());
    let id = StoredValue::new(before.id.clone());
    let put = move |officer: &mut Officer, book: &Workbook, faults: &mut Faults<Spot>| {
        rows.text().put(officer, book, faults);
    };
    let draft = Draft::new(page.app, before, is_new, put, move || rows.text() != start);
    let form = Form { draft, id, rows };
    let close = Callback::new(move |()| page.drawer.set(None));
    let on_clear = Callback::new(move |()| {
        rows.absences.set(Vec::new());
        rows.avoidances.set(Vec::new());
    });
    let body = move || {
        view! {
            <FieldGroup title=t.officer_group_person()>
                {draft.group(t, Group::Person, |_| None)}
            </FieldGroup>
            {alike_question(draft.alike, draft.is_another)}
            <Absences form />
            <Avoidances form />
        }
        .into_any()
    };
    draft.drawer(t, title, close, Some(on_clear), body)
}

/// A heading of a row with the button that takes it out.
fn row_head(title: String, remove: String, on_remove: impl Fn() + 'static) -> AnyView {
    view! {
        <div class="row-head is-full">
            <span class="caption">{title}</span>
            <button
                type="button"
                class="button is-icon is-small"
                aria-label=remove
                on:click=move |_| on_remove()
            >
                {icon(Icon::Close)}
            </button>
        </div>
    }
    .into_any()
}

/// A key that no row of the drawer has.
fn next_key(keys: impl Iterator<Item = u32>) -> u32 {
    keys.max().map_or(0, |last| last + 1)
}

#[component]
fn Absences(form: Form) -> impl IntoView {
    let t = use_lang();
    let rows = form.rows.absences;
    // Rows made by a click belong to the drawer and go with it.
    let owner = Owner::current();
    let add = move |_| {
        let Some(owner) = &owner else { return };
        owner.with(|| {
            rows.update(|rows| {
                let key = next_key(rows.iter().map(|row| row.key));
                rows.push(AbsenceRow::new(key, AbsenceText::default()));
            });
        });
    };
    view! {
        <FieldGroup title=t.officer_absences()>
            <p class="caption is-full">{t.officer_absences_help()}</p>
            <For each=move || rows.get() key=|row| row.key let:row>
                <AbsenceFields form row />
            </For>
            <div class="is-full">
                <button type="button" class="button is-small" on:click=add>
                    {icon(Icon::Plus)}
                    {t.officer_absence_add()}
                </button>
            </div>
        </FieldGroup>
    }
}

#[component]
fn AbsenceFields(form: Form, row: AbsenceRow) -> impl IntoView {
    let t = use_lang();
    let rows = form.rows.absences;
    let place = move || {
        rows.with(|rows| {
            rows.iter()
                .position(|other| other.key == row.key)
                .unwrap_or_default()
        })
    };
    let error =
        move |field: AbsenceField| form.draft.error(t, move || Spot::Absence(place(), field));
    let remove = move || rows.update(|rows| rows.retain(|other| other.key != row.key));
    view! {
        {move || row_head(t.officer_absence_number(place() + 1), t.form_remove_row(place() + 1), remove)}
        <TextField label=t.officer_absence_from() value=row.from kind="date" error=error(AbsenceField::From) />
        <TextField label=t.officer_absence_to() value=row.to kind="date" error=error(AbsenceField::To) />
        <SelectField
            label=t.officer_absence_kind()
            value=row.kind
            options=choices(&AbsenceKind::ALL, |kind| t.absence_kind(kind))
        />
        <TextField
            label=t.officer_absence_approver()
            value=row.approver
            error=error(AbsenceField::Approver)
        />
        <TextField
            label=t.officer_absence_reason()
            value=row.reason
            error=error(AbsenceField::Reason)
            is_full=true
        />
        {move || absence_visits(t, form, row)}
    }
}

/// The visits that fall into an absence: nobody is put in the officer's place by itself.
fn absence_visits(t: Lang, form: Form, row: AbsenceRow) -> Option<AnyView> {
    let day = |text: RwSignal<String>| optional_date(&text.get()).ok().flatten();
    let days = (day(row.from)?, day(row.to)?);
    let visits = form.draft.app.workbook.with(|book| {
        let book = book.as_ref()?;
        let visits = form.id.with_value(|id| book.visits_ahead(id, Some(days)));
        (!visits.is_empty()).then_some(visits)
    })?;
    Some(view! { <div class="is-full">{touched_visits(t, &visits)}</div> }.into_any())
}

#[component]
fn Avoidances(form: Form) -> impl IntoView {
    let t = use_lang();
    let rows = form.rows.avoidances;
    let owner = Owner::current();
    let add = move |_| {
        let Some(owner) = &owner else { return };
        owner.with(|| {
            rows.update(|rows| {
                let key = next_key(rows.iter().map(|row| row.key));
                rows.push(AvoidanceRow::new(key, AvoidanceText::default()));
            });
        });
    };
    view! {
        <FieldGroup title=t.officer_avoidances()>
            <p class="caption is-full">{t.officer_avoidances_help()}</p>
            <For each=move || rows.get() key=|row| row.key let:row>
                <AvoidanceFields form row />
            </For>
            <div class="is-full">
                <button type="button" class="button is-small" on:click=add>
                    {icon(Icon::Plus)}
                    {t.officer_avoidance_add()}
                </button>
            </div>
        </FieldGroup>
    }
}

#[component]
fn AvoidanceFields(form: Form, row: AvoidanceRow) -> impl IntoView {
    let t = use_lang();
    let rows = form.rows.avoidances;
    let place = move || {
        rows.with(|rows| {
            rows.iter()
                .position(|other| other.key == row.key)
                .unwrap_or_default()
        })
    };
    let error =
        move |field: AvoidanceField| form.draft.error(t, move || Spot::Avoidance(place(), field));
    let remove = move || rows.update(|rows| rows.retain(|other| other.key != row.key));
    let suggestions = Signal::derive(move || {
        let text = row.unit.get();
        form.draft.app.workbook.with_untracked(|book| {
            let found = book
                .as_ref()
                .map(|book| book.units_like(&text, SUGGESTIONS_MAX));
            let words = found
                .into_iter()
                .flatten()
                .map(|unit| format!("{} {}", unit.id, unit.name));
            words.collect::<Vec<_>>()
        })
    });
    view! {
        {move || row_head(t.officer_avoidance_number(place() + 1), t.form_remove_row(place() + 1), remove)}
        <TextField
            label=t.officer_avoidance_unit()
            value=row.unit
            error=error(AvoidanceField::Unit)
            suggestions
            is_full=true
        />
        <SelectField
            label=t.officer_avoidance_ground()
            value=row.ground
            options=choices(&AvoidanceGround::ALL, |ground| t.avoidance_ground(ground))
        />
        <SelectField
            label=t.officer_avoidance_asked()
            value=row.asked_by
            options=choices(&AskedBy::ALL, |asked| t.asked_by(asked))
        />
        <TextField
            label=t.officer_avoidance_reason()
            value=row.reason
            error=error(AvoidanceField::Reason)
            is_full=true
        />
        <TextField
            label=t.officer_avoidance_approver()
            value=row.approver
            error=error(AvoidanceField::Approver)
        />
        <TextField
            label=t.officer_avoidance_until()
            value=row.until
            kind="date"
            error=error(AvoidanceField::Until)
        />
        {move || team_left_of(t, form, row)}
    }
}

/// Who is left for the unit that is typed: whether the avoidance blocks it is seen at once.
fn team_left_of(t: Lang, form: Form, row: AvoidanceRow) -> Option<AnyView> {
    let text = row.unit.get();
    let left = form.draft.app.workbook.with(|book| {
        let book = book.as_ref()?;
        let unit = book.unit_named(&text).ok()?;
        let today = form.draft.app.today();
        Some(form.id.with_value(|id| book.team_left(&unit, id, today)))
    })?;
    Some(team_words(t, left))
}

/// Who is left for a unit; a warning where no team is.
pub(super) fn team_words(t: Lang, left: TeamLeft) -> AnyView {
    let TeamLeft { officers, leads } = left;
    let (class, words) = if left.is_blocked() {
        ("bad-text", t.officer_team_blocked(officers, leads))
    } else {
        ("caption", t.officer_team_left(officers, leads))
    };
    view! { <p class=format!("is-full {class}") role="status">{words}</p> }.into_any()
}
