//! The statement as a file.

use std::sync::Arc;

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use report::Report;

use crate::app::Pdf;
use crate::error::Error;

/// A form to take away.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Pdf,
    Word,
    Web,
    Data,
}

impl Format {
    pub(super) const ALL: [Self; 4] = [Self::Pdf, Self::Word, Self::Web, Self::Data];

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Word => "Word",
            Self::Web => "Web page",
            Self::Data => "Data pack (Excel)",
        }
    }

    pub(super) const fn file(self) -> &'static str {
        match self {
            Self::Pdf => "statement.pdf",
            Self::Word => "statement.docx",
            Self::Web => "statement.html",
            Self::Data => "statement.xlsx",
        }
    }

    pub(super) fn of_file(file: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.file() == file)
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Web => "text/html; charset=utf-8",
            Self::Data => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    fn write(self, report: &Report, pdf: Option<Pdf>) -> Result<Vec<u8>, String> {
        match self {
            Self::Pdf => pdf.ok_or("this program writes no PDF")?(report),
            Self::Word => report::docx::write(report).map_err(|fault| fault.to_string()),
            Self::Web => Ok(report::html::write(report).into_bytes()),
            Self::Data => report::xlsx::write(report).map_err(|fault| fault.to_string()),
        }
    }
}

/// Written on a thread of its own: a document takes a second or two, and other pages must not wait for it.
pub(super) async fn answer(format: Format, report: Arc<Report>, pdf: Option<Pdf>) -> Result<Response, Error> {
    if format == Format::Pdf && pdf.is_none() {
        return Err(Error::NotFound);
    }
    let name = format!("{}-{}-{}", file_words(&report.authority), report.as_of, format.file());
    let written = tokio::task::spawn_blocking(move || format.write(&report, pdf)).await.map_err(|fault| fault.to_string()).flatten();
    let bytes = written.map_err(|fault| {
        tracing::error!(fault, "a statement could not be written");
        Error::Internal
    })?;
    Ok(([(CONTENT_TYPE, format.kind().to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))], bytes)
        .into_response())
}

/// Letters, digits and hyphens: a name that every disk takes.
fn file_words(name: &str) -> String {
    name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' }).collect()
}
