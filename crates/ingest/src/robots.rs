//! `robots.txt` (RFC 9309): what a site asks of those who read it by machine.
//!
//! What must not live here: fetching it.

/// The rules for us.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robots {
    /// A path's pattern, and whether it may be read.
    rules: Vec<(String, bool)>,
    /// Seconds between two requests.
    pub delay: Option<u64>,
}

impl Robots {
    /// The groups for `agent`, or else those for all.
    pub fn parse(text: &str, agent: &str) -> Self {
        let (mut ours, mut all) = (Self::default(), Self::default());
        let (mut named, mut for_us, mut for_all, mut in_names) = (false, false, false, false);
        for line in text.lines().take(10_000) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    // Names that stand together share the rules below them.
                    if !in_names {
                        (for_us, for_all) = (false, false);
                    }
                    in_names = true;
                    for_us |= value.eq_ignore_ascii_case(agent);
                    for_all |= value == "*";
                    named |= for_us;
                }
                key @ ("allow" | "disallow") => {
                    in_names = false;
                    if !value.is_empty() {
                        let rule = (value.to_owned(), key == "allow");
                        if for_us {
                            ours.rules.push(rule.clone());
                        }
                        if for_all {
                            all.rules.push(rule);
                        }
                    }
                }
                "crawl-delay" => {
                    in_names = false;
                    let delay = value.parse::<f64>().ok().filter(|d| *d >= 0.0).map(|d| d.ceil().min(60.0) as u64);
                    if for_us {
                        ours.delay = delay;
                    }
                    if for_all {
                        all.delay = delay;
                    }
                }
                _ => {}
            }
        }
        if named { ours } else { all }
    }

    /// May this path (with its query) be read? The longest rule decides; of two as long, the one that allows.
    pub fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, path));
        fitting.max_by_key(|(pattern, allowed)| (pattern.len(), *allowed)).is_none_or(|(_, allowed)| *allowed)
    }
}

/// Does the pattern fit the beginning of the path? `*` stands for anything, `$` at the end for the path's end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern.strip_suffix('$').map_or((pattern, false), |p| (p, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut open = false;
    let parts: Vec<&str> = parts.collect();
    for (i, part) in parts.iter().enumerate() {
        open = part.is_empty();
        if to_end && i + 1 == parts.len() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    !to_end || open || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        let text = "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /private # x\nAllow: /private/news\nDisallow: /*.pdf$\nDisallow:\nCrawl-delay: 2.5\n";
        let r = Robots::parse(text, "sijill");
        assert_eq!(r.delay, Some(3));
        for (path, allowed) in [("/", true), ("/private/x", false), ("/private/news/1", true), ("/a/b.pdf", false), ("/a/b.pdf?x", true)] {
            assert_eq!(r.allows(path), allowed, "{path}");
        }
        let r = Robots::parse("user-agent: a\nuser-agent: Sijill\ndisallow: /x\nuser-agent: *\ndisallow: /", "sijill");
        assert!(r.allows("/y") && !r.allows("/x1"));
        assert!(Robots::parse("", "sijill").allows("/"));
    }
}
