//! Words of results from files: what is wrong with a line, what a preview shows.

use std::fmt::Display;

use super::{Lang, Who, both};
use crate::exchange::ResultIssue;
use crate::messages;
use crate::workbook::visit_record::RecordSource;

messages! {
    act_import_results => "导入检查结果", "Import results";
    results_added => "新结果", "New results";
    results_differing => "与已有结果不同", "Differing";
    results_unchanged => "一致", "Same";
    results_appeared => "不是本库抽取", "Not drawn here";
    results_vanished => "这次没有了", "No longer there";
    results_vanished_fact(n: impl Display) => "以前导入过、这次文件里没有的结果 {n} 条", "{n} results that an earlier file brought are not in this one";
    results_vanished_cause => "只比对文件所含的月份。可能有人在官方系统里删改过：请逐条查明，本机的结果不变。", "Only the months that the file covers are compared. Somebody may have deleted them in the official system: look into each. The results here stay.";
    results_nothing_new => "没有可收入的新结果。", "There is no new result to take in.";
    results_file => "文件里", "In the file";
    results_here => "本机", "Here";
    results_from => "来自", "From";
    results_day => "检查日期", "Day";
    results_note => "每行对到一次抽中的检查；收入后与手工录入一样待审核。已有的结果不替换。", "Each line means a drawn visit; what comes in waits for review as a typed result does. No result is replaced.";
    result_from_file(file: impl Display, row: impl Display) => "{file} 第 {row} 行", "{file}, row {row}";
    result_source_told(what: impl Display) => "来自文件：{what}", "From a file: {what}";
}

impl Lang {
    /// Where a record came from, on one line.
    #[must_use]
    pub fn record_source(self, source: &RecordSource) -> String {
        let mut parts = vec![self.result_from_file(&source.file, source.row)];
        if !source.entered_by.is_empty() {
            let who = &source.entered_by;
            parts.push(self.of(both(format!("录入人 {who}"), format!("entered by {who}"))));
        }
        if let Some(day) = source.published_on {
            parts.push(self.of(both(format!("{day} 公示"), format!("published {day}"))));
        }
        parts.join(self.list_comma())
    }

    /// What is wrong with a line of results, and what mends it.
    pub(super) fn result_issue(self, issue: &ResultIssue, who: Who) -> String {
        let words = match issue {
            ResultIssue::Rule(error) => return self.action_error(error, who),
            ResultIssue::NoUnit => both(
                "单位名录里没有这家单位。核对名称和代码；别的机关的检查不收。",
                "The register has no such unit. Check name and code; visits of other bodies do not come in.",
            ),
            ResultIssue::NoVisit => both(
                "这家单位这一年没有抽中的检查。别的检查形式请在单位页登记“其他检查”。",
                "The unit has no drawn visit that year. Enter a visit of another kind on the unit's page.",
            ),
            ResultIssue::SeveralUnits { count } => both(
                format!("有 {count} 家单位同名。请在文件里写上统一社会信用代码。"),
                format!("{count} units have this name. Give the credit code in the file."),
            ),
            ResultIssue::SeveralVisits { count } => both(
                format!("这家单位有 {count} 次检查都可能是它。请在文件里写上任务编号。"),
                format!(
                    "{count} visits of the unit may be meant. Give the visit's number in the file."
                ),
            ),
            ResultIssue::NumberOfOther { unit } => both(
                format!("这个任务编号是“{unit}”的。请核对编号和单位。"),
                format!("This is the number of a visit to {unit}. Check number and unit."),
            ),
            ResultIssue::SameVisit { other_row } => both(
                format!(
                    "与第 {other_row} 行是同一次检查，内容重复或不一致。请留一行，或写成不同的问题。"
                ),
                format!(
                    "Row {other_row} means the same visit and repeats or contradicts it. Keep one, or give another problem."
                ),
            ),
            ResultIssue::NoDate => both("没有检查日期。", "The day of the visit is missing."),
            ResultIssue::NoOutcome => both(
                "没有检查结果，或不是规定的八类之一。请在“询问”里说明它是哪一类，或改文件。",
                "The result is missing, or none of the eight. Say which is meant under Questions, or correct the file.",
            ),
            ResultIssue::BadTime { found } => both(
                format!("“{found}”不是时间，应如 09:30。"),
                format!("\"{found}\" is no time such as 09:30."),
            ),
            ResultIssue::UnknownHandling { found } => both(
                format!(
                    "不认识的处理措施“{found}”。写责令立即改正、责令限期改正、责令改正、临时查封、行政处罚、移送、抄告、转日常监管或无需后续处置。"
                ),
                format!("\"{found}\" is no known handling."),
            ),
            ResultIssue::NoMeasure => both(
                "发现了问题，没有写怎样处理。",
                "A problem was found, and nothing says what was done about it.",
            ),
            ResultIssue::NoOfficers => both("没有写检查人员。", "No officers are named."),
            ResultIssue::OtherOfficers { found, planned } if planned.is_empty() => both(
                format!("检查人员 {found}：这次检查现在没有排人。"),
                format!("{found}: nobody is planned for this visit now."),
            ),
            ResultIssue::OtherOfficers { found, planned } => both(
                format!(
                    "检查人员 {found}，计划是 {planned}。确是换了人的，先在“检查任务”登记换人或替换，再导入。"
                ),
                format!(
                    "{found} went; {planned} are planned. If others went, enter the change of team on the page of visits first."
                ),
            ),
            ResultIssue::NoItem { found } if found.is_empty() => both(
                "发现的问题没有写属于哪个检查事项。",
                "Which item the problem belongs to is not said.",
            ),
            ResultIssue::NoItem { found } => both(
                format!("检查事项“{found}”不在这次检查的事项里。"),
                format!("\"{found}\" is none of the items of this visit."),
            ),
            ResultIssue::Differs => both(
                "这次检查已有结果，与文件不同。查明哪边对；要改请在“检查任务”里更正。",
                "This visit has a result that says something else. Find out which is right, and correct it on the page of visits.",
            ),
        };
        self.of(words)
    }
}
