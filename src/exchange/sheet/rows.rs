//! Rows under the heads that are no records: examples, instructions, notes, totals.

use super::grid::{Cell, GridRow};
use super::heads::{Heads, LeftOut, folded_head};
use super::plain::shown;
use super::problem::SkipWhy;
use crate::workbook::names::folded;

/// Rows under the heads among which examples and instructions stand.
const EXAMPLES_WITHIN: usize = 5;
/// Signs of one cell alone, from which on it is a note.
const NOTE_CHARS: usize = 20;
/// Digits from which on they are no count but a code.
const COUNT_CHARS: usize = 9;

/// Rows as they are told apart.
pub(super) struct RowJudge {
    name: Option<u16>,
    code: Option<u16>,
    address: Option<u16>,
    numbering: Vec<u16>,
    /// The lowest head of each column, folded.
    heads: Vec<(u16, String)>,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowKind {
    /// A record.
    Record,
    /// None.
    Skip(SkipWhy),
    /// Perhaps a total; what is taken where nobody answers.
    Total { word: String, is_record: bool },
}

impl RowJudge {
    /// `key`: the field that tells the register's records apart.
    pub(super) fn new(heads: &Heads, key: &str) -> Self {
        let numbering = heads
            .columns
            .iter()
            .filter(|it| it.left_out == Some(LeftOut::Numbering));
        let head = |head: &str| folded_head(head.rsplit('／').next().unwrap_or_default());
        Self {
            name: heads.column_of("name"),
            code: heads.column_of(key),
            address: heads.column_of("address"),
            numbering: numbering.map(|column| column.column).collect(),
            heads: heads
                .columns
                .iter()
                .map(|it| (it.column, head(&it.head)))
                .collect(),
        }
    }

    /// What a row is; `at`: its place under the heads, from 0.
    pub(super) fn judge(&self, row: &GridRow, at: usize) -> RowKind {
        if row
            .cells
            .iter()
            .all(|cell| self.numbering.contains(&cell.0))
        {
            return match row
                .cells
                .iter()
                .find_map(|(_, cell)| total_word(&shown(cell)))
            {
                Some(word) => RowKind::Total {
                    word,
                    is_record: false,
                },
                None => RowKind::Skip(self.only_number(row)),
            };
        }
        if self.is_heads(row) {
            return RowKind::Skip(SkipWhy::Heads);
        }
        if let Some(why) = self.example(row, at) {
            return RowKind::Skip(why);
        }
        let name = self.value(row, self.name);
        if self.is_note(row, &name) {
            return RowKind::Skip(SkipWhy::Note);
        }
        self.total(row, &name).unwrap_or(RowKind::Record)
    }

    /// A word in the column of numbers is a note; a number there says nothing.
    fn only_number(&self, row: &GridRow) -> SkipWhy {
        let is_text = |cell: &Cell| shown(cell).chars().any(char::is_alphabetic);
        if row.cells.iter().any(|(_, cell)| is_text(cell)) {
            SkipWhy::Note
        } else {
            SkipWhy::OnlyNumber
        }
    }

    fn value(&self, row: &GridRow, column: Option<u16>) -> String {
        column
            .and_then(|column| row.cell(column))
            .map(shown)
            .unwrap_or_default()
    }

    fn is_heads(&self, row: &GridRow) -> bool {
        // Most rows are told apart by one cell.
        if let Some(cell) = self.name.and_then(|name| row.cell(name)) {
            let head = self.heads.iter().find(|head| Some(head.0) == self.name);
            if head.is_none_or(|head| folded_head(&shown(cell)) != head.1) {
                return false;
            }
        }
        let is_head = |(column, cell): &&(u16, Cell)| {
            let head = self.heads.iter().find(|head| head.0 == *column);
            head.is_some_and(|head| !head.1.is_empty() && folded_head(&shown(cell)) == head.1)
        };
        let same = row.cells.iter().filter(is_head).count();
        same >= 2 && same * 2 >= row.cells.len()
    }

    fn example(&self, row: &GridRow, at: usize) -> Option<SkipWhy> {
        let texts = || {
            row.cells.iter().filter_map(|(column, cell)| match cell {
                Cell::Text(_) => Some((*column, shown(cell))),
                _ => None,
            })
        };
        let is_marked = |text: &str| {
            if !text.contains('例') {
                return false;
            }
            let text = folded(text);
            let marks = ["范例", "示例", "样例", "填写示例", "填表示例"];
            marks.iter().any(|mark| {
                text == *mark
                    || text.contains(&format!("({mark})"))
                    || text.contains(&format!("【{mark}】"))
            }) || text == "例"
        };
        if texts().any(|(_, text)| is_marked(&text)) {
            return Some(SkipWhy::Example);
        }
        if at >= EXAMPLES_WITHIN {
            return None;
        }
        let begins = |text: &str| {
            ["范例", "示例", "样例", "例如", "例:", "举例"]
                .iter()
                .any(|start| folded(text).starts_with(start))
        };
        if texts().any(|(_, text)| begins(&text)) {
            return Some(SkipWhy::Example);
        }
        let instructs = texts().filter(|(_, text)| is_instruction(text));
        let columns: Vec<u16> = instructs.map(|(column, _)| column).collect();
        let of_name = self.name.is_some_and(|name| columns.contains(&name));
        let is_most = columns.len() * 2 >= row.cells.len();
        (of_name || (columns.len() >= 2 && is_most)).then_some(SkipWhy::Instruction)
    }

    /// A remark under or within the list: one cell alone that is no name, or that begins
    /// like a remark.
    fn is_note(&self, row: &GridRow, name: &str) -> bool {
        let mut others = row
            .cells
            .iter()
            .filter(|cell| !self.numbering.contains(&cell.0));
        let (first, second) = (others.next(), others.next());
        let begins = |text: &str| {
            [
                "注:",
                "注1",
                "备注:",
                "说明:",
                "填表人",
                "填表单位",
                "填表日期",
                "制表人",
                "制表单位",
                "制表日期",
                "审核人",
                "审核:",
                "审批人",
                "填报人",
                "填报单位",
                "填报日期",
                "填报时间",
                "报送单位",
                "报送人",
                "以上数据",
                "以下空白",
                "单位负责人:",
                "联系人:",
            ]
            .iter()
            .any(|start| folded(text).starts_with(start))
        };
        let shown_first = row
            .cells
            .first()
            .map(|cell| shown(&cell.1))
            .unwrap_or_default();
        if begins(&shown_first) && (name.is_empty() || row.cells.len() == 1) {
            return true;
        }
        match (first, second) {
            (Some((column, cell)), None) => {
                let text = shown(cell);
                let is_name = Some(*column) == self.name;
                let is_text = text.chars().any(char::is_alphabetic);
                total_word(&text).is_none()
                    && (begins(&text)
                        || (!is_name
                            && name.is_empty()
                            && is_text
                            && text.chars().count() > NOTE_CHARS))
            }
            _ => false,
        }
    }

    fn total(&self, row: &GridRow, name: &str) -> Option<RowKind> {
        // Beside a total in the column of numbers the column of names holds a count.
        let is_aside = is_count(name);
        let (_, first) = row.cells.first()?;
        let first = total_word(&shown(first)).filter(|_| is_aside);
        let word = total_word(name).or(first)?;
        // A total may stand in the column of codes.
        let code = self.value(row, self.code);
        if code.len() >= COUNT_CHARS || !is_count(&code) {
            return None;
        }
        let is_record = !is_aside && !self.value(row, self.address).is_empty();
        Some(RowKind::Total { word, is_record })
    }
}

/// How many there are, 4 or 共 4 家; or nothing.
fn is_count(text: &str) -> bool {
    let plain = folded(text);
    let plain = plain.strip_prefix('共').unwrap_or(&plain);
    let number = plain.trim_end_matches(['家', '户', '个', '处', '人', '名', '条', '项', '件']);
    number.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name that is or begins with a word for a total.
fn total_word(text: &str) -> Option<String> {
    let plain = folded(text);
    let words = [
        "合计",
        "总计",
        "小计",
        "共计",
        "总数",
        "本页小计",
        "本页合计",
    ];
    words
        .iter()
        .any(|word| plain.starts_with(word))
        .then(|| text.to_owned())
}

/// Whether a cell says what belongs into its column.
fn is_instruction(text: &str) -> bool {
    let plain = folded(text);
    let whole = [
        "必填",
        "选填",
        "必填项",
        "选填项",
        "非必填",
        "可选",
        "文本",
        "数字",
        "日期",
        "下拉选择",
        "文本格式",
    ];
    let starts = [
        "填写说明",
        "填表说明",
        "说明:",
        "必填",
        "选填",
        "非必填",
        "请填",
        "请选择",
        "请输入",
        "填写",
        "格式",
        "如:",
        "下拉",
    ];
    whole.contains(&plain.as_str())
        || starts.iter().any(|start| plain.starts_with(start))
        || (plain.contains("9999-") && plain.chars().count() > 10)
}
