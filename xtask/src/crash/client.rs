//! A client that writes as fast as it is answered, and keeps its own list of what it was told.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};

use super::ledger::{Known, Ledger, PLACES, Times};
use crate::browser::{Answer, Browser};
use crate::dice::Dice;

/// When a client writes into its list that a change was acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counts {
    /// When the answer is there: what the product promises.
    Answered,
    /// When the form is sent: untrue on purpose, to show that the harness finds losses.
    Sent,
}

/// One client.
#[derive(Debug)]
pub(crate) struct Client {
    name: String,
    browser: Browser,
    dice: Dice,
    counts: Counts,
    next: u32,
    pub(crate) ledger: Ledger,
}

/// What became of one form.
enum Sent {
    /// It was acknowledged: the address that the answer leads to.
    Taken(String),
    /// Nobody knows.
    Doubtful,
}

impl Client {
    pub(crate) fn new(number: u64, browser: Browser, seed: u64, counts: Counts) -> Self {
        let dice = Dice::new(seed.wrapping_mul(1000) + number);
        Self { name: format!("Client {number}"), browser, dice, counts, next: 0, ledger: Ledger::default() }
    }

    /// Puts a word before its name, so that what it adds is told from what others add.
    pub(crate) fn call(&mut self, word: &str) {
        self.name = format!("{word} {}", self.name);
    }

    /// Writes until told to stop. While nobody answers it tries again, with something else.
    pub(crate) fn write(&mut self, node: SocketAddr, stop: &AtomicBool) {
        while !stop.load(Ordering::Relaxed) {
            let certain: Vec<String> = self.ledger.0.iter().filter(|(_, known)| known.is_certain()).map(|(name, _)| name.clone()).collect();
            let choice = self.dice.below(4);
            let Some(name) = certain.get(self.dice.below(certain.len().max(1) as u64) as usize).filter(|_| choice > 0) else {
                self.add(node);
                continue;
            };
            if choice == 1 { self.add_home(node, name) } else { self.correct(node, name) }
        }
    }

    fn add(&mut self, node: SocketAddr) {
        let name = format!("{} provider {:05}", self.name, self.next);
        self.next += 1;
        let fields = [("name", name.as_str()), ("legal_name", "version 1"), ("sector", "private"), ("status", "approved")];
        self.ledger.0.insert(name.clone(), Known { versions: self.sent(Times::default()), ..Known::default() });
        if let Sent::Taken(path) = self.send(node, "/providers/new", &fields)
            && let Some(known) = self.ledger.0.get_mut(&name)
        {
            *known = Known { path, versions: Times { answered: 1, sent: 1 }, ..Known::default() };
        }
    }

    fn correct(&mut self, node: SocketAddr, name: &str) {
        let Some(known) = self.ledger.0.get(name).cloned() else { return };
        let versions = self.sent(known.versions);
        let (version, legal) = (known.versions.sent.to_string(), format!("version {}", versions.sent));
        let fields = [
            ("name", name),
            ("legal_name", &legal),
            ("sector", "private"),
            ("status", "approved"),
            ("version", &version),
            ("reason", "the next number"),
        ];
        let path = format!("{}/correct", known.path);
        self.ledger.0.insert(name.to_owned(), Known { versions, ..known.clone() });
        if let Sent::Taken(_) = self.send(node, &path, &fields) {
            let versions = Times { answered: versions.sent, ..versions };
            self.ledger.0.insert(name.to_owned(), Known { versions, ..known });
        }
    }

    fn add_home(&mut self, node: SocketAddr, name: &str) {
        let Some(known) = self.ledger.0.get(name).cloned() else { return };
        let homes = self.sent(known.homes);
        let (title, places) = (format!("{name} home {:03}", homes.sent), PLACES.to_string());
        let provider = known.path.rsplit('/').next().unwrap_or_default();
        let fields = [
            ("name", title.as_str()),
            ("provider", provider),
            ("kind", "childrens-home"),
            ("registration", "held"),
            ("places", &places),
            ("youngest", "8"),
            ("oldest", "17"),
            ("takes", "anybody"),
        ];
        self.ledger.0.insert(name.to_owned(), Known { homes, ..known.clone() });
        if let Sent::Taken(_) = self.send(node, "/homes/new", &fields) {
            let homes = Times { answered: homes.sent, ..homes };
            self.ledger.0.insert(name.to_owned(), Known { homes, ..known });
        }
    }

    /// One more was sent; acknowledged already where this run lies on purpose.
    const fn sent(&self, times: Times) -> Times {
        let sent = times.sent + 1;
        Times { answered: if matches!(self.counts, Counts::Sent) { sent } else { times.answered }, sent }
    }

    fn send(&self, node: SocketAddr, path: &str, fields: &[(&str, &str)]) -> Sent {
        let leads = |answer: &Answer| answer.status == 303 && !answer.header("location").starts_with("/sign-in");
        match self.browser.post(node, path, fields) {
            Some(answer) if leads(&answer) => Sent::Taken(answer.header("location").to_owned()),
            Some(_) => Sent::Doubtful,
            None => {
                // Whoever is gone is not called a thousand times a second.
                std::thread::sleep(std::time::Duration::from_millis(2));
                Sent::Doubtful
            }
        }
    }
}
