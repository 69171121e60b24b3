//! Words that are names and something else: each sentence says who or what must be found in it, and what must not.
//!
//! Sentences are our own. What must not live here: entries' own examples, which stand beside them in the lexicon.

use sijill_extract::{Article, Engine};

/// Sentence, ids that must be there, ids that must not.
const CASES: &[(&str, &[&str], &[&str])] = &[
    // A city and a state.
    ("أعلنت سلطنة عمان أنها ترحب بالمبادرة.", &["country:OMN"], &["place:amman"]),
    ("عقد الاجتماع في العاصمة الأردنية عمان.", &["place:amman"], &["country:OMN"]),
    ("وصل الملك عبدالله الثاني إلى عمان.", &["place:amman", "person:abdullah-ii"], &["country:OMN"]),
    ("وقع انفجار في العاصمة الأفغانية كابل.", &["place:kabul"], &["country:AFG"]),
    // In a list of states the name is the state, in a list of capitals the capital's state.
    ("شاركت في الاجتماع السعودية وقطر وعمان والأردن.", &["country:OMN", "country:JOR"], &["place:amman"]),
    ("أعلنت الكويت وعمان تأييد المبادرة.", &["country:KWT", "country:OMN"], &["country:JOR"]),
    ("زار الوزير القاهرة وعمان وبيروت.", &["country:JOR"], &["country:OMN"]),
    // A province and a man's name.
    ("قال صلاح الدين دمرجان إن الحزب سيشارك.", &[], &["place:saladin-iraq"]),
    ("وصلت التعزيزات إلى صلاح الدين أمس.", &["place:saladin-iraq"], &[]),
    // A given name and the first person of a verb, a surname and a noun with a pronoun.
    ("قال أحمد فوزي المتحدث باسم الأمم المتحدة إن الخطة مقبولة، وقال فوزي إن المبعوث متفائل.", &["person:احمد-فوزي"], &[]),
    // One who serves, and the one whom he serves.
    ("قال محامي ترامب فيكتور هالدرمان إن موكله بريء.", &["person:donald-trump", "person:فيكتور-هالدرمان"], &[]),
    // Help, and a helper.
    ("طالبت المنظمة بزيادة مساعدة السوريين في المخيمات.", &[], &["person:مساعده-السوريين"]),
    // What is so far only an adjective, and a firm.
    ("شكلت الوزارة لجنة قطاعية لبحث الأمر.", &[], &["organization:لجنه-قطاعيه"]),
    // A government and a city.
    ("ناقش اجتماع الدوحة ملف الطاقة.", &["place:doha"], &["country:QAT"]),
    ("أعلنت الدوحة استعدادها للوساطة.", &["country:QAT"], &["place:doha"]),
    // A river and a state.
    ("يقع المخيم على ضفة نهر الأردن الشرقية.", &["place:jordan-river"], &["country:JOR"]),
    ("دعا الأردن إلى وقف القتال.", &["country:JOR"], &["place:jordan-river"]),
    // A name of one letter pair, and a thing.
    ("التقى الرئيس الصيني شي جين بينغ ضيفه، وقال شي إن الصين مستعدة.", &["person:xi-jinping"], &[]),
    ("لم يتغير أي شي في الموقف بعد زيارة الوفد.", &[], &["person:xi-jinping"]),
    ("قالت بينظير بوتو إن حزبها سيشارك.", &["person:benazir-bhutto"], &[]),
    ("طالب بوتو الحكومة بالإصلاح.", &[], &["person:benazir-bhutto"]),
    // A given name and a preposition.
    ("قال علي لاريجاني إن البرلمان سيناقش الاتفاق.", &["person:ali-larijani"], &[]),
    ("اعتمد الوزير على تقرير اللجنة.", &[], &["person:علي-تقرير"]),
    // A state, a given name, a state of another state.
    ("وقعت جورجيا والاتحاد الأوروبي اتفاق الشراكة.", &["country:GEO"], &[]),
    ("قالت رئيسة الوزراء الإيطالية جورجيا ميلوني إن بلادها تدعم أوكرانيا.", &["person:giorgia-meloni"], &["country:GEO"]),
    ("فاز المرشح الجمهوري في ولاية جورجيا الأمريكية.", &["place:georgia-us"], &["country:GEO"]),
    // A state and an adjective.
    ("ناقش البرلمان العجز المالي في الميزانية.", &[], &["country:MLI"]),
    ("طلبت مالي مساعدة عاجلة من فرنسا.", &["country:MLI"], &[]),
    ("أعلنت تشاد إغلاق حدودها مع السودان.", &["country:TCD", "country:SDN"], &[]),
    ("استضافت قطر جولة جديدة من المحادثات.", &["country:QAT"], &[]),
    ("لم يمرر الكونغرس مشروع القانون.", &["organization:us-congress"], &[]),
    // A people and a state.
    ("أوقفت السلطات خمسة لبنانيين في المطار.", &[], &["country:LBN"]),
    ("دعا لبنان إلى اجتماع عاجل لمجلس الأمن.", &["country:LBN", "forum:unsc"], &[]),
    // A title and a given name.
    ("استقبل سلطان بروناي حسن البلقية رئيس وزراء سنغافورة.", &["person:hassanal-bolkiah", "country:BRN"], &[]),
    ("استقبل الأمير سلطان بن سعد وفدا من رجال الأعمال.", &["person:سلطان-بن-سعد"], &[]),
    ("أصدر أمير الكويت مرسوما بتشكيل الحكومة.", &["person:امير-الكويت", "country:KWT"], &[]),
    ("قال المتحدث أمير حسين إن الاجتماع ناجح.", &["person:امير-حسين"], &[]),
    // A place and a surname, a region and two words.
    ("أفاد اللواء علي الأحمدي بأن التدريب انتهى.", &["person:علي-الاحمدي"], &["place:ahmadi"]),
    ("حضر موت الزعيم إلى الأذهان.", &[], &["place:hadhramaut"]),
];

#[test]
fn each_word_is_taken_for_what_it_is() {
    let engine = Engine::embedded();
    let mut worker = engine.worker();
    let mut wrong = Vec::new();
    for (text, there, not) in CASES {
        let record = worker.read(&Article { id: "a", text, published: Some("2024-07-02"), outlet: None });
        let has = |id: &&&str| record.entities.iter().any(|e| e.id == **id);
        let missing: Vec<_> = there.iter().filter(|id| !has(id)).collect();
        let spurious: Vec<_> = not.iter().filter(has).collect();
        if !missing.is_empty() || !spurious.is_empty() {
            wrong.push(format!("{text}\n  missing {missing:?}, spurious {spurious:?}, found {:?}", record.entities.iter().map(|e| &e.id).collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
