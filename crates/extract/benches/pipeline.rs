//! How fast each stage is, and the whole.
//!
//! ```text
//! cargo bench -p sijill-extract                 stages by divan, then the table of figures that the project is held to
//! cargo bench -p sijill-extract -- figures      the table alone
//! cargo bench -p sijill-extract -- memory       peak memory over the whole pool, on one thread and on two
//! cargo bench -p sijill-extract -- growth       does the time grow with the length of a text, and no faster?
//! cargo bench -p sijill-extract -- once         reads the text once and says nothing else: for a profiler that counts instructions
//! cargo bench -p sijill-extract -- tokens       the stages of that name
//! ```
//!
//! The text is the pool of news beside the checkout where it lies there, else the project's own samples. A ratio between two
//! passes over the same text says more than either: machines differ, the ratio hardly does.

use divan::counter::BytesCount;
use sijill_extract::{Article, Engine, Stage, calendar, clean};
use sijill_text::Tokens;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use unicode_segmentation::UnicodeSegmentation;

/// As much text as the stages read in one go: enough to leave the caches, little enough to repeat.
const MEASURE: usize = 4 << 20;

struct Text {
    id: String,
    text: String,
    published: Option<String>,
    outlet: Option<String>,
}

impl Text {
    fn article(&self) -> Article<'_> {
        Article { id: &self.id, text: &self.text, published: self.published.as_deref(), outlet: self.outlet.as_deref() }
    }
}

#[derive(serde::Deserialize)]
struct Line {
    id: String,
    text: String,
    published: Option<String>,
    outlet: Option<String>,
}

struct Corpus {
    from: &'static str,
    texts: Vec<Text>,
    bytes: usize,
}

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| corpus(MEASURE));
static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::embedded);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pool() -> Option<PathBuf> {
    Some(root().join("../shared/pool/news.jsonl")).filter(|p| p.is_file())
}

/// Articles from all over the pool (or the samples, over and over), `size` bytes of them.
fn corpus(size: usize) -> Corpus {
    let mut texts = Vec::new();
    let mut bytes = 0;
    let from = if let Some(path) = pool() {
        // Every so-manyth line, so that all outlets are in it.
        let whole = std::fs::metadata(&path).map_or(0, |m| m.len() as usize);
        let step = (whole / size.max(1)).max(1);
        let lines = BufReader::new(std::fs::File::open(&path).expect("the pool is readable")).lines();
        for line in lines.step_by(step) {
            let line: Line = serde_json::from_str(&line.expect("the pool is UTF-8")).expect("the pool is JSONL");
            bytes += line.text.len();
            texts.push(Text { id: line.id, text: line.text, published: line.published, outlet: line.outlet });
            if bytes >= size {
                break;
            }
        }
        "the pool"
    } else {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(root().join("samples")).into_iter().flatten().flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
        files.sort();
        let samples: Vec<(String, String)> = files.iter().map(|p| (p.display().to_string(), std::fs::read_to_string(p).expect("samples are UTF-8"))).collect();
        assert!(!samples.is_empty(), "expected a pool of news or samples/*.txt, found neither");
        while bytes < size {
            for (id, text) in &samples {
                bytes += text.len();
                texts.push(Text { id: id.clone(), text: text.clone(), published: None, outlet: None });
            }
        }
        "the samples"
    };
    Corpus { from, texts, bytes }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    match args.first().map(String::as_str) {
        Some("memory") => memory(),
        Some("start") => start(),
        Some("figures") => figures(),
        Some("growth") => growth(),
        Some("once") => println!("{} entities in {} bytes", read(&CORPUS), CORPUS.bytes),
        Some(_) => divan::main(),
        None => {
            divan::main();
            figures();
        }
    }
}

/// What any reader of text pays at least: the standard's own word boundaries, in one pass.
fn words(c: &Corpus) -> usize {
    c.texts.iter().map(|t| t.text.unicode_words().count()).sum()
}

fn read(c: &Corpus) -> usize {
    let mut worker = ENGINE.worker();
    c.texts.iter().map(|t| worker.read(&t.article()).entities.len()).sum()
}

/// The same on several threads: each takes the next article when it is done with its last.
fn read_on(c: &Corpus, threads: usize) -> usize {
    let next = AtomicUsize::new(0);
    std::thread::scope(|s| {
        let running: Vec<_> = (0..threads)
            .map(|_| {
                s.spawn(|| {
                    let mut worker = ENGINE.worker();
                    let mut n = 0;
                    while let Some(t) = c.texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                        n += worker.read(&t.article()).entities.len();
                    }
                    n
                })
            })
            .collect();
        running.into_iter().map(|r| r.join().expect("a worker does not panic")).sum()
    })
}

#[divan::bench_group(sample_count = 5, sample_size = 1)]
mod stages {
    use super::*;

    fn over(bencher: divan::Bencher, pass: impl Fn(&Corpus) -> usize + Sync) {
        let c = &*CORPUS;
        bencher.counter(BytesCount::new(c.bytes)).bench(|| pass(black_box(c)));
    }

    /// A stage that works on tokens, timed without their making.
    fn on_tokens(bencher: divan::Bencher, mut stage: impl FnMut(&str, &Tokens) -> usize) {
        let c = &*CORPUS;
        let all: Vec<Tokens> = c
            .texts
            .iter()
            .map(|t| {
                let mut tokens = Tokens::default();
                tokens.read(&t.text);
                tokens
            })
            .collect();
        bencher.counter(BytesCount::new(c.bytes)).bench_local(|| c.texts.iter().zip(&all).map(|(t, tokens)| stage(&t.text, tokens)).sum::<usize>());
    }

    #[divan::bench]
    fn a_unicode_words(bencher: divan::Bencher) {
        over(bencher, words);
    }

    #[divan::bench]
    fn b_fold(bencher: divan::Bencher) {
        over(bencher, |c| {
            let mut out = String::new();
            c.texts
                .iter()
                .map(|t| {
                    out.clear();
                    sijill_text::fold_into(&t.text, &mut out);
                    out.len()
                })
                .sum()
        });
    }

    #[divan::bench]
    fn c_tokens(bencher: divan::Bencher) {
        over(bencher, |c| {
            let mut tokens = Tokens::default();
            c.texts
                .iter()
                .map(|t| {
                    tokens.read(&t.text);
                    tokens.len()
                })
                .sum()
        });
    }

    #[divan::bench]
    fn d_sentences(bencher: divan::Bencher) {
        let mut out = Vec::new();
        on_tokens(bencher, |_, tokens| {
            sijill_text::sentences(tokens, &mut out);
            out.len()
        });
    }

    #[divan::bench]
    fn e_quotes(bencher: divan::Bencher) {
        let mut out = Vec::new();
        on_tokens(bencher, |_, tokens| {
            sijill_text::quotes(tokens, &mut out);
            out.len()
        });
    }

    #[divan::bench]
    fn f_junk(bencher: divan::Bencher) {
        let lexicon = ENGINE.lexicon();
        let compiled = clean::Compiled::new(&lexicon.junk, &lexicon.datelines);
        let mut out = Vec::new();
        on_tokens(bencher, |_, tokens| {
            clean::junk(&compiled, tokens, None, &mut out);
            out.len()
        });
    }

    #[divan::bench]
    fn g_calendar(bencher: divan::Bencher) {
        let compiled = calendar::Compiled::new(&ENGINE.lexicon().calendar);
        let mut out = Vec::new();
        let anchors = calendar::Anchors { published: None, today: None };
        on_tokens(bencher, |_, tokens| {
            out.clear();
            let words = calendar::Words::new(&compiled, tokens);
            calendar::find(&compiled, &words, tokens, 0..tokens.len(), &anchors, &mut out);
            out.len()
        });
    }

    #[divan::bench]
    fn h_read(bencher: divan::Bencher) {
        over(bencher, read);
    }

    #[divan::bench]
    fn i_read_on_two_threads(bencher: divan::Bencher) {
        over(bencher, |c| read_on(c, 2));
    }
}

/// The best of several runs, by the clock and by the time that this process had a core for: what disturbs a run only ever makes
/// it longer.
fn best(runs: usize, mut pass: impl FnMut() -> usize) -> (Duration, Duration) {
    let all: Vec<(Duration, Duration)> = (0..runs)
        .map(|_| {
            let (t, busy) = (Instant::now(), busy());
            black_box(pass());
            (t.elapsed(), self::busy().saturating_sub(busy))
        })
        .collect();
    (all.iter().map(|a| a.0).min().unwrap_or_default(), all.iter().map(|a| a.1).min().unwrap_or_default())
}

/// The time that all threads of this process, ended ones too, have spent on a core; zero where the system does not tell.
fn busy() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may hold anything but ends with the last parenthesis: state is field 3, user time 14, system time 15.
    let ticks: u64 = stat.rsplit(')').next().unwrap_or("").split_whitespace().skip(11).take(2).filter_map(|f| f.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn figures() {
    let c = &*CORPUS;
    let mb = |d: Duration| c.bytes as f64 / 1e6 / d.as_secs_f64();
    let (pass, _) = best(7, || words(c));
    let (one, busy_one) = best(5, || read(c));
    let (two, busy_two) = best(5, || read_on(c, 2));
    println!("\n{} articles of {}, {:.1} MB of UTF-8", c.texts.len(), c.from, c.bytes as f64 / 1e6);
    println!("  {:<44} {:>9}   goal", "", "found");
    let row = |what: &str, found: String, goal: &str| println!("  {what:<44} {found:>9}   {goal}");
    row("unicode-segmentation words, MB/s", format!("{:.1}", mb(pass)), "");
    row("text to record, one thread, MB/s", format!("{:.2}", mb(one)), "8 or more");
    row("ratio of the two", format!("{:.1}", one.as_secs_f64() / pass.as_secs_f64()), "under 15");
    row("text to record, two threads, MB/s", format!("{:.2}", mb(two)), "");
    row("two threads to one", format!("{:.2}", one.as_secs_f64() / two.as_secs_f64()), "1.8 or more");
    if !busy_two.is_zero() {
        // What the threads cost each other, whoever else is at work on this machine.
        row("two threads to one, were both cores free", format!("{:.2}", 2.0 * busy_one.as_secs_f64() / busy_two.as_secs_f64()), "1.8 or more");
    }
    println!("\n  {:<44} {:>9}   share", "stages of one thread", "MB/s");
    let stages = by_stage(c);
    let whole: Duration = stages.iter().sum();
    for (stage, &time) in Stage::ALL.iter().zip(&stages) {
        println!("  {:<44} {:>9.1}   {:>4.1} %", format!("{stage:?}").to_lowercase(), mb(time), 100.0 * time.as_secs_f64() / whole.as_secs_f64());
    }
    println!();
    if let Some((inner, whole)) = starts(15) {
        row("engine and first record, ms", format!("{inner:.1}"), "under 60");
        row("the same with the start of the process, ms", format!("{whole:.1}"), "under 60");
    }
}

/// The time of each stage of reading, in the order of `Stage::ALL`; the best of several runs for each.
fn by_stage(c: &Corpus) -> Vec<Duration> {
    let mut best = vec![Duration::MAX; Stage::ALL.len()];
    for _ in 0..5 {
        let mut worker = ENGINE.worker();
        let mut all = vec![Duration::ZERO; Stage::ALL.len()];
        for t in &c.texts {
            let mut before = Instant::now();
            black_box(worker.read_by_stages(&t.article(), |stage| {
                let now = Instant::now();
                all[stage as usize] += now - before;
                before = now;
            }));
        }
        for (best, time) in best.iter_mut().zip(all) {
            *best = time.min(*best);
        }
    }
    best
}

/// A small article, not from any file, so that no file is read on the way to the first record.
const SMALL: &str = "عمان 3 مايو 2024 - استقبل وزير الخارجية الأردني أيمن الصفدي اليوم نظيره العماني بدر البوسعيدي، وبحثا العلاقات بين البلدين.\nوقال الصفدي إن بلاده ترحب بالزيارة.";

/// In a process of its own (nothing warm): microseconds from `main` to the first record, on standard output.
fn start() {
    let t = Instant::now();
    let engine = Engine::embedded();
    let record = engine.worker().read(&Article { id: "small", text: SMALL, ..Article::default() });
    black_box(&record);
    println!("{}", t.elapsed().as_micros());
}

/// Medians over `runs` fresh processes: within the process, and as seen from outside. Milliseconds.
fn starts(runs: usize) -> Option<(f64, f64)> {
    let me = std::env::current_exe().ok()?;
    let (mut inner, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let t = Instant::now();
        let out = std::process::Command::new(&me).arg("start").output().ok()?;
        whole.push(t.elapsed().as_secs_f64() * 1e3);
        inner.push(String::from_utf8_lossy(&out.stdout).trim().parse::<f64>().ok()? / 1e3);
    }
    inner.sort_by(f64::total_cmp);
    whole.sort_by(f64::total_cmp);
    Some((inner[runs / 2], whole[runs / 2]))
}

/// Texts that are no articles: one line each, of one sort of words only. Where a rule looks at all that went before, it shows here.
const SHAPES: [(&str, &str); 12] = [
    ("sentences", "استقبل وزير الخارجية الأردني أيمن الصفدي اليوم نظيره العماني بدر البوسعيدي، وقال إن بلاده ترحب بالزيارة. "),
    ("no full stop", "وأكد وأعلن وقال وشدد على أن "),
    ("people", "محمد علي حسن أحمد سعيد، "),
    ("titles", "الرئيس ورئيس الوزراء والوزير والملك "),
    ("officials", "قال مسؤول أميركي إن مسؤولا في وزارة الخارجية "),
    ("states", "عمان والأردن ومصر والمملكة "),
    ("bodies", "وزارة الخارجية ومنظمة الصحة العالمية وجامعة الكويت "),
    ("times", "في 3 مايو 2024 ومن 2 إلى 6 يوليو أمس الاثنين "),
    ("quotations", "قال الوزير: \"نرحب بالزيارة\" "),
    ("open quotations", "\" قال « "),
    ("dashes", "—-"),
    ("addresses", "a.b@c/"),
];

/// How much longer a megabyte takes in a text of eight than in a text of one: about 1 where the time grows with the length, about 8
/// where it grows with its square.
fn growth() {
    let mut worker = ENGINE.worker();
    let mut time = |part: &str, megabytes: usize| {
        let text = part.repeat((megabytes << 20) / part.len());
        best(3, || worker.read(&Article { id: "growth", text: &text, ..Article::default() }).entities.len()).0.as_secs_f64()
    };
    println!("\n  {:<20} {:>5} {:>5} {:>5}   time of each MB, in texts of 2, 4, 8 MB to one of 1 MB", "", 2, 4, 8);
    for (name, part) in SHAPES {
        let one = time(part, 1);
        let [two, four, eight] = [2, 4, 8].map(|n| time(part, n) / n as f64 / one);
        println!("  {name:<20} {two:>5.1} {four:>5.1} {eight:>5.1}");
    }
}

/// Reads the whole pool as a stream, article by article, and says how much memory it took at most.
fn memory() {
    let Some(path) = pool() else {
        println!("memory: expected the pool of news beside the checkout, found none");
        return;
    };
    for threads in [1, 2] {
        // A process of its own for each: the peak is a process's.
        if std::env::args().nth(2).is_none_or(|a| a.starts_with("--")) {
            let me = std::env::current_exe().expect("the bench knows its path");
            let _ = std::process::Command::new(me).args(["memory", &threads.to_string()]).status();
            continue;
        }
        let threads: usize = std::env::args().nth(2).and_then(|a| a.parse().ok()).unwrap_or(1);
        let t = Instant::now();
        let lines = std::sync::Mutex::new(BufReader::new(std::fs::File::open(&path).expect("the pool is readable")).lines());
        let (bytes, articles) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let engine = &*ENGINE;
        let before = peak();
        std::thread::scope(|s| {
            for _ in 0..threads {
                s.spawn(|| {
                    let mut worker = engine.worker();
                    loop {
                        let next = lines.lock().expect("no thread panicked").next();
                        let Some(Ok(line)) = next else { break };
                        let line: Line = serde_json::from_str(&line).expect("the pool is JSONL");
                        let article = Article { id: &line.id, text: &line.text, published: line.published.as_deref(), outlet: line.outlet.as_deref() };
                        let record = worker.read(&article);
                        black_box(serde_json::to_vec(&record).expect("a record is JSON"));
                        bytes.fetch_add(line.text.len(), Ordering::Relaxed);
                        articles.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
        let (bytes, articles) = (bytes.into_inner() as f64 / 1e6, articles.into_inner());
        println!(
            "{threads} thread(s): {articles} articles, {bytes:.1} MB in {:.1} s; peak memory {} MB ({} MB when the engine was ready; goal under 200)",
            t.elapsed().as_secs_f64(),
            peak().map_or("?".into(), |m| format!("{:.0}", m / 1024.0)),
            before.map_or("?".into(), |m| format!("{:.0}", m / 1024.0)),
        );
        return;
    }
}

/// VmHWM of this process in KiB, where the system tells.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}
