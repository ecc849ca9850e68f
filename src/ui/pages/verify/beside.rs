//! 与公示文件比对: a published plan beside the certificate that was checked.

use leptos::prelude::*;

use super::desk::{Desk, Examined, Second};
use crate::exchange::paper_compare::{Compared, compare};
use crate::i18n::Lang;
use crate::ui::widgets::{Icon, icon};

/// Differences that are shown.
const DIFFERENCES_MAX: usize = 60;

/// The comparison, where a published paper lies open beside the certificate.
pub(super) fn section(desk: Desk, t: Lang, result: &Examined) -> AnyView {
    let Some(second) = desk.second.get() else {
        return ().into_any();
    };
    let case = &result.case;
    let body = match compare(&case.certificate, &case.officer_names, &second.table) {
        Ok(compared) => comparison(t, &compared),
        Err(_) => view! { <p>{t.verify_paper_none()}</p> }.into_any(),
    };
    let Second { name, .. } = &*second;
    view! {
        <section class="verify-paper" aria-label=t.verify_paper_title()>
            <h2>{t.verify_paper_title()}</h2>
            <p class="caption">{name.clone()}</p>
            {body}
        </section>
    }
    .into_any()
}

fn comparison(t: Lang, compared: &Compared) -> AnyView {
    let (class, mark, words) = if compared.agrees() {
        ("ok-text", Icon::Check, t.verify_paper_same(compared.lines))
    } else {
        let count = compared.differences.len();
        ("bad-text", Icon::Cross, t.verify_paper_differs(count))
    };
    let notes = t.paper_notes(compared);
    let notes = notes.into_iter().map(|words| view! { <li>{words}</li> });
    view! {
        <p class=class>
            {icon(mark)}
            <b>{words}</b>
        </p>
        {(!compared.agrees()).then(|| differences(t, compared))}
        <ul class="verify-paper-notes">{notes.collect_view()}</ul>
    }
    .into_any()
}

fn differences(t: Lang, compared: &Compared) -> AnyView {
    let rows = compared.differences.iter().take(DIFFERENCES_MAX);
    let rows = rows.map(|difference| {
        let [unit, paper, drawn] = t.paper_difference(difference);
        view! {
            <tr>
                <th scope="row">{unit}</th>
                <td>{paper}</td>
                <td>{drawn}</td>
            </tr>
        }
    });
    let more = compared.differences.len().saturating_sub(DIFFERENCES_MAX);
    view! {
        <table class="differences">
            <thead>
                <tr>
                    <th scope="col">{t.col_unit()}</th>
                    <th scope="col">{t.verify_paper_says()}</th>
                    <th scope="col">{t.verify_paper_drawn()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {(more > 0).then(|| view! { <p class="caption">{t.verify_paper_more(more)}</p> })}
        <p>{t.verify_paper_ask()}</p>
    }
    .into_any()
}
