//! Which field of a register a head means: word for word, or by its end, where the words before
//! it, in brackets behind it and over its group make no difference.

use std::collections::BTreeMap;

use crate::model::Described;
use crate::model::field::Kind;
use crate::workbook::names::folded;

/// Signs of a head; longer text is a title or a note.
pub(super) const HEAD_CHARS_MAX: usize = 40;

/// Signs that a head must share with the end of another to count as the same.
const SUFFIX_CHARS_MIN: usize = 3;

/// Heads of columns that stand in many lists and hold none of the fields.
const OTHERS: [&str; 12] = [
    "序号",
    "编号",
    "行号",
    "no",
    "xh",
    "身份证号",
    "身份证",
    "备注",
    "状态",
    "检查人员",
    "所属大队",
    "主管部门",
];

/// The beginning of a head of what follows from the records and is none of their fields: it
/// goes out with a list, and is passed over where it comes in.
pub const WORKED_OUT: &str = "系统算出";

/// Words of a lower head that only say which part of its group stands there.
const PARTS_OF_GROUP: [&str; 4] = ["姓名", "名称", "名字", "内容"];

/// Words that make a head somebody else's: 维保单位名称, 房东联系方式.
const OF_OTHERS: [&str; 45] = [
    "上级",
    "主管",
    "登记机关",
    "维保",
    "出租",
    "房东",
    "业主方",
    "产权",
    "物业",
    "管理方",
    "管理单位",
    "派出所",
    "包保",
    "网格",
    "发起",
    "牵头",
    "施工",
    "设计",
    "监理",
    "建设单位",
    "委托",
    "配偶",
    "家属",
    "家庭",
    "紧急",
    "户籍",
    "发证",
    "颁发",
    "社保",
    "工商",
    "母公司",
    "总公司",
    "集团",
    "变更前",
    "原",
    "曾",
    "旧",
    "上报",
    "填报",
    "代理",
    "开发",
    "检测",
    "承租",
    "承建",
    "保安",
];

/// The same where they stand in a head; over a group of columns they may be its own.
const OF_OTHERS_BEFORE: [&str; 6] = ["检查", "执法", "监管", "实施", "抽查", "监督"];

/// Words that make another matter of a head, in brackets behind it or over its group: 检查日期
/// （计划）, 有效期 under 驾驶证.
const OTHER_MATTERS: [&str; 17] = [
    "治安",
    "食品",
    "纳税",
    "环保",
    "安全生产",
    "计划",
    "拟",
    "复查",
    "上次",
    "下次",
    "自查",
    "驾驶",
    "身份证",
    "曾用",
    "车辆",
    "注册地",
    "户籍",
];

/// Words of [`BEFORE`] that make another's of a name: 执法单位名称; and of a person's number:
/// 单位注册号.
const NOT_BEFORE_NAME: [&str; 3] = ["执法", "行政", "监督"];

const NOT_BEFORE_NUMBER: [&str; 5] = ["单位", "企业", "公司", "机构", "主体"];

/// Words of [`OF_OTHERS`] that say over a group, or in brackets, only where its facts are from.
const NOT_OVER_GROUP: [&str; 11] = [
    "登记机关",
    "发证",
    "颁发",
    "社保",
    "工商",
    "填报",
    "上报",
    "集团",
    "检测",
    "委托",
    "代理",
];
/// What may stand between 是否 and what is asked.
const BEHIND_WHETHER: [&str; 9] = [
    "被列为",
    "确定为",
    "列为",
    "属于",
    "具有",
    "具备",
    "为",
    "系",
    "有",
];

/// What may stand before a head without making it another: 受检单位名称 is a 单位名称.
const BEFORE: [&str; 57] = [
    "注册证",
    "执法证",
    "执法资格证",
    "资格证",
    "九小",
    "被检查",
    "受检查",
    "被抽查",
    "被监管",
    "受检",
    "被检",
    "单位",
    "企业",
    "场所",
    "机构",
    "对象",
    "主体",
    "人员",
    "个人",
    "公司",
    "商户",
    "店铺",
    "门店",
    "酒店",
    "学校",
    "医院",
    "消防安全",
    "消防",
    "火灾",
    "重点",
    "监督",
    "每年",
    "年度",
    "本次",
    "此次",
    "实际",
    "现场",
    "本",
    "现",
    "该",
    "当前",
    "目前",
    "详细",
    "主要",
    "执法",
    "行政",
    "资质",
    "资格",
    "证书",
    "证件",
    "执业",
    "从业",
    "注册",
    "建筑",
    "经营",
    "生产",
    "的",
];

/// Which of several visits a column holds; a list of days takes them all.
const WHICH_TIME: [&str; 23] = [
    "第一次",
    "第二次",
    "第三次",
    "第1次",
    "第2次",
    "第3次",
    "首次",
    "本年度",
    "上年度",
    "本年",
    "最近一次",
    "最后一次",
    "上一次",
    "最近",
    "上次",
    "近期",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "上半年",
    "下半年",
    "年",
];

/// Beginnings of heads that ask whether something is there, and hold no more than that.
const WHETHER: [&str; 3] = ["是否", "有无", "有没有"];

/// Fields that a person knows by any words before them; of all others those of [`BEFORE`] alone
/// make no difference, since another day, tier or person bears on what is drawn.
const KNOWN_BY_END: [&str; 4] = ["name", "address", "phone", "township"];

/// Fields of a person's own numbers, which no other body's are.
const NUMBERS: [&str; 4] = [
    "registration_number",
    "registered_until",
    "certificate_number",
    "certificate_until",
];

/// Units in a head that are not those of its field.
const OTHER_UNITS: [(&str, &[&str]); 2] = [
    ("floor_area_m2", &["万", "亩", "公顷"]),
    ("problem", &["处", "个", "项", "条", "起", "数量"]),
];

/// A head without what does not tell it from others: stars, units in brackets, numbers in
/// front, colons, blanks, width and case.
pub(super) fn folded_head(head: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_u32;
    for sign in folded(head).chars() {
        match sign {
            '(' | '[' | '【' | '〔' | '{' => depth += 1,
            ')' | ']' | '】' | '〕' | '}' => depth = depth.saturating_sub(1),
            '*' | '★' | '☆' | '●' | '※' | ':' | '_' | '-' | '"' | '\'' | '/' | '、' | '.'
            | '。' | ',' => {}
            sign if depth == 0 && !sign.is_control() => plain.push(sign),
            _ => {}
        }
    }
    let unnumbered = plain.trim_start_matches(|sign: char| sign.is_ascii_digit());
    if unnumbered.is_empty() {
        plain
    } else {
        unnumbered.to_owned()
    }
}

/// How surely a head is a field's: the lower the better.
pub(super) type Rank = usize;

/// The rank from which on only the end of a head is known.
pub(super) const UNSURE: Rank = 1_000;

/// The rank from which on nobody knows what stands before that end.
pub(super) const UNSURE_BEFORE: Rank = 2_000;

/// What of a field bears on how its head is known.
pub(super) struct Headed {
    pub(super) key: &'static str,
    is_flag: bool,
    /// Several columns may hold it.
    pub(super) is_many: bool,
}

/// The heads of a register's fields, folded once.
pub(super) struct Known {
    pub(super) fields: Vec<Headed>,
    exact: BTreeMap<String, (usize, Rank)>,
}

impl Known {
    pub(super) fn of<R: Described>() -> Self {
        let mut exact = BTreeMap::new();
        for (at, field) in R::FIELDS.iter().enumerate() {
            let words = field.heads.iter().copied().chain([field.key]);
            for (rank, word) in words.enumerate() {
                exact.entry(folded_head(word)).or_insert((at, rank));
            }
        }
        let headed = |field: &crate::model::Field<R>| Headed {
            key: field.key,
            is_flag: matches!(field.kind, Kind::Flag(_)),
            is_many: matches!(field.kind, Kind::Dates(_) | Kind::Inspections(_)),
        };
        let fields = R::FIELDS.iter().map(headed).collect();
        Self { fields, exact }
    }

    /// Which field a [`folded_head`] is the head of, word for word.
    pub(super) fn key_of(&self, folded: &str) -> Option<&'static str> {
        let found = self.exact.get(folded)?;
        Some(self.fields[found.0].key)
    }

    /// The field of a head, by its place in the table, and how surely.
    pub(super) fn field(&self, head: &str) -> Option<(usize, Rank)> {
        let unit = unit_of(head);
        let head = folded_head(head);
        let is_worked_out = head.starts_with(WORKED_OUT);
        if head.is_empty() || is_worked_out || head.chars().count() > HEAD_CHARS_MAX {
            return None;
        }
        let exact = self.exact.get(&head).copied();
        let found = exact.or_else(|| self.by_end(&head))?;
        let key = self.fields[found.0].key;
        if is_other_unit(key, &unit) {
            return None;
        }
        let is_registered = key == "address" && unit.starts_with("注册");
        if !is_registered && !is_of_others(&unit) {
            return Some(found);
        }
        // A name or place in brackets is better than none, where no plainer one stands.
        let is_free = KNOWN_BY_END.contains(&key);
        is_free.then_some((found.0, UNSURE_BEFORE + found.1))
    }

    /// The longest end that is a head by itself. Heads of letters have none: townName is no name.
    fn by_end(&self, head: &str) -> Option<(usize, Rank)> {
        let starts = head.char_indices().map(|(at, _)| at).skip(1);
        let mut ends = starts
            .map(|at| head.split_at(at))
            .filter(|(_, end)| !end.is_ascii() && end.chars().count() >= SUFFIX_CHARS_MIN);
        let (before, found) =
            ends.find_map(|(before, end)| Some((before, *self.exact.get(end)?)))?;
        let field = &self.fields[found.0];
        let mut before = before.to_owned();
        if field.is_flag
            && let Some(rest) = WHETHER.iter().find_map(|word| before.strip_prefix(word))
        {
            before = without_words(rest, &BEHIND_WHETHER);
        }
        if field.is_many {
            before = without_words(&before, &WHICH_TIME);
        }
        let left = match field.key {
            "name" => without_but(&before, &NOT_BEFORE_NAME),
            key if NUMBERS.contains(&key) => without_but(&before, &NOT_BEFORE_NUMBER),
            _ => without_words(&before, &BEFORE),
        };
        if left.is_empty() {
            return Some((found.0, UNSURE + found.1));
        }
        let mut others = OF_OTHERS.iter().chain(&OF_OTHERS_BEFORE);
        let is_free = KNOWN_BY_END.contains(&field.key)
            && !WHETHER.iter().any(|word| left.starts_with(word))
            && !others.any(|word| tells_of(&left, word));
        is_free.then_some((found.0, UNSURE_BEFORE + found.1))
    }

    pub(super) fn is_sure(&self, head: &str) -> bool {
        self.field(head).is_some_and(|found| found.1 < UNSURE)
    }
}

/// A text without the words of [`BEFORE`] but these.
fn without_but(text: &str, others: &[&str]) -> String {
    let words = BEFORE.iter().filter(|word| !others.contains(word));
    without_words(text, &words.copied().collect::<Vec<_>>())
}

/// Whether words over a group, or in brackets, tell of somebody or something else.
fn is_of_others(words: &str) -> bool {
    let others = OF_OTHERS
        .iter()
        .filter(|word| !NOT_OVER_GROUP.contains(word));
    let mut all = others.chain(&OTHER_MATTERS);
    !words.is_empty() && all.any(|word| tells_of(words, word))
}

/// A text without these words, as far as it begins with them one after the other.
pub(super) fn without_words(text: &str, words: &[&str]) -> String {
    let mut left = text;
    while let Some(rest) = words.iter().find_map(|word| left.strip_prefix(word)) {
        left = rest;
    }
    left.to_owned()
}

/// What stands in brackets in a head: a unit, or a remark.
fn unit_of(head: &str) -> String {
    let plain = folded(head)
        .replace(['[', '【', '〔'], "(")
        .replace([']', '】', '〕'], ")");
    let inside = plain.split_once('(').map_or("", |parts| parts.1);
    inside.split(')').next().unwrap_or_default().to_owned()
}

fn is_other_unit(key: &str, unit: &str) -> bool {
    let units = OTHER_UNITS.iter().find(|(field, _)| *field == key);
    !unit.is_empty() && units.is_some_and(|(_, units)| units.iter().any(|it| unit.starts_with(it)))
}

/// Whether a word stands in a text; one of a single sign at its beginning alone, since names
/// of places hold such signs.
fn tells_of(text: &str, word: &str) -> bool {
    if word.chars().count() == 1 {
        text.starts_with(word)
    } else {
        text.contains(word)
    }
}

/// Whether a group of columns tells of somebody else: 维保单位 over 名称 and 电话.
pub(super) fn is_group_of_others(group: &str) -> bool {
    is_of_others(&folded_head(group))
}

/// Whether a head is 身份证号 by any name.
pub(super) fn is_identity(head: &str) -> bool {
    let head = folded_head(head);
    // 执法证件号码 is the number of a certificate.
    let of_certificate = ["执法", "资格", "资质", "注册", "执业", "从业"];
    if of_certificate.iter().any(|word| head.contains(word)) {
        return head.contains("身份");
    }
    let words = [
        "身份证",
        "公民身份",
        "身份号码",
        "sfzh",
        "idcard",
        "identitynumber",
        "证件号码",
    ];
    words.iter().any(|word| head.contains(word))
}

pub(super) fn is_numbering(head: &str) -> bool {
    matches!(
        folded_head(head).as_str(),
        "序号" | "序" | "顺序号" | "项次" | "行号" | "no" | "xh"
    )
}

pub(super) fn is_other(head: &str) -> bool {
    OTHERS.contains(&folded_head(head).as_str()) || is_identity(head)
}

pub(super) fn is_part(head: &str) -> bool {
    PARTS_OF_GROUP.contains(&folded_head(head).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Agency, Officer, ResultLine, Unit};

    fn key<R: Described>(head: &str) -> Option<&'static str> {
        let known = Known::of::<R>();
        known.field(head).map(|found| known.fields[found.0].key)
    }

    #[test]
    fn heads_with_stars_units_and_breaks() {
        for (head, field) in [
            ("*单位名称", "name"),
            ("单 位 名 称（全称）", "name"),
            ("建筑面积(㎡)", "floor_area_m2"),
            ("统一社会信用\n代码", "code"),
            ("UNIT_NAME", "name"),
            ("tyshxydm", "code"),
            ("受检单位名称", "name"),
            ("是否重点单位【必填】", "is_key"),
            ("本单位是否重点单位", "is_key"),
            ("被检查单位名称", "name"),
            ("生产经营地址", "address"),
            ("法定代表人联系电话", "phone"),
            ("第二次检查日期", "inspections"),
            ("监督检查日期", "inspections"),
        ] {
            assert_eq!(key::<Unit>(head), Some(field), "{head}");
        }
        for head in [
            "上级单位名称",
            "计划检查日期",
            "下次检查时间",
            "派出所检查日期",
            "非重点单位",
            "是否治安重点单位",
            "是否非人员密集场所",
            "原重点单位",
            "纳税信用等级",
            "食品安全风险等级",
            "轻微违法日期",
            "包保责任人",
            "房东联系方式",
            "市场管理方联系电话",
            "townName",
            "建筑面积（万㎡）",
            "建筑面积(亩)",
        ] {
            assert_eq!(key::<Unit>(head), None, "{head}");
        }
        assert_eq!(key::<Officer>("姓 名"), Some("name"));
        for head in ["配偶工作单位", "紧急联系电话", "驾驶证有效期"] {
            assert_eq!(key::<Officer>(head), None, "{head}");
        }
        for head in ["营业执照有效期", "质量负责人", "安全负责人"] {
            assert_eq!(key::<Agency>(head), None, "{head}");
        }
        for head in [
            "计划检查日期",
            "上次检查日期",
            "整改完成日期",
            "归档完成日期",
            "发起单位名称",
            "上次检查结果",
            "复查处理结果",
            "是否存在问题",
            "发现问题（处）",
        ] {
            assert_eq!(key::<ResultLine>(head), None, "{head}");
        }
        assert_eq!(key::<ResultLine>("本次检查时间"), Some("date"));
        assert!(is_identity("法人身份证号码") && is_identity("证件号码"));
        assert!(!is_identity("执法证号") && !is_identity("执法证件号码"));
    }
}
