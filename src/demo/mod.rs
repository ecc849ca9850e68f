//! A made-up county to learn and to test with, and the standard item list.
//!
//! Everything here is a function of its arguments: the same seed gives the same
//! bytes on every platform. No unit, person or telephone number is real. A demo
//! workbook says so itself ([`Workbook::is_demo`]) and is never published.
//!
//! - [`brigade`]: a whole workbook, 2 412 units, 14 officers, 12 service institutions and 40 engineers
//! - [`lived`](fn@lived): the same after four months and a half of work
//! - [`registry`]: units alone, as many as asked for
//! - [`standard_items`]: what a real, empty workbook starts with, too

mod agencies;
mod dice;
mod history;
mod items;
mod lived;
mod names;
mod officers;
mod trades;
mod units;

pub use items::standard_items;
pub use lived::{lived, lived_by};

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use dice::Dice;

use crate::model::Unit;
use crate::papers::public_paper;
use crate::workbook::bulletin::{Bulletin, BulletinOf};
use crate::workbook::item_version::ItemVersion;
use crate::workbook::{Brigade, Workbook};

/// Units of the demo brigade.
pub const UNITS_COUNT: u32 = 2_412;
/// The seed of the demo that the page offers.
pub const SEED: u64 = 130_581;

/// The workbook of 南宫市消防救援大队 at the start of `year`, made up from `seed`.
///
/// ```
/// use double_random::demo;
/// let workbook = demo::brigade(2026, demo::SEED);
/// assert_eq!((workbook.units.len(), workbook.officers.len()), (2412, 14));
/// assert!(workbook.is_demo);
/// assert_eq!(workbook, demo::brigade(2026, demo::SEED));
/// ```
#[must_use]
pub fn brigade(year: i32, seed: u64) -> Workbook {
    // The second stream is for all but the units, so that a change here moves none of them.
    let mut dice = Dice::new(!seed);
    let id = format!("{:08x}{:08x}", dice.below(u32::MAX), dice.below(u32::MAX));
    let mut workbook = Workbook::new(id, the_brigade(), year);
    workbook.is_demo = true;
    workbook.units = registry(year, UNITS_COUNT, seed).into();
    workbook.unit_number_last = UNITS_COUNT;
    workbook.officers = officers::officers(&mut dice, year, &workbook.units);
    workbook.officer_number_last = workbook.officers.len() as u32;
    workbook.items = standard_items(&workbook.brigade.name);
    workbook.item_versions = vec![first_version(&workbook, year)];
    publish_items(&mut workbook, year);
    // A third stream, so that none of what was there before moves.
    let mut dice = Dice::new(seed.rotate_left(32) ^ !seed);
    workbook.agencies = agencies::agencies(&mut dice, year).into();
    workbook.agency_number_last = workbook.agencies.len() as u32;
    let engineers = agencies::engineers(&mut dice, year, &workbook.agencies, &workbook.units);
    workbook.engineer_number_last = engineers.len() as u32;
    workbook.engineers = engineers.into();
    workbook
}

/// The item list as it was published a month before the year.
fn first_version(workbook: &Workbook, year: i32) -> ItemVersion {
    let december = NaiveDate::from_ymd_opt(year - 1, 12, 1).expect("each December has a first day");
    ItemVersion {
        number: 1,
        since: december,
        at: december.and_time(NaiveTime::MIN),
        approver: workbook.brigade.head.clone(),
        reason: String::new(),
        items: Arc::new(workbook.items.clone()),
        extra: serde_json::Map::new(),
    }
}

/// The list's first version as it was published in the December before.
fn publish_items(workbook: &mut Workbook, year: i32) {
    let day = NaiveDate::from_ymd_opt(year - 1, 12, 8).expect("each December has an eighth day");
    let Some(made) = public_paper(workbook, year, BulletinOf::Items, day) else {
        return;
    };
    let bulletin = Bulletin {
        of: BulletinOf::Items,
        version: 1,
        date: day,
        due: None,
        places: "大队公示栏".to_owned(),
        fingerprint: made.fingerprint(),
        rows: made.paper.rows.len() as u32,
        withheld: 0,
        why: String::new(),
        visits: Vec::new(),
        own: Vec::new(),
        at: day.and_time(NaiveTime::MIN),
        by: workbook.brigade.operator.clone(),
        extra: serde_json::Map::new(),
    };
    if let Some(year) = workbook.years.first_mut() {
        year.bulletins.push(bulletin);
    }
}

/// `count` made-up units at the start of `year`, in order of id.
///
/// ```
/// use double_random::demo;
/// let units = demo::registry(2026, 100, 7);
/// assert_eq!(units[0].id.as_str(), "NG-00001");
/// assert_eq!(units.len(), 100);
/// ```
#[must_use]
pub fn registry(year: i32, count: u32, seed: u64) -> Vec<Unit> {
    let mut dice = Dice::new(seed);
    let mut units = units::units(&mut dice, count);
    history::add(&mut dice, year, &mut units);
    history::add_reviews(year, &mut units);
    // Beyond 99 999 ids grow wider, and the order of texts is another than of numbers.
    units.sort_by(|a, b| a.id.cmp(&b.id));
    units
}

fn the_brigade() -> Brigade {
    let mut brigade = Brigade::new("南宫市消防救援大队");
    brigade.short_name = "南消".into();
    brigade.division = "130581".into();
    brigade.unit_prefix = "NG".into();
    brigade.detachment = "邢台市消防救援支队".into();
    brigade.head = officers::HEAD.into();
    brigade.operator = officers::OPERATOR.into();
    brigade.supervisor = officers::SUPERVISOR.into();
    brigade.townships = names::townships();
    brigade
}
