//! 单位名录 as a list: what each row shows, the saved views, filters and order.
//!
//! [`UnitIndex`] is worked out once a version of the workbook. Choosing rows from
//! it then costs little even with 100 000 units: the search runs once over one
//! long text, and everything else compares numbers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::engine::calendar::{YearMonth, add_six_months};
use crate::engine::level::PointReason;
use crate::engine::snapshot::VISITS_PER_YEAR_MAX;
use crate::model::{CandidateId, Described as _, DrawLevel, RiskTier, Stratum, Unit};
use crate::workbook::{DrawRecord, Workbook};

/// What the tag of a suspected zombie unit holds; a brigade words the rest.
const ZOMBIE_TAG: &str = "僵尸";
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
    /// 疑似僵尸, by tag.
    Zombie,
    /// 半年内不可抽: no visit is allowed today.
    TooSoon,
    /// 多次投诉: as often as the draw level counts.
    Complaints,
    /// 已停用.
    Retired,
}

impl UnitView {
    /// All views, in the order of their tabs.
    pub const ALL: [Self; 7] = [
        Self::All,
        Self::Drawn,
        Self::Incomplete,
        Self::Zombie,
        Self::TooSoon,
        Self::Complaints,
        Self::Retired,
    ];

    const fn bit(self) -> u8 {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitRow {
    /// 层.
    pub stratum: Stratum,
    /// 风险等级.
    pub tier: RiskTier,
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
    views: u8,
}

impl UnitRow {
    /// Whether the unit stands in a view.
    #[must_use]
    pub const fn is_in(&self, view: UnitView) -> bool {
        self.views & view.bit() != 0
    }
}

/// A column by which the list sorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnitColumn {
    /// 编号: the order of the register.
    #[default]
    Id,
    /// 单位名称.
    Name,
    /// 层.
    Stratum,
    /// 风险.
    Tier,
    /// 级.
    Level,
    /// 街道乡镇.
    Township,
    /// 上次检查.
    Last,
    /// 最早可再查.
    Earliest,
    /// 本月.
    Place,
    /// 完整度.
    Completeness,
}

/// Which units to show; an empty set of a kind chooses all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitFilter {
    /// The saved view.
    pub view: UnitView,
    /// Words, all of which must occur.
    pub text: String,
    /// 层.
    pub strata: BTreeSet<Stratum>,
    /// 风险等级.
    pub tiers: BTreeSet<RiskTier>,
    /// 抽查等级.
    pub levels: BTreeSet<u8>,
    /// 街道乡镇.
    pub townships: BTreeSet<String>,
    /// 单位类别.
    pub categories: BTreeSet<String>,
    /// Only records with gaps.
    pub is_incomplete: bool,
}

/// The register, made ready for lists.
#[derive(Debug, Clone, Default)]
pub struct UnitIndex {
    /// A row a unit, in the register's order.
    pub rows: Vec<UnitRow>,
    /// The last month that is drawn.
    pub month: Option<YearMonth>,
    /// Active units of each stratum.
    pub stratum_counts: [u32; 3],
    view_counts: [u32; UnitView::ALL.len()],
    /// What is searched, in lower case, a line a unit.
    lines: String,
    /// Where each line ends in `lines`.
    line_ends: Vec<usize>,
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

impl UnitIndex {
    /// Works the rows out, as of `today`.
    #[must_use]
    pub fn new(book: &Workbook, today: NaiveDate) -> Self {
        let mut places = BTreeMap::new();
        let last = book.last_drawn().map(|draw| draw.month);
        for draw in last.into_iter().flat_map(|month| book.draws_of(month)) {
            add_places(draw, &mut places);
        }
        let month = book.next_month(today);
        let plan = book.plan_in(month);
        let mut index = Self {
            rows: Vec::with_capacity(book.units.len()),
            month: book.last_drawn().map(|draw| draw.month),
            stratum_counts: [0; 3],
            view_counts: [0; UnitView::ALL.len()],
            lines: String::new(),
            line_ends: Vec::with_capacity(book.units.len()),
        };
        for unit in &book.units {
            let sum = book.level_sum(unit, plan, month);
            let mut row = UnitRow {
                stratum: unit.stratum(),
                tier: unit.risk,
                level: sum.level,
                last: book.last_inspection(unit).map(|last| last.date),
                earliest: book.earliest_visit(unit, today),
                place: places
                    .get(&unit.draw_id())
                    .or_else(|| places.get(&CandidateId::from(&unit.id)))
                    .copied()
                    .unwrap_or(MonthPlace::NotInPool),
                completeness: unit.completeness_percent(),
                views: 0,
            };
            let is_complained_of = sum
                .parts
                .iter()
                .any(|part| part.0 == PointReason::Complaints);
            row.views = views(unit, &row, is_complained_of, today);
            index.add(unit, row);
        }
        index
    }

    fn add(&mut self, unit: &Unit, row: UnitRow) {
        for (view, count) in UnitView::ALL.into_iter().zip(&mut self.view_counts) {
            *count += u32::from(row.is_in(view));
        }
        if unit.status.is_active() {
            self.stratum_counts[row.stratum.index()] += 1;
        }
        self.rows.push(row);
        let fields = Unit::FIELDS.iter().filter(|field| field.is_searched);
        let fields = fields.map(|field| field.text(unit));
        // A withheld unit is also found by its alias.
        let alias = unit.withheld.as_ref().map_or("", |w| w.alias.as_str());
        let fields = fields.chain([unit.id.as_str(), alias]);
        for field in fields.filter(|field| !field.is_empty()) {
            // A tab keeps a word from matching across two fields; a search word holds none.
            push_lowercase(&mut self.lines, field);
            self.lines.push('\t');
        }
        self.lines.push('\n');
        self.line_ends.push(self.lines.len());
    }

    /// How many units stand in a view.
    #[must_use]
    pub const fn count(&self, view: UnitView) -> u32 {
        self.view_counts[view as usize]
    }

    /// Places of the units that `filter` chooses, in the register's order.
    /// `units` is the register from which the index was made.
    #[must_use]
    pub fn choose(&self, units: &[Unit], filter: &UnitFilter) -> Vec<u32> {
        let is_chosen = |place: u32| {
            let (row, unit) = (&self.rows[place as usize], &units[place as usize]);
            row.is_in(filter.view)
                && chooses(&filter.strata, &row.stratum)
                && chooses(&filter.tiers, &row.tier)
                && chooses(&filter.levels, &row.level.get())
                && (!filter.is_incomplete || row.completeness < COMPLETE)
                && chooses(&filter.townships, &unit.township)
                && chooses(&filter.categories, &unit.category)
        };
        let mut places = self.search(&filter.text);
        places.retain(|&place| is_chosen(place));
        places
    }

    /// Places of the units that hold all words of `text`, in order.
    fn search(&self, text: &str) -> Vec<u32> {
        let text = text.to_lowercase();
        let mut words = text.split_whitespace();
        let Some(first) = words.next() else {
            return (0..self.rows.len() as u32).collect();
        };
        let mut places: Vec<u32> = Vec::new();
        for (at, _) in self.lines.match_indices(first) {
            let place = self.line_ends.partition_point(|&end| end <= at) as u32;
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        for word in words {
            places.retain(|&place| self.line(place).contains(word));
        }
        places
    }

    fn line(&self, place: u32) -> &str {
        let place = place as usize;
        let start = place.checked_sub(1).map_or(0, |at| self.line_ends[at]);
        &self.lines[start..self.line_ends[place]]
    }

    /// Puts places into the order of a column; equal ones stay in the register's order.
    ///
    /// `name_order` ranks characters for names and townships, as [`NameOrder::new`] makes it.
    pub fn sort(
        &self,
        places: &mut [u32],
        units: &[Unit],
        names: &NameOrder,
        column: UnitColumn,
        is_descending: bool,
    ) {
        let row = |place: &u32| &self.rows[*place as usize];
        let unit = |place: &u32| &units[*place as usize];
        match column {
            UnitColumn::Id => {}
            UnitColumn::Name => places.sort_by_cached_key(|at| names.key(&unit(at).name)),
            UnitColumn::Township => places.sort_by_cached_key(|at| names.key(&unit(at).township)),
            UnitColumn::Stratum => places.sort_by_key(|at| row(at).stratum),
            UnitColumn::Tier => places.sort_by_key(|at| row(at).tier),
            UnitColumn::Level => places.sort_by_key(|at| row(at).level),
            UnitColumn::Last => places.sort_by_key(|at| row(at).last),
            UnitColumn::Earliest => places.sort_by_key(|at| row(at).earliest),
            UnitColumn::Place => places.sort_by_key(|at| row(at).place),
            UnitColumn::Completeness => places.sort_by_key(|at| row(at).completeness),
        }
        if is_descending {
            places.reverse();
        }
    }
}

/// Adds `field` in lower case. Chinese has no case, and most fields are Chinese or
/// digits: such a field is copied whole.
fn push_lowercase(line: &mut String, field: &str) {
    let has_no_case = |c: char| match c {
        'A'..='Z' => false,
        '\0'..='\u{7f}' | '\u{2e80}'..='\u{9fff}' | '\u{ff08}'..='\u{ff1f}' => true,
        _ => false,
    };
    if field.chars().all(has_no_case) {
        line.push_str(field);
    } else {
        line.extend(field.chars().flat_map(char::to_lowercase));
    }
}

fn chooses<T: Ord>(set: &BTreeSet<T>, value: &T) -> bool {
    set.is_empty() || set.contains(value)
}

fn views(unit: &Unit, row: &UnitRow, is_complained_of: bool, today: NaiveDate) -> u8 {
    if !unit.status.is_active() {
        return UnitView::Retired.bit();
    }
    let of = |view: UnitView, is_in: bool| if is_in { view.bit() } else { 0 };
    UnitView::All.bit()
        | of(UnitView::Drawn, row.place == MonthPlace::Drawn)
        | of(UnitView::Incomplete, row.completeness < COMPLETE)
        | of(
            UnitView::Zombie,
            unit.tags.iter().any(|tag| tag.contains(ZOMBIE_TAG)),
        )
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

/// The order of names: Chinese readers look names up by sound, which only the host knows.
#[derive(Debug, Clone, Default)]
pub struct NameOrder {
    ranks: BTreeMap<char, u32>,
}

impl NameOrder {
    /// An order in which these characters stand in this sequence. Without any,
    /// characters are ordered by their code.
    pub fn new(characters: impl IntoIterator<Item = char>) -> Self {
        Self {
            ranks: characters.into_iter().zip(1..).collect(),
        }
    }

    /// The characters that the host is to put into sequence.
    #[must_use]
    pub fn characters(units: &[Unit]) -> BTreeSet<char> {
        units
            .iter()
            .flat_map(|unit| unit.name.chars().chain(unit.township.chars()))
            .collect()
    }

    /// By which a name sorts.
    #[must_use]
    pub fn key(&self, name: &str) -> Vec<u32> {
        let rank = |c: char| self.ranks.get(&c).copied().unwrap_or(u32::from(c));
        name.chars().map(rank).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_whole_has_no_lower_case() {
        for c in '\0'..='\u{ffff}' {
            let mut line = String::new();
            push_lowercase(&mut line, &c.to_string());
            assert_eq!(line, c.to_lowercase().to_string(), "{c:?}");
        }
    }
    use crate::demo;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn demo() -> (Workbook, UnitIndex) {
        let book = demo::brigade(2026, demo::SEED);
        let index = UnitIndex::new(&book, day("2025-12-30"));
        (book, index)
    }

    fn ids(book: &Workbook, places: &[u32]) -> Vec<String> {
        let id = |&place: &u32| book.units[place as usize].id.to_string();
        places.iter().map(id).collect()
    }

    #[test]
    fn views_count_what_the_register_says() {
        let (mut book, index) = demo();
        assert_eq!(index.count(UnitView::All), 2412);
        assert_eq!(index.stratum_counts.iter().sum::<u32>(), 2412);
        let incomplete = book
            .units
            .iter()
            .filter(|unit| !unit.missing().is_empty())
            .count();
        assert_eq!(index.count(UnitView::Incomplete), incomplete as u32);
        assert_eq!(index.count(UnitView::Drawn), 0);
        assert!(index.count(UnitView::Zombie) > 0);
        book.units[7].status = crate::model::UnitStatus::Retired {
            since: day("2025-12-01"),
            reason: "停业".into(),
            approver: "鄢立群".into(),
            extra: serde_json::Map::new(),
        };
        let index = UnitIndex::new(&book, day("2025-12-30"));
        assert_eq!(
            (index.count(UnitView::All), index.count(UnitView::Retired)),
            (2411, 1)
        );
        let retired = UnitFilter {
            view: UnitView::Retired,
            ..UnitFilter::default()
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
            let filter = UnitFilter {
                text: text.into(),
                ..UnitFilter::default()
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
        let filter = UnitFilter {
            strata: [Stratum::C].into(),
            tiers: [RiskTier::Red, RiskTier::Yellow].into(),
            townships: [book.units[0].township.clone()].into(),
            ..UnitFilter::default()
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
    fn sorting_is_by_the_column_and_names_follow_the_given_order() {
        let (book, index) = demo();
        let mut places = index.choose(&book.units, &UnitFilter::default());
        let order = NameOrder::default();
        index.sort(&mut places, &book.units, &order, UnitColumn::Level, true);
        let level = |place: u32| index.rows[place as usize].level;
        assert!(
            places
                .windows(2)
                .all(|pair| level(pair[0]) >= level(pair[1]))
        );
        let order = NameOrder::new("阿波测".chars());
        assert!(order.key("波乙") > order.key("阿乙") && order.key("波") < order.key("测"));
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
    fn a_hundred_thousand_units_are_searched_in_a_moment() {
        let mut book = demo::brigade(2026, demo::SEED);
        book.units = demo::registry(2026, 100_000, 7).into();
        let index = UnitIndex::new(&book, day("2025-12-30"));
        let filter = UnitFilter {
            text: "药房".into(),
            ..UnitFilter::default()
        };
        let begun = std::time::Instant::now();
        let found = index.choose(&book.units, &filter);
        let took = begun.elapsed();
        let is_right = |&place: &u32| book.units[place as usize].name.contains("药房");
        assert!(!found.is_empty() && found.iter().all(is_right));
        // Generous: this is a debug build on a busy machine; the page is measured in a browser.
        assert!(took.as_millis() < 2_000, "{took:?}");
    }
}
