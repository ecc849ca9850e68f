//! 任务单: the visits of a day, or of an officer on it, on A4 landscape; shown only when
//! printing.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{Visits, forms};
use crate::desk::visit_list::Task;
use crate::i18n::Lang;
use crate::model::OfficerId;
use crate::papers::task_sheet;
use crate::ui::app::use_lang;
use crate::ui::widgets::list::read;
use crate::ui::widgets::menu::menu;
use crate::ui::widgets::paper::{has_paper, value_sheets};
use crate::ui::widgets::{Icon, icon};
use crate::workbook::visit_record::PaperKind;

/// The officers who have visits on a day, by name.
fn officers_on(tasks: &[Task], day: NaiveDate) -> Vec<(OfficerId, String)> {
    let on_day = tasks.iter().filter(|task| task.is_to_visit_on(day));
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
        let today = tasks.iter().filter(|task| task.is_to_visit_on(today));
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
        .with(|tasks| tasks.iter().filter(|it| it.is_to_visit_on(today)).count());
    let forms = [
        (PaperKind::Notice, t.form_print_notices(count)),
        (PaperKind::Record, t.form_print_records(count)),
    ];
    let forms = forms.map(form).into_iter().collect_view();
    let panel = view! { <ul class="print-choices">{lines} {forms}</ul> };
    let words = move || t.act_print_tasks().to_owned();
    view! { {icon(Icon::Print)} {menu("filter-menu", words, panel, true)} }.into_any()
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
        let paper = read(page.app, |book| {
            task_sheet::paper(t, book, &tasks, page.app.today(), wish.as_ref())
        });
        value_sheets(t, &paper, false, None)
    }
}
