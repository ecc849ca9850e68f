//! The certificate's own words: hashes, order of time, entropy and seed.

use super::Examination;
use super::finding::{Datum, Findings, Lacking, Outcome, Place};
use crate::engine::ceremony::{EntropyError, EntropyPlan, EntropyRecord, moment};
use crate::engine::certificate::{Certificate, FORMAT};
use crate::engine::lottery::{Genesis, Hash, canonical_hash, seed};

type Found = Result<Outcome, Lacking>;

/// Compares two values that the claim names as a whole.
fn whole<T: Into<Datum> + PartialEq>(stated: T, found: T) -> Found {
    let mut findings = Findings::default();
    findings.same(Place::Whole, stated, found);
    Ok(findings.outcome())
}

impl Examination<'_> {
    pub(super) fn format(&self) -> Found {
        whole(self.certificate.format.clone(), FORMAT.to_owned())
    }

    pub(super) fn certificate_hash(&self) -> Found {
        whole(Some(self.certificate.hash), self.certificate.hash().ok())
    }

    /// Each certificate names the hash of the one before it; numbers between this draw and
    /// the one before are those of draws that were broken off.
    pub(super) fn previous_hash(&self) -> Found {
        let mut findings = Findings::default();
        let mut link = self.certificate;
        for before in self.before() {
            let found = before.hash().ok();
            findings.same(Place::Whole, link.previous, found);
            findings.same(Place::Whole, Some(before.hash), found);
            let (number, last) = (link.commitment.number, before.commitment.number);
            if last >= number {
                findings.differ(Place::Whole, number, last);
            }
            link = before;
        }
        let number = self.certificate.commitment.number;
        let lacking = match (self.certificate.previous, self.previous) {
            (Some(stated), None) if number == 1 || !self.earlier.is_empty() => {
                findings.differ(Place::Whole, stated, Datum::Nothing);
                None
            }
            (Some(_), None) => Some(Lacking::Previous),
            (_, before) => {
                let last = before.map_or(0, |before| before.commitment.number);
                self.numbers_between(last, number, &mut findings)
            }
        };
        match (findings.outcome(), lacking) {
            (Outcome::Passed { .. }, Some(lacking)) => Err(lacking),
            (outcome, _) => Ok(outcome),
        }
    }

    /// The draws broken off have the numbers between the draw before and this one.
    fn numbers_between(&self, last: u32, number: u32, findings: &mut Findings) -> Option<Lacking> {
        let mut between = last.saturating_add(1)..number;
        if self.broken_off.is_empty() && !between.is_empty() {
            let (from, to) = (between.start, number - 1);
            return Some(Lacking::BrokenDraws { from, to });
        }
        for broken in self.broken_off {
            let at = Place::Draw {
                number: broken.number,
            };
            findings.same(at, Some(broken.number), between.next());
        }
        if let Some(left) = between.next() {
            findings.differ(Place::Draw { number: left }, Datum::Nothing, left);
        }
        None
    }

    pub(super) fn genesis(&self) -> Found {
        let plan = self.published()?.annual_plan.as_ref();
        let plan = plan.ok_or(Lacking::AnnualPlan)?;
        let stated = self.certificate.commitment.genesis;
        // A plan that was read is JSON; with numbers that are no integers it has no hash.
        let found = Genesis::of(plan).ok();
        whole(Some(Hash(stated.0)), found.map(|found| Hash(found.0)))
    }

    pub(super) fn design(&self) -> Found {
        let design = &self.certificate.design;
        let mut findings = Findings::default();
        for error in design.errors() {
            findings.differ(Place::Whole, error, Datum::Nothing);
        }
        let plan = self
            .register
            .and_then(|register| register.annual_plan.as_ref());
        if let Some(plan) = plan {
            let found = canonical_hash(plan.get("design").unwrap_or(plan)).ok();
            findings.same(Place::Whole, canonical_hash(design).ok(), found);
        }
        match (findings.outcome(), plan) {
            (Outcome::Passed { .. }, None) => Err(Lacking::AnnualPlan),
            (outcome, _) => Ok(outcome),
        }
    }

    pub(super) fn commitment_hash(&self) -> Found {
        let found = self.certificate.commitment.hash().ok();
        whole(Some(self.certificate.commitment_hash), found)
    }

    /// Shown before the draw; and of a public value, before anyone could know it.
    pub(super) fn committed_before(&self) -> Found {
        let Certificate {
            committed_at,
            drawn_at,
            commitment,
            entropy,
            ..
        } = self.certificate;
        let mut findings = Findings::default();
        let mut before = |earlier, later| {
            findings.count(1);
            if earlier >= later {
                findings.differ(Place::Whole, earlier, later);
            }
        };
        before(*committed_at, *drawn_at);
        if let EntropyPlan::PublicValue {
            fallback,
            known_from,
            fallback_from,
            ..
        } = &commitment.entropy
        {
            let (Some(known), Some(takes_over)) = (moment(known_from), moment(fallback_from))
            else {
                let mut findings = Findings::default();
                findings.differ(Place::Whole, known_from.clone(), fallback_from.clone());
                return Ok(findings.outcome());
            };
            before(*committed_at, known);
            before(known, *drawn_at);
            if matches!(entropy, EntropyRecord::PublicValue { from, .. } if from == fallback) {
                before(takes_over, *drawn_at);
            }
        }
        Ok(findings.outcome())
    }

    /// Whether the named value or the fallback counts can be told from the hours
    /// alone only as long as the fallback has not taken over.
    pub(super) fn value_in_time(&self) -> Found {
        let Some(by) = self.certificate.drawn_after_fallback() else {
            return Ok(Outcome::Passed { checked: 1 });
        };
        let is_fallback = match (
            &self.certificate.commitment.entropy,
            &self.certificate.entropy,
        ) {
            (
                EntropyPlan::PublicValue { fallback, .. },
                EntropyRecord::PublicValue { from, .. },
            ) => from == fallback,
            _ => false,
        };
        Err(Lacking::Publication { by, is_fallback })
    }

    pub(super) fn entropy(&self) -> Found {
        let Certificate {
            entropy,
            commitment,
            ..
        } = self.certificate;
        let mut findings = Findings::default();
        findings.count(1);
        match entropy.check(&commitment.entropy) {
            Ok(_) => {}
            Err(EntropyError::RevealDiffers { witness }) => {
                let (stated, found) = reveal_hashes(entropy, &witness);
                findings.differ(Place::Witness { name: witness }, stated, found);
            }
            Err(EntropyError::Salt { witness }) => {
                let error = EntropyError::Salt {
                    witness: witness.clone(),
                };
                findings.differ(Place::Witness { name: witness }, error, Datum::Nothing);
            }
            Err(error) => findings.differ(Place::Whole, error, Datum::Nothing),
        }
        Ok(findings.outcome())
    }

    pub(super) fn missing_reveals(&self) -> Found {
        let EntropyRecord::Contributions { contributions } = &self.certificate.entropy else {
            return whole(self.certificate.missing_reveals.join("|"), String::new());
        };
        let missing = contributions
            .iter()
            .filter(|contribution| contribution.reveal.is_none());
        let names: Vec<&str> = missing
            .map(|contribution| contribution.promise.witness.as_str())
            .collect();
        whole(self.certificate.missing_reveals.join("|"), names.join("|"))
    }

    pub(super) fn entropy_hash(&self) -> Found {
        let found = self.certificate.entropy.hash().ok();
        whole(Some(self.certificate.entropy_hash), found)
    }

    pub(super) fn seed(&self) -> Found {
        let commitment = &self.certificate.commitment;
        let found = seed(
            commitment.month,
            commitment.number,
            commitment.genesis,
            self.certificate.entropy_hash,
        );
        whole(self.certificate.seed, found)
    }
}

/// The hash that a witness promised, and that of what was revealed.
fn reveal_hashes(entropy: &EntropyRecord, witness: &str) -> (Option<Hash>, Option<Hash>) {
    let EntropyRecord::Contributions { contributions } = entropy else {
        return (None, None);
    };
    let mut wrong = contributions.iter().filter_map(|contribution| {
        let reveal = contribution.reveal.as_ref()?;
        let found = crate::engine::ceremony::promise_hash(&contribution.promise.witness, reveal);
        (contribution.promise.witness == witness && found != contribution.promise.hash)
            .then_some((contribution.promise.hash, found))
    });
    wrong.next().unzip()
}
