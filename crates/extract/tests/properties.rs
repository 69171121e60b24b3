//! What holds of the record of any text: quotes are slices, shifted text gives shifted records, neither threads nor what a worker
//! read before change a byte.
//!
//! `PROPTEST_RNG_SEED=7 PROPTEST_CASES=20000 cargo test --release -p sijill-extract --test properties` looks longer, and elsewhere.

mod common;

use proptest::prelude::*;
use sijill_extract::{Article, Engine, Worker};
use sijill_record::{Record, Span};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::embedded);

/// Whole sentences, of the kinds that the engine makes something of. No junk, no dateline.
const SENTENCES: [&str; 28] = [
    "استقبل الرئيس المصري عبد الفتاح السيسي في القاهرة نظيره التونسي قيس سعيد.",
    "وقال وزير الخارجية الأردني أيمن الصفدي إن بلاده مستعدة للتعاون مع جميع الأطراف.",
    "وأضاف أن الاتفاق سيوقع يوم الخميس المقبل.",
    "وتابع: \"لن نقبل بهذا الأمر، وسنبلغ الأمم المتحدة بموقفنا\".",
    "«هذه خطوة مهمة»، بحسب المتحدث باسم وزارة الخارجية الكازاخستانية.",
    "بحث نائب رئيس الوزراء وزير خارجية كازاخستان مراد نورتلو مع السفير الصيني العلاقات الثنائية.",
    "وقع البلدان مذكرة تفاهم في مجال الطاقة في 3 مايو/أيار 2023.",
    "أجرى الوزير اتصالا هاتفيا مع نظيرته الألمانية أنالينا بيربوك أمس.",
    "شارك في القمة قادة كل من أوزبكستان وقيرغيزستان وطاجيكستان وتركمانستان.",
    "وصل المبعوث الأممي إلى عدن في زيارة تستغرق ثلاثة أيام.",
    "أدانت منظمة التعاون الإسلامي الهجوم الذي أودى بحياة عشرين مدنيا.",
    "ودعا الأمين العام للأمم المتحدة أنطونيو غوتيريش إلى وقف فوري لإطلاق النار.",
    "من جهته، رحب مجلس التعاون لدول الخليج العربية بالبيان المشترك.",
    "أعلنت الحكومة السودانية استدعاء سفيرها لدى نيروبي احتجاجا على ذلك.",
    "وأوضح المصدر أن المباحثات جرت في أجواء إيجابية.",
    "تحتفل الدولتان هذا العام بالذكرى الثلاثين لإقامة العلاقات الدبلوماسية بينهما.",
    "عقد وزراء خارجية مصر والأردن والعراق اجتماعا ثلاثيا في بغداد يوم الأحد 27 يونيو 2021.",
    "وأكد الجانبان، في بيان مشترك، دعمهما لحل الدولتين.",
    "فرض الاتحاد الأوروبي عقوبات على خمسة مسؤولين في بيلاروس.",
    "أرسلت تركيا مساعدات إنسانية إلى باكستان بعد الفيضانات.",
    "في 14 ذي الحجة 1445 بعث العاهل السعودي الملك سلمان بن عبد العزيز برقية تهنئة إلى رئيس موريتانيا.",
    "عين المجلس أحمد الراشدي الكمالي سفيرا فوق العادة، وأدى اليمين أمام الرئيس.",
    "ونفى الراشدي ذلك، مشددا على أن حكومته لم تتلق أي طلب.",
    "قام رئيس الوزراء الهندي ناريندرا مودي بزيارة رسمية إلى أبوظبي والدوحة على التوالي.",
    "انسحبت القوات من المدينة صباح اليوم، وأفرج عن سبعة محتجزين.",
    "حذر حلف شمال الأطلسي (الناتو) روسيا من مغبة التصعيد.",
    "لم يلتق الطرفان، وألغيت المحادثات التي كانت مقررة في جنيف.",
    "تربط الصين وكازاخستان شراكة استراتيجية شاملة دائمة منذ عام 2019.",
];

/// Pieces that belong anywhere and nowhere.
const PIECES: [&str; 52] = [
    " ",
    " ",
    " ",
    "\n",
    "\r\n",
    "\n\n",
    "\u{A0}",
    "\t",
    ".",
    "،",
    "؛",
    ":",
    "؟",
    "!",
    "...",
    "…",
    "\"",
    "«",
    "»",
    "“",
    "”",
    "‹",
    "(",
    ")",
    "[",
    "/",
    "-",
    " – ",
    "\u{64E}",
    "\u{651}\u{64F}",
    "\u{640}\u{640}",
    "\u{200F}",
    "\u{202B}",
    "\u{202C}",
    "\u{2067}",
    "\u{200C}",
    "\u{FEFF}",
    "\u{FFFD}",
    "\0",
    "x",
    "Xinhua",
    "2024",
    "٣",
    "12:30",
    "%",
    "و",
    "ال",
    "ل",
    "ﷺ",
    "ﻣﺼﺮ",
    "پارس",
    "王毅",
];

/// Words on their own, cut loose from their sentences.
const WORDS: [&str; 24] = [
    "قال",
    "وقال",
    "إن",
    "أن",
    "وزير الخارجية",
    "المصري",
    "نظيره",
    "الرئيس",
    "يوم",
    "الاثنين",
    "مصر",
    "والسودان",
    "بين",
    "كل من",
    "زار",
    "محادثات",
    "أمس",
    "لم",
    "سوف",
    "التي",
    "وفقا ل",
    "في بيان",
    "يناير",
    "المتحدث باسم",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(&SENTENCES[..]).prop_map(|s| format!("{s} ")),
        1 => prop::sample::select(&SENTENCES[..]).prop_map(|s| format!("{s}\n")),
        3 => prop::sample::select(&WORDS[..]).prop_map(|s| format!("{s} ")),
        4 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        // A sentence cut at any letter.
        1 => (prop::sample::select(&SENTENCES[..]), 0..60usize).prop_map(|(s, n)| s.chars().skip(n).collect()),
        // A sentence with something after each of its letters.
        1 => (prop::sample::select(&SENTENCES[..]), prop::sample::select(&["\u{64E}", "\u{200F}", "\u{640}", "\u{651}\u{650}"][..])).prop_map(|(s, m)| s.chars().flat_map(|c| c.to_string().chars().chain(if c.is_alphabetic() { m } else { "" }.chars()).collect::<Vec<_>>()).collect()),
    ]
}

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..14).prop_map(|p| p.concat())
}

/// A page as it comes: perhaps with header, headline and dateline, whole sentences, and something of the page below.
fn page() -> impl Strategy<Value = String> {
    let header = prop::sample::select(&["", "", "2023-05-03 21:17:42|arabic.news.cn\nVideo PlayerClose\n", "/مصدر: شينخوا/\n", "الرئيسية > العالم\n"][..]);
    let headline = prop::option::of(prop::sample::select(&SENTENCES[..]).prop_map(|s| s.trim_end_matches('.').to_owned()));
    let after = prop::sample::select(&["\n", "\n\n", "\r\n"][..]);
    let dateline = prop::sample::select(&["", "", "القاهرة 3 مايو 2023 (شينخوا) -- ", "عمان، الأردن (CNN)—", "أنقرة / الأناضول\n", "بيروت في 3 مايو /قنا/ "][..]);
    let footer = prop::sample::select(&["", "", "اقرأ أيضا:\nقمة في الرياض\n", "// انتهى //\n", "شارك هذا الخبر\n", "010020070790000000000000011100001310784455\n"][..]);
    (header, headline, after, dateline, paragraphs(), footer).prop_map(|(header, headline, after, dateline, body, footer)| {
        let headline = headline.map_or(String::new(), |h| h + after);
        format!("{header}{headline}{dateline}{}\n{footer}", body.trim_end())
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![pieces(), page(), (page(), pieces()).prop_map(|(a, b)| a + &b)]
}

/// Clean paragraphs, each of whole sentences.
fn paragraphs() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(&SENTENCES[..]), any::<bool>()), 1..10)
        .prop_map(|s| s.into_iter().map(|(s, end)| format!("{s}{}", if end { '\n' } else { ' ' })).collect())
}

fn published() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(&[None, Some("2024-07-02"), Some("2021-06"), Some("1999")][..])
}

fn read(worker: &mut Worker, text: &str, published: Option<&str>) -> Record {
    worker.read(&Article { id: "a", text, published, outlet: None })
}

fn fresh(text: &str, published: Option<&str>) -> Record {
    read(&mut ENGINE.worker(), text, published)
}

/// The record with all its spans moved.
fn shifted(mut r: Record, by: usize) -> Record {
    let by = by as u32;
    let go = |s: &mut Span| *s = Span::new(s.start + by, s.end + by);
    r.dateline.iter_mut().for_each(|d| go(&mut d.span));
    r.boilerplate.iter_mut().for_each(|b| go(&mut b.span));
    for e in &mut r.entities {
        e.mentions.iter_mut().for_each(|m| go(&mut m.span));
        e.roles.iter_mut().for_each(|x| go(&mut x.span));
    }
    r.times.iter_mut().for_each(|t| go(&mut t.span));
    for s in &mut r.statements {
        go(&mut s.cue);
        go(&mut s.content);
    }
    r.events.iter_mut().for_each(|e| e.evidence.iter_mut().for_each(go));
    r.relations.iter_mut().for_each(|x| go(&mut x.span));
    r.warnings.iter_mut().for_each(|w| go(&mut w.span));
    r
}

/// Both records as JSON, laid out so that a difference is a line.
fn same(found: &Record, expected: &Record, text: &str) -> Result<(), TestCaseError> {
    if found != expected {
        let (f, e) = (serde_json::to_string_pretty(found).unwrap(), serde_json::to_string_pretty(expected).unwrap());
        let line = f.lines().zip(e.lines()).position(|(a, b)| a != b).unwrap_or(0);
        let around = |s: &str| s.lines().skip(line.saturating_sub(12)).take(24).collect::<Vec<_>>().join("\n");
        return Err(TestCaseError::fail(format!("of {text:?}\nexpected\n{}\nfound\n{}", around(&e), around(&f))));
    }
    Ok(())
}

fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 100 };
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 2000, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_promise_of_a_record_is_kept(text in any_text(), published in published()) {
        let record = fresh(&text, published);
        prop_assert_eq!(common::check(&text, &record), Ok(()), "{:?}", text);
    }

    #[test]
    fn a_record_survives_json(text in any_text()) {
        let record = fresh(&text, Some("2024-07-02"));
        let json = serde_json::to_string(&record).unwrap();
        let back: Record = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(record, back);
    }

    /// What is no letter, no mark and no line is nothing, wherever it stands at the edges.
    #[test]
    fn white_space_before_shifts_the_record(text in any_text(), prefix in "[ \t\u{A0}\u{3000}\u{200F}\u{202B}\u{2067}\u{FEFF}]{1,5}", published in published()) {
        // A mark on a letter clings to the letter before it, be it a foreign one: nothing to cling to changes nothing.
        let long = format!("{prefix}{text}");
        same(&fresh(&long, published), &shifted(fresh(&text, published), prefix.chars().count()), &long)?;
    }

    #[test]
    fn empty_lines_before_shift_the_record(text in any_text(), prefix in "[\n\r ]{1,5}\n", published in published()) {
        // A text that itself begins with an empty line has that line already.
        let text = text.trim_start();
        let long = format!("{prefix}{text}");
        same(&fresh(&long, published), &shifted(fresh(text, published), prefix.chars().count()), &long)?;
    }

    #[test]
    fn white_space_and_empty_lines_behind_change_nothing(text in any_text(), suffix in "[\n\r \u{A0}\u{200F}]{1,6}", published in published()) {
        let text = text.trim_end();
        let long = format!("{text}{suffix}");
        same(&fresh(&long, published), &fresh(text, published), &long)?;
    }

    /// Paragraphs that say nothing of diplomacy move those that do, and do no more. There is always one before, as the first lines
    /// of an article are read differently: headline, dateline, and, where nothing else gives the article's day, a full date in them.
    #[test]
    fn paragraphs_before_shift_the_record(text in paragraphs(), n in 1..4usize, published in prop::sample::select(&[Some("2024-07-02"), Some("2021-06"), Some("1999")][..])) {
        const DULL: &str = "كانت القطة نائمة قرب النافذة والمطر يهطل بهدوء.\n";
        let (one, more) = (format!("{DULL}{text}"), format!("{}{text}", DULL.repeat(1 + n)));
        same(&fresh(&more, published), &shifted(fresh(&one, published), n * DULL.chars().count()), &more)?;
    }

    #[test]
    fn a_worker_remembers_nothing(texts in prop::collection::vec(any_text(), 2..6), published in published()) {
        let mut worker = ENGINE.worker();
        for text in &texts {
            same(&read(&mut worker, text, published), &fresh(text, published), text)?;
        }
        // And once more, with everything known.
        for text in texts.iter().rev() {
            same(&read(&mut worker, text, published), &fresh(text, published), text)?;
        }
    }

    #[test]
    fn the_number_of_threads_changes_nothing(texts in prop::collection::vec(any_text(), 3..12)) {
        let one = on_threads(&texts, 1);
        prop_assert_eq!(&on_threads(&texts, 2), &one);
        prop_assert_eq!(&on_threads(&texts, 5), &one);
    }
}

/// The bytes of all records, in the order of the texts.
fn on_threads(texts: &[String], threads: usize) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let mut all: Vec<(usize, String)> = std::thread::scope(|s| {
        let running: Vec<_> = (0..threads)
            .map(|_| {
                s.spawn(|| {
                    let mut worker = ENGINE.worker();
                    let mut out = Vec::new();
                    loop {
                        let k = next.fetch_add(1, Ordering::Relaxed);
                        let Some(text) = texts.get(k) else { break out };
                        out.push((k, serde_json::to_string(&read(&mut worker, text, None)).unwrap()));
                    }
                })
            })
            .collect();
        running.into_iter().flat_map(|r| r.join().unwrap()).collect()
    });
    all.sort();
    all.into_iter().map(|(_, r)| r).collect()
}

/// The samples, which are whole articles with junk and dateline, keep every promise too.
/// What the search above once found.
#[test]
fn empty_lines_behind_a_text_are_no_lines_of_it() {
    for text in ["قال الوزير: “قال \"", "أدانت منظمة التعاون الإسلامي الهجوم الذي أودى بحياة عشرين مدنيا\nأجرى الوزير اتصالا هاتفيا مع نظيرته الألمانية أنالينا بيربوك أمس."]
    {
        assert_eq!(fresh(&format!("{text}\n"), None), fresh(text, None), "{text}");
    }
}

#[test]
fn the_samples_keep_every_promise() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut worker = ENGINE.worker();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|e| e == "txt") {
            let text = std::fs::read_to_string(&path).unwrap();
            let record = read(&mut worker, &text, None);
            assert_eq!(common::check(&text, &record), Ok(()), "{}", path.display());
            assert_eq!(record, fresh(&text, None), "{}", path.display());
        }
    }
}
