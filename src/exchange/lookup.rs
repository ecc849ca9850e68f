//! Units of a published draw by what somebody types: an id in any case, or a published
//! name or a part of it.

use crate::engine::certificate::Certificate;
use crate::model::CandidateId;
use crate::model::credit_code::half_width;

/// Full width to half width, and no spaces: how ids and names are compared.
fn folded(text: &str) -> String {
    let kept = text.chars().filter(|typed| !typed.is_whitespace());
    kept.map(half_width).collect::<String>().to_uppercase()
}

/// The units that `typed` can mean: the one of an id that the certificate names, whatever
/// the case; the one of a name in full; those whose names hold it; at last the id that it
/// may be, of a unit that the certificate does not name.
///
/// ```
/// use double_random::engine::certificate::Certificate;
/// use double_random::exchange::lookup::find_units;
/// let record = std::fs::read_to_string("tests/golden/03.json")?;
/// let record: serde_json::Value = serde_json::from_str(&record)?;
/// let mut certificate = Certificate::read(&record["certificate"].to_string())?;
/// let unit = certificate.drawn().next().expect("one is drawn").clone();
/// certificate.names.insert(unit.clone(), "南宫市人民医院".into());
/// assert_eq!(find_units(&certificate, "人民 医院"), [unit.clone()]);
/// assert_eq!(find_units(&certificate, &unit.as_str().to_lowercase()), [unit]);
/// assert!(find_units(&certificate, "国旅酒店").is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn find_units(certificate: &Certificate, typed: &str) -> Vec<CandidateId> {
    let typed = folded(typed);
    let id = CandidateId::new(typed.clone()).ok();
    let is_known =
        |id: &CandidateId| certificate.names.contains_key(id) || certificate.listed(id).is_some();
    if let Some(id) = id.as_ref().filter(|id| is_known(id)) {
        return vec![id.clone()];
    }
    if typed.is_empty() {
        return Vec::new();
    }
    let named = |holds: &dyn Fn(&str) -> bool| -> Vec<CandidateId> {
        let names = certificate.names.iter();
        let named = names.filter(|(_, name)| holds(&folded(name)));
        named.map(|(id, _)| id.clone()).collect()
    };
    let exact = named(&|name| name == typed);
    if !exact.is_empty() {
        return exact;
    }
    let holding = named(&|name| name.contains(&typed));
    if holding.is_empty() {
        id.into_iter().collect()
    } else {
        holding
    }
}
