//! What is asked before rows are set aside and units are found in order or retired.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::desk::form::optional_date;
use crate::model::UnitId;
use crate::ui::app::{App, use_lang};
use crate::ui::widgets::retire::{RetireWords, retire_dialog};
use crate::ui::widgets::{Ask, Line};
use crate::workbook::Action;
use crate::workbook::request::RetireUnits;
use crate::workbook::upkeep::{RowName, UpkeepStep};

/// One unit's name, or how many they are.
fn name_of(app: App, units: &BTreeSet<UnitId>) -> String {
    let t = app.lang.get_untracked();
    let only = units.first().filter(|_| units.len() == 1);
    let name = only.and_then(|id| {
        app.workbook
            .with_untracked(|book| Some(book.as_ref()?.unit(id)?.name.clone()))
    });
    name.unwrap_or_else(|| t.upkeep_units(units.len()))
}

/// 核对无误: how it was checked, and when.
pub fn confirm_units(app: App, units: BTreeSet<UnitId>, on_close: Callback<()>) -> AnyView {
    let t = use_lang();
    let name = name_of(app, &units);
    Ask::new(
        t.upkeep_confirm_title(&name),
        t.upkeep_confirm_consequence(),
        t.upkeep_confirm_do(),
    )
    .lines([
        Line::new(t.upkeep_confirm_how())
            .help(t.upkeep_confirm_how_help())
            .needed(),
        Line::date(t.upkeep_confirm_on(), app.today()),
    ])
    .view(on_close, move |asked, [how, on]| {
        let Ok(Some(on)) = optional_date(&on) else {
            return;
        };
        let action = Action::Upkeep(UpkeepStep::Confirm {
            units: units.clone(),
            how,
            on,
        });
        asked.answer(app.act_and_tell(action, t.upkeep_confirmed(&name)));
    })
}

/// 停用 of several units for one reason, which is what speaks against them.
pub(super) fn retire_units(
    app: App,
    units: BTreeSet<UnitId>,
    reason: String,
    on_close: Callback<()>,
) -> AnyView {
    let t = use_lang();
    let words = RetireWords {
        name: name_of(app, &units),
        consequence: t.unit_retire_consequence(),
        reason_help: t.unit_retire_reason_help(),
        reason,
    };
    retire_dialog(app, words, (), on_close, move |it| {
        Action::RetireUnits(RetireUnits {
            units: units.clone(),
            since: it.since,
            reason: it.reason,
            approver: it.approver,
        })
    })
}

/// 恢复 of several units for one reason.
pub(super) fn restore_units(app: App, units: BTreeSet<UnitId>, on_close: Callback<()>) -> AnyView {
    let t = use_lang();
    let name = name_of(app, &units);
    Ask::new(
        t.unit_restore_title(&name),
        t.unit_restore_consequence(),
        t.unit_restore(),
    )
    .lines([Line::new(t.upkeep_restore_why())
        .help(t.upkeep_restore_help())
        .needed()])
    .view(on_close, move |asked, [reason]| {
        let ids = units.iter().cloned().collect();
        let action = Action::RestoreUnits { ids, reason };
        asked.answer(app.act_and_tell(action, t.unit_restored(&name)));
    })
}

/// 不属监管范围: a word why.
pub(super) fn set_rows_aside(app: App, rows: Vec<RowName>, on_close: Callback<()>) -> AnyView {
    let t = use_lang();
    let count = rows.len();
    Ask::new(
        t.upkeep_aside_title(count),
        t.upkeep_aside_consequence(),
        t.upkeep_aside(),
    )
    .lines([Line::new(t.upkeep_why())
        .help(t.upkeep_aside_help())
        .needed()])
    .view(on_close, move |asked, [why]| {
        let action = Action::Upkeep(UpkeepStep::SetAside {
            rows: rows.clone(),
            why,
        });
        asked.answer(app.act_and_tell(action, t.upkeep_set_aside_done(count)));
    })
}
