//! What the parts of the page share.

use leptos::prelude::*;

use crate::desk::officer_list::{CertificateState, OfficerRow, OfficerView};
use crate::i18n::Lang;
use crate::model::{Officer, OfficerId};
use crate::ui::app::App;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::{close_record, kept_scroll, read, refine, searched};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Officers {
    pub(super) app: App,
    /// All officers, in the register's order.
    pub(super) rows: Memo<Vec<OfficerRow>>,
    pub(super) view: Memo<OfficerView>,
    pub(super) text: Memo<String>,
    /// Rows on show.
    pub(super) shown: Memo<Vec<OfficerRow>>,
    /// The officer in the address.
    pub(super) selected: Memo<Option<OfficerId>>,
    /// Where the list stands.
    pub(super) scroll: RwSignal<f64>,
    pub(super) drawer: RwSignal<Option<Drawer>>,
    /// Who is about to leave, or to come back.
    pub(super) leaving: RwSignal<Option<OfficerId>>,
}

impl Officers {
    pub(super) fn new(app: App) -> Self {
        let rows = Memo::new(move |_| read(app, |book| book.officer_rows(app.today())));
        let view = Memo::new(move |_| {
            let key = app.route.with(|route| route.query.get("view").cloned());
            let known = OfficerView::ALL
                .into_iter()
                .find(|view| Some(view_key(*view)) == key.as_deref());
            known.unwrap_or_default()
        });
        let text = searched(app);
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

    pub(super) fn select(self, id: &OfficerId) {
        let route = Route {
            id: Some(id.to_string()),
            ..self.app.route.get_untracked()
        };
        self.app.go(&route);
    }

    pub(super) fn close(self) {
        close_record(self.app);
    }

    pub(super) fn refine(self, key: &str, value: &str) {
        refine(self.app, key, value);
    }
}

/// What is open in the drawer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Drawer {
    New,
    Edit(OfficerId),
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

/// The certificate's last day, and the warning beside it.
pub(super) fn until_cell(t: Lang, officer: &Officer, state: CertificateState) -> AnyView {
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

pub(super) const fn view_key(view: OfficerView) -> &'static str {
    match view {
        OfficerView::All => "all",
        OfficerView::OnDuty => "on-duty",
        OfficerView::Away => "away",
        OfficerView::Certificate => "certificate",
        OfficerView::Left => "left",
    }
}
