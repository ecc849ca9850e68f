//! Whole years: verdict, floors, months, chances over the year, years that failed.

use leptos::prelude::*;

use super::{P_WRONG, Tested, legend, made, p_text, percent, range_bar, table_head};
use crate::engine::draw::DrawGroup;
use crate::engine::simulate::{ChanceGroup, MonthYears, StratumYears, YearsReport};
use crate::ui::app::use_lang;
use crate::ui::widgets::{Banner, BannerKind};

pub(super) fn view_of(tested: &Tested, report: &YearsReport) -> AnyView {
    view! {
        {verdict(tested, report)}
        <div class="columns">
            <div class="grow stack">{floors_pane(report)} {failed_pane(report)}</div>
            <div class="grow">{months_pane(report)}</div>
        </div>
        {chances_pane(report)}
    }
    .into_any()
}

fn verdict(tested: &Tested, report: &YearsReport) -> AnyView {
    let t = use_lang();
    let (third, soon) = (report.third_visits, report.visits_too_soon);
    let p = p_text(report.p_value);
    let (kind, fact) = if report.promises_broken + third + soon > 0 {
        let fact = t.fair_years_bad(report.promises_broken, third, soon);
        (BannerKind::Bad, fact)
    } else if report.p_value < P_WRONG {
        (BannerKind::Bad, t.fair_years_chance_bad(&p))
    } else {
        let fact = t.fair_years_ok(report.runs, report.feasible);
        (BannerKind::Ok, fact)
    };
    let more = t.fair_years_more(report.feasible_at_start, report.floors_met, report.runs, p);
    let cause = [made(t, tested), more].join(t.full_stop());
    view! { <Banner kind fact cause /> }.into_any()
}

fn floors_pane(report: &YearsReport) -> AnyView {
    let t = use_lang();
    let row = |row: &StratumYears| {
        let floor = row.floor.ppb() / 10_000_000;
        view! {
            <tr class:is-over=row.missed != 0>
                <td>
                    <b>{row.stratum.to_string()}</b>
                    " "
                    {t.stratum(row.stratum)}
                </td>
                <td class="number">{floor} "%"</td>
                <td class="number">{percent(row.least)}</td>
                <td class="number">{percent(row.mean)}</td>
                <td class="number">{t.fair_years_count(row.missed)}</td>
            </tr>
        }
    };
    let rows: Vec<_> = report.strata.iter().map(row).collect();
    let numbers = [
        t.col_floor(),
        t.fair_least(),
        t.fair_mean(),
        t.fair_missed(),
    ];
    view! {
        <section class="pane" aria-labelledby="fair-floors">
            <div class="pane-head">
                <h2 id="fair-floors">{t.fair_floors_title()}</h2>
            </div>
            <table class="list is-auto" aria-labelledby="fair-floors">
                {table_head(t.col_stratum(), &numbers, None)}
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn failed_pane(report: &YearsReport) -> Option<AnyView> {
    let t = use_lang();
    if report.failed.is_empty() {
        return None;
    }
    let row = |year: &crate::engine::simulate::FailedYear| {
        let [a, b, c] = year.lack;
        let mut words = t.fair_failed_row(year.run + 1, a, b, c);
        if !year.feasible {
            words.push_str(t.fair_failed_infeasible());
        }
        if year.unmade > 0 {
            words += &t.fair_failed_unmade(year.unmade);
        }
        if year.feasible && year.unmade == 0 {
            words.push_str(t.fair_failed_feasible());
        }
        view! { <li>{words}</li> }
    };
    let rows: Vec<_> = report.failed.iter().map(row).collect();
    let pane = view! {
        <section class="pane" aria-labelledby="fair-failed">
            <div class="pane-head">
                <h2 id="fair-failed">{t.fair_failed_title()}</h2>
            </div>
            <ul class="fair-list fair-scroll">{rows}</ul>
        </section>
    };
    Some(pane.into_any())
}

fn months_pane(report: &YearsReport) -> AnyView {
    let t = use_lang();
    let row = |month: &MonthYears| {
        view! {
            <tr class:is-over=month.what_fits != 0>
                <td>{t.month_name(month.month)}</td>
                <td class="number">{month.full}</td>
                <td class="number">{month.without_early}</td>
                <td class="number">{month.what_fits}</td>
                <td class="number">{month.least}</td>
                <td class="number">{format!("{:.1}", month.mean)}</td>
                <td class="number">{month.most}</td>
            </tr>
        }
    };
    let rows: Vec<_> = report.months.iter().map(row).collect();
    let numbers = [
        t.fair_full(),
        t.fair_without_early(),
        t.fair_what_fits(),
        t.fair_least(),
        t.fair_mean(),
        t.fair_most(),
    ];
    view! {
        <section class="pane" aria-labelledby="fair-months">
            <div class="pane-head">
                <h2 id="fair-months">{t.fair_months_title()}</h2>
            </div>
            <table class="list is-auto" aria-labelledby="fair-months">
                {table_head(t.col_month(), &numbers, None)}
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn chances_pane(report: &YearsReport) -> AnyView {
    let t = use_lang();
    let most = |group: &ChanceGroup| group.realised.max(group.promised);
    let top = report.groups.iter().map(most).fold(0.0, f64::max);
    let row = |group: &ChanceGroup| {
        let name = t.draw_group(DrawGroup::First(group.cell));
        let release = if group.release_month > 12 {
            "—".to_owned()
        } else {
            t.month_name(group.release_month)
        };
        let text = |value: f64| format!("{value:.3}");
        let (promised, realised) = (group.promised, group.realised);
        let label = t.fair_chart_label(
            format!("{name} {release}"),
            text(promised),
            text(realised),
            text(realised),
        );
        view! {
            <tr>
                <td>{name}</td>
                <td class="number">{release}</td>
                <td class="number">{group.units}</td>
                <td class="number">{text(promised)}</td>
                <td class="number">
                    <b>{text(realised)}</b>
                </td>
                <td class="number">{format!("{:+.2}", group.z)}</td>
                <td class="bar-cell">{range_bar(label, promised, 0.0, realised, top)}</td>
            </tr>
        }
    };
    let rows: Vec<_> = report.groups.iter().map(row).collect();
    let numbers = [
        t.fair_release(),
        t.fair_units(),
        t.fair_promised(),
        t.fair_realised(),
        t.fair_z(),
    ];
    view! {
        <section class="pane" aria-labelledby="fair-units">
            <div class="pane-head">
                <h2 id="fair-units">{t.fair_units_title()}</h2>
                <span class="caption">{t.fair_units_caption()}</span>
                <span class="spring"></span>
                {legend(t)}
            </div>
            <div class="fair-scroll" tabindex="0" role="group" aria-labelledby="fair-units">
                <table class="list is-auto" aria-labelledby="fair-units">
                    {table_head(t.col_group(), &numbers, Some(t.fair_realised()))}
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
