//! The head of a page: title, status, one line of facts, and its actions.

use leptos::prelude::*;

/// Title, tag, facts and actions; the primary action last.
#[component]
pub fn PageHead(
    /// The page's title.
    #[prop(into)]
    title: String,
    /// A status tag.
    #[prop(optional)]
    tag: Option<AnyView>,
    /// One line of facts.
    #[prop(optional, into)]
    facts: Option<AnyView>,
    /// The actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    document().set_title(&title);
    view! {
        <header class="page-head">
            <h1 id="page-title" tabindex="-1">
                {title}
            </h1>
            {tag}
            <div class="facts">{facts}</div>
            <div class="actions">{children.map(|children| children())}</div>
        </header>
    }
}
