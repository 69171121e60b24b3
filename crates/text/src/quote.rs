//! Quotation marks of every kind, matched into pairs.

use crate::token::{Kind, Token};

/// A quotation: token indices of its opening and closing mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quote {
    pub open: u32,
    pub close: u32,
}

/// Nesting deeper than this is not language; what is deeper is left unmatched, so that hostile input stays cheap.
const DEEPEST: usize = 16;

/// The class of a mark: does it open, close, or do both by position, and which marks belong together.
fn class(c: char) -> Option<(u8, bool, bool)> {
    Some(match c {
        '"' | '\u{FF02}' => (0, true, true),
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' => (0, true, true), // curly marks are often turned round in right-to-left text
        '\u{00AB}' | '\u{00BB}' => (1, true, true),                           // guillemets likewise
        '\u{2039}' | '\u{203A}' => (2, true, true),
        _ => return None,
    })
}

/// Finds the quotations of a token list, in order of their opening marks. A line break with an open quotation does not
/// end it when the quotation closes in a later paragraph that the same mark opens; otherwise it stays unmatched.
pub fn quotes(tokens: &[Token], out: &mut Vec<Quote>) {
    out.clear();
    let mut stack: Vec<(u8, u32)> = Vec::new();
    let mut paragraph = 0; // first quotation of this paragraph in `out`
    for (i, t) in tokens.iter().enumerate() {
        if t.kind == Kind::Break {
            settle(&mut stack, out, paragraph, tokens, i);
            paragraph = out.len();
            continue;
        }
        if t.kind != Kind::Mark {
            continue;
        }
        let Some((kind, _, _)) = class(t.mark) else { continue };
        let next = tokens.get(i + 1);
        let sticks_left = t.glued && i > 0 && tokens[i - 1].kind != Kind::Break && !opens_bracket(&tokens[i - 1]);
        let sticks_right = next.is_some_and(|n| n.glued && n.kind != Kind::Break && (n.kind != Kind::Mark || class(n.mark).is_some() || n.mark == '('));
        let top = stack.iter().rposition(|(k, _)| *k == kind);
        // By shape where the mark has one, by the spacing where not, by what is open where neither tells.
        let closes = match (top.is_some(), sticks_left, sticks_right) {
            (false, _, _) => false,
            (true, true, false) => true,
            (true, false, true) => false,
            (true, _, _) => true,
        };
        if closes {
            if let Some(p) = top {
                let open = stack[p].1;
                stack.truncate(p);
                out.push(Quote { open, close: i as u32 });
            }
        } else if stack.len() < DEEPEST && !(sticks_left && !sticks_right) {
            stack.push((kind, i as u32));
        }
    }
    settle(&mut stack, out, paragraph, tokens, tokens.len());
    out.sort_by_key(|q| q.open);
}

fn opens_bracket(t: &Token) -> bool {
    matches!(t.mark, '(' | '[') && t.kind == Kind::Mark
}

/// At the end of a paragraph: an outer quotation that lacks its mark because inner and outer end together (`"… "…".`)
/// ends where the last inner one ends.
fn settle(stack: &mut Vec<(u8, u32)>, out: &mut [Quote], paragraph: usize, tokens: &[Token], end: usize) {
    if let (Some(&(_, open)), Some(last)) = (stack.first(), out[paragraph..].last_mut()) {
        let ends = tokens[last.close as usize + 1..end].iter().all(|t| t.kind == Kind::Mark);
        if ends && last.open > open {
            last.open = open;
        }
    }
    stack.clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tokens;

    fn found(text: &str) -> Vec<&str> {
        let mut t = Tokens::default();
        t.read(text);
        let mut q = Vec::new();
        quotes(&t, &mut q);
        q.iter().map(|q| &text[t[q.open as usize].end as usize..t[q.close as usize].start as usize]).collect()
    }

    #[test]
    fn kinds() {
        assert_eq!(found("قال \"نعم\" ثم «لا» ثم “ربما”."), ["نعم", "لا", "ربما"]);
        assert_eq!(found("قال: ”نعم“."), ["نعم"]);
        assert_eq!(found("»هكذا« قال"), ["هكذا"]);
    }

    #[test]
    fn inner_and_outer_end_together() {
        assert_eq!(found("قال \"أقول لكم \"هذا يكفي\"."), ["أقول لكم \"هذا يكفي"]);
    }

    #[test]
    fn a_stray_mark_opens_nothing_beyond_its_paragraph() {
        assert_eq!(found("نص أول\".\nقال \"نص ثان\"."), ["نص ثان"]);
    }

    #[test]
    fn a_mark_before_the_end_of_a_line_opens_nothing() {
        assert_eq!(found("قال “نعم \"\nثم مضى."), found("قال “نعم \" "));
        assert_eq!(found("قال \"نعم \"\nثم مضى."), ["نعم "]);
    }

    #[test]
    fn thousand_nested() {
        let text = "\"ا ".repeat(1000);
        assert!(found(&text).is_empty());
    }
}
