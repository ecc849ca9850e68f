//! The annual plan for signature, and what came of a closed year before it: all renderings say
//! the same, and the sheets of both are numbered through.

use double_random::desk::Outlook;
use double_random::document::{Fact, Paper, Part, a4};
use double_random::i18n::Lang;
use double_random::papers::{annual_plan, closed_year};
use double_random::workbook::Workbook;

use crate::approval::drawn;
use crate::paper_forms::{LAYOUT, assert_renderings_alike, plain};
use crate::years::{close, over};

const ACROSS: a4::Layout = a4::Layout {
    is_portrait: false,
    ..LAYOUT
};

fn outlook(book: &Workbook) -> Outlook {
    let plan = &book.years[0].plans.last().unwrap().plan;
    let january = "2026-01".parse().unwrap();
    book.outlook(plan, january, "2026-01-05".parse().unwrap())
        .unwrap()
}

/// The tables of a paper by their captions, each with its rows.
fn tables(paper: &Paper) -> Vec<(String, usize)> {
    fn of(part: &Part) -> Vec<(String, usize)> {
        match part {
            Part::Figures(table) => {
                let is_whole = |row: &Vec<String>| row.len() == table.heads.len();
                assert!(table.rows.iter().all(is_whole));
                vec![(table.caption.clone(), table.rows.len())]
            }
            Part::Beside(halves) => halves.iter().flatten().flat_map(of).collect(),
            _ => Vec::new(),
        }
    }
    paper.parts.iter().flat_map(of).collect()
}

#[test]
fn a_plan_says_the_same_in_all_renderings_as_draft_and_as_version() {
    let (book, _) = drawn();
    let frozen = book.years[0].plans.last().unwrap();
    let outlook = outlook(&book);
    for t in [Lang::Zh, Lang::En] {
        for of in [None, Some(frozen)] {
            let paper = annual_plan::paper(t, &book, &frozen.plan, of, &outlook);
            assert_renderings_alike(&paper, ACROSS);
            let rows: Vec<usize> = tables(&paper).into_iter().map(|it| it.1).collect();
            assert_eq!(rows, [5, 13, 3, 1]);
            assert_eq!(a4::pages(&paper, ACROSS).len(), 2);
        }
    }
    let paper = |of| annual_plan::paper(Lang::Zh, &book, &frozen.plan, of, &outlook);
    let (draft, version) = (paper(None), paper(Some(frozen)));
    assert_eq!(draft.facts[0].words, "草案，未冻结，不是计划");
    assert!(draft.mark.is_some() && draft.feet[0].contains("草案"));
    assert!(version.facts[0].words.contains("第 1 版"));
    let genesis = frozen.genesis.to_string();
    let code = |fact: &Fact| fact.words.replace(' ', "");
    assert_eq!(code(&version.facts[1]), genesis[..16]);
    assert!(version.feet[0].starts_with("计划散列值 "));
    assert!(annual_plan::qr_text(Lang::Zh, frozen).ends_with(&genesis));
}

#[test]
fn a_closed_year_stands_before_its_plan_and_names_what_was_not_made() {
    let (mut book, _) = over();
    let papers = |book: &Workbook| {
        let year = &book.years[0];
        closed_year::papers(Lang::Zh, book, year, ("大队", year.plans.last()))
    };
    assert_eq!(papers(&book), []);
    close(&mut book, "2027-01-04T09:00:00", "甲单位停业，十二月才抽").unwrap();
    let unmade = book.years[0]
        .closed
        .as_ref()
        .unwrap()
        .statement
        .unmade
        .clone();
    let papers = papers(&book);
    let [statement, names] = papers.as_slice() else {
        panic!("the statement, and the names behind it");
    };
    assert_eq!(statement.title, "2026 年度结论");
    assert_eq!(tables(statement), [(String::new(), 3)]);
    let note = Part::Text("甲单位停业，十二月才抽".into());
    let said =
        |part: &&Part| matches!((part, &note), (Part::Text(a), Part::Text(b)) if a.contains(b));
    assert_eq!(statement.parts.iter().filter(said).count(), 1);
    assert!(statement.end.is_some() && names.end.is_none());
    let Part::List { lines, .. } = &names.parts[0] else {
        panic!("names are a list");
    };
    assert_eq!(lines.len(), unmade.len());
    for (line, id) in lines.iter().zip(&unmade) {
        let unit = book.unit(&id.unit).unwrap();
        assert_eq!(line.name, format!("{:02}", id.draw.number));
        assert_eq!(line.words, format!("{} {}", unit.id, unit.name));
    }
    for paper in &papers {
        assert_renderings_alike(paper, ACROSS);
    }
    // Bound with a plan they are numbered through.
    let frozen = book.years[0].plans.last();
    let plan = &frozen.unwrap().plan;
    let plan = annual_plan::paper(Lang::Zh, &book, plan, frozen, &outlook(&book));
    let all = [statement, names, &plan].map(|paper| (paper, ACROSS));
    let total: usize = all.iter().map(|(it, of)| a4::pages(it, *of).len()).sum();
    assert!(total > 3);
    let sheets = plain(&a4::bundle(&all));
    for page in 1..=total {
        let number = format!("第 {page} 页，共 {total} 页");
        assert_eq!(sheets.matches(&number).count(), 1, "{number}");
    }
}
