//! Scoring: gold and texts from folders, records from a file or from the engine.
//!
//! What must not live here: any rule of scoring, which is `sijill-eval`'s; printing.

