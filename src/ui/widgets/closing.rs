//! What a drawn record gives way to: proof that it is closed, who confirmed it, who approved.

use leptos::prelude::*;

use super::dialog::error_line;
use super::list::{choices, chosen};
use super::{Dialog, SelectField, TextArea, TextField};
use crate::desk::form::parse_date;
use crate::i18n::Lang;
use crate::model::OfficerId;
use crate::ui::app::{App, use_lang};
use crate::workbook::plan_change::{ClosedGround, Confirmation};

/// The value of the choice of a second pair.
const PAIR: &str = "pair";
/// The value of the choice of a record.
const RECORD: &str = "record";

/// What was entered.
pub struct Closing {
    pub ground: ClosedGround,
    pub evidence: String,
    pub confirmed: Confirmation,
    pub approver: String,
}

/// What the dialog holds.
#[derive(Clone, Copy)]
struct Form {
    ground: RwSignal<String>,
    evidence: RwSignal<String>,
    how: RwSignal<String>,
    pair: [RwSignal<String>; 2],
    record: RwSignal<String>,
    on: RwSignal<String>,
    approver: RwSignal<String>,
    refusal: RwSignal<String>,
}

impl Form {
    fn is_pair(self) -> bool {
        self.how.with(|how| how == PAIR)
    }

    fn closing(self, t: Lang) -> Result<Closing, String> {
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
        Ok(Closing {
            ground,
            evidence: self.evidence.get_untracked(),
            confirmed,
            approver: self.approver.get_untracked(),
        })
    }
}

/// The dialog. `team`: the two who were to go, none of whom confirms; `act` says what was
/// done, or why nothing was.
pub fn closing_dialog(
    app: App,
    title: String,
    note: &'static str,
    team: &[OfficerId],
    act: impl Fn(Closing) -> Result<String, String> + Send + Sync + 'static,
    close: Callback<()>,
) -> AnyView {
    let t = use_lang();
    let (others, head) = super::list::read(app, |book| {
        let others = book.officers.iter();
        let others = others.filter(|it| it.makes_visits() && !team.contains(&it.id));
        let others = others.map(|it| (it.id.to_string(), it.name.clone()));
        let nobody = [(String::new(), String::new())];
        let others: Vec<_> = nobody.into_iter().chain(others).collect();
        (others, book.brigade.head.clone())
    });
    let nobody = || RwSignal::new(String::new());
    let form = Form {
        ground: RwSignal::new("0".to_owned()),
        evidence: nobody(),
        how: RwSignal::new(PAIR.to_owned()),
        // Whoever they are, somebody says so.
        pair: [nobody(), nobody()],
        record: nobody(),
        on: RwSignal::new(app.today().to_string()),
        approver: RwSignal::new(head),
        refusal: nobody(),
    };
    let submit = move |()| match form.closing(t).and_then(&act) {
        Ok(words) => {
            app.toast(words, false);
            close.run(());
        }
        Err(words) => form.refusal.set(words),
    };
    let ways = vec![
        (PAIR.to_owned(), t.closed_by_pair().to_owned()),
        (RECORD.to_owned(), t.closed_by_record().to_owned()),
    ];
    view! {
        <Dialog title class="is-drawer" on_close=close on_submit=Callback::new(submit)>
            <div class="dialog-body">
                <p>{note}</p>
                <SelectField label=t.closed_ground_label() value=form.ground options=choices(&ClosedGround::ALL, |ground| t.closed_ground(ground)) />
                <TextArea label=t.closed_evidence() value=form.evidence help=t.closed_evidence_help() />
                <SelectField label=t.closed_confirmed() value=form.how options=ways />
                {confirmed_by(form, t, others)}
                <TextField label=t.closed_on() kind="date" value=form.on />
                <TextField label=t.approver() value=form.approver is_required=true />
                {error_line(form.refusal.into())}
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
fn confirmed_by(form: Form, t: Lang, others: Vec<(String, String)>) -> AnyView {
    let fields = move || {
        if form.is_pair() {
            let (first, second) = (others.clone(), others.clone());
            let [one, two] = form.pair;
            view! {
                <div class="field-pair">
                    <SelectField label=t.closed_first() value=one options=first />
                    <SelectField label=t.closed_second() value=two options=second />
                </div>
            }
            .into_any()
        } else {
            view! { <TextField label=t.closed_record() value=form.record /> }.into_any()
        }
    };
    fields.into_any()
}
