//! Results from files: which come in and which do not and why, what a second file shows, and
//! the way back. Every file is made here and read as the page reads it.

use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::RowIssueKind;
use double_random::exchange::json;
use double_random::exchange::results::{ResultsPreview, results};
use double_random::exchange::sheet::{AskKind, Wish};
use double_random::model::field::RegisterKind;
use double_random::model::{AbsenceKind, Outcome, ResultLine};
use double_random::workbook::refusal::DrawError;
use double_random::workbook::request::{ImportResults, ReviewResults, StandIn};
use double_random::workbook::result_rule::RecordRule;
use double_random::workbook::visit_record::{Disposal, Measure, NoScan, Scan};
use double_random::workbook::visit_stage::VisitStage;
use double_random::workbook::{Action, ActionError, Visit, VisitId, Workbook};

use super::make::{C, Xlsx, gbk, separated};
use super::{opened, reading, register_of};
use crate::approval::{approve, drawn_of};
use crate::desk::AtDesk;

/// When every file comes in.
const NOW: &str = "2026-02-27T17:00:00";
/// The heads of an export, as the official systems have them.
const HEADS: [&str; 15] = [
    "序号",
    "任务编号",
    "检查对象名称",
    "统一社会信用代码",
    "检查日期",
    "开始时间",
    "结束时间",
    "检查部位",
    "检查人员",
    "检查结果",
    "发现问题",
    "法律依据",
    "处理措施",
    "整改期限",
    "检查事项",
];

struct Desk {
    book: Workbook,
    /// Visits of January by day, each of a unit of its own.
    visits: Vec<VisitId>,
}

impl AtDesk for Desk {
    fn book(&mut self) -> &mut Workbook {
        &mut self.book
    }
}

/// A line under [`HEADS`].
type Line = [String; 15];

impl Desk {
    fn new() -> Self {
        let (mut book, _) = drawn_of(240);
        approve(&mut book);
        let year = book.year(2026).unwrap();
        let mut visits: Vec<&Visit> = year.visits.iter().collect();
        let has_code = |visit: &Visit| book.unit(&visit.id.unit).unwrap().code.is_some();
        visits.retain(|visit| book.planned_of(visit).is_some() && has_code(visit));
        visits.sort_by_key(|visit| book.planned_of(visit).unwrap().day);
        let visits: Vec<VisitId> = visits.iter().map(|visit| visit.id.clone()).collect();
        assert!(visits.len() >= 5, "{}", visits.len());
        Self { book, visits }
    }

    fn visit(&self, at: usize) -> &Visit {
        self.book.visit(&self.visits[at]).unwrap()
    }

    /// What a faultless export says of a visit.
    fn line(&self, at: usize) -> Line {
        let visit = self.visit(at);
        let planned = self.book.planned_of(visit).unwrap();
        let unit = self.book.unit(&visit.id.unit).unwrap();
        let name = |id| self.book.officer(id).unwrap().name.clone();
        let code = unit.code.as_ref().map(|code| code.as_str().to_owned());
        [
            (at + 1).to_string(),
            String::new(),
            unit.name.clone(),
            code.unwrap_or_default(),
            planned.day.to_string(),
            "09:10".into(),
            "10:25".into(),
            "一层营业区、消防控制室".into(),
            format!("{}、{}", name(&planned.lead), name(&planned.member)),
            "未发现问题".into(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
        ]
    }

    /// The same with a problem to be corrected by a date.
    fn with_problem(&self, at: usize) -> Line {
        let mut line = self.line(at);
        line[9] = "发现问题已责令改正".into();
        line[10] = "灭火器压力不足".into();
        line[11] = "消防法第十六条".into();
        line[12] = "责令限期改正".into();
        line[13] = "2026-02-20".into();
        let item = &self.visit(at).items[0];
        let items = &self.book.draws().next().unwrap().items;
        let named = items.iter().find(|it| it.id == *item).unwrap();
        line[14].clone_from(&named.name);
        line
    }

    fn preview_of(&self, name: &str, bytes: &[u8]) -> ResultsPreview {
        let book = opened(name, bytes).unwrap();
        assert_eq!(register_of(&book), RegisterKind::Results, "{name}");
        let read = reading::<ResultLine>(&book, &Wish::default()).unwrap();
        super::assert_sum(name, &read);
        let now = NOW.parse().unwrap();
        at_once(results(&self.book, &read.rows, true, now, &AtOnce))
    }

    fn preview(&self, lines: &[Line]) -> ResultsPreview {
        self.preview_of("结果.xlsx", &file(lines))
    }

    fn take(&mut self, lines: &[Line]) -> Action {
        let import = self
            .preview(lines)
            .into_import("结果.xlsx", "ab12")
            .unwrap();
        let context = double_random::workbook::Context {
            now: NOW.parse().unwrap(),
            who: "沙维新".into(),
        };
        let action = Action::ImportResults(Box::new(import));
        self.book.apply(action, &context).unwrap().undo.unwrap()
    }

    /// That a line with other values is refused, with which field and for what.
    #[track_caller]
    fn refuses_line(&self, change: impl FnOnce(&mut Line), field: &str, key: &str) {
        let mut line = self.with_problem(0);
        change(&mut line);
        let preview = self.preview(&[line, self.line(1)]);
        let found = preview
            .issues
            .iter()
            .map(|it| (it.row_number, it.field, it.kind.key()));
        assert_eq!(
            found.collect::<Vec<_>>(),
            [(2, field, key)],
            "{:?}",
            preview.issues
        );
        assert_eq!((preview.added.len(), preview.faulty_count), (1, 1));
    }
}

fn file(lines: &[Line]) -> Vec<u8> {
    let heads: Vec<C<'_>> = HEADS.map(C::S).into();
    let mut rows = vec![heads];
    rows.extend(lines.iter().map(|line| {
        let cell = |text: &'_ String| -> C<'_> {
            // The text outlives the row.
            if text.is_empty() {
                C::O
            } else {
                C::S(text.clone().leak())
            }
        };
        line.iter().map(cell).collect::<Vec<_>>()
    }));
    let rows: Vec<&[C<'_>]> = rows.iter().map(Vec::as_slice).collect();
    Xlsx::of(&rows)
}

#[test]
fn results_of_a_file_wait_for_review_as_typed_ones_do() {
    let mut desk = Desk::new();
    let undo = desk.take(&[desk.line(0), desk.with_problem(1)]);
    let today = "2026-02-27".parse().unwrap();
    for at in [0, 1] {
        let stage = desk.book.visit_stage(desk.visit(at), today);
        assert_eq!(stage, VisitStage::ToReview);
    }
    let clear = desk.visit(0).record().unwrap();
    assert_eq!(clear.outcome, Outcome::NoProblem);
    assert_eq!(clear.disposals, [Disposal::None], "it goes without saying");
    let scan = Scan::Without {
        why: NoScan::Other,
        words: "导入的文件未载明".into(),
        made_up: None,
    };
    assert_eq!((&clear.scan, clear.entered_by.as_str()), (&scan, "沙维新"));
    let source = clear.source.as_ref().unwrap();
    assert_eq!(
        (
            source.file.as_str(),
            source.fingerprint.as_str(),
            source.row
        ),
        ("结果.xlsx", "ab12", 2)
    );
    let found = &desk.visit(1).record().unwrap().findings[0];
    assert_eq!(found.measure, Measure::ByTerm);
    assert_eq!(found.term, "2026-02-20".parse().ok());
    assert_eq!(desk.visit(1).open_findings().len(), 1);
    let entry = desk.book.trail.last().unwrap();
    assert_eq!(entry.event().file(), Some("结果.xlsx"));
    assert!(entry.event().touches().hold_unit(&desk.visits[0].unit));

    // All of it comes back from a file.
    let text = json::workbook_to_json(&desk.book);
    let json::Content::Workbook(read) = json::read(text.as_bytes()).unwrap() else {
        panic!("a workbook is read as one");
    };
    assert_eq!(read.workbook, desk.book);

    // One click takes it back, as long as nothing was done with it.
    let mut before = desk.book.clone();
    desk.act("2026-02-27T17:01:00", undo.clone());
    assert!(desk.visit(0).record().is_none() && desk.visit(1).made.is_none());
    std::mem::swap(&mut desk.book, &mut before);
    let review = ReviewResults {
        visits: vec![desk.visits[0].clone()],
        is_accepted: true,
        reviewer: "鄢立群".into(),
        opinion: String::new(),
    };
    desk.act("2026-02-27T17:02:00", Action::ReviewResults(review));
    desk.refuses("2026-02-27T17:03:00", undo, ActionError::ChangedSince);
}

#[test]
fn each_line_that_is_not_right_is_refused_with_its_row_and_column() {
    let desk = Desk::new();
    let other = {
        let two = &desk.line(0)[8];
        let mut others = desk.book.officers.iter();
        others
            .find(|it| !two.contains(&it.name))
            .unwrap()
            .name
            .clone()
    };
    desk.refuses_line(
        |line| (line[2], line[3]) = ("不存在的单位".into(), String::new()),
        "name",
        "result_no_unit",
    );
    // The name alone does not make it ours where the code says otherwise.
    desk.refuses_line(
        |line| line[3] = "92130581MA0CWX2K9Y".into(),
        "name",
        "result_no_unit",
    );
    desk.refuses_line(|line| line[4].clear(), "date", "result_no_date");
    desk.refuses_line(|line| line[4] = "2026-03-05".into(), "date", "result_rule");
    desk.refuses_line(|line| line[4] = "2026-01-01".into(), "date", "result_rule");
    desk.refuses_line(|line| line[5] = "上午".into(), "start", "result_time");
    desk.refuses_line(|line| line[5].clear(), "start", "result_rule");
    desk.refuses_line(|line| line[6] = "08:00".into(), "start", "result_rule");
    desk.refuses_line(|line| line[7].clear(), "places", "result_rule");
    desk.refuses_line(|line| line[8].clear(), "officers", "result_no_officers");
    desk.refuses_line(
        |line| line[8] = format!("{other}、{other}二"),
        "officers",
        "result_officers",
    );
    desk.refuses_line(
        |line| line[8] = line[8].split('、').next().unwrap().into(),
        "officers",
        "result_officers",
    );
    desk.refuses_line(|line| line[9].clear(), "outcome", "result_no_outcome");
    desk.refuses_line(
        |line| line[9] = "未发现问题".into(),
        "problem",
        "result_rule",
    );
    desk.refuses_line(|line| line[10].clear(), "problem", "result_rule");
    desk.refuses_line(|line| line[11].clear(), "legal_basis", "result_rule");
    desk.refuses_line(|line| line[14] = "另一事项".into(), "item", "result_item");
    desk.refuses_line(|line| line[14].clear(), "item", "result_item");
    desk.refuses_line(
        |line| line[12] = "口头警告".into(),
        "handling",
        "result_handling",
    );
    desk.refuses_line(|line| line[13].clear(), "term", "result_rule");
    desk.refuses_line(|line| line[13] = "2026-01-02".into(), "term", "result_rule");

    // A result that is no category is asked about, and left out without an answer.
    let mut line = desk.line(0);
    line[9] = "其他".into();
    let book = opened("结果.xlsx", &file(&[line])).unwrap();
    let read = reading::<ResultLine>(&book, &Wish::default()).unwrap();
    let asked = read
        .asked
        .iter()
        .map(|it| (it.question.kind, it.question.field.as_str()));
    assert_eq!(asked.collect::<Vec<_>>(), [(AskKind::Word, "outcome")]);
}

#[test]
fn others_come_in_once_their_stand_in_is_recorded() {
    let mut desk = Desk::new();
    let line = desk.line(0);
    let planned = desk.book.planned_of(desk.visit(0)).unwrap();
    let (member, day) = (planned.member.clone(), planned.day);
    let stand_in = StandIn {
        officer: member,
        from: day,
        to: day,
        only: None,
        kind: AbsenceKind::Leave,
        reason: "病假".into(),
        approver: "鄢立群".into(),
    };
    desk.act("2026-01-04T09:00:00", Action::StandIn(stand_in));
    let preview = desk.preview(&[line]);
    assert_eq!(preview.issues[0].kind.key(), "result_officers");
    assert_eq!(desk.preview(&[desk.line(0)]).added.len(), 1);
}

#[test]
fn a_second_file_shows_what_appeared_differs_and_vanished() {
    let mut desk = Desk::new();
    desk.take(&[desk.line(0), desk.line(1), desk.with_problem(2)]);
    // The same again changes nothing, whatever its row and the spelling of its names.
    let mut again = desk.line(0);
    again[8] = again[8].replace('、', " ，\u{3000}");
    let same = desk.preview(&[desk.line(1), again, desk.with_problem(2)]);
    assert_eq!(
        (same.unchanged_count, same.faulty_count),
        (3, 0),
        "{:?}",
        same.issues
    );
    assert!(same.vanished.is_empty() && same.added.is_empty());

    let mut changed = desk.with_problem(2);
    changed[5] = "09:40".into();
    changed[10] = "安全出口锁闭".into();
    let mut foreign = desk.line(3);
    (foreign[2], foreign[3]) = ("邻县商场".into(), String::new());
    let later = desk.preview(&[desk.line(0), changed, foreign, desk.line(4)]);
    assert_eq!(
        (later.unchanged_count, later.added.len(), later.faulty_count),
        (1, 1, 2)
    );
    let fields = later.differing[0].fields.iter().map(|it| it.field.as_ref());
    assert_eq!(fields.collect::<Vec<_>>(), ["start", "problem"]);
    assert_eq!(later.appeared[0].name, "邻县商场");
    let gone = &later.vanished[0];
    assert_eq!(
        (gone.visit.as_ref(), later.vanished.len()),
        (Some(&desk.visits[1]), 1)
    );
    assert_eq!(gone.source.as_ref().unwrap().row, 3);

    // A file of other months says nothing of January.
    let mut other = desk.line(4);
    other[4] = "2026-02-26".into();
    assert!(desk.preview(&[other]).vanished.is_empty());

    // What has a result keeps it, whoever asks.
    let import = ImportResults {
        file_name: "结果.xlsx".into(),
        fingerprint: String::new(),
        results: vec![{
            let visit = desk.visit(0);
            double_random::workbook::request::EnterResult {
                visit: visit.id.clone(),
                date: visit.made.unwrap().date,
                record: visit.record().unwrap().clone(),
                why: String::new(),
            }
        }],
    };
    let unit = desk.visits[0].unit.clone();
    let name = desk.book.unit(&unit).unwrap().name.clone();
    let rule = RecordRule::HasRecord;
    let error = DrawError::Record { unit, name, rule };
    desk.refuses(NOW, Action::ImportResults(Box::new(import)), error);
}

#[test]
fn lines_of_one_visit_are_one_result() {
    let desk = Desk::new();
    let mut second = desk.with_problem(0);
    second[10] = "安全出口锁闭".into();
    let preview = desk.preview(&[desk.with_problem(0), second.clone()]);
    assert_eq!(
        (preview.added.len(), preview.faulty_count),
        (1, 0),
        "{:?}",
        preview.issues
    );
    let import = preview.into_import("结果.xlsx", "").unwrap();
    let findings = &import.results[0].record.findings;
    assert_eq!(findings[0].problem, "灭火器压力不足；安全出口锁闭");
    // The same line again is left out; one that contradicts keeps both out.
    let twice = desk.preview(&[desk.line(0), desk.line(0)]);
    assert_eq!((twice.added.len(), twice.faulty_count), (1, 1));
    second[5] = "09:50".into();
    let doubtful = desk.preview(&[desk.with_problem(0), second]);
    assert_eq!((doubtful.added.len(), doubtful.faulty_count), (0, 2));
    let is_pair = |it: &double_random::exchange::RowIssue| {
        matches!(it.kind, RowIssueKind::Result(_)) && it.kind.key() == "result_same_visit"
    };
    assert!(doubtful.issues.iter().all(is_pair));
}

/// Odd files: each with how many results come in and how many rows do not.
#[test]
fn odd_files_of_results() {
    let desk = Desk::new();
    let line = desk.with_problem(0);
    let text = |at: usize| C::S(line[at].clone().leak());
    let [lead, member] =
        [0, 1].map(|at| C::S(line[8].split('、').nth(at).unwrap().to_owned().leak()));
    let serial = |date: &str, part: &str| {
        let first = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
        let date: chrono::NaiveDate = date.parse().unwrap();
        format!("{}{part}", (date - first).num_days()).leak() as &str
    };
    let s = C::S;
    let check = |name: &str, bytes: &[u8], expected: (usize, u32)| {
        let preview = desk.preview_of(name, bytes);
        let found = (preview.added.len(), preview.faulty_count);
        assert_eq!(found, expected, "{name}: {:?}", preview.issues);
    };
    // Lead and member in columns of their own, a title above, a total below, times as Excel
    // keeps them: a part of a day, and a moment.
    check(
        "标题.xlsx",
        &Xlsx::of(&[
            &[s("2026年1月双随机抽查检查结果汇总表")],
            &[
                s("序号"),
                s("被检查单位名称"),
                s("检查时间"),
                s("检查开始时间"),
                s("检查结束时间"),
                s("主检人"),
                s("协检人"),
                s("检查部位"),
                s("检查结论"),
                s("处置情况"),
                s("存在的问题"),
                s("违反条款"),
                s("限改日期"),
                s("录入人"),
                s("公示时间"),
                s("检查项目"),
            ],
            &[
                C::N("1"),
                text(2),
                C::D(serial(&line[4], "")),
                C::N("0.375"),
                C::D(serial(&line[4], ".4375")),
                member,
                lead,
                text(7),
                s("2.发现问题，已责令改正"),
                text(12),
                text(10),
                text(11),
                text(13),
                s("管理员"),
                s("2026-02-25"),
                text(14),
            ],
            &[s("合计"), C::O, C::O],
        ]),
        (1, 0),
    );
    // GBK with the code alone, both times in one column, a handling of two words.
    let rows: &[&[C<'_>]] = &[
        &[
            s("统一社会信用代码"),
            s("检查完成日期"),
            s("起止时间"),
            s("执法人员"),
            s("检查部位"),
            s("抽查结果"),
            s("处理措施"),
            s("问题描述"),
            s("法律依据"),
            s("抽查事项"),
        ],
        &[
            text(3),
            s("2026年1月30日"),
            s("9：10—10：25"),
            s(line[8].replace('、', "/").leak()),
            text(7),
            s("发现问题待后续处理"),
            s("责令立即改正；立案处罚"),
            text(10),
            text(11),
            text(14),
        ],
    ];
    check("导出.xls", &gbk(&separated(rows, "\t", "\r\n")), (1, 0));
    // Columns of a published list: it says too little for a record.
    check(
        "公示.csv",
        separated(
            &[
                &[
                    s("序号"),
                    s("任务编号"),
                    s("任务名称"),
                    s("单位名称"),
                    s("统一社会信用代码"),
                    s("检查完成日期"),
                    s("检查结果"),
                    s("处理措施"),
                    s("公示日期"),
                    s("备注"),
                ],
                &[
                    s("1"),
                    s("130581-2026-0007"),
                    s("一月抽查"),
                    text(2),
                    text(3),
                    text(4),
                    s("未发现问题"),
                    s("无需后续处置"),
                    s("2026-02-20"),
                    C::O,
                ],
            ],
            ",",
            "\n",
        )
        .as_bytes(),
        (0, 1),
    );
    // A page under .xls, a third who assisted, «无» for no problem, no scan with its reason.
    let page = format!(
        "<html><meta charset=utf-8><table><tr><th>单位编号<th>单位名称<th>检查日期<th>开始时间<th>结束时间<th>监督检查员<th>检查部位<th>检查结果<th>发现问题<th>未扫码原因</tr><tr><td>{}<td>旧名称<td>{}<td>2026-01-30 9:10<td>9时50分<td>{}、文员甲<td>{}<td>未发现问题<td>无<td>单位没有张贴，无码</tr></table>",
        desk.visits[0].unit, line[4], line[8], line[7],
    );
    check("网页.xls", page.as_bytes(), (1, 0));
    // Days that do not exist, and a list of nothing but heads and a note.
    let mut bad = desk.line(1);
    bad[4] = "2026-02-30".into();
    let preview = desk.preview(&[bad, desk.line(2)]);
    assert_eq!((preview.added.len(), preview.faulty_count), (1, 1));
    let rows: Vec<C<'_>> = HEADS.map(C::S).into();
    let none = opened("空.xlsx", &Xlsx::of(&[&rows])).unwrap();
    assert!(reading::<ResultLine>(&none, &Wish::default()).is_err());
}

/// Our own number goes before everything else, and means no other unit.
#[test]
fn a_number_of_ours_names_the_visit() {
    let mut desk = Desk::new();
    let undo = desk.take(&[desk.line(0)]);
    let number = desk.visit(0).number.unwrap();
    let short = desk.book.brigade.short_name.clone();
    let mut line = desk.line(0);
    line[1] = format!("{short}抽查[2026]{number}号");
    (line[2], line[3]) = (String::new(), String::new());
    assert_eq!(desk.preview(&[line.clone()]).unchanged_count, 1);
    line[2] = desk.line(1)[2].clone();
    let other = desk.preview(&[line]);
    assert_eq!(other.issues[0].kind.key(), "result_number");
    desk.act("2026-02-27T17:05:00", undo);
}
