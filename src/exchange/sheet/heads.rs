//! Where the heads of a list stand, and which fields its columns hold.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::book::Sheet;
use super::grid::{COLUMN_END, Cell, Grid, GridRow, Merge};
use crate::model::Described;
use crate::model::field::Kind;
use crate::workbook::names::folded;

/// Used rows among which the heads are looked for.
const ROWS_SEARCHED: usize = 60;
/// Rows that heads take at most.
const HEAD_ROWS_MAX: u32 = 8;
/// Signs of a head; longer text is a title or a note.
const HEAD_CHARS_MAX: usize = 40;
/// Signs that a head must share with the end of another to count as the same.
const SUFFIX_CHARS_MIN: usize = 3;
/// Heads of columns that stand in many lists and hold none of the fields.
const OTHERS: [&str; 12] = [
    "序号",
    "编号",
    "行号",
    "no",
    "xh",
    "身份证号",
    "身份证",
    "备注",
    "状态",
    "检查人员",
    "所属大队",
    "主管部门",
];
/// The beginning of a head of what follows from the records and is none of their fields: it
/// goes out with a list, and is passed over where it comes in.
pub const WORKED_OUT: &str = "系统算出";
/// Words of a lower head that only say which part of its group stands there.
const PARTS_OF_GROUP: [&str; 4] = ["姓名", "名称", "名字", "内容"];
/// Words that make a head somebody else's: 维保单位名称, 房东联系方式.
const OF_OTHERS: [&str; 46] = [
    "上级",
    "主管",
    "登记机关",
    "维保",
    "出租",
    "房东",
    "业主方",
    "产权",
    "物业",
    "管理方",
    "管理单位",
    "派出所",
    "包保",
    "网格",
    "发起",
    "牵头",
    "施工",
    "设计",
    "监理",
    "建设单位",
    "委托",
    "配偶",
    "家属",
    "家庭",
    "紧急",
    "户籍",
    "发证",
    "颁发",
    "社保",
    "工商",
    "母公司",
    "总公司",
    "集团",
    "变更前",
    "原",
    "曾",
    "旧",
    "上报",
    "填报",
    "代理",
    "开发",
    "检测",
    "承租",
    "承建",
    "保安",
    "营业执照",
];
/// The same where they stand in a head; over a group of columns they may be its own.
const OF_OTHERS_BEFORE: [&str; 6] = ["检查", "执法", "监管", "实施", "抽查", "监督"];
/// Words that make another matter of a head, in brackets behind it or over its group: 检查日期
/// （计划）, 有效期 under 驾驶证.
const OTHER_MATTERS: [&str; 17] = [
    "治安",
    "食品",
    "纳税",
    "环保",
    "安全生产",
    "计划",
    "拟",
    "复查",
    "上次",
    "下次",
    "自查",
    "驾驶",
    "身份证",
    "曾用",
    "车辆",
    "注册地",
    "户籍",
];
/// Words of [`BEFORE`] that make another's of a name: 执法单位名称; and of a person's number:
/// 单位注册号.
const NOT_BEFORE_NAME: [&str; 3] = ["执法", "行政", "监督"];
const NOT_BEFORE_NUMBER: [&str; 5] = ["单位", "企业", "公司", "机构", "主体"];
/// What may stand between 是否 and what is asked.
const BEHIND_WHETHER: [&str; 9] = [
    "被列为",
    "确定为",
    "列为",
    "属于",
    "具有",
    "具备",
    "为",
    "系",
    "有",
];
/// What may stand before a head without making it another: 受检单位名称 is a 单位名称.
const BEFORE: [&str; 57] = [
    "注册证",
    "执法证",
    "执法资格证",
    "资格证",
    "九小",
    "被检查",
    "受检查",
    "被抽查",
    "被监管",
    "受检",
    "被检",
    "单位",
    "企业",
    "场所",
    "机构",
    "对象",
    "主体",
    "人员",
    "个人",
    "公司",
    "商户",
    "店铺",
    "门店",
    "酒店",
    "学校",
    "医院",
    "消防安全",
    "消防",
    "火灾",
    "重点",
    "监督",
    "每年",
    "年度",
    "本次",
    "此次",
    "实际",
    "现场",
    "本",
    "现",
    "该",
    "当前",
    "目前",
    "详细",
    "主要",
    "执法",
    "行政",
    "资质",
    "资格",
    "证书",
    "证件",
    "执业",
    "从业",
    "注册",
    "建筑",
    "经营",
    "生产",
    "的",
];
/// Which of several visits a column holds; a list of days takes them all.
const WHICH_TIME: [&str; 23] = [
    "第一次",
    "第二次",
    "第三次",
    "第1次",
    "第2次",
    "第3次",
    "首次",
    "本年度",
    "上年度",
    "本年",
    "最近一次",
    "最后一次",
    "上一次",
    "最近",
    "上次",
    "近期",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "上半年",
    "下半年",
    "年",
];
/// Beginnings of heads that ask whether something is there, and hold no more than that.
const WHETHER: [&str; 3] = ["是否", "有无", "有没有"];
/// Fields that a person knows by any words before them; of all others those of [`BEFORE`] alone
/// make no difference, since another day, tier or person bears on what is drawn.
const KNOWN_BY_END: [&str; 4] = ["name", "address", "phone", "township"];
/// Fields of a person's own numbers, which no other body's are.
const NUMBERS: [&str; 4] = [
    "registration_number",
    "registered_until",
    "certificate_number",
    "certificate_until",
];
/// Units in a head that are not those of its field.
const OTHER_UNITS: [(&str, &[&str]); 2] = [
    ("floor_area_m2", &["万", "亩", "公顷"]),
    ("problem", &["处", "个", "项", "条", "起", "数量"]),
];

/// Why a column is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeftOut {
    /// It is hidden in the file.
    Hidden,
    /// 身份证号: never taken in.
    Identity,
    /// 序号: the file's own numbers.
    Numbering,
    /// It follows from the records and was written beside them by this program.
    WorkedOut,
    /// Another column holds the field.
    Twice,
    /// Its head is not known, or it has none.
    Unknown,
    /// A person said so.
    Chosen,
}

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place, from 0.
    pub column: u16,
    /// Its head, levels of several rows with ／ between them; empty where it has none.
    pub head: String,
    /// The field that it holds: its key.
    pub field: Option<&'static str>,
    /// Why it is not read, where it holds none.
    pub left_out: Option<LeftOut>,
}

/// Where a list stands in a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heads {
    /// First and last row of the heads, as Excel shows them.
    pub rows: (u32, u32),
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// How well the heads are known.
    pub score: usize,
}

impl Heads {
    /// The column of a field.
    #[must_use]
    pub fn column_of(&self, field: &str) -> Option<u16> {
        let mut columns = self.columns.iter();
        columns
            .find(|column| column.field == Some(field))
            .map(|column| column.column)
    }
}

/// A head without what does not tell it from others: stars, units in brackets, numbers in
/// front, colons, blanks, width and case.
pub(super) fn folded_head(head: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_u32;
    for sign in folded(head).chars() {
        match sign {
            '(' | '[' | '【' | '〔' | '{' => depth += 1,
            ')' | ']' | '】' | '〕' | '}' => depth = depth.saturating_sub(1),
            '*' | '★' | '☆' | '●' | '※' | ':' | '_' | '-' | '"' | '\'' | '/' | '、' | '.'
            | '。' | ',' => {}
            sign if depth == 0 && !sign.is_control() => plain.push(sign),
            _ => {}
        }
    }
    let unnumbered = plain.trim_start_matches(|sign: char| sign.is_ascii_digit());
    if unnumbered.is_empty() {
        plain
    } else {
        unnumbered.to_owned()
    }
}

/// How surely a head is a field's: the lower the better.
type Rank = usize;
/// The rank from which on only the end of a head is known.
const UNSURE: Rank = 1_000;
/// The rank from which on nobody knows what stands before that end.
const UNSURE_BEFORE: Rank = 2_000;

/// What of a field bears on how its head is known.
struct Headed {
    key: &'static str,
    is_flag: bool,
    /// Several columns may hold it.
    is_many: bool,
}

/// The heads of a register's fields, folded once.
pub(super) struct Known {
    fields: Vec<Headed>,
    exact: BTreeMap<String, (usize, Rank)>,
}

impl Known {
    pub(super) fn of<R: Described>() -> Self {
        let mut exact = BTreeMap::new();
        for (at, field) in R::FIELDS.iter().enumerate() {
            let words = field.heads.iter().copied().chain([field.key]);
            for (rank, word) in words.enumerate() {
                exact.entry(folded_head(word)).or_insert((at, rank));
            }
        }
        let headed = |field: &crate::model::Field<R>| Headed {
            key: field.key,
            is_flag: matches!(field.kind, Kind::Flag(_)),
            is_many: matches!(field.kind, Kind::Dates(_) | Kind::Inspections(_)),
        };
        let fields = R::FIELDS.iter().map(headed).collect();
        Self { fields, exact }
    }

    /// Which field a [`folded_head`] is the head of, word for word.
    pub(super) fn key_of(&self, folded: &str) -> Option<&'static str> {
        let found = self.exact.get(folded)?;
        Some(self.fields[found.0].key)
    }

    /// The field of a head, by its place in the table, and how surely.
    fn field(&self, head: &str) -> Option<(usize, Rank)> {
        let unit = unit_of(head);
        let head = folded_head(head);
        let is_worked_out = head.starts_with(WORKED_OUT);
        if head.is_empty() || is_worked_out || head.chars().count() > HEAD_CHARS_MAX {
            return None;
        }
        let exact = self.exact.get(&head).copied();
        let found = exact.or_else(|| self.by_end(&head))?;
        let key = self.fields[found.0].key;
        if is_other_unit(key, &unit) {
            return None;
        }
        let is_registered = key == "address" && unit.starts_with("注册");
        if !is_registered && !is_of_others(&unit) {
            return Some(found);
        }
        // A name or place in brackets is better than none, where no plainer one stands.
        let is_free = KNOWN_BY_END.contains(&key);
        is_free.then_some((found.0, UNSURE_BEFORE + found.1))
    }

    /// The longest end that is a head by itself. Heads of letters have none: townName is no name.
    fn by_end(&self, head: &str) -> Option<(usize, Rank)> {
        let starts = head.char_indices().map(|(at, _)| at).skip(1);
        let mut ends = starts
            .map(|at| head.split_at(at))
            .filter(|(_, end)| !end.is_ascii() && end.chars().count() >= SUFFIX_CHARS_MIN);
        let (before, found) =
            ends.find_map(|(before, end)| Some((before, *self.exact.get(end)?)))?;
        let field = &self.fields[found.0];
        let mut before = before.to_owned();
        if field.is_flag
            && let Some(rest) = WHETHER.iter().find_map(|word| before.strip_prefix(word))
        {
            before = without_words(rest, &BEHIND_WHETHER);
        }
        if field.is_many {
            before = without_words(&before, &WHICH_TIME);
        }
        let left = match field.key {
            "name" => without_but(&before, &NOT_BEFORE_NAME),
            key if NUMBERS.contains(&key) => without_but(&before, &NOT_BEFORE_NUMBER),
            _ => without_words(&before, &BEFORE),
        };
        if left.is_empty() {
            return Some((found.0, UNSURE + found.1));
        }
        let mut others = OF_OTHERS.iter().chain(&OF_OTHERS_BEFORE);
        let is_free = KNOWN_BY_END.contains(&field.key)
            && !WHETHER.iter().any(|word| left.starts_with(word))
            && !others.any(|word| tells_of(&left, word));
        is_free.then_some((found.0, UNSURE_BEFORE + found.1))
    }

    fn is_sure(&self, head: &str) -> bool {
        self.field(head).is_some_and(|found| found.1 < UNSURE)
    }
}

/// A text without the words of [`BEFORE`] but these.
fn without_but(text: &str, others: &[&str]) -> String {
    let words = BEFORE.iter().filter(|word| !others.contains(word));
    without_words(text, &words.copied().collect::<Vec<_>>())
}

/// Whether words tell of somebody or something else.
fn is_of_others(words: &str) -> bool {
    let mut all = OF_OTHERS.iter().chain(&OTHER_MATTERS);
    !words.is_empty() && all.any(|word| tells_of(words, word))
}

/// A text without these words, as far as it begins with them one after the other.
fn without_words(text: &str, words: &[&str]) -> String {
    let mut left = text;
    while let Some(rest) = words.iter().find_map(|word| left.strip_prefix(word)) {
        left = rest;
    }
    left.to_owned()
}

/// What stands in brackets in a head: a unit, or a remark.
fn unit_of(head: &str) -> String {
    let plain = folded(head);
    let inside = plain.split_once('(').map_or("", |parts| parts.1);
    inside.split(')').next().unwrap_or_default().to_owned()
}

fn is_other_unit(key: &str, unit: &str) -> bool {
    let units = OTHER_UNITS.iter().find(|(field, _)| *field == key);
    !unit.is_empty() && units.is_some_and(|(_, units)| units.iter().any(|it| unit.starts_with(it)))
}

/// Whether a word stands in a text; one of a single sign at its beginning alone, since names
/// of places hold such signs.
fn tells_of(text: &str, word: &str) -> bool {
    if word.chars().count() == 1 {
        text.starts_with(word)
    } else {
        text.contains(word)
    }
}

/// Whether a group of columns tells of somebody else: 维保单位 over 名称 and 电话.
fn is_group_of_others(group: &str) -> bool {
    is_of_others(&folded_head(group))
}

/// Whether a head is 身份证号 by any name.
fn is_identity(head: &str) -> bool {
    let head = folded_head(head);
    // 执法证件号码 is the number of a certificate.
    let of_certificate = ["执法", "资格", "资质", "注册", "执业", "从业"];
    if of_certificate.iter().any(|word| head.contains(word)) {
        return head.contains("身份");
    }
    let words = [
        "身份证",
        "公民身份",
        "身份号码",
        "sfzh",
        "idcard",
        "identitynumber",
        "证件号码",
    ];
    words.iter().any(|word| head.contains(word))
}

fn is_numbering(head: &str) -> bool {
    matches!(
        folded_head(head).as_str(),
        "序号" | "序" | "顺序号" | "项次" | "行号" | "no" | "xh"
    )
}

fn is_other(head: &str) -> bool {
    OTHERS.contains(&folded_head(head).as_str()) || is_identity(head)
}

fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

/// How well a row is known as heads: fields count twice, other heads once.
fn row_score(known: &Known, row: &GridRow) -> usize {
    let texts = || row.cells.iter().filter_map(|(_, cell)| text(cell));
    let fields: BTreeSet<usize> = texts()
        .filter_map(|head| known.field(head))
        .map(|found| found.0)
        .collect();
    let sure = texts().filter(|head| known.is_sure(head)).count();
    if sure == 0 {
        return 0;
    }
    let others = texts().filter(|head| is_other(head)).count();
    // A list of records names them.
    let name = known.fields.iter().position(|field| field.key == "name");
    let named = usize::from(name.is_some_and(|name| fields.contains(&name)));
    2 * (fields.len() + named) + sure + others
}

/// Finds the heads of a list; none where a sheet has none.
pub(super) fn find(known: &Known, sheet: &Sheet) -> Option<Heads> {
    let rows = &sheet.grid.rows;
    let searched = rows.iter().take(ROWS_SEARCHED).enumerate();
    let scored = searched.map(|(at, row)| (row_score(known, row), at));
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let (score, at) = best.filter(|best| is_enough(&rows[best.1], best.0))?;
    let block = block(known, &sheet.grid, at);
    Some(of_rows(known, &sheet.grid, block, score))
}

/// One head alone makes a list only where it is the name's and nothing stands beside it.
fn is_enough(row: &GridRow, score: usize) -> bool {
    score >= 5 || (score > 0 && row.cells.len() <= 2)
}

/// First and last row of the heads around the row that is known best.
fn block(known: &Known, grid: &Grid, at: usize) -> (u32, u32) {
    let number = grid.rows[at].number;
    let (mut first, mut last) = (number, number);
    let width = grid.rows[at].cells.len() as u16;
    loop {
        let before = (first, last);
        for merge in &grid.merges {
            let is_high =
                merge.rows.0 < merge.rows.1 && merge.rows.1 - merge.rows.0 < HEAD_ROWS_MAX;
            let meets = merge.rows.0 <= last && merge.rows.1 >= first;
            if is_high && meets && merge.columns.1 - merge.columns.0 < width.max(2) - 1 {
                first = first.min(merge.rows.0);
                last = last.max(merge.rows.1);
            }
        }
        first = row_at(grid, first).map_or(first, |at| above(known, grid, at));
        last = row_at(grid, last).map_or(last, |at| below(known, grid, at));
        if (first, last) == before || last - first >= HEAD_ROWS_MAX {
            return (first, last);
        }
    }
}

fn row_at(grid: &Grid, number: u32) -> Option<usize> {
    grid.rows
        .binary_search_by_key(&number, |row| row.number)
        .ok()
}

/// The first row of the heads, where the row above holds groups of them.
fn above(known: &Known, grid: &Grid, at: usize) -> u32 {
    let row = &grid.rows[at];
    let Some(over) = at.checked_sub(1).map(|at| &grid.rows[at]) else {
        return row.number;
    };
    if over.number + 1 != row.number || over.cells.len() < 2 || !over.cells.iter().all(is_short) {
        return row.number;
    }
    let is_group = |merge: &&Merge| {
        merge.rows == (over.number, over.number) && merge.columns.0 < merge.columns.1
    };
    let has_groups = grid.merges.iter().any(|merge| is_group(&merge));
    let fills_gap = over.cells.iter().any(|(column, cell)| {
        row.cell(*column).is_none()
            && text(cell).is_some_and(|head| is_other(head) || known.field(head).is_some())
    });
    if has_groups || fills_gap {
        over.number
    } else {
        row.number
    }
}

/// The last row of the heads, where the row below holds their parts.
fn below(known: &Known, grid: &Grid, at: usize) -> u32 {
    let row = &grid.rows[at];
    let Some(under) = grid.rows.get(at + 1) else {
        return row.number;
    };
    let is_head = |(_, cell): &(u16, Cell)| {
        text(cell).is_some_and(|head| known.is_sure(head) || is_part(head))
    };
    // A row of data may hold one such word, but not the heads of columns without any.
    let fills_gap = under
        .cells
        .iter()
        .any(|it| row.cell(it.0).is_none() && is_head(it));
    let are_heads = under.cells.iter().all(is_short)
        && under.cells.iter().filter(|it| is_head(it)).count() >= 2;
    let is_again = under
        .cells
        .iter()
        .filter(|it| row.cell(it.0) == Some(&it.1))
        .count()
        > 1;
    if under.number == row.number + 1 && fills_gap && are_heads && !is_again {
        under.number
    } else {
        row.number
    }
}

fn is_part(head: &str) -> bool {
    PARTS_OF_GROUP.contains(&folded_head(head).as_str())
}

fn is_short((_, cell): &(u16, Cell)) -> bool {
    text(cell).is_some_and(|text| {
        text.chars().count() <= HEAD_CHARS_MAX
            && text.chars().filter(char::is_ascii_digit).count() < 6
    })
}

/// The heads in these rows, and the fields that they mean.
pub(super) fn of_rows(known: &Known, grid: &Grid, rows: (u32, u32), score: usize) -> Heads {
    let levels = levels(grid, rows);
    let mut found: Vec<(Column, Option<(usize, Rank)>)> = Vec::new();
    for column in used_columns(grid, rows.0) {
        let levels = levels.get(&column).map(Vec::as_slice).unwrap_or_default();
        let head = levels.join("／");
        let field = if is_identity(&head) {
            None
        } else {
            field_of_levels(known, levels)
        };
        let left_out = if grid.hidden_columns.contains(&column) {
            Some(LeftOut::Hidden)
        } else if is_identity(&head) {
            Some(LeftOut::Identity)
        } else if head.starts_with(WORKED_OUT) {
            Some(LeftOut::WorkedOut)
        } else if field.is_none() && levels.last().is_some_and(|last| is_numbering(last)) {
            Some(LeftOut::Numbering)
        } else {
            field.is_none().then_some(LeftOut::Unknown)
        };
        let field = field.filter(|_| left_out.is_none());
        found.push((
            Column {
                column,
                head,
                field: None,
                left_out,
            },
            field,
        ));
    }
    settle(known, &mut found);
    let columns = found.into_iter().map(|found| found.0).collect();
    Heads {
        rows,
        columns,
        score,
    }
}

/// Columns from one to the next under one head, with one between them for 至.
const UNDER_ONE_HEAD: u16 = 2;

/// Of several columns for a field the one that is most surely its stays. Under one head stand
/// the first and the last day, of which the last is asked for, or two names; under heads of
/// their own the days of several visits.
fn settle(known: &Known, found: &mut [(Column, Option<(usize, Rank)>)]) {
    let mut best: BTreeMap<usize, (Rank, usize)> = BTreeMap::new();
    for (place, (_, field)) in found.iter().enumerate() {
        if let Some((at, rank)) = *field {
            let known = best.entry(at).or_insert((rank, place));
            *known = (*known).min((rank, place));
        }
    }
    let heads: Vec<(u16, String)> = found
        .iter()
        .map(|(column, _)| (column.column, column.head.clone()))
        .collect();
    let mut taken: BTreeMap<usize, usize> = best.iter().map(|(at, best)| (*at, best.1)).collect();
    for place in 0..found.len() {
        let Some((at, rank)) = found[place].1 else {
            continue;
        };
        let (field, first, last) = (&known.fields[at], best[&at].1, taken[&at]);
        let is_same_head = heads[place].1 == heads[first].1;
        let is_beside =
            place > last && is_same_head && heads[place].0 - heads[last].0 <= UNDER_ONE_HEAD;
        let is_last_day = is_beside && field.key.ends_with("_until");
        let is_more = is_beside && (field.is_many || field.key == "officers")
            || field.is_many && !is_same_head && rank < UNSURE_BEFORE;
        if is_last_day {
            let before = &mut found[last].0;
            (before.field, before.left_out) = (None, Some(LeftOut::Twice));
        }
        if is_last_day || is_beside {
            taken.insert(at, place);
        }
        let column = &mut found[place].0;
        if place == first || is_last_day || is_more {
            column.field = Some(field.key);
        } else {
            column.left_out = Some(LeftOut::Twice);
        }
    }
}

fn field_of_levels(known: &Known, levels: &[String]) -> Option<(usize, Rank)> {
    let (last, groups) = levels.split_last()?;
    if groups.iter().any(|group| is_group_of_others(group)) {
        return known
            .field(&levels.concat())
            .filter(|found| found.1 < UNSURE);
    }
    let joined = known.field(&levels.concat());
    if let Some(sure) = joined.filter(|found| found.1 < UNSURE) {
        return Some(sure);
    }
    let group = groups.last().filter(|_| is_part(last));
    let of_group = group.and_then(|group| known.field(group));
    of_group.or_else(|| known.field(last)).or(joined)
}

/// The heads over each column, upper ones first, with merged areas filled.
fn levels(grid: &Grid, rows: (u32, u32)) -> BTreeMap<u16, Vec<String>> {
    let mut levels: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    let last_column = used_columns(grid, rows.0)
        .into_iter()
        .next_back()
        .unwrap_or_default();
    for number in rows.0..=rows.1 {
        let mut filled: BTreeMap<u16, String> = BTreeMap::new();
        if let Some(at) = row_at(grid, number) {
            let texts = grid.rows[at]
                .cells
                .iter()
                .filter_map(|(column, cell)| Some((*column, one_line(text(cell)?))));
            filled.extend(texts);
        }
        if number < rows.1 && grid.merges.is_empty() {
            spread(grid, rows, number, &mut filled, last_column);
        }
        for merge in grid
            .merges
            .iter()
            .filter(|it| (it.rows.0..=it.rows.1).contains(&number))
        {
            let origin =
                row_at(grid, merge.rows.0).and_then(|at| grid.rows[at].cell(merge.columns.0));
            let Some(head) = origin.and_then(text) else {
                continue;
            };
            for column in merge.columns.0..=merge.columns.1.min(last_column) {
                filled.entry(column).or_insert_with(|| one_line(head));
            }
        }
        for (column, head) in filled {
            let levels = levels.entry(column).or_default();
            if levels.last() != Some(&head) {
                levels.push(head);
            }
        }
    }
    levels
}

/// Without merged areas a group's head stands over its first column alone.
fn spread(
    grid: &Grid,
    rows: (u32, u32),
    number: u32,
    filled: &mut BTreeMap<u16, String>,
    last_column: u16,
) {
    let has_below = |column: u16| {
        (number + 1..=rows.1)
            .any(|below| row_at(grid, below).is_some_and(|at| grid.rows[at].cell(column).is_some()))
    };
    let mut group = None;
    for column in 0..=last_column {
        match filled.get(&column) {
            Some(head) if has_below(column) => group = Some(head.clone()),
            Some(_) => group = None,
            None if has_below(column) => {
                if let Some(head) = &group {
                    filled.insert(column, head.clone());
                }
            }
            None => group = None,
        }
    }
}

/// A head without its line breaks.
fn one_line(head: &str) -> String {
    head.split_whitespace().collect::<Vec<_>>().join("")
}

/// The columns that hold anything from a row on.
fn used_columns(grid: &Grid, from: u32) -> BTreeSet<u16> {
    // A set would be asked for each of millions of cells.
    let mut are_used = vec![false; COLUMN_END as usize];
    for row in grid.rows.iter().filter(|row| row.number >= from) {
        row.cells
            .iter()
            .for_each(|cell| are_used[usize::from(cell.0)] = true);
    }
    let used = (0..).zip(are_used).filter(|(_, is_used)| *is_used);
    used.map(|(column, _)| column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Agency, Officer, ResultLine, Unit};

    fn key<R: Described>(head: &str) -> Option<&'static str> {
        let known = Known::of::<R>();
        known.field(head).map(|found| known.fields[found.0].key)
    }

    #[test]
    fn heads_with_stars_units_and_breaks() {
        for (head, field) in [
            ("*单位名称", "name"),
            ("单 位 名 称（全称）", "name"),
            ("建筑面积(㎡)", "floor_area_m2"),
            ("统一社会信用\n代码", "code"),
            ("UNIT_NAME", "name"),
            ("tyshxydm", "code"),
            ("受检单位名称", "name"),
            ("是否重点单位【必填】", "is_key"),
            ("本单位是否重点单位", "is_key"),
            ("被检查单位名称", "name"),
            ("生产经营地址", "address"),
            ("法定代表人联系电话", "phone"),
            ("第二次检查日期", "inspections"),
            ("监督检查日期", "inspections"),
        ] {
            assert_eq!(key::<Unit>(head), Some(field), "{head}");
        }
        for head in [
            "上级单位名称",
            "计划检查日期",
            "下次检查时间",
            "派出所检查日期",
            "非重点单位",
            "是否治安重点单位",
            "是否非人员密集场所",
            "原重点单位",
            "纳税信用等级",
            "食品安全风险等级",
            "轻微违法日期",
            "包保责任人",
            "房东联系方式",
            "市场管理方联系电话",
            "townName",
            "建筑面积（万㎡）",
            "建筑面积(亩)",
        ] {
            assert_eq!(key::<Unit>(head), None, "{head}");
        }
        assert_eq!(key::<Officer>("姓 名"), Some("name"));
        for head in ["配偶工作单位", "紧急联系电话", "驾驶证有效期"] {
            assert_eq!(key::<Officer>(head), None, "{head}");
        }
        for head in ["营业执照有效期", "质量负责人", "安全负责人"] {
            assert_eq!(key::<Agency>(head), None, "{head}");
        }
        for head in [
            "计划检查日期",
            "上次检查日期",
            "整改完成日期",
            "归档完成日期",
            "发起单位名称",
            "上次检查结果",
            "复查处理结果",
            "是否存在问题",
            "发现问题（处）",
        ] {
            assert_eq!(key::<ResultLine>(head), None, "{head}");
        }
        assert_eq!(key::<ResultLine>("本次检查时间"), Some("date"));
        assert!(is_identity("法人身份证号码") && is_identity("证件号码"));
        assert!(!is_identity("执法证号") && !is_identity("执法证件号码"));
    }
}
