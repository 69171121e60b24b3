//! How long the questions of the command line take on a register of one's own, in the process, without start-up.
//!
//! ```text
//! cargo xtask synth 1000000 big.jsonl && sijill add big.jsonl --register big.db
//! cargo bench -p sijill-store -- big.db
//! ```
//!
//! What is asked for (which states, days, words) is drawn from the register itself, by dice that always fall the same. The first round meets what
//! the system has not read yet; it is counted with the others.

use sijill_extract::Engine;
use sijill_grammar::Stems;
use sijill_resolve::facts::Facts;
use sijill_store::query::Range;
use sijill_store::query::check::CheckQuery;
use sijill_store::query::event::EventQuery;
use sijill_store::query::search::SearchQuery;
use sijill_store::query::statement::StatementQuery;
use sijill_store::{Register, Result};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

const ROUNDS: usize = 200;

fn iso(country: &str) -> &str {
    country.trim_start_matches("country:")
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n.max(1) as u64) as usize
    }
}

fn main() {
    let Some(path) = std::env::args().skip(1).find(|a| !a.starts_with("--")) else {
        println!("expected a register to ask: cargo bench -p sijill-store -- FILE");
        return;
    };
    if let Err(e) = measure(Path::new(&path)) {
        println!("{e}");
        std::process::exit(1);
    }
}

fn measure(path: &Path) -> Result<()> {
    let register = Register::open(path)?;
    let counts = register.counts()?;
    println!("{}: {} articles, {} events, {} statements, {} actors", path.display(), counts.articles, counts.events, counts.statements, counts.actors);
    let engine = Engine::embedded();
    let facts = Facts::new(engine.lexicon());
    let mut dice = Dice(7);

    // States in the order in which they occur, most of them often: the hard case.
    let mut states: Vec<(usize, String)> = Vec::new();
    for a in &engine.lexicon().actors {
        let id = format!("country:{}", a.id);
        if register.name_of(&id)?.is_some() {
            let q = EventQuery { actors: vec![id.clone()], limit: 1, ..EventQuery::default() };
            states.push((register.count_events(&q, 1_000_000)?, id));
        }
    }
    states.sort();
    states.reverse();
    states.retain(|s| s.0 > 0);
    if states.len() < 3 {
        println!("expected a register with events of three states or more");
        return Ok(());
    }
    println!("most events of one state: {} ({})", states[0].1, states[0].0);
    let mut state = |dice: &mut Dice| states[dice.below(states.len().min(30))].1.clone();

    // Words and events that occur.
    let mut stems = Stems::default();
    let (mut phrases, mut events): (Vec<Vec<String>>, Vec<String>) = (Vec::new(), Vec::new());
    let mut often: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let all = register.events(&EventQuery { limit: 3_000, newest: true, ..EventQuery::default() })?;
    for e in all.items.iter().step_by(12) {
        events.push(e.event.clone());
        let Some(r) = register.reports(&e.event, 1)?.into_iter().next() else { continue };
        let Some(article) = register.article(&r.source.article)? else { continue };
        let mut words: Vec<String> = Vec::new();
        stems.words(engine.lexicon(), &article.text, &mut |w, _, _| words.push(w.to_owned()));
        if words.len() > 12 {
            let at = dice.below(words.len() - 2);
            phrases.push(words[at..at + 2].to_vec());
        }
        for pair in words.windows(2) {
            *often.entry(pair[..1].to_vec()).or_default() += 1;
            *often.entry(pair.to_vec()).or_default() += 1;
        }
    }
    // Of the words, and of the pairs of words, those that occur most: the hard case.
    let most = |len: usize| {
        let mut list: Vec<(&Vec<String>, &usize)> = often.iter().filter(|(w, _)| w.len() == len).collect();
        list.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
        list.into_iter().take(20).map(|(w, _)| w.clone()).collect::<Vec<_>>()
    };
    let (frequent_words, frequent_pairs) = (most(1), most(2));

    let year = |dice: &mut Dice| 20_140_000 + 10_000 * dice.below(9) as i64;
    type Question<'q> = (&'static str, Box<dyn FnMut(&mut Dice) -> Result<usize> + 'q>);
    let state = std::cell::RefCell::new(&mut state);
    let pick = |d: &mut Dice| (state.borrow_mut())(d);
    let questions: Vec<Question> = vec![
        (
            "list events, two states, kind, years",
            Box::new(|d: &mut Dice| {
                let from = year(d);
                let range = Range { from: Some(from + 101), until: Some(from + 51_231) };
                Ok(register.events(&EventQuery { actors: vec![pick(d), pick(d)], kinds: vec!["visit".into()], range, limit: 100, ..EventQuery::default() })?.items.len())
            }),
        ),
        (
            "list events, one state, newest",
            Box::new(|d: &mut Dice| Ok(register.events(&EventQuery { actors: vec![pick(d)], limit: 100, newest: true, ..EventQuery::default() })?.items.len())),
        ),
        (
            "list statements, speaker, force, about",
            Box::new(|d: &mut Dice| {
                Ok(register
                    .statements(&StatementQuery { speakers: vec![pick(d)], about: vec![pick(d)], forces: vec!["pledge".into()], limit: 100, ..StatementQuery::default() })?
                    .items
                    .len())
            }),
        ),
        (
            "timeline of two states",
            Box::new(|d: &mut Dice| {
                let (a, b) = (pick(d), pick(d));
                let page = register.events(&EventQuery { actors: vec![a.clone(), b.clone()], limit: 60, newest: true, ..EventQuery::default() })?;
                for e in &page.items {
                    register.reports(&e.event, 12)?;
                }
                Ok(page.items.len() + register.relations(&a, Some(&b), Range::default(), 400)?.len())
            }),
        ),
        (
            "list events, a state, a phrase",
            Box::new(|d: &mut Dice| {
                let text = vec![phrases[d.below(phrases.len())].clone()];
                Ok(register.events(&EventQuery { actors: vec![pick(d)], text, limit: 100, newest: true, ..EventQuery::default() })?.items.len())
            }),
        ),
        (
            "list events, a phrase",
            Box::new(|d: &mut Dice| {
                let text = vec![phrases[d.below(phrases.len())].clone()];
                Ok(register.events(&EventQuery { text, limit: 100, ..EventQuery::default() })?.items.len())
            }),
        ),
        (
            "list events, a state, a frequent phrase",
            Box::new(|d: &mut Dice| {
                let text = vec![frequent_pairs[d.below(frequent_pairs.len())].clone()];
                Ok(register.events(&EventQuery { actors: vec![pick(d)], text, limit: 100, newest: true, ..EventQuery::default() })?.items.len())
            }),
        ),
        (
            "list events, two states, a frequent phrase",
            Box::new(|d: &mut Dice| {
                let text = vec![frequent_pairs[d.below(frequent_pairs.len())].clone()];
                Ok(register.events(&EventQuery { actors: vec![pick(d), pick(d)], text, limit: 100, newest: true, ..EventQuery::default() })?.items.len())
            }),
        ),
        (
            "list events, a frequent phrase",
            Box::new(|d: &mut Dice| {
                let text = vec![frequent_pairs[d.below(frequent_pairs.len())].clone()];
                Ok(register.events(&EventQuery { text, limit: 100, ..EventQuery::default() })?.items.len())
            }),
        ),
        ("list relations of a state", Box::new(|d: &mut Dice| Ok(register.relations(&pick(d), None, Range::default(), 100)?.len()))),
        (
            "standing of two states",
            Box::new(|d: &mut Dice| {
                let (a, b) = (pick(d), pick(d));
                Ok(register.standing(iso(&a), iso(&b))?.map_or(0, |s| s.levels.len() + s.visits.len()))
            }),
        ),
        ("check", Box::new(|_: &mut Dice| Ok(register.check(&CheckQuery { limit: 200, ..CheckQuery::default() }, &facts)?.items.len()))),
        ("check, a state", Box::new(|d: &mut Dice| Ok(register.check(&CheckQuery { actors: vec![pick(d)], limit: 200, ..CheckQuery::default() }, &facts)?.items.len()))),
        ("actor", Box::new(|d: &mut Dice| Ok(register.portrait(&pick(d))?.map_or(0, |p| p.with.len())))),
        (
            "show an event",
            Box::new(|d: &mut Dice| {
                let id = &events[d.below(events.len())];
                register.event(id)?;
                Ok(register.reports(id, 400)?.len())
            }),
        ),
        (
            "search, a phrase",
            Box::new(|d: &mut Dice| Ok(register.search(&SearchQuery { phrases: vec![phrases[d.below(phrases.len())].clone()], limit: 20, ..SearchQuery::default() })?.items.len())),
        ),
        (
            "search, a phrase and a state",
            Box::new(|d: &mut Dice| {
                let q = SearchQuery { phrases: vec![phrases[d.below(phrases.len())].clone()], actors: vec![pick(d)], limit: 20, ..SearchQuery::default() };
                Ok(register.search(&q)?.items.len())
            }),
        ),
        (
            "search, a frequent word",
            Box::new(|d: &mut Dice| {
                let q = SearchQuery { phrases: vec![frequent_words[d.below(frequent_words.len())].clone()], limit: 20, ..SearchQuery::default() };
                Ok(register.search(&q)?.items.len())
            }),
        ),
        (
            "search, two frequent phrases and a state",
            Box::new(|d: &mut Dice| {
                let phrase = |d: &mut Dice| frequent_pairs[d.below(frequent_pairs.len())].clone();
                let q = SearchQuery { phrases: vec![phrase(d), phrase(d)], actors: vec![pick(d)], limit: 20, ..SearchQuery::default() };
                Ok(register.search(&q)?.items.len())
            }),
        ),
    ];
    println!("| question | p50 ms | p95 ms | longest ms | rows, mean |\n| --- | --- | --- | --- | --- |");
    for (name, mut ask) in questions {
        let mut times: Vec<Duration> = Vec::with_capacity(ROUNDS);
        let mut rows = 0;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            rows += ask(&mut dice)?;
            times.push(start.elapsed());
        }
        times.sort();
        let ms = |n: usize| times[n.min(ROUNDS - 1)].as_secs_f64() * 1e3;
        println!("| {name} | {:.1} | {:.1} | {:.1} | {:.1} |", ms(ROUNDS / 2), ms(ROUNDS * 95 / 100), ms(ROUNDS - 1), rows as f64 / ROUNDS as f64);
    }
    Ok(())
}
