//! 录入, 审核, 复查: what a visit was, who may say so, and what waits then.

use chrono::NaiveDate;
use double_random::exchange::json;
use double_random::model::{AbsenceKind, Avoidance, Finding, OfficerId, OfficerRole};
use double_random::workbook::other_visit::{BeyondGround, OtherKind, OtherVisit};
use double_random::workbook::own_visit::OwnTeam;
use double_random::workbook::refusal::DrawError;
use double_random::workbook::request::{
    CorrectVisit, EnterRecheck, EnterResult, NotifyVisits, PutPapers, ReviewResults,
};
use double_random::workbook::result_rule::{ItemRule, OtherRule, RecordRule, TeamRule};
use double_random::workbook::suspect::Suspicion;
use double_random::workbook::upkeep::UpkeepStep;
use double_random::workbook::visit_record::{
    Disposal, ItemFinding, ItemRecheck, Measure, NoScan, Notice, Outcome, Paper, PaperKind,
    Recheck, Scan, VisitRecord,
};
use double_random::workbook::visit_stage::VisitStage;
use double_random::workbook::{Action, ActionError, Visit, VisitId, VisitMade, Workbook};

use crate::approval::{approve, drawn};
use crate::desk::{AtDesk, plain_record};

struct Desk {
    book: Workbook,
    /// The visit of which the tests speak, and its day by the plan.
    id: VisitId,
    day: NaiveDate,
    team: OwnTeam,
}

impl AtDesk for Desk {
    fn book(&mut self) -> &mut Workbook {
        &mut self.book
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// When everything is entered.
const NOW: &str = "2026-02-27T17:00:00";

impl Desk {
    /// January is drawn and approved, and the earliest visit of its plan is to be entered.
    fn new() -> Self {
        let (mut book, _) = drawn();
        approve(&mut book);
        let visits = book.year(2026).unwrap().visits.iter();
        let planned = visits.map(|visit| (visit, book.planned_of(visit).unwrap()));
        let (visit, planned) = planned.min_by_key(|(_, planned)| planned.day).unwrap();
        let (lead, member) = (planned.lead.clone(), planned.member.clone());
        let (id, day) = (visit.id.clone(), planned.day);
        let team = OwnTeam { lead, member };
        Self {
            book,
            id,
            day,
            team,
        }
    }

    fn visit(&self) -> &Visit {
        self.book.visit(&self.id).unwrap()
    }

    fn stage(&self) -> VisitStage {
        self.book.visit_stage(self.visit(), date("2026-02-27"))
    }

    /// A record with which nothing is wrong.
    fn record(&self) -> VisitRecord {
        plain_record(self.team.clone())
    }

    /// Two problems: one to be corrected by a date, one corrected on the spot.
    fn with_problems(&self) -> VisitRecord {
        let finding = |at: usize| ItemFinding {
            item: self.visit().items[at].clone(),
            problem: "灭火器压力不足".into(),
            basis: "消防法第十六条".into(),
            measure: Measure::AtOnce,
            term: None,
            is_corrected: true,
        };
        let late = ItemFinding {
            measure: Measure::ByTerm,
            term: Some(date("2026-02-10")),
            is_corrected: false,
            ..finding(0)
        };
        VisitRecord {
            outcome: Outcome::Ordered,
            findings: vec![late, finding(1)],
            disposals: vec![Disposal::Order],
            ..self.record()
        }
    }

    fn entering(&self, record: VisitRecord, why: &str) -> Action {
        Action::EnterResult(Box::new(EnterResult {
            visit: self.id.clone(),
            date: self.day,
            record,
            why: why.into(),
        }))
    }

    fn enter(&mut self, record: VisitRecord) {
        let action = self.entering(record, "");
        self.act(NOW, action);
    }

    fn reviewing(&self, reviewer: &str, is_accepted: bool, opinion: &str) -> Action {
        Action::ReviewResults(ReviewResults {
            visits: vec![self.id.clone()],
            is_accepted,
            reviewer: reviewer.into(),
            opinion: opinion.into(),
        })
    }

    fn accept(&mut self) {
        let action = self.reviewing("鄢立群", true, "");
        self.act(NOW, action);
    }

    fn rule(&self, rule: RecordRule) -> DrawError {
        let unit = self.id.unit.clone();
        let name = self.book.unit(&unit).unwrap().name.clone();
        DrawError::Record { unit, name, rule }
    }

    #[track_caller]
    fn refuses_record(&mut self, record: VisitRecord, rule: RecordRule) {
        let (action, error) = (self.entering(record, ""), self.rule(rule));
        self.refuses(NOW, action, error);
    }

    fn officer_name(&self, id: &OfficerId) -> String {
        self.book.officer(id).unwrap().name.clone()
    }

    fn rechecking(&self, day: &str, items: &[(usize, bool, Option<&str>)]) -> Action {
        let items = items.iter().map(|(at, is_corrected, term)| ItemRecheck {
            item: self.visit().items[*at].clone(),
            is_corrected: *is_corrected,
            term: term.map(date),
        });
        Action::EnterRecheck(EnterRecheck {
            visit: self.id.clone(),
            recheck: Recheck {
                date: date(day),
                team: self.team.clone(),
                items: items.collect(),
                note: String::new(),
                entered_at: "2026-01-01T00:00:00".parse().unwrap(),
                entered_by: String::new(),
            },
        })
    }
}

#[test]
fn a_result_goes_from_its_entry_over_the_review_to_publication() {
    let mut desk = Desk::new();
    let before = desk.book.visit_stage(desk.visit(), desk.day);
    assert_eq!(before, VisitStage::Planned);
    desk.enter(desk.record());
    assert_eq!(desk.stage(), VisitStage::ToReview);
    let visit = desk.visit();
    assert_eq!(
        (visit.number, visit.made.unwrap().finding),
        (Some(1), Finding::None)
    );
    let record = visit.record().unwrap();
    assert_eq!(record.entered_by, "沙维新");
    assert_eq!(record.entered_at.to_string(), "2026-02-27 17:00:00");
    let unit = desk.book.unit(&desk.id.unit).unwrap();
    assert_eq!(desk.book.inspections_count(unit, 2026), 1);

    // Neither of the two who went reviews it, however the name is written.
    let lead = desk.officer_name(&desk.team.lead.clone());
    let wide = format!("\u{3000}{lead} ");
    let error = desk.rule(RecordRule::ReviewerWent { reviewer: lead });
    desk.refuses(NOW, desk.reviewing(&wide, true, ""), error);
    desk.refuses(NOW, desk.reviewing(" ", true, ""), ActionError::NoReviewer);
    desk.refuses(
        NOW,
        desk.reviewing("鄢立群", false, " "),
        ActionError::NoReason,
    );
    let back = desk.reviewing("鄢立群", false, "检查部位写具体");
    desk.act(NOW, back);
    assert_eq!(desk.stage(), VisitStage::Returned);

    // Entered anew, both records are kept, and the review begins again.
    let record = VisitRecord {
        places: "一层东侧营业区".into(),
        ..desk.record()
    };
    desk.enter(record);
    assert_eq!(
        (desk.stage(), desk.visit().records.len()),
        (VisitStage::ToReview, 2)
    );
    assert!(desk.visit().records[0].review.is_some());
    desk.accept();
    assert_eq!(desk.stage(), VisitStage::Done);
    let again = desk.reviewing("鄢立群", true, "");
    desk.refuses(NOW, again, desk.rule(RecordRule::NotWaiting));

    // What may be published is changed only with a reason, and reviewed anew.
    let entering = desk.entering(desk.record(), " ");
    desk.refuses(NOW, entering, ActionError::NoReason);
    let entering = desk.entering(desk.with_problems(), "漏记一项");
    desk.act(NOW, entering);
    let visit = desk.visit();
    assert_eq!(visit.changes.len(), 1, "the finding that counts changed");
    assert_eq!(
        (visit.made.unwrap().finding, visit.number),
        (Finding::Found, Some(1))
    );
    assert_eq!(desk.stage(), VisitStage::ToReview);

    // All of it comes back from a file.
    let text = json::workbook_to_json(&desk.book);
    let json::Content::Workbook(read) = json::read(text.as_bytes()).unwrap() else {
        panic!("a workbook is read as one");
    };
    assert_eq!(read.workbook, desk.book);
}

#[test]
fn a_record_names_two_who_could_go_together() {
    let mut desk = Desk::new();
    let OwnTeam { lead, member } = desk.team.clone();
    let with = |desk: &Desk, lead: &OfficerId, member: &OfficerId, why: &str| VisitRecord {
        team: OwnTeam {
            lead: lead.clone(),
            member: member.clone(),
        },
        team_why: why.into(),
        ..desk.record()
    };
    let team = |rule| RecordRule::Team(rule);
    let one = with(&desk, &lead, &lead, "缺人");
    desk.refuses_record(one, team(TeamRule::OneOfficer));
    let is_free = |id: &&OfficerId| **id != lead && **id != member;
    let others = desk.book.officers.iter();
    let others = others.filter(|it| it.makes_visits() && !it.is_absent(desk.day));
    let ids: Vec<OfficerId> = others.map(|it| it.id.clone()).collect();
    let other = ids.iter().find(is_free).unwrap().clone();
    desk.refuses_record(with(&desk, &lead, &other, " "), RecordRule::OtherTeam);

    // Each of these stands against an officer by itself.
    let at = |desk: &Desk, id: &OfficerId| {
        let mut all = desk.book.officers.iter();
        all.position(|it| it.id == *id).unwrap()
    };
    let (unit, day) = (desk.id.unit.clone(), desk.day);
    let officer = member.clone();
    let place = at(&desk, &member);
    let known = desk.book.officers[place].clone();
    desk.book.officers[place].role = OfficerRole::Assistant;
    desk.refuses_record(
        desk.record(),
        team(TeamRule::NoEnforcer {
            officer: officer.clone(),
        }),
    );
    desk.book.officers[place] = known.clone();
    desk.book.officers[place].certificate_until = day.pred_opt();
    desk.refuses_record(
        desk.record(),
        team(TeamRule::Certificate {
            officer: officer.clone(),
        }),
    );
    desk.book.officers[place] = known.clone();
    let avoidance = Avoidance::new(unit, "亲属");
    desk.book.officers[place].avoidances.push(avoidance);
    desk.refuses_record(
        desk.record(),
        team(TeamRule::Avoids {
            officer: officer.clone(),
        }),
    );
    desk.book.officers[place] = known.clone();
    let mut absent = known.clone();
    let mut away = desk.book.officers.iter().flat_map(|it| it.absences.clone());
    let mut away = away.next().expect("somebody of the demo is on leave");
    (away.from, away.to, away.kind) = (day, day, AbsenceKind::Leave);
    absent.absences = vec![away];
    desk.book.officers[place] = absent;
    desk.refuses_record(desk.record(), team(TeamRule::NotPresent { officer }));
    desk.book.officers[place] = known;
    let place = at(&desk, &lead);
    desk.book.officers[place].may_lead = false;
    let rule = team(TeamRule::NoLead {
        officer: lead.clone(),
    });
    desk.refuses_record(desk.record(), rule);
    desk.book.officers[place].may_lead = true;

    desk.enter(with(&desk, &lead, &other, "协办临时出警"));
}

#[test]
fn a_record_says_when_where_and_what() {
    let mut desk = Desk::new();
    let good = desk.record();
    let bad = |rule, record| (rule, record);
    let scan = |words: &str, made_up: Option<&str>| Scan::Without {
        why: NoScan::Other,
        words: words.into(),
        made_up: made_up.map(date),
    };
    let records = [
        bad(
            RecordRule::NoTimes,
            VisitRecord {
                end: None,
                ..good.clone()
            },
        ),
        bad(
            RecordRule::TimeOrder,
            VisitRecord {
                end: good.start,
                ..good.clone()
            },
        ),
        bad(
            RecordRule::NoPlaces,
            VisitRecord {
                places: " ".into(),
                ..good.clone()
            },
        ),
        bad(
            RecordRule::NoScanWords,
            VisitRecord {
                scan: scan(" ", None),
                ..good.clone()
            },
        ),
        bad(
            RecordRule::ScanMadeUp,
            VisitRecord {
                scan: scan("码损坏", Some("2025-12-31")),
                ..good.clone()
            },
        ),
        bad(
            RecordRule::ScanMadeUp,
            VisitRecord {
                scan: scan("码损坏", Some("2026-02-28")),
                ..good.clone()
            },
        ),
        bad(
            RecordRule::NoFindings,
            VisitRecord {
                outcome: Outcome::ToFollow,
                ..good.clone()
            },
        ),
        bad(
            RecordRule::Findings,
            VisitRecord {
                outcome: Outcome::NoProblem,
                ..desk.with_problems()
            },
        ),
        bad(
            RecordRule::NoDisposal,
            VisitRecord {
                disposals: Vec::new(),
                ..good.clone()
            },
        ),
        bad(
            RecordRule::DisposalNone,
            VisitRecord {
                disposals: vec![Disposal::None, Disposal::Notify],
                ..good.clone()
            },
        ),
        bad(
            RecordRule::DisposalNone,
            VisitRecord {
                disposals: vec![Disposal::None],
                ..desk.with_problems()
            },
        ),
    ];
    for (rule, record) in records {
        desk.refuses_record(record, rule);
    }
    // Nobody was met: there is nothing to say of times and parts.
    let nobody = VisitRecord {
        outcome: Outcome::Unreachable,
        start: None,
        end: None,
        places: String::new(),
        scan: scan("大门上锁", None),
        disposals: vec![Disposal::Routine],
        ..good
    };
    desk.enter(nobody);
    assert_eq!(desk.visit().made.unwrap().finding, Finding::Unknown);
}

#[test]
fn a_finding_has_words_a_basis_and_a_term_where_one_is_set() {
    let mut desk = Desk::new();
    type Edit = fn(&mut ItemFinding);
    let cases: [(ItemRule, Edit); 6] = [
        (ItemRule::NoProblem, |it| it.problem = " ".into()),
        (ItemRule::NoBasis, |it| it.basis = String::new()),
        (ItemRule::NoTerm, |it| it.term = None),
        (ItemRule::TermBefore, |it| {
            it.term = Some("2025-12-31".parse().unwrap())
        }),
        (ItemRule::TermNotNeeded, |it| it.measure = Measure::Penalty),
        (ItemRule::Unknown, |it| it.item = "清单外".into()),
    ];
    for (rule, edit) in cases {
        let mut record = desk.with_problems();
        edit(&mut record.findings[0]);
        let item = record.findings[0].item.clone();
        desk.refuses_record(record, RecordRule::Item { item, rule });
    }
    let mut record = desk.with_problems();
    record.findings[1].item = record.findings[0].item.clone();
    let item = record.findings[0].item.clone();
    desk.refuses_record(
        record,
        RecordRule::Item {
            item,
            rule: ItemRule::Twice,
        },
    );
}

#[test]
fn a_finding_waits_for_its_recheck_until_all_is_corrected() {
    let mut desk = Desk::new();
    desk.refuses(
        NOW,
        desk.rechecking("2026-02-12", &[]),
        desk.rule(RecordRule::NothingOpen),
    );
    desk.enter(desk.with_problems());
    let open = desk.visit().open_findings();
    let terms: Vec<NaiveDate> = open.iter().map(|it| it.term).collect();
    assert_eq!(
        terms,
        [date("2026-02-10")],
        "what was corrected on the spot is not open"
    );
    assert_eq!(desk.book.recheck_by(terms[0]), date("2026-02-13"));
    desk.accept();
    assert_eq!(desk.stage(), VisitStage::ToRecheck);

    let day = RecordRule::RecheckDay {
        date: date("2026-02-28"),
    };
    desk.refuses(
        NOW,
        desk.rechecking("2026-02-28", &[(0, true, None)]),
        desk.rule(day),
    );
    let items = desk.rule(RecordRule::RecheckItems);
    desk.refuses(
        NOW,
        desk.rechecking("2026-02-12", &[(1, true, None)]),
        items,
    );
    let item = desk.visit().items[0].clone();
    let rule = RecordRule::Item {
        item,
        rule: ItemRule::TermBefore,
    };
    let early = desk.rechecking("2026-02-12", &[(0, false, Some("2026-02-11"))]);
    desk.refuses(NOW, early, desk.rule(rule));
    // Not corrected, with a new term; then corrected.
    desk.act(
        NOW,
        desk.rechecking("2026-02-12", &[(0, false, Some("2026-02-25"))]),
    );
    assert_eq!(desk.visit().open_findings()[0].term, date("2026-02-25"));
    assert_eq!(desk.stage(), VisitStage::ToRecheck);
    desk.act(NOW, desk.rechecking("2026-02-26", &[(0, true, None)]));
    assert_eq!(desk.stage(), VisitStage::Done);
    // It never counts to the limits.
    let unit = desk.book.unit(&desk.id.unit).unwrap();
    assert_eq!(desk.book.inspections_count(unit, 2026), 1);
}

#[test]
fn notices_give_numbers_in_sequence_and_papers_are_ticked_off() {
    let mut desk = Desk::new();
    let ids: Vec<VisitId> = desk.book.years[0]
        .visits
        .iter()
        .map(|it| it.id.clone())
        .collect();
    let notice = |day: &str, why: &str| Notice {
        date: date(day),
        unannounced: why.into(),
    };
    let notify = |visits: &[VisitId], notice: Notice| {
        let visits = visits.to_vec();
        Action::NotifyVisits(NotifyVisits { visits, notice })
    };
    desk.act(
        "2026-01-04T09:00:00",
        notify(&ids[1..], notice("2026-01-04", "")),
    );
    desk.act(
        "2026-01-04T09:10:00",
        notify(&ids[..2], notice("2026-01-04", " 营业场所 ")),
    );
    let numbers: Vec<Option<u32>> = ids
        .iter()
        .map(|id| desk.book.visit(id).unwrap().number)
        .collect();
    assert_eq!(numbers, [Some(2), Some(1)], "a number once given stays");
    let told = desk.book.visit(&ids[1]).unwrap().notice.clone().unwrap();
    assert_eq!(told.unannounced, "营业场所");
    let ahead = notice("2026-01-05", "");
    let (unit, rule) = (
        ids[0].unit.clone(),
        RecordRule::NoticeDay {
            date: date("2026-01-05"),
        },
    );
    let name = desk.book.unit(&unit).unwrap().name.clone();
    let error = DrawError::Record { unit, name, rule };
    desk.refuses("2026-01-04T09:20:00", notify(&ids[..1], ahead), error);

    desk.enter(desk.record());
    let paper = |kind, day: &str| Paper {
        kind,
        number: " 南消抽查〔2026〕1号 ".into(),
        date: date(day),
    };
    let put = |desk: &Desk, papers| {
        let visit = desk.id.clone();
        Action::PutPapers(PutPapers { visit, papers })
    };
    let twice = vec![paper(PaperKind::Record, "2026-02-27"); 2];
    desk.refuses(NOW, put(&desk, twice), desk.rule(RecordRule::Paper));
    let ahead = vec![paper(PaperKind::Record, "2026-02-28")];
    desk.refuses(NOW, put(&desk, ahead), desk.rule(RecordRule::Paper));
    let papers = vec![
        paper(PaperKind::Photos, "2026-02-27"),
        paper(PaperKind::Record, "2026-02-27"),
    ];
    desk.act(NOW, put(&desk, papers));
    let kinds: Vec<PaperKind> = desk.visit().papers.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [PaperKind::Record, PaperKind::Photos]);
    assert_eq!(desk.visit().papers[0].number, "南消抽查〔2026〕1号");
}

#[test]
fn an_entry_with_a_record_is_corrected_as_a_record() {
    let mut desk = Desk::new();
    desk.enter(desk.record());
    let correct = |desk: &Desk, made| {
        Action::CorrectVisit(CorrectVisit {
            visit: desk.id.clone(),
            made,
            reason: "抄错".into(),
        })
    };
    let made = VisitMade {
        date: desk.day,
        finding: Finding::Found,
    };
    desk.refuses(
        NOW,
        correct(&desk, Some(made)),
        desk.rule(RecordRule::ByRecord),
    );
    // It was not made at all: the visit is to be made still, and its record is kept.
    desk.act(NOW, correct(&desk, None));
    assert_ne!(desk.stage(), VisitStage::ToReview);
    assert_eq!(desk.visit().records.len(), 1);
    assert!(desk.book.is_pending(desk.visit()));
}

#[test]
fn a_third_visit_of_any_kind_needs_one_of_ten_grounds() {
    let mut desk = Desk::new();
    let other = |desk: &Desk, kind, source: &str, beyond| {
        Action::EnterOther(Box::new(OtherVisit {
            number: 0,
            unit: desk.id.unit.clone(),
            kind,
            date: date("2026-01-29"),
            team: desk.team.clone(),
            source: source.into(),
            finding: Finding::None,
            beyond,
            note: String::new(),
            entered_at: "2026-01-01T00:00:00".parse().unwrap(),
            entered_by: String::new(),
            withdrawn: None,
            extra: Default::default(),
        }))
    };
    let rule = |desk: &Desk, rule| {
        let unit = desk.id.unit.clone();
        let name = desk.book.unit(&unit).unwrap().name.clone();
        DrawError::OtherVisit { unit, name, rule }
    };
    desk.refuses(
        NOW,
        other(&desk, OtherKind::Complaint, " ", None),
        rule(&desk, OtherRule::NoSource),
    );
    let today = date("2026-01-28");
    let ahead = rule(&desk, OtherRule::Future { today });
    desk.refuses(
        "2026-01-28T09:00:00",
        other(&desk, OtherKind::Complaint, "举报", None),
        ahead,
    );
    desk.act(NOW, other(&desk, OtherKind::Complaint, "举报 12 号", None));
    desk.enter(desk.record());
    let unit = desk.book.unit(&desk.id.unit).unwrap().clone();
    assert_eq!(desk.book.visits_of_all_kinds(&unit, 2026), 2);
    assert_eq!(
        desk.book.inspections_count(&unit, 2026),
        1,
        "only 监督抽查 counts"
    );
    let third = rule(&desk, OtherRule::NoGround { earlier: 2 });
    desk.refuses(
        NOW,
        other(&desk, OtherKind::Complaint, "举报 13 号", None),
        third,
    );
    // 复查 is none of them.
    desk.act(NOW, other(&desk, OtherKind::Recheck, "复查", None));
    let ground = Some(BeyondGround::Complaint);
    desk.act(
        NOW,
        other(&desk, OtherKind::Complaint, "举报 13 号", ground),
    );
    let entries = desk.book.years[0].others.iter().map(|it| it.number);
    assert_eq!(entries.collect::<Vec<_>>(), [1, 2, 3]);
    let withdraw = |reason: &str| Action::WithdrawOther {
        year: 2026,
        number: 3,
        reason: reason.into(),
    };
    desk.refuses(NOW, withdraw(" "), ActionError::NoReason);
    desk.act(NOW, withdraw("记错单位"));
    desk.refuses(
        NOW,
        withdraw("再撤"),
        ActionError::NoRecord {
            id: "2026-3".into(),
        },
    );
    assert_eq!(desk.book.visits_of_all_kinds(&unit, 2026), 2);
    assert_eq!(desk.book.years[0].others.len(), 3, "it stays to be seen");
}

#[test]
fn a_unit_that_was_not_to_be_reached_is_suspected_until_somebody_looked() {
    let mut desk = Desk::new();
    let unit = desk.book.unit(&desk.id.unit).unwrap().clone();
    let today = date("2026-02-27");
    let before = desk.book.suspicions_of(&unit, today);
    let record = VisitRecord {
        outcome: Outcome::Unreachable,
        disposals: vec![Disposal::Routine],
        ..desk.record()
    };
    desk.enter(record);
    let found = desk.book.suspicions_of(&unit, today);
    let told = Suspicion::AtVisit {
        outcome: Outcome::Unreachable,
        on: desk.day,
    };
    assert!(!before.contains(&told) && found.contains(&told));
    // Found in order, it is no suspicion any more.
    let units = [unit.id.clone()].into();
    let confirm = UpkeepStep::Confirm {
        units,
        how: "已联系上".into(),
        on: today,
    };
    desk.act(NOW, Action::Upkeep(confirm));
    assert!(!desk.book.suspicions_of(&unit, today).contains(&told));
}

/// Of a unit that is visited twice in a year, what the first visit was is held against its own
/// plan, not the second's.
#[test]
fn a_visit_is_held_against_its_own_plan_when_a_later_one_is_drawn() {
    let mut desk = Desk::new();
    desk.enter(desk.record());
    let (first, own) = (desk.id.clone(), desk.team.clone());
    let year = &mut desk.book.years[0];
    let mut later = year.draws[0].clone();
    (later.number, later.month) = (2, "2026-08".parse().unwrap());
    let plan = &mut later.drawn.as_mut().unwrap().plan;
    for planned in plan.visits.values_mut() {
        planned.day = date("2026-08-12");
        std::mem::swap(&mut planned.lead, &mut planned.member);
    }
    let mut second = desk.book.visit(&first).unwrap().clone();
    second.id.draw.number = 2;
    (second.made, second.number) = (None, None);
    second.records.clear();
    let year = &mut desk.book.years[0];
    year.draws.push(later);
    year.visits.push(second);
    // A copy works out anew which visits there are.
    desk.book = desk.book.clone();
    let planned = desk.book.planned_of(desk.visit()).unwrap();
    assert_eq!((planned.day, &planned.lead), (desk.day, &own.lead));
}
