//! What the pages of registers that are kept alike share: the drawer, retiring and bringing
//! back, parts of the panel.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::draws::open_button;
use super::standing::draws_section;
use super::state::standing_line;
use crate::desk::history::RecordName;
use crate::desk::officer_list::CertificateState;
use crate::i18n::Lang;
use crate::model::field::Group;
use crate::ui::app::use_lang;
use crate::ui::pages::officers::until_text;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::draft::{Draft, Drafted};
use crate::ui::widgets::history::{History, history_section};
use crate::ui::widgets::list::{alike_question, detail_head, fact, facts, read};
use crate::ui::widgets::register::{Drawer, Panel, Register, RegisterPage};
use crate::ui::widgets::retire::{self, RetireWords, Retirement, retired};
use crate::ui::widgets::{Ask, FieldGroup, Line, Tag, TagKind};
use crate::workbook::kept::{Keep, Kept};
use crate::workbook::{Action, Workbook};

/// A part of a form, with its words.
pub(super) type Part = (Group, fn(Lang) -> &'static str);

/// A register that is kept alike and has a page.
pub(super) trait KeptPage: Kept {
    /// Its page.
    const PAGE: Page;
    /// The parts of its form with their words.
    const GROUPS: &'static [Part];
    /// Said of a new record.
    fn added(t: Lang, name: &str) -> String;
    /// The record for its history.
    fn record_name(&self) -> RecordName;
    /// Until when what lets it practise is valid: the field, and the day.
    fn until(&self) -> (&'static str, Option<NaiveDate>);
    /// What that asks for; empty where nothing.
    fn until_note(t: Lang, state: CertificateState) -> &'static str;
}

impl<R: KeptPage> Drafted for R {
    const PAGE: Page = <R as KeptPage>::PAGE;

    fn alike(&self, book: &Workbook, t: Lang, is_new: bool) -> Option<String> {
        let other = Kept::alike(self, book)?;
        Some(if is_new {
            t.kept_alike(other.id(), other.name())
        } else {
            t.kept_alike_edit(other.id(), other.name())
        })
    }

    fn adding(self: Box<Self>, is_alike: bool) -> Action {
        R::action(if is_alike {
            Keep::AddAlike(self)
        } else {
            Keep::Add(self)
        })
    }

    fn editing(self: Box<Self>, is_alike: bool) -> Action {
        R::action(if is_alike {
            Keep::EditAlike(self)
        } else {
            Keep::Edit(self)
        })
    }

    fn told(&self, t: Lang, is_new: bool) -> String {
        if is_new {
            R::added(t, self.name())
        } else {
            t.kept_saved(self.name())
        }
    }
}

/// The drawer that adds or edits.
pub(super) fn drawer<R: KeptPage + Register>(page: RegisterPage<R>, drawer: &Drawer) -> AnyView {
    let t = use_lang();
    let is_new = *drawer == Drawer::New;
    let Some(before) = page.start(drawer) else {
        return ().into_any();
    };
    let title = if is_new {
        R::words(t).add.to_owned()
    } else {
        t.unit_edit_title(Kept::name(&before))
    };
    let draft = Draft::new(page.app, before, is_new, |_, _, _| {}, || false);
    let close = Callback::new(move |()| page.drawer.set(None));
    let body = move || {
        let group = |(at, &(group, words)): (usize, &Part)| {
            view! {
                <FieldGroup title=words(t)>{draft.group(t, group, |_| None)}</FieldGroup>
                {(at == 0).then(|| alike_question(draft.alike, draft.is_another))}
            }
            .into_any()
        };
        R::GROUPS
            .iter()
            .enumerate()
            .map(group)
            .collect_view()
            .into_any()
    };
    draft.drawer(t, title, close, Some(Callback::new(|()| ())), body)
}

/// Where the year stands with the register's share, in a line.
pub(super) fn own_standing<R: KeptPage + Register>(page: RegisterPage<R>, t: Lang) -> String {
    page.index.track();
    let (year, standing) = read(page.app, |book| {
        let year = book.year_on(page.app.today()).year;
        (year, book.own_year(year, R::OWN))
    });
    standing_line(t, R::OWN, year, standing)
}

/// The ways to the register's draws.
pub(super) fn own_actions<R: KeptPage + Register>(page: RegisterPage<R>, t: Lang) -> AnyView {
    let year = untrack(|| read(page.app, |book| book.year_on(page.app.today()).year));
    let href = Route::record(Page::OwnDraws, R::OWN.name()).hash();
    view! {
        <a class="button" href=href>
            {t.own_to_draws()}
        </a>
        {open_button(page.app, R::OWN, year, false)}
    }
    .into_any()
}

/// The dialogs that a panel opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    Retire,
    Restore,
}

/// The panel of a record: `own` is what only its register says of it, below its head.
pub(super) fn panel<R: KeptPage + Register>(
    page: RegisterPage<R>,
    id: String,
    own: impl Fn(&R, &R::Row, &Workbook) -> Own + Send + 'static,
) -> (Panel, AnyView) {
    let t = use_lang();
    let asking = RwSignal::new(None::<Asking>);
    let named = id.clone();
    let panel = move || {
        page.app.workbook.with(|book| {
            let book = book.as_ref()?;
            let record = R::find(book, &named)?;
            let all = R::all(book);
            let place = all
                .iter()
                .position(|other| Kept::id(other) == Kept::id(record))?;
            let own = page.index.with(|index| {
                let row = index.rows.get(place)?;
                Some(own(record, row, book))
            })?;
            let history = History::new(book, &record.record_name());
            let year = book.year_on(page.app.today()).year;
            let drawn = draws_section(t, book, R::OWN, &named, year);
            Some(show(page, t, record, (own, drawn), &history, asking))
        })
    };
    let dialog = move || {
        let asked = asking.get()?;
        let close = Callback::new(move |()| asking.set(None));
        Some(untrack(|| match asked {
            Asking::Retire => retire_dialog(page, id.clone(), close),
            Asking::Restore => restore_dialog(page, id.clone(), close),
        }))
    };
    (Box::new(panel), dialog.into_any())
}

/// What only its register says of a record.
#[derive(Default)]
pub(super) struct Own {
    /// Words beside its state.
    pub words: Vec<String>,
    /// A fact that its table says otherwise: its key, and how.
    pub special: Option<(&'static str, AnyView)>,
    /// A section of its own.
    pub section: Option<AnyView>,
}

fn show<R: KeptPage + Register>(
    page: RegisterPage<R>,
    t: Lang,
    record: &R,
    (own, drawn): (Own, Option<AnyView>),
    history: &History,
    asking: RwSignal<Option<Asking>>,
) -> AnyView {
    let id = record.id_str().to_owned();
    let is_active = record.status().is_active();
    let (words, ask) = if is_active {
        (t.unit_retire(), Asking::Retire)
    } else {
        (t.unit_restore(), Asking::Restore)
    };
    let edited = id.clone();
    let actions = view! {
        <button type="button" class="button is-small" on:click=move |_| page.edit(&edited)>
            {t.edit()}
        </button>
        <button type="button" class="button is-small" on:click=move |_| asking.set(Some(ask))>
            {words}
        </button>
    };
    let (until_key, until) = record.until();
    let state = CertificateState::of(until, page.app.today());
    let note = R::until_note(t, state);
    let note = (is_active && !note.is_empty()).then(|| {
        let is_over = state == CertificateState::Over;
        view! {
            <p class="detail-note" class:bad-text=is_over class:warn-text=!is_over>
                {note}
            </p>
        }
    });
    let special = StoredValue::new_local(own.special);
    let special = move |key: &'static str| {
        if key == until_key {
            let cell = || {
                view! {
                    <dt>{t.fact_label(R::REGISTER, key)}</dt>
                    <dd>{until_text(t, until, state)}</dd>
                }
            };
            return until.map(|_| cell().into_any());
        }
        let is_own = special.with_value(|own| own.as_ref().is_some_and(|own| own.0 == key));
        let own = is_own.then(|| special.try_update_value(Option::take));
        own.flatten().flatten().map(|own| own.1)
    };
    let own_words = own.words.into_iter().filter(|words| !words.is_empty());
    let own_words: Vec<_> = own_words
        .map(|words| view! { <span>{words}</span> })
        .collect();
    let close = Callback::new(move |()| page.close());
    view! {
        {detail_head(t, Kept::name(record).to_owned(), actions.into_any(), close)}
        <div class="detail-facts">
            <div class="fact-words">{until_tag(t, until, state, is_active)} {own_words}</div>
            {note}
            {retired(t, record.status())}
        </div>
        {own.section}
        {drawn}
        <section class="detail-section">
            <h3>{t.kept_record()}</h3>
            <dl class="facts-list">{fact(t.unit_id(), id)} {facts(t, record, special)}</dl>
        </section>
        {history_section(t, history)}
    }
    .into_any()
}

/// The state of what lets a record practise, as a tag; none where nothing is known of it.
fn until_tag(
    t: Lang,
    until: Option<NaiveDate>,
    state: CertificateState,
    is_active: bool,
) -> Option<AnyView> {
    let until = until.filter(|_| is_active)?;
    let (kind, text) = match state {
        CertificateState::Over => (TagKind::Warn, t.officer_until_over(until)),
        CertificateState::EndsSoon => (TagKind::Warn, t.officer_until_soon(until)),
        CertificateState::Valid | CertificateState::Unknown => {
            (TagKind::Done, t.kept_valid().to_owned())
        }
    };
    Some(view! { <Tag kind text /> }.into_any())
}

/// The record's name, for titles and messages.
fn name_of<R: KeptPage + Register>(page: RegisterPage<R>, id: &str) -> String {
    page.app.workbook.with_untracked(|book| {
        let record = book.as_ref().and_then(|book| R::find(book, id));
        record.map_or_else(|| id.to_owned(), |record| Kept::name(record).to_owned())
    })
}

/// Takes a record out of the draws: date, reason, evidence and approver are needed.
fn retire_dialog<R: KeptPage + Register>(
    page: RegisterPage<R>,
    id: String,
    on_close: Callback<()>,
) -> AnyView {
    let t = use_lang();
    let name = name_of(page, &id);
    let action = move |it: Retirement| {
        R::action(Keep::Retire {
            id: id.clone(),
            since: it.since,
            reason: it.reason,
            approver: it.approver,
        })
    };
    retire::retire_dialog(
        page.app,
        RetireWords {
            name,
            consequence: t.kept_retire_consequence(),
            reason_help: t.kept_retire_reason_help(),
            reason: String::new(),
        },
        (),
        on_close,
        action,
    )
}

/// Brings a retired record back.
fn restore_dialog<R: KeptPage + Register>(
    page: RegisterPage<R>,
    id: String,
    on_close: Callback<()>,
) -> AnyView {
    let t = use_lang();
    let name = name_of(page, &id);
    let title = t.unit_restore_title(&name);
    Ask::new(title, t.kept_restore_consequence(), t.unit_restore())
        .lines([Line::new(t.unit_retire_reason()), Line::new(t.approver())])
        .view(on_close, move |asked, [reason, approver]| {
            let id = id.clone();
            let action = R::action(Keep::Restore {
                id,
                reason,
                approver,
            });
            asked.answer(page.app.act_and_tell(action, t.unit_restored(&name)));
        })
}
