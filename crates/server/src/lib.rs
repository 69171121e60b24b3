//! The web desk: a register of diplomatic events in a browser, in Arabic and in English.
//!
//! A request becomes an `Ask` (`ask`: language, theme, form, parameters); a page (`pages`) is a plain function of the desk (`state`), a register
//! that is open for reading, and the ask; `router` says which function answers which address, and keeps pages off the threads that serve
//! connections. `view` makes of rows what templates show, `words` has the labels, `draw` the pictures, `headers` the safety of every answer, `kept` answers
//! that need not be made twice. Programs ask `api`;
//! `guard` stands before all of it with its limits, `listen` takes in connections.
//! What must not live here: SQL, reading of Arabic, Arabic words (labels are the lexicon's: `codes/desk.toml`), any writing to a
//! register but that of `api::intake`.

#![forbid(unsafe_code)]

pub mod api;
pub mod ask;
pub mod assets;
mod draw;
mod filter;
pub mod guard;
pub mod headers;
mod kept;
pub mod listen;
#[cfg(feature = "mcp")]
pub mod mcp;
pub mod pages;
pub mod problem;
mod reading;
pub mod router;
mod shell;
pub mod state;
mod twins;
pub mod view;
pub mod words;

pub use problem::{Problem, Result};
pub use state::{Desk, Settings};

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

/// Serves the desk until the process is asked to end; open answers are finished first. `ready` hears the address that was bound.
pub fn serve(desk: Desk, at: SocketAddr, ready: impl FnOnce(SocketAddr)) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(at).await?;
        ready(listener.local_addr()?);
        listen::listen(listener, router::router(Arc::new(desk)), ended()).await;
        Ok(())
    })
}

/// Waits for the signals by which a process is asked to end.
async fn ended() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut s) => {
                s.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
