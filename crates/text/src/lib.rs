//! Characters: decoding, folding with a map back to the original, tokens, quotation marks, sentences.
//!
//! Here lives all that can be said of a text without knowing a word of it. What must not live here: any
//! word list, any rule of grammar, any input or output. Every range that leaves this crate indexes the
//! original text, never a cleaned copy.

#![forbid(unsafe_code)]

mod decode;
mod fold;
mod quote;
mod sentence;
mod token;

pub use decode::{Decoded, decode};
pub use fold::{DOTTED_YA, Folded, HAMZAS, HAMZAS_ON_ALEF, TA_MARBUTA, fold, fold_char, fold_into, is_alphanumeric, is_arabic_letter, push_folded};
pub use quote::{Quote, quotes};
pub use sentence::{Sentence, sentences};
pub use token::{Kind, Token, Tokens};
