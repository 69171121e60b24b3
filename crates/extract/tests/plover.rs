//! The rules of PLOVER that a coder of diplomatic news has to keep, one by one: `plover_rules.toml`.

use serde::Deserialize;
use sijill_extract::{Article, Engine};
use sijill_record::Plover;

#[derive(Deserialize)]
struct Rules {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: String,
    /// For people.
    #[serde(rename = "rule")]
    _rule: String,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    published: Option<String>,
    kind: Option<String>,
    force: Option<String>,
    plover: Option<String>,
    mode: Option<String>,
    cameo: Option<String>,
    #[serde(default)]
    aux: Vec<String>,
    actors: Option<Vec<String>>,
    recipients: Option<Vec<String>>,
}

#[test]
fn every_rule_holds() {
    let rules: Rules = toml::from_str(include_str!("plover_rules.toml")).expect("the rules are TOML");
    let engine = Engine::embedded();
    let mut worker = engine.worker();
    let mut faults = Vec::new();
    for rule in &rules.rule {
        assert!(!rule.case.is_empty(), "{}: a rule without a case", rule.id);
        for case in &rule.case {
            let published = case.published.as_deref().unwrap_or("2024-07-02");
            let record = worker.read(&Article { id: &rule.id, text: &case.text, published: Some(published), outlet: None });
            let empty = Plover::default();
            let (plover, cameo, goldstein, sides) = if let Some(kind) = &case.kind {
                let Some(e) = record.events.iter().find(|e| &e.kind == kind) else {
                    faults.push(format!("{}: no {kind} in {}", rule.id, case.text));
                    continue;
                };
                (e.plover.as_ref(), &e.cameo, e.goldstein, Some(&e.participants))
            } else {
                let Some(s) = record.statements.iter().find(|s| Some(&s.force) == case.force.as_ref()) else {
                    faults.push(format!("{}: no such statement in {}", rule.id, case.text));
                    continue;
                };
                (s.plover.as_ref(), &s.cameo, s.goldstein, None)
            };
            let p = plover.unwrap_or(&empty);
            let found = (plover.map(|p| p.kind.clone()), p.mode.clone(), p.aux.iter().map(|a| a.to_string()).collect::<Vec<_>>());
            let expected = (case.plover.clone(), case.mode.clone(), case.aux.clone());
            if found != expected {
                faults.push(format!("{}: expected {expected:?}, found {found:?} in {}", rule.id, case.text));
            }
            if case.cameo.is_some() && case.cameo != *cameo {
                faults.push(format!("{}: expected CAMEO {:?}, found {cameo:?} in {}", rule.id, case.cameo, case.text));
            }
            if plover.is_some() && p.quad.is_none() {
                faults.push(format!("{}: a type without quad class in {}", rule.id, case.text));
            }
            if p.aux.iter().any(|a| a == "negation") && case.plover.as_deref() == Some("CONSULT") && (cameo.is_some() || goldstein.is_some() || p.score.is_some()) {
                faults.push(format!("{}: a score for what did not happen in {}", rule.id, case.text));
            }
            for (side, expected) in [("actor", &case.actors), ("recipient", &case.recipients)] {
                let (Some(expected), Some(all)) = (expected, sides) else { continue };
                let found: Vec<&String> = all.iter().filter(|p| p.side == side).map(|p| &p.entity).collect();
                if found != expected.iter().collect::<Vec<_>>() {
                    faults.push(format!("{}: expected the {side} to be {expected:?}, found {found:?} in {}", rule.id, case.text));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Sector and country of actors, and the contexts of an event.
#[test]
fn actors_and_contexts_are_coded() {
    let engine = Engine::embedded();
    let text = "وقع وزير الدفاع الإيطالي غويدو كروسيتو ونظيره المصري أمس اتفاقية للتعاون في صناعة الأسلحة. وأدانت الأمم المتحدة الهجوم على المستشفى.";
    let record = engine.worker().read(&Article { id: "codes", text, published: Some("2024-07-02"), outlet: None });
    let of =
        |label: &str| record.entities.iter().find(|e| e.label_en.as_deref() == Some(label) || e.label_ar == label).map(|e| (e.code.country.as_deref(), e.code.sectors.join(" ")));
    assert_eq!(of("غويدو كروسيتو").or_else(|| of("Guido Crosetto")), Some((Some("ITA"), "GOV".to_owned())), "{:?}", record.entities);
    assert_eq!(of("United Nations"), Some((None, "UNO".to_owned())));
    let signing = record.events.iter().find(|e| e.kind == "signing").expect("the signing is read");
    let contexts = &signing.plover.as_ref().expect("a signing has a type").contexts;
    assert!(contexts.contains(&"military".to_owned()) && contexts.contains(&"diplomatic".to_owned()), "{contexts:?}");
    assert!(!contexts.contains(&"health".to_owned()), "the hospital stands in another sentence: {contexts:?}");
}
