//! The kinds of lever and their fields, in commissioners' words.

/// A kind of lever, in the order in which they are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// More or fewer children come into care.
    Entries,
    /// More or fewer leave.
    Exits,
    /// From children's homes to families.
    StepDown,
    /// More in the authority's own homes.
    InHouse,
    /// Supply.
    NewHome,
    /// Something outside.
    Event,
    /// The line of a plan.
    Growth,
}

/// A field of a lever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What it is called.
    Name,
    /// Which children, route or sector.
    Group,
    /// By how much.
    Change,
    /// Percent, or children a month.
    Unit,
    /// Beds of a new home.
    Beds,
    /// Youngest age that it takes.
    AgeFrom,
    /// Oldest.
    AgeTo,
    /// The number at which a plan stops.
    Until,
    /// First day.
    From,
    /// Months until it is in full force.
    Ramp,
    /// Last day.
    To,
}

impl Sort {
    /// Every one.
    pub const ALL: [Self; 7] = [Self::Entries, Self::Exits, Self::StepDown, Self::InHouse, Self::NewHome, Self::Event, Self::Growth];

    /// The word in files and addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::Exits => "exits",
            Self::StepDown => "step-down",
            Self::InHouse => "in-house",
            Self::NewHome => "new-home",
            Self::Event => "event",
            Self::Growth => "growth",
        }
    }

    /// The one of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.word() == word)
    }

    /// Its name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Entries => "More or fewer children come into care",
            Self::Exits => "More or fewer children leave by a route",
            Self::StepDown => "Children step down from children's homes to families",
            Self::InHouse => "A share of new placements goes to our own homes",
            Self::NewHome => "A new home opens",
            Self::Event => "Something outside changes how many come",
            Self::Growth => "The line of a plan: so many more a month up to a cap",
        }
    }

    /// What it does and does not do.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Entries => "Changes how many children come; those who are in care already stay as they are.",
            Self::Exits => "Changes how many leave before they are 18. Eighteenth birthdays stay what they are.",
            Self::StepDown => "Over and above those who move anyway.",
            Self::InHouse => "Of the children newly placed in such homes; those who live there already do not move for it.",
            Self::NewHome => "A home is supply: it narrows the gap and does not change how many children need care.",
            Self::Event => "A law, a court's practice, a dispersal scheme: shown by its name, never silently modelled.",
            Self::Growth => "A plan, not a forecast: drawn as a line of its own and never mixed with one.",
        }
    }

    /// Its fields, in the order in which they are asked.
    pub const fn parts(self) -> &'static [Part] {
        match self {
            Self::Entries => &[Part::Group, Part::Change, Part::Unit, Part::From, Part::Ramp, Part::To],
            Self::Exits | Self::InHouse => &[Part::Group, Part::Change, Part::From, Part::Ramp, Part::To],
            Self::StepDown => &[Part::Change, Part::From, Part::Ramp, Part::To],
            Self::NewHome => &[Part::Name, Part::Group, Part::Beds, Part::AgeFrom, Part::AgeTo, Part::From, Part::Ramp, Part::To],
            Self::Event => &[Part::Name, Part::Group, Part::Change, Part::From, Part::Ramp, Part::To],
            Self::Growth => &[Part::Change, Part::Until, Part::From, Part::To],
        }
    }

    /// Values that a group can have, with their words.
    pub const fn groups(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Entries | Self::Event => &[
                ("all", "All children"),
                ("UASC", "Unaccompanied asylum-seeking children"),
                ("0", "Under 1"),
                ("1-4", "1 to 4"),
                ("5-9", "5 to 9"),
                ("10-15", "10 to 15"),
                ("16-17", "16 and 17"),
            ],
            Self::Exits => &[
                ("all", "Every route"),
                ("return home", "Return home"),
                ("adoption", "Adoption"),
                ("special guardianship", "Special guardianship or child arrangements order"),
                ("other", "Other"),
            ],
            Self::InHouse => &[("fostering", "Foster carers"), ("residential", "Children's homes")],
            Self::NewHome => &[("residential", "Children's home"), ("fostering", "Foster carers")],
            Self::StepDown | Self::Growth => &[],
        }
    }
}

impl Part {
    /// The word in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Group => "group",
            Self::Change => "change",
            Self::Unit => "unit",
            Self::Beds => "beds",
            Self::AgeFrom => "age-from",
            Self::AgeTo => "age-to",
            Self::Until => "until",
            Self::From => "from",
            Self::Ramp => "ramp",
            Self::To => "to",
        }
    }
}
