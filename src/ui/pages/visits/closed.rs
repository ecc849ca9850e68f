//! 单位已关闭: the evidence, who confirmed it, and who approved; then the reserve steps in.

use leptos::prelude::*;

use super::Visits;
use crate::desk::form::parse_date;
use crate::i18n::Lang;
use crate::model::OfficerId;
use crate::ui::app::use_lang;
use crate::ui::widgets::dialog::error_line;
use crate::ui::widgets::list::{choices, chosen, read};
use crate::ui::widgets::{Dialog, SelectField, TextArea, TextField};
use crate::workbook::plan_change::{ClosedGround, Confirmation, PlanChangeKind};
use crate::workbook::request::CloseVisit;
use crate::workbook::{Action, VisitId};

/// The value of the choice of a second pair.
const PAIR: &str = "pair";
/// The value of the choice of a record.
const RECORD: &str = "record";

/// What the dialog holds.
#[derive(Clone, Copy)]
struct Closed {
    page: Visits,
    visit: StoredValue<VisitId>,
    name: StoredValue<String>,
    ground: RwSignal<String>,
    evidence: RwSignal<String>,
    how: RwSignal<String>,
    pair: [RwSignal<String>; 2],
    record: RwSignal<String>,
    on: RwSignal<String>,
    approver: RwSignal<String>,
    refusal: RwSignal<String>,
}

impl Closed {
    fn is_pair(self) -> bool {
        self.how.with(|how| how == PAIR)
    }

    fn request(self, t: Lang) -> Result<CloseVisit, &'static str> {
        let on = parse_date(&self.on.get_untracked()).ok_or_else(|| t.visit_date_wrong())?;
        let confirmed = if untrack(|| self.is_pair()) {
            let [first, second] = self.pair.map(|it| {
                let id = OfficerId::new(it.get_untracked());
                id.map_err(|_| t.closed_no_pair())
            });
            let officers = [first?, second?];
            Confirmation::Pair { officers, on }
        } else {
            let record = self.record.with_untracked(|it| it.trim().to_owned());
            Confirmation::Record { record, on }
        };
        let ground = self
            .ground
            .with_untracked(|key| chosen(&ClosedGround::ALL, key));
        Ok(CloseVisit {
            visit: self.visit.get_value(),
            ground,
            evidence: self.evidence.get_untracked(),
            confirmed,
            approver: self.approver.get_untracked(),
        })
    }

    fn act(self, t: Lang, close: Callback<()>) {
        let request = match self.request(t) {
            Ok(request) => request,
            Err(words) => return self.refusal.set(words.to_owned()),
        };
        let app = self.page.app;
        match app.act(Action::CloseVisit(request)) {
            Ok(_) => {
                app.toast(self.told(t), false);
                close.run(());
            }
            Err(words) => self.refusal.set(words),
        }
    }

    /// Who stepped in, or that nobody could.
    fn told(self, t: Lang) -> String {
        let id = self.visit.get_value();
        let next = read(self.page.app, |book| {
            let change = book.visit(&id)?.closing()?;
            match &change.kind {
                PlanChangeKind::Closed {
                    replaced_by: Some(next),
                    ..
                } => Some(book.unit(next)?.name.clone()),
                _ => None,
            }
        });
        let name = self.name.get_value();
        match next {
            Some(next) => t.closed_done(name, next),
            None => t.closed_done_none(name),
        }
    }
}

pub(super) fn closed_dialog(page: Visits, id: VisitId, close: Callback<()>) -> AnyView {
    let t = use_lang();
    let (name, others, head) = read(page.app, |book| {
        let name = book.unit(&id.unit).map(|unit| unit.name.clone());
        let plan = book.visit(&id).and_then(|visit| book.plan_of_visit(visit));
        let planned = plan.and_then(|(_, planned)| planned);
        let is_own = |id: &OfficerId| planned.is_some_and(|it| it.lead == *id || it.member == *id);
        let others = book.officers.iter();
        let others = others.filter(|it| it.makes_visits() && !is_own(&it.id));
        let others = others.map(|it| (it.id.to_string(), it.name.clone()));
        let nobody = [(String::new(), String::new())];
        let others: Vec<_> = nobody.into_iter().chain(others).collect();
        (name.unwrap_or_default(), others, book.brigade.head.clone())
    });
    let nobody = || RwSignal::new(String::new());
    let title = t.closed_title(&name);
    let closed = Closed {
        page,
        visit: StoredValue::new(id),
        name: StoredValue::new(name),
        ground: RwSignal::new("0".to_owned()),
        evidence: RwSignal::new(String::new()),
        how: RwSignal::new(PAIR.to_owned()),
        // Whoever they are, somebody says so.
        pair: [nobody(), nobody()],
        record: RwSignal::new(String::new()),
        on: RwSignal::new(page.app.today().to_string()),
        approver: RwSignal::new(head),
        refusal: RwSignal::new(String::new()),
    };
    let ways = vec![
        (PAIR.to_owned(), t.closed_by_pair().to_owned()),
        (RECORD.to_owned(), t.closed_by_record().to_owned()),
    ];
    view! {
        <Dialog
            title
            class="is-drawer"
            on_close=close
            on_submit=Callback::new(move |()| closed.act(t, close))
        >
            <div class="dialog-body">
                <p>{t.closed_note()}</p>
                <SelectField label=t.closed_ground_label() value=closed.ground options=choices(&ClosedGround::ALL, |ground| t.closed_ground(ground)) />
                <TextArea label=t.closed_evidence() value=closed.evidence help=t.closed_evidence_help() />
                <SelectField label=t.closed_confirmed() value=closed.how options=ways />
                {confirmed_by(closed, t, others)}
                <TextField label=t.closed_on() kind="date" value=closed.on />
                <TextField label=t.approver() value=closed.approver is_required=true />
                {error_line(closed.refusal.into())}
            </div>
            <div class="dialog-foot">
                <button type="button" class="button" autofocus on:click=move |_| close.run(())>
                    {t.cancel()}
                </button>
                <button type="submit" class="button is-danger">
                    {t.closed_submit()}
                </button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The second pair, or the record.
fn confirmed_by(closed: Closed, t: Lang, others: Vec<(String, String)>) -> AnyView {
    let fields = move || {
        if closed.is_pair() {
            let (first, second) = (others.clone(), others.clone());
            let [one, two] = closed.pair;
            view! {
                <div class="field-pair">
                    <SelectField label=t.closed_first() value=one options=first />
                    <SelectField label=t.closed_second() value=two options=second />
                </div>
            }
            .into_any()
        } else {
            view! { <TextField label=t.closed_record() value=closed.record /> }.into_any()
        }
    };
    fields.into_any()
}
