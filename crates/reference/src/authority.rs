//! The authorities with children's services, by any of their names, numbers and codes, and the regions they lie in.

use std::collections::HashMap;
use std::sync::OnceLock;

use domain::Day;

use crate::AreaId;
use crate::area::Level;
use crate::embedded::rows;

/// An upper-tier authority: one of 153 today, or of five abolished since 2019 that earlier figures still use (dossier F20).
#[derive(Debug)]
pub struct Authority {
    /// The Department's number.
    pub id: AreaId,
    /// Official name: `Kingston upon Hull, City of`.
    pub name: &'static str,
    /// Name for tight places.
    pub short_name: &'static str,
    /// ONS code in the Department's statistics.
    pub ons_code: &'static str,
    /// ONS code since April 2025; nothing if the authority is abolished.
    pub ons_code_2025: Option<&'static str>,
    /// An earlier ONS code of the same authority and the last day it was in use.
    pub former_ons_code: Option<(&'static str, Day)>,
    /// The region it lies in.
    pub region: AreaId,
    /// Inner or Outer London, for boroughs.
    pub subregion: Option<AreaId>,
    /// What kind of council it is.
    pub class: Class,
    /// First day, where inside 2019-2023.
    pub valid_from: Option<Day>,
    /// Last day, if abolished.
    pub valid_to: Option<Day>,
    /// Whose place it took.
    pub predecessors: Vec<AreaId>,
    /// Who took its place.
    pub successors: Vec<AreaId>,
    /// What a reader should know, in plain words; may be empty.
    pub note: &'static str,
    /// Mean of its unit postcodes, so near where people live: latitude and longitude in WGS84 degrees. Not known for three abolished ones.
    pub centroid: Option<(f64, f64)>,
}

/// What kind of council an authority is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Unitary authority.
    Unitary,
    /// Metropolitan district.
    Metropolitan,
    /// London borough, and the City.
    London,
    /// County council.
    County,
}

/// England, a region, or Inner or Outer London.
#[derive(Debug)]
pub struct Region {
    /// The Department's number.
    pub id: AreaId,
    /// England, region or part of London.
    pub level: Level,
    /// Name.
    pub name: &'static str,
    /// ONS code.
    pub ons_code: &'static str,
}

/// No authority has that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no authority is called '{name}'{}", if near.is_empty() { String::new() } else { format!("; the nearest names are {}", near.join(", ")) })]
pub struct NotFound {
    /// What was asked for.
    pub name: String,
    /// Names like it, nearest first; empty if none is like it.
    pub near: Vec<&'static str>,
}

impl Authority {
    /// Whether it exists today.
    pub const fn is_current(&self) -> bool {
        self.valid_to.is_none()
    }

    /// Whether it existed on a day.
    pub fn existed_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// All 158 authorities, by number.
pub fn all() -> &'static [Authority] {
    &directory().authorities
}

/// The 153 authorities of today, by number.
pub fn current() -> impl Iterator<Item = &'static Authority> {
    all().iter().filter(|authority| authority.is_current())
}

/// The authority with this number.
pub fn by_id(id: AreaId) -> Option<&'static Authority> {
    let authorities = all();
    authorities.binary_search_by_key(&id, |authority| authority.id).ok().map(|at| &authorities[at])
}

/// The authority with this ONS code, of whichever generation.
pub fn by_ons_code(code: &str) -> Option<&'static Authority> {
    directory().by_ons_code.get(code).and_then(|&id| by_id(id))
}

/// The authority of today that a person means. See [`find_on`].
pub fn find(name: &str) -> Result<&'static Authority, NotFound> {
    directory().find(name, Authority::is_current)
}

/// The authority that a person meant on a day: "Dorset" is 835 until March 2019 and 838 since.
///
/// A name is any spelling that a publisher uses, in any case and punctuation, with or without words such as "council" and "City of";
/// or the Department's number; or an ONS code. One that existed on the day is preferred; an abolished one is found if no other has the name.
pub fn find_on(name: &str, day: Day) -> Result<&'static Authority, NotFound> {
    directory().find(name, |authority| authority.existed_on(day))
}

/// England, the regions and the parts of London, by number.
pub fn regions() -> &'static [Region] {
    static REGIONS: OnceLock<Vec<Region>> = OnceLock::new();
    REGIONS.get_or_init(|| {
        rows(include_bytes!("../data/regions.csv"), |row| {
            let id = AreaId::parse(row.cell("area"))?;
            Some(Region { id, level: id.level(), name: row.text("name"), ons_code: row.text("code") })
        })
    })
}

/// The name of any area: authority, region, England, class of authority.
pub fn name(area: AreaId) -> Option<&'static str> {
    match area.level() {
        Level::Authority => by_id(area).map(|authority| authority.name),
        Level::Class => {
            Some(["Unitary authorities", "Metropolitan districts", "London boroughs", "County councils"][usize::from(area.0) - 1])
        }
        _ => regions().iter().find(|region| region.id == area).map(|region| region.name),
    }
}

struct Directory {
    authorities: Vec<Authority>,
    by_ons_code: HashMap<&'static str, AreaId>,
    /// Every spelling in [`plain`] form with whom it means, sorted.
    spellings: Vec<(String, AreaId)>,
    /// Spellings without the words that people add and leave out, where one authority alone is left.
    cores: HashMap<String, AreaId>,
}

fn directory() -> &'static Directory {
    static DIRECTORY: OnceLock<Directory> = OnceLock::new();
    DIRECTORY.get_or_init(Directory::read)
}

impl Directory {
    fn read() -> Self {
        let mut authorities = rows(include_bytes!("../data/authorities.csv"), read_authority);
        authorities.sort_by_key(|authority| authority.id);
        let mut by_ons_code = HashMap::new();
        for authority in &authorities {
            let former = authority.former_ons_code.map(|(code, _)| code);
            for code in [Some(authority.ons_code), authority.ons_code_2025, former].into_iter().flatten() {
                by_ons_code.insert(code, authority.id);
            }
        }
        let mut spellings = rows(include_bytes!("../data/authority_names.csv"), |row| {
            Some((plain(row.cell("name")), AreaId::parse(row.cell("dfe_number"))?))
        });
        spellings.extend(authorities.iter().flat_map(|a| [(plain(a.name), a.id), (plain(a.short_name), a.id)]));
        spellings.sort();
        spellings.dedup();
        let mut cores: HashMap<String, Option<AreaId>> = HashMap::new();
        for (spelling, id) in &spellings {
            let one = cores.entry(core(spelling)).or_insert(Some(*id));
            if *one != Some(*id) {
                *one = None;
            }
        }
        let cores = cores.into_iter().filter_map(|(core, id)| Some((core, id?))).collect();
        Self { authorities, by_ons_code, spellings, cores }
    }

    fn find(&'static self, name: &str, preferred: impl Fn(&Authority) -> bool) -> Result<&'static Authority, NotFound> {
        let asked = plain(name);
        let first = self.spellings.partition_point(|(spelling, _)| *spelling < asked);
        let same: Vec<&Authority> =
            self.spellings[first..].iter().take_while(|(spelling, _)| *spelling == asked).filter_map(|&(_, id)| by_id(id)).collect();
        let exact = same.iter().copied().find(|&authority| preferred(authority)).or_else(|| same.first().copied());
        exact
            .or_else(|| self.cores.get(&core(&asked)).and_then(|&id| by_id(id)))
            .or_else(|| by_id(AreaId::parse(name.trim())?))
            .or_else(|| by_ons_code(&name.trim().to_ascii_uppercase()))
            .ok_or_else(|| NotFound { name: name.trim().to_owned(), near: self.near(&asked, preferred) })
    }

    /// Up to five names like the one asked for, nearest first. A part of a name ("notting", "wirral borough") counts as like it.
    fn near(&self, asked: &str, preferred: impl Fn(&Authority) -> bool) -> Vec<&'static str> {
        const LIKE: f64 = 0.8;
        if asked.is_empty() {
            return Vec::new();
        }
        let mut best: HashMap<AreaId, f64> = HashMap::new();
        for (spelling, id) in &self.spellings {
            let part = if asked.len() >= 3 && spelling.contains(asked) { 1.0 } else { 0.0 };
            let likeness = strsim::jaro_winkler(spelling, asked).max(strsim::jaro_winkler(&core(spelling), &core(asked)));
            let held = best.entry(*id).or_insert(0.0);
            *held = held.max(part + likeness);
        }
        let mut like: Vec<(f64, &'static str)> = best
            .into_iter()
            .filter(|&(_, likeness)| likeness >= LIKE)
            .filter_map(|(id, likeness)| by_id(id).filter(|authority| preferred(authority)).map(|authority| (likeness, authority.name)))
            .collect();
        like.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        like.into_iter().take(5).map(|(_, name)| name).collect()
    }
}

fn read_authority(row: &crate::embedded::Row<'_>) -> Option<Authority> {
    let some = |column| Some(row.text(column)).filter(|text| !text.is_empty());
    let areas = |column| row.cell(column).split(';').filter_map(AreaId::parse).collect();
    let region = regions().iter().find(|region| region.ons_code == row.cell("region_code"))?.id;
    Some(Authority {
        id: AreaId::parse(row.cell("dfe_number"))?,
        name: row.text("name"),
        short_name: row.text("short_name"),
        ons_code: row.text("ons_code"),
        ons_code_2025: some("ons_code_2025"),
        former_ons_code: some("former_ons_codes")
            .and_then(|text| text.split_once(" to "))
            .and_then(|(code, last)| Some((code, Day::parse(last.as_bytes())?))),
        region,
        subregion: regions().iter().find(|region| region.ons_code == row.cell("subregion_code")).map(|region| region.id),
        class: match row.cell("type_code") {
            "MD" => Class::Metropolitan,
            "LB" => Class::London,
            "CC" => Class::County,
            _ => Class::Unitary,
        },
        valid_from: row.day("valid_from"),
        valid_to: row.day("valid_to"),
        predecessors: areas("predecessors"),
        successors: areas("successors"),
        note: row.text("note"),
        centroid: row.number("lat").zip(row.number("lon")),
    })
}

/// A name as compared: lower case, `&` as "and", letters, digits and single spaces only.
fn plain(name: &str) -> String {
    let spaced: String = name
        .replace('&', " and ")
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '.'))
        .map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A plain name without the words that people add and leave out. "City of London" keeps its words: London alone is a region.
fn core(plain: &str) -> String {
    const ADDED: [&str; 18] = [
        "authority",
        "borough",
        "cc",
        "city",
        "corporation",
        "council",
        "county",
        "district",
        "lb",
        "london",
        "mbc",
        "mdc",
        "metropolitan",
        "of",
        "royal",
        "the",
        "ua",
        "unitary",
    ];
    let words: Vec<&str> = plain.split(' ').filter(|word| !ADDED.contains(word)).collect();
    if words.is_empty() { plain.to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_authorities_are_held() {
        assert_eq!((all().len(), current().count()), (158, 153));
        assert_eq!(regions().len(), 12);
        assert_eq!(all().iter().filter(|authority| authority.centroid.is_none()).count(), 3);
        assert_eq!(all().iter().filter(|authority| authority.former_ons_code.is_some()).count(), 5);
        assert_eq!(name(AreaId(983)), Some("East Midlands"));
        assert_eq!(name(AreaId::ENGLAND), Some("England"));
        assert_eq!(by_id(AreaId(202)).unwrap().subregion, Some(AreaId::INNER_LONDON));
    }

    #[test]
    fn each_spelling_of_each_publisher_is_found() {
        for (spelling, id) in &directory().spellings {
            let found = find(spelling).unwrap().id;
            assert!(found == *id || spelling == "dorset", "{spelling}: {found} for {id}");
        }
    }

    #[test]
    fn names_are_found_as_people_write_them() {
        for (asked, id) in [
            ("nottingham", 892),
            ("City of Nottingham", 892),
            ("Nottingham UA", 892),
            ("NOTTINGHAM CITY COUNCIL", 892),
            ("Nottinghamshire County Council", 891),
            ("Bristol, City of", 801),
            ("bristol", 801),
            ("Hull", 810),
            ("St Helens", 342),
            ("St. Helen's", 342),
            ("Brighton & Hove", 846),
            ("London Borough of Camden", 202),
            ("Royal Borough of Kensington and Chelsea", 207),
            ("City of London", 201),
            ("Durham", 840),
            ("County Durham", 840),
            ("892", 892),
            ("E06000018", 892),
            ("e08000038", 370),
            ("Dorset", 838),
            ("Northamptonshire", 928),
        ] {
            assert_eq!(find(asked).map(|found| found.id), Ok(AreaId(id)), "{asked}");
        }
    }

    #[test]
    fn dorset_is_told_by_date() {
        let on = |text: &str| find_on("Dorset", Day::parse(text.as_bytes()).unwrap()).unwrap().id;
        assert_eq!((on("2019-03-31"), on("2019-04-01")), (AreaId(835), AreaId(838)));
    }

    #[test]
    fn an_unknown_name_gets_the_near_ones() {
        let near = |asked: &str| find(asked).unwrap_err().near;
        assert_eq!(near("Notingham")[0], "Nottingham");
        assert_eq!(near("Notts")[..2], ["Nottinghamshire", "Nottingham"]);
        assert!(near("Yorkshire").contains(&"North Yorkshire"));
        assert!(near("Northampton").contains(&"West Northamptonshire"));
        assert_eq!(near("Qqqq"), Vec::<&str>::new());
        assert_eq!(near(""), Vec::<&str>::new());
        assert!(find("London").is_err(), "a region is no authority");
        assert!(
            find("Notingham").unwrap_err().to_string().starts_with("no authority is called 'Notingham'; the nearest names are Nottingham")
        );
    }

    #[test]
    fn both_generations_of_ons_codes_are_known() {
        for (code, id) in
            [("E08000016", 370), ("E08000038", 370), ("E08000039", 373), ("E10000023", 815), ("E06000065", 815), ("E08000020", 390)]
        {
            assert_eq!(by_ons_code(code).map(|found| found.id), Some(AreaId(id)), "{code}");
        }
        assert!(by_ons_code("W06000015").is_none());
    }
}
