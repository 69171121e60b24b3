//! The token that lets a program write.
//!
//! Compared in constant time, by a library made for it. What must not live here: where the token is kept.

use crate::{Problem, Result};
use axum::http::{HeaderMap, header};
use std::fmt;
use subtle::ConstantTimeEq;

/// A secret; it is never shown, not even to a log.
#[derive(Clone)]
pub struct Token(String);

/// Shorter ones could be guessed.
const LEAST: usize = 16;

impl Token {
    /// Of the contents of a file or a variable: one line of at least 16 visible ASCII characters.
    pub fn new(text: &str) -> std::result::Result<Self, String> {
        let text = text.trim();
        if text.len() < LEAST || !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(format!("expected a token of at least {LEAST} visible ASCII characters on one line, found {} characters", text.chars().count()));
        }
        Ok(Self(text.to_owned()))
    }

    fn is(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// May this request write? Without a token of the desk nobody may.
pub fn allowed(token: Option<&Token>, headers: &HeaderMap) -> Result<()> {
    let Some(token) = token else {
        return Err(Problem::forbidden("this desk takes no articles: it was opened without a token"));
    };
    let mut given = headers.get_all(header::AUTHORIZATION).into_iter();
    let (Some(value), None) = (given.next(), given.next()) else {
        return Err(Problem::unauthorized("expected a token in the header `Authorization: Bearer`, found none"));
    };
    let bearer = value.to_str().ok().and_then(|v| v.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    match bearer {
        Some((_, t)) if token.is(t.trim()) => Ok(()),
        _ => Err(Problem::unauthorized("expected the token of this desk, found another")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(values: &[&str]) -> HeaderMap {
        let mut h = HeaderMap::new();
        for v in values {
            h.append(header::AUTHORIZATION, v.parse().unwrap());
        }
        h
    }

    #[test]
    fn only_the_token_itself_opens() {
        let token = Token::new("0123456789abcdef\n").unwrap();
        let status = |values: &[&str]| allowed(Some(&token), &asked(values)).map_or_else(|p| p.status, |()| 200);
        assert_eq!(status(&["Bearer 0123456789abcdef"]), 200);
        assert_eq!(status(&["bearer 0123456789abcdef"]), 200);
        for wrong in
            [&["Bearer 0123456789abcde"][..], &["Bearer 0123456789abcdef0"], &["Bearer "], &["Basic 0123456789abcdef"], &["0123456789abcdef"], &[], &["Bearer 0123456789abcdef"; 2]]
        {
            assert_eq!(status(wrong), 401, "{wrong:?}");
        }
        assert_eq!(allowed(None, &asked(&["Bearer 0123456789abcdef"])).unwrap_err().status, 403);
    }

    #[test]
    fn a_token_is_long_and_never_shown() {
        assert!(Token::new("short").is_err() && Token::new("").is_err() && Token::new("has a blank within it").is_err());
        assert_eq!(format!("{:?}", Token::new("0123456789abcdef").unwrap()), "Token(…)");
    }
}
