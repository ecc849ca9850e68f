//! Words of lists that are read from spreadsheets, pages and texts.
//!
//! The matches are exhaustive: a new kind of refusal, question, problem or note does not
//! compile without words.

use std::fmt::Display;

use super::exchange::kind_name;
use super::{Lang, Who};
use crate::exchange::sheet::{
    AskKind, COLUMNS_MAX, LeftOut, NoteKind, ProblemKind, ROWS_MAX, Refusal, SheetKind, SkipWhy,
    column_name,
};
use crate::messages;

messages! {
    sheet_empty => "文件是空的。请确认选对了文件。", "The file is empty. Check that it is the right one.";
    sheet_temporary => "这是 Excel 打开时的临时文件（文件名以 ~$ 开头）。请选择原文件。", "This is what Excel leaves beside an open file (~$…). Choose the file itself.";
    sheet_locked => "文件有打开密码，请取消后再导入。", "A password opens this file. Take it off, then import.";
    sheet_unknown => "内容不是表格，可能被单位加密软件加密；请另存为 CSV 或先解密。", "The content is no table, perhaps encrypted by office software. Save it as CSV, or decrypt it first.";
    sheet_damaged => "文件不完整或已损坏。请从原处重新复制，或用 Excel 打开后另存。", "The file is damaged or breaks off. Copy it again, or open and save it in Excel.";
    sheet_json => "这是 JSON 文件，请按备份或名录导入。", "This is a JSON file: import it as a backup or register.";
    sheet_binary => "这是二进制的 Excel 表格（.xlsb）。请用 Excel 另存为 .xlsx。", "This is a binary workbook (.xlsb). Save it as .xlsx in Excel.";
    sheet_plain_text => "只有一段文字，分不出行和列。请选择表格文件。", "Plain text without rows and columns. Choose a table.";
    sheet_too_large => "文件展开后太大，没有读取。请删去不需要的内容后另存。", "The file unfolds to more than is read. Take out what is not needed and save it again.";
    sheet_no_cells => "表格里没有内容。", "The table holds nothing.";
    sheet_no_heads => "没有找到表头。表头一行要有“单位名称”“地址”这样的列名。", "No row of heads was found. It must name columns such as 单位名称 and 地址.";
    sheet_no_rows => "只有表头，下面没有数据。", "Nothing stands under the heads.";
    sheet_open_quote(row: impl Display) => "第 {row} 行有一个引号没有配对，后面的内容分不清。请补上或删去这个引号。", "A quotation mark in row {row} is never closed. Close it or take it out.";
    sheet_full_width(sign: impl Display) => "各列之间用的是中文符号“{sign}”，分不出列。请改成英文逗号，或另存为 Excel 表格。", "Columns stand between full-width signs \"{sign}\". Use commas, or save as an Excel workbook.";
    sheet_too_many_rows(max: impl Display) => "有内容的行超过 {max} 行。请分成几个文件。", "More than {max} used rows. Split the file.";
    sheet_too_many_columns(max: impl Display) => "有内容的列超过 {max} 列。请删去不需要的列。", "More than {max} used columns. Take out those that are not needed.";
    sheet_no_table(kind: impl Display) => "这是{kind}，不是能读的表格。请选择 Excel 或 CSV 文件。", "This is {kind}, no table that could be read. Choose an Excel or CSV file.";
    sheet_no_head(column: impl Display) => "无标题，{column} 列", "No head, column {column}";
}

impl Lang {
    /// Why nothing was read from a file, and what mends it.
    #[must_use]
    pub fn sheet_refusal(self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::Empty => self.sheet_empty().to_owned(),
            Refusal::Temporary => self.sheet_temporary().to_owned(),
            Refusal::Locked => self.sheet_locked().to_owned(),
            Refusal::Unknown => self.sheet_unknown().to_owned(),
            Refusal::Damaged => self.sheet_damaged().to_owned(),
            Refusal::Json => self.sheet_json().to_owned(),
            Refusal::Binary => self.sheet_binary().to_owned(),
            Refusal::PlainText => self.sheet_plain_text().to_owned(),
            Refusal::TooLarge => self.sheet_too_large().to_owned(),
            Refusal::NoCells => self.sheet_no_cells().to_owned(),
            Refusal::NoHeads => self.sheet_no_heads().to_owned(),
            Refusal::NoRows => self.sheet_no_rows().to_owned(),
            Refusal::OpenQuote { row_number } => self.sheet_open_quote(row_number),
            Refusal::FullWidthSeparator(sign) => self.sheet_full_width(sign),
            Refusal::TooManyRows => self.sheet_too_many_rows(ROWS_MAX),
            Refusal::TooManyColumns => self.sheet_too_many_columns(COLUMNS_MAX),
            Refusal::NoTable(kind) => {
                let (zh, en) = kind_name(*kind);
                self.sheet_no_table(self.one(zh, en))
            }
        }
    }

    /// What a file is.
    #[must_use]
    pub fn sheet_kind(self, kind: SheetKind) -> &'static str {
        let (zh, en) = match kind {
            SheetKind::Xlsx => ("Excel 表格", "Excel workbook"),
            SheetKind::Xls => ("旧版 Excel 或 WPS 表格", "old Excel or WPS workbook"),
            SheetKind::Ods => ("OpenDocument 表格", "OpenDocument spreadsheet"),
            SheetKind::Xml2003 => ("XML 格式的 Excel 表格", "Excel table in XML"),
            SheetKind::Html => ("网页格式的表格", "table of a web page"),
            SheetKind::Csv => ("分隔符文本", "separated values"),
        };
        self.one(zh, en)
    }

    /// The head of a column; its letter where it has none.
    #[must_use]
    pub fn sheet_head(self, head: &str, column: u16) -> String {
        if head.is_empty() {
            self.sheet_no_head(column_name(column))
        } else {
            head.to_owned()
        }
    }

    /// Why a column is not read.
    #[must_use]
    pub fn sheet_left_out(self, why: LeftOut) -> &'static str {
        let (zh, en) = match why {
            LeftOut::Hidden => (
                "文件里隐藏的列，默认不读",
                "Hidden in the file: not read unless chosen",
            ),
            LeftOut::Identity => ("身份证号不导入", "Never taken in"),
            LeftOut::Numbering => ("文件自己的序号，不读", "The file's own numbers: not read"),
            LeftOut::WorkedOut => (
                "系统算出的，不用导入",
                "Worked out by this program: nothing to take in",
            ),
            LeftOut::Twice => ("另有一列已对应这个字段", "Another column holds this field"),
            LeftOut::Unknown => (
                "没有对应的字段，可以手工选择",
                "No field fits; choose one by hand",
            ),
            LeftOut::Chosen => ("选择了不读", "Chosen not to be read"),
        };
        self.one(zh, en)
    }

    /// Why a row is no record.
    #[must_use]
    pub fn sheet_skip(self, why: SkipWhy) -> &'static str {
        let (zh, en) = match why {
            SkipWhy::Example => ("示例行", "Example row"),
            SkipWhy::Instruction => ("填写说明行", "Row of instructions"),
            SkipWhy::Heads => ("重复的表头", "Heads again"),
            SkipWhy::OtherTable => (
                "下面是另一张表，请单独导入",
                "Another table below: import it by itself",
            ),
            SkipWhy::Note => ("说明或签名，不是记录", "A note or signature, no record"),
            SkipWhy::Total => ("合计行", "Total"),
            SkipWhy::OnlyNumber => ("只有序号", "Nothing but a number"),
            SkipWhy::Answered => ("按回答不收", "Left out as answered"),
        };
        self.one(zh, en)
    }

    /// What is asked.
    #[must_use]
    pub fn sheet_ask(self, kind: AskKind) -> &'static str {
        let (zh, en) = match kind {
            AskKind::Flag => ("这个值表示是还是否？", "Does this value mean yes or no?"),
            AskKind::Tier => (
                "这个值是重大、较大、一般还是低风险？",
                "Which risk is meant: 重大, 较大, 一般 or 低?",
            ),
            AskKind::Word => (
                "这个词是哪一项？",
                "Which of the field's values does this word mean?",
            ),
            AskKind::ShortYear => (
                "两位的年份是 20 几年吗？",
                "Do years of two digits belong to this century?",
            ),
            AskKind::TotalRow => (
                "这一行是合计，还是一个单位？",
                "Is this row a total or a unit?",
            ),
            AskKind::DoubtfulRow => (
                "这一行是标题、落款、几个人，还是一条记录？",
                "Is this row a heading, a signature, several people, or a record?",
            ),
            AskKind::Township => ("这是哪个街道乡镇？", "Which township is this?"),
            AskKind::Alike => (
                "同名且没有代码可以区分：是同一个吗？",
                "One name and no code to tell them apart: are they one?",
            ),
            AskKind::DamagedCode => (
                "代码的位数已丢失：不带代码收入，还是不收这些行？",
                "Digits of these codes are lost: take the rows without, or leave them out?",
            ),
            AskKind::Status => (
                "状态不是正常：列为停用候选，另行审批",
                "Not in use: candidates for retirement, approved separately",
            ),
            AskKind::OtherSheet => (
                "另一张工作表也像名录：也要读吗？",
                "Another sheet looks like a list too: read it as well?",
            ),
        };
        self.one(zh, en)
    }

    /// What is wrong with a value or row, and what mends it.
    #[must_use]
    pub fn sheet_problem(self, kind: &ProblemKind) -> String {
        let (zh, en) = match kind {
            ProblemKind::Issue(issue) => return self.row_issue(issue, Who::default()),
            ProblemKind::DigitsLost => (
                "位数已丢失（表格把长数字变成了科学计数）。按信息不全收入，请对照营业执照补填。",
                "Digits are lost: the spreadsheet made a short number of it. Taken as incomplete; enter it from the licence.",
            ),
            ProblemKind::OldCode => (
                "这是旧的注册号或组织机构代码，不是 18 位统一社会信用代码。按信息不全收入。",
                "An old registration number or organisation code, not 18 characters. Taken as incomplete.",
            ),
            ProblemKind::ZeroLost => (
                "区号开头的 0 可能丢失，按原样收入，请核对。",
                "The leading 0 of the area code may be lost. Taken as it stands; check it.",
            ),
            ProblemKind::ErrorValue => (
                "公式出错的值，按不详处理。",
                "An error of a formula: read as not known.",
            ),
            ProblemKind::NotWorkedOut => (
                "公式没有算出结果。请在 Excel 里打开并保存一次。",
                "A formula without its result. Open and save the file in Excel once.",
            ),
            ProblemKind::BadDate => (
                "不是存在的日期，没有收入这个值。",
                "No date that exists: the value is left out.",
            ),
            ProblemKind::BadNumber => (
                "不是数字，没有收入这个值。",
                "No number: the value is left out.",
            ),
            ProblemKind::IdentityNumber => (
                "像是身份证号，没有收入这个值。",
                "It looks like an identity number: the value is left out.",
            ),
            ProblemKind::MadeDate => (
                "表格软件把它变成了日期或真假值，原来写的已看不到；没有收入这个值。请按原件补填。",
                "The spreadsheet made a day or a yes-or-no of it, and what was written is lost: the value is left out. Fill it in from the original.",
            ),
        };
        self.one(zh, en).to_owned()
    }

    /// What was mended or left aside.
    #[must_use]
    pub fn sheet_note(self, kind: NoteKind) -> &'static str {
        let (zh, en) = match kind {
            NoteKind::BlankWord => (
                "表示没有的字词，按空白收入",
                "Words for «nothing», read as blank",
            ),
            NoteKind::Guard => (
                "长数字的保护符号，已去掉",
                "Signs that keep long numbers text, taken off",
            ),
            NoteKind::SpacedName => (
                "姓名中对齐用的空格，已去掉",
                "Blanks that align names, taken out",
            ),
            NoteKind::Endless => ("长期，按没有期限收入", "Without end, read as blank"),
            NoteKind::SpanEnd => (
                "起止日期，取截止的一天",
                "Spans of days, read as their last",
            ),
            NoteKind::SerialDate => ("以天数表示的日期，已换算", "Numbers of days, read as dates"),
            NoteKind::Filled => (
                "向下合并的单元格，已逐行填入",
                "Merged cells, filled downwards",
            ),
            NoteKind::SideBySide => (
                "右边并排的第二栏没有读入，请接到第一栏下面再导入",
                "A second list beside the first is not read: put it below the first, and import again",
            ),
            NoteKind::HiddenRow => (
                "文件里隐藏的行，也已读入",
                "Rows hidden in the file, read all the same",
            ),
            NoteKind::CellColours => ("单元格颜色不作为信息读取", "Colours of cells are not read"),
            NoteKind::Unreadable => (
                "按这个编码读不出的字",
                "Signs that this encoding cannot read",
            ),
            NoteKind::TownshipAlias => (
                "按大队所记的别名认出的街道乡镇",
                "Townships known by their other names",
            ),
        };
        self.one(zh, en)
    }

    const fn one(self, zh: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::FileKind;

    #[test]
    fn a_refusal_says_what_it_is_and_what_mends_it() {
        let of = |refusal| {
            (
                Lang::Zh.sheet_refusal(&refusal),
                Lang::En.sheet_refusal(&refusal),
            )
        };
        assert_eq!(of(Refusal::Locked).0, "文件有打开密码，请取消后再导入。");
        assert!(
            of(Refusal::FullWidthSeparator('，'))
                .0
                .contains("中文符号“，”")
        );
        assert!(of(Refusal::OpenQuote { row_number: 7 }).1.contains("row 7"));
        assert!(of(Refusal::NoTable(FileKind::Png)).0.contains("PNG 图片"));
        assert!(of(Refusal::TooManyRows).0.contains("250000"));
        assert_eq!(Lang::Zh.sheet_head("", 0), "无标题，A 列");
    }
}
