//! Registers of homes: the one that Ofsted publishes, and the list that an authority keeps of its own. Both become the same entries.

use std::collections::BTreeSet;

use domain::judgement::{Grade, Overall};
use domain::provider::Sector;
use domain::setting::Kind;
use domain::{Code, Day, Finding, Postcode, Severity, Treatment};
use reference::ofsted::{self, Provision};

use crate::sheet::{Refusal, Remark, Sheet, read};

/// One setting, as a register has it on a day. Nothing stands for what the register does not say, which is not the same as none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Ofsted's number.
    pub urn: Code,
    /// What it is.
    pub kind: Kind,
    /// Who runs it.
    pub sector: Sector,
    /// The organisation that runs it; empty where it is not published.
    pub owner: String,
    /// Its name, where the register gives one: Ofsted publishes none.
    pub name: Option<String>,
    /// The authority in which it lies, by the Department's number.
    pub area: Option<u32>,
    /// Where it is.
    pub postcode: Option<Postcode>,
    /// Registered places; nothing for agencies.
    pub places: Option<u32>,
    /// Youngest and oldest age, where the register says.
    pub ages: (Option<u32>, Option<u32>),
    /// First day on the register.
    pub opened: Option<Day>,
    /// First day off it.
    pub closed: Option<Day>,
    /// Whether its registration is suspended.
    pub status: Status,
    /// The latest full inspection; nothing where there was none yet, or none is published.
    pub judged: Option<Judged>,
}

/// The state of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// In force.
    Active,
    /// Suspended.
    Suspended,
    /// The register does not say.
    Unsaid,
}

/// A latest inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// When.
    pub day: Day,
    /// Overall.
    pub overall: Overall,
    /// How well children are helped and protected.
    pub protected: Option<Grade>,
    /// Leaders and managers.
    pub leaders: Option<Grade>,
}

/// A register, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// The day on which it was so; nothing where the register does not say.
    pub as_at: Option<Day>,
    /// Whether what is missing from it has left it: so with Ofsted's, not with an authority's own list.
    pub scope: Scope,
    /// Its settings, by number.
    pub entries: Vec<Entry>,
}

/// What a register says by silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every registered setting of the areas in it is in it.
    Whole,
    /// It is a list of some.
    Some,
}

/// The columns of Ofsted's register, as its underlying data have them.
pub const OFSTED: [&str; 14] = [
    "urn",
    "provision_type",
    "sector",
    "dfe_number",
    "places",
    "registration_date",
    "registration_status",
    "owner",
    "overall_judgement",
    "inspection_date",
    "helped_and_protected",
    "leaders_and_managers",
    "short_break_only",
    "as_at",
];

/// The columns of an authority's own list.
pub const OWN: [&str; 14] = [
    "urn",
    "name",
    "type",
    "sector",
    "owner",
    "dfe_number",
    "postcode",
    "places",
    "age_from",
    "age_to",
    "judgement",
    "inspected",
    "opened",
    "closed",
];

/// Reads a register of either kind, told apart by its columns. Entries come sorted by number, each number once.
pub fn read_register(file: &str, bytes: &[u8]) -> (Register, Vec<Finding>) {
    let heading = bytes.split(|&byte| byte == b'\n').next().map(String::from_utf8_lossy).unwrap_or_default().to_lowercase();
    let (mut register, mut findings) = if heading.contains("provision_type") { ofsted(file, bytes) } else { own(file, bytes) };
    register.entries.sort_by_key(|entry| entry.urn);
    let mut seen = BTreeSet::new();
    register.entries.retain(|entry| {
        let first = seen.insert(entry.urn);
        if !first {
            findings.push(twice(file, entry.urn));
        }
        first
    });
    (register, findings)
}

fn twice(file: &str, urn: Code) -> Finding {
    Finding {
        rule: RULE,
        severity: Severity::Error,
        file: file.to_owned(),
        table: TABLE,
        year: 0,
        row: 0,
        child: String::new(),
        column: "urn".to_owned(),
        value: urn.to_string(),
        message: format!("{file} has number {urn} twice: keep the line that is right."),
        action: Treatment::SetAside,
    }
}

const TABLE: &str = "Register";
const RULE: &str = "register-line";

fn ofsted(file: &str, bytes: &[u8]) -> (Register, Vec<Finding>) {
    let sheet = Sheet { file, table: TABLE, rule: RULE };
    let (rows, findings) = read(sheet, bytes, OFSTED, |cells, remarks| {
        let [urn, kind, sector, area, places, opened, status, owner, overall, inspected, protected, leaders, short, as_at] = cells;
        let provision = Provision::read(kind).ok_or(("provision_type", "is no type of provision that Ofsted registers"))?;
        let kind = if short == "1" && provision == Provision::ChildrensHome { Kind::ShortBreaksHome } else { kind_of(provision) };
        let as_at = day(as_at, "as_at")?.ok_or(("as_at", "is empty: write the day of the register"))?;
        let status = match status.to_lowercase().as_str() {
            "active" => Status::Active,
            "suspended" => Status::Suspended,
            _ => return Err(("registration_status", "is neither Active nor Suspended")),
        };
        let grade = |text: &str| ofsted::read_judgement(text);
        let judged = judged(grade(overall).map(Overall::graded), inspected, "inspection_date", remarks)?;
        let judged = judged.map(|judged| Judged { protected: grade(protected), leaders: grade(leaders), ..judged });
        let entry = Entry {
            urn: number(urn)?,
            kind,
            sector: sector_of(sector)?,
            owner: owner.to_owned(),
            name: None,
            area: area_of(area)?,
            postcode: None,
            places: places_of(places)?,
            ages: (None, None),
            opened: day(opened, "registration_date")?,
            closed: None,
            status,
            judged,
        };
        Ok((as_at, entry))
    });
    let as_at = rows.iter().map(|(day, _)| *day).max();
    (Register { as_at, scope: Scope::Whole, entries: rows.into_iter().map(|(_, entry)| entry).collect() }, findings)
}

fn own(file: &str, bytes: &[u8]) -> (Register, Vec<Finding>) {
    let sheet = Sheet { file, table: TABLE, rule: RULE };
    let (entries, findings) = read(sheet, bytes, OWN, |cells, remarks| {
        let [urn, name, kind, sector, owner, area, postcode, places, youngest, oldest, judgement, inspected, opened, closed] = cells;
        if name.is_empty() {
            return Err(("name", "is empty: every home has a name"));
        }
        let overall = ofsted::read_judgement(judgement)
            .map(Overall::graded)
            .or_else(|| Overall::ALL.into_iter().find(|one| one.word() == judgement.to_lowercase()));
        if overall.is_none() && !matches!(judgement.to_lowercase().as_str(), "" | "not yet inspected") {
            return Err(("judgement", "is no judgement: write Good, outcome-1, Not yet inspected, …, or leave it empty"));
        }
        let postcode = match postcode {
            "" => None,
            text => Some(text.parse().map_err(|_| ("postcode", "is no postcode"))?),
        };
        let age = |text: &str, column| if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| (column, "is no age")) };
        let ages = (age(youngest, "age_from")?, age(oldest, "age_to")?);
        if let (Some(youngest), Some(oldest)) = ages
            && youngest > oldest
        {
            return Err(("age_from", "is above age_to: exchange the two"));
        }
        Ok(Entry {
            urn: number(urn)?,
            kind: own_kind(kind).ok_or(("type", "is no type of home: see `placewell record homes import --help`"))?,
            sector: sector_of(sector)?,
            owner: owner.to_owned(),
            name: Some(name.to_owned()),
            area: area_of(area)?,
            postcode,
            places: places_of(places)?,
            ages,
            opened: day(opened, "opened")?,
            closed: day(closed, "closed")?,
            status: Status::Unsaid,
            judged: judged(overall, inspected, "inspected", remarks)?,
        })
    });
    (Register { as_at: None, scope: Scope::Some, entries }, findings)
}

/// A judgement needs its day: without one it is left out, and said.
fn judged(overall: Option<Overall>, inspected: &str, column: &'static str, remarks: &mut Vec<Remark>) -> Result<Option<Judged>, Refusal> {
    let Some(overall) = overall else { return Ok(None) };
    let Some(day) = day(inspected, column)? else {
        let said = "is empty: a judgement without its day is left out, because grades change.".to_owned();
        remarks.push((column, Severity::Warning, Treatment::Kept, said));
        return Ok(None);
    };
    Ok(Some(Judged { day, overall, protected: None, leaders: None }))
}

fn number(text: &str) -> Result<Code, Refusal> {
    let figures = text.len() >= 5 && text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    Code::parse(text.as_bytes()).filter(|_| figures).ok_or(("urn", "is no number of Ofsted's: it has five to eight figures"))
}

fn day(text: &str, column: &'static str) -> Result<Option<Day>, Refusal> {
    if text.is_empty() { Ok(None) } else { Day::parse(text.as_bytes()).map(Some).ok_or((column, "is not a date: write 2026-04-01")) }
}

fn places_of(text: &str) -> Result<Option<u32>, Refusal> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| ("places", "is not a whole number of places")) }
}

fn area_of(text: &str) -> Result<Option<u32>, Refusal> {
    if text.is_empty() {
        Ok(None)
    } else {
        text.parse().map(Some).map_err(|_| ("dfe_number", "is not the Department's number of an authority"))
    }
}

fn sector_of(text: &str) -> Result<Sector, Refusal> {
    let read = ofsted::Sector::read(text)
        .ok_or(("sector", "is no sector: write Private, Voluntary, Local authority, Health authority or Academy"))?;
    Ok(match read {
        ofsted::Sector::Private => Sector::Private,
        ofsted::Sector::Voluntary => Sector::Voluntary,
        ofsted::Sector::LocalAuthority => Sector::LocalAuthority,
        ofsted::Sector::Health => Sector::Health,
        ofsted::Sector::Academy => Sector::Academy,
    })
}

const fn kind_of(provision: Provision) -> Kind {
    match provision {
        Provision::ChildrensHome => Kind::ChildrensHome,
        Provision::SecureChildrensHome => Kind::SecureHome,
        Provision::SchoolRegisteredAsHome => Kind::SchoolHome,
        Provision::FosteringAgency => Kind::FosteringAgency,
        Provision::FamilyCentre => Kind::FamilyCentre,
        Provision::ResidentialSpecialSchool => Kind::ResidentialSchool,
        Provision::VoluntaryAdoptionAgency => Kind::AdoptionAgency,
        Provision::BoardingSchool
        | Provision::ResidentialCollege
        | Provision::AdoptionSupportAgency
        | Provision::HolidayScheme
        | Provision::SecureTrainingCentre => Kind::Other,
    }
}

/// Ofsted's words for what it registers, and ours for what it does not list so.
fn own_kind(text: &str) -> Option<Kind> {
    let provision = Provision::read(text).map(kind_of);
    let label = || Kind::ALL.into_iter().find(|kind| kind.label().eq_ignore_ascii_case(text) || kind.word() == text);
    provision.or_else(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ofsted_line(line: &str) -> (Register, Vec<Finding>) {
        read_register("register.csv", format!("{}\n{line}\n", OFSTED.join(",")).as_bytes())
    }

    #[test]
    fn a_line_of_the_published_register_is_read() {
        let line = "1230001,Children's home,Private,892,4,2019-05-01,Suspended,Elm Care Ltd,Requires improvement to be good,2026-02-03,Good,Inadequate,0,2026-03-31";
        let (register, findings) = ofsted_line(line);
        assert!(findings.is_empty(), "{findings:?}");
        let entry = &register.entries[0];
        assert_eq!((register.scope, register.as_at), (Scope::Whole, Some(Day::year_end(2026))));
        assert_eq!((entry.kind, entry.places, entry.area, entry.status), (Kind::ChildrensHome, Some(4), Some(892), Status::Suspended));
        let judged = entry.judged.unwrap();
        assert_eq!(
            (judged.overall, judged.protected, judged.leaders),
            (Overall::RequiresImprovement, Some(Grade::Good), Some(Grade::Inadequate))
        );
        let (register, _) =
            ofsted_line(&line.replace(",0,2026", ",1,2026").replace("Requires improvement to be good", "Not yet inspected"));
        assert_eq!((register.entries[0].kind, register.entries[0].judged), (Kind::ShortBreaksHome, None));
    }

    #[test]
    fn an_own_list_is_read_and_its_faults_are_named() {
        let read = |line: &str| read_register("settings.csv", format!("{}\n{line}\n", OWN.join(",")).as_bytes());
        let (register, findings) =
            read("9000001,Elm,Supported accommodation,Private,Elm Care,892,NG1 5DT,3,16,17,outcome-2,2026-01-05,2023-10-28,");
        assert!(findings.is_empty(), "{findings:?}");
        let entry = &register.entries[0];
        assert_eq!(
            (entry.kind, entry.ages, entry.judged.unwrap().overall),
            (Kind::SupportedUnsaid, (Some(16), Some(17)), Overall::Outcome2)
        );
        for (line, said) in [
            ("SC1,Elm,Children's home,Private,,,,3,,,,,,", "urn “SC1” is no number of Ofsted's"),
            ("9000001,,Children's home,Private,,,,3,,,,,,", "name “” is empty"),
            ("9000001,Elm,Castle,Private,,,,3,,,,,,", "type “Castle” is no type of home"),
            ("9000001,Elm,Children's home,Private,,,,3,12,9,,,,", "age_from “12” is above age_to"),
            ("9000001,Elm,Children's home,Private,,,,3,,,Fine,,,", "judgement “Fine” is no judgement"),
        ] {
            let (register, findings) = read(line);
            assert!(register.entries.is_empty() && findings[0].message.contains(said), "{findings:?}");
        }
        let (register, findings) =
            read("9000001,Elm,Children's home,Private,,,,3,,,Good,,,\n9000001,Elm,Children's home,Private,,,,3,,,,,,");
        assert_eq!((register.entries.len(), register.entries[0].judged), (1, None));
        let said: Vec<&str> = findings.iter().map(|one| one.message.as_str()).collect();
        assert!(
            said[0].contains("inspected “” is empty") && said[1] == "settings.csv has number 9000001 twice: keep the line that is right.",
            "{said:?}"
        );
    }
}
