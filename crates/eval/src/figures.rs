//! Sums over articles, and the figures made of them.

use std::ops::AddAssign;

/// What was found, what there was, what was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub found: usize,
    pub gold: usize,
    pub pred: usize,
}

impl Tally {
    pub fn new(found: usize, gold: usize, pred: usize) -> Self {
        Self { found, gold, pred }
    }
    pub fn precision(&self) -> f64 {
        ratio(self.found, self.pred)
    }
    pub fn recall(&self) -> f64 {
        ratio(self.found, self.gold)
    }
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

/// How many of those that could be judged are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub right: usize,
    pub all: usize,
}

impl Share {
    pub fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }
    pub fn value(&self) -> f64 {
        ratio(self.right, self.all)
    }
}

fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// All figures, of one article or of many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub entities: Tally,
    pub names: Tally,
    pub roles: Tally,
    pub times: Tally,
    pub statements: Tally,
    pub content: Tally,
    pub events: Tally,
    pub strict: Tally,
    pub relations: Tally,
    pub boilerplate: Tally,
    pub warnings: Tally,
    pub force: Share,
    pub status: Share,
    pub date: Share,
    pub place: Share,
    pub published: Share,
}

impl Figures {
    pub fn tallies(&self) -> [(&'static str, Tally); 11] {
        [
            ("entities", self.entities),
            ("names", self.names),
            ("roles", self.roles),
            ("times", self.times),
            ("statements", self.statements),
            ("content", self.content),
            ("events", self.events),
            ("events*", self.strict),
            ("relations", self.relations),
            ("boilerplate", self.boilerplate),
            ("warnings", self.warnings),
        ]
    }

    pub fn shares(&self) -> [(&'static str, Share); 5] {
        [("force", self.force), ("status", self.status), ("date", self.date), ("place", self.place), ("published", self.published)]
    }

    /// The mean of the four that make a record.
    pub fn record(&self) -> f64 {
        (self.entities.f1() + self.times.f1() + self.statements.f1() + self.events.f1()) / 4.0
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, o: Self) {
        self.found += o.found;
        self.gold += o.gold;
        self.pred += o.pred;
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, o: Self) {
        self.right += o.right;
        self.all += o.all;
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, o: Self) {
        self.entities += o.entities;
        self.names += o.names;
        self.roles += o.roles;
        self.times += o.times;
        self.statements += o.statements;
        self.content += o.content;
        self.events += o.events;
        self.strict += o.strict;
        self.relations += o.relations;
        self.boilerplate += o.boilerplate;
        self.warnings += o.warnings;
        self.force += o.force;
        self.status += o.status;
        self.date += o.date;
        self.place += o.place;
        self.published += o.published;
    }
}
