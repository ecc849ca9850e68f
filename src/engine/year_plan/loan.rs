//! Officers on loan: how many visits so many officer-days add to a month.

use chrono::NaiveDate;

use crate::engine::duty::{OfficerDuty, places};

/// Officers on loan on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayLoan {
    /// How many.
    pub officers: u32,
    /// How many of them have to be qualified to lead.
    pub leads: u32,
}

/// What officers on loan add to a month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lent {
    /// Places more.
    pub places: u32,
    /// Who is lent on each working day.
    pub by_day: Vec<DayLoan>,
}

impl Lent {
    /// Officer-days whose officer has to be qualified to lead.
    #[must_use]
    pub fn lead_days(&self) -> u32 {
        self.by_day.iter().map(|day| day.leads).sum()
    }
}

/// The working days of a month, as far as officers on loan are concerned.
#[derive(Debug, Clone)]
pub struct Lending {
    days: Vec<Day>,
    per_day: u32,
}

/// Officers of one day, those lent included.
#[derive(Debug, Clone, Copy)]
struct Day {
    present: u32,
    /// Qualified to lead, without those lent.
    lead: u32,
    lent: u32,
}

impl Day {
    /// Places with `more` lent besides, all qualified to lead.
    fn places(self, more: u32, per_day: u32) -> u32 {
        let lent = self.lent + more;
        places(self.present + lent, self.lead + lent, per_day)
    }

    /// Places that `more` add.
    fn gain(self, more: u32, per_day: u32) -> u32 {
        self.places(more, per_day) - self.places(0, per_day)
    }

    fn loan(self, per_day: u32) -> DayLoan {
        DayLoan {
            officers: self.lent,
            leads: self.lead_lent(0, per_day),
        }
    }

    /// Officers lent who have to be qualified to lead, with `more` lent besides.
    fn lead_lent(self, more: u32, per_day: u32) -> u32 {
        let leads = self.places(more, per_day).div_ceil(per_day);
        leads.saturating_sub(self.lead)
    }
}

impl Lending {
    /// The month with these working days and officers.
    #[must_use]
    pub fn new(days: &[NaiveDate], officers: &[OfficerDuty], per_day: u32) -> Self {
        let day = |day: &NaiveDate| {
            let present = officers.iter().filter(|officer| officer.is_present(*day));
            let (present, lead) = present.fold((0, 0), |(present, lead), officer| {
                (present + 1, lead + u32::from(officer.lead))
            });
            Day {
                present,
                lead,
                lent: 0,
            }
        };
        Self {
            days: days.iter().map(day).collect(),
            per_day,
        }
    }

    /// The most places that `officer_days` can add, on the days where they help
    /// most: a lead where one is missing, a partner where one is left over, else
    /// pairs, spread over the days.
    ///
    /// Beyond the single officers two officer-days add `per_day` places on any
    /// day, and no two add more; so taking the best first is the most there is.
    #[must_use]
    pub fn lend(&self, officer_days: u32) -> Lent {
        let per_day = self.per_day;
        let mut days = self.days.clone();
        if days.is_empty() || per_day == 0 {
            return Lent::default();
        }
        let mut left = officer_days;
        while left > 0 {
            let one = days.iter_mut().max_by_key(|day| day.gain(1, per_day));
            // Half of what a pair adds is no better than a pair.
            let Some(day) = one.filter(|day| 2 * day.gain(1, per_day) > per_day) else {
                break;
            };
            day.lent += 1;
            left -= 1;
        }
        while left > 1 {
            let leads = |day: &Day| day.lead_lent(2, per_day) - day.lead_lent(0, per_day);
            if let Some(day) = days.iter_mut().min_by_key(|day| (leads(day), day.lent)) {
                day.lent += 2;
            }
            left -= 2;
        }
        if let Some(day) = days.iter_mut().max_by_key(|day| day.gain(1, per_day)) {
            day.lent += left;
        }
        let added =
            |(day, before): (&Day, &Day)| day.places(0, per_day) - before.places(0, per_day);
        Lent {
            places: days.iter().zip(&self.days).map(added).sum(),
            by_day: days.iter().map(|day| day.loan(per_day)).collect(),
        }
    }

    /// The fewest officer-days that add `places` places; `None` if none do.
    #[must_use]
    pub fn officer_days(&self, places: u32) -> Option<u32> {
        // Pairs alone need no more than two officer-days for a place.
        let (mut least, mut most) = (0, 2 * places + 2);
        if self.lend(most).places < places {
            return None;
        }
        while least < most {
            let middle = (least + most) / 2;
            if self.lend(middle).places >= places {
                most = middle;
            } else {
                least = middle + 1;
            }
        }
        Some(most)
    }
}
