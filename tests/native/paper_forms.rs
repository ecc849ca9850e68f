//! 文书: each form before and after a record, and that all its renderings say the same.

use double_random::document::table::TableCell;
use double_random::document::{Fact, Figures, Paper, Part, a4, html, text};
use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::sheet::{Cell, open, write};
use double_random::i18n::Lang;
use double_random::papers::forms::{self, KINDS};
use double_random::workbook::own_visit::OwnTeam;
use double_random::workbook::request::EnterResult;
use double_random::workbook::visit_record::{
    Disposal, ItemFinding, Measure, Outcome, PaperKind, VisitRecord,
};
use double_random::workbook::{Action, VisitId, Workbook};

use crate::approval::{approve, drawn};
use crate::desk::{AtDesk, plain_record};
use crate::publish::unescaped;

const NOW: &str = "2026-02-03T09:00:00";

struct Desk(Workbook);

impl AtDesk for Desk {
    fn book(&mut self) -> &mut Workbook {
        &mut self.0
    }
}

impl Desk {
    /// January drawn and approved, and its first visit, which nobody has made yet.
    fn new() -> (Self, VisitId) {
        let (mut book, _) = drawn();
        approve(&mut book);
        let visits = book.year(2026).unwrap().visits.iter();
        let planned = visits.map(|visit| (book.planned_of(visit).unwrap().day, visit.id.clone()));
        let id = planned.min().unwrap().1;
        (Self(book), id)
    }

    fn form(&self, id: &VisitId, kind: PaperKind) -> Paper {
        forms::paper(Lang::Zh, &self.0, id, kind).unwrap()
    }

    /// Enters the visit; `change` makes of a plain record what it is.
    fn enter(&mut self, id: &VisitId, change: impl FnOnce(&mut VisitRecord)) {
        let visit = self.0.visit(id).unwrap();
        let planned = self.0.planned_of(visit).unwrap();
        let mut record = plain_record(OwnTeam {
            lead: planned.lead.clone(),
            member: planned.member.clone(),
        });
        change(&mut record);
        let enter = EnterResult {
            visit: id.clone(),
            date: planned.day,
            record,
            why: String::new(),
        };
        self.act(NOW, Action::EnterResult(Box::new(enter)));
    }

    /// Enters the visit with two findings: one to be mended at once, one by a day.
    fn enter_findings(&mut self, id: &VisitId) {
        let items = self.0.visit(id).unwrap().items.clone();
        let finding = |item: &String, measure| ItemFinding {
            item: item.clone(),
            problem: "二层 <3 具> 灭火器压力不足".into(),
            basis: "消防法第十六条".into(),
            measure,
            term: (measure == Measure::ByTerm).then(|| "2026-02-20".parse().unwrap()),
            is_corrected: false,
        };
        self.enter(id, |record| {
            record.outcome = Outcome::Ordered;
            record.disposals = vec![Disposal::Order];
            record.findings = vec![
                finding(&items[0], Measure::AtOnce),
                finding(&items[1], Measure::ByTerm),
            ];
        });
    }
}

pub const LAYOUT: a4::Layout = a4::Layout {
    is_portrait: true,
    page: &|page, total| format!("第 {page} 页，共 {total} 页"),
    continued: "（续）",
    qr: None,
};

/// The words of a text with tags, which are none of them.
pub fn plain(page: &str) -> String {
    let mut words = String::new();
    for piece in page.split('<').skip(1) {
        words.push_str(piece.split_once('>').unwrap().1);
    }
    unescaped(words)
}

/// What a paper says, piece by piece, in its order.
fn said(paper: &Paper) -> Vec<String> {
    fn of(part: &Part, all: &mut Vec<String>) {
        let facts = |facts: &[Fact], all: &mut Vec<String>| {
            all.extend(
                facts
                    .iter()
                    .flat_map(|it| [it.name.clone(), it.words.clone()]),
            );
        };
        match part {
            Part::Address(words) | Part::Text(words) => all.push(words.clone()),
            Part::Values(rows) => facts(rows, all),
            Part::List { heading, lines } => {
                all.push(heading.clone());
                facts(lines, all);
            }
            Part::Figures(table) => {
                all.push(table.caption.clone());
                all.extend(
                    table
                        .heads
                        .iter()
                        .chain(table.rows.iter().flatten())
                        .cloned(),
                );
            }
            Part::Beside(halves) => halves.iter().flatten().for_each(|part| of(part, all)),
        }
    }
    let mut all = vec![paper.title.clone()];
    paper.parts.iter().for_each(|part| of(part, &mut all));
    all.extend(paper.columns.iter().map(|column| column.head.clone()));
    let cells = paper.rows.iter().flat_map(|row| &row.cells);
    all.extend(cells.map(TableCell::shown));
    all.retain(|words| !words.is_empty());
    all
}

#[track_caller]
fn assert_in_order(name: &str, text: &str, words: &[String]) {
    let mut rest = text;
    for words in words {
        let at = rest.find(words.as_str());
        let at = at.unwrap_or_else(|| panic!("{name} lacks {words} in its place"));
        rest = &rest[at + words.len()..];
    }
}

/// The cells that are not empty of a file's one sheet, in their order.
fn cells(name: &str, bytes: &[u8]) -> Vec<String> {
    let book = at_once(open(name, bytes, None, &AtOnce)).unwrap();
    let rows = &book.sheets[0].grid.rows;
    let cells = rows
        .iter()
        .flat_map(|row| (0..12).filter_map(|at| row.cell(at)));
    let words = cells.map(|cell| match cell {
        Cell::Text(text) => text.trim().to_owned(),
        Cell::Number(number) => number.to_string(),
        other => panic!("{other:?}"),
    });
    words.collect()
}

/// Every rendering, read back, says what the paper says, in its order.
#[track_caller]
pub fn assert_renderings_alike(paper: &Paper, layout: a4::Layout<'_>) {
    let said = said(paper);
    let places = paper.end.iter().flat_map(|end| &end.lines);
    let places = places.map(|place| place.name.clone());
    let end: Vec<String> = paper.notes.iter().cloned().chain(places).collect();
    let whole: Vec<String> = said.iter().chain(&end).cloned().collect();
    let sheets = a4::sheets(paper, layout);
    assert_in_order("A4", &plain(&sheets), &whole);
    assert_in_order("html", &plain(&html::page(paper)), &whole);
    assert_in_order("a piece of html", &plain(&html::body(paper)), &whole);
    // Heads of the table would stand above each line: a message leaves them out.
    let heads = |words: &&String| paper.columns.iter().all(|it| it.head != **words);
    let without: Vec<String> = whole.iter().filter(heads).cloned().collect();
    assert_in_order("message", &text::message(paper), &without);
    let read = text::read(&text::data(paper)).unwrap();
    assert_eq!(read.parts, paper.parts);
    assert_eq!(self::said(&read), said, "json");
    let trimmed: Vec<String> = said.iter().map(|words| words.trim().to_owned()).collect();
    let (csv, excel) = (paper.table().csv(), write(&paper.table()));
    assert_eq!(cells("纸.csv", csv.as_bytes()), trimmed, "csv");
    assert_eq!(cells("纸.xlsx", &excel), trimmed, "xlsx");
}

/// The value of a name.
fn value(paper: &Paper, name: &str) -> String {
    let rows = paper.parts.iter().filter_map(|part| match part {
        Part::Values(rows) => Some(rows),
        _ => None,
    });
    let found = rows.flatten().find(|it| it.name == name);
    found.unwrap_or_else(|| panic!("no {name}")).words.clone()
}

#[test]
fn every_form_says_the_same_in_all_renderings_before_and_after_a_record() {
    let (mut desk, id) = Desk::new();
    for has_record in [false, true] {
        if has_record {
            desk.enter_findings(&id);
        }
        for t in [Lang::Zh, Lang::En] {
            for kind in KINDS {
                let paper = forms::paper(t, &desk.0, &id, kind).unwrap();
                assert!(paper.is_filed);
                assert_eq!(paper.title, t.form_title(kind));
                assert_renderings_alike(&paper, LAYOUT);
                let sheets = a4::sheets(&paper, LAYOUT);
                let filed = sheets.matches("<section class=\"sheet is-value is-filed\"");
                assert_eq!(filed.count(), a4::pages(&paper, LAYOUT).len());
            }
        }
    }
    for kind in [PaperKind::Sampling, PaperKind::Photos] {
        assert_eq!(forms::paper(Lang::Zh, &desk.0, &id, kind), None);
    }
}

#[test]
fn fields_are_blank_before_the_record_and_struck_after_it_where_they_do_not_apply() {
    let (mut desk, id) = Desk::new();
    let at = desk.0.units.iter().position(|it| it.id == id.unit).unwrap();
    desk.0.units[at].manager = String::new();
    let fields = [
        "消防安全管理人",
        "起止时间",
        "协助人员",
        "检查结果",
        "是否复查",
    ];
    let before = desk.form(&id, PaperKind::Record);
    assert_eq!(fields.map(|name| value(&before, name)), [""; 5]);
    assert!(
        before
            .rows
            .iter()
            .all(|row| row.cells[1] == TableCell::Blank)
    );
    assert_eq!(before.number, "");
    // What is known beforehand stands there.
    assert_eq!(value(&before, "检查形式"), "监督抽查");
    assert!(value(&before, "任务来源").starts_with("“双随机、一公开”监督抽查 130581-202601-01"));
    assert!(value(&before, "主办").contains("执法证"));
    let order = desk.form(&id, PaperKind::TermOrder);
    assert_eq!(order.rows.len(), 1, "a line to fill in");
    assert!(order.rows[0].cells.iter().all(|it| *it == TableCell::Blank));

    desk.enter_findings(&id);
    let after = desk.form(&id, PaperKind::Record);
    let [manager, times, assisted, outcome, recheck] = fields.map(|name| value(&after, name));
    assert_eq!([manager, assisted], ["／", "／"]);
    assert!(times.ends_with("09:10 至 10:25"), "{times}");
    assert!(!outcome.is_empty() && recheck.contains("复查"), "{recheck}");
    let found: Vec<String> = after.rows.iter().map(|it| it.cells[1].shown()).collect();
    assert_eq!(found[0], "二层 <3 具> 灭火器压力不足（责令立即改正）");
    assert_eq!(found[1], "二层 <3 具> 灭火器压力不足（责令限期改正）");
    assert!(found[2..].iter().all(|words| words == "未发现问题"));
    let terms = [PaperKind::AtOnceOrder, PaperKind::TermOrder].map(|kind| {
        let rows = desk.form(&id, kind).rows;
        assert_eq!(rows.len(), 1);
        rows[0].cells[2].shown()
    });
    assert_eq!(terms, ["立即", "2026年2月20日"]);
    let papers = value(&desk.form(&id, PaperKind::Delivery), "送达文书");
    assert_eq!(papers.matches("通知书").count(), 2, "{papers}");
    assert!(
        value(&desk.form(&id, PaperKind::Approval), "大队主官审批意见").starts_with("同意　鄢立群")
    );
}

#[test]
fn a_visit_that_found_the_door_closed_strikes_all_items() {
    let (mut desk, id) = Desk::new();
    desk.enter(&id, |record| {
        record.outcome = Outcome::NotOperating;
        record.start = None;
        record.end = None;
        record.places = String::new();
    });
    let paper = desk.form(&id, PaperKind::Record);
    assert!(paper.rows.iter().all(|row| row.cells[1].shown() == "／"));
    assert_eq!(value(&paper, "起止时间"), "／");
}

#[test]
fn a_long_record_goes_over_to_numbered_sheets_with_every_item_once() {
    let (mut desk, id) = Desk::new();
    desk.enter_findings(&id);
    let mut paper = desk.form(&id, PaperKind::Record);
    let rows = paper.rows.clone().into_iter().cycle().take(37);
    paper.rows = rows.collect();
    for (at, row) in paper.rows.iter_mut().enumerate() {
        let words = format!("事项{at:02}：{}", "消防设施维护保养".repeat(at % 5));
        row.cells[0] = TableCell::text(words);
    }
    assert_renderings_alike_but_for_heads(&paper);
    let pages = a4::pages(&paper, LAYOUT);
    let rows: Vec<usize> = pages.iter().flat_map(|it| it.rows.clone()).collect();
    assert_eq!(rows, (0..37).collect::<Vec<_>>());
    let sheets = a4::sheets(&paper, LAYOUT);
    assert!(pages.len() > 2);
    for page in 1..=pages.len() {
        let number = format!("第 {page} 页，共 {} 页", pages.len());
        assert_eq!(sheets.matches(&number).count(), 1);
    }
    // A form of one sheet is not numbered.
    let short = desk.form(&id, PaperKind::Delivery);
    assert!(!a4::sheets(&short, LAYOUT).contains("sheet-foot"));
}

/// Heads are repeated on each sheet, each item stands on one.
fn assert_renderings_alike_but_for_heads(paper: &Paper) {
    let sheets = plain(&a4::sheets(paper, LAYOUT));
    for row in &paper.rows {
        let item = row.cells[0].shown();
        assert_eq!(sheets.matches(&item[..11]).count(), 1, "{item}");
    }
    let with_rows = a4::pages(paper, LAYOUT);
    let with_rows = with_rows.iter().filter(|it| !it.rows.is_empty()).count();
    let heads = sheets.matches(&paper.columns[1].head).count();
    assert_eq!(heads, with_rows);
}

/// Whatever length a paper has, who signs it has something of it above the line.
#[test]
fn no_sheet_has_signatures_alone() {
    let (mut desk, id) = Desk::new();
    desk.enter_findings(&id);
    let record = desk.form(&id, PaperKind::Record);
    let order = Paper {
        columns: Vec::new(),
        rows: Vec::new(),
        ..desk.form(&id, PaperKind::TermOrder)
    };
    assert!(record.end.is_some() && order.end.is_some());
    let mut turned = 0;
    let mut check = |paper: &Paper| {
        let pages = a4::pages(paper, LAYOUT);
        let alone = pages
            .iter()
            .filter(|it| it.rows.is_empty() && it.parts.is_empty());
        assert_eq!(alone.count(), 0, "{pages:?}");
        turned += usize::from(pages.len() > 1);
    };
    for count in 1..80 {
        let rows = record.rows.iter().cloned().cycle().take(count);
        check(&Paper {
            rows: rows.collect(),
            ..record.clone()
        });
        let words = vec![Part::Text("消防设施维护保养。".repeat(count % 7 + 1)); count];
        check(&Paper {
            parts: words,
            ..order.clone()
        });
        let line = Fact {
            name: "1.".into(),
            words: "消防设施维护保养".into(),
        };
        let list = Part::List {
            heading: "事项".into(),
            lines: vec![line; count],
        };
        check(&Paper {
            parts: vec![list],
            ..order.clone()
        });
    }
    assert!(turned > 100, "{turned}");
}

#[test]
fn parts_of_any_length_stand_on_the_sheets_once_and_in_order() {
    let fact = |at: usize| Fact {
        name: format!("{at}."),
        words: "消防设施维护保养".repeat(at % 7),
    };
    for count in (0..300).step_by(7) {
        for is_filed in [false, true] {
            let lines: Vec<Fact> = (0..count).map(fact).collect();
            let figures = Figures {
                caption: "各月".into(),
                heads: vec!["月份".into(), "合计".into()],
                rows: vec![vec!["1月".into(), "3".into()]; count % 9],
            };
            let paper = Paper {
                is_filed,
                title: "纸".into(),
                parts: vec![
                    Part::Text("说明".into()),
                    Part::Values(lines.clone()),
                    Part::Figures(figures.clone()),
                    Part::List {
                        heading: "事项".into(),
                        lines,
                    },
                    Part::Beside([
                        vec![Part::Figures(figures.clone())],
                        vec![Part::Figures(figures)],
                    ]),
                ],
                ..Paper::default()
            };
            let pages = a4::pages(&paper, LAYOUT);
            let seen: Vec<(usize, usize)> = pages
                .iter()
                .flat_map(|page| &page.parts)
                .flat_map(|(part, lines)| lines.clone().map(|line| (*part, line)))
                .collect();
            let both = [1, 3].map(|part| (0..count).map(move |line| (part, line)));
            let both: Vec<_> = both.into_iter().flatten().collect();
            assert_eq!(seen, both, "{count}");
            let whole = pages.iter().flat_map(|page| &page.parts);
            let whole = whole.filter(|(part, _)| [0, 2, 4].contains(part));
            assert_eq!(whole.count(), 3);
            let sheets = a4::sheets(&paper, LAYOUT);
            assert_eq!(sheets.matches("<section").count(), pages.len());
        }
    }
}
