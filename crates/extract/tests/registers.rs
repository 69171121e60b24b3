//! Warnings where the text and a register disagree, and none where they may agree.

use sijill_extract::{Article, Engine};

fn warnings(text: &str, published: &str) -> Vec<String> {
    let record = Engine::embedded().worker().read(&Article { id: "a", text, published: Some(published), outlet: None });
    record.warnings.into_iter().map(|w| w.code).filter(|c| c != "date-inferred").collect()
}

#[test]
fn an_office_outside_its_term() {
    let text = "قال الرئيس الأمريكي باراك أوباما إن بلاده ترحب بالحوار.";
    assert_eq!(warnings(text, "2015-06-01"), [""; 0]);
    assert_eq!(warnings(text, "2019-06-01"), ["role-mismatch"]);
    assert_eq!(warnings("قال الرئيس الأمريكي السابق باراك أوباما إن بلاده ترحب بالحوار.", "2019-06-01"), [""; 0]);
}

#[test]
fn the_age_of_relations() {
    let text = |years: u32| format!("احتفلت الصين وكازاخستان بمرور {years} عاما على إقامة العلاقات الدبلوماسية بين الصين وكازاخستان.");
    assert_eq!(warnings(&text(32), "2024-01-03"), [""; 0]);
    // The year before counts as well: the day may not have come yet.
    assert_eq!(warnings(&text(31), "2024-01-02"), [""; 0]);
    assert_eq!(warnings(&text(25), "2024-01-03"), ["anniversary-mismatch"]);
}

#[test]
fn the_year_of_an_edition() {
    let text = |year: u32| format!("عقدت القمة الرابعة والعشرون لمنظمة شانغهاي للتعاون في أستانا في يوليو {year}.");
    assert_eq!(warnings(&text(2024), "2025-03-01"), [""; 0]);
    assert_eq!(warnings(&text(2022), "2025-03-01"), ["ordinal-mismatch"]);
    // A council of the same body has a count of its own.
    assert_eq!(warnings("عقد الاجتماع الرابع والعشرون لوزراء دفاع منظمة شانغهاي للتعاون في يوليو 2022.", "2025-03-01"), [""; 0]);
}
