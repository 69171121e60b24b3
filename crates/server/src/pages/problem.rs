//! What a person sees instead of an answer.

use crate::ask::Ask;
use crate::shell::{Shell, html};
use crate::state::Desk;
use crate::view::Who;
use crate::{Problem, Result};
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "problem.html")]
struct Page<'a> {
    s: Shell<'a>,
    detail: &'a str,
    like: Vec<Who>,
}

pub fn page(desk: &Desk, ask: &Ask, problem: &Problem) -> Result<Response> {
    let w = desk.words(ask.lang);
    let title = match problem.status {
        404 => w.t("not-found"),
        400..=499 => w.t("wrong-question"),
        _ => w.t("no-answer"),
    };
    let s = Shell::new(desk, ask, "problem", &[]).titled(title);
    html(&Page { s, detail: &problem.detail, like: problem.like.iter().map(|n| Who::new(w, n)).collect() })
}
