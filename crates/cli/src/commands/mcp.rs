//! `sijill mcp`: the register for assistants, on standard input and output.
//!
//! What must not live here: the protocol and its tools (`sijill-server`).

use super::Done;
use crate::args::Mcp;

#[cfg(feature = "mcp")]
pub fn run(a: Mcp) -> Done {
    use crate::sources;
    use crate::terminal::Failure;
    let name = a.register.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let settings = sijill_server::Settings { register: a.register, name, access: Default::default() };
    let desk = sijill_server::Desk::new(sources::engine(&a.lexicon)?, &sources::with(&a.lexicon)?, settings).map_err(super::add::failure)?;
    sijill_server::mcp::serve(desk).map_err(|e| Failure::new(format!("expected an assistant at standard input, found: {e}")))?;
    Ok(0)
}

#[cfg(not(feature = "mcp"))]
pub fn run(a: Mcp) -> Done {
    let _ = (a.register, a.lexicon);
    Err(crate::terminal::Failure::new("mcp: expected a program built with it, found one without; build it with `cargo build --release --features mcp`"))
}
