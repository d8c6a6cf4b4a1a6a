use maud::{Markup, Render, html};

use super::Field;

/// A file from the reader's machine. Its form must be sent as `multipart/form-data`.
pub struct FileUpload<'a> {
    pub field: Field<'a>,
}

/// Several files from the reader's machine at once, of the kinds that browsers are told to offer.
pub struct FilesUpload<'a> {
    pub field: Field<'a>,
    /// Endings with commas between: `.csv,.txt`.
    pub accept: &'a str,
}

impl Render for FilesUpload<'_> {
    fn render(&self) -> Markup {
        let field = &self.field;
        let classes = if field.error.is_some() { "govuk-file-upload govuk-file-upload--error" } else { "govuk-file-upload" };
        field.wrap(&html! {
            input class=(classes) id=(field.id) name=(field.name) type="file" multiple accept=(self.accept) aria-describedby=[field.described_by()];
        })
    }
}

impl Render for FileUpload<'_> {
    fn render(&self) -> Markup {
        let field = &self.field;
        let classes = if field.error.is_some() { "govuk-file-upload govuk-file-upload--error" } else { "govuk-file-upload" };
        field.wrap(&html! {
            input class=(classes) id=(field.id) name=(field.name) type="file" aria-describedby=[field.described_by()];
        })
    }
}
