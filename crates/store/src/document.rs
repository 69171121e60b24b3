//! What identifies an article, whatever source and order it comes in.
//!
//! What must not live here: reading of sources, reading of Arabic.

use xxhash_rust::xxh3::xxh3_64;

/// An article as a source gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The id that the source gives, none where it gives none.
    pub id: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    /// EDTF, or anything that begins with `YYYY-MM-DD`.
    pub published: Option<String>,
    pub text: String,
}

/// A hash of some fields; no two lists of fields run together to the same bytes.
pub fn hash(fields: &[&str]) -> u64 {
    let mut all = Vec::with_capacity(fields.iter().map(|f| f.len() + 9).sum());
    for f in fields {
        all.extend_from_slice(&(f.len() as u64).to_le_bytes());
        all.extend_from_slice(f.as_bytes());
    }
    xxh3_64(&all)
}

impl Document {
    /// The permanent key: of the address, else of outlet and id, else of the text.
    pub fn key(&self) -> String {
        let hash = match (&self.url, &self.id) {
            (Some(url), _) => hash(&["url", url]),
            (None, Some(id)) => hash(&["id", self.outlet.as_deref().unwrap_or(""), id]),
            (None, None) => hash(&["text", &self.text]),
        };
        format!("a{hash:016x}")
    }

    /// Its title, where the text does not begin with it: what search has to know besides the text.
    pub fn untold_title(&self) -> Option<&str> {
        self.title.as_deref().filter(|t| !self.text.trim_start().starts_with(t.trim()))
    }

    /// What makes it another version of the same article.
    pub fn version(&self) -> String {
        let field = |f: &Option<String>| f.clone().unwrap_or_default();
        format!("{:016x}", hash(&[&field(&self.id), &field(&self.url), &field(&self.outlet), &field(&self.title), &field(&self.published), &self.text]))
    }
}

/// The number of a block of resolution.
pub fn block_number(block: &str) -> i64 {
    xxh3_64(block.as_bytes()) as i64
}

/// A number of 48 bits for a report: what its permanent address is made of.
pub fn report_address(article: &str, event: &str) -> i64 {
    event_address(&sijill_resolve::hash::event_id(&format!("{article}#{event}"))).unwrap_or_default()
}

pub fn event_id(address: i64) -> String {
    format!("ev-{address:012x}")
}

/// The number in an event's id.
pub fn event_address(id: &str) -> Option<i64> {
    let hex = id.strip_prefix("ev-")?;
    if hex.len() == 12 { i64::from_str_radix(hex, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(url: Option<&str>, id: Option<&str>, outlet: Option<&str>, text: &str) -> Document {
        let own = |s: Option<&str>| s.map(str::to_owned);
        Document { id: own(id), url: own(url), outlet: own(outlet), text: text.to_owned(), ..Document::default() }
    }

    #[test]
    fn the_best_identity_makes_the_key() {
        assert_eq!(doc(Some("u"), Some("1"), None, "a").key(), doc(Some("u"), Some("2"), Some("x"), "b").key());
        assert_eq!(doc(None, Some("1"), Some("x"), "a").key(), doc(None, Some("1"), Some("x"), "b").key());
        assert_ne!(doc(None, Some("1"), Some("x"), "a").key(), doc(None, Some("1"), Some("y"), "a").key());
        assert_eq!(doc(None, None, None, "a").key(), doc(None, None, Some("x"), "a").key());
        assert_ne!(doc(None, None, None, "a").key(), doc(None, None, None, "b").key());
        assert_ne!(doc(Some("u"), None, None, "a").version(), doc(Some("u"), None, None, "b").version());
    }

    #[test]
    fn ids_of_events_go_there_and_back() {
        let a = report_address("a0123", "e1");
        assert_eq!(event_address(&event_id(a)), Some(a));
        assert_eq!(event_address("ev-12"), None);
    }
}
