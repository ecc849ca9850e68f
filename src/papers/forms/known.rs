//! What the 文书 of a visit say of it: unit, task, team, and fields that may still be blank.

use crate::desk::visit_table::full_address;
use crate::document::{Fact, Part};
use crate::i18n::Lang;
use crate::model::{InspectionItem, OfficerId, Unit};
use crate::workbook::visit_record::{ItemFinding, Measure, VisitRecord};
use crate::workbook::{Visit, VisitId, VisitSource, Workbook};

/// What a field holds that does not apply.
pub(super) const UNUSED: &str = "／";

/// What is known of a visit for its papers.
pub(super) struct Known<'a> {
    pub t: Lang,
    pub book: &'a Workbook,
    pub visit: &'a Visit,
    pub unit: &'a Unit,
    pub items: Vec<&'a InspectionItem>,
    pub record: Option<&'a VisitRecord>,
}

impl<'a> Known<'a> {
    pub(super) fn of(t: Lang, book: &'a Workbook, id: &VisitId) -> Option<Self> {
        let visit = book.visit(id)?;
        let items = book.draw(id.draw)?.items.iter();
        Some(Self {
            t,
            book,
            visit,
            unit: book.unit(&id.unit)?,
            items: items.filter(|it| visit.items.contains(&it.id)).collect(),
            record: visit.record().filter(|_| visit.made.is_some()),
        })
    }

    /// A text as a field holds it: blank as long as it may still be filled in by hand.
    pub(super) fn text(&self, text: &str) -> String {
        match (text.trim(), self.record) {
            ("", Some(_)) => UNUSED.to_owned(),
            (text, _) => text.to_owned(),
        }
    }

    /// Who went or is to go, each with the certificate.
    fn team(&self) -> [String; 2] {
        let planned = self.book.plan_of_visit(self.visit).and_then(|(_, it)| it);
        let team = self.record.map(|it| [&it.team.lead, &it.team.member]);
        let team = team.or_else(|| planned.map(|it| [&it.lead, &it.member]));
        let officer = |id: &OfficerId| {
            let known = self.book.officer(id);
            let number = known.map(|it| it.certificate_number.as_str());
            let number = number.filter(|it| !it.is_empty());
            let number = number.map(|it| self.t.visit_certificate(it));
            [Some(self.book.officer_name(id)), number]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
        };
        [0, 1].map(|at| team.map(|team| officer(team[at])).unwrap_or_default())
    }

    /// 任务来源: the draw, and how it came to the unit.
    fn source(&self) -> String {
        let draw = self.book.draw(self.visit.id.draw);
        let label = draw.map(|it| it.label(&self.book.brigade.division));
        let way = match self.visit.source {
            VisitSource::Campaign => self.t.form_source_campaign(),
            _ => self.t.form_source_month(),
        };
        [way, &label.unwrap_or_default()].join(" ")
    }

    /// The day on which it was made or is planned.
    pub(super) fn day(&self) -> String {
        let planned = self.book.planned_of(self.visit).map(|it| it.day);
        let day = self.visit.made.map(|made| made.date).or(planned);
        day.map(|day| self.t.full_date(day)).unwrap_or_default()
    }

    pub(super) fn unit_rows(&self) -> Vec<(&'static str, String)> {
        let (t, unit) = (self.t, self.unit);
        let code = unit.code.as_ref().map(ToString::to_string);
        vec![
            (t.form_unit(), unit.name.clone()),
            (t.form_code(), self.text(&code.unwrap_or_default())),
            (t.col_address(), self.text(&full_address(unit))),
            (t.form_kind(), t.legal_kind(unit.legal_kind).to_owned()),
            (t.form_responsible(), self.text(&unit.responsible)),
            (t.form_manager(), self.text(&unit.manager)),
            (t.form_phone(), self.text(&unit.phone)),
        ]
    }

    pub(super) fn task_rows(&self) -> Vec<(&'static str, String)> {
        let (t, [lead, member]) = (self.t, self.team());
        vec![
            (t.form_source(), self.source()),
            (t.form_nth(), t.visit_nth(self.book.visit_nth(self.visit))),
            (t.visit_lead(), lead),
            (t.visit_member(), member),
        ]
    }

    /// To whom an order or a notice goes.
    pub(super) fn address(&self) -> Part {
        Part::Address(format!("{}：", self.unit.name))
    }

    /// The findings that an order is about.
    pub(super) fn ordered(&self, measure: Measure) -> Vec<&'a ItemFinding> {
        let findings = self.record.into_iter().flat_map(|it| &it.findings);
        findings.filter(|it| it.measure == measure).collect()
    }

    pub(super) fn item_name(&self, id: &str) -> String {
        let item = self.items.iter().find(|it| it.id == id);
        item.map_or_else(|| id.to_owned(), |it| it.name.clone())
    }
}

/// Names and values, as a form has them.
pub(super) fn values(rows: Vec<(&'static str, String)>) -> Part {
    let row = |(name, words): (&'static str, String)| Fact {
        name: name.to_owned(),
        words,
    };
    Part::Values(rows.into_iter().map(row).collect())
}
