//! What the registers and plans *are*: checked types without behaviour that
//! needs a clock, entropy, the web or words for people.

pub mod agency;
pub mod credit_code;
pub mod engineer;
pub mod field;
pub mod id;
pub mod item;
pub mod officer;
pub mod result;
pub mod risk;
pub mod stratum;
pub mod unit;

pub use agency::Agency;
pub use credit_code::{CodeError, SocialCreditCode};
pub use engineer::{Engineer, EngineerGrade};
pub use field::{Described, Field};
pub use id::{AgencyId, CandidateId, EngineerId, ID_CHARS_MAX, IdError, OfficerId, UnitId};
pub use item::{AppliesTo, InspectionItem, Subject};
pub use officer::{
    Absence, AbsenceKind, AskedBy, Avoidance, AvoidanceGround, Officer, OfficerRole,
};
pub use result::{Outcome, ResultLine};
pub use risk::{Credit, RiskTier};
pub use stratum::{DrawLevel, Share, ShareError, Stratum};
pub use unit::{Finding, Inspection, LegalGround, LegalKind, Unit, UnitStatus, Withholding};
