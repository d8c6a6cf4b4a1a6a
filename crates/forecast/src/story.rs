//! Small histories written by hand, for tests.

use domain::code::Code;
use domain::history::{Children, Episodes, History, Origin, Uasc};
use domain::{Day, Postcode};

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text.as_bytes()).unwrap()
}

/// One authority, `Nottingham`, that grows child by child.
pub(crate) fn story() -> History {
    History {
        authorities: vec!["Nottingham".to_owned()],
        children: Children { first_episode: vec![0], ..Children::default() },
        ..History::default()
    }
}

/// Adds a child and its episodes: `DECOM DEC RNE LS PLACE PROVIDER REC CHANGE [HOME PLACED]`, `-` for blank, postcodes without spaces.
pub(crate) fn child(history: &mut History, born: &str, episodes: &[&str]) -> usize {
    let children = &mut history.children;
    children.authority.push(0);
    children.id.push(&format!("C{:03}", children.born.len()));
    children.born.push(day(born));
    children.sex.push(Code::of("F"));
    children.ethnicity.push(Code::of("WBRI"));
    children.uasc.push(Uasc::Never);
    for line in episodes {
        push(&mut history.episodes, line);
    }
    children.first_episode.push(history.episodes.len() as u32);
    children.len() - 1
}

fn push(episodes: &mut Episodes, line: &str) {
    let cells: Vec<&str> = line.split_whitespace().collect();
    let cell = |at: usize| cells.get(at).copied().filter(|&cell| cell != "-").unwrap_or("");
    let code = |at: usize| Code::parse(cell(at).as_bytes()).unwrap();
    episodes.start.push(day(cell(0)));
    episodes.end.push(Day::parse(cell(1).as_bytes()));
    episodes.rne.push(code(2));
    episodes.legal.push(code(3));
    episodes.need.push(Code::of("N1"));
    episodes.place.push(code(4));
    episodes.provider.push(code(5));
    episodes.rec.push(code(6));
    episodes.change.push(code(7));
    episodes.home.push(Postcode::parse(cell(8).as_bytes()));
    episodes.placed.push(Postcode::parse(cell(9).as_bytes()));
    episodes.urn.push(Code::BLANK);
    episodes.origin.push(Origin { file: 0, row: episodes.origin.len() as u32 + 2 });
}
