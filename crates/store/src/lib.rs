//! The register: an SQLite file, its schema and migrations, adding records, resolving what they changed, and queries.
//!
//! What must not live here: reading of Arabic (that is `extract`'s), decisions on what is one event (`resolve`'s), pages and
//! terminals.

#![forbid(unsafe_code)]
