//! Returns written to a throw-away folder and read back, for tests that begin where users do: with files.

use std::fs;

use domain::Finding;
use ingest::{Options, Read, ReadError, Source, read};
use tempfile::TempDir;

pub const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n";
pub const EPISODES: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n";
pub const UASC: &str = "CHILD,SEX,DOB,DUC\n";

/// A folder with these files; it goes when dropped.
pub fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Reads these files with these options.
pub fn read_with(files: &[(&str, &[u8])], options: &Options) -> Result<Read, ReadError> {
    let folder = folder(files);
    let read = read(&Source::open(folder.path())?, options)?;
    check(&read);
    Ok(read)
}

/// Reads these text files.
pub fn read_files(files: &[(&str, &str)]) -> Read {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    read_with(&files, &Options::default()).unwrap()
}

/// One child `A1`, born on 1 May 2010, with these rows of each year's Episodes (without the identifier).
pub fn child(years: &[(u16, &[&str])]) -> Read {
    let mut files: Vec<(String, String)> = Vec::new();
    for (year, rows) in years {
        files.push((format!("{year}/header.csv"), format!("{HEADER}A1,F,01/05/2010,WBRI,UN1,,\n")));
        let rows: String = rows.iter().map(|row| format!("A1,{row}\n")).collect();
        files.push((format!("{year}/episodes.csv"), format!("{EPISODES}{rows}")));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    read_files(&files)
}

/// The episodes as `start..end place rec`, one a line, with a line for each child that has none.
pub fn story(read: &Read) -> Vec<String> {
    let history = &read.history;
    (0..history.episodes.len())
        .map(|at| {
            let episodes = &history.episodes;
            let end = episodes.end[at].map_or_else(String::new, |day| day.to_string());
            format!("{}..{end} {} {}", episodes.start[at], episodes.place[at], episodes.rec[at]).trim_end().to_owned()
        })
        .collect()
}

/// The findings as `rule table row`, in their order.
pub fn found(read: &Read) -> Vec<String> {
    read.findings.iter().map(|finding| format!("{} {} {}", finding.rule, finding.table, finding.row)).collect()
}

/// The only finding of a rule.
pub fn the<'a>(read: &'a Read, rule: &str) -> &'a Finding {
    let mut all = read.findings.iter().filter(|finding| finding.rule == rule);
    let first = all.next().unwrap_or_else(|| panic!("no {rule} in {:?}", found(read)));
    assert!(all.next().is_none(), "{rule} more than once: {:?}", found(read));
    first
}

/// What holds for anything that was read, however bad: every row has its fate, and each child's episodes follow each other.
pub fn check(read: &Read) {
    let history = &read.history;
    let rows = history.rows;
    assert_eq!(rows.read, rows.used + rows.set_aside, "{rows:?}");
    assert!(rows.repaired <= rows.used && rows.cut <= rows.used, "{rows:?}");
    let (children, episodes) = (&history.children, &history.episodes);
    let count = children.len();
    for length in [children.authority.len(), children.id.len(), children.sex.len(), children.ethnicity.len(), children.uasc.len()] {
        assert_eq!(length, count);
    }
    assert_eq!(children.first_episode.len(), count + 1);
    assert_eq!(children.first_episode.last().copied().unwrap() as usize, episodes.len());
    for length in [episodes.end.len(), episodes.rne.len(), episodes.rec.len(), episodes.urn.len(), episodes.placed.len(), episodes.origin.len()] {
        assert_eq!(length, episodes.len());
    }
    for child in 0..count {
        if child > 0 {
            let key = |at: usize| (children.authority[at], children.id.get(at));
            assert!(key(child - 1) < key(child), "children are sorted and each stands once");
        }
        let mut before = None;
        for at in children.episodes(child) {
            assert!(before.is_none_or(|(_, end): (domain::Day, Option<domain::Day>)| end.is_some_and(|end| end <= episodes.start[at])), "overlap");
            assert!(episodes.end[at].is_none_or(|end| end > episodes.start[at]), "no night");
            before = Some((episodes.start[at], episodes.end[at]));
        }
    }
    for origin in &episodes.origin {
        assert!((origin.file as usize) < history.files.len() && origin.row > 1);
    }
    for finding in &read.findings {
        assert!(!finding.message.is_empty() && finding.message.ends_with('.'), "{finding:?}");
    }
}
