//! The worker beside the web app: empties the outbox, and once a day tells everybody what their day holds.

use std::time::Duration;

use network::smtp::Server;
use service::notify;
use service::record::{Authority, Record};

/// Between two looks at the outbox.
const ROUND: Duration = Duration::from_secs(10);

/// The hour from which people are told what their day holds.
const MORNING: u8 = 7;

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
        loop {
            let (today, hour) = self.record.clock();
            if hour >= MORNING && told != Some(today) {
                match notify::daily(&self.record, &self.authority).await {
                    Ok(_) => told = Some(today),
                    Err(fault) => tracing::error!(%fault, "nobody was told what the day holds"),
                }
            }
            if let Some(server) = &self.server {
                match notify::deliver(&self.record, &self.authority, server, &self.address).await {
                    Ok(done) if done.again + done.given_up > 0 => {
                        tracing::warn!(sent = done.sent, again = done.again, given_up = done.given_up, "some mail did not go");
                    }
                    Ok(_) => {}
                    Err(fault) => tracing::error!(%fault, "the outbox could not be emptied"),
                }
            }
            tokio::time::sleep(ROUND).await;
        }
    }
}
