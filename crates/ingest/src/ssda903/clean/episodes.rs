//! Rows of the Episodes table to each child's chain of episodes.

use domain::history::{History, Origin};
use domain::{Day, code};

use super::super::cell::Marks;
use super::super::code_list;
use super::super::issue::{self, At, Issue, Note};
use super::super::kind::Kind;
use super::super::typed::{AuthorityRows, EpisodeRow};
use super::chain::{self, Link};
use super::children::{self, ChosenChildren, NOBODY};

/// Chains each child's rows and writes them to the history, with `first_episode` of every child.
pub(super) fn clean(
    rows: &mut AuthorityRows,
    children: &ChosenChildren,
    years: Option<(u16, u16)>,
    history: &mut History,
    notes: &mut Vec<Note>,
) {
    let (order, starts) = by_child(rows, children, notes);
    let data_end = Day::year_end(u32::from(years.map_or(9999, |(_, last)| last)));
    let last_year = years.map_or(0, |(_, last)| last);
    reserve(history, order.len());
    history.children.first_episode = Vec::with_capacity(children.all.len() + 1);
    let mut links: Vec<Link> = Vec::new();
    for (child, range) in children.all.iter().zip(starts.windows(2)) {
        history.children.first_episode.push(history.episodes.len() as u32);
        let of_child = &order[range[0] as usize..range[1] as usize];
        let mut desk = ChainDesk { rows: &mut rows.episodes, id: rows.children.id(child.read_as), notes };
        chain::build(of_child, data_end, last_year, &mut desk, &mut links);
        for link in &links {
            desk.check(link, child.born);
            write(history, &desk.rows[link.row as usize], link);
            for day in [Some(link.start), link.end].into_iter().flatten() {
                history.last_event = history.last_event.max(Some(day).filter(|day| *day <= data_end));
            }
        }
        if let Some(last) = links.last()
            && last.end.is_none()
            && child.born.anniversary(18) <= data_end
        {
            let message = format!(
                "The episode is still open, and the child turned 18 on {}; counts leave the child out from then on. Enter DEC.",
                child.born.anniversary(18).statutory()
            );
            desk.note(last.row, issue::AGED_18_OPEN, "DEC", &[], message);
        }
    }
    history.children.first_episode.push(history.episodes.len() as u32);
}

/// The rows of each child together, in the order of the children: positions of rows, and where each child's begin.
fn by_child(rows: &mut AuthorityRows, children: &ChosenChildren, notes: &mut Vec<Note>) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; children.all.len() + 1];
    for row in &mut rows.episodes {
        if row.place.marks.has(Marks::SET_ASIDE) {
            continue;
        }
        let place = children.place[row.child as usize];
        if place == NOBODY {
            row.place.marks.add(Marks::SET_ASIDE);
            let id = rows.children.id(row.child);
            let at = At { file: row.place.file, kind: Kind::Episodes, year: row.place.year, line: row.place.line, child: id };
            notes.push(children::without_header(at, children.named[row.child as usize]));
        } else {
            starts[place as usize + 1] += 1;
        }
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut order = vec![0u32; starts[children.all.len()] as usize];
    for (position, row) in (0..).zip(&rows.episodes) {
        if !row.place.marks.has(Marks::SET_ASIDE) {
            let slot = &mut next[children.place[row.child as usize] as usize];
            order[*slot as usize] = position;
            *slot += 1;
        }
    }
    (order, starts)
}

/// The rows of one child on the desk, with a way to mark and note them.
pub(super) struct ChainDesk<'a> {
    pub(super) rows: &'a mut [EpisodeRow],
    id: &'a [u8],
    notes: &'a mut Vec<Note>,
}

impl ChainDesk<'_> {
    /// Notes an issue on a row and marks the row with what became of it.
    pub(super) fn note(&mut self, row: u32, issue: Issue, column: &str, value: &[u8], message: String) {
        let place = &mut self.rows[row as usize].place;
        match issue.action {
            domain::Treatment::Kept => {}
            domain::Treatment::Repaired => place.marks.add(Marks::REPAIRED),
            domain::Treatment::Cut => place.marks.add(Marks::CUT),
            domain::Treatment::SetAside => place.marks.add(Marks::SET_ASIDE),
        }
        let at = At { file: place.file, kind: Kind::Episodes, year: place.year, line: place.line, child: self.id };
        self.notes.push(issue.at(at, column, value, message));
    }

    /// What a row that is used says on its own.
    fn check(&mut self, link: &Link, born: Day) {
        let row = &self.rows[link.row as usize];
        let (setting, marks) = (row.setting, row.place.marks);
        let unnamed = row.provider.is_blank() && needs_provider(setting);
        if born > link.start {
            let message = format!(
                "DECOM {} is before the birth of the child on {}. Correct DECOM, or DOB in the Header.",
                link.start.statutory(),
                born.statutory()
            );
            self.note(link.row, issue::BORN_AFTER_START, "DECOM", link.start.statutory().as_bytes(), message);
        }
        if unnamed {
            let message =
                format!("PLACE_PROVIDER is empty for placement {setting}; counts by provider show it as unknown. Enter the provider.");
            self.note(link.row, issue::PROVIDER_BLANK, "PLACE_PROVIDER", &[], message);
        }
        if marks.has(Marks::DATED_CODE) {
            self.check_dated_codes(link.row);
        }
    }

    #[cold]
    fn check_dated_codes(&mut self, at: u32) {
        let row = self.rows[at as usize];
        let year = row.place.year;
        for (list, column, code) in [
            (&*code_list::PLACE, "PLACE", row.setting),
            (&*code_list::REC, "REC", row.rec),
            (&*code_list::CHANGE, "REASON_PLACE_CHANGE", row.change),
        ] {
            let Some(known) = list.find_word(code.word()) else { continue };
            // An episode that began under the old list may keep its code to the end.
            let in_year = year == 0 || (known.from <= year && (year <= known.to || row.start.return_year() <= u32::from(known.to)));
            if !in_year {
                let message = format!("{column} {code} is not a code of the return of {year}. Use the code list of that year.");
                self.note(at, issue::CODE_OUT_OF_YEAR, column, code.to_string().as_bytes(), message);
            }
        }
    }
}

/// Temporary placements and other placements have no provider (returns.md §1); a blank placement has been noted already by the statutory rules.
fn needs_provider(setting: domain::Code) -> bool {
    !setting.is_blank() && !code::place::is_temporary(setting) && setting.first() != b'Z'
}

fn reserve(history: &mut History, rows: usize) {
    let episodes = &mut history.episodes;
    episodes.start.reserve(rows);
    episodes.end.reserve(rows);
    for codes in [
        &mut episodes.rne,
        &mut episodes.legal,
        &mut episodes.need,
        &mut episodes.place,
        &mut episodes.provider,
        &mut episodes.rec,
        &mut episodes.change,
        &mut episodes.urn,
    ] {
        codes.reserve(rows);
    }
    episodes.home.reserve(rows);
    episodes.placed.reserve(rows);
    episodes.origin.reserve(rows);
}

fn write(history: &mut History, row: &EpisodeRow, link: &Link) {
    let episodes = &mut history.episodes;
    episodes.start.push(link.start);
    episodes.end.push(link.end);
    episodes.rne.push(row.rne);
    episodes.legal.push(row.legal);
    episodes.need.push(row.need);
    episodes.place.push(row.setting);
    episodes.provider.push(row.provider);
    episodes.rec.push(link.rec);
    episodes.change.push(row.change);
    episodes.home.push(row.home);
    episodes.placed.push(row.placed);
    episodes.urn.push(row.urn);
    episodes.origin.push(Origin { file: row.place.file, row: row.place.line });
}
