//! A report as tagged PDF/UA-1. The only crate that links Typst; the exporter refuses a document that is not accessible.
//!
//! The same report gives the same bytes, also for the second document of one process: the date is the report's own, the fonts
//! are the embedded ones, and nothing outside the report is read.

#![warn(missing_docs)]

mod data;
mod world;

use report::Report;
use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use world::World;

/// Why there is no PDF. All are faults of this crate or of a report that says less than PDF/UA needs, never of chance.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The report's date is none that a PDF can carry.
    #[error("the date {0} cannot stand in a PDF")]
    Date(String),
    /// The template did not compile, or a drawing could not be read.
    #[error("the pages could not be laid out: {0}")]
    Layout(String),
    /// The document breaks PDF/UA-1.
    #[error("the document would not be accessible: {0}")]
    Export(String),
}

/// The report as a PDF file.
pub fn write(report: &Report) -> Result<Vec<u8>, Error> {
    let date = world::date(report).ok_or_else(|| Error::Date(report.as_of.to_string()))?;
    let world = World::new(report, date)?;
    let document = typst::compile::<PagedDocument>(&world).output.map_err(|faults| Error::Layout(sentence(&faults, &world)))?;
    let options = PdfOptions {
        creator: typst::foundations::Smart::Custom(Some("Placewell".to_owned())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|fault| Error::Export(fault.message().to_string()))?,
        timestamp: Some(Timestamp::new_utc(date)),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|faults| Error::Export(sentence(&faults, &world)));
    // What Typst remembered of this document is of no use to the next, and a server writes many.
    typst::comemo::evict(0);
    bytes
}

fn sentence(faults: &[SourceDiagnostic], world: &World) -> String {
    let message = |fault: &SourceDiagnostic| {
        let line = world.line(fault).map(|line| format!(" at line {line} of report.typ")).unwrap_or_default();
        let hints: Vec<String> = fault.hints.iter().map(|hint| format!(" ({})", hint.v)).collect();
        format!("{}{line}{}", fault.message, hints.concat())
    };
    faults.iter().map(message).collect::<Vec<_>>().join("; ")
}
