//! One module a page. What must not live here: addresses (`router`), SQL.

pub mod actor;
pub mod actors;
pub mod event;
pub mod events;
pub mod front;
pub mod problem;
pub mod statements;
pub mod timeline;
