//! Returns written to a throw-away folder and read back, for tests that begin where users do: with files.

use std::fs;

use ingest::{Options, Read, ReadError, Source, read};
use tempfile::TempDir;

pub(crate) const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n";
pub(crate) const EPISODES: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n";
pub(crate) const UASC: &str = "CHILD,SEX,DOB,DUC\n";

/// A folder with these files; it goes when dropped.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Reads these files with these options.
pub(crate) fn read_with(files: &[(&str, &[u8])], options: &Options) -> Result<Read, ReadError> {
    let folder = folder(files);
    let read = read(&Source::open(folder.path())?, options)?;
    check(&read);
    Ok(read)
}

/// What holds for anything that was read, however bad: every row has its fate, and each child's episodes follow each other.
pub(crate) fn check(read: &Read) {
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
    for length in
        [episodes.end.len(), episodes.rne.len(), episodes.rec.len(), episodes.urn.len(), episodes.placed.len(), episodes.origin.len()]
    {
        assert_eq!(length, episodes.len());
    }
    for child in 0..count {
        if child > 0 {
            let key = |at: usize| (children.authority[at], children.id.get(at));
            assert!(key(child - 1) < key(child), "children are sorted and each stands once");
        }
        let mut before = None;
        for at in children.episodes(child) {
            assert!(
                before.is_none_or(|(_, end): (domain::Day, Option<domain::Day>)| end.is_some_and(|end| end <= episodes.start[at])),
                "overlap"
            );
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
