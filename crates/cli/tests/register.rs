//! The register as a user meets it: the same articles give the same register, in whatever order they come and however often the work is
//! cut off; and it answers.
//!
//! Comparisons go by the logical dump: all that a register says, without the numbers that join its tables.

mod common;

use common::{Folder, good, json, sijill, text};
use sijill_store::Register;
use sijill_store::dump::dump;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

fn lines_of(f: &Folder, register: &str) -> Vec<String> {
    dump(&Register::open(&f.0.join(register)).unwrap()).unwrap()
}

/// Compares, and shows the first lines in which they differ.
fn same(a: &[String], b: &[String], what: &str) {
    if a != b {
        let only = |x: &[String], y: &[String]| x.iter().filter(|l| y.binary_search(l).is_err()).take(4).cloned().collect::<Vec<_>>().join("\n");
        panic!("{what}: {} lines and {} lines\nonly in the first:\n{}\nonly in the second:\n{}", a.len(), b.len(), only(a, b), only(b, a));
    }
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    all.sort();
    assert!(all.len() >= 20);
    all
}

/// Many articles out of the samples: several outlets, reprints, pages that come twice or changed, a broken line.
fn archive(articles: usize) -> String {
    let texts: Vec<String> = samples().iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    let mut out = String::new();
    for n in 0..articles {
        let text = &texts[n * 7 % texts.len()];
        let day = 1 + n * 5 % 28;
        let month = 1 + n / 40 % 12;
        let outlet = ["one", "two", "three"][n % 3];
        let mut text = text.clone();
        if n % 4 == 1 {
            let _ = write!(text, "\n{}", &texts[(n + 3) % texts.len()]);
        }
        let line = serde_json::json!({ "id": format!("n{n}"), "outlet": outlet, "published": format!("2022-{month:02}-{day:02}"), "text": text });
        let _ = writeln!(out, "{line}");
        if n % 50 == 9 {
            let _ = writeln!(out, "{line}");
            let mut changed = line.clone();
            changed["text"] = serde_json::json!(format!("{text}\n{}", texts[n % texts.len()]));
            let _ = writeln!(out, "{changed}");
        }
        if n % 100 == 30 {
            let _ = writeln!(out, "{{\"id\": \"broken-{n}\", \"text\": ");
        }
    }
    out
}

#[test]
fn the_same_twice_is_one_and_a_change_is_a_version() {
    let f = Folder::new("twice");
    let line = |text: &str, published: &str| serde_json::json!({ "id": "a", "outlet": "o", "published": published, "text": text }).to_string() + "\n";
    let old = "التقى وزير خارجية أيسلندا نظيره النرويجي في ريكيافيك اليوم.";
    let new = "التقى وزير خارجية أيسلندا نظيره النرويجي في ريكيافيك اليوم، ثم غادر إلى أوسلو.";
    f.file("1.jsonl", line(old, "2024-05-12"));
    f.file("2.jsonl", line(new, "2024-05-13"));
    good(&f.run(&["add", "1.jsonl"]));
    let once = lines_of(&f, "sijill.db");
    f.file("again.jsonl", line(old, "2024-05-12"));
    good(&f.run(&["add", "again.jsonl", "1.jsonl"]));
    same(&once, &lines_of(&f, "sijill.db"), "added twice");
    good(&f.run(&["add", "2.jsonl"]));
    let both = lines_of(&f, "sijill.db");
    assert_eq!(both.iter().filter(|l| l.starts_with("version\t")).count(), 2);
    // In the other order: the later published stands all the same.
    good(&f.run(&["add", "2.jsonl", "1.jsonl", "--register", "other.db"]));
    same(&both, &lines_of(&f, "other.db"), "versions in another order");
}

#[test]
fn the_order_of_adding_leaves_no_trace() {
    let f = Folder::new("order");
    let all: Vec<String> = samples().iter().map(|p| p.to_str().unwrap().to_owned()).collect();
    let mut args = vec!["add", "--register", "whole.db", "--published", "2022-03-01"];
    args.extend(all.iter().map(String::as_str));
    good(&f.run(&args));
    let whole = lines_of(&f, "whole.db");
    assert!(whole.iter().any(|l| l.starts_with("event\t")) && whole.iter().any(|l| l.starts_with("statement index\t")));
    // One at a time, each resolved with what was there before, in three orders.
    for (name, step) in [("a.db", 1), ("b.db", 5), ("c.db", 7)] {
        let mut order: Vec<&String> = (0..all.len()).map(|n| &all[n * step % all.len()]).collect();
        if step == 1 {
            order.reverse();
        }
        order.extend(&all);
        for three in order.chunks(3) {
            let mut args = vec!["add", "--register", name, "--published", "2022-03-01"];
            args.extend(three.iter().map(|s| s.as_str()));
            good(&f.run(&args));
        }
        same(&whole, &lines_of(&f, name), name);
    }
}

#[test]
fn a_shuffled_archive_gives_the_same_register() {
    let f = Folder::new("shuffled");
    let archive = archive(160);
    f.file("all.jsonl", &archive);
    f.run(&["add", "all.jsonl", "--register", "all.db"]);
    let whole = lines_of(&f, "all.db");
    let lines: Vec<&str> = archive.lines().collect();
    for (name, step) in [("x.db", 37), ("y.db", 101)] {
        assert!(!lines.len().is_multiple_of(step));
        let shuffled: Vec<&str> = (0..lines.len()).map(|n| lines[n * step % lines.len()]).collect();
        let half = shuffled.len() / 2;
        f.file("1.jsonl", shuffled[..half].join("\n"));
        f.file("2.jsonl", shuffled[half..].join("\n"));
        f.run(&["add", "1.jsonl", "--register", name]);
        f.run(&["add", "2.jsonl", "--register", name]);
        // Places of broken lines are those of the files.
        let without = |d: Vec<String>| d.into_iter().filter(|l| !l.starts_with("rejected\t")).collect::<Vec<_>>();
        same(&without(whole.clone()), &without(lines_of(&f, name)), name);
    }
}

#[test]
fn killed_at_any_moment_it_goes_on() {
    let f = Folder::new("killed");
    f.file("all.jsonl", archive(400));
    let out = f.run(&["add", "all.jsonl", "--register", "whole.db"]);
    assert_eq!(out.status.code(), Some(1), "{}", text(&out.stderr));
    let whole = lines_of(&f, "whole.db");
    assert!(whole.iter().any(|l| l.starts_with("rejected\t")));
    let mut killed = 0;
    for first in [15u64, 60] {
        let name = format!("cut-{first}.db");
        let mut wait = first;
        loop {
            let mut child = sijill(&["add", "all.jsonl", "--register", &name]).current_dir(&f.0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(wait));
            if child.try_wait().unwrap().is_some() {
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            killed += 1;
            wait = wait * 13 / 10;
        }
        // The last run came to its end; once more, so that the exit status is seen too.
        f.run(&["add", "all.jsonl", "--register", &name]);
        same(&whole, &lines_of(&f, &name), &name);
    }
    assert!(killed > 4, "killed only {killed} times");
}

/// A disk that is full: the file may not grow beyond a limit, the run ends, and the next one goes on.
#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing() {
    let f = Folder::new("full");
    f.file("all.jsonl", archive(200));
    f.run(&["add", "all.jsonl", "--register", "whole.db"]);
    let whole = lines_of(&f, "whole.db");
    for blocks in [200, 900, 3000] {
        let script = format!("ulimit -f {blocks}; exec \"$0\" add all.jsonl --register small.db");
        let _ = Command::new("sh").args(["-c", &script, env!("CARGO_BIN_EXE_sijill")]).current_dir(&f.0).stdin(Stdio::null()).output().unwrap();
    }
    f.run(&["add", "all.jsonl", "--register", "small.db"]);
    same(&whole, &lines_of(&f, "small.db"), "after a full disk");
}

#[test]
fn a_register_of_the_version_before_is_brought_forward() {
    let f = Folder::new("forward");
    f.file("all.jsonl", archive(120));
    f.run(&["add", "all.jsonl", "--register", "new.db"]);
    let new = lines_of(&f, "new.db");
    assert!(["pair\t", "tie\t", "articles of\t", "statements of\t"].iter().all(|part| new.iter().any(|l| l.starts_with(part))));
    // What version 3 brought is taken away again.
    let db = rusqlite::Connection::open(f.0.join("new.db")).unwrap();
    let brought = include_str!("../../store/src/schema/0003.sql");
    let mut words = brought.split_whitespace();
    while let Some(word) = words.next() {
        if word == "CREATE"
            && let (Some(what), Some(name)) = (words.next(), words.next())
        {
            db.execute_batch(&format!("DROP {what} IF EXISTS {name}")).unwrap();
        }
    }
    db.execute_batch("PRAGMA user_version = 2").unwrap();
    drop(db);
    good(&f.run(&["add", "--settle", "--register", "new.db"]));
    same(&new, &lines_of(&f, "new.db"), "brought forward");
}

#[test]
fn what_can_not_be_read_is_kept_with_its_reason() {
    let f = Folder::new("rejected");
    f.file("news.jsonl", "{\"id\": \"a\", \"text\": \"زار وزير خارجية النرويج ريكيافيك أمس.\"}\n{\"id\": \"b\"}\nnot json\n");
    let out = f.run(&["add", "news.jsonl"]);
    assert_eq!(out.status.code(), Some(1));
    let rejected: Vec<String> = lines_of(&f, "sijill.db").into_iter().filter(|l| l.starts_with("rejected\t")).collect();
    assert_eq!(rejected.len(), 2);
    assert!(rejected[0].contains("\"2\"") && rejected[0].contains("`text`"), "{rejected:?}");
    assert!(rejected[1].contains("\"3\""), "{rejected:?}");
}

#[test]
fn another_database_is_left_alone() {
    let f = Folder::new("foreign");
    let page = "زار وزير خارجية النرويج ريكيافيك أمس.";
    f.file("a.txt", page);
    f.file("notes.db", "just some text, no database at all, and long enough to be looked at as one");
    let out = f.run(&["add", "a.txt", "--register", "notes.db"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("expected a register"), "{}", text(&out.stderr));
    let out = f.run(&["list", "events", "--register", "none.db"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("no file"), "{}", text(&out.stderr));
}

#[test]
fn actors_are_found_by_any_name_and_an_unknown_one_is_told() {
    let f = Folder::new("names");
    f.file("a.txt", "التقى وزير خارجية أيسلندا نظيره النرويجي في ريكيافيك\nريكيافيك 12 مايو 2024\nقال وزير خارجية أيسلندا إن النرويج شريكة مهمة.\n");
    good(&f.run(&["add", "a.txt"]));
    let of = |name: &str| json(&f.run(&["list", "events", "--actor", name, "--format", "json"]));
    let by_code = of("NOR");
    assert_eq!(by_code.as_array().unwrap().len(), 1, "{by_code}");
    for name in ["nor", "النرويج", "للنرويج", "Norway", "country:NOR"] {
        assert_eq!(of(name), by_code, "{name}");
    }
    for name in ["KAZ", "فلان الفلاني", "person:nobody"] {
        let out = f.run(&["list", "events", "--actor", name]);
        assert_eq!(out.status.code(), Some(2), "{name}");
        assert!(text(&out.stderr).contains("expected"), "{}", text(&out.stderr));
    }
}

#[test]
fn pages_join_without_gap_or_overlap() {
    let f = Folder::new("pages");
    f.file("all.jsonl", archive(60));
    f.run(&["add", "all.jsonl"]);
    for what in ["events", "statements"] {
        for order in [None, Some("--newest")] {
            let ask = |limit: &str, after: Option<&str>| {
                let mut args = vec!["list", what, "--format", "jsonl", "--limit", limit];
                args.extend(order);
                args.extend(after.into_iter().flat_map(|a| ["--after", a]));
                f.run(&args)
            };
            let whole = ask("100000", None);
            let whole: Vec<&str> = text(&whole.stdout).lines().collect();
            assert!(whole.len() > 20, "{what}: {}", whole.len());
            let mut pieces: Vec<String> = Vec::new();
            let mut after: Option<String> = None;
            loop {
                let out = ask("7", after.as_deref());
                pieces.extend(text(&out.stdout).lines().map(str::to_owned));
                let told = text(&out.stderr);
                let Some(key) = told.split("--after ").nth(1).and_then(|t| t.split(',').next()) else { break };
                after = Some(key.to_owned());
            }
            assert_eq!(pieces, whole, "{what} {order:?}");
        }
    }
}

#[test]
fn search_folds_spelling_and_clitics() {
    let f = Folder::new("search");
    f.file("a.txt", "أعلن الوزير إنشاء مُبادرةٍ جديدة للطريق بين المدينتين، وبالمبادرة تنتهي الأزمة.\n");
    f.file("b.txt", "لا شيء عن ذلك في هذا الخبر عن الطقس.\n");
    good(&f.run(&["add", "a.txt", "b.txt"]));
    for words in ["المبادره", "مبادرة", "والمبادرة", "طريق", "الطريق", "\"إنشاء مبادرة\""] {
        let found = json(&f.run(&["search", words, "--format", "json"]));
        assert_eq!(found.as_array().unwrap().len(), 1, "{words}: {found}");
        assert!(!found[0]["found"].as_array().unwrap().is_empty(), "{words}");
    }
    let none = json(&f.run(&["search", "\"جديدة مبادرة\"", "--format", "json"]));
    assert_eq!(none.as_array().unwrap().len(), 0);
}

/// Every quotation that an answer gives is the article's own text at the place that it names.
#[test]
fn quotations_are_the_articles_own() {
    let f = Folder::new("quotes");
    let all: Vec<String> = samples().iter().map(|p| p.to_str().unwrap().to_owned()).collect();
    let mut args = vec!["add"];
    args.extend(all.iter().map(String::as_str));
    good(&f.run(&args));
    let events = f.run(&["list", "events", "--format", "jsonl", "--limit", "1000"]);
    let mut seen = 0;
    for line in text(&events.stdout).lines() {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        let shown = json(&f.run(&["show", event["event"].as_str().unwrap(), "--format", "json"]));
        for report in shown["reports"].as_array().unwrap() {
            let article = json(&f.run(&["show", report["article"].as_str().unwrap(), "--format", "json"]));
            let chars: Vec<char> = article["text"].as_str().unwrap().chars().collect();
            for (span, quote) in report["evidence"].as_array().unwrap().iter().zip(report["quotes"].as_array().unwrap()) {
                let (a, b) = (span["start"].as_u64().unwrap() as usize, span["end"].as_u64().unwrap() as usize);
                assert_eq!(chars[a..b].iter().collect::<String>(), quote.as_str().unwrap());
                seen += 1;
            }
        }
        if seen > 60 {
            break;
        }
    }
    assert!(seen > 20);
}

/// What stands in a view is what a researcher with any SQLite gets.
#[test]
fn commands_write_what_was_asked_for() {
    let f = Folder::new("shapes");
    f.file("all.jsonl", archive(30));
    f.run(&["add", "all.jsonl"]);
    let csv = f.run(&["list", "events", "--format", "csv"]);
    good(&csv);
    let head = text(&csv.stdout).lines().next().unwrap();
    assert!(head.starts_with("date,status,kind,who,place,participants,plover"), "{head}");
    for args in [
        &["list", "statements", "--lang", "ar"][..],
        &["list", "events", "--lang", "en", "--newest"],
        &["timeline", "CHN"],
        &["actor", "CHN"],
        &["check"],
        &["check", "--format", "json"],
        &["standing", "CHN", "KAZ"],
        &["search", "وزير"],
    ] {
        let out = f.run(args);
        assert!(out.status.code() == Some(0) || text(&out.stderr).contains("expected"), "{args:?}: {}", text(&out.stderr));
    }
}

/// Words of a command line; quotation marks keep blanks together.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (n, part) in line.split('"').enumerate() {
        if n % 2 == 1 {
            out.push(part.to_owned());
        } else {
            out.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    out
}

/// `SIJILL_ACCEPT=1` writes what is printed today into the page.
#[test]
fn the_tutorial_prints_what_it_says() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let page = std::fs::read_to_string(docs.join("tutorial.md")).unwrap().replace("\r\n", "\n");
    let f = Folder::new("tutorial");
    f.file("news.jsonl", std::fs::read(docs.join("tutorial/news.jsonl")).unwrap());
    let mut now = String::new();
    let mut commands = 0;
    for (n, part) in page.split("```").enumerate() {
        if n > 0 {
            now.push_str("```");
        }
        let Some(block) = part.strip_prefix("console\n").filter(|_| n % 2 == 1) else {
            now.push_str(part);
            continue;
        };
        let command = block.lines().next().unwrap();
        let mut args = words(command.strip_prefix("$ sijill ").unwrap());
        if args[0] != "add" {
            // A page is no terminal: it needs no isolates, and has its own width.
            args.extend(["--isolates", "never", "--width", "110"].map(str::to_owned));
        }
        let out = f.run(&args.iter().map(String::as_str).collect::<Vec<_>>());
        now.push_str(&format!("console\n{command}\n{}{}", text(&out.stderr), text(&out.stdout)));
        commands += 1;
    }
    assert!(commands > 9);
    if std::env::var_os("SIJILL_ACCEPT").is_some() {
        std::fs::write(docs.join("tutorial.md"), &now).unwrap();
    } else if page != now {
        let line = page.lines().zip(now.lines()).position(|(a, b)| a != b).unwrap_or(0);
        panic!("docs/tutorial.md:{}: expected {:?}, found {:?} (SIJILL_ACCEPT=1 writes it anew)", line + 1, page.lines().nth(line), now.lines().nth(line));
    }
}

/// What an analyst asks of the tutorial's articles.
#[test]
fn the_tutorials_articles_answer() {
    let f = Folder::new("answers");
    let news = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/tutorial/news.jsonl")).unwrap();
    // In any order.
    let turned: Vec<&str> = news.lines().rev().collect();
    f.file("news.jsonl", turned.join("\n"));
    good(&f.run(&["add", "news.jsonl"]));
    let ask = |args: &[&str]| {
        let mut all = args.to_vec();
        all.extend(["--format", "json"]);
        json(&f.run(&all))
    };
    // One visit: announced by one article, told of by another.
    let visits = ask(&["list", "events", "--actor", "KGZ", "--actor", "MNG", "--kind", "visit"]);
    let [visit] = visits.as_array().unwrap().as_slice() else { panic!("{visits}") };
    assert_eq!((visit["status"].as_str(), visit["reports"].as_u64()), (Some("occurred"), Some(2)));
    let stages: Vec<&str> = visit["life"].as_array().unwrap().iter().map(|s| s["stage"].as_str().unwrap()).collect();
    assert_eq!(stages, ["announced", "happened"]);
    // The signing came twice over one wire: two reports, one source.
    let signing = ask(&["list", "events", "--kind", "signing", "--actor", "KGZ"]);
    assert_eq!((signing[0]["reports"].as_u64(), signing[0]["independent"].as_u64()), (Some(2), Some(1)), "{signing}");
    // What is wrong.
    let codes: Vec<String> = ask(&["check"]).as_array().unwrap().iter().map(|c| c["code"].as_str().unwrap().to_owned()).collect();
    for code in ["calendar", "ordinal-disagrees", "relation-date"] {
        assert!(codes.iter().any(|c| c == code), "{code} in {codes:?}");
    }
    // Who backs whose policy, in which words.
    let standing = ask(&["standing", "KGZ", "CHN"]);
    assert!(standing["positions"].as_array().unwrap().iter().any(|p| p["topic"] == "initiative:one-china" && p["of"] == "KGZ"), "{standing}");
}

/// What another lexicon has read is read again, as if it had been added with this one.
#[test]
fn reading_again_gives_the_register_of_the_new_lexicon() {
    let f = Folder::new("again");
    f.file("all.jsonl", archive(120));
    // A lexicon that calls a state otherwise, and knows a person more.
    let lexicon = f.file(
        "mine/actors/people.toml",
        "[[person]]\nid = \"asan-toktogulov\"\nar = \"أسان توكتوغولوف\"\nen = \"Asan Toktogulov\"\nnames = [\"أسان توكتوغولوف\"]\nshort = [\"توكتوغولوف\"]\n[[person.office]]\ntitle = \"foreign-minister\"\nof = \"KGZ\"\nfrom = \"2022-04-22\"\nsource = \"invented\"\n",
    );
    let mine = lexicon.parent().unwrap().parent().unwrap().to_str().unwrap().to_owned();
    let tutorial = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/tutorial/news.jsonl")).unwrap();
    f.file("news.jsonl", tutorial);
    let add = |register: &str, more: &[&str]| f.run(&[&["add", "all.jsonl", "news.jsonl", "--register", register], more].concat());
    add("plain.db", &[]);
    let out = add("mine.db", &["--lexicon", &mine]);
    assert!(text(&out.stderr).contains("added"), "{}", text(&out.stderr));
    let (plain, other) = (lines_of(&f, "plain.db"), lines_of(&f, "mine.db"));
    assert_ne!(plain, other, "the lexicon of one's own changes nothing");
    // There and back, with runs that are cut off on the way.
    for wait in [40, 90, 200] {
        let mut child = sijill(&["reread", "--register", "plain.db", "--lexicon", &mine]).current_dir(&f.0).stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().unwrap();
    }
    good(&f.run(&["reread", "--register", "plain.db", "--lexicon", &mine]));
    same(&other, &lines_of(&f, "plain.db"), "read again with another lexicon");
    let told = f.run(&["search", "محادثات", "--register", "plain.db", "--format", "jsonl"]);
    assert_eq!(text(&told.stdout), text(&f.run(&["search", "محادثات", "--register", "mine.db", "--format", "jsonl"]).stdout));
    good(&f.run(&["reread", "--register", "plain.db"]));
    add("fresh.db", &[]);
    same(&lines_of(&f, "fresh.db"), &lines_of(&f, "plain.db"), "and back");
    let out = f.run(&["reread", "--register", "plain.db"]);
    good(&out);
    assert!(text(&out.stderr).contains("found none"), "{}", text(&out.stderr));
    // All of them, though nothing has changed.
    good(&f.run(&["reread", "--register", "plain.db", "--all"]));
    same(&lines_of(&f, "fresh.db"), &lines_of(&f, "plain.db"), "all again");
    // A program with another lexicon than that of the register says so.
    let out = f.run(&["add", "news.jsonl", "--register", "old.db", "--lexicon", &mine]);
    good(&out);
    good(&f.run(&["reread", "--register", "old.db"]));
    // One of its lines is broken.
    assert_eq!(f.run(&["add", "all.jsonl", "--register", "old.db", "--lexicon", &mine, "--no-checks"]).status.code(), Some(1));
    assert!(text(&f.run(&["check", "--register", "old.db"]).stderr).contains("several lexicons"));
}
