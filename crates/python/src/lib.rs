//! The native half of the Python package `sijill`: what Python sees of the engine and of the register.
//!
//! `engine` (reading), `source` (Python's articles to those of `sijill-ingest`), `arrow` (tables through Arrow's C interface), `register`, `spread` (the pieces
//! that a cluster runs), `errors`. Types for people stand in the Python half. What must not live here: any decision on what a text says or what is one
//! event, any query in SQL: all of it is other crates', as the command line uses them.

mod arrow;
mod engine;
mod errors;
mod register;
mod source;
mod spread;

use pyo3::prelude::*;

/// The native half of `sijill`. Its users import `sijill`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::arrow::{Batch, Table};
    #[pymodule_export]
    use super::engine::{Engine, evaluate};
    #[pymodule_export]
    use super::errors::{Error, InputError, LexiconError, RegisterError};
    #[pymodule_export]
    use super::register::Register;
    use super::*;

    #[pymodule_init]
    fn init(m: &Bound<'_, PyModule>) -> PyResult<()> {
        m.add("__version__", sijill_columns::VERSION)?;
        m.add("TABLES", sijill_columns::TABLES.to_vec())
    }
}
