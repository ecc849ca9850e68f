//! What a published page carries of its draw, and how it is found again.
//!
//! The stand-alone page of a plan holds the verification file as the text of a `template`
//! element. That is inert: no browser shows or prints it, no screen reader reads it, it needs
//! no script, and a web editor that takes it away leaves the paper as it was. A script block
//! would be refused by the editors and policies of government sites, and a `details` element
//! would show its text.

/// The element's `id`.
pub const ELEMENT: &str = "double-random-verification";

/// The verification file that a page carries, if it does.
///
/// ```
/// use double_random::exchange::paper_package::{ELEMENT, package_in};
/// let page = format!("<p>甲</p><template id=\"{ELEMENT}\">{{&quot;a&quot;:&quot;&lt;&amp;lt;&quot;}}</template>");
/// assert_eq!(package_in(&page).as_deref(), Some("{\"a\":\"<&lt;\"}"));
/// assert_eq!(package_in("<p>甲</p>"), None);
/// ```
#[must_use]
pub fn package_in(page: &str) -> Option<String> {
    let (_, after) = page.split_once(&format!("<template id=\"{ELEMENT}\">"))?;
    let (escaped, _) = after.split_once("</template>")?;
    let open = escaped
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    // Last, so that what was written as `&amp;lt;` is `&lt;` again.
    Some(open.replace("&amp;", "&"))
}

/// Whether a file is such a page.
///
/// ```
/// use double_random::exchange::paper_package::{ELEMENT, is_carrying};
/// assert!(is_carrying(format!("<!DOCTYPE html><template id=\"{ELEMENT}\"></template>").as_bytes()));
/// assert!(!is_carrying(b"<table></table>"));
/// ```
#[must_use]
pub fn is_carrying(bytes: &[u8]) -> bool {
    let is_page = bytes.first() == Some(&b'<');
    let text = std::str::from_utf8(bytes).ok().filter(|_| is_page);
    text.is_some_and(|text| package_in(text).is_some())
}
