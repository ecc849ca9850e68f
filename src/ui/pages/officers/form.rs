//! The drawer in which an officer is added or edited, with absences and avoidances.

use leptos::prelude::*;

use super::leave::touched_visits;
use super::{Drawer, Officers};
use crate::i18n::Lang;
use crate::model::{AbsenceKind, Officer, OfficerId};
use crate::ui::app::{App, use_lang};
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::{alike_question, choice_of, choices, chosen, focus_on};
use crate::ui::widgets::{CheckField, FieldGroup, FormDrawer, Icon, SelectField, TextField, icon};
use crate::workbook::Action;
use crate::workbook::form::{
    AbsenceField, AbsenceText, AvoidanceField, Fault, Faults, OfficerField, OfficerText,
    optional_date,
};

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
    reason: RwSignal<String>,
}

/// The fields as the drawer holds them.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    certificate_number: RwSignal<String>,
    certificate_until: RwSignal<String>,
    position: RwSignal<String>,
    office: RwSignal<String>,
    phone: RwSignal<String>,
    may_lead: RwSignal<bool>,
    absences: RwSignal<Vec<AbsenceRow>>,
    avoidances: RwSignal<Vec<AvoidanceRow>>,
}

impl Fields {
    /// Empties the fields for another new officer.
    fn clear(self) {
        for field in [
            self.name,
            self.certificate_number,
            self.certificate_until,
            self.position,
            self.office,
            self.phone,
        ] {
            field.set(String::new());
        }
        self.may_lead.set(false);
        self.absences.set(Vec::new());
        self.avoidances.set(Vec::new());
    }

    fn new(text: OfficerText) -> Self {
        let absences = (0..)
            .zip(text.absences)
            .map(|(key, text)| AbsenceRow::new(key, text));
        let avoidances = (0..)
            .zip(text.avoidances)
            .map(|(key, (unit, reason))| AvoidanceRow {
                key,
                unit: RwSignal::new(unit),
                reason: RwSignal::new(reason),
            });
        Self {
            name: RwSignal::new(text.name),
            certificate_number: RwSignal::new(text.certificate_number),
            certificate_until: RwSignal::new(text.certificate_until),
            position: RwSignal::new(text.position),
            office: RwSignal::new(text.office),
            phone: RwSignal::new(text.phone),
            may_lead: RwSignal::new(text.may_lead),
            absences: RwSignal::new(absences.collect()),
            avoidances: RwSignal::new(avoidances.collect()),
        }
    }

    fn text(self) -> OfficerText {
        let absences = self.absences.get().into_iter().map(AbsenceRow::text);
        let avoidances = self
            .avoidances
            .get()
            .into_iter()
            .map(|row| (row.unit.get(), row.reason.get()));
        OfficerText {
            name: self.name.get(),
            certificate_number: self.certificate_number.get(),
            certificate_until: self.certificate_until.get(),
            position: self.position.get(),
            office: self.office.get(),
            phone: self.phone.get(),
            may_lead: self.may_lead.get(),
            absences: absences.collect(),
            avoidances: avoidances.collect(),
        }
    }
}

/// The form at work: its fields, what they mean, and whether faults are shown.
#[derive(Clone, Copy)]
struct Form {
    app: App,
    /// The officer, by whose visits an absence is judged; a new one has none.
    id: StoredValue<OfficerId>,
    fields: Fields,
    parsed: Memo<Result<Officer, Faults<OfficerField>>>,
    is_tried: RwSignal<bool>,
    /// An officer of the register who may be this one, in words.
    alike: Memo<Option<String>>,
    /// Whether the person says that it is another.
    is_another: RwSignal<bool>,
}

impl Form {
    fn new(app: App, before: Officer, start: OfficerText, is_new: bool) -> Self {
        let fields = Fields::new(start);
        let id = StoredValue::new(before.id.clone());
        let parsed = Memo::new(move |_| {
            let text = fields.text();
            app.workbook.with(|book| match book {
                Some(book) => text.parse(&before, book),
                None => Err(Faults::new()),
            })
        });
        let alike = Memo::new(move |_| {
            parsed.with(|parsed| {
                let officer = parsed.as_ref().ok()?;
                let t = app.lang.get_untracked();
                let words = |other: &Officer| {
                    if is_new {
                        t.officer_alike(&other.id, &other.name)
                    } else {
                        t.officer_alike_edit(&other.id, &other.name)
                    }
                };
                app.workbook
                    .with(|book| book.as_ref()?.officer_alike(officer).map(words))
            })
        });
        Self {
            app,
            id,
            fields,
            parsed,
            is_tried: RwSignal::new(false),
            alike,
            is_another: RwSignal::new(false),
        }
    }

    /// What is wrong with the field that `field` names now, once saving was tried.
    fn error(
        self,
        t: Lang,
        field: impl Fn() -> OfficerField + Send + Sync + 'static,
    ) -> Signal<String> {
        Signal::derive(move || {
            if !self.is_tried.get() {
                return String::new();
            }
            let field = field();
            self.parsed.with(|parsed| {
                let faults: &[(OfficerField, Fault)] =
                    parsed.as_ref().err().map_or(&[], |faults| faults);
                let fault = faults.iter().find(|fault| fault.0 == field);
                fault.map(|fault| t.fault(&fault.1)).unwrap_or_default()
            })
        })
    }

    fn faults_count(self) -> Signal<usize> {
        Signal::derive(move || {
            let count = self
                .parsed
                .with(|parsed| parsed.as_ref().err().map_or(0, Vec::len));
            if self.is_tried.get() { count } else { 0 }
        })
    }
}

/// Adds or edits an officer.
#[component]
pub(super) fn OfficerDrawer(page: Officers, drawer: Drawer) -> impl IntoView {
    let t = use_lang();
    let app = page.app;
    let is_new = drawer == Drawer::New;
    let start = app.workbook.with_untracked(|book| {
        let book = book.as_ref()?;
        let officer = match &drawer {
            // The register gives the id; this one only keeps the place until then.
            Drawer::New => Officer::new(OfficerId::new("NEW").ok()?, ""),
            Drawer::Edit(id) => book.officer(id)?.clone(),
        };
        Some((OfficerText::of(&officer, book), officer))
    });
    let Some((start, before)) = start else {
        return ().into_any();
    };
    let title = if is_new {
        t.officers_add().to_owned()
    } else {
        t.officer_edit_title(&before.name)
    };
    let form = Form::new(app, before, start.clone(), is_new);
    let refusal = RwSignal::new(String::new());
    let close = Callback::new(move |()| page.drawer.set(None));
    let is_changed = Memo::new(move |_| form.fields.text() != start);
    // The id of what was saved, or none where nothing was.
    let save = move || {
        form.is_tried.set(true);
        let officer = form.parsed.get_untracked().ok()?;
        if !is_new && !is_changed.get_untracked() {
            return Some(None);
        }
        let alike = form.alike.get_untracked();
        let is_another = form.is_another.get_untracked();
        if let Some(words) = alike.as_ref().filter(|_| !is_another) {
            refusal.set(t.alike_ask(words));
            return None;
        }
        let name = officer.name.clone();
        let officer = Box::new(officer);
        let (action, words) = match (is_new, alike.is_some()) {
            (true, false) => (Action::AddOfficer(officer), t.officer_added(&name)),
            (true, true) => (Action::AddOfficerAlike(officer), t.officer_added(&name)),
            (false, false) => (Action::EditOfficer(officer), t.officer_saved(&name)),
            (false, true) => (Action::EditOfficerAlike(officer), t.officer_saved(&name)),
        };
        refusal.set(String::new());
        app.act_and_tell(action, words)
            .map_err(|words| refusal.set(words))
            .ok()
    };
    let save_and_close = move |()| {
        if let Some(id) = save() {
            close.run(());
            if let Some(id) = id {
                app.go(&Route::record(Page::Officers, id));
            }
        }
    };
    let save_and_new = is_new.then(|| {
        Callback::new(move |()| {
            if save().is_some() {
                form.is_tried.set(false);
                form.is_another.set(false);
                form.fields.clear();
                focus_on("dialog .form-body input");
            }
        })
    });
    view! {
        <FormDrawer
            title
            is_changed
            faults_count=form.faults_count()
            error=refusal
            on_close=close
            on_save=Callback::new(save_and_close)
            on_save_and_new=save_and_new
        >
            {person(t, form)}
            {alike_question(form.alike, form.is_another)}
            <Absences form />
            <Avoidances form />
        </FormDrawer>
    }
    .into_any()
}

fn person(t: Lang, form: Form) -> AnyView {
    let fields = form.fields;
    view! {
        <FieldGroup title=t.officer_group_person()>
            <TextField
                label=t.officer_name()
                value=fields.name
                error=form.error(t, || OfficerField::Name)
                is_required=true
                autofocus=true
            />
            <TextField label=t.officer_position() value=fields.position />
            <TextField label=t.officer_certificate() value=fields.certificate_number />
            <TextField
                label=t.officer_until()
                value=fields.certificate_until
                kind="date"
                help=t.officer_until_help()
                error=form.error(t, || OfficerField::CertificateUntil)
            />
            <TextField label=t.officer_office() value=fields.office />
            <TextField label=t.officer_phone() value=fields.phone />
            <div class="is-full">
                <CheckField label=t.officer_may_lead() value=fields.may_lead />
            </div>
        </FieldGroup>
    }
    .into_any()
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
    let rows = form.fields.absences;
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
    let rows = form.fields.absences;
    let place = move || {
        rows.with(|rows| {
            rows.iter()
                .position(|other| other.key == row.key)
                .unwrap_or_default()
        })
    };
    let error =
        move |field: AbsenceField| form.error(t, move || OfficerField::Absence(place(), field));
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
    let visits = form.app.workbook.with(|book| {
        let book = book.as_ref()?;
        let visits = form.id.with_value(|id| book.visits_ahead(id, Some(days)));
        (!visits.is_empty()).then_some(visits)
    })?;
    Some(view! { <div class="is-full">{touched_visits(t, &visits)}</div> }.into_any())
}

#[component]
fn Avoidances(form: Form) -> impl IntoView {
    let t = use_lang();
    let rows = form.fields.avoidances;
    let owner = Owner::current();
    let add = move |_| {
        let Some(owner) = &owner else { return };
        owner.with(|| {
            rows.update(|rows| {
                let key = next_key(rows.iter().map(|row| row.key));
                let field = || RwSignal::new(String::new());
                rows.push(AvoidanceRow {
                    key,
                    unit: field(),
                    reason: field(),
                });
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
    let rows = form.fields.avoidances;
    let place = move || {
        rows.with(|rows| {
            rows.iter()
                .position(|other| other.key == row.key)
                .unwrap_or_default()
        })
    };
    let error =
        move |field: AvoidanceField| form.error(t, move || OfficerField::Avoidance(place(), field));
    let remove = move || rows.update(|rows| rows.retain(|other| other.key != row.key));
    let suggestions = Signal::derive(move || {
        let text = row.unit.get();
        form.app.workbook.with_untracked(|book| {
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
        <TextField
            label=t.officer_avoidance_reason()
            value=row.reason
            error=error(AvoidanceField::Reason)
            is_full=true
        />
    }
}
