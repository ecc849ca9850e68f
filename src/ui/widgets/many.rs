//! 批量修改 on a register's page: which records are ticked, the bar that says so, and the
//! dialog that gives one field of them one value: first what would become of each, then all at
//! once or nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::dialog::{Dialog, error_line};
use super::draft::{Input, control};
use super::field::{SelectField, TextField};
use super::list::read;
use super::table::{Column, Row, VirtualTable};
use crate::desk::form::{Fault, put, typed};
use crate::desk::list::{Aspect, Listed};
use crate::i18n::Lang;
use crate::model::Field;
use crate::model::field::Kind;
use crate::ui::app::App;
use crate::ui::files;
use crate::ui::safety::{Reason, SnapshotRefused, keep_snapshot};
use crate::workbook::many::{EditMany, HowMany, Many, Survey};

/// Records from whose number on a snapshot is taken first.
const SNAPSHOT_FROM: usize = 500;
/// What may be done with tags, in the order of the choice.
const HOWS: [HowMany; 3] = [HowMany::Add, HowMany::Remove, HowMany::Set];

/// The records ticked on a register's page, and whether they are being changed.
#[derive(Clone, Copy)]
pub struct Ticked {
    /// Their ids.
    pub ids: RwSignal<Arc<BTreeSet<String>>>,
    is_open: RwSignal<bool>,
}

impl Ticked {
    /// None are.
    #[must_use]
    pub fn new() -> Self {
        Self {
            ids: RwSignal::new(Arc::default()),
            is_open: RwSignal::new(false),
        }
    }

    /// Ticks these, or takes their ticks back.
    pub fn set(self, ids: impl IntoIterator<Item = String>, is_on: bool) {
        self.ids.update(|ticked| {
            let ticked = Arc::make_mut(ticked);
            for id in ids {
                if is_on {
                    ticked.insert(id);
                } else {
                    ticked.remove(&id);
                }
            }
        });
    }

    /// Whether this record is ticked.
    #[must_use]
    pub fn holds(self, id: &str) -> bool {
        self.ids.with(|ids| ids.contains(id))
    }
}

impl Default for Ticked {
    fn default() -> Self {
        Self::new()
    }
}

/// The bar that stands while records are ticked. `on_all` ticks all of the list, which are
/// `total`.
pub fn ticked_bar(t: Lang, ticked: Ticked, total: Signal<usize>, on_all: Callback<()>) -> AnyView {
    let count = Memo::new(move |_| ticked.ids.with(|ids| ids.len()));
    let bar = move |is_shown: bool| {
        is_shown.then(|| {
            view! {
                <div class="ticked-bar" role="region" aria-label=t.many_bar()>
                    <b role="status">{move || t.many_ticked(count.get())}</b>
                    <button type="button" class="button is-small" on:click=move |_| on_all.run(())>
                        {move || t.many_tick_all_count(total.get())}
                    </button>
                    <button
                        type="button"
                        class="button is-small"
                        on:click=move |_| ticked.is_open.set(true)
                    >
                        {t.many_edit()}
                    </button>
                    <button
                        type="button"
                        class="button is-small is-plain"
                        on:click=move |_| ticked.ids.set(Arc::default())
                    >
                        {t.many_tick_none()}
                    </button>
                </div>
            }
        })
    };
    // Whether it stands, and not how many there are, draws it anew.
    let is_shown = Memo::new(move |_| count.get() > 0);
    (move || {
        let is_shown = is_shown.get();
        untrack(|| bar(is_shown))
    })
    .into_any()
}

/// What is typed in the dialog.
struct Form<R: Many> {
    app: App,
    ids: StoredValue<Arc<BTreeSet<String>>>,
    field: RwSignal<Option<&'static Field<R>>>,
    input: RwSignal<Option<Input>>,
    how: RwSignal<String>,
    reason: RwSignal<String>,
    leaves_out: RwSignal<bool>,
}

impl<R: Many> Clone for Form<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Many> Copy for Form<R> {}

/// What would be done, and what would become of each record.
struct Plan<R> {
    edit: EditMany<R>,
    survey: Survey,
}

/// As far as a field is chosen: what is planned, or what is wrong with the value.
type Planned<R> = Option<Result<Arc<Plan<R>>, Fault>>;

impl<R: Many + Listed> Form<R> {
    fn new(app: App, ids: Arc<BTreeSet<String>>) -> Self {
        Self {
            app,
            ids: StoredValue::new(ids),
            field: RwSignal::new(None),
            input: RwSignal::new(None),
            how: RwSignal::new("0".to_owned()),
            reason: RwSignal::new(String::new()),
            leaves_out: RwSignal::new(false),
        }
    }

    fn choose(self, key: &str) {
        let field = R::field(key);
        let start = field.and_then(|field| typed(field, &R::blank()));
        self.input.set(start.as_ref().map(Input::new));
        self.leaves_out.set(false);
        self.field.set(field);
    }

    fn how(self, field: &Field<R>) -> HowMany {
        let at: usize = self.how.with(|at| at.parse().unwrap_or_default());
        match field.kind {
            Kind::Tags(_) => HOWS.get(at).copied().unwrap_or(HowMany::Set),
            _ => HowMany::Set,
        }
    }

    fn planned(self) -> Planned<R> {
        let (field, input) = (self.field.get()?, self.input.get()?);
        let mut value = Box::new(R::blank());
        if let Err(fault) = put(field, &input.typed(field), &mut value) {
            return Some(Err(fault));
        }
        let edit = EditMany {
            ids: self.ids.get_value(),
            field: field.key,
            value,
            how: self.how(field),
            reason: String::new(),
        };
        let today = self.app.today();
        let survey = self.app.workbook.with(|book| {
            let rows = book
                .as_ref()
                .map(|book| edit.survey(R::records(book), today));
            rows.and_then(Result::ok).unwrap_or_default()
        });
        Some(Ok(Arc::new(Plan { edit, survey })))
    }
}

impl<R: Many + Listed> Plan<R> {
    /// The records of the preview: those that are refused first.
    fn at(&self, line: usize) -> Option<(u32, Option<&Fault>)> {
        match self.survey.refused.get(line) {
            Some((at, fault)) => Some((*at, Some(fault))),
            None => {
                let line = line - self.survey.refused.len();
                Some((*self.survey.changed.get(line)?, None))
            }
        }
    }

    /// The change with its reason, of those records that it may change.
    fn edit(&self, rows: &[R], reason: String) -> EditMany<R> {
        let mut edit = EditMany {
            reason,
            ..self.edit.clone()
        };
        // Records may have gone since they were ticked.
        let taken = self.survey.changed.iter().chain(&self.survey.same);
        let taken = taken.filter_map(|at| rows.get(*at as usize));
        edit.ids = Arc::new(taken.map(|row| row.id_text().to_owned()).collect());
        edit
    }
}

/// The dialog, while it is open.
pub fn many_dialog<R: Many + Listed>(app: App, t: Lang, ticked: Ticked) -> AnyView {
    let dialog = move || {
        ticked.is_open.get().then(|| {
            untrack(|| {
                let form = Form::<R>::new(app, ticked.ids.get());
                show(form, t, ticked)
            })
        })
    };
    dialog.into_any()
}

fn show<R: Many + Listed>(form: Form<R>, t: Lang, ticked: Ticked) -> AnyView {
    let close = Callback::new(move |()| ticked.is_open.set(false));
    let planned = Memo::new_with_compare(move |_| form.planned(), |_, _| true);
    let (error, is_busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (is_refused, is_waived) = (RwSignal::new(false), RwSignal::new(false));
    let hindrance =
        Memo::new(move |_| planned.with(|planned| hindrance(form, t, planned.as_ref())));
    let carry_out = move || {
        let Some(Some(Ok(plan))) = planned.try_get_untracked() else {
            return;
        };
        let count = plan.survey.changed.len();
        if count >= SNAPSHOT_FROM && !is_waived.get_untracked() {
            let taken = keep_snapshot(form.app, &Reason::Many(plan.edit.field));
            if taken.is_err() {
                return is_refused.set(true);
            }
        }
        let reason = form.reason.get_untracked();
        let edit = read(form.app, |book| Some(plan.edit(R::records(book), reason)));
        let Some(edit) = edit else { return };
        let words = t.many_done(count, t.form_label(R::REGISTER, plan.edit.field));
        drop(plan);
        match form.app.act_and_tell(R::many(edit), words) {
            Ok(_) => {
                ticked.ids.set(Arc::default());
                ticked.is_open.set(false);
            }
            Err(words) => error.set(words),
        }
    };
    let submit = move |()| {
        if hindrance.with_untracked(Option::is_some) || is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        // The words must be painted before a large register blocks the page.
        leptos::task::spawn_local(async move {
            files::pause(30).await;
            untrack(carry_out);
            let _ = is_busy.try_set(false);
        });
    };
    let count = form.ids.with_value(|ids| ids.len());
    view! {
        <Dialog title=t.many_title(count) class="is-wide" on_close=close on_submit=Callback::new(submit)>
            <div class="dialog-body">
                <div class="field-grid">{field_choice(form, t)} {value(form, t, planned)}</div>
                {preview(form, t, planned)}
                {move || is_refused.get().then(|| view! { <SnapshotRefused is_waived /> })}
                {error_line(error.into())}
            </div>
            <div class="dialog-foot import-foot">
                <span class="button-reason" role="status">
                    {move || {
                        if is_busy.get() { Some(t.many_busy().to_owned()) } else { hindrance.get() }
                    }}
                </span>
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {t.cancel()}
                </button>
                <button
                    type="submit"
                    class="button is-primary"
                    disabled=move || hindrance.with(Option::is_some) || is_busy.get()
                >
                    {move || t.many_act(changed_count(planned))}
                </button>
            </div>
        </Dialog>
    }
    .into_any()
}

fn changed_count<R: Many>(planned: Memo<Planned<R>>) -> usize {
    planned.with(|planned| match planned {
        Some(Ok(plan)) => plan.survey.changed.len(),
        _ => 0,
    })
}

/// Why nothing can be done yet; none where it can.
fn hindrance<R: Many + Listed>(
    form: Form<R>,
    t: Lang,
    planned: Option<&Result<Arc<Plan<R>>, Fault>>,
) -> Option<String> {
    let plan = match planned {
        None => return Some(t.many_no_field().to_owned()),
        Some(Err(fault)) => return Some(t.fault(fault)),
        Some(Ok(plan)) => plan,
    };
    let is_bearing = form.field.get().is_some_and(|field| field.is_bearing);
    let refused = plan.survey.refused.len();
    if plan.edit.how != HowMany::Set && R::field(plan.edit.field)?.is_blank(&plan.edit.value) {
        Some(t.many_no_tags().to_owned())
    } else if refused > 0 && !form.leaves_out.get() {
        Some(t.many_some_refused(refused))
    } else if plan.survey.changed.is_empty() {
        Some(t.many_nothing().to_owned())
    } else if is_bearing && form.reason.with(|reason| reason.trim().is_empty()) {
        Some(t.many_no_reason().to_owned())
    } else {
        None
    }
}

/// Which field.
fn field_choice<R: Many + Listed>(form: Form<R>, t: Lang) -> AnyView {
    let key = RwSignal::new(String::new());
    Effect::watch(move || key.get(), move |key, _, _| form.choose(key), false);
    let fields = R::FIELDS.iter().filter(|field| field.is_for_many());
    let fields = fields.map(|field| {
        let words = t.form_label(R::REGISTER, field.key);
        (field.key.to_owned(), words.to_owned())
    });
    let first = (String::new(), t.form_not_chosen().to_owned());
    let options = std::iter::once(first).chain(fields).collect();
    view! { <SelectField label=t.many_field() value=key options /> }.into_any()
}

/// Its new value, and the reason where it bears on a draw.
fn value<R: Many + Listed>(form: Form<R>, t: Lang, planned: Memo<Planned<R>>) -> AnyView {
    let error = Signal::derive(move || {
        planned.with(|planned| match planned {
            Some(Err(fault)) => t.fault(fault),
            _ => String::new(),
        })
    });
    let inputs = move || {
        let (field, input) = (form.field.get()?, form.input.get_untracked()?);
        let how = matches!(field.kind, Kind::Tags(_)).then(|| {
            let options = (0..).zip(HOWS);
            let options = options.map(|(at, how): (usize, _)| (at.to_string(), t.many_how(how).to_owned()));
            view! { <SelectField label=t.many_how_label() value=form.how options=options.collect() /> }
        });
        let reason = field
            .is_bearing
            .then(|| view! { <TextField label=t.reason() value=form.reason help=t.many_reason_help() is_full=true /> });
        let listed = read(form.app, |book| listed(field, book));
        let own = match (input, listed.is_empty()) {
            (Input::Text(value), false) => {
                let first = (String::new(), t.many_empty().to_owned());
                let options = listed.into_iter().map(|value| (value.clone(), value));
                let options = std::iter::once(first).chain(options).collect();
                let label = t.form_label(R::REGISTER, field.key);
                view! { <SelectField label value options /> }.into_any()
            }
            _ => control(t, field, input, error),
        };
        Some(view! {
            {how}
            {own}
            {reason}
        })
    };
    inputs.into_any()
}

/// The values of a field of text, where the brigade keeps a list of them.
fn listed<R: Listed>(field: &'static Field<R>, book: &crate::workbook::Workbook) -> Vec<String> {
    match field.kind {
        Kind::Text(_) if field.list.filter.is_some() => Aspect::Field(field).values(book),
        _ => Vec::new(),
    }
}

/// How many change, and each as it is and as it would be.
fn preview<R: Many + Listed>(form: Form<R>, t: Lang, planned: Memo<Planned<R>>) -> AnyView {
    let numbers = Memo::new(move |_| {
        planned.with(|planned| match planned {
            Some(Ok(plan)) => {
                let survey = &plan.survey;
                Some((
                    survey.changed.len(),
                    survey.same.len(),
                    survey.refused.len(),
                ))
            }
            _ => None,
        })
    });
    let count = Signal::derive(move || {
        numbers
            .get()
            .map_or(0, |(changed, _, refused)| changed + refused)
    });
    let row =
        move |line: usize| planned.with(|planned| preview_row(form, t, planned.as_ref(), line));
    let stat = |words: &'static str, number: usize, is_bad: bool| {
        view! {
            <div class:is-bad=is_bad>
                <dt>{words}</dt>
                <dd>{number}</dd>
            </div>
        }
    };
    let stats = move || {
        let (changed, same, refused) = numbers.get()?;
        Some(view! {
            <dl class="stats import-stats">
                {stat(t.many_will_change(), changed, false)}
                {stat(t.many_same(), same, false)}
                {stat(t.many_refused(), refused, refused > 0)}
            </dl>
        })
    };
    let leave_out = move || {
        let is_offered = numbers
            .get()
            .is_some_and(|(changed, _, refused)| refused > 0 && changed > 0);
        is_offered.then(|| {
            view! { <super::CheckField label=t.many_leave_out() value=form.leaves_out /> }
        })
    };
    let is_listed = Memo::new(move |_| count.get() > 0);
    let table = move || {
        is_listed.get().then(|| {
            view! {
                <div class="import-frame many-list">
                    <VirtualTable
                        label=t.many_preview()
                        columns=vec![
                            Column::text("", t.import_record(), ""),
                            Column::text("", t.import_before(), "220px"),
                            Column::text("", t.import_after(), "280px"),
                        ]
                        count
                        row=Callback::new(row)
                        selected=Signal::derive(|| None)
                        on_select=Callback::new(|_| ())
                    />
                </div>
            }
        })
    };
    view! {
        {stats}
        {leave_out}
        {table}
    }
    .into_any()
}

fn preview_row<R: Many + Listed>(
    form: Form<R>,
    t: Lang,
    planned: Option<&Result<Arc<Plan<R>>, Fault>>,
    line: usize,
) -> Row {
    let cells = read(form.app, |book| {
        let Some(Ok(plan)) = planned else {
            return Vec::new();
        };
        let Some((at, fault)) = plan.at(line) else {
            return Vec::new();
        };
        let (Some(record), Some(field)) =
            (R::records(book).get(at as usize), R::field(plan.edit.field))
        else {
            return Vec::new();
        };
        let words = |record: &R| t.import_value(field.key, &field.json(record));
        let name = R::FIELDS
            .iter()
            .find(|field| matches!(field.kind, Kind::Name(_)));
        let name = name.map_or("", |name| name.text(record)).to_owned();
        let last = match fault {
            Some(fault) => view! { <span class="error-text">{t.fault(fault)}</span> }.into_any(),
            None => {
                let new = words(&plan.edit.after(record));
                view! { <b title=new.clone()>{new.clone()}</b> }.into_any()
            }
        };
        vec![
            view! {
                <span title=name.clone()>{name.clone()}</span>
                <span class="import-id">{record.id_text().to_owned()}</span>
            }
            .into_any(),
            view! { <span class="import-old">{words(record)}</span> }.into_any(),
            last,
        ]
    });
    Row::Cells(cells)
}
