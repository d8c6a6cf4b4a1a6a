//! Slowing down whoever tries passwords, without locking anybody out for good.

use std::net::IpAddr;

use jiff::SignedDuration;
use store::Instant;
use store::person::throttle::{self, Failures};

use super::program;
use crate::Error;
use crate::record::{Authority, Record};

/// After an hour without a failure counting begins anew.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(1);

/// What is counted, how many failures are free, and the longest wait after more.
///
/// - Somebody at one place trying one address: five are slips, then each wait is twice as long, up to five minutes: behind a shared address sit colleagues.
/// - One place trying many addresses: fifty, because a whole council may share one; then up to a minute.
/// - One address from everywhere: twenty, then ten seconds and never more, so that whoever attacks it cannot keep its owner out.
struct Counted {
    subject: String,
    free: i64,
    longest: i64,
}

/// Failures that bear on one attempt.
pub(super) struct Brake {
    counted: [Counted; 3],
}

impl Brake {
    /// For an attempt about an address of somebody, coming from a place in the network.
    pub(super) fn new(about: &str, from: &str) -> Self {
        let from = place(from);
        let counted = [
            Counted { subject: format!("{about} from {from}"), free: 5, longest: 5 * 60 },
            Counted { subject: format!("anybody from {from}"), free: 50, longest: 60 },
            Counted { subject: format!("{about} from anywhere"), free: 20, longest: 10 },
        ];
        Self { counted }
    }

    /// Counts the attempt as a failure before it is tried, so that a thousand at once are a thousand; or says for how many seconds to wait.
    pub(super) async fn press(&self, record: &Record, site: &Authority) -> Result<Result<(), i64>, Error> {
        let now = record.now();
        let mut view = record.db.read(program("count attempts", site.id)?).await?;
        let mut wait = 0;
        for counted in &self.counted {
            if let Some(failures) = throttle::of(&mut view, &counted.subject).await? {
                wait = wait.max(counted.wait(failures, now));
            }
        }
        drop(view);
        if wait > 0 {
            return Ok(Err(wait));
        }
        // Those who came at once all read the same: they are judged again one after another, as they are counted.
        let subjects = self.counted.each_ref().map(|counted| counted.subject.clone());
        let forgotten = Instant::new(now.timestamp() - FORGOTTEN);
        let judge = |at: usize, failures: Failures| self.counted.get(at).map_or(0, |counted| counted.wait(failures, now));
        let permit = program("count attempts", site.id)?;
        let wait = throttle::press(&record.db, permit, record.moment(), &subjects, forgotten, judge).await?;
        if wait > 0 {
            return Ok(Err(wait));
        }
        Ok(Ok(()))
    }

    /// Forgets what was counted about the person. Of what came from the place this attempt alone is taken back: a council that signs in at nine has done
    /// nothing wrong, and one right password among a thousand tries is no excuse for the others.
    pub(super) async fn release(&self, record: &Record, site: &Authority) -> Result<(), Error> {
        let [pair, place, about] = &self.counted;
        throttle::take_back(&record.db, program("count attempts", site.id)?, record.moment(), &place.subject).await?;
        let subjects = [pair.subject.clone(), about.subject.clone()];
        Ok(throttle::forget(&record.db, program("count attempts", site.id)?, record.moment(), &subjects).await?)
    }
}

/// What counts as one place in the network. Whoever has an address of IPv6 has 64 bits of them to choose from, so that a network of that size is one; an
/// address of IPv4 that is written as one of IPv6 is itself.
fn place(from: &str) -> String {
    match from.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => from.to_owned(),
    }
}

impl Counted {
    /// Seconds still to wait.
    fn wait(&self, failures: Failures, now: Instant) -> i64 {
        let over = failures.failures - self.free;
        if over < 0 {
            return 0;
        }
        let delay = 2_i64.saturating_pow(over.clamp(0, 20) as u32).min(self.longest);
        let passed = now.timestamp().duration_since(failures.last_at.timestamp()).as_secs();
        if passed >= FORGOTTEN.as_secs() { 0 } else { (delay - passed).clamp(0, self.longest) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ipv6_is_one_place() {
        assert_eq!(place("2001:db8:1:2:3:4:5:6"), place("2001:db8:1:2:ffff::1"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
        assert_eq!(place("::ffff:192.0.2.1"), "192.0.2.1");
        assert_ne!(place("192.0.2.1"), place("192.0.2.2"));
        assert_eq!(place("this machine"), "this machine");
    }

    #[test]
    fn waits_double_and_have_an_end() {
        let at = |second| Instant::new(jiff::Timestamp::from_second(second).unwrap());
        let Brake { counted: [pair, _, about] } = Brake::new("ada", "192.0.2.1");
        let wait = |counted: &Counted, failures, passed| counted.wait(Failures { failures, last_at: at(0) }, at(passed));
        assert_eq!([4, 5, 6, 9].map(|failures| wait(&pair, failures, 0)), [0, 1, 2, 16]);
        assert_eq!(wait(&pair, 1000, 0), 300);
        assert_eq!((wait(&pair, 9, 15), wait(&pair, 9, 16), wait(&pair, 1000, 3600)), (1, 0, 0));
        assert_eq!(wait(&about, 1_000_000, 0), 10, "nobody is kept out by others for longer");
    }
}
