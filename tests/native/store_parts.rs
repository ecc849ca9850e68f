//! The store in parts: a save writes what changed, and whatever breaks off or breaks,
//! one generation is whole and nothing that was damaged is lost.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use double_random::demo;
use double_random::exchange::json::read_stored;
use double_random::model::Finding;
use double_random::store::parts::Cutter;
use double_random::store::slot::SlotError;
use double_random::store::{
    Damage, MemoryStorage, PART_PREFIX, QUOTA_UNITS, SaveError, SaveOutcome, Saved, Slot, Stamp,
    Storage, Vault, quota_used,
};
use double_random::workbook::request::{Commit, EntropyChoice, EntropyGiven, OpenDraw, RunDraw};
use double_random::workbook::{Action, Context, VERSION, Workbook};

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
        let cutter = Cutter::default();
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
    large.units = demo::registry(2026, 2_345, 1);
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
    book.units = demo::registry(2026, 5_000, 1);
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
    // Nothing changed, and nothing is written but a manifest.
    desk.save(&book).unwrap();
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

/// In little room the older generation goes first, and its slot before its parts.
#[test]
fn in_little_room_a_save_can_be_killed_anywhere() {
    let (values, _, newer) = two_generations();
    // Noise in every unit: a page as large as all there is.
    let mut newest = newer.clone();
    for (at, unit) in newest.units.iter_mut().enumerate() {
        unit.note = format!(
            "{:x}",
            (at as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
        );
    }
    let stored = noted(&newer, "stored");
    let room = |storage: &MemoryStorage| {
        storage.remove("double-random.snapshot.v1.1").unwrap();
        Desk::open(storage).0.save(&stored).unwrap();
        // Free is less than the new page, but more once the older generation is gone.
        storage.set_quota(Some(quota_used(storage).unwrap().all + 400));
    };
    let mut outcomes = Vec::new();
    for writes in 0..60 {
        let storage = with(&values);
        room(&storage);
        let mut desk = Desk::open(&storage).0;
        storage.break_off_after(Some(writes));
        let result = desk.save(&newest);
        storage.break_off_after(None);
        let (_, loaded, damaged) = Desk::open(&storage);
        let loaded = loaded.unwrap();
        assert!(damaged.is_empty(), "after {writes}");
        assert!(loaded == newest || result.is_err() && loaded == stored);
        outcomes.extend(result.map(|saved| saved.outcome));
    }
    let two = SaveOutcome::TwoGenerations;
    assert!(outcomes.first() == Some(&two), "{outcomes:?}");
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
    book.units = demo::registry(2026, 100_000, 1);
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
        let start = now();
        let loaded = Desk::open(&storage).1;
        timed("loaded", start);
        assert!(loaded.unwrap() == book);
    }
}
