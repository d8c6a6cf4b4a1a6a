//! URNs that should be in Ofsted's register.

use super::context::Sheet;

/// The URN that stands for a regional adoption agency.
pub(super) const AGENCY: &str = "XXXXXXX";

/// The URN of an episode, where one is given that a register could hold.
pub(super) fn urn<'a>(episodes: &'a Sheet) -> impl Fn(u32) -> Option<&'a str> {
    let urn = episodes.text("URN");
    move |row| urn.get(row).filter(|urn| *urn != AGENCY)
}
