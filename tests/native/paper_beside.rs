//! A published plan beside the certificate: each form of our own paper agrees, each change of
//! it is named, and what the paper states itself is said as what it is. The page carries its
//! draw's file, and nothing that the paper withholds.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use double_random::document::table::TableCell;
use double_random::document::{Paper, html};
use double_random::engine::certificate::Certificate;
use double_random::engine::month::PlannedVisit;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::beside::Beside;
use double_random::exchange::paper_compare::{
    Compared, PaperDifference, PaperTable, compare, is_paper,
};
use double_random::exchange::paper_package::{ELEMENT, package_in};
use double_random::exchange::sheet::{open, write};
use double_random::exchange::verification::{Document, read, verification_file};
use double_random::i18n::Lang;
use double_random::model::OfficerId;
use double_random::papers::{carried, public_paper};
use double_random::workbook::bulletin::BulletinOf;
use double_random::workbook::request::Withhold;
use double_random::workbook::{Action, Context, DrawId, Workbook};

use crate::plan_changes::{approved, change, movable};
use crate::python;

const PLAN: BulletinOf = BulletinOf::Plan(1);
const NOW: &str = "2026-01-05T09:00:00";

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn act(book: &mut Workbook, now: &str, action: Action) {
    let (now, who) = (now.parse().unwrap(), "沙维新".into());
    book.apply(action, &Context { now, who }).unwrap();
}

fn withhold(book: &mut Workbook, at: usize, now: &str) {
    let plan = book.draws().next().and_then(|draw| draw.drawn.as_ref());
    let planned = plan.map(|drawn| drawn.plan.visits.keys().nth(at).unwrap().clone());
    let id = planned.map_or_else(|| book.units[at].id.clone(), |id| book.register_id(&id));
    let withhold = Withhold {
        id,
        reason: "国家秘密".into(),
        approver: "鄢立群".into(),
        random: [at as u8; 10],
    };
    act(book, now, Action::Withhold(withhold));
}

fn certificate(book: &Workbook, id: DrawId) -> Certificate {
    book.certificate(book.draw(id).unwrap()).unwrap()
}

fn paper(book: &Workbook) -> Paper {
    public_paper(book, 2026, PLAN, date(&NOW[..10]))
        .unwrap()
        .paper
}

/// The table of a file, by the reader of lists.
fn table(name: &str, bytes: &[u8]) -> PaperTable {
    assert!(is_paper(name));
    let book = at_once(open(name, bytes, None, &AtOnce)).unwrap();
    PaperTable { rows: book.texts() }
}

/// What a file says of whose the officers' codes are that says nothing of it.
const NOBODY: BTreeMap<OfficerId, String> = BTreeMap::new();

fn held(certificate: &Certificate, paper: &Paper) -> Compared {
    held_by(certificate, &NOBODY, paper)
}

fn held_by(
    certificate: &Certificate,
    names: &BTreeMap<OfficerId, String>,
    paper: &Paper,
) -> Compared {
    let page = html::page(paper);
    compare(certificate, names, &table("plan.html", page.as_bytes())).unwrap()
}

/// The place of a column.
fn column(paper: &Paper, head: &str) -> usize {
    paper.columns.iter().position(|it| it.head == head).unwrap()
}

#[test]
fn every_form_of_the_plan_agrees_with_its_certificate() {
    let (book, id) = approved();
    let (certificate, paper) = (certificate(&book, id), paper(&book));
    let files = [
        ("plan.html", html::page(&paper).into_bytes()),
        ("plan.xlsx", write(&paper.table())),
        ("plan.csv", paper.table().csv().into_bytes()),
    ];
    for (name, bytes) in files {
        let compared = compare(&certificate, &NOBODY, &table(name, &bytes)).unwrap();
        assert_eq!(compared.differences, [], "{name}");
        assert_eq!(compared.lines as usize, paper.rows.len());
        assert_eq!(compared.lines, compared.planned);
        assert!(compared.stated.is_empty());
    }
}

#[test]
fn plans_of_supplements_and_campaigns_agree_with_theirs() {
    let book = crate::workbook_occasions::added_to();
    for number in 2..=5 {
        let made = public_paper(&book, 2026, BulletinOf::Plan(number), date("2026-02-14"));
        let made = made.unwrap().paper;
        let compared = held(&certificate(&book, DrawId::new(2026, number)), &made);
        assert_eq!(compared.differences, [], "draw {number}");
        assert!(compared.lines > 0 && compared.stated.is_empty());
        for lang in [Lang::Zh, Lang::En] {
            let text = lang.paper_text("plan.html", &compared);
            assert!(text.contains(&lang.verify_paper_same(compared.lines)));
        }
    }
}

#[test]
fn each_altered_line_is_named_with_both_values() {
    let (book, id) = approved();
    let (certificate, honest) = (certificate(&book, id), paper(&book));
    let (unit, period) = (column(&honest, "单位名称"), column(&honest, "检查时限"));
    let name = |at: usize| honest.rows[at].cells[unit].shown();
    let altered = |change: &dyn Fn(&mut Paper)| {
        let mut paper = honest.clone();
        change(&mut paper);
        held(&certificate, &paper).differences
    };
    // Another unit in the place of the first.
    let other = "没有抽中的单位".to_owned();
    let found = altered(&|paper| paper.rows[0].cells[unit] = TableCell::text(other.clone()));
    let gone = PaperDifference::NotInPaper { unit: name(0) };
    assert_eq!(
        found,
        [
            PaperDifference::NotDrawn {
                unit: other.clone()
            },
            gone.clone()
        ]
    );
    // A line left out; one that stands there twice.
    assert_eq!(altered(&|paper| drop(paper.rows.remove(0))), [gone]);
    let found = altered(&|paper| paper.rows.push(paper.rows[1].clone()));
    assert_eq!(found, [PaperDifference::Twice { unit: name(1) }]);
    // Another day, with nothing said of why.
    let found =
        altered(&|paper| paper.rows[2].cells[period] = TableCell::text("1月4日起，2月3日止"));
    let [
        PaperDifference::Day {
            unit: moved, paper, ..
        },
    ] = &found[..]
    else {
        panic!("{found:?}");
    };
    assert_eq!((moved, paper.as_str()), (&name(2), "1月4日起，2月3日止"));
    for lang in [Lang::Zh, Lang::En] {
        assert!(lang.paper_difference(&found[0])[1].contains("1月4日"));
    }
    // A line that hides its unit, which no law withholds.
    let found = altered(&|paper| paper.rows[0].cells[unit] = TableCell::text("依法不公开"));
    assert_eq!(found, [], "it is counted, and said to be withheld since");
    // Officers by their codes are compared, by their names said not to be.
    let with_officers = |cell: &dyn Fn(&PlannedVisit) -> String| {
        let head = ["单位编号", "检查日期", "检查人员"]
            .map(str::to_owned)
            .to_vec();
        let visits = certificate.plan.visits.iter();
        let line = |(unit, visit)| {
            let unit: &double_random::model::CandidateId = unit;
            let visit: &PlannedVisit = visit;
            vec![unit.to_string(), visit.day.to_string(), cell(visit)]
        };
        let rows = std::iter::once(head).chain(visits.map(line)).collect();
        compare(&certificate, &NOBODY, &PaperTable { rows }).unwrap()
    };
    let same = with_officers(&|visit| format!("{}、{}", visit.member, visit.lead));
    assert!(same.agrees() && !same.has_officer_names);
    let other = with_officers(&|visit| format!("{}、P999", visit.lead));
    assert_eq!(other.differences.len(), certificate.plan.visits.len());
    let named = with_officers(&|_| "张三、李四".into());
    assert!(named.agrees() && named.has_officer_names);
}

#[test]
fn a_change_that_the_paper_states_is_said_as_what_it_is() {
    let (mut book, id) = approved();
    let certificate = certificate(&book, id);
    let (visit, planned, day) = movable(&book, id);
    let to = PlannedVisit {
        day,
        ..planned.clone()
    };
    act(&mut book, NOW, change(&visit, to));
    let compared = held(&certificate, &paper(&book));
    assert_eq!(compared.differences, []);
    let [stated] = &compared.stated[..] else {
        panic!("{:?}", compared.stated);
    };
    assert_eq!(
        (stated.word.as_str(), &stated.drawn),
        ("改期", &planned.day.to_string())
    );
    let notes = Lang::Zh.paper_notes(&compared);
    assert!(
        notes[0].contains("改期") && notes[0].contains(&stated.unit),
        "{notes:?}"
    );
    // The same day without the word is a difference.
    let mut silent = paper(&book);
    let note = column(&silent, "备注");
    silent
        .rows
        .iter_mut()
        .for_each(|row| row.cells[note] = TableCell::Blank);
    let found = held(&certificate, &silent).differences;
    assert!(
        matches!(found[..], [PaperDifference::Day { .. }]),
        "{found:?}"
    );
}

#[test]
fn a_unit_withheld_since_is_counted_and_the_page_carries_nothing_that_names_it() {
    let (mut book, id) = approved();
    let certificate = certificate(&book, id);
    assert!(at_once(carried(&book, 2026, PLAN, &AtOnce)).is_some());
    withhold(&mut book, 0, NOW);
    let compared = held(&certificate, &paper(&book));
    assert_eq!((compared.withheld, compared.withheld_since), (1, 1));
    assert_eq!(compared.differences, []);
    assert_eq!(at_once(carried(&book, 2026, PLAN, &AtOnce)), None);
}

#[test]
fn a_page_that_carries_its_draws_file_verifies_and_compares() {
    let (book, id) = approved();
    let text = at_once(carried(&book, 2026, PLAN, &AtOnce)).unwrap();
    let file = verification_file(&book, book.draw(id).unwrap()).unwrap();
    assert_eq!(text, file.to_text());
    let page = html::page_carrying(&paper(&book), ELEMENT, &text);
    assert_eq!(package_in(&page), Some(text));
    let Ok(Document::File(read)) = read(package_in(&page).unwrap().as_bytes()) else {
        panic!("it is a verification file");
    };
    let compared = held(&read.certificate, &paper(&book));
    assert!(compared.agrees() && compared.lines > 0);
    assert_eq!(read.officer_names, NOBODY);
    // The stand-alone verifier reads the same page.
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("carrying.html");
    std::fs::write(&path, page).unwrap();
    let Some(output) = python::python("tests/verifier/verify.py", &[&path]) else {
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && !said.contains("FAIL"), "{said}");
    // Only a plan has a draw of its own.
    assert_eq!(
        at_once(carried(&book, 2026, BulletinOf::Draws, &AtOnce)),
        None
    );
}

/// The brigade names officers in what it publishes from now on.
fn naming_officers() -> (Workbook, DrawId) {
    let (mut book, id) = approved();
    let mut brigade = book.brigade.clone();
    brigade.names_officers = true;
    act(&mut book, NOW, Action::EditBrigade(Box::new(brigade)));
    (book, id)
}

#[test]
fn officers_named_are_compared_by_what_the_package_says_of_them() {
    let (book, id) = naming_officers();
    let text = at_once(carried(&book, 2026, PLAN, &AtOnce)).unwrap();
    let Ok(Document::File(file)) = read(text.as_bytes()) else {
        panic!("it is a verification file");
    };
    let (certificate, names) = (&file.certificate, &file.officer_names);
    assert_eq!(*names, book.officers_named(book.draw(id).unwrap()));
    let honest = paper(&book);
    let officers = column(&honest, "检查人员");
    let same = held_by(certificate, names, &honest);
    assert!(same.agrees() && same.is_by_officer_names && !same.has_officer_names);
    for lang in [Lang::Zh, Lang::En] {
        assert!(
            lang.paper_notes(&same)
                .contains(&lang.paper_by_officer_names().to_owned())
        );
    }
    // Without the list the names say nothing, as ever.
    let unknown = held(certificate, &honest);
    assert!(unknown.agrees() && unknown.has_officer_names && !unknown.is_by_officer_names);
    // However the two are written, it is those two.
    let team = honest.rows[0].cells[officers].shown();
    let [lead, member] = <[&str; 2]>::try_from(team.split('、').collect::<Vec<_>>()).unwrap();
    let says = |words: String| {
        let mut paper = honest.clone();
        paper.rows[0].cells[officers] = TableCell::text(words);
        held_by(certificate, names, &paper)
    };
    let spaced: String = member.chars().flat_map(|sign| [sign, ' ']).collect();
    for words in [
        format!("{member}，{lead}"),
        format!("主办 {lead} 协办 {member}"),
        format!("{spaced}／{lead}"),
    ] {
        assert!(says(words.clone()).agrees(), "{words}");
    }
    // One of them, one more, another one: each is a difference that names both sides.
    for words in [
        lead.to_owned(),
        format!("{team}、沙维新"),
        format!("{lead}、某甲"),
        format!("{lead}、{lead}"),
    ] {
        let found = says(words.clone()).differences;
        let [PaperDifference::Officers { paper, drawn, .. }] = &found[..] else {
            panic!("{words}: {found:?}");
        };
        assert_eq!((paper, drawn), (&words, &team.replace('、', " ")));
    }
}

/// Both verifiers take the list for what it is, and refuse what is none.
#[test]
fn both_verifiers_say_that_nothing_binds_the_names_of_officers() {
    let (book, id) = naming_officers();
    let file = verification_file(&book, book.draw(id).unwrap()).unwrap();
    let text = file.to_text();
    assert!(Beside::of(file.case()).names_officers);
    let first = file.officer_names.keys().next().unwrap().to_string();
    let key = format!("\"officer_names\":{{\"{first}\"");
    let wrong = [
        text.replace(
            &key,
            &format!("\"officer_names\":{{\"{}\"", first.to_lowercase()),
        ),
        text.replace(
            &format!(
                "{key}:\"{}\"",
                file.officer_names[&OfficerId::new(&first).unwrap()]
            ),
            &format!("{key}:1"),
        ),
        text.replace(
            "\"officer_names\":{",
            "\"officer_names\":{},\"former_names\":{",
        ),
    ];
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (at, text) in std::iter::once(&text).chain(&wrong).enumerate() {
        assert_eq!(read(text.as_bytes()).is_ok(), at == 0, "{at}");
        let path = folder.join(format!("officer-names-{at}.json"));
        std::fs::write(&path, text).unwrap();
        let Some(output) = python::python("tests/verifier/verify.py", &[&path]) else {
            return;
        };
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.success(), at == 0, "{at}: {said}");
        assert!(
            at > 0 || said.contains("publisher's word, bound by no hash"),
            "{said}"
        );
    }
}

#[test]
fn nobody_is_named_for_a_unit_that_is_withheld_nor_before_the_approval() {
    let (mut book, id) = naming_officers();
    let mut waiting = book.clone();
    waiting.years[0].draws[0].approval = None;
    assert_eq!(waiting.officers_named(waiting.draw(id).unwrap()), NOBODY);
    withhold(&mut book, 0, NOW);
    let paper = paper(&book);
    let [unit, officers] = ["单位名称", "检查人员"].map(|head| column(&paper, head));
    let (hidden, open): (Vec<_>, Vec<_>) = paper.rows.iter().partition(|row| {
        let name = row.cells[unit].shown();
        name.starts_with("依法不公开")
    });
    assert_eq!(hidden.len(), 1);
    assert_eq!(hidden[0].cells[officers], TableCell::Blank);
    let said: String = open
        .iter()
        .map(|row| row.cells[officers].shown() + "、")
        .collect();
    let named = book.officers_named(book.draw(id).unwrap());
    assert!(named.values().all(|name| said.contains(name)));
    let others = book
        .officers
        .iter()
        .filter(|it| !named.contains_key(&it.id));
    for other in others {
        assert!(!said.contains(&other.name), "{}", other.name);
    }
}
