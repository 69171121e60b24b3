//! Characters: decoding, folding with a map back to the original, tokens, sentences.
