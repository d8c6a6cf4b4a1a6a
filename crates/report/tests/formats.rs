//! The same numbers in every format, and an HTML file that stands alone.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use report::block::{Block, Report};
use report::{docx, html, sample};

/// Every number or mark that a reader sees in a table.
fn shown(report: &Report) -> Vec<String> {
    report.tables().flat_map(|(_, table)| &table.rows).flat_map(|row| &row.cells).map(|cell| cell.shown.clone()).collect()
}

fn words_of(document: &roxmltree::Document<'_>) -> BTreeSet<String> {
    document.descendants().filter_map(|node| node.text()).map(str::to_owned).collect()
}

#[test]
fn every_cell_is_in_html_and_in_word() {
    let report = sample::report();
    let page = html::write(&report);
    let mut archive = zip::ZipArchive::new(Cursor::new(docx::write(&report).unwrap())).unwrap();
    let mut document = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut document).unwrap();
    let word = words_of(&roxmltree::Document::parse(&document).unwrap());
    for cell in shown(&report) {
        let escaped = cell.replace('&', "&amp;").replace('<', "&lt;");
        assert!(page.contains(&format!(">{escaped}<")) || page.contains(&format!(">{escaped} <")), "{cell} in HTML");
        assert!(word.contains(&cell), "{cell} in Word");
    }
}

#[test]
fn the_html_file_stands_alone() {
    let page = html::write(&sample::report());
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en-GB\">"));
    for absent in ["<script", "src=\"http", "@import", "url(http", "<link"] {
        assert!(!page.contains(absent), "{absent}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    assert_eq!(page.matches("<main").count(), 1);
    assert_eq!(page, html::write(&sample::report()));
}

#[test]
fn ids_are_unique_and_every_inner_link_leads_somewhere() {
    let page = html::write(&sample::report());
    let after = |mark: &str| -> Vec<String> {
        page.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
    };
    let ids = after(" id=\"");
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "an id is used twice");
    for target in after("href=\"#") {
        assert!(unique.contains(&target), "#{target} leads nowhere");
    }
    for labelled in after("aria-labelledby=\"") {
        assert!(labelled.split(' ').all(|id| unique.contains(&id.to_owned())), "{labelled}");
    }
}

#[test]
fn every_figure_that_a_block_names_can_be_asked_why() {
    let report = sample::report();
    for block in report.sections.iter().flat_map(|section| &section.blocks) {
        for id in block.figures() {
            assert!(report.figures.why(id).is_some(), "{id}");
        }
    }
    assert!(report.sections.iter().flat_map(|section| &section.blocks).any(|block| matches!(block, Block::NotKnown(_))));
}
