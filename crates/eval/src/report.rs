//! The figures as text: the same lines and digits as the standard's own scorer prints.

use crate::figures::Figures;
use crate::score::Parts;
use std::fmt::Write;

/// `v` with `digits` decimals, a half rounded to the even digit, as Python does it. (What Rust does with a half is not laid
/// down; the exact decimal expansion of a double is.)
pub fn fixed(v: f64, digits: usize) -> String {
    // No double below 1 needs more than 1074 decimals; figures that are ratios of counts need far fewer to be told from a half.
    let exact = format!("{v:.120}");
    let dot = exact.find('.').unwrap_or(exact.len());
    let (kept, rest) = exact.split_at((dot + 1 + digits).min(exact.len()));
    let half = format!("5{}", "0".repeat(rest.len().saturating_sub(1)));
    let last_odd = kept.bytes().rev().find(u8::is_ascii_digit).is_some_and(|d| (d - b'0') % 2 == 1);
    let up = rest > half.as_str() || (rest == half && last_odd);
    if !up {
        return kept.to_owned();
    }
    let mut digits: Vec<u8> = kept.bytes().collect();
    for d in digits.iter_mut().rev() {
        match d {
            b'9' => *d = b'0',
            b'0'..=b'8' => {
                *d += 1;
                return String::from_utf8(digits).unwrap_or_default();
            }
            _ => {}
        }
    }
    format!("1{}", String::from_utf8(digits).unwrap_or_default())
}

/// All figures, one a line.
pub fn table(f: &Figures, articles: usize, missing: usize) -> String {
    let mut out = format!("{articles} articles, {missing} without a record\n");
    for (name, t) in f.tallies() {
        let (p, r, f1) = (fixed(t.precision(), 3), fixed(t.recall(), 3), fixed(t.f1(), 3));
        let _ = writeln!(out, "{name:12} P {p}  R {r}  F1 {f1}   ({} of {} gold, {} given)", t.found, t.gold, t.pred);
    }
    for (name, s) in f.shares() {
        let value = if s.all == 0 { "0.000".to_owned() } else { fixed(s.value(), 3) };
        let _ = writeln!(out, "{name:12} {value}   ({} of {})", s.right, s.all);
    }
    let _ = writeln!(out, "{:12} {}", "record", fixed(f.record(), 3));
    out
}

/// The parts of the layers, one a line: `events visit`.
pub fn parts_table(parts: &Parts) -> String {
    let mut out = String::new();
    for ((layer, name), t) in parts {
        let (p, r, f1) = (fixed(t.precision(), 3), fixed(t.recall(), 3), fixed(t.f1(), 3));
        let _ = writeln!(out, "{layer:10} {name:14} P {p}  R {r}  F1 {f1}   ({} of {} gold, {} given)", t.found, t.gold, t.pred);
    }
    out
}

/// The figures as one JSON object; with `parts`, also the counts of the parts, by layer and name.
pub fn json(f: &Figures, articles: usize, missing: usize, parts: Option<&Parts>) -> String {
    // The shortest form of the rounded number, with at least one decimal.
    let number = |v: f64| {
        let s = fixed(v, 4);
        let s = s.trim_end_matches('0');
        if s.ends_with('.') { format!("{s}0") } else { s.to_owned() }
    };
    let f1: Vec<String> = f.tallies().iter().map(|(n, t)| format!("\"{n}\": {}", number(t.f1()))).collect();
    let mut out = format!("{{\"record\": {}, \"f1\": {{{}}}, \"articles\": {articles}, \"missing\": {missing}", number(f.record()), f1.join(", "));
    if let Some(parts) = parts {
        let part = |((layer, name), t): (&(&str, String), &crate::Tally)| {
            format!("{{\"layer\": \"{layer}\", \"part\": {}, \"found\": {}, \"gold\": {}, \"given\": {}}}", serde_json::Value::from(name.as_str()), t.found, t.gold, t.pred)
        };
        let _ = write!(out, ", \"parts\": [{}]", parts.iter().map(part).collect::<Vec<_>>().join(", "));
    }
    out + "}\n"
}

#[cfg(test)]
mod tests {
    use super::fixed;

    #[test]
    fn halves_go_to_the_even_digit() {
        for (v, digits, s) in [
            (0.0625, 3, "0.062"),
            (0.1875, 3, "0.188"),
            (0.5, 3, "0.500"),
            (1.0, 3, "1.000"),
            (0.9999, 3, "1.000"),
            (2.0 / 3.0, 4, "0.6667"),
            (0.0, 3, "0.000"),
            (0.00005, 4, "0.0001"),
        ] {
            assert_eq!(fixed(v, digits), s, "{v}");
        }
    }
}
