//! RDF, as N-Triples: the same events and terms as in JSON-LD, one statement a line, for stores that load files of any size.
//!
//! The triples are made of the JSON-LD objects themselves, by the one list of terms in `linked`, so that the two can not say different things. Only what these objects hold is
//! understood; this is no reader of JSON-LD. What must not live here: terms.

use crate::linked::{self, CODED, IRIS, NUMBERS, SCHEMA, SIJILL, TERMS_OF_OTHERS};
use crate::rows;
use crate::{Export, Made, Result};
use serde_json::Value;
use sijill_store::query::event::EventQuery;
use std::io::Write;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// Text between quotation marks.
fn quoted(s: &str) -> String {
    let mut out = String::with_capacity(s.len() + 2);
    out.push('"');
    for c in s.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A number as xsd:double writes it: `2.8E0`.
fn double(n: f64) -> String {
    let s = format!("{n:E}");
    if s.contains('.') { s } else { s.replace('E', ".0E") }
}

struct Writer<'o> {
    out: &'o mut dyn Write,
    blanks: usize,
}

impl Writer<'_> {
    fn line(&mut self, s: &str, p: &str, o: &str) -> Result<()> {
        Ok(writeln!(self.out, "{s} <{p}> {o} .")?)
    }

    /// What a node is called: its id, or a number of its own.
    fn name(&mut self, node: &Value) -> String {
        match node["@id"].as_str() {
            Some(id) => format!("<{id}>"),
            None => {
                self.blanks += 1;
                format!("_:b{}", self.blanks)
            }
        }
    }

    /// All that an object says, and all objects in it; gives back its name.
    fn node(&mut self, node: &Value) -> Result<String> {
        let subject = self.name(node);
        let Some(fields) = node.as_object() else { return Ok(subject) };
        for (key, value) in fields {
            match key.as_str() {
                "@id" | "@context" => {}
                "@type" => {
                    let class = format!("<{SCHEMA}{}>", value.as_str().unwrap_or_default());
                    self.line(&subject, &format!("{RDF}type"), &class)?;
                }
                _ => self.value(&subject, key, value)?,
            }
        }
        Ok(subject)
    }

    fn value(&mut self, subject: &str, key: &str, value: &Value) -> Result<()> {
        let property = match TERMS_OF_OTHERS.iter().find(|t| t.0 == key) {
            Some((_, iri)) => (*iri).to_owned(),
            None if CODED.contains(&key) => format!("{SIJILL}{key}"),
            None => format!("{SCHEMA}{key}"),
        };
        match value {
            Value::Array(items) => items.iter().try_for_each(|item| self.value(subject, key, item)),
            Value::Object(languages) if key == "name" => languages.iter().try_for_each(|(language, text)| {
                let tag = if language == "@none" { String::new() } else { format!("@{language}") };
                let text = quoted(text.as_str().unwrap_or_default());
                self.line(subject, &property, &format!("{text}{tag}"))
            }),
            Value::Object(_) => {
                let object = self.node(value)?;
                self.line(subject, &property, &object)
            }
            Value::String(s) if IRIS.contains(&key) => self.line(subject, &property, &format!("<{s}>")),
            Value::String(s) => self.line(subject, &property, &quoted(s)),
            Value::Number(n) if NUMBERS.contains(&key) => {
                let n = double(n.as_f64().unwrap_or_default());
                self.line(subject, &property, &format!("\"{n}\"^^<{XSD}double>"))
            }
            Value::Number(n) => self.line(subject, &property, &format!("\"{n}\"^^<{XSD}integer>")),
            Value::Bool(b) => self.line(subject, &property, &format!("\"{b}\"^^<{XSD}boolean>")),
            Value::Null => Ok(()),
        }
    }
}

pub(crate) fn write(x: &Export, q: &EventQuery, out: &mut dyn Write) -> Result<Made> {
    let mut made = Made::default();
    let mut w = Writer { out, blanks: 0 };
    let dataset = w.node(&linked::head(x))?;
    rows::events(x, q, &mut |r| {
        let event = w.node(&linked::event(x, r)?)?;
        w.line(&dataset, &format!("{SCHEMA}hasPart"), &event)?;
        made.rows += 1;
        Ok(())
    })?;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_text_as_the_format_has_them() {
        assert_eq!([4.0, 2.8, -10.0, 0.5].map(double), ["4.0E0", "2.8E0", "-1.0E1", "5.0E-1"]);
        assert_eq!(quoted("a \"b\"\n\\"), r#""a \"b\"\n\\""#);
    }
}
