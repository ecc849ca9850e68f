//! The claims of a certificate in plain words: what was checked, where it does
//! not hold, and what is lacking to check it.

use super::{Both, Lang, both};
use crate::engine::draw::DrawGroup;
use crate::engine::month::SetAsideReason;
use crate::engine::verify::{Claim, Datum, Lacking, Place, SizeField};

impl Lang {
    /// What a claim says, as a short sentence.
    #[must_use]
    pub const fn claim(self, claim: Claim) -> &'static str {
        let (zh, en) = title(claim);
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// How a claim was checked, and on how many things.
    #[must_use]
    pub fn claim_checked(self, claim: Claim, checked: u32) -> String {
        let (zh, en) = method(claim);
        let (unit_zh, unit_en) = counted(claim);
        match (self, unit_zh.is_empty()) {
            (Self::Zh, true) => format!("{zh}。"),
            (Self::En, true) => format!("{en}."),
            (Self::Zh, false) => format!("{zh}：{checked} {unit_zh}全部一致。"),
            (Self::En, false) => format!("{en}: all {checked} {unit_en} agree."),
        }
    }

    /// How a claim is checked, without an outcome.
    #[must_use]
    pub fn claim_method(self, claim: Claim) -> &'static str {
        let (zh, en) = method(claim);
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// What it may mean that a claim does not hold, and what to do.
    #[must_use]
    pub const fn claim_failure(self, claim: Claim) -> &'static str {
        let (zh, en) = consequence(claim);
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// What a check lacks, and what mends it.
    #[must_use]
    pub fn lacking(self, why: Lacking) -> String {
        self.of(lacking(why))
    }

    /// Where two things differ; `name` gives a unit's name where it is known.
    #[must_use]
    pub fn place(
        self,
        place: &Place,
        name: impl Fn(&crate::model::CandidateId) -> String,
    ) -> String {
        self.of(place_words(self, place, &name))
    }

    /// A value of either side.
    #[must_use]
    pub fn datum(self, datum: &Datum) -> String {
        datum_words(self, datum)
    }

    /// A size of a cell or group.
    #[must_use]
    pub const fn size_field(self, size: SizeField) -> &'static str {
        match (self, size) {
            (Self::Zh, SizeField::Size) => "总数 N",
            (Self::Zh, SizeField::Target) => "全年目标 T",
            (Self::Zh, SizeField::Committed) => "已查或待查 K",
            (Self::Zh, SizeField::Demand) => "还需",
            (Self::Zh, SizeField::Pool) => "候选 R",
            (Self::Zh, SizeField::Quota) => "名额 n",
            (Self::Zh, SizeField::Reserve) => "候补数",
            (Self::En, SizeField::Size) => "units N",
            (Self::En, SizeField::Target) => "year's target T",
            (Self::En, SizeField::Committed) => "done or drawn K",
            (Self::En, SizeField::Demand) => "still due",
            (Self::En, SizeField::Pool) => "candidates R",
            (Self::En, SizeField::Quota) => "places n",
            (Self::En, SizeField::Reserve) => "reserve",
        }
    }
}

const fn title(claim: Claim) -> (&'static str, &'static str) {
    match claim {
        Claim::Format => ("证书格式认识", "The format is known"),
        Claim::CertificateHash => (
            "证书完整，没有被改动",
            "The certificate is whole and unchanged",
        ),
        Claim::Previous => ("接着上一次抽取", "It follows the draw before"),
        Claim::Genesis => (
            "从冻结的年度计划起算",
            "It starts from the frozen annual plan",
        ),
        Claim::Design => (
            "比例和规则就是年度计划的",
            "Shares and rules are the annual plan's",
        ),
        Claim::CommitmentHash => ("承诺的内容没有改动", "What was promised is unchanged"),
        Claim::CommittedBefore => (
            "先承诺，后有随机数",
            "The commitment came before the random number",
        ),
        Claim::ValueInTime => (
            "用的是该用的公开数",
            "The public value is the one that counts",
        ),
        Claim::Entropy => ("随机数如约产生", "The random number came as promised"),
        Claim::MissingReveals => (
            "没有报数的见证人都已写明",
            "Witnesses who did not reveal are named",
        ),
        Claim::EntropyHash => (
            "随机数的记录没有改动",
            "The record of the random number is unchanged",
        ),
        Claim::Seed => ("种子算得出", "The seed can be worked out again"),
        Claim::Occasion => ("抽取的事由对得上", "The draw fits what it is made for"),
        Claim::Register => (
            "公布的名录形式正确",
            "The published register is well formed",
        ),
        Claim::Levels => ("等级等于分数之和", "Each level is the sum of its points"),
        Claim::UnitsRoot => ("单位名录就是承诺的名录", "The units are those committed to"),
        Claim::OfficersRoot => (
            "人员名录就是承诺的名录",
            "The officers are those committed to",
        ),
        Claim::WorkingDays => (
            "工作日就是承诺的工作日",
            "The working days are those committed to",
        ),
        Claim::Capacity => ("每月能力算得出", "Each month's capacity can be worked out"),
        Claim::Blocked => (
            "无人可派的单位确实无人可派",
            "Blocked units really have no team",
        ),
        Claim::Carried => (
            "抽中未查的都顺延了",
            "Visits drawn and not made are carried, all of them",
        ),
        Claim::Cells => (
            "各组户数、目标、名额算得出",
            "Sizes, targets and places can be worked out",
        ),
        Claim::Load => ("均匀负荷算得出", "The even load can be worked out"),
        Claim::Second => (
            "第二次检查的名额算得出",
            "Places for second visits can be worked out",
        ),
        Claim::GroupSizes => (
            "每组按承诺的名额抽",
            "Each group drew the places committed to",
        ),
        Claim::Tickets => (
            "每个抽签号都能重算",
            "Every lottery number can be worked out",
        ),
        Claim::Ranks => ("名次按抽签号从小到大", "Ranks follow the lottery numbers"),
        Claim::Drawn => (
            "从小到大取满名额，没有跳过",
            "The smallest numbers won, none skipped",
        ),
        Claim::Reserve => ("候补就是随后的号码", "The reserve holds the next numbers"),
        Claim::Limits => (
            "一年不超过两次，间隔满六个月",
            "At most twice a year, six months apart",
        ),
        Claim::Releases => ("可查日期算得出", "Release dates can be worked out"),
        Claim::PlanComplete => (
            "抽中的和顺延的一户不少",
            "Every drawn and carried visit is planned",
        ),
        Claim::PlanSound => (
            "排期在工作日，两人一组",
            "Visits are on working days, two officers each",
        ),
        Claim::SetAside => ("顺延下月的按规则产生", "Visits set aside follow the rule"),
        Claim::Days => ("检查日期算得出", "Dates can be worked out"),
        Claim::Teams => ("执法人员搭配算得出", "Teams can be worked out"),
    }
}

/// How it is checked.
const fn method(claim: Claim) -> (&'static str, &'static str) {
    match claim {
        Claim::Format => ("格式为 frs1", "The format is frs1"),
        Claim::CertificateHash => (
            "重算整份证书的校验码，与证书写明的相同",
            "The hash of the whole certificate, worked out again, is the one it names",
        ),
        Claim::Previous => (
            "证书写明的上一份证书校验码，与上一份证书相同；中间的编号都是中止的抽取",
            "The hash it names for the certificate before is that certificate's; every number between is that of a draw broken off",
        ),
        Claim::Genesis => (
            "重算年度计划的校验码，与承诺里的相同",
            "The hash of the annual plan, worked out again, is the one committed to",
        ),
        Claim::Design => (
            "各层比例不低于底线，数值合理，与年度计划相同",
            "No share is below its floor, all numbers are possible and the annual plan's",
        ),
        Claim::CommitmentHash => (
            "重算承诺码，与抽取前公布的相同",
            "The commitment, worked out again, is the one shown before the draw",
        ),
        Claim::CommittedBefore => (
            "公布承诺的时间早于随机数可知的时间，也早于抽取的时间",
            "The commitment was shown before the random number could be known, and before the draw",
        ),
        Claim::ValueInTime => (
            "备用接替之前用首选来源的数；此后要看首选来源何时公布",
            "Before the fallback takes over, the named value; after that, it depends on when that one appeared",
        ),
        Claim::Entropy => (
            "种类、来源、位数和写法与承诺相同，每位见证人报的与承诺的相符",
            "Kind, source, length and form are those promised, and each witness revealed what was promised",
        ),
        Claim::MissingReveals => (
            "承诺过而没有报数的见证人，逐一写在证书里",
            "Each witness who promised and did not reveal is named",
        ),
        Claim::EntropyHash => (
            "重算随机数记录的校验码，与证书写明的相同",
            "The hash of the record, worked out again, is the one stated",
        ),
        Claim::Seed => (
            "由月份、抽取编号、年度计划和随机数重算种子，结果相同",
            "Worked out from month, number, annual plan and random number, the seed is the same",
        ),
        Claim::Occasion => (
            "月度抽取不另核；补充抽查核对已抽的单位和已排的人员日；专项核对每个候选单位可查",
            "A monthly draw adds to nothing; a supplementary one is held against what was drawn and planned, a campaign's pool against the limits",
        ),
        Claim::Register => (
            "编号不重复，日期合理，次数有日期",
            "Ids stand once, dates are possible, counts have dates",
        ),
        Claim::Levels => (
            "逐户核对分数与计划的分值表，相加得等级",
            "Each unit's points are the plan's and add up to its level",
        ),
        Claim::UnitsRoot => (
            "逐户重算校验码，合成的总码与承诺的相同",
            "The root over all units, worked out again, is the one committed to",
        ),
        Claim::OfficersRoot => (
            "由人员、休假和回避重算总码，与承诺的相同",
            "The root over officers, leave and avoidance is the one committed to",
        ),
        Claim::WorkingDays => (
            "逐月核对工作日，重算总码，与承诺的相同",
            "Days of their months, in order; their root, worked out again, is the one committed to",
        ),
        Claim::Capacity => (
            "由工作日、在岗人员和容量系数逐月重算",
            "Worked out from working days, officers present and the plan's factor",
        ),
        Claim::Blocked => (
            "逐户查找本月可派的两人组合",
            "A permitted pair was looked for, unit by unit",
        ),
        Claim::Carried => (
            "逐户核对名录里的待查标记：顺延的都有，有的都顺延（冻结时计划日期还没到的，按当天查完计，不带标记）",
            "Each carried unit is marked as pending in the register, and each so marked is carried; visits whose day had not come at the freezing count as made on it",
        ),
        Claim::Cells => (
            "由名录逐组重算 N、T、K、还需、候选和名额",
            "N, T, K, demand, pool and places worked out from the register",
        ),
        Claim::Load => (
            "重算能按时完成的最小均匀负荷",
            "The smallest even load that finishes in time, worked out again",
        ),
        Claim::Second => (
            "重算第二次检查的候选和名额",
            "Pool and places of second visits, worked out again",
        ),
        Claim::GroupSizes => (
            "逐组核对候选数、名额和候补数",
            "Candidates, places and reserve of each group",
        ),
        Claim::Tickets => ("逐户重算抽签号", "Every listed number, worked out again"),
        Claim::Ranks => ("逐个核对名次", "Rank by rank"),
        Claim::Drawn => (
            "把每组全部候选按抽签号排序，逐名核对抽中的单位",
            "All candidates of each group in order, and the drawn compared rank by rank",
        ),
        Claim::Reserve => ("逐名核对候补", "The reserve compared rank by rank"),
        Claim::Limits => (
            "逐户核对今年次数和上次检查日期",
            "Each unit's visits this year and last inspection",
        ),
        Claim::Releases => (
            "由上次检查日期加六个月逐户重算",
            "Six months after the last inspection, unit by unit",
        ),
        Claim::PlanComplete => (
            "抽中与顺延的单位，逐户在排期或顺延名单里找到一次",
            "Each drawn or carried unit stands once in the plan or among those set aside",
        ),
        Claim::PlanSound => (
            "逐户核对日期、两名不同人员和每人每天的户数",
            "Day, two different officers and visits per officer and day",
        ),
        Claim::SetAside => (
            "由种子重算顺延的单位、原因和次序",
            "Units, reasons and order worked out from the seed",
        ),
        Claim::Days => ("由种子重算每户的日期", "Each date worked out from the seed"),
        Claim::Teams => (
            "由种子重算最均匀的搭配，逐户核对主办和协办",
            "The most even teams worked out from the seed, visit by visit",
        ),
    }
}

/// What is counted; empty where there is nothing to count.
const fn counted(claim: Claim) -> (&'static str, &'static str) {
    match claim {
        Claim::Format
        | Claim::CertificateHash
        | Claim::Previous
        | Claim::Genesis
        | Claim::Design
        | Claim::CommitmentHash
        | Claim::CommittedBefore
        | Claim::ValueInTime
        | Claim::Entropy
        | Claim::MissingReveals
        | Claim::EntropyHash
        | Claim::Seed
        | Claim::Occasion
        | Claim::OfficersRoot
        | Claim::Load
        | Claim::Second
        | Claim::SetAside => ("", ""),
        Claim::Register
        | Claim::Levels
        | Claim::Blocked
        | Claim::Carried
        | Claim::Drawn
        | Claim::Reserve
        | Claim::Limits
        | Claim::Releases
        | Claim::PlanComplete
        | Claim::PlanSound
        | Claim::Days => ("户", "units"),
        Claim::WorkingDays | Claim::Capacity | Claim::Cells | Claim::GroupSizes => {
            ("个数", "numbers")
        }
        Claim::UnitsRoot => ("个校验码", "hashes"),
        Claim::Tickets => ("个抽签号和钥匙", "numbers and keys"),
        Claim::Ranks => ("个名次", "ranks"),
        Claim::Teams => ("个人选", "places"),
    }
}

/// What a failure may mean, and what to do.
const fn consequence(claim: Claim) -> (&'static str, &'static str) {
    match claim {
        Claim::Format | Claim::CertificateHash | Claim::Register | Claim::WorkingDays => (
            "文件在公布之后被改过，或传输中损坏。请向公布单位重新索取，再核对一次。",
            "The file was changed after publication, or damaged on its way. Ask the publisher for it again and check once more.",
        ),
        Claim::Previous => (
            "上一份证书不是它所接的那一份，或其中一份被改过。请把两份都交给上级核对。",
            "The certificate before is not the one it follows, or one of them was changed. Give both to the superior authority.",
        ),
        Claim::Genesis | Claim::Design | Claim::Levels => (
            "抽取所用的规则不是冻结的年度计划。请与公布的年度计划对照。",
            "The rules of the draw are not those of the frozen plan. Compare it with the plan as published.",
        ),
        Claim::CommitmentHash | Claim::UnitsRoot | Claim::OfficersRoot | Claim::EntropyHash => (
            "承诺之后，名录、额度或随机数的记录被改过。请与抽取前公布的承诺码对照，并保存核对结果。",
            "Register, sizes or random number were changed after the commitment. Compare with the code shown before the draw, and save this result.",
        ),
        Claim::CommittedBefore | Claim::ValueInTime | Claim::Entropy | Claim::MissingReveals => (
            "随机数可能在承诺之前就有人知道，结果可能被左右。请见证人作证。",
            "Someone may have known the random number before the commitment, and could have steered the result. Ask the witnesses.",
        ),
        Claim::Seed | Claim::Tickets | Claim::Ranks | Claim::Drawn | Claim::Reserve => (
            "可能是抽取后换了单位。请保存核对结果，交给上级消防救援机构。",
            "Units may have been exchanged after the draw. Save this result and give it to the superior authority.",
        ),
        Claim::Capacity
        | Claim::Occasion
        | Claim::Blocked
        | Claim::Carried
        | Claim::Cells
        | Claim::Load
        | Claim::Second
        | Claim::GroupSizes => (
            "名额不是由名录和计划得出的。请公布单位说明依据。",
            "The places do not follow from register and plan. Ask the publisher for the grounds.",
        ),
        Claim::Limits | Claim::Releases => (
            "检查次数或间隔可能违反规定。请公布单位说明。",
            "Number or interval of inspections may break the rule. Ask the publisher.",
        ),
        Claim::PlanComplete | Claim::PlanSound | Claim::SetAside | Claim::Days | Claim::Teams => (
            "可能是抽取后改了日期或换了人员。请公布单位说明。",
            "Days or officers may have been changed after the draw. Ask the publisher.",
        ),
    }
}

fn lacking(why: Lacking) -> Both {
    match why {
        Lacking::Register => both(
            "缺公布的名录。请一并打开名录文件，或打开含名录的验证文件。",
            "The published register is lacking. Open it too, or a verification file that holds it.",
        ),
        Lacking::SoundRegister => both(
            "名录本身有错，见“公布的名录形式正确”；改正前无法核对。",
            "The register itself has mistakes, see “The published register is well formed”.",
        ),
        Lacking::SoundDesign => both(
            "比例或能力的数值本身有错，见“比例和规则就是年度计划的”“每月能力算得出”。",
            "Shares or capacities are impossible by themselves, see “Shares and rules” and “Each month's capacity”.",
        ),
        Lacking::WorkingDays => both(
            "工作日本身有错，见“工作日是各月的日子”。",
            "The working days have mistakes, see “Working days are days of their months”.",
        ),
        Lacking::Officers => both(
            "名录里没有公布执法人员的休假与回避。请向公布单位索取含人员的名录。",
            "Officers with leave and avoidance are not published. Ask for a register that holds them.",
        ),
        Lacking::AnnualPlan => both(
            "名录里没有公布年度计划。请向公布单位索取。",
            "The annual plan is not published. Ask the publisher for it.",
        ),
        Lacking::Previous => both(
            "缺上一次抽取的证书。请一并打开。",
            "The certificate of the draw before is lacking. Open it too.",
        ),
        Lacking::EarlierDraws => both(
            "缺本月以前各次抽取的证书；手头的上一张证书不在其中。请向公布单位索取。",
            "The certificates of the month's earlier draws are lacking; the one before this is none of them. Ask the publisher.",
        ),
        Lacking::BrokenDraws { from, to } if from == to => both(
            format!("第 {from} 号没有抽取结果，文件没有公布它是怎样中止的。请向公布单位索取。"),
            format!(
                "Number {from} has no outcome, and the file does not say how that draw was broken off. Ask the publisher."
            ),
        ),
        Lacking::BrokenDraws { from, to } => both(
            format!(
                "第 {from} 至 {to} 号没有抽取结果，文件没有公布它们是怎样中止的。请向公布单位索取。"
            ),
            format!(
                "Numbers {from} to {to} have no outcome, and the file does not say how those draws were broken off. Ask the publisher."
            ),
        ),
        Lacking::SoundOccasion => both(
            "抽取事由里的名单过长，见“抽取的事由对得上”。",
            "A list of the occasion is too long, see “The draw fits what it is made for”.",
        ),
        Lacking::Publication { by, is_fallback } => {
            let by = by.format("%Y-%m-%d %H:%M");
            if is_fallback {
                both(
                    format!(
                        "抽取时已过 {by}，用的是备用来源。请到首选来源查：{by} 之前没有公布，这次才作数；已经公布的，应当用首选来源的数。"
                    ),
                    format!(
                        "Drawn after {by}, with the fallback. Look up at the named source that its value had not appeared before {by}; if it had, it counts and not the fallback."
                    ),
                )
            } else {
                both(
                    format!(
                        "抽取时已过 {by}，用的是首选来源。请到首选来源查：{by} 之前已经公布，这次才作数；没有公布的，应当用备用来源的数。"
                    ),
                    format!(
                        "Drawn after {by}, with the named value. Look up at its source whether it had appeared before {by}; if not, the fallback counts."
                    ),
                )
            }
        }
        Lacking::FewerVisits { count, max } => both(
            format!("一个月 {count} 户检查，超过 {max} 户，本程序不重算这样的排期。"),
            format!("{count} visits in one month, more than {max}: such a plan is not laid again."),
        ),
        Lacking::WithheldUnits { count } => both(
            format!("{count} 户依法不公开，只公布校验码；公开的部分都一致。"),
            format!(
                "{count} units are lawfully withheld and stand there as hashes; all that is open agrees."
            ),
        ),
    }
}

fn place_words(
    lang: Lang,
    place: &Place,
    name: &dyn Fn(&crate::model::CandidateId) -> String,
) -> Both {
    let group = |group: DrawGroup| lang.draw_group(group);
    match place {
        Place::Whole => both("整体", "As a whole"),
        Place::Witness { name } => both(format!("见证人 {name}"), format!("Witness {name}")),
        Place::Unit { unit } => both(name(unit), name(unit)),
        Place::Officer { officer } => both(format!("人员 {officer}"), format!("Officer {officer}")),
        Place::Cell { cell, size } => {
            let words = format!("{}，{}", lang.cell(*cell), lang.size_field(*size));
            both(words.clone(), words.replace('，', ", "))
        }
        Place::Group {
            group: of,
            size: None,
        } => both(
            format!("{}，钥匙或次序", group(*of)),
            format!("{}, key or order", group(*of)),
        ),
        Place::Group {
            group: of,
            size: Some(size),
        } => {
            let size = lang.size_field(*size);
            both(
                format!("{}，{size}", group(*of)),
                format!("{}, {size}", group(*of)),
            )
        }
        Place::Draw { number } => both(format!("第 {number} 号抽取"), format!("Draw {number}")),
        Place::Rank { group: of, rank } => both(
            format!("{}，第 {rank} 名", group(*of)),
            format!("{}, rank {rank}", group(*of)),
        ),
        Place::Month { month } => both(lang.month_name(*month), lang.month_name(*month)),
        Place::SetAside { place } => both(
            format!("顺延名单第 {place} 个"),
            format!("Set aside, no. {place}"),
        ),
    }
}

fn datum_words(lang: Lang, datum: &Datum) -> String {
    match datum {
        Datum::Nothing => match lang {
            Lang::Zh => "没有".into(),
            Lang::En => "nothing".into(),
        },
        Datum::Number(number) => number.to_string(),
        // In full: two hashes may differ in their last digit alone.
        Datum::Hash(hash) => hash.to_string(),
        Datum::Text(text) if text.is_empty() => datum_words(lang, &Datum::Nothing),
        Datum::Text(text) => text.clone(),
        Datum::Day(day) => day.to_string(),
        Datum::Moment(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
        Datum::Unit(unit) => unit.to_string(),
        Datum::Officer(officer) => officer.to_string(),
        Datum::Limit(limit) => lang.not_yet(limit),
        Datum::Mode(mode) => lang.quota_mode(*mode).to_owned(),
        Datum::Window(window) => lang.infeasible_title(
            lang.month_name(window.first),
            lang.month_name(window.last),
            window.lack,
        ),
        Datum::Design(error) => lang.design_error(error),
        Datum::Entropy(error) => lang.entropy_mistake(error),
        Datum::SetAside(why) => set_aside(lang, why),
        Datum::Points(reason, points) => format!("{} {points}", lang.point_reason(*reason)),
    }
}

/// Officers stand by their ids: a verifier knows no names.
fn set_aside(lang: Lang, why: &SetAsideReason) -> String {
    lang.set_aside(why, ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_has_words_of_its_own_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let titles: std::collections::BTreeSet<&str> = Claim::ALL
                .into_iter()
                .map(|claim| lang.claim(claim))
                .collect();
            assert_eq!(titles.len(), Claim::ALL.len());
            let methods: std::collections::BTreeSet<&str> = Claim::ALL
                .into_iter()
                .map(|claim| lang.claim_method(claim))
                .collect();
            assert_eq!(methods.len(), Claim::ALL.len());
            for claim in Claim::ALL {
                assert!(!lang.claim_failure(claim).is_empty());
                let words = lang.claim_checked(claim, 7);
                assert!(
                    words.ends_with(if lang == Lang::Zh { '。' } else { '.' }),
                    "{words}"
                );
            }
        }
    }

    #[test]
    fn words_of_one_language_hold_nothing_of_the_other() {
        let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for claim in Claim::ALL {
            for text in [
                Lang::En.claim(claim),
                Lang::En.claim_method(claim),
                Lang::En.claim_failure(claim),
            ] {
                assert!(!is_chinese(text), "{text}");
            }
            assert!(is_chinese(Lang::Zh.claim(claim)), "{claim:?}");
        }
    }
}
