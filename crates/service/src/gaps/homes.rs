//! Supply and requests in people's words, as homes that can be set against need.

use domain::Day;
use domain::supply::{Notice, Supply, Vehicle};
use forecast::gap::{Area, Home, Lot, Special, Wanted};
use forecast::paths::Pick;
use forecast::scenario::{Ages, NewHome, Scenario, Sector};
use ingest::supply::Sought;

use crate::holdings::Holding;
use crate::profile::Profile;

/// A row of the supply, understood.
#[derive(Clone, Debug)]
pub(super) struct Understood<'a> {
    row: &'a Supply,
    home: Home,
    special: Special,
    area: Area,
    notice: Notice,
}

impl Understood<'_> {
    /// The row that it was read from.
    pub(super) const fn row(&self) -> &Supply {
        self.row
    }

    const fn ages(&self) -> Ages {
        Ages { from: self.row.ages.0, to: self.row.ages.1 }
    }

    /// As it is on a day.
    pub(super) fn on(&self, day: Day) -> Lot {
        let usable = self.row.places_on(day);
        let open = self.row.from.is_none_or(|from| from <= day) && self.row.to.is_none_or(|to| day <= to);
        Lot {
            home: self.home,
            special: self.special,
            ages: self.ages(),
            registered: self.row.registered,
            usable,
            not_in_force: if open { 0 } else { self.row.usable.unwrap_or(self.row.registered).min(self.row.registered) },
            vehicle: self.row.vehicle,
            area: self.area,
            notice: self.notice,
        }
    }
}

/// Understands the rows for one authority of the returns, or for all; those whose type nobody stocks, or that names no home, are said and left out.
/// Where one of several is meant, its own area alone is inside, and what others have for themselves in theirs is not for it.
pub(super) fn read<'a>(
    file: &str,
    supply: &'a [Supply],
    holding: &Holding,
    whose: Pick,
    warnings: &mut Vec<String>,
) -> Vec<Understood<'a>> {
    let (ours, others) = match whose {
        Pick::Sum => (&holding.profiles[..], Vec::new()),
        Pick::One(at) => (&holding.profiles[at..=at], [&holding.profiles[..at], &holding.profiles[at + 1..]].concat()),
    };
    let is_theirs =
        |row: &Supply| !row.vehicle.is_shared() && !is_local(&row.area, ours) && others.iter().any(|other| is_of(&row.area, other));
    let theirs = supply.iter().filter(|row| is_theirs(row)).count();
    if theirs > 0 {
        warnings.push(format!(
            "{file}: {theirs} {} other authorities of these returns have for themselves in their own areas (own or block) are left out.",
            if theirs == 1 { "line of homes that" } else { "lines of homes that" }
        ));
    }
    let mut understood = Vec::new();
    let mut strange: Vec<&str> = Vec::new();
    for row in supply.iter().filter(|row| !is_theirs(row)) {
        let words = row.kind.to_lowercase();
        match home(&words) {
            Some(home) => understood.push(Understood {
                row,
                home,
                special: special(&words),
                area: if is_local(&row.area, ours) { Area::Inside } else { Area::Anywhere },
                notice: if words.contains("emergency") { Notice::Emergency } else { row.notice },
            }),
            None if !strange.contains(&row.kind.as_str()) => strange.push(&row.kind),
            None => {}
        }
    }
    if !strange.is_empty() {
        warnings.push(format!(
            "{file}: homes of type {} are left out. Kin, parents and adopters are found for one child and are not stocked; other types are written as foster, children's home, supported, secure or school.",
            strange.join(", ")
        ));
    }
    understood
}

/// The home that a type means; nothing for kin, parents, adopters and words that name none.
fn home(words: &str) -> Option<Home> {
    let has = |any: &[&str]| any.iter().any(|word| words.contains(word));
    if has(&["kinship", "connected person", "relative", "friend", "adopt", "with parents"]) || words == "parents" {
        None
    } else if has(&["foster", "carer"]) {
        Some(Home::Foster)
    } else if has(&["supported", "semi-independent", "semi independent", "lodging"]) {
        Some(Home::Supported)
    } else if has(&["secure"]) {
        Some(Home::Secure)
    } else if has(&["school"]) {
        Some(Home::School)
    } else if has(&["home", "residential", "mother and baby", "parent and child", "short break", "respite"]) {
        Some(Home::ChildrensHome)
    } else {
        None
    }
}

fn special(words: &str) -> Special {
    let has = |any: &[&str]| any.iter().any(|word| words.contains(word));
    if has(&["parent and child", "parent & child", "parent-and-child", "mother and baby"]) {
        Special::ParentAndChild
    } else if has(&["short break", "short-break", "respite"]) {
        Special::ShortBreaks
    } else if has(&["specialist", "complex", "therapeutic", "enhanced", "solo"]) {
        Special::Complex
    } else {
        Special::None
    }
}

fn is_local(area: &str, profiles: &[Profile]) -> bool {
    let local = ["in", "in area", "inside", "local"];
    local.iter().any(|word| area.trim().eq_ignore_ascii_case(word)) || profiles.iter().any(|profile| is_of(area, profile))
}

/// Whether an area is an authority's, by its name or that of the area whose geography it has.
fn is_of(area: &str, profile: &Profile) -> bool {
    let area = area.trim();
    let borrowed = profile.area.and_then(reference::authority::name);
    !area.is_empty() && (area.eq_ignore_ascii_case(&profile.name) || borrowed.is_some_and(|name| area.eq_ignore_ascii_case(name)))
}

/// Of those placed in a children's home, how many were sought a foster home for.
pub(super) fn wanted(requests: &[Sought]) -> Wanted {
    let of = |kind: &str| home(&kind.to_lowercase());
    let mut wanted = Wanted::default();
    for request in requests.iter().filter(|request| of(&request.placed) == Some(Home::ChildrensHome)) {
        wanted.placed_in_homes += 1;
        wanted.sought_fostering += u32::from(of(&request.wanted) == Some(Home::Foster));
    }
    wanted
}

/// The new homes of a scenario on a day: the authority's own, in its area.
pub(super) fn opened(scenario: &Scenario, day: Day) -> Vec<Lot> {
    scenario.homes_open(day).into_iter().map(|(home, beds)| new_home(home, beds)).collect()
}

/// A new home with so many beds in use.
pub(super) const fn new_home(home: &NewHome, beds: u32) -> Lot {
    Lot {
        home: match home.sector {
            Sector::Fostering => Home::Foster,
            Sector::Residential => Home::ChildrensHome,
        },
        special: Special::None,
        ages: home.ages,
        registered: home.beds,
        usable: beds,
        not_in_force: home.beds - beds,
        vehicle: Vehicle::Own,
        area: Area::Inside,
        notice: Notice::Planned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_understood_as_people_write_them() {
        let cases = [
            ("Children's home", Some(Home::ChildrensHome), Special::None),
            ("external-home", Some(Home::ChildrensHome), Special::None),
            ("Internal residential", Some(Home::ChildrensHome), Special::None),
            ("Specialist foster care", Some(Home::Foster), Special::Complex),
            ("in-house-fostering", Some(Home::Foster), Special::None),
            ("Parent and child fostering", Some(Home::Foster), Special::ParentAndChild),
            ("Short breaks unit", Some(Home::ChildrensHome), Special::ShortBreaks),
            ("Supported accommodation", Some(Home::Supported), Special::None),
            ("Secure children's home", Some(Home::Secure), Special::None),
            ("Residential school", Some(Home::School), Special::None),
            ("Kinship", None, Special::None),
            ("adoptive", None, Special::None),
            ("boat", None, Special::None),
        ];
        for (kind, expected, particular) in cases {
            let words = kind.to_lowercase();
            assert_eq!((home(&words), special(&words)), (expected, particular), "{kind}");
        }
    }

    #[test]
    fn requests_tell_who_waits_for_a_carer() {
        let sought = |wanted: &str, placed: &str| Sought { wanted: wanted.into(), placed: placed.into() };
        let requests = [
            sought("in-house-fostering", "external-home"),
            sought("external-home", "external-home"),
            sought("in-house-fostering", "agency-fostering"),
            sought("supported", ""),
        ];
        assert_eq!(wanted(&requests), Wanted { placed_in_homes: 2, sought_fostering: 1 });
    }

    #[test]
    fn an_area_is_local_by_its_name_or_the_area_it_borrows() {
        let profiles = [Profile::unknown("Exampleshire")];
        assert!(is_local("exampleshire", &profiles) && is_local("in area", &profiles));
        assert!(!is_local("", &profiles) && !is_local("Derby", &profiles));
    }
}
