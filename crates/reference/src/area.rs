//! The number that names an area in every published table.

use std::fmt;

/// The Department's three-digit number: 201-943 an authority, 970 England, 980-990 regions, 987 and 988 Inner and Outer London.
/// It outlives changes of ONS code (North Yorkshire, Somerset), so it is the key here.
/// 1-4 are ours, for the classes of authority that revenue outturn totals by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaId(pub u16);

/// What kind of area a number names. Figures of different levels are never added together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// England.
    England,
    /// One of the nine regions.
    Region,
    /// Inner or Outer London, as the Department groups boroughs.
    Subregion,
    /// An authority with children's services, current or abolished.
    Authority,
    /// All authorities of one class: unitary, metropolitan, London, county (revenue outturn only).
    Class,
}

impl AreaId {
    /// England.
    pub const ENGLAND: Self = Self(970);
    /// Inner London.
    pub const INNER_LONDON: Self = Self(987);
    /// Outer London.
    pub const OUTER_LONDON: Self = Self(988);

    /// The classes of revenue outturn in the order of their numbers.
    const CLASSES: [&str; 4] = ["UA", "MD", "LB", "CC"];

    /// `892`, or a class of revenue outturn (`UA`, `MD`, `LB`, `CC`). The form is checked, not that the area exists.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(class) = Self::CLASSES.iter().position(|&class| class == text) {
            return Some(Self(class as u16 + 1));
        }
        (text.len() == 3).then(|| text.parse().ok().map(Self)).flatten()
    }

    /// What kind of area this is.
    pub const fn level(self) -> Level {
        match self.0 {
            1..=4 => Level::Class,
            970 => Level::England,
            987 | 988 => Level::Subregion,
            980..=990 => Level::Region,
            _ => Level::Authority,
        }
    }
}

impl fmt::Display for AreaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.level() {
            Level::Class => f.write_str(Self::CLASSES[usize::from(self.0) - 1]),
            _ => write!(f, "{:03}", self.0),
        }
    }
}

impl fmt::Debug for AreaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_classes_read_back_as_written() {
        for (text, level) in
            [("892", Level::Authority), ("970", Level::England), ("983", Level::Region), ("987", Level::Subregion), ("MD", Level::Class)]
        {
            let area = AreaId::parse(text).unwrap();
            assert_eq!((area.to_string().as_str(), area.level()), (text, level));
        }
        for bad in ["", "89", "8920", "E92", "XX"] {
            assert_eq!(AreaId::parse(bad), None, "{bad}");
        }
    }
}
