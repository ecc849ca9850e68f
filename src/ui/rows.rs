//! Which rows of a long list are in the page, and where keys and scrolling
//! lead: the arithmetic of the virtual list, without a browser.

use std::ops::Range;

/// Rows in the page beyond those in sight, above and below.
const OVERSCAN: usize = 8;
/// The first row in the page moves by this many, so that a small scroll draws nothing.
const STRIDE: usize = 8;

/// Scroll position and sizes of a list, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// How far it is scrolled.
    pub top: f64,
    /// Height of its frame, head included.
    pub height: f64,
    /// Height of a row; the head is as high.
    pub row_height: f64,
}

impl Viewport {
    /// Rows that can be seen, whole or in part, of `count`.
    #[must_use]
    pub fn in_sight(self, count: usize) -> Range<usize> {
        let first = (self.top / self.row_height).max(0.0) as usize;
        let shown = ((self.height - self.row_height).max(0.0) / self.row_height).ceil() as usize;
        first.min(count)..(first + shown).min(count)
    }

    /// Rows that stand in the page: those in sight and some around them.
    #[must_use]
    pub fn in_page(self, count: usize) -> Range<usize> {
        let seen = self.in_sight(count);
        let start = seen.start.saturating_sub(OVERSCAN) / STRIDE * STRIDE;
        start..(seen.end + OVERSCAN + STRIDE).min(count)
    }

    /// Rows that a page key moves by.
    #[must_use]
    pub fn rows_per_page(self) -> usize {
        ((self.height / self.row_height) as usize)
            .saturating_sub(2)
            .max(1)
    }

    /// The scroll position that brings a row into sight; none where it is already.
    #[must_use]
    pub fn top_to_reveal(self, place: usize) -> Option<f64> {
        let row_top = place as f64 * self.row_height;
        // The head stays in sight and covers as much as one row.
        let lowest = row_top + 2.0 * self.row_height - self.height;
        if row_top < self.top {
            Some(row_top)
        } else if lowest > self.top {
            Some(lowest)
        } else {
            None
        }
    }
}

/// What a column asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColumnNeed {
    /// The least width at which it can be read, in pixels.
    pub width: f64,
    /// How soon it gives way where there is no room: the largest first, 0 never.
    pub yields: u8,
}

/// Which columns stand in a list of this width: those that give way soonest go until the rest has
/// room. What never gives way stays, however narrow the list.
#[must_use]
pub fn columns_that_fit(needs: &[ColumnNeed], room: f64) -> Vec<bool> {
    let mut stands = vec![true; needs.len()];
    let mut width: f64 = needs.iter().map(|need| need.width).sum();
    while width > room {
        let next = (0..needs.len())
            .filter(|at| stands[*at] && needs[*at].yields > 0)
            .max_by_key(|at| needs[*at].yields);
        let Some(next) = next else { break };
        stands[next] = false;
        width -= needs[next].width;
    }
    stands
}

/// Where a key leads from the row `at`, over rows that are headings; none for
/// a key that does not move.
pub fn step(
    key: &str,
    at: Option<usize>,
    page: usize,
    count: usize,
    is_heading: impl Fn(usize) -> bool,
) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let (next, is_down) = match (key, at) {
        ("ArrowDown", None) | ("Home", _) => (0, true),
        ("ArrowDown", Some(at)) => (at + 1, true),
        ("ArrowUp", at) => (at.unwrap_or(0).saturating_sub(1), false),
        ("PageDown", at) => (at.unwrap_or(0) + page, true),
        ("PageUp", at) => (at.unwrap_or(0).saturating_sub(page), false),
        ("End", _) => (last, false),
        _ => return None,
    };
    let next = next.min(last);
    let below = || (next..count).find(|place| !is_heading(*place));
    let above = || (0..=next).rev().find(|place| !is_heading(*place));
    if is_down {
        below().or_else(above)
    } else {
        above().or_else(below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Viewport = Viewport {
        top: 0.0,
        height: 290.0,
        row_height: 29.0,
    };

    fn scrolled(top: f64) -> Viewport {
        Viewport { top, ..VIEW }
    }

    #[test]
    fn only_a_few_rows_of_many_stand_in_the_page() {
        assert_eq!(VIEW.in_sight(100_000), 0..9);
        assert_eq!(VIEW.in_page(100_000), 0..25);
        assert_eq!(VIEW.in_page(5), 0..5);
        assert_eq!(VIEW.in_page(0), 0..0);
        let middle = scrolled(29.0 * 50_000.0).in_page(100_000);
        assert_eq!(middle, 49_992..50_025);
        // The browser may report a position beyond the rows for a moment.
        assert_eq!(scrolled(9999.0).in_sight(3), 3..3);
        assert_eq!(scrolled(-5.0).in_sight(3), 0..3);
    }

    #[test]
    fn what_tells_rows_apart_is_the_last_to_go() {
        let need = |width, yields| ColumnNeed { width, yields };
        let needs = [
            need(150.0, 0),
            need(60.0, 2),
            need(152.0, 9),
            need(166.0, 8),
        ];
        let stands = |room| columns_that_fit(&needs, room);
        assert_eq!(stands(528.0), [true; 4]);
        assert_eq!(stands(527.0), [true, true, false, true]);
        assert_eq!(stands(300.0), [true, true, false, false]);
        assert_eq!(stands(40.0), [true, false, false, false]);
        assert!(columns_that_fit(&[], 0.0).is_empty());
    }

    #[test]
    fn a_small_scroll_leaves_the_first_row_in_the_page() {
        let starts: Vec<usize> = (16..24)
            .map(|row| scrolled(29.0 * f64::from(row)).in_page(1000).start)
            .collect();
        assert_eq!(starts, [8; 8]);
    }

    #[test]
    fn every_row_in_sight_stands_in_the_page() {
        for pixel in 0..3000 {
            let view = scrolled(f64::from(pixel));
            let (seen, there) = (view.in_sight(100), view.in_page(100));
            assert!(
                there.start <= seen.start && seen.end <= there.end,
                "{pixel}"
            );
        }
    }

    #[test]
    fn a_row_is_revealed_only_when_it_is_hidden() {
        let view = scrolled(290.0);
        assert_eq!(view.top_to_reveal(9), Some(261.0));
        assert_eq!(view.top_to_reveal(10), None);
        // The head takes one of ten rows, so nine are whole.
        assert_eq!(view.top_to_reveal(18), None);
        assert_eq!(view.top_to_reveal(19), Some(319.0));
    }

    #[test]
    fn keys_move_within_the_list_and_over_headings() {
        let plain = |key, at| step(key, at, 8, 20, |_| false);
        assert_eq!(plain("ArrowDown", None), Some(0));
        assert_eq!(plain("ArrowDown", Some(19)), Some(19));
        assert_eq!(plain("ArrowUp", Some(0)), Some(0));
        assert_eq!(plain("PageDown", Some(3)), Some(11));
        assert_eq!(plain("PageUp", Some(3)), Some(0));
        assert_eq!(plain("End", None), Some(19));
        assert_eq!(plain("x", Some(3)), None);
        assert_eq!(step("End", None, 8, 0, |_| false), None);

        let days = |key, at| step(key, at, 3, 8, |place| place == 0 || place == 4);
        assert_eq!(days("Home", Some(7)), Some(1));
        assert_eq!(days("ArrowDown", Some(3)), Some(5));
        assert_eq!(days("ArrowUp", Some(5)), Some(3));
        assert_eq!(days("ArrowUp", Some(1)), Some(1));
        assert_eq!(step("Home", None, 3, 2, |_| true), None);
    }
}
