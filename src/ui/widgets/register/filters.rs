//! What narrows a register's list: its menu of conditions, and a chip for each that is set.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::address::{MARK, values};
use super::{Register, RegisterPage};
use crate::desk::list::Aspect;
use crate::i18n::Lang;
use crate::model::field::Kind;
use crate::ui::widgets::list::{Chip, refine};
use crate::ui::widgets::menu::menu;

/// The filters that are set, as chips that take them out.
pub(super) fn chips<R: Register>(page: RegisterPage<R>, t: Lang) -> Vec<AnyView> {
    let chip = |filter: Aspect<R>| {
        let key = filter.key();
        let asked = page.wish.with(|wish| wish.chosen.get(key).cloned())?;
        if asked.is_empty() {
            return None;
        }
        let mut asked: Vec<String> = asked.into_iter().collect();
        asked.sort_by_key(|value| filter.rank_of(value));
        let words = asked
            .iter()
            .map(|value| value_words(t, filter, value, true));
        let words = words.collect::<Vec<_>>().join(t.list_mark());
        let text = if filter.is_flag() {
            words
        } else {
            t.named(t.filter_name(R::REGISTER, key), words)
        };
        let remove = Callback::new(move |()| refine(page.app, key, ""));
        Some(view! { <Chip text on_remove=remove /> }.into_any())
    };
    Aspect::<R>::filters()
        .into_iter()
        .filter_map(chip)
        .collect()
}

/// A value of a filter in words.
fn value_words<R: Register>(t: Lang, filter: Aspect<R>, value: &str, is_chip: bool) -> String {
    let own = || match filter {
        Aspect::Field(field) => match (&field.kind, filter.rank_of(value)) {
            (Kind::Choice(choice), Some(at)) if !is_chip => {
                t.form_choices(choice.of)[at as usize].to_owned()
            }
            (Kind::Choice(_), _) => t.import_value(field.key, &value.into()),
            (Kind::Flag(_), _) => t.form_label(R::REGISTER, field.key).to_owned(),
            _ => value.to_owned(),
        },
        Aspect::Derived(_) => value.to_owned(),
    };
    R::value_words(t, filter.key(), value, is_chip).unwrap_or_else(own)
}

/// All conditions in one native panel.
pub(super) fn filter_menu<R: Register>(
    page: RegisterPage<R>,
    t: Lang,
    filters: Vec<Aspect<R>>,
) -> AnyView {
    let words = move || {
        let is_set = |(_, values): &(&&str, &BTreeSet<String>)| !values.is_empty();
        match page
            .wish
            .with(|wish| wish.chosen.iter().filter(is_set).count())
        {
            0 => t.list_filter().to_owned(),
            count => t.list_filter_count(count),
        }
    };
    let filters = filters
        .into_iter()
        .map(|filter| filter_values(page, t, filter));
    menu("filter-menu", words, filters.collect_view(), false)
}

/// Values of one filter, any number of which may be checked.
fn filter_values<R: Register>(page: RegisterPage<R>, t: Lang, filter: Aspect<R>) -> AnyView {
    let key = filter.key();
    let offered = page.app.workbook.with_untracked(|book| {
        let values = book.as_ref().map(|book| filter.values(book));
        values.unwrap_or_default()
    });
    if offered.is_empty() {
        return ().into_any();
    }
    let choice = move |value: String| {
        let (words, own) = (value_words(t, filter, &value, false), value.clone());
        let checked = move || {
            page.app
                .route
                .with(|route| values(route, key).contains(&own))
        };
        let toggle = move |_| {
            let mut values = page.app.route.with_untracked(|route| values(route, key));
            if !values.remove(&value) {
                values.insert(value.clone());
            }
            let text: Vec<String> = values.into_iter().collect();
            refine(page.app, key, &text.join(&MARK.to_string()));
        };
        view! {
            <label class="check-field">
                <input type="checkbox" prop:checked=checked on:change=toggle />
                {words}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{t.filter_name(R::REGISTER, key)}</legend>
            <div class="filter-values">{offered.into_iter().map(choice).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
