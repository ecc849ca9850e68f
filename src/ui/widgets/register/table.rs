//! The rows of a register's list.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::address::SORT;
use super::{Register, RegisterPage};
use crate::desk::list::{Aspect, Line};
use crate::i18n::Lang;
use crate::model::field::Kind;
use crate::ui::widgets::choice::columns;
use crate::ui::widgets::list::{focus_detail, list_foot, refine};
use crate::ui::widgets::table::{Column, Sort, Sorting, Ticks, VirtualTable};

/// Of the chosen columns those that stand in a view; that of the month only where one is drawn.
pub(super) fn standing<R: Register>(
    mut columns: Vec<Aspect<R>>,
    has_month: bool,
    view: usize,
) -> Vec<Aspect<R>> {
    columns.retain(|column| {
        let is_of_month = column.key() == R::OF_MONTH;
        (has_month || !is_of_month) && R::stands(column.key(), view)
    });
    columns
}

pub(super) fn table<R: Register>(page: RegisterPage<R>, t: Lang) -> AnyView {
    // Keys move the selection without an entry in the history, the pointer makes one.
    let is_by_key = StoredValue::new(false);
    let count = Signal::derive(move || page.lines.with(|lines| lines.len()));
    let select = move |line: usize| page.select(line, is_by_key.get_value());
    let open = move |line: usize| {
        select(line);
        focus_detail();
    };
    let is_heading = move |line: usize| {
        let line = page.lines.with_untracked(|lines| lines.get(line).copied());
        matches!(line, Some(Line::Heading { .. }))
    };
    let sort = Sorting {
        now: Signal::derive(move || page.wish.with(|wish| (wish.sort, wish.is_descending))),
        choose: Callback::new(move |(key, is_descending): Sort| {
            let mark = if is_descending { "-" } else { "" };
            refine(page.app, SORT, &format!("{mark}{key}"));
        }),
    };
    let ticks = ticks(page, t);
    let month = Memo::new(move |_| page.month(t));
    let view = Memo::new(move |_| page.wish.with(|wish| wish.view));
    let in_sight = RwSignal::new((0, 0));
    let foot = move || {
        page.lines
            .with(|lines| list_foot(t, R::foot(t, in_sight.get(), lines)))
    };
    let selected = Memo::new(move |_| page.selected_line());
    // Other choices that this browser keeps draw no list anew.
    let keys = Memo::new(move |_| {
        let columns = columns::<R>(page.app).into_iter();
        columns.map(Aspect::key).collect::<Vec<_>>()
    });
    let table = move || {
        let month = month.get();
        let (keys, view) = (keys.get(), view.get());
        let mut chosen = Aspect::<R>::all_columns();
        chosen.retain(|column| keys.contains(&column.key()));
        let shown = standing::<R>(chosen, month.is_some(), view);
        let columns = shown
            .iter()
            .map(|column| head(t, *column, month.as_deref()));
        let columns: Vec<Column> = columns.collect();
        let row = move |line: usize| page.row(t, line, &shown);
        view! {
            <VirtualTable
                label=R::words(t).title
                columns
                count
                row=Callback::new(row)
                selected
                on_select=Callback::new(select)
                on_open=Callback::new(open)
                ticks
                is_heading=Callback::new(is_heading)
                sort
                scroll=page.scroll
                in_sight
            />
        }
    };
    view! {
        <div
            class="table-keys"
            on:keydown:capture=move |_| is_by_key.set_value(true)
            on:pointerdown:capture=move |_| is_by_key.set_value(false)
        >
            {table}
        </div>
        {foot}
    }
    .into_any()
}

/// The boxes before the rows.
fn ticks<R: Register>(page: RegisterPage<R>, t: Lang) -> Ticks {
    let ticked = page.ticked;
    let is_on = move |line: usize| page.id_at(line).is_some_and(|id| ticked.holds(&id));
    let toggle = move |line: usize| {
        if let Some(id) = page.id_at(line) {
            let is_on = untrack(|| ticked.holds(&id));
            ticked.set([id], !is_on);
        }
    };
    let all = Memo::new(move |_| page.are_all_ticked());
    let toggle_all = move |()| page.tick_all(all.get_untracked() != Some(true));
    Ticks {
        is_on: Callback::new(is_on),
        toggle: Callback::new(toggle),
        name: Callback::new(move |line| t.many_tick(page.id_at(line).unwrap_or_default())),
        all: all.into(),
        toggle_all: Callback::new(toggle_all),
        all_name: t.many_tick_all(),
    }
}

fn head<R: Register>(t: Lang, column: Aspect<R>, month: Option<&str>) -> Column {
    let list = column.list();
    let key = if list.is_sorted { column.key() } else { "" };
    let title = column_title::<R>(t, column.key(), month);
    let column = Column::text(key, title, R::width(t, column.key())).yielding(list.yields);
    Column {
        is_number: list.is_number,
        ..column
    }
}

fn column_title<R: Register>(t: Lang, key: &'static str, month: Option<&str>) -> String {
    match month {
        Some(month) if key == R::OF_MONTH => t.column_of_month(R::REGISTER, month),
        None if key == R::OF_MONTH => t.column_of_month(R::REGISTER, t.list_last_month()),
        _ => t.column_name(R::REGISTER, key).to_owned(),
    }
}

/// What a column is called now.
pub(super) fn column_words<R: Register>(
    page: RegisterPage<R>,
    t: Lang,
    key: &'static str,
) -> String {
    column_title::<R>(t, key, untrack(|| page.month(t)).as_deref())
}

/// A cell: what the register makes of it, or the field as it stands.
pub(super) fn cell<R: Register>(
    t: Lang,
    column: Aspect<R>,
    record: &R,
    row: &R::Row,
    today: NaiveDate,
) -> AnyView {
    let own = record.cell(t, column.key(), row, today);
    let plain = || match column {
        Aspect::Field(field) if matches!(field.kind, Kind::Name(_)) => {
            let name = field.text(record).to_owned();
            let title = name.clone();
            view! { <span title=title>{name}</span> }.into_any()
        }
        Aspect::Field(field) => {
            view! { <span class="soft">{t.fact_value(field, record)}</span> }.into_any()
        }
        Aspect::Derived(_) => ().into_any(),
    };
    own.unwrap_or_else(plain)
}
