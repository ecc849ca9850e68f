//! Words of the page that takes spreadsheets in.

use std::fmt::Display;

use super::Lang;
use crate::exchange::sheet::AskKind;
use crate::messages;
use crate::model::field::RegisterKind;

messages! {
    sheet_title => "导入表格", "Import a table";
    sheet_import(register: impl Display) => "导入{register}", "Import: {register}";
    sheet_step_file => "文件", "File";
    sheet_step_columns => "对列", "Columns";
    sheet_step_questions => "询问", "Questions";
    sheet_step_preview => "预览", "Preview";
    sheet_step_preview_fact => "新增、变更、不变与问题", "New, changed, same, and problems";
    sheet_columns_caption(all: impl Display, read: impl Display) => "{all} 列，收 {read} 列", "{read} of {all} columns read";
    sheet_asks_none => "没有要问的", "Nothing to ask";
    sheet_asks(n: impl Display) => "{n} 问", "{n} questions";
    sheet_asks_open(n: impl Display, open: impl Display) => "{n} 问，{open} 处待答", "{n} questions, {open} answers missing";
    sheet_still_open(n: impl Display) => "还有 {n} 处没有回答", "{n} answers are missing";
    sheet_keep_aliases => "记入大队的街道乡镇别名，以后任何名单都这样认", "Keep as other names of the townships, for any list from now on";
    sheet_back => "上一步", "Back";
    sheet_to_questions => "去询问", "To the questions";
    sheet_to_preview => "去预览", "To the preview";
    sheet_drop => "把表格拖到本页任意位置，或选择文件。", "Drop a table anywhere onto this page, or choose a file.";
    sheet_kinds_excel => "Excel、WPS 表格", "Excel and WPS";
    sheet_kinds_text => "文本表格", "Values between separators";
    sheet_kinds_other => "网页表格、XML 表格、OpenDocument", "Tables of pages, XML, OpenDocument";
    sheet_kinds_json => "本系统导出的文件", "Files of this program";
    sheet_choose_note => "单位、人员、事项都从这里导入：列名自动对应，可以改；说不准的先问；看过预览再收入。文件只在本机读取。", "Units, officers and items come in here: columns are matched and can be changed, what is not clear is asked, and nothing comes in before you have seen it. The file is read on this computer alone.";
    sheet_templates => "空白模板（Excel）：", "Templates (Excel):";
    sheet_template_file(register: impl Display) => "{register}模板.xlsx", "{register} template.xlsx";
    sheet_not_written(why: impl Display) => "Excel 文件没有写成（{why}）。请改用 CSV 导出。", "The Excel file was not written ({why}). Export CSV instead.";
    sheet_broke(why: impl Display) => "读取这个文件时程序中断（{why}）。没有收入任何内容。请用 Excel 或 WPS 打开后另存为 .xlsx，再试一次。", "Reading this file broke off ({why}). Nothing came in. Open it in Excel or WPS, save it as .xlsx and try again.";
    sheet_rows => "文件前几行", "First rows";
    sheet_rows_caption(first: impl Display, last: impl Display, rows: impl Display) => "表头第 {first}–{last} 行，{rows} 行内容", "heads in rows {first}–{last}, {rows} rows";
    sheet_into => "导入到", "Into";
    sheet_sheet => "工作表", "Sheet";
    sheet_heads => "表头第", "Heads: rows";
    sheet_heads_first => "表头第一行", "First row of the heads";
    sheet_heads_last => "表头最后一行", "Last row of the heads";
    sheet_heads_unit => "行", "";
    sheet_encoding => "编码", "Encoding";
    sheet_rows_between(n: impl Display) => "中间 {n} 行", "{n} rows between";
    sheet_findings => "读到的情况", "What was found";
    sheet_skipped(n: impl Display, why: impl Display) => "跳过 {n} 行：{why}", "{n} rows skipped: {why}";
    sheet_blank_words(words: impl Display) => "{words} 处读作空白", "Read as blank: {words}";
    sheet_blank_word(word: impl Display, n: impl Display) => "“{word}” {n}", "\"{word}\" {n}";
    sheet_noted(what: impl Display, n: impl Display) => "{what}（{n}）", "{what} ({n})";
    sheet_columns => "列与字段", "Columns and fields";
    sheet_columns_facts(all: impl Display, read: impl Display, unknown: impl Display) => "{all} 列：已对 {read}，未对上 {unknown}", "{all} columns: {read} matched, {unknown} not";
    sheet_leave_unknown => "未对上的都不收", "Leave out what is not matched";
    sheet_known => "按上次同样表头的选择。", "As chosen last time for these heads.";
    sheet_column => "列", "Col.";
    sheet_head_name => "文件里的列名", "Head in the file";
    sheet_first_value => "头一个值", "First value";
    sheet_taken_as => "收作", "Taken as";
    sheet_choice_of(head: impl Display) => "“{head}”收作", "\"{head}\" is taken as";
    sheet_state => "状态", "State";
    sheet_matched => "已对", "Matched";
    sheet_unmatched => "未对上", "Not matched";
    sheet_not_taken => "不收", "Left out";
    sheet_not_shown => "不显示", "Not shown";
    sheet_please_choose => "请选择", "Choose";
    sheet_do_not_take => "不收", "Leave out";
    sheet_do_not_take_number => "不收（序号）", "Leave out (numbers)";
    sheet_ask_one(value: impl Display) => "要问“{value}”", "Asks: \"{value}\"";
    sheet_ask_more(value: impl Display) => "要问“{value}”等", "Asks: \"{value}\" …";
    sheet_fields_missing(fields: impl Display) => "文件里没有：{fields}。这些字段保持名录原样。", "Not in the file: {fields}. These fields stay as the register has them.";
    sheet_ask_place(column: impl Display, rows: impl Display) => "{column} 列，{rows} 行", "column {column}, {rows} rows";
    sheet_ask_rows(rows: impl Display) => "{rows} 行", "{rows} rows";
    sheet_rows_count(n: impl Display) => "{n} 行", "{n} rows";
    sheet_row(n: impl Display) => "第 {n} 行", "Row {n}";
    sheet_q_flag(head: impl Display, values: impl Display, field: impl Display) => "“{head}”里的 {values}，哪个是“{field}”", "\"{head}\": which of {values} means \"{field}\"?";
    sheet_q_tier(head: impl Display) => "“{head}”里有橙色，按哪种四级对", "\"{head}\" holds 橙: which scale is it?";
    sheet_q_word(head: impl Display, n: impl Display) => "“{head}”里有 {n} 个词不认识，各是哪一项", "\"{head}\": what do {n} unknown words mean?";
    sheet_q_year(head: impl Display, example: impl Display) => "“{head}”的年份只有两位（{example}），是 20 几年吗", "\"{head}\" has years of two digits ({example}): of this century?";
    sheet_q_total(n: impl Display) => "{n} 行像合计行，是记录还是合计", "{n} rows look like totals: are they?";
    sheet_q_role_help => "两名检查人员只从执法人员里抽；协助人员和专家只随行。", "The two of a visit are drawn from enforcement officers alone; assistants and experts go along.";
    sheet_q_doubtful(n: impl Display) => "{n} 行像标题、落款，或不止一个人，是记录吗", "{n} rows look like headings, signatures or several people: are they records?";
    sheet_q_township(n: impl Display) => "{n} 种街道乡镇的写法不认识，各是哪个", "{n} townships are not known: which are meant?";
    sheet_q_alike(n: impl Display) => "{n} 个名称重复，又没有代码可以区分，怎样收", "{n} names stand twice without codes to tell them apart";
    sheet_q_damaged(n: impl Display) => "{n} 个信用代码丢了位数，怎样收", "{n} codes have lost digits: how to take them?";
    sheet_q_status(n: impl Display) => "{n} 行的状态不是正常，要列为停用候选吗", "{n} rows are not in use: candidates for retirement?";
    sheet_q_other(n: impl Display) => "另有 {n} 张工作表也像名录", "{n} more sheets look like lists";
    sheet_value_means(value: impl Display, field: impl Display) => "“{value}”是{field}", "\"{value}\" is {field}";
    sheet_neither => "都不是，不收这列", "Neither: leave the column out";
    sheet_stays(field: impl Display) => "{field}保持名录原样", "{field} stays as it is";
    sheet_year_take => "是 20 几年", "Yes, of this century";
    sheet_value_leave => "不收这些值", "Leave these values out";
    sheet_alike_take => "都收入（是几家）", "Take all: they are several";
    sheet_alike_leave => "只收头一行（是一家）", "Take the first: they are one";
    sheet_damaged_take => "按信息不全收入，代码空着", "Take the rows without code, as incomplete";
    sheet_damaged_leave => "这些行不收", "Leave these rows out";
    sheet_status_take => "列为停用候选，在预览里勾选和审批", "Candidates, to be ticked and approved in the preview";
    sheet_status_leave => "不停用", "Do not retire";
    sheet_other(name: impl Display, rows: impl Display) => "“{name}”，{rows} 行。本次读一张；要读这张，回上一步改选工作表，收入后再导入一次。", "\"{name}\", {rows} rows. One sheet is read at a time: choose it one step back, or import the file again.";
    sheet_tier_scale => "文件用红橙黄蓝，按重大、较大、一般、低对", "红橙黄蓝, as 重大, 较大, 一般, 低";
    sheet_colour_means(value: impl Display, n: impl Display) => "{value} {n} →", "{value} {n} →";
    sheet_as_it_stands => "按原样收入", "As it stands";
    sheet_take => "收入", "Take";
    sheet_skip_it => "跳过", "Skip";
    sheet_keep => "记住列和回答，表头相同的文件不再问", "Keep columns and answers for files with the same heads";
    sheet_expected => "应有", "Expected";
    sheet_expected_unit => "家", "";
    sheet_expected_right => "与收入数相符", "As many come in";
    sheet_expected_wrong(ready: impl Display, off: impl Display) => "收入 {ready}，相差 {off}", "{ready} come in, {off} off";
    sheet_sum_name => "行数", "Rows";
    sheet_sum(rows: impl Display, ready: impl Display, skipped: impl Display, refused: impl Display) => "{rows} 行 = 收入 {ready} + 跳过 {skipped} + 拒收 {refused}", "{rows} rows = {ready} taken + {skipped} skipped + {refused} refused";
    sheet_records => "逐条查看", "Record by record";
    sheet_problems => "问题", "Problems";
    sheet_problems_note => "每种问题选一次怎么办；点开看每一行。", "Choose once a kind what becomes of the rows; open one to see them all.";
    sheet_found => "文件里写的", "In the file";
    sheet_policy_of(words: impl Display) => "怎么办：{words}", "What becomes of: {words}";
    sheet_policy_stop => "先不导入，改文件", "Do not import: mend the file";
    sheet_policy_skip => "跳过这些行", "Skip these rows";
    sheet_policy_without => "不要这个值，行照收（信息不全）", "Take the rows without the value, as incomplete";
    sheet_policy_new => "按新记录收入（已核对）", "New records (they were looked at)";
    sheet_policy_known => "并入已有的那一个（已核对）", "The known records (they were looked at)";
    sheet_without(n: impl Display) => "{n} 种问题的值已不收，行按信息不全收入。", "Values with {n} kinds of faults are left out; their rows come in as incomplete.";
    sheet_choose_anew => "重新选择", "Choose anew";
    sheet_blocked(n: impl Display) => "{n} 行有误：在“问题”里选怎么办", "{n} rows are faulty: choose what becomes of them";
    sheet_candidates(n: impl Display) => "停用候选 {n} 家", "{n} candidates for retirement";
    sheet_candidates_note => "勾选的随本次导入停用；没勾选的仍参加抽取。", "Those ticked are retired as the file comes in; the others stay in the draws.";
    sheet_candidates_all => "全选", "All";
    sheet_candidate(row: impl Display, name: impl Display, word: impl Display) => "第 {row} 行 {name}（{word}）", "Row {row} {name} ({word})";
    sheet_retire_reason => "名单中登记的状态不是正常", "The list says that it is not in use";
}

impl Lang {
    /// A register's name.
    #[must_use]
    pub fn register_name(self, register: RegisterKind) -> &'static str {
        match register {
            RegisterKind::Units => self.file_units(),
            RegisterKind::Officers => self.file_officers(),
            RegisterKind::Items => self.file_items(),
            RegisterKind::Agencies => self.file_agencies(),
            RegisterKind::Engineers => self.file_engineers(),
            RegisterKind::Results => self.file_results(),
        }
    }

    /// A sheet with what tells it from others.
    #[must_use]
    pub fn sheet_named(self, name: &str, rows: usize, is_hidden: bool) -> String {
        let hidden = match (self, is_hidden) {
            (_, false) => "",
            (Self::Zh, true) => "，隐藏",
            (Self::En, true) => ", hidden",
        };
        match self {
            Self::Zh => format!("{name}（{rows} 行{hidden}）"),
            Self::En => format!("{name} ({rows} rows{hidden})"),
        }
    }

    /// Which values of a column will be asked about.
    #[must_use]
    pub fn sheet_will_ask(self, value: &str, has_more: bool) -> String {
        let value: String = value.chars().take(4).collect();
        if has_more {
            self.sheet_ask_more(value)
        } else {
            self.sheet_ask_one(value)
        }
    }

    /// A word for a risk tier that lists use, in the page's language.
    #[must_use]
    pub fn sheet_tier(self, word: &str) -> String {
        let en = match word {
            "重大" => "重大, highest",
            "较大" => "较大, high",
            "一般" => "一般, general",
            _ => "低, low",
        };
        match self {
            Self::Zh => word.to_owned(),
            Self::En => en.to_owned(),
        }
    }

    /// What helps to answer a question.
    #[must_use]
    pub fn sheet_ask_help(self, kind: AskKind) -> &'static str {
        let (zh, en) = match kind {
            AskKind::Flag => (
                "有的表 0 是重点、1 是非重点，有的相反：请按实际选择，不猜。",
                "Some lists write 0 for yes, some 1: choose as it is. Nothing is guessed.",
            ),
            AskKind::Tier => (
                "红橙黄蓝与红黄蓝绿同色不同级；等级影响抽中机会。",
                "The two scales share colours with other meanings, and tiers bear on draws.",
            ),
            AskKind::Word => (
                "没有选的不收，字段保持名录原样。",
                "What is not chosen is left out; the field stays as it is.",
            ),
            AskKind::ShortYear => (
                "如 26.5.6：请确认是 2026 年。",
                "Such as 26.5.6: confirm that 2026 is meant.",
            ),
            AskKind::TotalRow => (
                "有地址的多半是单位：字号里也会有“合计”。",
                "With an address it is mostly a unit: names may begin with 合计.",
            ),
            AskKind::DoubtfulRow => (
                "不选的按右边的按钮处理。几个人写在一格里的，请在名单里分成几行再导入。",
                "What is not chosen stands as the buttons say. Several people in one cell: give each a row of the list, and import again.",
            ),
            AskKind::Township => (
                "没有选的按原样收入。",
                "What is not chosen comes in as it stands.",
            ),
            AskKind::Alike => (
                "名称和地址相同，代码空着。",
                "Name and address are the same, and codes are missing.",
            ),
            AskKind::DamagedCode => (
                "表格软件把长数字变成了科学计数：不猜、不补位。",
                "The spreadsheet made short numbers of them: nothing is guessed or padded.",
            ),
            AskKind::Status => (
                "停用要有原因和批准人，名录不会因为导入自己改状态。",
                "Retiring needs a reason and an approver: no import changes a status by itself.",
            ),
            AskKind::OtherSheet => ("", ""),
        };
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}
