//! What the rows of the page's lists show.

use leptos::prelude::*;

use super::Upkeep;
use super::lists::{Found, ListKind};
use crate::desk::visit_table::full_address;
use crate::exchange::compared::{LineState, MissingLine, UnitLine, ValueLine};
use crate::i18n::Lang;
use crate::model::{Unit, UnitId, UnitStatus};
use crate::ui::route::{Page, Route};
use crate::ui::widgets::{Column, Row};
use crate::workbook::Workbook;

/// The columns of a list.
pub(super) fn columns(t: Lang, kind: ListKind) -> Vec<Column> {
    let tick = || Column::text("", "", "36px");
    let number = || Column::number("", t.upkeep_row(), "56px").yielding(3);
    let name = || Column::text("", t.upkeep_name(), "");
    let code = || Column::text("", t.upkeep_code(), "176px").yielding(2);
    let address = || Column::text("", t.upkeep_address(), "").yielding(1);
    let state = || Column::text("", t.upkeep_state(), "108px");
    match kind {
        ListKind::Missing => vec![tick(), number(), name(), code(), address(), state()],
        ListKind::Absent => vec![tick(), name(), code(), address(), state()],
        ListKind::Reopened => vec![
            tick(),
            name(),
            code(),
            address(),
            Column::text("", t.upkeep_retired_why(), ""),
            Column::text("", t.upkeep_since(), "100px").yielding(1),
            state(),
        ],
        ListKind::StruckOff => vec![
            tick(),
            name(),
            code(),
            address(),
            Column::text("", t.upkeep_word(), "90px"),
            state(),
        ],
        ListKind::Differing => vec![
            tick(),
            number(),
            name(),
            Column::text("", t.upkeep_field(), "108px"),
            Column::text("", t.upkeep_ours(), ""),
            Column::text("", t.upkeep_theirs(), ""),
            state(),
        ],
        ListKind::Suspects => vec![
            tick(),
            name(),
            address(),
            Column::text("", t.upkeep_reason(), ""),
        ],
        ListKind::Aside => vec![
            tick(),
            name(),
            Column::text("", t.upkeep_why(), ""),
            Column::text("", t.upkeep_since(), "100px"),
            Column::text("", t.upkeep_by(), "100px").yielding(1),
        ],
    }
}

/// A row of a list.
pub(super) fn row(page: Upkeep, t: Lang, kind: ListKind, at: usize) -> Row {
    let cells = page.found.with(|found| {
        page.read(|book| match kind {
            ListKind::Missing => {
                let line = found.lines.missing.get(at)?;
                Some(missing(page, t, at, line))
            }
            ListKind::Absent => {
                let line = found.lines.absent.get(at)?;
                unit(page, t, book, at, line, Vec::new())
            }
            ListKind::Reopened => {
                let line = found.lines.reopened.get(at)?;
                let status = book.units.get(line.place as usize)?.status.clone();
                let (why, since) = match status {
                    UnitStatus::Retired { since, reason, .. } => (reason, since.to_string()),
                    UnitStatus::Active => (String::new(), String::new()),
                };
                unit(page, t, book, at, line, vec![text(why), text(since)])
            }
            ListKind::StruckOff => {
                let line = found.lines.struck_off.get(at)?;
                unit(page, t, book, at, line, vec![text(&line.word)])
            }
            ListKind::Differing => {
                let line = found.lines.differing.get(at)?;
                Some(value(page, t, at, line))
            }
            ListKind::Suspects => suspect(page, t, book, found, at),
            ListKind::Aside => aside(page, t, book, found, at),
        })
    });
    Row::Cells(cells.unwrap_or_default())
}

fn tick(page: Upkeep, t: Lang, at: usize, name: &str, is_open: bool) -> AnyView {
    is_open
        .then(|| {
            view! {
                <input
                    type="checkbox"
                    aria-label=t.upkeep_tick(name)
                    prop:checked=move || page.ticked.with(|ticked| ticked.contains(&at))
                    on:change=move |_| page.toggle(at)
                />
            }
        })
        .into_any()
}

fn state(t: Lang, state: LineState) -> AnyView {
    let class = match state {
        LineState::Open => "",
        LineState::Suspected => "warn-text",
        LineState::Added | LineState::Confirmed | LineState::Adopted | LineState::Restored => {
            "ok-text"
        }
        LineState::Aside | LineState::Retired | LineState::Kept => "soft",
    };
    view! { <span class=class>{t.line_state(state)}</span> }.into_any()
}

fn text(words: impl Into<String>) -> AnyView {
    let words: String = words.into();
    let title = words.clone();
    view! { <span title=title>{words}</span> }.into_any()
}

fn unit_link(id: &UnitId, name: &str) -> AnyView {
    let href = Route::record(Page::Units, id.as_str()).hash();
    let (name, title) = (name.to_owned(), name.to_owned());
    view! {
        <a href=href title=title>
            {name}
        </a>
    }
    .into_any()
}

fn is_open(state: LineState) -> bool {
    matches!(state, LineState::Open | LineState::Suspected)
}

fn missing(page: Upkeep, t: Lang, at: usize, line: &MissingLine) -> Vec<AnyView> {
    vec![
        tick(page, t, at, &line.row.name, is_open(line.state)),
        line.row_number.into_any(),
        text(&line.row.name),
        text(&line.row.code),
        text(&line.row.address),
        state(t, line.state),
    ]
}

fn code_of(unit: &Unit) -> String {
    let code = unit.code.as_ref();
    code.map(|code| code.as_str().to_owned())
        .unwrap_or_default()
}

fn unit(
    page: Upkeep,
    t: Lang,
    book: &Workbook,
    at: usize,
    line: &UnitLine,
    more: Vec<AnyView>,
) -> Option<Vec<AnyView>> {
    let unit = book.units.get(line.place as usize)?;
    let mut cells = vec![
        tick(page, t, at, &unit.name, is_open(line.state)),
        unit_link(&unit.id, &unit.name),
        text(code_of(unit)),
        text(full_address(unit)),
    ];
    cells.extend(more);
    cells.push(state(t, line.state));
    Some(cells)
}

fn value(page: Upkeep, t: Lang, at: usize, line: &ValueLine) -> Vec<AnyView> {
    let field = t.import_field(line.field);
    let name = t.named(&line.name, &field);
    let by_name = line.is_by_name.then(|| {
        view! { <span class="warn-text" title=t.upkeep_by_name()>" ?"</span> }
    });
    vec![
        tick(page, t, at, &name, is_open(line.state)),
        line.row_number.into_any(),
        view! {
            {unit_link(&line.unit, &line.name)}
            {by_name}
        }
        .into_any(),
        text(field),
        text(t.import_value(line.field, &line.ours)),
        text(t.import_value(line.field, &line.theirs)),
        state(t, line.state),
    ]
}

fn suspect(
    page: Upkeep,
    t: Lang,
    book: &Workbook,
    found: &Found,
    at: usize,
) -> Option<Vec<AnyView>> {
    let (place, suspicions) = found.suspects.get(at)?;
    let unit = book.units.get(*place as usize)?;
    Some(vec![
        tick(page, t, at, &unit.name, true),
        unit_link(&unit.id, &unit.name),
        text(full_address(unit)),
        text(t.suspicions(suspicions)),
    ])
}

fn aside(page: Upkeep, t: Lang, book: &Workbook, found: &Found, at: usize) -> Option<Vec<AnyView>> {
    let row = book.upkeep.set_aside.get(found.aside.get(at)?)?;
    Some(vec![
        tick(page, t, at, &row.name, true),
        text(&row.name),
        text(&row.why),
        text(row.on.to_string()),
        text(&row.by),
    ])
}
