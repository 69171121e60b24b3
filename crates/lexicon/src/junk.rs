//! The entries for page junk and datelines.

use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct Junk {}

#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct DatelinePattern {}
