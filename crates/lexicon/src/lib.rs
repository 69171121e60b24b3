//! Entry types, TOML reader, checks, inflection, the compiled lexicon.
