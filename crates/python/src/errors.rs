//! Errors as exceptions of one family.
//!
//! What must not live here: messages; whoever finds a fault says what was expected, what was found, where.

use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

create_exception!(sijill, Error, PyException, "Whatever sijill can not do. Its message says what was expected, what was found, and where.");
create_exception!(sijill, InputError, Error, "An article, a file, a table or a question that is not as it must be.");
create_exception!(sijill, LexiconError, Error, "Entries of a lexicon with faults: the message names file and line of each.");
create_exception!(sijill, RegisterError, Error, "A register that is missing, damaged, of another version, or can not be written.");

/// The exception for an error of the layer below.
pub fn raise(e: sijill_app::Error) -> PyErr {
    match e {
        sijill_app::Error::Input(what) => InputError::new_err(what),
        sijill_app::Error::Lexicon(what) => LexiconError::new_err(what),
        sijill_app::Error::Register(e) => RegisterError::new_err(e.to_string()),
        sijill_app::Error::Io(e) => Error::new_err(e.to_string()),
    }
}

/// The same for what the register itself says.
pub fn store(e: sijill_store::Error) -> PyErr {
    raise(e.into())
}

/// The same for a question that can not be asked.
pub fn unasked(e: sijill_ask::Fault) -> sijill_app::Error {
    match e {
        sijill_ask::Fault::Store(e) => e.into(),
        other => sijill_app::Error::Input(other.to_string()),
    }
}

/// For what can not be: JSON of our own types, columns of one table.
pub fn fault(e: impl std::fmt::Display) -> PyErr {
    Error::new_err(format!("a fault in the program, please report it: {e}"))
}
