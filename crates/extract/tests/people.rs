//! Who holds which office, and who speaks: sentences of several rules together, which no single entry of the lexicon can show.
//!
//! Sentences are our own. What must not live here: entries' own examples, which stand beside them in the lexicon; words that are
//! names and something else (`ambiguity.rs`).

use sijill_extract::{Article, Engine};

/// Sentence, and the offices found in it: person, title, whose.
const OFFICES: &[(&str, &[(&str, &str, Option<&str>)])] = &[
    // A title goes on with what its bearer is charged with, and with a rank before the name.
    ("قال مساعد وزير الخارجية الأردني لشؤون دول الجوار السفير نادر القسوس إن اللقاء مثمر.", &[("person:نادر-القسوس", "deputy-minister", Some("country:JOR"))]),
    ("أفاد رئيس البرلمان العراقي، الدكتور سامر الجادري، بأن الجلسة تأجلت.", &[("person:سامر-الجادري", "speaker-of-parliament", Some("organization:iq-parliament"))]),
    // The adviser is not the one whom he advises.
    (
        "قال مستشار الرئيس ترامب جاريد كوشنر إن الخطة جاهزة.",
        &[("person:jared-kushner", "adviser", Some("country:USA")), ("person:donald-trump", "head-of-state", Some("country:USA"))],
    ),
    // The head of a movement or a body is no head of state.
    ("دعا زعيم حزب الله حسن نصر الله أنصاره إلى الهدوء.", &[("person:hassan-nasrallah", "party-official", Some("organization:hezbollah"))]),
    // An office behind a name and a pronoun.
    ("قال فاضل العبيدي وهو محلل أمني عراقي إن الأسعار سترتفع.", &[("person:فاضل-العبيدي", "expert", Some("country:IRQ"))]),
    // Foreign surnames that look like a conjunction or a future.
    ("قال وزير العدل الأمريكي جيف سيشنز إن القرار صائب.", &[("person:جيف-سيشنز", "minister", Some("country:USA"))]),
    // Surnames that are words of the language, or look like a form of one; given names in two words.
    ("أعلن وزير الصناعة الجزائري يوسف يوسفي لدى الافتتاح أن الإنتاج ارتفع.", &[("person:يوسف-يوسفي", "minister", Some("country:DZA"))]),
    ("وصل وزير النقل المصري كامل الوزيري أمس إلى عمان.", &[("person:كامل-الوزيري", "minister", Some("country:EGY"))]),
    ("قال والي صفاقس عبد الستار القلال إن الميناء مفتوح.", &[("person:عبد-الستار-القلال", "governor", Some("place:sfax"))]),
    // A hamza on the alef is no article.
    ("قال وزير الأمن الكوستاريكي ألبيرتو فونسيكا إن الحدود آمنة.", &[("person:البيرتو-فونسيكا", "minister", Some("country:CRI"))]),
    // Offices joined on to a title that has its portfolio in it.
    ("التقى وزيرة الخارجية والتعاون الموزمبيقية إيزورا ماتاني أمس.", &[("person:ايزورا-ماتاني", "foreign-minister", Some("country:MOZ"))]),
    // The body named before.
    ("رفضت حركة حماس العرض. وقال المتحدث الرسمي باسم الحركة سامي أبو زهري إن الحوار مستمر.", &[("person:سامي-ابو-زهري", "spokesperson", Some("organization:hamas"))]),
    ("قال نائب رئيس حزب العمال توم واتسون إن الحزب موحد.", &[("person:توم-واتسون", "party-official", Some("organization:حزب-العمال"))]),
];

/// Sentence, and its statements: speakers, cue.
const SPEECH: &[(&str, &[(&[&str], &str)])] = &[
    // A topic behind its conjunction.
    (
        "قال وزير الخارجية التونسي نبيل عمار إن الحوار مهم. أما وزير الخارجية التركي هاكان فيدان، فقد أكد أن بلاده تدعم الحل.",
        &[(&["person:nabil-ammar"], "قال"), (&["person:hakan-fidan"], "أكد")],
    ),
    // A participle behind what a state said within somebody's speech.
    (
        "قالت الوزيرة الألمانية أنالينا بيربوك إن فرنسا اقترحت عقد مؤتمر، مضيفة أن بلادها مستعدة للحضور.",
        &[(&["person:annalena-baerbock"], "قالت"), (&["country:FRA"], "اقترحت"), (&["person:annalena-baerbock"], "مضيفة")],
    ),
    // Two clauses set beside each other, each with its speaker.
    (
        "وبينما تؤكد السلطات السعودية أن الرجل غادر، تنفي السلطات التركية أن يكون قد خرج.",
        &[(&["organization:السلطات-السعودية"], "تؤكد"), (&["organization:السلطات-التركية"], "تنفي")],
    ),
    // `فإن` behind an attribution opens the words; a verdict ends with its quotation marks.
    ("وبحسب وزير الخارجية الأردني أيمن الصفدي فإن الاتفاق على المياه قريب من التوقيع.", &[(&["person:ayman-safadi"], "حسب")]),
    // The pronoun of a conjunction is the subject, not the one behind the verb.
    ("رحب وزير الخارجية الأردني أيمن الصفدي بالهدنة، لكنه حمل الحوثيين مسؤولية التأخير.", &[(&["person:ayman-safadi"], "رحب"), (&["person:ayman-safadi"], "حمل")]),
    // Words without a complementiser, and the sign of a hashtag within a name.
    ("قال الرئيس الأمريكي دونالد #ترامب إن إيران تدعم الحوثيين. وقال إذا لم تكن المحادثات مثمرة فسينسحب.", &[(&["person:donald-trump"], "قال"), (&["person:donald-trump"], "قال")]),
    // An official without a name keeps the adjectives on both sides of his nation.
    ("قال مصدر أمني روسي مطلع إن الوفد سيصل غدا.", &[(&["person:مصدر-امني-روسي-مطلع"], "قال")]),
];

fn folded(id: &str) -> String {
    sijill_text::fold(id)
}

#[test]
fn offices_are_whose_the_words_say() {
    let engine = Engine::embedded();
    let mut worker = engine.worker();
    let mut wrong = Vec::new();
    for (text, offices) in OFFICES {
        let record = worker.read(&Article { id: "a", text, published: Some("2024-07-02"), outlet: None });
        let found: Vec<_> = record.entities.iter().flat_map(|e| e.roles.iter().map(move |r| (folded(&e.id), r.title.as_str(), r.of.as_deref().map(folded)))).collect();
        let missing: Vec<_> = offices.iter().filter(|(who, title, of)| !found.contains(&(folded(who), *title, of.map(folded)))).collect();
        if !missing.is_empty() {
            wrong.push(format!("{text}\n  missing {missing:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn speakers_are_those_who_speak() {
    let engine = Engine::embedded();
    let mut worker = engine.worker();
    let mut wrong = Vec::new();
    for (text, statements) in SPEECH {
        let record = worker.read(&Article { id: "a", text, published: Some("2024-07-02"), outlet: None });
        let letters: Vec<char> = text.chars().collect();
        let found: Vec<(Vec<String>, String)> =
            record.statements.iter().map(|s| (s.speakers.iter().map(|x| folded(x)).collect(), letters[s.cue.start as usize..s.cue.end as usize].iter().collect())).collect();
        let expected: Vec<(Vec<String>, String)> = statements.iter().map(|(who, cue)| (who.iter().map(|x| folded(x)).collect(), (*cue).to_owned())).collect();
        if found != expected {
            wrong.push(format!("{text}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
