//! Records for people. What must not live here: reading, threads, and the JSON form, which is `sijill-record`'s.

pub mod human;
pub mod labels;
pub mod layout;
pub mod register;
pub mod style;
pub mod table;
