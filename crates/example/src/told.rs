//! What people write about a child, invented: a name, an address, the child's own words, what was decided. Every name is that of nobody: surnames say that
//! they are made up, streets are not to be found, and telephone numbers are those that Ofcom keeps for stories (07700 900000 to 900999).

use domain::Code;
use domain::case::{Alongside, Channel, Risk, Risks};

use crate::dice::{Dice, Purpose};

/// Invented words about one child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// First name and a surname that says that it is made up.
    pub name: String,
    /// What the child is called by friends.
    pub known_as: Option<&'static str>,
    /// An address that is not to be found.
    pub address: String,
    /// A number that is kept for stories.
    pub telephone: String,
    /// With whom the child can live.
    pub alongside: Alongside,
    /// What a home must be ready for.
    pub risks: Risks,
    /// Health, in words.
    pub health: &'static str,
    /// School, in words.
    pub education: &'static str,
    /// What the home must be like.
    pub home: &'static str,
    /// How the child was heard.
    pub channel: Channel,
    /// What the child said, fit for the child's age.
    pub voice: &'static str,
    /// What a plan aims for.
    pub aim: &'static str,
    /// What a review decided.
    pub decision: &'static str,
    /// What a visit found.
    pub visit: &'static str,
}

const GIRLS: [&str; 16] = [
    "Amara", "Beatrix", "Carys", "Delphine", "Esme", "Farah", "Greta", "Hana", "Imani", "Juno", "Keira", "Lowri", "Marigold", "Noor",
    "Orla", "Perdita",
];
const BOYS: [&str; 16] = [
    "Amos", "Bilal", "Caspian", "Dafydd", "Emrys", "Felix", "Gareth", "Hamza", "Idris", "Jonty", "Kofi", "Leander", "Milo", "Nabil",
    "Oscar", "Piran",
];
const SURNAMES: [&str; 12] = [
    "Makebelieve",
    "Storybook",
    "Fictional",
    "Inventedson",
    "Pretend",
    "Fable",
    "Madeup",
    "Imaginary",
    "Fairytale",
    "Sketchbook",
    "Notional",
    "Placeholder",
];
const STREETS: [&str; 8] =
    ["Invented Row", "Makebelieve Lane", "Fable Street", "Notional Close", "Pretend Avenue", "Story Gardens", "Sketch Hill", "Paper Walk"];
const CALLED: [&str; 6] = ["Birdie", "Ace", "Pip", "Sunny", "Ziggy", "Bear"];

const BABY: [&str; 3] = [
    "Watched for the door and settled when the carer came back.",
    "Reached for the yellow blanket, and slept with it.",
    "Laughed at the dog through the whole visit.",
];
const YOUNG: [&str; 5] = [
    "I like it here because I have my own drawer.",
    "I want to see my brother more than on Sundays.",
    "Can Nan come to my school play?",
    "I don't like it when the meeting has lots of people.",
    "My bed is by the window and I can see the moon.",
];
const OLDER: [&str; 6] = [
    "I don't want to change school again, I've changed twice.",
    "I said I wanted to stay and nobody wrote it down last time.",
    "Ask me before you tell people my business.",
    "I can cook three things now. I want to learn the oven.",
    "I want to live with my sister or near her.",
    "It's better now I know who is coming to see me and when.",
];

/// Words about the child of this number; the same number has always the same ones.
pub fn told(number: u64, sex: Code, age: u32) -> Told {
    let mut dice = Dice::new(0, 0, Purpose::Told, number);
    let first = dice.any(if sex == Code::of("F") { &GIRLS } else { &BOYS });
    let surname = dice.any(&SURNAMES);
    let street = dice.any(&STREETS);
    let house = dice.between(1, 120);
    let risks: Vec<Risk> = if age < 10 { Vec::new() } else { Risk::ALL.into_iter().filter(|_| dice.chance(0.12)).collect() };
    let voice = match age {
        0..3 => dice.any(&BABY),
        3..10 => dice.any(&YOUNG),
        _ => dice.any(&OLDER),
    };
    Told {
        name: format!("{first} {surname}"),
        known_as: dice.chance(0.2).then(|| dice.any(&CALLED)),
        address: format!("{house} {street}, Nowhere-on-Map (fictitious)"),
        telephone: format!("07700 900{:03}", dice.below(1000)),
        alongside: dice.any(&[
            Alongside::NoPreference,
            Alongside::Others,
            Alongside::Others,
            Alongside::OnlyOlder,
            Alongside::OnlyYounger,
            Alongside::Solo,
        ]),
        risks: Risks::of(risks),
        health: dice.any(&[
            "Well; glasses for reading.",
            "Asthma, with an inhaler at school and at home.",
            "Well.",
            "Under the care of the hearing clinic.",
        ]),
        education: dice.any(&[
            "Settled at school; help with reading.",
            "Has an education, health and care plan.",
            "Good attendance since the move.",
            "Changed school in the spring.",
        ]),
        home: dice.any(&["A bedroom of their own.", "No cats: allergic.", "Somebody awake at night.", "Near the present school."]),
        channel: if age < 3 {
            Channel::Observed
        } else {
            dice.any(&[Channel::Spoken, Channel::Spoken, Channel::Written, Channel::Advocate, Channel::Shown])
        },
        voice,
        aim: dice.any(&[
            "To grow up with these carers.",
            "To go home when it is safe.",
            "To live in a home of their own with somebody to call.",
            "To live with brothers and sisters.",
        ]),
        decision: dice.any(&[
            "The plan stays; more family time in the holidays.",
            "The carer's training was agreed.",
            "School transport is to be put right by half-term.",
            "A life story is begun.",
        ]),
        visit: dice.any(&[
            "Seen in the bedroom, which is warm and chosen by the child.",
            "Talked on a walk with the dog.",
            "Worried about a test; the carer knows.",
            "Well, and proud of the garden.",
        ]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_has_the_same_words_and_every_surname_says_that_it_is_made_up() {
        assert_eq!(told(7, Code::of("F"), 12), told(7, Code::of("F"), 12));
        for number in 0..200 {
            let one = told(number, Code::of(["F", "M"][number as usize % 2]), (number % 18) as u32);
            assert!(SURNAMES.iter().any(|surname| one.name.ends_with(surname)), "{}", one.name);
            assert!(one.address.ends_with("(fictitious)") && one.telephone.starts_with("07700 900"), "{one:?}");
            assert!(number % 18 >= 10 || one.risks == Risks::default(), "young children carry no such risks");
        }
    }
}
