//! What a child's next night depends on, and what can happen on the morning after it.
//!
//! The covariates are those of the literature on care careers and of the return: exact age, kind of home, time in care, time in this placement,
//! placements so far, group of legal status, and whether the child came alone seeking asylum. Age bands contain the Department's five (dossier B5).

use domain::code::{Code, ls};

use crate::kind::Kind;

/// Age in years at which bands begin. They nest in the Department's: under 1, 1-4, 5-9, 10-15, 16-17.
pub(super) const AGES: [u32; 7] = [0, 1, 5, 10, 13, 16, 17];
/// The Department's band of each of [`AGES`].
pub(super) const BROAD_AGE: [usize; 7] = [0, 1, 2, 3, 3, 4, 4];
/// Names of the Department's bands.
pub const AGE_WORDS: [&str; 5] = ["0", "1-4", "5-9", "10-15", "16-17"];
/// Nights in the placement at which bands begin: most changes come early, so bands are narrow there.
pub(super) const IN_PLACEMENT: [i32; 7] = [0, 28, 91, 183, 365, 730, 1460];
/// The reported band of each of [`IN_PLACEMENT`].
pub(super) const BROAD_IN_PLACEMENT: [usize; 7] = [0, 1, 2, 2, 3, 4, 4];
/// Names of the reported bands of nights in the placement.
pub const IN_PLACEMENT_WORDS: [&str; 5] = ["0-27", "28-90", "91-364", "365-729", "730+"];
/// Nights in care at which bands begin: emergency powers end within days, early returns home within months.
pub(super) const IN_CARE: [i32; 8] = [0, 7, 28, 91, 183, 365, 730, 1460];

/// Kinds of home, [`Kind::Temporary`] among them.
pub(super) const KINDS: usize = Kind::ALL.len();
/// How many groups of legal status.
pub(super) const LEGALS: usize = Legal::ALL.len();
/// How many routes out.
pub(super) const ROUTES: usize = Route::ALL.len();
/// Everything that can happen on a morning.
pub(super) const CAUSES: usize = KINDS + ROUTES + LEGALS;

/// Whether a child came alone seeking asylum (UASC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Asylum {
    /// Any other child.
    No,
    /// Has or had the status.
    Seeking,
}

/// Group of legal statuses by which children's ways differ (dossier B1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Legal {
    /// Section 20 (V2).
    Voluntary,
    /// Interim care order (C1).
    Interim,
    /// Full care order (C2).
    Full,
    /// Placement or freeing order (E1, D1).
    PlacementOrder,
    /// Police protection, emergency protection, child assessment (L1-L3).
    Emergency,
    /// Remand, sentence, detention (J1-J3).
    Remand,
    /// Blank or unknown.
    Unknown,
}

impl Legal {
    /// Every group.
    pub const ALL: [Self; 7] =
        [Self::Voluntary, Self::Interim, Self::Full, Self::PlacementOrder, Self::Emergency, Self::Remand, Self::Unknown];

    /// The group of a code of the return.
    pub const fn of(code: Code) -> Self {
        match code {
            ls::V2 => Self::Voluntary,
            ls::C1 => Self::Interim,
            ls::C2 => Self::Full,
            ls::E1 | ls::D1 => Self::PlacementOrder,
            ls::L1 | ls::L2 | ls::L3 => Self::Emergency,
            ls::J1 | ls::J2 | ls::J3 => Self::Remand,
            _ => Self::Unknown,
        }
    }
}

/// Routes out of care before the eighteenth birthday (REC, dossier B1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Route {
    /// To parents, relatives or others (E4A, E4B, E13).
    Home,
    /// Special guardianship or child arrangements order (E41, E45-E48).
    Order,
    /// Adoption (E11, E12).
    Adoption,
    /// Taken over by another authority (E3).
    Transfer,
    /// End of remand, or custody (E14, E9).
    Justice,
    /// Independent living (E5, E6).
    Independence,
    /// Everything else.
    Other,
}

impl Route {
    /// Every route.
    pub const ALL: [Self; 7] = [Self::Home, Self::Order, Self::Adoption, Self::Transfer, Self::Justice, Self::Independence, Self::Other];

    /// The route of a REC.
    pub fn of(rec: Code) -> Self {
        const HOME: [Code; 3] = [Code::of("E4A"), Code::of("E4B"), Code::of("E13")];
        const ORDER: [Code; 7] =
            [Code::of("E41"), Code::of("E43"), Code::of("E44"), Code::of("E45"), Code::of("E46"), Code::of("E47"), Code::of("E48")];
        const ADOPTION: [Code; 2] = [Code::of("E11"), Code::of("E12")];
        const JUSTICE: [Code; 2] = [Code::of("E9"), Code::of("E14")];
        const INDEPENDENCE: [Code; 2] = [Code::of("E5"), Code::of("E6")];
        match rec {
            code if HOME.contains(&code) => Self::Home,
            code if ORDER.contains(&code) => Self::Order,
            code if ADOPTION.contains(&code) => Self::Adoption,
            code if code == domain::code::rec::E3 => Self::Transfer,
            code if JUSTICE.contains(&code) => Self::Justice,
            code if INDEPENDENCE.contains(&code) => Self::Independence,
            _ => Self::Other,
        }
    }

    /// The name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Order => "Guardianship or arrangements order",
            Self::Adoption => "Adoption",
            Self::Transfer => "Other authority",
            Self::Justice => "Justice",
            Self::Independence => "Independence",
            Self::Other => "Other",
        }
    }
}

/// What can happen on a morning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Another home of this kind; [`Kind::Temporary`] is a stay away from the home that goes on.
    Move(Kind),
    /// Care ends before the 18th birthday.
    Exit(Route),
    /// Another legal status.
    Status(Legal),
}

impl Cause {
    /// Position in rows of rates.
    pub(super) const fn index(self) -> usize {
        match self {
            Self::Move(kind) => kind as usize,
            Self::Exit(route) => KINDS + route as usize,
            Self::Status(legal) => KINDS + ROUTES + legal as usize,
        }
    }

    /// The cause at a position.
    pub(super) const fn at(index: usize) -> Self {
        if index < KINDS {
            Self::Move(Kind::ALL[index])
        } else if index < KINDS + ROUTES {
            Self::Exit(Route::ALL[index - KINDS])
        } else {
            Self::Status(Legal::ALL[index - KINDS - ROUTES])
        }
    }
}

/// What a night's rates depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) kind: Kind,
    pub(super) legal: Legal,
    pub(super) asylum: Asylum,
    /// Position in [`AGES`].
    pub(super) age: u8,
    /// Position in [`IN_PLACEMENT`].
    pub(super) in_placement: u8,
    /// Position in [`IN_CARE`].
    pub(super) in_care: u8,
    /// 0: the first placement of this period; 1: the second or third; 2: a later one.
    pub(super) placements: u8,
}

/// Levels of each main effect, in the order of [`State::levels`].
pub(super) const LEVELS: [usize; 7] = [KINDS, LEGALS, 2, AGES.len(), IN_PLACEMENT.len(), IN_CARE.len(), 3];

impl State {
    /// Positions of the main effects.
    pub(super) const fn levels(self) -> [u8; 7] {
        [self.kind as u8, self.legal as u8, self.asylum as u8, self.age, self.in_placement, self.in_care, self.placements]
    }

    /// A number for each state.
    pub(super) fn code(self) -> u32 {
        self.levels().iter().zip(LEVELS).fold(0, |code, (&level, levels)| code * levels as u32 + u32::from(level))
    }
}

/// How many states there are.
pub(super) fn states() -> usize {
    LEVELS.iter().product()
}

/// Position of the fine table of kind, age, time in placement and asylum.
pub(super) const fn fine(kind: Kind, age: u8, in_placement: u8, asylum: Asylum) -> usize {
    ((kind as usize * AGES.len() + age as usize) * IN_PLACEMENT.len() + in_placement as usize) * 2 + asylum as usize
}

/// Rows of the fine table.
pub(super) const FINE: usize = KINDS * AGES.len() * IN_PLACEMENT.len() * 2;

/// The pooled cell of a fine row: kind, the Department's age band, reported band of nights in the placement, asylum.
pub(super) const fn cell(kind: Kind, age: u8, in_placement: u8, asylum: Asylum) -> usize {
    ((kind as usize * AGE_WORDS.len() + BROAD_AGE[age as usize]) * IN_PLACEMENT_WORDS.len() + BROAD_IN_PLACEMENT[in_placement as usize]) * 2
        + asylum as usize
}

/// How many pooled cells.
pub(super) const CELLS: usize = KINDS * AGE_WORDS.len() * IN_PLACEMENT_WORDS.len() * 2;

/// Position of the table of legal status, time in care and asylum.
pub(super) const fn standing(legal: Legal, in_care: u8, asylum: Asylum) -> usize {
    (legal as usize * IN_CARE.len() + in_care as usize) * 2 + asylum as usize
}

/// Rows of that table.
pub(super) const STANDINGS: usize = LEGALS * IN_CARE.len() * 2;

/// The band of a number of placements in the period, this one included.
pub(super) const fn placements_band(placements: u32) -> u8 {
    match placements {
        0 | 1 => 0,
        2 | 3 => 1,
        _ => 2,
    }
}

/// The band of a number of nights.
pub(super) fn band(starts: &[i32], nights: i32) -> u8 {
    starts.iter().rposition(|&start| nights >= start).unwrap_or(0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_its_place_and_every_state_its_number() {
        for index in 0..CAUSES {
            assert_eq!(Cause::at(index).index(), index);
        }
        let last =
            State { kind: Kind::Other, legal: Legal::Unknown, asylum: Asylum::Seeking, age: 6, in_placement: 6, in_care: 7, placements: 2 };
        assert_eq!(last.code() as usize + 1, states());
        assert_eq!(fine(last.kind, 6, 6, last.asylum) + 1, FINE);
        assert_eq!(cell(last.kind, 6, 6, last.asylum) + 1, CELLS);
        assert_eq!(standing(last.legal, 7, last.asylum) + 1, STANDINGS);
    }

    #[test]
    fn bands_begin_on_their_first_night() {
        assert_eq!([0, 27, 28, 1460].map(|nights| band(&IN_PLACEMENT, nights)), [0, 0, 1, 6]);
        assert_eq!(Route::of(Code::of("E4A")), Route::Home);
        assert_eq!(Route::of(Code::BLANK), Route::Other);
    }
}
