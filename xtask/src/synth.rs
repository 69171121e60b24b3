//! `cargo xtask synth N FILE`: articles put together from sentences of our own, for measuring on many.
//!
//! What makes archives hard is in it: one happening is told by several outlets, some in words of their own, most as reprints of one wire in their
//! house style; it is announced, then told of; the same page comes twice, or again in another version; a line is broken; few pairs of states make
//! most of the news. Always the same bytes for the same N. What must not live here: Arabic (`data/synth.toml`).

use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use toml::Value;

/// Days over which the happenings are spread, and the first of them: ten years.
const DAYS: u64 = 3_650;
const FIRST: i64 = 16_071;

/// SplitMix64: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
    fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }
    /// The lower numbers far more often than the higher.
    fn uneven(&mut self, n: usize) -> usize {
        let x = (self.next() % 10_000) as f64 / 10_000.0;
        ((x * x * n as f64) as usize).min(n - 1)
    }
    fn one<'a>(&mut self, list: &'a [String]) -> &'a str {
        if list.is_empty() { "" } else { &list[self.below(list.len())] }
    }
}

fn strings(v: &Value, key: &str) -> Vec<String> {
    v.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn text(v: &Value, key: &str) -> String {
    v.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

struct State {
    words: BTreeMap<&'static str, String>,
    first: usize,
    last: usize,
}

struct Happening {
    often: u64,
    plan: Vec<String>,
    title: Vec<String>,
    lead: Vec<String>,
}

/// Year, month, day of a number of days since 1970 (Howard Hinnant's civil_from_days).
fn date(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

fn filled(template: &str, slots: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('}') else { break };
        out.push_str(slots.get(&rest[open + 1..open + close]).map_or("", String::as_str));
        rest = &rest[open + close + 1..];
    }
    out + rest
}

pub fn write(count: usize, file: &Path) -> Result<bool, String> {
    let data: Value = toml::from_str(include_str!("../data/synth.toml")).map_err(|e| format!("data/synth.toml: {e}"))?;
    let (outlets, months, topics) = (strings(&data, "outlets"), strings(&data, "months"), strings(&data, "topics"));
    let (firsts, lasts) = (strings(&data, "first-names"), strings(&data, "last-names"));
    let part = |table: &str, key: &str| data.get(table).map(|t| strings(t, key)).unwrap_or_default();
    let (of_a, of_b, plain) = (part("speech", "of-a"), part("speech", "of-b"), part("speech", "plain"));
    let (begin, end) = (part("style", "begin"), part("style", "end"));
    let table = |key: &str| data.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let states: Vec<State> = table("state")
        .iter()
        .enumerate()
        .map(|(n, s)| State {
            words: [("", "name"), ("-m", "m"), ("-f", "f"), ("-pl", "pl"), ("-city", "city"), ("-head", "head")].into_iter().map(|(slot, key)| (slot, text(s, key))).collect(),
            first: n * 7,
            last: n * 3,
        })
        .collect();
    let happenings: Vec<Happening> = table("happening")
        .iter()
        .map(|h| Happening {
            often: h.get("often").and_then(Value::as_integer).unwrap_or(1) as u64,
            plan: strings(h, "plan"),
            title: strings(h, "title"),
            lead: strings(h, "lead"),
        })
        .collect();
    let sum: u64 = happenings.iter().map(|h| h.often).sum();
    if states.len() < 2 || happenings.is_empty() || outlets.is_empty() {
        return Err("data/synth.toml: expected states, happenings and outlets".into());
    }

    let fault = |e: std::io::Error| format!("{}: {e}", file.display());
    let mut out = BufWriter::new(File::create(file).map_err(fault)?);
    let mut dice = Dice(0x5163_696C);
    let mut written = 0usize;
    let mut happened = 0u64;
    while written < count {
        // In order of days, as archives are.
        let day = FIRST + (written as u64 * DAYS / count as u64) as i64;
        happened += 1;
        let mut at = dice.next() % sum;
        let h = happenings.iter().find(|h| {
            let hit = at < h.often;
            at = at.saturating_sub(h.often);
            hit
        });
        let h = h.unwrap_or(&happenings[0]);
        let a = dice.uneven(states.len());
        let b = (a + 1 + dice.uneven(states.len() - 1)) % states.len();
        let mut slots: BTreeMap<String, String> = BTreeMap::new();
        for (letter, s) in [("a", &states[a]), ("b", &states[b])] {
            for (slot, word) in &s.words {
                slots.insert(format!("{letter}{slot}"), word.clone());
            }
            // A minister serves for four years.
            let term = ((day - FIRST) / 1_460) as usize;
            let minister = format!("{} {}", firsts[(s.first + term * 5) % firsts.len()], lasts[(s.last + term * 7 + s.first / 7) % lasts.len()]);
            let head = format!("{} {} {}", s.words["-head"], firsts[(s.first + 3) % firsts.len()], lasts[(s.last + 11 + s.first / 7) % lasts.len()]);
            slots.insert(format!("{letter}-min"), minister);
            slots.insert(format!("{letter}-head"), head);
        }
        let (_, m, d) = date(day);
        slots.insert("day".into(), format!("{d} {}", months[(m - 1) as usize]));
        slots.insert("topic".into(), dice.one(&topics).to_owned());
        slots.insert("other".into(), dice.one(&topics).to_owned());
        slots.insert("n".into(), (dice.below(90) + 5).to_string());

        let tell = |dice: &mut Dice, lead: &str, slots: &BTreeMap<String, String>| {
            let mut body = vec![lead.to_owned()];
            for n in 0..3 + dice.below(4) {
                let list = if n % 3 == 0 {
                    &of_a
                } else if n % 3 == 1 {
                    &of_b
                } else {
                    &plain
                };
                body.push(dice.one(list).to_owned());
            }
            body.iter().map(|s| filled(s, slots)).collect::<Vec<_>>().join(if dice.chance(50) { "\n" } else { " " })
        };
        let mut passes: Vec<(i64, String, usize)> = Vec::new();
        if !h.plan.is_empty() && dice.chance(35) {
            let lead = dice.one(&h.plan).to_owned();
            passes.push((day - 1 - dice.below(9) as i64, tell(&mut dice, &lead, &slots), 1 + dice.below(3)));
        }
        let lead = dice.one(&h.lead).to_owned();
        let wire = tell(&mut dice, &lead, &slots);
        passes.push((day, wire, 1 + dice.uneven(8)));
        for (when, wire, sources) in passes {
            let from = dice.below(outlets.len());
            for k in 0..sources {
                if written >= count {
                    break;
                }
                slots.insert("outlet".into(), outlets[(from + k) % outlets.len()].clone());
                // The first has the wire itself; of the others most take it over, some write their own.
                let body = if k == 0 || dice.chance(65) {
                    let mut body = wire.clone();
                    if k > 0 && dice.chance(25) {
                        // Cut from the end.
                        let lines: Vec<&str> = body.split_inclusive(['.', '\n']).collect();
                        body = lines[..lines.len().saturating_sub(1).max(2).min(lines.len())].concat();
                    }
                    format!("{}{body}{}", filled(dice.one(&begin), &slots), filled(dice.one(&end), &slots))
                } else {
                    let list = if when < day { &h.plan } else { &h.lead };
                    let lead = dice.one(list).to_owned();
                    tell(&mut dice, &lead, &slots)
                };
                let (y, m, d) = date(when + i64::from(k > 0 && dice.chance(20)));
                let title = filled(dice.one(&h.title), &slots);
                let line = json!({
                    "id": format!("{happened}-{k}-{when}"), "url": format!("https://example.org/{happened}/{k}/{when}"), "outlet": slots["outlet"],
                    "published": format!("{y:04}-{m:02}-{d:02}"), "title": title, "text": format!("{title}\n{body}"),
                });
                writeln!(out, "{line}").map_err(fault)?;
                written += 1;
                // The same page again, a changed one, a broken line.
                if written < count && dice.chance(1) {
                    let mut again = line.clone();
                    if dice.chance(50) {
                        again["text"] = json!(format!("{}\n{}", again["text"].as_str().unwrap_or(""), filled(dice.one(&plain), &slots)));
                    }
                    writeln!(out, "{again}").map_err(fault)?;
                    written += 1;
                }
                if written < count && dice.next().is_multiple_of(5_000) {
                    writeln!(out, "{{\"id\": \"{happened}-broken\", \"text\": ").map_err(fault)?;
                    written += 1;
                }
            }
        }
    }
    out.flush().map_err(fault)?;
    println!("{written} lines, {happened} happenings: {}", file.display());
    Ok(true)
}
