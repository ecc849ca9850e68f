//! 停用, 恢复 and 不公开: a unit leaves the draws, comes back, or is withheld from
//! publication, always with a reason.

use leptos::prelude::*;

use crate::desk::form::{Fault, optional_date};
use crate::model::UnitId;
use crate::model::unit::ALIAS_BYTES;
use crate::ui::app::{random_bytes, use_lang};
use crate::ui::pages::units::state::Units;
use crate::ui::widgets::{ConfirmDialog, TextField};
use crate::workbook::Action;
use crate::workbook::request::Withhold;

/// The unit's name, for titles and messages.
fn name_of(page: Units, id: &UnitId) -> String {
    page.app.workbook.with_untracked(|book| {
        let unit = book.as_ref().and_then(|book| book.unit(id));
        unit.map_or_else(|| id.to_string(), |unit| unit.name.clone())
    })
}

/// Takes a unit out of the draws: date, reason, evidence and approver are needed.
#[component]
pub(super) fn RetireDialog(page: Units, id: UnitId, on_close: Callback<()>) -> impl IntoView {
    let t = use_lang();
    let name = name_of(page, &id);
    let field = || RwSignal::new(String::new());
    let since = RwSignal::new(page.app.today().to_string());
    let (reason, evidence, approver) = (field(), field(), field());
    let is_tried = RwSignal::new(false);
    let refusal = RwSignal::new(String::new());
    let needed = move |value: RwSignal<String>| {
        Signal::derive(move || {
            let is_missing = is_tried.get() && value.with(|value| value.trim().is_empty());
            if is_missing {
                t.fault(&Fault::Empty)
            } else {
                String::new()
            }
        })
    };
    let date_error = Signal::derive(move || match optional_date(&since.get()) {
        Ok(Some(_)) => String::new(),
        Ok(None) => t.fault(&Fault::Empty),
        Err(fault) => t.fault(&fault),
    });
    let is_pending = page.app.workbook.with_untracked(|book| {
        book.as_ref()
            .is_some_and(|book| book.visits_to(&id).any(|visit| book.is_pending(visit)))
    });
    let title = t.unit_retire_title(&name);
    let retire = move |()| {
        is_tried.set(true);
        let fields =
            [reason, evidence, approver].map(|field| field.get_untracked().trim().to_owned());
        let [reason, evidence, approver] = fields;
        let Ok(Some(since)) = optional_date(&since.get_untracked()) else {
            return;
        };
        if [&reason, &evidence, &approver]
            .iter()
            .any(|text| text.is_empty())
        {
            return;
        }
        let action = Action::RetireUnit {
            id: id.clone(),
            since,
            reason: t.unit_retire_joined(reason, evidence),
            approver,
        };
        match page.app.act_and_tell(action, t.unit_retired(&name)) {
            Ok(_) => on_close.run(()),
            Err(words) => refusal.set(words),
        }
    };
    view! {
        <ConfirmDialog
            title
            consequence=t.unit_retire_consequence()
            action=t.unit_retire()
            is_danger=true
            error=refusal
            on_close
            on_confirm=Callback::new(retire)
        >
            {is_pending.then(|| view! { <p class="warn-text">{t.unit_retire_pending()}</p> })}
            <TextField label=t.unit_retire_since() value=since kind="date" error=date_error />
            <TextField
                label=t.unit_retire_reason()
                value=reason
                help=t.unit_retire_reason_help()
                error=needed(reason)
            />
            <TextField
                label=t.unit_retire_evidence()
                value=evidence
                help=t.unit_retire_evidence_help()
                error=needed(evidence)
            />
            <TextField label=t.approver() value=approver error=needed(approver) />
        </ConfirmDialog>
    }
}

/// Brings a retired unit back.
#[component]
pub(super) fn RestoreDialog(page: Units, id: UnitId, on_close: Callback<()>) -> impl IntoView {
    let t = use_lang();
    let name = name_of(page, &id);
    let reason = RwSignal::new(String::new());
    let refusal = RwSignal::new(String::new());
    let title = t.unit_restore_title(&name);
    let restore = move |()| {
        let action = Action::RestoreUnit {
            id: id.clone(),
            reason: reason.get_untracked().trim().to_owned(),
        };
        match page.app.act_and_tell(action, t.unit_restored(&name)) {
            Ok(_) => on_close.run(()),
            Err(words) => refusal.set(words),
        }
    };
    view! {
        <ConfirmDialog
            title
            consequence=t.unit_restore_consequence()
            action=t.unit_restore()
            error=refusal
            on_close
            on_confirm=Callback::new(restore)
        >
            <TextField label=t.unit_retire_reason() value=reason />
        </ConfirmDialog>
    }
}

/// Withholds a unit from publication: reason and approver are needed.
#[component]
pub(super) fn WithholdDialog(page: Units, id: UnitId, on_close: Callback<()>) -> impl IntoView {
    let t = use_lang();
    let name = name_of(page, &id);
    let (reason, approver) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let refusal = RwSignal::new(String::new());
    let title = t.unit_withhold_title(&name);
    let withhold = move |()| {
        let mut random = [0; ALIAS_BYTES];
        random.copy_from_slice(&random_bytes()[..ALIAS_BYTES]);
        let action = Action::Withhold(Withhold {
            id: id.clone(),
            reason: reason.get_untracked().trim().to_owned(),
            approver: approver.get_untracked().trim().to_owned(),
            random,
        });
        match page.app.act_and_tell(action, t.unit_withheld_done(&name)) {
            Ok(_) => on_close.run(()),
            Err(words) => refusal.set(words),
        }
    };
    view! {
        <ConfirmDialog
            title
            consequence=t.unit_withhold_consequence()
            action=t.unit_withhold()
            error=refusal
            on_close
            on_confirm=Callback::new(withhold)
        >
            <TextField
                label=t.unit_retire_reason()
                value=reason
                help=t.unit_withhold_reason_help()
            />
            <TextField label=t.approver() value=approver />
        </ConfirmDialog>
    }
}
