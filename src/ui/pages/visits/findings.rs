//! The items of a record in which something was found, each opened; the rest stand in a line.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::model::InspectionItem;
use crate::ui::widgets::list::{choice_of, choices, chosen};
use crate::ui::widgets::{CheckField, Icon, SelectField, TextArea, TextField, icon};
use crate::workbook::visit_record::{ItemFinding, Measure};

/// An item with a problem as the form holds it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct ItemRow {
    /// Tells rows apart.
    key: usize,
    item: RwSignal<String>,
    problem: RwSignal<String>,
    basis: RwSignal<String>,
    measure: RwSignal<String>,
    term: RwSignal<String>,
    is_corrected: RwSignal<bool>,
}

impl ItemRow {
    pub(super) fn empty(key: usize) -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            key,
            item: text(),
            problem: text(),
            basis: text(),
            measure: RwSignal::new(choice_of(&Measure::ALL, &Measure::AtOnce)),
            term: text(),
            is_corrected: RwSignal::new(false),
        }
    }

    pub(super) fn of(finding: &ItemFinding, items: &[InspectionItem]) -> Self {
        let place = items.iter().position(|it| it.id == finding.item);
        let row = Self::empty(place.unwrap_or(items.len()));
        row.item.set(finding.item.clone());
        row.problem.set(finding.problem.clone());
        row.basis.set(finding.basis.clone());
        row.measure.set(choice_of(&Measure::ALL, &finding.measure));
        row.term
            .set(finding.term.map(|it| it.to_string()).unwrap_or_default());
        row.is_corrected.set(finding.is_corrected);
        row
    }

    fn measure(self) -> Measure {
        self.measure.with(|key| chosen(&Measure::ALL, key))
    }

    pub(super) fn finding(self) -> ItemFinding {
        let measure = untrack(|| self.measure());
        let term = self.term.with_untracked(|text| text.parse().ok());
        ItemFinding {
            item: self.item.get_untracked(),
            problem: self.problem.get_untracked(),
            basis: self.basis.get_untracked(),
            measure,
            term: term.filter(|_| measure == Measure::ByTerm),
            is_corrected: self.is_corrected.get_untracked(),
        }
    }
}

/// The rows, and the way to one more.
pub(super) fn item_rows(
    items: StoredValue<Vec<InspectionItem>>,
    rows: RwSignal<Vec<ItemRow>>,
    t: Lang,
) -> AnyView {
    let rest = move || {
        let rest = items
            .with_value(Vec::len)
            .saturating_sub(rows.with(Vec::len));
        t.result_items_rest(rest)
    };
    let add = move |_| {
        rows.update(|rows| {
            let key = rows.iter().map(|row| row.key + 1).max().unwrap_or(0);
            rows.push(ItemRow::empty(key));
        });
    };
    view! {
        <section class="record-items" aria-label=t.result_items()>
            <p class="record-rest">{icon(Icon::Check)} {rest}</p>
            <For each=move || rows.get() key=|row| row.key children=move |row| item_row(items, rows, row, t) />
            <button type="button" class="button is-plain" on:click=add>
                {icon(Icon::Plus)} {t.result_item_more()}
            </button>
        </section>
    }
    .into_any()
}

fn item_row(
    items: StoredValue<Vec<InspectionItem>>,
    rows: RwSignal<Vec<ItemRow>>,
    row: ItemRow,
    t: Lang,
) -> AnyView {
    let name = move || {
        let id = row.item.get();
        items.with_value(|items| {
            let found = items.iter().find(|it| it.id == id);
            found.map_or_else(|| t.result_item_choose().to_owned(), |it| it.name.clone())
        })
    };
    let mut options = vec![(String::new(), t.result_item_choose().to_owned())];
    items.with_value(|items| {
        options.extend(
            items
                .iter()
                .map(|it| (it.id.clone(), format!("{} {}", it.id, it.name))),
        );
    });
    // The item's own basis, as long as nobody wrote another.
    Effect::new(move |_| {
        let id = row.item.get();
        let basis = items.with_value(|items| {
            let found = items.iter().find(|it| it.id == id);
            found.map(|it| it.basis.clone())
        });
        if let Some(basis) = basis.filter(|_| row.basis.with_untracked(|it| it.trim().is_empty())) {
            row.basis.set(basis);
        }
    });
    let term = move || {
        (row.measure() == Measure::ByTerm).then(|| {
            view! { <TextField label=t.result_term() kind="date" value=row.term /> }
        })
    };
    let measures = choices(&Measure::ALL, |it| t.measure(it));
    view! {
        <section class="record-item" aria-label=name>
            <div class="record-item-head">
                <SelectField label=t.result_item_choose() value=row.item options is_full=true />
                <button
                    type="button"
                    class="button is-icon is-small"
                    aria-label=move || t.result_item_remove(name())
                    on:click=move |_| rows.update(|rows| rows.retain(|it| *it != row))
                >
                    {icon(Icon::Close)}
                </button>
            </div>
            <TextArea label=t.result_problem() value=row.problem />
            <div class="field-grid">
                <SelectField label=t.result_measure() value=row.measure options=measures />
                {term}
                <CheckField label=t.result_on_the_spot() value=row.is_corrected />
            </div>
            <TextField label=t.result_basis() value=row.basis is_full=true />
        </section>
    }
    .into_any()
}
