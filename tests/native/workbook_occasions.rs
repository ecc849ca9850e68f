//! A month with several draws: supplementary ones and campaigns go through the
//! ceremony, prove themselves, and leave the rest of the workbook right.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use double_random::desk::list::Index;
use double_random::desk::unit_list::MonthPlace;
use double_random::engine::calendar::YearMonth;
use double_random::engine::campaign::CampaignSize;
use double_random::engine::draw::DrawGroup;
use double_random::engine::occasion::{Occasion, Supplement};
use double_random::model::{
    CandidateId, Finding, Officer, OfficerId, Share, Stratum, Unit, UnitId,
};
use double_random::workbook::campaign::{CampaignKind, CampaignPlan};
use double_random::workbook::request::{
    BreakOff, Commit, EntropyChoice, EntropyGiven, OpenCampaign, OpenDraw, OpenSupplementary,
    RunDraw,
};
use double_random::workbook::{
    Action, ActionError, Brigade, DrawError, DrawId, VisitSource, Workbook, trail,
};

use crate::approval::approve;
use crate::desk::AtDesk;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn month(text: &str) -> YearMonth {
    text.parse().unwrap()
}

/// A brigade at its desk.
struct Desk(Workbook);

impl AtDesk for Desk {
    fn book(&mut self) -> &mut Workbook {
        &mut self.0
    }
}

impl Desk {
    fn add_units(&mut self, now: &str, numbers: std::ops::Range<usize>) {
        for number in numbers {
            let mut unit = Unit::new(UnitId::new("X").unwrap(), format!("单位{number}"));
            unit.is_key = number % 3 == 0;
            unit.is_densely_populated = number % 6 == 0;
            self.act(now, Action::AddUnit(Box::new(unit)));
        }
    }

    /// Commits and draws the draw under way.
    fn finish(&mut self, day: &str) {
        let number = self.0.open_draw_record().unwrap().number;
        let commit = Commit {
            number,
            entropy: EntropyChoice::Local,
            shown_at: "大队公示栏".into(),
        };
        self.act(&format!("{day}T10:00:00"), Action::Commit(commit));
        let entropy = EntropyGiven::Local([number as u8; 32]);
        let run = RunDraw { number, entropy };
        self.act(&format!("{day}T10:10:00"), Action::Draw(run));
        approve(&mut self.0);
    }

    fn open(month_text: &str) -> Action {
        Action::OpenDraw(OpenDraw {
            month: month(month_text),
            reason: String::new(),
            salt_seed: [7; 32],
        })
    }

    fn supplement(reason: &str) -> Action {
        Action::OpenSupplementary(OpenSupplementary {
            month: month("2026-02"),
            reason: reason.into(),
            salt_seed: [8; 32],
        })
    }

    /// A scheme for all key units in February.
    fn scheme(is_combined: bool, count: u32) -> CampaignPlan {
        let (from, to) = (date("2026-02-01"), date("2026-02-28"));
        let mut plan = CampaignPlan::new("重点单位用电专项", CampaignKind::Season, from, to);
        plan.filter.strata = [Stratum::A, Stratum::B].into();
        plan.is_combined = is_combined;
        plan.size = CampaignSize::Count(count);
        plan
    }

    /// Puts a scheme down; the action that opens its draw.
    fn put(&mut self, now: &str, plan: CampaignPlan) -> Action {
        self.act(now, Action::PutCampaign(2026, Box::new(plan)));
        let campaign = self.0.years[0].campaigns.len() as u32;
        Action::OpenCampaign(OpenCampaign {
            month: month("2026-02"),
            campaign,
            filter: "全部重点单位".into(),
            salt_seed: [9; 32],
        })
    }

    fn campaign(&mut self, is_combined: bool, count: u32) -> Action {
        self.put("2026-02-10T08:00:00", Self::scheme(is_combined, count))
    }

    /// January and February drawn; one visit of January was not made.
    fn in_february() -> Self {
        let brigade = Brigade::new("南宫市消防救援大队");
        let mut desk = Self(Workbook::new("0123456789abcdef", brigade, 2026));
        let day = "2025-12-20T09:00:00";
        desk.add_units(day, 0..90);
        for number in 0..7 {
            let id = OfficerId::new("X").unwrap();
            let mut officer = Officer::new(id, format!("人员{number}"));
            officer.may_lead = number % 2 == 0;
            desk.act(day, Action::AddOfficer(Box::new(officer)));
        }
        let freeze = Action::FreezePlan {
            year: 2026,
            approver: "鄢立群".into(),
            reason: String::new(),
        };
        desk.act("2025-12-25T09:00:00", freeze);
        desk.act("2025-12-30T09:00:00", Self::open("2026-01"));
        desk.finish("2025-12-30");
        let mut january: Vec<UnitId> = desk.0.pending_visits(2026).into_keys().collect();
        // The first by day: one whose day is over when February is frozen.
        january.sort_by_key(|unit| {
            desk.0
                .planned_visit(unit, DrawId::new(i32::MAX, 0))
                .map(|visit| visit.day)
        });
        for unit in &january[1..] {
            desk.visit("2026-01-28", unit);
        }
        desk.act("2026-01-30T09:00:00", Self::open("2026-02"));
        desk.finish("2026-01-30");
        assert!(
            desk.0.years[0].draws[1]
                .sizes
                .carried
                .contains(&(&january[0]).into())
        );
        desk
    }

    fn visit(&mut self, day: &str, unit: &UnitId) {
        let visit = Action::RecordVisit {
            unit: unit.clone(),
            date: date(day),
            finding: Finding::None,
        };
        self.act(&format!("{day}T17:00:00"), visit);
    }

    /// After two visits of February, one of them carried, 60 units are found that
    /// were forgotten.
    fn mended() -> Self {
        let mut desk = Self::in_february();
        let february = &desk.0.years[0].draws[1];
        let carried = february.sizes.carried.first().unwrap();
        let drawn = february.drawn_units().next().unwrap();
        let [carried, drawn] = [carried, drawn].map(|id| desk.0.register_id(id));
        desk.visit("2026-02-05", &carried);
        desk.visit("2026-02-06", &drawn);
        desk.add_units("2026-02-09T09:00:00", 90..150);
        desk
    }

    /// All draws prove themselves, chain and all, by what is published of them.
    #[track_caller]
    fn assert_proved(&self) {
        let line = std::panic::Location::caller().line();
        crate::packages::assert_published_proves(&format!("occasions-{line}"), &self.0);
    }
}

/// A month that was supplemented, had a campaign, and was supplemented again.
pub fn added_to() -> Workbook {
    let mut desk = Desk::mended();
    desk.act("2026-02-10T09:00:00", Desk::supplement("补录"));
    desk.finish("2026-02-10");
    let open = desk.put("2026-02-11T08:00:00", Desk::scheme(false, 3));
    desk.act("2026-02-11T09:00:00", open);
    desk.finish("2026-02-11");
    desk.add_units("2026-02-13T09:00:00", 150..230);
    desk.act("2026-02-13T09:10:00", Desk::supplement("再补"));
    desk.finish("2026-02-13");
    desk.0
}

/// A supplement after a campaign has the month's own certificates with it, so that nothing
/// is left open.
#[test]
fn each_draw_of_a_month_is_published_with_those_that_it_adds_to() {
    let book = added_to();
    let before = |number| {
        let draw = book.draw(DrawId::new(2026, number)).unwrap();
        let before = book.certificates_before(draw).into_iter();
        before.map(|it| it.commitment.number).collect::<Vec<u32>>()
    };
    // The draw before stands in the file by itself.
    assert_eq!(
        [2, 3, 4, 5].map(before),
        [vec![], vec![], vec![2], vec![3, 2]]
    );
    crate::packages::assert_published_proves("added", &book);
}

#[test]
fn a_supplementary_draw_adds_to_a_drawn_month() {
    let mut desk = Desk::mended();
    let before = desk.0.years[0].draws[1].clone();
    let visits_before = desk.0.month_visits(month("2026-02"));
    desk.act(
        "2026-02-10T09:00:00",
        Desk::supplement("比对住建名单，补录 60 户"),
    );
    desk.finish("2026-02-10");
    assert_eq!(
        desk.0.years[0].draws[1], before,
        "what is drawn stays drawn"
    );
    let draw = &desk.0.years[0].draws[2];
    let Occasion::Supplementary(Supplement {
        to, drawn, from, ..
    }) = &draw.occasion
    else {
        panic!("{:?}", draw.occasion);
    };
    assert_eq!(*to, BTreeSet::from([2]));
    assert_eq!(*drawn, before.drawn_units().cloned().collect());
    assert_eq!(*from, date("2026-02-11"));
    // What was visited since is undone in the mended register, and carried as before.
    assert_eq!(draw.sizes.carried, before.sizes.carried);
    let carried = draw.sizes.carried.first().unwrap();
    let seen = draw.register.snapshot.unit(carried).unwrap();
    assert!(seen.pending && seen.count == 0 && seen.last.is_none());
    let count = draw.drawn_units().count();
    assert!(count > 0);
    assert!(draw.drawn_units().all(|unit| !drawn.contains(unit)));

    // Its visits are pending visits of the month, beside those of the first draw.
    let pending = desk.0.pending_visits(2026);
    assert!(
        draw.drawn_units()
            .all(|unit| pending.get(&desk.0.register_id(unit)) == Some(&DrawId::new(2026, 3)))
    );
    let plan = &draw.drawn.as_ref().unwrap().plan;
    let rows = desk.0.month_visits(month("2026-02"));
    assert_eq!(rows.len(), visits_before.len() + plan.visits.len());
    let numbers: Vec<u32> = rows.iter().map(|row| row.row_number).collect();
    assert_eq!(numbers, (1..=rows.len() as u32).collect::<Vec<_>>());
    assert_eq!(desk.0.visit_rows(draw).len(), plan.visits.len());
    let strip = desk.0.month_strip(month("2026-02"));
    let on_strip: u32 = strip
        .iter()
        .map(|day| day.made_count + day.planned_count)
        .sum();
    assert_eq!(on_strip as usize, rows.len());
    // Nobody has two visits on one day, and nothing stands before the first day.
    let mut duties = BTreeMap::new();
    for row in &rows {
        for officer in [&row.lead, &row.member] {
            *duties.entry((officer.clone(), row.day)).or_insert(0) += 1;
        }
    }
    assert!(duties.values().all(|count| *count == 1));
    assert!(plan.visits.values().all(|visit| visit.day >= *from));

    // The month still has one monthly draw, and the lists tell both.
    assert_eq!(desk.0.draw_of(month("2026-02")).unwrap().number, 2);
    assert_eq!(desk.0.draws_of(month("2026-02")).count(), 2);
    assert_eq!(desk.0.last_drawn().unwrap().number, 2);
    assert_eq!(desk.0.next_month(date("2026-02-11")), month("2026-03"));
    let index = Index::<Unit>::new(&desk.0, date("2026-02-11"));
    for (unit, row) in desk.0.units.iter().zip(&index.rows) {
        let is_drawn =
            drawn.contains(&unit.draw_id()) || draw.drawn_units().any(|id| unit.is_named(id));
        assert_eq!(row.place == MonthPlace::Drawn, is_drawn, "{}", unit.id);
    }
    for unit in plan.visits.keys() {
        assert!(
            desk.0
                .visit_reason(draw, &desk.0.register_id(unit))
                .is_some()
        );
    }
    let entry = desk
        .0
        .trail
        .iter()
        .find(|entry| entry.action == "open_supplementary");
    assert_eq!(entry.unwrap().why, "比对住建名单，补录 60 户");
    assert_eq!(trail::first_break(&desk.0.trail), None);
    desk.assert_proved();
}

#[test]
fn supplements_are_numbered_on_and_the_year_goes_on() {
    let mut desk = Desk::mended();
    desk.act("2026-02-10T09:00:00", Desk::supplement("补录"));
    desk.finish("2026-02-10");
    let made = desk.0.years[0].draws[2].drawn_units().next().unwrap();
    let made = desk.0.register_id(made);
    desk.visit("2026-02-12", &made);
    // Nothing lacks until the register is mended again.
    desk.refuses(
        "2026-02-13T09:00:00",
        Desk::supplement("再补"),
        DrawError::NothingLacks,
    );
    desk.add_units("2026-02-13T09:00:00", 150..230);
    desk.act("2026-02-13T09:10:00", Desk::supplement("再补"));
    let number = desk.0.open_draw_record().unwrap().number;
    assert_eq!(
        desk.0.shown_draw(month("2026-02"), None).unwrap().number,
        number
    );
    assert_eq!(
        desk.0.shown_draw(month("2026-02"), Some(2)).unwrap().number,
        2
    );
    let broken = BreakOff {
        number,
        reason: "名录还要再核".into(),
        approver: "鄢立群".into(),
        nobody_revealed: false,
    };
    desk.act("2026-02-13T09:20:00", Action::BreakOff(broken));
    assert_eq!(
        desk.0
            .shown_draw(month("2026-02"), Some(number))
            .unwrap()
            .number,
        2
    );
    desk.act("2026-02-13T09:30:00", Desk::supplement("再补"));
    desk.finish("2026-02-13");
    let third = desk.0.years[0].draws[4].clone();
    let Occasion::Supplementary(Supplement { to, drawn, .. }) = &third.occasion else {
        panic!("{:?}", third.occasion);
    };
    assert_eq!(*to, BTreeSet::from([2, 3]));
    let all: BTreeSet<CandidateId> = desk.0.years[0].draws[1..3]
        .iter()
        .flat_map(|draw| draw.drawn_units())
        .cloned()
        .collect();
    assert_eq!(*drawn, all);
    desk.act("2026-02-27T09:00:00", Desk::open("2026-03"));
    desk.finish("2026-02-27");
    let march = desk.0.years[0].draws.last().unwrap();
    assert!(
        third
            .drawn_units()
            .all(|unit| march.sizes.carried.contains(unit))
    );
    assert!(desk.0.changes_of(march).is_some());
    desk.assert_proved();
    // A month before the last cannot be added to: the next draw makes it up.
    let drawn = month("2026-03");
    desk.refuses(
        "2026-02-28T09:00:00",
        Desk::supplement("晚了"),
        DrawError::Order { drawn },
    );
    // The whole stays the same through its file.
    let text = serde_json::to_string(&desk.0).unwrap();
    let back: Workbook = serde_json::from_str(&text).unwrap();
    assert_eq!(back, desk.0);
}

#[test]
fn a_combined_campaign_takes_the_plan_first() {
    let mut desk = Desk::mended();
    let pending_before = desk.0.pending_visits(2026);
    let is_key = |unit: &&UnitId| desk.0.unit(unit).unwrap().is_key;
    let planned = pending_before.keys().filter(is_key).count() as u32;
    assert!(planned > 0);
    let open = desk.campaign(true, planned + 3);
    desk.act("2026-02-10T09:00:00", open);
    desk.finish("2026-02-10");
    let draw = &desk.0.years[0].draws[2];
    let groups = &draw.drawn.as_ref().unwrap().result.groups;
    let names: Vec<DrawGroup> = groups.iter().map(|group| group.group).collect();
    assert_eq!(names, [DrawGroup::Combined, DrawGroup::Campaign]);
    assert_eq!(groups[0].draw.drawn.len() as u32, planned);
    assert_eq!(draw.drawn_units().count(), 3);
    // A visit that was planned keeps its draw; the others are the campaign's.
    let pending = desk.0.pending_visits(2026);
    for (unit, number) in &pending_before {
        assert_eq!(pending.get(unit), Some(number));
    }
    assert_eq!(pending.len(), pending_before.len() + 3);
    let rows = desk.0.visit_rows(draw);
    assert!(rows.iter().all(|row| row.source == VisitSource::Campaign));
    desk.assert_proved();

    // What a campaign visits counts towards a floor, but not as chosen at random.
    let visited = draw.drawn_units().next().unwrap();
    let by_rule = desk.0.years[0].draws[1].drawn_units().nth(1).unwrap();
    let [visited, by_rule] = [visited, by_rule].map(|id| desk.0.register_id(id));
    desk.visit("2026-02-24", &visited);
    desk.visit("2026-02-24", &by_rule);
    let visits = desk.0.counted_visits(2026);
    let of = |unit: &UnitId| {
        visits
            .iter()
            .find(|visit| visit.unit == unit.into())
            .unwrap()
    };
    assert!(!of(&visited).at_random && of(&by_rule).at_random);
}

#[test]
fn a_plain_campaign_leaves_planned_units_alone() {
    let mut desk = Desk::mended();
    let pending = desk.0.pending_visits(2026);
    let open = desk.campaign(false, 4);
    desk.act("2026-02-10T09:00:00", open);
    desk.finish("2026-02-10");
    let draw = &desk.0.years[0].draws[2];
    assert_eq!(draw.drawn_units().count(), 4);
    assert!(
        draw.drawn_units()
            .all(|unit| !pending.contains_key(&desk.0.register_id(unit)))
    );
    let Occasion::Campaign(campaign) = &draw.occasion else {
        panic!("{:?}", draw.occasion);
    };
    assert_eq!(campaign.id, "2026-01");
    // A supplement after it counts the campaign's units as taken.
    desk.act("2026-02-11T09:00:00", Desk::supplement("补录"));
    desk.finish("2026-02-11");
    let [campaign, supplement] = [&desk.0.years[0].draws[2], &desk.0.years[0].draws[3]];
    let drawn: BTreeSet<&CandidateId> = campaign.drawn_units().collect();
    assert!(supplement.drawn_units().all(|unit| !drawn.contains(unit)));
    let rows = desk.0.month_visits(month("2026-02"));
    let units: BTreeSet<&UnitId> = rows.iter().map(|row| &row.unit).collect();
    assert_eq!(
        units.len(),
        rows.len(),
        "nobody is visited twice in the month"
    );
}

#[test]
fn what_cannot_be_added_is_refused() {
    let mut desk = Desk::in_february();
    let now = "2026-02-10T09:00:00";
    desk.refuses(now, Desk::supplement(" "), ActionError::NoReason);
    desk.refuses(now, Desk::supplement("核过"), DrawError::NothingLacks);
    let march = month("2026-03");
    let early = Action::OpenSupplementary(OpenSupplementary {
        month: march,
        reason: "补录".into(),
        salt_seed: [8; 32],
    });
    desk.refuses(now, early, DrawError::NotDrawn { month: march });
    let none = desk.campaign(true, 0);
    desk.refuses(now, none, DrawError::EmptyCampaign);
    let mut nobody = Desk::scheme(false, 3);
    nobody.filter.categories.insert("医院".into());
    nobody.size = CampaignSize::Ratio(Share::ALL);
    let nobody = desk.put(now, nobody);
    desk.refuses(now, nobody, DrawError::EmptyCampaign);
    let open = desk.campaign(false, 2);
    desk.act(now, open);
    let number = 3;
    desk.refuses(
        now,
        Desk::supplement("补录"),
        ActionError::DrawOpen { number },
    );
}
