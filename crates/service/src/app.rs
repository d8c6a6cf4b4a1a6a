//! What every use case works with. Built once, in the binary or in a test.

use reference::published::Published;

/// The product's context: the published figures in force. Later capabilities add the record, the clock and the mail.
#[derive(Clone, Debug, Default)]
pub struct App {
    published: Published,
}

impl App {
    /// With the published figures that travel in the product.
    pub fn new() -> Self {
        Self { published: Published::embedded() }
    }

    /// With newer releases laid over them.
    pub fn with_published(published: Published) -> Self {
        Self { published }
    }

    /// The published figures in force.
    pub fn published(&self) -> &Published {
        &self.published
    }
}
