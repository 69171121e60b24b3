//! `sijill lexicon`: test, new, show, stats.
//!
//! What must not live here: the tests themselves (`sijill_extract::check`), finding entries (`sijill_extract::explain`).

use super::Done;
use crate::args::{Lexicon, LexiconCommand, LexiconNew, LexiconShow, LexiconStats, LexiconTest, Skeleton};
use crate::input::shown;
use crate::sources;
use crate::terminal::{self, Failure};
use anstyle::{AnsiColor, Style};
use sijill_extract::Engine;
use sijill_extract::check::{Baseline, Outcome, Report, check};
use sijill_extract::explain::Index;
use std::io::Write;
use std::path::{Path, PathBuf};

const BASELINE: &str = "crates/extract/tests/known_failures.txt";
const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const NOTE: Style = AnsiColor::Yellow.on_default();
const DIM: Style = Style::new().dimmed();

pub fn run(a: Lexicon) -> Done {
    match a.command {
        LexiconCommand::Test(t) => test(t),
        LexiconCommand::New(n) => new(&n),
        LexiconCommand::Show(s) => show(&s),
        LexiconCommand::Stats(s) => stats(&s),
    }
}

/// Which lexicon a path belongs to, and how its files are named there: the nearest folder above that is a whole lexicon, else
/// the path is an addition of its own.
fn around(path: &Path) -> Result<(PathBuf, String), Failure> {
    let real = path.canonicalize().map_err(|e| Failure::new(format!("{}: expected a lexicon file or folder, found: {e}", path.display())))?;
    for root in real.ancestors() {
        if sources::whole(root) {
            let name = real.strip_prefix(root).unwrap_or(&real).to_string_lossy().replace('\\', "/");
            return Ok((root.to_owned(), name));
        }
    }
    let folder = if path.is_dir() { path } else { path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")) };
    Ok((
        folder.to_owned(),
        if path.is_dir() { format!("{}/", shown(folder).trim_end_matches('/')) } else { format!("{}/{}", shown(folder), path.file_name().unwrap_or_default().to_string_lossy()) },
    ))
}

fn test(a: LexiconTest) -> Done {
    let mut folders = a.lexicon.clone();
    let mut filter = a.id.clone();
    let mut root = String::from("lexicon");
    // In a checkout the files there are meant, not those that the binary took along when it was built.
    let here = Path::new("lexicon");
    if let Some(path) = &a.path {
        let (folder, name) = around(path)?;
        if sources::whole(&folder) {
            root = shown(&folder);
        } else {
            root.clear();
        }
        folders.insert(0, folder);
        if filter.is_none() && !name.is_empty() {
            filter = Some(name);
        }
    } else if folders.is_empty() && sources::whole(here) {
        folders.push(here.to_owned());
    }
    let sources = sources::with(&folders)?;
    let engine = if folders.is_empty() { Engine::embedded() } else { sources::compile(&sources)? };
    let report = check(&engine, &sources, filter.as_deref());
    if report.total() == 0 {
        return Err(Failure::new(format!("expected entries with examples, found none for {}", filter.as_deref().unwrap_or("this lexicon"))));
    }
    let file = a.baseline.clone().unwrap_or_else(|| PathBuf::from(BASELINE));
    if a.accept {
        let baseline = Baseline::of(&report);
        std::fs::write(&file, baseline.text()).map_err(|e| Failure::new(format!("{}: expected to be able to write, found: {e}", file.display())))?;
        terminal::message(&format!("{}: {} known failures written", file.display(), baseline.len()));
        return Ok(0);
    }
    let baseline = match &a.baseline {
        Some(_) => Baseline::parse(&std::fs::read_to_string(&file).map_err(|e| Failure::new(format!("{}: expected a list of known failures, found: {e}", file.display())))?),
        None => Baseline::default(),
    };
    let compared = baseline.compare(&report);
    if a.json {
        let mut out = terminal::raw_stdout();
        let summary = serde_json::json!({
            "total": report.total(), "passed": report.passed, "failed": report.failed.len(), "known": report.known.len(), "mended": report.mended.len(),
            "new": compared.new.len(), "tables": report.tables, "failures": report.failed, "known_failures_that_pass": report.mended,
        });
        serde_json::to_writer_pretty(&mut out, &summary).map_err(std::io::Error::from)?;
        writeln!(out)?;
        out.flush()?;
    } else {
        print(&report, &compared.new, &compared.mended, &root, a.show)?;
    }
    Ok(u8::from(!compared.new.is_empty() || !report.mended.is_empty()))
}

fn print(report: &Report, new: &[&Outcome], mended: &[&str], root: &str, show: usize) -> Result<(), Failure> {
    let mut out = terminal::stdout();
    let place = |o: &Outcome| if root.is_empty() { format!("{}:{}", o.file, o.line) } else { format!("{root}/{}:{}", o.file, o.line) };
    for o in new.iter().take(show) {
        writeln!(out, "{BAD}fails{BAD:#} {}  {DIM}{}{DIM:#}", o.name, place(o))?;
        writeln!(out, "      {DIM}text{DIM:#}     \u{2068}{}\u{2069}", o.text.replace('\n', " "))?;
        writeln!(out, "      {DIM}expected{DIM:#} \u{2068}{}\u{2069}", o.expected)?;
        writeln!(out, "      {DIM}found{DIM:#}    \u{2068}{}\u{2069}", if o.found.is_empty() { "nothing" } else { &o.found })?;
    }
    if new.len() > show {
        writeln!(out, "{DIM}… and {} more (--show {} shows them){DIM:#}", new.len() - show, new.len())?;
    }
    for o in &report.mended {
        writeln!(out, "{NOTE}passes{NOTE:#} {}  {DIM}{}{DIM:#}: {}, {}", o.name, place(o), o.expected, o.found)?;
    }
    for name in mended {
        writeln!(out, "{NOTE}passes{NOTE:#} {name}: take it out of the baseline (--accept)")?;
    }
    for (table, (passed, all)) in &report.tables {
        let style = if passed == all { GOOD } else { BAD };
        writeln!(out, "{table:<18} {style}{passed:>6}{style:#} of {all:>6}")?;
    }
    let known = report.failed.len() - new.len() + report.known.len();
    let (style, verdict) = if new.is_empty() { (GOOD, "ok") } else { (BAD, "failed") };
    writeln!(out, "{style}{verdict}{style:#}: {} passed, {} failed, {known} known failures", report.passed, new.len())?;
    out.flush()?;
    Ok(())
}

fn new(a: &LexiconNew) -> Done {
    let text = match a.what {
        Skeleton::Frame => include_str!("../../skeletons/frame.toml"),
        Skeleton::Speech => include_str!("../../skeletons/speech.toml"),
        Skeleton::Title => include_str!("../../skeletons/title.toml"),
        Skeleton::Person => include_str!("../../skeletons/person.toml"),
    };
    let mut out = terminal::raw_stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(0)
}

/// The lexicon to show: the checkout's where we stand in one, and the user's own.
fn shown_sources(folders: &[PathBuf]) -> Result<(sijill_lexicon::Sources, &'static str), Failure> {
    let here = PathBuf::from("lexicon");
    if sources::whole(&here) {
        let all: Vec<PathBuf> = std::iter::once(here).chain(folders.iter().cloned()).collect();
        return Ok((sources::with(&all)?, "lexicon/"));
    }
    Ok((sources::with(folders)?, ""))
}

fn show(a: &LexiconShow) -> Done {
    let (sources, root) = shown_sources(&a.lexicon)?;
    let index = Index::new(&sources);
    let found = index.find(&a.id);
    if found.is_empty() {
        return Err(Failure::new(format!("expected the id of an entry (frame:istaqbala-receive, KAZ), found no entry {:?}", a.id)));
    }
    let mut out = terminal::stdout();
    for (n, p) in found.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{DIM}# {root}{}:{}{DIM:#}", p.file, p.line)?;
        writeln!(out, "{}", p.toml)?;
    }
    out.flush()?;
    Ok(0)
}

fn stats(a: &LexiconStats) -> Done {
    let (sources, _) = shown_sources(&a.lexicon)?;
    let index = Index::new(&sources);
    let counts = index.counts();
    let mut out = terminal::stdout();
    writeln!(out, "{:>7} files", sources.0.len())?;
    for (table, n) in counts.iter().filter(|(t, _)| !t.contains('.')) {
        let of = |what: &str| counts.get(format!("{table}.{what}").as_str()).copied().unwrap_or(0);
        let (examples, counters) = (of("example"), of("counter"));
        if examples + counters > 0 {
            writeln!(out, "{n:>7} {table}, {examples} examples, {counters} counter-examples")?;
        } else {
            writeln!(out, "{n:>7} {table}")?;
        }
    }
    out.flush()?;
    Ok(0)
}
