//! Draws from the registers of service institutions and fire engineers: each has its yearly
//! share, and goes through the ceremony of every draw, numbered on.
//!
//! A year may be drawn in several goes; whoever was drawn in it leaves the pool, so that
//! nobody is drawn twice and the share counts records, not draws. Who was drawn and leaves
//! the register unchecked counts no more, and the next draw makes it up.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::action::{Applied, Context, Outcome};
use super::ceremony::Opening;
use super::draw::FrozenRegister;
use super::event::Event;
use super::event_detail::RegisterDrawOpened;
use super::own_visit::{OwnState, OwnVisit};
use super::refusal::DrawError;
use super::request::OpenRegisterDraw;
use super::{AnnualPlan, DrawRecord, Workbook};
use crate::engine::calendar::YearMonth;
use crate::engine::campaign::CampaignSize;
use crate::engine::certificate::working_days;
use crate::engine::occasion::{Occasion, OwnRegister, RegisterDraw};
use crate::engine::root::{officers_root, root};
use crate::engine::snapshot::Snapshot;
use crate::model::{CandidateId, Share};

/// Where a year stands with a register's share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnYear {
    /// Records in use.
    pub members: u32,
    /// 应查: its share of them.
    pub due: u32,
    /// 已抽: drawn this year, but those that left the register unchecked.
    pub drawn: u32,
    /// 已查: of them checked.
    pub made: u32,
    /// Records in use that were not drawn this year.
    pub pool: u32,
}

impl OwnYear {
    /// How many are still to be drawn.
    #[must_use]
    pub fn lacking(&self) -> u32 {
        self.due.saturating_sub(self.drawn).min(self.pool)
    }
}

impl AnnualPlan {
    /// The yearly share of a register.
    #[must_use]
    pub fn own_share(&self, register: OwnRegister) -> Share {
        match register {
            OwnRegister::Agencies => self.agency_share(),
            OwnRegister::Engineers => self.engineer_share(),
        }
    }
}

impl Workbook {
    /// The draws of a year from a register, in order of number.
    pub fn own_draws(&self, year: i32, register: OwnRegister) -> impl Iterator<Item = &DrawRecord> {
        let draws = self.year(year).into_iter().flat_map(|year| &year.draws);
        draws.filter(move |draw| draw.own_register() == Some(register))
    }

    /// Where a year stands with a register.
    #[must_use]
    pub fn own_year(&self, year: i32, register: OwnRegister) -> OwnYear {
        let members = register.active(self);
        let share = self.year(year).map(|it| it.plan().own_share(register));
        let count = members.len() as u32;
        let mut standing = OwnYear {
            members: count,
            due: share.map_or(0, |share| share.of(count)),
            pool: self.own_pool(year, register).len() as u32,
            ..OwnYear::default()
        };
        for visit in self.own_visits(year, register) {
            let state = self.own_state(visit);
            standing.drawn += u32::from(state != OwnState::Void);
            standing.made += u32::from(matches!(state, OwnState::Made(_)));
        }
        standing
    }

    /// Records in use that no draw of the year chose.
    fn own_pool(&self, year: i32, register: OwnRegister) -> BTreeSet<CandidateId> {
        let mut pool: BTreeSet<CandidateId> = register.active(self).into_iter().collect();
        for visit in self.own_visits(year, register) {
            pool.remove(&visit.id.record);
        }
        pool
    }

    /// Whether some draw's pool held a record, so that the register must keep it.
    #[must_use]
    pub fn is_own_referenced(&self, register: OwnRegister, id: &str) -> bool {
        let Ok(id) = CandidateId::new(id) else {
            return false;
        };
        let is_in = |draw: &DrawRecord| match &draw.occasion {
            Occasion::Register(own) => own.register == register && own.pool.contains(&id),
            Occasion::Month | Occasion::Supplementary(_) | Occasion::Campaign(_) => false,
        };
        let mut taken_out = self.taken_out.iter();
        taken_out.any(|it| it.own.contains(&id)) || self.draws().any(is_in)
    }

    /// The check to which a record was last drawn in a year, if it was.
    #[must_use]
    pub fn own_visit_to(
        &self,
        year: i32,
        register: OwnRegister,
        id: &CandidateId,
    ) -> Option<&OwnVisit> {
        let visits = self.own_visits(year, register);
        visits.filter(|visit| visit.id.record == *id).last()
    }

    /// The month for which a draw of a year is numbered on a day; none once the year is over.
    fn own_month(year: i32, today: NaiveDate) -> Option<YearMonth> {
        let months = YearMonth::new(year, 1).ok()?.year_months();
        let month = YearMonth::of(today).max(months[0]);
        (month.year() == year).then_some(month)
    }

    pub(super) fn open_register(&mut self, open: OpenRegisterDraw, context: &Context) -> Outcome {
        let OpenRegisterDraw {
            year,
            register,
            count,
        } = open;
        let today = context.now.date();
        let month = Self::own_month(year, today).ok_or(DrawError::OtherYear {
            month: YearMonth::of(today),
            year,
        })?;
        let plan = self.check_ready(month)?.clone();
        let lacking = self.own_year(year, register).lacking();
        if lacking == 0 {
            return Err(DrawError::OwnShareDrawn.into());
        }
        if count == 0 || count > lacking {
            return Err(DrawError::OwnCount { lacking }.into());
        }
        let occasion = Occasion::Register(RegisterDraw {
            register,
            pool: self.own_pool(year, register),
            size: CampaignSize::Count(count),
        });
        let opening = Opening {
            month,
            register: self.empty_register(month),
            outside_window: None,
        };
        let draw = self.sized(opening, occasion, &BTreeSet::new(), &plan, context);
        let event = Event::OpenRegisterDraw(RegisterDrawOpened {
            number: draw.number,
            month,
            register,
            pool: draw.occasion.own_sizes().iter().map(|own| own.1).sum(),
            count,
        });
        // No unit is frozen, so none gets a salt.
        let kept = self.year_mut(month.year()).expect("its plan was found");
        kept.draws.push(draw);
        Ok((Applied::done(), event.into()))
    }

    /// The frozen register of a draw that knows no units and no officers.
    fn empty_register(&self, month: YearMonth) -> FrozenRegister {
        let units = Vec::new();
        FrozenRegister {
            snapshot: Snapshot { month, units },
            sums: Vec::new(),
            sum_of: Vec::new(),
            officers: Vec::new(),
            working_days: working_days(month, &self.calendar()),
            snapshot_root: root(Vec::new()),
            officers_root: officers_root(&[]),
        }
    }
}
