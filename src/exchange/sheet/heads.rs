//! Where the heads of a list stand, and which columns hold which field.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::book::Sheet;
use super::grid::{COLUMN_END, Cell, Grid, GridRow, Merge};
use super::known::{
    HEAD_CHARS_MAX, Known, Rank, UNSURE, UNSURE_BEFORE, WORKED_OUT, is_group_of_others,
    is_identity, is_numbering, is_other, is_part,
};

/// Used rows among which the heads are looked for.
const ROWS_SEARCHED: usize = 60;

/// Rows that heads take at most.
const HEAD_ROWS_MAX: u32 = 8;

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
        if is_beside {
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
    let found = of_group.or_else(|| known.field(last)).or(joined)?;
    // A licence names its holder, but ends with no certificate.
    let is_of_licence = groups.iter().any(|group| group.contains("营业执照"));
    let is_end = known.fields[found.0].key.ends_with("_until");
    (!is_of_licence || !is_end).then_some(found)
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
