//! 单位名录 as a list: what each row shows, and the saved views.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::list::{Derived, INCOMPLETE, Index, Listed, day_rank};
use super::problems::{Problem, is_odd, not_dense, problems, twins};
use crate::engine::calendar::add_six_months;
use crate::engine::level::PointReason;
use crate::engine::snapshot::VISITS_PER_YEAR_MAX;
use crate::model::field::InList;
use crate::model::{CandidateId, DrawLevel, Unit};
use crate::workbook::suspect::Suspicion;
use crate::workbook::{DrawRecord, Workbook};

/// A complete record, in percent.
const COMPLETE: u8 = 100;

/// A saved view of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnitView {
    /// 全部: all active units.
    #[default]
    All,
    /// 抽中: drawn for the last month that is drawn.
    Drawn,
    /// 信息不全.
    Incomplete,
    /// 有疑点: something may be wrong, and is to be looked at.
    Doubtful,
    /// 疑似僵尸: something speaks against it.
    Zombie,
    /// 半年内不可抽: no visit is allowed today.
    TooSoon,
    /// 多次投诉: as often as the draw level counts.
    Complaints,
    /// 待核对: tags and tier were not looked at for too long.
    Unreviewed,
    /// 已停用.
    Retired,
}

impl UnitView {
    /// All views, in the order of their tabs.
    pub const ALL: [Self; 9] = [
        Self::All,
        Self::Drawn,
        Self::Incomplete,
        Self::Doubtful,
        Self::Zombie,
        Self::TooSoon,
        Self::Complaints,
        Self::Unreviewed,
        Self::Retired,
    ];

    const fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// A unit's place in the last month that is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MonthPlace {
    /// 抽中.
    Drawn,
    /// 顺延: drawn for an earlier month, planned for this one.
    Carried,
    /// 候补.
    Reserve,
    /// 未中.
    NotDrawn,
    /// 不在池.
    NotInPool,
}

/// What a row shows beside the unit's own fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// 抽查等级 for the month that is drawn next.
    pub level: DrawLevel,
    /// 上次检查.
    pub last: Option<NaiveDate>,
    /// 最早可再查; none: any day.
    pub earliest: Option<NaiveDate>,
    /// Its place in the last drawn month.
    pub place: MonthPlace,
    /// 完整度, in percent.
    pub completeness: u8,
    /// The place of another unit with its name and address.
    pub twin: Option<u32>,
    /// What speaks against it.
    pub suspicions: Vec<Suspicion>,
    /// Whether something in it, besides what it lacks, is to be looked at.
    is_odd: bool,
    views: u16,
}

impl Workbook {
    /// The first day on which the law allows a counted visit; none: any day.
    #[must_use]
    pub fn earliest_visit(&self, unit: &Unit, today: NaiveDate) -> Option<NaiveDate> {
        let counted = self.counted(unit, today.year(), |_| false);
        let release = counted.last.map(|last| add_six_months(last.date));
        if counted.count < VISITS_PER_YEAR_MAX {
            return release;
        }
        NaiveDate::from_ymd_opt(today.year() + 1, 1, 1).max(release)
    }
}

impl Listed for Unit {
    type Row = UnitRow;

    const DERIVED: &'static [Derived<Self>] = &[
        Derived::<Self>::ranked(
            "stratum",
            InList::column(2, 4).sorted().filter(1),
            |unit, _| unit.stratum() as i64,
        )
        .values(&[("A", 0), ("B", 1), ("C", 2)]),
        Derived::<Self>::ranked(
            "level",
            InList::column(4, 5).number().sorted().filter(3),
            |_, row| i64::from(row.level.get()),
        )
        .values(&[("5", 5), ("4", 4), ("3", 3), ("2", 2), ("1", 1), ("0", 0)]),
        Derived::<Self>::ranked("last", InList::column(8, 6).sorted(), |_, row| {
            day_rank(row.last)
        }),
        Derived::<Self>::ranked("earliest", InList::column(9, 3).sorted(), |_, row| {
            day_rank(row.earliest)
        }),
        Derived::<Self>::ranked("place", InList::column(10, 2).sorted(), |_, row| {
            row.place as i64
        }),
        Derived::<Self>::ranked(
            "complete",
            InList::column(11, 8).number().sorted(),
            |_, row| i64::from(row.completeness),
        ),
        Derived::<Self>::ranked("suspicion", InList::column(12, 0).sorted(), |_, row| {
            row.suspicions.len() as i64
        }),
        Derived::<Self>::ranked("incomplete", InList::NOWHERE.filter(6), |_, row| {
            i64::from(row.completeness < COMPLETE)
        })
        .values(&[("1", 1)]),
    ];

    const VIEWS: &'static [&'static str] = &[
        "all",
        "drawn",
        INCOMPLETE,
        "doubtful",
        "zombie",
        "too-soon",
        "complaints",
        "to-review",
        "retired",
    ];

    fn records(book: &Workbook) -> &[Self] {
        &book.units
    }

    fn rows(book: &Workbook, today: NaiveDate) -> Vec<UnitRow> {
        let mut places = BTreeMap::new();
        let last = book.last_drawn().map(|draw| draw.month);
        for draw in last.into_iter().flat_map(|month| book.draws_of(month)) {
            add_places(draw, &mut places);
        }
        let month = book.next_month(today);
        let plan = book.plan_in(month);
        let suspicions = book.suspicions(today);
        let row = |((unit, twin), suspicions): ((&Unit, Option<u32>), Vec<Suspicion>)| {
            let sum = book.level_sum(unit, plan, month);
            let mut row = UnitRow {
                level: sum.level,
                last: book.last_inspection(unit).map(|last| last.date),
                earliest: book.earliest_visit(unit, today),
                place: places
                    .get(&unit.draw_id())
                    .or_else(|| places.get(&CandidateId::from(&unit.id)))
                    .copied()
                    .unwrap_or(MonthPlace::NotInPool),
                completeness: unit.completeness_percent(),
                twin,
                suspicions,
                is_odd: twin.is_some() || not_dense(unit).is_some() || is_odd(unit, today),
                views: 0,
            };
            let is_complained_of = sum
                .parts
                .iter()
                .any(|part| part.0 == PointReason::Complaints);
            row.views = views(unit, &row, is_complained_of, today);
            if book.brigade.is_review_due(unit, today) {
                row.views |= UnitView::Unreviewed.bit();
            }
            row
        };
        let units = book.units.iter().zip(twins(&book.units));
        units.zip(suspicions).map(row).collect()
    }

    fn is_mendable(&self, row: &UnitRow, _: NaiveDate) -> bool {
        row.completeness < COMPLETE || row.is_odd
    }

    fn problems(&self, row: &UnitRow, records: &[Self], today: NaiveDate) -> Vec<Problem> {
        let mut found = problems(self, today);
        found.extend(not_dense(self));
        let twin = row.twin.and_then(|at| records.get(at as usize));
        found.extend(twin.map(|twin| Problem::Twin {
            other: twin.id.to_string(),
        }));
        found
    }

    fn is_in(&self, row: &UnitRow, view: usize) -> bool {
        row.views & (1 << view) != 0
    }

    fn alias(&self) -> &str {
        // A withheld unit is also found by its alias.
        self.withheld.as_ref().map_or("", |w| w.alias.as_str())
    }

    fn listed(book: &Workbook, key: &str) -> Vec<String> {
        if key == "category" {
            return book.categories.clone();
        }
        let townships = book.brigade.townships.iter();
        townships.map(|township| township.name.clone()).collect()
    }
}

impl Index<Unit> {
    /// Active units of each stratum.
    #[must_use]
    pub fn stratum_counts(&self, units: &[Unit]) -> [u32; 3] {
        let mut counts = [0; 3];
        for unit in units.iter().filter(|unit| unit.status.is_active()) {
            counts[unit.stratum().index()] += 1;
        }
        counts
    }
}

fn views(unit: &Unit, row: &UnitRow, is_complained_of: bool, today: NaiveDate) -> u16 {
    if !unit.status.is_active() {
        return UnitView::Retired.bit();
    }
    let of = |view: UnitView, is_in: bool| if is_in { view.bit() } else { 0 };
    UnitView::All.bit()
        | of(UnitView::Drawn, row.place == MonthPlace::Drawn)
        | of(UnitView::Incomplete, row.completeness < COMPLETE)
        | of(UnitView::Doubtful, row.is_odd)
        | of(UnitView::Zombie, !row.suspicions.is_empty())
        | of(
            UnitView::TooSoon,
            row.earliest.is_some_and(|earliest| earliest > today),
        )
        | of(UnitView::Complaints, is_complained_of)
}

/// Adds the places of all units that stood in a pool of the draw, or were carried
/// into it. Whoever has a place from an earlier draw of the month keeps it, unless
/// this one drew the unit.
fn add_places<'a>(draw: &'a DrawRecord, places: &mut BTreeMap<&'a CandidateId, MonthPlace>) {
    let Some(drawn) = &draw.drawn else { return };
    for group in &drawn.result.groups {
        places.extend(
            group
                .draw
                .drawn
                .iter()
                .map(|one| (&one.unit, MonthPlace::Drawn)),
        );
    }
    for group in &drawn.result.groups {
        for candidate in &group.draw.reserve {
            places.entry(&candidate.unit).or_insert(MonthPlace::Reserve);
        }
    }
    let pools = draw.occasion.pools(&draw.sizes, &draw.register.snapshot);
    for unit in pools.into_values().flatten() {
        places.entry(unit).or_insert(MonthPlace::NotDrawn);
    }
    places.extend(
        draw.sizes
            .carried
            .iter()
            .map(|id| (id, MonthPlace::Carried)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::list::Wish;
    use crate::model::{RiskTier, Stratum};

    use crate::demo;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn demo() -> (Workbook, Index<Unit>) {
        let book = demo::brigade(2026, demo::SEED);
        let index = Index::<Unit>::new(&book, day("2025-12-30"));
        (book, index)
    }

    fn count(index: &Index<Unit>, view: UnitView) -> u32 {
        index.count(view as usize)
    }

    fn ids(book: &Workbook, places: &[u32]) -> Vec<String> {
        let id = |&place: &u32| book.units[place as usize].id.to_string();
        places.iter().map(id).collect()
    }

    #[test]
    fn views_count_what_the_register_says() {
        let (mut book, index) = demo();
        assert_eq!(count(&index, UnitView::All), 2412);
        assert_eq!(index.stratum_counts(&book.units).iter().sum::<u32>(), 2412);
        let incomplete = book
            .units
            .iter()
            .filter(|unit| !unit.missing().is_empty())
            .count();
        assert_eq!(count(&index, UnitView::Incomplete), incomplete as u32);
        assert_eq!(count(&index, UnitView::Drawn), 0);
        assert!(count(&index, UnitView::Zombie) > 0);
        book.units[7].status = crate::model::UnitStatus::Retired {
            since: day("2025-12-01"),
            reason: "停业".into(),
            approver: "鄢立群".into(),
            extra: serde_json::Map::new(),
        };
        let index = Index::<Unit>::new(&book, day("2025-12-30"));
        assert_eq!(
            (
                count(&index, UnitView::All),
                count(&index, UnitView::Retired)
            ),
            (2411, 1)
        );
        let retired = Wish {
            view: UnitView::Retired as usize,
            ..Wish::default()
        };
        assert_eq!(
            ids(&book, &index.choose(&book.units, &retired)),
            ["NG-00008"]
        );
    }

    #[test]
    fn the_search_finds_each_field_and_asks_for_every_word() {
        let (book, index) = demo();
        let find = |text: &str| {
            let filter = Wish {
                text: text.into(),
                ..Wish::default()
            };
            index.choose(&book.units, &filter)
        };
        let unit = book
            .units
            .iter()
            .find(|unit| unit.code.is_some() && !unit.responsible.is_empty())
            .unwrap();
        let code = unit.code.as_ref().unwrap().as_str().to_lowercase();
        for text in [unit.id.as_str(), &unit.name, &code, &unit.address] {
            assert!(
                ids(&book, &find(text)).contains(&unit.id.to_string()),
                "{text}"
            );
        }
        let both = find(&format!("{} {}", unit.township, unit.responsible));
        assert!(ids(&book, &both).contains(&unit.id.to_string()));
        assert!(both.len() < find(&unit.township).len());
        assert!(find("没有这样的单位").is_empty());
        assert_eq!(find("  ").len(), 2412);
        // The first and the last unit: the edges of the long text.
        assert_eq!(ids(&book, &find("ng-00001")), ["NG-00001"]);
        assert_eq!(ids(&book, &find("ng-02412")), ["NG-02412"]);
    }

    #[test]
    fn filters_of_different_kinds_narrow_each_other() {
        let (book, index) = demo();
        let asked = [
            ("stratum", vec!["C"]),
            ("tier", vec!["red", "yellow", "no tier"]),
            ("township", vec![book.units[0].township.as_str()]),
        ];
        let words = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
        let filter = Wish {
            chosen: asked
                .into_iter()
                .map(|(key, of)| (key, words(of)))
                .collect(),
            ..Wish::default()
        };
        let chosen = index.choose(&book.units, &filter);
        assert!(!chosen.is_empty());
        for &place in &chosen {
            let unit = &book.units[place as usize];
            assert!(unit.stratum() == Stratum::C && unit.risk >= RiskTier::Yellow);
            assert_eq!(unit.township, book.units[0].township);
        }
    }

    #[test]
    fn what_is_mendable_is_what_has_a_problem() {
        let (mut book, _) = demo();
        let today = day("2026-01-05");
        let twin = (book.units[7].name.clone(), book.units[7].address.clone());
        (book.units[8].name, book.units[8].address) = twin;
        book.units[9].phone = "12".into();
        book.units[10].phone = "12".into();
        book.units[10].status = crate::model::UnitStatus::Retired {
            since: today,
            reason: "停业".into(),
            approver: "鄢立群".into(),
            extra: serde_json::Map::new(),
        };
        let index = Index::<Unit>::new(&book, today);
        let places = (0_u32..).zip(&book.units).zip(&index.rows);
        for ((place, unit), row) in places {
            let problems = unit.problems(row, &book.units, today);
            assert_eq!(
                index.is_mendable(place),
                !problems.is_empty(),
                "{problems:?}"
            );
        }
        assert!([7, 8, 9, 10].iter().all(|place| index.is_mendable(*place)));
    }

    #[test]
    fn sorting_is_by_the_column() {
        let (book, index) = demo();
        let mut places = index.choose(&book.units, &Wish::default());
        let wish = Wish {
            sort: "level",
            is_descending: true,
            ..Wish::default()
        };
        index.sort(&mut places, &book.units, &wish, |_| {
            unreachable!("a level is no text")
        });
        let level = |place: u32| index.rows[place as usize].level;
        assert!(
            places
                .windows(2)
                .all(|pair| level(pair[0]) >= level(pair[1]))
        );
    }

    #[test]
    fn twice_a_year_moves_the_earliest_visit_into_the_next() {
        let (mut book, _) = demo();
        book.units[0].inspections = ["2026-02-10", "2026-09-01"]
            .map(|date| crate::model::Inspection {
                date: day(date),
                finding: crate::model::Finding::None,
                extra: serde_json::Map::new(),
            })
            .into();
        let earliest = |book: &Workbook, today| book.earliest_visit(&book.units[0], day(today));
        assert_eq!(earliest(&book, "2026-09-02"), Some(day("2027-03-01")));
        book.units[0].inspections[1].date = day("2026-06-15");
        assert_eq!(earliest(&book, "2026-12-20"), Some(day("2027-01-01")));
        book.units[0].inspections.clear();
        assert_eq!(earliest(&book, "2026-12-20"), None);
    }

    #[test]
    fn a_word_finds_all_units_that_hold_it_and_no_other() {
        let mut book = demo::brigade(2026, demo::SEED);
        book.units = demo::registry(2026, 20_000, 7).into();
        let index = Index::<Unit>::new(&book, day("2025-12-30"));
        let wish = Wish {
            text: "药房".into(),
            ..Wish::default()
        };
        let holds = |place: &u32| {
            let unit = &book.units[*place as usize];
            unit.status.is_active() && unit.name.contains("药房")
        };
        let found = index.choose(&book.units, &wish);
        assert!(!found.is_empty());
        assert!(found.iter().copied().eq((0..20_000).filter(holds)));
    }
}
