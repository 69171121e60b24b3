//! What other ontologies make of events, statements and actors, and the labels of the closed lists in Arabic and English.
//!
//! What must not live here: the rules that choose among these (`extract::coding`).

use crate::entries::File;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize, Default, Clone, Debug)]
pub struct Codes {
    /// By kind of event, then by status; the empty status is the default.
    kinds: BTreeMap<(String, String), Code>,
    /// Kind and role of those who are the recipient.
    recipients: Vec<(String, String)>,
    forces: BTreeMap<String, Code>,
    about: Vec<About>,
    /// By id of the speech entry, where it knows better than its force.
    speeches: BTreeMap<String, Code>,
    cameo: BTreeMap<String, Cameo>,
    /// By PLOVER type, and type and mode; the empty mode is the type's own.
    plover: BTreeMap<(String, String), Plover>,
    /// Title of the record standard to sector.
    titles: BTreeMap<String, String>,
    /// The sector of those who no longer hold their office.
    former: Option<String>,
    /// In the order of the files, as `Link::Context` counts them.
    pub contexts: Vec<Context>,
    labels: BTreeMap<(String, String), (String, String)>,
}

#[derive(Serialize, Deserialize, Default, Clone, Debug, PartialEq, Eq)]
pub struct Code {
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub cameo: Option<String>,
}

/// The code of a statement of `force` whose content speaks of an act of these kinds.
#[derive(Serialize, Deserialize, Clone, Debug)]
struct About {
    force: String,
    kinds: Vec<String>,
    own_fight: bool,
    code: Code,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
struct Cameo {
    goldstein: f32,
    context: Option<String>,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
struct Plover {
    quad: u8,
    score: Option<f32>,
}

/// What a story is about.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Context {
    pub id: String,
    pub kinds: Vec<String>,
}

impl Codes {
    pub(crate) fn collect(files: &[(String, File)]) -> Self {
        let mut codes = Self::default();
        let code = |plover: &Option<String>, mode: &Option<String>, cameo: &Option<String>| Code { plover: plover.clone(), mode: mode.clone(), cameo: cameo.clone() };
        for (_, f) in files {
            for k in &f.kind {
                codes.kinds.insert((k.id.clone(), String::new()), code(&k.plover, &k.mode, &k.cameo));
                for s in &k.status {
                    codes.kinds.insert((k.id.clone(), s.status.clone()), code(&s.plover, &s.mode, &s.cameo));
                }
                codes.recipients.extend(k.recipients.iter().map(|r| (k.id.clone(), r.clone())));
                codes.add_label("kind", &k.id, &k.ar, &k.en);
            }
            for x in &f.force {
                codes.forces.insert(x.id.clone(), code(&x.plover, &x.mode, &x.cameo));
                codes.about.extend(x.about.iter().map(|a| About { force: x.id.clone(), kinds: a.kinds.clone(), own_fight: a.own_fight, code: code(&a.plover, &a.mode, &a.cameo) }));
            }
            for s in &f.speech {
                if s.plover.is_some() || s.cameo.is_some() {
                    codes.speeches.insert(s.id.clone(), code(&s.plover, &s.mode, &s.cameo));
                }
            }
            for c in &f.cameo {
                codes.cameo.insert(c.code.clone(), Cameo { goldstein: c.goldstein, context: c.context.clone() });
            }
            for p in &f.plover {
                codes.plover.insert((p.kind.clone(), String::new()), Plover { quad: p.quad, score: p.score });
                for m in &p.mode {
                    codes.plover.insert((p.kind.clone(), m.mode.clone()), Plover { quad: p.quad, score: m.score });
                }
            }
            for s in &f.sector {
                codes.titles.extend(s.titles.iter().map(|t| (t.clone(), s.code.clone())));
                if s.former {
                    codes.former = Some(s.code.clone());
                }
                codes.add_label("sector", &s.code, &s.ar, &s.en);
            }
            for c in &f.context {
                codes.contexts.push(Context { id: c.id.clone(), kinds: c.kinds.clone() });
                codes.add_label("context", &c.id, &c.ar, &c.en);
            }
            for l in &f.label {
                codes.add_label(&l.group, &l.id, &l.ar, &l.en);
            }
        }
        codes
    }

    fn add_label(&mut self, group: &str, id: &str, ar: &str, en: &str) {
        self.labels.insert((group.to_owned(), id.to_owned()), (ar.to_owned(), en.to_owned()));
    }

    /// The code of an event of `kind` with `status`: the status's own where it has one (then `true`), else the kind's.
    pub fn event(&self, kind: &str, status: &str) -> (Code, bool) {
        let key = |s: &str| (kind.to_owned(), s.to_owned());
        match self.kinds.get(&key(status)) {
            Some(c) => (c.clone(), true),
            None => (self.kinds.get(&key("")).cloned().unwrap_or_default(), false),
        }
    }

    /// Is this role of an event of `kind` the recipient's?
    pub fn receives(&self, kind: &str, role: &str) -> bool {
        self.recipients.iter().any(|(k, r)| k == kind && r == role)
    }

    /// The code of a statement of `force` by the speech entry `entry`, whose content speaks of an act of kind `about`; `own_fight`: the
    /// speaker is a party to a fight that the article tells of.
    pub fn statement(&self, force: &str, entry: &str, about: Option<&str>, own_fight: bool) -> Code {
        if let Some(code) = self.speeches.get(entry) {
            return code.clone();
        }
        let finer = about.and_then(|kind| self.about.iter().find(|a| a.force == force && (own_fight || !a.own_fight) && a.kinds.iter().any(|k| k == kind)));
        finer.map(|a| &a.code).or_else(|| self.forces.get(force)).cloned().unwrap_or_default()
    }

    pub fn goldstein(&self, cameo: &str) -> Option<f32> {
        self.cameo.get(cameo).map(|c| c.goldstein)
    }

    /// The context that a CAMEO code implies.
    pub fn cameo_context(&self, cameo: &str) -> Option<&str> {
        self.cameo.get(cameo)?.context.as_deref()
    }

    /// Quad class of a PLOVER type: 1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict.
    pub fn quad(&self, plover: &str) -> Option<u8> {
        self.plover.get(&(plover.to_owned(), String::new())).map(|p| p.quad)
    }

    /// PLOVER's score of a type and mode, between -10 and 10; a mode without a score of its own has the type's.
    pub fn score(&self, plover: &str, mode: Option<&str>) -> Option<f32> {
        let of = |m: &str| self.plover.get(&(plover.to_owned(), m.to_owned())).and_then(|p| p.score);
        mode.and_then(of).or_else(|| of(""))
    }

    /// The sector of those who hold an office of the record standard's list.
    pub fn sector(&self, title: &str) -> Option<&str> {
        self.titles.get(title).map(String::as_str)
    }

    pub fn former_sector(&self) -> Option<&str> {
        self.former.as_deref()
    }

    /// Arabic and English label of a value of a closed list.
    pub fn label(&self, group: &str, id: &str) -> Option<(&str, &str)> {
        self.labels.get(&(group.to_owned(), id.to_owned())).map(|(a, e)| (a.as_str(), e.as_str()))
    }

    /// All labels: group, id, Arabic, English.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str, &str, &str)> {
        self.labels.iter().map(|((group, id), (ar, en))| (group.as_str(), id.as_str(), ar.as_str(), en.as_str()))
    }
}
