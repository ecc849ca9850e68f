//! One lottery number, checked by anybody with any SHA-256 tool.

use serde::{Deserialize, Serialize};

use super::{Examination, Lacking};
use crate::engine::certificate::Certificate;
use crate::engine::draw::DrawGroup;
use crate::engine::lottery::{
    Candidate, Key, Ticket, key, ranking, ticket_command, windows_command,
};
use crate::engine::register::PublishedRegister;
use crate::model::CandidateId;

/// Leading digits of a ticket that people compare; enough that two units of a
/// register share them once in many millions of draws.
pub const DIGITS: usize = 12;

/// The file into which the line is written on Windows.
pub const LINE_FILE: &str = "a.txt";

/// How anybody checks a unit's lottery number, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ByHand {
    /// The unit, or its alias.
    pub unit: CandidateId,
    /// The pool in which it stood.
    pub group: DrawGroup,
    /// The line that is hashed: key, `|`, id.
    pub line: String,
    /// The command for Linux and macOS.
    pub command_sh: String,
    /// The command for Windows, at a command prompt or in PowerShell.
    pub command_powershell: String,
    /// The command that writes the line into [`LINE_FILE`] without an end of
    /// line, at a Windows prompt; saving it with an editor does the same.
    pub command_windows_write: String,
    /// The command that hashes the file, at a Windows prompt.
    pub command_windows: String,
    /// The lottery number: what the command shows.
    pub ticket: Ticket,
    /// Its first [`DIGITS`] digits in groups of four, for comparing by eye.
    pub digits: [String; 3],
    /// Its place in the pool, from 1: one more than smaller numbers.
    pub rank: u32,
    /// R.
    pub pool: u32,
    /// n.
    pub quota: u32,
    /// rank ≤ n.
    pub drawn: bool,
}

/// How to check one unit's number by hand.
///
/// Units that the certificate lists need no register; others need it for their
/// pool and rank. `Ok(None)`: the unit stood in no pool of this draw that was
/// drawn from.
///
/// # Errors
/// [`Lacking`]: what is needed for a unit that the certificate does not list.
///
/// ```
/// use double_random::engine::certificate::Certificate;
/// use double_random::engine::lottery::sha256_hex;
/// use double_random::engine::verify::by_hand::by_hand;
/// let record = std::fs::read_to_string("tests/golden/03.json")?;
/// let record: serde_json::Value = serde_json::from_str(&record)?;
/// let certificate = Certificate::read(&record["certificate"].to_string())?;
/// let unit = certificate.drawn().next().expect("one is drawn");
/// let steps = by_hand(&certificate, None, unit).ok().flatten().expect("it is listed");
/// assert_eq!(sha256_hex(&steps.line), steps.ticket.to_string());
/// assert_eq!(steps.rank, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn by_hand(
    certificate: &Certificate,
    register: Option<&PublishedRegister>,
    unit: &CandidateId,
) -> Result<Option<ByHand>, Lacking> {
    if certificate.listed(unit).is_some() {
        // Pools are not asked for.
        return by_order(certificate, &Err(Lacking::Register), unit);
    }
    by_order(certificate, &pool_orders(certificate, register), unit)
}

/// As [`by_hand`], with the orders of the pools worked out before.
///
/// # Errors
/// As for [`pool_orders`], for a unit that the certificate does not list.
pub fn by_order(
    certificate: &Certificate,
    orders: &Result<PoolOrders, Lacking>,
    unit: &CandidateId,
) -> Result<Option<ByHand>, Lacking> {
    if let Some((draw, place)) = certificate.listed(unit) {
        let sizes = [place.rank, draw.pool, draw.drawn.len() as u32];
        return Ok(Some(steps(certificate, draw.group, unit, sizes)));
    }
    let orders = orders.as_ref().map_err(|why| *why)?;
    for (draw, (group, order)) in certificate.draws.iter().zip(&orders.0) {
        if let Some(at) = order.iter().position(|other| other == unit) {
            let sizes = [at as u32 + 1, draw.pool, draw.drawn.len() as u32];
            return Ok(Some(steps(certificate, *group, unit, sizes)));
        }
    }
    Ok(None)
}

/// The members of each group drawn from, as the certificate lists the groups, in order
/// of their numbers: all that ranks are counted in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolOrders(Vec<(DrawGroup, Vec<CandidateId>)>);

impl PoolOrders {
    /// All lottery numbers of a pool in order.
    #[must_use]
    pub fn numbers(&self, certificate: &Certificate, group: DrawGroup) -> Vec<Candidate> {
        let occasion = &certificate.commitment.occasion;
        let key = key(&occasion.purpose(group), certificate.seed);
        let pool = self.0.iter().find(|pool| pool.0 == group);
        let candidate = |unit: &CandidateId| Candidate {
            ticket: key.ticket(&[unit.as_str()]),
            unit: unit.clone(),
        };
        pool.map(|pool| pool.1.iter().map(candidate).collect())
            .unwrap_or_default()
    }
}

/// Works the orders of a draw's pools out.
///
/// # Errors
/// [`Lacking`]: the registers, or the fields of withheld units, without which
/// places cannot be counted.
pub fn pool_orders(
    certificate: &Certificate,
    register: Option<&PublishedRegister>,
) -> Result<PoolOrders, Lacking> {
    let mut examination = Examination::open(certificate, register, None);
    examination.work_out_sizes();
    examination.pool_orders()
}

impl Examination<'_> {
    /// The orders of the draw's pools, once the sizes are worked out.
    ///
    /// # Errors
    /// As for [`pool_orders`].
    pub fn pool_orders(&self) -> Result<PoolOrders, Lacking> {
        let count = self.hidden_count();
        if count > 0 {
            return Err(Lacking::WithheldUnits { count });
        }
        let pools = self.pools()?;
        let order = |group: DrawGroup| {
            let members = pools.get(&group).map_or(&[][..], Vec::as_slice);
            let order = ranking(&self.key_of(group), members, u32::MAX);
            let units = order.into_iter().map(|candidate| candidate.unit);
            (group, units.collect())
        };
        let groups = self.certificate.draws.iter().map(|draw| draw.group);
        Ok(PoolOrders(groups.map(order).collect()))
    }
}

/// All lottery numbers of a pool in order: what a rank is counted in.
///
/// # Errors
/// [`Lacking`]: the registers, or the fields of withheld units, without which
/// places cannot be counted.
pub fn pool_numbers(
    certificate: &Certificate,
    register: Option<&PublishedRegister>,
    group: DrawGroup,
) -> Result<Vec<Candidate>, Lacking> {
    Ok(pool_orders(certificate, register)?.numbers(certificate, group))
}

/// The steps for a unit with `rank`, R and n.
fn steps(
    certificate: &Certificate,
    group: DrawGroup,
    unit: &CandidateId,
    [rank, pool, quota]: [u32; 3],
) -> ByHand {
    let occasion = &certificate.commitment.occasion;
    let key: Key = key(&occasion.purpose(group), certificate.seed);
    let parts = [unit.as_str()];
    let (line, ticket) = (key.line(&parts), key.ticket(&parts));
    let text = ticket.to_string();
    ByHand {
        unit: unit.clone(),
        group,
        command_sh: ticket_command(&key, &parts),
        command_powershell: windows_command(&line),
        command_windows_write: format!("<nul set /p \"={line}\">{LINE_FILE}"),
        command_windows: format!("certutil -hashfile {LINE_FILE} SHA256"),
        digits: [&text[..4], &text[4..8], &text[8..DIGITS]].map(str::to_owned),
        line,
        ticket,
        rank,
        pool,
        quota,
        drawn: rank <= quota,
    }
}
