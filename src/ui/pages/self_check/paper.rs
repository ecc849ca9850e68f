//! The report of a check on A4 portrait, shown only when printing.

use leptos::prelude::*;

use super::Sheet;
use crate::i18n::Lang;
use crate::papers::self_check;
use crate::ui::widgets::paper::{has_paper, value_sheets};

pub(super) fn report_paper(t: Lang, sheet: &Sheet) -> AnyView {
    has_paper();
    value_sheets(t, &self_check::paper(t, sheet), true, None)
}
