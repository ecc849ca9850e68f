//! Papers that stay in the house, taken from lists and draws: each says in all its forms what
//! the workbook says, and a long one loses nothing.

use std::collections::BTreeSet;

use double_random::document::table::TableCell;
use double_random::document::{Paper, a4};
use double_random::engine::certificate::short_code;
use double_random::engine::occasion::Occasion;
use double_random::i18n::Lang;
use double_random::model::Finding;
use double_random::papers::{campaign_results, own_list, task_sheet};
use double_random::workbook::{DrawRecord, VisitMade, Workbook};

use crate::publish::{LAYOUT, assert_alike};

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

/// The cells of a column, as text.
fn column(paper: &Paper, at: usize) -> Vec<String> {
    let rows = paper.rows.iter();
    rows.map(|row| row.cells[at].shown()).collect()
}

#[test]
fn the_list_of_an_own_draw_says_who_was_drawn_and_what_came_of_it() {
    let book = crate::own_draws::checked_one();
    let draw = book.draws().find(|draw| draw.own_register().is_some());
    let draw = draw.unwrap();
    for t in LANGS {
        let paper = own_list::paper(t, &book, draw).unwrap();
        assert_alike(&paper);
        let drawn = draw.drawn.as_ref().unwrap();
        let ids = drawn.result.drawn().map(ToString::to_string);
        assert_eq!(column(&paper, 1), ids.collect::<Vec<_>>());
        let entered = column(&paper, 6);
        assert_eq!(entered.iter().filter(|words| !words.is_empty()).count(), 1);
        assert!(
            column(&paper, 5).iter().all(String::is_empty),
            "for the pen"
        );
        assert!(paper.feet[0].ends_with(&short_code(drawn.certificate)));
        assert_eq!(paper.end.as_ref().unwrap().opinion, t.paper_opinion());
    }
    let month = book.draws().next().unwrap();
    assert_eq!(own_list::paper(Lang::Zh, &book, month), None);
}

fn campaign(book: &Workbook) -> (&DrawRecord, String) {
    let mut draws = book.draws();
    let named = draws.find_map(|draw| match &draw.occasion {
        Occasion::Campaign(campaign) => Some((draw, campaign.name.clone())),
        _ => None,
    });
    named.unwrap()
}

#[test]
fn the_results_of_a_campaign_say_what_came_of_each_visit() {
    let mut book = crate::workbook_occasions::added_to();
    let (draw, name) = campaign(&book);
    let first = book.campaign_visits(draw)[0].0.id.clone();
    let made = VisitMade {
        date: "2026-02-20".parse().unwrap(),
        finding: Finding::Found,
    };
    let mut visits = book.years[0].visits.iter_mut();
    visits.find(|visit| visit.id == first).unwrap().made = Some(made);
    let (draw, _) = campaign(&book);
    for t in LANGS {
        let paper = campaign_results::paper(t, &book, draw, &name);
        assert_alike(&paper);
        assert_eq!(paper.rows.len(), book.campaign_visits(draw).len());
        assert!(paper.title.contains(&name));
        let results = column(&paper, 4);
        let of = |words: &str| results.iter().filter(|it| *it == words).count();
        assert_eq!(of(t.finding(Finding::Found)), 1);
        assert_eq!(of(t.own_pending()), results.len() - 1);
        assert_eq!(paper.rows[0].cells[3], TableCell::Date(made.date));
    }
}

/// All of a day, each officer's of it, and what the sheet leaves free for the pen.
#[test]
fn task_sheets_hold_each_visit_of_the_day_for_each_of_its_officers() {
    let book = crate::lived::lived();
    let tasks = book.visit_tasks(crate::lived::today());
    let days: BTreeSet<_> = tasks.iter().filter_map(|task| task.day).collect();
    let count = |day: &_| tasks.iter().filter(|it| it.is_to_visit_on(*day)).count();
    let day = days.into_iter().max_by_key(count).unwrap();
    let all = task_sheet::paper(Lang::Zh, &book, &tasks, day, None);
    assert!(all.rows.len() > 3);
    assert_alike(&all);
    let sheets = a4::sheets(&all, LAYOUT);
    assert!(sheets.contains("style=\"--row-height: 14mm\""));
    assert!(sheets.contains("执法人员签字："));
    let team = tasks.iter().filter(|task| task.is_to_visit_on(day));
    let team = team.flat_map(|task| task.team.clone().unwrap());
    let officers: BTreeSet<_> = team.collect();
    let theirs = officers.iter().map(|officer| {
        let paper = task_sheet::paper(Lang::Zh, &book, &tasks, day, Some(officer));
        let name = book.officer_name(officer);
        assert_eq!(paper.facts[0].words, format!("执法人员：{name}"));
        assert!(column(&paper, 5).iter().all(|names| names.contains(&name)));
        assert_alike(&paper);
        paper.rows.len()
    });
    // Each visit is that of two.
    assert_eq!(theirs.sum::<usize>(), 2 * all.rows.len());
    let none = task_sheet::paper(Lang::En, &book, &[], day, None);
    assert_eq!(a4::pages(&none, LAYOUT).len(), 1);
}

/// 37 lines with long items: no line is lost or split, each sheet has the heads and its number.
#[test]
fn a_long_task_sheet_has_room_for_every_line() {
    let book = crate::lived::lived();
    let tasks = book.visit_tasks(crate::lived::today());
    let day = tasks.iter().find_map(|task| task.day).unwrap();
    let mut paper = task_sheet::paper(Lang::Zh, &book, &tasks, day, None);
    let items = "消防设施维护保养，疏散通道，防火分隔，".repeat(4);
    let line = |at: u32| {
        let text = |words: &str| TableCell::text(words);
        let mut cells = vec![
            TableCell::Number(at),
            text("单位"),
            text("地址"),
            text("甲 139"),
        ];
        cells.push(text(if at.is_multiple_of(3) {
            &items
        } else {
            "履职 13"
        }));
        cells.extend(["甲、乙", "南消抽查", "", ""].map(text));
        double_random::document::Row {
            cells,
            is_struck: false,
        }
    };
    paper.rows = (1..=37).map(line).collect();
    let pages = a4::pages(&paper, LAYOUT);
    let rows: Vec<usize> = pages.iter().flat_map(|page| page.rows.clone()).collect();
    assert_eq!(rows, (0..37).collect::<Vec<_>>());
    // A sheet has room for eleven lines of 14 mm at most.
    assert!(pages.len() > 4 && pages.iter().all(|page| page.rows.len() <= 12));
    let sheets = a4::sheets(&paper, LAYOUT);
    assert_eq!(sheets.matches("<thead>").count(), pages.len());
}
