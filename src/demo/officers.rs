//! Made-up officers: presence that makes planning interesting, and avoidance.

use chrono::NaiveDate;

use super::dice::Dice;
use super::names;
use crate::model::{Absence, AbsenceKind, Avoidance, Officer, OfficerId, Unit};

/// 大队主官, who approves.
pub(super) const HEAD: &str = "鄢立群";
/// 内勤, who works at the desk.
pub(super) const OPERATOR: &str = "沙维新";
/// 监督人, who watches the draws.
pub(super) const SUPERVISOR: &str = "束闻野";

/// Month and day.
type MonthDay = (u32, u32);

/// What is fixed of an officer; the rest is thrown.
struct Post {
    name: &'static str,
    position: &'static str,
    office: &'static str,
    may_lead: bool,
    /// Years after the demo's year in which the certificate ends, and the day.
    certificate_until: (i32, MonthDay),
    absences: &'static [(MonthDay, MonthDay, AbsenceKind, &'static str)],
}

const fn post(
    name: &'static str,
    position: &'static str,
    office: &'static str,
    may_lead: bool,
    certificate_until: (i32, MonthDay),
    absences: &'static [(MonthDay, MonthDay, AbsenceKind, &'static str)],
) -> Post {
    Post {
        name,
        position,
        office,
        may_lead,
        certificate_until,
        absences,
    }
}

use AbsenceKind::{Leave, Secondment, Sick, Training};

/// P01 to P14. The certificate of the last but one ends in June, to show that a
/// draw notices.
#[rustfmt::skip] // a table, a row each
const POSTS: [Post; 14] = [
    post("闻绍宁", "监督科长", "监督管理科", true, (2, (12, 31)), &[((8, 3), (8, 14), Leave, "年休假")]),
    post("芮东航", "监督员", "监督管理科", true, (1, (10, 31)), &[((5, 11), (5, 15), Training, "支队监督业务培训")]),
    post("柏思齐", "监督员", "监督管理科", true, (3, (3, 31)), &[((2, 24), (3, 6), Leave, "年休假")]),
    post("冀书怀", "监督员", "监督管理科", true, (1, (6, 30)), &[((9, 14), (10, 16), Secondment, "支队专班抽调")]),
    post("逯景行", "监督员", "城区中队", true, (2, (5, 31)), &[]),
    post("郗明远", "副大队长", "大队部", true, (1, (12, 31)), &[((3, 16), (3, 27), Training, "总队指挥岗位培训")]),
    post("戚若林", "监督员", "城区中队", false, (2, (8, 31)), &[((4, 20), (4, 24), Leave, "事假")]),
    post("卞启明", "监督员", "监督管理科", false, (1, (9, 30)), &[((7, 22), (8, 21), Secondment, "总队专项行动抽调")]),
    post("谭既明", "监督员", "段芦头中队", false, (3, (1, 31)), &[]),
    post("蔺守拙", "监督员", "段芦头中队", false, (2, (2, 28)), &[((1, 12), (1, 23), Sick, "病假")]),
    post("亓映雪", "监督员", "监督管理科", false, (1, (11, 30)), &[((4, 13), (8, 9), Leave, "产假")]),
    post("邸知远", "监督员", "城区中队", false, (2, (7, 31)), &[((11, 9), (11, 13), Training, "执法资格轮训")]),
    post("栾听澜", "监督员", "城区中队", false, (0, (6, 30)), &[]),
    post("阚济川", "监督员", "段芦头中队", false, (1, (4, 30)), &[((6, 15), (6, 26), Leave, "年休假")]),
];

/// Relations that keep an officer from a unit.
const RELATIONS: [&str; 5] = [
    "配偶在该单位任职",
    "近亲属为该单位负责人",
    "本人持有该单位股份",
    "该单位租用其近亲属房屋",
    "两年内曾在该单位任职",
];
/// How many such relations there are, in a register that is large enough.
const AVOIDANCES_COUNT: u32 = 12;

/// The officers of `year`, with relations to some of `units`.
pub(super) fn officers(dice: &mut Dice, year: i32, units: &[Unit]) -> Vec<Officer> {
    let mut officers: Vec<Officer> = (1..)
        .zip(&POSTS)
        .map(|(number, post)| officer(dice, year, number, post))
        .collect();
    if units.is_empty() {
        return officers;
    }
    for _ in 0..AVOIDANCES_COUNT {
        let officer = dice.below(officers.len() as u32) as usize;
        let avoidances = &mut officers[officer].avoidances;
        let (unit, reason) = (&dice.pick(units).id, *dice.pick(&RELATIONS));
        if avoidances.iter().all(|known| known.unit != *unit) {
            avoidances.push(Avoidance {
                approver: HEAD.into(),
                ..Avoidance::new(unit.clone(), reason)
            });
        }
    }
    officers
}

fn officer(dice: &mut Dice, year: i32, number: u32, post: &Post) -> Officer {
    let id = OfficerId::new(format!("P{number:02}")).expect("P and a number are an id");
    let mut officer = Officer::new(id, post.name);
    // Real certificate numbers have no letters X in front.
    officer.certificate_number = format!("XF130581{:04}", 1000 + number * 37);
    let (years, until) = post.certificate_until;
    officer.certificate_until = day(year + years, until);
    officer.position = post.position.into();
    officer.office = post.office.into();
    officer.phone = names::phone(dice);
    officer.may_lead = post.may_lead;
    officer.absences = post
        .absences
        .iter()
        .filter_map(|&(from, to, kind, reason)| {
            Some(Absence {
                from: day(year, from)?,
                to: day(year, to)?,
                kind,
                reason: reason.into(),
                approver: HEAD.into(),
                extra: serde_json::Map::new(),
            })
        })
        .collect();
    officer
}

fn day(year: i32, (month, day): MonthDay) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}
