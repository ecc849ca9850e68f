//! What an import would do, worked out at once.

use double_random::engine::pace::{AtOnce, at_once};
use double_random::exchange::{self, Options, Preview, Record, Register, Rows};

pub fn preview<T: Record>(
    register: &Register<'_, T>,
    rows: Rows<T>,
    options: &Options,
    is_referenced: &dyn Fn(&T::Id) -> bool,
) -> Preview<T> {
    let preview = exchange::preview(register, &rows, options, is_referenced, &AtOnce);
    at_once(preview)
}
