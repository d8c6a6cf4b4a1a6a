//! Returns told in a line or two, and what was read of them in as few words.

use std::fmt::Write as _;

use domain::Finding;
use ingest::{Options, Read};

use crate::support::{EPISODES, HEADER, read_with};

/// Reads these text files.
pub(crate) fn read_files(files: &[(&str, &str)]) -> Read {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    read_with(&files, &Options::default()).unwrap()
}

/// One child `A1`, born on 1 May 2010, with these rows of each year's Episodes (without the identifier).
pub(crate) fn child(years: &[(u16, &[&str])]) -> Read {
    let mut files: Vec<(String, String)> = Vec::new();
    for (year, rows) in years {
        files.push((format!("{year}/header.csv"), format!("{HEADER}A1,F,01/05/2010,WBRI,UN1,,\n")));
        let mut text = EPISODES.to_owned();
        for row in *rows {
            let _ = writeln!(text, "A1,{row}");
        }
        files.push((format!("{year}/episodes.csv"), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    read_files(&files)
}

/// The episodes as `start..end place rec`, one a line, with a line for each child that has none.
pub(crate) fn story(read: &Read) -> Vec<String> {
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
pub(crate) fn found(read: &Read) -> Vec<String> {
    read.findings.iter().map(|finding| format!("{} {} {}", finding.rule, finding.table, finding.row)).collect()
}

/// The only finding of a rule.
pub(crate) fn the<'a>(read: &'a Read, rule: &str) -> &'a Finding {
    let mut all = read.findings.iter().filter(|finding| finding.rule == rule);
    let first = all.next().unwrap_or_else(|| panic!("no {rule} in {:?}", found(read)));
    assert!(all.next().is_none(), "{rule} more than once: {:?}", found(read));
    first
}
