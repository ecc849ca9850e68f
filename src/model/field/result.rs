//! The columns of a list of results, as the official systems export it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Described, Field, RegisterKind};
use crate::field;
use crate::model::{Outcome, ResultLine};

impl Described for ResultLine {
    const REGISTER: RegisterKind = RegisterKind::Results;

    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self>] = &[
        field!(Text task)
            .heads(&["任务编号", "检查编号", "检查任务编号", "抽查任务编号", "任务号", "检查任务号", "检查记录编号", "检查文书号", "检查文号", "文号", "rwbh", "jcbh"]),
        field!(Name name).public()
            .heads(&["单位名称", "检查对象", "检查对象名称", "被检查对象", "被检查对象名称", "被检查单位", "被检查单位名称", "受检单位", "抽查对象", "抽查对象名称", "市场主体名称", "企业名称", "场所名称", "名称", "dwmc", "jcdx", "被抽查单位", "被抽查单位名称", "被抽查企业", "被抽查企业名称", "受检单位名称", "被检单位", "被检查场所", "被检查场所名称", "单位", "场所", "被检查人", "被查单位", "被查单位名称"]),
        field!(Text unit_id)
            .heads(&["单位编号", "对象编号"]),
        field!(Code code).public()
            .heads(&["统一社会信用代码", "社会信用代码", "信用代码", "统一社会信用代码注册号", "检查对象统一社会信用代码", "tyshxydm"]),
        field!(Date date).past()
            .heads(&["检查日期", "检查完成日期", "检查时间", "检查完成时间", "实际检查日期", "实际检查时间", "实施日期", "实施检查日期", "检查实施日期", "检查实施时间", "抽查日期", "抽查时间", "完成日期", "jcrq", "jcsj", "执法日期", "执法时间", "检查时间日期", "检查日", "日期", "实施检查时间", "抽查检查时间", "抽查检查日期"]),
        field!(Text start)
            .heads(&["开始时间", "检查开始时间", "起始时间", "检查起始时间", "起止时间", "检查起止时间", "起", "到达时间", "kssj", "开始"]),
        field!(Text end)
            .heads(&["结束时间", "检查结束时间", "终止时间", "截止时间", "止", "离开时间", "jssj", "结束"]),
        field!(Text officers)
            .heads(&["检查人员", "执法人员", "检查员", "监督检查员", "监督检查人员", "执法检查人员", "检查人", "检查人员姓名", "执法人员姓名", "jcry", "zfry", "检查组成员", "监督人员", "检查组人员", "执法检查人", "参加检查人员"]),
        field!(Text lead)
            .heads(&["主检", "主检人", "主检人员", "主检查员", "主办", "主办人", "主办人员", "检查人员1", "执法人员1", "检查人员一", "执法人员一", "第一检查人", "主检人姓名", "主检查人", "主检查人员", "主办执法人员", "主办检查员", "主办检查人员"]),
        field!(Text member)
            .heads(&["协检", "协检人", "协检人员", "协检员", "协办", "协办人", "协办人员", "检查人员2", "执法人员2", "检查人员二", "执法人员二", "第二检查人", "协检人姓名", "协办执法人员", "协办检查员", "协办检查人员"]),
        field!(Text places)
            .heads(&["检查部位", "检查场所", "检查部位及内容", "重点检查部位", "检查范围", "检查地点", "jcbw"]),
        field!(Choice Outcome outcome).public()
            .heads(&["检查结果", "抽查结果", "检查结果类别", "抽查结果类别", "检查结论", "抽查检查结果", "结果", "jcjg", "检查情况", "检查结果情况", "是否合格", "抽查检查结论"]),
        field!(Tags handling).public()
            .heads(&["处理措施", "处置措施", "处理情况", "处置情况", "处置", "后续处置", "后续处理", "处理结果", "结果处理", "处理方式", "处置方式", "检查措施", "措施", "clcs", "czcs", "处理意见", "处置结果", "处置意见", "后续处理措施", "后续处置措施"]),
        field!(Text item)
            .heads(&["检查事项", "抽查事项", "事项名称", "检查项目", "检查项", "抽查事项名称", "问题所属事项", "jcsx"]),
        field!(Lines problem)
            .heads(&["发现问题", "发现的问题", "存在问题", "存在的问题", "问题描述", "问题情况", "隐患内容", "隐患描述", "火灾隐患", "违法行为", "违法事实", "检查发现问题", "fxwt", "发现隐患", "存在隐患", "隐患清单", "问题清单", "隐患情况", "存在的隐患", "发现火灾隐患", "存在问题及隐患", "问题隐患", "主要问题", "存在的火灾隐患", "存在火灾隐患"]),
        field!(Lines legal_basis)
            .heads(&["法律依据", "违法依据", "违反条款", "违反法条", "法条", "法律条款", "依据条款", "处理依据", "处罚依据", "flyj"]),
        field!(Date term)
            .heads(&["整改期限", "改正期限", "限期改正期限", "限改日期", "整改截止日期", "改正截止日期", "责令改正期限", "整改时限", "改正时限", "zgqx", "整改截止时间", "改正截止时间"]),
        field!(Flag is_corrected)
            .heads(&["已当场改正", "是否当场改正", "是否改正", "是否已改正", "是否整改", "是否已整改", "当场改正"]),
        field!(Text scanned_at)
            .heads(&["扫码时间", "入企扫码时间", "扫码入企时间", "扫码入企", "smsj"]),
        field!(Text no_scan)
            .heads(&["未扫码原因", "未扫码理由", "未扫码说明"]),
        field!(Text accompanied_by)
            .heads(&["随同检查人员", "随同人员", "陪同人员", "被检查单位陪同人员", "在场人员", "单位陪同人"]),
        field!(Text assisted_by)
            .heads(&["协助人员", "辅助人员", "协助检查人员", "其他参加人员"]),
        field!(Text entered_by)
            .heads(&["录入人", "录入人员", "填报人", "经办人", "登记人", "lrr"]),
        field!(Date published_on)
            .heads(&["公示日期", "公示时间", "结果公示日期", "结果公示时间", "公开日期", "gsrq"]),
        field!(Lines note)
            .heads(&["备注", "说明", "bz"]),
    ];

    fn blank() -> Self {
        Self {
            name: String::new(),
            unit_id: String::new(),
            code: None,
            task: String::new(),
            date: None,
            start: String::new(),
            end: String::new(),
            officers: String::new(),
            lead: String::new(),
            member: String::new(),
            assisted_by: String::new(),
            accompanied_by: String::new(),
            places: String::new(),
            scanned_at: String::new(),
            no_scan: String::new(),
            outcome: Outcome::default(),
            item: String::new(),
            problem: String::new(),
            legal_basis: String::new(),
            handling: BTreeSet::new(),
            term: None,
            is_corrected: false,
            entered_by: String::new(),
            published_on: None,
            note: String::new(),
            extra: Map::new(),
        }
    }

    fn extra(&mut self) -> &mut Map<String, Value> {
        &mut self.extra
    }
}
