//! What must hold of saving and loading: nothing readable is lost, nothing wrong is loaded.

use chrono::NaiveDateTime;
use double_random::store::{
    Cut, Damage, LoadError, MemoryStorage, SNAPSHOTS_MAX, SaveError, SaveOutcome, Slot, Stamp,
    Storage, StorageError, Vault, quota_used,
};

const KNOWN: u32 = 1;

fn at() -> NaiveDateTime {
    "2026-07-30T09:42:00".parse().unwrap()
}

fn stamp() -> Stamp {
    Stamp {
        at: at(),
        version: KNOWN,
        units_count: 3,
    }
}

fn vault(storage: &MemoryStorage) -> Vault<&MemoryStorage> {
    Vault::new(storage, KNOWN)
}

fn any(text: &str) -> Result<String, ()> {
    Ok(text.to_owned())
}

/// A save of this text, in one piece.
fn whole(text: &str) -> Cut {
    let mut cut = Cut::default();
    cut.push_text(text);
    cut
}

/// Loads in a fresh page; the text, and how many slots were damaged.
#[track_caller]
fn load(storage: &MemoryStorage) -> (Option<String>, usize) {
    let outcome = vault(storage).load(any).unwrap();
    (
        outcome.loaded.map(|loaded| loaded.value),
        outcome.damaged.len(),
    )
}

/// A text that packs to about `units`: 95 characters by chance carry 6.6 bits each.
fn noise(units: u32, seed: u32) -> String {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b' ' + (state >> 25) as u8 % 95)
    };
    (0..units * 15 / 7).map(|_| next()).collect()
}

#[test]
fn the_first_save_in_an_emptied_store_lacks_no_safety() {
    let storage = MemoryStorage::new();
    let mut page = vault(&storage);
    page.save(&whole("one"), &stamp()).unwrap();
    page.save(&whole("two"), &stamp()).unwrap();
    page.forget().unwrap();
    for text in ["three", "four"] {
        let saved = page.save(&whole(text), &stamp()).unwrap();
        assert_eq!(saved.outcome, SaveOutcome::TwoGenerations, "{text}");
    }
}

/// Two saves, `older` in one slot and `newer` in the other.
fn two_saves() -> MemoryStorage {
    let storage = MemoryStorage::new();
    let mut vault = vault(&storage);
    vault.save(&whole("older"), &stamp()).unwrap();
    let saved = vault.save(&whole("newer"), &stamp()).unwrap();
    assert_eq!(
        (saved.sequence, saved.outcome),
        (2, SaveOutcome::TwoGenerations)
    );
    storage
}

#[test]
fn an_empty_store_is_not_an_error() {
    assert_eq!(load(&MemoryStorage::new()), (None, 0));
}

#[test]
fn the_newest_generation_is_loaded_and_the_one_before_stays() {
    let storage = two_saves();
    assert_eq!(load(&storage), (Some("newer".into()), 0));
    storage.remove(Slot::B.key()).unwrap();
    assert_eq!(load(&storage), (Some("older".into()), 0));
}

#[test]
fn every_single_changed_character_is_detected() {
    let storage = two_saves();
    let right = storage.get(Slot::B.key()).unwrap().unwrap();
    for place in 0..right.chars().count() {
        for change in [1, 2, 8, 32] {
            let flip = |c: char| char::from_u32(u32::from(c) ^ change).unwrap();
            let flipped: String = right
                .chars()
                .enumerate()
                .map(|(i, c)| if i == place { flip(c) } else { c })
                .collect();
            let storage = two_saves();
            storage.set(Slot::B.key(), &flipped).unwrap();
            let outcome = vault(&storage).load(any).unwrap();
            assert_eq!(
                outcome.loaded.map(|l| l.value).as_deref(),
                Some("older"),
                "place {place}"
            );
            let damaged = &outcome.damaged[0];
            assert_eq!(damaged.slot, Slot::B);
            let kept = storage.get(damaged.kept_as.as_ref().unwrap()).unwrap();
            assert_eq!(kept.as_deref(), Some(flipped.as_str()));
        }
    }
}

#[test]
fn a_write_that_breaks_off_anywhere_leaves_the_generation_before() {
    let length = two_saves()
        .get(Slot::A.key())
        .unwrap()
        .unwrap()
        .chars()
        .count();
    for chars in 0..length {
        let storage = two_saves();
        let mut page = vault(&storage);
        page.load(any).unwrap();
        storage.tear_next_write(chars);
        let error = page.save(&whole("newest"), &stamp()).unwrap_err();
        assert_eq!(error, SaveError::Storage(StorageError::Other));
        assert_eq!(load(&storage), (Some("newer".into()), 1), "after {chars}");
    }
}

#[test]
fn damaged_texts_are_kept_apart_and_never_overwritten() {
    let storage = two_saves();
    storage.set(Slot::A.key(), "first damage").unwrap();
    storage.set(Slot::B.key(), "second damage").unwrap();
    let mut page = vault(&storage);
    let outcome = page.load(any).unwrap();
    assert!(outcome.loaded.is_none());
    assert_eq!(outcome.damaged.len(), 2);
    assert_eq!(
        page.damaged_keys().unwrap(),
        ["double-random.damaged.1", "double-random.damaged.2"]
    );
    page.save(&whole("afresh"), &stamp()).unwrap();
    storage.set(Slot::A.key(), "third damage").unwrap();
    load(&storage);
    let text = |number| {
        page.damaged_text(&format!("double-random.damaged.{number}"))
            .unwrap()
    };
    assert_eq!(
        [1, 2, 3].map(text).map(Option::unwrap),
        ["first damage", "second damage", "third damage"]
    );
    page.damaged_discard("double-random.damaged.1").unwrap();
    assert_eq!(page.damaged_keys().unwrap().len(), 2);
}

#[test]
fn damage_found_while_saving_is_kept_too() {
    let storage = two_saves();
    let mut page = vault(&storage);
    page.load(any).unwrap();
    storage.set(Slot::A.key(), "damage").unwrap();
    page.save(&whole("newest"), &stamp()).unwrap();
    assert_eq!(
        page.damaged_text("double-random.damaged.1")
            .unwrap()
            .as_deref(),
        Some("damage")
    );
    assert_eq!(load(&storage), (Some("newest".into()), 0));
}

#[test]
fn a_damaged_text_without_room_elsewhere_locks_its_slot() {
    let storage = two_saves();
    storage
        .set(Slot::B.key(), "damage that must not go")
        .unwrap();
    storage.set_quota(Some(quota_used(&storage).unwrap().all));
    let mut page = vault(&storage);
    let outcome = page.load(any).unwrap();
    assert_eq!(outcome.damaged[0].kept_as, None);
    storage.set_quota(None);
    let saved = page.save(&whole("newest"), &stamp()).unwrap();
    assert_eq!(saved.outcome, SaveOutcome::SingleGeneration);
    assert_eq!(
        storage.get(Slot::B.key()).unwrap().as_deref(),
        Some("damage that must not go")
    );
}

#[test]
fn a_text_that_is_whole_but_not_understood_falls_back_and_stays() {
    let storage = two_saves();
    let decode = |text: &str| {
        if text == "older" {
            Ok(text.to_owned())
        } else {
            Err(())
        }
    };
    let mut page = vault(&storage);
    let outcome = page.load(decode).unwrap();
    assert_eq!(outcome.loaded.unwrap().value, "older");
    assert_eq!(outcome.damaged[0].damage, Damage::Content);
    let key = outcome.damaged[0].kept_as.clone().unwrap();
    assert_eq!(page.damaged_text(&key).unwrap().as_deref(), Some("newer"));
    page.save(&whole("newest"), &stamp()).unwrap();
    assert_eq!(load(&storage), (Some("newest".into()), 0));
}

#[test]
fn a_full_store_keeps_one_generation_and_says_so() {
    let storage = MemoryStorage::with_quota(4_000);
    let mut page = vault(&storage);
    page.save(&whole(&noise(1_000, 1)), &stamp()).unwrap();
    page.save(&whole(&noise(1_000, 2)), &stamp()).unwrap();
    let long = noise(3_500, 3);
    let saved = page.save(&whole(&long), &stamp()).unwrap();
    assert_eq!(saved.outcome, SaveOutcome::SingleGeneration);
    assert_eq!(load(&storage), (Some(long), 0));
    // Short again: the second generation comes back by itself.
    page.save(&whole(&noise(500, 4)), &stamp()).unwrap();
    let saved = page.save(&whole(&noise(500, 5)), &stamp()).unwrap();
    assert_eq!(saved.outcome, SaveOutcome::TwoGenerations);
}

#[test]
fn what_does_not_fit_at_all_leaves_everything_as_it_was() {
    let storage = two_saves();
    vault(&storage)
        .snapshot_take(&whole("a snapshot"), &stamp(), "导入前")
        .unwrap();
    let before: Vec<_> = storage
        .keys()
        .unwrap()
        .iter()
        .map(|key| storage.get(key).unwrap())
        .collect();
    storage.set_quota(Some(quota_used(&storage).unwrap().all + 40));
    let mut page = vault(&storage);
    page.load(any).unwrap();
    let error = page.save(&whole(&noise(5_000, 1)), &stamp()).unwrap_err();
    assert!(
        matches!(error, SaveError::Full { needed, .. } if needed > 2_000),
        "{error:?}"
    );
    let after: Vec<_> = storage
        .keys()
        .unwrap()
        .iter()
        .map(|key| storage.get(key).unwrap())
        .collect();
    assert_eq!(before, after);
}

#[test]
fn snapshots_go_before_work_is_lost() {
    let storage = MemoryStorage::with_quota(4_500);
    let mut page = vault(&storage);
    page.save(&whole("small"), &stamp()).unwrap();
    page.snapshot_take(&whole(&noise(1_500, 1)), &stamp(), "导入前")
        .unwrap();
    page.snapshot_take(&whole(&noise(1_500, 2)), &stamp(), "导入前")
        .unwrap();
    let saved = page.save(&whole(&noise(2_600, 3)), &stamp()).unwrap();
    assert_eq!(saved.outcome, SaveOutcome::SingleGeneration);
    assert_eq!(saved.snapshots_dropped, 1);
    assert_eq!(page.snapshots().unwrap().len(), 1);
}

#[test]
fn a_denied_store_says_so() {
    let storage = two_saves();
    storage.set_denied(true);
    let mut page = vault(&storage);
    assert_eq!(
        page.load(any).unwrap_err(),
        LoadError::Storage(StorageError::Denied)
    );
    let error = page.save(&whole("x"), &stamp()).unwrap_err();
    assert_eq!(error, SaveError::Storage(StorageError::Denied));
    storage.set_denied(false);
    assert_eq!(load(&storage), (Some("newer".into()), 0));
}

#[test]
fn a_stale_tab_does_not_overwrite() {
    let storage = two_saves();
    let (mut first, mut second) = (vault(&storage), vault(&storage));
    first.load(any).unwrap();
    second.load(any).unwrap();
    first.save(&whole("from the first tab"), &stamp()).unwrap();
    assert!(second.is_stale().unwrap());
    let error = second
        .save(&whole("from the second tab"), &stamp())
        .unwrap_err();
    assert_eq!(
        error,
        SaveError::Stale {
            stored: 3,
            known: 2,
            saved_at: at()
        }
    );
    assert_eq!(load(&storage), (Some("from the first tab".into()), 0));
    second.prevail().unwrap();
    second
        .save(&whole("from the second tab"), &stamp())
        .unwrap();
    assert_eq!(load(&storage), (Some("from the second tab".into()), 0));
    assert!(first.is_stale().unwrap());
}

#[test]
fn a_page_that_never_loaded_does_not_overwrite() {
    let storage = two_saves();
    let error = vault(&storage).save(&whole("x"), &stamp()).unwrap_err();
    assert!(matches!(
        error,
        SaveError::Stale {
            stored: 2,
            known: 0,
            ..
        }
    ));
}

#[test]
fn a_newer_programs_data_are_refused_and_kept() {
    let storage = two_saves();
    let mut newer = Vault::new(&storage, KNOWN + 1);
    newer.load(any).unwrap();
    newer
        .save(
            &whole("from the future"),
            &Stamp {
                version: KNOWN + 1,
                ..stamp()
            },
        )
        .unwrap();
    let mut page = vault(&storage);
    let error = page.load(any).unwrap_err();
    assert_eq!(
        error,
        LoadError::NewerVersion {
            found: KNOWN + 1,
            known: KNOWN
        }
    );
    let error = page.save(&whole("x"), &stamp()).unwrap_err();
    assert_eq!(error, SaveError::NewerVersion { found: KNOWN + 1 });
    assert_eq!(
        newer.load(any).unwrap().loaded.unwrap().value,
        "from the future"
    );
}

#[test]
fn the_newest_snapshots_are_kept_and_come_back() {
    let storage = MemoryStorage::new();
    let mut page = vault(&storage);
    for number in 1..=5 {
        let text = format!("snapshot {number}");
        assert_eq!(
            page.snapshot_take(&whole(&text), &stamp(), "导入前"),
            Ok(number)
        );
    }
    let infos = page.snapshots().unwrap();
    assert_eq!(
        infos.iter().map(|info| info.number).collect::<Vec<_>>(),
        [5, 4, 3]
    );
    assert_eq!(infos.len(), SNAPSHOTS_MAX);
    assert_eq!(infos[0].header.as_ref().unwrap().reason, "导入前");
    assert_eq!(
        page.snapshot_text(4).unwrap(),
        Some(Ok("snapshot 4".into()))
    );
    assert_eq!(page.snapshot_text(1).unwrap(), None);
    storage
        .set("double-random.snapshot.v1.4", "damage")
        .unwrap();
    assert!(page.snapshots().unwrap()[1].header.is_err());
    page.snapshot_discard(4).unwrap();
    assert_eq!(page.snapshots().unwrap().len(), 2);
}

#[test]
fn a_snapshot_that_does_not_fit_leaves_the_others() {
    let storage = MemoryStorage::with_quota(3_000);
    let mut page = vault(&storage);
    page.snapshot_take(&whole(&noise(500, 1)), &stamp(), "")
        .unwrap();
    page.snapshot_take(&whole(&noise(500, 2)), &stamp(), "")
        .unwrap();
    assert_eq!(
        page.snapshot_take(&whole(&noise(9_000, 3)), &stamp(), ""),
        Err(StorageError::Full)
    );
    assert_eq!(page.snapshots().unwrap().len(), 2);
    page.snapshot_take(&whole(&noise(2_600, 4)), &stamp(), "")
        .unwrap();
    assert_eq!(page.snapshots().unwrap().len(), 1);
}
