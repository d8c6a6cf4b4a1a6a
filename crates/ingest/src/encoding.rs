//! Bytes of a file to UTF-8, whatever program saved them.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The bytes as UTF-8 without a mark at the front, and the name of the encoding where they had to be converted.
pub(crate) fn to_utf8(bytes: &[u8]) -> (Cow<'_, [u8]>, Option<&'static str>) {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return if std::str::from_utf8(rest).is_ok() { (Cow::Borrowed(rest), None) } else { decoded(rest, WINDOWS_1252) };
    }
    match utf16(bytes) {
        Some(encoding) => decoded(bytes, encoding),
        None if std::str::from_utf8(bytes).is_ok() => (Cow::Borrowed(bytes), None),
        None => decoded(bytes, WINDOWS_1252),
    }
}

/// UTF-16 by its mark, or by the zero bytes that plain letters have in it.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] | [1..=127, 0, 1..=127, 0, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] | [0, 1..=127, 0, 1..=127, ..] => Some(UTF_16BE),
        _ => None,
    }
}

fn decoded(bytes: &[u8], encoding: &'static Encoding) -> (Cow<'static, [u8]>, Option<&'static str>) {
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    (Cow::Owned(text.into_owned().into_bytes()), Some(encoding.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_common_encoding_becomes_utf8() {
        let le: Vec<u8> = [0xFF, 0xFE].into_iter().chain("A,é".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let be: Vec<u8> = [0xFE, 0xFF].into_iter().chain("A,é".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        for (bytes, text, name) in [
            (&b"A,b"[..], "A,b", None),
            (b"\xEF\xBB\xBFA,b", "A,b", None),
            (b"A,\xE9", "A,é", Some("windows-1252")),
            (&le, "A,é", Some("UTF-16LE")),
            (&be, "A,é", Some("UTF-16BE")),
            (b"", "", None),
        ] {
            let (got, encoding) = to_utf8(bytes);
            assert_eq!(std::str::from_utf8(&got).unwrap(), text);
            assert_eq!(encoding, name);
        }
    }
}
