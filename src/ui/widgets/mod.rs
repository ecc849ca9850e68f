//! Controls used by more than one page.
//!
//! Native elements with our own style: component libraries for Leptos inject
//! `<style>` elements, which the content security policy blocks.
//!
//! - [`icon`]: line icons; [`mark`]: tier marks and status tags
//! - [`field`]: labelled inputs; [`dialog`]: dialogs and drawers; [`ask`]: what is asked before an act
//! - [`table`]: the virtual list; [`drag`]: its rows dragged onto others; [`banner`]: facts with causes and remedies
//! - [`list`]: views, search, chips and forms around a list; [`draft`]: a form over a record's fields
//! - [`register`]: the page of a register, its list and panel
//! - [`many`]: records ticked, and one field of them changed at once
//! - [`choice`]: which columns of a list stand, and views of one's own
//! - [`mend`]: a walk through the records in which something is to be mended
//! - [`menu`]: a button with a panel below it; [`retire`]: 停用, asked and told
//! - [`export`]: what a list shows, as a file
//! - [`text`]: hashes and commands; [`chart`]: twelve months as bars
//! - [`meter`]: duties against their floors; [`ribbon`]: a month's visits by day
//! - [`progress`]: long work; [`qr`]: QR codes
//! - [`resize`]: word of an element's size; [`paper`]: parts of printed plans

pub mod ask;
pub mod banner;
pub mod chart;
pub mod choice;
pub mod closing;
pub mod dialog;
pub mod draft;
pub mod drag;
pub mod export;
pub mod field;
pub mod history;
pub mod icon;
pub mod list;
pub mod many;
pub mod mark;
pub mod mend;
pub mod menu;
pub mod meter;
pub mod page_head;
pub mod paper;
pub mod progress;
pub mod qr;
pub mod register;
pub mod resize;
pub mod retire;
pub mod ribbon;
pub mod table;
pub mod text;

pub use ask::{Ask, Line};
pub use banner::{Banner, BannerKind};
pub use dialog::{Dialog, close_foot};
pub use field::{CheckField, SelectField, TextArea, TextField};
pub use icon::{Icon, icon};
pub use list::{Chip, FieldGroup, FormDrawer, SearchBox, ViewTab, ViewTabs};
pub use mark::{Tag, TagKind, tier_mark};
pub use meter::{FloorBar, floor_meter};
pub use page_head::PageHead;
pub use progress::Progress;
pub use qr::{qr_code, qr_drawing};
pub use ribbon::{RibbonDay, month_ribbon, ribbon_legend};
pub use table::{Column, Row, VirtualTable};
pub use text::{command_line, hash_text};
