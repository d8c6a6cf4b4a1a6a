//! Once a day: everybody is told how much is due and overdue, and those who want a digest get their mail.

use jiff::SignedDuration;
use store::person::persons;
use store::{Event, Instant, mail, notice};

use super::{Kind, News, tell};
use crate::Error;
use crate::duties::{self, Work};
use crate::people::{self, program};
use crate::record::{Authority, Record, look};

/// What was told is forgotten after so long: what still matters stands on the page of work.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(90 * 24);

/// What a day's round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// People to whom something was news.
    pub people: usize,
}

/// Tells everybody who has a part at an authority what their day holds. Done again on the same day, it tells nobody anything twice.
///
/// # Errors
/// Those of the database.
pub async fn daily(record: &Record, site: &Authority) -> Result<Told, Error> {
    let today = record.today();
    look_at_limits(record, site).await?;
    let mut view = record.db.read(program("look at the day", site.id)?).await?;
    let working: Vec<_> = persons::all(&mut view).await?.into_iter().filter(|(known, _)| known.stopped_at.is_none()).collect();
    drop(view);
    let mut told = Told::default();
    for (known, _) in working {
        let person = known.person.id;
        let mut view = record.db.read(program("look at the day", site.id)?).await?;
        let actor = people::actor(record, &mut view, person).await?;
        let unread = notice::unread(&mut view, person).await?;
        let choice = notice::choice(&mut view, person).await?;
        drop(view);
        let work = duties::list(record, &actor, site, today).await?;
        let mut tx = record.db.begin(program("look at the day", site.id)?, record.moment()).await?;
        let mut news = 0;
        for line in work.overdue.iter().chain(&work.due).filter(|line| line.duty == domain::clock::Duty::Office) {
            let words = format!("{}: soon nobody can decide, or nobody can already.", line.whose);
            let office = News { kind: Kind::Office, event: &format!("{} {}", line.whose, line.by), words: &words, path: "/offices" };
            news += tell(record, &mut tx, &[person], &office).await?;
        }
        if let Some(words) = sentence(&work) {
            let event = today.to_string();
            let day = News { kind: Kind::Duties, event: &event, words: &words, path: "/work" };
            news += tell(record, &mut tx, &[person], &day).await?;
            if choice == notice::Choice::Digest {
                let unread = match unread {
                    0 => String::new(),
                    1 => " One notice is unread.".to_owned(),
                    _ => format!(" {unread} notices are unread."),
                };
                let digest = News { kind: Kind::Digest, words: &format!("{words}{unread}"), ..day };
                news += usize::from(super::mail(record, &mut tx, person, &digest, None).await?);
            }
        } else if choice == notice::Choice::Digest && unread > 0 {
            let words = if unread == 1 { "One notice is unread.".to_owned() } else { format!("{unread} notices are unread.") };
            let digest = News { kind: Kind::Digest, event: &today.to_string(), words: &words, path: "/notifications" };
            news += usize::from(super::mail(record, &mut tx, person, &digest, None).await?);
        }
        if news > 0 {
            told.people += 1;
            tx.commit(Event::of("person", person).because("told what the day holds")).await?;
        }
    }
    let before = Instant::new(record.now().timestamp() - FORGOTTEN);
    mail::forget(&record.db, program("forget old mail", site.id)?, record.moment(), before).await?;
    notice::forget(&record.db, program("forget old notices", site.id)?, record.moment(), before).await?;
    Ok(told)
}

/// Time alone breaks limits of the law too: an approval or an exemption ends, a child grows older (I0).
async fn look_at_limits(record: &Record, site: &Authority) -> Result<(), Error> {
    let mut tx = record.db.begin(program("look at the limits of the law", site.id)?, record.moment()).await?;
    if !look(record, &mut tx).await?.is_empty() {
        tx.commit(Event::of("authority", site.id).because("limits of the law looked at")).await?;
    }
    Ok(())
}

/// How much there is to do, in numbers alone; nothing where there is nothing.
fn sentence(work: &Work) -> Option<String> {
    let parts: Vec<String> = [(work.overdue.len(), "overdue"), (work.due.len(), "due soon"), (work.waiting.len(), "waiting for you")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let (last, firsts) = parts.split_last()?;
    Some(if firsts.is_empty() { format!("Today: {last}.") } else { format!("Today: {} and {last}.", firsts.join(", ")) })
}
