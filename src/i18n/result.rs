//! Words of a visit's record, review, papers and 复查, and
//! visits of other kinds.

use std::fmt::Display;

use super::who::{Named, Who};
use super::{Both, Lang, both};
use crate::messages;
use crate::workbook::other_visit::{BeyondGround, OtherKind};
use crate::workbook::result_rule::{ItemRule, OtherRule, RecordRule, TeamRule};
use crate::workbook::visit_record::{Disposal, Measure, NoScan, Outcome, PaperKind};
use crate::workbook::visit_stage::VisitStage;

messages! {
    result_enter => "录入结果", "Enter result";
    result_correct => "更正结果", "Correct result";
    result_title(name: impl Display) => "录入结果：{name}", "Result: {name}";
    result_save => "保存结果，交审核", "Save for review";
    result_saved(name: impl Display) => "{name}的检查结果已录入，待审核", "Result of {name} entered, to be reviewed";
    result_date => "检查日期", "Day of the visit";
    result_start => "开始", "Begin";
    result_end => "结束", "End";
    result_scan => "扫码入企", "Code scanned";
    result_scanned => "已扫码", "Scanned";
    result_scan_none(why: impl Display) => "没扫码：{why}", "Not scanned: {why}";
    result_scan_time => "扫码时间", "Time of the scan";
    result_scan_time_none => "请填扫码时间，或选没扫码的原因。", "Give the time of the scan, or why there was none.";
    result_scan_words => "说明", "In words";
    result_scan_made_up => "补扫日期", "Made up on";
    result_scan_made_up_help => "没有补扫的不填", "Leave empty where it was not";
    result_places => "检查部位", "Parts inspected";
    result_places_help => "写到层和部位，如：一层营业区、消防控制室", "Floors and parts, such as: ground floor shop, control room";
    result_how => "结果", "Result";
    result_clear => "全部未发现问题", "No problem found";
    result_problems => "有问题", "Problems found";
    result_unchecked => "没有查成", "Not carried out";
    result_kind => "检查结果", "Category";
    result_items => "有问题的事项", "Items with a problem";
    result_items_rest(n: impl Display) => "其余 {n} 项未发现问题", "No problem with the other {n}";
    result_item_more => "加一项有问题的", "Add an item with a problem";
    result_item_choose => "选事项", "Choose an item";
    result_item_remove(name: impl Display) => "去掉：{name}", "Take out: {name}";
    result_problem => "发现的问题", "What was found";
    result_basis => "法律依据", "Legal basis";
    result_measure => "措施", "Measure";
    result_term => "改正期限", "To be corrected by";
    result_on_the_spot => "已当场改正", "Corrected on the spot";
    result_disposals => "后续处置", "What follows";
    result_team_why => "与计划不同的原因", "Why others than planned";
    result_more => "随同、协助、照片、备注", "Who went along, photographs, note";
    result_accompanied => "随同检查人员", "Of the unit";
    result_assisted => "协助人员", "Assisting";
    result_assisted_help => "文员、专家等；不能算作两名检查人员", "Clerks, experts; never one of the two";
    result_photos => "照片名称", "Photographs";
    result_photos_help => "用顿号或空格分开；照片另行保存", "Names, separated by blanks; kept elsewhere";
    result_note => "备注", "Note";
    result_why => "更正原因", "Why it is corrected";
    result_ready(n: impl Display) => "{n} 项已齐", "{n} items complete";
    result_ready_problems(n: impl Display) => "{n} 项有问题", "{n} with a problem";
    result_section => "检查结果", "Result";
    result_times(start: impl Display, end: impl Display) => "{start} 至 {end}", "{start} to {end}";
    result_scan_at(time: impl Display) => "扫码 {time}", "scanned {time}";
    result_time => "检查时间", "Time";
    result_entered_by(who: impl Display, at: impl Display) => "{who} {at} 录入", "Entered by {who}, {at}";
    result_versions(n: impl Display) => "共录入 {n} 次，前几次留存", "Entered {n} times; earlier ones are kept";
    review_act => "审核", "Review";
    review_title(name: impl Display) => "审核：{name}", "Review: {name}";
    review_title_many(n: impl Display) => "审核 {n} 户的结果", "Review {n} results";
    review_note => "审核人不能是参加检查的两人。退回的写明原因，录入人改后再审。", "Who reviews is none of the two who went. Say why where it goes back; it is entered anew and reviewed again.";
    review_accept => "通过，可公示", "Accept, to be published";
    review_return => "退回", "Send back";
    review_verdict => "审核结论", "Verdict";
    review_reviewer => "审核人", "Reviewer";
    review_opinion => "审核意见", "Opinion";
    review_opinion_help => "退回时必填", "Needed where it goes back";
    review_done(n: impl Display) => "{n} 户已审核", "{n} reviewed";
    review_told(who: impl Display, at: impl Display) => "{who} {at} 审核通过", "Accepted by {who}, {at}";
    review_sent_back(who: impl Display, at: impl Display, why: impl Display) => "{who} {at} 退回：{why}", "Sent back by {who}, {at}: {why}";
    review_all(n: impl Display) => "审核未发现问题的 {n} 户", "Review the {n} without problems";
    recheck_act => "登记复查", "Enter re-inspection";
    recheck_title(name: impl Display) => "登记复查：{name}", "Re-inspection: {name}";
    recheck_note => "复查在期限届满后 3 个工作日内，不计入一年两次。", "Within 3 working days of the term; it never counts to the limits.";
    recheck_date => "复查日期", "Day of the re-inspection";
    recheck_corrected => "已改正", "Corrected";
    recheck_again => "未改正，再定期限", "Not corrected, a new term";
    recheck_penalty => "未改正，立案处罚", "Not corrected, penalty follows";
    recheck_new_term => "新的期限", "New term";
    recheck_done(name: impl Display) => "{name}的复查已登记", "Re-inspection of {name} entered";
    recheck_by(day: impl Display) => "{day}前复查", "re-inspect by {day}";
    recheck_told(day: impl Display, words: impl Display) => "{day} 复查：{words}", "{day}: {words}";
    notice_act => "登记通知", "Enter notice";
    notice_title(n: impl Display) => "登记通知：{n} 户", "Notice: {n} units";
    notice_note => "告知检查事项、时间和要准备的材料；不事先告知的写明原因。文号按先后自动编。", "Tells what is checked, when, and what to have ready. Say why where none is given. Numbers follow in sequence.";
    notice_date => "通知日期", "Day of the notice";
    notice_unannounced => "不事先告知的原因", "Why unannounced";
    notice_unannounced_help => "告知了的不填", "Leave empty where notice is given";
    notice_done(n: impl Display) => "{n} 户已登记通知", "Notices of {n} entered";
    notice_all(n: impl Display) => "通知 {n} 户", "Notify {n}";
    papers_act => "文书", "Papers";
    papers_title(name: impl Display) => "文书：{name}", "Papers: {name}";
    papers_note => "已经有的打勾，填文号和日期。", "Tick what is there; give number and date.";
    papers_number => "文号", "Number";
    papers_photos => "张数", "How many";
    papers_date => "日期", "Date";
    papers_save => "保存文书", "Save papers";
    papers_saved(name: impl Display) => "{name}的文书已保存", "Papers of {name} saved";
    papers_count(n: impl Display, lacking: impl Display) => "已备 {n}，还差 {lacking}", "{n} there, {lacking} lacking";
    papers_lacking => "还差", "lacking";
    visit_number(short: impl Display, year: impl Display, number: impl Display) => "{short}抽查〔{year}〕{number}号", "{short}抽查〔{year}〕{number}号";
    form_print => "打印", "Print";
    form_print_notices(n: impl Display) => "事项告知单（{n} 份）", "Notices of items ({n})";
    form_print_records(n: impl Display) => "检查记录（{n} 份）", "Inspection records ({n})";
    form_source => "任务来源", "Source of the task";
    form_source_month => "“双随机、一公开”监督抽查", "Random inspection";
    form_source_campaign => "专项检查", "Special campaign";
    form_nth => "本年度次数", "Time this year";
    form_unit => "单位名称", "Unit";
    form_code => "统一社会信用代码", "Credit code";
    form_kind => "单位性质", "Kind";
    form_responsible => "消防安全责任人", "Responsible";
    form_manager => "消防安全管理人", "Manager";
    form_phone => "联系电话", "Telephone";
    form_day => "计划检查日期", "Planned day";
    form_items => "检查事项", "Items";
    form_items_count(n: impl Display) => "{n} 项，见检查记录", "{n}, see the record";
    form_agreed => "同意", "Agreed";
    form_notice(day: impl Display) => "根据《中华人民共和国消防法》和本年度抽查计划，我单位定于{day}对你单位进行消防监督抽查。请配合检查，并准备下列材料。", "By the Fire Protection Law and this year's plan an inspection is set for {day}. Please have the following ready.";
    form_bring_title => "材料清单", "To have ready";
    form_times => "起止时间", "From, to";
    form_random => "监督抽查", "Random inspection";
    form_recheck => "是否复查", "Re-inspection";
    form_clear => "未发现问题", "No problem";
    form_item => "检查事项", "Item";
    form_found => "检查情况", "What was found";
    form_at_once => "立即", "At once";
    form_order(day: impl Display) => "{day}对你单位进行消防监督检查，发现存在下列消防安全违法行为和隐患，现责令改正：", "At the inspection of {day} the following was found, and is to be corrected:";
    form_order_end => "对责令改正不服的，可以依法申请行政复议或者提起行政诉讼。逾期不改正的，将依法处理。", "You may apply for review or go to court. What is not corrected in time is dealt with by law.";
    form_papers => "送达文书", "Papers delivered";
    form_receiver => "受送达人", "Delivered to";
    form_place => "送达地点", "Place";
    form_way => "送达方式", "Way of delivery";
    form_received_at => "收到日期", "Received on";
    form_sign_maker => "承办人", "Prepared by";
    form_sign_head => "大队主官", "Head of brigade";
    form_sign_officers => "检查人员签名", "Officers sign";
    form_sign_unit => "被检查单位签名", "Unit signs";
    form_sign_receiver => "收件人签名", "Receiver signs";
    form_sign_witness => "见证人签名", "Witness signs";
    other_act => "登记其他检查", "Enter another visit";
    other_title(name: impl Display) => "登记其他检查：{name}", "Another visit: {name}";
    other_note => "复查、举报投诉核查等不计入一年两次。本年度已检查两次的，再查要选十种情形之一。", "Re-inspections, complaints and the like never count. A unit visited twice this year needs one of the ten grounds.";
    other_form => "检查形式", "Kind of visit";
    other_source => "任务来源", "What made it needed";
    other_source_help => "如举报登记号、上级文件", "Such as a complaint's number";
    other_ground => "超过两次的情形", "Ground beyond two";
    other_ground_none => "不超过两次", "Not beyond two";
    other_done(name: impl Display) => "{name}的检查已登记", "Visit to {name} entered";
    others_section => "其他检查", "Other visits";
    other_withdraw => "撤回", "Withdraw";
    other_withdraw_title => "撤回其他检查的登记", "Withdraw the entry";
    other_withdraw_note => "登记错了的撤回；记录和原因留存，不再计次。", "For a wrong entry; it stays on record with its reason and counts no more.";
    other_withdrawn => "已撤回", "Withdrawn";
}

impl Lang {
    pub(super) const fn choose(self, zh: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The title of a printed paper.
    #[must_use]
    pub const fn form_title(self, kind: PaperKind) -> &'static str {
        match kind {
            PaperKind::Approval => self.choose("消防监督抽查审批表", "Approval of an inspection"),
            PaperKind::Notice => self.choose("检查事项告知单", "Notice of items"),
            PaperKind::Record => self.choose("消防监督检查记录", "Inspection record"),
            PaperKind::AtOnceOrder => self.choose("责令立即改正通知书", "Order to correct at once"),
            PaperKind::TermOrder => self.choose("责令限期改正通知书", "Order to correct by a date"),
            PaperKind::Delivery => self.choose("送达回证", "Proof of delivery"),
            PaperKind::Sampling => self.choose("抽样单", "Sampling sheet"),
            PaperKind::Photos => self.choose("照片", "Photographs"),
        }
    }

    /// What a unit is to have ready for a visit.
    #[must_use]
    pub const fn form_bring(self) -> &'static [&'static str] {
        match self {
            Self::Zh => &[
                "营业执照",
                "消防验收、备案或者投入使用、营业前消防安全检查的文书",
                "消防安全制度、灭火和应急疏散预案",
                "建筑消防设施维护保养和检测记录",
                "防火检查、巡查记录，消防演练和培训记录",
                "自动消防系统操作人员的资格证书",
            ],
            Self::En => &[
                "Business licence",
                "Fire acceptance, filing, or check before opening",
                "Fire safety rules, plans for fighting fire and for evacuation",
                "Records of upkeep and testing of fire protection systems",
                "Records of fire checks, patrols, drills and training",
                "Certificates of operators of automatic systems",
            ],
        }
    }

    /// How far a visit has come.
    #[must_use]
    pub const fn visit_stage(self, stage: VisitStage) -> &'static str {
        match stage {
            VisitStage::Unapproved => self.choose("待审批", "To approve"),
            VisitStage::SetAside => self.choose("顺延", "Carried"),
            VisitStage::Planned => self.choose("待检查", "Planned"),
            VisitStage::ToEnter => self.choose("待录入", "To enter"),
            VisitStage::Overdue => self.choose("逾期", "Overdue"),
            VisitStage::ToReview => self.choose("待审核", "To review"),
            VisitStage::Returned => self.choose("退回", "Sent back"),
            VisitStage::ToRecheck => self.choose("待复查", "To re-inspect"),
            VisitStage::Done => self.choose("可公示", "To publish"),
            VisitStage::Void => self.choose("作废", "Void"),
            VisitStage::Unmade => self.choose("未检查", "Not made"),
        }
    }

    /// 检查结果.
    #[must_use]
    pub const fn outcome(self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::NoProblem => self.choose("未发现问题", "No problem found"),
            Outcome::Ordered => {
                self.choose("发现问题已责令改正", "Problems found, correction ordered")
            }
            Outcome::ToFollow => {
                self.choose("发现问题待后续处理", "Problems found, to be followed up")
            }
            Outcome::NotOperating => self.choose(
                "未发现开展本次抽查涉及的经营活动",
                "Business concerned not carried on",
            ),
            Outcome::Unreachable => self.choose(
                "通过登记的住所（经营场所）无法联系",
                "Not to be reached at its registered address",
            ),
            Outcome::Closed => self.choose("已关闭停业或正在组织清算", "Closed or being wound up"),
            Outcome::Obstructed => {
                self.choose("不配合检查情节严重", "Inspection seriously obstructed")
            }
            Outcome::Gone => self.choose(
                "注销、吊销、撤销或迁出",
                "Deregistered, revoked or moved away",
            ),
        }
    }

    /// 措施.
    #[must_use]
    pub const fn measure(self, measure: Measure) -> &'static str {
        match measure {
            Measure::AtOnce => self.choose("责令立即改正", "To correct at once"),
            Measure::ByTerm => self.choose("责令限期改正", "To correct by a date"),
            Measure::Sealing => self.choose("临时查封", "Sealed for the time being"),
            Measure::Penalty => self.choose("行政处罚", "Administrative penalty"),
            Measure::Transfer => self.choose("移送", "Transferred"),
        }
    }

    /// 后续处置.
    #[must_use]
    pub const fn disposal(self, disposal: Disposal) -> &'static str {
        match disposal {
            Disposal::None => self.choose("无需后续处置", "Nothing follows"),
            Disposal::Routine => self.choose("转日常监管", "To routine supervision"),
            Disposal::Order => self.choose("责令改正", "Correction ordered"),
            Disposal::Penalty => self.choose("立案处罚", "Penalty case opened"),
            Disposal::Transfer => self.choose("移送", "Transferred"),
            Disposal::Notify => self.choose("抄告", "Other bodies told"),
        }
    }

    /// Why nobody scanned.
    #[must_use]
    pub const fn no_scan(self, why: NoScan) -> &'static str {
        match why {
            NoScan::Emergency => self.choose("突发应急", "Emergency"),
            NoScan::NoCode => self.choose("无码", "No code"),
            NoScan::Network => self.choose("网络", "No network"),
            NoScan::Other => self.choose("其他", "Other"),
        }
    }

    /// 检查形式 other than 监督抽查.
    #[must_use]
    pub const fn other_kind(self, kind: OtherKind) -> &'static str {
        match kind {
            OtherKind::BeforeOpening => self.choose("营业前检查", "Before opening"),
            OtherKind::Complaint => self.choose("举报投诉核查", "On a complaint"),
            OtherKind::BeforeEvent => self.choose("大型活动前检查", "Before an event"),
            OtherKind::Construction => self.choose("施工现场检查", "Construction site"),
            OtherKind::Recheck => self.choose("复查", "Re-inspection"),
            OtherKind::Resumption => self.choose("申请恢复检查", "On application to resume"),
            OtherKind::Unsealing => self.choose("申请解除查封检查", "On application to unseal"),
            OtherKind::Other => self.choose("其他", "Other"),
        }
    }

    /// On which ground a unit is visited more than twice a year.
    #[must_use]
    pub const fn beyond_ground(self, ground: BeyondGround) -> &'static str {
        match ground {
            BeyondGround::Complaint => self.choose("投诉举报", "Complaint"),
            BeyondGround::Assigned => self.choose("上级交办", "Order from above"),
            BeyondGround::Joining => self.choose("配合上级检查", "Joining a superior's check"),
            BeyondGround::Audit => self.choose("审计", "Audit"),
            BeyondGround::OffSite => self.choose("非现场监管发现", "Found by off-site supervision"),
            BeyondGround::Press => self.choose("媒体曝光", "Press exposure"),
            BeyondGround::Correction => self.choose("整改复核", "Re-check of a correction"),
            BeyondGround::Application => self.choose("企业申请", "The unit's own application"),
            BeyondGround::Licence => self.choose("许可核查", "Licence check"),
            BeyondGround::Urgent => {
                self.choose("法律规定的其他紧急情形", "Other urgent case by law")
            }
        }
    }
}

/// The one rule that a visit's record, review or papers break.
pub(super) fn record_rule(rule: &RecordRule, who: Who) -> Both {
    match rule {
        RecordRule::Team(rule) => team_rule(rule, who),
        RecordRule::Item { item, rule } => item_rule(&who.item(item), *rule),
        RecordRule::OtherTeam => both(
            "检查人员与计划的不同。请写明换人原因。",
            "Others went than planned: say why.",
        ),
        RecordRule::NoFindings => both(
            "结果是发现问题，却没有写哪一项。请在事项里写出问题。",
            "The result speaks of problems, and no item has one. Enter what was found.",
        ),
        RecordRule::Findings => both(
            "结果不是发现问题，事项里却写了问题。请改结果，或去掉问题。",
            "Items have problems, and the result speaks of none. Change the one or the other.",
        ),
        RecordRule::NoDisposal => both("请选后续处置。", "Say what follows."),
        RecordRule::DisposalNone => both(
            "“无需后续处置”不能与问题或其他处置并存。",
            "“Nothing follows” goes neither with problems nor with anything else that follows.",
        ),
        RecordRule::NoTimes => both("请填起止时间。", "Give the times of begin and end."),
        RecordRule::TimeOrder => both(
            "结束时间应当晚于开始时间。",
            "The end must be after the begin.",
        ),
        RecordRule::NoPlaces => both("请写检查部位。", "Say which parts were inspected."),
        RecordRule::NoScanWords => both(
            "没有扫码的，请写明原因。",
            "Not scanned for another reason: say which.",
        ),
        RecordRule::ScanMadeUp => both(
            "补扫日期应在检查日期和今天之间。",
            "A scan is made up between the visit and today.",
        ),
        RecordRule::NotWaiting => both(
            "没有待审核的结果：还没有录入，或已经审核。",
            "No record waits for a review: none is entered, or it was reviewed.",
        ),
        RecordRule::ReviewerWent { reviewer } => both(
            format!("{reviewer} 参加了这次检查，不能审核自己的结果。请换人审核。"),
            format!("{reviewer} made this visit and cannot review it. Have somebody else do so."),
        ),
        RecordRule::NoticeDay { date } => both(
            format!("通知日期 {date} 晚于检查日期或今天。请核对。"),
            format!("The notice is dated {date}, after the visit or ahead. Check the date."),
        ),
        RecordRule::NothingOpen => both(
            "没有等待复查的问题。",
            "Nothing that was found waits for a re-inspection.",
        ),
        RecordRule::RecheckDay { date } => both(
            format!("复查日期 {date} 早于检查或上次复查，或还没有到。请核对。"),
            format!(
                "{date} is before the visit or the last re-inspection, or ahead. Check the date."
            ),
        ),
        RecordRule::RecheckItems => both(
            "复查要逐条写明每个待复查的问题是否改正。",
            "A re-inspection says of each open finding whether it is corrected.",
        ),
        RecordRule::ByRecord => both(
            "这次检查已经录入结果。请在“检查任务”里更正结果。",
            "This visit has a record. Correct it on the page of visits.",
        ),
        RecordRule::HasRecord => both(
            "这次检查已有结果，文件不能替换。要改请在“检查任务”里更正。",
            "This visit has a result, which no file replaces. Correct it on the page of visits.",
        ),
        RecordRule::BeforeDay { day } => both(
            format!("检查日期早于计划日 {day}。请核对日期；确是提前检查的，先在“检查任务”里改期。"),
            format!(
                "This is before the planned day, {day}. Check the date; if it was made earlier, change its day on the page of visits first."
            ),
        ),
        RecordRule::Paper => both(
            "文书日期还没有到，或同一种文书写了两次。",
            "A paper is dated ahead, or stands there twice.",
        ),
    }
}

/// What stands against two officers visiting a unit.
pub(super) fn team_rule(rule: &TeamRule, who: Who) -> Both {
    match rule {
        TeamRule::OneOfficer => both(
            "检查要两名执法人员，主办和协办不能是同一人。",
            "Two officers make a visit: lead and member must differ.",
        ),
        TeamRule::NoEnforcer { officer } => {
            let Named { zh, en } = who.officer(officer);
            both(
                format!(
                    "{zh} 不是执法人员，只能协助。两名检查人员都要持执法证，协助的写在“协助人员”。"
                ),
                format!(
                    "{en} is no enforcement officer and can only assist. Both who go hold a certificate; name who assists beside them."
                ),
            )
        }
        TeamRule::Certificate { officer } => {
            let Named { zh, en } = who.officer(officer);
            both(
                format!("{zh} 的执法证这天已过期。请换人，或核对日期和证件。"),
                format!(
                    "The certificate of {en} had run out that day. Choose another, or check date and certificate."
                ),
            )
        }
        TeamRule::NotPresent { officer } => {
            let Named { zh, en } = who.officer(officer);
            both(
                format!("{zh} 这天请假、抽调，或不在名录里。请核对人员和日期。"),
                format!(
                    "{en} was away that day, or is not in the register. Check officers and date."
                ),
            )
        }
        TeamRule::Avoids { officer } => {
            let Named { zh, en } = who.officer(officer);
            both(
                format!("{zh} 对这家单位应当回避。请换人。"),
                format!("{en} must avoid this unit. Choose another."),
            )
        }
        TeamRule::NoLead { officer } => {
            let Named { zh, en } = who.officer(officer);
            both(
                format!("{zh} 没有主办资格。请换一名主办。"),
                format!("{en} may not lead. Choose another lead."),
            )
        }
    }
}

/// What is wrong with what is said of an item.
fn item_rule(Named { zh, en }: &Named, rule: ItemRule) -> Both {
    match rule {
        ItemRule::Unknown => both(
            format!("事项 {zh} 不在这次检查的事项里。清单以外的事项不能查。"),
            format!("Item {en} is not of this visit. What is not on its list may not be checked."),
        ),
        ItemRule::Twice => both(
            format!("事项 {zh} 写了两次。请并成一条。"),
            format!("Item {en} stands there twice. Make it one."),
        ),
        ItemRule::NoProblem => both(
            format!("事项 {zh} 没有写发现的问题。"),
            format!("Say what was found with item {en}."),
        ),
        ItemRule::NoBasis => both(
            format!("事项 {zh} 没有写法律依据。"),
            format!("Give the legal basis for item {en}."),
        ),
        ItemRule::NoTerm => both(
            format!("事项 {zh} 责令限期改正，请填改正期限。"),
            format!("Item {en} is to be corrected by a date: give it."),
        ),
        ItemRule::TermBefore => both(
            format!("事项 {zh} 的改正期限早于检查或复查日期。"),
            format!("The term of item {en} ends before the visit or re-inspection."),
        ),
        ItemRule::TermNotNeeded => both(
            format!("事项 {zh} 不是责令限期改正，不填改正期限。"),
            format!("Item {en} is not to be corrected by a date: leave the term out."),
        ),
    }
}

/// The one rule that a visit of another kind breaks.
pub(super) fn other_rule(rule: &OtherRule) -> Both {
    match rule {
        OtherRule::Future { today } => both(
            format!("今天是 {today}，这一天还没有到。"),
            format!("Today is {today}: that day has not come."),
        ),
        OtherRule::NoSource => both("请写任务来源。", "Say what made it needed."),
        OtherRule::NoGround { earlier } => both(
            format!("这家单位本年度已检查 {earlier} 次。再查要选十种情形之一，并记录在案。"),
            format!(
                "The unit was visited {earlier} times this year. Another visit needs one of the ten grounds, on record."
            ),
        ),
    }
}
