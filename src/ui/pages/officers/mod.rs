//! 执法人员: who inspects, who is there, and who keeps away from whom.
//!
//! - [`detail`]: the panel beside the list
//! - [`form`]: what adds or edits an officer
//! - [`leave`]: an officer leaves or is back

mod detail;
mod form;
mod leave;

use leptos::prelude::*;

use self::detail::Detail;
use self::form::OfficerDrawer;
use self::leave::LeaveDialog;
use crate::desk::officer_list::{CertificateState, OfficerRow, OfficerView, Presence};
use crate::i18n::Lang;
use crate::model::{Officer, OfficerId};
use crate::ui::app::{App, use_app, use_lang};
use crate::ui::pages::settings::registers::Export;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::{
    export_button, focus_detail, kept_scroll, list_escape, list_foot, rows_in_sight,
};
use crate::ui::widgets::{
    Column, Icon, PageHead, Row, SearchBox, ViewTab, ViewTabs, VirtualTable, icon,
};
use crate::workbook::Workbook;

/// Fewer officers make no pair.
const PAIR: usize = 2;

/// What is open in the drawer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Drawer {
    New,
    Edit(OfficerId),
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Officers {
    app: App,
    /// All officers, in the register's order.
    rows: Memo<Vec<OfficerRow>>,
    view: Memo<OfficerView>,
    text: Memo<String>,
    /// Rows on show.
    shown: Memo<Vec<OfficerRow>>,
    /// The officer in the address.
    selected: Memo<Option<OfficerId>>,
    /// Where the list stands.
    scroll: RwSignal<f64>,
    drawer: RwSignal<Option<Drawer>>,
    /// Who is about to leave, or to come back.
    leaving: RwSignal<Option<OfficerId>>,
}

impl Officers {
    fn new(app: App) -> Self {
        let rows = Memo::new(move |_| read(app, |book| book.officer_rows(app.today())));
        let view = Memo::new(move |_| {
            let key = app.route.with(|route| route.query.get("view").cloned());
            let known = OfficerView::ALL
                .into_iter()
                .find(|view| Some(view_key(*view)) == key.as_deref());
            known.unwrap_or_default()
        });
        let text = Memo::new(move |_| {
            app.route
                .with(|route| route.query.get("q").cloned().unwrap_or_default())
        });
        let shown = Memo::new(move |_| {
            let (view, text) = (view.get(), text.get().to_lowercase());
            let mut rows = rows.get();
            read(app, |book| {
                rows.retain(|row| {
                    let officer = book.officers.get(row.place);
                    row.is_in(view) && officer.is_some_and(|officer| holds(officer, &text))
                });
            });
            rows
        });
        let selected = Memo::new(move |_| {
            app.route
                .with(|route| OfficerId::new(route.id.as_deref()?).ok())
        });
        Self {
            app,
            rows,
            view,
            text,
            shown,
            selected,
            scroll: kept_scroll(app, Page::Officers),
            drawer: RwSignal::new(None),
            leaving: RwSignal::new(None),
        }
    }

    fn select(self, id: &OfficerId) {
        let route = Route {
            id: Some(id.to_string()),
            ..self.app.route.get_untracked()
        };
        self.app.go(&route);
    }

    fn close(self) {
        let route = Route {
            id: None,
            ..self.app.route.get_untracked()
        };
        self.app.go(&route);
    }

    fn refine(self, key: &str, value: &str) {
        self.app
            .replace_route(self.app.route.get_untracked().with(key, value));
    }
}

/// Reads the workbook; the empty value where none is open.
fn read<T: Default>(app: App, read: impl FnOnce(&Workbook) -> T) -> T {
    app.workbook
        .with(|book| book.as_ref().map(|book| read(book)).unwrap_or_default())
}

/// Whether every word of `text`, in lower case, occurs.
fn holds(officer: &Officer, text: &str) -> bool {
    let fields = [
        &officer.name,
        officer.id.as_str(),
        &officer.certificate_number,
        &officer.office,
        &officer.position,
        &officer.phone,
    ];
    let line = fields.join("\t").to_lowercase();
    text.split_whitespace().all(|word| line.contains(word))
}

const fn view_key(view: OfficerView) -> &'static str {
    match view {
        OfficerView::All => "all",
        OfficerView::OnDuty => "on-duty",
        OfficerView::Away => "away",
        OfficerView::Certificate => "certificate",
        OfficerView::Left => "left",
    }
}

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

/// The certificate's last day, and the warning beside it.
fn until_cell(t: Lang, officer: &Officer, state: CertificateState) -> AnyView {
    let Some(until) = officer.certificate_until else {
        return view! { <span class="soft">{t.officer_until_unknown()}</span> }.into_any();
    };
    match state {
        CertificateState::Over => {
            view! { <span class="bad-text">{t.officer_until_over(until)}</span> }.into_any()
        }
        CertificateState::EndsSoon => {
            view! { <span class="warn-text">{t.officer_until_soon(until)}</span> }.into_any()
        }
        CertificateState::Valid | CertificateState::Unknown => until.to_string().into_any(),
    }
}
