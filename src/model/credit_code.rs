//! 统一社会信用代码: the unified social credit code (GB 32100-2015) with the
//! organisation code (GB 11714) inside it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The code's alphabet; a character's value is its position. I O S V Z are not in it.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// 3^(i−1) mod 31 for places 1…17.
const WEIGHTS: [u32; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];
/// Weights of the organisation code's first eight characters (GB 11714).
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
/// Length of the code, in characters.
pub const CODE_CHARS: usize = 18;

/// A code whose form and check character hold.
///
/// ```
/// use double_random::model::SocialCreditCode;
/// let code = SocialCreditCode::parse(" 92130581ma0cwx2k9y ").unwrap();
/// assert_eq!(code.as_str(), "92130581MA0CWX2K9Y");
/// assert!(SocialCreditCode::parse("91350100M000100Y4Z").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct SocialCreditCode(String);

/// Why a text is no code. Places count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not 18 characters.
    #[error("{chars} characters instead of 18")]
    Length {
        /// How many there are after cleaning.
        chars: usize,
    },
    /// A character that the code never holds.
    #[error("character {found:?} at place {place} is not in the alphabet")]
    Character {
        /// Place in the code, from 1.
        place: usize,
        /// What stands there.
        found: char,
        /// What was probably meant (O→0, I→1, Z→2, S→5): a suggestion, never applied.
        suggestion: Option<String>,
    },
    /// The check character does not fit the others.
    #[error("check character {found:?} should be {expected:?}")]
    Check {
        /// What stands at place 18.
        found: char,
        /// What the first seventeen demand.
        expected: char,
    },
    /// A spreadsheet wrote the number in scientific notation; its digits are lost.
    #[error("digits were lost in a spreadsheet's scientific notation")]
    DigitsLost,
}

/// The printable ASCII sign that a full-width one (U+FF01…U+FF5E) stands for; all others as
/// they are.
#[must_use]
pub fn half_width(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        _ => sign,
    }
}

/// Full width → half width, upper case, spaces and hyphens out.
///
/// ```
/// assert_eq!(double_random::model::credit_code::clean("９２-13 a"), "9213A");
/// ```
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace() && *c != '-' && *c != '\u{feff}')
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

fn value(byte: u8) -> Option<u32> {
    ALPHABET.iter().position(|&b| b == byte).map(|at| at as u32)
}

/// The check character for the first seventeen values of a code.
fn check_character(values: &[u32]) -> char {
    let sum: u32 = values.iter().zip(WEIGHTS).map(|(v, w)| v * w).sum();
    // The outer remainder matters where the sum is a multiple of 31.
    char::from(ALPHABET[((31 - sum % 31) % 31) as usize])
}

/// What was probably meant by letters that the code never holds.
fn suggestion(text: &str) -> Option<String> {
    let fixed: String = text
        .chars()
        .map(|c| match c {
            'O' => '0',
            'I' => '1',
            'Z' => '2',
            'S' => '5',
            other => other,
        })
        .collect();
    SocialCreditCode::parse(&fixed).ok().map(|code| code.0)
}

impl SocialCreditCode {
    /// Cleans `text` and checks it.
    ///
    /// # Errors
    /// [`CodeError`]: length, a character outside the alphabet, or the check character.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let text = clean(text);
        if text.contains("E+") || (text.contains('.') && text.contains('E')) {
            return Err(CodeError::DigitsLost);
        }
        let chars = text.chars().count();
        if chars != CODE_CHARS {
            return Err(CodeError::Length { chars });
        }
        let mut values = Vec::with_capacity(CODE_CHARS);
        for (index, found) in text.chars().enumerate() {
            let is_division = (2..8).contains(&index);
            match u8::try_from(found).ok().and_then(value) {
                Some(v) if !is_division || v < 10 => values.push(v),
                _ => {
                    return Err(CodeError::Character {
                        place: index + 1,
                        found,
                        suggestion: suggestion_for(&text),
                    });
                }
            }
        }
        let expected = check_character(&values[..17]);
        let found = text.chars().nth(17).expect("18 characters were counted");
        if found == expected {
            Ok(Self(text))
        } else {
            Err(CodeError::Check { found, expected })
        }
    }

    /// Builds a code from its first eight characters and the organisation code's
    /// first eight, adding both check characters. For made-up registers.
    ///
    /// # Errors
    /// [`CodeError`] where the parts hold other characters or lengths.
    pub fn compose(head: &str, organisation: &str) -> Result<Self, CodeError> {
        let mut text = format!("{head}{organisation}");
        text.push(organisation_check(organisation).unwrap_or('0'));
        let values: Vec<u32> = text.bytes().filter_map(value).collect();
        if values.len() == 17 {
            text.push(check_character(&values));
        }
        Self::parse(&text)
    }

    /// The code as 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the organisation code inside checks; old codes may not, so this
    /// is only ever a warning.
    #[must_use]
    pub fn is_organisation_check_right(&self) -> bool {
        organisation_check(&self.0[8..16]) == self.0[16..17].chars().next()
    }
}

/// A suggestion only where the text itself holds letters that are easily mistaken.
fn suggestion_for(text: &str) -> Option<String> {
    if text.contains(['O', 'I', 'Z', 'S']) {
        suggestion(text)
    } else {
        None
    }
}

/// The check character of an organisation code's first eight (GB 11714): 0–9 A–Z
/// count 0–35, 11 − Σ mod 11, 10 → X, 11 → 0.
fn organisation_check(first_eight: &str) -> Option<char> {
    let mut sum = 0;
    for (c, weight) in first_eight.chars().zip(ORGANISATION_WEIGHTS) {
        sum += c.to_digit(36)? * weight;
    }
    Some(match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10)?,
    })
}

impl fmt::Display for SocialCreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for SocialCreditCode {
    type Error = CodeError;
    fn try_from(text: String) -> Result<Self, CodeError> {
        Self::parse(&text)
    }
}

impl From<SocialCreditCode> for String {
    fn from(code: SocialCreditCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_and_made_up_codes_check() {
        for code in [
            "12100000400000624D",
            "914403001922038216",
            "9144030071526726XG",
            "91330100799655058B",
            "91110000802100433B",
            "91100000100003962T",
            "911000001000013428",
            "92130581MA0CWX2K9Y",
            "93130581MA07KR5N67",
            "12130581402170387H",
            "N2130581MF8123WX37",
            "91130581MA00001620",
            "92130581MA000004XQ",
            "92130581MA00000904",
        ] {
            let parsed = SocialCreditCode::parse(code).unwrap();
            assert_eq!(parsed.as_str(), code);
        }
        assert!(
            SocialCreditCode::parse("92130581MA000004XQ")
                .unwrap()
                .is_organisation_check_right()
        );
        assert!(
            SocialCreditCode::parse("92130581MA00000904")
                .unwrap()
                .is_organisation_check_right()
        );
    }

    #[test]
    fn the_codes_faults_are_named() {
        assert!(matches!(
            SocialCreditCode::parse("91350100M000100Y4Z"),
            Err(CodeError::Character {
                place: 18,
                found: 'Z',
                ..
            })
        ));
        assert_eq!(
            SocialCreditCode::parse("9144"),
            Err(CodeError::Length { chars: 4 })
        );
        assert_eq!(
            SocialCreditCode::parse("9.144E+17"),
            Err(CodeError::DigitsLost)
        );
        assert_eq!(
            SocialCreditCode::parse("92130581MA0CWX2K9X"),
            Err(CodeError::Check {
                found: 'X',
                expected: 'Y'
            })
        );
        assert_eq!(
            SocialCreditCode::parse("9213O581MA0CWX2K9Y"),
            Err(CodeError::Character {
                place: 5,
                found: 'O',
                suggestion: Some("92130581MA0CWX2K9Y".into())
            })
        );
    }

    #[test]
    fn any_single_changed_character_is_caught() {
        let right = "92130581MA0CWX2K9Y";
        for place in 0..CODE_CHARS {
            for &other in ALPHABET {
                let mut bytes = right.as_bytes().to_vec();
                if bytes[place] == other {
                    continue;
                }
                bytes[place] = other;
                let text = String::from_utf8(bytes).unwrap();
                assert!(SocialCreditCode::parse(&text).is_err(), "{text}");
            }
        }
    }
}
