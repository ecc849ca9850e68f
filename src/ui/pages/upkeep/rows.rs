//! What the rows of the page's lists say: on the page, and in the files that go out.

use leptos::prelude::*;

use super::Upkeep;
use super::lists::{Found, ListKind};
use crate::desk::visit_table::full_address;
use crate::document::table::{Table, TableCell};
use crate::exchange::compared::{LineState, MissingLine, UnitLine, ValueLine};
use crate::i18n::Lang;
use crate::model::{UnitId, UnitStatus};
use crate::ui::route::{Page, Route};
use crate::ui::sheets::lists_out;
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

/// What a row says.
struct Line {
    /// Whom a tick would choose.
    name: String,
    is_open: bool,
    /// What stands in the columns behind the tick.
    words: Vec<String>,
    /// The place of a unit's name among them, and the unit to which it leads.
    unit: Option<(usize, UnitId)>,
    /// It was found by name and address alone.
    is_by_name: bool,
    /// What became of it, in the last column.
    state: Option<LineState>,
}

/// A list as it goes out, in its order.
pub(super) fn table(page: Upkeep, t: Lang, kind: ListKind) -> Table {
    let columns = columns(t, kind);
    let heads = columns.iter().skip(1).map(|column| column.title.as_str());
    let heads: Vec<&str> = heads.collect();
    let lines = page.found.with_untracked(|found| {
        page.read(|book| {
            let lines = (0..found.count(kind)).filter_map(|at| line(t, book, found, kind, at));
            lines.collect::<Vec<_>>()
        })
    });
    let cells = |line: Line| {
        let state = line.state.map(|state| t.line_state(state).to_owned());
        let words = line.words.into_iter().chain(state);
        words.map(TableCell::text).collect()
    };
    let rows = lines.into_iter().map(cells).collect();
    lists_out::table(kind.name(t), &heads, rows)
}

/// A row of a list.
pub(super) fn row(page: Upkeep, t: Lang, kind: ListKind, at: usize) -> Row {
    let found = page
        .found
        .with(|found| page.read(|book| line(t, book, found, kind, at)));
    Row::Cells(found.map_or_else(Vec::new, |line| cells(page, t, at, line)))
}

fn cells(page: Upkeep, t: Lang, at: usize, line: Line) -> Vec<AnyView> {
    let tick = line.is_open.then(|| {
        view! {
            <input
                type="checkbox"
                aria-label=t.upkeep_tick(&line.name)
                prop:checked=move || page.ticked.with(|ticked| ticked.contains(&at))
                on:change=move |_| page.toggle(at)
            />
        }
    });
    let by_name = || {
        let mark = || view! { <span class="warn-text" title=t.upkeep_by_name()>" ?"</span> };
        line.is_by_name.then(mark)
    };
    let link = |unit: &UnitId, name: String| {
        let href = Route::record(Page::Units, unit.as_str()).hash();
        view! {
            <a href=href title=name.clone()>
                {name.clone()}
            </a>
            {by_name()}
        }
        .into_any()
    };
    let words = line.words.into_iter().enumerate();
    let words = words.map(|(place, words)| match &line.unit {
        Some((at, unit)) if *at == place => link(unit, words),
        _ => view! { <span title=words.clone()>{words.clone()}</span> }.into_any(),
    });
    let cells = std::iter::once(tick.into_any()).chain(words);
    cells
        .chain(line.state.map(|state| state_cell(t, state)))
        .collect()
}

fn state_cell(t: Lang, state: LineState) -> AnyView {
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

const fn is_open(state: LineState) -> bool {
    matches!(state, LineState::Open | LineState::Suspected)
}

fn line(t: Lang, book: &Workbook, found: &Found, kind: ListKind, at: usize) -> Option<Line> {
    match kind {
        ListKind::Missing => found.lines.missing.get(at).map(missing),
        ListKind::Absent => unit(book, found.lines.absent.get(at)?, Vec::new()),
        ListKind::Reopened => {
            let line = found.lines.reopened.get(at)?;
            let more = match &book.units.get(line.place as usize)?.status {
                UnitStatus::Retired { since, reason, .. } => [reason.clone(), since.to_string()],
                UnitStatus::Active => Default::default(),
            };
            unit(book, line, more.into())
        }
        ListKind::StruckOff => {
            let line = found.lines.struck_off.get(at)?;
            unit(book, line, vec![line.word.clone()])
        }
        ListKind::Differing => found.lines.differing.get(at).map(|line| value(t, line)),
        ListKind::Suspects => suspect(t, book, found, at),
        ListKind::Aside => aside(book, found, at),
    }
}

fn missing(line: &MissingLine) -> Line {
    let row = &line.row;
    Line {
        name: row.name.clone(),
        is_open: is_open(line.state),
        words: vec![
            line.row_number.to_string(),
            row.name.clone(),
            row.code.clone(),
            row.address.clone(),
        ],
        unit: None,
        is_by_name: false,
        state: Some(line.state),
    }
}

fn unit(book: &Workbook, line: &UnitLine, more: Vec<String>) -> Option<Line> {
    let unit = book.units.get(line.place as usize)?;
    let code = unit.code.as_ref();
    let code = code.map_or_else(String::new, |code| code.as_str().to_owned());
    let words = [unit.name.clone(), code, full_address(unit)];
    Some(Line {
        name: unit.name.clone(),
        is_open: is_open(line.state),
        words: words.into_iter().chain(more).collect(),
        unit: Some((0, unit.id.clone())),
        is_by_name: false,
        state: Some(line.state),
    })
}

fn value(t: Lang, line: &ValueLine) -> Line {
    let field = t.import_field(line.field);
    Line {
        name: t.named(&line.name, &field),
        is_open: is_open(line.state),
        words: vec![
            line.row_number.to_string(),
            line.name.clone(),
            field,
            t.import_value(line.field, &line.ours),
            t.import_value(line.field, &line.theirs),
        ],
        unit: Some((1, line.unit.clone())),
        is_by_name: line.is_by_name,
        state: Some(line.state),
    }
}

fn suspect(t: Lang, book: &Workbook, found: &Found, at: usize) -> Option<Line> {
    let (place, suspicions) = found.suspects.get(at)?;
    let unit = book.units.get(*place as usize)?;
    Some(Line {
        name: unit.name.clone(),
        is_open: true,
        words: vec![
            unit.name.clone(),
            full_address(unit),
            t.suspicions(suspicions),
        ],
        unit: Some((0, unit.id.clone())),
        is_by_name: false,
        state: None,
    })
}

fn aside(book: &Workbook, found: &Found, at: usize) -> Option<Line> {
    let row = book.upkeep.set_aside.get(found.aside.get(at)?)?;
    Some(Line {
        name: row.name.clone(),
        is_open: true,
        words: vec![
            row.name.clone(),
            row.why.clone(),
            row.on.to_string(),
            row.by.clone(),
        ],
        unit: None,
        is_by_name: false,
        state: None,
    })
}
