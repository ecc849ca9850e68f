//! Errors in words: what happened, where, and what to do.
//!
//! The core's errors carry data. Each `match` here is exhaustive, so that a new
//! variant does not compile until it is put into words in both languages.

use super::result::{other_rule, record_rule};
use super::who::{Named, Who};
use super::{Both, Lang, both};
use crate::engine::ceremony::{EntropyError, PROMISE_SALT_DIGITS, VALUE_CHARACTERS};
use crate::engine::design::DesignError;
use crate::engine::snapshot::SnapshotError;
use crate::model::{CodeError, Stratum};
use crate::workbook::brigade::REVIEW_DAYS_MAX;
use crate::workbook::refusal::OwnRule;
use crate::workbook::register::Guarded;
use crate::workbook::sound::{DrawFlaw, Unsound};
use crate::workbook::{ActionError, DrawError, VisitRule};

impl Lang {
    /// The half of `words` in this language.
    pub(super) fn of(self, words: Both) -> String {
        match self {
            Self::Zh => words.0,
            Self::En => words.1,
        }
    }

    /// Why an action was refused, and what mends it.
    #[must_use]
    pub fn action_error(self, error: &ActionError, who: Who) -> String {
        self.of(action_error(self, error, who))
    }

    /// What is wrong with a credit code, and what mends it.
    #[must_use]
    pub fn code_error(self, error: &CodeError) -> String {
        self.of(code_error(error))
    }

    /// What is wrong with a random number, and what mends it.
    #[must_use]
    pub fn entropy_mistake(self, error: &EntropyError) -> String {
        self.of(entropy_error(error))
    }

    /// Which rule of the annual plan a number breaks.
    #[must_use]
    pub fn design_error(self, error: &DesignError) -> String {
        self.of(design_error(error))
    }
}

fn action_error(lang: Lang, error: &ActionError, who: Who) -> Both {
    match error {
        ActionError::NoReviewer => both("请写审核人。", "Name the reviewer."),
        ActionError::NoUnit { id } => both(
            format!("名录库里没有 {id}。请刷新列表后再试。"),
            format!("There is no unit {id} in the register. Reload the list and try again."),
        ),
        ActionError::AlreadyWithheld { id } => {
            let Named { zh, en } = who.unit(id);
            both(
                format!("单位 {zh} 已经设为不公开。"),
                format!("Unit {en} is withheld already."),
            )
        }
        ActionError::NotWithheld { id } => {
            let Named { zh, en } = who.unit(id);
            both(
                format!("单位 {zh} 没有设为不公开。"),
                format!("Unit {en} is not withheld."),
            )
        }
        ActionError::AliasTaken { other } => {
            let Named { zh, en } = who.unit(other);
            both(
                format!("随机代号与单位 {zh} 的相同。请再试一次。"),
                format!("The random alias is that of unit {en}. Try once more."),
            )
        }
        ActionError::AliasUsed { number } => both(
            format!("第 {number} 号抽取已使用它的代号，不公开不能再取消。"),
            format!("Draw {number} has used its alias, so that the withholding stays."),
        ),
        ActionError::CheckAhead { date } => both(
            format!("核对日期 {date} 还没有到。请填今天或以前的日期。"),
            format!("The check on {date} is still to come. Enter today or a day before."),
        ),
        ActionError::NoOfficer { id } => both(
            format!("名录库里没有执法人员 {id}。请刷新列表后再试。"),
            format!("There is no officer {id} in the register. Reload the list and try again."),
        ),
        ActionError::NoItem { id } => both(
            format!("清单里没有事项 {id}。请刷新列表后再试。"),
            format!("There is no item {id} in the list. Reload the list and try again."),
        ),
        ActionError::ReviewDays => both(
            format!("标签、等级的核对期限应为 1 至 {REVIEW_DAYS_MAX} 天。"),
            format!("Tags and tiers are reviewed within 1 to {REVIEW_DAYS_MAX} days."),
        ),
        ActionError::Bunching => both(
            "集中录入的数不对：工作日 1 至 20，月底 1 至 15 天，比例 0 至 100，户数 2 至 100，分钟 1 至 480。",
            "These numbers do not fit: 1 to 20 working days, 1 to 15 days of the month's end, shares of 0 to 100, 2 to 100 entries, 1 to 480 minutes.",
        ),
        ActionError::Check(refusal) => super::self_check::check_refusal(refusal),
        ActionError::Bulletin(refusal) => super::papers::bulletin_refusal(refusal),
        ActionError::NotForMany { field } => {
            let (zh, en) = (Lang::Zh.import_field(field), Lang::En.import_field(field));
            both(
                format!("“{zh}”要逐条修改，不能批量修改。"),
                format!("{en} is changed record by record, not in bulk."),
            )
        }
        ActionError::NothingChanges => both(
            "选中的记录都已经是这个内容，没有要改的。",
            "All records chosen hold this already. There is nothing to change.",
        ),
        ActionError::NoRecord { id } => both(
            format!("名录里没有编号为 {id} 的记录。请刷新列表后再试。"),
            format!("There is no record {id} in the register. Reload the list and try again."),
        ),
        ActionError::KeptAlike { other } => {
            let Named { zh, en } = who.record(other);
            both(
                format!(
                    "名录里的 {zh} 可能就是这一条。请核对；确是两条的，勾选“仍要新增”或“仍要保存”。"
                ),
                format!(
                    "{en} of the register may be this one. Look; where they are two, tick to go on all the same."
                ),
            )
        }
        ActionError::KeyTaken { other, field } => {
            let field = lang.import_field(field);
            both(
                format!("名录里的 {other} 已用这个{field}。请核对两条是否同一条。"),
                format!(
                    "{other} of the register has this already ({field}). Check whether the two are one."
                ),
            )
        }
        ActionError::StatusAlready { id } => {
            let Named { zh, en } = who.record(id);
            both(
                format!("{zh} 已经办过这一步。请刷新列表。"),
                format!("This was done for {en} before. Reload the list."),
            )
        }
        ActionError::NoName => both(
            "名称不能为空。请填写名称。",
            "A name is needed. Enter the name.",
        ),
        ActionError::Placeholder { found } => both(
            format!("“{found}”不是名称。请填写真实的名称。"),
            format!("\"{found}\" is no name. Enter the real one."),
        ),
        ActionError::TooLong(text) => both(lang.too_long(text), lang.too_long(text)),
        ActionError::Value { id, field, fault } => {
            let words = lang.field_fault(id, field, fault);
            both(words.clone(), words)
        }
        ActionError::UnitAlike { other } => {
            let Named { zh, en } = who.unit(other);
            both(
                format!(
                    "名录里的 {zh} 可能就是这一户。请核对；确是两户的，勾选“仍要新增”或“仍要保存”。"
                ),
                format!(
                    "{en} of the register may be this unit. Look; where they are two, tick to go on all the same."
                ),
            )
        }
        ActionError::OfficerAlike { other } => {
            let Named { zh, en } = who.officer(other);
            both(
                format!("名录里的 {zh} 同名。请核对；确是两人的，勾选“仍要新增”或“仍要保存”。"),
                format!(
                    "{en} of the register has this name. Look; where they are two, tick to go on all the same."
                ),
            )
        }
        ActionError::NoReason => both(
            "必须写明原因或出处，它会留在操作记录里。",
            "A reason is needed; it stays in the audit trail.",
        ),
        ActionError::NoApprover => both("必须写明批准人。", "Name the person who approves."),
        ActionError::DuplicateCode { other } => {
            let Named { zh, en } = who.unit(other);
            both(
                format!("单位 {zh} 已使用这个信用代码。请核对两户是否同一单位。"),
                format!(
                    "Unit {en} has this credit code already. Check whether the two are one unit."
                ),
            )
        }
        ActionError::Guarded { id, field } => {
            let (zh, en) = guarded(*field);
            both(format!("{id}：{zh}"), format!("{id}: {en}"))
        }
        ActionError::Referenced { id } => {
            let Named { zh, en } = who.record(id);
            both(
                format!("{zh} 有检查记录，或在抽取冻结的名录里，不能删除。不再监管的，改为停用。"),
                format!("{en} was inspected or stands in a draw and cannot be removed. Retire it."),
            )
        }
        ActionError::IdUsed { id } => both(
            format!("编号 {id} 重复，或以前用过。编号由名录依次给定，请去掉文件里的编号再导入。"),
            format!(
                "Id {id} stands twice or was given before. Leave ids out of the file: the register gives them."
            ),
        ),
        ActionError::FutureHistory { id, name, date } => both(
            format!("{name}（{id}）以往的检查有 {date}，还没有到。请改正文件里的日期。"),
            format!(
                "{name} ({id}) has a past inspection on {date}, which is still to come. Correct the file."
            ),
        ),
        ActionError::YearTooEarly { year, from } => both(
            format!("现在还不能开始 {year} 年度：下一年度从 {from} 起开始，一年一年依次进行。"),
            format!(
                "{year} cannot be begun now: the next year begins from {from} on, one after another."
            ),
        ),
        ActionError::YearNotOver { year, from } => both(
            format!("{year} 年度还没有过完，{from} 起才能结束。"),
            format!("{year} is not over: it can be closed from {from} on."),
        ),
        ActionError::YearClosed { year } => both(
            format!("{year} 年度已经结束，它的计划、抽取和检查登记不再改动。"),
            format!("{year} is closed: its plan, draws and entries of visits no longer change."),
        ),
        ActionError::YearNotClosed { year } => both(
            format!("{year} 年度还没有结束，结束以后才能归档。"),
            format!("{year} is not closed: a year is archived once it is."),
        ),
        ActionError::YearNeeded { year } => both(
            format!(
                "{year} 年度还不能移出：在 {} 年里冻结名录、抽取过一个月以后才可以，此前的抽取还要用到它。",
                year + 1
            ),
            format!(
                "{year} cannot be taken out before a month is drawn from a register frozen in {}: draws before that still look back at it.",
                year + 1
            ),
        ),
        ActionError::NoArchiveFile { year } => both(
            format!("{year} 年度的归档文件还没有保存。先保存归档，再移出。"),
            format!("The archive of {year} is not saved. Save it first."),
        ),
        ActionError::Archive { year } => both(
            format!("这是 {year} 年度的归档，只能看，不能改。先离开归档。"),
            format!("This is the archive of {year}: it is read only. Leave it first."),
        ),
        ActionError::NoYear { year } => both(
            format!("工作簿里没有 {year} 年度。请先开始这一年。"),
            format!("The workbook does not keep {year}. Begin that year first."),
        ),
        ActionError::Holidays { year } => both(
            format!(
                "{year} 年的放假安排自相矛盾：日期不属于本年、既放假又上班，或有的月份没有工作日。请核对。"
            ),
            format!(
                "The holidays of {year} contradict themselves: a date of another year, off and worked at once, or a month without a working day."
            ),
        ),
        ActionError::NumbersUsedUp => both(
            "编号已用到上限，不能再新增。请检查是否导入过编号过大的记录。",
            "The numbers of the register are used up: nothing can be added.",
        ),
        ActionError::Prefix { found } => both(
            format!(
                "单位编号前缀“{found}”不能用：要用大写字母、数字或连字符，1 至 12 个，不能是 W。"
            ),
            format!(
                "\"{found}\" cannot begin unit ids: 1 to 12 capitals, digits or hyphens, and not W."
            ),
        ),
        ActionError::AbsenceUnapproved { from, to } => both(
            format!("{from} 至 {to} 的离岗缺原因或批准人。请补全。"),
            format!("The absence {from} to {to} lacks its reason or approver. Complete it."),
        ),
        ActionError::AvoidanceUnapproved { unit } => {
            let Named { zh, en } = who.unit(unit);
            both(
                format!("对 {zh} 的回避缺关系或批准人。请补全。"),
                format!("The avoidance of {en} lacks its relation or approver. Complete it."),
            )
        }
        ActionError::AvoidanceOwnApproval { unit } => {
            let Named { zh, en } = who.unit(unit);
            both(
                format!("对 {zh} 的回避不能由本人批准。请写另一位批准人，一般是大队主官。"),
                format!(
                    "The officer cannot approve the avoidance of {en}. Name another approver, as a rule the head of the brigade."
                ),
            )
        }
        ActionError::AlreadySo { id } => {
            let Named { zh, en } = who.officer(id);
            both(
                format!("执法人员 {zh} 已经办过了。请刷新列表后再看。"),
                format!("This was done for officer {en} before. Reload the list."),
            )
        }
        ActionError::TooMany { max } => both(
            format!("记录超过上限 {max} 条。请分成几份，或先停用不再监管的记录。"),
            format!("More than {max} records. Split the file, or retire records first."),
        ),
        ActionError::PeriodOrder { from, to } => both(
            format!("离岗期间 {from} 至 {to} 的止日早于起日。请改正日期。"),
            format!("The absence {from} to {to} ends before it begins. Correct the dates."),
        ),
        ActionError::ItemsAsIssued => both(
            "清单和最近一版相同，不用再定版。",
            "The list is that of its last version: there is nothing to fix.",
        ),
        ActionError::ItemsBefore { since, after } => both(
            format!("施行日期 {since} 早于上一版的 {after}。请改为 {after} 或之后。"),
            format!(
                "It would hold from {since}, before the last version's {after}. Choose {after} or later."
            ),
        ),
        ActionError::ItemId { id } => both(
            format!("事项编号“{id}”为空或重复。每个事项要有自己的编号。"),
            format!("Item number \"{id}\" is empty or stands twice. Each item needs its own."),
        ),
        ActionError::Plan(errors) => {
            let words: Vec<String> = errors
                .iter()
                .map(|error| lang.design_error(error))
                .collect();
            let words = words.join(if lang == Lang::Zh { "" } else { " " });
            both(words.clone(), words)
        }
        ActionError::EmptyRegisters => both(
            "单位或执法人员名录还是空的。先导入名录，再冻结计划。",
            "The unit or officer register is empty. Import the registers, then freeze the plan.",
        ),
        ActionError::ChangedSince => both(
            "这批改动之后名录又有改动，不能整批撤销。可在设置里恢复之前的快照。",
            "The register was changed since; this cannot be taken back whole. Restore the snapshot before it.",
        ),
        ActionError::DrawOpen { number } => both(
            format!("第 {number} 号抽取正在进行。先完成它，或在随机数产生之前中止。"),
            format!(
                "Draw {number} is under way. Finish it, or break it off before its random number exists."
            ),
        ),
        ActionError::Draw(error) => draw_error(error, who),
    }
}

/// Why a guarded field does not change with a file, and which action changes it.
pub(super) fn guarded(field: Guarded) -> Both {
    match field {
        Guarded::Inspections => both(
            "检查记录与名录不同，不随文件改动。检查做了用“登记检查”；查过或进过抽取名录的单位，不能用文件补改。",
            "Its inspections differ from the register and do not change with a file. Enter visits by \"Record visit\"; a unit that was inspected or stood in a draw gets none from a file.",
        ),
        Guarded::Status => both(
            "停用和恢复不随文件改动。请在它的卡片上办理，写明原因和批准人。",
            "Records are not retired or restored by a file. Do it on the record's card, with reason and approver.",
        ),
        Guarded::Withheld => both(
            "不公开不随文件改动。请在单位卡片上办理，写明原因和批准人。",
            "Withholding does not change with a file. Do it on the unit's card, with reason and approver.",
        ),
        Guarded::Salt => both(
            "公示盐值由程序给定，不随文件改动。",
            "The publication salt is given by the program and does not change with a file.",
        ),
        Guarded::Absences => both(
            "离岗不随文件改动。请在人员的“编辑”里登记，写明原因和批准人。",
            "Absences do not change with a file. Enter them under the officer's \"Edit\", with reason and approver.",
        ),
        Guarded::Avoidances => both(
            "回避不随文件改动。请在人员的“编辑”里登记，写明关系和批准人。",
            "Avoidances do not change with a file. Enter them under the officer's \"Edit\", with relation and approver.",
        ),
        Guarded::HasLeft => both(
            "离队和归队不随文件改动。请在人员卡片上办理，写明原因和批准人。",
            "Leaving and coming back do not change with a file. Do it on the officer's card, with reason and approver.",
        ),
    }
}

/// What is wrong with a workbook that cannot be opened.
pub(super) fn unsound(error: &Unsound) -> Both {
    match error {
        Unsound::Year { year } => both(
            format!("年度写的是 {year}，应在 2020 至 2100 之间。"),
            format!("Its year is {year}; 2020 to 2100 are possible."),
        ),
        Unsound::Bulletins { year } => both(
            format!("{year} 年公示的版次不连续"),
            format!("The versions published in {year} do not count from 1"),
        ),
        Unsound::SelfChecks { year } => both(
            format!("{year} 年的核查报告编号不连续，或者签名、备案的先后不对"),
            format!(
                "The reports of checks of {year} are out of order, or signed and filed as none can be"
            ),
        ),
        Unsound::Campaigns { year } => both(
            format!("{year} 年的专项方案编号不连续，或指向不是专项的抽取"),
            format!("the campaigns of {year} are out of order, or name draws that are none"),
        ),
        Unsound::Closed { year } => both(
            format!("{year} 年度的结束记录与该年的抽取和检查对不上。"),
            format!("That {year} was closed does not fit its draws and visits."),
        ),
        Unsound::TakenOut => both(
            "已移出的年度与工作簿里的年度接不上，或写得不对。",
            "The years taken out do not lead up to those kept, or are written wrongly.",
        ),
        Unsound::Years => both(
            "没有年度，或年度不连续。".to_owned(),
            "It has no year, or its years do not follow one another.".to_owned(),
        ),
        Unsound::Visits { year } => both(
            format!("{year} 年的检查任务与抽取记录对不上：有的不是抽出来的，或缺了。"),
            format!("The visits of {year} do not fit its draws: one was not drawn, or is missing."),
        ),
        Unsound::Prefix { found } => both(
            format!(
                "单位编号前缀“{found}”不对：要用大写字母、数字或连字符，1 至 12 个，不能是 W。"
            ),
            format!(
                "\"{found}\" cannot begin unit ids: 1 to 12 capitals, digits or hyphens, and not W."
            ),
        ),
        Unsound::LastNumber { found } => both(
            format!("最后用过的编号写的是 {found}，超过上限。"),
            format!("The last number given, {found}, is above the limit."),
        ),
        Unsound::Date { record, date } => both(
            format!("{record} 有日期 {date}，应在 1900 至 2999 年之间。"),
            format!("{record} has the date {date}; the years 1900 to 2999 are possible."),
        ),
        Unsound::PeriodOrder { record, from, to } => both(
            format!("{record} 的离岗 {from} 至 {to}，止日早于起日。"),
            format!("{record} has an absence {from} to {to}, which ends before it begins."),
        ),
        Unsound::Alias { unit } => both(
            format!("{unit} 的不公开代号不对，或与别的单位重复。"),
            format!("The alias of {unit} is none, or another unit's too."),
        ),
        Unsound::Holidays { year } => both(
            format!("{year} 年的放假安排自相矛盾。"),
            format!("The holidays of {year} contradict themselves."),
        ),
        Unsound::ItemVersions => both(
            "事项清单的版本号或施行日期不连续。",
            "The versions of the item list are out of order.",
        ),
        Unsound::Plan { version: None } => both(
            "年度计划草案的年度或数字不对。",
            "The draft of the annual plan is of another year, or its numbers break a rule.",
        ),
        Unsound::Plan {
            version: Some(version),
        } => both(
            format!("第 {version} 版年度计划的年度或数字不对。"),
            format!("Plan {version} is of another year, or its numbers break a rule."),
        ),
        Unsound::PlanVersion { found, expected } => both(
            format!("年度计划的版本写的是 {found}，应为 {expected}。"),
            format!("A plan's version is {found} where {expected} should be."),
        ),
        Unsound::Draw { number, flaw } => {
            let (zh, en) = draw_flaw(*flaw);
            both(
                format!("第 {number} 号抽取：{zh}"),
                format!("Draw {number}: {en}"),
            )
        }
    }
}

fn draw_flaw(flaw: DrawFlaw) -> (&'static str, &'static str) {
    match flaw {
        DrawFlaw::Number => ("编号与顺序不符。", "its number is not its place."),
        DrawFlaw::Month => (
            "月份不属于本年度，或前后不一致。",
            "its month is not of the year, or stands otherwise in its parts.",
        ),
        DrawFlaw::Plan => (
            "所依据的年度计划版本不存在。",
            "no plan has the version that it follows.",
        ),
        DrawFlaw::Steps => (
            "步骤前后矛盾，例如没有承诺就已抽取。",
            "its steps contradict each other.",
        ),
        DrawFlaw::Register => (
            "冻结的名录次序错乱，或各部分对不上。",
            "its frozen registers are out of order or do not fit together.",
        ),
        DrawFlaw::WorkingDays => (
            "冻结的工作日不对：次序错乱、日期不存在，或有的月份没有工作日。",
            "its frozen working days are no days in order, or a month has none.",
        ),
        DrawFlaw::Sizes => ("额度的数字不可能。", "its sizes are impossible."),
        DrawFlaw::Visits => (
            "排期里的日期、单位或人员不在本月或冻结的名录里。",
            "its days and teams are not of its month and registers.",
        ),
    }
}

fn draw_error(error: &DrawError, who: Who) -> Both {
    match error {
        DrawError::NoPlan => both(
            "年度计划还没有冻结。先到“年度计划”冻结。",
            "The annual plan is not frozen yet. Freeze it on the annual plan page first.",
        ),
        DrawError::OtherYear { month, year } => both(
            format!("{month} 不在 {year} 年度计划内。"),
            format!("{month} is not in the plan of {year}."),
        ),
        DrawError::Order { drawn } => both(
            format!("{drawn} 已经抽取，抽中即定，不能重抽，也不能补抽更早的月份。"),
            format!(
                "{drawn} is drawn. What is drawn stays drawn, and no earlier month can follow it."
            ),
        ),
        DrawError::NotDrawn { month } => both(
            format!("{month} 还没有抽取。先完成月度抽取，才能补充抽查或另抽专项。"),
            format!(
                "{month} is not drawn. Finish the monthly draw before anything is added to it."
            ),
        ),
        DrawError::Approved { number } => both(
            format!("第 {number} 号抽取的计划已经批准。"),
            format!("The plan of draw {number} is approved already."),
        ),
        DrawError::ApprovalDay { date, drawn, today } => both(
            format!("批准日期 {date} 不对：应在抽取当天 {drawn} 到今天 {today} 之间。"),
            format!(
                "It cannot be approved on {date}: choose a day from {drawn}, when it was drawn, to {today}."
            ),
        ),
        DrawError::NothingLacks => both(
            "按现在的名录和计划重算，本月各组都没有少抽，不需要补充抽查。",
            "By the register and plan as they stand no group of the month lacks anything: there is nothing to add.",
        ),
        DrawError::EmptyCampaign => both(
            "这个专项没有可抽的单位：范围内没有依法可查的，或者抽取数是零。请改范围或抽取数。",
            "The campaign takes no unit: nobody in it may be inspected, or its size is zero. Change one of them.",
        ),
        DrawError::NoCampaign { number } => both(
            format!("没有第 {number} 个专项方案。请从专项列表重新打开。"),
            format!("There is no campaign {number}. Open it again from the list."),
        ),
        DrawError::CampaignGone { number } => both(
            format!("第 {number} 个专项方案已撤回，不能再改或抽取。需要时套用它另建一个。"),
            format!("Campaign {number} was withdrawn. Copy it into a new one if it is needed."),
        ),
        DrawError::CampaignDrawn { number } => both(
            format!(
                "这个专项已由第 {number} 号抽取冻结，方案不能再改。抽中即定；没有抽完的先完成或中止。"
            ),
            format!(
                "Draw {number} has frozen this campaign: its scheme stays. Finish that draw, or break it off in time."
            ),
        ),
        DrawError::CampaignPeriod { month, from, to } => both(
            format!(
                "专项时间 {from} 至 {to}，在 {month} 里已没有可排的工作日。请改时间，或等下个月抽取后再抽。"
            ),
            format!(
                "No working day of {month} that is still to come lies in {from} to {to}. Change the dates, or draw after the next month is drawn."
            ),
        ),
        DrawError::CampaignCount { asked, pool } => both(
            format!("要抽 {asked} 户，可抽的只有 {pool} 户。请减少户数，或放宽条件。"),
            format!(
                "{asked} are asked for, and only {pool} can be drawn. Ask for fewer, or widen the filter."
            ),
        ),
        DrawError::CampaignPlaces { asked, places } => both(
            format!(
                "要另抽 {asked} 户，这段时间人员只排得下 {places} 户。请减少数量、延长时间，或结合月度计划。"
            ),
            format!(
                "{asked} are to be drawn, and the officers have {places} places left on these days. Draw fewer, lengthen the period, or combine it with the month."
            ),
        ),
        DrawError::OwnShareDrawn => both(
            "本年度应抽的已经抽满。要多抽的，先在年度计划里提高比例并冻结新的一版。",
            "The year's share is drawn. To draw more, raise it on the annual plan and freeze a new version.",
        ),
        DrawError::OwnCount { lacking } => both(
            format!("抽取数应在 1 至 {lacking} 之间：按年度比例还差 {lacking}。"),
            format!("Draw from 1 to {lacking}: so many the year's share still lacks."),
        ),
        DrawError::NoOwnVisit { id } => {
            let Named { zh, en } = who.record(id);
            both(
                format!("{zh} 没有可以登记或更正的检查：没有抽中、已经登记，或已停用。"),
                format!(
                    "{en} has no check to be entered or corrected: not drawn, entered already, or retired."
                ),
            )
        }
        DrawError::OwnVisit { id, rule } => {
            let (zh, en) = own_rule(rule, who);
            let named = who.record(id);
            both(
                format!("{} 的检查不能这样登记：{zh}", named.zh),
                format!("The check of {} cannot be entered so. {en}", named.en),
            )
        }
        DrawError::Record { unit, name, rule } => {
            let (zh, en) = record_rule(rule, who);
            both(
                format!("{name}（{unit}）：{zh}"),
                format!("{name} ({unit}): {en}"),
            )
        }
        DrawError::OtherVisit { unit, name, rule } => {
            let (zh, en) = other_rule(rule);
            both(
                format!("{name}（{unit}）：{zh}"),
                format!("{name} ({unit}): {en}"),
            )
        }
        DrawError::OutsideWindow { first, last } => both(
            format!("今天不在抽取窗口（{first} 至 {last}）内。确需抽取的，写明原因。"),
            format!(
                "Today is outside the draw window ({first} to {last}). Give a reason to draw all the same."
            ),
        ),
        DrawError::NoOfficers => both(
            "在岗执法人员不足两人。先在“执法人员”登记。",
            "Fewer than two officers. Add them on the officers page.",
        ),
        DrawError::Snapshot(error) => snapshot_error(error),
        DrawError::Changed => both(
            "冻结时名录有改动，没有冻结。请再点一次“冻结名录，定额度”。",
            "The register changed while it was being frozen, so it was not. Freeze it again.",
        ),
        DrawError::Step { number } => both(
            format!("第 {number} 号抽取不在这一步，已完成的步骤不能再做。"),
            format!("Draw {number} is not at this step; what is done cannot be done again."),
        ),
        DrawError::MustBeFinished { number } => both(
            format!(
                "第 {number} 号抽取的随机数可能已有人知道，不能中止，只能完成；名录有误的，抽完后在本页“补充抽查”。只有没有一位见证人报数时例外。"
            ),
            format!(
                "Someone may know part of draw {number}'s random number: it must be finished, unless no witness reveals. Mend mistakes after it by a supplementary draw on this page."
            ),
        ),
        DrawError::Witness { place } => both(
            format!("第 {place} 位见证人缺姓名或所报的数，或姓名重复。请补全。"),
            format!(
                "Witness {place} lacks a name or words, or the name stands twice. Complete it."
            ),
        ),
        DrawError::SeveralWitnesses { place, count } => both(
            format!("第 {place} 位见证人的姓名里像是有 {count} 个人。一位见证人一行，各报各的。"),
            format!(
                "Witness {place} looks like {count} people. Give each a row and words of his own."
            ),
        ),
        DrawError::Source => both(
            "公开数的来源、期号或时间不全，备用来源要与首选不同，接替时间要晚于公布时间。",
            "Name source, round and hours of the public value; the fallback must differ and take over later.",
        ),
        DrawError::AlreadyKnown { from } => {
            let from = from.format("%Y-%m-%d %H:%M");
            both(
                format!("这个数 {from} 起就可能有人知道，不能作准。请改用以后才公布的一期。"),
                format!(
                    "Somebody may know this value since {from}. Name a round that is still to come."
                ),
            )
        }
        DrawError::TooEarly { from } => {
            let from = from.format("%Y-%m-%d %H:%M");
            both(
                format!("{from} 之前这个数还没有公布，不能抽取。请等到公布以后再输入。"),
                format!("This value is not out before {from}. Wait for it, then enter it."),
            )
        }
        DrawError::Entropy(error) => entropy_error(error),
        DrawError::NoVisit { unit } => {
            let Named { zh, en } = who.unit(unit);
            both(
                format!("单位 {zh} 没有待做的检查任务。"),
                format!("Unit {en} has no visit to be made."),
            )
        }
        DrawError::NobodyToStandIn { name } => both(
            format!("{name} 在这些天没有待做的检查任务。请核对人员和日期。"),
            format!("{name} has no visits to make on these days. Check officer and days."),
        ),
        DrawError::PlanChange { unit, name, rule } => both(
            format!("{name}（{unit}）：{}", Lang::Zh.plan_rule(rule)),
            format!("{name} ({unit}): {}", Lang::En.plan_rule(rule)),
        ),
        DrawError::NoVisits => both(
            "没有选中任何一户。请至少勾选一户再登记。",
            "No visit is chosen. Choose one at least.",
        ),
        DrawError::DrawnSince { unit, number } => {
            let Named { zh, en } = who.unit(unit);
            both(
                format!(
                    "单位 {zh} 在第 {number} 号抽取里又被抽中，那次抽取以这次检查为依据，不能改为没有检查。请改日期或结果。"
                ),
                format!(
                    "Unit {en} was drawn again in draw {number}, which rests on this visit, so it cannot become unmade. Correct its date or result."
                ),
            )
        }
        DrawError::VisitDate {
            unit,
            name,
            date,
            rule,
        } => {
            let (zh, en) = visit_rule(rule);
            both(
                format!("{name}（{unit}）不能登记为 {date} 检查：{zh}"),
                format!("{name} ({unit}) cannot have been visited on {date}. {en}"),
            )
        }
    }
}

/// The one rule that the check of an institution or engineer breaks.
fn own_rule(rule: &OwnRule, who: Who) -> Both {
    match rule {
        OwnRule::OtherYear { year } => both(
            format!("它是 {year} 年抽取的。请核对日期。"),
            format!("It was drawn for {year}. Check the date."),
        ),
        OwnRule::Future { today } => both(
            format!("今天是 {today}，这一天还没有到。检查做了以后再登记。"),
            format!("Today is {today}. Record the check once it is made."),
        ),
        OwnRule::BeforeDraw { drawn_on } => both(
            format!("{drawn_on} 才抽取，检查不能更早。请核对日期。"),
            format!("It was drawn on {drawn_on}; the check cannot be before. Check the date."),
        ),
        OwnRule::OneOfficer => both(
            "检查要两名执法人员，主办和协办不能是同一人。",
            "Two officers make a check: lead and member must differ.",
        ),
        OwnRule::NotPresent { officer } => {
            let Named { zh, en } = who.officer(officer);
            both(
                format!("{zh} 这天不在岗、证件过期，或不是执法人员。请核对人员和日期。"),
                format!(
                    "{en} was away that day, without a valid certificate, or is no enforcement officer. Check officers and date."
                ),
            )
        }
        OwnRule::NoLead { officer } => {
            let Named { zh, en } = who.officer(officer);
            both(
                format!("{zh} 没有主办资格。请换一名主办。"),
                format!("{en} may not lead. Choose another lead."),
            )
        }
        OwnRule::NoUnitVisit { unit } => {
            let Named { zh, en } = who.unit(unit);
            both(
                format!("{zh} 这一天没有登记过检查。先登记该单位的检查，或改为单独检查。"),
                format!(
                    "No visit to {en} is entered for that day. Enter it first, or enter a check of its own."
                ),
            )
        }
        OwnRule::OtherTeam => both(
            "检查人员与抽签配的不同。请在备注里写明原因。",
            "Other officers than the lottery chose: say why in the note.",
        ),
        OwnRule::Closing(rule) => both(Lang::Zh.plan_rule(rule), Lang::En.plan_rule(rule)),
    }
}

/// The one rule that a visit's date breaks.
pub(super) fn visit_rule(rule: &VisitRule) -> Both {
    match rule {
        VisitRule::Future { today } => both(
            format!("今天是 {today}，这一天还没有到。检查做了以后再登记。"),
            format!("Today is {today}. Record the visit once it is made."),
        ),
        VisitRule::OtherYear { year } => both(
            format!("本工作簿只登记 {year} 年的检查。请核对日期。"),
            format!("This workbook records visits of {year}. Check the date."),
        ),
        VisitRule::BeforeMonth { month } => both(
            format!(
                "这次检查是为 {month} 抽取的，不早于 {}。请核对日期。",
                month.first_day()
            ),
            format!(
                "The visit was drawn for {month} and cannot be before {}. Check the date.",
                month.first_day()
            ),
        ),
        VisitRule::Unapproved => both(
            "计划还没有批准。请先在月度抽查里办理审批。",
            "Its plan is not approved. Have it approved on the month's page first.",
        ),
        VisitRule::BeforeApproval { approved } => both(
            format!("计划 {approved} 才批准，这一天还不能检查。"),
            format!("Its plan was approved on {approved}, after that day."),
        ),
        VisitRule::NotYet(limit) => both(Lang::Zh.not_yet(limit), Lang::En.not_yet(limit)),
        VisitRule::BeforeLater { later } => both(
            format!("{later} 也查过，两次要相隔满六个月。请核对日期。"),
            format!("It was inspected on {later} too, less than six months later. Check the date."),
        ),
    }
}

fn snapshot_error(error: &SnapshotError) -> Both {
    match error {
        SnapshotError::TwiceInRegister { id } => both(
            format!("编号 {id} 在名录里出现两次。请合并后再冻结。"),
            format!("Id {id} stands twice in the register. Merge the two, then freeze."),
        ),
        SnapshotError::TooMany { count } => both(
            format!("名录有 {count} 户，超过一次抽取的上限。"),
            format!("{count} units are more than one draw can hold."),
        ),
        SnapshotError::CountWithoutDate { id } => both(
            format!("单位 {id} 今年有检查次数但没有日期。请补上检查日期。"),
            format!("Unit {id} counts an inspection this year without a date. Enter the date."),
        ),
    }
}

fn entropy_error(error: &EntropyError) -> Both {
    let (first, last) = (VALUE_CHARACTERS.start(), VALUE_CHARACTERS.end());
    match error {
        EntropyError::OtherKind => both(
            "随机数的种类与承诺不同。按承诺的种类录入。",
            "The random number is of another kind than promised. Enter the promised kind.",
        ),
        EntropyError::RevealDiffers { witness } => both(
            format!("{witness} 所报的数与他的承诺不符。请他按原来写下的再报一次。"),
            format!(
                "What {witness} says does not fit the promise. Ask for the words as written down."
            ),
        ),
        EntropyError::PromisesDiffer => both(
            "见证人的承诺与已公布的不同。",
            "The promises differ from those published.",
        ),
        EntropyError::NothingRevealed => both(
            "没有一位见证人报数。至少要一位。",
            "No witness revealed. At least one must.",
        ),
        EntropyError::OtherSource => both(
            "公开数既不来自首选来源，也不来自备用来源。",
            "The value comes from neither the named source nor the fallback.",
        ),
        EntropyError::EmptyValue => {
            both("还没有录入公开数。", "The public value is not entered yet.")
        }
        EntropyError::NotCanonical => both(
            "公开数的写法不规范：只留字母和数字，用半角，字母小写。",
            "The public value is not in its one form: letters and digits only, letters lower case.",
        ),
        EntropyError::OtherLength { characters, found } => both(
            format!("公开数应为 {characters} 位，现为 {found} 位。请对照公布的数补全或改正。"),
            format!(
                "The public value should have {characters} letters and digits, this has {found}. Compare it with its source."
            ),
        ),
        EntropyError::Characters { characters } => both(
            format!("公开数的位数要写 {first} 到 {last}，现为 {characters}。"),
            format!(
                "Give the public value's number of letters and digits, {first} to {last}; this is {characters}."
            ),
        ),
        EntropyError::WitnessName { place } => both(
            format!("第 {place} 位见证人没有自己的姓名：不能空，不能与别人相同，不能有“|”。"),
            format!(
                "Witness {place} has no name of his own: not empty, not another's, without “|”."
            ),
        ),
        EntropyError::Salt { witness } => both(
            format!("{witness} 的承诺所带的盐不是 {PROMISE_SALT_DIGITS} 位小写十六进制数。"),
            format!(
                "The salt of {witness}'s promise is not {PROMISE_SALT_DIGITS} lower-case hexadecimal digits."
            ),
        ),
    }
}

fn code_error(error: &CodeError) -> Both {
    match error {
        CodeError::Length { chars } => both(
            format!("信用代码应为 18 位，现为 {chars} 位。请对照营业执照改正。"),
            format!(
                "A credit code has 18 characters, this has {chars}. Correct it from the licence."
            ),
        ),
        CodeError::Character {
            place,
            found,
            suggestion,
        } => {
            let (zh, en) = match suggestion {
                Some(code) => (format!("是否应为 {code}？"), format!("Is {code} meant?")),
                None => (
                    "请对照营业执照改正。".into(),
                    "Correct it from the licence.".into(),
                ),
            };
            both(
                format!("信用代码第 {place} 位“{found}”不是合法字符。{zh}"),
                format!("Character {place} of the credit code, \"{found}\", is not allowed. {en}"),
            )
        }
        CodeError::Check { found, expected } => both(
            format!("信用代码校验不符，末位应为 {expected}，现为 {found}。请逐位核对。"),
            format!(
                "The credit code fails its check: the last character should be {expected}, not {found}. Compare each one."
            ),
        ),
        CodeError::DigitsLost => both(
            "信用代码被表格软件写成了科学计数法，数字已丢失。请把该列设为文本后重新填写。",
            "A spreadsheet wrote the credit code in scientific notation and its digits are lost. Format the column as text and enter it again.",
        ),
    }
}

fn design_error(error: &DesignError) -> Both {
    match error {
        DesignError::ShareBelowFloor { stratum, level } => {
            let floor = stratum.legal_floor().ppb() / 10_000_000;
            both(
                format!(
                    "{stratum} 层 {level} 级的比例低于底线 {floor}%。请填 {floor} 至 100 的数。"
                ),
                format!(
                    "The share of {stratum}{level} is below the legal floor of {floor}%. Enter {floor} to 100."
                ),
            )
        }
        DesignError::TwiceLevel { twice_level } => both(
            format!("两次检查的起点等级 {twice_level} 不在 0 至 6 之间。"),
            format!("Twice level {twice_level} is not between 0 and 6."),
        ),
        DesignError::Season { month, weight } => both(
            format!("{month} 月的季节权重 {weight} 应为 1 至 1000000 的整数。"),
            format!(
                "Season weight {weight} of month {month} must be a whole number from 1 to 1000000."
            ),
        ),
        DesignError::PerDay { per_day } => both(
            format!("每人每天 {per_day} 户不在 1 至 8 之间。"),
            format!("{per_day} visits an officer and day is not between 1 and 8."),
        ),
        DesignError::Capacity { permille } => both(
            format!("容量系数 {permille}‰ 超过 1000‰。"),
            format!("A capacity of {permille} thousandths is above 1000."),
        ),
    }
}

/// 层名: the stratum in words.
impl Lang {
    /// The stratum's name.
    #[must_use]
    pub const fn stratum(self, stratum: Stratum) -> &'static str {
        match (self, stratum) {
            (Self::Zh, Stratum::A) => "人员密集重点",
            (Self::Zh, Stratum::B) => "其他重点",
            (Self::Zh, Stratum::C) => "一般单位",
            (Self::En, Stratum::A) => "Densely populated key",
            (Self::En, Stratum::B) => "Other key",
            (Self::En, Stratum::C) => "General",
        }
    }
}
