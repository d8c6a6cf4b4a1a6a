//! `placewell search`: one search through the registers, at the terminal of the machine that keeps the record.

use std::path::Path;

use service::people;
use service::record::{self as service_record, Group, Likeness};
use web::api::search::Search as Body;

use crate::cli::record::Search;
use crate::commands::record::{OWNER, on};
use crate::output::{self, Grid};

pub(crate) fn run(home: &Path, args: &Search) -> anyhow::Result<()> {
    let within = args.within.as_deref().map(str::parse::<service_record::Register>).transpose().map_err(service::Error::from)?;
    let found = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let actor = match &args.person {
            Some(person) => people::acting_as(record, &OWNER, &authority, person).await?,
            None => OWNER,
        };
        Ok(service_record::search(record, &actor, authority.id, &args.words.join(" "), within).await?)
    })?;
    let rows = |group: &Group| {
        let row = |hit: &service_record::Hit| {
            let by = if hit.likeness == Likeness::Nearly { format!("nearly {}", hit.by.word()) } else { hit.by.word().to_owned() };
            vec![group.register.word().to_owned(), hit.title.clone(), hit.beside.clone(), by]
        };
        group.hits.iter().map(row).collect::<Vec<_>>()
    };
    let headings = ["register", "what", "beside", "found by"].map(str::to_owned).to_vec();
    let grid = Grid { headings, rows: found.groups.iter().flat_map(rows).collect(), numbers_from: usize::MAX };
    let beyond = found.groups.iter().filter(|group| group.beyond > 0);
    let beyond =
        beyond.map(|group| format!(" {} more {}: --in {} shows them.", group.beyond, group.register.label(), group.register.word()));
    let closed = found.closed.iter().map(|register| format!(" Not searched: {}.", register.label()));
    let words = format!("{} found.{}{}", found.count(), beyond.collect::<String>(), closed.collect::<String>());
    output::print(args.asked.format, &Body::new(&found), &grid, &words)
}
