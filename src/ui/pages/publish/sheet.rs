//! The paper on show: the files of each channel, the paper as the public sees it, what the
//! record says beside it, and the versions that are public.

use std::sync::Arc;

use leptos::portal::Portal;
use leptos::prelude::*;

use super::Shown;
use crate::document::{Paper, html, text};
use crate::exchange::paper_package::ELEMENT;
use crate::i18n::Lang;
use crate::papers::{PublicPaper, carried};
use crate::ui::app::App;
use crate::ui::files;
use crate::ui::task::WebPace;
use crate::ui::widgets::export::save_excel;
use crate::ui::widgets::list::{ViewTab, ViewTabs, read};
use crate::ui::widgets::paper::{has_paper, value_sheets};
use crate::workbook::bulletin::BulletinOf;

const SEEN: &str = "seen";
const DIFFERENCE: &str = "difference";
const VERSIONS: &str = "versions";

/// The forms in which a paper leaves the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Excel,
    Csv,
    Json,
    Article,
    Message,
}

pub(super) fn sheet(app: App, t: Lang, shown: &Arc<Shown>) -> AnyView {
    let version = t.publish_version_short(shown.version());
    let title = shown.publication.as_ref().map_or_else(
        || shown.name.clone(),
        |publication| publication.paper.title.clone(),
    );
    let (state, withheld) = match &shown.publication {
        Some(_) if shown.is_same => (t.publish_unchanged(), 0),
        Some(made) => ("", made.withheld.len()),
        None => ("", 0),
    };
    let label = title.clone();
    let withheld = (withheld > 0).then(|| t.publish_withheld_count(withheld));
    view! {
        <section class="pane publish-sheet" aria-label=label>
            <header class="pane-head">
                <h2>{title}</h2>
                <span class="caption">{version}</span>
                <span class="caption">{state} {withheld}</span>
            </header>
            {match &shown.publication {
                Some(_) => made(app, t, shown),
                None => view! { <p class="empty-note">{t.publish_no_rows()}</p> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

fn made(app: App, t: Lang, shown: &Arc<Shown>) -> AnyView {
    let current = RwSignal::new(SEEN);
    let tab = |key, name: &str, count| ViewTab {
        key,
        name: name.to_owned(),
        count,
    };
    let rows = shown
        .publication
        .as_ref()
        .map_or(0, |it| it.paper.rows.len());
    let differences = shown
        .publication
        .as_ref()
        .map_or(0, |it| it.left_out.len() + it.withheld.len());
    let versions = shown
        .state
        .last
        .as_ref()
        .map_or(0, |last| last.version as usize);
    let tabs = vec![
        tab(SEEN, t.publish_seen(), rows),
        tab(DIFFERENCE, t.publish_difference(), differences),
        tab(VERSIONS, t.publish_versions(), versions),
    ];
    let choose = Callback::new(move |key| current.set(key));
    let of = shown.clone();
    let body = move || match current.get() {
        DIFFERENCE => difference(app, t, &of),
        VERSIONS => versions_of(app, t, &of),
        _ => seen(&of),
    };
    view! {
        {channels(app, t, shown)}
        <ViewTabs tabs current on_choose=choose />
        <div class="publish-preview grow" tabindex="0" role="region" aria-label=t.publish_seen()>
            {body}
        </div>
        <p class="publish-foot caption">{t.publish_same_as_file()}</p>
    }
    .into_any()
}

/// A channel with its buttons.
fn channels(app: App, t: Lang, shown: &Arc<Shown>) -> AnyView {
    let channels: [(&str, &[(Form, &str)]); 4] = [
        (
            t.publish_website(),
            &[
                (Form::Html, t.publish_html()),
                (Form::Excel, t.publish_excel()),
            ],
        ),
        (
            t.publish_account(),
            &[
                (Form::Article, t.publish_copy_article()),
                (Form::Message, t.publish_message()),
            ],
        ),
        (t.publish_platform(), &[(Form::Csv, t.publish_csv())]),
        (t.publish_machines(), &[(Form::Json, t.publish_json())]),
    ];
    let channel = |(name, forms): (&'static str, &[(Form, &'static str)])| {
        let buttons = forms.iter().map(|&(form, words)| {
            let shown = shown.clone();
            let label = format!("{name}：{words}");
            view! {
                <button
                    type="button"
                    class="button is-small"
                    aria-label=label
                    on:click=move |_| hand_out(app, &shown, form)
                >
                    {words}
                </button>
            }
        });
        view! {
            <div class="publish-channel">
                <b>{name}</b>
                {buttons.collect_view()}
            </div>
        }
    };
    view! {
        <div class="publish-channels">{channels.map(channel).into_iter().collect_view()}</div>
    }
    .into_any()
}

/// Makes the file or the text of a form. A file's name says what it is, and nothing else.
fn hand_out(app: App, shown: &Shown, form: Form) {
    let t = app.lang.get_untracked();
    let Some(PublicPaper { paper, .. }) = &shown.publication else {
        return;
    };
    let name = |end: &str| format!("{}_{}.{end}", paper.title, paper.issued);
    let saved = |end: &str, mime: &str, text: &str| {
        let name = name(end);
        files::download(&name, mime, text);
        app.toast(t.registers_exported(name), false);
    };
    match form {
        Form::Html => {
            let (paper, name, id) = (
                paper.clone(),
                name("html"),
                (shown.state.year, shown.state.of),
            );
            leptos::task::spawn_local(async move { save_page(app, &paper, name, id).await });
        }
        Form::Excel => save_excel(app, paper.table(), name("xlsx")),
        Form::Csv => saved("csv", "text/csv", &paper.table().csv()),
        Form::Json => saved(
            "json",
            "application/json",
            &format!("{:#}", text::data(paper)),
        ),
        Form::Article => {
            files::copy_formatted(&html::brief(paper), &text::message(paper));
            app.toast(t.copied(), false);
        }
        Form::Message => {
            files::copy(&text::message(paper));
            app.toast(t.copied(), false);
        }
    }
}

/// Saves the page; that of a plan carries its draw's verification file, where it may.
async fn save_page(app: App, paper: &Paper, name: String, (year, of): (i32, BulletinOf)) {
    let t = app.lang.get_untracked();
    let book = app.workbook.get_untracked();
    let carried = match &book {
        Some(book) => carried(book, year, of, &WebPace::of_page(drop)).await,
        None => None,
    };
    let page = match &carried {
        Some(data) => html::page_carrying(paper, ELEMENT, data),
        None => html::page(paper),
    };
    files::download(&name, "text/html", &page);
    let exported = t.registers_exported(name);
    let is_bare = carried.is_none() && matches!(of, BulletinOf::Plan(_));
    let words = if is_bare {
        t.publish_not_carried(exported)
    } else {
        exported
    };
    app.toast(words, false);
}

/// The paper itself: the same text as the file's body.
fn seen(shown: &Shown) -> AnyView {
    let body = shown.publication.as_ref().map(|it| html::body(&it.paper));
    view! { <div class="publish-paper" lang="zh-CN" inner_html=body></div> }.into_any()
}

fn difference(app: App, t: Lang, shown: &Shown) -> AnyView {
    let Some(made) = &shown.publication else {
        return ().into_any();
    };
    if made.left_out.is_empty() && made.withheld.is_empty() {
        return view! { <p class="empty-note">{t.publish_left_out_none()}</p> }.into_any();
    }
    let withheld = made.withheld.iter().map(|id| {
        let words = read(app, |book| {
            let unit = book.unit(id)?;
            let withheld = unit.withheld.as_ref()?;
            let ground = t.legal_ground(withheld.ground());
            Some(t.publish_withheld_why(&unit.name, ground, &withheld.reason))
        });
        view! { <li>{words}</li> }
    });
    let withheld = (!made.withheld.is_empty()).then(|| {
        view! {
            <h3>{t.publish_withheld_units()}</h3>
            <ul>{withheld.collect_view()}</ul>
        }
    });
    let left_out = made
        .left_out
        .iter()
        .map(|words| view! { <li>{*words}</li> });
    view! {
        <div class="publish-difference">
            <h3>{t.publish_left_out()}</h3>
            <ul>{left_out.collect_view()}</ul>
            {withheld}
        </div>
    }
    .into_any()
}

fn versions_of(app: App, t: Lang, shown: &Shown) -> AnyView {
    let (year, of) = (shown.state.year, shown.state.of);
    let versions = read(app, |book| {
        let year = book.year(year)?;
        Some(year.bulletins_of(of).rev().cloned().collect::<Vec<_>>())
    });
    let versions = versions.unwrap_or_default();
    if versions.is_empty() {
        return view! { <p class="empty-note">{t.publish_versions_none()}</p> }.into_any();
    }
    let known = versions.iter().map(|it| (it.version, it.fingerprint));
    let kept = super::kept::kept(t, known.collect());
    let lines = versions.into_iter().map(|it| {
        let line = t.publish_version_line(it.version, t.paper_day(it.date), &it.places);
        let code = it.fingerprint.to_string();
        let code = t.publish_fingerprint(&code[..16]);
        let why = (!it.why.is_empty()).then(|| t.publish_reason(&it.why));
        view! {
            <li>
                <b>{line}</b>
                <span class="caption">{why}</span>
                <span class="caption">{code} "　" {it.by}</span>
            </li>
        }
    });
    view! {
        <ol class="publish-versions">{lines.collect_view()}</ol>
        {kept}
    }
    .into_any()
}

/// The same paper for the printer.
pub(super) fn paper(t: Lang, shown: &Arc<Shown>) -> AnyView {
    let Some(made) = &shown.publication else {
        return ().into_any();
    };
    has_paper();
    let paper = made.paper.clone();
    view! { <Portal>{value_sheets(t, &paper, false, None)}</Portal> }.into_any()
}
