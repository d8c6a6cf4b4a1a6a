//! Identifiers that stand in the returns of two authorities. They are two children, for identifiers are an authority's own; but rows filed
//! under the wrong authority look the same, so it is said.

use domain::Finding;
use domain::history::{Children, History};
use rustc_hash::FxHashMap;

use super::issue::{self, At};
use super::kind::Kind;

/// One finding for each child whose identifier an earlier authority has too, at its first episode.
pub(crate) fn children(history: &History) -> Vec<Finding> {
    let children = &history.children;
    if !could_share(children) {
        return Vec::new();
    }
    let mut first: FxHashMap<&str, u16> = FxHashMap::with_capacity_and_hasher(children.len(), rustc_hash::FxBuildHasher);
    let mut findings = Vec::new();
    for (child, &authority) in children.authority.iter().enumerate() {
        let id = children.id.get(child);
        let other = *first.entry(id).or_insert(authority);
        if other != authority {
            findings.push(finding(history, child, other));
        }
    }
    findings
}

/// Whether two authorities could have an identifier in common at all. Those of each are sorted, and where every authority keeps to a range of
/// its own, a look at the ends saves a look at every child.
fn could_share(children: &Children) -> bool {
    let mut ranges: Vec<(&str, &str)> = Vec::new();
    let mut from = 0;
    for run in children.authority.chunk_by(|one, next| one == next) {
        let end = from + run.len();
        ranges.push((children.id.get(from), children.id.get(end - 1)));
        from = end;
    }
    ranges.sort_unstable();
    ranges.windows(2).any(|pair| pair[0].1 >= pair[1].0)
}

fn finding(history: &History, child: usize, other: u16) -> Finding {
    let id = history.children.id.get(child);
    let name = |authority: u16| history.authorities.get(authority as usize).map_or("", String::as_str);
    let (own, other) = (name(history.children.authority[child]), name(other));
    let origin = history.children.episodes(child).next().map(|episode| history.episodes.origin[episode]);
    let at = At { file: 0, kind: Kind::Episodes, year: 0, line: origin.map_or(0, |origin| origin.row), child: id.as_bytes() };
    let message = format!(
        "The identifier stands in the returns of {other} and of {own}; they are counted as two children. Nothing is wrong if two authorities \
         happened to choose it; correct LA, or move the file, if the rows belong to {other}."
    );
    let file = origin.and_then(|origin| history.files.get(origin.file as usize)).cloned().unwrap_or_default();
    Finding { file, ..issue::CHILD_ELSEWHERE.at(at, "CHILD", id.as_bytes(), message).finding }
}
