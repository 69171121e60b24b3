//! Clitic analysis, phrase and clause matching. Not one Arabic word.
