//! An address that leads nowhere: said in words, with ways on.

use leptos::prelude::*;

use crate::ui::app::use_lang;
use crate::ui::widgets::{Banner, BannerKind, PageHead};

/// What stands in place of a page that there is not.
#[component]
pub fn Lost(
    /// The address.
    hash: String,
) -> impl IntoView {
    let t = use_lang();
    let way = |place: &'static str, words: &'static str, hash: &'static str, act: &'static str| {
        view! {
            <li>
                <b>{place}</b>
                <span>{words}</span>
                <a class="button is-small" href=hash>
                    {act}
                </a>
            </li>
        }
        .into_any()
    };
    view! {
        <PageHead title=t.lost_title() />
        <div class="page-body">
            <Banner kind=BannerKind::Warn fact=t.lost_fact(hash) cause=t.lost_cause()>
                {way("1", t.lost_home(), "#/home", t.lost_go_home())}
                {way("2", t.lost_help(), "#/help", t.lost_go_help())}
            </Banner>
        </div>
    }
}
