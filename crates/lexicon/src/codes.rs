//! Event and statement codes, and the labels of the closed lists in Arabic and English.

use crate::entries::File;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize, Default, Clone, Debug)]
pub struct Codes {
    /// By kind of event, then by status; the empty status is the default.
    kinds: BTreeMap<(String, String), Code>,
    forces: BTreeMap<String, Code>,
    /// CAMEO code to Goldstein score.
    goldstein: BTreeMap<String, f32>,
    /// PLOVER type to quad class.
    quads: BTreeMap<String, u8>,
    labels: BTreeMap<(String, String), (String, String)>,
}

#[derive(Serialize, Deserialize, Default, Clone, Debug, PartialEq, Eq)]
pub struct Code {
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub cameo: Option<String>,
}

impl Codes {
    pub(crate) fn collect(files: &[(String, File)]) -> Self {
        let mut codes = Self::default();
        for (_, f) in files {
            for k in &f.kind {
                let base = Code { plover: k.plover.clone(), mode: k.mode.clone(), cameo: k.cameo.clone() };
                codes.kinds.insert((k.id.clone(), String::new()), base);
                for s in &k.status {
                    codes.kinds.insert((k.id.clone(), s.status.clone()), Code { plover: s.plover.clone(), mode: s.mode.clone(), cameo: s.cameo.clone() });
                }
                codes.labels.insert(("kind".into(), k.id.clone()), (k.ar.clone(), k.en.clone()));
            }
            for x in &f.force {
                codes.forces.insert(x.id.clone(), Code { plover: x.plover.clone(), mode: x.mode.clone(), cameo: x.cameo.clone() });
            }
            for c in &f.cameo {
                codes.goldstein.insert(c.code.clone(), c.goldstein);
            }
            for p in &f.plover {
                codes.quads.insert(p.kind.clone(), p.quad);
            }
            for l in &f.label {
                codes.labels.insert((l.group.clone(), l.id.clone()), (l.ar.clone(), l.en.clone()));
            }
        }
        codes
    }

    /// The code of an event of `kind` with `status`: the status's own where it has one, else the kind's.
    pub fn event(&self, kind: &str, status: &str) -> (Code, bool) {
        let key = |s: &str| (kind.to_owned(), s.to_owned());
        match self.kinds.get(&key(status)) {
            Some(c) => (c.clone(), true),
            None => (self.kinds.get(&key("")).cloned().unwrap_or_default(), false),
        }
    }

    pub fn statement(&self, force: &str) -> Code {
        self.forces.get(force).cloned().unwrap_or_default()
    }

    pub fn goldstein(&self, cameo: &str) -> Option<f32> {
        self.goldstein.get(cameo).copied()
    }

    pub fn quad(&self, plover: &str) -> Option<u8> {
        self.quads.get(plover).copied()
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
