//! The annual plan for signature: what the year comes to, what it follows from, and who answers
//! for it. In the language of the page.

use super::{fact, signed_and_sealed};
use crate::desk::Outlook;
use crate::desk::outlook::percent;
use crate::document::{Figures, Paper, Part};
use crate::engine::design::TWICE_OFF;
use crate::i18n::Lang;
use crate::model::{Share, Stratum};
use crate::workbook::{AnnualPlan, FrozenPlan, Workbook};

/// The paper of a plan; `frozen`: the version that it is, none of a draft.
#[must_use]
pub fn paper(
    t: Lang,
    book: &Workbook,
    plan: &AnnualPlan,
    frozen: Option<&FrozenPlan>,
    outlook: &Outlook,
) -> Paper {
    let words = frozen.map_or_else(
        || t.plan_paper_draft().to_owned(),
        |it| {
            let frozen = t.plan_frozen_facts(t.paper_time(it.at), &it.approver);
            [t.plan_version(it.version), frozen].join(t.list_comma())
        },
    );
    let code = frozen.map(|it| fact(t.plan_genesis(), short(it)));
    let lines = [t.paper_head(), t.paper_maker(), t.paper_date()].map(|name| fact(name, ""));
    let mark = match (book.is_demo, frozen) {
        (true, _) => Some(t.band_demo()),
        (false, None) => Some(t.plan_draft()),
        (false, Some(_)) => None,
    };
    let ahead = vec![
        Part::Figures(strata(t, plan, outlook)),
        Part::Text(t.year_end_rule().to_owned()),
    ];
    Paper {
        kind: "year_plan_internal",
        issuer: plan.brigade.clone(),
        title: t.plan_paper_title(plan.year),
        mark: mark.map(str::to_owned),
        facts: std::iter::once(fact("", words.clone()))
            .chain(code)
            .collect(),
        parts: vec![
            Part::Beside([ahead, vec![Part::Figures(months(t, outlook))]]),
            Part::Figures(levels(t, plan)),
            Part::Figures(season(t, plan)),
            Part::Text(rules(t, plan)),
        ],
        end: Some(signed_and_sealed(t, t.paper_opinion(), lines.into())),
        number: words,
        feet: feet(t, book, frozen),
        ..Paper::default()
    }
}

/// What the code in the head of a frozen plan says.
#[must_use]
pub fn qr_text(t: Lang, frozen: &FrozenPlan) -> String {
    let title = t.plan_paper_title(frozen.plan.year);
    format!(
        "{title} {} {}",
        t.plan_version(frozen.version),
        frozen.genesis
    )
}

/// What stands at the foot of each sheet of a plan, and of what came of it: its code, and where
/// 操作记录 ended at the freezing.
pub(super) fn feet(t: Lang, book: &Workbook, frozen: Option<&FrozenPlan>) -> Vec<String> {
    let code = frozen.map_or_else(
        || t.plan_draft().to_owned(),
        |it| format!("{} {}", t.plan_genesis(), short(it)),
    );
    let trail = frozen.and_then(|it| book.trail_at_freeze(it));
    let trail = trail.map(|head| t.trail_end(&head));
    std::iter::once(code).chain(trail).collect()
}

/// The first sixteen digits of a plan's hash, in groups of four.
fn short(frozen: &FrozenPlan) -> String {
    let genesis = frozen.genesis.to_string();
    let groups: Vec<&str> = (0..4).map(|at| &genesis[at * 4..at * 4 + 4]).collect();
    groups.join(" ")
}

/// A visit a year beside the first, from which level on.
fn second(t: Lang, plan: &AnnualPlan) -> String {
    let level = plan.design.twice_level;
    if level >= TWICE_OFF {
        t.second_row_off().to_owned()
    } else {
        t.second_row(level)
    }
}

fn strata(t: Lang, plan: &AnnualPlan, outlook: &Outlook) -> Figures {
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
    let blank = String::new;
    rows.push(vec![
        self::second(t, plan),
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
    Figures {
        caption: t.strata_title().to_owned(),
        heads: heads.map(str::to_owned).into(),
        rows,
    }
}

fn months(t: Lang, outlook: &Outlook) -> Figures {
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
    Figures {
        caption: t.months_title().to_owned(),
        heads: heads.map(str::to_owned).into(),
        rows,
    }
}

/// What share of each stratum is visited by level of risk.
fn levels(t: Lang, plan: &AnnualPlan) -> Figures {
    let heads = (0..6).map(|level| t.level_name(level));
    let rows = Stratum::ALL.map(|stratum| {
        let row = plan.design.shares[stratum.index()];
        let name = format!("{stratum} {}", t.stratum(stratum));
        let row = row.map(|share| format!("{}%", share.percent_text()));
        std::iter::once(name).chain(row).collect()
    });
    Figures {
        caption: t.levels_title().to_owned(),
        heads: std::iter::once(t.col_stratum().to_owned())
            .chain(heads)
            .collect(),
        rows: rows.into(),
    }
}

fn season(t: Lang, plan: &AnnualPlan) -> Figures {
    let weights = plan.design.season.map(|weight| weight.to_string());
    Figures {
        caption: t.season_title().to_owned(),
        heads: (1..=12).map(|month| t.month_name(month)).collect(),
        rows: vec![weights.into()],
    }
}

/// Frequency, capacity and key industries in a paragraph.
fn rules(t: Lang, plan: &AnnualPlan) -> String {
    let design = &plan.design;
    let mut rules = vec![
        second(t, plan),
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
