//! Banners: a bold fact, its cause, and what mends it.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// How grave it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BannerKind {
    /// Broken or forbidden.
    Bad,
    /// Attend.
    Warn,
    /// Passed.
    Ok,
    /// More to know.
    Info,
}

/// One fact with cause and remedies. `children` are `<li>` elements, numbered by the caller.
#[component]
pub fn Banner(
    /// How grave it is.
    kind: BannerKind,
    #[prop(into)] fact: String,
    #[prop(optional, into)] cause: String,
    /// Remedies as list items.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (class, mark, role) = match kind {
        BannerKind::Bad => ("banner is-bad", Icon::Warning, "alert"),
        BannerKind::Warn => ("banner is-warn", Icon::Info, "status"),
        BannerKind::Ok => ("banner is-ok", Icon::Check, "status"),
        BannerKind::Info => ("banner", Icon::Info, "status"),
    };
    view! {
        <div class=class role=role>
            {icon(mark)}
            <div class="banner-text">
                <b>{fact}</b>
                {(!cause.is_empty()).then(|| view! { <p>{cause}</p> })}
                {children.map(|children| view! { <ol>{children()}</ol> })}
            </div>
        </div>
    }
}
