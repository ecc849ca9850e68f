//! 文书 on A4, with the margins of filed papers: approval sheet, notice, record, orders and
//! proof of delivery. Before there is a record its fields stay blank, to be filled in by hand;
//! after it what does not apply is struck by «／».

use leptos::prelude::*;

use super::told_result::number_of;
use crate::desk::visit_table::full_address;
use crate::i18n::Lang;
use crate::model::{InspectionItem, OfficerId, Unit};
use crate::ui::app::use_lang;
use crate::ui::widgets::list::read;
use crate::ui::widgets::paper::sign_line;
use crate::ui::widgets::qr_code;
use crate::workbook::visit_record::{ItemFinding, Measure, PaperKind, Scan, VisitRecord};
use crate::workbook::{Visit, VisitId, VisitSource, Workbook};

use super::Visits;

/// Kinds of paper that can be printed.
pub(super) const PRINTED: [PaperKind; 6] = [
    PaperKind::Approval,
    PaperKind::Notice,
    PaperKind::Record,
    PaperKind::AtOnceOrder,
    PaperKind::TermOrder,
    PaperKind::Delivery,
];

/// What a field holds that does not apply.
const UNUSED: &str = "／";

/// What is known of a visit for its papers.
struct Known<'a> {
    t: Lang,
    book: &'a Workbook,
    visit: &'a Visit,
    unit: &'a Unit,
    items: Vec<&'a InspectionItem>,
    record: Option<&'a VisitRecord>,
}

impl<'a> Known<'a> {
    fn of(t: Lang, book: &'a Workbook, id: &VisitId) -> Option<Self> {
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
    fn text(&self, text: &str) -> String {
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

    fn day(&self) -> String {
        let planned = self.book.planned_of(self.visit).map(|it| it.day);
        let day = self.visit.made.map(|made| made.date).or(planned);
        day.map(|day| self.t.full_date(day)).unwrap_or_default()
    }

    fn unit_rows(&self) -> Vec<(&'static str, String)> {
        let (t, unit) = (self.t, self.unit);
        let code = unit.code.as_ref().map(ToString::to_string);
        let person = |name: &str| self.text(name);
        vec![
            (t.form_unit(), unit.name.clone()),
            (t.form_code(), self.text(&code.unwrap_or_default())),
            (t.col_address(), self.text(&full_address(unit))),
            (t.form_kind(), t.legal_kind(unit.legal_kind).to_owned()),
            (t.form_responsible(), person(&unit.responsible)),
            (t.form_manager(), person(&unit.manager)),
            (t.form_phone(), person(&unit.phone)),
        ]
    }

    fn task_rows(&self) -> Vec<(&'static str, String)> {
        let (t, [lead, member]) = (self.t, self.team());
        vec![
            (t.form_source(), self.source()),
            (t.form_nth(), t.visit_nth(self.book.visit_nth(self.visit))),
            (t.visit_lead(), lead),
            (t.visit_member(), member),
        ]
    }

    /// The findings that an order is about.
    fn ordered(&self, measure: Measure) -> Vec<&'a ItemFinding> {
        let findings = self.record.into_iter().flat_map(|it| &it.findings);
        findings.filter(|it| it.measure == measure).collect()
    }

    fn item_name(&self, id: &str) -> String {
        let item = self.items.iter().find(|it| it.id == id);
        item.map_or_else(|| id.to_owned(), |it| it.name.clone())
    }
}

/// The papers that are wished, a sheet each.
pub(super) fn sheets(page: Visits, wish: &[(VisitId, PaperKind)]) -> AnyView {
    let t = use_lang();
    read(page.app, |book| {
        let sheets = wish.iter().filter_map(|(id, kind)| {
            let known = Known::of(t, book, id)?;
            Some(sheet(&known, *kind))
        });
        Some(sheets.collect_view().into_any())
    })
    .unwrap_or_else(|| ().into_any())
}

fn sheet(known: &Known, kind: PaperKind) -> AnyView {
    let (t, book) = (known.t, known.book);
    let body = match kind {
        PaperKind::Approval => approval(known),
        PaperKind::Notice => notice(known),
        PaperKind::Record => record(known),
        PaperKind::AtOnceOrder => order(known, Measure::AtOnce),
        PaperKind::TermOrder => order(known, Measure::ByTerm),
        PaperKind::Delivery => delivery(known),
        PaperKind::Sampling | PaperKind::Photos => return ().into_any(),
    };
    let number = number_of(t, book, known.visit);
    let qr = (kind == PaperKind::Record)
        .then(|| number.as_ref().map(|number| qr_code(number, t.form_qr())))
        .flatten();
    view! {
        <section class="sheet is-filed" data-mark=book.is_demo.then(|| t.band_demo())>
            <header class="sheet-head">
                <div>
                    <p class="sheet-issuer">{book.brigade.name.clone()}</p>
                    <h1>{t.form_title(kind)}</h1>
                    <p>{number}</p>
                </div>
                {qr}
            </header>
            {body}
        </section>
    }
    .into_any()
}

/// Names and values, as a form has them.
fn rows(rows: Vec<(&'static str, String)>) -> AnyView {
    let row = |(name, value): (&'static str, String)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{value}</td>
            </tr>
        }
    };
    view! {
        <table class="form-table">
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// Lines to sign on.
fn signs(names: &[&'static str]) -> AnyView {
    let lines = names.iter().map(|name| sign_line(name, None));
    view! { <div class="form-signs">{lines.collect_view()}</div> }.into_any()
}

fn item_list(known: &Known) -> AnyView {
    let items = known
        .items
        .iter()
        .map(|it| view! { <li>{it.name.clone()}</li> });
    view! { <ol class="form-items">{items.collect_view()}</ol> }.into_any()
}

fn approval(known: &Known) -> AnyView {
    let t = known.t;
    let draw = known.book.draw(known.visit.id.draw);
    let approval = draw.and_then(|draw| draw.approval.as_ref());
    let approved = approval.map(|it| {
        let opinion = if it.opinion.is_empty() {
            t.form_agreed()
        } else {
            &it.opinion
        };
        format!("{opinion}　{}　{}", it.approver, t.full_date(it.date))
    });
    let mut all = known.unit_rows();
    all.extend(known.task_rows());
    all.push((t.form_day(), known.day()));
    all.push((t.form_items(), t.form_items_count(known.items.len())));
    all.push((t.paper_opinion(), approved.unwrap_or_default()));
    view! {
        {rows(all)}
        {signs(&[t.form_sign_maker(), t.form_sign_head(), t.paper_date()])}
    }
    .into_any()
}

fn notice(known: &Known) -> AnyView {
    let t = known.t;
    let bring = t.form_bring().iter().map(|it| view! { <li>{*it}</li> });
    view! {
        <p class="form-to">{known.unit.name.clone()} "："</p>
        <p class="form-text">{t.form_notice(known.day())}</p>
        {rows(known.task_rows())}
        <h2>{t.form_items()}</h2>
        {item_list(known)}
        <h2>{t.form_bring_title()}</h2>
        <ol class="form-items">{bring.collect_view()}</ol>
        {signs(&[t.form_sign_unit(), t.paper_date()])}
    }
    .into_any()
}

fn record(known: &Known) -> AnyView {
    let (t, record) = (known.t, known.record);
    let text =
        |of: fn(&VisitRecord) -> &str| record.map(|it| known.text(of(it))).unwrap_or_default();
    let time = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
    let times = record.map(|it| match it.start.zip(it.end) {
        Some((start, end)) => format!("{} {}", known.day(), t.result_times(time(start), time(end))),
        None => UNUSED.to_owned(),
    });
    let scan = record.map(|it| match &it.scan {
        Scan::At { time: at } => t.result_scan_at(time(*at)),
        Scan::Without { why, words, .. } => {
            format!("{} {words}", t.result_scan_none(t.no_scan(*why)))
        }
    });
    let disposals = record.map(|it| {
        let all = it.disposals.iter().map(|it| t.disposal(*it));
        all.collect::<Vec<_>>().join(t.list_mark())
    });
    let recheck = record.map(|_| {
        let open = known.visit.open_findings();
        let by = open.iter().map(|it| known.book.recheck_by(it.term)).min();
        by.map_or_else(|| UNUSED.to_owned(), |by| t.recheck_by(t.full_date(by)))
    });
    let mut all = known.unit_rows();
    all.extend(known.task_rows());
    all.push((t.form_times(), times.unwrap_or_default()));
    all.push((t.result_scan(), scan.unwrap_or_default()));
    all.push((t.result_accompanied(), text(|it| &it.accompanied_by)));
    all.push((t.result_assisted(), text(|it| &it.assisted_by)));
    all.push((t.result_places(), text(|it| &it.places)));
    all.push((t.other_form(), t.form_random().to_owned()));
    all.push((
        t.result_kind(),
        record
            .map(|it| t.outcome(it.outcome).to_owned())
            .unwrap_or_default(),
    ));
    all.push((t.result_disposals(), disposals.unwrap_or_default()));
    all.push((t.form_recheck(), recheck.unwrap_or_default()));
    view! {
        {rows(all)}
        {checked(known)}
        {signs(&[t.form_sign_officers(), t.form_sign_unit(), t.paper_date()])}
    }
    .into_any()
}

/// Item by item what was found, or a place to say so.
fn checked(known: &Known) -> AnyView {
    let t = known.t;
    let row = |item: &&InspectionItem| {
        let findings = known.record.map(|it| &it.findings);
        let found = findings.map(|all| all.iter().find(|it| it.item == item.id));
        let is_inspected = known.record.is_some_and(|it| it.outcome.is_inspected());
        let words = match found {
            None => String::new(),
            Some(Some(found)) => format!("{}（{}）", found.problem, t.measure(found.measure)),
            Some(None) if is_inspected => t.form_clear().to_owned(),
            Some(None) => UNUSED.to_owned(),
        };
        view! {
            <tr>
                <td>{item.name.clone()}</td>
                <td>{words}</td>
            </tr>
        }
    };
    view! {
        <table class="form-table is-items">
            <thead>
                <tr>
                    <th>{t.form_item()}</th>
                    <th>{t.form_found()}</th>
                </tr>
            </thead>
            <tbody>{known.items.iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn order(known: &Known, measure: Measure) -> AnyView {
    let t = known.t;
    let row = |it: &ItemFinding| {
        let term = it
            .term
            .map_or_else(|| t.form_at_once().to_owned(), |term| t.full_date(term));
        let name = known.item_name(&it.item);
        let cells = [format!("{name}：{}", it.problem), it.basis.clone(), term];
        view! { <tr>{cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    };
    let heads = [t.result_problem(), t.result_basis(), t.result_term()];
    let body = known.ordered(measure).into_iter().map(row).collect_view();
    view! {
        <p class="form-to">{known.unit.name.clone()} "："</p>
        <p class="form-text">{t.form_order(known.day())}</p>
        <table class="form-table is-items">
            <thead>
                <tr>{heads.map(|head| view! { <th>{head}</th> }).collect_view()}</tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
        <p class="form-text">{t.form_order_end()}</p>
        {signs(&[t.form_sign_officers(), t.form_sign_unit(), t.paper_date()])}
    }
    .into_any()
}

fn delivery(known: &Known) -> AnyView {
    let t = known.t;
    let orders = [PaperKind::AtOnceOrder, PaperKind::TermOrder];
    let orders = orders
        .into_iter()
        .filter(|kind| known.visit.papers_needed().contains(kind));
    let named = orders.map(|kind| {
        let paper = known.visit.papers.iter().find(|it| it.kind == kind);
        let number = paper.map(|it| it.number.as_str()).unwrap_or_default();
        [t.form_title(kind), number].join(" ")
    });
    let named = named.collect::<Vec<_>>().join(t.list_mark());
    let all = vec![
        (t.form_papers(), named),
        (t.form_receiver(), known.unit.name.clone()),
        (t.form_place(), full_address(known.unit)),
        (t.form_way(), String::new()),
        (t.form_received_at(), String::new()),
        (t.result_note(), String::new()),
    ];
    view! {
        {rows(all)}
        {signs(&[t.form_sign_receiver(), t.form_sign_witness(), t.form_sign_officers(), t.paper_date()])}
    }
    .into_any()
}
