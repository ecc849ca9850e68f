//! The annual plan on A4, landscape: shown only when printing.

use leptos::prelude::*;

use super::closing::{sheets, sheets_count};
use super::view::percent;
use crate::desk::Outlook;
use crate::engine::design::TWICE_OFF;
use crate::i18n::Lang;
use crate::model::{Share, Stratum};
use crate::ui::app::use_lang;
use crate::ui::pages::plan::state::{PlanState, Shown};
use crate::ui::widgets::paper::{has_paper, sheet_foot, sign_boxes};
use crate::ui::widgets::qr_code;
use crate::workbook::{AnnualPlan, FrozenPlan};

/// Sheets of the plan: what the year comes to, and what it follows from. Before them stands
/// what came of the year, once it is closed.
const SHEETS: usize = 2;

/// What stands in the heads and at the feet.
struct Head {
    brigade: String,
    title: String,
    /// Version, time and approver; or that it is a draft.
    facts: String,
    /// The first sixteen digits of the plan's hash, in groups of four; empty for a draft.
    code: String,
    qr: Option<String>,
    /// Written across each sheet.
    mark: Option<&'static str>,
    is_demo: bool,
    /// Where 操作记录 ended at the freezing.
    trail: Option<String>,
    /// Sheets in all.
    total: usize,
}

#[component]
pub(super) fn Paper(state: PlanState, outlook: Signal<Option<Outlook>>) -> impl IntoView {
    has_paper();
    move || {
        let outlook = outlook.get()?;
        let closed = state.kept(|year| year.closed.clone()).flatten();
        let (plan, mut head) = (state.plan(), head(state));
        head.total += sheets_count(closed.as_ref());
        let ended = closed.map_or_else(Vec::new, |closed| sheets(state.app, state.year, &closed));
        let ended = (1..)
            .zip(ended)
            .map(|(page, body)| end_sheet(&head, page, body));
        Some(view! {
            <div class="paper" aria-hidden="true">
                {ended.collect_view()} {first_sheet(&head, &plan, &outlook)}
                {second_sheet(&head, &plan)}
            </div>
        })
    }
}

fn head(state: PlanState) -> Head {
    let t = use_lang();
    let (shown, plan) = (state.shown.get(), state.plan());
    let frozen = state.app.workbook.with(|book| {
        let frozen = |plan: &&FrozenPlan| Shown::Version(plan.version) == shown;
        let year = book.as_ref()?.year(state.year)?;
        year.plans.iter().find(frozen).cloned()
    });
    let is_demo = state
        .app
        .workbook
        .with(|book| book.as_ref().is_some_and(|book| book.is_demo));
    let title = t.plan_paper_title(plan.year);
    match frozen {
        Some(frozen) => {
            let genesis = frozen.genesis.to_string();
            let groups: Vec<&str> = (0..4).map(|at| &genesis[at * 4..at * 4 + 4]).collect();
            Head {
                facts: [
                    t.plan_version(frozen.version),
                    t.plan_frozen_facts(t.paper_time(frozen.at), &frozen.approver),
                ]
                .join(t.list_comma()),
                code: groups.join(" "),
                qr: Some(format!(
                    "{title} {} {genesis}",
                    t.plan_version(frozen.version)
                )),
                mark: is_demo.then(|| t.band_demo()),
                trail: state.app.workbook.with(|book| {
                    let head = book.as_ref()?.trail_at_freeze(&frozen)?;
                    Some(t.trail_end(&head))
                }),
                brigade: plan.brigade,
                title,
                is_demo,
                total: SHEETS,
            }
        }
        None => Head {
            facts: t.plan_paper_draft().to_owned(),
            code: String::new(),
            qr: None,
            trail: None,
            mark: Some(if is_demo {
                t.band_demo()
            } else {
                t.plan_draft()
            }),
            brigade: plan.brigade,
            title,
            is_demo,
            total: SHEETS,
        },
    }
}

fn foot(head: &Head, page: usize) -> AnyView {
    let t = use_lang();
    let name = if head.code.is_empty() {
        t.plan_draft()
    } else {
        t.plan_genesis()
    };
    sheet_foot(
        t,
        (&head.brigade, head.is_demo),
        (name, &head.code),
        head.trail.as_deref(),
        (page, head.total),
    )
}

/// A sheet of what came of the year.
fn end_sheet(head: &Head, page: usize, body: AnyView) -> AnyView {
    let mark = head.is_demo.then_some(head.mark).flatten();
    view! {
        <section class="sheet" data-mark=mark>
            <header class="sheet-head is-next">
                <p>{head.brigade.clone()}</p>
            </header>
            {body}
            {foot(head, page)}
        </section>
    }
    .into_any()
}

fn first_sheet(head: &Head, plan: &AnnualPlan, outlook: &Outlook) -> AnyView {
    let t = use_lang();
    let code = (!head.code.is_empty()).then(|| {
        view! { <p>{t.plan_genesis()} " " <b class="hash">{head.code.clone()}</b></p> }
    });
    view! {
        <section class="sheet" data-mark=head.mark>
            <header class="sheet-head">
                <div>
                    <p class="sheet-issuer">{head.brigade.clone()}</p>
                    <h1>{head.title.clone()}</h1>
                    <p>{head.facts.clone()}</p>
                    {code}
                </div>
                {head.qr.as_ref().map(|qr| qr_code(qr, t.certificate_qr()))}
            </header>
            <div class="sheet-columns">
                <div>{strata_table(plan, outlook)} <p class="sheet-summary">{t.year_end_rule()}</p></div>
                <div>{months_table(outlook)}</div>
            </div>
            {foot(head, head.total - 1)}
        </section>
    }
    .into_any()
}

fn table(caption: &'static str, heads: Vec<String>, rows: Vec<Vec<String>>) -> AnyView {
    let row = |cells: Vec<String>| {
        view! { <tr>{cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    };
    view! {
        <table class="sheet-table is-figures">
            <caption>{caption}</caption>
            <thead>
                <tr>{heads.into_iter().map(|head| view! { <th>{head}</th> }).collect_view()}</tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn strata_table(plan: &AnnualPlan, outlook: &Outlook) -> AnyView {
    let t = use_lang();
    let heads = [
        t.col_stratum(),
        t.col_total(),
        t.col_floor(),
        t.col_at_least(),
        t.col_planned(),
        t.col_share(),
    ];
    let mut rows: Vec<Vec<String>> = outlook
        .strata
        .iter()
        .map(|row| {
            vec![
                format!("{} {}", row.stratum, t.stratum(row.stratum)),
                row.units_count.to_string(),
                format!("{}%", row.stratum.legal_floor().percent_text()),
                row.floor_count.to_string(),
                row.target_count.to_string(),
                format!("{}%", percent(row.target_count, row.units_count)),
            ]
        })
        .collect();
    let second: u32 = outlook.months.iter().map(|month| month.second_count).sum();
    let twice = plan.design.twice_level;
    let blank = String::new;
    rows.push(vec![
        if twice >= TWICE_OFF {
            t.second_row_off().to_owned()
        } else {
            t.second_row(twice)
        },
        blank(),
        blank(),
        blank(),
        second.to_string(),
        blank(),
    ]);
    let units: u32 = outlook.strata.iter().map(|row| row.units_count).sum();
    let first: u32 = outlook.strata.iter().map(|row| row.target_count).sum();
    rows.push(vec![
        t.col_all().to_owned(),
        units.to_string(),
        blank(),
        blank(),
        (first + second).to_string(),
        blank(),
    ]);
    table(t.strata_title(), heads.map(str::to_owned).into(), rows)
}

fn months_table(outlook: &Outlook) -> AnyView {
    let t = use_lang();
    let heads = [
        t.col_month(),
        "A",
        "B",
        "C",
        t.col_second(),
        t.col_pending(),
        t.col_made(),
        t.col_all(),
        t.col_capacity(),
    ];
    let months = outlook.months.iter().map(|month| {
        let [a, b, c] = month.first_counts;
        let figures = [
            a,
            b,
            c,
            month.second_count,
            month.pending_count,
            month.made_count,
            month.visits_count(),
            month.capacity.capacity,
        ];
        (t.month_name(month.month.month()), figures)
    });
    let months: Vec<_> = months.collect();
    let total = (0..8).map(|at| months.iter().map(|(_, figures)| figures[at]).sum::<u32>());
    let total = std::iter::once(t.col_all().to_owned()).chain(total.map(|sum| sum.to_string()));
    let mut rows: Vec<Vec<String>> = months
        .iter()
        .map(|(name, figures)| {
            let figures = figures.iter().map(u32::to_string);
            std::iter::once(name.clone()).chain(figures).collect()
        })
        .collect();
    rows.push(total.collect());
    table(t.months_title(), heads.map(str::to_owned).into(), rows)
}

/// What the figures follow from, and who answers for it.
fn second_sheet(head: &Head, plan: &AnnualPlan) -> AnyView {
    let t = use_lang();
    let levels = std::iter::once(t.col_stratum().to_owned());
    let levels = levels
        .chain((0..6).map(|level| t.level_name(level)))
        .collect();
    let shares = Stratum::ALL.map(|stratum| {
        let row = plan.design.shares[stratum.index()];
        let name = format!("{stratum} {}", t.stratum(stratum));
        let row = row.map(|share| format!("{}%", share.percent_text()));
        std::iter::once(name).chain(row).collect()
    });
    let months = (1..=12).map(|month| t.month_name(month)).collect();
    let weights = plan.design.season.map(|weight| weight.to_string());
    view! {
        <section class="sheet" data-mark=head.mark>
            <header class="sheet-head is-next">
                <p>{head.title.clone()} {t.paper_continued()}</p>
                <p>{head.facts.clone()}</p>
            </header>
            {table(t.levels_title(), levels, shares.into())}
            {table(t.season_title(), months, vec![weights.into()])}
            <p class="sheet-summary">{rules(t, plan)}</p>
            {sign_boxes(t)}
            {foot(head, head.total)}
        </section>
    }
    .into_any()
}

/// Frequency, capacity and key industries in a paragraph.
fn rules(t: Lang, plan: &AnnualPlan) -> String {
    let design = &plan.design;
    let twice = if design.twice_level >= TWICE_OFF {
        t.second_row_off().to_owned()
    } else {
        t.second_row(design.twice_level)
    };
    let mut rules = vec![
        twice,
        t.named(t.per_day(), design.per_day),
        t.named(t.capacity_share(), design.capacity_permille),
    ];
    if design.daily_minimum {
        rules.push(t.daily_minimum().to_owned());
    }
    if !plan.key_categories.is_empty() {
        let names: Vec<&str> = plan.key_categories.iter().map(String::as_str).collect();
        rules.push(t.named(t.key_categories(), names.join(t.list_mark())));
    }
    let others = [
        (t.nav_agencies(), plan.agency_share),
        (t.nav_engineers(), plan.engineer_share),
    ];
    for (register, share) in others {
        // As it was laid down; what follows from the program alone was not approved.
        let words = |share: Share| t.named(t.others_share(register), share.percent_text());
        rules.extend(share.map(words));
    }
    rules.join(t.full_stop())
}
