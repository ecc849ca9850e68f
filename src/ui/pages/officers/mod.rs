//! 执法人员: who inspects, who is there, and who keeps away from whom.
//!
//! - [`detail`]: the panel beside the list
//! - [`form`]: what adds or edits an officer
//! - [`leave`]: an officer leaves or is back

mod detail;
mod form;
mod leave;
mod state;

use leptos::prelude::*;

use self::detail::Detail;
use self::form::OfficerDrawer;
use self::leave::LeaveDialog;
use self::state::{Drawer, Officers, until_cell, view_key};
use crate::desk::officer_list::{OfficerRow, OfficerView, Presence};
use crate::i18n::Lang;
use crate::model::Officer;
use crate::ui::app::{use_app, use_lang};
use crate::ui::pages::settings::registers::Export;
use crate::ui::widgets::list::read;
use crate::ui::widgets::list::{
    export_button, focus_detail, list_escape, list_foot, rows_in_sight,
};
use crate::ui::widgets::{
    Column, Icon, PageHead, Row, SearchBox, ViewTab, ViewTabs, VirtualTable, icon,
};

/// Fewer officers make no pair.
const PAIR: usize = 2;

/// The officer register.
#[component]
pub fn OfficersPage() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let page = Officers::new(app);
    let is_empty = Memo::new(move |_| page.rows.with(Vec::is_empty));
    let body = move || {
        if is_empty.get() {
            return empty(t);
        }
        view! {
            <div
                class="register covers"
                on:keydown=move |event| {
                    let is_open = page.selected.get_untracked().is_some();
                    list_escape(&event, is_open, || page.close());
                }
            >
                <List page />
                {move || page.selected.get().map(|id| view! { <Detail page id /> })}
            </div>
        }
        .into_any()
    };
    let facts = move || {
        page.rows.with(|rows| {
            let serving: Vec<_> = rows.iter().filter(|row| row.is_in(OfficerView::All)).collect();
            let present = serving.iter().filter(|row| row.presence == Presence::OnDuty).count();
            let leads = read(app, |book| {
                let may_lead = |row: &&&OfficerRow| book.officers.get(row.place).is_some_and(|o| o.may_lead);
                serving.iter().filter(may_lead).count()
            });
            let is_short = !rows.is_empty() && (serving.len() < PAIR || leads == 0);
            view! {
                <span>{t.officers_facts(serving.len(), leads, present)}</span>
                {is_short.then(|| view! { <span class="warn-text">" " {t.officers_too_few()}</span> })}
            }
        })
    };
    view! {
        <PageHead title=t.nav_officers() facts=view! { {facts} }.into_any()>
            {move || head_actions(page, t, is_empty.get())}
        </PageHead>
        {body}
        {move || page.drawer.get().map(|drawer| view! { <OfficerDrawer page drawer /> })}
        {move || {
            let on_close = Callback::new(move |()| page.leaving.set(None));
            page.leaving.get().map(|id| view! { <LeaveDialog page id on_close /> })
        }}
    }
}

/// An empty register offers the import in its middle, as the primary action there.
fn head_actions(page: Officers, t: Lang, is_empty: bool) -> AnyView {
    let import = (!is_empty).then(|| {
        view! {
            <a class="button" href="#/settings?import">
                {t.officers_import()}
            </a>
        }
    });
    view! {
        {import}
        <button
            type="button"
            class="button"
            class:is-primary=!is_empty
            on:click=move |_| page.drawer.set(Some(Drawer::New))
        >
            {icon(Icon::Plus)}
            {t.officers_add()}
        </button>
    }
    .into_any()
}

/// One sentence and one button; the head has the way to enter officers one by one.
fn empty(t: Lang) -> AnyView {
    view! {
        <div class="page-body">
            <div class="pane empty-state">
                <p>{t.officers_empty()}</p>
                <a class="button is-primary" href="#/settings?import">
                    {t.officers_import()}
                </a>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn List(page: Officers) -> impl IntoView {
    let t = use_lang();
    let tabs = Signal::derive(move || {
        page.rows.with(|rows| {
            let tab = |view: OfficerView| ViewTab {
                key: view_key(view),
                name: t.officer_view(view),
                count: rows.iter().filter(|row| row.is_in(view)).count(),
            };
            OfficerView::ALL.map(tab).to_vec()
        })
    });
    let choose = move |key: &'static str| page.refine("view", if key == "all" { "" } else { key });
    let has_none = Memo::new(move |_| page.shown.with(Vec::is_empty));
    let nothing = move || {
        if page.text.with(String::is_empty) {
            t.list_none_in_view()
        } else {
            t.list_none_found()
        }
    };
    view! {
        <div class="register-list">
            <ViewTabs
                tabs
                current=Signal::derive(move || view_key(page.view.get()))
                on_choose=Callback::new(choose)
            />
            <div class="filter-bar">
                <SearchBox
                    label=t.officers_find()
                    text=page.text
                    on_search=Callback::new(move |text: String| page.refine("q", text.trim()))
                />
                <span class="spring"></span>
                {export_button(page.app, Export::Officers)}
            </div>
            {move || if has_none.get() {
                view! { <div class="empty-state"><p>{nothing}</p></div> }.into_any()
            } else {
                view! { <Table page /> }.into_any()
            }}
        </div>
    }
}

#[component]
fn Table(page: Officers) -> impl IntoView {
    let t = use_lang();
    let id_at = move |row: usize| {
        let place = page.shown.with(|rows| rows.get(row).map(|row| row.place))?;
        read(page.app, |book| {
            book.officers.get(place).map(|officer| officer.id.clone())
        })
    };
    let count = Signal::derive(move || page.shown.with(Vec::len));
    let selected = Signal::derive(move || {
        let id = page.selected.get()?;
        (0..count.get()).find(|row| id_at(*row).as_ref() == Some(&id))
    });
    let select = move |row: usize| {
        if let Some(id) = untrack(move || id_at(row)) {
            page.select(&id);
        }
    };
    let open = move |row: usize| {
        select(row);
        focus_detail();
    };
    let row = move |row: usize| {
        let cells = page.shown.with(|rows| {
            let row = rows.get(row)?;
            read(page.app, |book| {
                let has_month = book.last_drawn().is_some();
                book.officers
                    .get(row.place)
                    .map(|officer| cells(t, officer, row, has_month))
            })
        });
        Row::Cells(cells.unwrap_or_default())
    };
    let in_sight = RwSignal::new((0, 0));
    let month = Memo::new(move |_| {
        read(page.app, |book| {
            book.last_drawn().map(|draw| draw.month.month())
        })
    });
    view! {
        <div class="table-keys">
            {move || {
                view! {
                    <VirtualTable
                        label=t.nav_officers()
                        columns=columns(t, month.get().map(|month| t.month_name(month)))
                        count
                        row=Callback::new(row)
                        selected
                        on_select=Callback::new(select)
                        on_open=Callback::new(open)
                scroll=page.scroll
                        in_sight
                    />
                }
            }}
        </div>
        {move || list_foot(t, rows_in_sight(t, in_sight.get(), count.get()))}
    }
}

fn columns(t: Lang, month: Option<String>) -> Vec<Column> {
    let wide = |zh: &'static str, en: &'static str| if t == Lang::Zh { zh } else { en };
    let mut columns = vec![
        Column::text("", t.officers_col_name(), ""),
        Column::text("", t.officers_col_certificate(), "130px").yielding(8),
        Column::text("", t.officers_col_until(), "136px").yielding(3),
        Column::text("", t.officers_col_lead(), wide("52px", "56px")).yielding(4),
        Column::text("", t.officers_col_office(), "110px").yielding(9),
        Column::text("", t.officers_col_today(), wide("120px", "150px")).yielding(2),
        Column::number("", t.officers_col_away(), wide("140px", "90px")).yielding(6),
        Column::number("", t.officers_col_avoid(), wide("84px", "66px")).yielding(7),
    ];
    columns.extend(month.map(|month| {
        Column::number("", t.officers_col_visits(month), wide("84px", "118px")).yielding(5)
    }));
    columns
}

fn cells(t: Lang, officer: &Officer, row: &OfficerRow, has_month: bool) -> Vec<AnyView> {
    let presence = match row.presence {
        Presence::OnDuty => "",
        Presence::Left => "soft",
        Presence::Absent { .. } | Presence::CertificateOver { .. } => "warn-text",
    };
    let mut cells = vec![
        view! { <span title=officer.name.clone()>{officer.name.clone()}</span> }.into_any(),
        view! { <span class="code">{officer.certificate_number.clone()}</span> }.into_any(),
        until_cell(t, officer, row.certificate),
        (if officer.may_lead { t.yes() } else { "" }).into_any(),
        view! { <span class="soft">{officer.office.clone()}</span> }.into_any(),
        view! { <span class=presence>{t.presence(row.presence)}</span> }.into_any(),
        number_cell(row.away_days),
        number_cell(row.avoidances),
    ];
    cells.extend(has_month.then(|| number_cell(row.visits)));
    cells
}

/// A number; nothing stands out where it is 0.
fn number_cell(number: u32) -> AnyView {
    view! { <span class:soft=number == 0>{number}</span> }.into_any()
}
