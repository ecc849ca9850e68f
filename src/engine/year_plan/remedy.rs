//! The smallest changes that make a year fit, each by itself.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::engine::calendar::WorkdayCalendar;
use crate::engine::demand::{CellDemand, Rules, demands};
use crate::engine::design::{AnnualDesign, TWICE_OFF};
use crate::engine::draw::blocked_units;
use crate::engine::duty::{MonthCapacity, OfficerDuty, year_capacity};
use crate::engine::pace::{Advance, Pace};
use crate::engine::quota::{Limits, Window, lacking};
use crate::engine::snapshot::Snapshot;
use crate::engine::year_plan::Lending;
use crate::model::{CandidateId, DrawLevel, Share, Stratum};

/// Officers on loan in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthLoan {
    /// 1…12.
    pub month: u32,
    /// Officer-days on top of those planned, on the days where they help most.
    pub officer_days: u32,
    /// How many of them must be of officers qualified to lead.
    pub lead_days: u32,
}

/// A change that by itself makes a year fit; of its kind the smallest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "remedy")]
pub enum Remedy {
    /// Officers on loan; with one officer-day less in any month it does not fit.
    OfficerDays {
        /// The months in which they are needed, in order.
        months: Vec<MonthLoan>,
    },
    /// All target shares lowered by one factor, see [`lower_shares`].
    LowerShares {
        /// How much of the way down to the legal floors, in whole percent.
        percent: u32,
        /// First visits of the year that fall away.
        saved: u32,
    },
    /// Second visits from a higher level on, and with it a smaller early cell.
    TwiceLevel {
        /// The level; [`TWICE_OFF`] = no second visits.
        level: u8,
    },
}

/// The design with every target share lowered by `percent` of its distance from
/// the legal floor: 0 changes nothing, 100 leaves the floors.
///
/// ```
/// use double_random::engine::design::AnnualDesign;
/// use double_random::engine::year_plan::lower_shares;
/// use double_random::model::Share;
/// let lowered = lower_shares(&AnnualDesign::default(), 40);
/// assert_eq!(lowered.shares[1], [80, 83, 89, 92, 92, 92].map(Share::from_percent));
/// ```
#[must_use]
pub fn lower_shares(design: &AnnualDesign, percent: u32) -> AnnualDesign {
    let mut lowered = design.clone();
    for stratum in Stratum::ALL {
        for (at, share) in lowered.shares[stratum.index()].iter_mut().enumerate() {
            let floor = stratum.legal_floor().ppb();
            let above = design
                .share(stratum, DrawLevel::from_points(at as i32))
                .ppb()
                - floor;
            let kept = u64::from(above) * u64::from(100 - percent.min(100)) / 100;
            // Between the floor and the share, so a share itself.
            *share = Share::from_ppb(floor + kept as u32).unwrap_or(*share);
        }
    }
    lowered
}

/// The remedies that make the year fit, each alone and each the smallest of its
/// kind; those that do not suffice are left out. Empty if the year fits.
///
/// A failing window violates Hall's condition (Hall 1935): only fewer visits due
/// in it or more places in it help, so there are no other kinds of remedies.
pub async fn remedies(
    snapshot: &Snapshot,
    officers: &[OfficerDuty],
    design: &AnnualDesign,
    calendar: &WorkdayCalendar,
    pace: &impl Pace,
) -> Vec<Remedy> {
    let days = calendar.working_days(snapshot.month);
    let blocked = blocked_units(snapshot, &days, officers, design.per_day);
    let case = Case {
        snapshot,
        officers,
        design,
        calendar,
        blocked: &blocked.into_iter().map(|blocked| blocked.unit).collect(),
        holds: &year_capacity(snapshot.month, officers, design, calendar),
        carried: snapshot.units.iter().filter(|unit| unit.pending).count() as u32,
    };
    let mut found = Vec::new();
    if case.fits(design) {
        return found;
    }
    // In the order in which they are named.
    let kinds = [Case::officer_days, Case::lower_shares, Case::twice_level];
    for (at, remedy) in kinds.iter().enumerate() {
        pace.rest(Advance::running(at, kinds.len())).await;
        found.extend(remedy(&case));
    }
    found
}

/// A year that may not fit.
struct Case<'a> {
    snapshot: &'a Snapshot,
    officers: &'a [OfficerDuty],
    design: &'a AnnualDesign,
    calendar: &'a WorkdayCalendar,
    blocked: &'a BTreeSet<CandidateId>,
    holds: &'a [MonthCapacity; 12],
    /// Units whose visit is carried. Counted once: remedies are tried by the thousand.
    carried: u32,
}

impl Case<'_> {
    fn month(&self) -> u32 {
        self.snapshot.month.month()
    }

    /// The cells by the rule *full*.
    fn cells(&self, design: &AnnualDesign) -> Vec<CellDemand> {
        let rules = Rules {
            twice_level: design.twice_level,
            blocked: self.blocked,
            early: true,
        };
        demands(self.snapshot, design, &rules).cells
    }

    /// Where `cells` do not fit into the months with these capacities.
    fn lacking(&self, capacity: [u32; 12], cells: &[CellDemand]) -> Option<Window> {
        let limits = Limits::after_carried(self.month(), capacity, [0; 12], self.carried);
        lacking(self.month(), &limits, cells)
    }

    fn fits(&self, design: &AnnualDesign) -> bool {
        let capacity = self.holds.map(|month| month.capacity);
        self.lacking(capacity, &self.cells(design)).is_none()
    }

    /// The least factor that suffices, in whole percent.
    fn lower_shares(&self) -> Option<Remedy> {
        let lowered = |percent| lower_shares(self.design, percent);
        if !self.fits(&lowered(100)) {
            return None;
        }
        let (mut fails, mut percent) = (0, 100);
        while percent - fails > 1 {
            let middle = (fails + percent) / 2;
            if self.fits(&lowered(middle)) {
                percent = middle;
            } else {
                fails = middle;
            }
        }
        let due = |design: &AnnualDesign| -> u32 {
            self.cells(design).iter().map(|cell| cell.demand).sum()
        };
        let saved = due(self.design).saturating_sub(due(&lowered(percent)));
        Some(Remedy::LowerShares { percent, saved })
    }

    /// The lowest level above the plan's that suffices.
    fn twice_level(&self) -> Option<Remedy> {
        let fits = |level: u8| {
            self.fits(&AnnualDesign {
                twice_level: level,
                ..self.design.clone()
            })
        };
        // Off demands least: where it does not suffice, no level does.
        if self.design.twice_level >= TWICE_OFF || !fits(TWICE_OFF) {
            return None;
        }
        let mut higher = self.design.twice_level + 1..=TWICE_OFF;
        let level = higher.find(|level| fits(*level))?;
        Some(Remedy::TwiceLevel { level })
    }

    /// Officers on loan: as many visits more as lack, spread over the months
    /// that can take them, with the fewest officer-days for each month.
    fn officer_days(&self) -> Option<Remedy> {
        let cells = self.cells(self.design);
        let lending = self.snapshot.month.year_months().map(|month| {
            let days = self.calendar.working_days(month);
            Lending::new(&days, self.officers, self.design.per_day)
        });
        let visits = self.spread(self.missing(&cells), &cells);
        let permille = u64::from(self.design.capacity_permille);
        if permille == 0 {
            return None;
        }
        let mut lent = [0; 12];
        for at in (0..12).filter(|at| visits[*at] > 0) {
            // Of these, `places × permille / 1000` rounded down is enough.
            let wanted = u64::from(self.holds[at].capacity + visits[at]) * 1000;
            let places = wanted.div_ceil(permille) as u32;
            lent[at] = lending[at].officer_days(places.saturating_sub(self.holds[at].places))?;
        }
        self.trim(&mut lent, &lending, &cells);
        let loan = |(at, officer_days): (usize, u32)| MonthLoan {
            month: at as u32 + 1,
            officer_days,
            lead_days: lending[at].lend(officer_days).lead_days(),
        };
        let months = lent.into_iter().enumerate().filter(|month| month.1 > 0);
        Some(Remedy::OfficerDays {
            months: months.map(loan).collect(),
        })
    }

    /// Capacities with so many visits more.
    fn with(&self, more: &[u32; 12]) -> [u32; 12] {
        std::array::from_fn(|at| self.holds[at].capacity + more[at])
    }

    /// The fewest visits that have to be added, in the last month of each window
    /// that lacks: by then all that is due in it is released, so nothing serves
    /// it and the windows after it better.
    fn missing(&self, cells: &[CellDemand]) -> [u32; 12] {
        let mut more = [0; 12];
        while let Some(window) = self.lacking(self.with(&more), cells) {
            more[window.last as usize - 1] += window.lack.max(1);
        }
        more
    }

    /// The same visits as evenly over the months before as the year still fits.
    fn spread(&self, mut more: [u32; 12], cells: &[CellDemand]) -> [u32; 12] {
        for from in (0..12).filter(|at| more[*at] > 0).collect::<Vec<_>>() {
            let mut open: Vec<usize> = (self.month() as usize - 1..from).collect();
            while let Some(&to) = open.iter().min_by_key(|at| (more[**at], 12 - **at)) {
                if more[to] + 1 >= more[from] {
                    break;
                }
                let mut moved = more;
                (moved[from], moved[to]) = (more[from] - 1, more[to] + 1);
                if self.lacking(self.with(&moved), cells).is_none() {
                    more = moved;
                } else {
                    open.retain(|at| *at != to);
                }
            }
        }
        more
    }

    /// Takes away officer-days that rounding made superfluous.
    fn trim(&self, lent: &mut [u32; 12], lending: &[Lending; 12], cells: &[CellDemand]) {
        let capacity = |at: usize, officer_days: u32| {
            let places = self.holds[at].places + lending[at].lend(officer_days).places;
            (u64::from(places) * u64::from(self.design.capacity_permille) / 1000) as u32
        };
        let mut holds: [u32; 12] = std::array::from_fn(|at| capacity(at, lent[at]));
        for at in 0..12 {
            while lent[at] > 0 {
                let less = capacity(at, lent[at] - 1);
                let enough = std::mem::replace(&mut holds[at], less);
                if self.lacking(holds, cells).is_some() {
                    holds[at] = enough;
                    break;
                }
                lent[at] -= 1;
            }
        }
    }
}
