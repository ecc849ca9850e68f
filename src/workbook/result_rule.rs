//! The one rule that a visit's record, its review or its papers would break: data, put into
//! words elsewhere.

use chrono::NaiveDate;

use crate::model::OfficerId;

/// What stands against two officers visiting a unit on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeamRule {
    /// Two officers make a visit.
    OneOfficer,
    /// A clerk or an expert assists, and is never one of the two.
    NoEnforcer { officer: OfficerId },
    /// The certificate had run out that day.
    Certificate { officer: OfficerId },
    /// The officer was away that day, or is not in the register.
    NotPresent { officer: OfficerId },
    /// 回避: the officer may not visit this unit.
    Avoids { officer: OfficerId },
    /// The officer is not qualified to lead.
    NoLead { officer: OfficerId },
}

/// What is wrong with what a record or a 复查 says of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemRule {
    /// The visit's items do not hold it.
    Unknown,
    /// It stands there twice.
    Twice,
    /// A finding without words.
    NoProblem,
    /// A finding without its legal basis.
    NoBasis,
    /// 责令限期改正 without a term.
    NoTerm,
    /// The term ends before the visit, or before the 复查 that gives it.
    TermBefore,
    /// A term where nothing is to be corrected by one.
    TermNotNeeded,
}

/// The one rule that is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordRule {
    /// The two could not have gone, or not together.
    Team(TeamRule),
    /// Others than planned, and nobody says why.
    OtherTeam,
    /// 起止时间 is missing.
    NoTimes,
    /// It ended before it began.
    TimeOrder,
    /// 检查部位 is empty.
    NoPlaces,
    /// Not scanned for another reason, which nobody says.
    NoScanWords,
    /// The scan was made up before the visit, or ahead.
    ScanMadeUp,
    /// The outcome speaks of problems, and none stands there.
    NoFindings,
    /// The outcome speaks of none, and some stand there.
    Findings,
    /// What stands of one item.
    Item {
        /// The item's id.
        item: String,
        rule: ItemRule,
    },
    /// Nothing is said of what follows.
    NoDisposal,
    /// 无需后续处置 beside something that follows.
    DisposalNone,
    /// No record waits for a review.
    NotWaiting,
    /// 审核人 was one of the two who went.
    ReviewerWent { reviewer: String },
    /// The notice is dated after the visit, or ahead.
    NoticeDay { date: NaiveDate },
    /// Nothing was found that waits for 复查.
    NothingOpen,
    /// 复查 before the visit or the 复查 before it, or ahead.
    RecheckDay { date: NaiveDate },
    /// 复查 leaves an open item out, or names another.
    RecheckItems,
    /// The visit has a record, in which it is corrected.
    ByRecord,
    /// A file brings a result, and the visit has one.
    HasRecord,
    /// A file says that it was made before its day by the plan.
    BeforeDay { day: NaiveDate },
    /// A paper is dated ahead, or stands there twice.
    Paper,
}

/// The one rule that a visit of another kind would break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherRule {
    /// The day has not come.
    Future { today: NaiveDate },
    /// Nothing says what made it needed.
    NoSource,
    /// The unit was visited so often that year that one of the ten grounds is needed.
    NoGround { earlier: u32 },
}
