//! The parts of a document in one ZIP file, all with the same fixed time, so that bytes repeat.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::document::Written;
use super::{Error, parts};
use crate::block::Report;

/// How every PNG file begins.
const PNG: &[u8] = b"\x89PNG";

/// Packs everything.
pub(super) fn pack(report: &Report, written: &Written) -> Result<Vec<u8>, Error> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), Error> {
        // Pictures are packed already.
        let method = if bytes.starts_with(PNG) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        archive.start_file(name, options.compression_method(method))?;
        Ok(archive.write_all(bytes)?)
    };
    add("[Content_Types].xml", include_bytes!("assets/content_types.xml"))?;
    add("_rels/.rels", include_bytes!("assets/package.rels"))?;
    add("docProps/core.xml", parts::core(report).as_bytes())?;
    add("docProps/app.xml", include_bytes!("assets/app.xml"))?;
    add("word/document.xml", written.document.as_bytes())?;
    add("word/_rels/document.xml.rels", parts::relations(written).as_bytes())?;
    add("word/styles.xml", include_bytes!("assets/styles.xml"))?;
    add("word/settings.xml", include_bytes!("assets/settings.xml"))?;
    add("word/numbering.xml", parts::numbering(written.numbered_lists).as_bytes())?;
    add("word/header1.xml", parts::header(report).as_bytes())?;
    add("word/footer1.xml", parts::footer(report).as_bytes())?;
    for (i, picture) in written.pictures.iter().enumerate() {
        add(&format!("word/media/chart{}.png", i + 1), &picture.png)?;
    }
    Ok(archive.finish()?.into_inner())
}
