//! What templates show, made of what queries answer: names, days, quotations, events. Each has a small template of its own, which escapes all that
//! comes from articles.
//!
//! What must not live here: questions to the register beyond the rows at hand, whole pages.

use crate::Result;
use crate::ask::escaped;
use crate::words::{Lang, Words};
use askama::Template;
use askama::filters::HtmlSafe;
use sijill_ask::plain;
use sijill_ask::timeline::proof_of;
use sijill_record::Span;
use sijill_store::Register;
use sijill_store::query::event::{Happening, Report};
use sijill_store::query::statement::{Asserted, Said};
use sijill_store::query::{Name, Source};

/// Somebody, by name, with the way to what the register holds of him.
#[derive(Template, Clone, Debug)]
#[template(
    source = r#"<a class="who {{ kind }}" href="{{ href }}"{% if let Some(t) = title %} title="{{ t }}"{% endif %}><bdi{% if foreign %} lang="ar"{% endif %}>{{ text }}</bdi></a>"#,
    ext = "html"
)]
pub struct Who {
    pub id: String,
    pub text: String,
    /// Is it Arabic in an English page?
    pub foreign: bool,
    pub href: String,
    pub kind: String,
    pub title: Option<String>,
}

impl HtmlSafe for Who {}

impl Who {
    pub fn new(w: Words, n: &Name) -> Self {
        let (text, foreign) = match (w.lang, &n.en) {
            (Lang::En, Some(en)) => (en.clone(), false),
            (Lang::En, None) => (n.ar.clone(), true),
            (Lang::Ar, _) => (n.ar.clone(), false),
        };
        Self { id: n.id.clone(), text, foreign, href: format!("/actors/{}", escaped(&n.id)), kind: n.kind.clone(), title: None }
    }
}

/// A day, month, year or range.
#[derive(Template, Clone, Debug)]
#[template(
    source = r#"<time{% if let Some(d) = machine %} datetime="{{ d }}"{% endif %}{% if told %} class="told" title="{{ hint }}"{% endif %}><bdi>{{ text }}</bdi></time>"#,
    ext = "html"
)]
pub struct When {
    pub text: String,
    /// What `datetime` may hold: a day, month or year.
    pub machine: Option<String>,
    /// Not the event's own: the day of its first report.
    pub told: bool,
    pub hint: String,
}

impl HtmlSafe for When {}

impl When {
    pub fn new(w: Words, edtf: &str) -> Self {
        let plain = edtf.bytes().all(|b| b.is_ascii_digit() || b == b'-') && matches!(edtf.len(), 4 | 7 | 10);
        Self { text: w.date(edtf), machine: plain.then(|| edtf.to_owned()), told: false, hint: String::new() }
    }

    /// The date of an event; where it has none, the day by which it was told of.
    pub fn of(w: Words, e: &Happening) -> Option<Self> {
        match (&e.date, &e.day) {
            (Some(date), _) => Some(Self::new(w, date)),
            (None, Some(day)) => Some(Self { told: true, hint: w.t("told-on").to_owned(), ..Self::new(w, day) }),
            (None, None) => None,
        }
    }
}

/// Words of an article within their sentence, with the way to the place where they stand.
#[derive(Template, Clone, Debug)]
#[template(path = "quote.html")]
pub struct Quote {
    /// What stands around the words.
    pub before: String,
    pub words: String,
    pub after: String,
    pub href: String,
    pub outlet: Option<String>,
    pub published: Option<When>,
}

impl HtmlSafe for Quote {}

/// Letters of a quotation that are shown; the whole stands in its article, one step away.
const LONGEST: usize = 420;
/// Letters around it.
const AROUND: usize = 90;

/// Does a sentence end with it? Arabic has a question mark of its own.
fn ends(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '\n' | '\u{061F}')
}

impl Quote {
    pub fn new(w: Words, source: &Source, words: &str, at: Option<Span>) -> Self {
        Self {
            before: String::new(),
            words: short(words, LONGEST),
            after: String::new(),
            href: article(&source.article, at),
            outlet: source.outlet.clone(),
            published: source.published.as_deref().map(|p| When::new(w, p)),
        }
    }

    /// With the rest of the sentence.
    pub fn within(mut self, register: &Register, source: &Source, at: Option<Span>) -> Result<Self> {
        let Some(at) = at.filter(|s| s.len() as usize <= LONGEST) else { return Ok(self) };
        let from = at.start.saturating_sub(2 * AROUND as u32);
        if let Some(all) = register.words(&source.article, from, at.end + 2 * AROUND as u32)?.and_then(|p| p.quote) {
            let letters: Vec<char> = all.chars().collect();
            let (a, b) = ((at.start - from) as usize, ((at.end - from) as usize).min(letters.len()));
            let begin = letters[..a.min(b)].iter().rposition(|c| ends(*c)).map_or(0, |n| n + 1);
            let end = letters[b..].iter().position(|c| ends(*c)).map_or(letters.len(), |n| b + n);
            let text = |part: &[char]| plain::clean(&part.iter().collect::<String>());
            self.before = tail(&text(&letters[begin..a.max(begin)]), AROUND, begin > 0 || from == 0);
            self.after = short(&text(&letters[b..end]), AROUND);
            // A comma stands at its word, a word apart: as in the article.
            if !self.before.is_empty() && (a == 0 || letters[a - 1].is_whitespace()) {
                self.before.push(' ');
            }
            if !self.after.is_empty() && letters.get(b).is_none_or(|c| c.is_whitespace()) {
                self.after.insert(0, ' ');
            }
            if end == letters.len() && letters.len() == (2 * AROUND + (at.end - from) as usize) && !self.after.ends_with('\u{2026}') {
                self.after.push_str(" \u{2026}");
            }
        }
        Ok(self)
    }
}

/// The end of a text, cut at a border of words; `whole`: it begins where its sentence does.
fn tail(text: &str, most: usize, whole: bool) -> String {
    let mut taken: Vec<&str> = Vec::new();
    let mut letters = 0;
    let mut cut = !whole;
    for word in text.split_whitespace().rev() {
        letters += word.chars().count() + 1;
        if letters > most {
            cut = true;
            break;
        }
        taken.push(word);
    }
    if cut && !whole && letters <= most {
        // The first word may be the end of one.
        taken.pop();
    }
    taken.reverse();
    let text = taken.join(" ");
    if cut && !text.is_empty() { format!("\u{2026} {text}") } else { text }
}

impl Quote {
    /// Without its source, where that stands above it already.
    pub fn bare(mut self) -> Self {
        self.outlet = None;
        self.published = None;
        self
    }
}

/// Cut at a border of words, with an ellipsis; line breaks become blanks.
pub fn short(words: &str, most: usize) -> String {
    let mut out = String::new();
    let mut letters = 0;
    for word in words.split_whitespace() {
        letters += word.chars().count() + 1;
        if letters > most && !out.is_empty() {
            out.push_str(" \u{2026}");
            return out;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The address of an article, of a place in it.
pub fn article(key: &str, at: Option<Span>) -> String {
    match at {
        Some(s) => format!("/articles/{}?at={}-{}#at", escaped(key), s.start, s.end),
        None => format!("/articles/{}", escaped(key)),
    }
}

/// An event as lists show it.
#[derive(Template, Clone, Debug)]
#[template(path = "event-row.html")]
pub struct EventRow {
    pub href: String,
    pub kind: String,
    pub kind_text: String,
    pub status: String,
    pub status_text: String,
    pub when: Option<When>,
    pub actors: Vec<Who>,
    pub recipients: Vec<Who>,
    pub place: Option<Who>,
    pub facts: Vec<(String, String)>,
    pub reports: u32,
    pub reports_text: String,
    pub differing: Option<String>,
    pub quote: Option<Quote>,
    pub comma: &'static str,
    pub at_text: String,
    /// Under which it stands in a list.
    pub year: String,
}

impl HtmlSafe for EventRow {}

/// Attributes that a row has room for.
const FACTS: [&str; 5] = ["ordinal", "level", "edition", "instrument", "subject"];

impl EventRow {
    pub fn new(w: Words, register: &Register, e: &Happening, proof: Option<&Report>) -> Result<Self> {
        let names = |receives: bool| e.participants.iter().filter(|p| w.codes.receives(&e.kind, &p.role) == receives).map(|p| Who::new(w, &p.name)).collect::<Vec<_>>();
        let quoted = proof.and_then(|r| Some((r, r.quotes.iter().enumerate().find(|q| !q.1.trim().is_empty())?)));
        let quote = match quoted {
            Some((r, (n, words))) => {
                let at = r.evidence.get(n).copied();
                Some(Quote::new(w, &r.source, words, at).within(register, &r.source, at)?)
            }
            None => None,
        };
        Ok(Self {
            href: format!("/events/{}", e.event),
            kind: e.kind.clone(),
            kind_text: w.of("kind", &e.kind),
            status: e.status.clone(),
            status_text: w.of("status", &e.status),
            when: When::of(w, e),
            actors: names(false),
            recipients: names(true),
            place: e.place.as_ref().map(|p| Who::new(w, p)),
            facts: FACTS.iter().filter_map(|k| Some((w.of("attribute", k), value(w, e.attributes.get(*k)?)))).collect(),
            reports: e.reports,
            reports_text: w.t("reports").to_owned(),
            differing: e.differing.as_array().is_some_and(|d| !d.is_empty()).then(|| w.t("differing").to_owned()),
            quote,
            comma: w.comma(),
            at_text: w.t("at-place").to_owned(),
            year: e.day.as_deref().and_then(|d| d.get(..4)).unwrap_or("").to_owned(),
        })
    }
}

/// A value of JSON as a person reads it.
pub fn value(w: Words, v: &serde_json::Value) -> String {
    match v {
        serde_json::Value::Null => "\u{2014}".to_owned(),
        serde_json::Value::String(s) => w.codes.label("value", s).map_or_else(|| s.clone(), |_| w.of("value", s)),
        serde_json::Value::Array(list) => list.iter().map(|x| value(w, x)).collect::<Vec<_>>().join(w.comma()),
        other => other.to_string(),
    }
}

/// Events as rows, each with the report that shows it best.
pub fn rows(register: &Register, w: Words, list: &[Happening]) -> Result<Vec<EventRow>> {
    list.iter().map(|e| EventRow::new(w, register, e, proof_of(register, e)?.as_ref())).collect()
}

/// A statement as lists show it.
#[derive(Template, Clone, Debug)]
#[template(path = "statement-row.html")]
pub struct StatementRow {
    pub force: String,
    pub force_text: String,
    pub speakers: Vec<Who>,
    pub unnamed: String,
    pub targets: Vec<Who>,
    pub when: Option<When>,
    pub quote: Quote,
    pub comma: &'static str,
}

impl HtmlSafe for StatementRow {}

impl StatementRow {
    pub fn new(w: Words, register: &Register, s: &Said) -> Result<Self> {
        let at = Some(Span::new(s.start, s.end));
        let names = |list: &[Name]| list.iter().map(|n| Who::new(w, n)).collect();
        Ok(Self {
            force: s.force.clone(),
            force_text: w.of("force", &s.force),
            speakers: names(&s.speakers),
            unnamed: w.of("heading", "unnamed"),
            targets: names(&s.targets),
            when: s.date.as_deref().map(|d| When::new(w, d)),
            quote: Quote::new(w, &s.source, &s.quote, at).within(register, &s.source, at)?,
            comma: w.comma(),
        })
    }
}

/// What an article asserts of two parties.
#[derive(Template, Clone, Debug)]
#[template(path = "relation-row.html")]
pub struct RelationRow {
    pub one: Who,
    pub other: Who,
    pub level: Option<String>,
    pub since: Option<(String, When)>,
    pub articles: usize,
    pub articles_text: String,
    pub quote: Quote,
    pub year: String,
}

impl HtmlSafe for RelationRow {}

impl RelationRow {
    pub fn new(w: Words, register: &Register, r: &Asserted, articles: usize) -> Result<Self> {
        let at = Some(Span::new(r.start, r.end));
        Ok(Self {
            one: Who::new(w, &r.one),
            other: Who::new(w, &r.other),
            level: r.level.as_deref().map(|l| w.level(l)),
            since: r.established.as_deref().map(|d| (w.t("since").to_owned(), When::new(w, d))),
            articles,
            articles_text: w.of("desk", "articles"),
            quote: Quote::new(w, &r.source, &r.quote, at).within(register, &r.source, at)?,
            year: r.source.published.as_deref().and_then(|d| d.get(..4)).unwrap_or("").to_owned(),
        })
    }
}

/// Rows with a heading where a new year begins.
pub fn by_year<T>(rows: Vec<T>, year: impl Fn(&T) -> &str) -> Vec<(Option<String>, T)> {
    let mut now: Option<String> = None;
    rows.into_iter()
        .map(|r| {
            let y = if year(&r).is_empty() { "\u{2014}" } else { year(&r) };
            let head = (now.as_deref() != Some(y)).then(|| y.to_owned());
            if head.is_some() {
                now.clone_from(&head);
            }
            (head, r)
        })
        .collect()
}

/// Statements as rows.
pub fn said(register: &Register, w: Words, list: &[Said]) -> Result<Vec<StatementRow>> {
    list.iter().map(|s| StatementRow::new(w, register, s)).collect()
}
