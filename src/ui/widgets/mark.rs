//! Tier marks and status tags.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::i18n::Lang;
use crate::model::RiskTier;

/// Shape, colour and character of a tier: always all three.
pub fn tier_mark(lang: Lang, tier: RiskTier, is_long: bool) -> AnyView {
    let (class, shape) = match tier {
        RiskTier::Red => ("tier is-red", "M5 0 10 5 5 10 0 5Z"),
        RiskTier::Yellow => ("tier is-yellow", "M5 0.5 10 9.5H0Z"),
        RiskTier::Blue => ("tier is-blue", "M0.5 0.5h9v9h-9Z"),
        RiskTier::Green => (
            "tier is-green",
            "M5 0.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9",
        ),
    };
    let text = if is_long {
        lang.tier_long(tier)
    } else {
        lang.tier(tier)
    };
    view! {
        <span class=class>
            <svg viewBox="0 0 10 10" aria-hidden="true">
                <path d=shape></path>
            </svg>
            {text}
        </span>
    }
    .into_any()
}

/// What a status tag says by its look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagKind {
    /// 草案: dashed.
    Draft,
    /// 已批准, 抽中: green with a tick.
    Done,
    /// 执行中: blue.
    Active,
    /// Attend.
    Warn,
    /// 已中止: struck through.
    Void,
    /// Nothing special.
    Plain,
}

/// A status tag.
#[component]
pub fn Tag(
    /// Its look.
    kind: TagKind,
    /// Its words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let class = match kind {
        TagKind::Draft => "tag is-draft",
        TagKind::Done => "tag is-ok",
        TagKind::Active => "tag is-act",
        TagKind::Warn => "tag is-warn",
        TagKind::Void => "tag is-void",
        TagKind::Plain => "tag",
    };
    view! {
        <span class=class>
            {(kind == TagKind::Done).then(|| icon(Icon::Check))}
            {text}
        </span>
    }
}
