//! 任务单: the visits of a day, or of an officer on it, on A4 landscape; shown only when
//! printing.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{Visits, forms};
use crate::desk::visit_list::Task;
use crate::desk::visit_table::full_address;
use crate::i18n::Lang;
use crate::model::OfficerId;
use crate::ui::app::use_lang;
use crate::ui::pages::month::items_words;
use crate::ui::widgets::list::read;
use crate::ui::widgets::menu::menu;
use crate::ui::widgets::paper::has_paper;
use crate::ui::widgets::{Icon, icon};
use crate::workbook::Workbook;
use crate::workbook::visit_record::PaperKind;
use crate::workbook::visit_stage::VisitStage;

/// Rows of a sheet.
const ROWS: usize = 9;

/// Whether a visit is one to be made on a day.
fn is_for(task: &Task, day: NaiveDate) -> bool {
    task.day == Some(day)
        && matches!(
            task.stage,
            VisitStage::Planned | VisitStage::ToEnter | VisitStage::Overdue
        )
        && !task.is_made
}

/// The officers who have visits on a day, by name.
fn officers_on(tasks: &[Task], day: NaiveDate) -> Vec<(OfficerId, String)> {
    let on_day = tasks.iter().filter(|task| is_for(task, day));
    let officers = on_day.flat_map(|task| {
        let ids = task.team.iter().flatten().cloned();
        ids.zip(task.officers.iter().cloned())
    });
    let mut officers: Vec<_> = officers.collect();
    officers.sort();
    officers.dedup();
    officers
}

/// 打印任务单: all of today, or one officer's.
pub(super) fn print_menu(page: Visits, t: Lang) -> AnyView {
    let today = page.app.today();
    let officers = page.tasks.with(|tasks| officers_on(tasks, today));
    if officers.is_empty() {
        return view! { <span class="button-reason">{t.print_none()}</span> }.into_any();
    }
    let line = move |(officer, words): (Option<OfficerId>, String)| {
        let print = move |_| {
            let officer = officer.clone();
            page.print.set(officer);
            page.print_forms(Vec::new());
        };
        view! {
            <li>
                <button type="button" class="link-button" on:click=print>
                    {words}
                </button>
            </li>
        }
    };
    let all = [(None, t.print_today_all().to_owned())];
    let each = officers.into_iter().map(|(id, name)| (Some(id), name));
    let lines = all.into_iter().chain(each).map(line).collect_view();
    let visits = page.tasks.with(|tasks| {
        let today = tasks.iter().filter(|task| is_for(task, today));
        today.map(|task| task.visit.clone()).collect::<Vec<_>>()
    });
    let form = move |(kind, words): (PaperKind, String)| {
        let visits = visits.clone();
        let print = move |_| {
            page.print_forms(visits.iter().map(|it| (it.clone(), kind)).collect());
        };
        view! {
            <li>
                <button type="button" class="link-button" on:click=print>
                    {words}
                </button>
            </li>
        }
    };
    let count = page
        .tasks
        .with(|tasks| tasks.iter().filter(|it| is_for(it, today)).count());
    let forms = [
        (PaperKind::Notice, t.form_print_notices(count)),
        (PaperKind::Record, t.form_print_records(count)),
    ];
    let forms = forms.map(form).into_iter().collect_view();
    let panel = view! { <ul class="print-choices">{lines} {forms}</ul> };
    let words = move || t.act_print_tasks().to_owned();
    view! { {icon(Icon::Print)} {menu("filter-menu", words, panel, true)} }.into_any()
}

/// A line of the sheet.
struct Line {
    name: String,
    address: String,
    contact: String,
    items: String,
    officers: String,
    source: String,
}

fn line_of(t: Lang, book: &Workbook, task: &Task) -> Option<Line> {
    let (visit, unit) = (book.visit(&task.visit)?, book.unit(&task.visit.unit)?);
    let contact = [unit.responsible.as_str(), unit.phone.as_str()];
    let contact: Vec<&str> = contact.into_iter().filter(|it| !it.is_empty()).collect();
    let draw = book.draw(visit.id.draw)?;
    let nth = t.visit_nth(book.visit_nth(visit));
    Some(Line {
        name: unit.name.clone(),
        address: full_address(unit),
        contact: contact.join(" "),
        items: [items_words(t, &book.subjects_of(visit)), nth].join(t.list_comma()),
        officers: task.officers.join(t.list_mark()),
        source: draw.label(&book.brigade.division),
    })
}

/// The sheets of what is wished.
pub(super) fn paper(page: Visits) -> impl IntoView {
    has_paper();
    let t = use_lang();
    move || {
        let forms = page.forms.get();
        if !forms.is_empty() {
            return forms::sheets(page, &forms);
        }
        let (wish, tasks) = (page.print.get(), page.tasks.get());
        let today = page.app.today();
        let is_theirs = |task: &&Task| {
            let team = task.team.iter().flatten();
            wish.as_ref()
                .is_none_or(|id| team.into_iter().any(|it| it == id))
        };
        let shown = tasks
            .iter()
            .filter(|task| is_for(task, today))
            .filter(is_theirs);
        let (lines, brigade, is_demo, name) = read(page.app, |book| {
            let lines = shown
                .filter_map(|task| line_of(t, book, task))
                .collect::<Vec<_>>();
            let name = wish.as_ref().map(|id| book.officer_name(id));
            (lines, book.brigade.name.clone(), book.is_demo, name)
        });
        let head = Head {
            title: t.tasks_title(t.month_day(today)),
            brigade,
            is_demo,
            officer: name.map(|name| t.tasks_of_officer(name)),
            count: t.tasks_count(lines.len()),
        };
        let total = lines.len().div_ceil(ROWS).max(1);
        let pages = (0..total).map(|at| {
            let lines = lines.iter().enumerate().skip(at * ROWS).take(ROWS);
            sheet(t, &head, lines, (at + 1, total))
        });
        view! { <div class="paper" aria-hidden="true">{pages.collect_view()}</div> }.into_any()
    }
}

/// What stands at the head of each sheet.
struct Head {
    title: String,
    brigade: String,
    is_demo: bool,
    officer: Option<String>,
    count: String,
}

fn sheet<'a>(
    t: Lang,
    head: &Head,
    lines: impl Iterator<Item = (usize, &'a Line)>,
    (page, total): (usize, usize),
) -> AnyView {
    let heads = [
        t.col_number(),
        t.col_unit(),
        t.col_address(),
        t.tasks_contact(),
        t.col_items(),
        t.col_officers(),
        t.tasks_foot(),
        t.tasks_time(),
        t.tasks_signed(),
    ];
    let row = |(at, line): (usize, &Line)| {
        let cells = [
            (at + 1).to_string(),
            line.name.clone(),
            line.address.clone(),
            line.contact.clone(),
            line.items.clone(),
            line.officers.clone(),
            line.source.clone(),
            String::new(),
            String::new(),
        ];
        view! { <tr>{cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    };
    view! {
        <section class="sheet" data-mark=head.is_demo.then(|| t.band_demo())>
            <header class="sheet-head">
                <div>
                    <p class="sheet-issuer">{head.brigade.clone()}</p>
                    <h1>{head.title.clone()}</h1>
                    <p>{head.officer.clone()} " " {head.count.clone()}</p>
                </div>
            </header>
            <table class="sheet-table is-tasks">
                <thead>
                    <tr>{heads.map(|head| view! { <th>{head}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{lines.map(row).collect_view()}</tbody>
            </table>
            <footer class="sheet-foot">
                <span>{t.tasks_officers_sign()} "："</span>
                <span>{t.paper_page(page, total)}</span>
            </footer>
        </section>
    }
    .into_any()
}
