//! Invented names. None is a real authority's, company's or home's.

use crate::dice::Dice;
use crate::kind::Kind;

const FIRST: [&str; 25] = [
    "Example",
    "Sample",
    "Model",
    "Pattern",
    "Specimen",
    "Mock",
    "Likely",
    "Fable",
    "Legend",
    "Parable",
    "Riddle",
    "Saga",
    "Tale",
    "Figment",
    "Fancy",
    "Notion",
    "Supposal",
    "Conjecture",
    "Premise",
    "Instance",
    "Proxy",
    "Stand-in",
    "Dummy",
    "Draft",
    "Sketch",
];
const SECOND: [&str; 8] = ["shire", "ford", "bury", "ham", "mouth", "minster", "thorpe", "wick"];

/// The name of the n-th authority: `Exampleshire` first. From the 201st on a number follows.
pub(crate) fn authority(number: usize) -> String {
    let all = FIRST.len() * SECOND.len();
    let name = format!("{}{}", FIRST[number % FIRST.len()], SECOND[number / FIRST.len() % SECOND.len()]);
    if number < all { name } else { format!("{name} {}", number / all + 1) }
}

/// Invented owners of settings.
pub(crate) fn owners(dice: &mut Dice, count: usize) -> Vec<String> {
    const A: [&str; 16] = [
        "Imagined",
        "Pretend",
        "Invented",
        "Fictional",
        "Made-up",
        "Supposed",
        "Notional",
        "Storybook",
        "Fabled",
        "Paper",
        "Chalk",
        "Sketchbook",
        "Placeholder",
        "Fairytale",
        "Makebelieve",
        "Unreal",
    ];
    const B: [&str; 8] = ["Care", "Homes", "Futures", "Families", "Horizons", "Lives", "Pathways", "Fostering"];
    const C: [&str; 3] = ["Ltd", "Group Ltd", "Trust"];
    (0..count).map(|i| format!("{} {} {}", A[(i * 7 + i / A.len()) % A.len()], B[(i + i / A.len()) % B.len()], dice.any(&C))).collect()
}

/// An invented name of a setting.
pub(crate) fn setting(kind: Kind, number: usize, dice: &mut Dice) -> String {
    const TREES: [&str; 12] =
        ["Ash", "Birch", "Cedar", "Elder", "Hazel", "Hornbeam", "Juniper", "Larch", "Maple", "Oak", "Rowan", "Willow"];
    const PLACES: [&str; 8] = ["Lodge", "House", "View", "Cottage", "Bank", "Green", "Rise", "End"];
    let suffix = match kind {
        Kind::InHouse | Kind::Agency => "fostering",
        Kind::Adoptive => "adoption",
        Kind::School => "school",
        _ => dice.any(&PLACES),
    };
    format!("Imaginary {} {suffix} {number}", dice.any(&TREES))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_thousand_authorities_have_a_thousand_names() {
        assert_eq!(authority(0), "Exampleshire");
        assert_eq!((0..1000).map(authority).collect::<BTreeSet<_>>().len(), 1000);
    }
}
