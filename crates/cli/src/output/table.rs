//! Rows in columns: for people, for programs, for spreadsheets.
//!
//! What must not live here: what the columns mean.

use crate::args::Shape;
use crate::output::layout::{self, Bidi};
use anstyle::Style;
use serde::Serialize;
use std::io::{self, Write};

const HEAD: Style = Style::new().dimmed();

/// A column: its heading, and may it be cut where the screen is too narrow?
pub struct Column {
    pub name: &'static str,
    pub wide: bool,
}

/// Writes the rows in the shape that was asked for. `cells` gives the columns of a row; JSON has all of it.
pub fn write<T: Serialize>(out: &mut dyn Write, shape: Shape, columns: &[Column], rows: &[T], cells: impl Fn(&T) -> Vec<String>, width: usize, bidi: Bidi) -> io::Result<()> {
    match shape {
        Shape::Json => {
            serde_json::to_writer_pretty(&mut *out, rows)?;
            writeln!(out)
        }
        Shape::Jsonl => {
            for r in rows {
                serde_json::to_writer(&mut *out, r)?;
                writeln!(out)?;
            }
            Ok(())
        }
        Shape::Csv => {
            let head: Vec<String> = columns.iter().map(|c| c.name.to_owned()).collect();
            writeln!(out, "{}", csv(&head))?;
            for r in rows {
                writeln!(out, "{}", csv(&cells(r)))?;
            }
            Ok(())
        }
        Shape::Table => table(out, columns, &rows.iter().map(cells).collect::<Vec<_>>(), width, bidi),
    }
}

/// One line of RFC 4180. A cell that a spreadsheet would take for a formula is made text.
fn csv(cells: &[String]) -> String {
    let one = |c: &String| {
        let c = if c.starts_with(['=', '+', '@']) { format!("'{c}") } else { c.clone() };
        if c.contains([',', '"', '\n', '\r']) { format!("\"{}\"", c.replace('"', "\"\"")) } else { c }
    };
    cells.iter().map(one).collect::<Vec<_>>().join(",")
}

fn table(out: &mut dyn Write, columns: &[Column], rows: &[Vec<String>], width: usize, bidi: Bidi) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows: Vec<Vec<String>> = rows.iter().map(|r| r.iter().map(|c| layout::clean(c)).collect()).collect();
    let mut wide: Vec<usize> = (0..columns.len()).map(|n| rows.iter().map(|r| layout::columns(&r[n])).max().unwrap_or(0).max(layout::columns(columns[n].name))).collect();
    let fixed: usize = columns.iter().zip(&wide).filter(|(c, _)| !c.wide).map(|(_, w)| w).sum::<usize>() + 2 * (columns.len() - 1);
    let free: usize = columns.iter().filter(|c| c.wide).count().max(1);
    let mut room = width.saturating_sub(fixed).max(16 * free);
    // Those that need less leave their share to the others.
    let mut order: Vec<usize> = (0..columns.len()).filter(|n| columns[*n].wide).collect();
    order.sort_by_key(|n| wide[*n]);
    for (k, n) in order.iter().enumerate() {
        let share = room / (order.len() - k);
        wide[*n] = wide[*n].min(share);
        room -= wide[*n];
    }
    let mut line = |cells: &[String], style: Style| -> io::Result<()> {
        let mut s = bidi.head().to_owned();
        for (n, c) in cells.iter().enumerate() {
            let cut = fit(c, wide[n]);
            let pad = wide[n].saturating_sub(layout::columns(&cut));
            s.push_str(&format!("{style}{}{style:#}", bidi.isolate(&cut)));
            if n + 1 < cells.len() {
                s.push_str(&" ".repeat(pad + 2));
            }
        }
        writeln!(out, "{}", s.trim_end())
    };
    line(&columns.iter().map(|c| c.name.to_owned()).collect::<Vec<_>>(), HEAD)?;
    for r in &rows {
        line(r, Style::new())?;
    }
    Ok(())
}

/// At most so many columns, with an ellipsis where it was longer.
fn fit(s: &str, most: usize) -> String {
    if layout::columns(s) <= most {
        return s.to_owned();
    }
    let mut out = String::new();
    for c in s.chars() {
        out.push(c);
        if layout::columns(&out) + 1 > most {
            out.pop();
            break;
        }
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must() {
        assert_eq!(csv(&["a".into(), "b,c".into(), "d \"e\"".into(), "=1+1".into()]), "a,\"b,c\",\"d \"\"e\"\"\",'=1+1");
    }

    #[test]
    fn a_long_cell_is_cut_by_columns() {
        assert_eq!(fit("abcdef", 4), "abc…");
        assert_eq!(fit("abcd", 4), "abcd");
        assert!(layout::columns(&fit("محادثات بين الوزيرين في المدينة", 12)) <= 12);
    }
}
