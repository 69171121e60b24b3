//! Tables of records that the engine made: as many rows as the record has parts, the same words, the versions in the metadata.

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, RecordBatch};
use sijill_columns::{About, TABLES, Tables};
use sijill_extract::{Article, Engine};

const TEXT: &str = "وصل وزير الخارجية العماني بدر البوسعيدي إلى بغداد الأحد في زيارة رسمية. والتقى البوسعيدي نظيره العراقي فؤاد حسين، \
    وقال إن بلاده تدعو إلى حل الخلافات بالحوار. ووقع الجانبان مذكرة تفاهم في مجال النقل البحري.";

fn table<'b>(batches: &'b [RecordBatch], name: &str) -> &'b RecordBatch {
    &batches[TABLES.iter().position(|t| *t == name).expect("a table of that name")]
}

#[test]
fn a_record_and_its_tables_say_the_same() {
    let engine = Engine::embedded();
    let record = engine.worker().read(&Article { id: "one", text: TEXT, published: Some("2024-03-03"), outlet: None });
    assert!(record.entities.len() > 2 && !record.events.is_empty() && !record.statements.is_empty(), "{record:?}");
    let mut tables = Tables::new(&engine.lexicon().version);
    tables.push(&record, &About { text: Some(TEXT), outlet: Some("o"), ..About::default() });
    tables.reject("two", "expected text, found nothing");
    let batches = tables.take().expect("columns of one length");
    let rows = |name| table(&batches, name).num_rows();
    assert_eq!(rows("articles"), 1);
    assert_eq!(rows("entities"), record.entities.len());
    assert_eq!(rows("mentions"), record.entities.iter().map(|e| e.mentions.len()).sum::<usize>());
    assert_eq!(rows("statements"), record.statements.len());
    assert_eq!(rows("events"), record.events.len());
    assert_eq!(rows("participants"), record.events.iter().map(|e| e.participants.len()).sum::<usize>());
    assert_eq!(rows("rejected"), 1);

    let points: Vec<char> = TEXT.chars().collect();
    let mentions = table(&batches, "mentions");
    let column = |name: &str| mentions.column_by_name(name).expect("a column of that name");
    let (start, end) = (column("start").as_primitive::<Int32Type>(), column("end").as_primitive::<Int32Type>());
    for row in 0..mentions.num_rows() {
        let words: String = points[start.value(row) as usize..end.value(row) as usize].iter().collect();
        assert_eq!(column("text").as_string::<i32>().value(row), words);
    }
    let events = table(&batches, "events");
    assert_eq!(events.column_by_name("quote").map(|c| c.null_count()), Some(0));

    for (batch, name) in batches.iter().zip(TABLES) {
        let schema = batch.schema();
        assert_eq!(schema.metadata()["lexicon"], engine.lexicon().version);
        assert_eq!(schema.metadata()["sijill"], sijill_columns::VERSION);
        assert_eq!(schema.metadata()["table"], name);
        assert!(schema.fields().iter().all(|f| !f.metadata()["meaning"].is_empty()));
    }
    assert!(tables.take().expect("empty columns").iter().all(|b| b.num_rows() == 0));
}

/// A column that takes a value of another kind than its own would be null throughout.
#[test]
fn no_column_is_null_by_mistake() {
    let engine = Engine::embedded();
    let mut worker = engine.worker();
    let mut tables = Tables::new("");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples");
    let mut read = 0;
    for file in std::fs::read_dir(folder).expect("the samples").flatten().filter(|f| f.path().extension().is_some_and(|e| e == "txt")) {
        let text = std::fs::read_to_string(file.path()).expect("a sample");
        let record = worker.read(&Article { id: "s", text: &text, published: Some("2024-03-03"), outlet: Some("o") });
        tables.push(&record, &About { text: Some(&text), outlet: Some("o"), title: Some("t"), url: Some("u") });
        read += 1;
    }
    assert!(read > 20);
    tables.reject("s", "r");
    let empty: Vec<String> = tables
        .take()
        .expect("columns of one length")
        .iter()
        .zip(TABLES)
        .filter(|(b, _)| b.num_rows() > 0)
        .flat_map(|(b, name)| {
            let schema = b.schema();
            let fields: Vec<String> = schema.fields().iter().map(|f| format!("{name}.{}", f.name())).collect();
            b.columns().iter().zip(fields).filter(|(c, _)| c.null_count() == c.len()).map(|(_, f)| f).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(empty, Vec::<String>::new());
}
