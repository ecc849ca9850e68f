//! What is published of a draw closes every claim that it can, and the page and the
//! stand-alone verifier say the same of it: as it stands, and with any byte changed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use double_random::engine::pace::{AtOnce, at_once};
use double_random::engine::verify::{Check, Claim, Lacking, Outcome};
use double_random::exchange::beside::{Beside, Part};
use double_random::exchange::checking::{CheckFile, check};
use double_random::exchange::report::Report;
use double_random::exchange::verification::{Document, VerificationFile, read, verification_file};
use double_random::i18n::Lang;
use double_random::workbook::request::{
    BreakOff, Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw, Withhold,
};
use double_random::workbook::{Action, Context, DrawId, Workbook};
use serde_json::Value;

use crate::disclosed::small;
use crate::python;

/// What a program says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Judgement {
    /// 0: nothing differs; 1: something does; 2: it cannot be read.
    status: u32,
    open: u32,
    unbound: BTreeSet<String>,
}

impl Judgement {
    const fn is_accepted(&self) -> bool {
        self.status == 0
    }
}

/// The page's judgement, by the way that the page takes.
fn judged(bytes: Vec<u8>) -> Judgement {
    let file = CheckFile {
        bytes,
        is_new: true,
    };
    let Some(case) = at_once(check(vec![file], None, &AtOnce)).case else {
        return Judgement {
            status: 2,
            open: 0,
            unbound: BTreeSet::new(),
        };
    };
    let now = "2026-02-01T09:00:00".parse().unwrap();
    let mut report = Report::new(&case.certificate, case.checks, Vec::new(), now);
    report.beside = case.beside;
    let name = |part: &Part| match part {
        Part::Name => "name",
        Part::Demo => "is_demo",
        Part::Changes => "changes",
        Part::BrokenOff => "broken_off",
    };
    let unbound = report.beside.unbound.iter();
    Judgement {
        status: u32::from(report.differs()),
        open: report.counts.open,
        unbound: unbound.map(|part| name(part).to_owned()).collect(),
    }
}

/// A byte of a file that is another.
type Changed = (usize, u8);

fn with(text: &str, (at, byte): Changed) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = byte;
    bytes
}

/// The stand-alone verifier's judgements: of each file, then of its changes; `None` without
/// Python.
fn repeated(folder: &str, files: &[(String, Vec<Changed>)]) -> Option<Vec<Judgement>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut arguments = vec![PathBuf::from("tests/verifier/verify.py")];
    for (at, (text, changes)) in files.iter().enumerate() {
        let lines = changes.iter().map(|(at, byte)| format!("{at} {byte}\n"));
        for (name, content) in [("json", text.clone()), ("txt", lines.collect())] {
            let path = folder.join(format!("{at}.{name}"));
            std::fs::write(&path, content).unwrap();
            arguments.push(path);
        }
    }
    let arguments: Vec<&Path> = arguments.iter().map(PathBuf::as_path).collect();
    let output = python::python("tests/verifier/many.py", &arguments)?;
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let said = String::from_utf8(output.stdout).unwrap();
    let of_line = |line: &str| {
        let mut words = line.split(' ').map(str::to_owned);
        let mut number = || words.next().unwrap().parse().unwrap();
        Judgement {
            status: number(),
            open: number(),
            unbound: words.collect(),
        }
    };
    Some(said.lines().map(of_line).collect())
}

/// Everything published of each draw proves itself wholly, to both programs.
#[track_caller]
pub fn assert_published_proves(folder: &str, book: &Workbook) {
    let drawn = book.draws().filter(|draw| draw.drawn.is_some());
    let files: Vec<VerificationFile> = drawn
        .map(|draw| verification_file(book, draw).unwrap())
        .collect();
    for file in &files {
        let open = not_passed(file);
        assert_eq!(open, [], "draw {}", file.certificate.commitment.number);
    }
    let texts: Vec<_> = files
        .iter()
        .map(|file| (file.to_text(), Vec::new()))
        .collect();
    for (at, said) in repeated(folder, &texts).into_iter().flatten().enumerate() {
        // That contested officers are set aside rightly, only the program repeats.
        assert!(said.is_accepted() && said.open == 0, "{at}: {said:?}");
    }
}

/// The checks of a file, read again, that did not pass.
pub fn not_passed(file: &VerificationFile) -> Vec<Check> {
    let Document::File(file) = read(file.to_text().as_bytes()).unwrap() else {
        panic!("it is a verification file");
    };
    let checks = at_once(file.case().open().examine(&AtOnce));
    let is_open = |check: &Check| !matches!(check.outcome, Outcome::Passed { .. });
    checks.into_iter().filter(is_open).collect()
}

fn act(book: &mut Workbook, time: &str, action: Action) {
    let context = Context {
        now: time.parse().unwrap(),
        who: "沙维新".into(),
    };
    book.apply(action, &context).unwrap();
}

fn open(book: &mut Workbook, month: &str, time: &str) -> u32 {
    let open = OpenDraw {
        month: month.parse().unwrap(),
        reason: "测试".into(),
        salt_seed: [7; 32],
    };
    act(book, time, Action::OpenDraw(open));
    book.open_draw_record().unwrap().number
}

fn commit(book: &mut Workbook, time: &str) {
    let commit = Commit {
        number: book.open_draw_record().unwrap().number,
        entropy: EntropyChoice::Local,
        shown_at: "公示栏".into(),
    };
    act(book, time, Action::Commit(commit));
}

fn draw(book: &mut Workbook, month: &str, day: &str) -> u32 {
    let number = open(book, month, &format!("{day}T09:00:00"));
    commit(book, &format!("{day}T09:10:00"));
    let run = RunDraw {
        number,
        entropy: EntropyGiven::Local([number as u8; 32]),
    };
    act(book, &format!("{day}T09:20:00"), Action::Draw(run));
    number
}

fn break_off(book: &mut Workbook, time: &str, reason: &str) {
    let broken = BreakOff {
        number: book.open_draw_record().unwrap().number,
        reason: reason.into(),
        approver: "大队长".into(),
        nobody_revealed: false,
    };
    act(book, time, Action::BreakOff(broken));
}

/// The year begins with a draw broken off after its commitment and one before it; February's
/// is broken off once, too.
fn broken() -> Workbook {
    let mut book = small(false);
    open(&mut book, "2026-01", "2025-12-30T09:00:00");
    commit(&mut book, "2025-12-30T09:10:00");
    break_off(&mut book, "2025-12-30T09:20:00", "名录有误");
    open(&mut book, "2026-01", "2025-12-30T10:00:00");
    break_off(&mut book, "2025-12-30T10:10:00", "停电");
    draw(&mut book, "2026-01", "2025-12-31");
    open(&mut book, "2026-02", "2026-01-29T09:00:00");
    break_off(&mut book, "2026-01-29T09:10:00", "见证人没有到场");
    draw(&mut book, "2026-02", "2026-01-30");
    book
}

fn file_of(book: &Workbook, number: u32) -> VerificationFile {
    let draw = book.draw(DrawId::new(2026, number)).unwrap();
    verification_file(book, draw).unwrap()
}

/// The outcome of the claim that it follows the draw before.
fn follows(file: &VerificationFile) -> Outcome {
    at_once(file.case().open().examine(&AtOnce))
        .into_iter()
        .find(|check| check.claim == Claim::Previous)
        .unwrap()
        .outcome
}

#[test]
fn a_draw_after_broken_off_ones_follows_the_draw_before() {
    let book = broken();
    let first = file_of(&book, 3);
    let numbers: Vec<u32> = first.broken_off.iter().map(|it| it.number).collect();
    assert_eq!((numbers, &first.previous), (vec![1, 2], &None));
    let [committed, early] = &first.broken_off[..] else {
        panic!("two were broken off");
    };
    assert!(committed.commitment.is_some() && early.commitment.is_none());
    assert_eq!(committed.shown_at.as_deref(), Some("公示栏"));
    assert_published_proves("broken", &book);
    for number in [3, 5] {
        let beside = Beside::of(file_of(&book, number).case());
        assert!(beside.unbound.is_empty() && beside.differing.is_empty());
    }
}

#[test]
fn a_number_that_nothing_explains_is_left_open_and_a_wrong_one_fails() {
    let whole = file_of(&broken(), 3);
    let mut file = whole.clone();
    file.broken_off.clear();
    let (from, to) = (1, 2);
    let why = Lacking::BrokenDraws { from, to };
    assert_eq!(follows(&file), Outcome::NotCheckable { why });
    assert_eq!(Beside::of(file.case()).differing, [Part::BrokenOff]);
    let mut file = whole.clone();
    file.broken_off.pop();
    assert!(matches!(follows(&file), Outcome::Failed { .. }));
    let mut file = whole.clone();
    file.broken_off[1].reason = "另有原因".into();
    assert!(matches!(follows(&file), Outcome::Passed { .. }));
    assert_eq!(Beside::of(file.case()).differing, [Part::BrokenOff]);
    for lang in [Lang::Zh, Lang::En] {
        assert_ne!(
            lang.lacking(why),
            lang.lacking(Lacking::BrokenDraws { from, to: from })
        );
        assert!(!lang.part_failure(Part::BrokenOff).is_empty());
    }
}

/// A commitment of an older program binds no draws broken off; what is said of them closes
/// the claim, and is said to be bound by nothing.
#[test]
fn what_an_older_commitment_did_not_bind_is_said_to_be_unbound() {
    let mut file = file_of(&broken(), 3);
    let disclosed = file.certificate.commitment.disclosed.as_mut().unwrap();
    disclosed.broken_off = None;
    assert!(matches!(follows(&file), Outcome::Passed { .. }));
    assert_eq!(Beside::of(file.case()).unbound, [Part::BrokenOff]);
}

#[test]
fn a_new_year_after_a_year_taken_out_follows_nothing() {
    let book = crate::taking_out::a_year_later();
    let january = book
        .draws()
        .find(|draw| draw.month.year() == 2027 && draw.drawn.is_some());
    let file = verification_file(&book, january.unwrap()).unwrap();
    assert!(matches!(follows(&file), Outcome::Passed { .. }));
    assert!(
        not_passed(&file)
            .iter()
            .all(|check| check.claim != Claim::Previous)
    );
}

/// A stream of numbers that is the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % bound
    }
}

/// Changes of single bytes, spread over a text: most stay of their kind, a digit another
/// digit, so that they are not all refused for their syntax.
fn changes(text: &str, count: usize, numbers: &mut Numbers) -> Vec<Changed> {
    let bytes = text.as_bytes();
    let step = bytes.len() / count;
    let change = |part: usize| {
        let at = part * step + numbers.below(step);
        let old = bytes[at];
        let new = match old {
            _ if numbers.below(8) == 0 => numbers.below(256) as u8,
            b'0'..=b'9' => b'0' + numbers.below(10) as u8,
            b'a'..=b'f' => b'a' + numbers.below(6) as u8,
            b'A'..=b'Z' => b'A' + numbers.below(26) as u8,
            _ => old ^ (1 << numbers.below(6)),
        };
        (at, if new == old { old ^ 1 } else { new })
    };
    (0..count).map(change).collect()
}

/// The packages of the months, with draws broken off and with units withheld, and of
/// a campaign and supplements; then an old file.
fn packages() -> Vec<String> {
    let book = broken();
    let mut hidden = small(false);
    for (at, random) in [(3, 1), (7, 2)] {
        let withhold = Withhold {
            id: hidden.units[at].id.clone(),
            reason: "国家秘密".into(),
            approver: "大队长".into(),
            random: [random; 10],
        };
        act(
            &mut hidden,
            "2025-12-02T09:00:00",
            Action::Withhold(withhold),
        );
    }
    let number = draw(&mut hidden, "2026-01", "2025-12-31");
    let added = crate::workbook_occasions::added_to();
    let mut files = vec![
        file_of(&book, 3),
        file_of(&book, 5),
        file_of(&hidden, number),
    ];
    files.extend((3..=5).map(|number| file_of(&added, number)));
    let mut texts: Vec<String> = files.iter().map(VerificationFile::to_text).collect();
    texts.push(std::fs::read_to_string("tests/golden/03.json").unwrap());
    texts
}

/// Whether a change touches nothing but the name that an old file gives itself.
fn is_unbound(text: &str, bytes: &[u8]) -> bool {
    let before: Value = serde_json::from_str(text).unwrap();
    let without = |mut value: Value| {
        value.as_object_mut().unwrap().remove("name");
        value
    };
    let after = serde_json::from_slice(bytes);
    after.is_ok_and(|after| without(after) == without(before))
}

#[test]
fn a_thousand_changed_bytes_are_judged_alike_and_none_that_is_bound_escapes() {
    let mut numbers = Numbers(20);
    let texts = packages();
    let count = 1_000_usize.div_ceil(texts.len());
    let of = |text: String| {
        let changes = changes(&text, count, &mut numbers);
        (text, changes)
    };
    let files: Vec<(String, Vec<Changed>)> = texts.into_iter().map(of).collect();
    let mut found = Vec::new();
    for (at, (text, changes)) in files.iter().enumerate() {
        let honest = judged(text.clone().into_bytes());
        assert!(honest.is_accepted(), "{at}: {honest:?}");
        found.push((format!("file {at}"), honest));
        for change in changes {
            let bytes = with(text, *change);
            let said = judged(bytes.clone());
            let from = (0..=change.0.saturating_sub(40))
                .rev()
                .find(|from| text.is_char_boundary(*from));
            let place = String::from_utf8_lossy(&bytes[from.unwrap()..=change.0]).into_owned();
            let place = format!("file {at}: {place}");
            if said.is_accepted() {
                assert!(is_unbound(text, &bytes), "{place} escaped");
                assert!(said.unbound.contains("name"), "{place} is not said");
            }
            found.push((place, said));
        }
    }
    assert!(found.len() > 1_000);
    let Some(repeated) = repeated("changed", &files) else {
        return;
    };
    assert_eq!(repeated.len(), found.len());
    let disagreed = found.iter().zip(&repeated).filter(|((_, page), python)| {
        page.is_accepted() != python.is_accepted()
            || (page.is_accepted() && page.unbound != python.unbound)
    });
    let disagreed: Vec<_> = disagreed.collect();
    assert!(disagreed.is_empty(), "{disagreed:#?}");
}
