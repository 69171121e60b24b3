//! The command line of sijill.
fn main() {}
