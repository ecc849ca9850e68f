//! Made-up service institutions, and the fire engineers registered with them.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::dice::Dice;
use super::names::{self, UnitNames};
use super::officers::HEAD;
use super::units::letters;
use crate::model::{
    Agency, AgencyId, Engineer, EngineerGrade, EngineerId, SocialCreditCode, Unit, UnitStatus,
};

/// Service institutions of the demo brigade.
const AGENCIES_COUNT: u32 = 12;
/// Engineers of the demo brigade.
const ENGINEERS_COUNT: u32 = 40;
/// What institutions call themselves, and what they do.
const TRADES: [(&str, &[&str]); 4] = [
    (
        "消防技术服务有限公司",
        &["消防设施维护保养检测", "消防安全评估"],
    ),
    ("消防设施维保有限公司", &["消防设施维护保养检测"]),
    ("消防检测有限公司", &["消防设施维护保养检测"]),
    ("消防安全评估有限公司", &["消防安全评估"]),
];
/// Of every so many engineers one works for a key unit, and one for somebody elsewhere.
const KEY_UNIT_EVERY: u32 = 9;
const ELSEWHERE_EVERY: u32 = 13;
/// An institution that is not of this county.
const ELSEWHERE: &str = "邢台栩麓消防技术服务有限公司";

/// The institutions of `year`, in order of id.
pub(super) fn agencies(dice: &mut Dice, year: i32) -> Vec<Agency> {
    let mut unit_names = UnitNames::new();
    let numbers = 1..=AGENCIES_COUNT;
    numbers
        .map(|number| agency(dice, year, number, &mut unit_names))
        .collect()
}

fn agency(dice: &mut Dice, year: i32, number: u32, unit_names: &mut UnitNames) -> Agency {
    let id = AgencyId::new(format!("AG-{number:05}")).expect("a prefix and a number are an id");
    let (word, services) = dice.pick(&TRADES);
    let township = names::township(dice);
    let mut agency = Agency::new(id, unit_names.give(dice, township, word));
    // As of units: such organisation codes are not given out yet.
    let organisation = format!("MCY{}", letters(number * 7_919));
    agency.code = SocialCreditCode::compose("91130581", &organisation).ok();
    agency.services = services
        .iter()
        .map(|&it| it.to_owned())
        .collect::<BTreeSet<_>>();
    agency.qualification = String::from(if number.is_multiple_of(3) {
        "一级资质"
    } else {
        "符合从业条件"
    });
    if number.is_multiple_of(3) {
        // Real certificate numbers have no letters X in front.
        agency.licence_number = format!("XFZ1305{:04}", 100 + number * 17);
        agency.qualified_until = until(dice, year, number / 3);
    }
    agency.address = format!("{township}{}", names::address(dice, township));
    agency.legal_person = names::person(dice);
    agency.technical_lead = names::person(dice);
    agency.contact = names::person(dice);
    agency.phone = names::phone(dice);
    agency.employees_count = Some(dice.between(8, 46));
    match number {
        // What real registers lack.
        5 => agency.legal_person.clear(),
        // One has gone.
        11 => {
            agency.status = UnitStatus::Retired {
                since: NaiveDate::from_ymd_opt(year - 1, 9, 30).unwrap_or_default(),
                reason: String::from("注销；依据：市监部门注销公告"),
                approver: HEAD.into(),
                extra: serde_json::Map::new(),
            };
        }
        _ => {}
    }
    agency
}

/// A last day of validity: of the first it is over when the demo opens, of the second soon.
fn until(dice: &mut Dice, year: i32, place: u32) -> Option<NaiveDate> {
    let opens = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let days = u64::from(dice.between(150, 1_000));
    match place {
        1 => opens.checked_sub_days(Days::new(16)),
        2 => opens.checked_add_days(Days::new(58)),
        _ => opens.checked_add_days(Days::new(days)),
    }
}

/// The engineers of `year`, in order of id.
pub(super) fn engineers(
    dice: &mut Dice,
    year: i32,
    agencies: &[Agency],
    units: &[Unit],
) -> Vec<Engineer> {
    let key_units: Vec<&Unit> = units.iter().filter(|unit| unit.is_key).collect();
    let numbers = 1..=ENGINEERS_COUNT;
    let mut named = BTreeSet::new();
    numbers
        .map(|number| {
            let mut engineer = engineer(dice, year, number, &mut named);
            let agency = dice.pick(agencies);
            if number.is_multiple_of(KEY_UNIT_EVERY) && !key_units.is_empty() {
                let unit = dice.pick(&key_units);
                engineer.employer.clone_from(&unit.name);
                engineer.employer_code.clone_from(&unit.code);
            } else if number.is_multiple_of(ELSEWHERE_EVERY) {
                engineer.employer = ELSEWHERE.into();
            } else {
                engineer.employer.clone_from(&agency.name);
                engineer.employer_code.clone_from(&agency.code);
            }
            engineer
        })
        .collect()
}

fn engineer(dice: &mut Dice, year: i32, number: u32, named: &mut BTreeSet<String>) -> Engineer {
    let id = EngineerId::new(format!("EN-{number:05}")).expect("a prefix and a number are an id");
    let mut name = names::person(dice);
    while !named.insert(name.clone()) {
        name = names::person(dice);
    }
    let mut engineer = Engineer::new(id, name);
    engineer.grade = if dice.chance(600) {
        EngineerGrade::First
    } else {
        EngineerGrade::Second
    };
    let grade = if engineer.grade == EngineerGrade::First {
        1
    } else {
        2
    };
    // Real registration numbers have no letters X in front.
    engineer.registration_number = format!("XZ{grade}1305{:06}", 4_000 + number * 131);
    engineer.registered_until = until(dice, year, number % 15);
    engineer.phone = names::phone(dice);
    match number {
        21 => engineer.registration_number.clear(),
        34 => engineer.registered_until = None,
        _ => {}
    }
    engineer
}
