//! Words of what is published, and of the page that publishes it.

use std::fmt::Display;

use super::{Both, Lang, both};
use crate::desk::VisitRow;
use crate::messages;
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
    publish_results_title(task: impl Display) => "{task}检查结果", "{task}: results";
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
    publish_withheld_why(unit: impl Display, why: impl Display) => "{unit}：{why}", "{unit}: {why}";
    publish_versions => "已公示的版次", "Published versions";
    publish_versions_none => "还没有公示过。", "Never published yet.";
    publish_version_line(version: impl Display, day: impl Display, places: impl Display) => "第 {version} 版，{day}，{places}", "Version {version}, {day}, {places}";
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

    /// What is published, by its own name; `draw`: what a draw's paper is called.
    #[must_use]
    pub fn bulletin(self, of: BulletinOf, draw: &str) -> String {
        match (of, self) {
            (BulletinOf::Results(_), Self::Zh) => format!("{draw}检查结果"),
            (BulletinOf::Results(_), Self::En) => format!("Results of {draw}"),
            (BulletinOf::Plan(_), Self::Zh) => format!("{draw}抽查计划"),
            (BulletinOf::Plan(_), Self::En) => format!("Plan of {draw}"),
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
