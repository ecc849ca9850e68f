//! 工作台: what is due, the month at a glance, and how the floors stand.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::desk::duties::{Duty, StripDay, VisitDuty};
use crate::desk::visit_list::TaskView;
use crate::desk::year_state::NextYear;
use crate::desk::{MonthOutlook, Outlook, StratumOutlook, VisitRow};
use crate::engine::calendar::YearMonth;
use crate::i18n::Lang;
use crate::ui::app::{use_app, use_lang};
use crate::ui::outlook;
use crate::ui::overdue::late_route;
use crate::ui::pages::visits::view_route;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::{
    FloorBar, PageHead, RibbonDay, Tag, TagKind, floor_meter, month_ribbon, ribbon_legend,
    tier_mark,
};
use crate::ui::year_menu::state_tag;
use crate::workbook::Workbook;

/// What is due today.
#[component]
pub fn Home() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let outlook = outlook::follow(app, |app, book| {
        Some(book.year_on(app.today()).plan().clone())
    });
    let next_outlook = outlook::follow(app, |app, book| {
        let next = book.year_on(app.today()).year + 1;
        Some(book.year(next)?.plan().clone())
    });
    let floors = Callback::new(move |()| {
        let today = app.today();
        outlook.with(|outlook| {
            app.workbook.with_untracked(|book| {
                Some(floors_pane(t, book.as_deref()?, outlook.as_ref()?, today))
            })
        })
    });
    let next_year = Callback::new(move |()| {
        let today = app.today();
        next_outlook.with(|outlook| {
            app.workbook.with_untracked(|book| {
                let next = book.as_deref()?.next_year(today)?;
                Some(next_year_pane(t, next, outlook.as_ref(), today))
            })
        })
    });
    move || {
        let today = app.today();
        app.workbook.with(|book| {
            let book = book.as_deref()?;
            let year = book.year_on(today);
            let (done, total) = book.working_day_of_year(year, today);
            let title = format!("{} {}", t.month_day(today), t.weekday(today.weekday()));
            let facts = match today.year().cmp(&year.year) {
                Ordering::Less => t.home_facts_before(year.year, total),
                Ordering::Equal => t.home_facts(done, total),
                Ordering::Greater => t.home_facts_after(year.year, total),
            };
            let body = if book.units.is_empty() {
                empty(t)
            } else {
                filled(t, book, today, [floors, next_year])
            };
            Some(
                view! {
                    <PageHead title facts=view! { {facts} }.into_any() />
                    <div class="page-body">{body}</div>
                }
                .into_any(),
            )
        })
    }
}

fn empty(t: Lang) -> AnyView {
    view! {
        <div class="pane empty-state">
            <p>{t.registers_empty()}</p>
            <a class="button is-primary" href="#/import">
                {t.home_import()}
            </a>
        </div>
    }
    .into_any()
}

fn filled(
    t: Lang,
    book: &Workbook,
    today: NaiveDate,
    beside: [Callback<(), Option<AnyView>>; 2],
) -> AnyView {
    view! {
        {strip_pane(t, book, today)}
        <div class="columns">
            <div class="grow stack">{due_pane(t, book, today)}</div>
            <div class="stack plan-right">
                {beside.map(|pane| view! { {move || pane.run(())} }).collect_view()}
            </div>
        </div>
    }
    .into_any()
}

/// A column a day, a square a visit.
fn strip_pane(t: Lang, book: &Workbook, today: NaiveDate) -> AnyView {
    let month = YearMonth::of(today);
    let strip = book.month_strip(month);
    let count: u32 = strip
        .iter()
        .map(|day| day.made_count + day.planned_count)
        .sum();
    let is_drawn = book.draw_of(month).is_some_and(|draw| draw.drawn.is_some());
    let caption = (!is_drawn).then(|| t.strip_not_drawn());
    let days: Vec<RibbonDay> = strip.iter().map(|day| ribbon_day(t, day)).collect();
    view! {
        <section class="pane home-strip" aria-labelledby="strip-title">
            <div class="pane-head">
                <h2 id="strip-title">{t.strip_title(t.month_name(month.month()), count)}</h2>
                {ribbon_legend(t, &days, today)}
                <span class="spring"></span>
                <span class="caption">{caption}</span>
            </div>
            {month_ribbon(t, &days, today)}
        </section>
    }
    .into_any()
}

fn ribbon_day(t: Lang, day: &StripDay) -> RibbonDay {
    RibbonDay {
        date: day.date,
        is_workday: day.is_working,
        is_draw_window: day.is_draw_day,
        made: day.made_count,
        visited: 0,
        planned: day.planned_count,
        note: if day.is_draw_day {
            t.strip_draw_day().to_owned()
        } else {
            String::new()
        },
    }
}

fn due_pane(t: Lang, book: &Workbook, today: NaiveDate) -> AnyView {
    let duties = book.duties_on(today);
    let visits: Vec<VisitRow> = book
        .month_visits(YearMonth::of(today))
        .into_iter()
        .filter(|row| row.day == today)
        .collect();
    let count = duties.len() + usize::from(!visits.is_empty());
    let running = book.year_on(today).year;
    let caption = if book.year(running + 1).is_some() {
        t.due_caption_years(count)
    } else {
        t.due_caption(count)
    };
    let rows = duties.iter().map(|duty| {
        let mark = duty
            .year()
            .filter(|year| *year > running && book.year(*year).is_some());
        duty_row(t, book, duty, mark, today)
    });
    let nothing = (count == 0).then(|| view! { <p class="pane-body">{t.due_nothing()}</p> });
    view! {
        <section class="pane" aria-labelledby="due-title">
            <div class="pane-head">
                <h2 id="due-title">{t.due_title()}</h2>
                <span class="caption">{caption}</span>
            </div>
            {nothing}
            {todays_visits(t, book, &visits)}
            <ul class="due-list">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn todays_visits(t: Lang, book: &Workbook, visits: &[VisitRow]) -> AnyView {
    let Some(first) = visits.first() else {
        return ().into_any();
    };
    let month = YearMonth::of(first.day).to_string();
    let rows = visits.iter().map(|row| {
        let officers = [&row.lead, &row.member]
            .map(|id| book.officer_name(id))
            .join(t.list_mark());
        let state = match row.made {
            Some(_) => view! { <Tag kind=TagKind::Done text=t.strip_made() /> }.into_any(),
            None if row.is_void => {
                view! { <Tag kind=TagKind::Void text=t.visit_void() /> }.into_any()
            }
            None => view! { <Tag kind=TagKind::Plain text=t.strip_planned() /> }.into_any(),
        };
        let link = Route::record(Page::Month, month.clone())
            .with("unit", row.unit.as_str())
            .hash();
        view! {
            <tr>
                <td>
                    <a class="ellipsis" href=link>
                        {row.name.clone()}
                    </a>
                </td>
                <td>{tier_mark(t, row.risk, false)}</td>
                <td><span class="ellipsis">{row.address.clone()}</span></td>
                <td>{officers}</td>
                <td>{state}</td>
            </tr>
        }
    });
    view! {
        <table class="list home-visits" aria-label=t.today_visits()>
            <colgroup>
                <col />
                <col style="width:80px" />
                <col style="width:26%" />
                <col style="width:116px" />
                <col style="width:84px" />
            </colgroup>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// When, what, why, and where to do it.
struct DueWords {
    when: String,
    what: String,
    note: String,
    action: String,
    link: String,
}

fn due_words(t: Lang, book: &Workbook, duty: &Duty, today: NaiveDate) -> DueWords {
    let left = |day: NaiveDate| t.days_left(book.working_days_until(today, day));
    let day_or_late = |day: NaiveDate| {
        if day < today {
            t.overdue_word().to_owned()
        } else {
            t.month_day_short(day)
        }
    };
    let page = |page: Page| Route::to(page).hash();
    let month_page = |month: &YearMonth| Route::record(Page::Month, month.to_string()).hash();
    let words = |when: &str, what: String, note: &str, action: &str, link: String| DueWords {
        when: when.to_owned(),
        what,
        note: note.to_owned(),
        action: action.to_owned(),
        link,
    };
    match duty {
        Duty::DrawUnderWay { number, month } => {
            let draw = book
                .open_draw_record()
                .filter(|draw| draw.number == *number);
            let name = draw.map(|draw| t.draw_name(draw.month, &draw.occasion));
            let name = name.unwrap_or_else(|| t.month_name(month.month()));
            let what = t.duty_open_draw(number, name);
            let link = draw.map_or_else(|| month_page(month), |draw| Route::of_draw(draw).hash());
            words(t.today_word(), what, "", t.duty_open_draw_act(), link)
        }
        Duty::ApprovePlan { number, month } => words(
            &day_or_late(month.first_day()),
            t.duty_approve(number, t.month_name(month.month())),
            &left(month.first_day()),
            t.duty_approve_act(),
            month_page(month),
        ),
        Duty::TrailCut(cut) => words(
            t.today_word(),
            t.trail_cut(cut),
            t.trail_cut_cause(),
            t.duty_trail_act(),
            page(Page::Trail),
        ),
        Duty::FreezePlan { year } => words(
            t.today_word(),
            if book.years.len() > 1 {
                t.duty_freeze_year(year)
            } else {
                t.duty_freeze().into()
            },
            t.duty_freeze_note(),
            t.duty_freeze_act(),
            Route::record(Page::Plan, year.to_string()).hash(),
        ),
        Duty::StartYear { year } => words(
            t.any_day(),
            t.duty_start_year(year),
            t.duty_start_year_note(),
            t.duty_freeze_act(),
            page(Page::Plan),
        ),
        Duty::CloseYear { year } => words(
            t.any_day(),
            t.close_year(year),
            t.duty_close_year_note(),
            t.duty_freeze_act(),
            Route::record(Page::Plan, year.to_string()).hash(),
        ),
        Duty::DrawMonth {
            month,
            first,
            last,
            working_days_left,
            is_late,
        } => {
            let name = t.month_name(month.month());
            let when = format!("{}–{}", t.month_day_short(*first), t.month_day_short(*last));
            let (note, action) = match (working_days_left, is_late) {
                (Some(days), _) => (t.duty_draw_later(days), t.duty_trial_act(&name)),
                (None, false) => (t.duty_draw_now().into(), t.duty_draw_act().into()),
                (None, true) => (t.duty_draw_late().into(), t.duty_draw_act().into()),
            };
            words(&when, t.duty_draw(&name), &note, &action, month_page(month))
        }
        Duty::LateVisits { month, count } => words(
            t.overdue_word(),
            t.duty_late(t.month_name(month.month()), count),
            "",
            t.duty_late_act(),
            late_route(*month).hash(),
        ),
        Duty::ImportCalendar { year } => {
            let link = Route::record(Page::Settings, "holidays").hash();
            words(
                t.any_day(),
                t.duty_calendar(year),
                "",
                t.duty_calendar_act(),
                link,
            )
        }
        Duty::Incomplete { count } => words(
            t.any_day(),
            t.duty_incomplete(count),
            "",
            t.duty_incomplete_act(),
            page(Page::Units),
        ),
        Duty::Suspects { count } => words(
            t.any_day(),
            t.duty_suspects(count),
            "",
            t.duty_suspects_act(),
            Route::to(Page::Units).with("view", "zombie").hash(),
        ),
        Duty::SelfCheck(due) => {
            let when = if due.is_late(today) {
                t.overdue_word().to_owned()
            } else {
                t.month_day_short(due.day)
            };
            let note = if due.day == due.remind {
                left(due.day)
            } else {
                t.check_due_remind(t.month_day(due.day), t.month_day(due.remind))
            };
            let what = t.duty_check(t.month_day(due.day));
            let link = page(Page::SelfCheck);
            words(&when, what, &note, t.duty_check_act(), link)
        }
        Duty::SignCheck {
            year,
            number,
            until,
        }
        | Duty::FileCheck {
            year,
            number,
            until,
        } => {
            let label = t.check_label(&book.brigade.short_name, *year, *number);
            let (what, action) = match duty {
                Duty::SignCheck { .. } => (t.duty_check_sign(label), t.check_head_act()),
                _ => (t.duty_check_file(label), t.check_file_act()),
            };
            let link = Route::record(Page::SelfCheck, format!("{year}-{number}")).hash();
            words(&day_or_late(*until), what, &left(*until), action, link)
        }
        Duty::Visits(of, due) => {
            let what = t.duty_visits(*of, due.count);
            let note = if due.late > 0 {
                t.duty_visits_late(due.late, t.month_day(due.until))
            } else {
                left(due.until)
            };
            let link = visits_route(*of).hash();
            words(
                &day_or_late(due.until),
                what,
                &note,
                t.duty_visits_act(*of),
                link,
            )
        }
        Duty::Publish { count, until } => words(
            &day_or_late(*until),
            t.duty_publish(count),
            &left(*until),
            t.duty_publish_act(),
            page(Page::Publish),
        ),
        Duty::Certificates { count, until } => words(
            &day_or_late(*until),
            t.duty_certificates(count),
            &left(*until),
            t.duty_certificate_act(),
            page(Page::Officers),
        ),
        Duty::Certificate { officer, until } => {
            let what = t.duty_certificate(book.officer_name(officer), until);
            let link = Route::record(Page::Officers, officer.as_str()).hash();
            words(
                &day_or_late(*until),
                what,
                &left(*until),
                t.duty_certificate_act(),
                link,
            )
        }
    }
}

/// Where visits that wait for something are found.
fn visits_route(duty: VisitDuty) -> Route {
    view_route(match duty {
        VisitDuty::Recheck => TaskView::ToRecheck,
        VisitDuty::Enter | VisitDuty::Returned => TaskView::ToEnter,
        VisitDuty::Accept | VisitDuty::Review => TaskView::ToReview,
        VisitDuty::Notify => TaskView::Week,
    })
}

/// `mark`: the year to which the duty belongs, where that is the next one.
fn duty_row(t: Lang, book: &Workbook, duty: &Duty, mark: Option<i32>, today: NaiveDate) -> AnyView {
    let words = due_words(t, book, duty, today);
    view! {
        <li>
            <b class="due-when">{words.when}</b>
            <span class="due-what">
                <span class="due-name">
                    <b>{words.what}</b>
                    {mark.map(|year| view! { <Tag kind=TagKind::Plain text=year.to_string() /> })}
                </span>
                <span class="caption">{words.note}</span>
            </span>
            <a class="button is-small" href=words.link>
                {words.action}
            </a>
        </li>
    }
    .into_any()
}

/// The next year beside the running one: what stands, and what it takes along.
fn next_year_pane(t: Lang, next: NextYear, outlook: Option<&Outlook>, today: NaiveDate) -> AnyView {
    let january = match (next.january_count, outlook) {
        (Some(count), _) => Some(t.next_january_drawn(count)),
        (None, Some(outlook)) => outlook
            .months
            .first()
            .map(|month| t.next_january_undrawn(month.visits_count(), month.capacity.capacity)),
        (None, None) => None,
    };
    let month = YearMonth::of(today).month();
    let pending = match next.expected_count {
        0 => t.next_pending_none().to_owned(),
        count => t.next_pending_fact(count),
    };
    let holidays = if next.has_holidays {
        t.next_holidays_known(next.year)
    } else {
        t.next_holidays_unknown(next.year)
    };
    let facts = [
        (
            t.next_plan().to_owned(),
            outlook.map(|outlook| plan_fact(t, next, outlook)),
        ),
        (t.month_name(1), january),
        (
            t.next_carried().to_owned(),
            outlook.map(|outlook| carried_fact(t, outlook)),
        ),
        (t.next_pending(t.month_name(month)), Some(pending)),
        (t.next_holidays().to_owned(), Some(holidays)),
    ];
    let rows = facts
        .into_iter()
        .filter_map(|(name, fact)| Some((name, fact?)));
    let rows = rows.map(|(name, fact)| view! { <dt>{name}</dt><dd>{fact}</dd> });
    view! {
        <section class="pane" aria-labelledby="next-year-title">
            <div class="pane-head">
                <h2 id="next-year-title">{t.year_label(next.year)}</h2>
                {state_tag(t, &next.state)}
                <span class="spring"></span>
                <a href=Route::record(Page::Plan, next.year.to_string()).hash()>
                    {t.next_year_open(next.year)}
                </a>
            </div>
            <dl class="facts-list pane-body next-year">{rows.collect_view()}</dl>
        </section>
    }
    .into_any()
}

fn plan_fact(t: Lang, next: NextYear, outlook: &Outlook) -> String {
    let visits: u32 = outlook.months.iter().map(MonthOutlook::visits_count).sum();
    if outlook.year.window.is_none() {
        t.next_plan_fits(next.units_count, visits)
    } else {
        t.next_plan_gap(next.units_count, visits)
    }
}

/// How many units the running year's inspections keep free, and until when.
fn carried_fact(t: Lang, outlook: &Outlook) -> String {
    let months = (1..).zip(outlook.released).filter(|(_, count)| *count > 0);
    let months: Vec<String> = months
        .map(|(month, count)| t.next_carried_month(t.month_name(month), count))
        .collect();
    if months.is_empty() {
        return t.next_carried_none().to_owned();
    }
    let fact = t.next_carried_fact(outlook.released.iter().sum::<u32>());
    t.with_note(&fact, months.join(t.list_mark()))
}

/// Bars scaled to the duty, so that one floor runs through all.
fn floors_pane(t: Lang, book: &Workbook, outlook: &Outlook, today: NaiveDate) -> AnyView {
    let year = book.year_on(today);
    let (done, total) = book.working_day_of_year(year, today);
    let elapsed = (today.year() == year.year).then(|| done * 1000 / total.max(1));
    let pending = book.pending_visits(year.year);
    let bars = outlook.strata.map(|stratum| {
        let drawn = pending.keys().filter_map(|id| book.unit(id));
        let drawn = drawn
            .filter(|unit| unit.stratum() == stratum.stratum)
            .count() as u32;
        floor_bar(t, stratum, drawn.min(stratum.committed_count))
    });
    let caption = if outlook.year.window.is_none() {
        t.floors_caption_fits()
    } else {
        t.floors_caption_gap()
    };
    view! {
        <section class="pane" aria-labelledby="floors-title">
            <div class="pane-head">
                <h2 id="floors-title">{t.floors_title()}</h2>
                <span class="caption">{caption}</span>
                <span class="spring"></span>
                <a href="#/plan">{t.nav_plan()}</a>
            </div>
            {floor_meter(t, bars.into(), elapsed)}
        </section>
    }
    .into_any()
}

/// `drawn`: visits of the stratum that are drawn and not yet made.
fn floor_bar(t: Lang, row: StratumOutlook, drawn: u32) -> FloorBar {
    let made = row.committed_count - drawn;
    let percent = row.target_count * 100 / row.units_count.max(1);
    let floor_percent = row.stratum.legal_floor().ppb() / 10_000_000;
    FloorBar {
        name: t.stratum(row.stratum).to_owned(),
        note: format!("{} {floor_percent}%", t.floors_line()),
        duty: row.floor_count,
        done: made,
        forecast: row.target_count,
        facts: [
            t.floors_done(made, row.floor_count),
            t.floors_pending(drawn),
            t.floors_target(row.target_count, percent),
        ]
        .join("　"),
    }
}
