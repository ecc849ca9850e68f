//! What is to be mended in a record of a register: what it lacks, what cannot be right, what a
//! person should look at. Found by its table; a register adds what only it knows.

use chrono::{Datelike as _, NaiveDate};

use crate::model::field::{Kind, missing};
use crate::model::{Described, Field, Unit};
use crate::workbook::names::{DENSE_CATEGORIES, folded, folded_chars};

/// Years before which nothing of a register happened.
const FIRST_YEAR: i32 = 1949;
/// Years ahead in which nothing of it ends.
const YEARS_AHEAD: i32 = 60;
/// Digits of a telephone: from a local number to one with country and extension.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=17;

/// What is to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A complete record holds it.
    Missing {
        /// The field.
        field: &'static str,
    },
    /// The organisation code within a credit code fails its own check: old codes may.
    OrganisationCheck {
        /// The field.
        field: &'static str,
    },
    /// A key unit, by its category a densely populated place (article 73), and not marked so.
    NotDense {
        /// The category.
        category: String,
    },
    /// A day that cannot be.
    Day {
        /// The field.
        field: &'static str,
        day: NaiveDate,
    },
    /// No telephone number.
    Phone {
        /// The field.
        field: &'static str,
        /// What stands there.
        found: String,
    },
    /// Another record in use has the same name and address.
    Twin {
        /// Its id.
        other: String,
    },
}

impl Problem {
    /// The field where it is mended.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Missing { field }
            | Self::OrganisationCheck { field }
            | Self::Day { field, .. }
            | Self::Phone { field, .. } => field,
            Self::NotDense { .. } => "is_densely_populated",
            Self::Twin { .. } => "name",
        }
    }

    /// Whether something lacks; what else there is may be right, and is to be looked at.
    #[must_use]
    pub const fn is_lack(&self) -> bool {
        matches!(self, Self::Missing { .. })
    }
}

/// What a record's table says of it, what lacks first.
#[must_use]
pub fn problems<R: Described>(record: &R, today: NaiveDate) -> Vec<Problem> {
    let lacks = missing(record).map(|field| Problem::Missing { field: field.key });
    let odd = R::FIELDS
        .iter()
        .filter_map(|field| odd(field, record, today));
    lacks.chain(odd).collect()
}

/// Whether something of a record is to be looked at, besides what it lacks.
#[must_use]
pub fn is_odd<R: Described>(record: &R, today: NaiveDate) -> bool {
    let mut fields = R::FIELDS.iter();
    fields.any(|field| odd(field, record, today).is_some())
}

/// What cannot be right in a field, or is to be looked at.
fn odd<R>(field: &Field<R>, record: &R, today: NaiveDate) -> Option<Problem> {
    let (key, day) = (field.key, |day| Problem::Day {
        field: field.key,
        day,
    });
    match &field.kind {
        Kind::Code(slot) => {
            let code = (slot.get)(record).as_ref()?;
            let is_wrong = !code.is_organisation_check_right();
            is_wrong.then_some(Problem::OrganisationCheck { field: key })
        }
        Kind::Date(slot) => {
            let last = if field.is_past {
                today.year()
            } else {
                today.year() + YEARS_AHEAD
            };
            let found = (*(slot.get)(record))?;
            let is_ahead = field.is_past && found > today;
            let is_odd = is_ahead || !(FIRST_YEAR..=last).contains(&found.year());
            is_odd.then(|| day(found))
        }
        Kind::Dates(slot) => {
            let mut days = (slot.get)(record).iter().copied();
            days.find(|day| *day > today || day.year() < FIRST_YEAR)
                .map(day)
        }
        Kind::Text(slot) if key == "phone" => {
            let found = (slot.get)(record);
            let is_odd = !found.is_empty() && !is_phone(found);
            is_odd.then(|| Problem::Phone {
                field: key,
                found: found.clone(),
            })
        }
        _ => None,
    }
}

/// Whether each number of a text can be a telephone's.
fn is_phone(text: &str) -> bool {
    let folded = folded(text);
    let mut numbers = folded.split([',', '、', ';', '/', '，', '；']);
    numbers.all(|number| {
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let is_sign = |sign: char| sign.is_ascii_digit() || "+-()转*#".contains(sign);
        let mobile = number.strip_prefix("+86").unwrap_or(number);
        // Eleven digits that begin with 1 are a mobile number, which begins with 13 to 19.
        let is_mobile =
            mobile.len() != 11 || !mobile.starts_with('1') || mobile.as_bytes()[1] >= b'3';
        PHONE_DIGITS.contains(&digits) && number.chars().all(is_sign) && is_mobile
    })
}

/// Whether a key unit's category makes it a densely populated place by law, and it is not
/// marked: of key units the mark makes the stratum. Of others nothing hangs on it.
#[must_use]
pub fn not_dense(unit: &Unit) -> Option<Problem> {
    let is_by_law = DENSE_CATEGORIES.contains(&unit.category.as_str());
    let is_odd = is_by_law && unit.is_key && !unit.is_densely_populated;
    is_odd.then(|| Problem::NotDense {
        category: unit.category.clone(),
    })
}

/// Of each unit in use the place of another with its name and address, where there is one.
#[must_use]
pub fn twins(units: &[Unit]) -> Vec<Option<u32>> {
    fn signs(unit: &Unit) -> impl Iterator<Item = char> {
        let address = folded_chars(&unit.address);
        folded_chars(&unit.name).chain(['|']).chain(address)
    }
    // FNV-1a (Fowler, Noll, Vo 1991), sign by sign: a list of 100 000 is compared at every
    // change. What it finds alike is looked at itself.
    let key = |unit: &Unit| {
        signs(unit).fold(0xcbf2_9ce4_8422_2325_u64, |hash, sign| {
            (hash ^ u64::from(u32::from(sign))).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let is_asked = |unit: &Unit| unit.status.is_active() && !unit.address.is_empty();
    let asked = (0_u32..).zip(units).filter(|(_, unit)| is_asked(unit));
    let mut keys: Vec<(u64, u32)> = asked.map(|(at, unit)| (key(unit), at)).collect();
    keys.sort_unstable();
    let mut twins = vec![None; units.len()];
    let unit = |(_, at): (u64, u32)| &units[at as usize];
    let are_alike = |pair: &&[(u64, u32)]| {
        pair[0].0 == pair[1].0 && signs(unit(pair[0])).eq(signs(unit(pair[1])))
    };
    for pair in keys.windows(2).filter(are_alike) {
        twins[pair[1].1 as usize] = Some(pair[0].1);
        twins[pair[0].1 as usize].get_or_insert(pair[1].1);
    }
    twins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SocialCreditCode, UnitId};

    fn unit(id: &str, name: &str) -> Unit {
        Unit::new(UnitId::new(id).unwrap(), name)
    }

    #[test]
    fn telephones_are_told_from_what_is_none() {
        for phone in [
            "0319-5550000",
            "13931900000",
            "+86 139 3190 0000",
            "5550000",
            "0319-5550000转8",
            "13931900000、0319-5550001",
            "４００－８００－８８２０",
        ] {
            assert!(is_phone(phone), "{phone}");
        }
        for phone in [
            "无",
            "1234",
            "12931900000",
            "139319000001234567",
            "张三13931900000",
        ] {
            assert!(!is_phone(phone), "{phone}");
        }
    }

    #[test]
    fn each_problem_names_its_field() {
        let today: NaiveDate = "2026-03-02".parse().unwrap();
        let mut unit = unit("NG-1", "单位");
        unit.category = "医院".into();
        unit.phone = "无".into();
        unit.reviewed_on = "2026-03-03".parse().ok();
        unit.complaints = vec!["1900-01-01".parse().unwrap()];
        unit.code = SocialCreditCode::parse("92130581MA0CWX2K9Y").ok();
        let found = problems(&unit, today);
        let odd: Vec<_> = found
            .iter()
            .filter(|it| !it.is_lack())
            .map(Problem::field)
            .collect();
        assert_eq!(odd, ["phone", "complaints", "reviewed_on"]);
        assert!(found[0].is_lack() && found.iter().any(|it| it.field() == "address"));
        assert_eq!(not_dense(&unit), None);
        unit.is_key = true;
        assert_eq!(
            not_dense(&unit).map(|it| it.field()),
            Some("is_densely_populated")
        );
        unit.is_densely_populated = true;
        assert_eq!(not_dense(&unit), None);
    }

    #[test]
    fn units_of_one_name_and_address_name_each_other() {
        let mut units = vec![
            unit("NG-1", "苏村粮店"),
            unit("NG-2", "苏村 粮店"),
            unit("NG-3", "苏村粮店"),
        ];
        for unit in &mut units {
            unit.address = "东街 1 号".into();
        }
        units[2].address = "西街".into();
        assert_eq!(twins(&units), [Some(1), Some(0), None]);
        units[1].address.clear();
        assert_eq!(twins(&units), [None, None, None]);
    }
}
