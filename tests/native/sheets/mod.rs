//! Lists as they arrive, read as the page's preview reads them.

mod files;
mod make;
mod results;
mod seen;

use std::cell::RefCell;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use double_random::demo;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::Record;
use double_random::exchange::sheet::{
    Against, Answer, Book, Incoming, LeftOut, NoteKind, Reading, Refusal, Wish, open, read,
    register_of,
};
use double_random::model::field::RegisterKind;
use double_random::model::{
    Agency, Described, Engineer, EngineerGrade, InspectionItem, Officer, Unit,
};
use double_random::ui::sheets::desk::{Answer as Heard, ListWish, Request, SheetDesk};
use double_random::workbook::Township;
use proptest::prelude::*;

use files::{Made, Right};
use make::{C, Xlsx};

fn townships() -> Vec<Township> {
    demo::brigade(2026, demo::SEED).brigade.townships
}

fn opened(name: &str, bytes: &[u8]) -> Result<Book, Refusal> {
    at_once(open(name, bytes, None, &AtOnce))
}

fn reading<T: Record>(book: &Book, wish: &Wish) -> Result<Reading<T>, Refusal> {
    let townships = townships();
    let today = NaiveDate::from_ymd_opt(2026, 11, 29);
    let against = Against {
        townships: &townships,
        today,
    };
    at_once(read(book, wish, against, &AtOnce))
}

fn units(name: &str, bytes: &[u8]) -> Result<Reading<Unit>, Refusal> {
    reading(&opened(name, bytes)?, &Wish::default())
}

/// Every row is taken, skipped or refused.
#[track_caller]
fn assert_sum<T: Record>(name: &str, reading: &Reading<T>) {
    let others = reading.skipped.len() + reading.refused_rows.len();
    assert_eq!(
        reading.rows_count,
        reading.ready_count + others as u32,
        "{name}"
    );
}

/// A field of the first record that is taken, as the file format has it; empty where the
/// file gives none.
fn first_value(reading: &Reading<Unit>, field: &str) -> String {
    let mut rows = reading.rows.rows.iter();
    let row = rows
        .find(|row| !reading.refused_rows.contains(&row.row_number))
        .expect("a row that is taken");
    if !row.patch.gives(field) {
        return String::new();
    }
    match Unit::field(field)
        .expect("a field")
        .json(row.patch.values())
    {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    }
}

fn check(made: &Made) {
    let name = made.name;
    let (rows, taken, open, first) = match &made.right {
        Right::Refused(refusal) => {
            assert_eq!(
                units(name, &made.bytes).map(|_| ()),
                Err(*refusal),
                "{name}"
            );
            return;
        }
        Right::List(rows, taken, open, first) => (*rows, *taken, *open, *first),
    };
    let book = opened(name, &made.bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    assert_eq!(Some(book.kind), made.kind, "{name}");
    let reading = reading::<Unit>(&book, &Wish::default())
        .unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    assert_sum(name, &reading);
    let asked: u32 = reading.asked.iter().map(|asked| asked.count).sum();
    let figures = (
        reading.rows_count,
        reading.ready_count,
        reading.refused_rows.len() as u32 + asked,
    );
    assert_eq!(
        figures,
        (rows, taken, open),
        "{name}: {:?} {:?}",
        reading.asked,
        reading.problems
    );
    for (field, value) in first {
        assert_eq!(first_value(&reading, field), *value, "{name}: {field}");
    }
}

#[test]
fn odd_files_have_their_three_figures() {
    let all = files::all();
    assert!(all.len() >= 60, "{}", all.len());
    let failed: Vec<String> = all
        .iter()
        .filter_map(|made| {
            let outcome = std::panic::catch_unwind(|| check(made));
            let why = outcome.err()?;
            let text = why.downcast_ref::<String>().cloned();
            Some(text.unwrap_or_else(|| made.name.to_owned()))
        })
        .collect();
    assert!(
        failed.is_empty(),
        "{} failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

#[test]
fn rows_have_the_numbers_that_excel_shows() {
    let text = "名录,,\n\n单位名称,地址,备注\n甲,\"1\n号\",\n\n乙,2号,\n丙,,2099\n";
    let reading = units("a.csv", text.as_bytes()).unwrap();
    let numbers: Vec<u32> = reading.rows.rows.iter().map(|row| row.row_number).collect();
    assert_eq!((reading.heads.rows, numbers), ((3, 3), vec![4, 6, 7]));
}

#[test]
fn answers_come_into_the_second_reading() {
    let text = "单位名称,单位性质,风险等级,检查日期,统一社会信用代码\n甲,0,橙,26.5.6,9.1E+17\n乙,1,红,,\n合计,,,,\n";
    let book = opened("a.csv", text.as_bytes()).unwrap();
    let before: Reading<Unit> = reading(&book, &Wish::default()).unwrap();
    assert_eq!(before.asked.len(), 7, "{:?}", before.asked);
    let answers = before.asked.iter().map(|asked| {
        let answer = match asked.question.value.as_str() {
            "0" => Answer::Means("是".into()),
            "1" => Answer::Means("否".into()),
            "橙" | "红" => Answer::Means("重大".into()),
            _ => Answer::Take,
        };
        (asked.question.clone(), answer)
    });
    let wish = Wish {
        answers: answers.collect(),
        ..Wish::default()
    };
    let after: Reading<Unit> = reading(&book, &wish).unwrap();
    let first = after.rows.rows[0].patch.values();
    assert!(first.is_key && !after.rows.rows[1].patch.values().is_key);
    assert_eq!(first_value(&after, "risk"), "red");
    assert_eq!(first.inspections.len(), 1);
    assert_eq!((before.ready_count, after.ready_count), (2, 3));
    assert_sum("a.csv", &after);
}

#[test]
fn a_value_with_a_fault_is_left_out_where_that_was_chosen() {
    let text =
        "单位名称,统一社会信用代码,地址\n甲店,91130581MA0CWX3F4X,苏村1号\n乙店,12345,苏村2号\n";
    let book = opened("a.csv", text.as_bytes()).unwrap();
    let before: Reading<Unit> = reading(&book, &Wish::default()).unwrap();
    assert_eq!((before.ready_count, before.refused_rows.len()), (0, 2));
    let wish = Wish {
        without_values: ["code".to_owned()].into(),
        ..Wish::default()
    };
    let after: Reading<Unit> = reading(&book, &wish).unwrap();
    assert_eq!((after.ready_count, after.refused_rows.len()), (2, 0));
    assert_eq!(first_value(&after, "code"), "");
    assert_eq!(first_value(&after, "address"), "苏村1号");
}

#[test]
fn a_total_with_its_count_among_the_codes_is_a_total() {
    let text = "单位名称,统一社会信用代码,地址,单位性质\n甲店,,苏村1号,0\n合计,1,,7\n";
    let reading = units("a.csv", text.as_bytes()).unwrap();
    assert_eq!((reading.ready_count, reading.skipped.len()), (1, 1));
    let counted = units("a.csv", text.replace(",1,", ",1家,").as_bytes()).unwrap();
    assert_eq!((counted.ready_count, counted.skipped.len()), (1, 1));
    assert_eq!(reading.heads.column_of("is_key"), Some(3));
    assert_sum("a.csv", &reading);
}

#[test]
fn units_that_the_list_calls_closed_are_candidates() {
    let text = "单位名称,状态\n甲店,在营\n乙店,停业\n丙店,注销\n";
    let book = opened("a.csv", text.as_bytes()).unwrap();
    let before: Reading<Unit> = reading(&book, &Wish::default()).unwrap();
    assert_eq!(
        before.out_of_use,
        [(3, "停业".to_owned()), (4, "注销".to_owned())]
    );
    let question = before.asked[0].question.clone();
    let wish = Wish {
        answers: [(question, Answer::Leave)].into_iter().collect(),
        ..Wish::default()
    };
    let after: Reading<Unit> = reading(&book, &wish).unwrap();
    assert_eq!(after.out_of_use.len(), 1);
}

/// What a page asks of the worker, and hears.
fn asked(desk: &mut SheetDesk, request: &Request, bytes: &[u8]) -> Vec<Heard> {
    let through = |text: String| serde_json::from_str(&text).unwrap();
    let request: Request = through(serde_json::to_string(request).unwrap());
    let heard = RefCell::new(Vec::new());
    let say = |answer: Heard| {
        let text = serde_json::to_string(&answer).unwrap();
        heard
            .borrow_mut()
            .push(serde_json::from_str(&text).unwrap());
    };
    at_once(desk.answer(request, bytes, &AtOnce, say));
    heard.into_inner()
}

#[test]
fn a_page_hears_of_every_file_what_reading_it_gives() {
    for made in files::all() {
        let mut desk = SheetDesk::new();
        let open = Request::Open {
            file_name: made.name.to_owned(),
            encoding: None,
        };
        let opened = asked(&mut desk, &open, &made.bytes);
        let wish = ListWish {
            register: RegisterKind::Units,
            wish: Wish::default(),
            townships: townships(),
            today: NaiveDate::from_ymd_opt(2026, 11, 29).unwrap(),
        };
        let direct = units(made.name, &made.bytes);
        let Ok(direct) = direct else {
            let is_refused = |heard: &[Heard]| matches!(heard, [Heard::Refused(_)]);
            let listed = asked(&mut desk, &Request::List(Box::new(wish)), &[]);
            assert!(is_refused(&opened) || is_refused(&listed), "{}", made.name);
            continue;
        };
        let listed = asked(&mut desk, &Request::List(Box::new(wish)), &[]);
        let [Heard::Listed(told)] = listed.as_slice() else {
            panic!("{}: {listed:?}", made.name);
        };
        let figures = (
            told.rows_count,
            told.ready_count,
            told.refused_count,
            told.asked.len(),
        );
        let right = (
            direct.rows_count,
            direct.ready_count,
            direct.refused_rows.len(),
            direct.asked.len(),
        );
        assert_eq!(figures, right, "{}", made.name);
        let mut incoming = Incoming::<Unit>::new();
        for heard in asked(&mut desk, &Request::Rows, &[]) {
            if let Heard::Rows(lines) = heard {
                lines.iter().for_each(|line| incoming.take(line));
            }
        }
        let rows = at_once(incoming.finish(NaiveDate::from_ymd_opt(2026, 11, 29), &AtOnce));
        assert_eq!(rows, direct.rows, "{}", made.name);
    }
}

#[test]
fn columns_chosen_by_hand_are_read_so() {
    let text = "甲,乙\n苏村粮店,苏村1号\n";
    let book = opened("a.csv", text.as_bytes()).unwrap();
    assert_eq!(
        reading::<Unit>(&book, &Wish::default()).map(|_| ()),
        Err(Refusal::NoHeads)
    );
    let fields = [
        (0, Some("name".to_owned())),
        (1, Some("address".to_owned())),
    ];
    let wish = Wish {
        head_rows: Some((1, 1)),
        fields: fields.into(),
        ..Wish::default()
    };
    let reading: Reading<Unit> = reading(&book, &wish).unwrap();
    assert_eq!(first_value(&reading, "address"), "苏村1号");
}

#[test]
fn officers_and_items_are_known_by_their_heads() {
    let officers = "执法人员名单,,,,,\n序号,姓名,执法证号,有效期至,是否主办,状态\n1,张　三,冀0001,长期,主办,在岗\n2,李四,冀0002,2027.5.6,协办,请假\n";
    let book = opened("a.csv", officers.as_bytes()).unwrap();
    assert_eq!(register_of(&book), RegisterKind::Officers);
    let reading: Reading<Officer> = reading(&book, &Wish::default()).unwrap();
    assert_sum("officers", &reading);
    let rows = &reading.rows.rows;
    assert_eq!(
        (reading.ready_count, reading.asked.len()),
        (2, 1),
        "{:?}",
        reading.problems
    );
    assert_eq!(
        (rows[0].patch.name(), rows[0].patch.values().may_lead),
        (Some("张三"), true)
    );
    assert_eq!(
        rows[1].patch.values().certificate_until,
        NaiveDate::from_ymd_opt(2027, 5, 6)
    );
    items_are_read();
}

fn items_are_read() {
    let items = "序号,抽查类别名称,抽查事项,抽查依据,抽查方式,抽查内容及要求\n1,社会单位履行法定消防安全职责,消防设施,消防法,现场检查,\"完好\n有效\"\n2,其他类,疏散通道,消防法,现场检查,畅通\n";
    let book = opened("a.csv", items.as_bytes()).unwrap();
    assert_eq!(register_of(&book), RegisterKind::Items);
    let reading: Reading<InspectionItem> = reading(&book, &Wish::default()).unwrap();
    assert_sum("items", &reading);
    assert_eq!(
        (reading.ready_count, reading.asked.len()),
        (2, 1),
        "{:?}",
        reading.problems
    );
    assert_eq!(reading.rows.rows[0].id.as_deref(), Some("1"));
    assert_eq!(reading.rows.rows[0].patch.values().content, "完好\n有效");
}

/// A list of institutions as a spreadsheet brings it: a title, groups of heads, a code as a
/// number, a total.
fn agencies_sheet() -> Vec<u8> {
    let (none, code) = (C::O, "92130581MA0CWX2K9Y");
    Xlsx::of(&[
        &[
            C::S("消防技术服务机构备案名单"),
            none,
            none,
            none,
            none,
            none,
            none,
        ],
        &[
            C::S("序号"),
            C::S("机构名称"),
            C::S("统一社会信用代码"),
            C::S("服务类别"),
            C::S("资质有效期"),
            C::S("技术负责人"),
            C::S("联系电话"),
        ],
        &[
            C::N("1"),
            C::S("砚舟消防检测有限公司"),
            C::S(code),
            C::S("消防设施维护保养检测、消防安全评估"),
            C::S("2027年5月6日"),
            C::S("张　三"),
            C::N("13800000000"),
        ],
        &[
            C::N("2"),
            C::S("栩麓消防安全评估有限公司"),
            none,
            C::S("消防安全评估"),
            C::S("长期"),
            C::S("李四"),
            C::S("0319-5550000"),
        ],
        &[C::S("合计"), C::S("2"), none, none, none, none, none],
    ])
}

#[test]
fn agencies_are_known_by_their_heads() {
    let book = opened("a.xlsx", &agencies_sheet()).unwrap();
    assert_eq!(register_of(&book), RegisterKind::Agencies);
    let reading: Reading<Agency> = reading(&book, &Wish::default()).unwrap();
    assert_sum("agencies", &reading);
    assert_eq!(
        (reading.rows_count, reading.ready_count),
        (3, 2),
        "{:?}",
        reading.problems
    );
    let first = reading.rows.rows[0].patch.values();
    assert_eq!(
        first.code.as_ref().map(|code| code.as_str()),
        Some("92130581MA0CWX2K9Y")
    );
    let services = ["消防安全评估", "消防设施维护保养检测"].map(str::to_owned);
    assert_eq!(first.services, services.into());
    assert_eq!(first.qualified_until, NaiveDate::from_ymd_opt(2027, 5, 6));
    assert_eq!(
        (first.technical_lead.as_str(), first.phone.as_str()),
        ("张三", "13800000000")
    );
    assert_eq!(reading.rows.rows[1].patch.values().qualified_until, None);
}

#[test]
fn engineers_are_known_by_their_heads() {
    let engineers = "序号,姓名,注册级别,注册证号,注册有效期至,聘用单位,身份证号,状态\n1,张　三,一级注册消防工程师,11182000001,2027.5.6,砚舟消防检测有限公司,11010519491231002X,在业\n2,李四,二级,1.1182E+11,2026-12-31,栩麓消防安全评估有限公司,,注销\n3,王五,三级,11182000003,,,,\n";
    let book = opened("a.csv", engineers.as_bytes()).unwrap();
    assert_eq!(register_of(&book), RegisterKind::Engineers);
    let reading: Reading<Engineer> = reading(&book, &Wish::default()).unwrap();
    assert_sum("engineers", &reading);
    // Asked: what 注销 leads to, and what 三级 means.
    assert_eq!(
        (reading.ready_count, reading.asked.len()),
        (3, 2),
        "{:?}",
        reading.asked
    );
    let rows = &reading.rows.rows;
    let first = rows[0].patch.values();
    assert_eq!(
        (first.name.as_str(), first.grade),
        ("张三", EngineerGrade::First)
    );
    assert_eq!(first.employer, "砚舟消防检测有限公司");
    assert!(
        !rows[1].patch.gives("registration_number"),
        "its digits are lost"
    );
    assert!(!format!("{reading:?}").contains("11010519491231002X"));
}

#[test]
fn identity_numbers_stand_in_nothing_that_comes_out() {
    let text = "单位名称,身份证号,备注\n甲店,11010519491231002X,11010519491231002X\n";
    let reading = units("a.csv", text.as_bytes()).unwrap();
    assert_eq!(reading.heads.column_of("note"), Some(2));
    assert!(!format!("{reading:?}").contains("11010519491231002X"));
}

#[test]
fn colours_hidden_columns_and_mended_values_are_told() {
    let made = files::all();
    let noted = |name: &str, kind: NoteKind| {
        let made = made
            .iter()
            .find(|made| made.name == name)
            .expect("a file of this name");
        let reading = units(name, &made.bytes).unwrap();
        reading
            .noted
            .iter()
            .filter(|noted| noted.kind == kind)
            .map(|noted| noted.count)
            .sum::<u32>()
    };
    assert_eq!(noted("colours.xlsx", NoteKind::CellColours), 1);
    assert_eq!(noted("guards.csv", NoteKind::Guard), 4);
    assert_eq!(noted("blanks.csv", NoteKind::BlankWord), 6);
    assert_eq!(noted("fill-down.xlsx", NoteKind::Filled), 1);
    assert_eq!(noted("five-head-rows.xlsx", NoteKind::SpacedName), 1);
    assert_eq!(noted("general-day.xlsx", NoteKind::SerialDate), 1);
    let hidden = made
        .iter()
        .find(|made| made.name == "hidden-column.xlsx")
        .expect("made above");
    let reading = units(hidden.name, &hidden.bytes).unwrap();
    assert_eq!(reading.heads.columns[1].left_out, Some(LeftOut::Hidden));
}

#[test]
fn of_a_span_of_days_a_column_for_the_last_takes_the_last() {
    let text = "姓名,执法证号,证件有效期,是否具备带队资格,入职时间\n\
        张三,冀0001,2025.1.1-2030.1.1,是,2019-07-01\n李四,冀0002,至2027年12月,否,\n";
    let book = opened("a.csv", text.as_bytes()).unwrap();
    let reading: Reading<Officer> = reading(&book, &Wish::default()).unwrap();
    let until = |at: usize| reading.rows.rows[at].patch.values().certificate_until;
    assert_eq!(
        until(0).map(|day| day.to_string()).as_deref(),
        Some("2030-01-01")
    );
    // A month has no day.
    assert_eq!((until(1), reading.problems.len()), (None, 1));
    let spans = reading
        .noted
        .iter()
        .filter(|noted| noted.kind == NoteKind::SpanEnd);
    assert_eq!(spans.map(|noted| noted.count).sum::<u32>(), 1);
    assert!(reading.heads.column_of("may_lead").is_some());
    assert_sum("officers", &reading);
}

#[test]
fn a_column_chosen_by_hand_takes_the_field_from_another() {
    let text = "单位名称,地址,旧地址\n苏村粮店,苏村1号,苏村9号\n";
    let book = opened("a.csv", text.as_bytes()).unwrap();
    let wish = Wish {
        fields: [(2, Some("address".to_owned()))].into(),
        ..Wish::default()
    };
    let reading: Reading<Unit> = reading(&book, &wish).unwrap();
    assert_eq!(first_value(&reading, "address"), "苏村9号");
    assert_eq!(reading.heads.columns[1].left_out, Some(LeftOut::Twice));
    assert!(reading.rows.rows[0].patch.values().extra.is_empty());
}

#[test]
fn hostile_and_broken_files_cost_little() {
    let started = Instant::now();
    for made in files::all()
        .iter()
        .filter(|made| made.name.contains("million") || made.name.contains("wide-"))
    {
        let started = Instant::now();
        check(made);
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "{}: {:?}",
            made.name,
            started.elapsed()
        );
    }
    assert!(started.elapsed() < Duration::from_secs(60));
}

/// Files small enough to be mutated many times.
fn small() -> Vec<Made> {
    let mut all = files::all();
    all.retain(|made| made.bytes.len() < 20_000);
    all
}

/// Rounds of mutations of each file; more by this variable of the environment.
const FUZZ_ROUNDS: usize = 24;
const FUZZ_ROUNDS_NAME: &str = "FUZZ_ROUNDS";
/// Another one than the fixed seed.
const FUZZ_SEED_NAME: &str = "FUZZ_SEED";

/// Draws mutations; the same seed draws the same ones.
struct Mutations(u64);

impl Mutations {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }

    fn piece<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let from = self.next(bytes.len() + 1);
        let length = self.next((bytes.len() - from).min(600) + 1);
        &bytes[from..from + length]
    }

    /// A file mutated in one of the ways in which files break, or are made to.
    fn mutate(&mut self, round: usize, bytes: &[u8], other: &[u8]) -> Vec<u8> {
        let mut bytes = match (round % 8, bytes) {
            // A part of an archive under another one's name.
            (5 | 6, [b'P', b'K', 3, 4, ..]) => self.swap_members(bytes),
            _ => bytes.to_vec(),
        };
        match round % 8 {
            0 | 4 => bytes.truncate(self.next(bytes.len() + 1)),
            1 => {
                let at = self.next(bytes.len() + 1);
                let piece = self.piece(other).to_vec();
                bytes.splice(at..at, piece);
            }
            2 => {
                let piece = self.piece(&bytes.clone()).to_vec();
                let at = self.next(bytes.len() + 1);
                let end = (at + piece.len()).min(bytes.len());
                bytes.splice(at..end, piece);
            }
            3 if !bytes.is_empty() => {
                // Numbers at their ends: where sizes and counts stand.
                let at = self.next(bytes.len());
                let end = (at + 4).min(bytes.len());
                let value = [0x00, 0x7f, 0x80, 0xff][self.next(4)];
                bytes[at..end].fill(value);
            }
            _ => {}
        }
        for _ in 0..=round % 6 {
            if !bytes.is_empty() {
                let at = self.next(bytes.len());
                bytes[at] = self.next(256) as u8;
            }
        }
        bytes
    }

    /// The archive anew, with the contents of two parts exchanged, and some bytes of one
    /// changed: behind compression and checksum, where flips in the file do not reach.
    fn swap_members(&mut self, bytes: &[u8]) -> Vec<u8> {
        let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
            return bytes.to_vec();
        };
        let mut parts = Vec::new();
        for at in 0..archive.len().min(64) {
            let Ok(file) = archive.by_index(at) else {
                continue;
            };
            let Ok(name) = file.name().map(std::borrow::Cow::into_owned) else {
                continue;
            };
            if parts.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let mut content = Vec::new();
            if std::io::Read::read_to_end(&mut std::io::Read::take(file, 1 << 20), &mut content)
                .is_ok()
            {
                parts.push((name, content));
            }
        }
        if parts.is_empty() {
            return bytes.to_vec();
        }
        let (one, two) = (self.next(parts.len()), self.next(parts.len()));
        if self.next(2) == 0 {
            let content = std::mem::take(&mut parts[one].1);
            parts[one].1 = std::mem::replace(&mut parts[two].1, content);
        }
        let content = &mut parts[one].1;
        for _ in 0..4 {
            if !content.is_empty() {
                let at = self.next(content.len());
                let value = b"<>/\"&0=9"[self.next(8)];
                content[at] = value;
            }
        }
        let parts = parts
            .iter()
            .map(|(name, content)| (name.clone(), &content[..]));
        make::zip(parts)
    }
}

/// Whatever a file holds, it ends in a list whose rows add up, or in a refusal. A failure
/// names file, seed and round; `FUZZ_ROUNDS=5000 FUZZ_SEED=7` looks farther.
#[test]
fn mutated_files_end_in_a_list_or_a_refusal() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let rounds = number(FUZZ_ROUNDS_NAME).map_or(FUZZ_ROUNDS, |rounds: u64| rounds as usize);
    let seed = number(FUZZ_SEED_NAME)
        .unwrap_or(0x2545_f491_4f6c_dd1d_u64)
        .max(1);
    let started = Instant::now();
    let all = small();
    for (place, made) in all.iter().enumerate() {
        // Each file's mutations are its own, whatever files come before it.
        let mut mutations = Mutations(seed ^ (place as u64 + 1) << 32);
        for round in 0..rounds {
            let other = &all[mutations.next(all.len())].bytes;
            let bytes = mutations.mutate(round, &made.bytes, other);
            let read = std::panic::catch_unwind(|| {
                if let Ok(reading) = units(made.name, &bytes) {
                    assert_sum(made.name, &reading);
                }
            });
            assert!(
                read.is_ok(),
                "{} with seed {seed}, round {round}",
                made.name
            );
        }
        let is_bounded = rounds == FUZZ_ROUNDS;
        let is_long = started.elapsed() > Duration::from_secs(240);
        assert!(!(is_bounded && is_long), "{}", made.name);
    }
}

fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[甲乙丙丁 0-9]{0,6}",
        Just("合计".to_owned()),
        Just("无".to_owned()),
        Just("示例".to_owned()),
        Just("92130581MA0CWX2K9Y".to_owned()),
        Just("9.1E+17".to_owned()),
        Just("2026.5.6".to_owned()),
        Just("单位名称".to_owned()),
        "\\PC{0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_row_is_taken_skipped_or_refused(rows in proptest::collection::vec(proptest::collection::vec(any_cell(), 6), 1..12)) {
        let mut text = String::from("序号,单位名称,统一社会信用代码,地址,是否重点单位,检查日期\n");
        for row in &rows {
            let row: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            text += &row.join(",");
            text.push('\n');
        }
        let used = rows.iter().filter(|row| row.iter().any(|cell| cell.chars().any(|sign| !sign.is_whitespace()))).count();
        match units("a.csv", text.as_bytes()) {
            Ok(reading) => {
                let others = reading.skipped.len() + reading.refused_rows.len();
                prop_assert_eq!(reading.rows_count, reading.ready_count + others as u32);
                prop_assert!(reading.rows_count as usize <= used);
            }
            Err(refusal) => prop_assert!(matches!(refusal, Refusal::NoRows), "{:?}", refusal),
        }
    }
}

/// `cargo test --release --test native sheets::speed -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn speed_of_a_hundred_thousand_rows() {
    let rows: Vec<[String; 6]> = (0..100_000)
        .map(|at| {
            [
                at.to_string(),
                format!("单位{at}"),
                String::new(),
                format!("苏村{at}号"),
                "是".into(),
                "2026.5.6".into(),
            ]
        })
        .collect();
    let head = [
        "序号",
        "单位名称",
        "统一社会信用代码",
        "地址",
        "是否重点单位",
        "最近检查日期",
    ]
    .map(make::C::S);
    let cells: Vec<[make::C<'_>; 6]> = rows
        .iter()
        .map(|row| row.each_ref().map(|text| make::C::S(text)))
        .collect();
    let mut all: Vec<&[make::C<'_>]> = vec![&head];
    all.extend(cells.iter().map(|row| &row[..]));
    let bytes = make::Xlsx::of(&all);
    let started = Instant::now();
    let book = opened("a.xlsx", &bytes).unwrap();
    let opened = started.elapsed();
    let reading: Reading<Unit> = reading(&book, &Wish::default()).unwrap();
    assert_eq!(reading.ready_count, 100_000);
    println!(
        "{} bytes: opened in {opened:?}, read in {:?}",
        bytes.len(),
        started.elapsed() - opened
    );
}
