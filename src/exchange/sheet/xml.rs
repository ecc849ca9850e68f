//! Reading XML piece by piece, by local names alone: the prefixes and namespaces of strict
//! and of transitional files differ, and nothing else does.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::refusal::Refusal;

/// Bytes of one text that are kept; a cell holds 32 767 signs.
const TEXT_BYTES_MAX: usize = 1 << 20;

/// Elements within elements; deeper nesting is made to hurt.
const DEPTH_MAX: u32 = 256;

/// A piece of a document.
pub(super) enum Piece<'a> {
    /// An element begins.
    Start(&'a str, Attributes<'a>),
    /// An element ends.
    End(&'a str),
    /// Text inside one.
    Text(&'a str),
}

/// The attributes of an element, by local names.
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.find(|key| key == name)
    }

    /// The attribute of this local name; with `is_prefixed` only one with a prefix.
    pub(super) fn prefixed(&self, name: &str) -> Option<String> {
        self.find(|key| key.split_once(':').is_some_and(|(_, local)| local == name))
    }

    /// The attribute of this local name, with any prefix or none.
    pub(super) fn local(&self, name: &str) -> Option<String> {
        self.find(|key| key.rsplit(':').next() == Some(name))
    }

    fn find(&self, is_meant: impl Fn(&str) -> bool) -> Option<String> {
        let mut all = self.0.attributes();
        let found = all.with_checks(false).flatten();
        let mut found = found.filter(|attribute| is_meant(attribute.key.as_ref()));
        let attribute = found.next()?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        value.ok().map(std::borrow::Cow::into_owned)
    }

    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.local(name)?.trim().parse().ok()
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        matches!(self.local(name).as_deref(), Some("1" | "true" | "on"))
    }
}

/// Hands every piece of a document to `take`, in its order, until that refuses.
pub(super) fn each_piece(
    source: impl BufRead,
    mut take: impl FnMut(Piece<'_>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut reader = Reader::from_reader(source);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_dangling_amp = true;
    let mut buffer = Vec::new();
    let mut depth = 0_u32;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        match event.map_err(|_| Refusal::Damaged)? {
            Event::Start(start) | Event::Empty(start) => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return Err(Refusal::Damaged);
                }
                let name = start.local_name();
                take(Piece::Start(name.as_ref(), Attributes(&start)))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Piece::End(end.local_name().as_ref()))?;
            }
            Event::Text(text) => take(Piece::Text(&text.xml10_content()))?,
            Event::CData(text) => take(Piece::Text(&text.xml10_content()))?,
            Event::GeneralRef(reference) => {
                if let Ok(Some(sign)) = reference.resolve_char_ref() {
                    take(Piece::Text(sign.encode_utf8(&mut [0; 4])))?;
                } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(&reference)
                {
                    take(Piece::Text(text))?;
                }
            }
            Event::Eof => return Ok(()),
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {}
        }
    }
}

/// Adds to a text as much as a cell may hold.
pub(super) fn add(text: &mut String, more: &str) {
    if text.len() < TEXT_BYTES_MAX {
        text.push_str(more);
    }
}
