use maud::{Markup, PreEscaped, Render, html};

/// Links between the pages of a long list.
pub struct Pagination {
    pub previous: Option<String>,
    pub items: Vec<PageLink>,
    pub next: Option<String>,
}

/// One place in the row of page numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageLink {
    To {
        number: usize,
        href: String,
    },
    Current {
        number: usize,
        href: String,
    },
    /// Pages left out.
    Gap,
}

const PREVIOUS: PreEscaped<&str> = PreEscaped(
    r#"<svg class="govuk-pagination__icon govuk-pagination__icon--prev" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"></path></svg>"#,
);
const NEXT: PreEscaped<&str> = PreEscaped(
    r#"<svg class="govuk-pagination__icon govuk-pagination__icon--next" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z"></path></svg>"#,
);

impl Pagination {
    /// First and last page, two on each side of the current one, and gaps between; nothing where one page holds all.
    pub fn of(current: usize, last: usize, href: impl Fn(usize) -> String) -> Option<Self> {
        if last < 2 {
            return None;
        }
        let mut items = Vec::new();
        let mut before = 0;
        for number in (1..=last).filter(|&number| number == 1 || number == last || number.abs_diff(current) <= 2) {
            // A gap that hides one page only is longer than the page's number.
            if number == before + 2 {
                items.push(PageLink::To { number: before + 1, href: href(before + 1) });
            } else if number > before + 2 {
                items.push(PageLink::Gap);
            }
            let href = href(number);
            items.push(if number == current { PageLink::Current { number, href } } else { PageLink::To { number, href } });
            before = number;
        }
        Some(Self { previous: (current > 1).then(|| href(current - 1)), items, next: (current < last).then(|| href(current + 1)) })
    }
}

impl Render for Pagination {
    fn render(&self) -> Markup {
        html! {
            nav class="govuk-pagination" aria-label="Pagination" {
                @if let Some(href) = &self.previous {
                    div class="govuk-pagination__prev" {
                        a class="govuk-link govuk-pagination__link" href=(href) rel="prev" {
                            (PREVIOUS)
                            span class="govuk-pagination__link-title" { "Previous" span class="govuk-visually-hidden" { " page" } }
                        }
                    }
                }
                ul class="govuk-pagination__list" { @for item in &self.items { (page_link(item)) } }
                @if let Some(href) = &self.next {
                    div class="govuk-pagination__next" {
                        a class="govuk-link govuk-pagination__link" href=(href) rel="next" {
                            span class="govuk-pagination__link-title" { "Next" span class="govuk-visually-hidden" { " page" } }
                            (NEXT)
                        }
                    }
                }
            }
        }
    }
}

fn page_link(item: &PageLink) -> Markup {
    match item {
        PageLink::To { number, href } => html! {
            li class="govuk-pagination__item" {
                a class="govuk-link govuk-pagination__link" href=(href) aria-label={ "Page " (number) } { (number) }
            }
        },
        PageLink::Current { number, href } => html! {
            li class="govuk-pagination__item govuk-pagination__item--current" {
                a class="govuk-link govuk-pagination__link" href=(href) aria-label={ "Page " (number) } aria-current="page" { (number) }
            }
        },
        PageLink::Gap => html! { li class="govuk-pagination__item govuk-pagination__item--ellipsis" { "⋯" } },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(current: usize, last: usize) -> String {
        let links = Pagination::of(current, last, |page| format!("?page={page}")).map_or_else(Vec::new, |pages| pages.items);
        let words = links.iter().map(|link| match link {
            PageLink::To { number, .. } => number.to_string(),
            PageLink::Current { number, .. } => format!("[{number}]"),
            PageLink::Gap => "…".to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn long_lists_show_their_ends_and_the_neighbours() {
        assert_eq!(numbers(1, 1), "");
        assert_eq!(numbers(1, 3), "[1] 2 3");
        assert_eq!(numbers(10, 40), "1 … 8 9 [10] 11 12 … 40");
        assert_eq!(numbers(4, 9), "1 2 3 [4] 5 6 … 9");
        assert_eq!(numbers(5, 8), "1 2 3 4 [5] 6 7 8");
        assert_eq!(numbers(8, 8), "1 … 6 7 [8]");
    }
}
