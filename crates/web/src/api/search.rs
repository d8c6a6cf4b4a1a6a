//! What a search found, as JSON: the same body as the command's.

use serde::Serialize;
use service::record::{Found, Hit, Register};

/// What was found.
#[derive(Debug, Serialize)]
pub struct Search {
    found: usize,
    registers: Vec<Searched>,
    not_searched: Vec<&'static str>,
}

/// What was found in one register.
#[derive(Debug, Serialize)]
struct Searched {
    register: &'static str,
    found: usize,
    beyond: usize,
    hits: Vec<Line>,
}

/// One thing that was found.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    title: String,
    beside: String,
    page: String,
    by: &'static str,
    likeness: &'static str,
}

impl Search {
    /// The body of an answer.
    pub fn new(found: &Found) -> Self {
        let registers = found.groups.iter().map(|group| Searched {
            register: group.register.word(),
            found: group.count(),
            beyond: group.beyond,
            hits: group.hits.iter().map(line).collect(),
        });
        Self {
            found: found.count(),
            registers: registers.collect(),
            not_searched: found.closed.iter().map(|register| register.word()).collect(),
        }
    }
}

fn line(hit: &Hit) -> Line {
    let (by, likeness) = (hit.by.word(), hit.likeness.word());
    Line { id: hit.id.to_string(), title: hit.title.clone(), beside: hit.beside.clone(), page: path(hit), by, likeness }
}

/// The page of what was found.
pub fn path(hit: &Hit) -> String {
    let room = match hit.register {
        Register::Children => "/cases",
        Register::Homes => "/homes",
        Register::FosterHomes => "/foster-homes",
        Register::Providers => "/providers",
        Register::Contracts => "/contracts",
        Register::Documents => "/providers/entries/document",
        Register::People => "/people",
    };
    format!("{room}/{}", hit.id)
}
