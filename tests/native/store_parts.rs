//! The store in parts: a save writes what changed, and whatever breaks off or breaks,
//! one generation is whole and nothing that was damaged is lost.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use double_random::demo;
use double_random::exchange::json::read_stored;
use double_random::model::Finding;
use double_random::store::parts::Cutter;
use double_random::store::slot::{self, SlotError};
use double_random::store::{
    Damage, MemoryStorage, PART_PREFIX, QUOTA_UNITS, SaveError, SaveOutcome, Saved, Slot, Stamp,
    Storage, Vault, quota_used,
};
use double_random::workbook::kept::Keep;
use double_random::workbook::request::{
    Commit, EntropyChoice, EntropyGiven, OpenDraw, RegisterImport, RunDraw, Withdrawal,
};
use double_random::workbook::{Action, Context, VERSION, Workbook};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::approval::approve;

fn act(book: &mut Workbook, action: Action, now: &str) {
    let context = Context {
        now: now.parse::<NaiveDateTime>().unwrap(),
        who: "沙维新".into(),
    };
    book.apply(action, &context).unwrap();
}

fn freeze(book: &mut Workbook) {
    let freeze = Action::FreezePlan {
        year: 2026,
        approver: "鄢立群".into(),
        reason: "抽查".into(),
    };
    act(book, freeze, "2025-12-01T09:00:00");
}

/// Draws the month of that number, and visits all that it drew.
fn draw(book: &mut Workbook, number: u32) {
    let month = format!("2026-{number:02}");
    let day = if number == 1 {
        "2025-12-30".to_owned()
    } else {
        format!("2026-{:02}-28", number - 1)
    };
    let now = format!("{day}T09:00:00");
    let open = Action::OpenDraw(OpenDraw {
        month: month.parse().unwrap(),
        reason: "提前".into(),
        salt_seed: [7; 32],
    });
    let commit = Action::Commit(Commit {
        number,
        entropy: EntropyChoice::Local,
        shown_at: "大队公示栏".into(),
    });
    let run = Action::Draw(RunDraw {
        number,
        entropy: EntropyGiven::Local([number as u8; 32]),
    });
    for action in [open, commit, run] {
        act(book, action, &now);
    }
    approve(book);
    for row in book.month_visits(month.parse().unwrap()) {
        let visit = Action::RecordVisit {
            unit: row.unit,
            date: row.day,
            finding: Finding::None,
        };
        let context = Context {
            now: row.day.and_hms_opt(17, 0, 0).unwrap(),
            who: "沙维新".into(),
        };
        let _ = book.apply(visit, &context);
    }
}

/// A small brigade with two drawn months.
fn small() -> Workbook {
    let mut book = demo::brigade(2026, 3);
    book.units.truncate(30);
    book.officers.truncate(5);
    book.items.truncate(2);
    freeze(&mut book);
    draw(&mut book, 1);
    draw(&mut book, 2);
    book
}

fn stamp(book: &Workbook) -> Stamp {
    Stamp {
        at: "2026-02-28T09:00:00".parse().unwrap(),
        version: VERSION,
        units_count: book.units.len() as u32,
    }
}

/// A page with the store open, as the program has it.
struct Desk<'a> {
    vault: Vault<&'a MemoryStorage>,
    cutter: Cutter,
}

impl<'a> Desk<'a> {
    /// The page, what it loaded, and which keys were damaged.
    fn open(storage: &'a MemoryStorage) -> (Self, Option<Workbook>, Vec<String>) {
        let mut vault = Vault::new(storage, VERSION);
        let decode = |text: &str| read_stored(text).map(|file| file.workbook);
        let outcome = vault.load(decode).unwrap();
        let loaded = outcome.loaded.as_ref();
        let cutter = loaded.map_or_else(Cutter::default, Cutter::of_loaded);
        let damaged = outcome.damaged.into_iter();
        (
            Self { vault, cutter },
            outcome.loaded.map(|loaded| loaded.value),
            damaged.map(|it| it.kept_as.unwrap()).collect(),
        )
    }

    fn save(&mut self, book: &Workbook) -> Result<Saved, SaveError> {
        let known = self.vault.parts_known()?;
        let cut = self.cutter.cut(book, known);
        self.vault.save(&cut, &stamp(book))
    }

    fn snapshot(&mut self, book: &Workbook) {
        let cut = self.cutter.cut(book, self.vault.parts_known().unwrap());
        self.vault
            .snapshot_take(&cut, &stamp(book), "wish")
            .unwrap();
    }
}

fn all(storage: &MemoryStorage) -> BTreeMap<String, String> {
    let keys = storage.keys().unwrap().into_iter();
    keys.map(|key| (key.clone(), storage.get(&key).unwrap().unwrap()))
        .collect()
}

fn with(values: &BTreeMap<String, String>) -> MemoryStorage {
    let storage = MemoryStorage::new();
    for (key, value) in values {
        storage.set(key, value).unwrap();
    }
    storage
}

fn parts(storage: &MemoryStorage) -> Vec<String> {
    let mut keys = storage.keys().unwrap();
    keys.retain(|key| key.starts_with(PART_PREFIX));
    keys
}

/// The same workbook with another note on a unit.
fn noted(book: &Workbook, note: &str) -> Workbook {
    let mut book = book.clone();
    book.units[3].note = note.into();
    book
}

/// A store with an older and a newer generation and a snapshot; the two generations.
fn two_generations() -> (BTreeMap<String, String>, Workbook, Workbook) {
    let storage = MemoryStorage::new();
    let older = small();
    let newer = noted(&older, "newer");
    let mut desk = Desk::open(&storage).0;
    desk.save(&noted(&older, "first")).unwrap();
    desk.snapshot(&noted(&older, "snapshot"));
    desk.save(&older).unwrap();
    desk.save(&newer).unwrap();
    (all(&storage), older, newer)
}

#[test]
fn a_workbook_comes_back_from_its_parts() {
    let book = small();
    let mut large = book.clone();
    large.units = demo::registry(2026, 2_345, 1).into();
    large.trail = std::iter::repeat_n(book.trail[0].clone(), 1_234).collect();
    for book in [
        Workbook::new("0123456789abcdef", book.brigade.clone(), 2026),
        book,
    ] {
        let storage = MemoryStorage::new();
        Desk::open(&storage).0.save(&book).unwrap();
        assert!(Desk::open(&storage).1.as_ref() == Some(&book));
    }
    // A trail that is no chain is told of, and opened.
    let storage = MemoryStorage::new();
    Desk::open(&storage).0.save(&large).unwrap();
    let read = Desk::open(&storage).1.unwrap();
    assert!(read.units == large.units && read.trail == large.trail);
    assert!(parts(&storage).len() >= 1 + 3 + 3);
}

#[test]
fn a_change_writes_its_page_and_the_snapshot_shares_the_rest() {
    let storage = MemoryStorage::new();
    let mut book = small();
    book.units = demo::registry(2026, 5_000, 1).into();
    book.unit_number_last = 5_000;
    let mut desk = Desk::open(&storage).0;
    let first = desk.save(&book).unwrap();
    let before = all(&storage);
    book.units[2_500].phone = "0319-5550000".into();
    let second = desk.save(&book).unwrap();
    assert!(second.units * 4 < first.units, "{second:?} of {first:?}");
    let after = all(&storage);
    let changed = after
        .iter()
        .filter(|&(key, value)| before.get(key) != Some(value));
    let changed: Vec<&String> = changed.map(|(key, _)| key).collect();
    assert_eq!(changed.len(), 2, "a page and a manifest: {changed:?}");
    assert!(
        before
            .iter()
            .all(|(key, value)| after.get(key) == Some(value))
    );
    // Nothing changed, and nothing is written but a manifest; nor where the page was
    // closed in between.
    let again = desk.save(&book).unwrap();
    let mut desk = Desk::open(&storage).0;
    let reopened = desk.save(&book).unwrap();
    assert!(reopened.units < again.units + 10, "{reopened:?}, {again:?}");
    assert_eq!(
        parts(&storage).len(),
        parts(&with(&before)).len(),
        "the old page went"
    );
    let taken = quota_used(&storage).unwrap().ours;
    desk.snapshot(&book);
    assert!(quota_used(&storage).unwrap().ours < taken + taken / 20);
    let kept = desk.vault.snapshot_text(1).unwrap().unwrap().unwrap();
    assert!(read_stored(&kept).unwrap().workbook == book);
    // The page of the snapshot stays as long as the snapshot does.
    for note in ["一", "二", "三"] {
        desk.save(&noted(&book, note)).unwrap();
    }
    let info = &desk.vault.snapshots().unwrap()[0];
    assert!(info.units > 10_000, "{}", info.units);
    assert!(desk.vault.snapshot_text(1).unwrap().unwrap().is_ok());
    let before = parts(&storage).len();
    desk.vault.snapshot_discard(1).unwrap();
    assert_eq!(parts(&storage).len(), before - 1);
}

/// What a person, a file, another window or the program does between two saves.
#[derive(Debug, Clone)]
enum Deed {
    EditUnit(Index),
    AddUnit,
    Retire(Index),
    /// A file takes the register's place, with a unit fewer and one that reads otherwise.
    Import(Index),
    EditOfficer(Index),
    EditEngineer(Index),
    RemoveAgency(Index),
    RemoveItem(Index),
    EditPlan(u32),
    Visit(Index),
    /// The next month is drawn and its visits are made.
    Draw,
    /// Its register is frozen, and no more.
    Open,
    /// Something is changed past the actions, as a migration does.
    Directly(Index),
    /// The page goes back to an earlier state, as where a save is refused.
    Return(Index),
    /// The page is closed and opened again.
    Reopen,
}

fn any_deed() -> impl Strategy<Value = Deed> {
    let index = any::<Index>;
    prop_oneof![
        4 => index().prop_map(Deed::EditUnit),
        2 => Just(Deed::AddUnit),
        1 => index().prop_map(Deed::Retire),
        1 => index().prop_map(Deed::Import),
        1 => index().prop_map(Deed::EditOfficer),
        1 => index().prop_map(Deed::EditEngineer),
        1 => index().prop_map(Deed::RemoveAgency),
        1 => index().prop_map(Deed::RemoveItem),
        1 => (1..40_u32).prop_map(Deed::EditPlan),
        4 => index().prop_map(Deed::Visit),
        2 => Just(Deed::Draw),
        1 => Just(Deed::Open),
        2 => index().prop_map(Deed::Directly),
        3 => index().prop_map(Deed::Return),
        3 => Just(Deed::Reopen),
    ]
}

/// The action that a deed is, where it is one.
fn action(book: &Workbook, deed: &Deed) -> Option<Action> {
    Some(match deed {
        Deed::EditUnit(at) => {
            let mut unit = at.get(&book.units).clone();
            unit.note.push('改');
            Action::EditUnitAlike(Box::new(unit))
        }
        Deed::AddUnit => {
            let mut unit = book.units[0].clone();
            (unit.code, unit.inspections) = (None, Vec::new());
            Action::AddUnitAlike(Box::new(unit))
        }
        Deed::Retire(at) => Action::RetireUnit {
            id: at.get(&book.units).id.clone(),
            since: "2026-01-10".parse().unwrap(),
            reason: "已注销".into(),
            approver: "鄢立群".into(),
        },
        Deed::Import(at) => {
            let mut rows = book.units.to_vec();
            rows.remove(at.index(rows.len()));
            let at = at.index(rows.len());
            rows[at].phone.push('1');
            Action::ImportUnits(RegisterImport {
                is_replacement: false,
                rows,
                file_name: "名录.json".into(),
                withdrawal: None,
            })
        }
        Deed::EditOfficer(at) => {
            let mut officer = at.get(&book.officers).clone();
            officer.name.push('甲');
            Action::EditOfficerAlike(Box::new(officer))
        }
        Deed::RemoveItem(at) => Action::RemoveItem {
            id: at.get(&book.items).id.clone(),
            reason: "重复".into(),
            approver: "鄢立群".into(),
        },
        Deed::EditEngineer(at) => {
            let mut engineer = at.get(&book.engineers).clone();
            engineer.note.push('改');
            Action::Engineers(Keep::EditAlike(Box::new(engineer)))
        }
        Deed::RemoveAgency(at) => {
            let mut rows = book.agencies.to_vec();
            if !rows.is_empty() {
                rows.remove(at.index(rows.len()));
            }
            Action::Agencies(Keep::Import(RegisterImport {
                rows,
                file_name: "a".into(),
                is_replacement: true,
                withdrawal: Some(Withdrawal {
                    since: "2026-01-05".parse().unwrap(),
                    reason: "不在新名录".into(),
                    approver: "鄢立群".into(),
                }),
            }))
        }
        Deed::EditPlan(per_day) => {
            let mut plan = book.last_year().draft.clone();
            plan.design.per_day = *per_day;
            Action::EditPlan(Box::new(plan))
        }
        Deed::Visit(at) => {
            let visits: Vec<_> = book.visits().collect();
            let visit = (!visits.is_empty()).then(|| *at.get(&visits))?;
            Action::RecordVisit {
                unit: visit.id.unit.clone(),
                date: "2026-03-02".parse().unwrap(),
                finding: Finding::None,
            }
        }
        Deed::Open => Action::OpenDraw(OpenDraw {
            month: book.draws().next_back()?.month.next(),
            reason: "提前".into(),
            salt_seed: [9; 32],
        }),
        _ => return None,
    })
}

/// Does a deed, unless it is refused, which changes nothing.
fn act_out(book: &mut Workbook, deed: &Deed) {
    let now = book.draws().next_back().map(|draw| draw.opened_at);
    let context = Context {
        now: now.unwrap_or_default() + chrono::TimeDelta::hours(1),
        who: "沙维新".into(),
    };
    if let Some(action) = action(book, deed) {
        let _ = book.apply(action, &context);
    }
    match deed {
        Deed::Draw if book.draws().all(|draw| !draw.is_open()) => {
            let number = book.draws().count() as u32 + 1;
            if number <= 3 {
                draw(book, number);
            }
        }
        Deed::Directly(at) => {
            let at = at.index(book.units.len());
            book.units[at].tags.insert("无人".into());
            book.demo_today = Some("2026-02-03".parse().unwrap());
            book.years[0].visits.iter_mut().for_each(|visit| {
                visit.extra.insert("seen".into(), at.into());
            });
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever happened since the last save: what is saved says just what a page would
    /// say that packs all of it anew, and is the workbook when it is loaded.
    #[test]
    fn a_save_misses_no_change(deeds in prop::collection::vec(any_deed(), 1..12)) {
        let mut book = demo::brigade(2026, 3);
        book.units.truncate(1_050);
        book.officers.truncate(5);
        freeze(&mut book);
        let storage = MemoryStorage::new();
        let (mut desk, mut known) = (Desk::open(&storage).0, vec![book.clone()]);
        desk.save(&book).unwrap();
        for deed in &deeds {
            match deed {
                Deed::Return(at) => book = at.get(&known).clone(),
                Deed::Reopen => desk = Desk::open(&storage).0,
                deed => act_out(&mut book, deed),
            }
            known.push(book.clone());
            desk.save(&book).unwrap();
            prop_assert!(Desk::open(&storage).1.as_ref() == Some(&book), "after {:?}", deed);
            let fresh = MemoryStorage::new();
            Desk::open(&fresh).0.save(&book).unwrap();
            prop_assert!(newest_text(&storage) == newest_text(&fresh), "after {:?}", deed);
        }
    }
}

/// All the text of the newest save.
fn newest_text(storage: &MemoryStorage) -> String {
    let vault = Vault::new(storage, VERSION);
    let read = |slot: Slot| {
        let raw = storage.get(slot.key()).unwrap()?;
        let sequence = slot::peek(&raw).unwrap().sequence;
        Some((sequence, vault.slot_text(slot).unwrap()?))
    };
    let newest = [Slot::A, Slot::B].into_iter().filter_map(read);
    newest.max_by_key(|(sequence, _)| *sequence).unwrap().1
}

/// After any write of a save the store is as if it had been killed there.
#[test]
fn a_save_that_is_killed_anywhere_leaves_a_whole_generation() {
    let (values, older, newer) = two_generations();
    // Something of every kind changes: a unit, the head, the trail, a draw.
    let mut newest = noted(&newer, "newest");
    draw(&mut newest, 3);
    let mut saved = 0;
    for writes in 0.. {
        let storage = with(&values);
        let (mut desk, loaded, _) = Desk::open(&storage);
        assert!(loaded.as_ref() == Some(&newer));
        storage.break_off_after(Some(writes));
        let result = desk.save(&newest);
        storage.break_off_after(None);

        let (mut desk, loaded, damaged) = Desk::open(&storage);
        let loaded = loaded.unwrap();
        assert!(loaded == newer || loaded == newest, "after {writes}");
        assert!(result.is_err() || loaded == newest, "after {writes}");
        assert_eq!(damaged, Vec::<String>::new(), "after {writes}");
        let other = if loaded == newest { Slot::B } else { Slot::A };
        storage.remove(other.key()).unwrap();
        if let Some(before) = Desk::open(&storage).1 {
            assert!(before == older || before == newer || before == newest);
        }
        // The page goes on, and what the broken save left behind goes.
        desk.save(&newest).unwrap();
        desk.save(&newest).unwrap();
        let left = parts(&storage).len();
        let fresh = with(&values);
        let mut desk = Desk::open(&fresh).0;
        desk.save(&newest).unwrap();
        desk.save(&newest).unwrap();
        assert_eq!(left, parts(&fresh).len(), "after {writes}");
        // It counts as saved before the last old part is dropped.
        saved += usize::from(result.is_ok());
        if saved == 8 {
            break;
        }
    }
}

/// A write that breaks off in its middle, as no browser should do.
#[test]
fn a_write_that_is_torn_leaves_a_whole_generation() {
    let (values, _, newer) = two_generations();
    let mut newest = noted(&newer, "newest");
    draw(&mut newest, 3);
    for chars in [0, 1, 40, 200, 2_000] {
        for writes in 0..12 {
            let storage = with(&values);
            let mut desk = Desk::open(&storage).0;
            storage.tear_write_after(writes, chars);
            let result = desk.save(&newest);
            let (mut desk, loaded, damaged) = Desk::open(&storage);
            let loaded = loaded.unwrap();
            assert!(loaded == newest || result.is_err() && loaded == newer);
            assert!(damaged.len() <= 1);
            if result.is_ok() {
                break;
            }
            // A part that was torn is not taken for whole.
            desk.save(&newest).unwrap();
            assert!(Desk::open(&storage).1.as_ref() == Some(&newest));
        }
    }
}

/// Each value of the store in turn is cut off or changed, wholly or in one character.
#[test]
fn whatever_is_damaged_a_whole_generation_is_loaded_or_all_is_kept() {
    let (values, older, newer) = two_generations();
    let shared = |key: &str| {
        let storage = with(&values);
        storage.remove(key).unwrap();
        Desk::open(&storage).1.is_none()
    };
    for (key, right) in &values {
        let chars: Vec<char> = right.chars().collect();
        let half: String = chars[..chars.len() / 2].iter().collect();
        let mut swapped = chars.clone();
        let at = chars.len() * 3 / 4;
        swapped[at] = if chars[at] == '丁' { '丙' } else { '丁' };
        for wrong in [half, swapped.iter().collect(), "not ours".into()] {
            let storage = with(&values);
            storage.set(key, &wrong).unwrap();
            let (mut desk, loaded, damaged) = Desk::open(&storage);
            match &loaded {
                Some(book) => assert!(*book == newer || *book == older, "{key}"),
                None => assert!(shared(key) && damaged.len() == 2, "{key}"),
            }
            // Saved on and on, what could not be read is still there, and named.
            for note in ["a", "b", "c"] {
                desk.save(&noted(&older, note)).unwrap();
            }
            let now = all(&storage);
            assert_eq!(desk.vault.damaged_keys().unwrap(), damaged, "{key}");
            if !damaged.is_empty() {
                // A part's right content heals it: the name says what it must be.
                let is_kept = now.values().any(|value| *value == wrong);
                assert!(is_kept || now.get(key) == Some(right), "{key}");
                let text = desk.vault.damaged_text(&damaged[0]).unwrap().unwrap();
                assert!(text.contains("newer") || text.contains("格式") || text.len() > 10);
            }
            assert!(desk.vault.snapshots().unwrap().len() == 1);
            // Once it is discarded, its parts go too.
            for key in &damaged {
                desk.vault.damaged_discard(key).unwrap();
            }
            let keys = storage.keys().unwrap();
            assert!(keys.iter().all(|key| !key.contains("damaged")), "{keys:?}");
        }
    }
}

#[test]
fn a_damaged_manifest_keeps_the_parts_that_may_be_its_own() {
    let (values, older, _) = two_generations();
    let storage = with(&values);
    storage.set(Slot::A.key(), "not ours").unwrap();
    let (mut desk, loaded, damaged) = Desk::open(&storage);
    assert!(loaded == Some(older.clone()), "the newest stood in A");
    for note in ["a", "b", "c"] {
        desk.save(&noted(&older, note)).unwrap();
    }
    let text = desk.vault.damaged_text(&damaged[0]).unwrap().unwrap();
    assert!(text.starts_with("not ours\n") && text.contains("\"note\":\"newer\""));
    let before = parts(&storage).len();
    desk.vault.damaged_discard(&damaged[0]).unwrap();
    assert_eq!(parts(&storage).len(), before - 1);
}

/// What the program before parts wrote: two slots of whole workbooks, and a snapshot.
fn first_layout() -> BTreeMap<String, String> {
    serde_json::from_str(include_str!("../data/store-v1.json")).unwrap()
}

#[test]
fn a_store_of_the_first_layout_is_opened_and_goes_over_to_parts() {
    let values = first_layout();
    let storage = with(&values);
    let (mut desk, loaded, damaged) = Desk::open(&storage);
    let book = loaded.unwrap();
    assert_eq!((book.draws().count(), damaged.len()), (2, 0));
    assert_eq!(book.units[3].phone, "0319-5550000");
    assert!(book.draws().all(|draw| draw.drawn.is_some()));
    assert!(all(&storage) == values, "opening changes nothing");
    desk.save(&book).unwrap();
    let newest = values.get(Slot::B.key());
    assert_eq!(
        storage.get(Slot::B.key()).unwrap().as_ref(),
        newest,
        "the old one stays"
    );
    desk.save(&book).unwrap();
    assert!(Desk::open(&storage).1.as_ref() == Some(&book));
    // Its snapshot can still be read.
    let text = desk.vault.snapshot_text(1).unwrap().unwrap().unwrap();
    assert_eq!(read_stored(&text).unwrap().workbook.draws().count(), 2);
}

#[test]
fn going_over_to_parts_can_be_killed_anywhere() {
    let values = first_layout();
    for writes in 0..40 {
        let storage = with(&values);
        let (mut desk, loaded, _) = Desk::open(&storage);
        let book = loaded.unwrap();
        let changed = noted(&book, "changed");
        storage.break_off_after(Some(writes));
        let is_saved = desk.save(&changed).is_ok();
        storage.break_off_after(None);
        let (_, loaded, damaged) = Desk::open(&storage);
        let loaded = loaded.unwrap();
        assert!(loaded == changed || !is_saved && loaded == book);
        assert!(damaged.is_empty());
    }
}

/// The same workbook with noise in every unit: a page as large as all there is. Another
/// seed is other noise, and more `times` is more of it.
fn noisy(book: &Workbook, seed: u128, times: usize) -> Workbook {
    let mut book = book.clone();
    for (at, unit) in book.units.iter_mut().enumerate() {
        let mut noise = at as u128 + seed;
        let more = |_| {
            noise = noise.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835) ^ seed;
            format!("{noise:x}")
        };
        unit.note = (0..times).map(more).collect();
    }
    book
}

/// A store of two generations with so many units free.
fn in_room(older: &Workbook, newer: &Workbook, free: u64) -> MemoryStorage {
    let storage = MemoryStorage::new();
    let mut desk = Desk::open(&storage).0;
    desk.save(older).unwrap();
    desk.save(newer).unwrap();
    storage.set_quota(Some(quota_used(&storage).unwrap().all + free));
    storage
}

/// Saves `newest` into such a store, killed after each write and removal in turn: what
/// is loaded then, and whether the save was done; at last the one that was not killed.
fn killed_anywhere(
    store: impl Fn() -> MemoryStorage,
    newest: &Workbook,
) -> (Vec<(Option<Workbook>, bool)>, Saved) {
    let mut found = Vec::new();
    for writes in 0.. {
        let storage = store();
        let mut desk = Desk::open(&storage).0;
        storage.break_off_after(Some(writes));
        let result = desk.save(newest);
        storage.break_off_after(None);
        // There may be no room to set a damaged generation aside.
        let mut vault = Vault::new(&storage, VERSION);
        let decode = |text: &str| read_stored(text).map(|file| file.workbook);
        let loaded = vault.load(decode).unwrap().loaded;
        let loaded = loaded.map(|loaded| loaded.value);
        // It counts as saved before the last old part is dropped.
        if let Ok(saved) = result
            && found.last().is_some_and(|(_, is_saved)| *is_saved)
        {
            return (found, saved);
        }
        found.push((loaded, result.is_ok()));
    }
    unreachable!("a save ends");
}

/// In little room the older generation goes first: what was saved last outlives a kill.
#[test]
fn in_little_room_a_save_can_be_killed_anywhere() {
    let older = noisy(&small(), 1, 1);
    let newer = noted(&small(), "newer");
    let newest = noisy(&newer, 2, 1);
    // Free is less than the new page, but more once the older generation is gone.
    let (found, saved) = killed_anywhere(|| in_room(&older, &newer, 400), &newest);
    for (loaded, is_saved) in found {
        let loaded = loaded.unwrap();
        assert!(loaded == newest || !is_saved && loaded == newer);
    }
    assert_eq!(saved.outcome, SaveOutcome::TwoGenerations);
}

/// Where the older generation frees too little it stays, and is whole until the save is.
#[test]
fn in_less_room_a_save_that_is_killed_leaves_the_older_generation() {
    let older = small();
    let newer = noisy(&older, 1, 4);
    let newest = noisy(&older, 2, 4);
    let store = || in_room(&older, &newer, 400);
    let (found, saved) = killed_anywhere(store, &newest);
    let mut seen = [0; 3];
    for (loaded, is_saved) in found {
        let known = [&older, &newer, &newest];
        let at = known.iter().position(|it| loaded.as_ref() == Some(it));
        seen[at.unwrap()] += 1;
        assert_eq!(at == Some(2), is_saved);
    }
    assert!(seen.iter().all(|&times| times > 0), "{seen:?}");
    assert_eq!(saved.outcome, SaveOutcome::TwoGenerations);
    // The generation before is still the older one.
    let storage = store();
    Desk::open(&storage).0.save(&newest).unwrap();
    storage.remove(Slot::B.key()).unwrap();
    assert!(Desk::open(&storage).1.as_ref() == Some(&older));
}

#[test]
fn where_only_the_newest_was_there_one_generation_is_said() {
    let (older, newer) = (noisy(&small(), 1, 4), noisy(&small(), 2, 4));
    let storage = in_room(&older, &newer, 0);
    storage.remove(Slot::A.key()).unwrap();
    let mut desk = Desk::open(&storage).0;
    desk.vault.snapshot_discard(1).unwrap();
    storage.set_quota(Some(quota_used(&storage).unwrap().all + 400));
    let saved = desk.save(&noisy(&small(), 3, 4)).unwrap();
    assert_eq!(saved.outcome, SaveOutcome::SingleGeneration);
}

#[test]
fn in_the_least_room_one_generation_is_kept_and_what_does_not_fit_changes_nothing() {
    let (older, newer) = (noisy(&small(), 1, 4), noisy(&small(), 2, 4));
    let store = || in_room(&older, &newer, 400);
    let storage = store();
    let newest = noisy(&small(), 3, 7);
    let saved = Desk::open(&storage).0.save(&newest).unwrap();
    assert_eq!(saved.outcome, SaveOutcome::SingleGeneration);
    assert!(Desk::open(&storage).1.as_ref() == Some(&newest));
    let storage = store();
    let before = all(&storage);
    let error = Desk::open(&storage).0.save(&noisy(&small(), 3, 40));
    assert!(matches!(error, Err(SaveError::Full { .. })), "{error:?}");
    assert!(all(&storage) == before);
}

#[test]
fn a_damaged_part_is_told_from_what_cannot_be_understood() {
    let (values, ..) = two_generations();
    let storage = with(&values);
    for key in parts(&storage) {
        storage.remove(&key).unwrap();
    }
    let mut vault = Vault::new(&storage, VERSION);
    let outcome = vault.load(|text| Ok::<_, ()>(text.to_owned())).unwrap();
    assert!(outcome.loaded.is_none());
    let damages = outcome.damaged.iter().map(|it| it.damage);
    assert!(damages.eq([Damage::Slot(SlotError::Part); 2]));
}

/// Milliseconds that this thread has had of a processor, where Linux counts them: other
/// programs beside it do not count.
fn processor_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e6
}

/// Run by hand, `--ignored --no-capture`: what a large brigade's year takes.
#[test]
#[ignore = "a measurement"]
fn a_large_year_measured() {
    let timed = |what: &str, start: f64| println!("{what}: {:.1} ms", processor_ms() - start);
    let now = processor_ms;
    let mut book = demo::brigade(2026, 3);
    book.units = demo::registry(2026, 100_000, 1).into();
    book.unit_number_last = 200_000;
    freeze(&mut book);
    for drawn in [0, 12] {
        if drawn > 0 {
            (1..=12).for_each(|number| draw(&mut book, number));
        }
        println!("100 000 units, {} draws", book.draws().count());
        let storage = MemoryStorage::new();
        let mut desk = Desk::open(&storage).0;
        let start = now();
        let cut = desk.cutter.cut(&book, desk.vault.parts_known().unwrap());
        timed("packed whole", start);
        let saved = desk.vault.save(&cut, &stamp(&book)).unwrap();
        timed("packed and saved whole", start);
        println!("{saved:?}, {} parts", parts(&storage).len());
        for _ in 0..3 {
            book.units[50_000].note.push('改');
            let start = now();
            let known = desk.vault.parts_known().unwrap();
            let cut = desk.cutter.cut(&book, known);
            timed("one edit packed", start);
            let saved = desk.vault.save(&cut, &stamp(&book)).unwrap();
            timed("one edit packed and saved", start);
            println!("{saved:?}");
        }
        let usage = quota_used(&storage).unwrap();
        println!("{usage:?}");
        assert!(usage.all < QUOTA_UNITS);
        let mut unit = book.units[50_000].clone();
        unit.phone.push('1');
        let start = now();
        act(
            &mut book,
            Action::EditUnit(Box::new(unit)),
            "2026-02-28T10:00:00",
        );
        timed("the action that edits a unit", start);
        desk.save(&book).unwrap();
        let start = now();
        let copy = book.clone();
        timed("a copy of the workbook", start);
        drop(copy);
        let start = now();
        let _ = Vault::new(&storage, VERSION).load(|_| Ok::<_, ()>(()));
        timed("joined", start);
        let start = now();
        let (mut desk, loaded, _) = Desk::open(&storage);
        timed("loaded", start);
        let mut loaded = loaded.unwrap();
        assert!(loaded == book);
        loaded.units[50_000].note.push('改');
        let start = now();
        desk.save(&loaded).unwrap();
        timed("the first edit of a page just opened", start);
    }
}
