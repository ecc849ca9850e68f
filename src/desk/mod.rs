//! What follows from a workbook for a page or a paper: lists, duties, outlook,
//! explanations, the tables of a plan. Nothing of it is stored.
//!
//! - [`list`]: a register as a list, its columns and filters over its fields, searched and sorted;
//!   [`name_order`]: names in the order of their sounds;
//!   [`unit_list`], [`officer_list`], [`item_list`], [`agency_list`], [`engineer_list`]: what is each one's own
//! - [`problems`]: what is to be mended in a record
//! - [`form`]: records as they are typed, and what is wrong with them
//! - [`avoidance`]: who keeps from a unit, and whether a team is left
//! - [`history`]: the entries of the trail that touch a record
//! - [`duties`]: what is due, and when; [`year_state`]: where each year stands on a day
//! - [`outlook`]: the plan held against the register
//! - [`visit_table`]: the rows of a month's plan; [`visit_reason`]: why each stands where it does
//! - [`visit_list`]: 检查任务, the year's visits with their day, team and stage
//! - [`neighbours`]: a unit's place in a draw as a table; [`year_chance`]: its chance over the year
//! - [`screen`]: a draw as people watch it

pub mod agency_list;
pub mod avoidance;
pub mod duties;
pub mod engineer_list;
pub mod form;
pub mod history;
pub mod item_list;
pub mod list;
pub mod name_order;
pub mod neighbours;
pub mod officer_list;
pub mod outlook;
pub mod problems;
pub mod screen;
pub mod unit_list;
pub mod visit_list;
pub mod visit_reason;
pub mod visit_table;
pub mod year_chance;
pub mod year_state;

pub use outlook::{MonthOutlook, Outlook, StratumOutlook};
pub use visit_table::VisitRow;
