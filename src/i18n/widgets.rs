//! Words of the controls that several pages use.

use std::fmt::Display;

use crate::messages;

messages! {
    meter_floor => "底线", "Floor";
    meter_elapsed(percent: impl Display) => "时间已过 {percent}%", "Elapsed {percent}%";

    ribbon_made(n: impl Display) => "已录入 {n}", "Entered {n}";
    ribbon_visited(n: impl Display) => "已检查未录入 {n}", "Visited, not entered {n}";
    ribbon_today(n: impl Display) => "今天 {n}", "Today {n}";
    ribbon_planned(n: impl Display) => "待检查 {n}", "Planned {n}";
    ribbon_rest => "休息日", "Day off";

    progress_count(done: impl Display, total: impl Display) => "{done} / {total}", "{done} / {total}";
}
