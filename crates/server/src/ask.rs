//! A request as pages see it: language, theme, form, what is asked for. The address is the state: every link is made from it.
//!
//! What must not live here: what a parameter means to a page.

use crate::problem::Problem;
use crate::words::Lang;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::{HeaderMap, header, request::Parts};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::convert::Infallible;

/// In what form an answer is asked for: by the end of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Html,
    Json,
    Csv,
    Atom,
    Ics,
}

impl Form {
    pub const TWINS: [Self; 4] = [Self::Json, Self::Csv, Self::Atom, Self::Ics];

    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Html => "",
            Self::Json => ".json",
            Self::Csv => ".csv",
            Self::Atom => ".atom",
            Self::Ics => ".ics",
        }
    }
    pub const fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Atom => "Atom",
            Self::Ics => "iCalendar",
        }
    }
    pub const fn media(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Ics => "text/calendar; charset=utf-8",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
    fn of(s: &str) -> Option<Self> {
        [Self::Light, Self::Dark].into_iter().find(|t| t.name() == s)
    }
}

#[derive(Clone, Debug)]
pub struct Ask {
    pub lang: Lang,
    /// None: as the reader's machine has it.
    pub theme: Option<Theme>,
    pub form: Form,
    /// The path without the form's suffix.
    pub path: String,
    /// What the path names, where it names something: an id.
    pub id: Option<String>,
    pub params: Vec<(String, String)>,
    /// `http://host`, as the reader sees it: for feeds, which need whole addresses.
    pub origin: String,
    /// What the browser is to remember.
    pub remember: Vec<String>,
}

/// What may stand in a path as it is. Names in ids are read more easily with their colons.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b':').remove(b'@').remove(b'+');

/// An id as part of a path.
pub fn escaped(id: &str) -> String {
    utf8_percent_encode(id, PATH).to_string()
}

/// A path with parameters.
pub fn address<'a>(path: &str, params: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|v| v.split(';')).find_map(|c| c.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The language that comes first in `Accept-Language` among those that we have.
fn accepted(headers: &HeaderMap) -> Option<Lang> {
    let text = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(f32, Lang)> = None;
    for part in text.split(',') {
        let mut bits = part.split(';');
        let tag = bits.next().unwrap_or("").trim().to_ascii_lowercase();
        let weight = bits.find_map(|b| b.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        if let Some(lang) = Lang::of(tag.split('-').next().unwrap_or(""))
            && weight > 0.0
            && best.is_none_or(|b| weight > b.0)
        {
            best = Some((weight, lang));
        }
    }
    best.map(|b| b.1)
}

impl Ask {
    /// From the parts of a request; `id` as the path has it, decoded.
    pub fn new(path: &str, query: &str, headers: &HeaderMap, id: Option<&str>) -> Self {
        let params: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let given = |name: &str| params.iter().rev().find(|p| p.0 == name).map(|p| p.1.as_str());
        let mut remember = Vec::new();
        let lang = given("lang").and_then(Lang::of);
        if let Some(lang) = lang {
            remember.push(format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax", lang.code()));
        }
        let theme = match given("theme") {
            Some("auto") => {
                remember.push("theme=; Path=/; Max-Age=0; SameSite=Lax".to_owned());
                None
            }
            Some(other) => {
                let theme = Theme::of(other);
                remember.extend(theme.map(|t| format!("theme={}; Path=/; Max-Age=31536000; SameSite=Lax", t.name())));
                theme
            }
            None => cookie(headers, "theme").and_then(Theme::of),
        };
        let lang = lang.or_else(|| cookie(headers, "lang").and_then(Lang::of)).or_else(|| accepted(headers)).unwrap_or(Lang::En);
        let form = Form::TWINS.into_iter().find(|f| path.len() > f.suffix().len() + 1 && path.ends_with(f.suffix())).unwrap_or(Form::Html);
        let cut = |s: &str| s.strip_suffix(form.suffix()).unwrap_or(s).to_owned();
        let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).filter(|h| h.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]_".contains(&b)));
        Self {
            lang,
            theme,
            form,
            path: cut(path),
            id: id.map(cut),
            params: params.into_iter().filter(|p| p.0 != "theme" && !p.1.trim().is_empty()).collect(),
            origin: format!("http://{}", host.unwrap_or("localhost")),
            remember,
        }
    }

    /// The last value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.params.iter().rev().find(|p| p.0 == name).map(|p| p.1.trim())
    }

    /// All values of a parameter, each once; a value may be a list with commas.
    pub fn all(&self, name: &str) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for v in self.params.iter().filter(|p| p.0 == name).flat_map(|p| p.1.split([',', '\u{060C}'])) {
            let v = v.trim();
            if !v.is_empty() && !out.iter().any(|o| o == v) {
                out.push(v.to_owned());
            }
        }
        out
    }

    pub fn number(&self, name: &str, default: usize, most: usize) -> Result<usize, Problem> {
        match self.get(name) {
            None => Ok(default),
            Some(v) => v.parse::<usize>().ok().filter(|n| (1..=most).contains(n)).ok_or_else(|| Problem::wrong(format!("{name}: expected a number from 1 to {most}, found {v:?}"))),
        }
    }

    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or("")
    }

    /// This address with these parameters instead of their like; none: without it. A new question begins at its first page.
    pub fn with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let kept = self.params.iter().filter(|p| p.0 != "after" && !changes.iter().any(|c| c.0 == p.0)).map(|p| (p.0.as_str(), p.1.as_str()));
        address(&self.path, kept.chain(changes.iter().filter_map(|c| Some((c.0, c.1?)))))
    }

    /// The same answer in another form.
    pub fn twin(&self, form: Form) -> String {
        let path = if self.path == "/" { "/index".to_owned() } else { self.path.clone() };
        address(&format!("{path}{}", form.suffix()), self.params.iter().filter(|p| p.0 != "lang").map(|p| (p.0.as_str(), p.1.as_str())))
    }

    /// The page after this one.
    pub fn next(&self, key: &str) -> String {
        self.with(&[("after", Some(key))])
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let params = RawPathParams::from_request_parts(parts, state).await.ok();
        let id = params.as_ref().and_then(|p| p.iter().next().map(|(_, v)| v.to_owned()));
        Ok(Self::new(parts.uri.path(), parts.uri.query().unwrap_or(""), &parts.headers, id.as_deref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(path: &str, query: &str, headers: &[(&'static str, &'static str)]) -> Ask {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        Ask::new(path, query, &map, None)
    }

    #[test]
    fn a_language_is_asked_for_remembered_or_accepted() {
        assert_eq!(ask("/", "lang=ar", &[("cookie", "lang=en")]).lang, Lang::Ar);
        assert_eq!(ask("/", "", &[("cookie", "a=b; lang=ar"), ("accept-language", "en")]).lang, Lang::Ar);
        assert_eq!(ask("/", "", &[("accept-language", "fr, ar-SD;q=0.8, en;q=0.7")]).lang, Lang::Ar);
        assert_eq!(ask("/", "", &[("accept-language", "ar;q=0.2, en-GB")]).lang, Lang::En);
        assert_eq!(ask("/", "lang=xx", &[]).lang, Lang::En);
        assert_eq!(ask("/", "lang=ar", &[]).remember.len(), 1);
    }

    #[test]
    fn the_form_is_the_end_of_the_address() {
        let a = ask("/events.csv", "kind=visit&after=1.2", &[]);
        assert_eq!((a.form, a.path.as_str()), (Form::Csv, "/events"));
        assert_eq!(a.with(&[("status", Some("planned"))]), "/events?kind=visit&status=planned");
        assert_eq!(a.with(&[("kind", None)]), "/events");
        assert_eq!(ask("/", "", &[]).twin(Form::Json), "/index.json");
    }
}
