//! The page of a register, written once: its list with saved views, search, filters and order,
//! which the address keeps; the panel of one record beside it; the drawer that adds and edits.
//!
//! A register says in [`Register`] what is its own. Its columns and filters are those of
//! [`Listed`]: a field that its table lists appears here without a word more.

mod address;
mod filters;
mod list;
mod orders;
mod page;
mod table;

use chrono::NaiveDate;
use leptos::prelude::*;

use super::draft::Drafted;
use super::icon::{Icon, icon};
use super::list::{detail_head, list_escape, rows_in_sight};
use super::many::many_dialog;
use super::page_head::PageHead;
use crate::desk::list::{Line, Listed};
use crate::exchange::Record;
use crate::i18n::Lang;
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::import::FileButton;
use crate::ui::pages::settings::registers::Export;
use crate::ui::route::{Page, Route};
use crate::ui::shell::page_name;
use crate::workbook::many::Many;
pub use page::RegisterPage;

/// What a register's page says.
pub struct Words {
    pub title: &'static str,
    /// What may be searched for.
    pub find: &'static str,
    /// The button that adds a record.
    pub add: &'static str,
    /// The way to the import.
    pub import: &'static str,
    /// Said of an empty register.
    pub empty: &'static str,
}

/// What a panel shows of a record, drawn anew as the workbook changes; nothing once it has gone.
pub type Panel = Box<dyn Fn() -> Option<AnyView> + Send>;

/// A register that has a page.
pub trait Register: Listed + Drafted + Record + Many {
    /// Its file.
    const EXPORT: Export;
    /// The column that says something of the last month that is drawn; it stands only with one.
    const OF_MONTH: &'static str = "";

    /// Pages of registers that are tabs of one page, itself among them; none: it stands alone.
    const BESIDE: &'static [Page] = &[];

    /// Whether a column stands in the view at a place of [`Listed::VIEWS`].
    fn stands(_key: &str, _view: usize) -> bool {
        true
    }

    /// What its page says.
    fn words(t: Lang) -> Words;
    /// Said where the address names a record that is not there.
    fn gone(t: Lang, id: &str) -> String;
    /// A saved view by its place, and the month last drawn; none where it is not offered.
    fn view_name(t: Lang, view: usize, month: Option<&str>) -> Option<String>;
    /// What stands beside the title.
    fn facts(page: RegisterPage<Self>, t: Lang) -> AnyView;
    /// What may be done beside adding and importing; nothing unless it says so.
    fn actions(_page: RegisterPage<Self>, _t: Lang) -> AnyView {
        ().into_any()
    }
    /// The width of a column in pixels, such as `90px`; empty for the rest of the room.
    fn width(t: Lang, key: &str) -> &'static str;
    /// A cell of a column that does not show its field as it stands.
    fn cell(&self, t: Lang, key: &str, row: &Self::Row, today: NaiveDate) -> Option<AnyView>;
    /// What a column that is no field says, as text.
    fn worked_out(&self, _t: Lang, _key: &str, _row: &Self::Row, _today: NaiveDate) -> String {
        String::new()
    }
    /// A value of a filter in words, where it is not that of its field; in a menu or on a chip.
    fn value_words(_t: Lang, _key: &str, _value: &str, _is_chip: bool) -> Option<String> {
        None
    }
    /// What a heading of the list says.
    fn heading(_t: Lang, _group: usize, _count: usize) -> AnyView {
        ().into_any()
    }
    /// What stands below the list.
    fn foot(t: Lang, in_sight: (usize, usize), lines: &[Line]) -> String {
        rows_in_sight(t, in_sight, lines.len())
    }
    /// The panel of a record, and the dialogs that it opens.
    fn panel(page: RegisterPage<Self>, id: String) -> (Panel, AnyView);
    /// The drawer that adds or edits.
    fn drawer(page: RegisterPage<Self>, drawer: Drawer) -> AnyView;
}

/// What is open in the drawer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawer {
    /// A new record.
    New,
    /// The record of this id.
    Edit(String),
}

/// The page.
pub fn register_page<R: Register>() -> AnyView {
    let page = RegisterPage::<R>::new(use_app());
    let (t, words) = (use_lang(), R::words(use_lang()));
    let is_empty = Memo::new(move |_| page.index.with(|index| index.rows.is_empty()));
    let body = move || {
        if is_empty.get() {
            return empty(words.empty, words.import);
        }
        view! {
            <div
                class="register covers"
                on:keydown=move |event| {
                    let is_open = page.selected.get_untracked().is_some();
                    list_escape(&event, is_open, || page.close());
                }
            >
                {untrack(|| list::list(page, t, words.find))}
                {move || page.selected.get().map(|id| untrack(|| detail(page, t, id)))}
            </div>
        }
        .into_any()
    };
    // An empty register offers the import in its middle, as the primary action there.
    let import = move || (!is_empty.get()).then(|| view! { <FileButton label=words.import /> });
    view! {
        <PageHead title=words.title facts=facts(page, t)>
            {R::actions(page, t)}
            {import}
            <button
                type="button"
                class="button"
                class:is-primary=move || !is_empty.get()
                on:click=move |_| page.drawer.set(Some(Drawer::New))
            >
                {icon(Icon::Plus)}
                {words.add}
            </button>
        </PageHead>
        {page_tabs(t, R::PAGE, R::BESIDE)}
        {body}
        {move || {
            let drawer = page.drawer.get();
            untrack(|| {
                let Some(drawer) = drawer else {
                    page.mend.stop();
                    return None;
                };
                provide_context(page.mend_step(t, &drawer));
                Some(R::drawer(page, drawer))
            })
        }}
        {many_dialog::<R>(page.app, t, page.ticked)}
    }
    .into_any()
}

/// What the register says beside its title, and how many of its records lack nothing.
fn facts<R: Register>(page: RegisterPage<R>, t: Lang) -> AnyView {
    let complete = move || {
        let (complete, all) = page.index.with(|index| index.complete_counts())?;
        let percent = (u64::from(complete) * 100).checked_div(u64::from(all))?;
        Some(view! { <span>{t.mend_complete(complete, all, percent)}</span> })
    };
    view! {
        <span class="fact-row">
            {R::facts(page, t)}
            {complete}
        </span>
    }
    .into_any()
}

/// Tabs of registers that stand beside each other.
fn page_tabs(t: Lang, own: Page, pages: &'static [Page]) -> Option<AnyView> {
    let tab = |page: &Page| {
        let (href, words) = (Route::to(*page).hash(), page_name(t, *page));
        let current = (*page == own).then_some("page");
        view! {
            <a href=href aria-current=current>
                {words}
            </a>
        }
    };
    let tabs = (!pages.is_empty()).then(|| pages.iter().map(tab).collect_view())?;
    Some(view! { <nav class="tabs page-tabs" aria-label=t.nav_registers()>{tabs}</nav> }.into_any())
}

/// One sentence and one button; the head has the way to enter records one by one.
fn empty(words: &'static str, import: &'static str) -> AnyView {
    view! {
        <div class="page-body">
            <div class="pane empty-state">
                <p>{words}</p>
                <FileButton label=import is_primary=true />
            </div>
        </div>
    }
    .into_any()
}

/// The panel beside the list: one record with all that is known of it.
fn detail<R: Register>(page: RegisterPage<R>, t: Lang, id: String) -> AnyView {
    let (known, dialogs) = R::panel(page, id.clone());
    let panel = move || {
        known().unwrap_or_else(|| {
            view! {
                {detail_head(t, id.clone(), ().into_any(), Callback::new(move |()| page.close()))}
                <p class="detail-section">{R::gone(t, &id)}</p>
            }
            .into_any()
        })
    };
    view! {
        <aside class="detail-panel" aria-label=R::words(t).title>
            {panel}
        </aside>
        {dialogs}
    }
    .into_any()
}

/// Reads the register; an empty one where no workbook is open.
fn records_of<R: Listed, T>(app: App, read: impl FnOnce(&[R]) -> T) -> T {
    app.workbook
        .with_untracked(|book| read(book.as_ref().map_or(&[], |book| R::records(book))))
}
