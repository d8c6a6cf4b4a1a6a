//! What waits for somebody: what is overdue, what is due, and what others have put before them. Statutory clocks come from [`domain::clock`]; here they
//! are fed with what the record holds and dealt out by role and bond to the case.

mod decisions;

use std::collections::BTreeMap;

use domain::access::{Action, Actor, BrokenGlass, Grant, On, Role, Who, permit};
use domain::alert::Alert;
use domain::authority::Authority;
use domain::case::EmergencyDecision;
use domain::child::Child;
use domain::clock::{self, Duty, Facts, Living, Standing, State};
use domain::document::{Document, running_out};
use domain::office::Office;
use domain::person::Person;
use domain::provider::{Provider, Status};
use domain::setting::Setting;
use domain::{Day, Id};
use jiff::SignedDuration;
use reference::calendar;
use store::due::{InCare, KeptSince};
use store::{Instant, Versioned, View};

use crate::Error;
use crate::people::uncovered;
use crate::record::Record;

/// Beds that lapse within so long are shown.
const LAPSING: SignedDuration = SignedDuration::from_hours(24);

/// What a line is about: whoever shows it leads there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A child's case.
    Child(Id<Child>),
    /// A case that somebody must be allocated to, by somebody who may not open it.
    Entrusting(Id<Child>),
    /// An alert about a home.
    Alert(Id<Alert>),
    /// A decision made in an emergency.
    Emergency(Id<EmergencyDecision>),
    /// A case that somebody opened in need.
    OpenedCase(Id<BrokenGlass>),
    /// Somebody who was invited.
    Person(Id<Person>),
    /// Who may decide.
    Offices,
    /// A provider's papers.
    Provider(Id<Provider>),
    /// The account to which a provider is paid.
    Payee(Id<Provider>),
    /// A paper of the provider that one works for.
    OwnPapers,
    /// A home in which a bed is held.
    Setting(Id<Setting>),
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which duty.
    pub duty: Duty,
    /// What it is about.
    pub about: About,
    /// Whose it is, by reference or number; people are never named.
    pub whose: String,
    /// The day of the fact from which it runs.
    pub since: Day,
    /// The last day.
    pub by: Day,
    /// Days since the last day; 0 while there is time.
    pub days_late: u32,
    /// What to do next.
    pub next: String,
}

/// Duties of which the record cannot tell how they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Which duty.
    pub duty: Duty,
    /// What the record lacks.
    pub why: &'static str,
    /// Towards how many children.
    pub children: u32,
}

/// What waits for somebody on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Past its last day, the longest first.
    pub overdue: Vec<Line>,
    /// Near its last day, the next first.
    pub due: Vec<Line>,
    /// Put before them by others, the next first.
    pub waiting: Vec<Line>,
    /// What nobody can say, by duty.
    pub unknown: Vec<Unknown>,
}

/// What waits for somebody at an authority on a day, by what they may do there and the cases they hold.
///
/// # Errors
/// Those of the database. What somebody may not see is not in the list.
pub async fn list(record: &Record, actor: &Actor, authority: &Authority, today: Day) -> Result<Work, Error> {
    let reader = Reader { record, actor, authority: authority.id, today };
    let (mut lines, unknown) = reader.children().await?;
    lines.extend(reader.forsaken().await?);
    lines.extend(reader.emergencies().await?);
    lines.extend(reader.held_beds().await?);
    lines.extend(reader.alerts().await?);
    lines.extend(reader.opened_cases().await?);
    lines.extend(reader.invitations().await?);
    lines.extend(reader.offices().await?);
    lines.extend(reader.documents().await?);
    lines.extend(reader.own_papers().await?);
    lines.extend(reader.payees().await?);
    lines.sort_by(|a, b| (a.by, a.duty, &a.whose, a.about).cmp(&(b.by, b.duty, &b.whose, b.about)));
    let mut work = Work { unknown, ..Work::default() };
    for line in lines {
        let waits = matches!(line.duty, Duty::OpenedCase | Duty::Alert | Duty::Allocation | Duty::Invitation | Duty::Payee)
            || matches!(line.about, About::Emergency(_));
        match (line.days_late, waits) {
            (1.., _) => work.overdue.push(line),
            (0, true) => work.waiting.push(line),
            (0, false) => work.due.push(line),
        }
    }
    Ok(work)
}

/// What is read for one person on one day.
struct Reader<'a> {
    record: &'a Record,
    actor: &'a Actor,
    authority: Id<Authority>,
    today: Day,
}

/// What to do about a review where no reviewing officer works with the child.
const ALLOCATE_REVIEWER: &str = "Allocate a reviewing officer, who holds the review and records it";

/// Days before a placement began on which its plan may have been agreed and the child asked: the plan is made before the child is placed, if it can be (regulation 9).
const PLANNED_BEFORE: i32 = 28;

/// What the record holds of one child, for the clocks. Where nothing of a kind is recorded of the child, that says something only if the authority was
/// recording such things when the duty began: what came before may have happened and stand in another system.
fn facts(one: &InCare, kept: &KeptSince) -> Facts {
    let living = one.living.map(|(since, kind)| Living { since, kind });
    let moved_in = living.map_or(one.began, |living| living.since);
    let for_this = |day: &Day| *day >= moved_in.plus(-PLANNED_BEFORE);
    let (plan, heard) = (one.placement_plan.filter(for_this), one.heard.filter(for_this));
    let reviews = one.reviewed.map(|(first, last)| if first == last { vec![first] } else { vec![first, last] });
    let told = |days: Vec<Day>, began: Day, since: Option<Day>| {
        let is_kept = !days.is_empty() || since.is_some_and(|since| since <= began);
        is_kept.then_some(days)
    };
    Facts {
        born: one.born,
        care_began: one.began,
        kind: one.kind,
        legal: one.legal,
        legal_since: one.legal_since,
        living,
        plans: told(plan.into_iter().collect(), moved_in, kept.placement_plans),
        voice: told(heard.into_iter().collect(), moved_in, kept.voice),
        reviews: told(reviews.unwrap_or_default(), one.began, kept.reviews),
        visits: told(one.visited.into_iter().collect(), moved_in, kept.visits),
        education: told(one.education_plan.into_iter().collect(), one.began, kept.education_plans),
        health: told(one.health.into_iter().collect(), one.began, kept.health),
    }
}

/// Whether somebody of a role works with a child.
const fn is_there(role: Role, child: &InCare) -> bool {
    match role {
        Role::SocialWorker => child.working.social_worker,
        Role::IndependentReviewingOfficer => child.working.reviewing_officer,
        _ => child.working.anybody,
    }
}

/// What to do about a duty, as it stands on a button or a link.
const fn next(duty: Duty) -> &'static str {
    match duty {
        Duty::PlacementPlan => "Make the placement plan and have it signed",
        Duty::Voice => "Ask what the child wishes and feels about the placement, and record it",
        Duty::TooYoung => "Find the child a home that the law allows, and tell those who answer for it",
        Duty::Review => "Hold the review and record it",
        Duty::Visit => "Visit the child and record what they said",
        Duty::HealthAssessment => "Ask for the health assessment and record it",
        Duty::EducationPlan => "Make the plan with the school and the virtual school head",
        Duty::ReturnInterview => "Offer the return interview, hold it, and record what became of it",
        Duty::PlannedPlacement => "Say whether it began: write it as it came, or take it back",
        Duty::EmergencyApproval => "Look at why it could not wait, and approve it",
        Duty::SecureLeave => "Record the court’s leave, or apply for it, and tell those who answer for the child",
        Duty::CourtAuthority => "Apply to the court, or record that it ended",
        Duty::OpenedCase => "Look at why it was opened, and record what you found",
        Duty::Alert => "Look at it, and say what was done",
        Duty::Invitation => "Make another link",
        Duty::Office => "Record a nomination",
        Duty::Document => "Ask the provider for the new one",
        Duty::Payee => "Compare the account with what the provider wrote, then confirm or refuse it",
        Duty::Hold => "Confirm the placement, or let the bed go",
        Duty::Allocation => "Allocate somebody: the case is restricted, and nobody works on it",
    }
}

impl Reader<'_> {
    fn has(&self, role: Role) -> bool {
        self.actor.grants.contains(&Grant { authority: self.authority, role })
    }

    fn is_kept_out<Of>(&self, thing: Id<Of>) -> bool {
        self.actor.conflicts.contains(&Id::from_uuid(thing.uuid()))
    }

    /// A view for this, if they may.
    async fn view(&self, action: Action) -> Result<Option<View>, Error> {
        match permit(self.actor, action, On::authority(self.authority)) {
            Ok(permit) => Ok(Some(self.record.db.read(permit).await?)),
            Err(_) => Ok(None),
        }
    }

    fn line(&self, standing: &Standing, about: About, whose: &str) -> Option<Line> {
        let by = standing.state.open_until().filter(|_| standing.is_pressing(self.today))?;
        Some(Line {
            duty: standing.duty,
            about,
            whose: whose.to_owned(),
            since: standing.since,
            by,
            days_late: standing.state.days_late(self.today),
            next: next(standing.duty).to_owned(),
        })
    }

    /// Something to be done by a day, if that is near.
    fn until(&self, duty: Duty, (since, by): (Day, Day), about: About, whose: &str) -> Option<Line> {
        self.line(&Standing { duty, since, last: None, state: State::of(by, None, self.today) }, about, whose)
    }

    /// Whether a duty towards a child falls to this person: theirs by allocation, or nobody's and so theirs who may open the case.
    fn falls_to(&self, duty: Duty, child: &InCare) -> bool {
        let works_there = self.actor.cases.contains(&child.child);
        let role = duty.falls_to();
        if is_there(role, child) {
            self.has(role) && works_there
        } else if child.restricted {
            works_there
        } else {
            self.has(Role::PlacementOfficer)
        }
    }

    /// Restricted cases on which nobody works: whoever answers for the service allocates somebody, whom the duties fall to from then on.
    async fn forsaken(&self) -> Result<Vec<Line>, Error> {
        let Some(mut view) = self.view(Action::ChildEntrust).await? else { return Ok(Vec::new()) };
        let found = store::due::forsaken(&mut view, self.today).await?;
        let line = |one: InCare| {
            self.until(Duty::Allocation, (one.began, self.today), About::Entrusting(one.child), &format!("Child {}", one.reference))
        };
        Ok(found.into_iter().filter(|one| !self.is_kept_out(one.child)).filter_map(line).collect())
    }

    async fn children(&self) -> Result<(Vec<Line>, Vec<Unknown>), Error> {
        let Some(mut view) = self.view(Action::ChildList).await? else { return Ok((Vec::new(), Vec::new())) };
        let mut lines = Vec::new();
        let mut unknown: BTreeMap<(Duty, &'static str), u32> = BTreeMap::new();
        let kept = store::due::kept_since(&mut view).await?;
        let awaited = self.awaited(&mut view).await?;
        let courts = decisions::courts(&mut view, self.today).await?;
        for child in store::due::in_care(&mut view, self.today).await? {
            if self.is_kept_out(child.child) {
                continue;
            }
            let awaited = awaited.get(&child.child).into_iter().flatten().filter(|one| child.began <= one.since).copied();
            let (facts, leave) = (facts(&child, &kept), courts.get(&child.child).map_or(&[][..], Vec::as_slice));
            let of_courts = decisions::running_out(leave, self.today).chain(clock::secure(&facts, leave, self.today));
            for standing in clock::duties(&facts, self.today, &calendar::england()).into_iter().chain(awaited).chain(of_courts) {
                if !self.falls_to(standing.duty, &child) {
                    continue;
                }
                if let State::Unknown { why, .. } = standing.state {
                    *unknown.entry((standing.duty, why)).or_default() += 1;
                }
                let line = self.line(&standing, About::Child(child.child), &format!("Child {}", child.reference));
                // A review is nobody else's to hold: whoever has no reviewing officer to ask allocates one.
                let lacks = standing.duty == Duty::Review && !self.has(Role::IndependentReviewingOfficer);
                lines.extend(line.map(|line| if lacks { Line { next: ALLOCATE_REVIEWER.to_owned(), ..line } } else { line }));
            }
        }
        Ok((lines, unknown.into_iter().map(|((duty, why), children)| Unknown { duty, why, children }).collect()))
    }

    /// What waits for somebody's word about a child: returns after a time missing, and planned placements whose first day has come.
    async fn awaited(&self, view: &mut View) -> Result<BTreeMap<Id<Child>, Vec<Standing>>, Error> {
        let mut awaited: BTreeMap<Id<Child>, Vec<Standing>> = BTreeMap::new();
        let kept_since = store::awaited::interviews_kept_since(view).await?;
        for one in store::awaited::returned(view, self.today).await? {
            awaited.entry(one.child).or_default().extend(clock::return_interview(&one.episode, kept_since, self.today));
        }
        for one in store::awaited::planned(view, self.today).await? {
            if one.placement.awaits_word(self.record.day(one.recorded_at.timestamp()), self.today) {
                let since = one.placement.start;
                let state = State::of(since, None, self.today);
                awaited.entry(one.child).or_default().push(Standing { duty: Duty::PlannedPlacement, since, last: None, state });
            }
        }
        Ok(awaited)
    }

    async fn held_beds(&self) -> Result<Vec<Line>, Error> {
        // Whose bed it is shows with the child, so the list of children decides who is in it.
        let Some(mut view) =
            self.view(Action::ChildList).await?.filter(|_| self.has(Role::PlacementOfficer) || self.has(Role::SocialWorker))
        else {
            return Ok(Vec::new());
        };
        let now = self.record.now();
        let soon = Instant::new(now.timestamp() + LAPSING);
        let lapsing = store::due::lapsing(&mut view, self.today, now, soon).await?;
        let open = lapsing.into_iter().filter(|one| !self.is_kept_out(one.child) && !self.is_kept_out(one.setting));
        let line = |one: store::due::Lapsing| {
            let days = (self.record.day(one.recorded_at.timestamp()), self.record.day(one.lapses.timestamp()));
            let line = self.until(Duty::Hold, days, About::Setting(one.setting), &format!("Bed for child {}", one.reference))?;
            Some(Line { next: format!("{} before {}", line.next, self.record.spoken(one.lapses)), ..line })
        };
        Ok(open.filter_map(line).collect())
    }

    async fn alerts(&self) -> Result<Vec<Line>, Error> {
        if permit(self.actor, Action::HomeRead, On::authority(self.authority)).is_err() {
            return Ok(Vec::new());
        }
        let mine = |alert: &Alert| match (alert.owner, self.actor.who) {
            (Some(owner), Who::Person(me)) => owner == me,
            (None, Who::Person(_)) => self.has(alert.role),
            (_, Who::Machine(_) | Who::Nobody) => false,
        };
        // Which child it is, is for those alone who may see the child in a list.
        let open = crate::record::alerts(self.record, self.actor, self.authority).await?;
        let line = |one: store::alert::Listed| {
            let alert = &one.alert.fact;
            let child = one.child.map(|child| format!("Child {child}")).or_else(|| alert.child.map(|_| "A child".to_owned()));
            let parts = [child.unwrap_or_default(), one.setting.clone()];
            let whose = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            self.until(Duty::Alert, (alert.since, alert.due), About::Alert(alert.id), &whose)
        };
        Ok(open.into_iter().filter(|one| mine(&one.alert.fact)).filter_map(line).collect())
    }

    async fn opened_cases(&self) -> Result<Vec<Line>, Error> {
        let Some(mut view) = self.view(Action::GlassReview).await? else { return Ok(Vec::new()) };
        let waiting = store::all::<BrokenGlass>(&mut view).await?.into_iter().map(|known| known.fact);
        let mine = |glass: &BrokenGlass| glass.reviewed_by.is_none() && self.actor.who != Who::Person(glass.person);
        let mut lines = Vec::new();
        for glass in waiting.filter(|glass| mine(glass) && !self.is_kept_out(glass.child)) {
            let child = store::find(&mut view, glass.child).await?.map(|known| known.fact.reference).unwrap_or_default();
            let days = (self.record.day(glass.opened_at), self.record.day(glass.ends_at));
            lines.extend(self.until(Duty::OpenedCase, days, About::OpenedCase(glass.id), &format!("Child {child}")));
        }
        Ok(lines)
    }

    async fn invitations(&self) -> Result<Vec<Line>, Error> {
        let Some(mut view) = self.view(Action::UserRead).await? else { return Ok(Vec::new()) };
        let line = |(number, one): (usize, store::due::Invited)| {
            let days = (self.record.day(one.made_at.timestamp()), self.record.day(one.ends_at.timestamp()));
            self.until(Duty::Invitation, days, About::Person(one.person), &format!("Invitation {}", number + 1))
        };
        Ok(store::due::invited(&mut view).await?.into_iter().enumerate().filter_map(line).collect())
    }

    async fn offices(&self) -> Result<Vec<Line>, Error> {
        let Some(mut view) = self.view(Action::OfficeWrite).await? else { return Ok(Vec::new()) };
        let last = self.today.plus(Duty::Office.notice() + 1);
        let gap = |(office, from): (Office, Day)| {
            let line = self.until(Duty::Office, (from, from.plus(-1)), About::Offices, office.words())?;
            Some(Line { next: format!("{}: from {} nobody can decide", line.next, from.long()), ..line })
        };
        Ok(uncovered(&mut view, self.today, last).await?.into_iter().filter_map(gap).collect())
    }

    async fn documents(&self) -> Result<Vec<Line>, Error> {
        let reads = self.has(Role::ContractOfficer) || self.has(Role::QualityOfficer);
        let Some(mut view) = self.view(Action::ProviderRead).await?.filter(|_| reads) else { return Ok(Vec::new()) };
        let papers: Vec<Document> = store::all(&mut view).await?.into_iter().map(|known| known.fact).collect();
        let providers: BTreeMap<Id<Provider>, Provider> =
            store::all::<Provider>(&mut view).await?.into_iter().map(|known| (known.fact.id, known.fact)).collect();
        let placed_with = |one: &Provider| !matches!(one.status, Status::Prospect | Status::Removed) && !self.is_kept_out(one.id);
        let line = |one: &Document| {
            let provider = providers.get(&one.provider).filter(|provider| placed_with(provider))?;
            let whose = format!("{}, {}", one.kind.label(), provider.name);
            self.until(Duty::Document, (one.from, one.to?.plus(-1)), About::Provider(provider.id), &whose)
        };
        let until = self.today.plus(Duty::Document.notice() + 2);
        Ok(running_out(&papers, until, self.today).filter_map(line).collect())
    }

    /// The papers of the provider that this person works for, which run out.
    async fn own_papers(&self) -> Result<Vec<Line>, Error> {
        let Some(provider) = self.actor.provider else { return Ok(Vec::new()) };
        let Ok(permit) = permit(self.actor, Action::OwnProviderRead, On::thing(self.authority, provider)) else { return Ok(Vec::new()) };
        let mut view = self.record.db.read(permit).await?;
        let papers: Vec<Document> =
            store::of(&mut view, provider).await?.into_iter().map(|known: Versioned<Document>| known.fact).collect();
        let line = |one: &Document| {
            let line = self.until(Duty::Document, (one.from, one.to?.plus(-1)), About::OwnPapers, one.kind.label())?;
            Some(Line { next: "Record the paper that follows it, and send it to the authority".to_owned(), ..line })
        };
        let until = self.today.plus(Duty::Document.notice() + 2);
        Ok(running_out(&papers, until, self.today).filter_map(line).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::code::Code;
    use domain::period::Kind;
    use store::due::Working;

    fn day(n: i32) -> Day {
        Day::year_start(2027).plus(n)
    }

    /// A child who came into care on a day and has lived in one home since.
    fn child(began: i32) -> InCare {
        InCare {
            child: Id::from_uuid(uuid::Uuid::nil()),
            reference: "1".to_owned(),
            born: day(-4_000),
            began: day(began),
            kind: Kind::Care,
            legal: Code::BLANK,
            legal_since: None,
            living: Some((day(began), Code::of("U6"))),
            working: Working { anybody: true, social_worker: true, reviewing_officer: true },
            restricted: false,
            reviewed: None,
            visited: None,
            health: None,
            placement_plan: None,
            heard: None,
            education_plan: None,
        }
    }

    #[test]
    fn an_empty_list_tells_something_only_since_the_authority_keeps_it() {
        let kept = KeptSince { reviews: Some(day(0)), ..KeptSince::default() };
        assert_eq!(facts(&child(5), &kept).reviews, Some(Vec::new()), "nobody held a review of this child");
        assert_eq!(facts(&child(-5), &kept).reviews, None, "one may have been held before anybody recorded any here");
        let known = InCare { reviewed: Some((day(3), day(90))), ..child(-5) };
        assert_eq!(facts(&known, &kept).reviews, Some(vec![day(3), day(90)]));
        assert_eq!(facts(&child(5), &kept).visits, None);
        let kept = KeptSince { health: Some(day(0)), ..KeptSince::default() };
        assert_eq!((facts(&child(5), &kept).health, facts(&child(-5), &kept).health), (Some(Vec::new()), None));
    }

    #[test]
    fn a_plan_of_the_home_before_is_no_plan_of_this_one() {
        let kept = KeptSince { placement_plans: Some(day(-900)), ..KeptSince::default() };
        let planned = |agreed: i32| facts(&InCare { placement_plan: Some(day(agreed)), ..child(100) }, &kept).plans;
        assert_eq!(planned(95), Some(vec![day(95)]), "made before the child moved in");
        assert_eq!(planned(10), Some(Vec::new()));
    }
}
