//! A form over a record's fields: what is typed, what it means, what is wrong with it, and
//! the drawer that saves it. The fields are those of the record's table.

use leptos::prelude::*;

use super::field::{CheckField, SelectField, TextArea, TextField};
use super::list::{FormDrawer, focus_on};
use super::mend::{MendStep, mend_head};
use crate::desk::form::{self, Faults, Spot, Texts, Typed};
use crate::i18n::Lang;
use crate::model::Field;
use crate::model::field::{Group, Kind};
use crate::ui::app::App;
use crate::ui::route::{Page, Route};
use crate::workbook::register::Registered;
use crate::workbook::{Action, Workbook};

/// A record that a drawer adds and edits.
pub trait Drafted: Registered {
    /// The page of its register.
    const PAGE: Page;
    /// The other record of the register that it may be, in words.
    fn alike(&self, _book: &Workbook, _t: Lang, _is_new: bool) -> Option<String> {
        None
    }
    /// Adds it; `is_alike` where the person says that it is another.
    fn adding(self: Box<Self>, is_alike: bool) -> Action;
    /// Puts it in the place of what it was; `is_alike` as for a new one.
    fn editing(self: Box<Self>, is_alike: bool) -> Action;
    /// What is told of it once it is added or saved.
    fn told(&self, t: Lang, is_new: bool) -> String;
    /// The id to go to, where one was given.
    fn goes_to(&self, given: Option<String>) -> Option<String> {
        given
    }
}

/// A field's value as its input holds it; a choice by its place.
#[derive(Clone, Copy)]
pub enum Input {
    Text(RwSignal<String>),
    Flag(RwSignal<bool>),
}

impl Input {
    /// An input in which `typed` stands.
    #[must_use]
    pub fn new(typed: &Typed) -> Self {
        match typed {
            Typed::Text(text) => Self::Text(RwSignal::new(text.clone())),
            Typed::Flag(flag) => Self::Flag(RwSignal::new(*flag)),
            Typed::Choice(at) => Self::Text(RwSignal::new(at.to_string())),
        }
    }

    fn set(self, typed: &Typed) {
        match (self, typed) {
            (Self::Text(value), Typed::Text(text)) => value.set(text.clone()),
            (Self::Text(value), Typed::Choice(at)) => value.set(at.to_string()),
            (Self::Flag(value), Typed::Flag(flag)) => value.set(*flag),
            (Self::Text(_), Typed::Flag(_)) | (Self::Flag(_), _) => {}
        }
    }

    /// What stands in it now.
    #[must_use]
    pub fn typed<R>(self, field: &Field<R>) -> Typed {
        match (self, &field.kind) {
            (Self::Flag(value), _) => Typed::Flag(value.get()),
            (Self::Text(value), Kind::Choice(_)) => {
                Typed::Choice(value.with(|at| at.parse().unwrap_or_default()))
            }
            (Self::Text(value), _) => Typed::Text(value.get()),
        }
    }
}

/// Inputs with their fields, in the order of the table.
type Inputs<R> = StoredValue<Vec<(&'static Field<R>, Input)>>;

fn texts_of<R: Drafted>(inputs: Inputs<R>) -> Texts {
    inputs.with_value(|inputs| {
        let inputs = inputs.iter();
        inputs
            .map(|(field, input)| (field.key, input.typed(field)))
            .collect()
    })
}

/// The form at work: its inputs, what they mean, and which faults are shown.
pub struct Draft<R: Drafted> {
    /// What all pages share.
    pub app: App,
    is_new: bool,
    inputs: Inputs<R>,
    start: StoredValue<Texts>,
    parsed: Memo<Result<R, Faults<Spot>>>,
    is_changed: Memo<bool>,
    /// Saving was tried, so that every fault is shown.
    is_tried: RwSignal<bool>,
    /// A record of the register that may be this new one, in words.
    pub alike: Memo<Option<String>>,
    /// Whether the person says that it is not.
    pub is_another: RwSignal<bool>,
    refusal: RwSignal<String>,
}

impl<R: Drafted> Clone for Draft<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Drafted> Copy for Draft<R> {}

impl<R: Drafted> Draft<R> {
    /// A form that starts from `before`. `put` puts in what stands beside the table's
    /// fields, with what is wrong with it; `is_more_changed` says whether that differs.
    pub fn new(
        app: App,
        before: R,
        is_new: bool,
        put: impl Fn(&mut R, &Workbook, &mut Faults<Spot>) + Send + Sync + 'static,
        is_more_changed: impl Fn() -> bool + Send + Sync + 'static,
    ) -> Self {
        let start = form::texts(&before);
        let inputs = R::FIELDS
            .iter()
            .filter_map(|field| Some((field, Input::new(start.get(field.key)?))));
        let inputs: Inputs<R> = StoredValue::new(inputs.collect());
        let start = StoredValue::new(start);
        let parsed = Memo::new(move |_| {
            let texts = texts_of(inputs);
            app.workbook.with(|book| {
                let Some(book) = book else {
                    return Err(Faults::new());
                };
                let (mut record, mut faults) = form::parse(&texts, &before, book, app.today());
                put(&mut record, book, &mut faults);
                if faults.is_empty() {
                    Ok(record)
                } else {
                    Err(faults)
                }
            })
        });
        let alike = Memo::new(move |_| {
            parsed.with(|parsed| {
                let record = parsed.as_ref().ok()?;
                let t = app.lang.get_untracked();
                app.workbook
                    .with(|book| record.alike(book.as_ref()?, t, is_new))
            })
        });
        let is_changed = Memo::new(move |_| {
            let texts = texts_of(inputs);
            start.with_value(|start| texts != *start) | is_more_changed()
        });
        Self {
            app,
            is_new,
            inputs,
            start,
            parsed,
            is_changed,
            is_tried: RwSignal::new(false),
            alike,
            is_another: RwSignal::new(false),
            refusal: RwSignal::new(String::new()),
        }
    }

    fn input(self, key: &str) -> Input {
        let input = self.inputs.with_value(|inputs| {
            let mut inputs = inputs.iter();
            inputs.find(|(field, _)| field.key == key).copied()
        });
        input
            .expect("the page asks for fields of the table that a form shows")
            .1
    }

    /// What stands in the field of text of this key.
    pub fn text(self, key: &str) -> RwSignal<String> {
        match self.input(key) {
            Input::Text(value) => value,
            Input::Flag(_) => unreachable!("{key} is a flag"),
        }
    }

    /// Whether the box of this key is ticked.
    pub fn flag(self, key: &str) -> RwSignal<bool> {
        match self.input(key) {
            Input::Flag(value) => value,
            Input::Text(_) => unreachable!("{key} is a text"),
        }
    }

    /// Empties the form for another new record.
    fn clear(self) {
        self.is_another.set(false);
        self.is_tried.set(false);
        self.inputs.with_value(|inputs| {
            self.start.with_value(|start| {
                for (field, input) in inputs {
                    input.set(&start[field.key]);
                }
            });
        });
    }

    /// What is wrong at the spot that `spot` names now, as far as it is to be shown: a code
    /// at once, the rest once saving was tried.
    pub fn error(self, t: Lang, spot: impl Fn() -> Spot + Send + Sync + 'static) -> Signal<String> {
        Signal::derive(move || {
            let spot = spot();
            let is_code = spot == Spot::Field("code");
            let is_shown = is_code || self.is_tried.get();
            self.parsed.with(|parsed| {
                let faults = parsed.as_ref().err().filter(|_| is_shown);
                let fault = faults.and_then(|faults| faults.iter().find(|fault| fault.0 == spot));
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

    /// The id of what was saved, or none where nothing was.
    fn save(self, t: Lang) -> Option<Option<String>> {
        self.is_tried.set(true);
        let record = self.parsed.get_untracked().ok()?;
        if !self.is_new && !self.is_changed.get_untracked() {
            return Some(None);
        }
        let alike = self.alike.get_untracked();
        if let Some(words) = alike.as_ref().filter(|_| !self.is_another.get_untracked()) {
            // The question stands above, with its box to tick.
            self.refusal.set(t.alike_ask(words));
            return None;
        }
        let words = record.told(t, self.is_new);
        let record = Box::new(record);
        let own = record.goes_to(None);
        let action = if self.is_new {
            record.adding(alike.is_some())
        } else {
            record.editing(alike.is_some())
        };
        self.refusal.set(String::new());
        match self.app.act_and_tell(action, words) {
            Ok(given) => Some(given.or(own)),
            Err(words) => {
                self.refusal.set(words);
                None
            }
        }
    }

    /// The drawer around the form. `on_clear` makes another new record possible: it empties
    /// what stands beside the table's fields.
    pub fn drawer(
        self,
        t: Lang,
        title: String,
        on_close: Callback<()>,
        on_clear: Option<Callback<()>>,
        body: impl FnOnce() -> AnyView + Send + 'static,
    ) -> AnyView {
        let step = use_context::<Option<MendStep>>().flatten();
        let head = step.as_ref().map(|step| mend_head(t, step));
        let (on_saved, on_skip) = (
            step.as_ref().map(|step| step.on_saved),
            step.as_ref().map(|step| step.on_skip),
        );
        let save_and_close = move |()| {
            if let Some(id) = self.save(t) {
                if let Some(on_saved) = on_saved {
                    return on_saved.run(());
                }
                on_close.run(());
                if let Some(id) = id {
                    self.app.go(&Route::record(R::PAGE, id));
                }
            }
        };
        let save_and_new = on_clear.filter(|_| self.is_new).map(|on_clear| {
            Callback::new(move |()| {
                if self.save(t).is_some() {
                    self.clear();
                    on_clear.run(());
                    focus_on("dialog .form-body input");
                }
            })
        });
        view! {
            <FormDrawer
                title
                is_changed=self.is_changed
                faults_count=self.faults_count()
                error=self.refusal
                on_close
                on_save=Callback::new(save_and_close)
                on_save_and_new=save_and_new
                on_skip
            >
                {head}
                {body()}
            </FormDrawer>
        }
        .into_any()
    }

    /// The inputs of a part of the form, each by its kind where `special` has none for it.
    pub fn group(
        self,
        t: Lang,
        group: Group,
        special: impl Fn(&'static str) -> Option<AnyView>,
    ) -> Vec<AnyView> {
        let fields = R::FIELDS.iter().filter_map(|field| {
            let form = field.form.filter(|form| form.group == group)?;
            Some((form.place, field))
        });
        let mut fields: Vec<_> = fields.collect();
        fields.sort_by_key(|(place, _)| *place);
        fields
            .into_iter()
            .map(|(_, field)| {
                let control = special(field.key).unwrap_or_else(|| self.control(t, field));
                // By which the focus is led to it.
                view! {
                    <div class="field-of" data-field=field.key>
                        {control}
                    </div>
                }
                .into_any()
            })
            .collect()
    }

    fn control(self, t: Lang, field: &'static Field<R>) -> AnyView {
        let error = self.error(t, move || Spot::Field(field.key));
        control(t, field, self.input(field.key), error)
    }
}

/// The input of a field, by its kind.
pub fn control<R: Registered>(
    t: Lang,
    field: &'static Field<R>,
    input: Input,
    error: Signal<String>,
) -> AnyView {
    let label = t.form_label(R::REGISTER, field.key);
    let help = t.form_help(R::REGISTER, field.key);
    let is_full = field.form.is_some_and(|form| form.is_wide);
    match (input, &field.kind) {
        (Input::Flag(value), _) if is_full => view! {
            <div class="is-full">
                <CheckField label value />
            </div>
        }
        .into_any(),
        (Input::Flag(value), _) => view! { <CheckField label value /> }.into_any(),
        (Input::Text(value), Kind::Choice(choice)) => {
            let words = t.form_choices(choice.of).into_iter();
            let options = (0..).zip(words);
            let options = options.map(|(at, words): (usize, _)| (at.to_string(), words.to_owned()));
            view! { <SelectField label value options=options.collect() is_full /> }.into_any()
        }
        (Input::Text(value), Kind::Lines(_) | Kind::Dates(_)) => {
            view! { <TextArea label value help error /> }.into_any()
        }
        (Input::Text(value), kind) => {
            let is_name = matches!(kind, Kind::Name(_));
            let kind = if matches!(kind, Kind::Date(_)) {
                "date"
            } else {
                "text"
            };
            view! {
                <TextField label value kind help error is_full is_required=is_name autofocus=is_name />
            }
            .into_any()
        }
    }
}
