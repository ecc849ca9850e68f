//! Archived years leave the workbook, and nothing that is drawn, counted or printed of
//! the years kept changes by it.

use std::collections::BTreeMap;

use double_random::desk::duties::Duty;
use double_random::engine::lottery::sha256;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::json::{self, Content};
use double_random::exchange::reading;
use double_random::exchange::verification::verification_file;
use double_random::model::{Credit, Finding, Unit, UnitId, UnitStatus};
use double_random::store::parts::Cutter;
use double_random::store::{MemoryStorage, Meta, Stamp, Vault};
use double_random::workbook::draw::KnownDraw;
use double_random::workbook::request::{
    BreakOff, OpenDraw, OpenSupplementary, RegisterImport, TakeOut, Withhold,
};
use double_random::workbook::sound::Unsound;
use double_random::workbook::taken_out::ArchiveFile;
use double_random::workbook::{Action, ActionError, DrawId, DrawRecord, VisitId, Workbook, trail};
use proptest::prelude::*;
use serde_json::Value;

use crate::years::{act, at, close, date, draw, freeze, planned};

fn taking_out(upto_year: i32) -> TakeOut {
    TakeOut {
        upto_year,
        archive: Some(ArchiveFile {
            name: format!("{upto_year}年度归档.json"),
            hash: sha256(b"archive"),
        }),
        reason: " 存储空间紧张 ".into(),
        approver: " 鄢立群 ".into(),
    }
}

/// The workbook after its years up to one are taken out.
fn without(book: &Workbook, upto_year: i32) -> Workbook {
    let mut book = book.clone();
    let action = Action::TakeOutYears(taking_out(upto_year));
    act(&mut book, "2027-02-01T08:00:00", action);
    book
}

/// What happens in the last months of a year.
#[derive(Debug, Clone)]
struct Story {
    /// Of each visit whether it is made, and what it finds.
    visits: Vec<(bool, bool)>,
    /// A unit that is withheld from December on.
    withheld: usize,
    /// A unit that is in November's register alone and back in February; and one that is
    /// new in the new year.
    away: usize,
    /// The new year's first draw is broken off.
    is_broken: bool,
    /// Two months of the old year are drawn, or one.
    has_november: bool,
}

fn any_story() -> impl Strategy<Value = Story> {
    let visits = prop::collection::vec(any::<(bool, bool)>(), 40);
    (
        visits,
        0..30_usize,
        0..30_usize,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(visits, withheld, away, is_broken, has_november)| Story {
            visits,
            withheld,
            away,
            is_broken,
            has_november,
        })
}

fn withhold(book: &mut Workbook, at: usize, when: &str) {
    let withhold = Withhold {
        id: book.units[at].id.clone(),
        reason: "涉密".into(),
        approver: "鄢立群".into(),
        random: [at as u8; 10],
    };
    act(book, when, Action::Withhold(withhold));
}

/// Makes those visits of a year that the story says, each on its day.
fn make_visits(book: &mut Workbook, year: i32, story: &Story, until: &str) {
    let until = date(until);
    let visits: Vec<VisitId> = book
        .year(year)
        .unwrap()
        .visits
        .iter()
        .filter(|visit| visit.made.is_none())
        .map(|visit| visit.id.clone())
        .collect();
    for (id, (is_made, has_found)) in visits.iter().zip(story.visits.iter().cycle()) {
        let planned = book.planned_visit(&id.unit, DrawId::new(year + 1, 0));
        let Some(day) = planned.map(|it| it.day).filter(|day| *day <= until) else {
            continue;
        };
        let finding = if *has_found {
            Finding::Found
        } else {
            Finding::None
        };
        let record = Action::RecordVisit {
            unit: id.unit.clone(),
            date: day,
            finding,
        };
        if *is_made {
            // Refused where the unit has left, or was visited since.
            let _ = book.apply(record, &at(&format!("{until}T18:00:00")));
        }
    }
}

/// A year that was closed, and two months of the next that are drawn.
fn told(story: &Story) -> Workbook {
    let mut book = planned();
    // Where nothing was found last time, these have a level of their own.
    for at in (0..30).step_by(2) {
        book.units[at].credit = Credit::A;
    }
    let mut late = Unit::new(UnitId::new("X").unwrap(), "后来的单位");
    late.is_key = true;
    if story.has_november {
        draw(&mut book, "2026-10-29", "2026-11");
        make_visits(&mut book, 2026, story, "2026-11-30");
    }
    // Past the actions: the trail does not say that it left.
    book.units[story.away].status = UnitStatus::Retired {
        since: date("2026-11-20"),
        reason: "停业".into(),
        approver: "鄢立群".into(),
        extra: serde_json::Map::new(),
    };
    if story.withheld != story.away {
        withhold(&mut book, story.withheld, "2026-11-24T09:00:00");
    }
    draw(&mut book, "2026-11-27", "2026-12");
    act(
        &mut book,
        "2026-12-01T09:00:00",
        Action::StartYear { year: 2027 },
    );
    freeze(&mut book, "2026-12-02T09:00:00", 2027);
    make_visits(&mut book, 2026, story, "2026-12-29");
    act(
        &mut book,
        "2026-12-29T09:00:00",
        Action::AddUnit(Box::new(late)),
    );
    let leaves = Action::OfficerLeaves {
        id: book.officers[5].id.clone(),
        reason: "调离".into(),
        approver: "鄢立群".into(),
    };
    act(&mut book, "2026-12-29T09:10:00", leaves);
    if story.is_broken {
        let open = OpenDraw {
            month: "2027-01".parse().unwrap(),
            reason: "演练".into(),
            salt_seed: [7; 32],
        };
        act(&mut book, "2026-12-30T08:00:00", Action::OpenDraw(open));
        let broken = BreakOff {
            number: 1,
            reason: "停电".into(),
            approver: "鄢立群".into(),
            nobody_revealed: false,
        };
        act(&mut book, "2026-12-30T08:30:00", Action::BreakOff(broken));
    }
    draw(&mut book, "2026-12-30", "2027-01");
    make_visits(&mut book, 2026, story, "2026-12-31");
    close(&mut book, "2027-01-04T09:00:00", "说明").unwrap();
    make_visits(&mut book, 2027, story, "2027-01-28");
    draw(&mut book, "2027-01-29", "2027-02");
    book.units[story.away].status = UnitStatus::Active;
    book
}

/// A new year, whose first draw was broken off, after the old one was taken out.
pub fn a_year_later() -> Workbook {
    let story = Story {
        visits: vec![(true, false)],
        withheld: 3,
        away: 3,
        is_broken: true,
        has_november: true,
    };
    without(&told(&story), 2026)
}

/// All that can be said of the draws kept and of those to come.
fn said(book: &Workbook) -> BTreeMap<String, Value> {
    let mut said = BTreeMap::new();
    let mut say = |what: String, value: Value| {
        assert!(said.insert(what, value).is_none());
    };
    let json = |value: &dyn erased::Json| value.json();
    for draw in book.draws().filter(|draw| draw.month.year() == 2027) {
        let id = draw.id();
        say(format!("{id} changes"), json(&book.changes_of(draw)));
        say(format!("{id} certificate"), json(&book.certificate(draw)));
        let file = verification_file(book, draw).map(|file| file.to_text());
        say(format!("{id} file"), json(&file));
        say(
            format!("{id} rows"),
            format!("{:?}", book.visit_rows(draw)).into(),
        );
        say(
            format!("{id} broken before"),
            json(&book.broken_before(draw)),
        );
    }
    let plan = book.year(2027).unwrap().plan().clone();
    for (month, day) in [
        ("2027-02", "2027-02-01"),
        ("2027-03", "2027-02-25"),
        ("2027-07", "2027-06-30"),
        ("2027-12", "2027-11-30"),
    ] {
        let (month, day) = (month.parse().unwrap(), date(day));
        let name = |what: &str| format!("{month} {day} {what}");
        say(
            name("snapshot"),
            json(&book.snapshot_on(month, &plan, day).unwrap()),
        );
        say(name("sizes"), json(&book.trial_sizes(month, day).unwrap()));
        say(name("changes"), json(&book.changes_since_last_draw(month)));
        say(
            name("overdue"),
            format!("{:?}", book.overdue(month, day)).into(),
        );
        say(name("late"), format!("{:?}", book.late_visits(day)).into());
        // What of a closed year is still to be published leaves with it.
        let mut duties = book.duties_on(day);
        duties.retain(|duty| !matches!(duty, Duty::Publish { .. }));
        say(name("duties"), format!("{duties:?}").into());
        say(
            name("outlook"),
            format!("{:?}", book.outlook(&plan, month, day)).into(),
        );
        say(name("next month"), json(&book.next_month(day)));
        let sums = book
            .units
            .iter()
            .map(|unit| book.level_sum(unit, &plan, month));
        say(name("levels"), json(&sums.collect::<Vec<_>>()));
    }
    say(
        "pending".into(),
        format!("{:?}", book.pending_visits(2027)).into(),
    );
    say("register".into(), json(&book.units_for_file()));
    for unit in &book.units {
        let id = &unit.id;
        say(
            format!("{id} last"),
            format!("{:?}", book.last_inspection(unit)).into(),
        );
        say(
            format!("{id} chance"),
            format!("{:?}", book.year_chance(id, 2027)).into(),
        );
        say(format!("{id} is referenced"), book.is_referenced(id).into());
        let explained = book.draw_to_explain(id).map(DrawRecord::id);
        say(format!("{id} explained by"), json(&explained));
    }
    say("trail".into(), json(&trail::first_break(&book.trail)));
    say("cut".into(), format!("{:?}", book.trail_cut()).into());
    said
}

/// Values of many types in one closure.
mod erased {
    use serde::Serialize;
    use serde_json::Value;

    pub trait Json {
        fn json(&self) -> Value;
    }

    impl<T: Serialize> Json for T {
        fn json(&self) -> Value {
            serde_json::to_value(self).unwrap()
        }
    }
}

#[track_caller]
fn assert_same(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>) {
    assert!(before.keys().eq(after.keys()));
    for (what, before) in before {
        assert!(*before == after[what], "{what}:\n{before}\n{}", after[what]);
    }
}

fn read(text: &str) -> Workbook {
    let Content::Workbook(file) = json::read(text.as_bytes()).unwrap() else {
        panic!("{text:.100}");
    };
    assert!(file.warnings.is_empty(), "{:?}", file.warnings);
    let apart = at_once(reading::read(text.as_bytes(), &AtOnce)).unwrap();
    assert!(matches!(apart, Content::Workbook(apart) if apart.workbook == file.workbook));
    file.workbook
}

/// Registers, sizes and changes of the next draw; its commitment names the trail's end,
/// which is another.
fn next_draw(book: &mut Workbook) -> (String, Value) {
    let id = draw(book, "2027-02-26", "2027-03");
    let draw = book.draw(id).unwrap();
    let changes = serde_json::to_value(book.changes_of(draw)).unwrap();
    (format!("{:?} {:?}", draw.register, draw.sizes), changes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_of_the_years_kept_changes(story in any_story()) {
        let mut before = told(&story);
        let mut after = without(&before, 2026);
        prop_assert_eq!(after.check_sound(), Ok(()));
        prop_assert_eq!(after.years.len(), 1);
        assert_same(&said(&before), &said(&after));
        // As a file, and as it is read again.
        let text = json::workbook_to_json(&after);
        prop_assert!(text.len() < json::workbook_to_json(&before).len());
        prop_assert!(read(&text) == after);
        // The archive reads as it did, and knows all that is gone.
        let archive = read(&json::workbook_to_json(&before.archive(2026).unwrap()));
        let known: Vec<KnownDraw> = archive.draws().map(KnownDraw::from).collect();
        prop_assert_eq!(after.draws_taken_out().copied().collect::<Vec<_>>(), known);
        // And the year goes on the same.
        prop_assert_eq!(next_draw(&mut before), next_draw(&mut after));
        let kept = |book: &Workbook| said(book).into_iter().filter(is_no_commitment).collect();
        assert_same(&kept(&before), &kept(&after));
    }
}

/// What does not follow from the commitment of the draw made after the years were taken out.
fn is_no_commitment((what, _): &(String, Value)) -> bool {
    let of_march = what.starts_with("2027-03 ") || what.starts_with("2027-04 ");
    !(of_march || what.ends_with("file") || what.ends_with("certificate"))
}

fn plain() -> Story {
    Story {
        visits: vec![(true, false), (true, true), (false, false)],
        withheld: 4,
        away: 9,
        is_broken: true,
        has_november: true,
    }
}

#[test]
fn a_year_leaves_once_a_register_was_frozen_after_it_with_its_archive_saved() {
    let refuse = |book: &Workbook, request: TakeOut| {
        let mut tried = book.clone();
        let error = tried
            .apply(Action::TakeOutYears(request), &at("2027-02-01T08:00:00"))
            .unwrap_err();
        assert!(tried == *book);
        error
    };
    let book = told(&plain());
    let year = 2026;
    let asked = taking_out(year);
    for (request, refusal) in [
        (
            TakeOut {
                archive: None,
                ..asked.clone()
            },
            ActionError::NoArchiveFile { year },
        ),
        (
            TakeOut {
                reason: " ".into(),
                ..asked.clone()
            },
            ActionError::NoReason,
        ),
        (
            TakeOut {
                approver: " ".into(),
                ..asked.clone()
            },
            ActionError::NoApprover,
        ),
        (taking_out(2027), ActionError::YearNotClosed { year: 2027 }),
        (taking_out(2025), ActionError::NoYear { year: 2025 }),
    ] {
        assert_eq!(refuse(&book, request), refusal);
    }
    let archive = book.archive(year).unwrap();
    assert_eq!(
        refuse(&archive, asked.clone()),
        ActionError::Archive { year }
    );
    // A supplement to January, frozen in December, still asks for December's plan.
    let mut early = planned();
    draw(&mut early, "2026-11-27", "2026-12");
    act(
        &mut early,
        "2026-12-01T09:00:00",
        Action::StartYear { year: 2027 },
    );
    freeze(&mut early, "2026-12-02T09:00:00", 2027);
    assert_eq!(
        refuse(&early, asked.clone()),
        ActionError::YearNotClosed { year }
    );
    close(&mut early, "2027-01-04T09:00:00", "说明").unwrap();
    let needed = ActionError::YearNeeded { year };
    assert_eq!(refuse(&early, asked.clone()), needed);
    let mut late = early.clone();
    draw(&mut early, "2026-12-30", "2027-01");
    assert_eq!(refuse(&early, asked.clone()), needed);
    draw(&mut early, "2027-01-29", "2027-02");
    assert_eq!(early.check_taking_out(year), Ok(()));
    // January drawn late looks back no further.
    draw(&mut late, "2027-01-05", "2027-01");
    assert_eq!(late.check_taking_out(year), Ok(()));
    let open = OpenDraw {
        month: "2027-02".parse().unwrap(),
        reason: "演练".into(),
        salt_seed: [7; 32],
    };
    act(&mut late, "2027-01-29T09:00:00", Action::OpenDraw(open));
    assert_eq!(refuse(&late, asked), ActionError::DrawOpen { number: 2 });

    let after = without(&book, year);
    let last = after.trail.last().unwrap();
    assert_eq!(
        (last.action.as_str(), last.why.as_str()),
        ("take_out_years", "存储空间紧张")
    );
    let made = book.years[0]
        .visits
        .iter()
        .filter(|visit| visit.made.is_some());
    assert_eq!(
        last.detail,
        serde_json::json!({"years": [2026], "draws_count": 2, "visits_count": made.count(), "file": "2026年度归档.json",
            "archive": sha256(b"archive"), "approver": "鄢立群"})
    );
    assert_eq!(after.first_year_ever(), 2026);
    assert_eq!(
        refuse(&after, taking_out(year)),
        ActionError::NoYear { year }
    );
}

#[test]
fn a_supplement_to_a_month_kept_sees_the_register_as_before() {
    let before = told(&plain());
    let after = without(&before, 2026);
    let supplement = |mut book: Workbook| {
        // A unit that was forgotten makes the month lack visits.
        for at in 0..6 {
            let mut unit = Unit::new(UnitId::new("X").unwrap(), format!("漏登的单位{at}"));
            (unit.is_key, unit.is_densely_populated) = (true, true);
            act(
                &mut book,
                "2027-02-02T09:00:00",
                Action::AddUnit(Box::new(unit)),
            );
        }
        let open = OpenSupplementary {
            month: "2027-02".parse().unwrap(),
            reason: "名录漏登".into(),
            salt_seed: [7; 32],
        };
        act(
            &mut book,
            "2027-02-02T10:00:00",
            Action::OpenSupplementary(open),
        );
        let draw = book.open_draw_record().unwrap();
        format!("{:?} {:?} {:?}", draw.register, draw.sizes, draw.occasion)
    };
    assert_eq!(supplement(before), supplement(after));
}

#[test]
fn what_the_draws_taken_out_knew_stays_in_the_registers() {
    let story = plain();
    let before = told(&story);
    let mut after = without(&before, 2026);
    let withheld = after.units[story.withheld].id.clone();
    // Away since before the first draw kept: no register that is left knows it.
    let away = after.units[story.away].id.clone();
    assert!(after.is_referenced(&away));
    let alias = after.units[story.withheld].withheld.clone().unwrap().alias;
    assert!(
        after
            .taken_out
            .as_ref()
            .unwrap()
            .aliases
            .contains_key(&alias)
    );
    let publish = Action::PublishUnit { id: withheld };
    let refused = after
        .apply(publish, &at("2027-02-02T09:00:00"))
        .unwrap_err();
    // Its second draw, December's, was the first that knew the alias.
    assert_eq!(refused, ActionError::AliasUsed { number: 2 });
    assert_eq!(
        after.unit_drawn(&alias).unwrap().id,
        after.units[story.withheld].id
    );
    // An officer who left before it as well.
    let taken_out = after.taken_out.as_ref().unwrap();
    let left = after.officers[5].id.clone();
    assert!(taken_out.officers.iter().eq([&left]));
    let import = RegisterImport {
        is_replacement: true,
        rows: after.officers[..5].to_vec(),
        file_name: "人员.json".into(),
        withdrawal: None,
    };
    let refused = after.apply(Action::ImportOfficers(import), &at("2027-02-02T09:00:00"));
    let id = left.to_string();
    assert_eq!(refused.unwrap_err(), ActionError::Referenced { id });
}

/// Each thing that is kept is needed: without it something else would be said.
#[test]
fn nothing_is_kept_in_vain() {
    let story = plain();
    let after = without(&told(&story), 2026);
    let whole = said(&after);
    let differing = |change: fn(&mut Workbook)| {
        let mut book = after.clone();
        change(&mut book);
        let said = said(&book).into_iter();
        let differing = said.filter(|(what, value)| whole[what] != *value);
        differing.map(|it| it.0).collect::<Vec<_>>()
    };
    let changes = differing(|book| book.taken_out.as_mut().unwrap().changes.clear());
    assert_eq!(
        changes,
        ["2027-01 changes", "2027-02 changes", "2027-02 file"],
        "the draw that was broken off has no file"
    );
    let units = differing(|book| book.taken_out.as_mut().unwrap().units.clear());
    assert!(
        units.contains(&"2027-03 2027-02-25 changes".to_owned()),
        "{units:?}"
    );
    let inspections = differing(|book| {
        for at in 0..book.units.len() {
            book.units[at].inspections.clear();
        }
    });
    for what in ["snapshot", "levels", "sizes"] {
        let what = format!("2027-03 2027-02-25 {what}");
        assert!(inspections.contains(&what), "{what} {inspections:?}");
    }
}

#[test]
fn what_is_drawn_stays_drawn_on_both_sides_of_a_taking_out() {
    let before = told(&plain());
    let after = without(&before, 2026);
    // Either may take the other's place: each knows every draw.
    assert_eq!(before.draws_lost_by(&after), []);
    assert_eq!(after.draws_lost_by(&before), []);
    let known: Vec<KnownDraw> = before.known_draws().collect();
    assert_eq!(after.known_draws().collect::<Vec<_>>(), known);
    assert_eq!(after.draws_lost_of(&known), []);
    // In what an older program noted a draw has no year: it is of the first there ever was.
    let of_old = KnownDraw {
        year: None,
        ..known[0]
    };
    assert_eq!(after.draws_lost_of(&[of_old]), []);
    // A draw made since is lost by both.
    let mut later = after.clone();
    let march = draw(&mut later, "2027-02-26", "2027-03");
    assert_eq!(later.draws_lost_by(&before), [march]);
    assert_eq!(later.draws_lost_by(&after), [march]);
    // A copy from before December was drawn lacks draws that lie in the archive.
    let mut old = before.clone();
    old.years.truncate(1);
    old.years[0].draws.truncate(1);
    let lost = after.draws_lost_by(&old);
    let names: Vec<String> = lost.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["2026-02", "2027-01", "2027-02", "2027-03"]);
    assert_eq!(before.draws_lost_by(&old), lost);
    // And one whose archive holds another draw under that number.
    let mut forged = after.clone();
    forged.taken_out.as_mut().unwrap().years[0].draws[1].certificate = Some(sha256(b"another"));
    assert_eq!(before.draws_lost_by(&forged), [DrawId::new(2026, 2)]);
    assert_eq!(after.draws_lost_by(&forged), [DrawId::new(2026, 2)]);
    assert_eq!(forged.draws_lost_of(&known), [known[1]]);
    // The archive has what was taken out; one in which a draw reads otherwise has not.
    let mut archive = before.archive(2026).unwrap();
    assert_eq!(after.archive_fits(&archive), Some(true));
    assert_eq!(forged.archive_fits(&archive), Some(false));
    assert_eq!(before.archive_fits(&archive), None);
    archive.id = "another".into();
    assert_eq!(after.archive_fits(&archive), None);
    // A browser that never saw the years remembers their draws none the less.
    let mut meta = Meta::default();
    assert!(meta.remember_draws(&after));
    assert_eq!(meta.draws[&after.id], known);
}

#[test]
fn the_store_shrinks_and_keeps_what_is_left() {
    let before = told(&plain());
    let after = without(&before, 2026);
    let stamp = Stamp {
        at: at("2027-02-01T08:00:00").now,
        version: before.version,
        units_count: 30,
    };
    let mut vault = Vault::new(MemoryStorage::new(), before.version);
    let mut cutter = Cutter::default();
    let mut save = |book: &Workbook| {
        let cut = cutter.cut(book, vault.parts_known().unwrap());
        let units = vault.save(&cut, &stamp).unwrap().units;
        let decode = |text: &str| {
            let read = json::read_stored(text);
            read.map(|file| file.workbook).map_err(drop)
        };
        let loaded = vault.load(decode).unwrap().loaded.unwrap();
        assert!(loaded.value == *book);
        units
    };
    let whole = save(&before);
    save(&after);
    // Both generations are without the years now.
    let less = save(&after);
    assert!(less * 4 < whole * 3, "{less} of {whole}");
}

#[test]
fn two_years_leave_one_after_the_other_or_together() {
    let mut book = told(&plain());
    let mut stepwise = without(&book, 2026);
    for book in [&mut book, &mut stepwise] {
        act(
            book,
            "2027-11-02T09:00:00",
            Action::StartYear { year: 2028 },
        );
        freeze(book, "2027-12-02T09:00:00", 2028);
        draw(book, "2027-12-30", "2028-01");
        let close = Action::CloseYear {
            year: 2027,
            approver: "鄢立群".into(),
            note: "说明".into(),
        };
        act(book, "2028-01-04T09:00:00", close);
        draw(book, "2028-01-28", "2028-02");
        let leave = Action::TakeOutYears(taking_out(2027));
        act(book, "2028-02-01T09:00:00", leave);
        assert_eq!(book.check_sound(), Ok(()));
        assert!(read(&json::workbook_to_json(book)) == *book);
    }
    let (at_once, stepwise) = (book.taken_out.unwrap(), stepwise.taken_out.unwrap());
    let draws = |it: &double_random::workbook::taken_out::TakenOut| {
        let years = it.years.iter().map(|year| (year.year, year.draws.len()));
        years.collect::<Vec<_>>()
    };
    assert_eq!(draws(&at_once), [(2026, 2), (2027, 3)]);
    assert_eq!(draws(&at_once), draws(&stepwise));
    assert_eq!(at_once.units, stepwise.units);
    assert_eq!(at_once.officers, stepwise.officers);
    assert_eq!(at_once.aliases, stepwise.aliases);
    // The entries that they name differ by one.
    let counts = |it: &double_random::workbook::taken_out::TakenOut| {
        let changes = it
            .changes
            .iter()
            .map(|(draw, changes)| (*draw, changes.counts));
        changes.collect::<Vec<_>>()
    };
    assert_eq!(counts(&at_once), counts(&stepwise));
}

/// The first draw kept is not always of the first year kept.
#[test]
fn a_year_without_a_draw_may_stand_between() {
    let mut book = planned();
    draw(&mut book, "2026-11-27", "2026-12");
    let start = |year| Action::StartYear { year };
    act(&mut book, "2026-12-01T09:00:00", start(2027));
    close(&mut book, "2027-01-04T09:00:00", "说明").unwrap();
    let unit = Unit::new(UnitId::new("X").unwrap(), "后来的单位");
    act(
        &mut book,
        "2027-05-04T09:00:00",
        Action::AddUnit(Box::new(unit)),
    );
    act(&mut book, "2027-11-02T09:00:00", start(2028));
    freeze(&mut book, "2027-12-02T09:00:00", 2028);
    let first = draw(&mut book, "2028-01-05", "2028-01");
    let mut after = book.clone();
    let leave = Action::TakeOutYears(taking_out(2026));
    act(&mut after, "2028-02-01T09:00:00", leave);
    assert_eq!(after.check_sound(), Ok(()));
    let changes = |book: &Workbook| book.changes_of(book.draw(first).unwrap()).unwrap();
    assert_eq!(changes(&book).counts.joined, 1);
    assert_eq!(changes(&after), changes(&book));
}

#[test]
fn what_contradicts_itself_is_not_believed() {
    let after = without(&told(&plain()), 2026);
    let wrong: [fn(&mut Workbook); 6] = [
        |book| book.taken_out.as_mut().unwrap().years.clear(),
        |book| book.taken_out.as_mut().unwrap().years[0].year = 2025,
        |book| book.taken_out.as_mut().unwrap().years[0].draws[0].year = None,
        |book| {
            book.taken_out.as_mut().unwrap().years[0].draws.remove(0);
        },
        |book| book.years[0].year = 2030,
        |book| {
            let changes = &mut book.taken_out.as_mut().unwrap().changes;
            changes[0].0 = DrawId::new(2027, 9);
        },
    ];
    for (at, change) in wrong.into_iter().enumerate() {
        let mut book = after.clone();
        change(&mut book);
        assert_eq!(book.check_sound(), Err(Unsound::TakenOut), "{at}");
    }
}
