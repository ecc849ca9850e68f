//! Makes the programs of the page small (RFC 7932, Brotli), natively, and large again, in the
//! page. A crate of its own, because one side is compiled for each of two machines and both
//! for speed.

use std::fmt;
use std::io::Read as _;

/// Why nothing came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file is damaged: a data block has other bytes")
    }
}

impl std::error::Error for Damaged {}

/// Packs `bytes`: slowly and as small as it goes, or quickly. The same bytes give the same.
///
/// ```
/// let program = b"\0asm and so on".repeat(50);
/// let packed = packing::pack(&program, true);
/// assert!(packed.len() < program.len() / 10);
/// let crc32 = crc32fast::hash(&packed);
/// assert_eq!(packing::unpacked(&packed, crc32, program.len()), Ok(program));
/// ```
#[cfg(not(target_arch = "wasm32"))]
pub fn pack(bytes: &[u8], is_smallest: bool) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: if is_smallest { 11 } else { 1 },
        // All of a program stays in sight.
        lgwin: 24,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params)
        .expect("reading and writing memory cannot fail");
    packed
}

/// What was packed. `crc32` is that of `packed`: the format has no checksum of its own.
///
/// # Errors
/// [`Damaged`], where the bytes are not those of `crc32`, or do not make `length`.
pub fn unpacked(packed: &[u8], crc32: u32, length: usize) -> Result<Vec<u8>, Damaged> {
    if crc32fast::hash(packed) != crc32 {
        return Err(Damaged);
    }
    let mut bytes = vec![0; length];
    let mut stream = brotli_decompressor::Decompressor::new(packed, 1 << 16);
    stream.read_exact(&mut bytes).map_err(|_| Damaged)?;
    match stream.read(&mut [0]) {
        Ok(0) => Ok(bytes),
        _ => Err(Damaged),
    }
}

/// [`unpacked`], for the page's start script.
///
/// # Errors
/// Words for whoever mends it.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn unpack(packed: &[u8], crc32: u32, length: usize) -> Result<Vec<u8>, wasm_bindgen::JsError> {
    Ok(unpacked(packed, crc32, length)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_packing_come_back_whatever_was_packed() {
        for length in [0, 1, 1_000, 200_000] {
            let bytes: Vec<u8> = (0..length)
                .map(|at: u32| (at.wrapping_mul(at) >> 5) as u8)
                .collect();
            for is_smallest in [true, false] {
                let packed = pack(&bytes, is_smallest);
                assert_eq!(packed, pack(&bytes, is_smallest));
                let back = unpacked(&packed, crc32fast::hash(&packed), bytes.len());
                assert_eq!(back.as_deref(), Ok(&bytes[..]));
            }
        }
    }

    #[test]
    fn what_is_damaged_does_not_come_back() {
        let bytes = b"\0asm and so on";
        let packed = pack(bytes, true);
        let crc32 = crc32fast::hash(&packed);
        for at in 0..packed.len() {
            let mut other = packed.clone();
            other[at] ^= 1;
            assert_eq!(unpacked(&other, crc32, bytes.len()), Err(Damaged));
        }
        let short = &packed[..packed.len() - 1];
        assert_eq!(unpacked(short, crc32, bytes.len()), Err(Damaged));
        let checked = crc32fast::hash(short);
        assert_eq!(unpacked(short, checked, bytes.len()), Err(Damaged));
        let longer = bytes.len() + 1;
        assert_eq!(unpacked(&packed, crc32, longer), Err(Damaged));
    }
}
