//! `placewell work`: what waits for somebody, at the terminal of the machine that keeps the record.

use std::path::Path;

use service::duties::{self, Line};
use service::{people, record as service_record};
use web::api::work::Work as Body;

use crate::cli::record::Work;
use crate::commands::record::{OWNER, on};
use crate::output::{self, Grid};

pub(crate) fn run(home: &Path, args: &Work) -> anyhow::Result<()> {
    let (work, today) = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let actor = people::acting_as(record, &OWNER, &authority, &args.person).await?;
        let today = record.today();
        Ok((duties::list(record, &actor, &authority, today).await?, today))
    })?;
    let row = |state: &str, line: &Line| {
        let late = if line.days_late == 0 { String::new() } else { line.days_late.to_string() };
        vec![state.to_owned(), line.duty.label().to_owned(), line.whose.clone(), line.by.to_string(), line.next.clone(), late]
    };
    let lists = [("overdue", &work.overdue), ("due", &work.due), ("waiting", &work.waiting)];
    let rows = lists.iter().flat_map(|(state, lines)| lines.iter().map(move |line| row(state, line))).collect();
    let headings = ["state", "duty", "whose", "by", "next", "days late"].map(str::to_owned).to_vec();
    let unknown = work.unknown.iter().map(|one| format!(" {} of {} children: {}.", one.duty.label(), one.children, one.why));
    let words = format!(
        "{} overdue, {} due soon, {} waiting.{}",
        work.overdue.len(),
        work.due.len(),
        work.waiting.len(),
        unknown.collect::<String>()
    );
    output::print(args.asked.format, &Body::new(&work, today), &Grid { headings, rows, numbers_from: 5 }, &words)
}
