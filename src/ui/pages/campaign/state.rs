//! What the parts of a scheme's page share: which scheme, as it is being changed, and what its
//! draw would come to.

use std::sync::Arc;

use leptos::prelude::*;

use crate::engine::calendar::YearMonth;
use crate::engine::campaign::CampaignSize;
use crate::i18n::Lang;
use crate::ui::app::App;
use crate::ui::route::{Page, Route};
use crate::ui::widgets::list::read;
use crate::ui::widgets::{Icon, icon};
use crate::workbook::Action;
use crate::workbook::campaign::{CampaignOutlook, CampaignPlan};

/// A scheme by its year and number, as the address names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SchemeId {
    pub(super) year: i32,
    pub(super) number: u32,
}

impl SchemeId {
    /// The one that an address names.
    pub(super) fn named(text: &str) -> Option<Self> {
        let (year, number) = text.split_once('-')?;
        let (year, number) = (year.parse().ok()?, number.parse().ok()?);
        Some(Self { year, number })
    }

    /// Its address.
    pub(super) fn route(self) -> Route {
        Route::record(Page::Campaign, format!("{}-{}", self.year, self.number))
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Scheme {
    pub(super) app: App,
    pub(super) id: SchemeId,
    /// As it is being changed.
    pub(super) plan: RwSignal<CampaignPlan>,
    /// What its draw would come to.
    pub(super) outlook: Memo<Arc<CampaignOutlook>>,
    /// The month beside which it is counted.
    pub(super) month: Memo<YearMonth>,
    pub(super) step: RwSignal<usize>,
}

impl Scheme {
    pub(super) fn new(app: App, id: SchemeId, plan: CampaignPlan) -> Self {
        let plan = RwSignal::new(plan);
        let month = Memo::new(move |_| {
            app.workbook.with(|book| {
                let book = book.as_deref();
                let drawn = book.and_then(|book| book.campaign_month(id.year));
                drawn
                    .or_else(|| Some(book?.next_month(app.today())))
                    .unwrap_or_else(|| YearMonth::of(app.today()))
            })
        });
        // What bears on the count: names and texts do not.
        let counted = Memo::new(move |_| {
            plan.with(|plan| CampaignPlan {
                name: String::new(),
                document: String::new(),
                basis: String::new(),
                items: Default::default(),
                ..plan.clone()
            })
        });
        let outlook = Memo::new(move |_| {
            let (plan, month) = (counted.get(), month.get());
            Arc::new(read(app, |book| {
                book.campaign_outlook(&plan, month, app.today())
            }))
        });
        Self {
            app,
            id,
            plan,
            outlook,
            month,
            step: RwSignal::new(0),
        }
    }

    /// Whether the scheme is other than it is kept.
    pub(super) fn is_changed(self) -> bool {
        let kept = read(self.app, |book| {
            book.campaign_plan(self.id.year, self.id.number).cloned()
        });
        self.plan.with(|plan| kept.as_ref() != Some(plan))
    }

    /// Keeps the scheme as it stands.
    pub(super) fn save(self) -> Result<(), String> {
        if untrack(|| !self.is_changed()) {
            return Ok(());
        }
        let plan = Box::new(self.plan.get_untracked());
        let t = self.app.lang.get_untracked();
        self.app
            .act_and_tell(Action::PutCampaign(self.id.year, plan), t.campaign_saved())
            .map(drop)
    }

    /// Why its draw cannot be opened; empty where it can.
    pub(super) fn why_not(self, t: Lang) -> String {
        let is_ready = read(self.app, |book| {
            let month = book.campaign_month(self.id.year);
            let open = book.open_draw_record().map(|draw| draw.number);
            (month.is_some_and(|month| book.may_add_to(month)), open)
        });
        let outlook = self.outlook.get();
        let (size, pool) = self
            .plan
            .with(|plan| (plan.size, outlook.pool(plan.is_combined)));
        match (is_ready, size) {
            ((_, Some(number)), _) => t.own_other_open(number),
            ((false, None), _) => t.campaign_not_drawn_month().to_owned(),
            (_, CampaignSize::Count(asked)) if asked > pool => t.campaign_too_many(asked, pool),
            _ if outlook.taken + outlook.besides == 0 => t.campaign_none_left().to_owned(),
            _ if outlook.besides > outlook.places => {
                t.campaign_too_few_places(outlook.besides, outlook.places)
            }
            _ if self.is_changed() => t.campaign_unsaved().to_owned(),
            _ => String::new(),
        }
    }
}

/// On to the next step; what is typed so far is saved on the way.
pub(super) fn next_button(scheme: Scheme, step: usize, words: &'static str) -> AnyView {
    let go = move |_| match scheme.save() {
        Ok(()) => scheme.step.set(step),
        Err(words) => scheme.app.toast(words, false),
    };
    view! {
        <button type="button" class="button" on:click=go>
            {words}
            {icon(Icon::Right)}
        </button>
    }
    .into_any()
}
