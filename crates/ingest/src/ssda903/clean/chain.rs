//! One child's episodes from all returns as one chain: sorted, never overlapping, each with at least one night.
//!
//! The seven stitching rules that regional data platforms use on returns of several years (rules 1, 1A, 2, 3, 3A, 4, 5) are applied with
//! three limits of ours, all in favour of what was recorded. Where they write the invented reason `E99` for an end nobody recorded, the reason
//! stays blank, which is unknown; and they end such an episode on 31 March, on which the child, by its own return, was still in care, so
//! here it ends the day after. And rule 5 bridges no gap that holds a whole return year, or that ends with a new period of care (S).

use domain::code::{rec, rne};
use domain::{Code, Day, Postcode};

use super::super::issue;
use super::super::typed::EpisodeRow;
use super::episodes::ChainDesk;

/// One episode of the chain: the row it comes from, and its dates and reason as cleaned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) row: u32,
    pub(super) start: Day,
    pub(super) end: Option<Day>,
    pub(super) rec: Code,
    year: u16,
}

/// Builds the chain of one child from the positions of its rows into `links`.
pub(super) fn build(of_child: &[u32], data_end: Day, last_year: u16, desk: &mut ChainDesk<'_>, links: &mut Vec<Link>) {
    links.clear();
    for &row in of_child {
        if let Some(link) = admitted(row, data_end, desk) {
            links.push(link);
        }
    }
    // Newest last among those of one start; then what is closed, and closed later; then the later line.
    let key = |link: &Link| (link.start, link.year, link.end, link.row);
    if !links.is_sorted_by_key(key) {
        links.sort_unstable_by_key(key);
    }
    merge_same_start(desk, links);
    for link in links.iter_mut() {
        settle_end(link, data_end, desk);
    }
    links.retain(|link| link.end != Some(link.start));
    drop_corrected_starts(desk, links);
    for at in 0..links.len() {
        let next = links.get(at + 1).copied();
        join(&mut links[at], next.as_ref(), last_year, desk);
    }
}

/// A row as a link, unless its dates make no sense at all.
fn admitted(at: u32, data_end: Day, desk: &mut ChainDesk<'_>) -> Option<Link> {
    let row = &desk.rows[at as usize];
    let (start, end) = (row.start, row.end);
    let link = Link { row: at, start, end, rec: row.rec, year: row.place.year };
    if start > data_end {
        let message = format!(
            "DECOM {} is after {}, the last day of the returns, so the row is set aside. Correct DECOM, or give the year of the return.",
            start.statutory(),
            data_end.statutory()
        );
        desk.note(at, issue::START_AFTER_RETURN, "DECOM", start.statutory().as_bytes(), message);
        return None;
    }
    if let Some(end) = end
        && end < start
    {
        let message =
            format!("DEC {} is before DECOM {}, so the row is set aside. Correct one of the dates.", end.statutory(), start.statutory());
        desk.note(at, issue::ENDS_BEFORE_START, "DEC", end.statutory().as_bytes(), message);
        return None;
    }
    Some(link)
}

/// Keeps the last of the links with one start. That an older return shows the episode still open, or lacks a value, is as it should be; other
/// differences are said.
fn merge_same_start(desk: &mut ChainDesk<'_>, links: &mut Vec<Link>) {
    let mut kept = 0;
    for at in 0..links.len() {
        let link = links[at];
        match links.get(at + 1) {
            Some(next) if next.start == link.start => say_difference(&link, &next.clone(), desk),
            _ => {
                links[kept] = link;
                kept += 1;
            }
        }
    }
    links.truncate(kept);
}

fn say_difference(older: &Link, newer: &Link, desk: &mut ChainDesk<'_>) {
    let (old, new) = (&desk.rows[older.row as usize], &desk.rows[newer.row as usize]);
    let columns = differences(old, new);
    if older.year != newer.year && columns.is_empty() {
        return;
    }
    let start = old.start.statutory();
    if older.year == newer.year {
        let what = if columns.is_empty() { "the same values".to_owned() } else { format!("another {}", columns.join(", ")) };
        let message = format!(
            "The episode that begins on {} stands twice in this return, with {what}; line {} is used. Delete one of them.",
            start, new.place.line
        );
        desk.note(older.row, issue::EPISODE_REPEATED, "CHILD, DECOM", start.as_bytes(), message);
    } else {
        let message = format!(
            "The return of {} gives the episode that begins on {start} another {}; its values are used. Check which return is right.",
            newer.year,
            columns.join(", ")
        );
        let values: Vec<String> = columns.iter().map(|column| written(old, column)).collect();
        desk.note(older.row, issue::VALUES_DIFFER, &columns.join(", "), values.join(", ").as_bytes(), message);
    }
}

/// Columns that were filled in the older row and are filled otherwise in the newer one.
fn differences(old: &EpisodeRow, new: &EpisodeRow) -> Vec<&'static str> {
    let ended = old.end.is_some();
    let code = |old: Code, new: Code| !old.is_blank() && old != new;
    let mut columns = Vec::new();
    let mut say = |differs: bool, column| {
        if differs {
            columns.push(column);
        }
    };
    say(code(old.rne, new.rne), "RNE");
    say(code(old.legal, new.legal), "LS");
    say(code(old.need, new.need), "CIN");
    say(code(old.setting, new.setting) && !recoded(old.setting, new.setting), "PLACE");
    say(code(old.provider, new.provider), "PLACE_PROVIDER");
    say(ended && old.end != new.end, "DEC");
    say(ended && code(old.rec, new.rec), "REC");
    say(ended && code(old.change, new.change), "REASON_PLACE_CHANGE");
    say(old.home.is_some() && old.home != new.home, "HOME_POST");
    say(old.placed.is_some() && old.placed != new.placed, "PL_POST");
    say(code(old.urn, new.urn), "URN");
    columns
}

/// What a row holds in one of the columns of [`differences`].
fn written(row: &EpisodeRow, column: &str) -> String {
    let postcode = |postcode: Option<Postcode>| postcode.map_or_else(String::new, |postcode| postcode.to_string());
    match column {
        "RNE" => row.rne.to_string(),
        "LS" => row.legal.to_string(),
        "CIN" => row.need.to_string(),
        "PLACE" => row.setting.to_string(),
        "PLACE_PROVIDER" => row.provider.to_string(),
        "DEC" => row.end.map_or_else(String::new, Day::statutory),
        "REC" => row.rec.to_string(),
        "REASON_PLACE_CHANGE" => row.change.to_string(),
        "HOME_POST" => postcode(row.home),
        "PL_POST" => postcode(row.placed),
        "URN" => row.urn.to_string(),
        _ => String::new(),
    }
}

/// Codes that the Department replaced: H5 and P2 by K3 from 2024-25, Z1 by Z11-Z14 from 2025-26 (dossier B4, F30).
fn recoded(old: Code, new: Code) -> bool {
    use domain::code::place::{H5, K3, P2, Z1, Z11, Z12, Z13, Z14};
    match old {
        H5 | P2 => new == K3,
        Z1 => matches!(new, Z11 | Z12 | Z13 | Z14),
        _ => false,
    }
}

/// Ends on their own: none in the future, none without a night, no reason without an end.
fn settle_end(link: &mut Link, data_end: Day, desk: &mut ChainDesk<'_>) {
    match link.end {
        None if !link.rec.is_blank() => {
            let message = format!(
                "REC is {} without a DEC that can be read; the episode is read as open, without a reason. Enter DEC, or empty REC.",
                link.rec
            );
            desk.note(link.row, issue::REASON_WITHOUT_END, "DEC, REC", link.rec.to_string().as_bytes(), message);
            link.rec = Code::BLANK;
        }
        Some(end) if end > data_end => {
            let message = format!(
                "DEC {} is after {}, the last day of the returns; the episode is read as open. Correct DEC, or leave it empty.",
                end.statutory(),
                data_end.statutory()
            );
            desk.note(link.row, issue::END_AFTER_RETURN, "DEC", end.statutory().as_bytes(), message);
            link.end = None;
            link.rec = Code::BLANK;
        }
        Some(end) if end == link.start => {
            let message = "DEC is the day of DECOM, so the episode has no night and the row is set aside. Check both dates.";
            desk.note(link.row, issue::SAME_DAY, "DECOM, DEC", end.statutory().as_bytes(), message.to_owned());
        }
        Some(end) if link.rec.is_blank() => {
            let message = "DEC is given and REC is empty; the episode ends for an unknown reason. Enter REC.";
            desk.note(link.row, issue::END_WITHOUT_REASON, "REC", end.statutory().as_bytes(), message.to_owned());
        }
        _ => {}
    }
}

/// Rules 3 and 3A: of two neighbours that differ in nothing but the start and the year of the return, the older return's goes.
fn drop_corrected_starts(desk: &mut ChainDesk<'_>, links: &mut Vec<Link>) {
    let mut at = 0;
    while at + 1 < links.len() {
        let (first, second) = (links[at], links[at + 1]);
        if first.year == second.year
            || first.end != second.end
            || !same_but_start(&desk.rows[first.row as usize], &desk.rows[second.row as usize])
        {
            at += 1;
            continue;
        }
        let (dropped, kept) = if first.year < second.year { (at, second) } else { (at + 1, first) };
        let message = format!(
            "The return of {} gives this episode with DECOM {}; it is read as that one. Check which start is right.",
            kept.year,
            kept.start.statutory()
        );
        desk.note(links[dropped].row, issue::START_CORRECTED, "DECOM", links[dropped].start.statutory().as_bytes(), message);
        links.remove(dropped);
    }
}

fn same_but_start(a: &EpisodeRow, b: &EpisodeRow) -> bool {
    (a.rne, a.legal, a.setting, a.provider, a.placed, a.urn) == (b.rne, b.legal, b.setting, b.provider, b.placed, b.urn)
}

/// Fits the end of a link to the link that follows.
fn join(link: &mut Link, next: Option<&Link>, last_year: u16, desk: &mut ChainDesk<'_>) {
    let stale = link.end.is_none() && link.year < last_year;
    let Some(next) = next else {
        if stale {
            close_at_year_end(link, desk);
        } else if link.end.is_some() && link.rec == rec::X1 {
            let message = "REC X1 says that another episode begins that day, and none does; the child counts as having left. Add the episode, or correct REC.";
            desk.note(link.row, issue::X1_WITHOUT_NEXT, "REC", b"X1", message.to_owned());
        }
        return;
    };
    match link.end {
        None if stale && next_starts_care(next, desk) => close_before(link, next, desk),
        None => {
            let message = format!(
                "There is no DEC that can be read, and the child's next episode begins on {}; the episode is read as ending that day. Enter DEC.",
                next.start.statutory()
            );
            desk.note(link.row, issue::OPEN_JOINED, "DEC", &[], message);
            (link.end, link.rec) = (Some(next.start), rec::X1);
        }
        Some(end) if end > next.start => {
            let message = format!(
                "DEC {} is after {}, when the child's next episode begins; the episode is cut to that day. Correct DEC, or the next DECOM.",
                end.statutory(),
                next.start.statutory()
            );
            desk.note(link.row, issue::OVERLAP_CUT, "DEC", end.statutory().as_bytes(), message);
            (link.end, link.rec) = (Some(next.start), rec::X1);
        }
        Some(end) if end < next.start && link.rec == rec::X1 => bridge(link, end, next, desk),
        Some(end) if end.plus(1) == next.start && !link.rec.is_blank() => {
            let message = format!(
                "The child left care ({}) on {} and entered again on the next day; both are counted. Check whether care went on.",
                link.rec,
                end.statutory()
            );
            desk.note(link.row, issue::ONE_DAY_GAP, "DEC", end.statutory().as_bytes(), message);
        }
        Some(_) => {}
    }
}

fn next_starts_care(next: &Link, desk: &ChainDesk<'_>) -> bool {
    desk.rows[next.row as usize].rne == rne::S
}

/// Rule 2, a day later. The following return would show the episode if it had gone on, so it had ended by the day after its own return, on
/// which it was still open: the child counts on 31 March, as it did when that return was filed (dossier B1: a child whose episode ends
/// on a day is not counted on it).
fn close_at_year_end(link: &mut Link, desk: &mut ChainDesk<'_>) {
    let end = day_after(link.year).max(link.start.plus(1));
    let message = format!(
        "The episode is open in the return of {} and in no later one; it is read as ending on {} for an unknown reason. Enter DEC and REC.",
        link.year,
        end.statutory()
    );
    desk.note(link.row, issue::OPEN_CLOSED_AT_YEAR_END, "DEC", &[], message);
    link.end = Some(end);
}

/// The day after the last of a return.
fn day_after(year: u16) -> Day {
    Day::year_end(u32::from(year)).plus(1)
}

/// Rule 1A: the day after the return, for the reason of rule 2, or the day before the new period if that is earlier.
fn close_before(link: &mut Link, next: &Link, desk: &mut ChainDesk<'_>) {
    let end = day_after(link.year).min(next.start.plus(-1)).max(link.start.plus(1));
    let message = format!(
        "The episode is open in the return of {}, and a new period of care begins on {}; it is read as ending on {} for an unknown reason. Enter DEC and REC.",
        link.year,
        next.start.statutory(),
        end.statutory()
    );
    desk.note(link.row, issue::OPEN_CLOSED_BEFORE_START, "DEC", &[], message);
    link.end = Some(end);
}

/// Rule 5, within its limits; beyond them the gap is said and left.
fn bridge(link: &mut Link, end: Day, next: &Link, desk: &mut ChainDesk<'_>) {
    let whole_year_between = next.start.return_year() > end.return_year() + 1;
    if next.year > link.year && !whole_year_between && !next_starts_care(next, desk) {
        let message = format!(
            "REC X1 says that care goes on from {}, and the next return has the next episode from {}; the gap is closed. Correct DEC, or the next DECOM.",
            end.statutory(),
            next.start.statutory()
        );
        desk.note(link.row, issue::GAP_CLOSED, "DEC", end.statutory().as_bytes(), message);
        link.end = Some(next.start);
    } else {
        let message = format!(
            "REC X1 says that another episode begins on {}, and the next begins on {}; the gap is left as recorded. Correct DEC, REC or the next DECOM.",
            end.statutory(),
            next.start.statutory()
        );
        desk.note(link.row, issue::X1_WITHOUT_NEXT, "REC", b"X1", message);
    }
}
