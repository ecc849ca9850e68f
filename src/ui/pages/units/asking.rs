//! What a unit's panel asks.

/// The dialogs that the panel opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    Retire,
    Restore,
    Withhold,
    Confirm,
    /// A visit that no draw chose.
    Other,
    /// Such an entry was wrong.
    WithdrawOther {
        year: i32,
        number: u32,
    },
}
