//! 文书 of a visit: what is there, what lacks, and the drawer in which they are ticked off.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::forms::save_page;
use super::{Asking, Visits};
use crate::i18n::Lang;
use crate::papers::forms::{self, number_of};
use crate::ui::app::use_lang;
use crate::ui::widgets::dialog::{act_foot, error_line};
use crate::ui::widgets::list::read;
use crate::ui::widgets::{CheckField, Dialog, Icon, TextField, icon};
use crate::workbook::request::PutPapers;
use crate::workbook::visit_record::{Paper, PaperKind};
use crate::workbook::{Action, Visit, VisitId, Workbook};

/// The papers as a section of the panel.
pub(super) fn section(page: Visits, t: Lang, book: &Workbook, visit: &Visit) -> AnyView {
    let needed = visit.papers_needed();
    let has = |kind: &PaperKind| visit.papers.iter().any(|it| it.kind == *kind);
    let lacking = needed.iter().filter(|kind| !has(kind)).count();
    // Those that go before a record can be printed before there is one.
    let always = [PaperKind::Approval, PaperKind::Notice, PaperKind::Record];
    let shown = PaperKind::ALL.into_iter();
    let shown = shown.filter(|it| always.contains(it) || needed.contains(it) || has(it));
    let line = |kind: PaperKind| {
        let paper = visit.papers.iter().find(|it| it.kind == kind);
        let mark = paper.map(|_| icon(Icon::Check));
        let is_lacking = paper.is_none() && needed.contains(&kind);
        let lacks = if is_lacking { t.papers_lacking() } else { "" };
        let words = paper.map_or_else(|| lacks.to_owned(), |it| it.number.clone());
        let date = paper.map(|it| t.month_day_short(it.date));
        let acts = forms::KINDS
            .contains(&kind)
            .then(|| acts(page, t, &visit.id, kind));
        view! {
            <li class:is-lacking=is_lacking>
                <span class="paper-mark">{mark}</span>
                <span>
                    {t.paper_kind(kind)} " " <span class="paper-number caption">{words}</span>
                </span>
                <span class="caption">{date}</span>
                {acts}
            </li>
        }
    };
    let lines: Vec<_> = shown.map(line).collect();
    let id = visit.id.clone();
    let may_change = !book.is_year_closed(id.draw.year) && !page.app.is_archive();
    let button = may_change.then(|| {
        view! {
            <button
                type="button"
                class="button is-small"
                on:click=move |_| page.asking.set(Some(Asking::Papers(id.clone())))
            >
                {t.papers_act()}
            </button>
        }
    });
    let count = t.papers_count(visit.papers.len(), lacking);
    view! {
        <section class="detail-section" aria-labelledby="visit-papers">
            <div class="section-head">
                <h3 id="visit-papers">{t.papers_act()} " " <span class="caption">{count}</span></h3>
                {button}
            </div>
            <ul class="visit-papers">{lines}</ul>
        </section>
    }
    .into_any()
}

/// Prints a paper, or saves it as a page that stands alone.
fn acts(page: Visits, t: Lang, id: &VisitId, kind: PaperKind) -> AnyView {
    let (printed, saved) = (id.clone(), id.clone());
    let label = |act: &str| [act, t.paper_kind(kind)].join(" ");
    view! {
        <span class="paper-acts">
            <button
                type="button"
                class="link-button"
                aria-label=label(t.form_print())
                on:click=move |_| page.print_forms(vec![(printed.clone(), kind)])
            >
                {t.form_print()}
            </button>
            <button
                type="button"
                class="link-button"
                aria-label=label(t.publish_html())
                on:click=move |_| save_page(page, &saved, kind)
            >
                {t.publish_html()}
            </button>
        </span>
    }
    .into_any()
}

/// A paper as the drawer holds it.
#[derive(Clone, Copy)]
struct Typed {
    kind: PaperKind,
    is_there: RwSignal<bool>,
    number: RwSignal<String>,
    date: RwSignal<String>,
}

impl Typed {
    fn new(kind: PaperKind, visit: &Visit, number: &str, today: NaiveDate) -> Self {
        let paper = visit.papers.iter().find(|it| it.kind == kind);
        let own = if kind == PaperKind::Record {
            number
        } else {
            ""
        };
        let date = paper.map_or(today, |it| it.date).to_string();
        Self {
            kind,
            is_there: RwSignal::new(paper.is_some()),
            number: RwSignal::new(paper.map_or(own, |it| it.number.as_str()).to_owned()),
            date: RwSignal::new(date),
        }
    }

    fn paper(self, t: Lang) -> Result<Option<Paper>, String> {
        if !self.is_there.get_untracked() {
            return Ok(None);
        }
        let date = self.date.with_untracked(|text| text.parse());
        let date = date.map_err(|_| t.visit_date_wrong().to_owned())?;
        Ok(Some(Paper {
            kind: self.kind,
            number: self.number.get_untracked(),
            date,
        }))
    }

    fn row(self, t: Lang) -> AnyView {
        let number = match self.kind {
            PaperKind::Photos => t.papers_photos(),
            _ => t.papers_number(),
        };
        let fields = move || {
            self.is_there.get().then(|| {
                view! {
                    <TextField label=number value=self.number />
                    <TextField label=t.papers_date() kind="date" value=self.date />
                }
            })
        };
        view! {
            <fieldset class="paper-row" aria-label=t.paper_kind(self.kind)>
                <CheckField label=t.paper_kind(self.kind) value=self.is_there />
                <div class="field-grid">{fields}</div>
            </fieldset>
        }
        .into_any()
    }
}

/// The drawer in which papers are ticked off.
pub(super) fn papers_drawer(page: Visits, id: VisitId, close: Callback<()>) -> AnyView {
    let t = use_lang();
    let start = read(page.app, |book| {
        let visit = book.visit(&id)?;
        let number = number_of(t, book, visit).unwrap_or_default();
        let typed = PaperKind::ALL.map(|kind| Typed::new(kind, visit, &number, page.app.today()));
        let name = book.unit(&id.unit).map(|unit| unit.name.clone());
        Some((typed, name.unwrap_or_default()))
    });
    let Some((typed, name)) = start else {
        return ().into_any();
    };
    let refusal = RwSignal::new(String::new());
    let title = t.papers_title(&name);
    let act = move |()| {
        let papers: Result<Vec<Option<Paper>>, String> =
            typed.iter().map(|it| it.paper(t)).collect();
        let done = papers.and_then(|papers| {
            let put = PutPapers {
                visit: id.clone(),
                papers: papers.into_iter().flatten().collect(),
            };
            page.app
                .act_and_tell(Action::PutPapers(put), t.papers_saved(&name))
        });
        match done {
            Ok(_) => close.run(()),
            Err(words) => refusal.set(words),
        }
    };
    view! {
        <Dialog title class="is-drawer" on_close=close on_submit=Callback::new(act)>
            <div class="dialog-body">
                <p class="caption">{t.papers_note()}</p>
                {typed.map(|it| it.row(t)).into_iter().collect_view()}
                {error_line(refusal.into())}
            </div>
            {act_foot(t, close, t.papers_save())}
        </Dialog>
    }
    .into_any()
}
