use maud::{Markup, Render, html};

/// A frame in which a wide table moves sideways, by keyboard too; the page itself never does.
pub struct Scroll<'a> {
    /// Said to screen readers when the frame is reached: the table's caption.
    pub label: &'a str,
    pub body: Markup,
}

impl Render for Scroll<'_> {
    fn render(&self) -> Markup {
        html! { div class="pw-frame" { section class="pw-scroll" aria-label=(self.label) tabindex="0" { (self.body) } } }
    }
}
