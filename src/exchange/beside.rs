//! What stands in a verification file beside certificate and register, and whether
//! anything that is hashed binds it.
//!
//! The claims of a certificate are about the draw. The brigade's name, whether the data
//! are made up, and the register changes stand around it; here each is taken from what
//! is bound, held against it, or said to be bound by nothing.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::verification::Case;
use crate::engine::certificate::Certificate;
use crate::engine::lottery::{Genesis, canonical_hash};
use crate::engine::register::PublishedRegister;

/// A part of a verification file beside certificate and register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The name that the file gives itself.
    Name,
    /// Whether it says that the data are made up.
    Demo,
    /// The register changes.
    Changes,
    /// The draws broken off since the draw before.
    BrokenOff,
}

/// What stands beside the certificate.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Beside {
    /// The brigade, from the annual plan whose hash is the genesis.
    pub brigade: Option<String>,
    /// Made-up data, by what is committed to; in older files by the file's own word.
    pub is_demo: bool,
    /// Parts that nothing binds: who changed them would not be found out.
    pub unbound: Vec<Part>,
    /// The file says whose the officers' codes are: the publisher's word, bound by nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub names_officers: bool,
    /// Parts that are not what was committed to.
    pub differing: Vec<Part>,
}

impl Beside {
    /// Looks at all that stands beside the certificate.
    ///
    /// ```
    /// use double_random::exchange::beside::{Beside, Part};
    /// use double_random::exchange::verification::{assemble, read};
    /// let record = read(&std::fs::read("tests/golden/03.json")?)?;
    /// let case = assemble(&[&record], None).expect("it holds a certificate");
    /// // A record of an older program: its name is nobody's word but the file's.
    /// assert_eq!(Beside::of(case).unbound, [Part::Name, Part::Demo]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(case: Case<'_>) -> Self {
        let (file, disclosed) = (case.file, case.certificate.commitment.disclosed.as_ref());
        let says_demo = file.is_some_and(|file| file.is_demo);
        let changes = file.and_then(|file| file.changes.as_ref());
        let broken_off = file.map(|file| &file.broken_off);
        let broken_off = broken_off.filter(|broken_off| !broken_off.is_empty());
        let mut beside = Self {
            brigade: case
                .register
                .and_then(|register| brigade(case.certificate, register)),
            is_demo: disclosed.map_or(says_demo, |disclosed| disclosed.is_demo),
            names_officers: file.is_some_and(|file| !file.officer_names.is_empty()),
            ..Self::default()
        };
        if file.is_some_and(|file| file.name.is_some()) {
            beside.unbound.push(Part::Name);
        }
        let Some(disclosed) = disclosed else {
            beside.unbound.push(Part::Demo);
            beside.unbound.extend(changes.map(|_| Part::Changes));
            beside.unbound.extend(broken_off.map(|_| Part::BrokenOff));
            return beside;
        };
        if says_demo && !disclosed.is_demo {
            beside.differing.push(Part::Demo);
        }
        let found = changes.and_then(|changes| canonical_hash(changes).ok());
        if file.is_some() && found != disclosed.changes {
            beside.differing.push(Part::Changes);
        }
        let found = broken_off.and_then(|broken_off| canonical_hash(broken_off).ok());
        match disclosed.broken_off {
            // A commitment of an older program says nothing of them.
            None => beside.unbound.extend(found.map(|_| Part::BrokenOff)),
            committed if file.is_some() && found != committed => {
                beside.differing.push(Part::BrokenOff);
            }
            Some(_) => {}
        }
        beside
    }
}

/// The brigade's name in the plan from which the draw's seed begins.
fn brigade(certificate: &Certificate, register: &PublishedRegister) -> Option<String> {
    let plan = register.annual_plan.as_ref()?;
    let is_bound = Genesis::of(plan).ok()? == certificate.commitment.genesis;
    let name = plan.get("brigade").and_then(Value::as_str);
    name.filter(|_| is_bound).map(str::to_owned)
}
