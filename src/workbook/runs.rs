//! Ids in order, told in short: those that follow one another as their first and last.

use serde::{Deserialize, Serialize};

/// What stands between the first and the last id of a run.
const RUN: char = '…';

/// Ids in order, runs of consecutive numbers as «NG-00001…NG-00012»: 100 000 new units
/// are one text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Runs(Vec<String>);

impl Runs {
    /// Of ids in order.
    #[must_use]
    pub fn of(ids: &[&str]) -> Self {
        let mut runs: Vec<(&str, &str)> = Vec::new();
        for &id in ids {
            match runs.last_mut() {
                Some((_, last)) if is_next(last, id) => *last = id,
                _ => runs.push((id, id)),
            }
        }
        let words = runs.into_iter().map(|(first, last)| {
            if first == last {
                first.to_owned()
            } else {
                format!("{first}{RUN}{last}")
            }
        });
        Self(words.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// First and last id of each run, in order.
    pub fn ends(&self) -> impl Iterator<Item = (&str, &str)> {
        let runs = self.0.iter().map(String::as_str);
        runs.map(|run| run.split_once(RUN).unwrap_or((run, run)))
    }

    /// Whether an id is among them.
    #[must_use]
    pub fn hold(&self, id: &str) -> bool {
        hold(&self.0, String::as_str, id)
    }
}

/// Whether runs in order, as `text` gives them, hold an id.
pub fn hold<T>(runs: &[T], text: impl Fn(&T) -> &str, id: &str) -> bool {
    let after = runs.partition_point(|run| text(run).split(RUN).next().unwrap_or_default() <= id);
    let run = after.checked_sub(1).and_then(|at| runs.get(at));
    // All ids of a run are equally long, so that their order is that of their numbers.
    run.is_some_and(|run| match text(run).split_once(RUN) {
        Some((first, last)) => first.len() == id.len() && id <= last,
        None => text(run) == id,
    })
}

/// Whether `id` has the same form as `last` and the number after it.
fn is_next(last: &str, id: &str) -> bool {
    let (last_prefix, last_digits) = last.split_at(digits_at(last));
    let (prefix, digits) = id.split_at(digits_at(id));
    let number = |digits: &str| digits.parse::<u32>().ok();
    prefix == last_prefix
        && digits.len() == last_digits.len()
        && number(last_digits).and_then(|last| last.checked_add(1)) == number(digits)
        && !digits.is_empty()
}

/// Where the digits at the end of an id begin.
pub(super) fn digits_at(id: &str) -> usize {
    id.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| {
        at + id[at..].chars().next().map_or(1, char::len_utf8)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_ids_are_told_by_their_ends() {
        let ranges = |ids: &[&str]| Runs::of(ids).0;
        let ids = ["NG-00001", "NG-00002", "NG-00003", "NG-00007", "U-00008"];
        assert_eq!(ranges(&ids), ["NG-00001…NG-00003", "NG-00007", "U-00008"]);
        assert_eq!(
            ranges(&["P99", "P100", "甲", "乙"]),
            ["P99", "P100", "甲", "乙"]
        );
        assert!(ranges(&[]).is_empty());
        let many: Vec<String> = (1..=99_999)
            .map(|number| format!("NG-{number:05}"))
            .collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(ranges(&many), ["NG-00001…NG-99999"]);
    }

    #[test]
    fn runs_hold_what_lies_in_them() {
        let held = [
            "NG-00001", "NG-00002", "NG-00003", "NG-00007", "P09", "P10", "P100",
        ];
        let runs = Runs::of(&held);
        assert_eq!(runs.0.len(), 4, "{runs:?}");
        assert!(held.iter().all(|id| runs.hold(id)));
        let others = [
            "NG-00000",
            "NG-00004",
            "NG-00008",
            "NG-000020",
            "P1",
            "P12",
            "P101",
            "",
        ];
        assert!(others.iter().all(|id| !runs.hold(id)));
        assert!(!Runs::default().hold("NG-00001"));
    }
}
