//! 定版: the item list as it is published. Where it stands beside the title, the dialog that
//! fixes the next version, and the versions before.

use leptos::prelude::*;

use super::Items;
use crate::desk::form::parse_date;
use crate::i18n::Lang;
use crate::ui::app::{App, use_lang};
use crate::ui::widgets::dialog::close_foot;
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Ask, Dialog, Line};
use crate::workbook::Action;
use crate::workbook::item_version::{ItemChanges, ItemVersion};

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Issue,
    Versions,
}

/// How many items there are, in which version, and what has changed since.
pub(super) fn facts(page: Items, t: Lang) -> AnyView {
    let app = page.app;
    let open = RwSignal::new(None::<Open>);
    let state = Memo::new(move |_| {
        app.workbook.with(|book| {
            let book = book.as_ref()?;
            let last = book.item_versions.last();
            let last = last.map(|last| (last.number, last.since));
            Some((book.items.len(), last, book.items_unissued()))
        })
    });
    let words = move || {
        let (count, last, changes) = state.get()?;
        let version = match last {
            Some((number, since)) if changes.is_none() => t.items_version(number, since),
            Some((number, since)) => {
                t.items_version_changed(number, since, t.item_changes(changes))
            }
            None => t.items_version_none().to_owned(),
        };
        Some(format!(
            "{}{}{version}",
            t.items_facts(count),
            t.facts_mark()
        ))
    };
    let issue = move || {
        let (count, last, changes) = state.get()?;
        let next = last.map_or(1, |last| last.0 + 1);
        (count > 0 && !changes.is_none()).then(|| {
            view! {
                <button type="button" class="button is-small" on:click=move |_| open.set(Some(Open::Issue))>
                    {t.items_issue(next)}
                </button>
            }
        })
    };
    let versions = move || {
        let (_, last, _) = state.get()?;
        last.map(|_| {
            view! {
                <button type="button" class="button is-plain is-small" on:click=move |_| open.set(Some(Open::Versions))>
                    {t.items_versions()}
                </button>
            }
        })
    };
    let close = Callback::new(move |()| open.set(None));
    let dialog = move || {
        open.get().map(|asked| match asked {
            Open::Issue => view! { <IssueDialog app on_close=close /> }.into_any(),
            Open::Versions => view! { <VersionsDialog app on_close=close /> }.into_any(),
        })
    };
    view! { {words} " " {issue} " " {versions} {dialog} }.into_any()
}

/// Asks from which day the list holds, why it was changed and who approved it.
#[component]
fn IssueDialog(app: App, on_close: Callback<()>) -> impl IntoView {
    let t = use_lang();
    let (next, changes, head) = untrack(|| {
        read(app, |book| {
            let next = book.item_versions.len() as u32 + 1;
            (next, book.items_unissued(), book.brigade.head.clone())
        })
    });
    let consequence = t.items_issue_consequence(t.item_changes(changes));
    Ask::new(t.items_issue_title(next), consequence, t.items_issue(next))
        .lines([
            Line::date(t.items_since(), app.today()),
            Line::new(t.reason()).help(t.items_issue_reason_help()),
            Line::new(t.approver()).start(head),
        ])
        .view(on_close, move |asked, [since, reason, approver]| {
            // The dialog does not ask to act before its day is one.
            let Some(since) = parse_date(&since) else {
                return;
            };
            let action = Action::IssueItems {
                since,
                reason,
                approver,
            };
            asked.answer(app.act_and_tell(action, t.items_issued(next)));
        })
}

/// The versions, the last first: what each holds, and how it differs from the one before.
#[component]
fn VersionsDialog(app: App, on_close: Callback<()>) -> impl IntoView {
    let t = use_lang();
    let versions = untrack(|| read(app, |book| book.item_versions.clone()));
    let before = |at: usize| at.checked_sub(1).map_or(&[][..], |at| &versions[at].items);
    let rows = versions.iter().enumerate().rev();
    let rows: Vec<_> = rows
        .map(|(at, version)| {
            version_row(t, version, ItemChanges::between(before(at), &version.items))
        })
        .collect();
    view! {
        <Dialog title=t.items_versions() class="is-wide" on_close>
            <div class="dialog-body">{rows}</div>
            {close_foot(t, on_close)}
        </Dialog>
    }
}

fn version_row(t: Lang, version: &ItemVersion, changes: ItemChanges) -> AnyView {
    let items: Vec<_> = version
        .items
        .iter()
        .map(|item| {
            view! {
                <tr>
                    <td class="code">{item.id.clone()}</td>
                    <td>{item.name.clone()}</td>
                    <td class="soft">{item.basis.clone()}</td>
                </tr>
            }
        })
        .collect();
    let changed = (version.number > 1).then(|| t.item_changes(changes));
    view! {
        <section class="detail-section">
            <h3>{t.items_version(version.number, version.since)}</h3>
            <p class="caption">
                {t.items_version_facts(version.items.len(), &version.approver)} " " {changed} " "
                {version.reason.clone()}
            </p>
            <details>
                <summary>{t.items_version_show()}</summary>
                <table class="detail-table">
                    <thead>
                        <tr>
                            <th scope="col">{t.items_col_id()}</th>
                            <th scope="col">{t.items_col_name()}</th>
                            <th scope="col">{t.item_basis()}</th>
                        </tr>
                    </thead>
                    <tbody>{items}</tbody>
                </table>
            </details>
        </section>
    }
    .into_any()
}
