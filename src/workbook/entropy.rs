//! The entropy of a draw as a person gives it, turned into what the engine fixes and
//! records; and its hours: a value that somebody could know, or choose, proves nothing.

use chrono::NaiveDateTime;

use super::draw::Committed;
use super::refusal::DrawError;
use super::request::{EntropyChoice, EntropyGiven, WitnessWords};
use crate::engine::ceremony::{
    Contribution, EntropyError, EntropyPlan, EntropyRecord, MOMENT, Promise, PublicSource, Reveal,
    canonical_value, is_promise_salt, moment, promise_hash,
};
use crate::engine::lottery::Hash;

/// The plan of the entropy, and the witnesses' salts.
pub(super) fn entropy_plan(choice: EntropyChoice) -> Result<(EntropyPlan, Vec<String>), DrawError> {
    match choice {
        EntropyChoice::Local => Ok((EntropyPlan::Local, Vec::new())),
        EntropyChoice::Witnesses(witnesses) => {
            let promises = promises(&witnesses)?;
            let salts = witnesses.into_iter().map(|witness| witness.salt).collect();
            Ok((EntropyPlan::Contributions { promises }, salts))
        }
        EntropyChoice::Public {
            named,
            fallback,
            known_from,
            fallback_from,
        } => {
            let is_named = |source: &PublicSource| {
                !source.source.trim().is_empty() && !source.round.trim().is_empty()
            };
            // Told apart by their length alone, they would be one value read in two ways.
            let is_same = named.source == fallback.source && named.round == fallback.round;
            if !is_named(&named) || !is_named(&fallback) || is_same || fallback_from <= known_from {
                return Err(DrawError::Source);
            }
            let fixed = EntropyPlan::PublicValue {
                named,
                fallback,
                known_from: known_from.format(MOMENT).to_string(),
                fallback_from: fallback_from.format(MOMENT).to_string(),
            };
            fixed.check()?;
            Ok((fixed, Vec::new()))
        }
    }
}

/// A value that may be known when it is named proves nothing.
pub(super) fn check_unknown(plan: &EntropyPlan, now: NaiveDateTime) -> Result<(), DrawError> {
    match plan {
        EntropyPlan::PublicValue { known_from, .. } => match moment(known_from) {
            Some(from) if from <= now => Err(DrawError::AlreadyKnown { from }),
            _ => Ok(()),
        },
        EntropyPlan::Local | EntropyPlan::Contributions { .. } => Ok(()),
    }
}

/// The named value is given from its hour on, the fallback from the hour at which it
/// takes over: whoever could choose between the two would have a choice of draws.
pub(super) fn check_hour(
    entropy: &EntropyRecord,
    plan: &EntropyPlan,
    now: NaiveDateTime,
) -> Result<(), DrawError> {
    let (
        EntropyRecord::PublicValue { from: source, .. },
        EntropyPlan::PublicValue {
            fallback,
            known_from,
            fallback_from,
            ..
        },
    ) = (entropy, plan)
    else {
        return Ok(());
    };
    let hour = if source == fallback {
        fallback_from
    } else {
        known_from
    };
    match moment(hour) {
        Some(from) if now < from => Err(DrawError::TooEarly { from }),
        _ => Ok(()),
    }
}

fn promises(witnesses: &[WitnessWords]) -> Result<Vec<Promise>, DrawError> {
    if witnesses.is_empty() {
        return Err(DrawError::Witness { place: 1 });
    }
    let mut promises: Vec<Promise> = Vec::with_capacity(witnesses.len());
    for (place, witness) in (1..).zip(witnesses) {
        let name = witness.name.trim();
        let words = canonical_words(&witness.words);
        let is_known = promises.iter().any(|promise| promise.witness == name);
        if name.is_empty() || name.contains('|') || words.is_empty() || is_known {
            return Err(DrawError::Witness { place });
        }
        let people = people_in(name);
        if people.len() > 1 {
            let count = people.len() as u32;
            return Err(DrawError::SeveralWitnesses { place, count });
        }
        if !is_promise_salt(&witness.salt) {
            let witness = name.to_owned();
            return Err(EntropyError::Salt { witness }.into());
        }
        let reveal = Reveal {
            salt: witness.salt.clone(),
            words,
        };
        promises.push(Promise {
            witness: name.to_owned(),
            hash: promise_hash(name, &reveal),
        });
    }
    Ok(promises)
}

/// The people that stand in one name field: several, where a mark of a list parts them.
///
/// ```
/// use double_random::workbook::ceremony::people_in;
/// assert_eq!(people_in("刘老师、孙群众"), ["刘老师", "孙群众"]);
/// assert_eq!(people_in("阿依古丽·买买提"), ["阿依古丽·买买提"]);
/// ```
#[must_use]
pub fn people_in(name: &str) -> Vec<String> {
    let names = name.split(['、', '，', ',', '；', ';']);
    let names = names.map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

/// Words as they are promised: dice are the same dice with or without blanks, marks and
/// full-width digits between them; other words stay as they were said.
fn canonical_words(words: &str) -> String {
    let words = words.trim();
    let narrow = |c: char| match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        other => other,
    };
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '-' | '.' | '·');
    let digits: String = words.chars().filter(|&c| !is_mark(c)).map(narrow).collect();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return words.to_owned();
    }
    digits
}

/// The words as they were promised, however the dice are spelt now. A promise made before
/// dice had one spelling holds the words as they were typed.
fn reveal_of(promise: &Promise, salt: &str, said: &str) -> Reveal {
    let spelt = |words: String| Reveal {
        salt: salt.to_owned(),
        words,
    };
    let as_said = spelt(said.trim().to_owned());
    if promise_hash(&promise.witness, &as_said) == promise.hash {
        return as_said;
    }
    spelt(canonical_words(said))
}

pub(super) fn entropy_record(
    given: EntropyGiven,
    committed: &Committed,
) -> Result<EntropyRecord, DrawError> {
    match (given, &committed.commitment.entropy) {
        (EntropyGiven::Local(bytes), EntropyPlan::Local) => {
            Ok(EntropyRecord::Local { bytes: Hash(bytes) })
        }
        (EntropyGiven::Witnesses(words), EntropyPlan::Contributions { promises }) => {
            let contributions =
                promises
                    .iter()
                    .zip(&committed.salts)
                    .enumerate()
                    .map(|(at, (promise, salt))| {
                        let said = words
                            .get(at)
                            .cloned()
                            .flatten()
                            .filter(|said| !said.trim().is_empty());
                        let reveal = said.map(|said| reveal_of(promise, salt, &said));
                        Contribution {
                            promise: promise.clone(),
                            reveal,
                        }
                    });
            Ok(EntropyRecord::Contributions {
                contributions: contributions.collect(),
            })
        }
        (
            EntropyGiven::Public { value, is_fallback },
            EntropyPlan::PublicValue {
                named, fallback, ..
            },
        ) => {
            let from = if is_fallback { fallback } else { named };
            Ok(EntropyRecord::PublicValue {
                from: from.clone(),
                value: canonical_value(&value),
            })
        }
        _ => Err(EntropyError::OtherKind.into()),
    }
}
