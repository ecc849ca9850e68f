//! What the parts of the page of draws share: the draw on show, its list, words.

use leptos::prelude::*;

use crate::engine::occasion::OwnRegister;
use crate::i18n::Lang;
pub(super) use crate::papers::own_list::{OwnRow, RowState, name_of, rows_of, state_words};
use crate::ui::app::App;
use crate::workbook::DrawId;
use crate::workbook::own_draw::OwnYear;
use crate::workbook::own_visit::OwnVisitId;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Own {
    pub(super) app: App,
    pub(super) register: Memo<OwnRegister>,
    pub(super) year: Memo<i32>,
    /// The draw on show.
    pub(super) draw: Memo<Option<DrawId>>,
    pub(super) checking: RwSignal<Option<OwnVisitId>>,
    /// The drawn record that proved closed.
    pub(super) closing: RwSignal<Option<OwnVisitId>>,
}

/// Where a year stands with a register's share, in a line.
pub(super) fn standing_line(t: Lang, register: OwnRegister, year: i32, it: OwnYear) -> String {
    let count = |n| t.own_count(register, n);
    t.own_standing(year, count(it.due), count(it.drawn), count(it.made))
}
