//! Short texts as machine words. A return of all England has fifteen million cells of at most eight characters: taken as one number each, they are
//! compared, looked up and checked whole instead of byte by byte.

/// At most eight bytes, the first one highest, with zeros after the last; nothing for a longer text. Words sort as their texts do.
#[inline]
pub const fn of(text: &[u8]) -> Option<u64> {
    if text.len() > 8 {
        return None;
    }
    // Two loads that overlap hold a text of four to eight bytes without a loop over them: what both hold, they hold alike.
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        let (first, last) = (u32::from_be_bytes(*first) as u64, u32::from_be_bytes(*last) as u64);
        return Some(first << 32 | last << (64 - 8 * text.len()));
    }
    Some(match *text {
        [a] => u64::from_be_bytes([a, 0, 0, 0, 0, 0, 0, 0]),
        [a, b] => u64::from_be_bytes([a, b, 0, 0, 0, 0, 0, 0]),
        [a, b, c] => u64::from_be_bytes([a, b, c, 0, 0, 0, 0, 0]),
        _ => 0,
    })
}

/// A word of eight equal bytes.
pub(crate) const fn all(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The high bit of each byte.
pub(crate) const HIGH: u64 = all(0x80);

/// The high bit of each byte that lies in `first..=last`, which are characters of ASCII.
#[inline]
pub(crate) const fn within(word: u64, first: u8, last: u8) -> u64 {
    // Without their high bits, bytes carry nothing into their neighbours when at most 128 is added to them.
    let low = word & !HIGH;
    let (from_first, after_last) = (low + all(0x80 - first), low + all(0x7F - last));
    from_first & !after_last & !word & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_its_bytes_then_zeros() {
        let text = *b"\xE9CREQB\0z9";
        for length in 0..=8 {
            let mut bytes = [0; 8];
            bytes[..length].copy_from_slice(&text[..length]);
            assert_eq!(of(&text[..length]), Some(u64::from_be_bytes(bytes)));
        }
        assert_eq!(of(&text), None);
    }

    #[test]
    fn bytes_in_a_range_are_told_beside_any_others() {
        for byte in 0..=255 {
            for beside in [0, b'/', b'0', b'9', b':', 127, 255] {
                let mark = |byte: u8| if byte.is_ascii_digit() { 0x80 } else { 0 };
                let expected = [beside, byte, beside, beside, byte, byte, beside, byte].map(mark);
                let bytes = [beside, byte, beside, beside, byte, byte, beside, byte];
                assert_eq!(within(u64::from_be_bytes(bytes), b'0', b'9'), u64::from_be_bytes(expected));
            }
        }
    }
}
