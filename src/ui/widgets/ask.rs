//! What is asked before an act: its consequence, lines such as reason and approver, and what
//! stands in the dialog where the act is refused.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::dialog::{Dialog, error_line};
use super::field::TextField;
use crate::desk::form::{Fault, optional_date};
use crate::ui::app::use_lang;

/// A line that a person fills in.
pub struct Line {
    label: String,
    help: String,
    start: String,
    is_date: bool,
    is_needed: bool,
    is_asked: bool,
}

impl Line {
    /// A line of text, empty at first.
    #[must_use]
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            help: String::new(),
            start: String::new(),
            is_date: false,
            is_needed: false,
            is_asked: true,
        }
    }

    /// A day, at first this one; what is none is said at once, and the act does not begin.
    #[must_use]
    pub fn date(label: impl Into<String>, day: NaiveDate) -> Self {
        let is_date = true;
        Self {
            is_date,
            ..Self::new(label).start(day.to_string())
        }
    }

    /// With words below it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// With what stands in it at first.
    #[must_use]
    pub fn start(mut self, start: impl Into<String>) -> Self {
        self.start = start.into();
        self
    }

    /// The act does not begin without it, whatever the act itself asks for.
    #[must_use]
    pub fn needed(mut self) -> Self {
        self.is_needed = true;
        self
    }

    /// Asked only where `is_asked`; else the act is given what stands in it at first.
    #[must_use]
    pub fn only_if(mut self, is_asked: bool) -> Self {
        self.is_asked = is_asked;
        self
    }
}

/// A line as the dialog holds it.
#[derive(Clone, Copy)]
struct Typed {
    value: RwSignal<String>,
    is_date: bool,
    is_needed: bool,
}

impl Typed {
    fn fault(self) -> Option<Fault> {
        self.value.with(|text| {
            if self.is_date {
                let date = optional_date(text);
                return date.map_or_else(Some, |date| date.is_none().then_some(Fault::Empty));
            }
            (self.is_needed && text.trim().is_empty()).then_some(Fault::Empty)
        })
    }

    fn text(self) -> String {
        self.value.with_untracked(|text| text.trim().to_owned())
    }
}

/// The dialog while it is answered.
#[derive(Clone, Copy)]
pub struct Asked {
    refusal: RwSignal<String>,
    on_close: Callback<()>,
}

impl Asked {
    /// Closes the dialog once the act is done; a refusal stands in it. Nothing happens where
    /// the dialog has gone in the meantime.
    pub fn answer<T>(self, result: Result<T, String>) {
        match result {
            Ok(_) => drop(self.on_close.try_run(())),
            Err(words) => drop(self.refusal.try_set(words)),
        }
    }
}

/// A dialog that asks before an act. An act that destroys or ends something begins with the
/// focus on the way out.
pub struct Ask<const N: usize> {
    title: String,
    consequence: String,
    action: String,
    is_danger: bool,
    lines: [Line; N],
    more: Option<AnyView>,
}

impl Ask<0> {
    /// The act, what it does, and the words on the button that acts.
    #[must_use]
    pub fn new(
        title: impl Into<String>,
        consequence: impl Into<String>,
        action: impl Into<String>,
    ) -> Self {
        Self {
            title: title.into(),
            consequence: consequence.into(),
            action: action.into(),
            is_danger: false,
            lines: [],
            more: None,
        }
    }

    /// With lines that are filled in, in this order.
    #[must_use]
    pub fn lines<const N: usize>(self, lines: [Line; N]) -> Ask<N> {
        let Self {
            title,
            consequence,
            action,
            is_danger,
            more,
            ..
        } = self;
        Ask {
            title,
            consequence,
            action,
            is_danger,
            lines,
            more,
        }
    }
}

impl<const N: usize> Ask<N> {
    /// The act destroys or ends something.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.is_danger = true;
        self
    }

    /// With more between consequence and lines.
    #[must_use]
    pub fn more(mut self, more: impl IntoAny) -> Self {
        self.more = Some(more.into_any());
        self
    }

    /// The dialog; `act` is given what stands in the lines once they are filled as they must be.
    pub fn view(
        self,
        on_close: Callback<()>,
        act: impl Fn(Asked, [String; N]) + Send + Sync + 'static,
    ) -> AnyView {
        let t = use_lang();
        let is_tried = RwSignal::new(false);
        let refusal = RwSignal::new(String::new());
        let typed = self.lines.each_ref().map(|line| Typed {
            value: RwSignal::new(line.start.clone()),
            is_date: line.is_date,
            is_needed: line.is_needed,
        });
        let field = |(line, typed): (Line, Typed)| {
            let error = move || {
                let is_shown = typed.is_date || is_tried.get();
                let fault = is_shown.then(|| typed.fault()).flatten();
                fault.map(|fault| t.fault(&fault)).unwrap_or_default()
            };
            let kind = if line.is_date { "date" } else { "text" };
            line.is_asked.then(|| {
                view! {
                    <TextField
                        label=line.label
                        value=typed.value
                        kind
                        help=line.help
                        error=Signal::derive(error)
                    />
                }
            })
        };
        let fields: Vec<_> = self.lines.into_iter().zip(typed).map(field).collect();
        let submit = move |()| {
            is_tried.set(true);
            if untrack(|| typed.iter().all(|line| line.fault().is_none())) {
                act(Asked { refusal, on_close }, typed.map(Typed::text));
            }
        };
        let is_danger = self.is_danger;
        let class = if is_danger {
            "button is-danger"
        } else {
            "button is-primary"
        };
        view! {
            <Dialog title=self.title on_close on_submit=Callback::new(submit)>
                <div class="dialog-body">
                    <p>{self.consequence}</p>
                    {self.more}
                    {fields}
                    {error_line(refusal.into())}
                </div>
                <div class="dialog-foot">
                    <button type="button" class="button" autofocus=is_danger on:click=move |_| on_close.run(())>
                        {t.cancel()}
                    </button>
                    <button type="submit" class=class>
                        {self.action}
                    </button>
                </div>
            </Dialog>
        }
        .into_any()
    }
}
