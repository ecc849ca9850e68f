//! 公平检验 (N9): thousands of draws and years simulated on one's own register,
//! in a worker; what was promised against what came out.
//!
//! The state lives beside the page, so that a test goes on while somebody looks
//! at another page or switches the language.

mod month;
mod years;

use std::sync::Arc;

use chrono::NaiveDateTime;
use leptos::prelude::*;
use serde::Serialize;

use crate::engine::simulate::{Churn, FairnessInput, YearsInput};
use crate::i18n::Lang;
use crate::ui::app::{App, clock, random_bytes, use_app, use_lang};
use crate::ui::files;
use crate::ui::job::{Job, Report};
use crate::ui::overdue::overdue_banner;
use crate::ui::route::{Page, Route};
use crate::ui::task::Task;
use crate::ui::widgets::{Banner, BannerKind, CheckField, PageHead, Progress, SelectField};
use crate::ui::worker;
use crate::workbook::Workbook;
use crate::workbook::pending::carried_of;

/// P-values below this are taken for more than chance.
const P_WRONG: f64 = 0.001;

/// What a test was asked for, as it is saved with its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Asked {
    runs: u32,
    seed: u32,
    month: String,
    units: usize,
    officers: usize,
    teams: bool,
    churn: Option<Churn>,
}

/// A finished test.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Tested {
    format: &'static str,
    version: u32,
    /// The workbook's id.
    workbook: String,
    at: NaiveDateTime,
    asked: Asked,
    result: Report,
}

/// The choices and the test under way or finished.
#[derive(Clone, Copy)]
pub struct FairnessState {
    kind: RwSignal<String>,
    runs: RwSignal<String>,
    teams: RwSignal<bool>,
    churn: RwSignal<String>,
    /// The test under way; the last result stays on view where it is given up.
    task: Task,
    tested: RwSignal<Option<Arc<Tested>>>,
}

impl FairnessState {
    /// Nothing tested yet.
    #[must_use]
    pub fn start() -> Self {
        Self {
            kind: RwSignal::new("month".into()),
            runs: RwSignal::new("1000".into()),
            teams: RwSignal::new(true),
            churn: RwSignal::new("lively".into()),
            task: Task::new(),
            tested: RwSignal::new(None),
        }
    }

    fn begin(self, app: App) {
        let asked = app.workbook.with_untracked(|book| {
            Some((self.job(app, book.as_ref()?)?, book.as_ref()?.id.clone()))
        });
        let Some(((job, asked), workbook)) = asked else {
            return;
        };
        self.task.start(async move |pace| {
            let result = worker::run(job, Vec::new(), &pace).await?;
            self.tested.set(Some(Arc::new(Tested {
                format: "double-random/fairness",
                version: 1,
                workbook,
                at: clock(),
                asked,
                result,
            })));
            Ok(())
        });
    }

    /// The job that the choices ask for, on the registers as they are.
    fn job(self, app: App, book: &Workbook) -> Option<(Job, Asked)> {
        let is_month = self.kind.get_untracked() == "month";
        let month = if is_month {
            book.next_month(app.today())
        } else {
            book.outlook_from(book.year_on(app.today()), app.today())
        };
        let plan = book.plan_in(month);
        let snapshot = book.snapshot_on(month, plan, app.today()).ok()?;
        let [a, b, c, d, ..] = random_bytes();
        let runs = self.runs.get_untracked().parse().ok()?;
        let churn = match self.churn.get_untracked().as_str() {
            "lively" => Churn::lively(),
            _ => Churn::default(),
        };
        let (officers, calendar) = (book.duties(month), book.calendar());
        let asked = Asked {
            runs,
            seed: u32::from_be_bytes([a, b, c, d]),
            month: month.to_string(),
            units: snapshot.units.len(),
            officers: officers.len(),
            teams: self.teams.get_untracked(),
            churn: (!is_month).then_some(churn),
        };
        let (design, teams, seed) = (plan.design.clone(), asked.teams, asked.seed);
        let carried = carried_of(&snapshot);
        let job = if is_month {
            let input = Box::new(FairnessInput {
                snapshot,
                officers,
                design,
                calendar,
                carried,
                teams,
                seed,
            });
            Job::Month { input, runs }
        } else {
            let input = Box::new(YearsInput {
                snapshot,
                officers,
                design,
                calendar,
                churn,
                teams,
                seed,
            });
            Job::Years { input, runs }
        };
        Some((job, asked))
    }
}

/// The fairness test.
#[component]
pub fn FairnessPage() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let state = expect_context::<FairnessState>();
    let empty = Memo::new(move |_| {
        app.workbook.with(|book| match book.as_ref() {
            Some(book) if book.units.is_empty() => Some(Page::Units),
            Some(book) if book.officers.is_empty() => Some(Page::Officers),
            _ => None,
        })
    });
    move || {
        let Some(register) = empty.get() else {
            return filled(app, state);
        };
        let (words, go) = match register {
            Page::Officers => (t.plan_no_officers(), t.remedy_officers()),
            _ => (t.plan_no_units(), t.go_units()),
        };
        view! {
            <PageHead title=t.nav_fairness() />
            <div class="page-body">
                <div class="pane empty-state">
                    <p>{words}</p>
                    <a class="button is-primary" href=Route::to(register).hash()>
                        {go}
                    </a>
                </div>
            </div>
        }
        .into_any()
    }
}

/// The result of this workbook, if there is one.
fn result_of(app: App, state: FairnessState) -> Option<Arc<Tested>> {
    let id = app
        .workbook
        .with(|book| book.as_ref().map(|book| book.id.clone()));
    state
        .tested
        .get()
        .filter(|tested| Some(&tested.workbook) == id.as_ref())
}

fn filled(app: App, state: FairnessState) -> AnyView {
    let t = use_lang();
    let is_running = Memo::new(move |_| state.task.is_running());
    let actions = move || {
        let save = result_of(app, state).map(|tested| {
            view! {
                <button type="button" class="button" on:click=move |_| save(&tested)>
                    {t.fair_save()}
                </button>
            }
        });
        view! {
            {save}
            <button
                type="button"
                class="button is-primary"
                disabled=is_running.get()
                on:click=move |_| state.begin(app)
            >
                {t.fair_start()}
            </button>
        }
        .into_any()
    };
    let working = move || {
        is_running
            .get()
            .then(|| view! { <Progress work=t.fair_working() task=state.task /> })
    };
    let result = move || match result_of(app, state) {
        Some(tested) => shown(app, &tested),
        None if is_running.get() => ().into_any(),
        None => view! { <p class="caption">{t.fair_none()}</p> }.into_any(),
    };
    let failure = move || {
        let words = state.task.failure();
        let fact = (!words.is_empty()).then(|| t.fair_broken(words));
        fact.map(|fact| view! { <Banner kind=BannerKind::Bad fact /> })
    };
    let overdue = move || {
        let next = app
            .workbook
            .with(|book| Some(book.as_deref()?.next_month(app.today())));
        next.map(|next| overdue_banner(app, next))
    };
    view! {
        <PageHead title=t.nav_fairness() facts=view! { {t.fair_facts()} }.into_any()>
            {actions}
        </PageHead>
        <div class="page-body">
            {choices(app, state)} {overdue} {working} {failure} {result}
        </div>
    }
    .into_any()
}

fn choices(app: App, state: FairnessState) -> AnyView {
    let t = use_lang();
    let months = app.workbook.with(|book| {
        book.as_ref().map(|book| {
            let today = app.today();
            let from = book.outlook_from(book.year_on(today), today);
            let next = book.next_month(today);
            (t.month_name(next.month()), t.month_name(from.month()))
        })
    });
    let (next, from) = months.unwrap_or_default();
    let kinds = vec![
        ("month".to_owned(), t.fair_kind_month(next)),
        ("years".to_owned(), t.fair_kind_years(from)),
    ];
    let runs = ["100", "1000", "5000", "20000"];
    let runs = runs.map(|runs| (runs.to_owned(), runs.to_owned())).to_vec();
    let churns = vec![
        ("lively".to_owned(), t.fair_churn_lively().to_owned()),
        ("none".to_owned(), t.fair_churn_none().to_owned()),
    ];
    let churn = move || {
        (state.kind.get() == "years").then(|| {
            view! { <SelectField label=t.fair_churn() value=state.churn options=churns.clone() /> }
        })
    };
    view! {
        <section class="pane fair-choices" aria-label=t.fair_choices()>
            <SelectField label=t.fair_kind() value=state.kind options=kinds />
            <SelectField label=t.fair_runs() value=state.runs options=runs />
            {churn}
            <CheckField label=t.fair_teams() value=state.teams />
        </section>
    }
    .into_any()
}

fn shown(app: App, tested: &Tested) -> AnyView {
    match &tested.result {
        Report::Month(report) => month::view_of(app, tested, report),
        Report::Years(report) => years::view_of(tested, report),
        Report::Verify(_) => ().into_any(),
    }
}

fn save(tested: &Tested) {
    // Its keys are texts, so it can always be written.
    let text = serde_json::to_string_pretty(tested).unwrap_or_default();
    let name = format!(
        "fairness-{}-{}.json",
        tested.asked.month,
        tested.at.format("%Y%m%d-%H%M%S")
    );
    files::download(&name, "application/json", &text);
}

/// A chance in percent.
fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// A p-value with its sign of relation: «= 0.43», «< 0.001».
fn p_text(p: f64) -> String {
    if p < P_WRONG {
        "< 0.001".to_owned()
    } else {
        format!("= {p:.3}")
    }
}

/// When it was finished, and on how many runs.
fn made(t: Lang, tested: &Tested) -> String {
    t.fair_done_at(t.day_time(tested.at), tested.asked.runs)
}

/// The realised range as a bar, the promised value as a tick, on a scale up to `top`.
fn range_bar(label: String, promised: f64, least: f64, most: f64, top: f64) -> AnyView {
    let place = |value: f64| 100.0 * value / if top > 0.0 { top } else { 1.0 };
    let bar = format!(
        "left:{:.2}%;width:{:.2}%",
        place(least),
        place(most - least)
    );
    let tick = format!("left:{:.2}%", place(promised));
    view! {
        <div class="fair-bar" role="img" aria-label=label>
            <i style=bar></i>
            <b style=tick></b>
        </div>
    }
    .into_any()
}

/// What bar and tick mean.
fn legend(t: Lang) -> AnyView {
    view! {
        <span class="legend">
            <span>{t.fair_legend_realised()}</span>
            <span class="is-line">{t.fair_legend_promised()}</span>
        </span>
    }
    .into_any()
}

/// A table's head: the first column text, the others numbers, the last a drawing.
fn table_head(
    first: &'static str,
    numbers: &[&'static str],
    last: Option<&'static str>,
) -> AnyView {
    let numbers: Vec<_> = numbers
        .iter()
        .map(|name| view! { <th scope="col" class="number">{*name}</th> })
        .collect();
    view! {
        <thead>
            <tr>
                <th scope="col">{first}</th>
                {numbers}
                {last.map(|name| view! { <th scope="col"><span class="visually-hidden">{name}</span></th> })}
            </tr>
        </thead>
    }
    .into_any()
}
