use maud::{Markup, Render, html};

/// A bar beside its number. It says nothing that the number does not, so screen readers pass it by.
pub struct Bar {
    pub part: u64,
    /// What a bar of full width stands for.
    pub whole: u64,
}

impl Render for Bar {
    fn render(&self) -> Markup {
        let width = if self.whole == 0 { 0.0 } else { self.part as f64 / self.whole as f64 * 100.0 };
        html! {
            svg class="pw-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                rect width={ (format!("{width:.1}")) } height="12" {}
            }
        }
    }
}
