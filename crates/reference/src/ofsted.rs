//! What Ofsted registers and finds: settings with places, owners and judgements; who joined and left the register; and inspections of
//! authorities' own services.
//!
//! The register is of 31 March 2023: its shape holds, but it is no directory. Supported accommodation is absent (registration began in
//! April 2023), authorities' own fostering is neither graded nor listed, and registered places are not vacancies (dossier B10, F15, F16).

use std::sync::OnceLock;

use domain::Day;

use crate::AreaId;
use crate::embedded::{Row, deflated_rows};

/// A provider registered with Ofsted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Ofsted's unique reference number.
    pub urn: &'static str,
    /// What it is.
    pub provision: Provision,
    /// Who runs it.
    pub sector: Sector,
    /// The authority it lies in, as of the register's date: Cumbria is 909.
    pub area: AreaId,
    /// Registered places; nothing for agencies.
    pub places: Option<u32>,
    /// When it was registered.
    pub registered: Option<Day>,
    /// Whether its registration was suspended.
    pub suspended: bool,
    /// The owning organisation as published; nothing if it is not given.
    pub owner: Option<&'static str>,
    /// Latest full inspection; nothing if there was none yet, which is not Good (dossier F16).
    pub inspection: Option<Inspection>,
    /// Whether it gives short breaks only, so that its places are not homes.
    pub short_breaks_only: bool,
    /// Whether one registration covers several buildings.
    pub multi_building: bool,
}

/// A setting's latest full inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// When.
    pub day: Option<Day>,
    /// Overall.
    pub overall: Judgement,
    /// How well children are helped and protected.
    pub helped_and_protected: Option<Judgement>,
    /// Leaders and managers.
    pub leaders_and_managers: Option<Judgement>,
}

/// Ofsted's four-point scale, best first.
pub use domain::judgement::Grade as Judgement;

/// Types of provision that Ofsted registers or inspects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provision {
    /// Children's home.
    ChildrensHome,
    /// Secure children's home.
    SecureChildrensHome,
    /// Residential special school registered as a children's home.
    SchoolRegisteredAsHome,
    /// Independent fostering agency.
    FosteringAgency,
    /// Residential family centre.
    FamilyCentre,
    /// Residential special school.
    ResidentialSpecialSchool,
    /// Boarding school.
    BoardingSchool,
    /// Further education college with residential accommodation.
    ResidentialCollege,
    /// Voluntary adoption agency.
    VoluntaryAdoptionAgency,
    /// Adoption support agency.
    AdoptionSupportAgency,
    /// Residential holiday scheme for disabled children.
    HolidayScheme,
    /// Secure training centre.
    SecureTrainingCentre,
}

/// Who runs a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sector {
    /// For profit.
    Private,
    /// A charity or other voluntary body.
    Voluntary,
    /// A local authority.
    LocalAuthority,
    /// A health authority.
    Health,
    /// An academy.
    Academy,
}

/// A provider that joined or left the register between 1 April 2022 and 31 March 2023. One that did both has two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Ofsted's unique reference number.
    pub urn: &'static str,
    /// Whether it came or went.
    pub direction: Direction,
    /// What it is.
    pub provision: Provision,
    /// Who runs it.
    pub sector: Sector,
    /// The authority it lies in, as of the register's date.
    pub area: AreaId,
    /// Registered places; nothing for agencies.
    pub places: Option<u32>,
    /// Whether it gives short breaks only.
    pub short_breaks_only: bool,
    /// First day on the register.
    pub active_from: Option<Day>,
    /// First effective date of resignation, closure or cancellation; nothing for those still on it.
    pub ended: Option<Day>,
    /// As published.
    pub reason: &'static str,
}

/// Onto the register or off it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Joined.
    Joined,
    /// Left.
    Left,
}

/// An inspection of an authority's children's services (ILACS).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicesInspection {
    /// The authority.
    pub area: AreaId,
    /// When it was inspected.
    pub day: Option<Day>,
    /// When the report was published.
    pub published: Option<Day>,
    /// `ILACS Standard Inspection` or `ILACS Short Inspection`.
    pub kind: &'static str,
    /// Overall.
    pub overall: Judgement,
    /// Impact of leaders.
    pub leaders: Option<Judgement>,
    /// Children who need help and protection.
    pub help_and_protection: Option<Judgement>,
    /// Children in care.
    pub children_in_care: Option<Judgement>,
    /// Care leavers; judged since 2023.
    pub care_leavers: Option<Judgement>,
    /// Whether it is the authority's latest.
    pub is_latest: bool,
}

/// The day of the register.
pub const REGISTER_DAY: Day = Day::year_end(2023);

/// The day up to which [`services_inspections`] are held.
pub const INSPECTIONS_DAY: Day = Day::year_end(2025);

/// Every registered provider, by reference number.
pub fn settings() -> &'static [Setting] {
    static SETTINGS: OnceLock<Vec<Setting>> = OnceLock::new();
    SETTINGS.get_or_init(|| deflated_rows(include_bytes!("../data/ofsted_settings.csv.deflate"), read_setting))
}

/// The registered providers that lie in an area: an authority, a region, or England. An authority that came after the register's date
/// (Cumberland, Westmorland and Furness) has none of its own.
pub fn settings_in(area: AreaId) -> impl Iterator<Item = &'static Setting> {
    settings().iter().filter(move |setting| lies_in(setting.area, area))
}

/// Who joined and left the register.
pub fn movements() -> &'static [Movement] {
    static MOVEMENTS: OnceLock<Vec<Movement>> = OnceLock::new();
    MOVEMENTS.get_or_init(|| deflated_rows(include_bytes!("../data/ofsted_movements.csv.deflate"), read_movement))
}

/// Who joined and left the register in an area: an authority, a region, or England.
pub fn movements_in(area: AreaId) -> impl Iterator<Item = &'static Movement> {
    movements().iter().filter(move |movement| lies_in(movement.area, area))
}

/// Every inspection of an authority's children's services since 2018, by authority and date.
pub fn services_inspections() -> &'static [ServicesInspection] {
    static INSPECTIONS: OnceLock<Vec<ServicesInspection>> = OnceLock::new();
    INSPECTIONS.get_or_init(|| deflated_rows(include_bytes!("../data/ilacs.csv.deflate"), read_services_inspection))
}

/// The latest inspection of an authority's children's services.
pub fn latest_services_inspection(area: AreaId) -> Option<&'static ServicesInspection> {
    services_inspections().iter().find(|inspection| inspection.area == area && inspection.is_latest)
}

/// A judgement as Ofsted writes it; nothing for settings not inspected yet.
pub fn read_judgement(text: &str) -> Option<Judgement> {
    Judgement::ALL.into_iter().find(|judgement| judgement.label() == text)
}

impl Provision {
    /// All types, in the order in which readers see them.
    pub const ALL: [Self; 12] = [
        Self::ChildrensHome,
        Self::SecureChildrensHome,
        Self::SchoolRegisteredAsHome,
        Self::FosteringAgency,
        Self::FamilyCentre,
        Self::ResidentialSpecialSchool,
        Self::BoardingSchool,
        Self::ResidentialCollege,
        Self::VoluntaryAdoptionAgency,
        Self::AdoptionSupportAgency,
        Self::HolidayScheme,
        Self::SecureTrainingCentre,
    ];

    /// As Ofsted writes it, with small letters throughout but the first.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ChildrensHome => "Children's home",
            Self::SecureChildrensHome => "Secure children's home",
            Self::SchoolRegisteredAsHome => "Residential special school (registered as a children's home)",
            Self::FosteringAgency => "Independent fostering agency",
            Self::FamilyCentre => "Residential family centre",
            Self::ResidentialSpecialSchool => "Residential special school",
            Self::BoardingSchool => "Boarding school",
            Self::ResidentialCollege => "Further education college with residential accommodation",
            Self::VoluntaryAdoptionAgency => "Voluntary adoption agency",
            Self::AdoptionSupportAgency => "Adoption support agency",
            Self::HolidayScheme => "Residential holiday scheme for disabled children",
            Self::SecureTrainingCentre => "Secure training centre",
        }
    }

    /// As Ofsted writes it, in any case.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provision| provision.label().eq_ignore_ascii_case(text))
    }
}

impl Sector {
    /// All sectors, in the order in which readers see them.
    pub const ALL: [Self; 5] = [Self::Private, Self::Voluntary, Self::LocalAuthority, Self::Health, Self::Academy];

    /// As Ofsted writes it, with small letters throughout but the first.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Private => "Private",
            Self::Voluntary => "Voluntary",
            Self::LocalAuthority => "Local authority",
            Self::Health => "Health authority",
            Self::Academy => "Academy",
        }
    }

    /// As Ofsted writes it, in any case.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sector| sector.label().eq_ignore_ascii_case(text))
    }
}

fn lies_in(authority: AreaId, area: AreaId) -> bool {
    let lies = |held: &crate::Authority| held.region == area || held.subregion == Some(area);
    authority == area || area == AreaId::ENGLAND || crate::authority::by_id(authority).is_some_and(lies)
}

fn read_setting(row: &Row<'_>) -> Option<Setting> {
    let inspection = read_judgement(row.cell("overall_judgement")).map(|overall| Inspection {
        day: row.day("inspection_date"),
        overall,
        helped_and_protected: read_judgement(row.cell("helped_and_protected")),
        leaders_and_managers: read_judgement(row.cell("leaders_and_managers")),
    });
    Some(Setting {
        urn: row.text("urn"),
        provision: Provision::read(row.cell("provision_type"))?,
        sector: Sector::read(row.cell("sector"))?,
        area: AreaId::parse(row.cell("dfe_number"))?,
        places: row.number("places"),
        registered: row.day("registration_date"),
        suspended: row.cell("registration_status") == "Suspended",
        owner: Some(row.text("owner")).filter(|owner| !owner.is_empty()),
        inspection,
        short_breaks_only: row.cell("short_break_only") == "1",
        multi_building: row.cell("multi_building") == "1",
    })
}

fn read_movement(row: &Row<'_>) -> Option<Movement> {
    Some(Movement {
        urn: row.text("urn"),
        direction: if row.cell("movement") == "leaver" { Direction::Left } else { Direction::Joined },
        provision: Provision::read(row.cell("provision_type"))?,
        sector: Sector::read(row.cell("sector"))?,
        area: AreaId::parse(row.cell("dfe_number"))?,
        places: row.number("places"),
        short_breaks_only: row.cell("short_break_only") == "1",
        active_from: row.day("active_from"),
        ended: ["resigned_from", "closed_from", "cancelled_from"].into_iter().filter_map(|column| row.day(column)).min(),
        reason: row.text("reason"),
    })
}

fn read_services_inspection(row: &Row<'_>) -> Option<ServicesInspection> {
    let judgement = |column| read_judgement(row.cell(column));
    Some(ServicesInspection {
        area: AreaId::parse(row.cell("dfe_number"))?,
        day: row.day("inspection_date"),
        published: row.day("publication_date"),
        kind: row.text("inspection_type"),
        overall: judgement("overall")?,
        leaders: judgement("leaders"),
        help_and_protection: judgement("help_and_protection"),
        children_in_care: judgement("children_in_care"),
        care_leavers: judgement("care_leavers"),
        is_latest: row.cell("is_latest") == "1",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority;

    #[test]
    fn the_register_is_whole() {
        assert_eq!((settings().len(), movements().len(), services_inspections().len()), (3812, 578, 271));
        let count = |provision| settings().iter().filter(|setting| setting.provision == provision).count();
        assert_eq!(
            (count(Provision::ChildrensHome), count(Provision::FosteringAgency), count(Provision::SecureChildrensHome)),
            (3050, 328, 13)
        );
        assert_eq!(settings().iter().filter(|setting| setting.inspection.is_none()).count(), 266);
        assert_eq!(settings().iter().filter(|setting| setting.suspended).count(), 8);
        assert_eq!(settings_in(AreaId::ENGLAND).count(), 3812);
        assert_eq!(movements_in(AreaId::ENGLAND).filter(|movement| movement.direction == Direction::Left).count(), 168);
    }

    #[test]
    fn settings_lie_in_known_authorities_and_add_up_to_regions() {
        assert!(settings().iter().all(|setting| authority::by_id(setting.area).is_some()));
        assert_eq!(settings_in(AreaId(983)).count(), 395);
        assert_eq!(settings_in(AreaId(986)).count(), settings_in(AreaId(987)).count() + settings_in(AreaId(988)).count());
        assert!(settings_in(AreaId(892)).count() > 10);
    }

    #[test]
    fn each_current_authority_has_one_latest_inspection() {
        for authority in authority::current() {
            let latest = services_inspections().iter().filter(|inspection| inspection.area == authority.id && inspection.is_latest);
            assert_eq!(latest.count(), 1, "{}", authority.name);
        }
        let city = latest_services_inspection(AreaId(201)).unwrap();
        assert_eq!((city.overall, city.care_leavers), (Judgement::Outstanding, Some(Judgement::Outstanding)));
    }
}
