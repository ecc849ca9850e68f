//! The standard item list: what every brigade's inspections start from.
//!
//! Wording after 公安部令第120号 art. 10 and 11 (domain.md, «What is inspected»).
//! Where the article is not sure the basis names the rule alone and the note
//! asks the brigade to fill it in: a published list must not hold a guess.

use serde_json::Map;

use crate::model::{AppliesTo, InspectionItem, Subject};

/// Basis of (一) to (十).
const ART_10: &str =
    "《消防监督检查规定》（公安部令第120号）第十条；《中华人民共和国消防法》第十六条";
/// Basis of the two items of densely populated places.
const ART_10_DENSE: &str = "《消防监督检查规定》（公安部令第120号）第十条";
/// Basis of the four items of key units.
const ART_11: &str =
    "《消防监督检查规定》（公安部令第120号）第十一条；《中华人民共和国消防法》第十七条";
/// Note of the items of key units: known from the field, not from the text.
const TO_CONFIRM: &str = "条款以现行文本为准，公布前由大队核对";
/// Note where only the rule is named.
const ARTICLE_OPEN: &str = "具体条款公布前由大队填写";

const ON_SITE: &str = "现场检查";
const PAPERS: &str = "查阅资料";
const BOTH: &str = "现场检查、查阅资料";
const BOTH_ASK: &str = "现场检查、查阅资料、询问";

const ORDINARY: &str = "一般检查事项";
const MAJOR: &str = "重点检查事项";

/// Subject, rule, class and notes that a run of items shares.
struct Group {
    subject: Subject,
    applies_to: AppliesTo,
    basis: &'static str,
    note: &'static str,
    /// Name, class, method, content.
    items: &'static [(&'static str, &'static str, &'static str, &'static str)],
}

impl Group {
    /// 抽查比例 (source-plan: R4 to R6, R8).
    fn share(&self) -> &'static str {
        match self.applies_to {
            AppliesTo::Every => {
                "人员密集场所的消防安全重点单位100%，其他重点单位不低于80%，一般单位不低于20%"
            }
            AppliesTo::Key => "人员密集场所的重点单位100%，其他重点单位不低于80%",
            AppliesTo::DenselyPopulated => "消防安全重点单位100%，一般单位不低于20%",
            AppliesTo::Separate => "按年度抽查计划确定的比例",
        }
    }

    /// 抽查次数 (R7).
    fn frequency(&self) -> &'static str {
        match self.applies_to {
            AppliesTo::Separate => "按年度抽查计划",
            _ => "同一对象每年不超过2次，两次间隔6个月以上",
        }
    }
}

static GROUPS: [Group; 6] = [
    Group {
        subject: Subject::Duties,
        applies_to: AppliesTo::Every,
        basis: ART_10,
        note: "",
        items: &[
            (
                "建筑合法性",
                MAJOR,
                PAPERS,
                "建筑物或者场所是否依法通过消防验收或者进行消防备案；公众聚集场所是否通过投入使用、营业前的消防安全检查",
            ),
            (
                "使用性质",
                ORDINARY,
                BOTH,
                "建筑物或者场所的使用情况与消防验收或者备案时确定的使用性质是否相符",
            ),
            (
                "制度和预案",
                ORDINARY,
                PAPERS,
                "消防安全制度、灭火和应急疏散预案是否制定",
            ),
            (
                "消防设施、器材和标志",
                MAJOR,
                BOTH,
                "消防设施、器材和消防安全标志是否定期组织维修保养，是否完好有效",
            ),
            (
                "电器线路和燃气管路",
                ORDINARY,
                BOTH,
                "电器线路、燃气管路是否定期维护保养、检测",
            ),
            (
                "通道、出口和防火分隔",
                MAJOR,
                ON_SITE,
                "疏散通道、安全出口、消防车通道是否畅通；防火分区是否改变；防火间距是否被占用",
            ),
            (
                "防火检查、演练和培训",
                MAJOR,
                BOTH_ASK,
                "是否组织防火检查、消防演练和员工消防安全教育培训；自动消防系统操作人员是否持证上岗",
            ),
            (
                "易燃易爆危险品场所与居住场所",
                MAJOR,
                ON_SITE,
                "生产、储存、经营易燃易爆危险品的场所是否与居住场所设置在同一建筑物内",
            ),
            (
                "其他物品场所与居住场所",
                ORDINARY,
                ON_SITE,
                "生产、储存、经营其他物品的场所与居住场所设置在同一建筑物内的，是否符合消防技术标准",
            ),
            (
                "其他依法需要检查的内容",
                ORDINARY,
                BOTH,
                "其他依法需要检查的内容",
            ),
        ],
    },
    Group {
        subject: Subject::Duties,
        applies_to: AppliesTo::DenselyPopulated,
        basis: ART_10_DENSE,
        note: "",
        items: &[
            (
                "室内装修材料",
                MAJOR,
                BOTH,
                "室内装修材料是否符合消防技术标准",
            ),
            (
                "外墙门窗障碍物",
                MAJOR,
                ON_SITE,
                "外墙门窗上是否设置影响逃生和灭火救援的障碍物",
            ),
        ],
    },
    Group {
        subject: Subject::Duties,
        applies_to: AppliesTo::Key,
        basis: ART_11,
        note: TO_CONFIRM,
        items: &[
            ("消防安全管理人", ORDINARY, PAPERS, "是否确定消防安全管理人"),
            (
                "每日防火巡查",
                ORDINARY,
                PAPERS,
                "是否开展每日防火巡查并建立巡查记录",
            ),
            (
                "培训和演练",
                ORDINARY,
                BOTH_ASK,
                "是否定期组织消防安全培训和消防演练",
            ),
            (
                "消防档案和重点部位",
                ORDINARY,
                BOTH,
                "是否建立消防档案、确定消防安全重点部位",
            ),
        ],
    },
    Group {
        subject: Subject::Products,
        applies_to: AppliesTo::Every,
        basis: "《中华人民共和国消防法》；《消防产品监督管理规定》",
        note: ARTICLE_OPEN,
        items: &[
            (
                "市场准入",
                ORDINARY,
                PAPERS,
                "使用的消防产品是否符合市场准入要求",
            ),
            (
                "产品一致性",
                ORDINARY,
                ON_SITE,
                "使用的消防产品外观标志、规格型号、结构部件与准入证明是否一致",
            ),
            (
                "产品质量",
                MAJOR,
                ON_SITE,
                "是否使用不合格或者国家明令淘汰的消防产品",
            ),
        ],
    },
    Group {
        subject: Subject::Services,
        applies_to: AppliesTo::Key,
        basis: "《中华人民共和国消防法》第六十九条；《社会消防技术服务管理规定》",
        note: TO_CONFIRM,
        items: &[
            (
                "消防设施维护保养检测",
                ORDINARY,
                BOTH,
                "维护保养检测机构是否具备从业条件，人员是否持证，记录和检测报告是否真实",
            ),
            (
                "消防安全评估",
                ORDINARY,
                PAPERS,
                "消防安全评估机构是否具备从业条件，评估报告是否真实",
            ),
        ],
    },
    Group {
        subject: Subject::Engineers,
        applies_to: AppliesTo::Separate,
        basis: "《注册消防工程师管理规定》",
        note: ARTICLE_OPEN,
        items: &[
            (
                "注册和执业单位",
                ORDINARY,
                PAPERS,
                "是否依法注册，是否只在一个消防技术服务机构或者消防安全重点单位执业",
            ),
            (
                "执业活动",
                ORDINARY,
                BOTH_ASK,
                "是否在执业范围内执业，是否在真实的消防安全技术文件上签名并加盖执业印章",
            ),
        ],
    },
];

/// The item list that a new workbook starts with: 16 items on duties (10 for
/// every unit, 2 for densely populated places, 4 for key units), 3 on products,
/// 2 on technical services, 2 on registered engineers. `authority` is the brigade that inspects.
///
/// ```
/// use double_random::demo::standard_items;
/// use double_random::model::Subject;
/// let items = standard_items("南宫市消防救援大队");
/// assert_eq!(items.len(), 23);
/// assert_eq!(items.iter().filter(|item| item.subject == Subject::Duties).count(), 16);
/// ```
#[must_use]
pub fn standard_items(authority: &str) -> Vec<InspectionItem> {
    let mut items: Vec<InspectionItem> = Vec::new();
    for group in &GROUPS {
        for &(name, class, method, content) in group.items {
            let subject_number = group.subject as usize + 1;
            let number = 1 + items
                .iter()
                .filter(|item| item.subject == group.subject)
                .count();
            items.push(InspectionItem {
                id: format!("{subject_number}-{number:02}"),
                subject: group.subject,
                name: name.into(),
                class: class.into(),
                basis: group.basis.into(),
                method: method.into(),
                content: content.into(),
                applies_to: group.applies_to,
                authority: authority.into(),
                share: group.share().into(),
                frequency: group.frequency().into(),
                note: group.note.into(),
                extra: Map::new(),
            });
        }
    }
    items
}
