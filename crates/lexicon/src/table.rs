//! Two flat tables: strings to dense numbers, and sequences of numbers to payloads.
//!
//! Both are rows of numbers that are read where they lie in the binary: the start of the program decodes nothing of them and
//! builds no hash map.

use rustc_hash::FxHasher;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::hash::Hasher;

/// No such entry.
pub const NONE: u32 = u32::MAX;

/// Bytes of the binary, or of a table under construction.
#[derive(Default, Clone)]
pub(crate) struct Bytes(Cow<'static, [u8]>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_bytes(&self.0)
    }
}

impl<'de: 'static> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        <&'de [u8]>::deserialize(d).map(|b| Self(Cow::Borrowed(b)))
    }
}

/// Numbers in a row, four bytes each, the lowest first.
#[derive(Serialize, Deserialize, Default, Clone)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Numbers(Bytes);

impl Numbers {
    fn new(n: u32, len: usize) -> Self {
        Self(Bytes(n.to_le_bytes().repeat(len).into()))
    }

    #[inline]
    fn all(&self) -> &[[u8; 4]] {
        self.0.0.as_chunks().0
    }

    pub fn len(&self) -> usize {
        self.all().len()
    }

    #[inline]
    pub fn get(&self, i: usize) -> u32 {
        u32::from_le_bytes(self.all()[i])
    }

    pub fn set(&mut self, i: usize, n: u32) {
        self.0.0.to_mut()[4 * i..4 * i + 4].copy_from_slice(&n.to_le_bytes());
    }

    pub fn push(&mut self, n: u32) {
        self.0.0.to_mut().extend_from_slice(&n.to_le_bytes());
    }

    /// The numbers of row `i`, where each row has `N`.
    #[inline]
    fn row<const N: usize>(&self, i: usize) -> [u32; N] {
        let row = &self.all()[N * i..][..N];
        std::array::from_fn(|k| u32::from_le_bytes(row[k]))
    }

    fn set_row<const N: usize>(&mut self, i: usize, row: [u32; N]) {
        for (k, n) in row.into_iter().enumerate() {
            self.set(N * i + k, n);
        }
    }
}

/// Strings to dense numbers from 0, by open addressing.
#[derive(Serialize, Deserialize, Default, Clone)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Table {
    text: Bytes,
    ends: Numbers,
    /// A string's number in the low bits, some of its hash above them: nearly every string that is not meant shows itself without a
    /// look at its letters.
    slots: Numbers,
}

/// Bits of a slot that hold the number.
const NUMBER: u32 = 24;

fn hash(s: &str) -> u64 {
    let mut h = FxHasher::default();
    h.write(s.as_bytes());
    h.finish()
}

/// Where to look first (the high bits of the hash are the good ones), and what the slot shows of the hash.
#[inline]
fn place(s: &str) -> (usize, u32) {
    let h = hash(s);
    ((h >> 20) as usize, (h >> 56) as u32)
}

impl Table {
    /// The most strings that a table can number.
    pub const MOST: usize = (1 << NUMBER) - 1;

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline]
    fn bytes(&self, id: u32) -> &[u8] {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends.get(id - 1) };
        &self.text.0[start as usize..self.ends.get(id) as usize]
    }

    pub fn name(&self, id: u32) -> &str {
        std::str::from_utf8(self.bytes(id)).unwrap_or_default()
    }

    #[inline]
    pub fn get(&self, s: &str) -> Option<u32> {
        if self.slots.len() == 0 {
            return None;
        }
        let mask = self.slots.len() - 1;
        let (at, shown) = place(s);
        let mut at = at & mask;
        loop {
            let slot = self.slots.get(at);
            if slot == NONE {
                return None;
            }
            let id = slot & Self::MOST as u32;
            if slot >> NUMBER == shown && self.bytes(id) == s.as_bytes() {
                return Some(id);
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of `s`, a new one if it has none yet.
    pub fn intern(&mut self, s: &str) -> u32 {
        if let Some(id) = self.get(s) {
            return id;
        }
        let id = self.len() as u32;
        self.text.0.to_mut().extend_from_slice(s.as_bytes());
        self.ends.push(self.text.0.len() as u32);
        if self.slots.len() < 2 * self.len() {
            self.grow();
        } else {
            self.enter(id);
        }
        id
    }

    fn enter(&mut self, id: u32) {
        let mask = self.slots.len() - 1;
        let (at, shown) = place(self.name(id));
        let mut at = at & mask;
        while self.slots.get(at) != NONE {
            at = (at + 1) & mask;
        }
        self.slots.set(at, shown << NUMBER | id);
    }

    fn grow(&mut self) {
        let size = (self.len() * 4).next_power_of_two().max(16);
        self.slots = Numbers::new(NONE, size);
        for id in 0..self.len() as u32 {
            self.enter(id);
        }
    }
}

/// Sequences of word numbers to payload numbers: the longest wins, the walker decides.
#[derive(Serialize, Deserialize, Default, Clone)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Trie {
    /// Rows of node, word, next node, by open addressing.
    slots: Numbers,
    edges: u32,
    /// For each node the first payload in `links`; payloads of a node are a list linked by index.
    heads: Numbers,
    /// Rows of payload, index of the next.
    links: Numbers,
}

fn mix(node: u32, word: u32) -> usize {
    let x = (u64::from(node) << 32 | u64::from(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (x >> 24) as usize
}

impl Trie {
    pub const ROOT: u32 = 0;

    pub fn new() -> Self {
        Self { heads: Numbers::new(NONE, 1), ..Self::default() }
    }

    /// How many edges there is room for.
    #[inline]
    fn room(&self) -> usize {
        self.slots.len() / 3
    }

    #[inline]
    pub fn step(&self, node: u32, word: u32) -> Option<u32> {
        if self.room() == 0 {
            return None;
        }
        let mask = self.room() - 1;
        let mut at = mix(node, word) & mask;
        loop {
            match self.slots.row(at) {
                [NONE, _, _] => return None,
                [n, w, next] if n == node && w == word => return Some(next),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// The payloads of a node, in the order of their insertion.
    pub fn payloads(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let mut at = self.heads.get(node as usize);
        std::iter::from_fn(move || {
            if at == NONE {
                return None;
            }
            let [payload, next] = self.links.row(at as usize);
            at = next;
            Some(payload)
        })
    }

    /// Every sequence with its payloads, in the order in which the nodes were made.
    pub fn sequences(&self) -> Vec<(Vec<u32>, Vec<u32>)> {
        let mut above = vec![(NONE, NONE); self.heads.len()];
        for [from, word, to] in (0..self.slots.len() / 3).map(|i| self.slots.row(i)).filter(|s| s[0] != NONE) {
            above[to as usize] = (from, word);
        }
        let mut out = Vec::new();
        for node in 0..self.heads.len() as u32 {
            let payloads: Vec<u32> = self.payloads(node).collect();
            if payloads.is_empty() {
                continue;
            }
            let (mut words, mut at) = (Vec::new(), node);
            while at != Self::ROOT && at != NONE {
                let (parent, word) = above[at as usize];
                words.push(word);
                at = parent;
            }
            words.reverse();
            out.push((words, payloads));
        }
        out
    }

    pub fn insert(&mut self, words: &[u32], payload: u32) {
        let mut node = Self::ROOT;
        for &w in words {
            node = match self.step(node, w) {
                Some(n) => n,
                None => {
                    let n = self.heads.len() as u32;
                    self.heads.push(NONE);
                    self.edges += 1;
                    if self.room() < 2 * self.edges as usize {
                        self.grow();
                    }
                    self.enter([node, w, n]);
                    n
                }
            };
        }
        // At the end of the node's list, so that the order of the files is the order of the payloads.
        let new = (self.links.len() / 2) as u32;
        let mut at = self.heads.get(node as usize);
        if at == NONE {
            self.heads.set(node as usize, new);
        } else {
            loop {
                let [p, next] = self.links.row(at as usize);
                if p == payload {
                    return;
                }
                if next == NONE {
                    self.links.set_row(at as usize, [p, new]);
                    break;
                }
                at = next;
            }
        }
        self.links.push(payload);
        self.links.push(NONE);
    }

    fn enter(&mut self, edge: [u32; 3]) {
        let mask = self.room() - 1;
        let mut at = mix(edge[0], edge[1]) & mask;
        while self.slots.row::<3>(at)[0] != NONE {
            at = (at + 1) & mask;
        }
        self.slots.set_row(at, edge);
    }

    fn grow(&mut self) {
        let size = (self.edges as usize * 4).next_power_of_two().max(64);
        let old = std::mem::replace(&mut self.slots, Numbers::new(NONE, 3 * size));
        for edge in (0..old.len() / 3).map(|i| old.row(i)).filter(|e: &[u32; 3]| e[0] != NONE) {
            self.enter(edge);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_finds_what_was_put_in_and_nothing_else() {
        let mut t = Table::default();
        let ids: Vec<u32> = (0..2000).map(|i| t.intern(&format!("w{i}"))).collect();
        assert_eq!(ids, (0..2000).collect::<Vec<u32>>());
        assert!((0..2000).all(|i| t.get(&format!("w{i}")) == Some(i) && t.name(i) == format!("w{i}")));
        assert_eq!(t.get("w2000"), None);
    }

    #[test]
    fn trie_keeps_every_payload_once_in_order() {
        let mut t = Trie::new();
        t.insert(&[1, 2], 7);
        t.insert(&[1], 8);
        t.insert(&[1, 2], 9);
        t.insert(&[1, 2], 7);
        let one = t.step(Trie::ROOT, 1).unwrap();
        let two = t.step(one, 2).unwrap();
        assert_eq!(t.payloads(one).collect::<Vec<_>>(), [8]);
        assert_eq!(t.payloads(two).collect::<Vec<_>>(), [7, 9]);
        assert_eq!(t.step(two, 1), None);
        assert_eq!(t.sequences(), [(vec![1], vec![8]), (vec![1, 2], vec![7, 9])]);
    }
}
