//! Cells as values of a field, or what is asked or wrong instead.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::ask::{Answer, Answers, AskKind, Asking, Question};
use super::grid::Cell;
use super::known::without_words;
use super::plain::{self, Day};
use super::problem::{NoteKind, Noted, Problem, ProblemKind};
use crate::exchange::value::meant;
use crate::exchange::{Severity, words};
use crate::model::field::{Choices, Guarded, Kind};
use crate::model::{CodeError, Field, SocialCreditCode};
use crate::workbook::Township;
use crate::workbook::names::{self, folded};

/// Signs of a found value that a problem keeps.
const FOUND_CHARS: usize = 60;
/// Words for «in use», of units and of officers.
const IN_USE: [&str; 19] = [
    "正常", "存续", "在业", "开业", "在营", "营业", "在用", "存活", "在岗", "在职", "经营", "续存",
    "active", "在册", "在编", "现役", "运营", "开放", "成立",
];
/// What may stand beside such a word without changing it.
const BESIDE_IN_USE: [&str; 22] = [
    "企业", "单位", "机构", "人员", "状态", "登记", "生产", "使用", "运行", "执业", "注册", "在位",
    "执法", "中", "是", "的", "正式", "履职", "正在", "持续", "已", "在",
];
/// Words for those who go along and are none of the two (国家综合性消防救援队伍 beside 文员).
const CLERKS: [&str; 13] = [
    "协管",
    "实习",
    "见习",
    "政府专职",
    "劳务派遣",
    "文员",
    "协勤",
    "辅助",
    "辅警",
    "专职消防员",
    "合同制",
    "驾驶员",
    "司机",
];

/// What a column holds, whatever register it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Name,
    Text,
    Lines,
    Tags,
    Flag,
    Number,
    Date,
    Dates,
    Code,
    Choice(Choices),
    Inspections,
    Status,
    /// What no list brings.
    Nothing,
}

impl Holds {
    pub(super) fn of<R>(field: &Field<R>) -> Self {
        match &field.kind {
            _ if field.guard == Some(Guarded::HasLeft) => Self::Status,
            Kind::Name(_) => Self::Name,
            Kind::Text(_) => Self::Text,
            Kind::Lines(_) => Self::Lines,
            Kind::Tags(_) => Self::Tags,
            Kind::Flag(_) => Self::Flag,
            Kind::Number(_) => Self::Number,
            Kind::Date(_) => Self::Date,
            Kind::Dates(_) => Self::Dates,
            Kind::Code(_) => Self::Code,
            Kind::Choice(choice) => Self::Choice(choice.of),
            Kind::Inspections(_) => Self::Inspections,
            Kind::Status(_) => Self::Status,
            Kind::Withholding(_) | Kind::Salt(_) | Kind::Absences(_) | Kind::Avoidances(_) => {
                Self::Nothing
            }
        }
    }
}

/// A column that is read, and what its values have in common.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) column: u16,
    pub(super) field: &'static str,
    pub(super) holds: Holds,
    /// A person's name, in which blanks only align.
    pub(super) is_person: bool,
    /// A number of many digits, which a spreadsheet may have damaged.
    pub(super) is_numeral: bool,
    /// 橙 occurs: its colours are those of another scale.
    pub(super) has_orange: bool,
    /// 有 occurs: 无 is its opposite.
    pub(super) has_have: bool,
}

impl Plan {
    /// Whether lines of a cell are several values, and not one that is broken.
    fn is_list(&self) -> bool {
        self.is_person || ["officers", "lead", "member", "method"].contains(&self.field)
    }
}

/// Reads cells, and gathers what is asked, wrong and mended.
pub(super) struct ValueReader<'a> {
    pub(super) answers: &'a Answers,
    pub(super) townships: &'a [Township],
    pub(super) is_1904: bool,
    pub(super) asking: Asking,
    pub(super) problems: Vec<Problem>,
    notes: BTreeMap<(NoteKind, Option<u16>, String), u32>,
    /// Of questions that are asked once: the first value.
    pub(super) examples: BTreeMap<Question, String>,
    /// The row under way is left out by an answer.
    pub(super) is_row_left: bool,
    /// Rows whose record is not in use any more, with the word that says so.
    pub(super) out_of_use: Vec<(u32, String)>,
}

impl<'a> ValueReader<'a> {
    pub(super) const fn new(
        answers: &'a Answers,
        townships: &'a [Township],
        is_1904: bool,
    ) -> Self {
        Self {
            answers,
            townships,
            is_1904,
            asking: Asking::new(),
            problems: Vec::new(),
            notes: BTreeMap::new(),
            examples: BTreeMap::new(),
            is_row_left: false,
            out_of_use: Vec::new(),
        }
    }

    /// The value of a cell as the file format has it; none where it gives none.
    pub(super) fn take(&mut self, plan: &Plan, row: u32, cell: &Cell) -> Option<Value> {
        if let Some(kind) = error_of(cell) {
            self.problem(plan, row, kind, cell);
            return None;
        }
        let text = self.text(plan, cell);
        if text.is_empty() {
            return None;
        }
        let has_digit = || text.chars().any(char::is_numeric);
        // 同上 beside a yes or a tier is no blank: what it means is asked.
        let is_ditto = ["同上", "〃", "″", "\""].contains(&text.as_str())
            && matches!(plan.holds, Holds::Flag | Holds::Choice(_));
        let is_blank_word = match plan.holds {
            _ if is_ditto => false,
            Holds::Name => false,
            Holds::Flag => is_no_flag(&text, plan.has_have),
            // 办理中, 无证: no number, and no reason to refuse a row.
            Holds::Code => names::is_no_name(&text) || text == "0" || !has_digit(),
            Holds::Text if plan.is_numeral => names::is_no_name(&text) || !has_digit(),
            _ => names::is_no_name(&text),
        };
        if is_blank_word {
            self.note(NoteKind::BlankWord, Some(plan.column), &text);
            return None;
        }
        let is_free = matches!(
            plan.holds,
            Holds::Name | Holds::Text | Holds::Lines | Holds::Tags
        );
        // 7-11 is a shop, and 3-2 a door; a time of a visit is a moment rightly.
        let is_place = plan.holds == Holds::Name || plan.field == "address";
        if is_place && matches!(cell, Cell::Date(_) | Cell::Moment(_) | Cell::Flag(_)) {
            self.problem(plan, row, ProblemKind::MadeDate, cell);
            return None;
        }
        let is_no_code = || SocialCreditCode::parse(&text).is_err();
        let may_hold = is_free || plan.holds == Holds::Code;
        if may_hold && plain::holds_identity_number(&text) && (is_free || is_no_code()) {
            self.identity(plan, row);
            return None;
        }
        match plan.holds {
            Holds::Name | Holds::Text => self.line(plan, row, cell, text),
            Holds::Lines => Some(json!(text)),
            Holds::Tags => Some(json!(tags(&text))),
            Holds::Flag => self.flag(plan, row, &text),
            Holds::Number => self.whole(plan, row, cell),
            Holds::Date => self.date(plan, row, cell),
            Holds::Dates => self.dates(plan, row, cell, &text).map(|days| json!(days)),
            Holds::Inspections => self.inspections(plan, row, cell, &text),
            Holds::Code => self.code(plan, row, cell, &text),
            Holds::Choice(of) => self.choice(plan, row, of, text),
            Holds::Status => self.status(plan, row, &text),
            Holds::Nothing => None,
        }
    }

    fn text(&mut self, plan: &Plan, cell: &Cell) -> String {
        let Cell::Text(text) = cell else {
            return plain::shown(cell);
        };
        let (text, is_guarded) = plain::unguarded(text);
        if is_guarded {
            self.note(NoteKind::Guard, Some(plan.column), "");
        }
        text
    }

    pub(super) fn note(&mut self, kind: NoteKind, column: Option<u16>, value: &str) {
        let value = value.chars().take(FOUND_CHARS).collect();
        *self.notes.entry((kind, column, value)).or_default() += 1;
    }

    pub(super) fn notes(self) -> (Asking, Vec<Problem>, Vec<Noted>, BTreeMap<Question, String>) {
        let notes = self
            .notes
            .into_iter()
            .map(|((kind, column, value), count)| Noted {
                kind,
                column,
                value,
                count,
            });
        (self.asking, self.problems, notes.collect(), self.examples)
    }

    fn problem(&mut self, plan: &Plan, row: u32, kind: ProblemKind, cell: &Cell) {
        self.problems.push(Problem {
            row_number: row,
            column: Some(plan.column),
            field: plan.field,
            severity: Severity::Warning,
            kind,
            found: plain::shown(cell).chars().take(FOUND_CHARS).collect(),
        });
    }

    /// A number of an identity card: it stays out of every list, and so of the problem.
    fn identity(&mut self, plan: &Plan, row: u32) {
        self.problems.push(Problem {
            row_number: row,
            column: Some(plan.column),
            field: plan.field,
            severity: Severity::Warning,
            kind: ProblemKind::IdentityNumber,
            found: String::new(),
        });
    }

    /// Raises a question about a value, and gives its answer where there is one.
    fn ask(&mut self, kind: AskKind, field: &str, value: &str, row: u32) -> Option<Answer> {
        let value = value.chars().take(FOUND_CHARS).collect();
        let question = Question {
            kind,
            field: field.to_owned(),
            value,
            row_number: None,
        };
        let answer = self.answers.of(&question).cloned();
        self.asking.raise(question, row);
        answer
    }

    /// Asks which of a field's words a value means; none as long as nobody says.
    fn ask_word(&mut self, kind: AskKind, field: &str, value: &str, row: u32) -> Option<Value> {
        match self.ask(kind, field, value, row) {
            Some(Answer::Means(word)) => Some(json!(word)),
            _ => None,
        }
    }

    /// Raises a question that is asked once for all values.
    fn ask_once(&mut self, kind: AskKind, field: &str, example: &str, row: u32) -> Option<Answer> {
        let question = Question {
            kind,
            field: field.to_owned(),
            value: String::new(),
            row_number: None,
        };
        self.examples
            .entry(question)
            .or_insert_with(|| example.chars().take(FOUND_CHARS).collect());
        self.ask(kind, field, "", row)
    }

    /// A name or a line of text.
    fn line(&mut self, plan: &Plan, row: u32, cell: &Cell, text: String) -> Option<Value> {
        let mut text = plain::one_line(&text, if plan.is_list() { "、" } else { "" });
        if plan.is_numeral {
            text = self.numeral(plan, row, cell, text)?;
        }
        if plan.is_person
            && let Some(plain) = plain::unspaced_name(&text)
        {
            self.note(NoteKind::SpacedName, Some(plan.column), "");
            text = plain;
        }
        if plan.field == "township" {
            text = self.township(row, text)?;
        }
        Some(json!(text))
    }

    /// Digits that stand as text: of telephones and certificates.
    fn numeral(&mut self, plan: &Plan, row: u32, cell: &Cell, text: String) -> Option<String> {
        let is_lost = matches!(cell, Cell::Number(number) if number.abs() >= plain::DIGITS_KEPT);
        let mut text = plain::without_zero_part(&text).to_owned();
        match plain::scientific(&text) {
            Some(Some(digits)) => text = digits,
            Some(None) => {
                self.problem(plan, row, ProblemKind::DigitsLost, cell);
                return None;
            }
            None if is_lost => {
                self.problem(plan, row, ProblemKind::DigitsLost, cell);
                return None;
            }
            None => {}
        }
        let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if plan.field == "phone"
            && is_digits
            && text.len() == 10
            && !text.starts_with(['0', '1', '4'])
        {
            self.problem(plan, row, ProblemKind::ZeroLost, cell);
        }
        Some(text)
    }

    /// The township that is meant; as it stands where that is not known.
    fn township(&mut self, row: u32, text: String) -> Option<String> {
        if let Some(known) = by_alias(&text, self.townships) {
            self.note(NoteKind::TownshipAlias, None, &text);
            return Some(known.to_owned());
        }
        if let Some(known) = township(&text, self.townships) {
            return Some(known.to_owned());
        }
        if self.townships.is_empty() {
            return Some(text);
        }
        match self.ask(AskKind::Township, "township", &text, row) {
            Some(Answer::Means(name)) => Some(name),
            Some(Answer::Leave) => None,
            Some(Answer::Take) | None => Some(text),
        }
    }

    fn flag(&mut self, plan: &Plan, row: u32, text: &str) -> Option<Value> {
        if let Some(flag) = flag_word(plan.field, text) {
            return Some(json!(flag));
        }
        let answer = self.ask(AskKind::Flag, plan.field, text, row)?;
        let Answer::Means(word) = answer else {
            return None;
        };
        words::flag(&word).ok().map(|flag| json!(flag))
    }

    /// Who has no role by a column, and does a clerk's work by his position: never one of the
    /// two without a word (domain.md).
    pub(super) fn role(
        &mut self,
        raw: &[(Cow<'static, str>, Value)],
        section: &str,
        row: u32,
    ) -> Option<Value> {
        // By the heading over the row, too: 二、辅助人员（文员）.
        let position = [text_of(raw, "position").unwrap_or_default(), section];
        let position = position.into_iter().find(|it| is_of_clerks(it))?;
        match text_of(raw, "role") {
            Some(_) => None,
            None => self.ask_word(AskKind::Word, "role", position, row),
        }
    }

    /// The day of a visit, where only its beginning says it.
    pub(super) fn date_of_start(&self, raw: &[(Cow<'static, str>, Value)]) -> Option<Value> {
        if raw.iter().any(|field| field.0 == "date") {
            return None;
        }
        match plain::written(text_of(raw, "start")?, self.is_1904) {
            Day::Known { date, is_serial } => (!is_serial).then(|| json!(date)),
            _ => None,
        }
    }

    /// What an item is about, where no column says it and its words are those of another subject
    /// than 履行职责, which goes without saying.
    pub(super) fn subject(
        &mut self,
        raw: &[(Cow<'static, str>, Value)],
        row: u32,
    ) -> Option<Value> {
        let text = |key| text_of(raw, key).unwrap_or_default();
        let about = ["技术服务", "消防工程师", "消防产品"];
        let name = text("name");
        let is_other = |word: &&str| name.contains(*word) || text("class").contains(*word);
        if !text("subject").is_empty() || name.is_empty() || !about.iter().any(is_other) {
            return None;
        }
        self.ask_word(AskKind::Word, "subject", name, row)
    }

    fn whole(&mut self, plan: &Plan, row: u32, cell: &Cell) -> Option<Value> {
        let number = plain::whole(cell);
        if number.is_none() {
            self.problem(plan, row, ProblemKind::BadNumber, cell);
        }
        number.map(|number| json!(number))
    }

    fn date(&mut self, plan: &Plan, row: u32, cell: &Cell) -> Option<Value> {
        let mut day = plain::day(cell, self.is_1904);
        // A column for the last day often holds the first one, too.
        if day == Day::Bad
            && (plan.field.ends_with("_until") || plan.field == "term")
            && let Some(end) = plain::span_end(&plain::shown(cell), self.is_1904)
        {
            self.note(NoteKind::SpanEnd, Some(plan.column), "");
            day = end;
        }
        self.day(plan, row, cell, day)
    }

    fn day(&mut self, plan: &Plan, row: u32, cell: &Cell, day: Day) -> Option<Value> {
        match day {
            Day::Known { date, is_serial } => {
                if is_serial {
                    self.note(NoteKind::SerialDate, Some(plan.column), "");
                }
                Some(json!(date))
            }
            Day::Short(date) => {
                let shown = plain::shown(cell);
                let answer = self.ask_once(AskKind::ShortYear, plan.field, &shown, row)?;
                (answer == Answer::Take).then(|| json!(date))
            }
            Day::Endless => {
                self.note(NoteKind::Endless, Some(plan.column), "");
                None
            }
            Day::Bad => {
                self.problem(plan, row, ProblemKind::BadDate, cell);
                None
            }
        }
    }

    /// All days of a cell; none where it gives none.
    fn dates(&mut self, plan: &Plan, row: u32, cell: &Cell, text: &str) -> Option<Vec<Value>> {
        let is_text = matches!(cell, Cell::Text(_));
        let days: Vec<Day> = if is_text {
            days_of(text)
                .into_iter()
                .map(|part| plain::written(part, self.is_1904))
                .collect()
        } else {
            vec![plain::day(cell, self.is_1904)]
        };
        let days: Vec<Value> = days
            .into_iter()
            .filter_map(|day| self.day(plan, row, cell, day))
            .collect();
        (!days.is_empty()).then_some(days)
    }

    fn inspections(&mut self, plan: &Plan, row: u32, cell: &Cell, text: &str) -> Option<Value> {
        let days = self.dates(plan, row, cell, text)?;
        let visit = |date| json!({ "date": date, "finding": "unknown" });
        Some(days.into_iter().map(visit).collect())
    }

    /// A code as text. What a spreadsheet has damaged is left out and asked about, what the
    /// reader of all files refuses is refused there.
    fn code(&mut self, plan: &Plan, row: u32, cell: &Cell, text: &str) -> Option<Value> {
        let text = plain::without_zero_part(text);
        let is_lost = match cell {
            Cell::Number(number) => number.abs() >= plain::DIGITS_KEPT,
            _ => plain::scientific(text).is_some() || is_rounded(text),
        };
        if is_lost {
            self.problem(plan, row, ProblemKind::DigitsLost, cell);
            let shown = plain::shown(cell);
            let answer = self.ask_once(AskKind::DamagedCode, plan.field, &shown, row);
            self.is_row_left |= answer == Some(Answer::Leave);
            return None;
        }
        let clean = crate::model::credit_code::clean(&self.bare_code(plan, text));
        if is_old_code(&clean) {
            self.problem(plan, row, ProblemKind::OldCode, cell);
            return None;
        }
        Some(json!(clean))
    }

    /// A code without what stands around it: 代码：…, …(1-1) as on the copy of a licence.
    fn bare_code(&mut self, plan: &Plan, text: &str) -> String {
        let half = plain::half_width(text);
        let mut codes = half
            .split(|sign: char| !sign.is_ascii_alphanumeric())
            .filter(|part| part.len() < half.len() && SocialCreditCode::parse(part).is_ok());
        match (codes.next(), codes.next()) {
            (Some(code), None) => {
                self.note(NoteKind::Guard, Some(plan.column), "");
                code.to_owned()
            }
            _ => text.to_owned(),
        }
    }

    fn choice(&mut self, plan: &Plan, row: u32, of: Choices, text: String) -> Option<Value> {
        let is_tier = of == Choices::RiskTier;
        let has_word = ["重大", "较大", "一般", "低"]
            .iter()
            .any(|word| text.contains(word));
        let is_clear = !(is_tier && plan.has_orange && !has_word);
        if is_clear && meant(of, &text).is_ok() {
            return Some(json!(text));
        }
        let kind = if is_tier {
            AskKind::Tier
        } else {
            AskKind::Word
        };
        self.ask_word(kind, plan.field, &text, row)
    }

    /// A status never comes in by itself: what is not in use is a candidate.
    fn status(&mut self, plan: &Plan, row: u32, text: &str) -> Option<Value> {
        let word: String = folded(text)
            .chars()
            .filter(|sign| sign.is_alphanumeric())
            .collect();
        // 是 stands under 是否在岗 and the like.
        let is_yes = flag_word(plan.field, text) == Some(true);
        let is_named = IN_USE.iter().any(|it| word.contains(it)) && is_all_in_use(&word);
        let is_in_use = is_yes || is_named;
        if !is_in_use && self.ask(AskKind::Status, plan.field, text, row) != Some(Answer::Leave) {
            self.out_of_use.push((row, text.to_owned()));
        }
        None
    }
}

/// The text that a row has in a field.
fn text_of<'a>(raw: &'a [(Cow<'static, str>, Value)], key: &str) -> Option<&'a str> {
    raw.iter().find(|field| field.0 == key)?.1.as_str()
}

/// Whether words are those for a clerk.
fn is_of_clerks(words: &str) -> bool {
    CLERKS.iter().any(|word| words.contains(word))
}

/// Whether a status says nothing but that something is in use: 存续（在营、开业、在册）, and not
/// 在职（借调支队）.
fn is_all_in_use(word: &str) -> bool {
    without_words(word, &[&IN_USE[..], &BESIDE_IN_USE[..]].concat()).is_empty()
}

fn error_of(cell: &Cell) -> Option<ProblemKind> {
    const ERRORS: [&str; 8] = [
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!",
    ];
    match cell {
        Cell::Error(error) if error.is_empty() => Some(ProblemKind::NotWorkedOut),
        Cell::Error(_) => Some(ProblemKind::ErrorValue),
        Cell::Text(text) if text.starts_with('#') && ERRORS.contains(&text.trim()) => {
            Some(ProblemKind::ErrorValue)
        }
        _ => None,
    }
}

/// The parts of a cell that holds several values.
fn parts(text: &str) -> Vec<&str> {
    let parts = text.split(['、', ',', '，', ';', '；', '\n', '|']);
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// The days of a cell: also of two that only a blank keeps apart.
fn days_of(text: &str) -> Vec<&str> {
    let split = |part| {
        let words: Vec<&str> = str::split_whitespace(part).collect();
        let is_day = |word: &&str| matches!(plain::written(word, false), Day::Known { .. });
        let are_days = words.len() > 1 && words.iter().all(is_day);
        if are_days { words } else { vec![part] }
    };
    parts(text).into_iter().flat_map(split).collect()
}

/// The tags of a cell: as its parts, apart by «/», numbers and blanks too, and whole in brackets.
fn tags(text: &str) -> Vec<String> {
    let mut tags = vec![String::new()];
    let mut depth = 0_u32;
    let signs: Vec<char> = text.chars().collect();
    for (at, &sign) in signs.iter().enumerate() {
        let next = signs.get(at + 1).copied().unwrap_or(' ');
        let is_number = sign.is_ascii_digit()
            && matches!(next, '、' | '.' | '．' | ')' | '）')
            && tags
                .last()
                .is_some_and(|tag| tag.trim().is_empty() || tag.ends_with(' '));
        match sign {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_mark = "、,，;；/／|\n\t①②③④⑤⑥⑦⑧⑨⑩．".contains(sign) || is_number;
        let is_blank = sign.is_whitespace() && !next.is_ascii_alphanumeric();
        if depth == 0 && (is_mark || is_blank) && !matches!(sign, ')' | '）') {
            tags.push(String::new());
        } else if let Some(tag) = tags.last_mut() {
            tag.push(sign);
        }
    }
    let tags = tags
        .iter()
        .map(|tag| tag.trim().trim_start_matches(['.', '）', ')']));
    let tags = tags.filter(|tag| !tag.is_empty());
    tags.map(str::to_owned).collect()
}

/// Whether a word says that a yes-or-no field is not known. 无 is «no» beside 有 alone.
fn is_no_flag(text: &str, has_have: bool) -> bool {
    // A sign that is no stroke or point may mark what is meant: √, ★, ▲.
    let is_stroke =
        |sign: char| sign.is_whitespace() || "-—–−－/／\\、.。…_,，~～*?？·|".contains(sign);
    let is_sign = !text.chars().any(char::is_alphanumeric) && !text.chars().all(is_stroke);
    names::is_no_name(text) && !is_sign && !(text == "无" && has_have)
}

/// What a word means in a yes-or-no field; never 0 and 1, which lists use both ways.
fn flag_word(field: &str, text: &str) -> Option<bool> {
    let word = folded(text);
    let (yes, no): (&[&str], &[&str]) = match field {
        "is_key" => (
            &["重点", "重点单位", "消防安全重点单位", "消防重点单位"],
            &[
                "一般",
                "一般单位",
                "非重点",
                "非重点单位",
                "非消防安全重点单位",
            ],
        ),
        "is_densely_populated" => (
            &["人员密集场所", "人员密集", "公众聚集场所"],
            &["非人员密集场所", "非人员密集"],
        ),
        "may_lead" => (&["主办", "可主办", "主办资格"], &["协办", "协办资格"]),
        "is_dishonest" => (&["失信", "已列入"], &["未列入", "未失信"]),
        _ => (&[], &[]),
    };
    if ["是", "有", "√", "✓", "✔", "☑", "✅", "y", "yes", "true"].contains(&word.as_str())
        || yes.contains(&word.as_str())
    {
        Some(true)
    } else if ["否", "无", "×", "✗", "✘", "❌", "n", "no", "false"].contains(&word.as_str())
        || no.contains(&word.as_str())
    {
        Some(false)
    } else {
        None
    }
}

/// Eighteen digits whose last three a spreadsheet made zeros.
fn is_rounded(text: &str) -> bool {
    let is_code = text.len() == 18 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_code
        && text.ends_with("000")
        && matches!(SocialCreditCode::parse(text), Err(CodeError::Check { .. }))
}

/// 注册号 of 13 or 15 digits, organisation code of 9 signs.
fn is_old_code(clean: &str) -> bool {
    let is_digits = clean.bytes().all(|byte| byte.is_ascii_digit());
    match clean.len() {
        13 | 15 => is_digits,
        9 => clean.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        _ => false,
    }
}

/// The township that the brigade knows under this other name.
fn by_alias<'a>(text: &str, townships: &'a [Township]) -> Option<&'a str> {
    let text = folded(text);
    // Behind «南宫市», as far as that is no part of the alias itself.
    let is_meant = |alias: &String| {
        let alias = folded(alias);
        let before = text.strip_suffix(&alias);
        !alias.is_empty()
            && before.is_some_and(|before| before.is_empty() || before.ends_with(['市', '县']))
    };
    let is_known = |known: &&Township| known.aliases.iter().any(is_meant);
    let mut found = townships.iter().filter(is_known);
    let first = found.next()?;
    found.next().is_none().then_some(first.name.as_str())
}

/// The township that a text names: whole, without its kind, or behind the county's name.
fn township<'a>(text: &str, townships: &'a [Township]) -> Option<&'a str> {
    let text = folded(text).replace("办事处", "");
    let behind = text.rsplit(['市', '县', '区']).next().unwrap_or_default();
    let stem = |name: &str| {
        name.trim_end_matches("街道")
            .trim_end_matches(['镇', '乡'])
            .to_owned()
    };
    let is_exact = |known: &&Township| [text.as_str(), behind].contains(&known.name.as_str());
    let is_stem = |known: &&Township| {
        let known = stem(&known.name);
        !known.is_empty() && [stem(&text), stem(behind)].contains(&known)
    };
    let is_inside = |known: &&Township| text.contains(known.name.as_str());
    let find = |is_meant: &dyn Fn(&&Township) -> bool| {
        let mut found = townships.iter().filter(|known| is_meant(known));
        let first = found.next()?;
        found.next().is_none().then_some(first.name.as_str())
    };
    find(&is_exact)
        .or_else(|| find(&is_stem))
        .or_else(|| find(&is_inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn townships_by_their_aliases() {
        let known = ["凤岗街道", "段芦头镇", "大村乡"].map(|name| Township {
            code: String::new(),
            name: name.to_owned(),
            aliases: Vec::new(),
            extra: serde_json::Map::new(),
        });
        for text in [
            "段芦头",
            "段芦头镇",
            "南宫市段芦头镇",
            "河北省邢台市南宫市段芦头",
            "段芦头镇东街村",
        ] {
            assert_eq!(township(text, &known), Some("段芦头镇"), "{text}");
        }
        assert_eq!(township("凤岗街道办事处", &known), Some("凤岗街道"));
        assert_eq!(township("西丁街道", &known), None);
        assert_eq!(by_alias("老城区", &known), None);
        let mut kept = known.clone();
        kept[0].aliases = vec!["老城区".into(), "大村".into()];
        assert_eq!(by_alias("南宫市 老城区", &kept), Some("凤岗街道"));
        // What the brigade says goes before likeness.
        assert_eq!(by_alias("大村", &kept), Some("凤岗街道"));
        kept[1].aliases = vec!["老城区".into()];
        assert_eq!(by_alias("老城区", &kept), None, "of two");
    }

    #[test]
    fn codes_that_a_spreadsheet_rounded() {
        assert!(is_rounded("911305811000012000") && !is_rounded("911305811000012032"));
        assert!(is_old_code("130581600012345") && is_old_code("MA0CWX2K9"));
    }
}
