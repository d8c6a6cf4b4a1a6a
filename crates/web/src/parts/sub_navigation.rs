use maud::{Markup, Render, html};

/// The pages of one room.
pub struct SubNavigation<'a> {
    /// Tells this navigation from the others.
    pub label: &'a str,
    pub pages: &'a [SubPage<'a>],
    /// The address of the page that is open.
    pub here: &'a str,
}

/// One page of a room.
pub struct SubPage<'a> {
    pub text: &'a str,
    pub href: &'a str,
}

impl Render for SubNavigation<'_> {
    fn render(&self) -> Markup {
        html! {
            nav class="pw-subnav" aria-label=(self.label) {
                ul {
                    @for page in self.pages {
                        li { a href=(page.href) aria-current=[(page.href == self.here).then_some("page")] { (page.text) } }
                    }
                }
            }
        }
    }
}
