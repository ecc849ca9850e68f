//! Made-up names: of units, people, streets. No real unit or person is meant.

use std::collections::BTreeSet;

use super::dice::Dice;
use crate::workbook::Township;

/// First characters of a unit's stem, chosen rare so that no real shop is meant.
const STEM_FIRST: [char; 44] = [
    '屹', '筠', '漪', '穗', '蔚', '稷', '菖', '芮', '璟', '堇', '杞', '沅', '苇', '翊', '槐', '柘',
    '砺', '葳', '棠', '蘅', '芷', '岫', '砚', '珩', '澍', '溱', '沣', '泓', '垚', '栩', '檀', '桉',
    '榉', '枳', '荇', '葭', '苓', '萱', '琮', '瑾', '璞', '钰', '锦', '霁',
];
/// Second characters of a stem.
const STEM_SECOND: [char; 32] = [
    '棠', '浦', '桑', '苒', '柏', '泽', '岑', '云', '屿', '岚', '原', '麓', '圃', '岭', '禾', '澜',
    '舟', '坞', '榆', '陂', '汀', '野', '渠', '峤', '川', '湄', '洲', '樾', '畦', '台', '林', '舍',
];
/// Rare surnames, so that nobody real is meant.
const SURNAMES: [char; 40] = [
    '闻', '芮', '沙', '柏', '逯', '戚', '冀', '郗', '束', '谭', '卞', '鄢', '蔺', '晁', '缑', '亓',
    '邸', '仝', '禚', '厍', '郏', '逄', '佘', '訾', '隗', '宓', '娄', '栾', '阚', '缪', '鞠', '荀',
    '敖', '阎', '郜', '瞿', '桑', '燕', '胥', '莘',
];
/// Given names.
const GIVEN: [&str; 48] = [
    "绍宁", "东航", "维新", "思齐", "景行", "若林", "书怀", "明远", "闻野", "既明", "守真", "启明",
    "立群", "守拙", "知远", "映雪", "砚秋", "怀瑾", "望舒", "清和", "云舒", "亦安", "敬亭", "归舟",
    "听澜", "辰光", "允中", "济川", "牧之", "星野", "南乔", "北辰", "木青", "庭芳", "一苇", "慎行",
    "静姝", "嘉禾", "采薇", "长风", "子衿", "鹤鸣", "秉文", "如初", "念真", "承佑", "润泽", "晏如",
];
/// Streets of the town.
const TOWN_STREETS: [&str; 10] = [
    "育才路",
    "西环路",
    "青年街",
    "普彤路",
    "东进大街",
    "兴业路",
    "胜利大街",
    "腾飞路",
    "冀南路",
    "凤凰街",
];
/// Streets of the townships.
const VILLAGE_STREETS: [&str; 6] = [
    "镇政府街",
    "村北路",
    "兴业路",
    "育才路",
    "商贸街",
    "工业园路",
];

/// 街道乡镇 of 南宫市 (division 130581): code and name, and how often a unit lies there.
const TOWNSHIPS: [((&str, &str), u32); 15] = [
    (("001", "凤岗街道"), 24),
    (("002", "南杜街道"), 18),
    (("003", "北胡街道"), 14),
    (("004", "西丁街道"), 12),
    (("100", "苏村镇"), 5),
    (("101", "大高村镇"), 5),
    (("102", "垂杨镇"), 5),
    (("103", "明化镇"), 5),
    (("104", "段芦头镇"), 8),
    (("105", "紫冢镇"), 4),
    (("200", "大村乡"), 3),
    (("201", "南便村乡"), 3),
    (("202", "大屯乡"), 3),
    (("203", "王道寨乡"), 3),
    (("204", "薛吴村乡"), 3),
];

/// 街道乡镇 of 南宫市 in the order of their codes (domain.md, «Place»).
pub(super) fn townships() -> Vec<Township> {
    TOWNSHIPS
        .iter()
        .map(|((code, name), _)| Township {
            aliases: Vec::new(),
            code: (*code).into(),
            name: (*name).into(),
            extra: serde_json::Map::new(),
        })
        .collect()
}

/// A township, streets more often, because there the units are.
pub(super) fn township(dice: &mut Dice) -> &'static str {
    dice.weighted(&TOWNSHIPS).1
}

/// An address without the township.
pub(super) fn address(dice: &mut Dice, township: &str) -> String {
    let streets: &[&str] = if township.ends_with("街道") {
        &TOWN_STREETS
    } else {
        &VILLAGE_STREETS
    };
    let street = dice.pick(streets);
    format!("{street}{}号", dice.between(1, 320))
}

/// A telephone number that cannot exist: no Chinese subscriber number starts with 0.
pub(super) fn phone(dice: &mut Dice) -> String {
    format!("0319-0550{:03}", dice.below(1000))
}

/// A person's name.
pub(super) fn person(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(&SURNAMES), dice.pick(&GIVEN))
}

/// Gives every unit a name that no other unit has.
pub(super) struct UnitNames {
    used: BTreeSet<String>,
}

/// Throws before a name takes a number to be unlike all others.
const THROWS_MAX: u32 = 8;

impl UnitNames {
    pub(super) const fn new() -> Self {
        Self {
            used: BTreeSet::new(),
        }
    }

    /// 南宫市 + stem + `word`; where that is taken the township comes in
    /// (南宫市苏村菖麓电动车行), and at last a branch number.
    pub(super) fn give(&mut self, dice: &mut Dice, township: &str, word: &str) -> String {
        let place = township
            .trim_end_matches("街道")
            .trim_end_matches(['镇', '乡']);
        let mut name = String::new();
        for throw in 0..THROWS_MAX {
            let (first, second) = (dice.pick(&STEM_FIRST), dice.pick(&STEM_SECOND));
            let place = if throw == 0 { "" } else { place };
            name = format!("南宫市{place}{first}{second}{word}");
            if self.used.insert(name.clone()) {
                return name;
            }
        }
        let branch = (2u32..)
            .map(|number| format!("{name}第{number}分号"))
            .find(|name| !self.used.contains(name))
            .expect("there are more numbers than units");
        self.used.insert(branch.clone());
        branch
    }
}
