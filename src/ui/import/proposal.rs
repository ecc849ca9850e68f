//! What a file would do to the open workbook, for any of the registers.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use crate::engine::pace::Pace;
use crate::exchange::preview::{ImportError, Touched};
use crate::exchange::results::{ResultShown, ResultsPreview, results};
use crate::exchange::{
    Content, FieldChange, Mode, Options, Preview, Record, Register, RowIssue, RowIssueKind, Rows,
    preview,
};
use crate::i18n::Lang;
use crate::i18n::exchange::ImportNumbers;
use crate::model::{Agency, AgencyId, Engineer, EngineerId, InspectionItem, Officer, Unit};
use crate::workbook::kept::{Keep, Kept as _};
use crate::workbook::request::Withdrawal;
use crate::workbook::{Action, Workbook};

/// A file that was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    pub file_name: String,
    /// Its size.
    pub bytes: u64,
    /// The first 16 hex digits of its SHA-256; empty where nothing keeps them.
    pub fingerprint: String,
    /// What it holds.
    pub content: Content,
}

impl Source {
    /// What the file holds, in words.
    #[must_use]
    pub fn kind(&self, lang: Lang) -> &'static str {
        match self.content {
            Content::Workbook(_) => lang.file_workbook(),
            Content::Units(_) => lang.file_units(),
            Content::Officers(_) => lang.file_officers(),
            Content::Items(_) => lang.file_items(),
            Content::Agencies(_) => lang.file_agencies(),
            Content::Engineers(_) => lang.file_engineers(),
            Content::Results(_) => lang.file_results(),
            Content::Holidays(_) => lang.file_holidays(),
        }
    }

    /// Rows of a register, faulty ones too; 0 for other files.
    #[must_use]
    pub fn rows_count(&self) -> u32 {
        match &self.content {
            Content::Units(rows) => count(rows),
            Content::Officers(rows) => count(rows),
            Content::Items(rows) => count(rows),
            Content::Agencies(rows) => count(rows),
            Content::Engineers(rows) => count(rows),
            Content::Results(rows) => count(rows),
            Content::Workbook(_) | Content::Holidays(_) => 0,
        }
    }
}

/// The last row's number: rows that are no objects stand among the issues only.
fn count<T: Record>(rows: &Rows<T>) -> u32 {
    let read = rows.rows.last().map_or(0, |row| row.row_number);
    let faulty = rows.issues.last().map_or(0, |issue| issue.row_number);
    read.max(faulty)
}

/// What a person chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// Whether the file replaces the register instead of merging into it.
    pub is_replacement: bool,
    /// Whether faultless rows are taken where others are faulty.
    pub take_faultless: bool,
    /// Whether new rows are taken that may be a record known already.
    pub take_alike: bool,
    /// Whether such rows are taken as the record that they may be.
    pub merge_alike: bool,
    /// Rows whose records are put out of use as they come in.
    pub retired_rows: BTreeSet<u32>,
    /// Why records are retired that the file leaves out.
    pub reason: String,
    /// Who approved that.
    pub approver: String,
}

/// Some of the records that an import would touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Faults of rows.
    Issues,
    /// New records.
    Added,
    /// Records with other values.
    Changed,
    /// Records taken out.
    Removed,
    /// Records retired.
    Withdrawn,
    /// Records that the file does not hold, and that stay.
    Missing,
    /// Of results: those that no draw here knows.
    Appeared,
}

/// A record that an import would touch, ready to show.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its row in the file.
    pub row_number: Option<u32>,
    pub id: String,
    pub name: String,
    pub fields: Vec<FieldChange>,
    /// Of a result: what else is told of it.
    pub result: Option<ResultShown>,
}

/// What is asked of a preview, whatever its records are.
pub trait Facts {
    /// How many there are of a part.
    fn count(&self, part: Part) -> usize;
    /// The first `count` records of a part; none of [`Part::Issues`].
    fn lines(&self, part: Part, count: usize) -> Vec<Line>;
    /// Whether the lines are results, which come in or not and change nothing that is here.
    fn are_results(&self) -> bool {
        false
    }
    /// All faults.
    fn issues(&self) -> &[RowIssue];
    /// Rows that cannot be taken.
    fn faulty_count(&self) -> u32;
    /// Records that the file leaves as they are.
    fn unchanged_count(&self) -> u32;
    /// New rows that may be a record known already.
    fn alike_count(&self) -> usize {
        let is_alike = |issue: &&RowIssue| matches!(issue.kind, RowIssueKind::Alike { .. });
        self.issues().iter().filter(is_alike).count()
    }
    /// Whether faulty rows block the import.
    fn is_blocked(&self) -> bool;
    /// Whether the register would stay as it is.
    fn changes_nothing(&self) -> bool;
    /// How many records it touches.
    fn numbers(&self) -> ImportNumbers {
        ImportNumbers {
            added: self.count(Part::Added),
            changed: self.count(Part::Changed),
            withdrawn: self.count(Part::Withdrawn),
            removed: self.count(Part::Removed),
        }
    }
}

impl<T: Record> Facts for Preview<T> {
    fn count(&self, part: Part) -> usize {
        match part {
            Part::Issues => self.issues.len(),
            Part::Added => self.added.len(),
            Part::Changed => self.changed.len(),
            Part::Removed => self.removed.len(),
            Part::Withdrawn => self.withdrawn.len(),
            Part::Missing => self.missing.len(),
            Part::Appeared => 0,
        }
    }

    fn lines(&self, part: Part, count: usize) -> Vec<Line> {
        let records: &[Touched<T::Id>] = match part {
            Part::Issues | Part::Appeared => &[],
            Part::Added => &self.added,
            Part::Changed => &self.changed,
            Part::Removed => &self.removed,
            Part::Withdrawn => &self.withdrawn,
            Part::Missing => &self.missing,
        };
        let line = |record: &Touched<T::Id>| Line {
            row_number: record.row_number,
            id: record.id.to_string(),
            name: record.name.clone(),
            fields: record.fields.clone(),
            result: None,
        };
        records.iter().take(count).map(line).collect()
    }

    fn issues(&self) -> &[RowIssue] {
        &self.issues
    }

    fn faulty_count(&self) -> u32 {
        self.faulty_count
    }

    fn unchanged_count(&self) -> u32 {
        self.unchanged_count
    }

    fn is_blocked(&self) -> bool {
        Preview::is_blocked(self)
    }

    fn changes_nothing(&self) -> bool {
        Preview::changes_nothing(self)
    }
}

impl Facts for ResultsPreview {
    fn count(&self, part: Part) -> usize {
        match part {
            Part::Issues => self.issues.len(),
            _ => of_results(self, part).len(),
        }
    }

    fn lines(&self, part: Part, count: usize) -> Vec<Line> {
        let line = |it: &ResultShown| Line {
            row_number: it.row_number,
            id: it
                .visit
                .as_ref()
                .map_or_else(String::new, |visit| visit.unit.to_string()),
            name: it.name.clone(),
            fields: it.fields.clone(),
            result: Some(it.clone()),
        };
        of_results(self, part)
            .iter()
            .take(count)
            .map(line)
            .collect()
    }

    fn are_results(&self) -> bool {
        true
    }

    fn issues(&self) -> &[RowIssue] {
        &self.issues
    }

    fn faulty_count(&self) -> u32 {
        self.faulty_count
    }

    fn unchanged_count(&self) -> u32 {
        self.unchanged_count
    }

    fn is_blocked(&self) -> bool {
        Self::is_blocked(self)
    }

    fn changes_nothing(&self) -> bool {
        self.added.is_empty()
    }

    fn numbers(&self) -> ImportNumbers {
        ImportNumbers {
            added: self.added.len(),
            ..ImportNumbers::default()
        }
    }
}

fn of_results(preview: &ResultsPreview, part: Part) -> &[ResultShown] {
    match part {
        Part::Added => &preview.added,
        Part::Changed => &preview.differing,
        Part::Appeared => &preview.appeared,
        Part::Missing => &preview.vanished,
        Part::Issues | Part::Removed | Part::Withdrawn => &[],
    }
}

/// What an import would do to one of the registers.
#[derive(Debug, PartialEq, Eq)]
pub enum Changes {
    /// 检查对象名录库.
    Units(Preview<Unit>),
    /// 执法检查人员名录库.
    Officers(Preview<Officer>),
    /// 随机抽查事项清单.
    Items(Preview<InspectionItem>),
    /// 消防技术服务机构名录.
    Agencies(Preview<Agency>),
    /// 注册消防工程师名录.
    Engineers(Preview<Engineer>),
    /// 检查结果.
    Results(ResultsPreview),
}

impl Changes {
    /// Works out what `content` would do to `book`; none where it is no register.
    pub async fn of(
        content: &Content,
        book: &Workbook,
        choice: &Choice,
        now: NaiveDateTime,
        pace: &impl Pace,
    ) -> Option<Self> {
        let today = now.date();
        let withdrawal = Withdrawal {
            since: today,
            reason: choice.reason.trim().to_owned(),
            approver: choice.approver.trim().to_owned(),
        };
        let options = Options {
            mode: if choice.is_replacement {
                Mode::Replace(withdrawal.clone())
            } else {
                Mode::Merge
            },
            take_faultless: choice.take_faultless,
            take_alike: choice.take_alike,
            merge_alike: choice.merge_alike,
            retire: (!choice.retired_rows.is_empty())
                .then(|| (choice.retired_rows.clone(), withdrawal)),
        };
        match content {
            Content::Units(rows) => {
                let is_kept = |id: &_| {
                    let is_inspected = |unit: &Unit| !book.inspections(unit).is_empty();
                    book.is_referenced(id) || book.unit(id).is_some_and(is_inspected)
                };
                let register = Register::units(book).on(today);
                let preview = preview(&register, rows, &options, &is_kept, pace);
                Some(Self::Units(preview.await))
            }
            Content::Officers(rows) => {
                let is_kept = |id: &_| {
                    let mut officers = book.draws().flat_map(|draw| &draw.register.officers);
                    officers.any(|officer| officer.id == *id)
                };
                let register = Register::officers(book);
                let preview = preview(&register, rows, &options, &is_kept, pace);
                Some(Self::Officers(preview.await))
            }
            Content::Items(rows) => {
                let register = Register::items(book);
                let preview = preview(&register, rows, &options, &|_| false, pace);
                Some(Self::Items(preview.await))
            }
            Content::Agencies(rows) => {
                let is_kept = |id: &AgencyId| book.is_own_referenced(Agency::OWN, id.as_str());
                let register = Register::kept(book);
                let preview = preview(&register, rows, &options, &is_kept, pace);
                Some(Self::Agencies(preview.await))
            }
            Content::Engineers(rows) => {
                let is_kept = |id: &EngineerId| book.is_own_referenced(Engineer::OWN, id.as_str());
                let register = Register::kept(book);
                let preview = preview(&register, rows, &options, &is_kept, pace);
                Some(Self::Engineers(preview.await))
            }
            Content::Results(rows) => {
                let preview = results(book, rows, choice.take_faultless, now, pace);
                Some(Self::Results(preview.await))
            }
            Content::Workbook(_) | Content::Holidays(_) => None,
        }
    }

    /// The preview, whatever its records are.
    #[must_use]
    pub fn facts(&self) -> &dyn Facts {
        match self {
            Self::Units(preview) => preview,
            Self::Officers(preview) => preview,
            Self::Items(preview) => preview,
            Self::Agencies(preview) => preview,
            Self::Engineers(preview) => preview,
            Self::Results(preview) => preview,
        }
    }

    /// The action that carries the import out; `fingerprint`: of the file, where it is kept.
    ///
    /// # Errors
    /// [`ImportError`] where rows are faulty or too many.
    pub fn into_action(self, file_name: &str, fingerprint: &str) -> Result<Action, ImportError> {
        Ok(match self {
            Self::Units(preview) => Action::ImportUnits(preview.into_import(file_name)?),
            Self::Officers(preview) => Action::ImportOfficers(preview.into_import(file_name)?),
            Self::Items(preview) => Action::ImportItems(preview.into_import(file_name)?),
            Self::Agencies(preview) => {
                Agency::action(Keep::Import(preview.into_import(file_name)?))
            }
            Self::Engineers(preview) => {
                Engineer::action(Keep::Import(preview.into_import(file_name)?))
            }
            Self::Results(preview) => {
                let import = preview.into_import(file_name, fingerprint)?;
                Action::ImportResults(Box::new(import))
            }
        })
    }
}
