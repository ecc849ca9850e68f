//! Names and texts of records: what is no name, what is too long, and who is perhaps in
//! the register already. Pure rules, asked by forms, files and actions alike.

use super::Workbook;
use crate::model::credit_code::half_width;
use crate::model::{Officer, Unit};

/// Categories that are densely populated places by article 73 of the Fire Protection Law.
/// A suggestion only: the flag is data, which a person decides.
pub const DENSE_CATEGORIES: [&str; 15] = [
    "商场市场",
    "宾馆饭店",
    "餐饮场所",
    "公共娱乐场所",
    "体育场馆会堂",
    "医院",
    "养老福利机构",
    "学校",
    "托儿所幼儿园",
    "客运车站",
    "图书馆展览馆博物馆档案馆",
    "宗教活动场所",
    "旅游景区",
    "劳动密集型企业",
    "大型商业综合体",
];

/// A text of a record that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong {
    /// Its field in the file format.
    pub field: &'static str,
    /// How many signs it has.
    pub chars: usize,
    /// The limit.
    pub max: usize,
}

/// Refuses a text that has more than the `max` signs that its field takes.
///
/// # Errors
/// [`TooLong`].
pub fn check_length(field: &'static str, text: &str, max: usize) -> Result<(), TooLong> {
    // A sign has at least a byte, so that most texts need no counting.
    let chars = if text.len() <= max {
        0
    } else {
        text.chars().count()
    };
    if chars > max {
        Err(TooLong { field, chars, max })
    } else {
        Ok(())
    }
}

/// A name as it is compared: without spaces, full-width signs as half-width ones, one dot
/// for all that stand between the parts of a minority's name.
///
/// ```
/// use double_random::workbook::names::folded;
/// assert_eq!(folded("张\u{3000}三 "), folded("张  三"));
/// assert_eq!(folded("苏村粮店（河北）ＫＴＶ"), "苏村粮店(河北)ktv");
/// ```
#[must_use]
pub fn folded(name: &str) -> String {
    folded_chars(name).collect()
}

/// The signs of a [`folded`] name, for whoever compares many and needs no text.
pub fn folded_chars(name: &str) -> impl Iterator<Item = char> {
    let fold = |sign: char| match sign {
        '•' | '・' | '‧' | '･' => '·',
        other => half_width(other),
    };
    let is_space = |sign: &char| {
        sign.is_whitespace() || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')
    };
    name.chars()
        .filter(move |sign| !is_space(sign))
        .flat_map(move |sign| fold(sign).to_lowercase())
}

/// Whether two names are one person's: nobody approves what is their own.
///
/// ```
/// use double_random::workbook::names::is_same_person;
/// assert!(is_same_person("张\u{3000}三", "张三") && !is_same_person("张三", "张三丰"));
/// ```
#[must_use]
pub fn is_same_person(a: &str, b: &str) -> bool {
    folded_chars(a).eq(folded_chars(b))
}

/// Whether a text only says that there is no name: NULL, 无, /.
///
/// ```
/// use double_random::workbook::names::is_no_name;
/// assert!(is_no_name(" NULL ") && is_no_name("无") && is_no_name("#N/A"));
/// assert!(!is_no_name("无名小吃店"));
/// ```
#[must_use]
pub fn is_no_name(text: &str) -> bool {
    let text = folded(text);
    let has_sign = text.chars().any(char::is_alphanumeric);
    let words = [
        "null",
        "none",
        "nil",
        "nan",
        "n/a",
        "#n/a",
        "#ref!",
        "#name?",
        "#value!",
        "undefined",
        "无",
        "暂无",
        "空",
        "无名称",
        "未知",
        "不详",
        "没有",
        "同上",
        "不愿提供",
        "未提供",
        "不清楚",
        "待核实",
        "待补",
        "待补充",
        "未填",
        "空白",
        "(空)",
        "暂缺",
        "[null]",
        "<null>",
        "(null)",
        "&nbsp;",
    ];
    !has_sign || words.contains(&text.as_str())
}

/// Whether two units may be one: one name, and one address or no code to tell them apart.
#[must_use]
pub fn are_alike(a: &Unit, b: &Unit) -> bool {
    folded(&a.name) == folded(&b.name)
        && (a.code.is_none() || b.code.is_none() || folded(&a.address) == folded(&b.address))
}

impl Workbook {
    /// Another unit of the register that may be this one; in use or retired. Of a unit
    /// that is registered already, only one that it is alike by what changes.
    #[must_use]
    pub fn unit_alike(&self, unit: &Unit) -> Option<&Unit> {
        let known = self.unit(&unit.id);
        let is_same = |known: &Unit| {
            (&known.name, &known.code, &known.address) == (&unit.name, &unit.code, &unit.address)
        };
        if known.is_some_and(is_same) {
            return None;
        }
        let is_alike = |other: &&Unit| {
            other.id != unit.id
                && are_alike(other, unit)
                && !known.is_some_and(|known| are_alike(other, known))
        };
        self.units.iter().find(is_alike)
    }

    /// Another officer of the same name, who may be this one; none for an officer who is
    /// registered under that name already.
    #[must_use]
    pub fn officer_alike(&self, officer: &Officer) -> Option<&Officer> {
        let name = folded(&officer.name);
        let known = self.officer(&officer.id);
        if known.is_some_and(|known| folded(&known.name) == name) {
            return None;
        }
        let mut officers = self.officers.iter();
        officers.find(|other| other.id != officer.id && folded(&other.name) == name)
    }
}
