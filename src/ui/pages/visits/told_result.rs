//! A visit's record as a section of the panel: what it was, who reviewed it, what is open.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::papers::forms::number_of;
use crate::ui::widgets::list::fact;
use crate::workbook::visit_record::{ItemFinding, Scan, VisitRecord};
use crate::workbook::{Visit, Workbook};

/// The record that counts, if there is one.
pub(super) fn section(t: Lang, book: &Workbook, visit: &Visit) -> AnyView {
    let Some(record) = visit.record().filter(|_| visit.made.is_some()) else {
        return ().into_any();
    };
    let time = |time: Option<chrono::NaiveTime>| time.map(|it| it.format("%H:%M").to_string());
    let times = time(record.start).zip(time(record.end));
    let times = times.map(|(start, end)| t.result_times(start, end));
    let scan = match &record.scan {
        Scan::At { time } => t.result_scan_at(time.format("%H:%M")),
        Scan::Without { why, words, .. } => {
            let why = [t.no_scan(*why), words].join(" ");
            t.result_scan_none(why.trim())
        }
    };
    let times = times.into_iter().chain([scan]).collect::<Vec<_>>();
    let disposals = record.disposals.iter().map(|it| t.disposal(*it));
    let disposals = disposals.collect::<Vec<_>>().join(t.list_mark());
    let findings = record.findings.iter().map(|it| finding(t, book, visit, it));
    let versions = (visit.records.len() > 1).then(|| {
        view! { <p class="caption">{t.result_versions(visit.records.len())}</p> }
    });
    let entered = record.entered_at.format("%m-%d %H:%M");
    view! {
        <section class="detail-section" aria-labelledby="visit-result">
            <h3 id="visit-result">
                {t.result_section()} " "
                <span class="caption">{number_of(t, book, visit)}</span>
            </h3>
            <dl class="facts-list">
                {fact(t.result_kind(), t.outcome(record.outcome).to_owned())}
                {fact(t.result_time(), times.join(t.list_comma()))}
                {fact(t.result_places(), record.places.clone())}
                {fact(t.result_disposals(), disposals)}
                {fact(t.result_accompanied(), record.accompanied_by.clone())}
                {fact(t.result_assisted(), record.assisted_by.clone())}
                {fact(t.result_team_why(), record.team_why.clone())}
                {fact(t.result_photos(), record.photos.join(t.list_mark()))}
                {fact(t.result_note(), record.note.clone())}
            </dl>
            <ul class="visit-findings">{findings.collect_view()}</ul>
            <p class="caption">{t.result_entered_by(&record.entered_by, entered)}</p>
            {record.source.as_ref().map(|it| view! { <p class="caption">{t.result_source_told(t.record_source(it))}</p> })}
            {review(t, record)}
            {versions}
        </section>
    }
    .into_any()
}

fn review(t: Lang, record: &VisitRecord) -> AnyView {
    let Some(review) = &record.review else {
        return ().into_any();
    };
    let at = review.at.format("%m-%d %H:%M");
    let words = if review.is_accepted {
        t.review_told(&review.reviewer, at)
    } else {
        t.review_sent_back(&review.reviewer, at, &review.opinion)
    };
    let class = if review.is_accepted {
        "caption"
    } else {
        "problem"
    };
    view! { <p class=class>{words}</p> }.into_any()
}

/// A finding, what was done about it, and how it stands.
fn finding(t: Lang, book: &Workbook, visit: &Visit, finding: &ItemFinding) -> AnyView {
    let items = book.draw(visit.id.draw).map(|draw| &draw.items);
    let item = items.and_then(|items| items.iter().find(|it| it.id == finding.item));
    let name = item.map_or_else(|| finding.item.clone(), |it| it.name.clone());
    let open = visit.open_findings();
    let open = open.iter().find(|it| it.item == finding.item);
    let state = match open {
        Some(open) => t.recheck_by(t.month_day(book.recheck_by(open.term))),
        None if finding.is_corrected => t.result_on_the_spot().to_owned(),
        None => String::new(),
    };
    let term = finding
        .term
        .map(|term| format!("{} {}", t.result_term(), t.month_day(term)));
    let measure = [
        Some(t.measure(finding.measure).to_owned()),
        term,
        Some(state),
    ];
    let measure: Vec<String> = measure
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .collect();
    let rechecks = visit.rechecks.iter().filter_map(|recheck| {
        let told = recheck.items.iter().find(|it| it.item == finding.item)?;
        let words = match told.term {
            _ if told.is_corrected => t.recheck_corrected().to_owned(),
            Some(term) => format!("{} {}", t.recheck_again(), t.month_day(term)),
            None => t.recheck_penalty().to_owned(),
        };
        let words = t.recheck_told(t.month_day(recheck.date), words);
        Some(view! { <p class="caption">{words}</p> })
    });
    view! {
        <li class:is-open=open.is_some()>
            <b>{name}</b>
            <p>{finding.problem.clone()}</p>
            <p class="caption">{measure.join(t.list_comma())}</p>
            {rechecks.collect_view()}
        </li>
    }
    .into_any()
}
