//! The calendar's entries: months, weekdays, units, numbers, relative words.

use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct Calendar {}
