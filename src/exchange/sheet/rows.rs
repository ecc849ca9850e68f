//! Rows under the heads that are no records: examples, instructions, notes, totals.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Cell, Grid, GridRow};
use super::heads::{Heads, LeftOut};
use super::known::{Known, folded_head};
use super::plain::{self, shown};
use super::problem::SkipWhy;
use super::row_words::{
    NOTES, are_apart, is_count, is_instruction, is_person_name, is_placeholder, is_section,
    total_word,
};
use crate::exchange::result_line::NAME_MARKS;
use crate::exchange::words;
use crate::model::field::RegisterKind;
use crate::workbook::names::folded;

/// Rows under the heads among which examples and instructions stand.
const EXAMPLES_WITHIN: usize = 5;

/// Signs of one cell alone, from which on it is a note.
const NOTE_CHARS: usize = 20;

/// Digits from which on they are no count but a code.
const COUNT_CHARS: usize = 9;

/// Rows with one value alone behind all others that may be signatures; more are records.
const SIGNATURES_MAX: usize = 8;

/// Columns from which on a row with one value alone is looked at: it may be a heading.
const WIDE: usize = 3;

/// Rows as they are told apart.
pub(super) struct RowJudge<'a> {
    known: &'a Known,
    register: RegisterKind,
    /// Rows with one cell over most of the width.
    headings: BTreeSet<u32>,
    /// The last row with more than one value, where there is any; what stands alone behind it
    /// may be no record.
    last_row: Option<u32>,
    /// Whether few enough stand behind it to be signatures.
    has_signatures: bool,
    /// The fields of the columns.
    fields: BTreeMap<u16, &'static str>,
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
    /// Perhaps a heading, a signature, or several people; what is taken where nobody answers.
    Doubtful { word: String, is_record: bool },
    /// The heads of another table, below this one.
    OtherHeads,
}

impl<'a> RowJudge<'a> {
    /// `key`: the field that tells the register's records apart.
    pub(super) fn new(
        known: &'a Known,
        register: RegisterKind,
        heads: &Heads,
        key: &str,
        grid: &Grid,
    ) -> Self {
        let width = heads.columns.len().max(1);
        let is_heading = |merge: &&super::grid::Merge| {
            merge.rows.0 == merge.rows.1
                && usize::from(merge.columns.1 - merge.columns.0) + 1 >= (width / 2).max(WIDE)
        };
        let headings = grid.merges.iter().filter(is_heading);
        let below = || {
            grid.rows
                .iter()
                .rev()
                .take_while(|row| row.number > heads.rows.1)
        };
        let last_row = below().find(|row| row.cells.len() > 1);
        let alone = below().take_while(|row| row.cells.len() == 1).count();
        let numbering = heads
            .columns
            .iter()
            .filter(|it| it.left_out == Some(LeftOut::Numbering));
        let head = |head: &str| folded_head(head.rsplit('／').next().unwrap_or_default());
        let fields = heads.columns.iter();
        let fields = fields.filter_map(|it| Some((it.column, it.field?)));
        Self {
            known,
            register,
            fields: fields.collect(),
            headings: headings.map(|merge| merge.rows.0).collect(),
            last_row: last_row.map(|row| row.number),
            has_signatures: alone <= SIGNATURES_MAX,
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
        if let Some(kind) = self.heads_again(row) {
            return kind;
        }
        if at < EXAMPLES_WITHIN && is_column_numbers(row) {
            return RowKind::Skip(SkipWhy::Instruction);
        }
        if let Some(why) = self.example(row, at) {
            return RowKind::Skip(why);
        }
        let name = self.value(row, self.name);
        if self.is_note(row, &name) {
            return RowKind::Skip(SkipWhy::Note);
        }
        let total = self.total(row, &name);
        let alone = || self.alone(row, &name);
        let doubtful = || self.no_person(row, &name);
        let kind = total.or_else(alone).or_else(doubtful);
        kind.unwrap_or(RowKind::Record)
    }

    /// One value alone in a list of several columns: a heading, a signature, a name without more.
    fn alone(&self, row: &GridRow, name: &str) -> Option<RowKind> {
        let others = row
            .cells
            .iter()
            .filter(|it| !self.numbering.contains(&it.0));
        if self.heads.len() < WIDE || others.count() != 1 || name.is_empty() {
            return None;
        }
        let is_day = matches!(plain::written(name, false), plain::Day::Known { .. });
        if self.headings.contains(&row.number) || is_section(name) || is_day || is_count(name) {
            return Some(RowKind::Skip(SkipWhy::Note));
        }
        let is_person = self.is_of_persons();
        // In a list of names alone each is one.
        let last_row = self.last_row?;
        let is_subject = || words::subject(name).is_ok();
        let is_asked = match self.register {
            RegisterKind::Items => is_subject(),
            _ => is_person || (row.number > last_row && self.has_signatures),
        };
        let bodies = ["大队", "支队", "中队", "总队", "政府", "办公室", "局"];
        is_asked.then(|| RowKind::Doubtful {
            word: name.to_owned(),
            is_record: match self.register {
                RegisterKind::Items => false,
                _ if is_person => is_person_name(name),
                _ => !bodies.iter().any(|body| name.ends_with(body)),
            },
        })
    }

    const fn is_of_persons(&self) -> bool {
        matches!(
            self.register,
            RegisterKind::Officers | RegisterKind::Engineers
        )
    }

    /// A name that is no person's, or more than one.
    fn no_person(&self, row: &GridRow, name: &str) -> Option<RowKind> {
        if !self.is_of_persons() || name.is_empty() || is_person_name(name) {
            return None;
        }
        let whole = name.split(['(', '（']).next().unwrap_or_default();
        // With a certificate of its own it is one, if rarely so long: 布仁巴雅尔.
        let has_number = !self.value(row, self.code).is_empty();
        let is_several = name.contains(NAME_MARKS) || name.contains(char::is_numeric);
        let is_name = has_number && !is_several && !are_apart(name) && !is_placeholder(name);
        Some(RowKind::Doubtful {
            word: name.to_owned(),
            is_record: is_person_name(whole) || is_name,
        })
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

    /// Whether a cell is its column's head again, or the head of another field; none where it is
    /// no head. By another word for the same field it is the column's.
    fn is_own_head(&self, (column, cell): &(u16, Cell)) -> Option<bool> {
        let text = folded_head(&shown(cell));
        let head = self.heads.iter().find(|head| head.0 == *column);
        let is_same = head.is_some_and(|head| !head.1.is_empty() && text == head.1);
        let key = self.known.key_of(&text);
        let is_own = is_same || (key.is_some() && self.fields.get(column).copied() == key);
        (is_own || key.is_some()).then_some(is_own)
    }

    /// The heads again, as on a further page; or those of another table, below this one.
    fn heads_again(&self, row: &GridRow) -> Option<RowKind> {
        // Most rows are told apart by one cell.
        let mut named = row.cells.iter().filter(|it| Some(it.0) == self.name);
        if let Some(cell) = named.next() {
            self.is_own_head(cell)?;
        }
        let heads: Vec<bool> = row
            .cells
            .iter()
            .filter_map(|it| self.is_own_head(it))
            .collect();
        let own = heads.iter().filter(|is_own| **is_own).count();
        if heads.len() >= 2 && own < heads.len() {
            return Some(RowKind::OtherHeads);
        }
        let is_again = own >= 2 && own * 2 >= row.cells.len();
        is_again.then_some(RowKind::Skip(SkipWhy::Heads))
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
            let text = folded(text);
            let is_mark = |mark: &&str| {
                let rest = text.strip_prefix(*mark);
                rest.is_some_and(|rest| {
                    rest.is_empty() || rest.starts_with([':', '1', '2', '3', '行', '('])
                })
            };
            ["范例", "示例", "样例"].iter().any(is_mark)
        };
        // «例如…» in the middle of a record explains its contents.
        let stands_for = |text: &str| {
            let starts = ["例如", "例:", "举例"];
            starts.iter().any(|start| folded(text).starts_with(start))
        };
        let first = row.cells.first().map(|cell| cell.0);
        let is_before = |column| Some(column) == first || Some(column) == self.name;
        if texts().any(|(column, text)| begins(&text) || (is_before(column) && stands_for(&text))) {
            return Some(SkipWhy::Example);
        }
        let name = self.value(row, self.name);
        if ["××", "xx", "某某", "***"]
            .iter()
            .any(|mark| folded(&name).starts_with(mark))
        {
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
            let text = folded(text);
            NOTES.iter().any(|start| text.starts_with(start))
        };
        // What says nothing of the register is no record of results, which names may lack.
        if self.register == RegisterKind::Results
            && !row
                .cells
                .iter()
                .any(|cell| self.fields.contains_key(&cell.0))
        {
            return true;
        }
        let shown_first = row
            .cells
            .first()
            .map(|cell| shown(&cell.1))
            .unwrap_or_default();
        // 制表人：王五 beside 审核：李四.
        let is_signed = || folded(&shown_first).contains(':');
        if begins(&shown_first) && (name.is_empty() || row.cells.len() == 1 || is_signed()) {
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
        // Beside a total in another column that of names holds a count, or nothing.
        let is_aside = is_count(name);
        let mut others = row.cells.iter().filter(|cell| {
            let is_first = row.cells.first() == Some(*cell);
            is_first || (is_aside && !name.is_empty())
        });
        let beside = || others.find_map(|(_, cell)| total_word(&shown(cell)));
        let word = total_word(name).or_else(|| is_aside.then(beside).flatten())?;
        // A total may stand in the column of codes.
        let code = self.value(row, self.code);
        if code.len() >= COUNT_CHARS || !is_count(&code) {
            return None;
        }
        let address = self.value(row, self.address);
        let is_record = !is_aside && !is_count(&address);
        Some(RowKind::Total { word, is_record })
    }
}

/// The numbers of the columns, or their letters, in a row below the heads.
fn is_column_numbers(row: &GridRow) -> bool {
    let sign = |(_, cell): &(u16, Cell)| {
        let text = folded(&shown(cell));
        text.trim_matches(['(', ')', '第', '列', '栏']).to_owned()
    };
    let signs: Vec<String> = row.cells.iter().map(sign).collect();
    let are_numbers = |from: usize| {
        let mut signs = signs.iter().zip(from..);
        signs.all(|(sign, number)| *sign == number.to_string())
    };
    // 甲 乙 丙 for what is told, and 1 2 3 for what is counted behind them.
    let are_of = |all: &str| {
        let pairs = signs.iter().zip(all.chars());
        let letters = pairs.take_while(|(sign, one)| **sign == one.to_string());
        let letters = letters.count();
        let mut numbers = signs[letters..].iter().zip(1..);
        letters > 1 && numbers.all(|(sign, number)| *sign == number.to_string())
    };
    let is_text = |(_, cell): &(u16, Cell)| matches!(cell, Cell::Text(_) | Cell::Number(_));
    signs.len() >= WIDE
        && row.cells.iter().all(is_text)
        && (are_numbers(1)
            || are_numbers(0)
            || are_of("甲乙丙丁戊己庚辛壬癸")
            || are_of("abcdefghijklmnopqrstuvwxyz")
            || are_of("一二三四五六七八九十"))
}
