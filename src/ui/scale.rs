//! Scales of the small drawings: whole numbers in, lengths for the style out.

/// Where the floor stands on a meter's width; the rest is room to exceed it.
pub const FLOOR_AT: &str = "91%";
/// The same in thousandths.
const FLOOR_PERMILLE: u64 = 910;

/// How far `value` reaches on a scale where `duty` reaches the floor, as a CSS
/// length that stays inside the meter.
#[must_use]
pub fn on_floor_scale(value: u32, duty: u32) -> String {
    // Nothing owed is nothing to show; the words beside the bar say so.
    let permille = (u64::from(value) * FLOOR_PERMILLE)
        .checked_div(u64::from(duty))
        .unwrap_or_default();
    let percent = percent_text(u32::try_from(permille.min(1000)).unwrap_or(1000));
    format!("{percent}%")
}

/// Thousandths as percent with one decimal: 536 is `53.6`.
#[must_use]
pub fn percent_text(permille: u32) -> String {
    format!("{}.{}", permille / 10, permille % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duties_of_any_size_end_at_the_same_line() {
        assert_eq!(on_floor_scale(186, 186), "91.0%");
        assert_eq!(on_floor_scale(433, 433), "91.0%");
        assert_eq!(on_floor_scale(106, 186), "51.8%");
        assert_eq!(on_floor_scale(0, 186), "0.0%");
        assert_eq!(on_floor_scale(500, 186), "100.0%");
        assert_eq!(on_floor_scale(3, 0), "0.0%");
        assert_eq!(on_floor_scale(u32::MAX, 1), "100.0%");
        assert_eq!(percent_text(536), "53.6");
    }
}
