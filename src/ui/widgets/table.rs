//! The virtual list: any number of rows, of which only those in sight are in
//! the page. Sorting, selection and keyboard included.
//!
//! Plain `<tr>` rows in a native table. leptos-struct-table was weighed: it
//! derives a component per row struct, adds 110 KB and has no day rows.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;

use super::super::rows::{ColumnNeed, Viewport, columns_that_fit, step};
use super::drag::Drags;
use super::resize::{in_next_frame, on_resize};

/// Least width of a column that takes the rest of the room: eight characters of a name.
const REST_WIDTH_MIN: f64 = 150.0;

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Name by which it sorts; empty if it does not.
    pub key: &'static str,
    /// Its words.
    pub title: String,
    /// Its width in pixels, such as `90px`; empty for the rest of the room.
    pub width: &'static str,
    /// Whether it holds numbers.
    pub is_number: bool,
    /// How soon it gives way where the list is narrow: the largest first, 0 never.
    pub yields: u8,
}

impl Column {
    /// A column of text.
    #[must_use]
    pub fn text(key: &'static str, title: impl Into<String>, width: &'static str) -> Self {
        Self {
            key,
            title: title.into(),
            width,
            is_number: false,
            yields: 0,
        }
    }

    /// A column of numbers.
    #[must_use]
    pub fn number(key: &'static str, title: impl Into<String>, width: &'static str) -> Self {
        Self {
            is_number: true,
            ..Self::text(key, title, width)
        }
    }

    /// The same column, giving way where the list is narrow; the detail says what it holds.
    #[must_use]
    pub fn yielding(self, yields: u8) -> Self {
        Self { yields, ..self }
    }

    fn need(&self) -> ColumnNeed {
        let pixels = self.width.trim_end_matches("px").parse();
        ColumnNeed {
            width: pixels.unwrap_or(REST_WIDTH_MIN),
            yields: self.yields,
        }
    }
}

/// A row as the caller draws it.
pub enum Row {
    /// Cells, one a column.
    Cells(Vec<AnyView>),
    /// A heading across all columns, which cannot be selected.
    Heading(AnyView),
}

/// By which column, and whether from the largest down.
pub type Sort = (&'static str, bool);

/// How a list is sorted, and what a click on a column's head asks for.
#[derive(Clone, Copy)]
pub struct Sorting {
    /// The order now.
    pub now: Signal<Sort>,
    /// Called with another one.
    pub choose: Callback<Sort>,
}

/// Rows that a person ticks, beside the one that is selected: by a box before the first cell,
/// or by the space key.
#[derive(Clone, Copy)]
pub struct Ticks {
    /// Whether the row at a place is ticked; may read signals.
    pub is_on: Callback<usize, bool>,
    /// Ticks a row, or takes its tick back.
    pub toggle: Callback<usize>,
    /// What the box of a row is called.
    pub name: Callback<usize, String>,
    /// Whether all rows of the list are ticked; none where only some are.
    pub all: Signal<Option<bool>>,
    /// Ticks all rows of the list, or takes their ticks back.
    pub toggle_all: Callback<()>,
    /// What the box that does it is called.
    pub all_name: &'static str,
}

/// The virtual list.
///
/// Columns give way to each other by the list's own width, whatever made it narrow: the window,
/// its zoom, or a panel beside it. The caller's `row` draws a row by its place and may read signals: what it
/// reads draws the rows in the page again. `on_open` answers Enter and a double
/// click; a list with [`Row::Heading`]s says by
/// `is_heading` which they are, so that keys pass over them.
#[component]
pub fn VirtualTable(
    /// Its accessible name.
    #[prop(into)]
    label: String,
    columns: Vec<Column>,
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// Draws the row at a place, from 0.
    row: Callback<usize, Row>,
    /// The selected row.
    #[prop(into)]
    selected: Signal<Option<usize>>,
    /// Called when a row is chosen.
    on_select: Callback<usize>,
    /// Called when a row is opened.
    #[prop(optional)]
    on_open: Option<Callback<usize>>,
    /// Rows that can be ticked.
    #[prop(optional)]
    ticks: Option<Ticks>,
    /// Rows that can be dragged.
    #[prop(optional)]
    drags: Option<Drags>,
    /// Called by the space key where rows have boxes of their own.
    #[prop(optional)]
    on_toggle: Option<Callback<usize>>,
    /// Which rows are headings.
    #[prop(optional)]
    is_heading: Option<Callback<usize, bool>>,
    /// Height of a row in pixels; by itself that of the interface.
    #[prop(optional)]
    row_height: Option<f64>,
    /// How it is sorted.
    #[prop(optional)]
    sort: Option<Sorting>,
    /// Where the list stands, kept by the caller over a page change.
    #[prop(optional)]
    scroll: Option<RwSignal<f64>>,
    /// Told which rows can be seen, as for «rows 20 to 41 of 2412».
    #[prop(optional)]
    in_sight: Option<RwSignal<(usize, usize)>>,
) -> impl IntoView {
    let row_height = row_height.unwrap_or_else(row_height_of_style);
    let list = List {
        frame: NodeRef::new(),
        view: RwSignal::new(Viewport {
            top: scroll.map_or(0.0, |scroll| scroll.get_untracked()),
            height: 700.0,
            row_height,
        }),
        room: RwSignal::new(f64::INFINITY),
        is_laid: RwSignal::new(false),
        has_ring: RwSignal::new(false),
        name: StoredValue::new(next_name()),
        is_number: StoredValue::new(columns.iter().map(|column| column.is_number).collect()),
        count,
        row,
        selected,
        on_select,
        on_open,
        ticks,
        drags,
        toggle: on_toggle.or_else(|| ticks.map(|ticks| ticks.toggle)),
        is_heading,
    };
    list.follow(scroll, in_sight);
    let needs: Vec<ColumnNeed> = columns.iter().map(Column::need).collect();
    let columns = StoredValue::new(columns);
    let stands = Memo::new(move |_| columns_that_fit(&needs, list.room.get()));
    let shown = move || {
        let stands = stands.get();
        columns.with_value(|columns| {
            let shown = columns.iter().zip(stands);
            shown
                .filter(|(_, stands)| *stands)
                .map(|(column, _)| column.clone())
                .collect::<Vec<_>>()
        })
    };
    let range = Memo::new(move |_| list.view.get().in_page(count.get()));
    let body = move || {
        let (range, total) = (range.get(), count.get());
        let (above, below) = (range.start, total.saturating_sub(range.end));
        view! {
            {spacer(above, row_height)}
            {range.map(|place| stands.with(|stands| list.row(place, stands))).collect_view()}
            {spacer(below, row_height)}
        }
    };
    let active = move || {
        let place = selected.get().filter(|place| *place < count.get())?;
        Some(list.row_id(place))
    };
    view! {
        <div
            class="table-frame"
            class:has-ring=move || list.has_ring.get()
            node_ref=list.frame
            on:scroll=move |_| list.measure()
        >
            <table
                class="list"
                role="grid"
                tabindex="0"
                style=move || {
                    let width: f64 = shown().iter().map(|column| column.need().width).sum();
                    format!("--row:{row_height}px;min-width:{width}px")
                }
                aria-label=label
                aria-rowcount=move || count.get() + 1
                aria-activedescendant=active
                on:keydown=move |event| list.press(&event)
                on:focus=move |event| list.has_ring.set(is_focus_visible(&event))
                on:blur=move |_| list.has_ring.set(false)
                on:dragstart=move |event| list.dragged(|drags| drags.begin(&event))
                on:dragover=move |event| list.dragged(|drags| drags.over(&event))
                on:drop=move |event| list.dragged(|drags| drags.drop(&event))
                on:dragend=move |_| list.dragged(Drags::end)
            >
                {move || head(shown(), sort, ticks)}
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

/// What the parts of one list share.
#[derive(Clone, Copy)]
struct List {
    frame: NodeRef<html::Div>,
    view: RwSignal<Viewport>,
    /// Width of the frame.
    room: RwSignal<f64>,
    /// Whether it stands in the page, where it stood before.
    is_laid: RwSignal<bool>,
    has_ring: RwSignal<bool>,
    name: StoredValue<String>,
    is_number: StoredValue<Vec<bool>>,
    count: Signal<usize>,
    row: Callback<usize, Row>,
    selected: Signal<Option<usize>>,
    on_select: Callback<usize>,
    on_open: Option<Callback<usize>>,
    ticks: Option<Ticks>,
    drags: Option<Drags>,
    toggle: Option<Callback<usize>>,
    is_heading: Option<Callback<usize, bool>>,
}

impl List {
    /// Reads scroll position and size from the page.
    fn measure(self) {
        let Some(frame) = self.frame.get_untracked() else {
            return;
        };
        let mut view = self.view.get_untracked();
        view.top = f64::from(frame.scroll_top());
        // A list that is laid out later must not stay empty until then.
        view.height = f64::from(frame.client_height()).max(200.0);
        if view != self.view.get_untracked() {
            self.view.set(view);
        }
        let room = f64::from(frame.client_width());
        // Nor must it lose its columns.
        if room > 0.0 && room != self.room.get_untracked() {
            self.room.set(room);
        }
    }

    /// Follows the frame's size, the selection, and what the caller wants to know.
    fn follow(self, scroll: Option<RwSignal<f64>>, in_sight: Option<RwSignal<(usize, usize)>>) {
        Effect::new(move |_| {
            let Some(frame) = self.frame.get() else {
                return;
            };
            on_resize(&frame, move || self.measure());
            // To be asked now, the browser would lay out everything within this task.
            in_next_frame(move || {
                let top = self.view.get_untracked().top;
                if top > 0.0 {
                    frame.set_scroll_top(top as i32);
                }
                self.measure();
                self.is_laid.set(true);
            });
        });
        // A record opened from elsewhere is brought into sight once.
        Effect::new(move |_| {
            if let (true, Some(place)) = (self.is_laid.get(), self.selected.get()) {
                self.reveal(place);
            }
        });
        if let Some(scroll) = scroll {
            Effect::new(move |_| scroll.set(self.view.get().top));
        }
        if let Some(in_sight) = in_sight {
            Effect::new(move |_| {
                let seen = self.view.get().in_sight(self.count.get());
                in_sight.set((seen.start, seen.end));
            });
        }
    }

    fn reveal(self, place: usize) {
        self.measure();
        let top = self.view.get_untracked().top_to_reveal(place);
        if let (Some(frame), Some(top)) = (self.frame.get_untracked(), top) {
            frame.set_scroll_top(top.max(0.0) as i32);
        }
    }

    fn press(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || !is_for_list(event) {
            return;
        }
        let (key, at) = (event.key(), self.selected.get_untracked());
        match (key.as_str(), at, self.on_open, self.toggle) {
            ("Enter", Some(at), Some(open), _) => open.run(at),
            (" ", Some(at), _, Some(toggle)) => toggle.run(at),
            _ => {
                let page = self.view.get_untracked().rows_per_page();
                let is_heading = |place| self.is_heading.is_some_and(|is| is.run(place));
                let count = self.count.get_untracked();
                let Some(place) = step(&key, at, page, count, is_heading) else {
                    return;
                };
                self.on_select.run(place);
                self.reveal(place);
            }
        }
        event.prevent_default();
    }

    fn dragged(self, what: impl FnOnce(Drags)) {
        if let Some(drags) = self.drags {
            what(drags);
        }
    }

    fn row_id(self, place: usize) -> String {
        self.name.with_value(|name| format!("{name}-{place}"))
    }

    fn row(self, place: usize, stands: &[bool]) -> AnyView {
        let cells = match self.row.run(place) {
            Row::Heading(heading) => {
                let columns_count = stands.iter().filter(|stands| **stands).count();
                return self.heading(place, heading, columns_count);
            }
            Row::Cells(cells) => cells,
        };
        let cells = cells.into_iter().enumerate();
        let cells = cells.filter(|(column, _)| stands.get(*column).copied().unwrap_or(true));
        let cells = cells.map(|(column, cell)| {
            let is_number = self
                .is_number
                .with_value(|is_number| is_number.get(column).copied().unwrap_or_default());
            let tick = (column == 0).then(|| self.ticks.map(|ticks| tick(ticks, place)));
            view! { <td class=if is_number { "number" } else { "" }>{tick} {cell}</td> }
        });
        let selected = self.selected;
        let is_dragged = self.drags.filter(|drags| drags.may.run(place));
        let is_dragged = is_dragged.map(|_| "true");
        view! {
            <tr
                id=self.row_id(place)
                class="is-row"
                draggable=is_dragged
                aria-rowindex=place + 2
                aria-selected=move || if selected.get() == Some(place) { "true" } else { "false" }
                on:click=move |_| self.on_select.run(place)
                on:dblclick=move |_| {
                    if let Some(open) = self.on_open {
                        open.run(place);
                    }
                }
            >
                {cells.collect_view()}
            </tr>
        }
        .into_any()
    }

    fn heading(self, place: usize, heading: AnyView, columns_count: usize) -> AnyView {
        view! {
            <tr id=self.row_id(place) class="is-day" aria-rowindex=place + 2>
                <td colspan=columns_count>{heading}</td>
            </tr>
        }
        .into_any()
    }
}

/// The box of a row. A click on it is none on the row; keys reach it by the list's own.
fn tick(ticks: Ticks, place: usize) -> AnyView {
    view! {
        <input
            type="checkbox"
            class="tick"
            tabindex="-1"
            aria-label=ticks.name.run(place)
            prop:checked=move || ticks.is_on.run(place)
            on:click=|event| event.stop_propagation()
            on:dblclick=|event| event.stop_propagation()
            on:change=move |_| ticks.toggle.run(place)
        />
    }
    .into_any()
}

/// The box of all rows, in the head.
fn tick_all(ticks: Ticks) -> AnyView {
    view! {
        <input
            type="checkbox"
            class="tick"
            aria-label=ticks.all_name
            prop:checked=move || ticks.all.get() == Some(true)
            prop:indeterminate=move || ticks.all.get().is_none()
            on:change=move |_| ticks.toggle_all.run(())
        />
    }
    .into_any()
}

/// A name that no other list in the page has.
fn next_name() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("list-{}", LAST.fetch_add(1, Ordering::Relaxed))
}

/// The row height that the style sheets give: more where fingers point.
fn row_height_of_style() -> f64 {
    let style = document()
        .document_element()
        .and_then(|root| window().get_computed_style(&root).ok().flatten());
    let height = style.and_then(|style| style.get_property_value("--row").ok());
    height
        .and_then(|height| height.trim().trim_end_matches("px").parse().ok())
        .unwrap_or(29.0)
}

/// Whether the focus came by keyboard, so that it must be shown.
fn is_focus_visible(event: &leptos::ev::FocusEvent) -> bool {
    let element = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.matches(":focus-visible").unwrap_or(false))
}

/// A key pressed in a field or on a button inside the list is not the list's.
fn is_for_list(event: &KeyboardEvent) -> bool {
    let element = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_none_or(|element| {
        element
            .closest("input, select, textarea, button, a")
            .is_ok_and(|control| control.is_none())
    })
}

fn spacer(rows: usize, row_height: f64) -> AnyView {
    let height = format!("height:{}px", rows as f64 * row_height);
    view! {
        <tr class="spacer" aria-hidden="true">
            <td style=height></td>
        </tr>
    }
    .into_any()
}

fn head(columns: Vec<Column>, sort: Option<Sorting>, ticks: Option<Ticks>) -> AnyView {
    let widths = columns
        .iter()
        .map(|column| {
            let width = (!column.width.is_empty()).then(|| format!("width:{}", column.width));
            view! { <col style=width /> }
        })
        .collect_view();
    let cells = columns
        .into_iter()
        .enumerate()
        .map(|(at, column)| head_cell(column, sort, ticks.filter(|_| at == 0)))
        .collect_view();
    view! {
        <colgroup>{widths}</colgroup>
        <thead>
            <tr aria-rowindex="1">{cells}</tr>
        </thead>
    }
    .into_any()
}

fn head_cell(column: Column, sort: Option<Sorting>, ticks: Option<Ticks>) -> AnyView {
    let class = if column.is_number { "number" } else { "" };
    let tick = ticks.map(tick_all);
    let Some(sort) = sort.filter(|_| !column.key.is_empty()) else {
        return view! {
            <th class=class scope="col">
                {tick}
                {column.title}
            </th>
        }
        .into_any();
    };
    let key = column.key;
    let direction = move || match sort.now.get() {
        (sorted, false) if sorted == key => "ascending",
        (sorted, true) if sorted == key => "descending",
        _ => "none",
    };
    let arrow = move || match direction() {
        "ascending" => " ↑",
        "descending" => " ↓",
        _ => "",
    };
    view! {
        <th class=class scope="col" aria-sort=direction>
            {tick}
            <button
                type="button"
                on:click=move |_| {
                    let now = sort.now.get_untracked();
                    sort.choose.run((key, now.0 == key && !now.1));
                }
            >
                {column.title}
                <span aria-hidden="true">{arrow}</span>
            </button>
        </th>
    }
    .into_any()
}
