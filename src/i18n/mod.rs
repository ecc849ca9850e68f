//! The two languages, Chinese first.
//!
//! A message stands once, with both languages side by side, and becomes a
//! method of [`Lang`]: a missing language or argument does not compile. The
//! catalogs are plain functions, without a framework, so that errors and
//! explanations find their words natively, in a worker and on paper too. (The
//! crates for this, such as leptos_i18n, live inside a web framework's reactive
//! context, or look keys up at run time.)
//!
//! - [`error`]: errors of the core in words
//! - one module an area of the page for the rest

pub mod agencies;
pub mod announce;
pub mod campaign;
pub mod claim;
pub mod common;
pub mod error;
pub mod exchange;
pub mod fairness;
pub mod field;
pub mod help;
pub mod home;
pub mod items;
pub mod list;
pub mod many;
pub mod mend;
pub mod month;
pub mod nav;
pub mod officers;
pub mod own_draw;
pub mod papers;
pub mod plan;
pub mod report;
mod result;
mod result_file;
pub mod screen;
pub mod self_check;
pub mod settings;
pub mod sheet;
mod sheet_page;
pub mod trail;
pub mod trail_detail;
pub mod units;
pub mod upkeep;
pub mod verify;
mod verify_paper;
pub mod visit_why;
pub mod visits;
mod who;
pub mod why;
pub mod widgets;
pub mod years;

use serde::{Deserialize, Serialize};

pub use who::Who;

/// A sentence in both languages.
type Both = (String, String);

fn both(zh: impl Into<String>, en: impl Into<String>) -> Both {
    (zh.into(), en.into())
}

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// 简体中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The BCP 47 code, for `lang` attributes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

/// Makes messages methods of [`Lang`]. Without arguments a message is a
/// `&'static str`; with arguments a `String`, written as for `format!`.
#[macro_export]
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident $(($($arg:ident : $kind:ty),+ $(,)?))? => $zh:literal, $en:literal;)+) => {
        impl $crate::i18n::Lang {
            $($crate::messages!(@one $(#[$doc])* $name $(($($arg : $kind),+))? => $zh, $en);)+
        }
    };
    (@one $(#[$doc:meta])* $name:ident => $zh:literal, $en:literal) => {
        $(#[$doc])*
        #[must_use]
        pub const fn $name(self) -> &'static str {
            match self {
                Self::Zh => $zh,
                Self::En => $en,
            }
        }
    };
    (@one $(#[$doc:meta])* $name:ident ($($arg:ident : $kind:ty),+) => $zh:literal, $en:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(self, $($arg: $kind),+) -> String {
            match self {
                Self::Zh => format!($zh),
                Self::En => format!($en),
            }
        }
    };
}
