//! Verdict first, then every claim, failures first.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::{Desk, Examined};
use super::how::proves_section;
use super::{beside, replay};
use crate::engine::verify::{Check, Claim, Difference, Outcome};
use crate::exchange::checking::CHANGES_MAX;
use crate::exchange::lookup::{self, CODE_DIGITS, Heard, code_digits};
use crate::exchange::report::{Report, runs};
use crate::i18n::Lang;
use crate::ui::widgets::{Icon, TextField, hash_text, icon};
use crate::workbook::register_changes::RegisterChanges;

/// Differences of a claim that are shown; the saved report holds all.
const DIFFERENCES_MAX: usize = 12;

/// The whole result.
pub(super) fn result_pane(desk: Desk, t: Lang, result: &Arc<Examined>) -> AnyView {
    let report = &result.report;
    let checks = report
        .in_order()
        .into_iter()
        .map(|check| check_row(desk, t, result, check));
    let case = &result.case;
    let heard = RwSignal::new(String::new());
    let is_demo = case.beside.is_demo.then(|| {
        view! { <p class="verify-demo">{icon(Icon::Info)} {t.verify_demo()}</p> }
    });
    let changes = case.changes.as_ref();
    let changes = changes.map(|changes| changes_section(desk, t, result, changes));
    let of_paper = result.clone();
    view! {
        <section class="pane is-list verify-result" class:has-failed=report.differs() aria-label=t.verify_checks()>
            <h1 class="only-print">{t.verify_title()}</h1>
            {verdict(t, result, heard)}
            <div class="verify-scroll" tabindex="0" role="region" aria-label=t.verify_checks()>
                {facts(desk, t, result)} {is_demo} {code_row(t, result, heard)} {hash_line(t, report)}
                {move || beside::section(desk, t, &of_paper)} {unbound(t, report)}
                <ul class="check-list">{differing(t, report)} {checks.collect_view()}</ul>
                {changes} {replay::section(desk, t, result)}
                {proves_section(t, Some(&case.certificate))}
                <p class="verify-when caption">
                    {t.verify_checked_at(report.checked_at.format("%Y-%m-%d %H:%M"))}
                </p>
            </div>
        </section>
    }
    .into_any()
}

/// What came out, unless another code was heard: then nothing here may look right.
fn verdict(t: Lang, result: &Arc<Examined>, heard: RwSignal<String>) -> AnyView {
    let result = result.clone();
    let view = move || {
        let report = &result.report;
        let found = heard.with(|typed| lookup::heard(typed, report.certificate, report.commitment));
        let is_other = found == Heard::Other;
        let (class, mark) = match (report.differs() || is_other, report.counts.open) {
            (true, _) => ("verdict is-bad", Icon::Cross),
            (false, 0) => ("verdict is-ok", Icon::Check),
            (false, _) => ("verdict is-warn", Icon::Info),
        };
        let (head, meaning) = match is_other {
            true => (
                t.verdict_other_code().to_owned(),
                t.verdict_other_code_meaning(t.whole_verdict(report)),
            ),
            false => (t.whole_verdict(report), t.whole_meaning(report)),
        };
        view! {
            <div class=class role="status">
                {icon(mark)}
                <div>
                    <h2>{head}</h2>
                    <p>{meaning}</p>
                </div>
            </div>
        }
    };
    view.into_any()
}

/// Parts of the file beside the certificate that are not what was committed to.
fn differing(t: Lang, report: &Report) -> AnyView {
    let rows = report.beside.differing.iter().map(|part| {
        view! {
            <li class="is-bad">
                {icon(Icon::Cross)}
                <div class="check-text">
                    <h3>{t.file_part(*part)}</h3>
                    <p>{t.part_failure(*part)}</p>
                </div>
                <b class="check-tag">{t.verify_failed_tag()}</b>
            </li>
        }
    });
    rows.collect_view().into_any()
}

/// Parts that nothing binds.
fn unbound(t: Lang, report: &Report) -> AnyView {
    let parts = &report.beside.unbound;
    let parts = (!parts.is_empty()).then(|| t.verify_unbound(t.file_parts(parts)));
    let officers = report.beside.names_officers;
    let officers = officers.then(|| t.verify_officer_names().to_owned());
    let words = parts.into_iter().chain(officers);
    let words =
        words.map(|words| view! { <p class="verify-unbound">{icon(Icon::Info)} {words}</p> });
    words.collect_view().into_any()
}

/// Who published it, as far as that is bound; what the commitment says besides.
fn origin(t: Lang, result: &Arc<Examined>) -> AnyView {
    let certificate = &result.case.certificate;
    let brigade = match &result.report.beside.brigade {
        Some(name) => view! {
            <b>{name.clone()}</b>
            " "
            <span class="caption">{t.verify_brigade_bound()}</span>
        }
        .into_any(),
        None => view! { <span class="caption">{t.verify_brigade_unknown()}</span> }.into_any(),
    };
    let disclosed = certificate.commitment.disclosed.as_ref();
    let outside = disclosed.and_then(|disclosed| disclosed.outside_window.as_ref());
    let outside =
        outside.map(|reason| view! { <p class="warn-text">{t.verify_outside(reason)}</p> });
    let trail = disclosed.map(|disclosed| {
        view! { <p class="caption">{t.verify_trail(t.trail_end(&disclosed.trail))}</p> }
    });
    let shown_at = certificate.shown_at.trim();
    let shown = (!shown_at.is_empty()).then(|| {
        let at = certificate.committed_at.format("%Y-%m-%d %H:%M");
        view! {
            <p>{t.verify_shown(at, shown_at)}</p>
            <p>{hash_text(&certificate.commitment_hash.to_string(), usize::MAX, false)}</p>
        }
    });
    let broken = result.case.broken_off.iter().map(|it| {
        let at = it.broken_at.format("%Y-%m-%d %H:%M");
        let words = t.verify_broken(it.number, at, &it.reason, &it.approver);
        view! { <p>{words}</p> }
    });
    let broken = broken.collect_view();
    view! {
        <div class="verify-origin">
            <p>{t.verify_brigade()} " " {brigade}</p>
            {shown}
            {broken}
            {outside}
            {trail}
        </div>
    }
    .into_any()
}

/// Which draw it is, and the choice among several.
fn facts(desk: Desk, t: Lang, result: &Arc<Examined>) -> AnyView {
    let certificate = &result.case.certificate;
    let (month, number) = (certificate.commitment.month, certificate.commitment.number);
    let at = certificate.drawn_at.format("%Y-%m-%d %H:%M");
    let watched =
        (!certificate.supervisor.is_empty()).then(|| t.verify_supervisor(&certificate.supervisor));
    let words = t.verify_facts(t.year_month(month), number, at, &certificate.operator);
    let draws = result.draws(t);
    let choice = (draws.len() > 1).then(|| {
        let current = certificate.hash;
        let options = draws.iter().map(|(hash, words)| {
            let is_current = *hash == current;
            view! {
                <option value=hash.to_string() selected=is_current>
                    {words.clone()}
                </option>
            }
        });
        let options = options.collect_view();
        let choose = move |event| {
            let wanted = event_target_value(&event);
            if let Some((hash, _)) = draws.iter().find(|draw| draw.0.to_string() == wanted) {
                desk.choose(*hash);
            }
        };
        view! {
            <label class="verify-which">
                <span>{t.verify_which()}</span>
                <select class="control" on:change=choose>
                    {options}
                </select>
            </label>
        }
    });
    view! {
        <div class="verify-facts">
            <span>{words} {watched}</span>
            {choice}
        </div>
        {origin(t, result)}
    }
    .into_any()
}

/// The short code of the contents, and a field for the one that was read aloud.
fn code_row(t: Lang, result: &Arc<Examined>, heard: RwSignal<String>) -> AnyView {
    let (hash, is_failed) = (result.report.certificate, result.report.differs());
    let commitment = result.report.commitment;
    let answer =
        move || {
            match (
        heard.with(|typed| lookup::heard(typed, hash, commitment)),
        is_failed,
    ) {
        (Heard::Nothing, _) => ().into_any(),
        (Heard::Short(lacking), _) => {
            view! { <span class="caption">{t.verify_code_short(lacking)}</span> }.into_any()
        }
        (Heard::Same | Heard::Commitment, true) => {
            view! { <span class="bad-text">{icon(Icon::Cross)} {t.verify_code_failed()}</span> }
                .into_any()
        }
        (Heard::Same, false) => {
            view! { <span class="ok-text">{icon(Icon::Check)} {t.verify_code_same()}</span> }
                .into_any()
        }
        (Heard::Commitment, false) => {
            view! { <span class="ok-text">{icon(Icon::Check)} {t.verify_code_commitment()}</span> }
                .into_any()
        }
        (Heard::Other, _) => view! {
            <span class="bad-text">{icon(Icon::Cross)} {t.verify_code_other()}</span>
            <span class="caption">{t.code_group_differs()}</span>
        }
        .into_any(),
    }
        };
    let code = result.report.short_code.clone();
    // Group by group and digit by digit, marked where another one was heard.
    let shown = move || {
        let typed: String = heard.with(|heard| code_digits(heard).collect());
        let is_other = heard.with(|typed| lookup::heard(typed, hash, commitment)) == Heard::Other;
        let typed = grouped(&typed).filter(|_| is_other);
        let other = typed.unwrap_or_else(|| code.clone());
        marked(&code, &other).into_any()
    };
    view! {
        <div class="code-row">
            <div>
                <span class="caption">{t.verify_code()}</span>
                <span class="hash is-strong">{shown}</span>
            </div>
            <TextField label=t.verify_code_typed() value=heard help=t.verify_code_help() />
            <div class="code-answer" role="status">
                {answer}
            </div>
        </div>
    }
    .into_any()
}

/// The first digits of a code in its groups of four.
fn grouped(digits: &str) -> Option<String> {
    let groups: Vec<&str> = (0..CODE_DIGITS / 4)
        .map(|at| digits.get(at * 4..at * 4 + 4))
        .collect::<Option<_>>()?;
    Some(groups.join(" "))
}

/// `text` with what differs from `other` marked.
fn marked(text: &str, other: &str) -> AnyView {
    let runs = runs(text, other).into_iter().map(|(is_marked, run)| {
        if is_marked {
            view! { <mark class="differs">{run}</mark> }.into_any()
        } else {
            run.into_any()
        }
    });
    runs.collect_view().into_any()
}

fn check_row(desk: Desk, t: Lang, result: &Arc<Examined>, check: &Check) -> AnyView {
    let (class, mark, tag) = match check.outcome {
        Outcome::Failed { .. } => ("is-bad", Icon::Cross, t.verify_failed_tag()),
        Outcome::NotCheckable { .. } => ("is-open", Icon::Help, t.verify_open_tag()),
        Outcome::Passed { .. } => ("is-ok", Icon::Check, t.verify_passed_tag()),
    };
    let claim = check.claim;
    let detail = match &check.outcome {
        Outcome::Passed { checked } => {
            view! { <p>{t.claim_checked(claim, *checked)}</p> }.into_any()
        }
        Outcome::NotCheckable { why } => view! { <p>{t.lacking(*why)}</p> }.into_any(),
        Outcome::Failed { differences } => view! {
            {difference_table(desk, t, result, claim, differences)}
            <p>{t.claim_failure(claim)}</p>
        }
        .into_any(),
    };
    view! {
        <li class=class>
            {icon(mark)}
            <div class="check-text">
                <h3>{t.claim(claim)}</h3>
                {detail}
            </div>
            <b class="check-tag">{tag}</b>
        </li>
    }
    .into_any()
}

fn difference_table(
    desk: Desk,
    t: Lang,
    result: &Arc<Examined>,
    claim: Claim,
    differences: &[Difference],
) -> AnyView {
    let rows = differences.iter().take(DIFFERENCES_MAX).map(|difference| {
        let place = t.place(&difference.at, |id| desk.unit_name(result, id));
        let (stated, found) = (t.datum(&difference.stated), t.datum(&difference.found));
        view! {
            <tr>
                <th scope="row">{place}</th>
                <td>{marked(&stated, &found)}</td>
                <td>{marked(&found, &stated)}</td>
            </tr>
        }
    });
    let more = differences.len().saturating_sub(DIFFERENCES_MAX);
    let more = more + result.report.left_out_of(claim);
    view! {
        <table class="differences">
            <thead>
                <tr>
                    <th scope="col">{t.verify_place()}</th>
                    <th scope="col">{t.verify_stated()}</th>
                    <th scope="col">{t.verify_found()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {(more > 0).then(|| view! { <p class="caption">{t.verify_more(more)}</p> })}
    }
    .into_any()
}

/// The register changes that were published with the draw.
fn changes_section(
    desk: Desk,
    t: Lang,
    result: &Arc<Examined>,
    changes: &RegisterChanges,
) -> AnyView {
    let words = t.change_counts(&changes.counts);
    let summary = if words.is_empty() {
        t.changes_none().to_owned()
    } else {
        words
    };
    let rows = changes.list.iter().take(CHANGES_MAX).map(|change| {
        let grounds = t.change_grounds(&change.reasons);
        view! {
            <tr>
                <th scope="row">{desk.unit_name(result, &change.change.unit)}</th>
                <td>{t.change(&change.change.change)}</td>
                <td>{grounds}</td>
            </tr>
        }
    });
    let more = result.case.changes_left_out;
    view! {
        <details class="verify-more">
            <summary>
                <b>{t.changes_title()}</b>
                " "
                {t.changes_since(changes.since_number, changes.since.format("%Y-%m-%d %H:%M"))}
                " "
                {summary}
            </summary>
            <table class="differences">
                <tbody>{rows.collect_view()}</tbody>
            </table>
            {(more > 0).then(|| view! { <p class="caption">{t.verify_more(more)}</p> })}
        </details>
    }
    .into_any()
}

/// The certificate's hash in full, for paper.
fn hash_line(t: Lang, report: &Report) -> AnyView {
    view! {
        <p class="only-print">
            {t.certificate()} " " {hash_text(&report.certificate.to_string(), usize::MAX, false)}
        </p>
    }
    .into_any()
}
