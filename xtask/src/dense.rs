//! Bytes as the text of a data block: seven bits a character.
//!
//! Base64 spends 33 % on being printable everywhere; a `<script>` data block of a UTF-8 page
//! needs no more than that the parser hands the text on unchanged. Of the 128 characters of
//! one byte it does so with all but three: NUL and CR, which it replaces, and `<`, which can
//! end the block. Each of the others stands for seven bits; in the place of one of those three
//! stands a character of two bytes that says which of them it is and carries the next seven
//! bits too. So a page grows by a seventh of the module instead of a third: as Albertini's
//! base122 (2016), which keeps clear of three characters more because it may stand in an
//! attribute. The other half is in `index.html`.

/// What a character of one byte must not be: the parser would not hand it on.
const FORBIDDEN: [u8; 3] = [0x00, 0x0d, b'<'];

/// First character of two bytes in use; the next 128 each stand for one forbidden character.
const PAIRS: u32 = 0x100;

/// The text of `bytes`. It may hold up to thirteen bits more, all zero: the reader has to know
/// how many bytes there are.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 7 * 8 + 8);
    let mut sevens = Sevens::new(bytes);
    while let Some(seven) = sevens.next() {
        match FORBIDDEN.iter().position(|forbidden| *forbidden == seven) {
            None => text.push(char::from(seven)),
            Some(which) => {
                let code = PAIRS + 128 * which as u32 + u32::from(sevens.next().unwrap_or(0));
                text.push(char::from_u32(code).expect("U+0100 to U+027F are characters"));
            }
        }
    }
    text
}

/// A byte string read seven bits at a time, the highest first.
struct Sevens<'a> {
    bytes: std::slice::Iter<'a, u8>,
    held: u32,
    bits: u32,
}

impl<'a> Sevens<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes: bytes.iter(),
            held: 0,
            bits: 0,
        }
    }
}

impl Iterator for Sevens<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.bits < 7 {
            match self.bytes.next() {
                Some(byte) => {
                    self.held = self.held << 8 | u32::from(*byte);
                    self.bits += 8;
                }
                None if self.bits == 0 => return None,
                None => {
                    self.held <<= 7 - self.bits;
                    self.bits = 7;
                }
            }
        }
        self.bits -= 7;
        Some((self.held >> self.bits & 0x7f) as u8)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// What the start script does.
    pub fn decode(text: &str) -> Vec<u8> {
        let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
        let mut put = |seven: u32| {
            held = (held << 7 | seven) & 0xffff;
            bits += 7;
            if bits >= 8 {
                bits -= 8;
                bytes.push((held >> bits) as u8);
            }
        };
        for code in text.chars().map(u32::from) {
            if code > 127 {
                put(u32::from(FORBIDDEN[(code / 128 - 2) as usize]));
            }
            put(code & 127);
        }
        bytes
    }

    #[test]
    fn all_bytes_come_back() {
        for bytes in [
            Vec::new(),
            vec![0],
            vec![0xff; 9],
            b"\0asm\r\n</script><!--".to_vec(),
        ] {
            assert_eq!(decode(&encode(&bytes))[..bytes.len()], bytes);
        }
        for length in 0..40_u8 {
            let bytes: Vec<u8> = (0..length).map(|at| at.wrapping_mul(89) ^ length).collect();
            assert_eq!(decode(&encode(&bytes))[..bytes.len()], bytes, "{length}");
        }
    }

    #[test]
    fn no_character_is_one_that_the_parser_changes() {
        let bytes: Vec<u8> = (0..=255).cycle().take(256 * 7).collect();
        let text = encode(&bytes);
        assert!(!text.contains(['\0', '\r', '<']));
        assert!(text.len() < bytes.len() * 8 / 7 + 3);
    }
}
