//! 单位已关闭: the evidence, who confirmed it, and who approved; then the reserve steps in.

use leptos::prelude::*;

use super::Visits;
use crate::i18n::Lang;
use crate::ui::app::use_lang;
use crate::ui::widgets::closing::{Closing, closing_dialog};
use crate::ui::widgets::list::read;
use crate::workbook::plan_change::PlanChangeKind;
use crate::workbook::request::CloseVisit;
use crate::workbook::{Action, VisitId};

/// Who stepped in, or that nobody could.
fn told(page: Visits, t: Lang, id: &VisitId, name: &str) -> String {
    let next = read(page.app, |book| {
        let change = book.visit(id)?.closing()?;
        match &change.kind {
            PlanChangeKind::Closed {
                replaced_by: Some(next),
                ..
            } => Some(book.unit(next)?.name.clone()),
            _ => None,
        }
    });
    match next {
        Some(next) => t.closed_done(name, next),
        None => t.closed_done_none(name),
    }
}

pub(super) fn closed_dialog(page: Visits, id: VisitId, close: Callback<()>) -> AnyView {
    let t = use_lang();
    let (name, team) = read(page.app, |book| {
        let name = book.unit(&id.unit).map(|unit| unit.name.clone());
        let plan = book.visit(&id).and_then(|visit| book.plan_of_visit(visit));
        let planned = plan.and_then(|(_, planned)| planned);
        let team = planned.map(|it| vec![it.lead.clone(), it.member.clone()]);
        (name.unwrap_or_default(), team.unwrap_or_default())
    });
    let title = t.closed_title(&name);
    let act = move |closing: Closing| {
        let Closing {
            ground,
            evidence,
            confirmed,
            approver,
        } = closing;
        page.app.act(Action::CloseVisit(CloseVisit {
            visit: id.clone(),
            ground,
            evidence,
            confirmed,
            approver,
        }))?;
        Ok(told(page, t, &id, &name))
    };
    closing_dialog(page.app, title, t.closed_note(), &team, act, close)
}
