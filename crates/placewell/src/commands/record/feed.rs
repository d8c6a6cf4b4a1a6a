//! `placewell record feed`: a case system's nightly exports, taken into the record by a mapping file.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use service::record::Choice;
use service::record::feed::{EXAMPLE, EXAMPLE_FILES, FeedDifference, FeedTaken, FileTaken, MOST_BYTES, Manner, Mapping, take_feed};
use service::record::{self as service_record};

use super::registers::{file_name, grid};
use super::{OWNER, on};
use crate::cli::record::Feed;
use crate::commands::file;
use crate::output;

pub(crate) fn feed(home: &Path, args: &Feed) -> anyhow::Result<()> {
    match (&args.path, &args.mapping, &args.authority) {
        _ if args.example_mapping => Ok(output::answer(EXAMPLE.trim_end())?),
        (Some(path), ..) if args.example => write_example(path),
        (Some(path), Some(mapping), Some(authority)) => take(home, args, (path, mapping, authority)),
        _ => anyhow::bail!("Say where the exports lie, by which --mapping they are read, and whose record it is with --authority."),
    }
}

fn take(home: &Path, args: &Feed, (path, mapping, authority): (&Path, &Path, &str)) -> anyhow::Result<()> {
    let mapping = understood(mapping)?;
    let files = files(path, &mapping)?;
    let manner = Manner { choice: if args.take { Choice::Take } else { Choice::Keep }, dry: args.dry_run };
    let taken = on(home, &args.record, async |record| {
        let authority = service_record::authority(record, &OWNER, authority).await?;
        Ok(take_feed(record, &OWNER, authority.id, &mapping, &files, manner).await?)
    })?;
    let refused: Vec<&FileTaken> = taken.files.iter().filter(|file| !file.applied).collect();
    for finding in refused.iter().flat_map(|file| &file.findings) {
        output::say(&finding.message);
    }
    if taken.files.is_empty() {
        anyhow::bail!(
            "None of these files is one that the mapping names ({}): look at the key file of its feeds.",
            taken.unmapped.join(", ")
        );
    }
    if refused.len() == taken.files.len() {
        anyhow::bail!("Nothing was taken: mend what stands above, in the exports or in the mapping, and take them again.");
    }
    let headings = ["file", "line", "child", "what", "recorded", "exported", "became"];
    let rows = taken.files.iter().flat_map(|file| file.differences.iter().map(move |one| (file, one)));
    let rows = rows.map(|(file, one)| row(file, one, args.dry_run)).collect();
    output::print(args.format, &Json::new(&taken, args.dry_run), &grid(&headings, rows, usize::MAX), &summary(&taken, args.dry_run))?;
    if !refused.is_empty() {
        let names: Vec<&str> = refused.iter().map(|file| file.file.as_str()).collect();
        anyhow::bail!("Not taken, with all that stands above: {}. The other files were.", names.join(", "));
    }
    Ok(())
}

fn row(file: &FileTaken, one: &FeedDifference, dry: bool) -> Vec<String> {
    let became = match (one.taken, dry) {
        (true, true) => "would be corrected",
        (true, false) => "corrected",
        (false, _) => "kept",
    };
    let cells = [one.child.as_str(), one.what, &one.recorded, &one.fed, became];
    [file.file.clone(), one.line.to_string()].into_iter().chain(cells.map(str::to_owned)).collect()
}

fn summary(taken: &FeedTaken, dry: bool) -> String {
    let mut lines: Vec<String> = Vec::new();
    for file in taken.files.iter().filter(|file| file.applied) {
        let FileTaken { file, feed, added, completed, unchanged, differences, .. } = file;
        lines.push(format!(
            "{file} ({feed}): {added} new, {completed} completed, {unchanged} as they were, {} said differently.",
            differences.len()
        ));
    }
    for pair in taken.files.iter().flat_map(|file| &file.twice) {
        let (one, other) = (&pair.one.reference, &pair.other.reference);
        lines.push(format!("{one} and {other} may be one child: {}. Look at both, and merge them if they are.", pair.reasons.join("; ")));
    }
    if !taken.unmapped.is_empty() {
        lines.push(format!("Left aside, for the mapping names no such file: {}.", taken.unmapped.join(", ")));
    }
    if !taken.absent.is_empty() {
        lines.push(format!("No file came for: {}.", taken.absent.join(", ")));
    }
    if taken.files.iter().flat_map(|file| &file.differences).any(|one| !one.taken) {
        lines.push(
            "The record stays as it is where they differ. Mend whichever is wrong; --take takes the exports' word for all of them."
                .to_owned(),
        );
    }
    if dry {
        lines.push("Nothing was written: this was a look.".to_owned());
    }
    lines.join("\n")
}

/// The mapping, or everything that stands against it.
fn understood(path: &Path) -> anyhow::Result<Mapping> {
    let bytes = file::read(path)?;
    let name = file_name(path);
    let text = String::from_utf8(bytes).map_err(|_| anyhow::anyhow!("{name} is no text in UTF-8: save it as that, and try again."))?;
    Mapping::read(&name, &text).map_err(|findings| {
        for finding in findings {
            output::say(&finding.message);
        }
        anyhow::anyhow!(
            "The mapping cannot be used: mend the lines above. `placewell record feed --example-mapping` prints one to start from."
        )
    })
}

/// The files of a folder by name, or one file. Those that the mapping does not name are named and not opened, and of none more is read than may be taken.
fn files(path: &Path, mapping: &Mapping) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let cannot = |path: &Path, fault: &std::io::Error| anyhow::anyhow!("{} cannot be read: {}.", path.display(), file::reason(fault));
    let mut paths: Vec<PathBuf> = if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|fault| cannot(path, &fault))?;
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect()
    } else {
        vec![path.to_owned()]
    };
    paths.retain(|path| !file_name(path).starts_with('.') && path.extension().is_none_or(|ending| ending != "toml"));
    paths.sort();
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let mut bytes = Vec::new();
        if mapping.of(&file_name(&path)).is_some() {
            let open = File::open(&path).map_err(|fault| cannot(&path, &fault))?;
            open.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|fault| cannot(&path, &fault))?;
        }
        files.push((file_name(&path), bytes));
    }
    Ok(files)
}

fn write_example(path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        anyhow::bail!("{} is there already: name a folder that is not.", path.display());
    }
    fs::create_dir_all(path).map_err(|fault| anyhow::anyhow!("{} cannot be made: {}.", path.display(), file::reason(&fault)))?;
    for (name, text) in [("mapping.toml", EXAMPLE)].into_iter().chain(EXAMPLE_FILES) {
        file::write_whole(&path.join(name), text.as_bytes())?;
    }
    let path = path.display();
    output::answer(&format!(
        "Written: {path}. Try it with `placewell record feed {path} --mapping {path}/mapping.toml --authority NAME --dry-run`."
    ))?;
    Ok(())
}

/// The answer as JSON; the keys are documented in `docs/command-line.md` and held to `docs/schema`.
#[derive(Debug, Serialize)]
struct Json<'t> {
    dry_run: bool,
    files: Vec<JsonFile<'t>>,
    unmapped: &'t [String],
    absent: &'t [&'static str],
}

#[derive(Debug, Serialize)]
struct JsonFile<'t> {
    file: &'t str,
    feed: &'t str,
    taken: bool,
    added: usize,
    completed: usize,
    unchanged: usize,
    differences: Vec<JsonDifference<'t>>,
    findings: Vec<JsonFinding<'t>>,
    may_be_one: Vec<JsonPair<'t>>,
}

#[derive(Debug, Serialize)]
struct JsonDifference<'t> {
    line: u32,
    child: &'t str,
    what: &'t str,
    recorded: &'t str,
    exported: &'t str,
    taken: bool,
}

#[derive(Debug, Serialize)]
struct JsonFinding<'t> {
    line: u32,
    column: &'t str,
    value: &'t str,
    message: &'t str,
}

#[derive(Debug, Serialize)]
struct JsonPair<'t> {
    one: &'t str,
    other: &'t str,
    reasons: &'t [String],
}

impl<'t> Json<'t> {
    fn new(taken: &'t FeedTaken, dry_run: bool) -> Self {
        Self { dry_run, files: taken.files.iter().map(JsonFile::new).collect(), unmapped: &taken.unmapped, absent: &taken.absent }
    }
}

impl<'t> JsonFile<'t> {
    fn new(file: &'t FileTaken) -> Self {
        let differing = |one: &'t FeedDifference| JsonDifference {
            line: one.line,
            child: &one.child,
            what: one.what,
            recorded: &one.recorded,
            exported: &one.fed,
            taken: one.taken,
        };
        let found = file.findings.iter();
        let pairs = file.twice.iter();
        Self {
            file: &file.file,
            feed: file.feed,
            taken: file.applied,
            added: file.added,
            completed: file.completed,
            unchanged: file.unchanged,
            differences: file.differences.iter().map(differing).collect(),
            findings: found
                .map(|one| JsonFinding { line: one.row, column: &one.column, value: &one.value, message: &one.message })
                .collect(),
            may_be_one: pairs
                .map(|pair| JsonPair { one: &pair.one.reference, other: &pair.other.reference, reasons: &pair.reasons })
                .collect(),
        }
    }
}
