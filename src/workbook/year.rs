//! The years that a workbook keeps side by side: of each its plan and its draws.
//!
//! The registers go on through the years; what belongs to one calendar year stands in
//! its [`Year`]. Draws are numbered anew each year, so that a draw is named by both:
//! [`DrawId`] (engine.md, «Turn of the year»).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::action::{Applied, Context, Outcome};
use super::bulletin::Bulletin;
use super::campaign::CampaignPlan;
use super::event::Event;
use super::event_detail::YearStarted;
use super::other_visit::OtherVisit;
use super::refusal::ActionError;
use super::self_check::{CheckNote, SelfCheck};
use super::statement::ClosedYear;
use super::{AnnualPlan, DrawId, DrawRecord, FrozenPlan, OwnVisits, Visits, Workbook, YEARS};
use crate::engine::calendar::YearMonth;

/// What a workbook keeps of one calendar year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Year {
    /// The calendar year.
    pub year: i32,
    /// The plan that is being worked on.
    pub draft: AnnualPlan,
    /// Frozen plans, oldest first; the last is in force.
    #[serde(default)]
    pub plans: Vec<FrozenPlan>,
    /// Draws in order of number.
    #[serde(default)]
    pub draws: Vec<DrawRecord>,
    /// Visits that the draws chose, in order of their names.
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<super::Visit>"))]
    pub visits: Visits,
    /// Checks of service institutions and engineers that its draws chose, in order of their
    /// names.
    #[serde(default, skip_serializing_if = "super::is_empty")]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "Vec<super::own_visit::OwnVisit>")
    )]
    pub own_visits: OwnVisits,
    /// Visits that no draw chose, in order of number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<OtherVisit>,
    /// Schemes of special campaigns, in order of number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub campaigns: Vec<CampaignPlan>,
    /// 定期核查报告, in order of number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub self_checks: Vec<SelfCheck>,
    /// 说明 that the next report takes in, in order of line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub check_notes: Vec<CheckNote>,
    /// 公示: versions of what was published, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bulletins: Vec<Bulletin>,
    /// Set once the year is closed: from then on nothing of it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<ClosedYear>,
    /// Fields of newer programs, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Year {
    /// A year of which nothing but its draft is there.
    #[must_use]
    pub fn new(draft: AnnualPlan) -> Self {
        Self {
            year: draft.year,
            draft,
            plans: Vec::new(),
            draws: Vec::new(),
            visits: Visits::default(),
            own_visits: OwnVisits::default(),
            others: Vec::new(),
            campaigns: Vec::new(),
            self_checks: Vec::new(),
            check_notes: Vec::new(),
            bulletins: Vec::new(),
            closed: None,
            extra: Map::new(),
        }
    }

    /// The plan in force: the last frozen one, else the draft.
    #[must_use]
    pub fn plan(&self) -> &AnnualPlan {
        self.plans.last().map_or(&self.draft, |frozen| &frozen.plan)
    }

    /// Its twelve months.
    ///
    /// # Panics
    /// Never: January exists in every year that a workbook can hold.
    #[must_use]
    pub fn months(&self) -> [YearMonth; 12] {
        YearMonth::new(self.year, 1)
            .expect("January exists")
            .year_months()
    }
}

impl Workbook {
    /// What is kept of a calendar year, if it is.
    #[must_use]
    pub fn year(&self, year: i32) -> Option<&Year> {
        self.years.iter().find(|known| known.year == year)
    }

    /// To change what is kept of a year: what was worked out of it is forgotten.
    pub(super) fn year_mut(&mut self, year: i32) -> Option<&mut Year> {
        self.visit_index = super::visit::VisitIndexCell::default();
        self.years.iter_mut().find(|known| known.year == year)
    }

    /// The first year kept.
    ///
    /// # Panics
    /// Never: a workbook is made with a year, and one without is not read.
    #[must_use]
    pub fn first_year(&self) -> &Year {
        self.years.first().expect("a workbook has a year")
    }

    /// The last year kept.
    ///
    /// # Panics
    /// Never; as [`Workbook::first_year`].
    #[must_use]
    pub fn last_year(&self) -> &Year {
        self.years.last().expect("a workbook has a year")
    }

    /// The year in which the work is on `today`: that day's, else the next to it kept.
    #[must_use]
    pub fn year_on(&self, today: NaiveDate) -> &Year {
        let begun = self.years.iter().rfind(|year| year.year <= today.year());
        begun.unwrap_or_else(|| self.first_year())
    }

    /// All draws, in order of their names.
    pub fn draws(&self) -> impl DoubleEndedIterator<Item = &DrawRecord> {
        self.years.iter().flat_map(|year| &year.draws)
    }

    /// The last monthly draw that stands and has an outcome.
    #[must_use]
    pub fn last_drawn(&self) -> Option<&DrawRecord> {
        let mut monthly = self
            .standing_draws()
            .filter(|draw| draw.occasion.is_month());
        monthly.next_back()
    }

    /// Draws of units that stand and have an outcome, in order of month.
    pub fn standing_draws(&self) -> impl DoubleEndedIterator<Item = &DrawRecord> {
        let stands = |draw: &&DrawRecord| draw.broken_off.is_none() && draw.drawn.is_some();
        self.draws()
            .filter(|draw| draw.own_register().is_none())
            .filter(stands)
    }

    /// The draw with this name.
    #[must_use]
    pub fn draw(&self, id: DrawId) -> Option<&DrawRecord> {
        let mut draws = self.year(id.year)?.draws.iter();
        draws.find(|draw| draw.number == id.number)
    }

    /// The draw that a text of an address names: by its whole name, or, in one of an older
    /// program, by its number, which is then the last year's that has it.
    #[must_use]
    pub fn draw_named(&self, text: &str) -> Option<DrawId> {
        let number = text.parse::<u32>();
        let by_number = |number| {
            let mut draws = self.draws().rev().map(DrawRecord::id);
            draws.find(|draw| draw.number == number)
        };
        text.parse()
            .ok()
            .or_else(|| number.ok().and_then(by_number))
    }

    /// The plan in force in the year of a month; the last year's for one that is not kept.
    #[must_use]
    pub fn plan_in(&self, month: YearMonth) -> &AnnualPlan {
        let year = self.year(month.year());
        year.unwrap_or_else(|| self.last_year()).plan()
    }
}

/// Month from which the next year may be begun.
const NEXT_YEAR_FROM_MONTH: u32 = 11;

impl Workbook {
    /// The first day on which the year after the last one kept may be begun: its January
    /// is drawn in December, under a plan frozen before.
    #[must_use]
    pub fn next_year_from(&self) -> NaiveDate {
        let day = NaiveDate::from_ymd_opt(self.last_year().year, NEXT_YEAR_FROM_MONTH, 1);
        day.expect("November has a first day in every year that a workbook can hold")
    }

    /// The year that may be begun on `today`, if one may; none in an archive.
    #[must_use]
    pub fn year_to_start(&self, today: NaiveDate) -> Option<i32> {
        let next = self.last_year().year + 1;
        let may = !self.is_archive() && YEARS.contains(&next);
        (may && today >= self.next_year_from()).then_some(next)
    }

    /// Begins the year after the last one kept: the registers go on, shares and rules are
    /// copied into its draft.
    pub(super) fn start_year(&mut self, year: i32, context: &Context) -> Outcome {
        if self.year_to_start(context.now.date()) != Some(year) {
            let from = self.next_year_from();
            return Err(ActionError::YearTooEarly { year, from });
        }
        let plan = AnnualPlan {
            year,
            ..self.last_year().plan().clone()
        };
        self.years.push(Year::new(plan));
        let event = Event::StartYear(YearStarted { year });
        Ok((Applied::done(), event.into()))
    }
}

impl DrawRecord {
    /// Its name.
    #[must_use]
    pub fn id(&self) -> DrawId {
        DrawId::new(self.month.year(), self.number)
    }
}
