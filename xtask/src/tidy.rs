//! What no compiler checks, but the house's rules ask: each module says what it is for, machinery holds no Arabic, nothing names a
//! path of somebody's machine.

use crate::root;
use std::path::{Path, PathBuf};

/// Where not one Arabic word may stand outside tests and comments: what they know of the language is data.
const MACHINERY: [&str; 13] = [
    "crates/text/src",
    "crates/record/src",
    "crates/lexicon/src",
    "crates/grammar/src",
    "crates/extract/src",
    "crates/resolve/src",
    "crates/cli/src",
    "crates/export/src",
    "crates/ask/src",
    "crates/server/src",
    "crates/app/src",
    "crates/columns/src",
    "crates/python/src",
];

/// Where letters may not stand as escapes either: what a word's edge tells is in `lexicon/spelling/shapes.toml`. The runner of examples
/// changes the spelling of a text, letter by letter, and names them.
const LETTERLESS: &str = "crates/extract/src";
const SPELLER: &str = "crates/extract/src/check.rs";

/// Beginnings of paths that exist on one machine only.
const MACHINE: [&str; 5] = ["home", "root", "Users", "work", "mnt"];

/// Folders that are made, not written.
const MADE: [&str; 6] = ["target", ".git", "corpus", "artifacts", "coverage", "node_modules"];

pub fn check() -> Result<bool, String> {
    let root = root();
    let mut files = Vec::new();
    walk(&root, &mut files)?;
    files.sort();
    let mut faults = Vec::new();
    for path in &files {
        let name = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        if name.ends_with(".rs") {
            if !text.starts_with("//!") {
                faults.push(format!("{name}:1: expected `//!` and what the module is for, found {:?}", text.lines().next().unwrap_or("")));
            }
            // Tests that fill a file of their own are behind `#[cfg(test)]` where they are declared.
            if MACHINERY.iter().any(|m| name.starts_with(m)) && !name.ends_with("/tests.rs") {
                faults.extend(arabic(&text).into_iter().map(|(line, word)| format!("{name}:{line}: expected no Arabic in machinery (it belongs in lexicon/), found {word:?}")));
            }
            if name.starts_with(LETTERLESS) && name != SPELLER {
                faults.extend(escaped(&text).into_iter().map(|(line, letter)| format!("{name}:{line}: expected no Arabic letter (lexicon/spelling/shapes.toml), found {letter}")));
            }
        }
        faults.extend(machine_paths(&text).into_iter().map(|(line, found)| format!("{name}:{line}: expected no path of one machine, found {found:?}")));
    }
    for f in &faults {
        eprintln!("{f}");
    }
    println!("{} files, {} faults", files.len(), faults.len());
    Ok(faults.is_empty())
}

/// All text files that people write.
fn walk(folder: &Path, out: &mut Vec<PathBuf>) -> Result<(), String> {
    for entry in std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !MADE.contains(&name.as_str()) {
                walk(&path, out)?;
            }
        } else if name == "run" || matches!(path.extension().and_then(|e| e.to_str()), Some("rs" | "toml" | "md" | "sh" | "yml" | "yaml" | "json" | "html" | "css" | "js" | "py")) {
            out.push(path);
        }
    }
    Ok(())
}

fn machine_paths(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (n, line) in text.lines().enumerate() {
        for (at, _) in line.match_indices('/') {
            // A path that begins here: no letter, dot or other path before it.
            let begins = line[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"./~-_}>*".contains(c));
            let first = line[at + 1..].split('/').next().unwrap_or("");
            let goes_on = line[at + 1..].len() > first.len() + 1;
            if begins && goes_on && MACHINE.contains(&first) {
                out.push((n + 1, line[at..].split([' ', '"', '\'', '`', ')']).next().unwrap_or("").to_owned()));
            }
        }
    }
    out
}

/// Words of Arabic letters in a Rust file, with their lines, outside comments and items for tests. Letters written as escapes are
/// the names of characters, not words.
fn arabic(code: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let (mut line, mut word) = (1, String::new());
    for (c, plain) in seen(code) {
        let letter = plain && matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
        if letter {
            word.push(c);
        } else if !word.is_empty() {
            out.push((line, std::mem::take(&mut word)));
        }
        if c == '\n' {
            line += 1;
        }
    }
    if !word.is_empty() {
        out.push((line, word));
    }
    out
}

/// Arabic letters written as escapes in a Rust file, with their lines, outside comments and items for tests. Marks and digits are none.
fn escaped(code: &str) -> Vec<(usize, String)> {
    let plain: String = seen(code).into_iter().filter(|(c, counts)| *counts || *c == '\n').map(|(c, _)| c).collect();
    let mut out = Vec::new();
    for (n, line) in plain.lines().enumerate() {
        for (at, mark) in line.match_indices("\\u{") {
            let code = line[at + mark.len()..].split('}').next().unwrap_or("");
            if u32::from_str_radix(code, 16).is_ok_and(|c| (0x0620..=0x064A).contains(&c) && c != 0x0640) {
                out.push((n + 1, format!("{mark}{code}}}")));
            }
        }
    }
    out
}

/// Each character of a Rust file, and whether it counts: not in a comment, not in an item behind `#[cfg(test)]`.
fn seen(code: &str) -> Vec<(char, bool)> {
    #[derive(PartialEq)]
    enum In {
        Code,
        Line,
        Block(u32),
        /// A string that ends with a quotation mark and so many hashes; `None`: with escapes.
        Text(Option<usize>),
    }
    let chars: Vec<char> = code.chars().collect();
    let mark: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut out = Vec::with_capacity(chars.len());
    let mut state = In::Code;
    // Behind the mark: waiting for the item's brace or its semicolon, then within so many braces.
    let (mut test, mut depth) = (false, 0u32);
    let mut i = 0;
    while i < chars.len() {
        let rest = &chars[i..];
        let mut step = 1;
        let mut counts = !test;
        match state {
            In::Line => {
                counts = false;
                if chars[i] == '\n' {
                    state = In::Code;
                }
            }
            In::Block(n) => {
                counts = false;
                match rest {
                    ['/', '*', ..] => (state, step) = (In::Block(n + 1), 2),
                    ['*', '/', ..] => (state, step) = (if n == 1 { In::Code } else { In::Block(n - 1) }, 2),
                    _ => {}
                }
            }
            In::Text(hashes) => match (rest, hashes) {
                (['\\', _, ..], None) => step = 2,
                (['"', ..], None) => state = In::Code,
                (['"', tail @ ..], Some(n)) if tail.len() >= n && tail[..n].iter().all(|c| *c == '#') => (state, step) = (In::Code, 1 + n),
                _ => {}
            },
            In::Code => {
                let raw = || {
                    // r"…", r#"…"#, br"…": the letter must not end a name.
                    let before = i.checked_sub(1).map(|k| chars[k]);
                    let fresh = before.is_none_or(|c| !c.is_alphanumeric() && c != '_') || before == Some('b');
                    let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
                    (fresh && rest.get(1 + hashes) == Some(&'"')).then_some(hashes)
                };
                match rest {
                    ['/', '/', ..] => (state, counts) = (In::Line, false),
                    ['/', '*', ..] => (state, step, counts) = (In::Block(1), 2, false),
                    ['"', ..] => state = In::Text(None),
                    ['r', ..] => {
                        if let Some(hashes) = raw() {
                            (state, step) = (In::Text(Some(hashes)), 2 + hashes);
                        }
                    }
                    // A character, or a lifetime, which has no second mark.
                    ['\'', '\\', ..] => step = 2 + rest[2..].iter().skip(1).take_while(|c| **c != '\'').count() + 2,
                    ['\'', _, '\'', ..] => step = 3,
                    ['#', ..] if rest.starts_with(&mark) => (test, depth, counts) = (true, 0, false),
                    ['{', ..] if test => depth += 1,
                    ['}', ..] if test => {
                        depth = depth.saturating_sub(1);
                        test = depth > 0;
                    }
                    [';', ..] if test && depth == 0 => test = false,
                    _ => {}
                }
            }
        }
        let step = step.min(chars.len() - i);
        out.extend(chars[i..i + step].iter().map(|c| (*c, counts)));
        i += step;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(code: &str) -> Vec<(usize, String)> {
        arabic(code)
    }

    #[test]
    fn arabic_counts_in_code_alone() {
        assert_eq!(words("// قال\n/* قال /* إن */ قال */\nlet a = 1; // إن"), []);
        assert_eq!(words("let a = \"قال\";\nlet b = 'م';"), [(1, "قال".into()), (2, "م".into())]);
        assert_eq!(words("let a = \"// \\\" قال\";"), [(1, "قال".into())]);
        assert_eq!(words("let a = r#\"\" قال\"#; // إن"), [(1, "قال".into())]);
        assert_eq!(words("fn f<'a>(x: &'a str) -> char { '\\'' } // قال"), []);
        assert_eq!(words("let a = '\\u{0627}'; let b = \"قال\";"), [(1, "قال".into())]);
    }

    #[test]
    fn arabic_does_not_count_in_tests() {
        assert_eq!(words("#[cfg(test)]\nmod tests {\n fn a() { f(\"قال }\"); }\n}\nlet b = \"إن\";"), [(5, "إن".into())]);
        assert_eq!(words("#[cfg(test)]\nuse x::y;\nlet b = \"إن\";"), [(3, "إن".into())]);
    }

    #[test]
    fn paths_of_one_machine() {
        // Put together here, so that this file itself stays clean.
        let path = |first: &str| format!("see {}{first}/somebody/x", '/');
        for first in MACHINE {
            assert_eq!(machine_paths(&path(first)).len(), 1, "{first}");
        }
        for fine in ["https://example.org/home/page", "crates/root/x", "./work/x", "a /root b", "~/work/x"] {
            assert_eq!(machine_paths(fine), [], "{fine}");
        }
    }
}
