//! Words of what is published, and of the page that publishes it.

use std::fmt::Display;

use super::{Both, Lang, both};
use crate::desk::VisitRow;
use crate::messages;
use crate::model::LegalGround;
use crate::workbook::bulletin::BulletinOf;
use crate::workbook::plan_change::PlanChangeKind;
use crate::workbook::refusal::BulletinRefusal;

messages! {
    nav_publish => "公示发布", "Publication";
    publish_withheld(code: impl Display) => "依法不公开　{code}", "Withheld by law {code}";
    publish_key => "重点单位", "Key unit";
    publish_general => "一般单位", "Other unit";
    publish_supervision => "监管类别", "Supervision";
    publish_period => "检查时限", "Period";
    publish_authority => "检查机关", "Authority";
    publish_items(subject: impl Display, n: impl Display) => "{subject} {n} 项", "{subject} {n}";
    publish_from_to(from: impl Display, to: impl Display) => "{from}起，{to}止", "{from} to {to}";
    publish_count => "数量", "Number";
    publish_count_words(all: impl Display, shown: impl Display) => "共 {all} 户，公布 {shown} 户", "{all} in all, {shown} named";
    publish_approved => "批准日期", "Approved on";
    publish_plan_note => "名录、额度和随机数来源在抽取之前固定并公布承诺码，任何人可以用证书短码和验证文件核对。", "Register, sizes and the source of the random number were fixed and their commitment shown before the draw; anybody can check by short code and verification file.";
    publish_not_carried(exported: impl Display) => "{exported}。有单位在抽取后转为依法不公开，网页不附验证数据。", "{exported}. A unit was withheld after the draw, so the page carries no data for verification.";
    publish_cap => "对同一单位的监督抽查每年不超过 2 次，两次间隔不少于 6 个月。", "A unit is inspected at most twice a year, six months apart.";
    publish_level => "抽取等级", "Draw level";
    publish_persons => "责任人、管理人", "Responsible persons";
    publish_phones => "电话", "Telephones";
    publish_findings => "发现问题的内容和依据", "Findings and their basis";
    publish_month_task(year: impl Display, month: impl Display) => "{year}年{month}“双随机、一公开”消防监督抽查", "Double random inspection, {month} {year}";
    publish_supplement_task(year: impl Display, month: impl Display) => "{year}年{month}“双随机、一公开”消防监督补充抽查", "Supplementary double random inspection, {month} {year}";
    publish_campaign_task(year: impl Display, name: impl Display) => "{year}年{name}专项检查", "Campaign {year}: {name}";
    publish_plan_title(task: impl Display) => "{task}计划", "{task}: plan";
    publish_results_title(task: impl Display) => "{task}结果", "{task}: results";
    publish_in_plan(plan: impl Display) => "列入 {plan} 计划，一并检查", "In plan {plan}, checked with it";
    publish_grounds(all: impl Display, grounds: impl Display) => "依法不公开 {all} 户，只公布户数：{grounds}。", "{all} withheld by law, told by number alone: {grounds}.";
    publish_ground_count(ground: impl Display, n: impl Display) => "{ground} {n} 户", "{ground} {n}";
    publish_statement_title(year: impl Display) => "{year}年度“双随机、一公开”消防监督抽查自我声明", "Self-statement of double random inspection, {year}";
    publish_statement_visits => "抽中的检查", "Visits drawn";
    publish_statement_draws => "抽取", "Draws";
    publish_statement_closed => "年度结束日期", "Year closed on";
    publish_statement_note => "本机关按年度抽查计划开展检查，抽取全部登记并可核对，检查结果已经或者将按规定公示。声明的数字以年度结束时的记录为准。", "Inspections followed the annual plan; every draw is on record and can be checked; results are or will be published as the law asks. Figures are those of the record at the close of the year.";
    publish_statement_unmade => "抽中未查的单位名单", "Names of units drawn and not visited";
    publish_statement_words => "结束年度时写的说明", "What was written when the year was closed";
    publish_statement_persons => "经办人、批准人", "Who closed it, who approved";
    publish_own_results_title(year: impl Display, register: impl Display) => "{year}年{register}抽查结果", "{register} checked in {year}: results";
    publish_own_results_note => "检查结果登记后公示。不服检查结果的，可以向本机关提出。", "Results are published once entered. Objections go to this body.";
    publish_own_agency => "机构名称", "Institution";
    publish_own_engineer => "注册消防工程师", "Fire engineer";
    publish_own_registration => "注册证号", "Registration no.";
    publish_own_employer => "执业单位", "Employer";
    publish_own_persons => "法定代表人、技术负责人、联系人", "Legal representative, technical lead, contact";
    publish_own_names => "姓名全称", "Full names";
    publish_own_steps_in => "递补", "Stepped in";
    publish_statement_state => "年度已结束", "The year is closed";
    publish_plan_number => "计划编号", "Plan no.";
    publish_task_number => "任务编号", "Task no.";
    publish_task => "任务名称", "Task";
    publish_kind => "抽查类型", "Kind";
    publish_kind_month => "不定向", "General";
    publish_kind_campaign => "定向", "Targeted";
    publish_made => "检查完成日期", "Completed on";
    publish_outcome => "检查结果", "Result";
    publish_measures => "处理措施", "Measures";
    publish_date => "公示日期", "Published on";
    publish_results_note => "检查结果经另一名人员审核后公示。不服检查结果的，可以向本机关提出。", "Results are published after review by another officer. Objections go to this body.";
    publish_draws_title(year: impl Display) => "{year}年随机抽取登记", "Draws of {year}";
    publish_frozen => "名录冻结", "Register frozen";
    publish_shown => "承诺公布", "Commitment shown";
    publish_drawn => "抽取时间", "Drawn at";
    publish_drawn_count => "抽中", "Drawn";
    publish_draws_count(all: impl Display, broken: impl Display) => "抽取 {all} 次，其中中止 {broken} 次，编号连续", "{all} draws, {broken} of them broken off, numbered without gaps";
    publish_draws_note => "每次抽取都在这里，中止和补充的也在：编号一经使用不再重用，抽出的结果不能重抽。", "Every draw stands here, broken-off and supplementary ones too: no number is used twice, and no result is drawn again.";
    publish_broken(reason: impl Display, approver: impl Display) => "中止：{reason}（{approver}批准）", "Broken off: {reason} (approved by {approver})";
    publish_outside(reason: impl Display) => "不在抽取窗口：{reason}", "Outside the window: {reason}";
    publish_items_title => "随机抽查事项清单", "Items of random inspection";
    publish_class => "抽查类别", "Subject";
    publish_item => "抽查事项", "Item";
    publish_basis => "抽查依据", "Basis";
    publish_body => "抽查主体", "Body";
    publish_object => "抽查对象", "Object";
    publish_share => "抽查比例", "Share";
    publish_frequency => "抽查次数", "Frequency";
    publish_method => "抽查方式", "Method";
    publish_content => "抽查内容及要求", "Content";
    publish_version => "版次", "Version";
    publish_since => "施行日期", "In force from";
    publish_share_frequency => "抽查比例及频次", "Share and frequency";
    publish_when => "拟实施时间", "When";
    publish_whole_year(year: impl Display) => "{year}年1月至12月", "January to December {year}";
    publish_on_site => "现场检查", "On site";
    publish_shares(low: impl Display, high: impl Display) => "{low}% 至 {high}%，按风险分级；每户每年不超过 2 次", "{low}% to {high}% by risk; at most twice a year each";
    publish_share_alike(share: impl Display) => "{share}%；每户每年不超过 2 次", "{share}%; at most twice a year each";
    publish_share_of(share: impl Display) => "每年 {share}%", "{share}% a year";
    paper_month(year: impl Display, month: impl Display) => "{year}年{month}月", "{year}-{month}";

    publish_to_do => "要公示的", "To be published";
    publish_summary(waiting: impl Display, public: impl Display) => "待公示 {waiting} 件，已公示 {public} 件", "{waiting} waiting, {public} public";
    publish_pressing(n: impl Display) => "到期 {n} 件", "{n} due";
    publish_waits => "待公示", "Waiting";
    publish_due_today => "今天到期", "Due today";
    publish_late => "超期", "Late";
    publish_public => "已公示", "Public";
    publish_not_yet => "还没有", "Not yet";
    publish_by_day(day: impl Display) => "{day}前公示", "By {day}";
    publish_public_on(day: impl Display) => "{day}公示", "Published on {day}";
    publish_in_time => "按期", "in time";
    publish_too_late => "超期", "late";
    publish_version_short(n: impl Display) => "第 {n} 版", "Version {n}";
    publish_results_state(waiting: impl Display, public: impl Display, to_come: impl Display) => "待公示 {waiting} 户，已公示 {public} 户，还没有审核的 {to_come} 户", "{waiting} waiting, {public} public, {to_come} not accepted yet";
    publish_draws_state(waiting: impl Display, public: impl Display) => "新登记 {waiting} 次，已公示 {public} 次", "{waiting} new, {public} public";
    publish_same_waits(n: impl Display, day: impl Display) => "另有 {n} 件待登记（{day}前），公示的内容没有变", "{n} more to note by {day}; what is public says it already";
    publish_changed => "上次公示后有变更", "Changed since it was published";
    publish_term_note => "计划在当月之前，结果从检查结束之日起 20 个工作日内公布（政府信息公开条例第二十六条）。", "Plans before their month, results within 20 working days of the end of the check (Regulations on Open Government Information, art. 26).";
    publish_website => "政府网站", "Government site";
    publish_account => "公众号", "WeChat account";
    publish_platform => "省平台", "Provincial platform";
    publish_machines => "机器可读", "For machines";
    publish_html => "网页", "Web page";
    publish_excel => "Excel", "Excel";
    publish_copy_article => "复制图文", "Copy article";
    publish_message => "复制文字", "Copy text";
    publish_csv => "导入表", "Table";
    publish_json => "JSON", "JSON";
    publish_seen => "公众所见", "As the public sees it";
    publish_difference => "与内部记录的差别", "What the record says beside it";
    publish_withheld_count(n: impl Display) => "不公开 {n} 户", "{n} withheld";
    publish_left_out => "内部有、公示没有的", "In the record and not in public";
    publish_left_out_none => "公示的内容与内部记录相同。", "The public paper says all that the record says.";
    publish_withheld_units => "依法不公开的单位", "Units withheld by law";
    publish_withheld_why(unit: impl Display, ground: impl Display, why: impl Display) => "{unit}：{why}。公示写作：{ground}", "{unit}: {why}. In public: {ground}";
    publish_versions => "已公示的版次", "Published versions";
    publish_versions_none => "还没有公示过。", "Never published yet.";
    publish_version_line(version: impl Display, day: impl Display, places: impl Display) => "第 {version} 版，{day}，{places}", "Version {version}, {day}, {places}";
    publish_kept => "看以前版次的内容", "What an earlier version said";
    publish_kept_note => "每次公示时把“机器可读：JSON”文件存档。打开存档文件，这里按指纹说明它是第几版，并显示内容。", "Keep the JSON file of each version. Opened here, its fingerprint tells which version it is, and what it said is shown.";
    publish_kept_open => "打开存档文件", "Open a kept file";
    publish_kept_is(n: impl Display) => "与第 {n} 版的指纹相同", "Its fingerprint is that of version {n}";
    publish_kept_other => "与登记过的各版指纹都不相同：是别的文件，或者改动过。", "Its fingerprint is that of no version noted here: another paper, or changed.";
    publish_kept_none => "这不是公示用的 JSON 文件。", "This is no JSON file of a publication.";
    publish_fingerprint(code: impl Display) => "指纹 {code}", "Fingerprint {code}";
    publish_reason(why: impl Display) => "原因：{why}", "Reason: {why}";
    publish_same_as_file => "内容与生成的文件逐字相同", "Letter by letter what the files say";
    publish_print => "打印公示栏版", "Print for the notice board";
    publish_act => "登记已公示", "Note as published";
    publish_act_title(title: impl Display) => "登记已公示：{title}", "Note as published: {title}";
    publish_consequence => "先用上面的文件发布，再在这里登记。登记后这一版不能撤回；内容有变，另出一版，两版并列。", "Publish by the files above first, then note it here. A version is never taken back; a correction is the next one beside it.";
    publish_places => "公布在哪里", "Where it was published";
    publish_places_help => "写明网站和网址、公众号或者公示栏", "Site and address, account, or notice board";
    publish_why => "为什么要新的一版", "Why a new version";
    publish_done => "已登记公示", "Noted as published";
    publish_no_rows => "还没有可以公示的内容。", "There is nothing to publish yet.";
    publish_nothing => "还没有要公示的。年度计划冻结、月度计划批准或者检查结果审核之后，在这里公示。", "Nothing to publish yet. Once the annual plan is frozen, a month's plan approved, or a result accepted, it is published here.";
    publish_go_month => "去月度抽查", "Go to the month";
    publish_unchanged => "与已公示的版本相同", "The same as the public version";
    duty_publish(n: impl Display) => "公示 {n} 件", "Publish {n} papers";
    duty_publish_act => "去公示", "Publish";
}

impl Lang {
    /// What became of a visit's plan: void and why, left, changed; else how it came in.
    #[must_use]
    pub fn plan_note(self, row: &VisitRow) -> String {
        let kind = row.change.as_ref().map(|change| &change.kind);
        match kind {
            Some(PlanChangeKind::Closed { ground, .. }) => self.closed_ground(*ground).to_owned(),
            _ if row.is_void => self.visit_void().to_owned(),
            _ if row.is_left => self.row_left().to_owned(),
            Some(PlanChangeKind::Day) => self.row_day().to_owned(),
            Some(PlanChangeKind::Team | PlanChangeKind::StandIn { .. }) => {
                self.row_team().to_owned()
            }
            Some(PlanChangeKind::StepsIn { .. }) | None => self.visit_source(row.source).to_owned(),
        }
    }

    /// The campaign's units that stand in the month's plan.
    #[must_use]
    pub fn publish_taken(self, taken: usize, is_all: bool) -> String {
        match (self, is_all) {
            (Self::Zh, true) => format!(
                "本次专项检查的 {taken} 户全部列入月度抽查计划，专项事项在月度抽查中一并检查，检查结果随月度抽查公示。"
            ),
            (Self::Zh, false) => format!(
                "其中 {taken} 户列入月度抽查计划，专项事项在月度抽查中一并检查，检查结果随月度抽查公示。"
            ),
            (Self::En, true) => format!(
                "All {taken} units stand in the month's plan and are checked with it; their results are the month's."
            ),
            (Self::En, false) => format!(
                "{taken} of them stand in the month's plan and are checked with it; their results are the month's."
            ),
        }
    }

    /// A ground of 政府信息公开条例.
    #[must_use]
    pub const fn legal_ground(self, ground: LegalGround) -> &'static str {
        match ground {
            LegalGround::Secret => self.choose(
                "《政府信息公开条例》第十四条（国家秘密、公共安全等）",
                "Open Government Information, art. 14 (state secrets, public safety)",
            ),
            LegalGround::Private => self.choose(
                "《政府信息公开条例》第十五条（商业秘密、个人隐私等）",
                "Open Government Information, art. 15 (business secrets, privacy)",
            ),
            LegalGround::Other => self.choose("其他法定情形", "Other grounds of law"),
        }
    }

    /// What is published, by its own name; `draw`: what a draw's paper is called.
    #[must_use]
    pub fn bulletin(self, of: BulletinOf, draw: &str) -> String {
        match (of, self) {
            (BulletinOf::Results(_), Self::Zh) => format!("{draw}检查结果"),
            (BulletinOf::Results(_), Self::En) => format!("Results of {draw}"),
            (BulletinOf::Plan(_), Self::Zh) => format!("{draw}抽查计划"),
            (BulletinOf::Plan(_), Self::En) => format!("Plan of {draw}"),
            (BulletinOf::Statement, _) => self.choose("年度自我声明", "Self-statement").to_owned(),
            (BulletinOf::Draws, _) => self.choose("抽取登记", "Register of draws").to_owned(),
            (BulletinOf::YearPlan, _) => self.choose("年度抽查计划", "Annual plan").to_owned(),
            (BulletinOf::Items, _) => self.publish_items_title().to_owned(),
        }
    }
}

/// Why a publication is refused.
pub(super) fn bulletin_refusal(refusal: &BulletinRefusal) -> Both {
    match refusal {
        BulletinRefusal::Nothing => both(
            "还没有可以公示的内容：计划要先批准，检查结果要先审核。",
            "There is nothing to publish: a plan is approved first, a result reviewed first.",
        ),
        BulletinRefusal::NoPlace => both(
            "请写明公布在哪里，例如网站和网址。",
            "Say where it was published, such as the site and its address.",
        ),
        BulletinRefusal::Same { version } => both(
            format!("与已公示的第 {version} 版相同，不必再登记。"),
            format!("Version {version}, which is public, says the same."),
        ),
        BulletinRefusal::Day { date, after, today } => match after {
            Some(after) => both(
                format!("公示日期 {date} 不对：应在 {after} 到今天（{today}）之间。"),
                format!("It cannot be published on {date}: from {after} to today, {today}."),
            ),
            None => both(
                format!("公示日期 {date} 还没有到，今天是 {today}。"),
                format!("{date} has not come; today is {today}."),
            ),
        },
    }
}
