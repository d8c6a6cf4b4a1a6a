use maud::{Markup, Render, html};

use super::Field;

/// A file from the reader's machine. Its form must be sent as `multipart/form-data`.
pub struct FileUpload<'a> {
    pub field: Field<'a>,
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
