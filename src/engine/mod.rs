//! The sampling engine (record format `frs1`): a function of its arguments.
//!
//! **Each candidate gets a lottery number, the SHA-256 of a line of text, and
//! the smallest numbers win.** Units, reserves, days and officers are all
//! chosen so. From seed to selection there are only text, hashes and integers:
//! no clock, entropy, web, hash-map order, `usize` sampling or floating point.
//!
//! Start reading at [`draw`] (a month's draw), then [`quota`] (how many),
//! [`lottery`] (who), [`month`] (when and by whom) and [`ceremony`] (proof).
//! Beside that way stand [`estimate`] and [`simulate`], reports on what was and
//! what would be drawn; floats are theirs and [`distribution`]'s alone.

pub mod after;
pub mod apportion;
pub mod calendar;
pub mod campaign;
pub mod cell;
pub mod ceremony;
pub mod certificate;
pub mod changes;
pub mod day;
pub mod demand;
pub mod design;
pub mod distribution;
pub mod draw;
pub mod duty;
pub mod estimate;
pub mod level;
pub mod lottery;
pub mod month;
pub mod occasion;
pub mod pace;
pub mod quota;
pub mod read;
pub mod register;
pub mod root;
pub mod simulate;
pub mod snapshot;
pub mod team;
pub mod verify;
pub mod year_plan;
