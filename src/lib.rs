//! 双随机抽查工作台: fair, checkable random inspection for a county fire brigade,
//! in one static page without a server.
//!
//! # Map
//!
//! Dependencies point one way: `model` ← `engine` ← `workbook` ← {`desk`, `store`} ←
//! `exchange` ← `i18n` ← `papers` ← {`demo`, `ui`}; `document` beside `model`. No two files
//! import each other.
//! A test holds both (`tests/native/tidy.rs`). Where to find a rule:
//!
//! | question | module |
//! |---|---|
//! | what is a unit, an officer, an item, an agency, an engineer; which codes and ids are right | [`model`] |
//! | which fields a record has, and all that is known of each; how one is added | [`model::field`] |
//! | what a field's value may be, whoever brings it | [`workbook::rule`] |
//! | who may be inspected when; how many; who is drawn; when and by whom | [`engine`], from [`engine::draw`] on |
//! | lottery numbers, seeds, tickets | [`engine::lottery`] |
//! | quotas and feasibility of the year | [`engine::quota`], [`engine::year_plan`] |
//! | commitment, entropy, certificate, verification | [`engine::ceremony`], [`engine::certificate`], [`engine::verify`] |
//! | supplementary draws, campaigns, other registers | [`engine::occasion`], [`workbook::occasion`] |
//! | draws of institutions and engineers, their checks; schemes of campaigns | [`workbook::own_draw`], [`workbook::own_visit`], [`workbook::own_closing`], [`workbook::campaign`] |
//! | working days, statutory holidays, the draw window | [`engine::calendar`] |
//! | rates over the register from random visits; fairness by simulation | [`engine::estimate`], [`engine::simulate`] |
//! | what is saved; every change there is; why one is refused; the trail | [`workbook`], [`workbook::action`], [`workbook::refusal`], [`workbook::trail`] |
//! | a draw's record; its steps from frozen register to plan | [`workbook::draw`], [`workbook::ceremony`] |
//! | what follows from a workbook and bears on a draw: levels, snapshot | [`workbook::derive`] |
//! | what follows for a page or a paper: lists, duties, outlook, forms | [`desk`] |
//! | a register as a list: columns, filters, order and search over its fields | [`desk::list`] |
//! | file formats, imports, previews, migrations | [`exchange`] |
//! | lists as they arrive: spreadsheets, pages, texts; `cargo xtask read` | [`exchange::sheet`] |
//! | a list's way into a register: its page, its worker, what goes out | [`ui::sheets`], [`document::table`] |
//! | the register beside a regulator's list; what is left of it; what is kept of it | [`exchange::compare`], [`exchange::compared`], [`workbook::upkeep`] |
//! | units that may be gone, and what speaks against them | [`workbook::suspect`] |
//! | an import taken back | [`workbook::undo_import`] |
//! | the head's approval of a plan; versions of the item list; who keeps from a unit | [`workbook::approval`], [`workbook::item_version`], [`desk::avoidance`] |
//! | 定期核查: its rules, when it is due, its report; what counts as bunched entry | [`workbook::self_check`], [`workbook::check_signing`], [`workbook::bunching`] |
//! | what is due, by day | [`desk::duties`] |
//! | 公示: what is published when, in versions; the papers; what of a record the public may know; a paper's renderings | [`workbook::publishing`], [`papers`], [`papers::redact`], [`document`] |
//! | one field of many records changed at once | [`workbook::many`] |
//! | what lacks in a record, and what may be wrong | [`desk::problems`] |
//! | the years side by side; beginning the next; names of draws | [`workbook::year`] |
//! | closing a year, its statement; its archive; where each year stands | [`workbook::closing`], [`workbook::archive`], [`desk::year_state`] |
//! | taking archived years out; what is kept of them | [`workbook::taking_out`], [`workbook::taken_out`] |
//! | visits as records, from the draw to what became of them | [`workbook::visit`] |
//! | who may be visited on a day: entry and correction of visits | [`workbook::visit_entry`] |
//! | lawful changes of a drawn plan: day, team, stand-ins, closed units and their replacement; the plan as it stands | [`workbook::plan_change`], [`workbook::plan_desk`], [`workbook::closed_unit`], [`workbook::plan_now`] |
//! | what a visit was: its record, what may stand in it, how far it has come; visits that no draw chose | [`workbook::visit_record`], [`workbook::result_rule`], [`workbook::visit_stage`], [`workbook::other_visit`] |
//! | results from the official systems' lists; which are new, different, gone | [`exchange::results`], [`workbook::result_import`] |
//! | visits drawn and not yet made; which are carried | [`workbook::pending`] |
//! | registers kept alike, service institutions and fire engineers; who employs whom | [`workbook::kept`] |
//! | what a register's file may change, and how the trail names it | [`workbook::register`], [`workbook::runs`] |
//! | whether a workbook from a file is possible at all | [`workbook::sound`] |
//! | which draws no window, file or snapshot may take away | [`workbook::standing`] |
//! | what a draw's file says beside its certificate; finding a unit in it; whether one follows another | [`exchange::beside`], [`exchange::lookup`], [`exchange::links`] |
//! | what a chosen file is, by its bytes; the State Council's notice of holidays | [`exchange::kind`], [`exchange::notice`] |
//! | names that are none, records alike, lengths of texts | [`workbook::names`] |
//! | local storage, generations, snapshots | [`store`] |
//! | where a workbook is cut into parts; lists as columns | [`store::parts`], [`store::columns`] |
//! | lists in pages, which a save knows again without a look | [`workbook::paged`] |
//! | words, both languages; errors in words | [`i18n`] |
//! | units that are withheld, and their aliases | [`workbook::withhold`] |
//! | what a projector shows of a draw | [`desk::screen`] |
//! | made-up data, new or after months of work; the standard item list | [`demo`] |
//! | why this day and these officers; who joined or left the register | [`desk::visit_reason`], [`workbook::register_changes`] |
//! | what an entry of the trail says, by kind; which records it touches; a record's history | [`workbook::event`], [`workbook::touch`], [`desk::history`] |
//! | a unit's chance over the year, from the records | [`desk::year_chance`] |
//! | everything that knows the browser | [`ui`] |
//! | long work, written once and done at any pace; what goes to a worker | [`engine::pace`], [`ui::job`] |
//!
//! # Invariants
//!
//! 1. `engine` is a function of its arguments: the same inputs give the same
//!    bytes on every platform. No clock, entropy, hash-map order, `usize`
//!    sampling or floating point on the way from seed to selection. A test
//!    reads its sources for these (`tests/native/tidy.rs`).
//! 2. What is drawn stays drawn: a recorded draw is never edited, repeated or
//!    forgotten.
//! 3. Every change of the workbook is one [`workbook::Action`] with who, when
//!    and why; undoing is a new action. The trail is a hash chain.
//! 4. Loading never deletes what it could not read; a failing import leaves
//!    the registers as they were.
//! 5. State is derived, not synchronised; effects only touch the outside world.
//! 6. The page makes no network request and escapes what it shows; the content
//!    security policy forbids the rest.
//! 7. Sizes have limits: [`workbook::UNITS_MAX`], [`workbook::OFFICERS_MAX`],
//!    [`workbook::FILE_BYTES_MAX`].
//!
//! # How data flow
//!
//! A page reads the workbook's signal, derives what it shows, and calls
//! `App::act` with an action. The action is checked wholly, applied, written
//! into the trail, and the workbook is saved: the parts that changed are packed, checksummed,
//! read back.
//! Web crates stand under the wasm target alone, so a native `cargo test`
//! builds the core without them, and a web import in it does not compile.

pub mod demo;
pub mod desk;
pub mod document;
pub mod engine;
pub mod exchange;
pub mod i18n;
pub mod model;
pub mod papers;
pub mod store;
pub mod ui;
pub mod workbook;
