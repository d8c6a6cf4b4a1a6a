//! The files of one return year, column for column as the Department asks for them.

use domain::Day;
use domain::code::place;

use crate::Authority;
use crate::rates::Asylum;
use crate::record::{Child, Episode};
use crate::text::line;

/// One file of a return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// File name.
    pub name: &'static str,
    /// Table of the return.
    pub table: &'static str,
    /// The text: comma-separated, a header row, `\n` at the end of each line.
    pub text: String,
}

/// A return year by its ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Year {
    pub(crate) number: u32,
    pub(crate) start: Day,
    pub(crate) end: Day,
}

impl Year {
    pub(crate) const fn new(number: u32) -> Self {
        Self { number, start: Day::year_start(number), end: Day::year_end(number) }
    }

    /// Whether a stay `from..to` reaches into the year: it begins by the last day and ends on the first day or later.
    pub(crate) fn touches(self, from: Day, to: Day) -> bool {
        from <= self.end && to >= self.start
    }

    /// Whether a day lies in the year.
    pub(crate) fn holds(self, day: Day) -> bool {
        day >= self.start && day <= self.end
    }
}

impl Child {
    /// The child's episodes in a year's file.
    pub(crate) fn episodes_in(&self, year: Year) -> impl Iterator<Item = &Episode> {
        self.episodes.iter().filter(move |episode| year.touches(episode.start, episode.end))
    }

    /// Whether the child has an episode in a year's file.
    pub(crate) fn is_in(&self, year: Year) -> bool {
        self.episodes_in(year).next().is_some()
    }
}

/// Header, Episodes and UASC of a year, and the papers.
pub(crate) fn files(authority: &Authority, year: u32) -> Vec<File> {
    let year = Year::new(year);
    let mut header = String::from("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n");
    let mut episodes = String::from("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n");
    let mut uasc = String::from("CHILD,SEX,DOB,DUC\n");
    for child in &authority.children {
        let looked_after = child.is_in(year);
        if looked_after || crate::papers::is_care_leaver(child, year) {
            self::header(&mut header, child, year);
        }
        for episode in child.episodes_in(year) {
            row(&mut episodes, child, episode, year);
        }
        if looked_after && child.asylum == Asylum::Seeking {
            self::uasc(&mut uasc, child, year);
        }
    }
    let mut files = vec![
        File { name: "header.csv", table: "Header", text: header },
        File { name: "episodes.csv", table: "Episodes", text: episodes },
        File { name: "uasc.csv", table: "UASC", text: uasc },
    ];
    files.extend(crate::papers::files(authority, year));
    files
}

/// `M` and `F` since the return of 2024-25, `1` and `2` before.
fn sex(child: &Child, year: Year) -> char {
    match (child.sex, year.number) {
        ('M', ..=2024) => '1',
        (_, ..=2024) => '2',
        (sex, _) => sex,
    }
}

fn header(out: &mut String, child: &Child, year: Year) {
    let mother = match child.sex {
        'F' => child
            .mother_since
            .map_or("0,".to_owned(), |day| if day <= year.end { format!("1,{}", day.statutory()) } else { "0,".to_owned() }),
        _ => ",".to_owned(),
    };
    let upn = if child.upn.is_empty() {
        "UN2"
    } else if child.born.age_at(year.end) < 5 {
        "UN1"
    } else {
        child.upn.as_str()
    };
    line(out, format_args!("{},{},{},{},{upn},{mother}", child.id, sex(child, year), child.born.statutory(), child.ethnicity));
}

fn uasc(out: &mut String, child: &Child, year: Year) {
    let adult = child.born.anniversary(18);
    let ceased = if adult <= year.end { adult.statutory() } else { String::new() };
    line(out, format_args!("{},{},{},{ceased}", child.id, sex(child, year), child.born.statutory()));
}

/// An episode as the return of a year has it: open if it ends later, in the codes of that year.
fn row(out: &mut String, child: &Child, episode: &Episode, year: Year) {
    let (mut code, mut urn) = (episode.place, episode.urn);
    if code == place::K3 && year.number <= 2024 {
        // Supported accommodation was registered from 2023 and has its own code since the return of 2024-25.
        code = episode.before_registration;
        urn = domain::Code::BLANK;
    }
    if matches!(code, place::Z11 | place::Z12 | place::Z13 | place::Z14) && year.number <= 2025 {
        code = place::Z1;
    }
    let end =
        if episode.end <= year.end { format!("{},{},{}", episode.end.statutory(), episode.rec, episode.change) } else { ",,".to_owned() };
    let postcode = |postcode: Option<domain::Postcode>| postcode.map(|p| p.to_string()).unwrap_or_default();
    line(
        out,
        format_args!(
            "{},{},{},{},{},{code},{},{end},{},{},{urn}",
            child.id,
            episode.start.statutory(),
            episode.rne,
            episode.legal,
            episode.need,
            episode.provider,
            postcode(episode.home),
            postcode(episode.placed),
        ),
    );
}
