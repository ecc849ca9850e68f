//! Words for values, as brigades write them, and dates as people write them.
//!
//! Each function takes the words that the file format itself uses and their
//! Chinese equals. Nothing is guessed: what is not listed is refused.

use chrono::NaiveDate;

use super::issue::RowIssueKind;
use crate::model::{
    AbsenceKind, AppliesTo, AskedBy, AvoidanceGround, Credit, EngineerGrade, Finding, LegalKind,
    OfficerRole, Outcome, RiskTier, Subject,
};
use crate::workbook::names::folded;

/// What a word means, or why it means nothing.
pub type Meaning<T> = Result<T, RowIssueKind>;

/// A value's words: the first is the file format's, the second the one to offer.
type Words<T> = (T, &'static [&'static str]);

fn find<T: Copy>(text: &str, table: &[Words<T>], allowed: &'static [&'static str]) -> Meaning<T> {
    let word = text.trim();
    table
        .iter()
        .find(|(_, words)| words.contains(&word))
        .map(|(value, _)| *value)
        .ok_or_else(|| RowIssueKind::UnknownWord {
            found: text.to_owned(),
            allowed,
        })
}

/// 单位性质.
///
/// ```
/// use double_random::exchange::words;
/// use double_random::model::LegalKind;
/// assert_eq!(words::legal_kind("个体工商户"), Ok(LegalKind::SoleTrader));
/// assert!(words::legal_kind("公司制").is_err());
/// ```
///
/// # Errors
/// [`RowIssueKind::UnknownWord`].
pub fn legal_kind(text: &str) -> Meaning<LegalKind> {
    use LegalKind as K;
    const ALLOWED: &[&str] = &["机关", "团体", "企业", "事业单位", "个体工商户", "其他"];
    const TABLE: &[Words<LegalKind>] = &[
        (K::StateOrgan, &["state_organ", "机关", "国家机关"]),
        (K::SocialGroup, &["social_group", "团体", "社会团体"]),
        (K::Enterprise, &["enterprise", "企业"]),
        (
            K::PublicInstitution,
            &["public_institution", "事业单位", "事业"],
        ),
        (K::SoleTrader, &["sole_trader", "个体工商户", "个体"]),
        (K::Other, &["other", "其他"]),
    ];
    find(text, TABLE, ALLOWED)
}

/// 信用等级.
///
/// # Errors
/// [`RowIssueKind::UnknownWord`].
pub fn credit(text: &str) -> Meaning<Credit> {
    const ALLOWED: &[&str] = &["A", "B", "C", "D", "未评定"];
    const TABLE: &[Words<Credit>] = &[
        (Credit::A, &["A", "A级"]),
        (Credit::B, &["B", "B级"]),
        (Credit::C, &["C", "C级"]),
        (Credit::D, &["D", "D级"]),
        (Credit::Unrated, &["UNRATED", "未评定", "未评级", ""]),
    ];
    // «A-» is another grade: signs stay.
    let word = folded(text).to_uppercase();
    find(&word, TABLE, ALLOWED).map_err(|_| RowIssueKind::UnknownWord {
        found: text.to_owned(),
        allowed: ALLOWED,
    })
}

/// 风险等级, by colour (红 黄 蓝 绿), by word (重大 较大 一般 低) or by both.
///
/// The common scale elsewhere is red, orange, yellow, blue for the same four
/// words, so a colour alone may mean another tier there. Where a word stands it
/// decides; orange alone is refused, and so is a colour that contradicts its word.
///
/// ```
/// use double_random::exchange::{RowIssueKind, words};
/// use double_random::model::RiskTier;
/// assert_eq!(words::risk("黄/较大风险"), Ok(RiskTier::Yellow));
/// assert_eq!(words::risk("橙（较大）"), Ok(RiskTier::Yellow));
/// assert!(matches!(words::risk("橙"), Err(RowIssueKind::OrangeTier { .. })));
/// assert!(matches!(words::risk("黄/一般"), Err(RowIssueKind::TierConflict { .. })));
/// ```
///
/// # Errors
/// [`RowIssueKind::OrangeTier`], [`RowIssueKind::TierConflict`], [`RowIssueKind::UnknownWord`].
pub fn risk(text: &str) -> Meaning<RiskTier> {
    const ALLOWED: &[&str] = &["红", "黄", "蓝", "绿", "重大", "较大", "一般", "低"];
    const COLOURS: &[Words<RiskTier>] = &[
        (RiskTier::Red, &["red", "红"]),
        (RiskTier::Yellow, &["yellow", "黄"]),
        (RiskTier::Blue, &["blue", "蓝"]),
        (RiskTier::Green, &["green", "绿"]),
    ];
    const WORDS: &[Words<RiskTier>] = &[
        (RiskTier::Red, &["major", "重大"]),
        (RiskTier::Yellow, &["larger", "较大"]),
        (RiskTier::Blue, &["general", "一般"]),
        (RiskTier::Green, &["low", "低"]),
    ];
    let mut rest = text.trim().to_lowercase();
    let mut take = |words: &[&str]| {
        let found = words.iter().find(|word| rest.contains(**word)).copied();
        if let Some(word) = found {
            rest = rest.replacen(word, "", 1);
        }
        found.is_some()
    };
    let is_orange = take(&["orange", "橙"]);
    let colour = COLOURS
        .iter()
        .find(|(_, words)| take(words))
        .map(|(tier, _)| *tier);
    let word = WORDS
        .iter()
        .find(|(_, words)| take(words))
        .map(|(tier, _)| *tier);
    for filler in ["风险", "等级", "色", "级"] {
        take(&[filler]);
    }
    let is_clean = rest.chars().all(|c| " /／、（）()-—:：".contains(c));
    let found = || text.to_owned();
    match (is_orange, colour, word) {
        _ if !is_clean => Err(RowIssueKind::UnknownWord {
            found: found(),
            allowed: ALLOWED,
        }),
        (true, None, None) => Err(RowIssueKind::OrangeTier { found: found() }),
        (true, None, Some(tier)) | (false, None, Some(tier)) | (false, Some(tier), None) => {
            Ok(tier)
        }
        (false, Some(tier), Some(word)) if tier == word => Ok(tier),
        (false, None, None) => Err(RowIssueKind::UnknownWord {
            found: found(),
            allowed: ALLOWED,
        }),
        _ => Err(RowIssueKind::TierConflict { found: found() }),
    }
}

/// What an inspection found.
///
/// # Errors
/// [`RowIssueKind::UnknownWord`].
pub fn finding(text: &str) -> Meaning<Finding> {
    const ALLOWED: &[&str] = &["未发现问题", "发现问题", "不详"];
    const TABLE: &[Words<Finding>] = &[
        (Finding::None, &["none", "未发现问题"]),
        (Finding::Found, &["found", "发现问题"]),
        (Finding::Unknown, &["unknown", "不详"]),
    ];
    find(text, TABLE, ALLOWED)
}

/// Why an officer is away.
///
/// # Errors
/// [`RowIssueKind::UnknownWord`].
pub fn absence_kind(text: &str) -> Meaning<AbsenceKind> {
    const ALLOWED: &[&str] = &["请假", "抽调", "培训", "病假"];
    const TABLE: &[Words<AbsenceKind>] = &[
        (AbsenceKind::Leave, &["leave", "请假"]),
        (AbsenceKind::Secondment, &["secondment", "抽调"]),
        (AbsenceKind::Training, &["training", "培训"]),
        (AbsenceKind::Sick, &["sick", "病假"]),
    ];
    find(text, TABLE, ALLOWED)
}

/// The ground of an avoidance.
///
/// # Errors
/// [`RowIssueKind::UnknownWord`].
pub fn avoidance_ground(text: &str) -> Meaning<AvoidanceGround> {
    const ALLOWED: &[&str] = &["直接利害关系", "其他关系"];
    const TABLE: &[Words<AvoidanceGround>] = &[
        (AvoidanceGround::Relation, &["relation", "其他关系"]),
        (AvoidanceGround::Interest, &["interest", "直接利害关系"]),
    ];
    find(text, TABLE, ALLOWED)
}

/// Who asked for an avoidance.
///
/// # Errors
/// [`RowIssueKind::UnknownWord`].
pub fn asked_by(text: &str) -> Meaning<AskedBy> {
    const ALLOWED: &[&str] = &["本人申请", "当事人申请", "大队决定"];
    const TABLE: &[Words<AskedBy>] = &[
        (AskedBy::Officer, &["officer", "本人申请"]),
        (AskedBy::Party, &["party", "当事人申请"]),
        (AskedBy::Brigade, &["brigade", "大队决定"]),
    ];
    find(text, TABLE, ALLOWED)
}

/// 抽查类别 of an item.
///
/// # Errors
/// [`RowIssueKind::UnknownWord`].
pub fn subject(text: &str) -> Meaning<Subject> {
    const ALLOWED: &[&str] = &[
        "社会单位履行法定消防安全职责",
        "使用领域消防产品质量",
        "社会消防技术服务活动",
        "注册消防工程师执业活动",
    ];
    const TABLE: &[Words<Subject>] = &[
        (
            Subject::Duties,
            &["duties", "社会单位履行法定消防安全职责", "履职"],
        ),
        (
            Subject::Products,
            &["products", "使用领域消防产品质量", "产品"],
        ),
        (
            Subject::Services,
            &["services", "社会消防技术服务活动", "维保"],
        ),
        (
            Subject::Engineers,
            &["engineers", "注册消防工程师执业活动", "注册消防工程师"],
        ),
    ];
    find(text, TABLE, ALLOWED)
}

/// Which units' visits carry an item.
///
/// # Errors
/// [`RowIssueKind::UnknownWord`].
pub fn applies_to(text: &str) -> Meaning<AppliesTo> {
    const ALLOWED: &[&str] = &["全部单位", "重点单位", "人员密集场所", "另行抽取"];
    const TABLE: &[Words<AppliesTo>] = &[
        (AppliesTo::Every, &["every", "全部单位", "所有单位"]),
        (AppliesTo::Key, &["key", "重点单位"]),
        (
            AppliesTo::DenselyPopulated,
            &["densely_populated", "人员密集场所"],
        ),
        (AppliesTo::Separate, &["separate", "另行抽取", "另行抽查"]),
    ];
    find(text, TABLE, ALLOWED)
}

/// 人员类别 of an officer.
///
/// # Errors
/// [`RowIssueKind::UnknownWord`].
pub fn officer_role(text: &str) -> Meaning<OfficerRole> {
    use OfficerRole as R;
    const ALLOWED: &[&str] = &["执法人员", "协助人员", "专家"];
    const TABLE: &[Words<OfficerRole>] = &[
        (
            R::Enforcement,
            &[
                "enforcement",
                "执法人员",
                "行政执法人员",
                "监督员",
                "消防监督员",
                "监督执法人员",
                "执法",
            ],
        ),
        (
            R::Assistant,
            &[
                "assistant",
                "协助人员",
                "辅助人员",
                "技术人员",
                "协助",
                "辅助",
                "文员",
                "消防文员",
                "协助执法人员",
                "辅助执法人员",
                "执法辅助人员",
                "辅警",
                "专职消防员",
                "政府专职消防员",
            ],
        ),
        (R::Expert, &["expert", "专家", "技术专家"]),
    ];
    find(text, TABLE, ALLOWED)
}

/// 检查结果: the eight categories, whole or by the words that tell one from the others.
///
/// # Errors
/// [`RowIssueKind::UnknownWord`].
pub fn outcome(text: &str) -> Meaning<Outcome> {
    use Outcome as O;
    const ALLOWED: &[&str] = &[
        "未发现问题",
        "发现问题已责令改正",
        "发现问题待后续处理",
        "未发现开展本次抽查涉及的经营活动",
        "通过登记的住所（经营场所）无法联系",
        "已关闭停业或正在组织清算",
        "不配合检查情节严重",
        "注销、吊销、撤销或迁出",
    ];
    const TABLE: &[Words<Outcome>] = &[
        (
            O::NoProblem,
            &["no_problem", "未发现问题", "未发现违法行为"],
        ),
        (
            O::Ordered,
            &["ordered", "发现问题已责令改正", "发现问题,已责令改正"],
        ),
        (
            O::ToFollow,
            &["to_follow", "发现问题待后续处理", "发现问题,待后续处理"],
        ),
        (
            O::NotOperating,
            &["not_operating", "未发现开展本次抽查涉及的经营活动"],
        ),
        (
            O::Unreachable,
            &[
                "unreachable",
                "通过登记的住所(经营场所)无法联系",
                "通过登记的住所或经营场所无法联系",
                "通过登记的住所无法联系",
                "无法联系",
            ],
        ),
        (
            O::Closed,
            &[
                "closed",
                "已关闭停业或正在组织清算",
                "已关闭停业",
                "正在组织清算",
            ],
        ),
        (
            O::Obstructed,
            &["obstructed", "不配合检查情节严重", "不配合检查,情节严重"],
        ),
        (
            O::Gone,
            &[
                "gone",
                "注销、吊销、撤销或迁出",
                "注销",
                "吊销",
                "撤销",
                "迁出",
            ],
        ),
    ];
    let word = folded(text);
    // Lists number the categories: «1.未发现问题», «（一）未发现问题».
    let word = word.trim_start_matches(|sign: char| {
        sign.is_ascii_digit() || "().、一二三四五六七八".contains(sign)
    });
    find(word, TABLE, ALLOWED).map_err(|_| RowIssueKind::UnknownWord {
        found: text.to_owned(),
        allowed: ALLOWED,
    })
}

/// 注册级别 of a fire engineer.
///
/// # Errors
/// [`RowIssueKind::UnknownWord`].
pub fn engineer_grade(text: &str) -> Meaning<EngineerGrade> {
    use EngineerGrade as G;
    const ALLOWED: &[&str] = &["一级", "二级", "未登记"];
    const TABLE: &[Words<EngineerGrade>] = &[
        (
            G::First,
            &["first", "一级", "1级", "1", "Ⅰ级", "壹级", "一"],
        ),
        (
            G::Second,
            &["second", "二级", "2级", "2", "Ⅱ级", "贰级", "二"],
        ),
        (G::Unknown, &["unknown", "未登记", "不详", ""]),
    ];
    let word = text.replace("注册消防工程师", "").replace("消防工程师", "");
    let word = word.trim().trim_start_matches("注册");
    let word = word.trim_matches(['(', ')', '（', '）']);
    find(word, TABLE, ALLOWED).map_err(|_| RowIssueKind::UnknownWord {
        found: text.to_owned(),
        allowed: ALLOWED,
    })
}

/// Yes or no.
///
/// # Errors
/// [`RowIssueKind::UnknownWord`].
pub fn flag(text: &str) -> Meaning<bool> {
    const ALLOWED: &[&str] = &["是", "否"];
    const TABLE: &[Words<bool>] = &[
        (true, &["true", "是", "1", "√", "有"]),
        (false, &["false", "否", "0", "×", "无", ""]),
    ];
    find(text, TABLE, ALLOWED)
}

/// A date: `2026-03-16`, `2026.3.16`, `2026/3/16`, `2026年3月16日` or `20260316`,
/// of the years 1900 to 2999.
///
/// ```
/// use double_random::exchange::words;
/// assert_eq!(words::date("2023年5月6日"), words::date("2023-05-06"));
/// assert!(words::date("2026-02-30").is_err());
/// ```
///
/// # Errors
/// [`RowIssueKind::BadDate`].
pub fn date(text: &str) -> Meaning<NaiveDate> {
    let bad = || RowIssueKind::BadDate {
        found: text.to_owned(),
    };
    let word = text.trim();
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = if word.len() == 8 && is_digits(word) {
        vec![&word[..4], &word[4..6], &word[6..]]
    } else {
        word.strip_suffix('日')
            .unwrap_or(word)
            .split(['-', '.', '/', '年', '月'])
            .collect()
    };
    let [year, month, day] = parts[..] else {
        return Err(bad());
    };
    if year.len() != 4 || month.len() > 2 || day.len() > 2 || !parts.iter().all(|p| is_digits(p)) {
        return Err(bad());
    }
    let number = |part: &str| part.parse::<u32>().map_err(|_| bad());
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    if !(1900..=2999).contains(&year) {
        return Err(bad());
    }
    NaiveDate::from_ymd_opt(year as i32, month, day).ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for text in [
            "2023-05-06",
            "2023.5.6",
            "2023/5/6",
            "2023年5月6日",
            "20230506",
            " 2023-5-06 ",
        ] {
            assert_eq!(
                date(text),
                Ok(NaiveDate::from_ymd_opt(2023, 5, 6).unwrap()),
                "{text}"
            );
        }
        for text in [
            "",
            "2023-02-29",
            "2023-13-01",
            "23-5-6",
            "2023-5",
            "2023-5-6-7",
            "45051",
            "二〇二三年",
        ] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_written_word_is_read_back() {
        fn check<T: serde::Serialize + PartialEq + std::fmt::Debug>(
            all: &[T],
            read: fn(&str) -> Meaning<T>,
        ) {
            for value in all {
                let word = serde_json::to_value(value).unwrap();
                assert_eq!(read(word.as_str().unwrap()).as_ref(), Ok(value));
            }
        }
        check(&LegalKind::ALL, legal_kind);
        check(&Credit::ALL, credit);
        check(&RiskTier::ALL, risk);
        check(&AbsenceKind::ALL, absence_kind);
        check(&AvoidanceGround::ALL, avoidance_ground);
        check(&AskedBy::ALL, asked_by);
        check(&Subject::ALL, subject);
        check(&AppliesTo::ALL, applies_to);
        check(&EngineerGrade::ALL, engineer_grade);
        check(&OfficerRole::ALL, officer_role);
        check(&[Finding::None, Finding::Found, Finding::Unknown], finding);
    }

    #[test]
    fn tiers_by_colour_word_or_both() {
        for (text, tier) in [
            ("红", RiskTier::Red),
            ("重大风险", RiskTier::Red),
            ("红/重大风险", RiskTier::Red),
            ("黄色", RiskTier::Yellow),
            ("橙色 较大风险", RiskTier::Yellow),
            ("蓝", RiskTier::Blue),
            ("低风险", RiskTier::Green),
        ] {
            assert_eq!(risk(text), Ok(tier), "{text}");
        }
        for text in ["黄 一般", "蓝/低风险", "红橙 较大"] {
            assert!(
                matches!(risk(text), Err(RowIssueKind::TierConflict { .. })),
                "{text}"
            );
        }
        for text in ["", "紫", "红或者黄", "风险"] {
            let is_refused = matches!(
                risk(text),
                Err(RowIssueKind::UnknownWord { .. } | RowIssueKind::TierConflict { .. })
            );
            assert!(is_refused, "{text}");
        }
    }
}
