//! What made-up units do: category, words for the name, legal kinds, sizes.

use crate::model::{LegalKind, Stratum};

/// A line of business with everything that units of it have in common.
pub(super) struct Trade {
    /// 单位类别, one of [`crate::workbook::CATEGORIES`].
    pub(super) category: &'static str,
    /// What stands behind the stem of a name.
    pub(super) words: &'static [&'static str],
    /// Legal kinds with their weights.
    pub(super) kinds: &'static [(LegalKind, u32)],
    /// 建筑面积 in square metres, least and most.
    pub(super) floor_area_m2: (u32, u32),
    /// 职工人数, least and most.
    pub(super) employees: (u32, u32),
    /// Whether general units of this trade are densely populated places, in 1000.
    pub(super) dense_permille: u32,
}

use LegalKind::{Enterprise, Other, PublicInstitution, SocialGroup, SoleTrader, StateOrgan};

const fn trade(
    category: &'static str,
    words: &'static [&'static str],
    kinds: &'static [(LegalKind, u32)],
    floor_area_m2: (u32, u32),
    employees: (u32, u32),
    dense_permille: u32,
) -> Trade {
    Trade {
        category,
        words,
        kinds,
        floor_area_m2,
        employees,
        dense_permille,
    }
}

/// The trades of a stratum, each with its weight.
pub(super) const fn trades(stratum: Stratum) -> &'static [(Trade, u32)] {
    match stratum {
        Stratum::A => KEY_DENSE,
        Stratum::B => KEY_OTHER,
        Stratum::C => GENERAL,
    }
}

/// 人员密集场所 among the key units.
#[rustfmt::skip] // a table, a row each
static KEY_DENSE: &[(Trade, u32)] = &[
    (trade("学校", &["学校", "小学", "实验中学", "职业中学"], &[(PublicInstitution, 9), (SocialGroup, 1)], (3_000, 24_000), (40, 220), 1000), 18),
    (trade("劳动密集型企业", &["羊绒制品有限公司", "毛毡制品有限公司", "服装有限公司", "针织有限公司"], &[(Enterprise, 1)], (3_000, 20_000), (110, 600), 1000), 17),
    (trade("医院", &["中医医院", "骨科医院", "医院", "妇产医院"], &[(PublicInstitution, 5), (Enterprise, 5)], (2_500, 30_000), (60, 480), 1000), 11),
    (trade("商场市场", &["购物广场", "百货商场", "家居商场", "绒毛交易市场"], &[(Enterprise, 1)], (3_000, 25_000), (30, 300), 1000), 12),
    (trade("宾馆饭店", &["大酒店", "商务酒店", "宾馆"], &[(Enterprise, 8), (SoleTrader, 2)], (1_500, 12_000), (25, 160), 1000), 13),
    (trade("公共娱乐场所", &["影城", "歌舞厅", "健身馆", "网络会所"], &[(Enterprise, 5), (SoleTrader, 5)], (400, 4_000), (10, 60), 1000), 10),
    (trade("养老福利机构", &["养护院", "养老院", "福利院"], &[(SocialGroup, 5), (PublicInstitution, 3), (Enterprise, 2)], (1_000, 8_000), (15, 90), 1000), 8),
    (trade("托儿所幼儿园", &["幼儿园"], &[(SocialGroup, 6), (PublicInstitution, 4)], (900, 4_000), (18, 60), 1000), 5),
    (trade("餐饮场所", &["大饭店", "酒楼"], &[(Enterprise, 6), (SoleTrader, 4)], (800, 4_000), (25, 90), 1000), 3),
    (trade("体育场馆会堂", &["体育馆"], &[(PublicInstitution, 1)], (3_000, 12_000), (15, 50), 1000), 1),
    (trade("客运车站", &["客运站"], &[(Enterprise, 1)], (1_500, 5_000), (20, 80), 1000), 1),
    (trade("图书馆展览馆博物馆档案馆", &["图书馆", "博物馆"], &[(PublicInstitution, 1)], (1_500, 8_000), (12, 40), 1000), 1),
];

/// 其他 key units.
#[rustfmt::skip] // a table, a row each
static KEY_OTHER: &[(Trade, u32)] = &[
    (trade("易燃易爆单位", &["加油站", "液化气充装站", "加气站", "化工有限公司"], &[(Enterprise, 9), (SoleTrader, 1)], (300, 6_000), (6, 60), 0), 34),
    (trade("一般工业企业", &["羊绒有限公司", "毛毡有限公司", "绒毛分梳厂", "滤材有限公司", "棉业有限公司"], &[(Enterprise, 1)], (3_000, 26_000), (40, 260), 0), 30),
    (trade("仓储物流", &["物流有限公司", "仓储有限公司", "粮库"], &[(Enterprise, 1)], (2_000, 24_000), (15, 120), 0), 16),
    (trade("国家机关", &["政务服务中心", "机关办公楼"], &[(StateOrgan, 1)], (2_500, 12_000), (60, 300), 0), 8),
    (trade("高层公共建筑", &["大厦", "商务中心"], &[(Enterprise, 1)], (8_000, 30_000), (30, 200), 0), 5),
    (trade("发电供电企业", &["供电所", "生物质发电有限公司", "热力有限公司"], &[(Enterprise, 1)], (1_500, 16_000), (25, 150), 0), 4),
    (trade("广播电视邮政通信枢纽", &["通信枢纽楼", "邮件处理中心"], &[(Enterprise, 6), (PublicInstitution, 4)], (1_500, 8_000), (20, 120), 0), 2),
    (trade("文物保护单位", &["古寺塔文物保管所"], &[(PublicInstitution, 1)], (500, 3_000), (5, 20), 0), 1),
];

/// 一般 units: most of a county's register.
#[rustfmt::skip] // a table, a row each
static GENERAL: &[(Trade, u32)] = &[
    (trade("商场市场", &["文具店", "粮油店", "服装店", "家具店", "五金门市部", "建材门市部", "电动车行", "便利店", "鞋店", "灯饰店"], &[(SoleTrader, 19), (Enterprise, 1)], (60, 600), (1, 12), 60), 245),
    (trade("一般工业企业", &["毛毡厂", "羊绒纺织厂", "绒毛加工厂", "皮棉加工厂", "塑料制品厂", "农机配件厂", "制毡机械厂", "印务有限公司", "食品加工厂"], &[(Enterprise, 17), (SoleTrader, 3)], (300, 5_000), (5, 70), 0), 190),
    (trade("餐饮场所", &["快餐店", "小吃店", "烤肉店", "面馆", "饭庄", "火锅店"], &[(SoleTrader, 19), (Enterprise, 1)], (60, 700), (2, 25), 220), 175),
    (trade("其他", &["药房", "理发店", "洗车行", "汽修厂", "宠物店", "快递驿站", "照相馆"], &[(SoleTrader, 9), (Enterprise, 1)], (40, 500), (1, 12), 0), 130),
    (trade("仓储物流", &["物流有限公司", "货运部", "冷库", "粮油仓储有限公司"], &[(Enterprise, 7), (SoleTrader, 3)], (200, 6_000), (3, 40), 0), 55),
    (trade("公共娱乐场所", &["健身馆", "台球厅", "网吧", "茶艺馆", "游艺厅"], &[(SoleTrader, 8), (Enterprise, 2)], (80, 900), (2, 15), 800), 40),
    (trade("宾馆饭店", &["旅馆", "快捷酒店", "民宿"], &[(SoleTrader, 7), (Enterprise, 3)], (150, 1_500), (3, 20), 900), 35),
    (trade("校外培训机构", &["培训学校", "艺术培训中心", "托管班"], &[(Enterprise, 5), (SoleTrader, 3), (SocialGroup, 2)], (100, 900), (3, 25), 700), 30),
    (trade("医院", &["诊所", "门诊部", "口腔诊所"], &[(SoleTrader, 6), (Enterprise, 3), (PublicInstitution, 1)], (60, 800), (2, 25), 150), 26),
    (trade("住宅小区物业", &["物业服务有限公司", "小区物业服务中心"], &[(Enterprise, 1)], (100, 900), (6, 60), 0), 22),
    (trade("托儿所幼儿园", &["幼儿园", "托育园"], &[(SocialGroup, 7), (Enterprise, 3)], (300, 1_200), (6, 30), 1000), 14),
    (trade("其他", &["村级服务中心", "棉花专业合作社", "果蔬专业合作社"], &[(Other, 1)], (80, 900), (2, 15), 0), 12),
    (trade("易燃易爆单位", &["液化气供应点", "烟花爆竹零售点", "油漆经营部"], &[(SoleTrader, 7), (Enterprise, 3)], (40, 500), (1, 8), 0), 8),
    (trade("国家机关", &["便民服务站", "市场监管所"], &[(StateOrgan, 1)], (200, 1_200), (8, 40), 0), 6),
    (trade("施工工地", &["建筑工程有限公司"], &[(Enterprise, 1)], (1_000, 9_000), (20, 120), 0), 5),
    (trade("宗教活动场所", &["基督教活动点", "佛教活动点"], &[(SocialGroup, 1)], (100, 800), (1, 6), 800), 3),
    (trade("科研单位", &["绒毛检测研究所"], &[(PublicInstitution, 6), (Enterprise, 4)], (300, 1_500), (6, 30), 0), 2),
    (trade("消防技术服务机构", &["消防技术服务有限公司"], &[(Enterprise, 1)], (80, 400), (4, 20), 0), 2),
];
