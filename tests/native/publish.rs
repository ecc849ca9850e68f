//! 公示: what may be published when, what a paper may say, and that all its forms say the same.

use chrono::NaiveDate;
use double_random::document::table::{Table, TableCell};
use double_random::document::{Column, Paper, Row, a4, html, text};
use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::json;
use double_random::exchange::paper_package::ELEMENT;
use double_random::exchange::sheet::{Cell, open, write};
use double_random::i18n::Lang;
use double_random::model::field::{Described, Publication as Class};
use double_random::model::{Officer, Unit};
use double_random::papers::self_check::CheckSheet;
use double_random::papers::{
    PublicPaper, carried, commitment, kept_version, month_plan, public_paper, self_check,
};
use double_random::workbook::bulletin::BulletinOf;
use double_random::workbook::own_visit::OwnTeam;
use double_random::workbook::publishing::{BulletinState, Publish};
use double_random::workbook::refusal::BulletinRefusal;
use double_random::workbook::request::{EnterResult, ReviewResults, Withhold};
use double_random::workbook::{Action, ActionError, VisitId, Workbook};
use std::collections::BTreeSet;

use crate::approval::{approve, drawn};
use crate::desk::{AtDesk, plain_record};
use crate::opened::others_read;

const NOW: &str = "2026-02-03T09:00:00";
const PLAN: BulletinOf = BulletinOf::Plan(1);
const RESULTS: BulletinOf = BulletinOf::Results(1);

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct Desk(Workbook);

impl AtDesk for Desk {
    fn book(&mut self) -> &mut Workbook {
        &mut self.0
    }
}

/// The paper of a day, said to be published that day.
pub fn publishing(book: &Workbook, of: BulletinOf, day: &str, why: &str) -> Publish {
    let made = public_paper(book, 2026, of, date(day)).unwrap();
    Publish {
        year: 2026,
        of,
        date: date(day),
        places: "政府网站".into(),
        why: why.into(),
        fingerprint: made.fingerprint(),
        rows: made.paper.rows.len() as u32,
        withheld: made.withheld.len() as u32,
    }
}

impl Desk {
    /// Forty units, January drawn and approved on 30 December.
    fn new() -> Self {
        let (mut book, _) = drawn();
        approve(&mut book);
        Self(book)
    }

    fn today() -> NaiveDate {
        date(&NOW[..10])
    }

    fn state(&self, of: BulletinOf) -> BulletinState {
        self.0.bulletin_state(2026, of, Self::today()).unwrap()
    }

    fn made(&self, of: BulletinOf) -> PublicPaper {
        public_paper(&self.0, 2026, of, Self::today()).unwrap()
    }

    fn publishing(&self, of: BulletinOf, day: &str, why: &str) -> Publish {
        publishing(&self.0, of, day, why)
    }

    fn publish(&mut self, of: BulletinOf, day: &str, why: &str) {
        let publish = self.publishing(of, day, why);
        self.act(NOW, Action::PublishBulletin(publish));
    }

    fn refuses_to(&mut self, publish: Publish, error: impl Into<ActionError>) {
        self.refuses(NOW, Action::PublishBulletin(publish), error);
    }

    /// Enters the visit made first without findings, and has it accepted.
    fn accept_one(&mut self) -> VisitId {
        let visits = self.0.year(2026).unwrap().visits.iter();
        let open = visits.filter(|visit| visit.made.is_none());
        let planned = open.map(|visit| (visit, self.0.planned_of(visit).unwrap()));
        let (visit, planned) = planned.min_by_key(|(_, planned)| planned.day).unwrap();
        let id = visit.id.clone();
        let record = plain_record(OwnTeam {
            lead: planned.lead.clone(),
            member: planned.member.clone(),
        });
        let enter = EnterResult {
            visit: id.clone(),
            date: planned.day,
            record,
            why: String::new(),
        };
        self.act(NOW, Action::EnterResult(Box::new(enter)));
        let review = ReviewResults {
            visits: vec![id.clone()],
            is_accepted: true,
            reviewer: "鄢立群".into(),
            opinion: String::new(),
        };
        self.act(NOW, Action::ReviewResults(review));
        id
    }

    fn withhold(&mut self, at: usize) -> Unit {
        self.withhold_for(at, "政府信息公开条例第十四条")
    }

    fn withhold_for(&mut self, at: usize, reason: &str) -> Unit {
        let visits = self.0.year(2026).unwrap().visits.iter();
        let id = visits.map(|visit| visit.id.unit.clone()).nth(at).unwrap();
        let withhold = Withhold {
            id: id.clone(),
            reason: reason.into(),
            approver: "鄢立群".into(),
            random: [at as u8; 10],
        };
        self.act(NOW, Action::Withhold(withhold));
        self.0.unit(&id).unwrap().clone()
    }
}

#[test]
fn a_plan_is_due_before_its_month_and_public_once_noted() {
    let mut desk = Desk::new();
    let state = desk.state(PLAN);
    assert_eq!((state.due, state.waiting), (Some(date("2025-12-31")), 1));
    assert_eq!(state.pressing, 1);
    desk.publish(PLAN, "2025-12-31", "");
    let state = desk.state(PLAN);
    assert_eq!((state.due, state.public), (None, 1));
    let last = state.last.unwrap();
    assert_eq!((last.version, last.due), (1, Some(date("2025-12-31"))));
    // What is stored is read again, and the trail tells it.
    let text = json::workbook_to_json(&desk.0);
    assert!(text.contains("\"publish_bulletin\""), "{text}");
}

#[test]
fn a_publication_lies_between_the_paper_and_today_says_where_and_says_something_new() {
    let mut desk = Desk::new();
    for day in ["2025-12-29", "2026-02-04"] {
        let publish = desk.publishing(PLAN, day, "");
        let error = BulletinRefusal::Day {
            date: date(day),
            after: Some(date("2025-12-30")),
            today: Desk::today(),
        };
        desk.refuses_to(publish, ActionError::Bulletin(error));
    }
    let nowhere = Publish {
        places: " ".into(),
        ..desk.publishing(PLAN, "2026-01-02", "")
    };
    desk.refuses_to(nowhere, ActionError::Bulletin(BulletinRefusal::NoPlace));
    let of_nothing = Publish {
        of: BulletinOf::Plan(2),
        ..desk.publishing(PLAN, "2026-01-02", "")
    };
    desk.refuses_to(of_nothing, ActionError::Bulletin(BulletinRefusal::Nothing));
    let publish = desk.publishing(RESULTS, "2026-01-02", "");
    desk.refuses_to(publish, ActionError::Bulletin(BulletinRefusal::Nothing));

    desk.publish(PLAN, "2026-01-02", "");
    let again = desk.publishing(PLAN, "2026-01-03", "改错");
    let same = BulletinRefusal::Same { version: 1 };
    desk.refuses_to(again, ActionError::Bulletin(same));
    // What it says is another now: the next version needs a reason, and stands beside it.
    desk.withhold(0);
    let without = desk.publishing(PLAN, "2026-01-03", " ");
    desk.refuses_to(without, ActionError::NoReason);
    desk.publish(PLAN, "2026-01-03", "依法不公开 1 户");
    let versions: Vec<u32> = desk
        .0
        .year(2026)
        .unwrap()
        .bulletins_of(PLAN)
        .map(|it| it.version)
        .collect();
    assert_eq!(versions, [1, 2]);
}

#[test]
fn an_unapproved_plan_is_not_published() {
    let (book, _) = drawn();
    let states = book.bulletin_states(2026, date("2026-01-05"));
    let waits = |of| states.iter().any(|state| state.of == of);
    assert!(!waits(PLAN) && !waits(RESULTS));
    assert!(waits(BulletinOf::Draws) && waits(BulletinOf::YearPlan));
}

#[test]
fn results_come_in_batches_each_due_twenty_working_days_after_its_check() {
    let mut desk = Desk::new();
    let first = desk.accept_one();
    let made = desk.0.visit(&first).unwrap().made.unwrap().date;
    let state = desk.state(RESULTS);
    assert_eq!((state.waiting, state.public), (1, 0));
    assert_eq!(state.due, Some(desk.0.publish_by(made)));
    assert!(state.to_come > 0);
    desk.publish(RESULTS, "2026-02-02", "");
    assert_eq!(desk.state(RESULTS).public, 1);

    // A further batch is no correction, and its day does not touch the first one's.
    let second = desk.accept_one();
    assert_ne!(first, second);
    assert_eq!(desk.state(RESULTS).waiting, 1);
    desk.publish(RESULTS, "2026-02-03", "");
    let paper = desk.made(RESULTS).paper;
    let at = paper
        .columns
        .iter()
        .position(|it| it.head == "公示日期")
        .unwrap();
    let days: BTreeSet<String> = paper.rows.iter().map(|row| row.cells[at].shown()).collect();
    assert_eq!(days, ["2026-02-02", "2026-02-03"].map(str::to_owned).into());
    let kept = desk.0.year(2026).unwrap();
    let visits: Vec<usize> = kept
        .bulletins_of(RESULTS)
        .map(|it| it.visits.len())
        .collect();
    assert_eq!(visits, [1, 1]);
}

/// Texts that no form of a paper may hold: all that is masked or withheld of units and
/// officers, and all of a withheld unit.
fn secrets(book: &Workbook, hidden: &Unit) -> BTreeSet<String> {
    fn of<R: Described>(record: &R, is_secret: impl Fn(Class) -> bool) -> Vec<String> {
        let fields = R::FIELDS
            .iter()
            .filter(|field| is_secret(field.publication));
        let texts = fields.filter_map(|field| Some(field.json(record).as_str()?.to_owned()));
        texts.collect()
    }
    let closed = |class| class != Class::Public;
    let units = book.units.iter().flat_map(|unit| of(unit, closed));
    let officers = book
        .officers
        .iter()
        .flat_map(|officer: &Officer| of(officer, closed));
    let all = units.chain(officers).chain(of(hidden, |_| true));
    // Words that stand for kinds, such as 「green」, and what others share, tell nothing.
    let shared = |text: &String| {
        let others = book.units.iter().filter(|unit| unit.id != hidden.id);
        others
            .clone()
            .any(|unit| of(unit, |class| class == Class::Public).contains(text))
    };
    all.filter(|text| text.chars().count() > 1 && !text.is_ascii() || text.len() > 9)
        .filter(|text| !shared(text))
        .collect()
}

/// Every form in which a paper leaves the program, as text: of a spreadsheet all its parts.
pub fn forms(paper: &Paper) -> Vec<(&'static str, String)> {
    let excel = write(&paper.table());
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(excel)).unwrap();
    let mut parts = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        parts.push_str(&part.name().unwrap());
        std::io::Read::read_to_string(&mut part, &mut parts).unwrap();
    }
    vec![
        ("html", html::page(paper)),
        ("brief", html::brief(paper)),
        ("message", text::message(paper)),
        ("json", text::data(paper).to_string()),
        ("csv", paper.table().csv()),
        ("xlsx", parts),
    ]
}

#[test]
fn no_form_of_any_paper_holds_what_is_masked_or_withheld() {
    let mut desk = Desk::new();
    desk.accept_one();
    let hidden = desk.withhold(0);
    let secrets = secrets(&desk.0, &hidden);
    assert!(secrets.contains(&hidden.name) && secrets.len() > 40);
    let all = [PLAN, RESULTS, BulletinOf::Draws, BulletinOf::YearPlan];
    for of in all {
        let made = desk.made(of);
        for (form, text) in forms(&made.paper) {
            for secret in &secrets {
                assert!(
                    !text.contains(secret.as_str()),
                    "{of:?} as {form} holds {secret}"
                );
            }
        }
    }
    let made = desk.made(PLAN);
    // Its draw's file names it: the page carries none.
    assert_eq!(at_once(carried(&desk.0, 2026, PLAN, &AtOnce)), None);
    assert_eq!(made.withheld, [hidden.id]);
    // It is counted and not named; it drew under its own id, so no code is told either.
    let alias = hidden.withheld.unwrap().alias.to_string();
    let page = html::page(&made.paper);
    assert!(page.contains("依法不公开") && !page.contains(&alias));
    assert_eq!(
        made.paper.rows.len(),
        desk.0.visit_rows(desk.0.draws().next().unwrap()).len()
    );
}

/// A unit withheld before the draw stands in the page's data as a leaf; of officers nothing
/// stands there but their codes, and who drew and watched.
#[test]
fn what_a_page_carries_holds_nothing_that_the_paper_withholds() {
    let book = crate::approval::drawn_withholding(40, 3);
    let mut desk = Desk(book);
    approve(&mut desk.0);
    let hidden = desk.0.units.iter().find(|unit| unit.withheld.is_some());
    let hidden = hidden.unwrap().clone();
    let data = at_once(carried(&desk.0, 2026, PLAN, &AtOnce)).unwrap();
    let page = html::page_carrying(&desk.made(PLAN).paper, ELEMENT, &data);
    // A leaf can be worked out again only with its salt, which tells nothing else.
    let open = desk.0.units.iter().filter(|unit| unit.withheld.is_none());
    let mut public: BTreeSet<&str> = open.map(|unit| &*unit.salt).collect();
    let certificate = desk.0.certificate(desk.0.draws().next().unwrap()).unwrap();
    public.extend([&*certificate.operator, &*certificate.supervisor]);
    for secret in secrets(&desk.0, &hidden) {
        // A day by itself is that of many: other units' inspections, officers' leave.
        let is_day = secret.parse::<NaiveDate>().is_ok();
        let is_public = is_day || public.contains(secret.as_str());
        let is_told = page.contains(&secret) && !is_public;
        assert!(!is_told, "the page holds {secret}");
    }
    assert!(!page.contains(hidden.id.as_str()), "its own id is told");
}

/// Only where the brigade names them, only in the plan and its package, and there only whom
/// the plan's own lines name.
#[test]
fn officers_are_named_where_the_brigade_names_them_and_nowhere_else() {
    let mut desk = Desk(crate::approval::drawn_withholding(40, 3));
    approve(&mut desk.0);
    desk.accept_one();
    let public: BTreeSet<String> = {
        let certificate = desk.0.certificate(desk.0.draws().next().unwrap()).unwrap();
        [certificate.operator, certificate.supervisor].into()
    };
    let told = |book: &Workbook, text: &str| -> BTreeSet<String> {
        let names = book.officers.iter().map(|officer| officer.name.clone());
        let names = names.filter(|name| text.contains(name.as_str()));
        names.filter(|name| !public.contains(name)).collect()
    };
    let page = |desk: &Desk| {
        let data = at_once(carried(&desk.0, 2026, PLAN, &AtOnce)).unwrap();
        html::page_carrying(&desk.made(PLAN).paper, ELEMENT, &data)
    };
    assert_eq!(told(&desk.0, &page(&desk)), BTreeSet::new());
    let mut brigade = desk.0.brigade.clone();
    brigade.names_officers = true;
    desk.act(NOW, Action::EditBrigade(Box::new(brigade)));
    let named = desk.0.officers_named(desk.0.draws().next().unwrap());
    let named: BTreeSet<String> = named.into_values().collect();
    let named: BTreeSet<String> = named.difference(&public).cloned().collect();
    assert!(!named.is_empty() && named.len() < desk.0.officers.len());
    assert_eq!(told(&desk.0, &page(&desk)), named);
    for (form, text) in forms(&desk.made(PLAN).paper) {
        let told = told(&desk.0, &text);
        assert!(told.is_subset(&named), "{form}");
        // The short forms for telephones leave that column out.
        assert_eq!(
            told.is_empty(),
            ["brief", "message"].contains(&form),
            "{form}"
        );
    }
    for of in [RESULTS, BulletinOf::Draws, BulletinOf::YearPlan] {
        for (form, text) in forms(&desk.made(of).paper) {
            assert_eq!(told(&desk.0, &text), BTreeSet::new(), "{of:?} as {form}");
        }
    }
    assert_alike(&desk.made(PLAN).paper);
    assert!(!desk.made(PLAN).left_out.contains(&"检查人员"));
}

#[test]
fn a_paper_says_how_many_units_each_ground_of_law_withholds() {
    let mut desk = Desk::new();
    assert!(!desk.made(PLAN).paper.notes.concat().contains("依法不公开"));
    desk.withhold(0);
    let hidden = desk.withhold_for(1, "甲研究所的商业秘密");
    let made = desk.made(PLAN);
    let note = made.paper.notes.last().unwrap();
    for words in [
        "依法不公开 2 户",
        "第十四条（国家秘密、公共安全等） 1 户",
        "第十五条（商业秘密、个人隐私等） 1 户",
    ] {
        assert!(note.contains(words), "{note}");
    }
    // The ground alone: what the brigade wrote to it may tell the unit.
    for (form, text) in forms(&made.paper) {
        let tells = ["甲研究所", hidden.name.as_str()].map(|it| text.contains(it));
        assert_eq!(tells, [false, false], "{form}");
    }
}

#[test]
fn a_kept_file_is_known_by_its_fingerprint() {
    let mut desk = Desk::new();
    desk.publish(PLAN, "2026-01-02", "");
    let made = desk.made(PLAN);
    let file = format!("{:#}", text::data(&made.paper));
    desk.withhold(0);
    desk.publish(PLAN, "2026-01-03", "依法不公开 1 户");
    let prints: Vec<_> = desk.0.year(2026).unwrap().bulletins_of(PLAN).collect();
    let (paper, print) = kept_version(&file).unwrap();
    assert_eq!(
        [
            print == prints[0].fingerprint,
            print == prints[1].fingerprint
        ],
        [true, false]
    );
    assert_eq!(
        (&paper.title, &paper.facts, &paper.notes),
        (&made.paper.title, &made.paper.facts, &made.paper.notes)
    );
    let shown = |paper: &Paper| -> Vec<String> {
        let cells = paper.rows.iter().flat_map(|row| &row.cells);
        cells.map(TableCell::shown).collect()
    };
    assert_eq!(shown(&paper), shown(&made.paper));
    // One sign changed is another paper.
    let changed = file.replacen("批准日期", "批准曰期", 1);
    assert_ne!(kept_version(&changed).unwrap().1, print);
    for other in ["", "{}", "[1]", &json::workbook_to_json(&desk.0)] {
        assert_eq!(kept_version(other), None);
    }
}

#[test]
fn titles_say_what_a_paper_is() {
    let mut desk = Desk::new();
    desk.accept_one();
    let title = |of| desk.made(of).paper.title;
    assert_eq!(title(PLAN), "2026年1月“双随机、一公开”消防监督抽查计划");
    assert_eq!(title(RESULTS), "2026年1月“双随机、一公开”消防监督抽查结果");
}

#[test]
fn what_waits_and_says_nothing_new_is_noted_and_waits_no_more() {
    let mut desk = Desk::new();
    let id = desk.accept_one();
    desk.publish(RESULTS, "2026-02-02", "");
    // Sent back to be looked at, and accepted as it was.
    let year = desk.0.years.iter_mut().find(|it| it.year == 2026).unwrap();
    let visit = year.visits.iter_mut().find(|it| it.id == id).unwrap();
    let review = visit.records.last_mut().unwrap().review.as_mut().unwrap();
    review.at = "2026-02-03T09:30:00".parse().unwrap();
    assert_eq!(desk.state(RESULTS).waiting, 1);
    let again = desk.publishing(RESULTS, "2026-02-03", "");
    assert_eq!(
        Some(again.fingerprint),
        desk.state(RESULTS).last.map(|it| it.fingerprint)
    );
    desk.act("2026-02-03T10:00:00", Action::PublishBulletin(again));
    assert_eq!(
        (desk.state(RESULTS).waiting, desk.state(RESULTS).public),
        (0, 1)
    );
    let more = desk.publishing(RESULTS, "2026-02-03", "再来");
    desk.refuses_to(
        more,
        ActionError::Bulletin(BulletinRefusal::Same { version: 2 }),
    );
}

/// The cells of a file's first sheet, as text, below its heads.
fn read_back(name: &str, bytes: &[u8], width: u16) -> Vec<Vec<String>> {
    let book = at_once(open(name, bytes, None, &AtOnce)).unwrap();
    let rows = &book.sheets[0].grid.rows;
    let cells = |row: &double_random::exchange::sheet::GridRow| {
        let texts = (0..width).map(|column| match row.cell(column) {
            None => String::new(),
            Some(Cell::Text(text)) => text.trim().to_owned(),
            Some(Cell::Number(number)) => number.to_string(),
            Some(Cell::Date(date)) => date.to_string(),
            Some(other) => panic!("{other:?}"),
        });
        texts.collect::<Vec<String>>()
    };
    let is_head =
        |row: &double_random::exchange::sheet::GridRow| row.cells.len() == usize::from(width);
    let head = rows.iter().position(is_head).unwrap();
    let body = rows[head + 1..].iter().filter(|row| row.cells.len() > 1);
    body.map(cells).collect()
}

/// A text of a page, as a person reads it.
pub fn unescaped(text: String) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    signs
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
}

/// The cells of the tables on a paper's sheets, as text.
fn on_sheets(paper: &Paper) -> Vec<Vec<String>> {
    let sheets = a4::sheets(paper, LAYOUT);
    let plain = |cell: &str| {
        let cell = cell.split("</td>").next().unwrap_or_default();
        let tags = ["<del>", "</del>"];
        let cell = tags
            .iter()
            .fold(cell.to_owned(), |cell, tag| cell.replace(tag, ""));
        unescaped(cell)
    };
    let rows = sheets.split("<tr>").filter(|row| row.contains("<td>"));
    rows.map(|row| row.split("<td>").skip(1).map(plain).collect())
        .collect()
}

pub const LAYOUT: a4::Layout = a4::Layout {
    is_portrait: false,
    page: &|page, total| format!("第 {page} 页，共 {total} 页"),
    continued: "（续）",
    qr: None,
};

/// Every form of a paper, read back, says what it says.
#[track_caller]
pub fn assert_alike(paper: &Paper) {
    let kind = paper.kind;
    let width = paper.columns.len() as u16;
    let said: Vec<Vec<String>> = paper
        .rows
        .iter()
        .map(|row| row.cells.iter().map(TableCell::shown).collect())
        .collect();
    assert_eq!(on_sheets(paper), said, "{kind} A4");
    if width > 0 {
        let (csv, excel) = (paper.table().csv(), write(&paper.table()));
        let csv = read_back("纸.csv", csv.as_bytes(), width);
        assert_eq!(csv, said, "{kind} csv");
        assert_eq!(read_back("纸.xlsx", &excel, width), said, "{kind} xlsx");
        let page = html::page(paper);
        let page = read_back("纸.xls", page.as_bytes(), width);
        assert_eq!(page, said, "{kind} html");
    }
    let data = text::data(paper);
    let rows = data["rows"].as_array().unwrap().iter();
    let rows: Vec<Vec<String>> = rows
        .map(|row| serde_json::from_value(row["cells"].clone()).unwrap())
        .collect();
    assert_eq!(rows, said, "{kind} json");
    let message = text::message(paper);
    if let Some(brief) = paper.columns.iter().position(|it| it.is_brief) {
        assert!(said.iter().all(|row| message.contains(&row[brief])));
    }
    // What stands beside the table is said by each form that has room for it.
    let texts = [message, html::page(paper), a4::sheets(paper, LAYOUT)];
    let places = paper.end.iter().flat_map(|end| &end.lines);
    let facts = paper.facts.iter().chain(places);
    let words = facts.flat_map(|fact| [&fact.name, &fact.words]);
    for words in words.chain(&paper.notes) {
        // A date may stand in an element of its own.
        let is_dated = words.contains(['年', '月', '日']);
        for text in &texts {
            let is_said = text.contains(&words.replace('<', "&lt;")) || text.contains(words);
            assert!(is_said || is_dated, "{kind} lacks {words} in {text:.200}");
        }
    }
}

#[test]
fn all_forms_of_a_paper_say_the_same() {
    let mut desk = Desk::new();
    desk.accept_one();
    for of in [PLAN, RESULTS, BulletinOf::Draws, BulletinOf::YearPlan] {
        assert_alike(&desk.made(of).paper);
    }
    let draw = desk.0.draws().next().unwrap();
    let plan = month_plan::paper(Lang::Zh, &desk.0, draw).unwrap();
    assert_eq!(plan.rows.len(), desk.made(PLAN).paper.rows.len());
    assert_alike(&plan);
    let check = CheckSheet::now(Lang::Zh, &desk.0, Desk::today());
    let check = self_check::paper(Lang::Zh, &check);
    assert!(check.rows.len() > 30);
    assert_alike(&check);
    let committed = draw.committed.as_ref().unwrap();
    let paper = commitment::paper(Lang::Zh, "大队", "130581-202601-01", committed);
    let hash = committed.hash.to_string();
    for text in [
        text::message(&paper),
        html::page(&paper),
        a4::sheets(&paper, LAYOUT),
    ] {
        let digits: String = text.split_whitespace().collect();
        assert!(digits.contains(&hash[..32]) && digits.contains(&hash[32..]));
        assert!(text.contains("张贴时间") && text.contains("见到的人签名"));
    }
    assert_alike(&paper);
}

#[test]
fn other_programs_read_the_spreadsheets_and_find_nothing_hidden() {
    let mut desk = Desk::new();
    desk.accept_one();
    let all = [PLAN, RESULTS, BulletinOf::Draws, BulletinOf::YearPlan];
    let mut tables: Vec<Table> = all.map(|of| desk.made(of).paper.table()).into();
    let plan = month_plan::paper(Lang::Zh, &desk.0, desk.0.draws().next().unwrap());
    tables.push(plan.unwrap().table());
    others_read("paper", &tables);
}

#[test]
fn sheets_hold_every_row_once_with_heads_and_numbers() {
    let cell =
        |at: usize| TableCell::text(format!("第{at}户：{}", "消防设施维护保养".repeat(at % 9)));
    let column = |head: &str| Column {
        head: head.to_owned(),
        width: 1,
        is_brief: true,
    };
    let mut paper = Paper {
        title: "计划".into(),
        number: "130581-202601-01".into(),
        columns: ["单位", "地址", "事项"].map(column).into(),
        notes: vec!["注".into()],
        ..Paper::default()
    };
    for count in 0..120 {
        let row = |at| Row {
            cells: (0..3).map(|n| cell(at + n)).collect(),
            is_struck: false,
        };
        paper.rows = (0..count).map(row).collect();
        for is_portrait in [false, true] {
            let layout = a4::Layout {
                is_portrait,
                ..LAYOUT
            };
            let pages = a4::pages(&paper, layout);
            let rows: Vec<usize> = pages.iter().flat_map(|page| page.rows.clone()).collect();
            assert_eq!(rows, (0..count).collect::<Vec<_>>());
            let sheets = a4::sheets(&paper, layout);
            let with_rows = pages.iter().filter(|page| !page.rows.is_empty()).count();
            assert_eq!(sheets.matches("<thead>").count(), with_rows);
            for page in 1..=pages.len() {
                assert!(sheets.contains(&format!("第 {page} 页，共 {} 页", pages.len())));
            }
        }
    }
    assert!(a4::pages(&paper, LAYOUT).len() > 3);
}

/// Tells how long each channel of a month of 200 visits takes; the page is some times slower.
#[test]
fn a_month_of_two_hundred_visits_is_soon_published() {
    let desk = Desk::new();
    let mut made = desk.made(PLAN);
    let rows = made.paper.rows.clone();
    made.paper.rows = rows.into_iter().cycle().take(200).collect();
    let paper = &made.paper;
    let time = |name: &str, form: &dyn Fn() -> usize| {
        let began = std::time::Instant::now();
        let size = form();
        println!("{name}: {} bytes in {:?}", size, began.elapsed());
        assert!(size > 1_000, "{name}");
    };
    time("html", &|| html::page(paper).len());
    time("article", &|| html::brief(paper).len());
    time("message", &|| text::message(paper).len());
    time("json", &|| text::data(paper).to_string().len());
    time("csv", &|| paper.table().csv().len());
    time("excel", &|| write(&paper.table()).len());
    time("A4", &|| a4::sheets(paper, LAYOUT).len());
}

#[test]
fn every_draw_stands_in_the_register_of_draws_the_broken_off_ones_too() {
    use double_random::workbook::request::{BreakOff, OpenDraw};
    let mut desk = Desk::new();
    desk.publish(BulletinOf::Draws, "2026-01-05", "");
    let open = OpenDraw {
        month: "2026-02".parse().unwrap(),
        reason: "演练".into(),
        salt_seed: [7; 32],
    };
    desk.act("2026-02-03T10:00:00", Action::OpenDraw(open));
    assert_eq!(desk.state(BulletinOf::Draws).to_come, 1);
    let break_off = BreakOff {
        number: 2,
        reason: "名录有误".into(),
        approver: "鄢立群".into(),
        nobody_revealed: false,
    };
    desk.act("2026-02-03T10:05:00", Action::BreakOff(break_off));
    let state = desk.state(BulletinOf::Draws);
    assert_eq!((state.waiting, state.public), (1, 1));
    let paper = desk.made(BulletinOf::Draws).paper;
    let lines: Vec<String> = paper
        .rows
        .iter()
        .map(|row| row.cells.iter().map(TableCell::shown).collect())
        .collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[1].contains("名录有误") && lines[1].contains("鄢立群"));
    // It needs no reason: a later draw is no correction.
    desk.publish(BulletinOf::Draws, "2026-02-03", "");
}

#[test]
fn a_workbook_with_a_gap_in_its_versions_is_impossible() {
    let mut desk = Desk::new();
    desk.publish(PLAN, "2026-01-02", "");
    let whole = json::workbook_to_json(&desk.0);
    assert!(json::read_workbook(&whole).is_ok());
    let mut gap: serde_json::Value = serde_json::from_str(&whole).unwrap();
    // The first one is that of the item list, which goes on over the years.
    gap["years"][0]["bulletins"][1]["version"] = 2.into();
    let gap = gap.to_string();
    assert!(json::read_workbook(&gap).is_err());
}
