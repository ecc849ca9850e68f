//! The drawer in which a unit is added or edited. Fields are texts; what they
//! mean, and what is wrong with them, is worked out in [`crate::workbook::form`].

use leptos::prelude::*;

use super::{Drawer, Units};
use crate::i18n::Lang;
use crate::model::{Credit, LegalKind, RiskTier, SocialCreditCode, Stratum, Unit, UnitId};
use crate::ui::app::use_lang;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::{alike_question, choice_of, choices, chosen, focus_on};
use crate::ui::widgets::{CheckField, FieldGroup, FormDrawer, SelectField, TextArea, TextField};
use crate::workbook::form::{Faults, UnitField, UnitText};
use crate::workbook::{Action, Workbook, names};

/// The fields as the drawer holds them.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    code: RwSignal<String>,
    legal_kind: RwSignal<String>,
    category: RwSignal<String>,
    is_key: RwSignal<bool>,
    is_densely_populated: RwSignal<bool>,
    township: RwSignal<String>,
    address: RwSignal<String>,
    responsible: RwSignal<String>,
    manager: RwSignal<String>,
    phone: RwSignal<String>,
    risk: RwSignal<String>,
    credit: RwSignal<String>,
    is_dishonest: RwSignal<bool>,
    complaints: RwSignal<String>,
    violations: RwSignal<String>,
    tags: RwSignal<String>,
    floor_area: RwSignal<String>,
    employees: RwSignal<String>,
    note: RwSignal<String>,
}

impl Fields {
    fn new(text: UnitText) -> Self {
        Self {
            legal_kind: RwSignal::new(choice_of(&LegalKind::ALL, &text.legal_kind)),
            risk: RwSignal::new(choice_of(&RiskTier::ALL, &text.risk)),
            credit: RwSignal::new(choice_of(&Credit::ALL, &text.credit)),
            name: RwSignal::new(text.name),
            code: RwSignal::new(text.code),
            category: RwSignal::new(text.category),
            is_key: RwSignal::new(text.is_key),
            is_densely_populated: RwSignal::new(text.is_densely_populated),
            township: RwSignal::new(text.township),
            address: RwSignal::new(text.address),
            responsible: RwSignal::new(text.responsible),
            manager: RwSignal::new(text.manager),
            phone: RwSignal::new(text.phone),
            is_dishonest: RwSignal::new(text.is_dishonest),
            complaints: RwSignal::new(text.complaints),
            violations: RwSignal::new(text.violations),
            tags: RwSignal::new(text.tags),
            floor_area: RwSignal::new(text.floor_area),
            employees: RwSignal::new(text.employees),
            note: RwSignal::new(text.note),
        }
    }

    /// Puts other texts into the fields.
    fn fill(self, text: UnitText) {
        self.legal_kind
            .set(choice_of(&LegalKind::ALL, &text.legal_kind));
        self.risk.set(choice_of(&RiskTier::ALL, &text.risk));
        self.credit.set(choice_of(&Credit::ALL, &text.credit));
        self.name.set(text.name);
        self.code.set(text.code);
        self.category.set(text.category);
        self.is_key.set(text.is_key);
        self.is_densely_populated.set(text.is_densely_populated);
        self.township.set(text.township);
        self.address.set(text.address);
        self.responsible.set(text.responsible);
        self.manager.set(text.manager);
        self.phone.set(text.phone);
        self.is_dishonest.set(text.is_dishonest);
        self.complaints.set(text.complaints);
        self.violations.set(text.violations);
        self.tags.set(text.tags);
        self.floor_area.set(text.floor_area);
        self.employees.set(text.employees);
        self.note.set(text.note);
    }

    fn text(self) -> UnitText {
        UnitText {
            name: self.name.get(),
            code: self.code.get(),
            legal_kind: self
                .legal_kind
                .with(|choice| chosen(&LegalKind::ALL, choice)),
            category: self.category.get(),
            is_key: self.is_key.get(),
            is_densely_populated: self.is_densely_populated.get(),
            township: self.township.get(),
            address: self.address.get(),
            responsible: self.responsible.get(),
            manager: self.manager.get(),
            phone: self.phone.get(),
            risk: self.risk.with(|choice| chosen(&RiskTier::ALL, choice)),
            credit: self.credit.with(|choice| chosen(&Credit::ALL, choice)),
            is_dishonest: self.is_dishonest.get(),
            complaints: self.complaints.get(),
            violations: self.violations.get(),
            tags: self.tags.get(),
            floor_area: self.floor_area.get(),
            employees: self.employees.get(),
            note: self.note.get(),
        }
    }
}

/// The form at work: its fields, what they mean, and which faults are shown.
#[derive(Clone, Copy)]
struct Form {
    fields: Fields,
    parsed: Memo<Result<Unit, Faults<UnitField>>>,
    /// Saving was tried, so that every fault is shown.
    is_tried: RwSignal<bool>,
    /// A unit of the register that may be this one, in words.
    alike: Memo<Option<String>>,
    /// Whether the person says that it is not.
    is_another: RwSignal<bool>,
    /// Whether the category, not the person, ticked 人员密集场所.
    is_suggested: RwSignal<bool>,
}

impl Form {
    fn new(page: Units, before: Unit, is_new: bool) -> Self {
        let fields = Fields::new(UnitText::of(&before));
        let parsed = Memo::new(move |_| {
            let text = fields.text();
            page.app.workbook.with(|book| match book {
                Some(book) => text.parse(&before, book, page.app.today()),
                None => Err(Faults::new()),
            })
        });
        let alike = Memo::new(move |_| {
            parsed.with(|parsed| {
                let unit = parsed.as_ref().ok()?;
                let words = |other: &Unit| {
                    let t = page.app.lang.get_untracked();
                    let address = match other.address.as_str() {
                        "" => t.no_address(),
                        address => address,
                    };
                    if is_new {
                        t.unit_alike(&other.id, &other.name, address)
                    } else {
                        t.unit_alike_edit(&other.id, &other.name, address)
                    }
                };
                page.app
                    .workbook
                    .with(|book| book.as_ref()?.unit_alike(unit).map(words))
            })
        });
        Self {
            fields,
            parsed,
            is_tried: RwSignal::new(false),
            alike,
            is_another: RwSignal::new(false),
            is_suggested: RwSignal::new(false),
        }
    }

    /// Empties the form for another new unit.
    fn clear(self, start: UnitText) {
        self.is_suggested.set(false);
        self.is_another.set(false);
        self.is_tried.set(false);
        self.fields.fill(start);
    }

    /// Ticks 人员密集场所 where a newly chosen category is one by law, and takes only its own
    /// tick back: what a person ticked or took out stays.
    fn suggest(self) {
        let category = self.fields.category;
        Effect::watch(
            move || category.get(),
            move |category, _, _| {
                let is_dense = names::DENSE_CATEGORIES.contains(&category.as_str());
                let is_ticked = self.fields.is_densely_populated.get_untracked();
                if is_dense && !is_ticked {
                    self.is_suggested.set(true);
                    self.fields.is_densely_populated.set(true);
                } else if !is_dense && self.is_suggested.get_untracked() {
                    self.is_suggested.set(false);
                    self.fields.is_densely_populated.set(false);
                }
            },
            false,
        );
    }

    /// What is wrong with a field, as far as it is to be shown: the code at once, the rest
    /// once saving was tried.
    fn error(self, t: Lang, field: UnitField) -> Signal<String> {
        Signal::derive(move || {
            let is_shown = field == UnitField::Code || self.is_tried.get();
            self.parsed.with(|parsed| {
                let faults = parsed.as_ref().err().filter(|_| is_shown);
                let fault = faults.and_then(|faults| faults.iter().find(|fault| fault.0 == field));
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

/// The record that the drawer starts from; none if it has gone in the meantime.
fn start_of(book: &Workbook, drawer: &Drawer) -> Option<Unit> {
    match drawer {
        // The register gives the id; this one only keeps the place until then.
        Drawer::New => UnitId::new("NEW").ok().map(|id| Unit::new(id, "")),
        Drawer::Edit(id) => book.unit(id).cloned(),
    }
}

/// Adds or edits a unit.
#[component]
pub(super) fn UnitDrawer(page: Units, drawer: Drawer) -> impl IntoView {
    let t = use_lang();
    let before = page
        .app
        .workbook
        .with_untracked(|book| book.as_ref().and_then(|book| start_of(book, &drawer)));
    let Some(before) = before else {
        return ().into_any();
    };
    let is_new = drawer == Drawer::New;
    let title = if is_new {
        t.units_add().to_owned()
    } else {
        t.unit_edit_title(&before.name)
    };
    let start = UnitText::of(&before);
    let form = Form::new(page, before, is_new);
    form.suggest();
    let refusal = RwSignal::new(String::new());
    let close = Callback::new(move |()| page.drawer.set(None));
    let first = start.clone();
    let is_changed = Memo::new(move |_| form.fields.text() != start);
    // The id of what was saved, or none where nothing was.
    let save = move || {
        form.is_tried.set(true);
        let unit = form.parsed.get_untracked().ok()?;
        if !is_new && !is_changed.get_untracked() {
            return Some(None);
        }
        let alike = form.alike.get_untracked();
        let is_another = form.is_another.get_untracked();
        if let Some(words) = alike.as_ref().filter(|_| !is_another) {
            // The question stands above, with its box to tick.
            refusal.set(t.alike_ask(words));
            return None;
        }
        let name = unit.name.clone();
        let unit = Box::new(unit);
        let (action, words) = match (is_new, alike.is_some()) {
            (true, false) => (Action::AddUnit(unit), t.unit_added(&name)),
            (true, true) => (Action::AddUnitAlike(unit), t.unit_added(&name)),
            (false, false) => (Action::EditUnit(unit), t.unit_saved(&name)),
            (false, true) => (Action::EditUnitAlike(unit), t.unit_saved(&name)),
        };
        refusal.set(String::new());
        page.app
            .act_and_tell(action, words)
            .map_err(|words| refusal.set(words))
            .ok()
    };
    let save_and_close = move |()| {
        if let Some(id) = save() {
            close.run(());
            if let Some(id) = id {
                page.app.go(&Route::record(Page::Units, id));
            }
        }
    };
    let save_and_new = is_new.then(|| {
        Callback::new(move |()| {
            if save().is_some() {
                form.clear(first.clone());
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
            {identity(t, page, form)}
            {alike_question(form.alike, form.is_another)}
            {supervision(t, form)}
            {place(t, page, form)}
            {risk(t, form)}
            {other(t, form)}
        </FormDrawer>
    }
    .into_any()
}

/// Values of a list to choose from, a blank one first, and the record's own where the list
/// does not hold it.
fn listed(t: Lang, values: Vec<String>, own: RwSignal<String>) -> Vec<(String, String)> {
    let own = own.get_untracked();
    let mut options = vec![(String::new(), t.form_not_chosen().to_owned())];
    if !own.is_empty() && !values.contains(&own) {
        options.push((own.clone(), t.form_other(&own)));
    }
    options.extend(values.into_iter().map(|value| (value.clone(), value)));
    options
}

fn identity(t: Lang, page: Units, form: Form) -> AnyView {
    let fields = form.fields;
    let categories = page.app.workbook.with_untracked(|book| {
        book.as_ref()
            .map(|book| book.categories.clone())
            .unwrap_or_default()
    });
    let help = Signal::derive(move || {
        let code = fields.code.with(|code| SocialCreditCode::parse(code));
        let words = match code.map(|code| code.is_organisation_check_right()) {
            Err(_) => t.unit_code_help(),
            Ok(true) => t.unit_code_right(),
            Ok(false) => t.unit_code_old(),
        };
        words.to_owned()
    });
    view! {
        <FieldGroup title=t.unit_group_identity()>
            <TextField
                label=t.unit_name()
                value=fields.name
                error=form.error(t, UnitField::Name)
                is_full=true
                is_required=true
                autofocus=true
            />
            <TextField
                label=t.unit_code()
                value=fields.code
                help
                error=form.error(t, UnitField::Code)
                is_full=true
            />
            <SelectField
                label=t.unit_legal_kind()
                value=fields.legal_kind
                options=choices(&LegalKind::ALL, |kind| t.legal_kind(kind))
            />
            <SelectField
                label=t.unit_category()
                value=fields.category
                options=listed(t, categories, fields.category)
            />
        </FieldGroup>
    }
    .into_any()
}

fn supervision(t: Lang, form: Form) -> AnyView {
    let fields = form.fields;
    let note = move || {
        let stratum = Stratum::of(fields.is_key.get(), fields.is_densely_populated.get());
        t.unit_stratum_note(stratum, t.stratum(stratum))
    };
    let suggested = move || {
        let is_dense = fields
            .category
            .with(|category| names::DENSE_CATEGORIES.contains(&category.as_str()));
        let is_shown = is_dense && form.is_suggested.get();
        is_shown.then(|| t.unit_dense_suggested(fields.category.get()))
    };
    view! {
        <FieldGroup title=t.unit_group_supervision()>
            <CheckField label=t.unit_is_key() value=fields.is_key />
            <CheckField label=t.unit_is_dense() value=fields.is_densely_populated />
            <p class="caption is-full" role="status">
                {suggested} {note}
            </p>
        </FieldGroup>
    }
    .into_any()
}

fn place(t: Lang, page: Units, form: Form) -> AnyView {
    let fields = form.fields;
    let townships = page.app.workbook.with_untracked(|book| {
        let townships = book.iter().flat_map(|book| &book.brigade.townships);
        townships
            .map(|township| township.name.clone())
            .collect::<Vec<_>>()
    });
    // A brigade that has not listed its townships types them.
    let township = if townships.is_empty() {
        view! { <TextField label=t.unit_township() value=fields.township /> }.into_any()
    } else {
        let options = listed(t, townships, fields.township);
        view! { <SelectField label=t.unit_township() value=fields.township options /> }.into_any()
    };
    view! {
        <FieldGroup title=t.unit_group_place()>
            {township}
            <TextField label=t.unit_phone() value=fields.phone />
            <TextField label=t.unit_address() value=fields.address is_full=true />
            <TextField label=t.unit_responsible() value=fields.responsible />
            <TextField label=t.unit_manager() value=fields.manager help=t.unit_manager_help() />
        </FieldGroup>
    }
    .into_any()
}

fn risk(t: Lang, form: Form) -> AnyView {
    let fields = form.fields;
    view! {
        <FieldGroup title=t.unit_group_risk()>
            <SelectField
                label=t.unit_risk()
                value=fields.risk
                options=choices(&RiskTier::ALL, |tier| t.tier_long(tier))
            />
            <SelectField
                label=t.unit_credit_label()
                value=fields.credit
                options=choices(&Credit::ALL, |credit| t.credit(credit))
            />
            <div class="is-full">
                <CheckField label=t.unit_is_dishonest() value=fields.is_dishonest />
            </div>
            <TextArea
                label=t.unit_complaints()
                value=fields.complaints
                help=t.unit_dates_help()
                error=form.error(t, UnitField::Complaints)
            />
            <TextArea
                label=t.unit_violations()
                value=fields.violations
                help=t.unit_dates_help()
                error=form.error(t, UnitField::Violations)
            />
        </FieldGroup>
    }
    .into_any()
}

fn other(t: Lang, form: Form) -> AnyView {
    let fields = form.fields;
    view! {
        <FieldGroup title=t.unit_group_other()>
            <TextField
                label=t.unit_floor_area()
                value=fields.floor_area
                error=form.error(t, UnitField::FloorArea)
            />
            <TextField
                label=t.unit_employees()
                value=fields.employees
                error=form.error(t, UnitField::Employees)
            />
            <TextField label=t.unit_tags() value=fields.tags help=t.unit_tags_help() is_full=true />
            <TextArea label=t.unit_note() value=fields.note />
        </FieldGroup>
    }
    .into_any()
}
