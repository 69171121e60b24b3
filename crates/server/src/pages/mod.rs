//! One module a page. What must not live here: addresses (`router`), SQL.

pub mod about;
pub mod actor;
pub mod actors;
pub mod article;
pub mod checks;
pub mod event;
pub mod events;
pub mod front;
pub mod problem;
pub mod read;
pub mod relations;
pub mod search;
pub mod sources;
pub mod statements;
pub mod timeline;
