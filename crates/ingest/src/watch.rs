//! Feeds read again and again, politely.
//!
//! One request at a time, with a pause between two to the same host; nothing that `robots.txt` forbids; a feed that has not changed
//! is not sent again (`ETag`, `Last-Modified`); after an error the wait doubles, and `Retry-After` is kept to. What is known of a feed
//! (`Progress`) is plain data that the caller keeps. What must not live here: a store, a terminal, a clock: the caller says what time it is.

use crate::load::Document;
use crate::place::{Part, Place, Rejected};
use crate::robots::Robots;
use crate::syndication::{self, Entry};
use crate::{MAX_PAGE, html};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// By this name sites know us in `robots.txt`.
const NAME: &str = "sijill";
const AGENT: &str = concat!("sijill/", env!("CARGO_PKG_VERSION"), " (reader of news feeds; obeys robots.txt)");
const USUAL_INTERVAL: u64 = 30 * 60;
const LEAST_INTERVAL: u64 = 60;
const LONGEST_WAIT: u64 = 24 * 60 * 60;
/// A site's rules are asked for again after this time.
const RULES_HOLD: i64 = 24 * 60 * 60;
/// Ids of entries kept for a feed. No feed that is read in time lists more.
const MOST_SEEN: usize = 5_000;
/// So often a page is asked for before what the feed says of it must do.
const TRIES: u32 = 3;

/// The feeds to watch: tables `[[feed]]` in a TOML file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feeds {
    #[serde(default)]
    pub feed: Vec<Feed>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    pub url: String,
    /// The outlet's name, where the feed's own will not do.
    pub outlet: Option<String>,
    /// How long to wait between two readings: `90s`, `15m`, `2h`, `1d`.
    #[serde(default)]
    pub interval: Option<String>,
    /// Fetch the page of each entry? Without, and where the feed holds whole articles, the feed's own text is taken.
    #[serde(default = "yes")]
    pub pages: bool,
}

fn yes() -> bool {
    true
}

impl Feeds {
    /// Reads the file's text; an error says what was expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        let feeds: Self = toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(1, |s| text[..s.start.min(text.len())].matches('\n').count() + 1);
            format!("{line}: expected tables `[[feed]]` with `url` and, if wanted, `outlet`, `interval`, `pages`, found: {}", e.message())
        })?;
        for (i, feed) in feeds.feed.iter().enumerate() {
            let fault = if !(feed.url.starts_with("https://") || feed.url.starts_with("http://")) {
                Some("expected a `url` that begins with https:// or http://".to_owned())
            } else if feeds.feed[..i].iter().any(|f| f.url == feed.url) {
                Some("expected each feed once".into())
            } else {
                feed.interval.as_deref().and_then(|v| seconds(v).err())
            };
            if let Some(fault) = fault {
                return Err(format!("feed {}: {fault}, found `{}`", i + 1, feed.url));
            }
        }
        if feeds.feed.is_empty() {
            return Err("1: expected tables `[[feed]]`, found none".into());
        }
        Ok(feeds)
    }
}

impl Feed {
    fn seconds(&self) -> u64 {
        self.interval.as_deref().and_then(|i| seconds(i).ok()).unwrap_or(USUAL_INTERVAL).clamp(LEAST_INTERVAL, LONGEST_WAIT)
    }
}

fn seconds(s: &str) -> Result<u64, String> {
    let wrong = || format!("expected an `interval` like `90s`, `15m`, `2h` or `1d` and not `{s}`");
    let s = s.trim();
    let unit = s.chars().last().ok_or_else(wrong)?;
    let each = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return Err(wrong()),
    };
    s[..s.len() - 1].trim().parse::<u64>().ok().and_then(|n| n.checked_mul(each)).filter(|n| *n > 0).ok_or_else(wrong)
}

/// What is known of a feed between two readings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    pub etag: Option<String>,
    pub modified: Option<String>,
    /// When it may be read again, in seconds since 1970.
    pub next: i64,
    /// How often in a row it could not be read.
    pub failures: u32,
    /// Entries that were handed on, the latest last.
    pub seen: VecDeque<String>,
    /// Entries whose page could not be fetched, and how often.
    pub tries: BTreeMap<String, u32>,
}

impl Progress {
    pub fn is_due(&self, now: i64) -> bool {
        self.next <= now
    }
}

/// What came of reading a feed.
#[derive(Debug, PartialEq, Eq)]
pub enum Turn {
    Read { new: usize },
    Unchanged,
    Failed(Rejected),
}

struct Host {
    robots: Robots,
    asked: i64,
    last: Instant,
}

/// Reads feeds. Holds what need not outlive the program: connections, the rules of sites.
pub struct Watcher {
    agent: ureq::Agent,
    hosts: BTreeMap<String, Host>,
    pause: Duration,
}

/// An answer: its status, what of its head is of use, its body.
struct Answer {
    status: u16,
    etag: Option<String>,
    modified: Option<String>,
    retry: Option<String>,
    kind: String,
    url: String,
    body: Vec<u8>,
}

impl Watcher {
    /// `pause`: between two requests to one host, where the site does not ask for more.
    pub fn new(pause: Duration) -> Self {
        Self::with(pause, ureq::Agent::config_builder())
    }
    /// For tests: without the proxy that the environment may name.
    pub fn direct(pause: Duration) -> Self {
        Self::with(pause, ureq::Agent::config_builder().proxy(None))
    }
    fn with(pause: Duration, config: ureq::config::ConfigBuilder<ureq::typestate::AgentScope>) -> Self {
        let config = config.user_agent(AGENT).http_status_as_error(false).max_redirects(5).timeout_global(Some(Duration::from_secs(60))).build();
        Self { agent: config.into(), hosts: BTreeMap::new(), pause }
    }

    /// Reads a feed and hands on what is new in it, oldest first. `progress` follows: an entry counts as seen once it is handed on.
    pub fn read(&mut self, feed: &Feed, progress: &mut Progress, now: i64, hand: &mut dyn FnMut(Result<Document, Rejected>) -> io::Result<()>) -> io::Result<Turn> {
        let place: Arc<str> = feed.url.as_str().into();
        let fail = |progress: &mut Progress, reason: String, retry: Option<&str>| {
            progress.failures = progress.failures.saturating_add(1);
            let doubled = feed.seconds().saturating_mul(1 << progress.failures.min(16)).min(LONGEST_WAIT);
            let asked = retry.and_then(|r| retry_after(r, now)).unwrap_or(0).min(7 * LONGEST_WAIT);
            progress.next = now + i64::try_from(doubled.max(asked)).unwrap_or(i64::MAX / 2);
            Ok(Turn::Failed(Rejected::new(Place::whole(place.clone()), reason)))
        };
        let headers = [
            ("If-None-Match", progress.etag.clone()),
            ("If-Modified-Since", progress.modified.clone()),
            ("Accept", Some("application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5".into())),
        ];
        let answer = match self.get(&feed.url, &headers, now) {
            Ok(a) => a,
            Err(reason) => return fail(progress, reason.to_string(), None),
        };
        let entries = match answer.status {
            304 => None,
            200 => match syndication::parse(&answer.body) {
                // A feed that is cut off is used as far as it goes, but asked for anew the next time.
                Ok((entries, fault)) => Some((entries, fault)),
                Err(reason) => return fail(progress, reason, None),
            },
            status => return fail(progress, format!("expected a feed, found the answer {status}"), answer.retry.as_deref()),
        };
        progress.failures = 0;
        progress.next = now + feed.seconds() as i64;
        let Some((entries, fault)) = entries else { return Ok(Turn::Unchanged) };

        let mut new = 0;
        let mut waiting = false;
        let keys: Vec<String> = entries.iter().map(key).collect();
        for (n, (entry, key)) in entries.into_iter().zip(&keys).enumerate().rev() {
            if progress.seen.contains(key) {
                continue;
            }
            let place = Place::new(&place, Part::Item(n as u64 + 1));
            let tried = progress.tries.get(key).copied().unwrap_or(0);
            let Some(found) = self.article(feed, entry, &place, now, tried + 1 >= TRIES) else {
                waiting = true;
                progress.tries.insert(key.clone(), tried + 1);
                continue;
            };
            new += usize::from(found.is_ok());
            hand(found)?;
            progress.tries.remove(key);
            progress.seen.push_back(key.clone());
        }
        while progress.seen.len() > MOST_SEEN.max(keys.len() * 2) {
            progress.seen.pop_front();
        }
        progress.tries.retain(|k, _| keys.contains(k));
        if let Some(reason) = fault {
            hand(Err(Rejected::new(Place::new(&place, Part::Item(keys.len() as u64 + 1)), reason)))?;
            waiting = true;
        }
        // While something is still to be fetched, the feed must be sent again though it may not change.
        (progress.etag, progress.modified) = if waiting { (None, None) } else { (answer.etag, answer.modified) };
        Ok(Turn::Read { new })
    }

    /// The article of an entry: its page, or what the feed holds of it. None: the page is to be asked for again later.
    fn article(&mut self, feed: &Feed, entry: Entry, place: &Place, now: i64, last: bool) -> Option<Result<Document, Rejected>> {
        let seen = jiff::Timestamp::from_second(now).ok().map(|t| t.to_string());
        let link = entry.link.clone().filter(|l| l.starts_with("https://") || l.starts_with("http://"));
        let mut page = None;
        if let Some(link) = link.filter(|_| feed.pages && !entry.full) {
            match self.get(&link, &[("Accept", Some("text/html, application/xhtml+xml".into()))], now) {
                Ok(a) if a.status == 200 && a.kind.contains("html") => {
                    let (text, _) = html::decode(&a.body, html::charset_of(&a.kind).as_deref());
                    page = html::page(&text, Some(&a.url)).ok();
                }
                // Gone, or forbidden: the feed's own words must do.
                Ok(a) if a.status < 500 && a.status != 429 => {}
                Err(Fault::Forbidden) => {}
                _ if last => {}
                _ => return None,
            }
        }
        let own = crate::load::of_entry(entry, place);
        let found = match (page, own) {
            (Some(p), own) => {
                let own = own.ok();
                let of_own = |f: fn(&Document) -> &Option<String>| own.as_ref().and_then(|d| f(d).clone());
                Ok(Document {
                    id: own.as_ref().map_or_else(|| place.to_string(), |d| d.id.clone()),
                    named: own.as_ref().is_some_and(|d| d.named),
                    text: p.text,
                    title: p.title.or_else(|| of_own(|d| &d.title)),
                    published: p.published.or_else(|| of_own(|d| &d.published)),
                    outlet: p.outlet.or_else(|| of_own(|d| &d.outlet)),
                    url: p.url.or_else(|| of_own(|d| &d.url)),
                    seen: None,
                })
            }
            (None, own) => own.map_err(|reason| Rejected::new(place.clone(), reason)),
        };
        Some(found.map(|d| Document { outlet: feed.outlet.clone().or(d.outlet), seen, ..d }))
    }

    /// Fetches an address, in its turn and if the site allows it.
    fn get(&mut self, url: &str, headers: &[(&str, Option<String>)], now: i64) -> Result<Answer, Fault> {
        let (host, path) = split(url).ok_or_else(|| Fault::Other(format!("expected an address, found `{}`", url.chars().take(80).collect::<String>())))?;
        if self.hosts.get(host).is_none_or(|h| now - h.asked > RULES_HOLD) {
            let robots = match self.send(&format!("{host}/robots.txt"), &[]) {
                Ok(a) if a.status == 200 => Robots::parse(&String::from_utf8_lossy(&a.body[..a.body.len().min(512 << 10)]), NAME),
                // No rules: nothing is forbidden.
                Ok(a) if a.status < 500 => Robots::default(),
                // A site in trouble is left alone, and asked again the next time.
                _ => return Err(Fault::Other(format!("expected {host}/robots.txt or to hear that there is none, found the site in trouble"))),
            };
            self.hosts.insert(host.to_owned(), Host { robots, asked: now, last: Instant::now() });
        }
        if let Some(h) = self.hosts.get(host) {
            if !h.robots.allows(path) {
                return Err(Fault::Forbidden);
            }
            let pause = h.robots.delay.map_or(self.pause, |d| self.pause.max(Duration::from_secs(d)));
            std::thread::sleep(pause.saturating_sub(h.last.elapsed()));
        }
        let answer = self.send(url, headers).map_err(Fault::Other);
        if let Some(h) = self.hosts.get_mut(host) {
            h.last = Instant::now();
        }
        answer
    }

    fn send(&self, url: &str, headers: &[(&str, Option<String>)]) -> Result<Answer, String> {
        let mut request = self.agent.get(url);
        for (name, value) in headers {
            if let Some(value) = value {
                request = request.header(*name, value);
            }
        }
        let mut answer = request.call().map_err(|e| format!("expected an answer, found: {e}"))?;
        let header = |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let (etag, modified, retry) = (header("etag"), header("last-modified"), header("retry-after"));
        let kind = header("content-type").unwrap_or_default().to_ascii_lowercase();
        let status = answer.status().as_u16();
        let found = ureq::ResponseExt::get_uri(&answer).to_string();
        let body = answer.body_mut().with_config().limit(MAX_PAGE as u64).read_to_vec().map_err(|e| format!("expected a page of at most {} MiB, found: {e}", MAX_PAGE >> 20))?;
        Ok(Answer { status, etag, modified, retry, kind, url: found, body })
    }
}

/// Why nothing was fetched.
#[derive(Debug)]
enum Fault {
    Forbidden,
    Other(String),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Forbidden => f.write_str("expected an address that may be read, found it forbidden by robots.txt"),
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

/// By what an entry is known again.
fn key(e: &Entry) -> String {
    e.id.clone().or_else(|| e.link.clone()).or_else(|| e.title.clone()).unwrap_or_else(|| e.html.chars().take(200).collect())
}

/// `https://host:port` and the path with its query.
fn split(url: &str) -> Option<(&str, &str)> {
    let host = url.find("://")? + 3;
    let end = url[host..].find(['/', '?', '#']).map_or(url.len(), |e| host + e);
    let path = url[end..].split('#').next().unwrap_or_default();
    (end > host).then_some((&url[..end], if path.is_empty() { "/" } else { path }))
}

/// Seconds to wait, from a number or a date.
fn retry_after(value: &str, now: i64) -> Option<u64> {
    let value = value.trim();
    value.parse().ok().or_else(|| u64::try_from(jiff::fmt::rfc2822::parse(value).ok()?.timestamp().as_second() - now).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_feeds() {
        let feeds = Feeds::parse("[[feed]]\nurl = \"https://a.example/rss\"\ninterval = \"15m\"\n[[feed]]\nurl = \"https://b.example\"\noutlet = \"ب\"\npages = false\n").unwrap();
        assert_eq!(feeds.feed.iter().map(Feed::seconds).collect::<Vec<_>>(), [900, USUAL_INTERVAL]);
        for (text, says) in [
            ("", "found none"),
            ("[[feed]]\nurl = \"ftp://a\"", "feed 1: expected a `url`"),
            ("[[feed]]\nurl = \"https://a\"\ncolour = 1", "3: expected tables"),
            ("[[feed]]\nurl = \"https://a\"\ninterval = \"soon\"", "expected an `interval`"),
            ("[[feed]]\nurl = \"https://a\"\n[[feed]]\nurl = \"https://a\"", "feed 2: expected each feed once"),
        ] {
            let e = Feeds::parse(text).unwrap_err();
            assert!(e.contains(says), "{e}");
        }
    }

    #[test]
    fn waits_and_addresses() {
        assert_eq!(retry_after("120", 0), Some(120));
        assert_eq!(retry_after("Thu, 01 Jan 1970 00:10:00 GMT", 60), Some(540));
        assert_eq!(retry_after("soon", 0), None);
        assert_eq!(split("https://a.example:8/x?y#z"), Some(("https://a.example:8", "/x?y")));
        assert_eq!(split("https://a.example"), Some(("https://a.example", "/")));
        assert_eq!(split("nothing"), None);
    }
}
