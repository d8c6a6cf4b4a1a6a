//! The case system's nightly exports become part of the record, by a mapping file that the authority keeps (issue 3).
//!
//! Every file is taken whole or not at all. A row is known again by the case system's own number of it, so that the same file taken twice changes nothing.
//! What a row adds, or fills in where the record was blank, is taken; what it says otherwise is a *difference*, kept until somebody chooses the feed's word.
//! What the record holds and no row has is left alone: an export of one year says nothing of the others.

mod children;
mod fact;
mod facts;
mod households;
mod mapping;
mod stays;
mod take;

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Action, Actor, On, permit};
use domain::authority::Authority;
use domain::case::{Allocation, MissingEpisode, Plan, Review, Sibling, Visit};
use domain::child::Child;
use domain::legal_status::LegalStatus;
use domain::period::PeriodOfCare;
use domain::person::Person;
use domain::{Finding, Id, Severity, Treatment};
pub use ingest::feed::{EXAMPLE, EXAMPLE_FILES, Feed, MOST_BYTES, Mapping};
use ingest::feed::{Row, read};
use store::person::persons;
use store::{Event, Tx};

pub use self::mapping::{MOST_WORDS, keep_mapping, kept_mapping};
use super::case::Suspicion;
use super::{Choice, Record, allowed};
use crate::Error;

/// What the record and a row of a feed say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedDifference {
    /// Line of the file.
    pub line: u32,
    /// The child, as the case system calls it.
    pub child: String,
    /// What it is about: `placement`, `review`, `child`, `name`.
    pub what: &'static str,
    /// What the record says of that in which they differ. Names and words that people wrote are not repeated.
    pub recorded: String,
    /// What the feed says of it.
    pub fed: String,
    /// Whether the feed's word was taken.
    pub taken: bool,
}

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTaken {
    /// Its name.
    pub file: String,
    /// What its rows are about.
    pub feed: &'static str,
    /// Whether it was taken: not where a finding stands against it.
    pub applied: bool,
    /// Rows that the record did not have.
    pub added: usize,
    /// Rows that fill in what the record left blank or open.
    pub completed: usize,
    /// Rows that stood in the record as the feed has them.
    pub unchanged: usize,
    /// What is said differently.
    pub differences: Vec<FeedDifference>,
    /// Everything that stands against it.
    pub findings: Vec<Finding>,
    /// New children who may stand in the record already (F28). A person looks at both and merges them, or does not.
    pub twice: Vec<Suspicion>,
}

/// What taking a night's exports did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedTaken {
    /// File by file, in the order in which they were taken.
    pub files: Vec<FileTaken>,
    /// Names of files that the mapping has no feed for.
    pub unmapped: Vec<String>,
    /// Feeds of the mapping of which there was no file.
    pub absent: Vec<&'static str>,
}

impl FeedTaken {
    /// Whether every file was taken.
    pub fn is_whole(&self) -> bool {
        self.files.iter().all(|file| file.applied)
    }
}

/// How a feed is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// What is done where feed and record differ.
    pub choice: Choice,
    /// Only say what would become of it: nothing is written but that somebody looked.
    pub dry: bool,
}

/// Takes files of a case system into the record, each whole or not at all.
///
/// # Errors
/// [`Error::Denied`]. What stands against a file is a finding of it.
pub async fn take_feed(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    mapping: &Mapping,
    files: &[(String, Vec<u8>)],
    manner: Manner,
) -> Result<FeedTaken, Error> {
    allowed(actor, Action::RecordImport, On::authority(authority))?;
    let mut taken = FeedTaken::default();
    let mut queue = Vec::new();
    for (name, bytes) in files {
        match mapping.of(name) {
            Some(of) => queue.push((of, name.as_str(), bytes.as_slice())),
            None => taken.unmapped.push(name.clone()),
        }
    }
    queue.sort_by_key(|&(of, name, _)| (of.of, name));
    let fed: BTreeSet<Feed> = queue.iter().map(|(of, ..)| of.of).collect();
    taken.absent = mapping.feeds.iter().map(|of| of.of).filter(|of| !fed.contains(of)).map(Feed::word).collect();
    let night = Night { record, actor, authority, choice: manner.choice };
    let mut before: Vec<(Feed, Vec<Row>)> = Vec::new();
    for (of, name, bytes) in queue {
        let (rows, findings) = read(of, name, bytes);
        let mut file = FileTaken { file: name.to_owned(), feed: of.of.word(), findings, ..FileTaken::default() };
        if file.findings.is_empty() {
            file = night.take(file, of.of, &rows, manner.dry.then_some(before.as_slice())).await?;
        }
        if manner.dry && file.applied {
            before.push((of.of, rows));
        }
        taken.files.push(file);
    }
    if manner.dry {
        night.looked(&taken).await?;
    }
    Ok(taken)
}

/// What all files of a night are taken with.
#[derive(Clone, Copy)]
struct Night<'n> {
    record: &'n Record,
    actor: &'n Actor,
    authority: Id<Authority>,
    choice: Choice,
}

/// A file that is being taken.
struct Feeding<'f> {
    night: Night<'f>,
    tx: &'f mut Tx,
    known: Known,
    taken: FileTaken,
    /// Lines of rows that stand in the record as the feed has them.
    unchanged: BTreeSet<u32>,
}

/// Who is in the record.
struct Known {
    children: BTreeMap<String, Child>,
    people: BTreeMap<String, Id<Person>>,
}

impl Known {
    async fn read(tx: &mut Tx) -> Result<Self, Error> {
        let children = store::all::<Child>(tx).await?.into_iter().map(|known| (known.fact.reference.clone(), known.fact)).collect();
        let people = persons::all(tx).await?.into_iter().map(|(known, _)| (known.person.email.to_lowercase(), known.person.id)).collect();
        Ok(Self { children, people })
    }
}

impl Night<'_> {
    /// Takes the rows of one file. `before` are the files that a look without writing has been through: what they would have added is there for this one,
    /// and nothing of it is kept.
    async fn take(self, file: FileTaken, of: Feed, rows: &[Row], before: Option<&[(Feed, Vec<Row>)]>) -> Result<FileTaken, Error> {
        let permit = allowed(self.actor, Action::RecordImport, On::authority(self.authority))?;
        let mut tx = self.record.db.begin(permit, self.record.moment()).await?;
        for (of, rows) in before.into_iter().flatten() {
            self.write(&mut tx, FileTaken::default(), *of, rows).await?;
        }
        let mut taken = self.write(&mut tx, file, of, rows).await?;
        if !taken.findings.is_empty() {
            // Nothing of a file that has a fault is kept, and nothing is said to have been done.
            return Ok(FileTaken { file: taken.file, feed: taken.feed, findings: taken.findings, ..FileTaken::default() });
        }
        taken.applied = true;
        if before.is_none() {
            let why = format!("feed of {} taken: {}", taken.feed, plain_name(&taken.file));
            tx.commit(Event::of("authority", self.authority).because(&why)).await?;
        }
        Ok(taken)
    }

    async fn write(self, tx: &mut Tx, taken: FileTaken, of: Feed, rows: &[Row]) -> Result<FileTaken, Error> {
        let known = Known::read(tx).await?;
        let mut feeding = Feeding { night: self, tx, known, taken, unchanged: BTreeSet::new() };
        match of {
            Feed::Children => feeding.children(rows).await?,
            Feed::Periods => feeding.facts::<PeriodOfCare>(rows).await?,
            Feed::LegalStatuses => feeding.facts::<LegalStatus>(rows).await?,
            Feed::Placements => feeding.placements(rows).await?,
            Feed::Allocations => feeding.facts::<Allocation>(rows).await?,
            Feed::Missing => feeding.facts::<MissingEpisode>(rows).await?,
            Feed::Reviews => feeding.facts::<Review>(rows).await?,
            Feed::Visits => feeding.facts::<Visit>(rows).await?,
            Feed::Plans => feeding.facts::<Plan>(rows).await?,
            Feed::Siblings => feeding.facts::<Sibling>(rows).await?,
        }
        Ok(feeding.taken)
    }

    /// A look reads every case and shows what differs: that is in the log, too.
    async fn looked(self, taken: &FeedTaken) -> Result<(), Error> {
        let permit = allowed(self.actor, Action::RecordImport, On::authority(self.authority))?;
        let tx = self.record.db.begin(permit, self.record.moment()).await?;
        let names: Vec<String> = taken.files.iter().map(|file| plain_name(&file.file)).collect();
        tx.commit(Event::of("authority", self.authority).because(&format!("feed looked at: {}", names.join(", ")))).await?;
        Ok(())
    }
}

/// The last part of a path.
fn plain_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

impl Feeding<'_> {
    /// Whether whoever takes the file may see this case. A restricted one is kept up like all others, and what is in it is not shown.
    fn shows(&self, child: &Child) -> bool {
        let on = On::case(self.night.authority, child.id, child.restricted);
        permit(self.night.actor, Action::RecordImport, on).is_ok()
    }

    fn differ(&mut self, row: &Row, child: &Child, what: &'static str, (recorded, fed): (String, String)) {
        const HIDDEN: &str = "in a case that is not open to you";
        let shows = self.shows(child);
        let words = |words: String| if shows { words } else { HIDDEN.to_owned() };
        let taken = self.night.choice == Choice::Take;
        self.taken.differences.push(FeedDifference {
            line: row.line,
            child: row.child.clone(),
            what,
            recorded: words(recorded),
            fed: words(fed),
            taken,
        });
    }

    /// Something stands against a row: `column` is the mapping's field, `said` a sentence.
    fn find(&mut self, row: &Row, column: &'static str, value: &str, said: &str) {
        let hidden = self.known.children.get(&row.child).is_some_and(|child| !self.shows(child));
        let said = if hidden { "It contradicts a case that is not open to you: ask somebody who works with the child." } else { said };
        let (name, line) = (&self.taken.file, row.line);
        let shown = if value.is_empty() { String::new() } else { format!(" “{value}”") };
        let at = if column.is_empty() { String::new() } else { format!("{column}{shown}: ") };
        self.taken.findings.push(Finding {
            rule: "feed-row",
            severity: Severity::Error,
            file: name.clone(),
            table: self.taken.feed,
            year: 0,
            row: line,
            child: row.child.clone(),
            column: column.to_owned(),
            value: value.to_owned(),
            message: format!("{name}, line {line}: {at}{said}"),
            action: Treatment::SetAside,
        });
    }
}
