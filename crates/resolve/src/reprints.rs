//! Reprints: articles that are one wire's text under several house styles.
//!
//! A signature is a MinHash over the article's folded word shingles; equal parts of two signatures (bands) make them candidates;
//! what their signatures and lengths say of the shared text decides. A group is what hangs together, its id the least article key.
//! A reprint is a report like any other, but no source of its own. What must not live here: events, storage of signatures.
//!
//! The hashing is written out here and not taken from a library, since signatures are stored: they must be the same in every
//! version of the program. The tests compare it with a library and with the exact measure.

use crate::edtf;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use sijill_text::{fold_into, push_folded};
use std::collections::BTreeMap;

/// Values of a signature, and how many make a band.
pub const VALUES: usize = 128;
pub const ROWS: usize = 4;
/// Values that are worked out at a time; a divisor of their number.
const ABREAST: usize = 4;
/// Words of a shingle.
const SHINGLE: usize = 3;
/// Share of shingles in common, of both texts together, from which on two articles are one text.
const COMMON: f64 = 0.5;
/// Or: share of the shorter one's shingles that the longer one has: a desk cuts from the end.
const CONTAINED: f64 = 0.75;
/// The shorter one must be at least this share of the longer: in a survey of the day every short text would find itself, and through
/// it all of them would be one.
const LEAST_SHARE: f64 = 0.5;
/// Shorter texts say too little.
const LEAST_SHINGLES: u32 = 8;
/// A wire is reprinted within days; what looks alike weeks later is a form that is filled in again (prices, weather).
pub const DAYS: i32 = 3;

/// What remains of a text for comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Distinct shingles of the text.
    pub shingles: u32,
    pub values: Vec<u32>,
}

/// An article as this module needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    pub article: String,
    pub published: Option<String>,
    pub signature: Signature,
}

/// Spreads the bits of a number over all of it (the finaliser of SplitMix64).
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The letters of nearly every text, so that the table of all letters of the world need not be asked.
const LETTERS: std::ops::RangeInclusive<char> = '\u{0621}'..='\u{064A}';

fn shingles(text: &str) -> Vec<u64> {
    let (mut word, mut words) = (String::new(), Vec::new());
    for c in text.chars().chain(std::iter::once(' ')) {
        if LETTERS.contains(&c) {
            push_folded(c, &mut word);
            continue;
        }
        let before = word.len();
        if c.is_whitespace() || c.is_ascii_punctuation() {
            if !word.is_empty() {
                words.push(crate::hash::hash(&word));
                word.clear();
            }
            continue;
        }
        fold_into(c.encode_utf8(&mut [0; 4]), &mut word);
        // Quotation marks and the like end no word; they are house style.
        if word[before..].chars().any(|c| !LETTERS.contains(&c) && !c.is_alphanumeric()) {
            word.truncate(before);
        }
    }
    let mut out: Vec<u64> = words.windows(SHINGLE).map(|w| w.iter().fold(0, |h: u64, x| mix(h.rotate_left(7) ^ x))).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The signature of a text.
pub fn signature(text: &str) -> Signature {
    let list = shingles(text);
    let mut values = vec![u32::MAX; VALUES];
    // One multiplication a value: the shingle is a well-mixed number already. Some values at a time, so that the multiplications need not wait for each other.
    for (at, some) in values.chunks_exact_mut(ABREAST).enumerate() {
        let factors: [(u64, u64); ABREAST] = std::array::from_fn(|n| {
            let n = (at * ABREAST + n) as u64;
            (mix(2 * n + 1) | 1, mix(2 * n + 2))
        });
        let mut least = [u64::MAX; ABREAST];
        for s in &list {
            for (l, (a, b)) in least.iter_mut().zip(&factors) {
                *l = (*l).min(s.wrapping_mul(*a).wrapping_add(*b));
            }
        }
        for (value, l) in some.iter_mut().zip(least) {
            *value = (l >> 32) as u32;
        }
    }
    Signature { shingles: list.len() as u32, values }
}

/// Keys of the signature's bands: articles that share one are candidates. As blocks: each band key is a block, and
/// [`same`] decides each pair of it.
pub fn bands(s: &Signature) -> Vec<u64> {
    if s.shingles < LEAST_SHINGLES || s.values.len() != VALUES {
        return Vec::new();
    }
    s.values.chunks(ROWS).enumerate().map(|(n, row)| row.iter().fold(mix(n as u64 + 1), |h, v| mix(h ^ u64::from(*v)))).collect()
}

/// Days from one window to the next.
pub const STEP: i64 = 4;
/// The window of articles without a date.
pub const UNDATED: i64 = i64::MIN;

/// The windows of days in which an article is compared, as blocks: a window spans two steps, so that any two articles within a step of each other, and
/// so within the days of a reprint, share one. [`groups`] of each window, and what hangs together over windows, are the groups of all.
pub fn windows(published: Option<&str>) -> [i64; 2] {
    match published.and_then(edtf::days).and_then(|d| d.from) {
        Some(day) => {
            let w = i64::from(day).div_euclid(STEP);
            [w, w - 1]
        }
        None => [UNDATED; 2],
    }
}

/// The estimated share of common shingles (Jaccard).
pub fn jaccard(a: &Signature, b: &Signature) -> f64 {
    let n = a.values.len().min(b.values.len());
    if n == 0 { 0.0 } else { a.values.iter().zip(&b.values).filter(|(x, y)| x == y).count() as f64 / n as f64 }
}

/// Are two articles one text?
pub fn same(a: &Print, b: &Print) -> bool {
    let (x, y) = (&a.signature, &b.signature);
    let (small, large) = (x.shingles.min(y.shingles), x.shingles.max(y.shingles));
    if small < LEAST_SHINGLES {
        return false;
    }
    if let (Some(a), Some(b)) = (day(a), day(b))
        && (a - b).abs() > DAYS
    {
        return false;
    }
    let j = jaccard(x, y);
    let shared = j * f64::from(small + large) / (1.0 + j);
    j >= COMMON || f64::from(small) >= LEAST_SHARE * f64::from(large) && shared / f64::from(small) >= CONTAINED
}

/// The group of each article: the least key of those that hang together. Near-linear: only articles of neighbouring days that share
/// a band meet, and of equal signatures only one.
pub fn groups(prints: &[Print]) -> BTreeMap<String, String> {
    let mut order: Vec<&Print> = prints.iter().collect();
    order.sort_by(|a, b| a.article.cmp(&b.article));
    order.dedup_by(|a, b| a.article == b.article);
    let mut above: Vec<u32> = (0..order.len() as u32).collect();
    let mut first: FxHashMap<(Option<i32>, &[u32]), u32> = FxHashMap::default();
    let mut blocks: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (n, p) in order.iter().enumerate() {
        if p.signature.shingles >= LEAST_SHINGLES {
            let twin = *first.entry((day(p), &p.signature.values)).or_insert(n as u32);
            above[n] = twin;
            if twin != n as u32 {
                continue;
            }
        }
        for key in bands(&p.signature) {
            blocks.entry(key).or_default().push(n as u32);
        }
    }
    let mut keys: Vec<u64> = blocks.iter().filter(|(_, list)| list.len() > 1).map(|(k, _)| *k).collect();
    keys.sort_unstable();
    for key in keys {
        for (a, b) in pairs(&blocks[&key], &order) {
            let (x, y) = (root(&mut above, a), root(&mut above, b));
            if x != y && same(order[a as usize], order[b as usize]) {
                above[x.max(y) as usize] = x.min(y);
            }
        }
    }
    (0..order.len() as u32).map(|n| (order[n as usize].article.clone(), order[root(&mut above, n) as usize].article.clone())).collect()
}

/// Members of one band that are to be compared: each with those that follow it within the days of a reprint. Members without a
/// date meet all.
fn pairs(list: &[u32], order: &[&Print]) -> Vec<(u32, u32)> {
    let mut list: Vec<(Option<i32>, u32)> = list.iter().map(|&n| (day(order[n as usize]), n)).collect();
    list.sort_unstable();
    let undated = list.iter().take_while(|(d, _)| d.is_none()).count();
    let mut out = Vec::new();
    for (n, &(first, a)) in list.iter().enumerate() {
        for &(second, b) in &list[n + 1..] {
            if n >= undated && second.zip(first).is_some_and(|(s, f)| s - f > DAYS) {
                break;
            }
            out.push((a, b));
        }
    }
    out
}

fn day(p: &Print) -> Option<i32> {
    p.published.as_deref().and_then(edtf::days).and_then(|d| d.from)
}

fn root(above: &mut [u32], mut n: u32) -> u32 {
    while above[n as usize] != n {
        above[n as usize] = above[above[n as usize] as usize];
        n = above[n as usize];
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn print(article: &str, text: &str) -> Print {
        Print { article: article.into(), published: Some("2022-03-05".into()), signature: signature(text) }
    }

    const WIRE: &str = "التقى وزير الخارجية العماني في مسقط نظيره البلغاري، وبحث الجانبان سبل تطوير التعاون في مجالات النقل البحري والموانئ. \
        وقال الوزير العماني عقب اللقاء إن بلاده حريصة على فتح خط ملاحي مباشر بين البلدين قبل نهاية العام. ووصل الوزير البلغاري إلى مسقط أمس في زيارة تستغرق يومين.";

    #[test]
    fn house_style_does_not_make_a_source() {
        let styled = "مسقط - «وكالات» : إلتقى وزيرُ الخارجيّة العُماني في مسقط نظيره البلغاري وبحث الجانبان سُبل تطوير التعاون في مجالات النقل البحري والموانئ \
            . وقال الوزير العماني عقب اللقاء إن بلاده حريصة على فتح خط ملاحي مباشر بين البلدين قبل نهاية العام. ووصل الوزير البلغاري الى مسقط أمس في زيارة تستغرق يومين.";
        let other = "بحث وزير الخارجية العماني مع نظيره البلغاري الذي يزور مسقط التعاون بين البلدين، ولا سيما في الموانئ. ويغادر الضيف اليوم إلى صوفيا \
            بعد أن التقى رئيس مجلس الشورى ووزير النقل، ومن المنتظر أن توقع اتفاقية للملاحة في وقت لاحق من هذه السنة.";
        let g = groups(&[print("c", other), print("b", styled), print("a", WIRE)]);
        assert_eq!((g["a"].as_str(), g["b"].as_str(), g["c"].as_str()), ("a", "a", "c"));
    }

    #[test]
    fn a_form_filled_in_again_is_no_reprint() {
        let mut late = print("b", WIRE);
        late.published = Some("2022-04-05".into());
        assert!(same(&print("a", WIRE), &print("b", WIRE)));
        assert!(!same(&print("a", WIRE), &late));
    }

    #[test]
    fn a_cut_reprint_is_found_and_a_scrap_is_none() {
        let half: String = WIRE.chars().take(WIRE.chars().count() * 2 / 3).collect();
        assert!(same(&print("a", WIRE), &print("b", &half)));
        assert!(!same(&print("a", "خبر قصير جدا"), &print("b", "خبر قصير جدا")));
    }

    /// The estimate against the exact measure, on texts with a known share of common words.
    #[test]
    fn the_estimate_is_near_the_exact_measure() {
        let text = |from: usize| (from..from + 300).map(|n| format!("كلمة{n}")).collect::<Vec<_>>().join(" ");
        for shift in [0, 20, 60, 100, 150, 250] {
            let (a, b) = (text(0), text(shift));
            let (x, y): (BTreeSet<u64>, BTreeSet<u64>) = (shingles(&a).into_iter().collect(), shingles(&b).into_iter().collect());
            let exact = x.intersection(&y).count() as f64 / x.union(&y).count() as f64;
            let estimate = jaccard(&signature(&a), &signature(&b));
            assert!((exact - estimate).abs() < 0.13, "{shift}: exact {exact:.3}, estimate {estimate:.3}");
        }
    }

    /// A library's estimate on the same texts: what it takes for one text we take for one, and the other way.
    #[test]
    fn a_library_agrees() {
        use lshdedup_core::{Config, Index, ShingleUnit};
        let config = Config { num_hashes: VALUES, bands: VALUES / ROWS, shingle_size: SHINGLE, shingle_unit: ShingleUnit::Word, seed: 7 };
        let library = Index::new(config).expect("a valid configuration");
        let text = |from: usize, until: usize| (from..until).map(|n| format!("w{}", n * n)).collect::<Vec<_>>().join(" ");
        for (a, b) in [((0, 200), (0, 200)), ((0, 200), (10, 210)), ((0, 200), (40, 240)), ((0, 200), (120, 320)), ((0, 200), (500, 700)), ((0, 200), (0, 120))] {
            let (a, b) = (text(a.0, a.1), text(b.0, b.1));
            let theirs = Index::jaccard(&library.signature(&a), &library.signature(&b));
            let ours = jaccard(&signature(&a), &signature(&b));
            assert!((ours - theirs).abs() < 0.15, "ours {ours:.3}, the library's {theirs:.3}");
        }
    }
}
