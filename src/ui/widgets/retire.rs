//! 停用 of a record, whatever its register: what is asked before, and what is said afterwards.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{Ask, Line, Tag, TagKind};
use crate::desk::form::optional_date;
use crate::i18n::Lang;
use crate::model::UnitStatus;
use crate::ui::app::{App, use_lang};
use crate::workbook::Action;

/// What a person said of a retirement.
pub struct Retirement {
    pub since: NaiveDate,
    /// Why, with the evidence.
    pub reason: String,
    pub approver: String,
}

/// What is said before a retirement.
pub struct RetireWords {
    /// Whose it is.
    pub name: String,
    pub consequence: &'static str,
    pub reason_help: &'static str,
    /// What stands in the reason at first.
    pub reason: String,
}

/// Takes records out of the draws: date, reason, evidence and approver are needed.
pub fn retire_dialog(
    app: App,
    words: RetireWords,
    more: impl IntoAny,
    on_close: Callback<()>,
    action: impl Fn(Retirement) -> Action + Send + Sync + 'static,
) -> AnyView {
    let t = use_lang();
    let RetireWords { name, .. } = words;
    let approver = app.workbook.with_untracked(|book| {
        let head = book.as_ref().map(|book| book.brigade.head.clone());
        // Who approves is entered for each one, but where the reason is known before.
        head.filter(|_| !words.reason.is_empty())
            .unwrap_or_default()
    });
    Ask::new(
        t.unit_retire_title(&name),
        words.consequence,
        t.unit_retire(),
    )
    .danger()
    .more(more)
    .lines([
        Line::date(t.unit_retire_since(), app.today()),
        Line::new(t.unit_retire_reason())
            .help(words.reason_help)
            .start(words.reason)
            .needed(),
        Line::new(t.unit_retire_evidence())
            .help(t.unit_retire_evidence_help())
            .needed(),
        Line::new(t.approver()).start(approver).needed(),
    ])
    .view(
        on_close,
        move |asked, [since, reason, evidence, approver]| {
            let Ok(Some(since)) = optional_date(&since) else {
                return;
            };
            let reason = t.unit_retire_joined(reason, evidence);
            let action = action(Retirement {
                since,
                reason,
                approver,
            });
            asked.answer(app.act_and_tell(action, t.unit_retired(&name)));
        },
    )
}

/// Since when and why a record is out of use; nothing of one that is in use.
pub fn retired(t: Lang, status: &UnitStatus) -> Option<AnyView> {
    let UnitStatus::Retired {
        since,
        reason,
        approver,
        ..
    } = status
    else {
        return None;
    };
    let words = view! {
        <div class="detail-retired">
            <Tag kind=TagKind::Void text=t.unit_retired_tag() />
            <span>{t.unit_retired_text(since, approver)}</span>
            <span class="reason">{reason.clone()}</span>
        </div>
    };
    Some(words.into_any())
}
