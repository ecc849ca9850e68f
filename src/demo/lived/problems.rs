//! What is found, item by item, and where inspections look.

use crate::demo::dice::Dice;
use crate::workbook::visit_record::Measure;

/// A problem: its item, words, what the law says, and what is done about it.
pub(super) struct Problem {
    pub(super) item: &'static str,
    pub(super) words: &'static str,
    pub(super) basis: &'static str,
    pub(super) measure: Measure,
}

const fn problem(
    item: &'static str,
    words: &'static str,
    basis: &'static str,
    measure: Measure,
) -> Problem {
    Problem {
        item,
        words,
        basis,
        measure,
    }
}

/// The articles of the 消防法 (2021) that the problems rest on.
const DUTIES: &str = "《中华人民共和国消防法》第十六条第一款第一项";
const FACILITIES: &str = "《中华人民共和国消防法》第十六条第一款第二项";
const PASSAGES: &str = "《中华人民共和国消防法》第二十八条";
const COMPARTMENTS: &str = "《中华人民共和国消防法》第十六条第一款第四项";
const HAZARDS: &str = "《中华人民共和国消防法》第十六条第一款第五项";
const DRILLS: &str = "《中华人民共和国消防法》第十六条第一款第六项";
const LODGING: &str = "《中华人民共和国消防法》第十九条第二款";
const INTERIOR: &str = "《中华人民共和国消防法》第二十六条第二款";
const KEY: &str = "《中华人民共和国消防法》第十七条第二款";
const WIRING: &str = "《中华人民共和国消防法》第二十七条第二款";
const PRODUCTS: &str = "《中华人民共和国消防法》第二十四条第一款";

use Measure::{AtOnce, ByTerm, Penalty};

/// All, each with its weight. Items are those of the standard list.
#[rustfmt::skip] // a table, a row each
pub(super) const PROBLEMS: &[(Problem, u32)] = &[
    (problem("1-04", "二层楼梯间 3 具灭火器压力不足", FACILITIES, ByTerm), 14),
    (problem("1-04", "营业区 2 处应急照明灯不亮", FACILITIES, ByTerm), 12),
    (problem("1-04", "安全出口疏散指示标志损坏 1 处", FACILITIES, ByTerm), 10),
    (problem("1-04", "室内消火栓箱内缺水枪、水带", FACILITIES, ByTerm), 8),
    (problem("1-04", "火灾自动报警系统有 2 个点位故障未排除", FACILITIES, ByTerm), 5),
    (problem("1-06", "疏散通道内堆放纸箱、货架", PASSAGES, AtOnce), 14),
    (problem("1-06", "后门安全出口营业期间上锁", PASSAGES, AtOnce), 8),
    (problem("1-06", "占用消防车通道停放货车", PASSAGES, AtOnce), 5),
    (problem("1-06", "常闭式防火门用灭火器顶开，闭门器损坏", COMPARTMENTS, ByTerm), 7),
    (problem("1-05", "库房照明线路未穿管保护", WIRING, ByTerm), 8),
    (problem("1-05", "电动自行车在营业区内充电", HAZARDS, AtOnce), 5),
    (problem("1-03", "灭火和应急疏散预案未按现状修订", DUTIES, ByTerm), 6),
    (problem("1-07", "一年内没有组织过有针对性的消防演练", DRILLS, ByTerm), 8),
    (problem("1-09", "二层住人与一层经营场所未作防火分隔", LODGING, ByTerm), 3),
    (problem("1-12", "二层外窗设置固定防盗网，影响逃生和救援", PASSAGES, ByTerm), 4),
    (problem("1-11", "包间墙面采用易燃软包装修", INTERIOR, ByTerm), 2),
    (problem("1-14", "每日防火巡查记录不连续，缺 4 天", KEY, ByTerm), 6),
    (problem("1-15", "新上岗员工未经消防安全培训", KEY, ByTerm), 4),
    (problem("1-16", "消防安全重点部位未设置标志", KEY, ByTerm), 3),
    (problem("1-04", "擅自停用火灾自动报警系统", PASSAGES, Penalty), 3),
    (problem("2-02", "2 具灭火器铭牌与准入证明不一致", PRODUCTS, ByTerm), 2),
];

/// 检查部位, for units of some categories; the first that is named in the category counts.
const PLACES: &[(&str, [&str; 2])] = &[
    (
        "餐饮",
        [
            "一层大厅、厨房、后门安全出口",
            "一层营业区、二层包间、液化气间",
        ],
    ),
    (
        "宾馆",
        [
            "一层大厅、三层客房区、消防控制室",
            "二至四层客房走道、疏散楼梯、配电间",
        ],
    ),
    (
        "商场",
        [
            "一层营业区、库房、疏散通道",
            "一至二层营业区、安全出口、配电间",
        ],
    ),
    (
        "娱乐",
        [
            "一层大厅、二层包间、安全出口",
            "营业区、疏散走道、消防水箱间",
        ],
    ),
    (
        "医院",
        [
            "门诊楼一层、住院部疏散楼梯、氧气间",
            "一层候诊区、配电间、消防控制室",
        ],
    ),
    (
        "学校",
        [
            "教学楼疏散楼梯、学生宿舍、食堂厨房",
            "实验楼、图书室、配电间",
        ],
    ),
    (
        "幼儿园",
        ["一层活动室、二层寝室、厨房", "疏散楼梯、教室、值班室"],
    ),
    (
        "养老",
        [
            "一层活动室、二层居室、厨房",
            "居室区走道、消防控制室、配电间",
        ],
    ),
    (
        "仓储",
        ["1 号库、2 号库、消防水泵房", "库区、装卸台、值班室"],
    ),
    (
        "易燃易爆",
        ["储罐区、充装间、值班室", "营业室、油罐区、加油岛"],
    ),
    (
        "工业",
        ["一车间、成品库、配电间", "生产车间、原料库、职工宿舍一层"],
    ),
    (
        "密集型",
        ["一车间、成品库、职工宿舍", "裁剪车间、疏散楼梯、消防水泵房"],
    ),
];
/// Where nothing more is known of a category.
const PLACES_ELSE: [&str; 2] = ["一层营业区、库房、安全出口", "一层办公区、配电间、疏散楼梯"];

/// Where an inspection of such a unit looked.
pub(super) fn places(dice: &mut Dice, category: &str) -> &'static str {
    let of = PLACES.iter().find(|(word, _)| category.contains(word));
    let choices = of.map_or(PLACES_ELSE, |(_, places)| *places);
    choices[dice.below(2) as usize]
}
