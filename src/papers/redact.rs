//! What of a record the public may know, by the publication class of each field. The types
//! here cannot hold more: a paper that is made of them has nothing to hide.

use crate::desk::visit_table::joined_address;
use crate::document::table::TableCell;
use crate::engine::occasion::OwnRegister;
use crate::i18n::Lang;
use crate::model::field::{Described, Publication};
use crate::model::{Agency, CandidateId, Engineer, Stratum, Unit};
use crate::workbook::kept::Kept as _;
use crate::workbook::{DrawRecord, Workbook};

/// A unit as it may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUnit(Known);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Known {
    Open {
        name: String,
        code: String,
        address: String,
    },
    /// 依法不公开, with the code under which it drew, if that joins it to no name.
    Withheld { alias: Option<CandidateId> },
}

/// The text of a field that is published as it is; empty for all others.
fn public<R: Described>(record: &R, key: &str) -> String {
    let mut fields = R::FIELDS.iter();
    let field = fields.find(|field| field.key == key && field.publication == Publication::Public);
    let value = field.map(|field| field.json(record));
    let text = value.as_ref().and_then(serde_json::Value::as_str);
    text.unwrap_or_default().to_owned()
}

impl PublicUnit {
    /// What a draw's paper may say of a unit.
    #[must_use]
    pub fn of(unit: &Unit, draw: &DrawRecord) -> Self {
        if let Some(withholding) = &unit.withheld {
            // Where it drew under its own id, before it was withheld, no code is told.
            let id = draw.id_of(unit);
            let alias = (id == withholding.alias).then_some(id);
            return Self(Known::Withheld { alias });
        }
        let address = joined_address(&public(unit, "township"), &public(unit, "address"));
        Self(Known::Open {
            name: public(unit, "name"),
            code: public(unit, "code"),
            address,
        })
    }

    /// Whether nothing names it.
    #[must_use]
    pub const fn is_withheld(&self) -> bool {
        matches!(self.0, Known::Withheld { .. })
    }

    /// Name, code and address.
    #[must_use]
    pub fn cells(&self, t: Lang) -> [TableCell; 3] {
        match &self.0 {
            Known::Open {
                name,
                code,
                address,
            } => [name, code, address].map(|words| TableCell::text(words.clone())),
            Known::Withheld { alias } => {
                let alias = alias.as_ref().map(ToString::to_string);
                let words = t.publish_withheld(alias.unwrap_or_default());
                [TableCell::text(words), TableCell::Blank, TableCell::Blank]
            }
        }
    }
}

/// An institution or an engineer as it may be published: name, number, and address or
/// employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicRecord([String; 3]);

impl PublicRecord {
    /// What may be said of a record of a register; none where it holds no such record.
    #[must_use]
    pub fn of(t: Lang, book: &Workbook, register: OwnRegister, id: &CandidateId) -> Option<Self> {
        let id = id.as_str();
        let cells = match register {
            OwnRegister::Agencies => {
                let agency = Agency::find(book, id)?;
                ["name", "code", "address"].map(|key| public(agency, key))
            }
            OwnRegister::Engineers => {
                let engineer = Engineer::find(book, id)?;
                let [number, employer] =
                    ["registration_number", "employer"].map(|key| public(engineer, key));
                let name = masked_person(&engineer.name);
                let grade = t.engineer_grade(engineer.grade);
                [format!("{name}（{grade}）"), number, employer]
            }
        };
        Some(Self(cells))
    }

    /// Name, number, and address or employer.
    #[must_use]
    pub fn cells(&self) -> [TableCell; 3] {
        self.0.each_ref().map(TableCell::text)
    }
}

/// A person's name of which only the first sign is told, and not how long it is.
///
/// ```
/// # use double_random::papers::redact::masked_person;
/// assert_eq!(masked_person("沙维新"), "沙＊＊");
/// assert_eq!(masked_person(""), "＊＊");
/// ```
#[must_use]
pub fn masked_person(name: &str) -> String {
    name.chars().take(1).chain("＊＊".chars()).collect()
}

/// 监管类别: key units are told from the rest, and nothing finer.
#[must_use]
pub const fn supervision(stratum: Stratum, t: Lang) -> &'static str {
    match stratum {
        Stratum::A | Stratum::B => t.publish_key(),
        Stratum::C => t.publish_general(),
    }
}
