//! A workbook of version 1, lifted: its one year becomes the first of its years, and
//! each visit that a draw chose a record of its own.
//!
//! In version 1 a visit made stood among its unit's inspections with the bare number of
//! its draw. The first half of the way works on JSON ([`years`]), because the types are
//! gone; the second on the records ([`Workbook::lift_visits`]), because it asks which
//! visits a draw chose.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::visit::{VisitId, VisitMade};
use super::{DrawId, Workbook};

/// Under which version 1 kept the number of the draw in an inspection.
const DRAW: &str = "draw";

/// Moves what belongs to the year into a year of its own.
pub fn years(workbook: &mut Map<String, Value>) {
    let fields = ["year", "draft", "plans", "draws"];
    let moved = fields.map(|field| Some((field.to_owned(), workbook.remove(field)?)));
    let year: Map<String, Value> = moved.into_iter().flatten().collect();
    workbook.insert("years".into(), Value::from(vec![Value::Object(year)]));
}

impl Workbook {
    /// Makes the visits of a workbook whose draws are of version 1, and moves what was
    /// entered of them. A number that names no visit is dropped: the inspection was made
    /// before this workbook.
    pub fn lift_visits(&mut self) {
        let items = Arc::new(self.items.clone());
        for year in &mut self.years {
            for draw in &mut year.draws {
                draw.items = Arc::clone(&items);
            }
        }
        for at in 0..self.years.len() {
            let draws = self.years[at].draws.iter();
            let visits = draws.flat_map(|draw| self.visits_chosen(draw));
            self.years[at].visits = visits.collect();
        }
        let year = self.last_year().year;
        let mut units = std::mem::take(&mut self.units);
        for unit in &mut units {
            let id = unit.id.clone();
            unit.inspections.retain_mut(|inspection| {
                let number = inspection.extra.remove(DRAW);
                let number = number.and_then(|number| u32::try_from(number.as_u64()?).ok());
                let named = number.and_then(|number| {
                    let draw = DrawId::new(year, number);
                    let unit = id.clone();
                    self.visit_mut(&VisitId { draw, unit })
                });
                let Some(visit) = named.filter(|visit| visit.made.is_none()) else {
                    return true;
                };
                visit.made = Some(VisitMade {
                    date: inspection.date,
                    finding: inspection.finding,
                });
                visit.extra = std::mem::take(&mut inspection.extra);
                false
            });
        }
        self.units = units;
    }
}
