//! Hash routes: the only place that knows URLs.
//!
//! `#/page/id?key=value`. Only the hash is used, because a page opened from a
//! file share has no other address that it may change.

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::model::field::RegisterKind;
use crate::workbook::DrawRecord;

/// A page. The order is that of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Page {
    /// 工作台.
    #[default]
    Home,
    /// 年度计划.
    Plan,
    /// 月度抽查; the id is the month, such as `2026-08`.
    Month,
    /// 专项检查; the id is the scheme's year and number, such as `2026-1`.
    Campaign,
    /// 检查任务; the id is a visit's draw and unit, such as `2026-01.NG-00007`.
    Visits,
    /// 定期核查; the id is a report's year and number, such as `2026-10`.
    SelfCheck,
    /// 公示发布; the id is a year and what is published of it, such as `2026-plan-5`.
    Publish,
    /// 单位; the id is the unit's.
    Units,
    /// 执法人员; the id is the officer's.
    Officers,
    /// 服务机构; the id is the agency's.
    Agencies,
    /// 注册消防工程师, beside the agencies; the id is the engineer's.
    Engineers,
    /// Draws of agencies or engineers; the id is the register, `draw` a draw's name.
    OwnDraws,
    /// 事项清单.
    Items,
    /// 公平检验.
    Fairness,
    /// 操作记录.
    Trail,
    /// 验证; the id is the number of a draw of the open workbook. Needs no store.
    Verify,
    /// 设置与备份.
    Settings,
    /// 帮助.
    Help,
    /// 导入表格: a spreadsheet on its way in.
    Import,
    /// 名录维护: comparisons with other lists, and units that may be gone; `list` is the one on
    /// show.
    Upkeep,
    /// 大屏展示, the whole window; the id is the draw's number, `unit` a unit's place in it.
    Ceremony,
}

impl Page {
    /// All pages, in the order of the navigation.
    pub const ALL: [Self; 21] = [
        Self::Home,
        Self::Plan,
        Self::Month,
        Self::Campaign,
        Self::Visits,
        Self::SelfCheck,
        Self::Publish,
        Self::Units,
        Self::Officers,
        Self::Agencies,
        Self::Engineers,
        Self::OwnDraws,
        Self::Items,
        Self::Fairness,
        Self::Trail,
        Self::Verify,
        Self::Settings,
        Self::Help,
        Self::Import,
        Self::Upkeep,
        Self::Ceremony,
    ];

    /// The page of a register.
    #[must_use]
    pub const fn of(register: RegisterKind) -> Self {
        match register {
            RegisterKind::Units => Self::Units,
            RegisterKind::Officers => Self::Officers,
            RegisterKind::Items => Self::Items,
            RegisterKind::Agencies => Self::Agencies,
            RegisterKind::Engineers => Self::Engineers,
            RegisterKind::Results => Self::Visits,
        }
    }

    /// The page's name in the address.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Plan => "plan",
            Self::Month => "month",
            Self::Campaign => "campaign",
            Self::Visits => "visits",
            Self::SelfCheck => "selfcheck",
            Self::Publish => "publish",
            Self::Units => "units",
            Self::Officers => "officers",
            Self::Agencies => "agencies",
            Self::Engineers => "engineers",
            Self::OwnDraws => "own-draws",
            Self::Items => "items",
            Self::Fairness => "fairness",
            Self::Trail => "trail",
            Self::Verify => "verify",
            Self::Settings => "settings",
            Self::Help => "help",
            Self::Import => "import",
            Self::Upkeep => "upkeep",
            Self::Ceremony => "ceremony",
        }
    }
}

/// An address within the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    pub page: Page,
    /// The record shown, if any.
    pub id: Option<String>,
    /// Filters.
    pub query: BTreeMap<String, String>,
}

impl Route {
    /// A page without record or filters.
    #[must_use]
    pub fn to(page: Page) -> Self {
        Self {
            page,
            ..Self::default()
        }
    }

    /// A record of a page.
    #[must_use]
    pub fn record(page: Page, id: impl Into<String>) -> Self {
        Self {
            page,
            id: Some(id.into()),
            query: BTreeMap::new(),
        }
    }

    /// The page that tells of a draw: of its month, or of its register.
    #[must_use]
    pub fn of_draw(draw: &DrawRecord) -> Self {
        match draw.own_register() {
            Some(register) => {
                Self::record(Page::OwnDraws, register.name()).with("draw", draw.id().to_string())
            }
            None => Self::record(Page::Month, draw.month.to_string())
                .with("draw", draw.number.to_string()),
        }
    }

    /// The same route with one filter set, or taken out where `value` is empty.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        if value.is_empty() {
            self.query.remove(key);
        } else {
            self.query.insert(key.to_owned(), value);
        }
        self
    }

    /// Reads a location's hash. An unknown page is the home page.
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        let text = hash.trim_start_matches('#').trim_start_matches('/');
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let (page, id) = path.split_once('/').unwrap_or((path, ""));
        let page = Page::ALL
            .into_iter()
            .find(|known| known.path() == page)
            .unwrap_or_default();
        let pairs = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decode(key), decode(value))
            });
        Self {
            page,
            id: (!id.is_empty()).then(|| decode(id)),
            query: pairs.collect(),
        }
    }

    /// Whether a location's hash leads to a page there is; without a hash it leads home.
    #[must_use]
    pub fn is_known(hash: &str) -> bool {
        let text = hash.trim_start_matches('#').trim_start_matches('/');
        let page = text.split(['?', '/']).next().unwrap_or_default();
        page.is_empty() || Page::ALL.into_iter().any(|known| known.path() == page)
    }

    /// The hash of this route, such as `#/units/NG-02051?stratum=A`.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hash = format!("#/{}", self.page.path());
        if let Some(id) = &self.id {
            hash.push('/');
            hash.push_str(&encode(id));
        }
        for (at, (key, value)) in self.query.iter().enumerate() {
            hash.push(if at == 0 { '?' } else { '&' });
            hash.push_str(&format!("{}={}", encode(key), encode(value)));
        }
        hash
    }
}

/// What `encodeURIComponent` leaves as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

fn encode(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

/// A text that cannot be decoded stays as it is.
fn decode(text: &str) -> String {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map_or_else(|_| text.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_as_it_was_written() {
        let route = Route::record(Page::Units, "NG-02051")
            .with("q", "苏村 & 50%")
            .with("stratum", "A");
        let hash = route.hash();
        assert_eq!(
            hash,
            "#/units/NG-02051?q=%E8%8B%8F%E6%9D%91%20%26%2050%25&stratum=A"
        );
        assert_eq!(Route::parse(&hash), route);
        for page in Page::ALL {
            assert_eq!(Route::parse(&Route::to(page).hash()), Route::to(page));
        }
    }

    #[test]
    fn an_empty_filter_leaves_the_address() {
        let route = Route::to(Page::Units).with("q", "药房").with("q", "");
        assert_eq!(route.hash(), "#/units");
    }

    #[test]
    fn foreign_addresses_do_no_harm() {
        assert_eq!(Route::parse(""), Route::default());
        assert_eq!(Route::parse("#/nowhere"), Route::default());
        assert!(!Route::is_known("#/nowhere?q=1") && !Route::is_known("#/unit/NG-00001"));
        for known in ["", "#", "#/", "#/?demo", "#/units/NG-00001?q=1", "#units"] {
            assert!(Route::is_known(known), "{known}");
        }
        assert_eq!(Route::parse("#/units?").query.len(), 0);
        let broken = Route::parse("#/units/%E8%8?q=%zz&a=%+1&b");
        assert_eq!(broken.id.as_deref(), Some("%E8%8"));
        assert_eq!(broken.query["q"], "%zz");
        assert_eq!(broken.query["a"], "%+1");
        assert_eq!(broken.query["b"], "");
    }
}
