//! Gold articles, as annotators write them. What must not live here: offsets, which are found in the text.

use serde::Deserialize;

#[derive(Deserialize, Debug, Clone, Default)]
pub struct Gold {
    #[serde(default)]
    pub published: Option<String>,
    #[serde(default)]
    pub boilerplate: Option<Vec<Part>>,
    pub entities: Vec<Entity>,
    pub times: Vec<Time>,
    pub statements: Vec<Statement>,
    pub events: Vec<Event>,
    #[serde(default)]
    pub relations: Option<Vec<Relation>>,
    #[serde(default)]
    pub warnings: Option<Vec<Warning>>,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Part {
    pub text: String,
    #[serde(default)]
    pub nth: Option<usize>,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Entity {
    pub key: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub names: Vec<String>,
    #[serde(default)]
    pub roles: Option<Vec<Role>>,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Role {
    pub title: String,
    #[serde(default)]
    pub of: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Time {
    pub text: String,
    #[serde(default)]
    pub nth: Option<usize>,
    pub edtf: String,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Statement {
    pub speaker: Vec<String>,
    pub force: String,
    pub cue: String,
    pub from: String,
    pub to: String,
}

#[derive(Deserialize, Debug, Clone)]
pub struct Event {
    pub kind: String,
    pub status: String,
    /// Entity key and role.
    pub participants: Vec<(String, String)>,
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub place: Option<String>,
    pub evidence: String,
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
