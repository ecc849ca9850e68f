//! Special campaigns: schemes put down, changed and withdrawn, what they would come to, what
//! refuses their draw, and what came of it.

use chrono::NaiveDate;
use double_random::engine::campaign::CampaignSize;
use double_random::engine::draw::DrawGroup;
use double_random::engine::occasion::Occasion;
use double_random::model::{
    Finding, InspectionItem, Officer, OfficerId, Share, Stratum, Unit, UnitId,
};
use double_random::papers::public_paper;
use double_random::workbook::bulletin::BulletinOf;
use double_random::workbook::campaign::{
    CampaignKind, CampaignPlace, CampaignPlan, CampaignResults, ProposedFor,
};
use double_random::workbook::request::{
    BreakOff, Commit, EntropyChoice, EntropyGiven, OpenCampaign, OpenDraw, RunDraw,
    WithdrawCampaign,
};
use double_random::workbook::{Action, ActionError, Brigade, DrawError, VisitSource, Workbook};

use crate::approval::approve;
use crate::desk::AtDesk;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// When what is refused is asked for.
const NOW: &str = "2026-01-05T10:00:00";

struct Desk(Workbook);

impl AtDesk for Desk {
    fn book(&mut self) -> &mut Workbook {
        &mut self.0
    }
}

impl Desk {
    /// January drawn for 120 units, of which 40 are hotels; two items in the list.
    fn in_january() -> Self {
        let brigade = Brigade::new("南宫市消防救援大队");
        let mut desk = Self(Workbook::new("0123456789abcdef", brigade, 2026));
        let day = "2025-12-20T09:00:00";
        for number in 0..120 {
            let mut unit = Unit::new(UnitId::new("X").unwrap(), format!("单位{number}"));
            unit.is_key = number % 3 == 0;
            unit.is_densely_populated = number % 6 == 0;
            if number % 3 == 1 || number < 9 {
                unit.category = "宾馆饭店".into();
                unit.tags.insert("高层建筑".into());
            }
            desk.act(day, Action::AddUnit(Box::new(unit)));
        }
        for number in 0..6 {
            let mut officer = Officer::new(OfficerId::new("X").unwrap(), format!("人员{number}"));
            officer.may_lead = number % 2 == 0;
            desk.act(day, Action::AddOfficer(Box::new(officer)));
        }
        for id in ["1", "2"] {
            let item = InspectionItem {
                id: id.into(),
                name: format!("事项{id}"),
                ..serde_json::from_str(r#"{"id":"","name":""}"#).unwrap()
            };
            desk.act(day, Action::PutItem(Box::new(item)));
        }
        let freeze = Action::FreezePlan {
            year: 2026,
            approver: "鄢立群".into(),
            reason: String::new(),
        };
        desk.act("2025-12-25T09:00:00", freeze);
        let open = OpenDraw {
            month: "2026-01".parse().unwrap(),
            reason: String::new(),
            salt_seed: [7; 32],
        };
        desk.act("2025-12-30T09:00:00", Action::OpenDraw(open));
        desk.finish("2025-12-30");
        desk
    }

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
    }

    /// All hotels, until the 20th of January.
    fn hotels() -> CampaignPlan {
        let (from, to) = (date("2026-01-08"), date("2026-01-20"));
        let mut plan = CampaignPlan::new("春节前宾馆专项", CampaignKind::Holiday, from, to);
        plan.filter.categories.insert("宾馆饭店".into());
        plan.size = CampaignSize::Ratio(Share::from_percent(10));
        plan
    }

    fn put(plan: CampaignPlan) -> Action {
        Action::PutCampaign(2026, Box::new(plan))
    }

    fn open(campaign: u32) -> Action {
        Action::OpenCampaign(OpenCampaign {
            month: "2026-01".parse().unwrap(),
            campaign,
            filter: "单位类别：宾馆饭店".into(),
            salt_seed: [9; 32],
        })
    }
}

#[test]
fn a_scheme_is_put_down_changed_and_withdrawn() {
    let mut desk = Desk::in_january();
    let now = "2026-01-05T09:00:00";
    let nameless = CampaignPlan {
        name: " ".into(),
        ..Desk::hotels()
    };
    desk.refuses(NOW, Desk::put(nameless), ActionError::NoName);
    let (from, to) = (date("2026-01-20"), date("2026-01-08"));
    let turned = CampaignPlan {
        from,
        to,
        ..Desk::hotels()
    };
    desk.refuses(
        NOW,
        Desk::put(turned),
        ActionError::PeriodOrder { from, to },
    );
    let unknown = CampaignPlan {
        items: ["9".to_owned()].into(),
        ..Desk::hotels()
    };
    desk.refuses(
        NOW,
        Desk::put(unknown),
        ActionError::NoItem { id: "9".into() },
    );
    desk.act(now, Desk::put(Desk::hotels()));
    let mut plan = desk.0.campaign_plan(2026, 1).unwrap().clone();
    plan.is_combined = false;
    // What only a draw writes has no other way in.
    plan.draws = vec![1];
    desk.act(now, Desk::put(plan));
    let plan = desk.0.campaign_plan(2026, 1).unwrap();
    assert!(!plan.is_combined && plan.draws.is_empty());
    let withdraw = |reason: &str| {
        Action::WithdrawCampaign(WithdrawCampaign {
            year: 2026,
            number: 1,
            reason: reason.into(),
            approver: "鄢立群".into(),
        })
    };
    desk.refuses(NOW, withdraw(" "), ActionError::NoReason);
    desk.act(now, withdraw("上级另有部署"));
    let number = 1;
    desk.refuses(NOW, Desk::open(1), DrawError::CampaignGone { number });
    desk.refuses(NOW, Desk::open(2), DrawError::NoCampaign { number: 2 });
    desk.act(now, Desk::put(Desk::hotels()));
    assert_eq!(desk.0.years[0].campaigns[1].number, 2);
    desk.0.check_sound().unwrap();
}

#[test]
fn what_a_scheme_would_come_to_is_what_it_draws() {
    let mut desk = Desk::in_january();
    let today = date("2026-01-05");
    let month = "2026-01".parse().unwrap();
    let plan = Desk::hotels();
    let outlook = desk.0.campaign_outlook(&plan, month, today);
    let is_hotel = |unit: &&Unit| unit.category == "宾馆饭店";
    assert_eq!(
        outlook.units.len(),
        desk.0.units.iter().filter(is_hotel).count()
    );
    assert_eq!(
        outlook.units.len() as u32,
        outlook.free + outlook.in_plan + outlook.barred
    );
    assert!(outlook.in_plan > 0 && outlook.free > 0);
    assert_eq!(outlook.days, 9);
    for (at, place) in &outlook.units {
        let unit = &desk.0.units[*at];
        let is_pending = desk.0.pending_visits(2026).contains_key(&unit.id);
        assert_eq!(matches!(place, CampaignPlace::InPlan(_)), is_pending);
    }
    desk.act("2026-01-05T09:00:00", Desk::put(plan.clone()));
    desk.act("2026-01-05T09:10:00", Desk::open(1));
    desk.finish("2026-01-05");
    let draw = desk.0.draws().last().unwrap();
    let sizes = draw.occasion.own_sizes();
    let of = |group| {
        sizes
            .iter()
            .find(|it| it.0 == group)
            .map_or((0, 0), |it| (it.1, it.2))
    };
    assert_eq!(of(DrawGroup::Combined), (outlook.in_plan, outlook.taken));
    assert_eq!(of(DrawGroup::Campaign), (outlook.free, outlook.besides));
    // Alone, those in the plan keep their visit and are no candidates.
    let alone = CampaignPlan {
        is_combined: false,
        ..plan
    };
    let outlook = desk.0.campaign_outlook(&alone, month, today);
    assert_eq!(
        (outlook.taken, outlook.besides),
        (0, alone.size.of(outlook.free))
    );
}

#[test]
fn visits_lie_in_the_campaigns_days_and_check_its_items() {
    let mut desk = Desk::in_january();
    let mut plan = Desk::hotels();
    plan.is_combined = false;
    plan.items.insert("2".into());
    plan.size = CampaignSize::Count(5);
    desk.act("2026-01-05T09:00:00", Desk::put(plan));
    desk.act("2026-01-05T09:10:00", Desk::open(1));
    desk.finish("2026-01-05");
    let draw = desk.0.draws().last().unwrap().clone();
    let drawn = draw.drawn.as_ref().unwrap();
    assert_eq!(drawn.plan.visits.len(), 5);
    let days = date("2026-01-08")..=date("2026-01-20");
    assert!(
        drawn
            .plan
            .visits
            .values()
            .all(|visit| days.contains(&visit.day))
    );
    let visits = desk.0.campaign_visits(&draw);
    assert_eq!(visits.len(), 5);
    assert!(visits.iter().all(|(visit, is_taken)| {
        !is_taken && visit.source == VisitSource::Campaign && visit.items == ["2"]
    }));
    assert_eq!(desk.0.campaign_of(&draw).unwrap().number, 1);
    let number = draw.number;
    desk.refuses(NOW, Desk::open(1), DrawError::CampaignDrawn { number });
    let again = desk.0.campaign_plan(2026, 1).unwrap().clone();
    desk.refuses(NOW, Desk::put(again), DrawError::CampaignDrawn { number });

    // They are entered as others are, and told by the campaign.
    let unit = desk.0.register_id(draw.drawn_units().next().unwrap());
    let day = drawn
        .plan
        .visits
        .first_key_value()
        .unwrap()
        .1
        .day
        .max(date("2026-01-20"));
    let visit = Action::RecordVisit {
        unit,
        date: day,
        finding: Finding::Found,
    };
    approve(&mut desk.0);
    desk.act("2026-01-21T17:00:00", visit);
    let expected = CampaignResults {
        drawn: 5,
        made: 1,
        found: 1,
        ..CampaignResults::default()
    };
    assert_eq!(desk.0.campaign_results(&draw), expected);
    desk.0.check_sound().unwrap();
    let text = serde_json::to_string(&desk.0).unwrap();
    assert_eq!(serde_json::from_str::<Workbook>(&text).unwrap(), desk.0);
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let mut desk = Desk::in_january();
    let now = "2026-01-05T09:00:00";
    let put = |desk: &mut Desk, change: &dyn Fn(&mut CampaignPlan)| {
        let mut plan = Desk::hotels();
        change(&mut plan);
        desk.act(now, Desk::put(plan));
        Desk::open(desk.0.years[0].campaigns.len() as u32)
    };
    let month = "2026-01".parse().unwrap();
    let outlook = desk
        .0
        .campaign_outlook(&Desk::hotels(), month, date("2026-01-05"));
    let pool = outlook.pool(true);
    let too_many = put(&mut desk, &|plan| plan.size = CampaignSize::Count(pool + 1));
    let asked = pool + 1;
    desk.refuses(NOW, too_many, DrawError::CampaignCount { asked, pool });
    // One day has places for three pairs at most.
    let one_day = put(&mut desk, &|plan| {
        plan.to = plan.from;
        plan.is_combined = false;
        plan.size = CampaignSize::Count(8);
    });
    let refusal = desk.attempt(now, one_day).unwrap_err();
    assert!(
        matches!(refusal, ActionError::Draw(DrawError::CampaignPlaces { asked: 8, places }) if places < 8),
        "{refusal:?}"
    );
    let later = put(&mut desk, &|plan| {
        (plan.from, plan.to) = (date("2026-03-01"), date("2026-03-31"));
    });
    let (from, to) = (date("2026-03-01"), date("2026-03-31"));
    let refusal = desk.attempt(now, later).unwrap_err();
    assert_eq!(
        refusal,
        DrawError::CampaignPeriod { month, from, to }.into()
    );
    // With nobody left there is nothing to draw.
    let nobody = put(&mut desk, &|plan| {
        plan.filter.strata = [Stratum::A].into();
        plan.filter.categories = ["医院".to_owned()].into();
    });
    desk.refuses(NOW, nobody, DrawError::EmptyCampaign);
}

#[test]
fn a_scheme_whose_draw_was_broken_off_is_drawn_anew() {
    let mut desk = Desk::in_january();
    desk.act("2026-01-05T09:00:00", Desk::put(Desk::hotels()));
    desk.act("2026-01-05T09:10:00", Desk::open(1));
    let broken = BreakOff {
        number: 2,
        reason: "方案要改".into(),
        approver: "鄢立群".into(),
        nobody_revealed: false,
    };
    desk.act("2026-01-05T09:20:00", Action::BreakOff(broken));
    let mut plan = desk.0.campaign_plan(2026, 1).unwrap().clone();
    plan.size = CampaignSize::Count(2);
    desk.act("2026-01-05T09:30:00", Desk::put(plan));
    desk.act("2026-01-05T09:40:00", Desk::open(1));
    desk.finish("2026-01-05");
    assert_eq!(desk.0.campaign_plan(2026, 1).unwrap().draws, [2, 3]);
    let draw = desk.0.draws().last().unwrap();
    let Occasion::Campaign(campaign) = &draw.occasion else {
        panic!("{:?}", draw.occasion);
    };
    // The number that is part of its key was used once.
    assert_eq!((campaign.id.as_str(), draw.number), ("2026-02", 3));
    assert!(
        desk.0
            .campaign_draw(2026, desk.0.campaign_plan(2026, 1).unwrap())
            .is_some()
    );
    desk.0.check_sound().unwrap();
    let mut forged = desk.0.clone();
    forged.years[0].campaigns[0].draws = vec![1];
    assert!(forged.check_sound().is_err());
}

#[test]
fn seasons_and_holidays_propose_campaigns() {
    let desk = Desk::in_january();
    let all = desk.0.campaign_proposals(2026, date("2026-01-05"));
    let seasons = all
        .iter()
        .filter(|it| it.kind == CampaignKind::Season)
        .count();
    assert_eq!(seasons, 3);
    // The Spring Festival of 2026 begins on 15 February.
    let spring = ProposedFor::Holiday(date("2026-02-15"));
    let spring = all.iter().find(|it| it.occasion == spring).unwrap();
    assert_eq!(
        (spring.from, spring.to),
        (date("2026-02-01"), date("2026-02-14"))
    );
    let later = desk.0.campaign_proposals(2026, date("2026-09-20"));
    assert!(later.len() < all.len() && later.iter().all(|it| it.to >= date("2026-09-20")));
}

#[test]
fn a_campaign_within_the_months_plan_has_a_paper_that_says_so() {
    let mut desk = Desk::in_january();
    let plan = Desk::hotels();
    let mut small = plan.clone();
    small.size = CampaignSize::Count(1);
    desk.act("2026-01-05T09:00:00", Desk::put(small));
    desk.act("2026-01-05T09:10:00", Desk::open(1));
    desk.finish("2026-01-05");
    approve(&mut desk.0);
    let draw = desk.0.draws().last().unwrap().clone();
    assert!(draw.drawn.as_ref().unwrap().plan.visits.is_empty());
    let (of, today) = (BulletinOf::Plan(draw.number), date("2026-01-05"));
    assert!(desk.0.bulletin_state(2026, of, today).is_some());
    // Its results are the month's.
    let results = BulletinOf::Results(draw.number);
    assert!(desk.0.bulletin_state(2026, results, today).is_none());
    let paper = public_paper(&desk.0, 2026, of, today).unwrap().paper;
    assert_eq!(paper.title, "2026年春节前宾馆专项专项检查计划");
    assert!(paper.notes[0].contains("1 户全部列入月度抽查计划"));
    let month = desk
        .0
        .draws()
        .next()
        .unwrap()
        .label(&desk.0.brigade.division);
    let row = paper.rows[0].cells.last().unwrap().shown();
    assert!(row.contains(&month), "{row}");
    let draws = public_paper(&desk.0, 2026, BulletinOf::Draws, today).unwrap();
    assert_eq!(draws.paper.rows[1].cells[6].shown(), "1");
}
