//! What waits for somebody, as JSON: the same body as the command's.

use serde::Serialize;
use service::duties::{self, About};

/// What waits for somebody on a day.
#[derive(Debug, Serialize)]
pub struct Work {
    today: String,
    overdue: Vec<Line>,
    due: Vec<Line>,
    waiting: Vec<Line>,
    unknown: Vec<Unknown>,
}

/// One thing to do.
#[derive(Debug, Serialize)]
struct Line {
    duty: &'static str,
    about: &'static str,
    id: Option<String>,
    whose: String,
    since: String,
    by: String,
    days_late: u32,
    next: String,
    source: &'static str,
}

/// What the record cannot tell.
#[derive(Debug, Serialize)]
struct Unknown {
    duty: &'static str,
    why: &'static str,
    children: u32,
}

impl Work {
    /// The body of an answer about a day.
    pub fn new(work: &duties::Work, today: domain::Day) -> Self {
        let lines = |lines: &[duties::Line]| lines.iter().map(line).collect();
        let unknown = |one: &duties::Unknown| Unknown { duty: one.duty.word(), why: one.why, children: one.children };
        Self {
            today: today.to_string(),
            overdue: lines(&work.overdue),
            due: lines(&work.due),
            waiting: lines(&work.waiting),
            unknown: work.unknown.iter().map(unknown).collect(),
        }
    }
}

fn line(line: &duties::Line) -> Line {
    let (about, id) = match line.about {
        About::Child(id) | About::Entrusting(id) => ("child", Some(id.to_string())),
        About::Alert(id) => ("alert", Some(id.to_string())),
        About::Emergency(id) => ("emergency", Some(id.to_string())),
        About::OpenedCase(id) => ("opened-case", Some(id.to_string())),
        About::Person(id) => ("person", Some(id.to_string())),
        About::Offices => ("offices", None),
        About::OwnPapers => ("own-papers", None),
        About::Provider(id) => ("provider", Some(id.to_string())),
        About::Payee(id) => ("payee", Some(id.to_string())),
        About::Setting(id) => ("home", Some(id.to_string())),
    };
    Line {
        duty: line.duty.word(),
        about,
        id,
        whose: line.whose.clone(),
        since: line.since.to_string(),
        by: line.by.to_string(),
        days_late: line.days_late,
        next: line.next.clone(),
        source: line.duty.source(),
    }
}
