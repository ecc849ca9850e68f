//! Words of files: what they hold, what an import would do, and what is wrong with them.
//!
//! Every error of [`crate::exchange`] says what, where and what mends it. The
//! matches are exhaustive: a new kind of fault does not compile without words.

use std::fmt::Display;

use chrono::Datelike;

use super::{Both, Lang, Who, both};
use crate::engine::calendar::CalendarError;
use crate::exchange::json::{Encoding, Malformed};
use crate::exchange::notice::NoticeFault;
use crate::exchange::preview::ImportError;
use crate::exchange::{
    Alike, Expected, FileError, FileKind, RowIssue, RowIssueKind, WorkbookWarning,
};
use crate::messages;

/// Bytes in a megabyte, as file managers count.
const MEGABYTE: u64 = 1024 * 1024;

/// Records that an import touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportNumbers {
    /// New records.
    pub added: usize,
    /// Records with other values.
    pub changed: usize,
    /// Records retired.
    pub withdrawn: usize,
    /// Records taken out.
    pub removed: usize,
}

messages! {
    file_workbook => "工作簿", "Workbook";
    file_units => "单位名录", "Unit register";
    file_officers => "执法人员名录", "Officer register";
    file_items => "事项清单", "Item list";
    file_agencies => "消防技术服务机构名录", "Register of service agencies";
    file_engineers => "注册消防工程师名录", "Register of fire engineers";
    file_results => "检查结果", "Results of visits";
    file_holidays => "放假安排", "Holiday calendar";

    import_title(what: impl Display) => "导入{what}", "Import: {what}";
    import_open_title => "打开工作簿", "Open a workbook";
    import_refused_title => "文件没有导入", "The file was not imported";
    import_nothing_changed => "本机保存的数据没有改变。", "Nothing stored here has changed.";
    import_rows(n: impl Display) => "{n} 行", "{n} rows";
    import_mode => "导入方式", "How to import";
    import_merge => "合并", "Merge";
    import_replace => "替换", "Replace";
    import_merge_note => "文件里没有的记录保持不变；文件里没有的字段也保持不变。", "Records that the file leaves out stay as they are, and so do fields that it leaves out.";
    import_replace_note => "文件里没有的记录移出名录；抽取或检查用到过的不删除，改为停用。", "Records that the file leaves out go; those that a draw or visit refers to are retired instead of erased.";
    import_replace_items_note => "文件里没有的事项移出清单，顺序按文件。", "Items that the file leaves out go; the order is the file's.";
    import_added => "新增", "Added";
    import_changed => "变更", "Changed";
    import_unchanged => "不变", "Unchanged";
    import_removed => "移除", "Removed";
    import_withdrawn => "停用", "Retired";
    import_missing => "文件里没有", "Not in the file";
    import_faulty => "有误的行", "Faulty rows";
    import_issues => "问题", "Issues";
    import_row => "行", "Row";
    import_id => "编号", "Id";
    import_name => "名称", "Name";
    import_field_head => "字段", "Field";
    import_problem => "问题与改法", "What is wrong and what mends it";
    import_before => "现在", "Now";
    import_after => "导入后", "After";
    import_no_rows_here => "没有这样的记录。", "No such records.";
    import_more(n: impl Display) => "再显示 {n} 条", "Show {n} more";
    import_shown(n: impl Display, total: impl Display) => "已显示 {n} / {total} 条", "{n} of {total} shown";
    import_download_issues => "下载问题清单", "Download the issues";
    import_issues_file => "问题清单", "issues";
    import_only_faultless(n: impl Display) => "只导入无误的 {n} 行", "Import the {n} faultless rows only";
    import_blocked(n: impl Display) => "{n} 行有误，未导入。改正文件后重选，或勾选只导入无误的行。", "{n} rows are faulty. Correct the file and choose it again, or import the faultless rows only.";
    import_changes_nothing => "文件与现在的名录一致，没有要导入的。", "The file says what the register says: nothing to import.";
    import_withdraw_reason => "停用原因", "Reason for retiring";
    import_withdraw_reason_default(file: impl Display) => "不在新名录“{file}”中", "Not in the new register \"{file}\"";
    import_withdraw_incomplete => "停用要写明原因和批准人。", "Retiring needs a reason and an approver.";
    import_done(numbers: impl Display) => "已导入：{numbers}", "Imported: {numbers}";
    import_act(numbers: impl Display) => "导入：{numbers}", "Import: {numbers}";
    import_act_none => "导入", "Import";
    import_holidays_act(n: impl Display) => "导入 {n} 个年度的放假安排", "Import holidays of {n} years";
    import_holidays_done(n: impl Display) => "已导入 {n} 个年度的放假安排", "Holidays of {n} years imported";
    import_no_workbook => "还没有打开工作簿，名录没有地方放。先新建或打开工作簿，再导入这个文件。", "No workbook is open to take the register. Start or open one, then import this file.";
    import_one_file => "一次导入一个文件。请只拖入一个。", "One file at a time. Drop a single one.";
    import_unreadable(why: impl Display) => "浏览器读不出这个文件（{why}）。文件可能已移动或改名，请重新选择。", "The browser cannot read this file ({why}). It may have been moved or renamed; choose it again.";
    import_drop_here => "松开鼠标，导入这个文件", "Release to import this file";
    import_view_snapshot => "看之前的快照", "See the snapshot before";

    progress_opening => "正在打开表格", "Opening the table";
    progress_listing => "正在读取各行", "Reading the rows";
    progress_reading => "正在读取文件", "Reading the file";
    progress_checking => "正在逐行核对", "Checking every row";
    progress_comparing => "正在与现在的名录比较", "Comparing with the register";
    progress_snapshot => "正在留快照", "Taking a snapshot";
    progress_applying => "正在写入名录", "Writing the register";

    open_compare => "现在的工作簿与文件", "The present workbook and the file";
    open_now => "现在", "Now";
    open_file => "文件", "File";
    open_units => "单位", "Units";
    open_officers => "执法人员", "Officers";
    open_items => "事项", "Items";
    open_plans => "年度计划版本", "Plan versions";
    open_draws => "抽取", "Draws";
    open_trail => "操作记录", "Trail entries";
    open_last => "最后一次修改", "Last change";
    open_replaces => "打开后，文件整个替换现在的工作簿。先留一份现在的快照，可以恢复。", "The file replaces the whole present workbook. A snapshot of the present one is taken first and can be restored.";
    open_same_older(n: impl Display) => "这是同一工作簿较早的备份：比现在少 {n} 条操作记录。", "An earlier backup of the same workbook: {n} trail entries fewer than now.";
    open_same_newer(n: impl Display) => "这是同一工作簿较新的备份：比现在多 {n} 条操作记录。", "A later backup of the same workbook: {n} trail entries more than now.";
    open_same => "这是同一工作簿，操作记录与现在一致。", "The same workbook, with the same audit trail as now.";
    open_diverged => "这是同一工作簿，但两边各自改过：打开后，现在这边后来的改动不在文件里。", "The same workbook, but both have changed since they parted: later changes made here are not in the file.";
    open_demo_name(name: impl Display) => "{name}（演示数据）", "{name} (demo data)";
    open_other => "这是另一个工作簿，不是现在这个的备份。", "This is another workbook, not a backup of the present one.";
    open_act(name: impl Display, year: impl Display, units: impl Display) => "打开 {name} {year} 年度，{units} 户", "Open {name} {year}, {units} units";
    open_done(name: impl Display, year: impl Display, units: impl Display) => "已打开 {name} {year} 年度，{units} 户", "Opened {name} {year}, {units} units";

    snapshot_full => "本机存储放不下现在的快照。", "The storage has no room for a snapshot of the present state.";
    snapshot_full_cause => "没有快照，这次操作之后就恢复不了现在的样子。", "Without a snapshot the present state cannot be restored afterwards.";
    snapshot_full_backup => "先保存一份备份文件，再继续。", "Save a backup into a file first, then go on.";
    snapshot_full_without => "不留快照，直接继续", "Go on without a snapshot";

    file_empty => "文件是空的。请确认选对了文件，或从原处重新复制一份。", "The file is empty. Check that it is the right one, or copy it from its source again.";
    file_too_large(size: impl Display, max: impl Display) => "文件有 {size}，超过上限 {max}。请分成几份再导入。", "The file has {size}, more than the limit of {max}. Split it, then import.";
    file_not_an_object => "文件是 JSON，但最外层不是对象（应以“{”开头并写明 format 和 version）。请用本程序导出一份对照。", "The file is JSON but no object: it must begin with \"{\" and name format and version. Compare it with an export of this program.";
    file_no_format => "文件没有写明 format，认不出是工作簿还是名录。请加上一行，例如 \"format\": \"double-random/units\"。", "The file names no format, so it cannot be told what it holds. Add a line such as \"format\": \"double-random/units\".";
    file_unknown_format(found: impl Display) => "不认识的格式“{found}”。能读的有：double-random/workbook、units、officers、items、agencies、engineers、holidays。", "Unknown format \"{found}\". Known are double-random/workbook, units, officers, items, agencies, engineers and holidays.";
    file_no_version => "文件没有写明 version。请加上一行 \"version\": 1。", "The file names no version. Add a line \"version\": 1.";
    file_newer_version(found: impl Display, known: impl Display) => "文件由新版程序保存（版本 {found}，本程序认到 {known}）。请用新版程序打开；文件没有被改动。", "A newer program saved this file (version {found}; this one knows {known}). Open it there; the file is untouched.";
    file_no_step(from: impl Display) => "文件的版本 {from} 太旧，本程序没有办法换算。请用保存它的程序打开后再导出。", "Version {from} of the file is too old to be lifted. Open it with the program that saved it and export again.";
    file_no_list(field: impl Display) => "文件里没有列表“{field}”。请核对格式说明，或用本程序导出一份对照。", "The file has no list \"{field}\". Compare it with an export of this program.";
    file_too_many(list: impl Display, found: impl Display, max: impl Display) => "{list}有 {found} 条，超过上限 {max} 条。请分成几个工作簿。", "{list}: {found} records, at most {max}. Split them into several workbooks.";
    file_unsound(why: impl Display) => "工作簿没有打开：{why}请用保存它的程序重新保存，或打开较早的备份。", "The workbook was not opened. {why} Save it again with the program that wrote it, or open an earlier backup.";
    file_rows(list: impl Display, count: impl Display) => "工作簿的{list}有 {count} 处错误，列在下面。工作簿只能整个打开；请改正后再打开。", "{list} of the workbook: {count} faults, listed below. A workbook opens wholly or not at all; correct them first.";

    issue_unknown_word(found: impl Display, allowed: impl Display) => "不认识“{found}”。应为：{allowed}。", "\"{found}\" is not known. Use one of: {allowed}.";
    issue_orange_tier(found: impl Display) => "“{found}”：本系统的风险等级没有橙色，别处的橙色在这里可能是较大（黄）。请问清是重大、较大、一般还是低，写成文字。", "\"{found}\": there is no orange tier here. Ask which is meant and write 重大, 较大, 一般 or 低.";
    issue_tier_conflict(found: impl Display) => "“{found}”的颜色和文字对不上。本系统：红重大、黄较大、蓝一般、绿低。请核对后写成一致。", "Colour and word of \"{found}\" disagree. Here: 红重大, 黄较大, 蓝一般, 绿低. Make them agree.";
    issue_organisation_check => "信用代码里的组织机构代码校验不符。老代码可能如此，请对照营业执照。", "The organisation code inside the credit code fails its check. Old ones may; compare with the licence.";
    issue_duplicate_code(other_row: impl Display) => "与第 {other_row} 行的代码或证号相同。请核对是不是同一个，删去一行。", "Row {other_row} has the same code or certificate. Check whether they are one, and take out a row.";
    issue_code_taken(other: impl Display) => "名录里的 {other} 已用这个代码或证号。请核对编号写对没有。", "{other} of the register has this code or certificate already. Check the id.";
    issue_duplicate_id(other_row: impl Display) => "与第 {other_row} 行的编号相同。请改正编号，或删去一行。", "Row {other_row} has the same id. Correct the id, or take out a row.";
    issue_same_record(other_row: impl Display) => "与第 {other_row} 行指的是同一条记录。请合成一行。", "Row {other_row} means the same record. Make them one row.";
    issue_id_form(found: impl Display) => "编号“{found}”不合规定：1 至 22 位数字、大写字母或连字符。新记录的编号可以留空，由本系统给出。", "Id \"{found}\" must be 1 to 22 digits, capitals or hyphens. A new record's id may be left out; it is given here.";
    issue_id_replaced(found: impl Display, given: impl Display) => "编号由本名录给出：文件里的 {found} 改为 {given}。", "This register gives ids itself: {found} of the file becomes {given}.";
    issue_no_name(found: impl Display) => "“{found}”不是名称。请填写真实的名称，或删去这一行。", "\"{found}\" is no name. Enter the real one, or take the row out.";
    issue_alike_record(id: impl Display) => "可能就是名录里的 {id}（同名，同地址或缺信用代码）。是同一个，写上编号 {id}；确是两个，勾选“同名的也新增”。", "This may be {id} of the register: one name, and one address or no code. If it is, give the row the id {id}; if they are two, tick to add such rows too.";
    issue_alike_row(row: impl Display) => "可能与第 {row} 行是同一个（同名，同地址或缺信用代码）。是同一个，删去一行；确是两个，勾选“同名的也新增”。", "This may be row {row}: one name, and one address or no code. If it is, take a row out; if they are two, tick to add such rows too.";
    import_take_alike => "同名的也新增（已核对，不是同一个）", "Add those of one name too (they are not the same)";
    issue_missing_id => "缺编号。事项要写明编号，例如 LZ-01。", "An item needs an id. Write one, such as LZ-01.";
    issue_missing_name => "缺名称。新记录要写明名称；已有的记录请写对编号或代码。", "No name. A new record needs one; for a known record write its id or code.";
    issue_bad_date(found: impl Display) => "“{found}”不是日期，或没有这一天。请写成 2026-03-16。", "\"{found}\" is no date, or no such day exists. Write 2026-03-16.";
    issue_date_order(from: impl Display, to: impl Display) => "{from} 至 {to}：止日早于起日。请改正。", "{from} to {to} ends before it begins. Correct the dates.";
    issue_guarded(why: impl Display) => "没有收入：{why}", "Not taken. {why}";
    issue_unapproved(field: impl Display) => "新记录的“{field}”要写明起始日期、原因和批准人。请补全，或去掉这一项再导入。", "A new record's \"{field}\" needs its first day, reason and approver. Complete it or leave it out.";
    issue_future_history(date: impl Display) => "以往的检查有 {date}，还没有到。请改正日期，或去掉这一次检查。", "A past inspection is dated {date}, which is still to come. Correct the date or leave the inspection out.";
    issue_numbers_used_up => "编号已用到上限，不能再新增。", "The numbers of the register are used up.";
    issue_salt_form => "公示盐值应为 32 位十六进制数。请删去这个字段，由本系统产生。", "The publication salt must be 32 hex digits. Leave the field out; it is made here.";
}

impl Lang {
    /// Why a whole file was refused, and what mends it.
    #[must_use]
    pub fn file_error(self, error: &FileError) -> String {
        match error {
            FileError::Empty => self.file_empty().to_owned(),
            FileError::TooLarge { bytes, max } => {
                self.file_too_large(self.file_size(*bytes), self.file_size(*max))
            }
            FileError::Kind { kind } => self.of(other_kind(*kind)),
            FileError::Encoding { probable, offset } => self.of(encoding_error(*probable, *offset)),
            FileError::Malformed { line, column, kind } => {
                self.of(malformed(*line, *column, *kind))
            }
            FileError::NotAnObject => self.file_not_an_object().to_owned(),
            FileError::NoFormat => self.file_no_format().to_owned(),
            FileError::UnknownFormat { found } => self.file_unknown_format(found),
            FileError::NoVersion => self.file_no_version().to_owned(),
            FileError::NewerVersion { found, known } => self.file_newer_version(found, known),
            FileError::NoStep(step) => self.file_no_step(step.from),
            FileError::NoList { field } => self.file_no_list(field),
            FileError::TooMany { field, found, max } => {
                self.file_too_many(list_name(self, field), found, max)
            }
            FileError::Rows { field, issues } => {
                self.file_rows(list_name(self, field), issues.len())
            }
            FileError::Shape(error) => self.of(shape_error(error)),
            FileError::Unsound(error) => self.file_unsound(self.of(super::error::unsound(error))),
            FileError::Calendar(error) => self.of(calendar_error(error)),
        }
    }

    /// What is wrong with a row, and what mends it; without its place.
    #[must_use]
    pub fn row_issue(self, kind: &RowIssueKind, who: Who) -> String {
        match kind {
            RowIssueKind::WrongType { expected } => self.of(wrong_type(*expected)),
            RowIssueKind::UnknownWord { found, allowed } => {
                let comma = if self == Self::Zh { "、" } else { ", " };
                self.issue_unknown_word(found, allowed.join(comma))
            }
            RowIssueKind::OrangeTier { found } => self.issue_orange_tier(found),
            RowIssueKind::TierConflict { found } => self.issue_tier_conflict(found),
            RowIssueKind::Code(error) => self.code_error(error),
            RowIssueKind::OrganisationCheck => self.issue_organisation_check().to_owned(),
            RowIssueKind::DuplicateCode { other_row } => self.issue_duplicate_code(other_row),
            RowIssueKind::CodeTaken { other } => self.issue_code_taken(other),
            RowIssueKind::DuplicateId { other_row } => self.issue_duplicate_id(other_row),
            RowIssueKind::SameRecord { other_row } => self.issue_same_record(other_row),
            RowIssueKind::IdForm { found } => self.issue_id_form(found),
            RowIssueKind::IdReplaced { found, given } => self.issue_id_replaced(found, given),
            RowIssueKind::NoName { found } => self.issue_no_name(found),
            RowIssueKind::TooLong(text) => self.too_long(text),
            RowIssueKind::Value(fault) => self.fault(fault),
            RowIssueKind::Alike { other } => match other {
                Alike::Record(id) => self.issue_alike_record(id),
                Alike::Row(row) => self.issue_alike_row(row),
            },
            RowIssueKind::MissingId => self.issue_missing_id().to_owned(),
            RowIssueKind::MissingName => self.issue_missing_name().to_owned(),
            RowIssueKind::BadDate { found } => self.issue_bad_date(found),
            RowIssueKind::DateOrder { from, to } => self.issue_date_order(from, to),
            RowIssueKind::SaltForm => self.issue_salt_form().to_owned(),
            RowIssueKind::Guarded { field } => {
                self.issue_guarded(self.of(super::error::guarded(*field)))
            }
            RowIssueKind::Unapproved { field } => {
                self.issue_unapproved(self.import_field(field.field()))
            }
            RowIssueKind::FutureHistory { date } => self.issue_future_history(date),
            RowIssueKind::NumbersUsedUp => self.issue_numbers_used_up().to_owned(),
            RowIssueKind::Result(issue) => self.result_issue(issue, who),
        }
    }

    /// A fault with its place, on one line: for lists in files.
    #[must_use]
    pub fn row_issue_line(self, issue: &RowIssue, book: Who) -> String {
        let who = [issue.id.as_deref(), issue.name.as_deref()];
        let who = who.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let (row, field) = (issue.row_number, self.import_field(issue.field));
        let words = self.row_issue(&issue.kind, book);
        match self {
            Self::Zh => format!("第 {row} 行\t{who}\t{field}\t{words}"),
            Self::En => format!("Row {row}\t{who}\t{field}\t{words}"),
        }
    }

    /// 新增 3，停用 2: what an import touches, leaving out what it does not.
    #[must_use]
    pub fn import_numbers(self, numbers: ImportNumbers) -> String {
        let parts = [
            (self.import_added(), numbers.added),
            (self.import_changed(), numbers.changed),
            (self.import_withdrawn(), numbers.withdrawn),
            (self.import_removed(), numbers.removed),
        ];
        let parts = parts.into_iter().filter(|(_, count)| *count > 0);
        match self {
            Self::Zh => {
                let words = parts.map(|(words, count)| format!("{words} {count}"));
                words.collect::<Vec<_>>().join("，")
            }
            Self::En => {
                let words = parts.map(|(words, count)| format!("{count} {}", words.to_lowercase()));
                words.collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// What of a notice of holidays a person must look at.
    #[must_use]
    pub fn notice_fault(self, fault: &NoticeFault) -> String {
        match fault {
            NoticeFault::NotUnderstood { sentence } => self.notice_not_understood(sentence),
            NoticeFault::OtherWeekday { date, said } => {
                let is = self.weekday(date.weekday());
                self.notice_other_weekday(self.month_day(*date), self.weekday(*said), is)
            }
            NoticeFault::OtherCount { name, said, found } => {
                self.notice_other_count(name, said, found)
            }
            NoticeFault::WorkedAnyway { date } => self.notice_worked_anyway(self.month_day(*date)),
        }
    }

    /// What a person should know of a workbook that can be opened all the same.
    #[must_use]
    pub fn workbook_warning(self, warning: &WorkbookWarning) -> String {
        self.of(match warning {
            WorkbookWarning::Migrated { from } => both(
                format!("文件是旧格式（版本 {from}），已按现在的格式读入。"),
                format!("The file is of an older format (version {from}) and was lifted to today's."),
            ),
            WorkbookWarning::TrailBreak { number } => both(
                format!("操作记录从第 {number} 条起对不上：有人在本程序以外改过。打开前先弄清是谁改的。"),
                format!("The audit trail does not fit from entry {number} on: something else changed it. Find out who before opening."),
            ),
            WorkbookWarning::TrailCut { cut } => both(
                self.trail_cut(cut),
                self.trail_cut(cut),
            ),
            WorkbookWarning::Sorted => both(
                "名录没有按编号排列，已重新排列。",
                "A register was not in order of ids and has been sorted.",
            ),
            WorkbookWarning::NumberRaised => both(
                "已发编号的记录偏低，已调高，避免一号两用。",
                "The last number given was too low and was raised, so that none is given twice.",
            ),
        })
    }

    /// Why a preview cannot be applied.
    #[must_use]
    pub fn import_error(self, error: &ImportError) -> String {
        self.of(match error {
            ImportError::Faulty { faulty_count } => {
                return self.import_blocked(faulty_count);
            }
            ImportError::TooMany { found, max } => both(
                format!("导入后有 {found} 条记录，超过上限 {max} 条。请分成几个工作簿，或删去不监管的记录。"),
                format!("The register would hold {found} records, at most {max}. Split it, or leave out what is not supervised."),
            ),
        })
    }

    /// 2.4 MB, 118 KB.
    #[must_use]
    pub fn file_size(self, bytes: u64) -> String {
        if bytes >= MEGABYTE {
            let tenths = bytes * 10 / MEGABYTE;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        } else {
            format!("{} KB", bytes.div_ceil(1024))
        }
    }
}

/// What a file is, in both languages.
pub(super) const fn kind_name(kind: FileKind) -> (&'static str, &'static str) {
    match kind {
        FileKind::Xlsx => ("Excel 表格（.xlsx）", "an Excel workbook (.xlsx)"),
        FileKind::Xls => (
            "旧版 Excel 或 WPS 表格（.xls、.et）",
            "an old Excel or WPS workbook (.xls, .et)",
        ),
        FileKind::Ods => (
            "OpenDocument 表格（.ods）",
            "an OpenDocument spreadsheet (.ods)",
        ),
        FileKind::XmlTable => ("XML 格式的 Excel 表格", "an Excel table in XML"),
        FileKind::Html => ("网页文件（HTML）", "a web page (HTML)"),
        FileKind::Csv => (
            "逗号或制表符分隔的表格（CSV）",
            "a table of separated values (CSV)",
        ),
        FileKind::Word => ("Word 文档", "a Word document"),
        FileKind::Numbers => ("Apple Numbers 表格", "a spreadsheet of Apple Numbers"),
        FileKind::Locked => (
            "设了打开密码的 Office 文件",
            "an Office file with a password",
        ),
        FileKind::Pdf => ("PDF 文件", "a PDF file"),
        FileKind::Png => ("PNG 图片", "a PNG picture"),
        FileKind::Jpeg => ("JPEG 图片", "a JPEG picture"),
        FileKind::Zip => ("zip 压缩文件", "a zip archive"),
        FileKind::Archive => ("压缩文件", "an archive"),
        FileKind::Text => ("普通文字", "plain text"),
    }
}

/// What a file is that is no JSON, and the way that leads on.
fn other_kind(kind: FileKind) -> Both {
    let (zh, en) = kind_name(kind);
    let (remedy, remedy_en) = match kind {
        FileKind::Xlsx
        | FileKind::Xls
        | FileKind::Ods
        | FileKind::XmlTable
        | FileKind::Html
        | FileKind::Csv
        | FileKind::Locked => (
            "这里只读本程序的 JSON 文件。表格请打开工作簿后，从“单位”“执法人员”“事项清单”页导入。",
            "JSON files of this program are read here. Open the workbook and import tables on the pages of units, officers and items.",
        ),
        FileKind::Word | FileKind::Pdf | FileKind::Png | FileKind::Jpeg => (
            "里面没有能读的名录或备份。请选择 Excel、CSV 表格，或本程序导出的 JSON 文件（文件名以 .json 结尾）。",
            "It holds no register or backup that could be read. Choose an Excel or CSV table, or a JSON file that this program exported (its name ends with .json).",
        ),
        FileKind::Numbers => (
            "请在 Numbers 里导出为 Excel（.xlsx），再选择导出的文件。",
            "Export it from Numbers as Excel (.xlsx), then choose that file.",
        ),
        FileKind::Zip | FileKind::Archive => (
            "请先解压，再选择里面的表格或以 .json 结尾的文件。",
            "Unpack it, then choose the table in it, or the file that ends with .json.",
        ),
        FileKind::Text => (
            "不是本程序的 JSON 文件。请选择本程序导出的文件（文件名以 .json 结尾）。",
            "It is no JSON file of this program. Choose one that this program exported (its name ends with .json).",
        ),
    };
    let gap = if zh.starts_with(|c: char| c.is_ascii()) {
        " "
    } else {
        ""
    };
    both(
        format!("这是{gap}{zh}。{remedy}"),
        format!("This is {en}. {remedy_en}"),
    )
}

fn encoding_error(probable: Encoding, offset: usize) -> Both {
    let place = offset + 1;
    match probable {
        Encoding::Gbk => both(
            format!(
                "文件的编码是 GBK（ANSI），从第 {place} 个字节起读不成文字。请用记事本打开，“另存为”时编码选 UTF-8。"
            ),
            format!(
                "The file is in GBK (ANSI), unreadable from byte {place} on. Open it in Notepad and save it as UTF-8."
            ),
        ),
        Encoding::Utf16 => both(
            "文件的编码是 UTF-16（“Unicode”）。请用记事本打开，“另存为”时编码选 UTF-8。",
            "The file is in UTF-16 (\"Unicode\"). Open it in Notepad and save it as UTF-8.",
        ),
        Encoding::Unknown => both(
            format!(
                "认不出文件的内容，从第 {place} 个字节起不是文字：可能被单位加密软件加密，也可能已损坏。请先解密，或换另一份 JSON 文件。"
            ),
            format!(
                "The content is of no known kind, no text from byte {place} on: encrypted by office software, or damaged. Decrypt it, or take another JSON file."
            ),
        ),
    }
}

fn malformed(line: usize, column: usize, kind: Malformed) -> Both {
    match kind {
        Malformed::Syntax => both(
            format!("第 {line} 行第 {column} 列不合 JSON 语法。请检查那里的引号、逗号和括号。"),
            format!(
                "Line {line}, column {column} breaks the syntax of JSON. Look for quotes, commas and brackets there."
            ),
        ),
        Malformed::Truncated => both(
            format!(
                "文件在第 {line} 行第 {column} 列中断，后面缺失，可能没有复制完整。请从原处重新复制。"
            ),
            format!(
                "The file breaks off at line {line}, column {column}: perhaps it was not copied wholly. Copy it again."
            ),
        ),
    }
}

fn shape_error(error: &serde_json::Error) -> Both {
    let (line, column) = crate::engine::read::place(error);
    if line == 0 {
        return both(
            format!("文件里有一个字段的内容不是应有的样子（{error}）。请对照导出的文件改正。"),
            format!(
                "A field of the file is of another shape ({error}). Compare it with an export and correct it."
            ),
        );
    }
    both(
        format!(
            "第 {line} 行第 {column} 列的内容不是应有的样子（{error}）。请对照导出的文件改正。"
        ),
        format!(
            "Line {line}, column {column} is of another shape ({error}). Compare it with an export and correct it."
        ),
    )
}

fn calendar_error(error: &CalendarError) -> Both {
    match error {
        CalendarError::Shape(error) => both(
            format!("放假安排应写成 {{\"2027\": {{\"off\": […], \"work\": […]}}}}（{error}）。"),
            format!(
                "A holiday calendar must be of the shape {{\"2027\": {{\"off\": […], \"work\": […]}}}} ({error})."
            ),
        ),
        CalendarError::OtherYear { year, date } => both(
            format!("{date} 写在了 {year} 年下。请移到它自己的年份。"),
            format!("{date} stands under {year}. Move it to its own year."),
        ),
        CalendarError::Both { date } => both(
            format!("{date} 既写在放假 off 里，又写在补班 work 里。请只留一处。"),
            format!("{date} is both off and worked. Keep one of the two."),
        ),
        CalendarError::WorkOnWeekday { date } => both(
            format!("{date} 本来就是工作日，不必写在补班 work 里。请删去。"),
            format!("{date} is a working day anyway. Take it out of the worked days."),
        ),
        CalendarError::NoWorkingDay { month } => both(
            format!("{month} 一个工作日也没有。请核对放假和调休的日期。"),
            format!("{month} has no working day. Check its holidays."),
        ),
        CalendarError::NoHolidays { year } => both(
            format!("{year} 年没有一天放假。请对照国务院办公厅通知补全。"),
            format!("{year} has no holiday at all. Complete it from the State Council's notice."),
        ),
    }
}

/// The words for a list of a file.
fn list_name(lang: Lang, field: &str) -> String {
    match field {
        "units" => lang.file_units().to_owned(),
        "officers" => lang.file_officers().to_owned(),
        "items" => lang.file_items().to_owned(),
        "agencies" => lang.file_agencies().to_owned(),
        "engineers" => lang.file_engineers().to_owned(),
        other => other.to_owned(),
    }
}

fn wrong_type(expected: Expected) -> Both {
    match expected {
        Expected::Text => both("应为文字，写在引号里。", "Must be text, in quotes."),
        Expected::Flag => both(
            "应为 true、false、是或否。",
            "Must be true, false, 是 or 否.",
        ),
        Expected::WholeNumber => both(
            "应为 0 至 4294967295 的整数，不加引号。",
            "Must be a whole number from 0 to 4294967295, without quotes.",
        ),
        Expected::Date => both(
            "应为日期，写成 \"2026-03-16\"。",
            "Must be a date such as \"2026-03-16\".",
        ),
        Expected::List => both(
            "应为列表，写在方括号里。",
            "Must be a list in square brackets.",
        ),
        Expected::Object => both(
            "应为对象，写在花括号里。",
            "Must be an object in curly brackets.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Severity;

    #[test]
    fn a_fault_names_its_place_and_remedy() {
        let issue = RowIssue {
            row_number: 37,
            id: Some("NG-00037".into()),
            name: Some("甲".into()),
            field: "risk",
            severity: Severity::Error,
            kind: RowIssueKind::OrangeTier {
                found: "橙".into()
            },
        };
        let line = Lang::Zh.row_issue_line(&issue, Who::default());
        assert!(
            line.starts_with("第 37 行\tNG-00037 甲\t风险等级\t“橙”"),
            "{line}"
        );
    }

    #[test]
    fn encodings_are_named() {
        let gbk = [0x7b, 0x22, 0xc4, 0xcf, 0x22, 0x7d];
        let error = crate::exchange::json::read(&gbk).expect_err("not UTF-8");
        assert!(Lang::Zh.file_error(&error).contains("GBK"));
        assert!(Lang::En.file_error(&error).contains("UTF-8"));
    }

    #[test]
    fn a_table_is_named_and_the_way_that_works_today() {
        for (bytes, name) in [
            (&b"PK\x03\x04 xl/workbook.xml"[..], "Excel 表格（.xlsx）"),
            ("单位名称,地址\n".as_bytes(), "CSV"),
            (b"%PDF-1.7", "PDF"),
        ] {
            let error = crate::exchange::json::read(bytes).expect_err("no JSON");
            let words = Lang::Zh.file_error(&error);
            assert!(words.contains(name) && words.contains("JSON"), "{words}");
            assert!(!words.contains("记事本"), "{words}");
        }
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(Lang::Zh.file_size(118 * 1024), "118 KB");
        assert_eq!(Lang::Zh.file_size(2_516_582), "2.3 MB");
    }
}
