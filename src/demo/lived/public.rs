//! What the brigade makes public: plans once they are approved, results on Fridays, the draws
//! and the annual plan with the plans.

use chrono::{Datelike, NaiveDate, Weekday};

use super::desk::Desk;
use crate::papers::public_paper;
use crate::workbook::Action;
use crate::workbook::bulletin::BulletinOf;
use crate::workbook::publishing::{BulletinState, Publish};

/// Where everything stands.
const PLACE: &str = "南宫市政府网站，大队公示栏";
/// Why a plan is published again.
const CHANGED: &str = "计划变更";

impl Desk {
    /// Publishes what waits: plans and draws as soon as they are there, results once a week.
    pub(super) fn publish(&mut self, day: NaiveDate) {
        let year = self.book.first_year().year;
        let states = self.book.bulletin_states(year, day);
        for state in states.iter().filter(|state| state.waiting > 0) {
            let is_then = match state.of {
                BulletinOf::Results(_) => day.weekday() == Weekday::Fri,
                // A change of a plan is told at the week's end, with what else changed.
                BulletinOf::Plan(_) => state.last.is_none() || day.weekday() == Weekday::Fri,
                BulletinOf::Statement
                | BulletinOf::Draws
                | BulletinOf::YearPlan
                | BulletinOf::Items => true,
            };
            if is_then {
                self.publish_one(state, day);
            }
        }
    }

    fn publish_one(&mut self, state: &BulletinState, day: NaiveDate) {
        let Some(made) = public_paper(&self.book, state.year, state.of, day) else {
            return;
        };
        let fingerprint = made.fingerprint();
        self.act(Action::PublishBulletin(Publish {
            year: state.year,
            of: state.of,
            date: day,
            places: PLACE.into(),
            why: if state.is_correction() { CHANGED } else { "" }.into(),
            fingerprint,
            rows: made.paper.rows.len() as u32,
            withheld: made.withheld.len() as u32,
        }));
    }
}
