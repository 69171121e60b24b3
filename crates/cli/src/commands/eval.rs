use super::Done;
pub fn run(_a: crate::args::Eval) -> Done { Ok(0) }
