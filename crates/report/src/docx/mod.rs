//! Reports as Word documents that a council goes on editing: real heading styles, numbered headings, a contents field, repeated
//! header rows, captions, pictures with alternative text, page numbers.
//!
//! The parts are written here, not by a library: those at hand know neither repeated header rows nor alternative text nor the
//! language of a document, and number their parts from a counter of the process, so a second document would differ.

mod document;
mod package;
mod parts;

use crate::block::Report;
use crate::raster;

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A drawing could not be painted.
    #[error("the chart {id} cannot be painted: {source}")]
    Picture {
        /// The chart's id.
        id: String,
        /// Why.
        source: raster::Error,
    },
    /// The parts could not be packed.
    #[error("the document cannot be packed: {0}")]
    Package(#[from] zip::result::ZipError),
    /// The packed bytes could not be written.
    #[error("the document cannot be packed: {0}")]
    Write(#[from] std::io::Error),
}

/// The whole report as a Word document.
pub fn write(report: &Report) -> Result<Vec<u8>, Error> {
    let written = document::write(report)?;
    package::pack(report, &written)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;
    use crate::sample;

    /// The sample with its first section alone: painting charts is slow in a debug build, and two show what twelve would.
    fn short() -> Report {
        let mut report = sample::report();
        report.sections.truncate(1);
        report
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn every_part_is_well_formed_and_the_document_is_accessible() {
        let report = short();
        let bytes = write(&report).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let names: Vec<String> = (0..archive.len()).map(|i| archive.by_index(i).unwrap().name().unwrap().into_owned()).collect();
        for name in names.iter().filter(|name| !name.contains("/media/")) {
            let text = part(&bytes, name);
            roxmltree::Document::parse(&text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        }
        let document = part(&bytes, "word/document.xml");
        let tables = report.tables().count();
        assert_eq!(document.matches("<w:tblHeader>").count(), tables, "every table repeats its header row");
        let charts = names.iter().filter(|name| name.contains("/media/")).count();
        assert_eq!(document.matches(" descr=\"").count(), charts, "every picture has alternative text");
        assert!(document.contains("descr=\"Falling since 2022, and below similar authorities. Exampleshire rose from 594"));
        assert!(part(&bytes, "word/styles.xml").contains("w:val=\"en-GB\""));
        assert!(part(&bytes, "docProps/core.xml").contains("2026-03-31T00:00:00Z"));
    }

    #[test]
    fn a_second_document_has_the_same_bytes() {
        assert_eq!(write(&short()).unwrap(), write(&short()).unwrap());
    }

    #[test]
    fn text_that_looks_like_markup_stays_text() {
        let mut report = short();
        report.title = "<w:p> & \"quotes\" \u{1}".into();
        let core = part(&write(&report).unwrap(), "docProps/core.xml");
        let parsed = roxmltree::Document::parse(&core).unwrap();
        assert!(parsed.descendants().any(|node| node.text() == Some("<w:p> & \"quotes\"   – Exampleshire County Council")));
    }
}
