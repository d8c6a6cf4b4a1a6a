//! The worker beside the web app: empties the outbox, and once a day tells everybody what their day holds.

use std::time::Duration;

use network::smtp::Server;
use service::notify;
use service::record::{Authority, Record};

/// Between two looks at the outbox.
const ROUND: Duration = Duration::from_secs(10);

/// The hour from which people are told what their day holds.
const MORNING: u8 = 7;

/// A server that refuses us is asked again after a minute, then two, four, up to this long: whoever knocks with a wrong password every few seconds is
/// locked out by it.
const LONGEST: Duration = Duration::from_mins(15);

/// How often in a row the server refused us, and until when it is left in peace.
#[derive(Default)]
struct Shut {
    times: u32,
    until: Option<tokio::time::Instant>,
}

impl Shut {
    fn is_over(&self) -> bool {
        self.until.is_none_or(|until| until <= tokio::time::Instant::now())
    }

    /// It refused us once more; gives how long it is left in peace.
    fn once_more(&mut self) -> Duration {
        let wait = (Duration::from_mins(1) * 2_u32.saturating_pow(self.times.min(8))).min(LONGEST);
        self.times += 1;
        self.until = Some(tokio::time::Instant::now() + wait);
        wait
    }
}

/// What carries notices and mail.
pub(crate) struct Courier {
    pub(crate) record: Record,
    pub(crate) authority: Authority,
    /// The mail server; without one, mail waits and goes stale, and notices are read in the app.
    pub(crate) server: Option<Server>,
    /// What people type to reach the pages.
    pub(crate) address: String,
}

impl Courier {
    /// Works until it is dropped. What fails is logged and tried again: a round that was cut off leaves nothing half done.
    pub(crate) async fn work(self) {
        let mut told = None;
        let mut shut = Shut::default();
        loop {
            let (today, hour) = self.record.clock();
            if hour >= MORNING && told != Some(today) {
                match notify::daily(&self.record, &self.authority).await {
                    Ok(_) => told = Some(today),
                    Err(fault) => tracing::error!(%fault, "nobody was told what the day holds"),
                }
            }
            if let Some(server) = self.server.as_ref().filter(|_| shut.is_over()) {
                match notify::deliver(&self.record, &self.authority, server, &self.address).await {
                    Ok(notify::Delivered { shut: Some(why), .. }) => {
                        let again = shut.once_more();
                        tracing::error!(
                            %why,
                            again_in_seconds = again.as_secs(),
                            "the mail server takes nothing from Placewell: see to [mail] in its configuration; no mail is lost for three days"
                        );
                    }
                    Ok(done) if done.again + done.given_up > 0 => {
                        shut = Shut::default();
                        tracing::warn!(sent = done.sent, again = done.again, given_up = done.given_up, "some mail did not go");
                    }
                    Ok(_) => shut = Shut::default(),
                    Err(fault) => tracing::error!(%fault, "the outbox could not be emptied"),
                }
            }
            tokio::time::sleep(ROUND).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_refuses_us_is_left_in_peace_for_longer_each_time() {
        let mut shut = Shut::default();
        assert!(shut.is_over());
        let waits: Vec<u64> = (0..40).map(|_| shut.once_more().as_secs()).collect();
        assert_eq!(waits[..6], [60, 120, 240, 480, 900, 900]);
        assert!(waits.iter().all(|wait| *wait <= 900) && !shut.is_over());
    }
}
