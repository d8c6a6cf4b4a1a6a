//! What Typst may see: the template, the report's data, its drawings and four fonts. Nothing else.

use std::collections::HashMap;
use std::sync::LazyLock;

use report::Report;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt};

use crate::{Error, data};

/// The template, compiled in.
const TEMPLATE: &str = include_str!("../report.typ");

static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| report::fonts::ALL.into_iter().filter_map(|face| Font::new(Bytes::new(face), 0)).collect());
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
/// Row headers and summaries of tables are behind this feature of Typst 0.15.
static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build()));

/// One document's world.
pub(crate) struct World {
    template: Source,
    files: HashMap<FileId, Bytes>,
    date: Datetime,
}

impl World {
    pub(crate) fn new(report: &Report, date: Datetime) -> Result<Self, Error> {
        let template = Source::new(file_id("report.typ")?, TEMPLATE.to_owned());
        let (content, drawings) = data::of(report);
        let mut files = HashMap::new();
        files.insert(file_id("data.json")?, Bytes::new(content.to_string().into_bytes()));
        for (name, drawing) in drawings {
            files.insert(file_id(&name)?, Bytes::new(drawing.to_owned().into_bytes()));
        }
        Ok(Self { template, files, date })
    }

    /// The line of the template that a fault points at.
    pub(crate) fn line(&self, fault: &SourceDiagnostic) -> Option<usize> {
        let range = typst::WorldExt::range(self, fault.span)?;
        self.template.lines().byte_to_line(range.start).map(|line| line + 1)
    }
}

/// The report's date at midnight.
pub(crate) fn date(report: &Report) -> Option<Datetime> {
    let day = report.as_of;
    Datetime::from_ymd_hms(i32::from(day.year()), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?, 0, 0, 0)
}

fn file_id(name: &str) -> Result<FileId, Error> {
    let path = VirtualPath::new(name).map_err(|fault| Error::Layout(format!("{name}: {fault:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::NotSource) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        Some(self.date)
    }
}
