//! Records as the scorer takes them: any program's, as long as they follow section 9 of the standard. What is absent or null
//! counts as empty.

use serde::{Deserialize, Deserializer};
use sijill_record::Record;

/// `null` where a list is due is an empty list.
fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::<Vec<T>>::deserialize(d)?.unwrap_or_default())
}

#[derive(Deserialize, Debug, Clone, Default)]
#[serde(default)]
pub struct Pred {
    #[serde(deserialize_with = "id")]
    pub id: String,
    pub published: Option<String>,
    #[serde(deserialize_with = "list")]
    pub boilerplate: Vec<Span>,
    #[serde(deserialize_with = "list")]
    pub entities: Vec<Entity>,
    #[serde(deserialize_with = "list")]
    pub times: Vec<Time>,
    #[serde(deserialize_with = "list")]
    pub statements: Vec<Statement>,
    #[serde(deserialize_with = "list")]
    pub events: Vec<Event>,
    #[serde(deserialize_with = "list")]
    pub relations: Vec<Relation>,
    #[serde(deserialize_with = "list")]
    pub warnings: Vec<Warning>,
}

/// A string, or a number that serves as one.
fn id<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
    Ok(match serde_json::Value::deserialize(d)? {
        serde_json::Value::String(s) => s,
        other => other.to_string(),
    })
}

#[derive(Deserialize, Debug, Clone, Copy)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Entity {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub iso3: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub mentions: Vec<Mention>,
    #[serde(default, deserialize_with = "list")]
    pub roles: Vec<Role>,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Mention {
    #[serde(default)]
    pub start: usize,
    #[serde(default)]
    pub end: usize,
    #[serde(default)]
    pub text: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Role {
    pub title: String,
    #[serde(default)]
    pub of: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Time {
    pub start: usize,
    pub end: usize,
    pub edtf: String,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Statement {
    pub speakers: Vec<String>,
    #[serde(default)]
    pub force: String,
    pub content: Span,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Event {
    pub kind: String,
    #[serde(default)]
    pub status: String,
    pub participants: Vec<Participant>,
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub evidence: Vec<Span>,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Participant {
    pub entity: String,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Relation {
    pub parties: Vec<String>,
    #[serde(default)]
    pub level: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Warning {
    pub code: String,
}

impl From<sijill_record::Span> for Span {
    fn from(s: sijill_record::Span) -> Self {
        Self { start: s.start as usize, end: s.end as usize }
    }
}

impl From<&Record> for Pred {
    fn from(r: &Record) -> Self {
        Self {
            id: r.id.clone(),
            published: r.published.clone(),
            boilerplate: r.boilerplate.iter().map(|b| b.span.into()).collect(),
            entities: r
                .entities
                .iter()
                .map(|e| Entity {
                    id: e.id.clone(),
                    kind: e.kind.as_str().to_owned(),
                    iso3: e.iso3.clone(),
                    mentions: e.mentions.iter().map(|m| Mention { start: m.span.start as usize, end: m.span.end as usize, text: Some(m.text.clone()) }).collect(),
                    roles: e.roles.iter().map(|r| Role { title: r.title.clone(), of: r.of.clone() }).collect(),
                })
                .collect(),
            times: r.times.iter().map(|t| Time { start: t.span.start as usize, end: t.span.end as usize, edtf: t.edtf.clone() }).collect(),
            statements: r.statements.iter().map(|s| Statement { speakers: s.speakers.clone(), force: s.force.clone(), content: s.content.into() }).collect(),
            events: r
                .events
                .iter()
                .map(|e| Event {
                    kind: e.kind.clone(),
                    status: e.status.clone(),
                    participants: e.participants.iter().map(|p| Participant { entity: p.entity.clone() }).collect(),
                    date: e.date.clone(),
                    place: e.place.clone(),
                    evidence: e.evidence.iter().map(|s| (*s).into()).collect(),
                })
                .collect(),
            relations: r.relations.iter().map(|r| Relation { parties: r.parties.clone(), level: r.level.clone() }).collect(),
            warnings: r.warnings.iter().map(|w| Warning { code: w.code.clone() }).collect(),
        }
    }
}
