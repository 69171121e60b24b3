//! Labels that are put together from parts.
//!
//! What must not live here: any word; the parts are the lexicon's.

use sijill_lexicon::codes::Codes;

/// The level of a relation, in Arabic or in English.
pub fn level(codes: &Codes, level: &str, arabic: bool) -> String {
    let word = |part: &str| codes.label("relation", part).map_or_else(|| part.to_owned(), |(ar, en)| (if arabic { ar } else { en }).to_owned());
    if codes.label("relation", level).is_some() {
        return word(level);
    }
    let (mut front, mut rest, mut tail) = (Vec::new(), level, "");
    if let Some(r) = rest.strip_suffix("-in-the-new-era") {
        (rest, tail) = (r, "in-the-new-era");
    }
    for part in ["permanent", "all-weather", "comprehensive"] {
        if let Some(r) = rest.strip_prefix(part).and_then(|r| r.strip_prefix('-')) {
            front.push(part);
            rest = r;
        }
    }
    let mut parts: Vec<String> = front.iter().map(|p| word(p)).collect();
    if arabic {
        // Arabic adjectives follow their noun, the nearest of them last spoken.
        parts.reverse();
        parts.insert(0, word(rest));
    } else {
        parts.push(word(rest));
    }
    if !tail.is_empty() {
        parts.push(word(tail));
    }
    parts.join(" ")
}
