//! 抽取证书: the certificate of a draw, and the register published with it,
//! made from the draw's record.

use std::collections::{BTreeMap, BTreeSet};

use super::draw::{Committed, Drawn};
use super::{DrawId, DrawRecord, Workbook, trail};
use crate::engine::ceremony::{BrokenDraw, Disclosed};
use crate::engine::certificate::{Certificate, DrawParts};
use crate::engine::draw::DrawResult;
use crate::engine::lottery::{Hash, canonical_hash};
use crate::engine::month::MonthPlan;
use crate::engine::register::{Leaf, PublishedRegister, Salt};
use crate::engine::snapshot::SnapshotUnit;
use crate::model::CandidateId;

impl Workbook {
    /// The certificate of a draw, made again from its record; none before it has
    /// drawn. It is right if it still has the hash kept in [`Drawn`].
    #[must_use]
    pub fn certificate(&self, draw: &DrawRecord) -> Option<Certificate> {
        let (drawn, committed) = (draw.drawn.as_ref()?, draw.committed.as_ref()?);
        Some(self.certificate_of(draw, committed, drawn))
    }

    pub(super) fn certificate_of(
        &self,
        draw: &DrawRecord,
        committed: &Committed,
        drawn: &Drawn,
    ) -> Certificate {
        Certificate::from_record(&DrawParts {
            commitment: &committed.commitment,
            committed_at: committed.at,
            shown_at: &committed.shown_at,
            entropy: &drawn.entropy,
            drawn_at: drawn.at,
            design: &self.plan_of(draw).design,
            working_days: &draw.register.working_days,
            snapshot: &draw.register.snapshot,
            sizes: &draw.sizes,
            result: &drawn.result,
            plan: &drawn.plan,
            operator: &drawn.operator,
            supervisor: &committed.supervisor,
            previous: self.previous_certificate(draw),
        })
        .with_names(drawn.names.clone())
    }

    /// What the commitment to a draw binds beside registers and sizes.
    pub(super) fn disclosed(&self, draw: &DrawRecord) -> Disclosed {
        let changes = self.changes_of(draw);
        let broken_off = self.broken_since(draw);
        let hashed = |changes| canonical_hash(changes).expect("changes hold texts and integers");
        Disclosed {
            is_demo: self.is_demo,
            outside_window: draw.outside_window.clone(),
            trail: trail::head(&self.trail),
            changes: changes.as_ref().map(hashed),
            broken_off: (!broken_off.is_empty()).then(|| {
                canonical_hash(&broken_off).expect("draws broken off are texts and integers")
            }),
        }
    }

    /// The names that a certificate says: of the units of its plan, or, drawn from a
    /// register of institutions or engineers, of those drawn.
    pub(super) fn names_in(
        &self,
        draw: &DrawRecord,
        result: &DrawResult,
        plan: &MonthPlan,
    ) -> BTreeMap<CandidateId, String> {
        let Some(register) = draw.own_register() else {
            return self.public_names(plan);
        };
        let named = result.drawn().filter_map(|id| {
            let (name, _) = register.record(self, id)?;
            Some((id.clone(), name.to_owned()))
        });
        named.collect()
    }

    /// Names of the units that a plan visits or sets aside, but of those withheld: what
    /// the published month plan says (domain.md, columns of the month plan).
    fn public_names(&self, plan: &MonthPlan) -> BTreeMap<CandidateId, String> {
        let set_aside = plan.set_aside.iter().map(|set_aside| &set_aside.unit);
        let visits = plan.visits.keys().chain(set_aside);
        let named = visits.filter_map(|id| Some((id, self.unit_drawn(id)?)));
        let public = named.filter(|(_, unit)| unit.withheld.is_none());
        public
            .map(|(id, unit)| (id.clone(), unit.name.clone()))
            .collect()
    }

    /// Hash of the certificate before this draw's as it was published, so that
    /// they make a chain.
    fn previous_certificate(&self, draw: &DrawRecord) -> Option<Hash> {
        let before = self.draw_before(draw)?;
        before.drawn.as_ref().map(|drawn| drawn.certificate)
    }

    /// The last draw of the same year with an outcome before this one.
    pub(crate) fn draw_before(&self, draw: &DrawRecord) -> Option<&DrawRecord> {
        let draws = &self.year(draw.month.year())?.draws;
        let mut before = draws.iter().rev();
        before.find(|other| other.number < draw.number && other.drawn.is_some())
    }

    /// The draws broken off between the draw before this one and it, smallest number first.
    #[must_use]
    pub fn broken_since(&self, draw: &DrawRecord) -> Vec<BrokenDraw> {
        let year = draw.month.year();
        let numbers = self.broken_before(draw).into_iter();
        let records = numbers.filter_map(|number| self.draw(DrawId::new(year, number)));
        let broken = records.filter_map(|it| Some((it, it.broken_off.as_ref()?)));
        broken
            .map(|(it, broken)| BrokenDraw {
                number: it.number,
                month: it.month,
                opened_at: it.opened_at,
                commitment: it.committed.as_ref().map(|committed| committed.hash),
                shown_at: it
                    .committed
                    .as_ref()
                    .map(|committed| committed.shown_at.clone()),
                broken_at: broken.at,
                reason: broken.reason.clone(),
                approver: broken.approver.clone(),
            })
            .collect()
    }

    /// The certificates before that of the draw before, latest first, where a draw adds to
    /// its month's: back to the month's own.
    #[must_use]
    pub fn certificates_before(&self, draw: &DrawRecord) -> Vec<Certificate> {
        let is_own = |other: &DrawRecord| other.occasion.is_month() && other.month == draw.month;
        let mut found = Vec::new();
        let mut link = self
            .draw_before(draw)
            .filter(|_| draw.occasion.beside().is_some());
        while let Some(before) = link.filter(|link| !is_own(link)) {
            link = self.draw_before(before);
            found.extend(link.and_then(|link| self.certificate(link)));
        }
        found
    }

    /// The registers to publish with a draw's certificate, the units of
    /// `withheld` as the hashes of their leaves alone; `with_officers`: with
    /// leave and avoidance, without which capacity and teams cannot be checked.
    ///
    /// `None` if a unit of the snapshot has lost its salt, so that its leaf
    /// cannot be shown.
    #[must_use]
    pub fn published_register(
        &self,
        draw: &DrawRecord,
        withheld: &BTreeSet<CandidateId>,
        with_officers: bool,
    ) -> Option<PublishedRegister> {
        let leaf = |unit: &SnapshotUnit| {
            let salt = Salt::new(self.unit_drawn(&unit.id)?.salt.clone()).ok()?;
            Some(Leaf::new(unit, &draw.level_sum(&unit.id)?.parts, salt))
        };
        let units = draw.register.snapshot.units.iter();
        let leaves = units.map(leaf).collect::<Option<Vec<Leaf>>>()?;
        Some(self.published_with(draw, leaves, withheld, with_officers))
    }

    /// The registers to publish with these leaves.
    pub(crate) fn published_with(
        &self,
        draw: &DrawRecord,
        leaves: Vec<Leaf>,
        withheld: &BTreeSet<CandidateId>,
        with_officers: bool,
    ) -> PublishedRegister {
        let officers = with_officers.then(|| draw.register.officers.clone());
        let plan = serde_json::to_value(self.plan_of(draw)).ok();
        PublishedRegister::new(leaves, withheld, officers, plan)
    }
}
