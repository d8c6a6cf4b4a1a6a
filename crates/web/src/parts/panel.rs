use maud::{Markup, Render, html};

/// Things that belong together, on a ground of their own.
pub struct Panel<'a> {
    /// Names the heading, and so the section; once a page.
    pub id: &'a str,
    pub heading: &'a str,
    pub body: Markup,
}

impl Render for Panel<'_> {
    fn render(&self) -> Markup {
        html! {
            section class="pw-panel" aria-labelledby=(self.id) {
                h2 id=(self.id) { (self.heading) }
                (self.body)
            }
        }
    }
}
