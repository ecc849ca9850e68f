//! Every byte of the published texts counts: a changed one is refused with its
//! place, or fails a claim that belongs to it, though the forger seals again.

use crate::golden;

use double_random::engine::certificate::Certificate;
use double_random::engine::lottery::canonical_json;
use double_random::engine::pace::{AtOnce, at_once};
use double_random::engine::read::ReadError;
use double_random::engine::register::PublishedRegister;
use double_random::engine::verify::{Claim, Examination, Outcome};
use double_random::exchange::verification::{DocumentError, read};
use golden::{AGENCIES, BASE, CAMPAIGN, COMBINED, RECORDS, Record, SUPPLEMENTARY};
use proptest::prelude::*;

/// A record with every kind of group, officers, plan and an early cell.
const RICH: usize = 15;
/// Records with what that one lacks: witnesses, a public value, visits set aside
/// because of a late tail and of contested officers.
const OTHERS: [(usize, &str); 12] = [
    (7, "/entropy"),
    (7, "/commitment/entropy"),
    (11, "/entropy"),
    (11, "/commitment/entropy"),
    (20, "/plan/set_aside"),
    (SUPPLEMENTARY, "/commitment/occasion/to"),
    (SUPPLEMENTARY, "/commitment/occasion/drawn"),
    (SUPPLEMENTARY, "/commitment/occasion/busy"),
    (COMBINED, "/commitment/occasion/in_plan"),
    (COMBINED, "/commitment/occasion/size"),
    (CAMPAIGN, "/commitment/occasion/id"),
    (AGENCIES, "/commitment/occasion/register"),
];

/// Registers, small ones because each change reads all of it: with withheld units,
/// and with officers who keep away from units.
const REGISTERS: [(usize, &str); 2] = [(5, ""), (RICH, "/officers")];

/// What the publisher alone vouches for: nothing follows from these words and
/// hours, and the short code, read aloud and printed, protects them. (Hours are
/// held to their order besides.)
const VOUCHED: [&str; 5] = [
    "/operator",
    "/supervisor",
    "/shown_at",
    "/committed_at",
    "/drawn_at",
];

/// The claims that belong to a part of the certificate.
fn claims_of(path: &str) -> &'static [Claim] {
    let belongs: &[(&str, &[Claim])] = &[
        ("/hash", &[Claim::CertificateHash]),
        ("/previous", &[Claim::Previous]),
        ("/commitment_hash", &[Claim::CommitmentHash]),
        // The words of the plan are bound by the commitment's hash alone.
        ("/commitment/entropy", &[Claim::CommitmentHash]),
        // What an occasion says in words is bound by the commitment's hash alone.
        (
            "/commitment/occasion",
            &[
                Claim::Occasion,
                Claim::GroupSizes,
                Claim::Cells,
                Claim::Tickets,
                Claim::Drawn,
            ],
        ),
        ("/commitment/genesis", &[Claim::Genesis]),
        ("/commitment/number", &[Claim::Seed]),
        ("/commitment/month", &[Claim::Seed]),
        ("/commitment/snapshot_root", &[Claim::UnitsRoot]),
        ("/commitment/officers_root", &[Claim::OfficersRoot]),
        ("/commitment/working_days_root", &[Claim::WorkingDays]),
        ("/commitment/blocked", &[Claim::Blocked]),
        ("/commitment/carried", &[Claim::Carried]),
        ("/commitment/mode", &[Claim::Load]),
        ("/commitment/window", &[Claim::Load]),
        ("/commitment/cells", &[Claim::Cells]),
        ("/commitment/second", &[Claim::Second]),
        ("/entropy_hash", &[Claim::EntropyHash]),
        ("/entropy", &[Claim::Entropy, Claim::Seed]),
        ("/missing_reveals", &[Claim::MissingReveals]),
        ("/seed", &[Claim::Seed]),
        ("/design", &[Claim::Design]),
        ("/working_days", &[Claim::WorkingDays]),
        ("/capacity", &[Claim::Capacity]),
        ("/minimum", &[Claim::Capacity]),
        ("/theta", &[Claim::Load]),
        (
            "/draws",
            &[
                Claim::GroupSizes,
                Claim::Tickets,
                Claim::Ranks,
                Claim::Drawn,
            ],
        ),
        ("/releases", &[Claim::Releases]),
        ("/plan/set_aside", &[Claim::SetAside]),
        (
            "/plan/visits",
            &[Claim::Days, Claim::Teams, Claim::PlanComplete],
        ),
        ("/plan", &[Claim::Teams]),
    ];
    let found = belongs.iter().find(|(part, _)| path.starts_with(part));
    found
        .unwrap_or_else(|| panic!("{path} belongs to no claim"))
        .1
}

/// The claims that belong to a part of the register.
fn register_claims_of(path: &str) -> &'static [Claim] {
    match path.split('/').nth(1) {
        Some("units" | "withheld") => &[Claim::UnitsRoot],
        Some("officers") => &[Claim::OfficersRoot],
        Some("annual_plan") => &[Claim::Genesis],
        _ => panic!("{path} belongs to no claim"),
    }
}

/// The part of a canonical JSON text to which each of its bytes belongs, as a JSON
/// pointer: a value, with its key.
fn paths(text: &str) -> Vec<String> {
    let mut paths = vec![String::new(); text.len()];
    let end = path_value(text.as_bytes(), 0, "", &mut paths);
    assert_eq!(end, text.len());
    paths
}

/// Notes the paths of the value that begins at `at`; returns where it ends.
fn path_value(text: &[u8], at: usize, path: &str, paths: &mut [String]) -> usize {
    let end = match text[at] {
        b'{' | b'[' => {
            let mut next = at + 1;
            let mut number = 0;
            while !matches!(text[next], b'}' | b']') {
                let begin = next;
                let mut own = format!("{path}/{number}");
                if text[at] == b'{' {
                    let end = text_end(text, next);
                    let key: String = serde_json::from_slice(&text[next..end]).unwrap();
                    own = format!("{path}/{key}");
                    next = end + 1;
                }
                paths[begin..next].fill(own.clone());
                next = path_value(text, next, &own, paths);
                number += 1;
                if text[next] == b',' {
                    paths[next] = own;
                    next += 1;
                }
            }
            paths[at] = path.to_owned();
            paths[next] = path.to_owned();
            return next + 1;
        }
        b'"' => text_end(text, at),
        _ => {
            let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']');
            at + text[at..].iter().position(ends).unwrap()
        }
    };
    paths[at..end].fill(path.to_owned());
    end
}

/// Where the text that begins at `at` ends.
fn text_end(text: &[u8], at: usize) -> usize {
    let mut next = at + 1;
    while text[next] != b'"' {
        next += if text[next] == b'\\' { 2 } else { 1 };
    }
    next + 1
}

/// A record's texts as they are published, with the certificate before it.
struct Published {
    certificate: String,
    register: String,
    sound: PublishedRegister,
    before: Option<Certificate>,
}

impl Published {
    fn new(at: usize) -> Self {
        let Record {
            certificate,
            register,
            ..
        } = Record::read(RECORDS[at].1);
        let before = certificate.previous.is_some();
        Self {
            certificate: certificate.canonical(),
            register: canonical_json(&register).unwrap(),
            sound: register,
            before: before.then(|| Record::read(RECORDS[at - 1].1).certificate),
        }
    }

    /// Why the certificate with a changed byte at `path` is not caught, if it is not.
    fn escapes(&self, changed: &[u8], path: &str) -> Option<String> {
        let certificate = match read_certificate(changed) {
            Ok(certificate) => certificate,
            Err(error) => return (!names_place(&error)).then(|| format!("{error:?}")),
        };
        let certificate = sealed_again(certificate, path);
        let claims = claims_of(path);
        let caught = fails(&certificate, &self.sound, self.before.as_ref(), claims);
        (!caught).then(|| format!("{claims:?} hold"))
    }
}

/// As [`Published::escapes`], of the register.
fn register_escapes(changed: &[u8], certificate: &Certificate, path: &str) -> Option<String> {
    // What is no text is refused before anything is read of it.
    let text = std::str::from_utf8(changed).ok()?;
    let register = match PublishedRegister::read(text) {
        Ok(register) => register,
        Err(error) => return (!names_place(&error)).then(|| format!("{error:?}")),
    };
    let claims = register_claims_of(path);
    (!fails(certificate, &register, None, claims)).then(|| format!("{claims:?} hold"))
}

fn read_certificate(bytes: &[u8]) -> Result<Certificate, ReadError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Certificate::read(text),
        // A file that is no text is refused before anything is read of it.
        Err(_) => match read(bytes) {
            Err(DocumentError::File(_)) => Err(ReadError::NotUnderstood { path: "/".into() }),
            other => panic!("no text, and {other:?}"),
        },
    }
}

/// Whether an error says where it is: a line, a part, or the format found.
fn names_place(error: &ReadError) -> bool {
    match error {
        ReadError::Format { .. } => true,
        ReadError::Shape { line, column, .. } => *line > 0 && *column > 0,
        ReadError::NotUnderstood { path } => path.starts_with('/'),
    }
}

/// What a forger would put right after a change at `path`: the hash of the
/// certificate, and of the part that he changed.
fn sealed_again(mut certificate: Certificate, path: &str) -> Certificate {
    if path.starts_with("/hash") {
        return certificate;
    }
    if path.starts_with("/entropy") && !path.starts_with("/entropy_hash") {
        certificate.entropy_hash = certificate.entropy.hash().unwrap();
    }
    if path.starts_with("/commitment/") && !path.starts_with("/commitment/entropy") {
        certificate.commitment_hash = certificate.commitment.hash().unwrap();
    }
    certificate.sealed()
}

/// Whether one of some claims fails; what follows again is worked out only if need be.
fn fails(
    certificate: &Certificate,
    register: &PublishedRegister,
    before: Option<&Certificate>,
    claims: &[Claim],
) -> bool {
    let mut examination = Examination::open(certificate, Some(register), before);
    let of_sizes = [Claim::Cells, Claim::Load, Claim::Second, Claim::Drawn];
    let of_plan = [Claim::SetAside, Claim::Days, Claim::Teams];
    if claims.iter().any(|claim| of_sizes.contains(claim)) {
        examination.work_out_sizes();
    }
    if claims.iter().any(|claim| of_plan.contains(claim)) {
        at_once(examination.work_out_plan(&AtOnce));
    }
    let mut claims = claims.iter();
    claims.any(|claim| matches!(examination.check(*claim).outcome, Outcome::Failed { .. }))
}

/// The bytes of a text with some bits of one turned.
fn turned(text: &str, at: usize, bits: u8) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] ^= bits;
    bytes
}

/// Bits that are turned: a digit or letter becomes another, a letter a capital, and
/// something that is no text.
const BITS: [u8; 4] = [1, 2, 32, 128];

/// The changes of certificate bytes that escape, of the parts that `counts`.
fn escaping(published: &Published, counts: impl Fn(&str) -> bool) -> Vec<String> {
    let mut escaped = Vec::new();
    let mut tried = 0;
    for (at, path) in paths(&published.certificate).iter().enumerate() {
        if !counts(path) || VOUCHED.iter().any(|part| path.starts_with(part)) {
            continue;
        }
        for bits in BITS {
            tried += 1;
            let changed = turned(&published.certificate, at, bits);
            if let Some(why) = published.escapes(&changed, path) {
                escaped.push(format!("byte {at}, bits {bits}, {path}: {why}"));
            }
        }
    }
    assert!(tried > 20, "{tried}");
    escaped
}

/// The part of a byte that belongs to the document as a whole is its braces.
fn is_part(path: &str) -> bool {
    !path.is_empty()
}

#[test]
fn every_byte_of_a_rich_certificate_is_caught_and_named() {
    let escaped = escaping(&Published::new(RICH), is_part);
    assert!(escaped.is_empty(), "{}: {escaped:#?}", escaped.len());
}

#[test]
fn every_byte_of_other_kinds_of_entropy_and_plan_is_caught_and_named() {
    for (at, part) in OTHERS {
        let escaped = escaping(&Published::new(at), |path| {
            path == part || path.starts_with(&format!("{part}/"))
        });
        assert!(escaped.is_empty(), "{at}, {}: {escaped:#?}", escaped.len());
    }
}

#[test]
fn every_byte_of_a_register_is_caught_and_named() {
    let mut escaped = Vec::new();
    for (at, part) in REGISTERS {
        let published = Published::new(at);
        let certificate = Certificate::read(&published.certificate).unwrap();
        for (place, path) in paths(&published.register).iter().enumerate() {
            if !is_part(path) || !path.starts_with(part) {
                continue;
            }
            for bits in BITS {
                let changed = turned(&published.register, place, bits);
                if let Some(why) = register_escapes(&changed, &certificate, path) {
                    escaped.push(format!("{at}, byte {place}, bits {bits}, {path}: {why}"));
                }
            }
        }
    }
    assert!(escaped.is_empty(), "{}: {escaped:#?}", escaped.len());
}

/// A line's end where none may be: the parser names column 0, which is no place.
#[test]
fn a_line_end_within_a_name_is_refused_with_its_place() {
    let published = Published::new(RICH);
    let changed = published.certificate.replacen("\"seed\"", "\"se\nd\"", 1);
    let error = read_certificate(changed.as_bytes()).unwrap_err();
    assert!(names_place(&error), "{error:?}");
}

/// The list of what the publisher vouches for is not longer than it must be.
#[test]
fn what_is_vouched_for_can_be_changed_by_who_seals_again() {
    let published = Published::new(RICH);
    let original = Certificate::read(&published.certificate).unwrap();
    let before = published.before.as_ref();
    let forgeries: [fn(&mut Certificate); 5] = [
        |certificate| certificate.operator.push('x'),
        |certificate| certificate.supervisor.push('x'),
        |certificate| certificate.shown_at.push('x'),
        |certificate| certificate.committed_at -= chrono::TimeDelta::seconds(1),
        |certificate| certificate.drawn_at += chrono::TimeDelta::seconds(1),
    ];
    for (forge, part) in forgeries.into_iter().zip(VOUCHED) {
        let mut forged = original.clone();
        forge(&mut forged);
        let (unsealed, forged) = (forged.clone(), forged.sealed());
        assert!(
            !fails(&forged, &published.sound, before, &Claim::ALL),
            "{part}"
        );
        assert!(
            fails(&unsealed, &published.sound, before, &Claim::ALL),
            "{part}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any byte of any record that is not large, changed to any other: not sealed
    /// again, so that every part counts.
    #[test]
    fn any_changed_byte_is_caught(at in prop_oneof![0_usize..24, BASE..=AGENCIES], place: prop::sample::Index, byte: u8, of_register: bool) {
        let published = Published::new(at);
        let text = if of_register { &published.register } else { &published.certificate };
        let place = place.index(text.len());
        prop_assume!(text.as_bytes()[place] != byte);
        let changed = turned(text, place, text.as_bytes()[place] ^ byte);
        if std::str::from_utf8(&changed).is_err() {
            // What is no text is refused as a file, whatever it would say.
            prop_assert!(matches!(read(&changed), Err(DocumentError::File(_))));
            return Ok(());
        }
        let (certificate, register) = if of_register {
            (published.certificate.as_bytes(), changed.as_slice())
        } else {
            (changed.as_slice(), published.register.as_bytes())
        };
        let (certificate, register) = (
            read_certificate(certificate),
            PublishedRegister::read(std::str::from_utf8(register).unwrap()),
        );
        let caught = match (&certificate, &register) {
            (Ok(certificate), Ok(register)) => fails(certificate, register, None, &Claim::ALL),
            (Err(error), _) | (_, Err(error)) => names_place(error),
        };
        prop_assert!(caught, "record {}, byte {}", at, place);
    }
}
