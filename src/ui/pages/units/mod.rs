//! 单位: the unit register as a list, and a unit with all that is known of it.
//!
//! - [`query`]: views and filters in the address
//! - [`list`]: tabs, filter bar and table
//! - [`detail`], [`why`]: the panel beside the list
//! - [`form`], [`retire`]: what changes a unit

mod detail;
mod form;
mod list;
mod query;
mod retire;
mod state;
mod why;

use leptos::prelude::*;

use self::detail::Detail;
use self::form::UnitDrawer;
use self::list::List;
use self::state::{Drawer, Units};
use crate::model::Stratum;
use crate::ui::app::{use_app, use_lang};
use crate::ui::widgets::list::list_escape;
use crate::ui::widgets::{Icon, PageHead, icon};

/// The unit register.
#[component]
pub fn UnitsPage() -> impl IntoView {
    let app = use_app();
    let t = use_lang();
    let page = Units::new(app);
    let is_empty = Memo::new(move |_| page.index.with(|index| index.rows.is_empty()));
    let body = move || {
        if is_empty.get() {
            view! {
                <div class="page-body">
                    <div class="pane empty-state">
                        <p>{t.units_empty()}</p>
                        <a class="button is-primary" href="#/settings?import">
                            {t.units_import()}
                        </a>
                    </div>
                </div>
            }
            .into_any()
        } else {
            view! {
                <div
                    class="register covers"
                    on:keydown=move |event| {
                        let is_open = page.selected.get_untracked().is_some();
                        list_escape(&event, is_open, || page.close());
                    }
                >
                    <List page />
                    {move || page.selected.get().map(|id| view! { <Detail page id /> })}
                </div>
            }
            .into_any()
        }
    };
    let drawer = move || {
        page.drawer
            .get()
            .map(|drawer| view! { <UnitDrawer page drawer /> })
    };
    view! {
        <Head page is_empty />
        {body}
        {drawer}
    }
}

#[component]
fn Head(page: Units, is_empty: Memo<bool>) -> impl IntoView {
    let t = use_lang();
    let facts = move || {
        let counts = page.index.with(|index| index.stratum_counts);
        let strata = Stratum::ALL.map(|stratum| {
            let text = t.units_fact_stratum(stratum, t.stratum(stratum), counts[stratum.index()]);
            view! { <span>{text}</span> }
        });
        view! {
            <span class="fact-row">
                <span class="is-first">{t.units_count(counts.iter().sum::<u32>())}</span>
                {strata.collect_view()}
            </span>
        }
    };
    // An empty register offers the import in its middle, as the primary action there.
    let import = move || {
        (!is_empty.get()).then(|| {
            view! {
                <a class="button" href="#/settings?import">
                    {t.units_import()}
                </a>
            }
        })
    };
    let actions = view! {
        {import}
        <button
            type="button"
            class="button"
            class:is-primary=move || !is_empty.get()
            on:click=move |_| page.drawer.set(Some(Drawer::New))
        >
            {icon(Icon::Plus)}
            {t.units_add()}
        </button>
    };
    view! {
        <PageHead title=t.nav_units() facts=view! { {facts} }.into_any()>
            {actions}
        </PageHead>
    }
}
