//! The sections, in the order in which commissioners and inspectors know them.

mod children;
mod cost;
mod demand;
mod gap;
mod governance;
mod intentions;
mod location;
mod market;
mod needs;
mod population;
mod provision;
mod purpose;
mod quality;
mod stability;
mod vision;

use report::block::Section;

use super::draft::Draft;

/// All fifteen.
pub(super) fn all(draft: &mut Draft<'_, '_>) -> Vec<Section> {
    vec![
        purpose::section(draft),
        vision::section(draft),
        population::section(draft),
        children::section(draft),
        needs::section(draft),
        provision::section(draft),
        location::section(draft),
        quality::section(draft),
        stability::section(draft),
        cost::section(draft),
        market::section(draft),
        demand::section(draft),
        gap::section(draft),
        intentions::section(draft),
        governance::section(draft),
    ]
}
