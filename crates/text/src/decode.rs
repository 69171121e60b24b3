//! Bytes to text: byte order marks, UTF-8, UTF-16, and the legacy encodings, guessed where nothing says which.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded text and how it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    /// The name of the encoding, as the Encoding Standard has it.
    pub encoding: &'static str,
    /// Some bytes meant nothing in that encoding and became U+FFFD.
    pub broken: bool,
}

/// Decodes `bytes`. A byte order mark decides (and is removed); else valid UTF-8; else UTF-16 by its zero bytes; else a
/// guess among the legacy encodings. UTF-8 with a few broken bytes stays UTF-8: each broken sequence becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[skip..]);
    }
    if let Some(encoding) = utf16_by_shape(bytes) {
        return with(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), broken: false };
    }
    if mostly_utf8(bytes) {
        return with(UTF_8, bytes);
    }
    let mut guess = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    guess.feed(bytes, true);
    with(guess.guess(None, chardetng::Utf8Detection::Allow), bytes)
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), broken }
}

/// UTF-16 without a mark: in Arabic text the high byte of most units is 0x06 or 0x00.
fn utf16_by_shape(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 8 {
        return None;
    }
    let high = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| matches!(b, 0 | 6)).count() * 10 / (head.len() / 2);
    match (high(0), high(1)) {
        (9.., ..5) => Some(UTF_16BE),
        (..5, 9..) => Some(UTF_16LE),
        _ => None,
    }
}

/// Are the multi-byte sequences overwhelmingly valid UTF-8? Legacy Arabic bytes never are.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 8 * bad
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "التقى وزير الخارجية نظيره في العاصمة يوم الأحد، وبحثا العلاقات بين البلدين.";

    #[test]
    fn every_encoding() {
        let (legacy, _, _) = encoding_rs::WINDOWS_1256.encode(TEXT);
        let le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut bom = vec![0xEF, 0xBB, 0xBF];
        bom.extend(TEXT.as_bytes());
        let mut le_bom = vec![0xFF, 0xFE];
        le_bom.extend(&le);
        for (bytes, name) in [(TEXT.as_bytes(), "UTF-8"), (&bom, "UTF-8"), (&legacy[..], "windows-1256"), (&le, "UTF-16LE"), (&be, "UTF-16BE"), (&le_bom, "UTF-16LE")] {
            let d = decode(bytes);
            assert_eq!((d.text.as_str(), d.encoding, d.broken), (TEXT, name, false));
        }
    }

    #[test]
    fn broken_utf8_stays_utf8_and_says_so() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.insert(20, 0xFF);
        let d = decode(&bytes);
        assert_eq!((d.encoding, d.broken), ("UTF-8", true));
        assert!(d.text.contains('\u{FFFD}'));
    }
}
