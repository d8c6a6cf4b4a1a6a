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
use std::sync::Arc;

use domain::access::{Action, Actor, On, Who, permit};
use domain::authority::Authority;
use domain::case::{Allocation, MissingEpisode, Plan, Review, Sibling, Visit};
use domain::child::Child;
use domain::legal_status::LegalStatus;
use domain::merge::Merge;
use domain::period::PeriodOfCare;
use domain::person::Person;
use domain::{Finding, Id, Severity, Treatment};
pub use ingest::feed::{EXAMPLE, EXAMPLE_FILES, Feed, MOST_BYTES, Mapping};
use ingest::feed::{Row, read};
use store::erase::Erased;
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

impl FileTaken {
    /// Nothing of a file that has a fault is kept, and nothing is said to have been done.
    fn judged(self) -> Self {
        if self.findings.is_empty() {
            return Self { applied: true, ..self };
        }
        Self { file: self.file, feed: self.feed, findings: self.findings, ..Self::default() }
    }
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
    // A look is one change that is never kept: what each file would have added is there for those after it.
    let mut look = if manner.dry { Some(night.begin().await?) } else { None };
    for (of, name, bytes) in queue {
        let (rows, findings) = read(of, name, bytes);
        let mut file = FileTaken { file: name.to_owned(), feed: of.of.word(), findings, ..FileTaken::default() };
        if file.findings.is_empty() {
            file = match &mut look {
                Some(tx) => night.look(tx, file, of.of, &rows).await?,
                None => night.take(file, of.of, &rows).await?,
            };
        }
        taken.files.push(file);
    }
    if let Some(tx) = look {
        drop(tx);
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

/// Who is in the record: the children, and for a feed of allocations the people, by the address with which they sign in.
struct Known {
    children: Arc<BTreeMap<String, Child>>,
    people: BTreeMap<String, Id<Person>>,
    /// The entry under which another one stands.
    under: BTreeMap<Id<Child>, Id<Child>>,
    /// What a rule of retention erased.
    erased: Erased,
}

impl Known {
    async fn read(tx: &mut Tx, of: Feed) -> Result<Self, Error> {
        let children: BTreeMap<String, Child> =
            store::all::<Child>(tx).await?.into_iter().map(|known| (known.fact.reference.clone(), known.fact)).collect();
        let all = if of == Feed::Allocations { persons::all(tx).await? } else { Vec::new() };
        let staff = all.into_iter().filter(|(_, roles)| roles.iter().all(|role| role.is_of_authority()));
        let people = staff.map(|(known, _)| (known.person.email.to_lowercase(), known.person.id)).collect();
        let under = store::all::<Merge>(tx).await?.into_iter().map(|known| (known.fact.child, known.fact.under)).collect();
        let erased = Erased::read(tx).await?;
        Ok(Self { children: Arc::new(children), people, under, erased })
    }

    /// All entries of a child: they are open or closed together.
    fn whole(&self, child: &Child) -> impl Iterator<Item = &Child> {
        let standing = |id: Id<Child>| self.under.get(&id).copied().unwrap_or(id);
        let whole = standing(child.id);
        self.children.values().filter(move |one| standing(one.id) == whole)
    }
}

impl Night<'_> {
    async fn begin(self) -> Result<Tx, Error> {
        let permit = allowed(self.actor, Action::RecordImport, On::authority(self.authority))?;
        Ok(self.record.db.begin(permit, self.record.moment()).await?)
    }

    /// Takes the rows of one file.
    async fn take(self, file: FileTaken, of: Feed, rows: &[Row]) -> Result<FileTaken, Error> {
        let mut tx = self.begin().await?;
        let taken = self.write(&mut tx, file, of, rows).await?.judged();
        if taken.applied {
            let why = format!("feed of {} taken: {}", taken.feed, plain_name(&taken.file));
            tx.commit(Event::of("authority", self.authority).because(&why)).await?;
        }
        Ok(taken)
    }

    /// Says what would become of them.
    async fn look(self, tx: &mut Tx, file: FileTaken, of: Feed, rows: &[Row]) -> Result<FileTaken, Error> {
        let mark = tx.mark().await?;
        let taken = self.write(tx, file, of, rows).await?.judged();
        if !taken.applied {
            tx.back(mark).await?;
        }
        Ok(taken)
    }

    async fn write(self, tx: &mut Tx, taken: FileTaken, of: Feed, rows: &[Row]) -> Result<FileTaken, Error> {
        let known = Known::read(tx, of).await?;
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
        let tx = self.begin().await?;
        let names: Vec<String> = taken.files.iter().map(|file| plain_name(&file.file)).collect();
        tx.commit(Event::of("authority", self.authority).because(&format!("feed looked at: {}", names.join(", ")))).await?;
        Ok(())
    }
}

/// What is said of a case that whoever takes the file may not open.
const HIDDEN: &str = "in a case that is not open to you";

/// The last part of a path.
fn plain_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

impl Feeding<'_> {
    /// Whether whoever takes the file may do this in a child's case by its form: a file opens no other door. The nightly run may, as the machine.
    fn may(&self, action: Action, child: &Child) -> bool {
        let (actor, authority) = (self.night.actor, self.night.authority);
        if matches!(actor.who, Who::Machine(_)) {
            return permit(actor, action, On::authority(authority)).is_ok();
        }
        let (mut restricted, mut at, mut kept_out) = (child.restricted, child.id, false);
        for one in self.known.whole(child) {
            restricted |= one.restricted;
            kept_out |= actor.conflicts.contains(&Id::from_uuid(one.id.uuid()));
            at = if actor.cases.contains(&one.id) { one.id } else { at };
        }
        !kept_out && permit(actor, action, On::case(authority, at, restricted)).is_ok()
    }

    /// Whether whoever takes the file may see this case: what rows say of it is not even compared for them otherwise.
    fn shows(&self, child: &Child) -> bool {
        self.may(Action::RecordImport, child)
    }

    /// A row that is not for whoever takes the file to write: nothing of it is, and it is said.
    fn set_aside(&mut self, row: &Row, child: &Child, what: &'static str) {
        let recorded = if self.shows(child) { "not yours to write" } else { HIDDEN };
        let (recorded, fed) = (recorded.to_owned(), "left for the nightly run".to_owned());
        self.taken.differences.push(FeedDifference { line: row.line, child: row.child.clone(), what, recorded, fed, taken: false });
    }

    fn differ(&mut self, row: &Row, child: &Child, what: &'static str, (recorded, fed): (String, String)) {
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
