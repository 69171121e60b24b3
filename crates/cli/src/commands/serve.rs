//! `sijill serve`: the register in a browser.
//!
//! What must not live here: pages (`sijill-server`), how articles get into a register (`add`).

use super::{Done, add};
use crate::args::{Add, Serve};
use crate::input;
use crate::sources;
use crate::terminal::{self, Failure};
use sijill_server::{Desk, Settings};
use std::net::SocketAddr;

pub fn run(a: Serve) -> Done {
    // Without a file of one's own the register lives as long as the desk.
    let made = tempfile::Builder::new().prefix("sijill-").tempdir().map_err(|e| Failure::new(format!("expected to be able to make a temporary folder, found: {e}")))?;
    let register = a.register.clone().unwrap_or_else(|| if a.paths.is_empty() { "sijill.db".into() } else { made.path().join("sijill.db") });
    let name = match (&a.register, a.paths.first()) {
        (None, Some(path)) => path.file_name().map_or_else(|| input::shown(path), |n| n.to_string_lossy().into_owned()),
        _ => register.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned()),
    };
    if !a.paths.is_empty() {
        let status = add::run(Add { paths: a.paths, register: register.clone(), threads: None, settle: false, lexicon: a.lexicon.clone(), fields: a.fields })?;
        if status == 2 {
            return Ok(2);
        }
    }
    let files = sources::with(&a.lexicon)?;
    let desk = Desk::new(sources::engine(&a.lexicon)?, files, Settings { register, name }).map_err(add::failure)?;
    let at = SocketAddr::new(a.bind, a.port);
    sijill_server::serve(desk, at, |bound| terminal::message(&format!("the desk is open at http://{bound}/ (Ctrl-C closes it)")))
        .map_err(|e| Failure::new(format!("{at}: expected to be able to listen there, found: {e}")))?;
    Ok(0)
}
