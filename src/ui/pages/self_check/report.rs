//! The column beside the lines: the report with its signatures, print and filing, and the
//! earlier ones.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Sheet, report_route};
use crate::desk::form::parse_date;
use crate::i18n::Lang;
use crate::ui::app::{App, use_lang};
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Ask, Icon, Line, Tag, TagKind, icon};
use crate::workbook::Action;
use crate::workbook::check_signing::CheckStep;
use crate::workbook::self_check::{Verdict, count_of};

/// Which dialog is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    Sign,
    Head,
    File,
}

pub(super) fn report_column(app: App, sheet: Arc<Sheet>) -> AnyView {
    let t = use_lang();
    let asking = RwSignal::new(None::<Asking>);
    let facts = [
        (t.check_number(), sheet.label.clone()),
        (
            t.check_period(),
            t.check_span(t.month_day(sheet.from), t.month_day(sheet.to)),
        ),
        (
            t.check_scope_label(),
            t.check_scope_fact(sheet.visits, sheet.units),
        ),
    ];
    let dialog = {
        let sheet = sheet.clone();
        move || {
            let asked = asking.get()?;
            let sheet = sheet.clone();
            Some(untrack(|| match asked {
                Asking::Sign => sign_dialog(app, t, asking),
                Asking::Head => head_dialog(app, t, &sheet, asking),
                Asking::File => file_dialog(app, t, &sheet, asking),
            }))
        }
    };
    view! {
        <section class="pane check-report" aria-label=t.check_report() tabindex="0">
            <div class="check-step is-head">
                <h2>{t.check_report()}</h2>
                {state_tag(t, &sheet)}
            </div>
            <dl class="facts-list check-facts">
                {facts.map(|(name, words)| view! { <dt>{name}</dt> <dd>{words}</dd> }).collect_view()}
            </dl>
            {steps(app, t, &sheet, asking)} {earlier(app, t, &sheet)}
        </section>
        {dialog}
    }
    .into_any()
}

fn state_tag(t: Lang, sheet: &Sheet) -> AnyView {
    let (kind, words) = match &sheet.signed {
        None => (TagKind::Draft, t.check_draft()),
        Some(signed) if signed.filed.is_some() => (TagKind::Done, t.check_filed_tag()),
        Some(_) => (TagKind::Active, t.check_signed_tag()),
    };
    view! { <Tag kind text=words /> }.into_any()
}

/// A step: what it is, what is to be known of it, and its button, dashed where it waits.
fn step(
    name: &'static str,
    notes: Vec<String>,
    action: Option<(&'static str, bool, Callback<()>)>,
) -> AnyView {
    let button = action.map(|(words, is_open, act)| {
        let label = format!("{name}：{words}");
        view! {
            <button
                type="button"
                class="button"
                class:is-primary=is_open
                disabled=!is_open
                aria-label=label
                on:click=move |_| act.run(())
            >
                {words}
            </button>
        }
    });
    let notes = notes.into_iter();
    view! {
        <div class="check-step">
            <div>
                <h3>{name}</h3>
                {notes.map(|words| view! { <p class="caption">{words}</p> }).collect_view()}
            </div>
            {button}
        </div>
    }
    .into_any()
}

fn steps(app: App, t: Lang, sheet: &Sheet, asking: RwSignal<Option<Asking>>) -> AnyView {
    let open = move |what: Asking| Callback::new(move |()| asking.set(Some(what)));
    let may = !app.is_archive();
    let signed = sheet.signed.as_ref();
    let checker = match signed {
        None => step(
            t.check_sign(),
            vec![app.person(), t.check_sign_note().into()],
            may.then(|| (t.check_sign_act(), true, open(Asking::Sign))),
        ),
        Some(signed) => {
            let words = t.check_signed_by(&signed.checker, t.day_time(signed.at));
            step(t.check_sign(), vec![words], None)
        }
    };
    let head = signed.and_then(|signed| signed.head.as_ref());
    let head_step = match (signed, head) {
        (_, Some(head)) => {
            let words = t.check_signed_by(&head.head, t.day_time(head.at));
            step(t.check_head_sign(), vec![words], None)
        }
        (signed, None) => {
            let mut notes = vec![sheet.head_name.clone()];
            if signed.is_none() {
                notes.push(t.check_head_wait().into());
            }
            notes.retain(|words| !words.is_empty());
            let is_open = signed.is_some();
            let action = may.then(|| (t.check_sign_act(), is_open, open(Asking::Head)));
            step(t.check_head_sign(), notes, action)
        }
    };
    let print_note = match signed {
        None => t.check_print_draft(),
        Some(_) => t.check_print_note(),
    };
    let filed = signed.and_then(|signed| signed.filed.as_ref());
    let file_step = match filed {
        Some(filed) => {
            let words = t.check_filed_on(t.month_day(filed.date));
            step(t.check_file(), vec![sheet.detachment.clone(), words], None)
        }
        None => {
            let left = sheet.file_by.map(|day| {
                let left = read(app, |book| book.working_days_until(app.today(), day));
                t.check_file_by(t.month_day(day), t.days_left(left))
            });
            let wait = head.is_none().then(|| t.check_file_wait().to_owned());
            let is_open = head.is_some();
            let action = may.then(|| (t.check_file_act(), is_open, open(Asking::File)));
            step(
                t.check_file(),
                left.into_iter().chain(wait).collect(),
                action,
            )
        }
    };
    view! {
        {checker}
        {head_step}
        <div class="check-step">
            <div>
                <h3>{t.check_print_title()}</h3>
                <p class="caption">{print_note}</p>
            </div>
            <button type="button" class="button" on:click=|_| drop(window().print())>
                {icon(Icon::Print)}
                {t.check_print()}
            </button>
        </div>
        {file_step}
    }
    .into_any()
}

fn earlier(app: App, t: Lang, sheet: &Sheet) -> AnyView {
    let shown = sheet.signed.is_some().then_some((sheet.year, sheet.number));
    let rows: Vec<AnyView> = read(app, |book| {
        let checks = book.self_checks().rev();
        let row = |(year, check): (i32, &crate::workbook::self_check::SelfCheck)| {
            let label = t.check_label(&book.brigade.short_name, year, check.number);
            let words = match count_of(&check.lines, Verdict::Mend) {
                0 => t.check_report_none_bad().to_owned(),
                count => t.check_report_bad(count),
            };
            let filed = match &check.filed {
                Some(filed) => t.check_filed_on(t.month_day_short(filed.date)),
                None => t.check_not_filed().to_owned(),
            };
            let is_shown = shown == Some((year, check.number));
            let name = format!("{} {label}", t.month_day_short(check.date()));
            view! {
                <li>
                    <a
                        href=report_route(year, check.number).hash()
                        aria-label=name
                        aria-current=is_shown.then_some("true")
                    >
                        {t.month_day_short(check.date())}
                    </a>
                    <span>{words}</span>
                    <span class="caption">{filed}</span>
                </li>
            }
            .into_any()
        };
        checks.map(row).collect()
    });
    let none = rows
        .is_empty()
        .then(|| view! { <p class="caption">{t.check_earlier_none()}</p> });
    view! {
        <div class="check-earlier">
            <h3>{t.check_earlier()}</h3>
            {none}
            <ul aria-label=t.check_earlier()>{rows}</ul>
        </div>
    }
    .into_any()
}

fn sign_dialog(app: App, t: Lang, asking: RwSignal<Option<Asking>>) -> AnyView {
    let close = Callback::new(move |()| asking.set(None));
    Ask::new(
        t.check_sign(),
        t.check_sign_consequence(),
        t.check_sign_act(),
    )
    .lines([Line::new(t.check_checker())
        .help(t.check_checker_help())
        .start(app.person())])
    .view(close, move |dialog, [checker]| {
        let year = read(app, |book| Some(book.next_check(app.today())));
        let step = CheckStep::Sign { checker };
        let done = app.act(Action::SelfCheck(step));
        let is_done = done.is_ok();
        dialog.answer(done);
        if let (true, Some((year, number))) = (is_done, year) {
            app.go(&report_route(year, number));
        }
    })
}

fn head_dialog(app: App, t: Lang, sheet: &Sheet, asking: RwSignal<Option<Asking>>) -> AnyView {
    let close = Callback::new(move |()| asking.set(None));
    let (year, number) = (sheet.year, sheet.number);
    Ask::new(
        t.check_head_sign(),
        t.check_head_consequence(&sheet.label),
        t.check_head_act(),
    )
    .lines([Line::new(t.check_head_label())
        .help(t.check_head_help())
        .start(sheet.head_name.clone())])
    .view(close, move |dialog, [head]| {
        let step = CheckStep::HeadSigns { year, number, head };
        let action = Action::SelfCheck(step);
        dialog.answer(app.act_and_tell(action, t.check_head_done()));
    })
}

fn file_dialog(app: App, t: Lang, sheet: &Sheet, asking: RwSignal<Option<Asking>>) -> AnyView {
    let close = Callback::new(move |()| asking.set(None));
    let (year, number) = (sheet.year, sheet.number);
    Ask::new(
        t.check_file(),
        t.check_file_consequence(&sheet.label),
        t.check_file_act(),
    )
    .lines([Line::date(t.check_file_date(), app.today())])
    .view(close, move |dialog, [date]| {
        // The dialog does not ask to act before its day is one.
        let Some(date) = parse_date(&date) else {
            return;
        };
        let step = CheckStep::File { year, number, date };
        let action = Action::SelfCheck(step);
        dialog.answer(app.act_and_tell(action, t.check_file_done()));
    })
}
