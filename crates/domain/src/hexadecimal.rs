//! Bytes as hexadecimal digits, and back.

/// Two small digits a byte.
pub fn written(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes of digits, small or large; nothing for half a byte or any other letter.
pub fn read(digits: &str) -> Option<Vec<u8>> {
    let half = |letter: &u8| char::from(*letter).to_digit(16).and_then(|half| u8::try_from(half).ok());
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| if let [high, low] = pair { Some(half(high)? << 4 | half(low)?) } else { None }).collect()
}

/// The bytes of digits, if they are so many.
pub fn read_exactly<const BYTES: usize>(digits: &str) -> Option<[u8; BYTES]> {
    read(digits)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_read_back_and_nothing_else_is_taken_for_them() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(read(&written(&all)), Some(all));
        assert_eq!(read("00aFFa"), Some(vec![0, 0xaf, 0xfa]));
        assert_eq!(read(""), Some(Vec::new()));
        for text in ["a", "abc", "0g", "+1", "-1", " 1", "ü", "0x"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!((read_exactly::<2>("0a0b"), read_exactly::<2>("0a"), read_exactly::<2>("0a0b0c")), (Some([10, 11]), None, None));
    }
}
