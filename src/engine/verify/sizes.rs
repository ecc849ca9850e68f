//! Sizes: how many could be drawn, and how many had to be.

use super::Examination;
use super::finding::{Datum, Findings, Lacking, Outcome, Place, SizeField};
use crate::engine::cell::Cell;
use crate::engine::draw::{CellSizes, DrawGroup};

type Found = Result<Outcome, Lacking>;

/// The sizes of a cell with their names.
fn fields(cell: &CellSizes) -> [(SizeField, u32); 6] {
    [
        (SizeField::Size, cell.size),
        (SizeField::Target, cell.target),
        (SizeField::Committed, cell.committed),
        (SizeField::Demand, cell.demand),
        (SizeField::Pool, cell.pool),
        (SizeField::Quota, cell.quota),
    ]
}

impl Examination<'_> {
    pub(super) fn cells(&self) -> Found {
        let found = &self.sizes()?.cells;
        let stated = &self.certificate.commitment.cells;
        let mut findings = Findings::default();
        let withheld_count = self.hidden_count();
        if withheld_count > 0 {
            bounded(stated, found, withheld_count, &mut findings);
            return Ok(findings.outcome_with(withheld_count));
        }
        for cell in stated {
            let again = found.iter().find(|other| other.cell == cell.cell);
            for (at, (size, number)) in fields(cell).into_iter().enumerate() {
                let place = Place::Cell {
                    cell: cell.cell,
                    size,
                };
                let again = again.map(|other| fields(other)[at].1);
                findings.same(place, Some(number), again);
            }
        }
        let missing = found
            .iter()
            .filter(|cell| !stated.iter().any(|other| other.cell == cell.cell));
        for cell in missing {
            let (size, found) = (SizeField::Size, cell.size);
            let cell = cell.cell;
            findings.differ(Place::Cell { cell, size }, Datum::Nothing, found);
        }
        if !stated.windows(2).all(|pair| pair[0].cell < pair[1].cell) {
            findings.differ(Place::Whole, Datum::Nothing, Datum::Nothing);
        }
        Ok(findings.outcome())
    }

    pub(super) fn load(&self) -> Found {
        let commitment = &self.certificate.commitment;
        let sizes = self.sizes()?;
        if self.hidden_count() > 0 {
            return Ok(Findings::default().outcome_with(self.hidden_count()));
        }
        let mut findings = Findings::default();
        findings.same(Place::Whole, commitment.mode, sizes.mode);
        findings.same(Place::Whole, commitment.window, sizes.window);
        findings.same(Place::Whole, self.certificate.theta, sizes.theta);
        Ok(findings.outcome())
    }

    pub(super) fn second(&self) -> Found {
        let commitment = &self.certificate.commitment;
        let sizes = self.sizes()?;
        let at = |size| Place::Group {
            group: DrawGroup::Second,
            size: Some(size),
        };
        let mut findings = Findings::default();
        if self.hidden_count() == 0 {
            findings.same(
                at(SizeField::Pool),
                commitment.second_pool,
                sizes.second_pool,
            );
            findings.same(
                at(SizeField::Quota),
                commitment.second_quota,
                sizes.second_quota,
            );
        } else if commitment.second_pool < sizes.second_pool {
            findings.differ(
                at(SizeField::Pool),
                commitment.second_pool,
                sizes.second_pool,
            );
        }
        Ok(findings.outcome_with(self.hidden_count()))
    }
}

/// With withheld units: no cell is smaller than its open units, and all cells
/// together hold the withheld ones besides.
fn bounded(
    stated: &[CellSizes],
    found: &[CellSizes],
    withheld_count: u32,
    findings: &mut Findings,
) {
    for open in found.iter().filter(|cell| cell.cell != Cell::Early) {
        let cell = stated.iter().find(|cell| cell.cell == open.cell);
        let sizes = [
            (SizeField::Size, cell.map(|cell| cell.size), open.size),
            (
                SizeField::Committed,
                cell.map(|cell| cell.committed),
                open.committed,
            ),
        ];
        for (size, stated, least) in sizes {
            if stated.is_none_or(|stated| stated < least) {
                let cell = open.cell;
                findings.differ(Place::Cell { cell, size }, stated, least);
            }
        }
    }
    let total = |cells: &[CellSizes]| -> u64 {
        let own = cells.iter().filter(|cell| cell.cell != Cell::Early);
        own.map(|cell| u64::from(cell.size)).sum()
    };
    findings.same(
        Place::Whole,
        total(stated),
        total(found) + u64::from(withheld_count),
    );
}
