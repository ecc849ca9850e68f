//! Line icons on a 16-pixel grid. They repeat what a text says, so screen
//! readers skip them.

use leptos::prelude::*;

/// An icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Passed, done.
    Check,
    /// Attend.
    Warning,
    /// Broken, forbidden.
    Cross,
    /// More to know.
    Info,
    Print,
    /// Not yet.
    Lock,
    Search,
    /// Close, remove.
    Close,
    /// Add.
    Plus,
    File,
    Help,
    Menu,
    /// The next one.
    Right,
    /// The one before.
    Left,
    /// Opens below, or moves there.
    Down,
    /// Moves up.
    Up,
    /// Light and dark.
    Theme,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Check => "M3 8.5 6.5 12 13 4.5",
            Self::Warning => "M8 2.2 14.5 13.5H1.5ZM8 6.5v3.2M8 11.6v.2",
            Self::Cross => {
                "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"
            }
            Self::Info => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 7.2v4M8 4.8v.2",
            Self::Print => "M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7Z",
            Self::Lock => "M4 7.5h8v6H4ZM5.8 7.5V5a2.2 2.2 0 0 1 4.4 0v2.5",
            Self::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.4 10.4 14 14",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Plus => "M8 3v10M3 8h10",
            Self::File => "M4 1.8h5.2L12.5 5v9.2H4ZM9 2v3.2h3.3",
            Self::Help => {
                "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M6.2 6.2A1.9 1.9 0 1 1 8 8.6v.9M8 11.4v.2"
            }
            Self::Menu => "M2.5 4h11M2.5 8h11M2.5 12h11",
            Self::Right => "M6 3l5 5-5 5",
            Self::Left => "M10 3 5 8l5 5",
            Self::Down => "M4 6l4 4 4-4",
            Self::Up => "M4 10l4-4 4 4",
            Self::Theme => "M8 1.8a6.2 6.2 0 1 0 0 12.4ZM8 1.8a6.2 6.2 0 0 1 0 12.4",
        }
    }
}

/// The icon as SVG.
pub fn icon(kind: Icon) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=kind.path()></path>
        </svg>
    }
    .into_any()
}
