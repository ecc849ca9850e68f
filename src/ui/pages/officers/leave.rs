//! 离队 and 归队: an officer leaves the brigade or is back, with reason and approver;
//! the dialog says which visits it touches.

use leptos::prelude::*;

use super::Officers;
use crate::desk::VisitRow;
use crate::i18n::Lang;
use crate::model::OfficerId;
use crate::ui::app::use_lang;
use crate::ui::widgets::{Ask, Line};
use crate::workbook::Action;

/// Visits that are listed one by one.
const VISITS_LISTED: usize = 8;

/// Visits still to be made that name an officer who will not be there.
pub(super) fn touched_visits(t: Lang, visits: &[VisitRow]) -> AnyView {
    let row = |visit: &VisitRow| {
        view! { <li>{t.month_day(visit.day)} " " {visit.name.clone()}</li> }
    };
    let rows = visits.iter().take(VISITS_LISTED).map(row).collect_view();
    let rest = visits.len().saturating_sub(VISITS_LISTED);
    view! {
        <p class="warn-text">{t.officer_touched(visits.len())}</p>
        <ul class="detail-list">
            {rows} {(rest > 0).then(|| view! { <li>{t.officer_touched_more(rest)}</li> })}
        </ul>
    }
    .into_any()
}

/// Lets an officer leave, or come back.
#[component]
pub(super) fn LeaveDialog(page: Officers, id: OfficerId, on_close: Callback<()>) -> impl IntoView {
    let t = use_lang();
    let found = page.app.workbook.with_untracked(|book| {
        let book = book.as_ref()?;
        let officer = book.officer(&id)?;
        let visits = book.visits_ahead(&id, None);
        Some((officer.name.clone(), officer.has_left, visits))
    });
    let (name, is_back, visits) = found.unwrap_or_default();
    let ask = if is_back {
        let title = t.officer_return_title(&name);
        Ask::new(title, t.officer_return_consequence(), t.officer_return())
    } else {
        let title = t.officer_leave_title(&name);
        Ask::new(title, t.officer_leave_consequence(), t.officer_leave())
    };
    ask.more((!is_back && !visits.is_empty()).then(|| touched_visits(t, &visits)))
        .lines([Line::new(t.officer_leave_reason()), Line::new(t.approver())])
        .view(on_close, move |asked, [reason, approver]| {
            let id = id.clone();
            let (action, words) = if is_back {
                let action = Action::OfficerReturns {
                    id,
                    reason,
                    approver,
                };
                (action, t.officer_returned(&name))
            } else {
                let action = Action::OfficerLeaves {
                    id,
                    reason,
                    approver,
                };
                (action, t.officer_left(&name))
            };
            asked.answer(page.app.act_and_tell(action, words));
        })
}
