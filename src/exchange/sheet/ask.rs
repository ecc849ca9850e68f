//! What a file leaves open, as questions, and what a person answered.
//!
//! Questions come once a kind and value, with the number of rows. Answers go into a second
//! reading of the same sheet; they can be kept for files with the same heads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskKind {
    /// What a value of a yes-or-no field means: 0 and 1, or a word that is not known.
    Flag,
    /// Which risk tier a colour means, where a colour of another scale occurs.
    Tier,
    /// Which of a field's values a word means.
    Word,
    /// Which century years of two digits mean.
    ShortYear,
    /// Whether a row that may be a total is a record.
    TotalRow,
    /// Whether a row that may be a heading, a signature or several people is a record.
    DoubtfulRow,
    /// Which township is meant.
    Township,
    /// Whether records of one name and address are two.
    Alike,
    /// Codes whose digits a spreadsheet has lost: whether their rows come in without.
    DamagedCode,
    /// What a status other than «in use» leads to: candidates to be retired.
    Status,
    /// Whether another sheet with such heads belongs to the list.
    OtherSheet,
}

/// A question: one value of one field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Question {
    /// What is asked.
    pub kind: AskKind,
    /// The field; empty for the whole row.
    pub field: String,
    /// The value, as it stands; empty of a kind that is asked once for all values.
    pub value: String,
    /// The row, of a kind that is asked row by row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_number: Option<u32>,
}

/// Rows of a question that are named.
const ROWS_NAMED: usize = 3;

/// A question with the rows that it bears on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// How many rows have the value.
    pub count: u32,
    /// The first of them, at most three.
    pub row_numbers: Vec<u32>,
}

/// What a person answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The field's word that is meant: 是, 重大, 段芦头镇.
    Means(String),
    /// Take the row, or the value as it stands.
    Take,
    /// Leave the row out, or the value.
    Leave,
}

/// All answers to a file's questions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(Question, Answer)>", into = "Vec<(Question, Answer)>")]
pub struct Answers {
    by_question: BTreeMap<Question, Answer>,
}

impl Answers {
    /// Answers a question.
    pub fn put(&mut self, question: Question, answer: Answer) {
        self.by_question.insert(question, answer);
    }

    /// The answer to a question.
    #[must_use]
    pub fn of(&self, question: &Question) -> Option<&Answer> {
        self.by_question.get(question)
    }

    /// Takes an answer back.
    pub fn take_back(&mut self, question: &Question) {
        self.by_question.remove(question);
    }

    /// Everything answered, to be kept for files with the same heads.
    pub fn iter(&self) -> impl Iterator<Item = (&Question, &Answer)> {
        self.by_question.iter()
    }
}

impl From<Vec<(Question, Answer)>> for Answers {
    fn from(answers: Vec<(Question, Answer)>) -> Self {
        answers.into_iter().collect()
    }
}

impl From<Answers> for Vec<(Question, Answer)> {
    fn from(answers: Answers) -> Self {
        answers.by_question.into_iter().collect()
    }
}

impl FromIterator<(Question, Answer)> for Answers {
    fn from_iter<I: IntoIterator<Item = (Question, Answer)>>(answers: I) -> Self {
        let by_question = answers.into_iter().collect();
        Self { by_question }
    }
}

/// Questions while they come up, in order of kinds and values.
#[derive(Default)]
pub(super) struct Asking(BTreeMap<Question, (u32, Vec<u32>)>);

impl Asking {
    pub(super) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// A row raises a question.
    pub(super) fn raise(&mut self, question: Question, row_number: u32) {
        let (count, rows) = self.0.entry(question).or_default();
        *count += 1;
        if rows.len() < ROWS_NAMED {
            rows.push(row_number);
        }
    }

    pub(super) fn finish(self) -> Vec<Asked> {
        let all = self.0.into_iter();
        all.map(|(question, (count, row_numbers))| Asked {
            question,
            count,
            row_numbers,
        })
        .collect()
    }
}
