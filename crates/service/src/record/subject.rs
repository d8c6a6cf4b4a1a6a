//! Subject access: all that is held about a child, for the child or whoever asks for them (UK GDPR article 15; Data Protection Act 2018).
//!
//! What is written about others in it, a carer's remark or a colleague's name, is marked cell by cell: somebody must look at each and strike out what the
//! child may not be given (Data Protection Act 2018, schedule 2, paragraph 16) before anything is handed over.

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::child::Child;
use domain::vault::{Kept, Sealed};
use jiff::civil::Date;
use report::block::{Block, Cell, Column, Language, Register, Report, Row, Section, Table, Text};
use store::{Entries, Entry, Event, Held, Part};

use super::case::{opened, shown_with};
use super::{Record, allowed, children};
use crate::Error;

/// Columns in which somebody else may be named or described, and why they are marked.
const OTHERS: [(&str, &str); 31] = [
    ("aim", "free text"),
    ("approver", "a member of staff"),
    ("capacity", "somebody who works with the child"),
    ("communication", "free text"),
    ("culture", "free text"),
    ("decider", "a member of staff"),
    ("decisions", "free text"),
    ("education", "free text"),
    ("finding", "free text"),
    ("health", "free text"),
    ("heard_by", "somebody who works with the child"),
    ("home", "free text"),
    ("made_by", "somebody who works with the child"),
    ("nature", "free text"),
    ("note", "free text"),
    ("opinion", "free text"),
    ("other", "another child"),
    ("outcome", "free text"),
    ("owner", "a member of staff"),
    ("person", "a member of staff"),
    ("planned", "free text"),
    ("postcode", "where somebody else may live"),
    ("provider", "who cares for the child"),
    ("reason", "free text"),
    ("reasons", "free text"),
    ("reviewed_by", "a member of staff"),
    ("stands_under", "another entry of the register"),
    ("telephone", "somebody's telephone"),
    ("word", "a relative, or where one lives"),
    ("words", "free text"),
    ("written", "free text"),
];

/// All that is held about a child.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Who.
    pub child: Child,
    /// What each table holds, in every version.
    pub held: Vec<Held>,
    /// Who changed or read the case, newest first; this export is the first of them.
    pub log: Vec<Entry>,
}

/// A file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writing {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Gathers all that is held about a child. The log says who asked for it and why, before anything is given.
///
/// # Errors
/// [`Error::Denied`] for anybody but the machine's owner, [`Error::Unusable`] without a reason, [`Error::NotFound`] for no such child.
pub async fn export(record: &Record, actor: &Actor, authority: Id<Authority>, child: Id<Child>, reason: &str) -> Result<Subject, Error> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::Unusable("Say whose request this answers, and of which day: it stays in the log.".to_owned()));
    }
    let mut tx = record.begin_on_case(actor, Action::ChildExport, authority, child).await?;
    // A child who stands in the record twice is one child.
    let entries = shown_with(&mut tx, child).await?;
    tx.commit(Event::of("child", child).because(reason)).await?;
    let leave = allowed(actor, Action::RecordCopy, On::authority(authority))?;
    let mut held: Vec<Held> = Vec::new();
    for &entry in &entries {
        for one in record.db.snapshot(&leave).await?.held_about(authority, entry).await? {
            match held.iter_mut().find(|table| table.table == one.table) {
                Some(table) => table.rows.extend(one.rows),
                None => held.push(one),
            }
        }
    }
    for table in held.iter_mut().filter(|table| table.table == "vault") {
        reveal(record, authority, table)?;
    }
    let mut view = record.db.read(allowed(actor, Action::ChildRead, On::authority(authority))?).await?;
    let found = store::find(&mut view, child).await?.ok_or_else(|| super::no_child(child))?;
    let log = children::entries(&mut view, &entries, Part::last(Entries::All, u32::MAX)).await?;
    Ok(Subject { child: found.fact, held, log })
}

/// Opens the words of the vault: they are the child's own, and sealed they would tell the child nothing.
fn reveal(record: &Record, authority: Id<Authority>, vault: &mut Held) -> Result<(), Error> {
    let place = |name: &str| vault.columns.iter().position(|column| column == name);
    let (Some(id), Some(child), Some(kind), Some(sealed)) = (place("id"), place("child"), place("kind"), place("sealed")) else {
        return Err(Error::Internal("the vault has other columns than this program knows".to_owned()));
    };
    for row in &mut vault.rows {
        let cell = |at: usize| row[at].as_deref().unwrap_or_default();
        let unread = || Error::Internal("a row of the vault cannot be read".to_owned());
        let kept = Kept {
            id: cell(id).parse().map_err(|_| unread())?,
            child: cell(child).parse().map_err(|_| unread())?,
            kind: cell(kind).parse().map_err(|_| unread())?,
            sealed: Sealed(domain::hexadecimal::read(cell(sealed)).ok_or_else(unread)?),
        };
        row[sealed] = Some(opened(record, authority, &kept)?);
    }
    "word".clone_into(&mut vault.columns[sealed]);
    Ok(())
}

impl Subject {
    /// Cells that somebody must look at before anything is handed over: table, number of the row from 1, column, why.
    pub fn to_look_at(&self) -> Vec<[String; 4]> {
        let mut cells = Vec::new();
        for held in &self.held {
            for (row, number) in held.rows.iter().zip(1..) {
                for (column, cell) in held.columns.iter().zip(row) {
                    let why = OTHERS.iter().find(|(marked, _)| marked == column).map(|(_, why)| *why);
                    let said = cell.as_deref().is_some_and(|text| !text.is_empty());
                    cells.extend(
                        why.filter(|_| said).map(|why| [held.table.clone(), i32::to_string(&number), column.clone(), why.to_owned()]),
                    );
                }
            }
        }
        let reasons = self.log.iter().zip(1..).filter(|(entry, _)| !entry.reason.is_empty());
        cells.extend(reasons.map(|(_, number)| ["log".to_owned(), i32::to_string(&number), "reason".to_owned(), "free text".to_owned()]));
        cells
    }

    /// The same as files: one page to read, a table of each kind for a spreadsheet, all of it for a program, and what must be looked at first.
    ///
    /// # Errors
    /// [`Error::Internal`] where something cannot be written, which would be a fault of ours.
    pub fn written(&self, authority: &str, on: Date) -> Result<Vec<Writing>, Error> {
        let mut files =
            vec![Writing { name: "everything.html".to_owned(), bytes: report::html::write(&self.report(authority, on)).into_bytes() }];
        for held in &self.held {
            files.push(Writing { name: format!("{}.csv", held.table), bytes: csv(&held.columns, held.rows.iter().map(cells))? });
        }
        let headings = ["at", "who", "action", "reason", "purpose"].map(str::to_owned);
        files.push(Writing { name: "log.csv".to_owned(), bytes: csv(&headings, self.log.iter().map(entry))? });
        let headings = ["table", "row", "column", "why"].map(str::to_owned);
        files.push(Writing { name: "look-at-first.csv".to_owned(), bytes: csv(&headings, self.to_look_at().into_iter().map(Vec::from))? });
        files.push(Writing { name: "everything.json".to_owned(), bytes: self.json()? });
        Ok(files)
    }

    fn report(&self, authority: &str, on: Date) -> Report {
        let marked = |columns: &[String]| {
            let others: Vec<&str> =
                columns.iter().map(String::as_str).filter(|column| OTHERS.iter().any(|(marked, _)| marked == column)).collect();
            (!others.is_empty()).then(|| Text::plain(format!("Look at these columns before this is handed over: {}.", others.join(", "))))
        };
        let section = |held: &Held| {
            let shown = |row: &store::Cells| Row::new(cells(row).into_iter().map(Cell::words).collect());
            let table = Table {
                id: held.table.replace('_', "-"),
                caption: format!("{}: every version, what was corrected too", held.table.replace('_', " ")),
                columns: held.columns.iter().map(Column::words).collect(),
                rows: held.rows.iter().map(shown).collect(),
                note: marked(&held.columns),
                source: None,
            };
            Section::new(format!("of-{}", table.id), held.table.replace('_', " "), vec![Block::Table(table)])
        };
        let log = Table {
            id: "log".to_owned(),
            caption: "Who changed or read this case, newest first".to_owned(),
            columns: ["at", "who", "what", "why", "purpose"].map(Column::words).into(),
            rows: self.log.iter().map(|one| Row::new(entry(one).into_iter().map(Cell::words).collect())).collect(),
            note: Some(Text::plain("Look at the column why before this is handed over.")),
            source: None,
        };
        let about_others = Text::plain(format!(
            "{} places may say something about somebody else. Look at each (look-at-first.csv) and strike out what may not be given, before this leaves the authority.",
            self.to_look_at().len()
        ));
        Report {
            title: format!("All that is held about child {}", self.child.reference),
            subtitle: "Copy under article 15 of the UK GDPR, with every version of every fact and everybody who changed or read them."
                .to_owned(),
            authority: authority.to_owned(),
            as_of: on,
            language: Language::English,
            notices: vec![about_others],
            sections: self
                .held
                .iter()
                .map(section)
                .chain([Section::new("who", "Who changed or read it", vec![Block::Table(log)])])
                .collect(),
            data: Vec::new(),
            figures: Register::default(),
        }
    }

    fn json(&self) -> Result<Vec<u8>, Error> {
        let table = |held: &Held| {
            let row = |row: &store::Cells| {
                held.columns.iter().cloned().zip(row.iter().map(|cell| cell.clone().into())).collect::<serde_json::Map<_, _>>()
            };
            (held.table.clone(), held.rows.iter().map(row).collect::<Vec<_>>().into())
        };
        let log: Vec<serde_json::Value> = self
            .log
            .iter()
            .map(|one| serde_json::json!({ "at": one.at.to_string(), "who": one.who, "action": one.action.name(), "reason": one.reason, "purpose": one.purpose }))
            .collect();
        let all = serde_json::json!({
            "child": self.child.reference,
            "held": self.held.iter().map(table).collect::<serde_json::Map<String, serde_json::Value>>(),
            "log": log,
            "look_at_first": self.to_look_at(),
        });
        serde_json::to_vec_pretty(&all).map_err(|fault| Error::Internal(format!("The export cannot be written: {fault}.")))
    }
}

fn cells(row: &store::Cells) -> Vec<String> {
    row.iter().map(|cell| cell.clone().unwrap_or_default()).collect()
}

fn entry(one: &Entry) -> Vec<String> {
    vec![one.at.to_string(), one.who.clone(), one.action.name().to_owned(), one.reason.clone(), one.purpose.clone().unwrap_or_default()]
}

fn csv(headings: &[String], rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fault = |_| Error::Internal("The export cannot be written.".to_owned());
    writer.write_record(headings).map_err(fault)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| report::csv::harmless(cell).into_owned())).map_err(fault)?;
    }
    writer.into_inner().map_err(|_| Error::Internal("The export cannot be written.".to_owned()))
}
