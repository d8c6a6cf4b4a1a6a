//! What the record holds of a child beside what the returns say.

use domain::Day;
use domain::child::Child;
use domain::code::Code;
use domain::date::share_a_night;
use domain::history::Uasc;
use domain::legal_status::LegalStatus;
use domain::period::PeriodOfCare;
use domain::placement::{self, Placement};
use reference::codes;
use store::{OfChild, Versioned};

use super::super::case::CaseFact;
use super::returned::Told;

/// Something that holds for a child from one day to another.
pub(super) trait Stay: OfChild + CaseFact + PartialEq {
    fn end(&self) -> Option<Day>;

    /// The same with the identity of another one: what a correction of that one would be.
    fn in_place_of(&self, other: &Self) -> Self;

    /// This one with what it leaves open filled in from a later word on the same thing: an end, a blank, the code that took the place of a retired one.
    fn completed_by(&self, later: &Self) -> Self;

    /// The same from another first day.
    fn beginning(self, start: Day) -> Self;

    /// Its type, where it has one that changes while it goes on.
    fn kind(&self) -> Code {
        Code::BLANK
    }

    /// The same of another type.
    fn of_kind(&self, _kind: Code) -> Self {
        self.clone()
    }

    /// What it says, for a person who compares.
    fn words(&self) -> String;

    /// Why it cannot be true of this child beside what else is held of it; nothing if it can.
    fn contradiction(&self, _born: Day, _beside: &[Self]) -> Option<String> {
        None
    }
}

/// The days that returns were given for: from the first to the last, without the years that nobody sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Covered(Vec<(Day, Day)>);

impl Covered {
    pub(super) fn of(covers: Option<(Day, Day)>, unsent: &[(Day, Day)]) -> Self {
        let Some((mut from, last)) = covers else { return Self::default() };
        let mut spans = Vec::new();
        for &(first, end) in unsent {
            spans.push((from, first.plus(-1)));
            from = end.plus(1);
        }
        spans.push((from, last));
        Self(spans)
    }

    /// Whether some night of a stay lies in days that returns were given for: those are theirs to deny.
    pub(super) fn knows<F: Stay>(&self, stay: &F) -> bool {
        self.0.iter().any(|&(from, to)| stay.order().0 <= to && stay.end().is_none_or(|end| end > from))
    }

    /// The last day that the returns say something of.
    fn last(&self) -> Option<Day> {
        self.0.last().map(|span| span.1)
    }
}

/// What is to be done about one thing.
pub(super) enum Step<F> {
    /// Nothing: it stands there so.
    Same(F),
    /// It came after all that is held.
    New(F),
    /// It was open, and has ended; or it was left blank, and is said now.
    Completed(Versioned<F>, F),
    /// Both have it, and say different things.
    Differs(Versioned<F>, F),
    /// The returns alone have it, among what is held.
    Unrecorded(F),
    /// The record alone has it, in the time that the returns cover.
    Unreturned(Versioned<F>),
    /// The record alone has it, at a time of which the returns say nothing.
    Beyond(F),
}

/// Lays what is returned beside what is held: first what begins on the same day, then what shares a night, for a person may have corrected the start.
/// What the record holds outside the time that the returns cover is not theirs to deny.
pub(super) fn compare<F: Stay>(held: Vec<Versioned<F>>, told: Vec<Told<F>>, covers: &Covered) -> Vec<Step<F>> {
    let (returned, types): (Vec<F>, Vec<Vec<Code>>) =
        told.into_iter().map(|told| (since(&held, told.fact, told.began_before), told.was)).unzip();
    let news: Vec<bool> = returned.iter().map(|fact| held.iter().all(|known| comes_before(&known.fact, fact))).collect();
    let mut held: Vec<Option<Versioned<F>>> = held.into_iter().map(Some).collect();
    let mut take = |fits: &dyn Fn(&F) -> bool| held.iter_mut().find(|known| known.as_ref().is_some_and(|known| fits(&known.fact)))?.take();
    let mut beside: Vec<Option<Versioned<F>>> = returned.iter().map(|fact| take(&|known| known.order() == fact.order())).collect();
    for ((fact, known), _) in returned.iter().zip(&mut beside).zip(&news).filter(|((_, known), new)| known.is_none() && !**new) {
        *known = take(&|known| known.order().1 == fact.order().1 && shares_a_night(known, fact));
    }
    let alone = |known: Versioned<F>| if covers.knows(&known.fact) { Step::Unreturned(known) } else { Step::Beyond(known.fact) };
    let unreturned = held.into_iter().flatten().map(alone);
    let compared = returned.into_iter().zip(types).zip(beside).zip(news).map(|(((fact, was), known), new)| match known {
        Some(known) => step(known, &fact, &was, covers),
        None if new => Step::New(fact),
        None => Step::Unrecorded(fact),
    });
    // What the record alone has comes first: news is judged beside it.
    unreturned.chain(compared).collect()
}

/// What is returned, from the day on which it began: where returns begin in the middle of a stay, the record may know the beginning.
fn since<F: Stay>(held: &[Versioned<F>], fact: F, began_before: bool) -> F {
    let first = fact.order();
    let goes_on = |known: &F| known.order().1 == first.1 && known.order().0 < first.0 && known.end().is_none_or(|end| end > first.0);
    match held.iter().find(|known| goes_on(&known.fact)) {
        Some(known) if began_before => fact.beginning(known.fact.order().0),
        _ => fact,
    }
}

/// Whether one was over, or at least under way, when the other began.
fn comes_before<F: Stay>(known: &F, fact: &F) -> bool {
    known.order() < fact.order() && known.end().is_none_or(|end| end <= fact.order().0)
}

pub(super) fn shares_a_night<F: Stay>(known: &F, fact: &F) -> bool {
    share_a_night((known.order().0, known.end()), (fact.order().0, fact.end()))
}

fn step<F: Stay>(known: Versioned<F>, returned: &F, was: &[Code], covers: &Covered) -> Step<F> {
    let mut corrected = returned.in_place_of(&known.fact);
    // A return says nothing of the days after it: what it leaves open may have ended since, as the record knows.
    if known.fact.end().zip(covers.last()).is_some_and(|(end, last)| end > last) {
        corrected = corrected.completed_by(&known.fact);
    }
    if corrected == known.fact {
        Step::Same(known.fact)
    } else if since_then(&known.fact, was, &corrected).completed_by(&corrected) == corrected {
        Step::Completed(known, corrected)
    } else {
        Step::Differs(known, corrected)
    }
}

/// What is held, with the type that it has had since, where the returns say that it had the held one before.
fn since_then<F: Stay>(known: &F, was: &[Code], later: &F) -> F {
    known.of_kind(if was.contains(&known.kind()) { later.kind() } else { known.kind() })
}

/// Whether two say the same but for their type.
pub(super) fn is_retyped<F: Stay>(known: &F, fact: &F) -> bool {
    known.kind() != fact.kind() && known.of_kind(fact.kind()) == *fact
}

/// A code, or the later one where it is blank.
fn filled(code: Code, later: Code) -> Code {
    if code.is_blank() { later } else { code }
}

/// A child with what was left open filled in from a later return: a status that nobody knew or that has ended, sex or ethnicity that was blank.
pub(super) fn completed(child: &Child, later: &Child) -> Child {
    let open = match child.asylum {
        Uasc::NotKnown => true,
        Uasc::Until(None) => matches!(later.asylum, Uasc::Until(Some(_))),
        Uasc::Never | Uasc::Until(Some(_)) => false,
    };
    Child {
        sex: filled(child.sex, later.sex),
        ethnicity: filled(child.ethnicity, later.ethnicity),
        asylum: if open { later.asylum } else { child.asylum },
        ..child.clone()
    }
}

/// What is said of a child itself.
pub(super) fn child(child: &Child) -> String {
    let asylum = match child.asylum {
        Uasc::Never => String::new(),
        Uasc::NotKnown => ", whether alone seeking asylum not known".to_owned(),
        Uasc::Until(None) => ", came alone seeking asylum".to_owned(),
        Uasc::Until(Some(day)) => format!(", came alone seeking asylum, until {day}"),
    };
    format!("born {}, sex {}, ethnicity {}{asylum}", child.born, child.sex, child.ethnicity)
}

fn span(start: Day, end: Option<Day>) -> String {
    end.map_or_else(|| format!("from {start}"), |end| format!("{start} to {end}"))
}

impl Stay for PeriodOfCare {
    fn end(&self) -> Option<Day> {
        self.end
    }

    fn in_place_of(&self, other: &Self) -> Self {
        Self { id: other.id, ..self.clone() }
    }

    fn beginning(self, start: Day) -> Self {
        Self { start, ..self }
    }

    fn completed_by(&self, later: &Self) -> Self {
        Self { end: self.end.or(later.end), ceased: filled(self.ceased, later.ceased), ..self.clone() }
    }

    fn words(&self) -> String {
        format!("{} {} {}", self.kind, span(self.start, self.end), self.ceased).trim_end().to_owned()
    }
}

impl Stay for LegalStatus {
    fn end(&self) -> Option<Day> {
        self.end
    }

    fn in_place_of(&self, other: &Self) -> Self {
        Self { id: other.id, ..self.clone() }
    }

    fn beginning(self, start: Day) -> Self {
        Self { start, ..self }
    }

    fn completed_by(&self, later: &Self) -> Self {
        Self { end: self.end.or(later.end), ..self.clone() }
    }

    fn words(&self) -> String {
        format!("{} for {} {}", self.status, self.need, span(self.start, self.end))
    }
}

impl Stay for Placement {
    fn end(&self) -> Option<Day> {
        self.end
    }

    fn in_place_of(&self, other: &Self) -> Self {
        Self { id: other.id, ..self.clone() }
    }

    fn beginning(self, start: Day) -> Self {
        Self { start, ..self }
    }

    fn kind(&self) -> Code {
        self.kind
    }

    fn of_kind(&self, kind: Code) -> Self {
        Self { kind, ..self.clone() }
    }

    fn completed_by(&self, later: &Self) -> Self {
        let renamed = codes::successors("PLACE", self.kind).contains(&later.kind);
        Self {
            end: self.end.or(later.end),
            kind: if renamed { later.kind } else { self.kind },
            provider: filled(self.provider, later.provider),
            urn: filled(self.urn, later.urn),
            postcode: self.postcode.or(later.postcode),
            ended: filled(self.ended, later.ended),
            ..self.clone()
        }
    }

    fn words(&self) -> String {
        let cells =
            [self.kind.to_string(), self.provider.to_string(), self.urn.to_string(), span(self.start, self.end), self.ended.to_string()];
        cells.iter().filter(|cell| !cell.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    fn contradiction(&self, born: Day, beside: &[Self]) -> Option<String> {
        placement::check(self, born, beside).err().map(|fault| fault.to_string())
    }
}

#[cfg(test)]
mod tests {
    use domain::Id;

    use super::*;

    #[test]
    fn years_that_nobody_sent_are_nobodys_to_deny() {
        let year = |year: u32| (Day::year_start(year), Day::year_end(year));
        let covered = Covered::of(Some((year(2022).0, year(2024).1)), &[year(2023)]);
        let stay = |from: i32, to: Option<i32>| {
            let day = |n: i32| Day::year_start(2023).plus(n);
            let nil = Id::from_uuid(uuid::Uuid::nil());
            LegalStatus {
                id: Id::from_uuid(uuid::Uuid::nil()),
                child: nil,
                status: Code::BLANK,
                need: Code::BLANK,
                start: day(from),
                end: to.map(day),
            }
        };
        assert!(!covered.knows(&stay(0, Some(365))), "all of it in the year between");
        assert!(covered.knows(&stay(-1, Some(10))) && covered.knows(&stay(300, None)));
        assert!(!covered.knows(&stay(800, None)) && !Covered::default().knows(&stay(0, None)));
    }
}
