//! What a child needs of a home, as it was assessed on a day.

use std::fmt;
use std::str::FromStr;

use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::list::{NotListed, list};

/// A child's needs as somebody assessed them (dossier E1; the words of the Placements Data Standard 2, B8). The profile that stands is the latest; earlier
/// ones say how needs changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedProfile {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Whose.
    pub child: Id<Child>,
    /// When they were assessed.
    pub day: Day,
    /// With which other children the child can live.
    pub alongside: Alongside,
    /// What the child may come to, or do to others.
    pub risks: Risks,
    /// Health and disability, in words; empty where there is nothing to say.
    pub health: String,
    /// School and learning.
    pub education: String,
    /// Language, interpreting, signing.
    pub communication: String,
    /// Culture, religion, identity.
    pub culture: String,
    /// What the home must be like: a ground floor, no pets, waking nights.
    pub home: String,
}

list! {
    /// With whom a child can be cared for (B8: cared for alongside).
    Alongside, "company that a child can have" {
        /// Nobody said.
        NoPreference = "no-preference", "No preference";
        /// With other children.
        Others = "others", "With others";
        /// With older children alone.
        OnlyOlder = "only-older", "With older children only";
        /// With younger children alone.
        OnlyYounger = "only-younger", "With younger children only";
        /// With nobody: the home is the child's alone.
        Solo = "solo", "Alone";
    }
}

list! {
    /// What a home must be ready for (B8: risks to the child, risks to others).
    Risk, "risk" {
        /// To themselves.
        SelfHarm = "self-harm", "Self-harm";
        /// Sexual exploitation.
        SexualExploitation = "sexual-exploitation", "Sexual exploitation";
        /// Criminal exploitation.
        CriminalExploitation = "criminal-exploitation", "Criminal exploitation";
        /// Drugs or alcohol.
        Substances = "substances", "Drugs or alcohol";
        /// Eating.
        Eating = "eating", "Eating";
        /// Going missing.
        Missing = "missing", "Going missing";
        /// Violence to others.
        Violence = "violence", "Violence to others";
        /// Sexual harm to others.
        SexualHarm = "sexual-harm", "Sexual harm to others";
        /// Fire.
        Fire = "fire", "Fire setting";
        /// Harm to animals.
        Animals = "animals", "Harm to animals";
        /// Offending.
        Offending = "offending", "Offending";
        /// Something else, which the words say.
        Other = "other", "Another risk";
    }
}

/// Any of the risks; none of them means that none was named, which is not the same as that there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Risks(u16);

impl Risks {
    /// These.
    pub fn of(risks: impl IntoIterator<Item = Risk>) -> Self {
        Self(risks.into_iter().fold(0, |bits, risk| bits | 1 << risk as u16))
    }

    /// Whether this one is among them.
    pub const fn has(self, risk: Risk) -> bool {
        self.0 & (1 << risk as u16) != 0
    }

    /// Each of them, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Risk> {
        Risk::ALL.into_iter().filter(move |&risk| self.has(risk))
    }
}

/// Words of the list, a space between.
impl fmt::Display for Risks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Risk::word).collect();
        f.write_str(&words.join(" "))
    }
}

impl FromStr for Risks {
    type Err = NotListed;

    fn from_str(words: &str) -> Result<Self, NotListed> {
        words.split_whitespace().map(str::parse).collect::<Result<Vec<Risk>, _>>().map(Self::of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn risks_read_back_in_the_order_of_the_list() {
        let risks = Risks::of([Risk::Fire, Risk::SelfHarm]);
        assert_eq!(risks.to_string(), "self-harm fire");
        assert_eq!(risks.to_string().parse(), Ok(risks));
        assert_eq!("".parse(), Ok(Risks::default()));
        assert!("fire dragons".parse::<Risks>().is_err());
        assert!(Risks::of(Risk::ALL).iter().eq(Risk::ALL));
    }
}
