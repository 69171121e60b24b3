//! Parquet: rows by the names of their columns, plain and packed, whole and broken.

#![cfg(feature = "parquet")]

mod common;

use common::*;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use sijill_ingest::Fields;
use std::sync::Arc;

/// Rows in groups of ten: guid, body (every seventh is null), day.
fn table(rows: usize, compression: Compression) -> Vec<u8> {
    let schema =
        Arc::new(parse_message_type("message m { required byte_array guid (UTF8); optional byte_array body (UTF8); optional int32 day (DATE); required int32 other; }").unwrap());
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(WriterProperties::builder().set_compression(compression).build())).unwrap();
    let all: Vec<usize> = (0..rows).collect();
    for group in all.chunks(10) {
        let mut g = writer.next_row_group().unwrap();
        let texts = |f: &dyn Fn(usize) -> Option<String>| -> (Vec<ByteArray>, Vec<i16>) {
            let found: Vec<Option<String>> = group.iter().map(|i| f(*i)).collect();
            (found.iter().flatten().map(|s| s.as_str().into()).collect(), found.iter().map(|s| i16::from(s.is_some())).collect())
        };
        let mut column = g.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&texts(&|i| Some(format!("g{i}"))).0, None, None).unwrap();
        column.close().unwrap();
        let (bodies, levels) = texts(&|i| (i % 7 != 3).then(|| PARAGRAPHS[i % 4].to_owned()));
        let mut column = g.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&bodies, Some(&levels), None).unwrap();
        column.close().unwrap();
        let mut column = g.next_column().unwrap().unwrap();
        column.typed::<Int32Type>().write_batch(&vec![19_906; group.len()], Some(&vec![1; group.len()]), None).unwrap();
        column.close().unwrap();
        let mut column = g.next_column().unwrap().unwrap();
        column.typed::<Int32Type>().write_batch(&vec![0; group.len()], None, None).unwrap();
        column.close().unwrap();
        g.close().unwrap();
    }
    writer.close().unwrap();
    bytes
}

fn fields() -> Fields {
    Fields { text_field: Some("body".into()), id_field: Some("guid".into()), published_field: Some("day".into()), ..Fields::default() }
}

#[test]
fn rows_by_the_names_of_their_columns() {
    let f = Folder::new("parquet");
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(Default::default())] {
        let bytes = table(300, compression);
        let path = f.file("a.parquet", &bytes);
        let r = run_with(&path, &fields(), &[], usize::MAX);
        assert_eq!((r.articles.len(), r.rejected.len()), (257, 43));
        assert_eq!(r.rejected[0], "a.parquet#4: expected an article, found an empty text");
        let a = &r.articles[0];
        assert_eq!((a.id.as_str(), a.text.as_str(), a.published.as_deref()), ("g0", PARAGRAPHS[0], Some("2024-07-02")));
        assert!(r.read.abs_diff(bytes.len() as u64) < 2, "{} of {}", r.read, bytes.len());
        for chunks in 1..4 {
            let before = run_with(&path, &fields(), &[], chunks);
            let after = run_with(&path, &fields(), &before.marks, usize::MAX);
            assert!([before.articles, after.articles].concat() == r.articles, "after {chunks} chunks");
        }
        for packed in [gz(&bytes), zst(&bytes)] {
            assert!(run_with(&f.file("b.parquet.gz", packed), &fields(), &[], usize::MAX).texts() == r.texts());
        }
    }
    let r = run(&f.0.join("a.parquet"));
    assert_eq!(r.rejected, ["a.parquet: expected a column `text`, found the columns `guid`, `body`, `day`, `other`"]);
}

#[test]
fn broken_files_say_so() {
    let f = Folder::new("parquet-broken");
    let good = table(100, Compression::SNAPPY);
    let mut spoilt = good.clone();
    for b in &mut spoilt[good.len() / 3..good.len() / 3 + 200] {
        *b ^= 0x5A;
    }
    for (name, bytes) in [
        ("half", good[..good.len() / 2].to_vec()),
        ("magic", b"PAR1".to_vec()),
        ("none", Vec::new()),
        ("text", b"PAR1 is a town in France, or is it not? PAR1".to_vec()),
        ("spoilt", spoilt),
    ] {
        let r = run_with(&f.file("a.parquet", bytes), &fields(), &[], usize::MAX);
        assert!(!r.rejected.is_empty() && r.rejected.iter().all(|r| r.starts_with("a.parquet") && r.contains("expected")), "{name}: {:?}", r.rejected);
    }
}
