//! Whether a child may be planned into a foster home, night by night (I3, Schedule 7 of the Children Act 1989), and what is said of one who is there.

use std::fmt;
use std::mem::discriminant;

use super::{Exemption, FosterHome, Kinship, OverLimit, Stage};
use crate::capacity::Stay;
use crate::capacity::plan::{self as registered, Newcomer, Weight};
use crate::capacity::since::{begun, birthdays};
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
    /// The child is older than the approval is for before the stay is to end.
    Outgrows {
        /// The birthday.
        on: Day,
    },
    /// Its agency or service may not have it, or not without a decision of its own (I9, F16).
    Service(registered::Obstacle),
}

impl Obstacle {
    /// How much it weighs.
    pub const fn weight(&self) -> Weight {
        match self {
            Self::Over { .. } | Self::OutsideAges { .. } | Self::OtherSex => Weight::Law,
            Self::OnHold | Self::Outgrows { .. } => Weight::Practice,
            Self::Service(obstacle) => obstacle.weight(),
        }
    }
}

impl Obstacle {
    /// Whether this and another are the same limit, on whatever night. That a service may take nobody new is none for those who are there.
    pub fn is_alike(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Service(registered::Obstacle::NoAdmissions), _) => false,
            (Self::Service(one), Self::Service(other)) => discriminant(one) == discriminant(other),
            _ => discriminant(self) == discriminant(other),
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
            Self::Outgrows { on } => write!(f, "the child is older than the approval is for from {on}"),
            Self::Service(obstacle) => service_words(obstacle, f),
        }
    }
}

fn service_words(obstacle: &registered::Obstacle, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match obstacle {
        registered::Obstacle::NotOpen { on } => write!(f, "its fostering service is not open on {on}"),
        registered::Obstacle::NotRegistered => f.write_str("its fostering service lacks the registration that the law asks of it"),
        registered::Obstacle::Suspended => f.write_str("the registration of its fostering service is suspended"),
        registered::Obstacle::NoAdmissions => f.write_str("its fostering service may take nobody new"),
        registered::Obstacle::LessThanGood { judged } => {
            write!(f, "its fostering service is judged “{judged}”, which needs a decision of its own")
        }
        registered::Obstacle::NotYetInspected => {
            f.write_str("its fostering service has not been inspected yet, which is not the same as good")
        }
        other => write!(f, "{other}"),
    }
}

/// Everything that stands against a child's nights in a foster home, the law first. The child's own stay there does not stand in its way.
pub fn obstacles(home: &FosterHome, stays: &[Stay], exemptions: &[Exemption], newcomer: &Newcomer, kinship: Kinship) -> Vec<Obstacle> {
    obstacles_by(home, stays, exemptions, newcomer, |_| kinship)
}

/// The same where it depends on the night whether all who live there are brothers and sisters.
pub fn obstacles_by(
    home: &FosterHome,
    stays: &[Stay],
    exemptions: &[Exemption],
    newcomer: &Newcomer,
    kinship: impl Fn(&[Id<Child>]) -> Kinship,
) -> Vec<Obstacle> {
    let mut found = Vec::new();
    let over = changes(home, stays, exemptions, newcomer).into_iter().find_map(|on| {
        let others = stays.iter().filter(|stay| stay.child != newcomer.child && stay.from <= on && stay.to.is_none_or(|to| on < to));
        let mut children: Vec<Id<Child>> = others.map(|stay| stay.child).chain([newcomer.child]).collect();
        children.sort();
        children.dedup();
        home.limit(&children, kinship(&children), exemptions, on).err().map(|limit| Obstacle::Over { on, limit })
    });
    found.extend(over);
    let against = approval_on(home, exemptions, newcomer, newcomer.from);
    if against.is_empty() && !is_named(home, exemptions, newcomer, newcomer.from) {
        found.extend(newcomer.outgrows(home.oldest).map(|on| Obstacle::Outgrows { on }));
    }
    found.extend(against);
    if home.stage == Stage::OnHold {
        found.push(Obstacle::OnHold);
    }
    found.sort_by_key(Obstacle::weight);
    found
}

/// Whether an exemption names the child on a night.
fn is_named(home: &FosterHome, exemptions: &[Exemption], child: &Newcomer, night: Day) -> bool {
    let names =
        |one: &Exemption| one.home == home.id && one.child == child.child && one.from <= night && one.to.is_none_or(|to| night < to);
    exemptions.iter().any(names)
}

/// Whether the approval is for this child on a night, or an exemption names it.
fn approval_on(home: &FosterHome, exemptions: &[Exemption], child: &Newcomer, night: Day) -> Vec<Obstacle> {
    let mut found = Vec::new();
    if is_named(home, exemptions, child, night) {
        return found;
    }
    let age = child.born.age_at(night);
    if age < home.youngest || home.oldest < age {
        found.push(Obstacle::OutsideAges { approved: (home.youngest, home.oldest), age });
    }
    if !home.takes.may_take(child.sex) {
        found.push(Obstacle::OtherSex);
    }
    found
}

/// What has come to stand against a stay since its first night: the child outgrew the approval, or an exemption ran out (I0). Each with the first night
/// since which it has stood.
pub fn since_then(home: &FosterHome, exemptions: &[Exemption], stay: &Newcomer, today: Day) -> Vec<(Day, Obstacle)> {
    let named = exemptions.iter().flat_map(|one| [Some(one.from), one.to]).flatten();
    let turns = named.chain(birthdays(stay, today)).collect();
    begun(turns, stay, today, |night| approval_on(home, exemptions, stay, night))
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

    #[test]
    fn a_child_outgrows_an_approval() {
        let mut home = home(2);
        home.oldest = 8;
        let child = newcomer(1, 1, None);
        let ninth = child.born.anniversary(9);
        let said = obstacles(&home, &[], &[], &child, Kinship::NotAll);
        assert_eq!(said, [Obstacle::Outgrows { on: ninth }], "lawful, and said");
        let since = |exemptions: &[Exemption], today| since_then(&home, exemptions, &child, today);
        assert_eq!(since(&[], ninth.plus(-1)), []);
        let grown = (ninth, Obstacle::OutsideAges { approved: (0, 8), age: 9 });
        assert_eq!(since(&[], ninth.plus(700)), [grown]);
        let named = Exemption { to: Some(ninth.plus(30)), ..exempt(1) };
        assert_eq!(since(std::slice::from_ref(&named), ninth.plus(29)), []);
        let run_out = (ninth.plus(30), Obstacle::OutsideAges { approved: (0, 8), age: 9 });
        assert_eq!(since(&[named], ninth.plus(40)), [run_out], "the exemption ran out");
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
