//! Draws of one month: verdict, chances of the groups, visits of officers and pairs.

use leptos::prelude::*;

use super::{P_WRONG, Tested, legend, made, p_text, percent, range_bar, table_head};
use crate::engine::cell::Cell;
use crate::engine::draw::DrawGroup;
use crate::engine::simulate::{
    FairnessReport, GroupFairness, OfficerFairness, PairFairness, TeamFairness,
};
use crate::model::OfficerId;
use crate::ui::app::{App, use_lang};
use crate::ui::pages::month::early_note;
use crate::ui::widgets::{Banner, BannerKind};

pub(super) fn view_of(app: App, tested: &Tested, report: &FairnessReport) -> AnyView {
    let t = use_lang();
    if report.groups.is_empty() {
        return view! { <Banner kind=BannerKind::Info fact=t.fair_no_quota() /> }.into_any();
    }
    let teams = report.teams.as_ref().map(|teams| {
        view! {
            <div class="columns">
                <div class="grow">{officers_pane(app, teams)}</div>
                <div class="grow">{pairs_pane(app, teams)}</div>
            </div>
        }
    });
    view! {
        {verdict(tested, report)}
        {groups_pane(tested, report)}
        {teams}
    }
    .into_any()
}

fn verdict(tested: &Tested, report: &FairnessReport) -> AnyView {
    let t = use_lang();
    let whole = report.whole_p_value();
    let (kind, fact) = if whole >= P_WRONG {
        let p = p_text(report.p_value);
        (BannerKind::Ok, t.fair_month_ok(report.runs, p))
    } else {
        (
            BannerKind::Bad,
            t.fair_month_bad(report.runs, p_text(whole)),
        )
    };
    let mut cause = made(t, tested);
    cause.push_str(t.full_stop());
    if let Some(teams) = &report.teams {
        cause += &t.fair_teams_verdict(
            p_text(teams.officers_p_value()),
            p_text(teams.pairs_p_value),
            format!("{:.2}", teams.set_aside),
        );
    }
    if report.groups.iter().any(|group| !group.enough_runs) {
        cause.push_str(t.fair_few_runs());
    }
    view! { <Banner kind fact cause /> }.into_any()
}

fn groups_pane(_tested: &Tested, report: &FairnessReport) -> AnyView {
    let t = use_lang();
    let top = report
        .groups
        .iter()
        .map(|group| group.most)
        .fold(0.0, f64::max);
    let rows: Vec<AnyView> = report
        .groups
        .iter()
        .map(|group| group_row(group, top))
        .collect();
    let early = DrawGroup::First(Cell::Early);
    let has_early = report.groups.iter().any(|group| group.group == early);
    let numbers = [
        t.col_pool(),
        t.col_quota(),
        t.fair_promised(),
        t.fair_least(),
        t.fair_most(),
        t.fair_chi(),
        t.fair_p(),
    ];
    view! {
        <section class="pane" aria-labelledby="fair-groups">
            <div class="pane-head">
                <h2 id="fair-groups">{t.fair_groups_title()}</h2>
                <span class="spring"></span>
                {legend(t)}
            </div>
            <table class="list is-auto" aria-labelledby="fair-groups">
                {table_head(t.col_group(), &numbers, Some(t.fair_range()))}
                <tbody>{rows}</tbody>
            </table>
            {early_note(has_early)}
            <p class="pane-body caption pane-foot">{t.fair_plain()}</p>
        </section>
    }
    .into_any()
}

fn group_row(group: &GroupFairness, top: f64) -> AnyView {
    let t = use_lang();
    let name = t.draw_group(group.group);
    let (promised, least, most) = (group.promised, group.least, group.most);
    let label = t.fair_chart_label(&name, percent(promised), percent(least), percent(most));
    let (chi, p) = if group.quota >= group.pool {
        (t.fair_certain().to_owned(), String::new())
    } else {
        let p = p_text(group.p_value);
        let p = p.trim_start_matches("= ").to_owned();
        (format!("{:.1} / {}", group.statistic, group.degrees), p)
    };
    let is_over = group.quota < group.pool && group.p_value < P_WRONG;
    view! {
        <tr class:is-over=is_over>
            <td>{name}</td>
            <td class="number">{group.pool}</td>
            <td class="number">{group.quota}</td>
            <td class="number">
                <b>{percent(promised)}</b>
            </td>
            <td class="number">{percent(least)}</td>
            <td class="number">{percent(most)}</td>
            <td class="number">{chi}</td>
            <td class="number">{p}</td>
            <td class="bar-cell">{range_bar(label, promised, least, most, top)}</td>
        </tr>
    }
    .into_any()
}

/// An officer's name, or the id where it is no longer known.
fn name_of(app: App, id: &OfficerId) -> String {
    let name = app.workbook.with_untracked(|book| {
        let officer = book.as_ref()?.officer(id)?;
        Some(officer.name.clone())
    });
    name.unwrap_or_else(|| id.to_string())
}

fn officers_pane(app: App, teams: &TeamFairness) -> AnyView {
    let t = use_lang();
    let most = |officer: &OfficerFairness| officer.realised.max(officer.promised);
    let top = teams.officers.iter().map(most).fold(0.0, f64::max);
    let row = |officer: &OfficerFairness| {
        let name = name_of(app, &officer.officer);
        let (promised, realised) = (officer.promised, officer.realised);
        let text = |value: f64| format!("{value:.2}");
        let label = t.fair_chart_label(&name, text(promised), text(realised), text(realised));
        view! {
            <tr>
                <td>{name}</td>
                <td class="number">{officer.days_present}</td>
                <td class="number">{text(officer.by_presence)}</td>
                <td class="number">{text(promised)}</td>
                <td class="number">
                    <b>{text(realised)}</b>
                </td>
                <td class="number">{text(officer.realised_as_lead)}</td>
                <td class="bar-cell">{range_bar(label, promised, 0.0, realised, top)}</td>
            </tr>
        }
    };
    let rows: Vec<_> = teams.officers.iter().map(row).collect();
    let numbers = [
        t.fair_present(),
        t.fair_by_presence(),
        t.fair_promised(),
        t.fair_realised(),
        t.fair_as_lead(),
    ];
    view! {
        <section class="pane" aria-labelledby="fair-officers">
            <div class="pane-head">
                <h2 id="fair-officers">{t.fair_officers_title()}</h2>
                <span class="caption">{t.fair_officers_caption()}</span>
            </div>
            <div class="fair-scroll" tabindex="0" role="group" aria-labelledby="fair-officers">
                <table class="list is-auto" aria-labelledby="fair-officers">
                    {table_head(t.fair_officer(), &numbers, Some(t.fair_realised()))}
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn pairs_pane(app: App, teams: &TeamFairness) -> AnyView {
    let t = use_lang();
    let mut pairs: Vec<&PairFairness> = teams.pairs.iter().collect();
    let off = |pair: &PairFairness| (pair.realised - pair.promised).abs();
    pairs.sort_by(|a, b| off(b).total_cmp(&off(a)));
    let row = |pair: &&PairFairness| {
        let names = [&pair.first, &pair.second].map(|id| name_of(app, id));
        let names = names.join(t.list_mark());
        view! {
            <tr>
                <td>{names}</td>
                <td class="number">{format!("{:.3}", pair.promised)}</td>
                <td class="number">
                    <b>{format!("{:.3}", pair.realised)}</b>
                </td>
                <td class="number">{format!("{:+.3}", pair.realised - pair.promised)}</td>
            </tr>
        }
    };
    let rows: Vec<_> = pairs.iter().map(row).collect();
    let numbers = [t.fair_promised(), t.fair_realised(), t.fair_deviation()];
    view! {
        <section class="pane" aria-labelledby="fair-pairs">
            <div class="pane-head">
                <h2 id="fair-pairs">{t.fair_pairs_title()}</h2>
                <span class="caption">{t.fair_pairs_caption(pairs.len())}</span>
            </div>
            <div class="fair-scroll" tabindex="0" role="group" aria-labelledby="fair-pairs">
                <table class="list is-auto" aria-labelledby="fair-pairs">
                    {table_head(t.fair_pair(), &numbers, None)}
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
