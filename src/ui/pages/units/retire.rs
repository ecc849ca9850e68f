//! 停用, 恢复 and 不公开: a unit leaves the draws, comes back, or is withheld from
//! publication, always with a reason.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Units;
use crate::i18n::Lang;
use crate::model::unit::ALIAS_BYTES;
use crate::model::{Unit, UnitId};
use crate::ui::app::{random_bytes, use_lang};
use crate::ui::widgets::retire::{RetireWords, Retirement, retire_dialog};
use crate::ui::widgets::{Ask, Line};
use crate::workbook::request::Withhold;
use crate::workbook::{Action, Workbook};

/// The unit's name, for titles and messages.
fn name_of(page: Units, id: &UnitId) -> String {
    page.app.workbook.with_untracked(|book| {
        let unit = book.as_ref().and_then(|book| book.unit(id));
        unit.map_or_else(|| id.to_string(), |unit| unit.name.clone())
    })
}

/// What speaks against a unit, as a reason to retire it; empty where nothing does.
pub fn reasons_of(t: Lang, book: &Workbook, unit: &Unit, today: NaiveDate) -> String {
    t.suspicions(&book.suspicions_of(unit, today))
}

/// Takes a unit out of the draws: date, reason, evidence and approver are needed.
#[component]
pub(super) fn RetireDialog(page: Units, id: UnitId, on_close: Callback<()>) -> impl IntoView {
    let t = use_lang();
    let name = name_of(page, &id);
    let is_pending = page.app.workbook.with_untracked(|book| {
        book.as_ref()
            .is_some_and(|book| book.visits_to(&id).any(|visit| book.is_pending(visit)))
    });
    let reason = page.app.workbook.with_untracked(|book| {
        let book = book.as_ref()?;
        Some(reasons_of(t, book, book.unit(&id)?, page.app.today()))
    });
    let reason = reason.unwrap_or_default();
    let more = is_pending.then(|| view! { <p class="warn-text">{t.unit_retire_pending()}</p> });
    let action = move |it: Retirement| Action::RetireUnit {
        id: id.clone(),
        since: it.since,
        reason: it.reason,
        approver: it.approver,
    };
    retire_dialog(
        page.app,
        RetireWords {
            name,
            consequence: t.unit_retire_consequence(),
            reason_help: t.unit_retire_reason_help(),
            reason,
        },
        more,
        on_close,
        action,
    )
}

/// Brings a retired unit back.
#[component]
pub(super) fn RestoreDialog(page: Units, id: UnitId, on_close: Callback<()>) -> impl IntoView {
    let t = use_lang();
    let name = name_of(page, &id);
    let (title, consequence) = (t.unit_restore_title(&name), t.unit_restore_consequence());
    Ask::new(title, consequence, t.unit_restore())
        .lines([Line::new(t.unit_retire_reason())])
        .view(on_close, move |asked, [reason]| {
            let id = id.clone();
            let action = Action::RestoreUnit { id, reason };
            asked.answer(page.app.act_and_tell(action, t.unit_restored(&name)));
        })
}

/// Withholds a unit from publication: reason and approver are needed.
#[component]
pub(super) fn WithholdDialog(page: Units, id: UnitId, on_close: Callback<()>) -> impl IntoView {
    let t = use_lang();
    let name = name_of(page, &id);
    let (title, consequence) = (t.unit_withhold_title(&name), t.unit_withhold_consequence());
    Ask::new(title, consequence, t.unit_withhold())
        .lines([
            Line::new(t.unit_retire_reason()).help(t.unit_withhold_reason_help()),
            Line::new(t.approver()),
        ])
        .view(on_close, move |asked, [reason, approver]| {
            let mut random = [0; ALIAS_BYTES];
            random.copy_from_slice(&random_bytes()[..ALIAS_BYTES]);
            let action = Action::Withhold(Withhold {
                id: id.clone(),
                reason,
                approver,
                random,
            });
            asked.answer(page.app.act_and_tell(action, t.unit_withheld_done(&name)));
        })
}
