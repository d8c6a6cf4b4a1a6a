//! The record's answers as JSON; the keys are documented in `docs/command-line.md` and held to `docs/schema`.

use serde::Serialize;
use service::record::{Difference, Imported};
pub(super) use web::api::record::{Case, Children, LOGGED};

#[derive(Debug, Serialize)]
pub(super) struct Import {
    children: usize,
    added: usize,
    completed: usize,
    unchanged: usize,
    differences: Vec<Differing>,
}

#[derive(Debug, Serialize)]
struct Differing {
    child: String,
    what: &'static str,
    recorded: Option<String>,
    returned: Option<String>,
    taken: bool,
}

impl Import {
    pub(super) fn new(imported: &Imported) -> Self {
        let differing = |one: &Difference| Differing {
            child: one.child.clone(),
            what: one.what,
            recorded: one.recorded.clone(),
            returned: one.returned.clone(),
            taken: one.taken,
        };
        Self {
            children: imported.children,
            added: imported.added,
            completed: imported.completed,
            unchanged: imported.unchanged,
            differences: imported.differences.iter().map(differing).collect(),
        }
    }
}
