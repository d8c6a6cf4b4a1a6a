//! The bytes say that the document is PDF/UA-1, and its tags bear it out.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};
use report::block::Block;
use report::sample;

fn dictionaries(document: &Document) -> impl Iterator<Item = &Dictionary> {
    document.objects.values().filter_map(|object| object.as_dict().ok())
}

/// How often each kind of tag stands in the tree.
fn tags(document: &Document) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for tag in dictionaries(document).filter(|dictionary| dictionary.has(b"P")).filter_map(|dictionary| dictionary.get(b"S").ok()) {
        if let Ok(name) = tag.as_name() {
            *count.entry(String::from_utf8_lossy(name).into_owned()).or_insert(0) += 1;
        }
    }
    count
}

#[test]
fn the_document_is_tagged_and_says_so() {
    let report = sample::report();
    let document = Document::load_mem(&pdf::write(&report).unwrap()).unwrap();
    let catalog = document.catalog().unwrap();

    let marked = catalog.get(b"MarkInfo").and_then(Object::as_dict).and_then(|info| info.get(b"Marked")).and_then(Object::as_bool);
    assert!(matches!(marked, Ok(true)));
    assert_eq!(catalog.get(b"Lang").and_then(Object::as_str).unwrap(), b"en-GB");
    assert!(catalog.has(b"StructTreeRoot"));
    let metadata = catalog.get(b"Metadata").and_then(Object::as_reference).unwrap();
    let metadata = document.get_object(metadata).and_then(Object::as_stream).unwrap();
    let xmp = String::from_utf8(metadata.decompressed_content().unwrap_or_else(|_| metadata.content.clone())).unwrap();
    assert!(xmp.contains("<pdfuaid:part>1</pdfuaid:part>"), "{xmp}");
    assert!(xmp.contains("Sufficiency statement 2026 – Exampleshire County Council"));
    assert!(xmp.contains("2026-03-31") && !xmp.contains("2027"));
}

#[test]
fn headings_tables_and_figures_are_in_the_tag_tree() {
    let report = sample::report();
    let document = Document::load_mem(&pdf::write(&report).unwrap()).unwrap();
    let tags = tags(&document);
    let count = |tag: &str| tags.get(tag).copied().unwrap_or(0);
    let charts = report.sections.iter().flat_map(|section| &section.blocks).filter(|block| matches!(block, Block::Chart(_))).count();

    assert_eq!(count("H1"), report.sections.len() + 2, "each section, the charts' numbers, how figures were made: {tags:?}");
    assert_eq!(count("Table"), report.tables().count());
    let columns: usize = report.tables().map(|(_, table)| table.columns.len()).sum();
    let rows: usize = report.tables().filter(|(_, table)| table.has_row_headers()).map(|(_, table)| table.rows.len()).sum();
    assert_eq!(count("TH"), columns + rows, "column headers and row headers");
    assert!(count("TOCI") >= report.sections.len() && count("Caption") >= charts && count("L") >= 2 && count("Link") > 1);

    let texts: Vec<String> = dictionaries(&document)
        .filter(|dictionary| dictionary.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == b"Figure"))
        .filter_map(|dictionary| dictionary.get(b"Alt").ok())
        .filter_map(|text| lopdf::decode_text_string(text).ok())
        .collect();
    assert_eq!(texts.len(), charts, "every drawing has alternative text");
    assert!(texts.iter().any(|text| text.starts_with("Falling since 2022, and below similar authorities. Exampleshire rose")));
}

#[test]
fn every_font_is_embedded_and_ours() {
    let document = Document::load_mem(&pdf::write(&sample::report()).unwrap()).unwrap();
    let descriptors: Vec<&Dictionary> =
        dictionaries(&document).filter(|dictionary| dictionary.has(b"FontName") && dictionary.has(b"Flags")).collect();
    assert!(descriptors.len() >= 2);
    for descriptor in descriptors {
        let name = String::from_utf8_lossy(descriptor.get(b"FontName").and_then(Object::as_name).unwrap()).into_owned();
        assert!(name.contains("LiberationSans"), "{name}");
        assert!([b"FontFile2".as_slice(), b"FontFile3"].iter().any(|key| descriptor.has(key)), "{name} is not embedded");
    }
}

#[test]
fn a_second_document_of_the_same_process_has_the_same_bytes() {
    let first = pdf::write(&sample::report()).unwrap();
    let mut other = sample::report();
    other.title = "Another document between the two".into();
    other.sections.truncate(1);
    assert_ne!(pdf::write(&other).unwrap(), first);
    assert!(pdf::write(&sample::report()).unwrap() == first, "bytes differ");
}

#[test]
fn odd_reports_are_still_documents() {
    let mut report = sample::report();
    report.sections.clear();
    assert!(pdf::write(&report).unwrap().starts_with(b"%PDF-1.7"));
    let mut report = sample::report();
    report.title = "#panic(\"markup\") *stays* text \\ \"quoted\" <label> $x$".into();
    report.sections.truncate(1);
    report.notices.clear();
    report.figures = report::block::Register::default();
    assert!(pdf::write(&report).is_ok());
}
