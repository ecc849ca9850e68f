//! Every visit of every golden record is told why it has its day and its
//! officers, and every visit set aside why it was: the facts are worked out anew
//! from the definitions, and stand in the words of both languages.

use crate::own;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use double_random::engine::calendar::WorkdayCalendar;
use double_random::engine::day::{DayReason, day_reason};
use double_random::engine::duty::{OfficerDuty, day_places};
use double_random::engine::lottery::{Purpose, key, sha256_hex};
use double_random::engine::month::{MonthPlan, SetAsideReason};
use double_random::engine::team::reason::{Choice, Listed, TeamReason, TeamRecord, team_reason};
use double_random::i18n::Lang;
use double_random::model::{CandidateId, OfficerId};
use own::{Own, own_records};

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

/// Asserts that a sentence holds every one of some facts.
#[track_caller]
fn holds(text: &str, facts: &[String]) {
    for fact in facts {
        assert!(text.contains(fact.as_str()), "{fact} is not in: {text}");
    }
}

/// A month's plan with what is needed to work it out anew.
struct Planned<'a> {
    plan: &'a MonthPlan,
    officers: &'a [OfficerDuty],
    per_day: u32,
    days: Vec<NaiveDate>,
    places: BTreeMap<NaiveDate, u32>,
    releases: BTreeMap<CandidateId, Option<NaiveDate>>,
    seed: String,
}

impl<'a> Planned<'a> {
    fn new(own: &'a Own) -> Self {
        let certificate = &own.record.certificate;
        let days = WorkdayCalendar::built_in().working_days(own.snapshot.month);
        let per_day = certificate.design.per_day;
        let release =
            |id: &CandidateId| (id.clone(), own.snapshot.unit(id).unwrap().release_date());
        Self {
            plan: &certificate.plan,
            officers: &own.officers,
            per_day,
            places: day_places(&days, &own.officers, per_day),
            days,
            releases: certificate.plan.visits.keys().map(release).collect(),
            seed: certificate.seed.to_string(),
        }
    }

    /// A lottery number of this plan, from its definition alone.
    fn ticket(&self, purpose: &str, parts: &[&str]) -> String {
        let purpose = format!("{purpose}/{}", self.plan.attempt);
        let key = sha256_hex(&format!("frs1|key|{purpose}|{}", self.seed));
        sha256_hex(&format!("{}|{}", &key[..32], parts.join("|")))
    }

    fn release(&self, unit: &CandidateId) -> NaiveDate {
        let first = *self.places.keys().next().unwrap();
        self.releases[unit].map_or(first, |release| release.max(first))
    }

    /// The visits in the order in which they choose places.
    fn day_turns(&self) -> Vec<&CandidateId> {
        let mut turns: Vec<&CandidateId> = self.plan.visits.keys().collect();
        turns.sort_by_cached_key(|unit| {
            (
                Reverse(self.release(unit)),
                self.ticket("day", &[unit.as_str()]),
            )
        });
        turns
    }

    /// The visits in the order in which they choose officers.
    fn team_turns(&self) -> Vec<&CandidateId> {
        let mut turns: Vec<&CandidateId> = self.plan.visits.keys().collect();
        turns.sort_by_cached_key(|unit| self.ticket("team", &[unit.as_str()]));
        turns
    }

    fn on_day(&self, day: NaiveDate) -> u32 {
        let visits = self.plan.visits.values();
        visits.filter(|visit| visit.day == day).count() as u32
    }

    /// What must be said of a visit's day, and that it is so.
    fn check_day(&self, unit: &CandidateId, turns: &[&CandidateId], reason: &DayReason) {
        let turn = turns.iter().position(|other| *other == unit).unwrap();
        assert_eq!(reason.day, self.plan.visits[unit].day, "{unit}");
        assert_eq!(reason.release, self.release(unit), "{unit}");
        assert_eq!(
            (reason.turn, reason.turns),
            (turn as u32 + 1, turns.len() as u32)
        );
        let day = reason.day.to_string();
        let parts = [unit.as_str(), &day, &reason.place.to_string()];
        assert_eq!(reason.ticket.to_string(), self.ticket("day", &parts));
        for (day, total) in &reason.totals {
            assert_eq!(*total, self.on_day(*day));
        }
        // Places from its release on, less those that earlier turns took.
        let open = |day: &NaiveDate| *day >= reason.release;
        let all: u32 = reason
            .totals
            .iter()
            .filter(|day| open(&day.0))
            .map(|day| day.1)
            .sum();
        let earlier = turns[..turn].iter().map(|unit| self.plan.visits[*unit].day);
        let taken = earlier.filter(open).count() as u32;
        assert_eq!(reason.free, all - taken, "{unit}");
        assert!((1..=self.on_day(reason.day)).contains(&reason.place));
        for lang in LANGS {
            let facts = match lang {
                Lang::Zh => vec![
                    format!("{}起可查", lang.month_day(reason.release)),
                    format!("{} 户", reason.turns),
                    format!("第 {} 个选", turn + 1),
                    format!("{} 个空位", reason.free),
                    format!(
                        "{}第 {} 个位置（当天共 {} 户）",
                        lang.month_day(reason.day),
                        reason.place,
                        self.on_day(reason.day)
                    ),
                ],
                Lang::En => vec![
                    format!("Free from {}", lang.month_day(reason.release)),
                    format!("{} visits", reason.turns),
                    format!("no. {}", turn + 1),
                    format!("Of {} places", reason.free),
                    format!(
                        "place {} of {} on {}",
                        reason.place,
                        self.on_day(reason.day),
                        lang.month_day(reason.day)
                    ),
                ],
            };
            holds(&lang.day_reason(reason), &facts);
        }
    }

    fn duty(&self, id: &OfficerId) -> &OfficerDuty {
        self.officers
            .iter()
            .find(|officer| officer.id == *id)
            .unwrap()
    }

    fn load(&self, id: &OfficerId) -> u32 {
        let visits = self.plan.visits.values();
        visits
            .filter(|visit| visit.lead == *id || visit.member == *id)
            .count() as u32
    }

    /// What must be said of a visit's officers, and that it is so.
    fn check_team(
        &self,
        unit: &CandidateId,
        turns: &[&CandidateId],
        reason: &TeamReason,
    ) -> Vec<String> {
        let turn = turns.iter().position(|other| *other == unit).unwrap();
        assert_eq!(
            (reason.turn, reason.turns),
            (turn as u32 + 1, turns.len() as u32)
        );
        assert_eq!(reason.cost, self.plan.cost);
        for lang in LANGS {
            let facts = match lang {
                Lang::Zh => [
                    format!("{} 户", turns.len()),
                    format!("第 {} 个选", turn + 1),
                    format!("代价 {}", reason.cost),
                ],
                Lang::En => [
                    format!("{} visits", turns.len()),
                    format!("no. {}", turn + 1),
                    format!("cost is {}", reason.cost),
                ],
            };
            holds(&lang.team_reason(reason), &facts);
        }
        // The whole list, in order of its own lottery numbers.
        let mut list: Vec<&OfficerId> = self.officers.iter().map(|officer| &officer.id).collect();
        list.sort_by_cached_key(|id| self.ticket("team", &[unit.as_str(), id.as_str()]));
        let told: Vec<&OfficerId> = reason.list.iter().map(|listed| &listed.officer).collect();
        assert_eq!(told, list);
        let visit = &self.plan.visits[unit];
        let mut kinds = Vec::new();
        for (holder, is_lead) in [(&visit.lead, true), (&visit.member, false)] {
            let at = list.iter().position(|id| *id == holder).unwrap();
            for (place, listed) in reason.list.iter().enumerate() {
                let choice = if is_lead {
                    &listed.as_lead
                } else {
                    &listed.as_member
                };
                assert_eq!(*choice == Choice::Taken, place == at, "{unit}");
                self.check_choice(unit, listed, choice, is_lead);
                // The first of the list are not merely passed by: each is told why.
                assert!(place > at || *choice != Choice::NotReached, "{unit}");
                let told = format!("{choice:?}");
                kinds.push(told.split([' ', '{']).next().unwrap().to_owned());
            }
        }
        for listed in &reason.list {
            let present = self
                .days
                .iter()
                .filter(|day| self.duty(&listed.officer).is_present(**day));
            assert_eq!(listed.present, present.count() as u32);
            assert_eq!(listed.load, self.load(&listed.officer));
            self.check_words(listed);
        }
        kinds
    }

    /// That a reason is the case, as far as it can be seen without another plan.
    fn check_choice(&self, unit: &CandidateId, listed: &Listed, choice: &Choice, is_lead: bool) {
        let visit = &self.plan.visits[unit];
        let officer = self.duty(&listed.officer);
        match choice {
            Choice::Absent => assert!(officer.absent.contains(&visit.day)),
            Choice::CertificateEnded { until } => {
                assert_eq!(officer.certificate_until, Some(*until));
                assert!(*until < visit.day);
            }
            Choice::Avoids => assert!(officer.avoid.contains(unit)),
            Choice::MayNotLead => assert!(is_lead && !officer.lead),
            Choice::LeadsAlready => assert!(!is_lead && visit.lead == officer.id),
            Choice::DayFull { visits } => {
                assert_eq!(visits.len() as u32, self.per_day);
                for other in visits.iter().map(|other| &self.plan.visits[other]) {
                    assert_eq!(other.day, visit.day);
                    assert!(other.lead == officer.id || other.member == officer.id);
                }
            }
            Choice::CostsMore { more } => assert!(*more > 0),
            Choice::Taken | Choice::NotReached | Choice::NeededElsewhere => {
                assert!(officer.may_visit(unit, visit.day));
            }
        }
    }

    /// What an officer's reasons must say in both languages.
    fn check_words(&self, listed: &Listed) {
        let both = [&listed.as_lead, &listed.as_member];
        for lang in LANGS {
            let text = lang.listed_reason(listed, ToString::to_string);
            let mut facts = Vec::new();
            let is_taken = both.contains(&&Choice::Taken);
            for choice in both {
                match choice {
                    // Who got the visit is told in which part, and why not in the other.
                    _ if is_taken && *choice != Choice::Taken && both[1] == choice => {}
                    Choice::CertificateEnded { until } => facts.push(until.to_string()),
                    Choice::DayFull { visits } => {
                        facts.extend(visits.iter().map(ToString::to_string));
                    }
                    Choice::CostsMore { more } => facts.push(more.to_string()),
                    _ => {}
                }
            }
            if both[0] == &Choice::Taken {
                facts.push(lang.visit_why_as_lead().into());
            } else if both[1] == &Choice::Taken {
                let member = lang.visit_why_as_member();
                facts.push(
                    member
                        .chars()
                        .skip(if lang == Lang::En { 3 } else { 0 })
                        .collect(),
                );
            }
            holds(&text, &facts);
            let is_chinese = text.chars().any(|c| ('一'..='鿿').contains(&c));
            assert_eq!(is_chinese, lang == Lang::Zh, "{text}");
        }
    }
}

#[test]
fn every_visit_is_told_why_it_has_its_day_and_officers() {
    let mut kinds = BTreeSet::new();
    let (mut count, mut most) = (0, 0);
    for (number, own) in own_records() {
        let planned = Planned::new(&own);
        let plan = planned.plan;
        let seed = own.record.certificate.seed;
        let (day_key, team_key) = (
            key(&Purpose::Day(plan.attempt), seed),
            key(&Purpose::Team(plan.attempt), seed),
        );
        let laid = plan
            .visits
            .iter()
            .map(|(unit, visit)| (unit.clone(), visit.day))
            .collect();
        let team = |(unit, visit): (&CandidateId, &double_random::engine::month::PlannedVisit)| {
            (unit.clone(), (visit.lead.clone(), visit.member.clone()))
        };
        let teams = plan.visits.iter().map(team).collect();
        let record = TeamRecord {
            visits: &laid,
            days: &planned.days,
            officers: planned.officers,
            per_day: planned.per_day,
            key: &team_key,
            teams: &teams,
        };
        let (day_turns, team_turns) = (planned.day_turns(), planned.team_turns());
        for unit in plan.visits.keys() {
            let reason = day_reason(&planned.releases, &planned.places, &day_key, unit);
            planned.check_day(unit, &day_turns, &reason.unwrap());
            let reason = team_reason(&record, unit).unwrap();
            kinds.extend(planned.check_team(unit, &team_turns, &reason));
            count += 1;
        }
        most = most.max(plan.visits.len());
        println!("{number}: {} visits", plan.visits.len());
    }
    assert!(count > 400 && most > 100, "{count} {most}");
    assert!(kinds.len() >= 8, "{kinds:?}");
}

/// The messages of visits set aside, on the golden records that have them.
#[test]
fn every_visit_set_aside_is_told_why() {
    let mut kinds = BTreeSet::new();
    for (_, own) in own_records() {
        for visit in &own.record.certificate.plan.set_aside {
            for lang in LANGS {
                let text = lang.set_aside(&visit.why, ToString::to_string);
                let mut facts = Vec::new();
                match &visit.why {
                    SetAsideReason::NoPair { .. } => drop(kinds.insert("no pair")),
                    SetAsideReason::LateTail {
                        from,
                        places,
                        visits,
                    } => {
                        kinds.insert("late tail");
                        facts.extend([lang.month_day(*from), places.to_string()]);
                        facts.push(visits.len().to_string());
                    }
                    SetAsideReason::Contested {
                        visits,
                        days,
                        officers,
                    } => {
                        kinds.insert("contested");
                        facts.extend(visits.iter().map(ToString::to_string));
                        facts.extend(days.iter().map(|day| lang.month_day_short(*day)));
                        facts.extend(officers.iter().map(ToString::to_string));
                    }
                }
                assert!(!text.is_empty());
                holds(&text, &facts);
            }
        }
    }
    assert_eq!(kinds.len(), 3, "{kinds:?}");
}

#[test]
fn a_contested_visit_names_day_visits_and_officers() {
    let unit = |number: usize| CandidateId::new(format!("NG-{number:05}")).unwrap();
    let officer = |id: &str| OfficerId::new(id).unwrap();
    let day: NaiveDate = "2026-09-08".parse().unwrap();
    let why = |visits: usize, officers: &[&str]| SetAsideReason::Contested {
        visits: (1..=visits).map(unit).collect(),
        days: vec![day],
        officers: officers.iter().map(|id| officer(id)).collect(),
    };
    let name = |id: &OfficerId| match id.as_str() {
        "P01" => "沙维新".to_owned(),
        _ => "鄢立群".to_owned(),
    };
    let say = |lang: Lang, why: &SetAsideReason| lang.set_aside(why, name);
    let two = why(2, &["P01", "P02"]);
    assert_eq!(
        say(Lang::Zh, &two),
        "2 户（NG-00001、NG-00002）在 9月8日 争用沙维新、鄢立群，配不齐；抽签号最大的顺延。"
    );
    assert_eq!(
        say(Lang::En, &two),
        "2 visits (NG-00001, NG-00002) on 8 Sep compete for 沙维新, 鄢立群; the largest lottery number is carried."
    );
    // Nobody competes where no pair is there: the sentence does not break off.
    let none = why(1, &[]);
    assert!(say(Lang::Zh, &none).contains("9月8日，当天没有一对可派的人员"));
    assert!(say(Lang::En, &none).contains("8 Sep, when no permitted pair is there"));
    // Very many are counted, and the first are named.
    let many = say(Lang::Zh, &why(12, &["P01"]));
    assert!(
        many.starts_with("12 户（NG-00001、") && many.contains("NG-00008等）"),
        "{many}"
    );
}
