//! Made-up units, one by one. What years before left behind is in [`super::history`].

use super::dice::Dice;
use super::names::{self, UnitNames};
use super::trades::{Trade, trades};
use crate::model::{Credit, LegalKind, RiskTier, SocialCreditCode, Stratum, Unit, UnitId};

/// Key units in 10 000, densely populated ones and others: 185 and 122 of 2 412.
const KEY_DENSE_PER_10K: u32 = 763;
const KEY_OTHER_PER_10K: u32 = 502;
/// Tiers and their weights.
const RISKS: [(RiskTier, u32); 4] = [
    (RiskTier::Green, 60),
    (RiskTier::Blue, 27),
    (RiskTier::Yellow, 10),
    (RiskTier::Red, 3),
];
/// Ratings and their weights, near Hebei's shares of 2025 (domain.md).
const CREDITS: [(Credit, u32); 5] = [
    (Credit::A, 40),
    (Credit::B, 900),
    (Credit::C, 30),
    (Credit::D, 5),
    (Credit::Unrated, 25),
];
/// Labels with their frequency in 1000.
const TAGS: [(&str, u32); 6] = [
    ("沿街门店", 160),
    ("夜间经营", 70),
    ("彩钢板建筑", 45),
    ("住宿与经营合用", 30),
    ("电动自行车充电", 40),
    ("校园周边", 50),
];

/// `count` units with ids from 00001, in order of number.
pub(super) fn units(dice: &mut Dice, count: u32) -> Vec<Unit> {
    let mut unit_names = UnitNames::new();
    let mut codes = Codes::new(dice);
    let strata = strata(dice, count);
    (1..=count)
        .zip(strata)
        .map(|(number, stratum)| {
            let id =
                UnitId::new(format!("NG-{number:05}")).expect("a prefix and a number are an id");
            unit(dice, id, stratum, &mut unit_names, &mut codes)
        })
        .collect()
}

/// The strata of `count` units, in random order and exact proportion.
fn strata(dice: &mut Dice, count: u32) -> Vec<Stratum> {
    let part = |per_10k: u32| (u64::from(count) * u64::from(per_10k)).div_ceil(10_000) as usize;
    let mut strata = vec![Stratum::C; count as usize];
    let (dense, other) = (part(KEY_DENSE_PER_10K), part(KEY_OTHER_PER_10K));
    for (index, stratum) in strata.iter_mut().take(dense + other).enumerate() {
        *stratum = if index < dense {
            Stratum::A
        } else {
            Stratum::B
        };
    }
    dice.shuffle(&mut strata);
    strata
}

fn unit(
    dice: &mut Dice,
    id: UnitId,
    stratum: Stratum,
    unit_names: &mut UnitNames,
    codes: &mut Codes,
) -> Unit {
    let trade = dice.weighted(trades(stratum));
    let township = names::township(dice);
    let word = dice.pick(trade.words);
    let name = unit_names.give(dice, township, word);
    let mut unit = Unit::new(id, name);
    unit.legal_kind = legal_kind(dice, trade, word);
    unit.category = trade.category.into();
    unit.is_key = stratum != Stratum::C;
    unit.is_densely_populated = match stratum {
        Stratum::A => true,
        Stratum::B => false,
        Stratum::C => dice.chance(trade.dense_permille),
    };
    unit.address = names::address(dice, township);
    unit.township = township.into();
    unit.code = Some(codes.next(unit.legal_kind));
    unit.risk = *dice.weighted(&RISKS);
    unit.credit = *dice.weighted(&CREDITS);
    add_people(dice, &mut unit);
    add_size(dice, trade, &mut unit);
    for (tag, permille) in TAGS {
        if dice.chance(permille) {
            unit.tags.insert(tag.into());
        }
    }
    leave_gaps(dice, &mut unit);
    unit
}

/// A legal kind of the trade; only an enterprise calls itself 有限公司.
fn legal_kind(dice: &mut Dice, trade: &Trade, word: &str) -> LegalKind {
    let kind = *dice.weighted(trade.kinds);
    if word.ends_with("有限公司") {
        LegalKind::Enterprise
    } else {
        kind
    }
}

fn add_people(dice: &mut Dice, unit: &mut Unit) {
    unit.responsible = names::person(dice);
    if unit.is_key || dice.chance(350) {
        unit.manager = names::person(dice);
    }
    unit.phone = names::phone(dice);
}

fn add_size(dice: &mut Dice, trade: &Trade, unit: &mut Unit) {
    let (least, most) = trade.floor_area_m2;
    // In tens of square metres, and the smaller of two throws: small units are more.
    let area = dice.between(least, most).min(dice.between(least, most));
    unit.floor_area_m2 = Some(area / 10 * 10);
    let (least, most) = trade.employees;
    unit.employees_count = Some(dice.between(least, most).min(dice.between(least, most)));
}

/// Takes out what real registers lack most often, in about 4 of 100 records
/// (unrated credit comes on top).
fn leave_gaps(dice: &mut Dice, unit: &mut Unit) {
    if unit.legal_kind == LegalKind::SoleTrader && dice.chance(32) {
        unit.code = None;
    }
    if !unit.is_key && dice.chance(20) {
        unit.responsible.clear();
    }
    if unit.is_key && dice.chance(12) {
        unit.manager.clear();
    }
    if dice.chance(5) {
        unit.phone.clear();
    }
}

/// Gives every unit a credit code that no other unit has.
struct Codes {
    at: u32,
}

impl Codes {
    /// 31⁵: how many codes of one head there are.
    const COUNT: u32 = 28_629_151;
    /// Prime to [`Self::COUNT`], so that all are met before one comes twice.
    const STEP: u32 = 11_400_719;

    fn new(dice: &mut Dice) -> Self {
        Self {
            at: dice.below(Self::COUNT),
        }
    }

    fn next(&mut self, kind: LegalKind) -> SocialCreditCode {
        self.at = (self.at + Self::STEP) % Self::COUNT;
        // The third letter Y: such organisation codes are not given out yet, so
        // that no real unit is named.
        let (head, organisation) = match kind {
            LegalKind::Enterprise => ("91130581", "MAY"),
            LegalKind::SoleTrader => ("92130581", "MAY"),
            LegalKind::PublicInstitution => ("12130581", "MBY"),
            LegalKind::StateOrgan => ("11130581", "MBY"),
            LegalKind::SocialGroup => ("52130581", "MJY"),
            LegalKind::Other => ("N2130581", "MFY"),
        };
        let organisation = format!("{organisation}{}", letters(self.at));
        SocialCreditCode::compose(head, &organisation)
            .expect("head and letters are of the alphabet")
    }
}

/// `number` below 31⁵ as five characters of the code's alphabet.
pub(super) fn letters(mut number: u32) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut letters = [b'0'; 5];
    for letter in letters.iter_mut().rev() {
        *letter = ALPHABET[(number % 31) as usize];
        number /= 31;
    }
    letters.iter().map(|&letter| char::from(letter)).collect()
}
