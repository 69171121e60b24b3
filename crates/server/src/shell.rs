//! What stands around every page: head, navigation, search, the switches of language and theme, the twins of the page in other forms.
//!
//! What must not live here: the content of a page.

use crate::ask::{Ask, Form, Theme};
use crate::state::Desk;
use crate::words::Words;
use crate::{Result, assets};
use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};

pub struct Shell<'a> {
    pub w: Words<'a>,
    pub ask: &'a Ask,
    /// Of the page, in the title bar.
    pub title: String,
    /// The entry of the navigation that the page belongs to.
    pub at: &'static str,
    pub twins: &'static [Form],
    /// What the register is called.
    pub name: &'a str,
}

/// The navigation: label and address.
const NAV: [(&str, &str); 8] = [
    ("front", "/"),
    ("timeline", "/timeline"),
    ("events", "/events"),
    ("actors", "/actors"),
    ("relations", "/relations"),
    ("checks", "/checks"),
    ("sources", "/sources"),
    ("read", "/read"),
];

impl<'a> Shell<'a> {
    pub fn new(desk: &'a Desk, ask: &'a Ask, at: &'static str, twins: &'static [Form]) -> Self {
        let w = desk.words(ask.lang);
        Self { w, ask, title: w.t(at).to_owned(), at, twins, name: &desk.settings.name }
    }

    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The program's name as it is written in Arabic, in whatever language the page is.
    pub fn brand(&self) -> &'a str {
        self.w.codes.label("page", "sijill").map_or("", |l| l.0)
    }

    pub fn nav(&self) -> impl Iterator<Item = (&'static str, &'a str, &'static str)> {
        let w = self.w;
        NAV.into_iter().map(move |(id, href)| (id, w.t(id), href))
    }

    /// This page in the other language.
    pub fn other(&self) -> String {
        self.ask.with(&[("lang", Some(self.ask.lang.other().code()))])
    }

    /// This page in the theme that it does not have now.
    pub fn themes(&self) -> [(&'static str, String, bool); 3] {
        let now = self.ask.theme.map_or("auto", Theme::name);
        ["light", "dark", "auto"].map(|t| (t, self.ask.with(&[("theme", Some(t))]), t == now))
    }

    pub fn theme(&self) -> &'static str {
        self.ask.theme.map_or("auto", Theme::name)
    }

    pub fn asset(&self, name: &str) -> String {
        format!("/assets/{name}?v={}", *assets::VERSION)
    }

    pub fn links(&self) -> impl Iterator<Item = (Form, String)> {
        self.twins.iter().map(|f| (*f, self.ask.twin(*f)))
    }
}

/// A page as an answer.
pub fn html(page: &impl Template) -> Result<Response> {
    Ok(([(header::CONTENT_TYPE, Form::Html.media())], page.render()?).into_response())
}

/// Anything as JSON.
pub fn json(value: &impl serde::Serialize) -> Result<Response> {
    Ok(([(header::CONTENT_TYPE, Form::Json.media())], serde_json::to_vec(value)?).into_response())
}
