//! All that was found about one child.

use domain::Finding;
use maud::{Markup, html};
use service::checks::Check;

use super::list::{self, Choice};
use crate::app;
use crate::error::Error;
use crate::page::{Page, Room, layout};
use crate::shown;

/// The children about whom something was found, in the order of their identifiers; a child's place starts at 1.
pub(super) struct Places<'a>(Vec<&'a str>);

impl<'a> Places<'a> {
    pub(super) fn of(check: &'a Check) -> Self {
        let mut children: Vec<&str> =
            check.findings.iter().map(|finding| finding.child.as_str()).filter(|child| !child.is_empty()).collect();
        children.sort_unstable();
        children.dedup();
        Self(children)
    }

    pub(super) fn place(&self, child: &str) -> Option<usize> {
        self.0.binary_search(&child).ok().map(|at| at + 1)
    }
}

pub(super) fn page(state: &app::State, check: &Check, choice: &Choice, place: usize) -> Result<Markup, Error> {
    let places = Places::of(check);
    let child = place.checked_sub(1).and_then(|at| places.0.get(at)).ok_or(Error::NotFound)?;
    let found: Vec<&Finding> = check.findings.iter().filter(|finding| finding.child == *child).collect();
    let body = list::table(choice, check, "What was found", &found);
    let heading = format!("Child {child}: {}", shown::counted(found.len() as u64, "finding", "findings"));
    let lede = html! { "Mend these in the record, then read the return again." };
    let back = choice.beside("/returns/findings");
    // The title stays behind in the browser's history, so it does not name the child.
    let page = Page {
        title: format!("Findings about child {place}"),
        room: Some(Room::Returns),
        trail: &[("Findings", &back)],
        lede,
        body,
        ..Page::new(heading)
    };
    Ok(layout(Some(&state.place), &page))
}
