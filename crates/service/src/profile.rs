//! What an authority says of itself: a small file, `authority.toml`, beside its returns. None of it is in the statutory files.

use std::collections::BTreeMap;

use analysis::measure::Locality;
use domain::Postcode;
use reference::authority::Authority;
use reference::{AreaId, authority, neighbour};
use serde::Deserialize;

/// Who the returns are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Name as people read it.
    pub name: String,
    /// Whether everything about it is made up.
    pub fictitious: bool,
    /// The English authority whose boundary is its own: itself, or the one whose geography a fictitious authority borrows.
    pub area: Option<AreaId>,
    /// Residents aged 0 to 17 by mid-year, where the published ones are not its own.
    pub population_0_17: BTreeMap<u32, u32>,
    /// Whom it is compared with.
    pub neighbours: Vec<AreaId>,
    /// What it calls local, where that is not the default of 20 miles from home (dossier A088-A091).
    pub locality: Option<Locality>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default)]
    fictitious: bool,
    #[expect(dead_code, reason = "for people who read the file; the region follows from the geography")]
    region: Option<String>,
    #[expect(dead_code, reason = "for people who read the file; what is local is said under local")]
    centre_postcode: Option<String>,
    #[serde(default)]
    neighbours: Vec<String>,
    geography: Option<Geography>,
    #[serde(default)]
    population_0_17: BTreeMap<String, u32>,
    local: Option<Local>,
}

/// Whose boundary counts as its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Geography {
    authority: String,
    #[expect(dead_code, reason = "for people who read the file; the name decides")]
    dfe_number: Option<String>,
    #[expect(dead_code, reason = "for people who read the file; the name decides")]
    ons_code: Option<String>,
}

/// `local = { miles = 20, from = "home" }`, `from` a postcode, or `local = { inside = "boundary" }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Local {
    miles: Option<f64>,
    from: Option<String>,
    inside: Option<String>,
}

impl Profile {
    /// An English authority, from published facts alone.
    pub fn of(authority: &Authority) -> Self {
        Self {
            name: authority.name.to_owned(),
            fictitious: false,
            area: Some(authority.id),
            population_0_17: BTreeMap::new(),
            neighbours: neighbour::statistical(authority.id).iter().map(|neighbour| neighbour.area).collect(),
            locality: None,
        }
    }

    /// A name that no published table knows: children are counted, places cannot be told inside from outside.
    pub fn unknown(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            fictitious: false,
            area: None,
            population_0_17: BTreeMap::new(),
            neighbours: Vec::new(),
            locality: None,
        }
    }

    /// Reads `authority.toml`.
    ///
    /// # Errors
    /// A sentence that names what in the file cannot be understood.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|fault| format!("authority.toml cannot be read: {}", fault.message()))?;
        let area = match file.geography {
            None => authority::find(&file.name).ok().map(|found| found.id),
            Some(Geography { authority: name, .. }) => {
                Some(authority::find(&name).map_err(|missing| format!("authority.toml: geography: {missing}"))?.id)
            }
        };
        let mut population_0_17 = BTreeMap::new();
        for (year, residents) in file.population_0_17 {
            let year = year.parse().map_err(|_| format!("authority.toml: population_0_17: “{year}” is not a year"))?;
            population_0_17.insert(year, residents);
        }
        let named =
            |name: &String| authority::find(name).map(|found| found.id).map_err(|missing| format!("authority.toml: neighbours: {missing}"));
        let mut neighbours = file.neighbours.iter().map(named).collect::<Result<Vec<_>, _>>()?;
        if let (true, Some(area)) = (neighbours.is_empty(), area) {
            neighbours = neighbour::statistical(area).iter().map(|neighbour| neighbour.area).collect();
        }
        let locality = file.local.as_ref().map(locality).transpose()?;
        Ok(Self { name: file.name, fictitious: file.fictitious, area, population_0_17, neighbours, locality })
    }
}

fn locality(local: &Local) -> Result<Locality, String> {
    let tenths = || match local.miles {
        Some(miles) if (0.0..1000.0).contains(&miles) => Ok((miles * 10.0).round() as u32),
        _ => Err("authority.toml: local needs miles, for example miles = 20".to_owned()),
    };
    match (local.inside.as_deref(), local.from.as_deref()) {
        (Some("boundary"), None) => Ok(Locality::InsideBoundary),
        (None, None | Some("home")) => Ok(Locality::FromHome { tenths: tenths()? }),
        (None, Some(point)) => match Postcode::parse(point.as_bytes()) {
            Some(centre) => Ok(Locality::FromCentre { centre, tenths: tenths()? }),
            None => Err(format!("authority.toml: local: “{point}” is neither “home” nor a postcode")),
        },
        _ => Err("authority.toml: local: say either inside = \"boundary\", or miles and from".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fictitious_authority_borrows_a_real_boundary() {
        let profile = Profile::read(
            "name = \"Exampleshire\"\nfictitious = true\nneighbours = [\"Derbyshire\", \"Staffordshire\"]\n\
             [geography]\nauthority = \"Nottinghamshire\"\n[population_0_17]\n2024 = 160000\n",
        )
        .unwrap();
        assert_eq!((profile.area, profile.fictitious), (Some(AreaId(891)), true));
        assert_eq!(profile.population_0_17.get(&2024), Some(&160_000));
        assert_eq!(profile.neighbours.len(), 2);
    }

    #[test]
    fn a_bad_file_is_answered_with_a_sentence() {
        for (text, said) in [
            ("nam = \"X\"", "unknown field"),
            ("name = \"X\"\n[geography]\nauthority = \"Notingham\"", "the nearest names are Nottingham"),
            ("name = \"X\"\nlocal = { miles = 20, from = \"nowhere\" }", "neither “home” nor a postcode"),
            ("name = \"X\"\n[population_0_17]\nnow = 5", "“now” is not a year"),
        ] {
            let answer = Profile::read(text).unwrap_err();
            assert!(answer.contains(said), "{answer}");
        }
    }
}
