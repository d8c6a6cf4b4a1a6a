//! Whether a child may be planned into a foster home, night by night (I3, Schedule 7 of the Children Act 1989), and what is said of one who is there.

use std::fmt;

use super::{Exemption, FosterHome, Kinship, OverLimit, Stage};
use crate::capacity::Stay;
use crate::capacity::plan::{Newcomer, Weight};
use crate::child::Child;
use crate::date::Day;
use crate::id::Id;

/// What stands against a child's coming to a foster home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// More children than approval or the usual limit allow, on some night.
    Over {
        /// The first such night.
        on: Day,
        /// Which limit.
        limit: OverLimit,
    },
    /// The approval is for other ages, and no exemption names the child.
    OutsideAges {
        /// Youngest and oldest of the approval.
        approved: (u32, u32),
        /// The child's on the first night.
        age: u32,
    },
    /// The approval is for the other sex, and no exemption names the child.
    OtherSex,
    /// The household takes no children for a time.
    OnHold,
}

impl Obstacle {
    /// How much it weighs.
    pub const fn weight(&self) -> Weight {
        match self {
            Self::Over { .. } | Self::OutsideAges { .. } | Self::OtherSex => Weight::Law,
            Self::OnHold => Weight::Practice,
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Over { on, limit } => write!(f, "{limit} (on {on})"),
            Self::OutsideAges { approved: (youngest, oldest), age } => {
                write!(f, "the household is approved for ages {youngest} to {oldest}, and the child is {age}")
            }
            Self::OtherSex => f.write_str("the household is approved for the other sex"),
            Self::OnHold => f.write_str("the household takes no children for a time"),
        }
    }
}

/// Everything that stands against a child's nights in a foster home, the law first. The child's own stay there does not stand in its way.
pub fn obstacles(home: &FosterHome, stays: &[Stay], exemptions: &[Exemption], newcomer: &Newcomer, kinship: Kinship) -> Vec<Obstacle> {
    let mut found = Vec::new();
    let over = changes(home, stays, exemptions, newcomer).into_iter().find_map(|on| {
        let others = stays.iter().filter(|stay| stay.child != newcomer.child && stay.from <= on && stay.to.is_none_or(|to| on < to));
        let mut children: Vec<Id<Child>> = others.map(|stay| stay.child).chain([newcomer.child]).collect();
        children.sort();
        children.dedup();
        home.limit(&children, kinship, exemptions, on).err().map(|limit| Obstacle::Over { on, limit })
    });
    found.extend(over);
    let named = |one: &Exemption| {
        one.home == home.id && one.child == newcomer.child && one.from <= newcomer.from && one.to.is_none_or(|to| newcomer.from < to)
    };
    if !exemptions.iter().any(named) {
        let age = newcomer.born.age_at(newcomer.from);
        if age < home.youngest || home.oldest < age {
            found.push(Obstacle::OutsideAges { approved: (home.youngest, home.oldest), age });
        }
        if !home.takes.may_take(newcomer.sex) {
            found.push(Obstacle::OtherSex);
        }
    }
    if home.stage == Stage::OnHold {
        found.push(Obstacle::OnHold);
    }
    found.sort_by_key(Obstacle::weight);
    found
}

/// The nights of a stay on which a limit may be broken that was kept the night before: its first, each on which another child comes, an exemption has run
/// out, or the household fosters no more.
fn changes(home: &FosterHome, stays: &[Stay], exemptions: &[Exemption], newcomer: &Newcomer) -> Vec<Day> {
    let begins = stays.iter().map(|stay| stay.from);
    let run_out = exemptions.iter().filter_map(|one| one.to);
    let within = |day: &Day| newcomer.from < *day && newcomer.to.is_none_or(|to| *day < to);
    let mut days: Vec<Day> = begins.chain(run_out).chain(home.ended).filter(within).chain([newcomer.from]).collect();
    days.sort();
    days.dedup();
    days
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, exempt, home, id};
    use super::*;
    use crate::capacity::Sharing;
    use crate::code::Code;
    use proptest::prelude::*;

    fn stay(child: u128, from: i32, to: Option<i32>) -> Stay {
        Stay { child: id(child), from: day(from), to: to.map(day), sharing: Sharing::Shared }
    }

    fn newcomer(child: u128, from: i32, to: Option<i32>) -> Newcomer {
        Newcomer { child: id(child), born: day(-3000), sex: Code::of("F"), from: day(from), to: to.map(day), sharing: Sharing::Shared }
    }

    #[test]
    fn the_fourth_child_needs_an_exemption_for_every_night() {
        let three = [stay(1, 0, None), stay(2, 0, None), stay(3, 5, None)];
        let said = |exemptions: &[Exemption], to: Option<i32>| {
            let found = obstacles(&home(4), &three, exemptions, &newcomer(4, 1, to), Kinship::NotAll);
            found.first().map(|one| (one.weight(), one.to_string()))
        };
        let (weight, words) = said(&[], None).unwrap();
        assert!(weight == Weight::Law && words.contains("the usual fostering limit is 3") && words.ends_with("(on 2026-01-06)"), "{words}");
        assert_eq!(said(&[], Some(5)), None, "gone before the third came");
        assert_eq!(said(&[exempt(4)], Some(10)), None);
        assert!(said(&[exempt(4)], None).unwrap().1.ends_with("(on 2026-01-11)"), "the exemption runs out");
        let siblings = obstacles(&home(4), &three, &[], &newcomer(4, 1, None), Kinship::AllSiblings);
        assert!(siblings.is_empty(), "{siblings:?}");
    }

    #[test]
    fn approval_is_for_ages_and_a_time() {
        let mut home = home(2);
        home.oldest = 7;
        home.ended = Some(day(50));
        let found = obstacles(&home, &[], &[], &newcomer(1, 1, None), Kinship::NotAll);
        assert_eq!(
            found,
            [Obstacle::Over { on: day(50), limit: OverLimit::NotApproved }, Obstacle::OutsideAges { approved: (0, 7), age: 8 }]
        );
        assert!(obstacles(&home, &[], &[exempt(1)], &newcomer(1, 1, Some(9)), Kinship::NotAll).is_empty());
    }

    proptest! {
        /// I3 on every night: what is planned without an obstacle of the law keeps to approval and usual limit on all of its nights.
        #[test]
        fn no_night_of_a_plan_is_over_the_limit(
            places in 1u32..5, stays in prop::collection::vec((1u128..6, 0i32..30, prop::option::of(1i32..20)), 0..6),
            from in 0i32..30, nights in prop::option::of(1i32..30), named: bool,
        ) {
            let home = home(places);
            let stays: Vec<Stay> = stays.into_iter().map(|(child, from, nights)| stay(child, from, nights.map(|nights| from + nights))).collect();
            let exemptions: Vec<Exemption> = named.then(|| exempt(9)).into_iter().collect();
            let coming = newcomer(9, from, nights.map(|nights| from + nights));
            let lawful = obstacles(&home, &stays, &exemptions, &coming, Kinship::NotAll).is_empty();
            let kept = (from..from + nights.unwrap_or(70)).all(|n| {
                let mut there: Vec<Id<Child>> =
                    stays.iter().filter(|stay| stay.from <= day(n) && stay.to.is_none_or(|to| day(n) < to)).map(|stay| stay.child).collect();
                there.push(id(9));
                there.sort();
                there.dedup();
                home.limit(&there, Kinship::NotAll, &exemptions, day(n)).is_ok()
            });
            prop_assert_eq!(lawful, kept);
        }
    }
}
