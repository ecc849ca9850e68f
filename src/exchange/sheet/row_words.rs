//! Words by which a row is known for no record: totals, headings, notes, instructions; and
//! what is a person's name.

use super::plain::is_han;
use crate::workbook::names::folded;

/// Beginnings of remarks and signatures under a list, and of what a program prints below it.
pub(super) const NOTES: [&str; 45] = [
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
    "制表:",
    "审批:",
    "审定:",
    "复核",
    "校对",
    "经办人",
    "打印时间",
    "打印日期",
    "打印人",
    "导出时间",
    "截至",
    "截止",
    "统计时间",
    "统计日期",
    "以上",
    "以下无正文",
    "--以下无正文",
    "——以下",
    "盖章",
    "(盖章)",
    "单位(盖章)",
    "第1页",
    "日期:",
    "审核人",
    "审核:",
    "审批人",
    "填报人",
    "填报单位",
    "填报日期",
    "填报时间",
    "报送单位",
    "报送人",
    "以下空白",
    "单位负责人:",
    "联系人:",
];

/// A heading within a list: 一、学校, （二）医院, 第三部分.
pub(super) fn is_section(text: &str) -> bool {
    let plain = folded(text);
    let number = "一二三四五六七八九十";
    let rest = plain.trim_start_matches(['(', '第']);
    let after = rest.trim_start_matches(|sign| number.contains(sign));
    let is_numbered = after.len() < rest.len()
        && (after.starts_with(['、', '.', ')', ',']) || after.starts_with("部分"));
    let is_page = plain.starts_with('第') && plain.contains('页');
    is_numbered || is_page
}

/// Whether a text may be one person's name: Chinese signs, with dots between the parts of a
/// minority's, or letters.
pub(super) fn is_person_name(text: &str) -> bool {
    if are_apart(text) {
        return false;
    }
    let plain = folded(text);
    let is_dot = |sign: char| matches!(sign, '·' | '.' | '-');
    let count = plain.chars().filter(|sign| !is_dot(*sign)).count();
    let has_dot = plain.contains(is_dot);
    let is_letters = plain
        .chars()
        .all(|sign| sign.is_alphabetic() || is_dot(sign));
    let is_ascii = plain
        .chars()
        .all(|sign| sign.is_ascii_alphabetic() || is_dot(sign));
    let is_chinese = plain.chars().all(|sign| is_han(sign) || is_dot(sign));
    let chars_max = if has_dot { 20 } else { 4 };
    let no_ends = [
        "人员", "班子", "中心", "名单", "大队", "中队", "科室", "小组",
    ];
    is_letters
        && !is_placeholder(&plain)
        && !no_ends.iter().any(|end| plain.ends_with(end))
        && ((is_chinese && (2..=chars_max).contains(&count)) || (is_ascii && count >= 2))
}

/// Names that are spread by blanks are one; words with blanks between are several.
pub(super) fn are_apart(text: &str) -> bool {
    let words = |parts: &mut dyn Iterator<Item = &str>| {
        let parts = parts.map(str::trim);
        parts.filter(|part| part.chars().count() > 1).count()
    };
    let apart = words(&mut text.split_whitespace());
    let wide = words(&mut text.split("  ").flat_map(|part| part.split('\u{3000}')));
    !text.is_ascii() && (apart > 1 || wide > 1)
}

/// What stands where a person is still missing, or for several.
pub(super) fn is_placeholder(name: &str) -> bool {
    let plain = folded(name);
    let words = [
        "待定",
        "空缺",
        "空编",
        "缺编",
        "空岗",
        "缺员",
        "待招",
        "待分配",
        "待补",
        "待补充",
        "内勤",
        "合同工",
        "领导班子",
        "大队领导",
        "负责人",
        "全体",
    ];
    words.contains(&plain.as_str())
}

/// How many there are, 4 or 共 4 家; or nothing.
pub(super) fn is_count(text: &str) -> bool {
    let plain = folded(text);
    let plain = plain
        .trim_start_matches("以上")
        .trim_start_matches(['总', '合', '共', '计']);
    let plain = plain.trim_start_matches(':');
    let number = plain.trim_end_matches(['家', '户', '个', '处', '人', '名', '条', '项', '件']);
    number.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name that is or begins with a word for a total, or ends with one: 苏村镇小计：2家.
pub(super) fn total_word(text: &str) -> Option<String> {
    let plain = folded(text);
    let words = [
        "合计",
        "总计",
        "小计",
        "共计",
        "总数",
        "累计",
        "本页小计",
        "本页合计",
    ];
    let alone = ["计", "汇总", "total", "subtotal", "sum"];
    let ends = ["小计", "合计", "总计", "共计"];
    let before_count = plain.trim_end_matches(|sign: char| {
        sign.is_ascii_digit() || ":,.()家户个处人名条项件".contains(sign)
    });
    let is_total = words.iter().any(|word| plain.starts_with(word))
        || alone.contains(&before_count)
        || ends.iter().any(|word| before_count.ends_with(word));
    let is_sum = plain.starts_with(['总', '共']) && is_count(&plain);
    (is_total || is_sum).then(|| text.to_owned())
}

/// Whether a cell says what belongs into its column.
pub(super) fn is_instruction(text: &str) -> bool {
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
        "填写要求",
        "填写规范",
        "填写单位",
        "填写格式",
        "格式:",
        "格式为",
        "格式如",
        "格式要求",
        "如:",
        "下拉",
    ];
    whole.contains(&plain.as_str())
        || starts.iter().any(|start| plain.starts_with(start))
        || (plain.contains("9999-") && plain.chars().count() > 10)
}
