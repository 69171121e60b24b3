//! `sijill serve`: the register in a browser.
//!
//! What must not live here: pages (`sijill-server`), how articles get into a register (`add`).

use super::{Done, add};
use crate::args::{Add, Serve};
use crate::input;
use crate::sources;
use crate::terminal::{self, Failure};
use sijill_server::api::token::Token;
use sijill_server::guard::Access;
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
        let status = add::run(Add {
            paths: a.paths.clone(),
            register: register.clone(),
            threads: None,
            settle: false,
            no_checks: false,
            lexicon: a.lexicon.clone(),
            fields: a.fields.clone(),
        })?;
        if status == 2 {
            return Ok(2);
        }
    }
    let files = sources::with(&a.lexicon)?;
    let access = access(&a)?;
    let desk = Desk::new(sources::engine(&a.lexicon)?, &files, Settings { register, name, access }).map_err(add::failure)?;
    let at = SocketAddr::new(a.bind, a.port);
    sijill_server::serve(desk, at, |bound| terminal::message(&format!("the desk is open at http://{bound}/ (Ctrl-C closes it)")))
        .map_err(|e| Failure::new(format!("{at}: expected to be able to listen there, found: {e}")))?;
    Ok(0)
}

/// The variable that may hold the token, where no file is given.
const TOKEN: &str = "SIJILL_TOKEN";
/// Questions a second that one address of another machine may ask, where nothing is said.
const RATE: u32 = 50;

fn access(a: &Serve) -> Result<Access, Failure> {
    let token = match (&a.token_file, std::env::var(TOKEN)) {
        (Some(path), _) => {
            let text = std::fs::read_to_string(path).map_err(|e| Failure::new(format!("{}: expected a file with a token, found: {e}", path.display())))?;
            Some(Token::new(&text).map_err(|e| Failure::new(format!("{}: {e}", path.display())))?)
        }
        (None, Ok(text)) => Some(Token::new(&text).map_err(|e| Failure::new(format!("{TOKEN}: {e}")))?),
        (None, Err(_)) => None,
    };
    let mut origins = Vec::new();
    for o in &a.cors {
        let host = o.strip_prefix("https://").or_else(|| o.strip_prefix("http://")).filter(|h| !h.is_empty() && !h.contains(['/', '*', ' ']));
        let value = host.and_then(|_| o.parse().ok());
        origins.push(value.ok_or_else(|| Failure::new(format!("--cors: expected an origin like https://example.org, found {o:?}")))?);
    }
    // On the loopback only this machine asks, or a proxy: whose names are not known is a page that means no good.
    let hosts = (a.bind.is_loopback() || !a.host.is_empty()).then(|| a.host.iter().map(|h| h.to_ascii_lowercase()).collect());
    let rate = a.rate.unwrap_or(RATE);
    Ok(Access { token, origins, hosts, rate: (rate > 0).then_some(rate) })
}
