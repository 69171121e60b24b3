//! Resolution across articles: pure functions from plain data to plain data.
//!
//! Each question is answered in blocks: a key says which sightings could be one thing (`block`), and a function of one whole
//! block decides. A block never needs another, so that one machine, a database and a cluster give the same answer; and no
//! function depends on the order in which its input comes. What must not live here: storage, files, clocks, threads.

#![forbid(unsafe_code)]

pub mod actors;
pub mod checks;
pub mod edtf;
pub mod events;
pub mod facts;
pub mod from_record;
pub mod hash;
pub mod model;
pub mod reprints;
pub mod standing;
pub mod whole;
