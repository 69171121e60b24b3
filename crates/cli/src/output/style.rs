//! Colours and signs, the same for a record and for a register. What must not live here: words, directions, wrapping.

use anstyle::{AnsiColor, Style};

pub const HEAD: Style = AnsiColor::Cyan.on_default().bold();
pub const SECTION: Style = Style::new().bold().underline();
pub const KIND: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const NAME: Style = AnsiColor::Green.on_default().bold();
pub const WARN: Style = AnsiColor::Yellow.on_default().bold();

pub fn styled(style: Style, s: &str) -> String {
    format!("{style}{s}{style:#}")
}

/// How an event stands, at a glance and without colour.
pub fn sign(status: &str) -> &'static str {
    match status {
        "occurred" => "●",
        "ongoing" => "◐",
        "planned" => "○",
        "proposed" => "◌",
        "cancelled" => "✕",
        "denied" => "⊘",
        _ => "·",
    }
}

pub fn status_style(status: &str) -> Style {
    match status {
        "occurred" => AnsiColor::Green.on_default(),
        "ongoing" => AnsiColor::Cyan.on_default(),
        "planned" | "proposed" => AnsiColor::Blue.on_default(),
        _ => AnsiColor::Red.on_default(),
    }
}
