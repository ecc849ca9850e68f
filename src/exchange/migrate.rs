//! Lifts a file of an older version to the one that this program knows.
//!
//! # How to add a version
//! When a change of the model would misread an older file (a field renamed, a
//! meaning changed; a new field with a default needs nothing):
//! 1. raise [`crate::workbook::VERSION`];
//! 2. write a function that turns an object of the version before into one of
//!    the new version, and add it to [`WORKBOOK_STEPS`] with the version it starts from;
//! 3. keep a file of the version before in `tests/data` and test that it still opens.
//!
//! Steps work on JSON, not on types, because the types of old versions are gone. What
//! asks more of the records than JSON says is done once they are read, as
//! [`Workbook::lift_visits`](crate::workbook::Workbook::lift_visits).

use serde_json::{Map, Value};

use crate::workbook::lift;

/// An object of a file.
pub type Object = Map<String, Value>;

/// Turns an object of version `from` into one of version `from + 1`.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The version that it reads.
    pub from: u32,
    /// What it does. The `version` field is raised by [`migrate`].
    pub lift: fn(&mut Object),
}

/// The steps of workbooks, in order. Version 1 is the first.
pub const WORKBOOK_STEPS: &[Step] = &[Step {
    from: 1,
    lift: lift::years,
}];

/// A version between which and the known one there is no chain of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no step leads from version {from}")]
pub struct NoStep {
    /// The version.
    pub from: u32,
}

/// Lifts `object` from version `from` to version `to`, step by step.
///
/// ```
/// use double_random::exchange::migrate::{Step, migrate};
/// let steps = [Step {
///     from: 0,
///     lift: |object| {
///         if let Some(name) = object.remove("unit_name") {
///             object.insert("name".into(), name);
///         }
///     },
/// }];
/// let mut object = serde_json::from_str(r#"{"version": 0, "unit_name": "x"}"#)?;
/// migrate(&mut object, 0, 1, &steps)?;
/// assert_eq!(serde_json::to_string(&object)?, r#"{"name":"x","version":1}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`NoStep`]; the object is then of the version where the chain ends.
pub fn migrate(object: &mut Object, from: u32, to: u32, steps: &[Step]) -> Result<(), NoStep> {
    for version in from..to {
        let step = steps.iter().find(|step| step.from == version);
        let step = step.ok_or(NoStep { from: version })?;
        (step.lift)(object);
        object.insert("version".into(), Value::from(version + 1));
    }
    Ok(())
}
