//! Work that takes longer than a page may: it is begun once, says how far it is, can be stopped, and is found again by what it was asked.
//!
//! In memory, for one process; what is kept for good belongs to the record.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;

use crate::Error;

/// How far a piece of work is, and whether somebody wants it stopped. The work itself looks here between its steps.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU32,
    of: AtomicU32,
    stopped: AtomicBool,
}

impl Progress {
    /// Says that so many of so many steps are done.
    pub fn set(&self, done: u32, of: u32) {
        self.of.store(of, Ordering::Relaxed);
        self.done.store(done, Ordering::Relaxed);
    }

    /// Steps done and steps in all; 0 of 0 before it began.
    pub fn steps(&self) -> (u32, u32) {
        (self.done.load(Ordering::Relaxed), self.of.load(Ordering::Relaxed))
    }

    /// Breaks off once somebody wants it stopped.
    pub fn go_on(&self) -> ControlFlow<()> {
        if self.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Whether somebody wants it stopped.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// One piece of work.
#[derive(Debug)]
pub struct Job<T> {
    key: String,
    progress: Progress,
    outcome: OnceLock<Result<Arc<T>, Error>>,
}

/// Where a piece of work stands.
#[derive(Debug)]
pub enum Standing<'a, T> {
    /// It waits or runs: steps done, steps in all.
    Running(u32, u32),
    /// It was stopped before it had an answer.
    Stopped,
    /// The answer.
    Done(&'a Arc<T>),
    /// Why there is none.
    Failed(&'a Error),
}

impl<T> Job<T> {
    /// What it was asked, which is also how it is found.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing<'_, T> {
        match self.outcome.get() {
            Some(Ok(answer)) => Standing::Done(answer),
            Some(Err(_)) if self.progress.is_stopped() => Standing::Stopped,
            Some(Err(fault)) => Standing::Failed(fault),
            None => {
                let (done, of) = self.progress.steps();
                Standing::Running(done, of)
            }
        }
    }

    /// Asks it to stop at its next step.
    pub fn stop(&self) {
        self.progress.stopped.store(true, Ordering::Relaxed);
    }
}

/// The pieces of work of one kind: one runs at a time, so that pages stay quick; the newest are kept.
#[derive(Debug)]
pub struct Desk<T> {
    keep: usize,
    /// Bytes that answers may take together.
    most: usize,
    weigh: fn(&T) -> usize,
    jobs: Mutex<VecDeque<Arc<Job<T>>>>,
    turn: Arc<Mutex<()>>,
}

impl<T: Send + Sync + 'static> Desk<T> {
    /// An empty desk that keeps so many answers.
    pub fn new(keep: usize) -> Self {
        Self::within(keep, usize::MAX, |_| 0)
    }

    /// An empty desk whose answers, but for the newest, take no more than so many bytes together.
    pub fn within(keep: usize, most: usize, weigh: fn(&T) -> usize) -> Self {
        Self { keep, most, weigh, jobs: Mutex::default(), turn: Arc::default() }
    }

    /// The work that was asked this, if it is still known.
    pub fn find(&self, key: &str) -> Option<Arc<Job<T>>> {
        open(&self.jobs).iter().find(|job| job.key == key).cloned()
    }

    /// What is known, the newest first.
    pub fn all(&self) -> Vec<Arc<Job<T>>> {
        open(&self.jobs).iter().rev().cloned().collect()
    }

    /// Finds the work, or begins it on a thread of its own. Work that was stopped is begun again.
    pub fn find_or_begin(&self, key: &str, work: impl FnOnce(&Progress) -> Result<T, Error> + Send + 'static) -> Arc<Job<T>> {
        let mut jobs = open(&self.jobs);
        jobs.retain(|job| job.key != key || !job.progress.is_stopped());
        if let Some(job) = jobs.iter().find(|job| job.key == key) {
            return Arc::clone(job);
        }
        let job = Arc::new(Job { key: key.to_owned(), progress: Progress::default(), outcome: OnceLock::new() });
        jobs.push_back(Arc::clone(&job));
        while jobs.len() > self.keep {
            // What nobody can find any more need not be finished.
            if let Some(oldest) = jobs.pop_front() {
                oldest.stop();
            }
        }
        let weight =
            |job: &Arc<Job<T>>| job.outcome.get().and_then(|outcome| outcome.as_ref().ok()).map_or(0, |answer| (self.weigh)(answer));
        while jobs.iter().map(weight).sum::<usize>() > self.most
            && let Some(oldest) = jobs.iter().position(|job| weight(job) > 0)
        {
            jobs.remove(oldest);
        }
        drop(jobs);
        let (running, turn) = (Arc::clone(&job), Arc::clone(&self.turn));
        thread::spawn(move || {
            let _turn = open(&turn);
            // A panic must end as an answer, or the page would wait for ever.
            let asked =
                std::panic::AssertUnwindSafe(|| if running.progress.is_stopped() { Err(stopped()) } else { work(&running.progress) });
            let outcome =
                std::panic::catch_unwind(asked).unwrap_or_else(|_| Err(Error::Internal("The work failed by a fault of ours.".to_owned())));
            let _ = running.outcome.set(outcome.map(Arc::new));
        });
        job
    }
}

/// What work answers that was stopped.
pub fn stopped() -> Error {
    Error::Unusable("It was stopped before it was finished.".to_owned())
}

fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    fn wait<T>(job: &Job<T>) {
        while matches!(job.standing(), Standing::Running(..)) {
            thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn the_same_question_is_worked_on_once_and_its_answer_found_again() {
        let desk = Desk::new(2);
        let first = desk.find_or_begin("a", |progress| {
            progress.set(1, 1);
            Ok(7)
        });
        wait(&first);
        let second = desk.find_or_begin("a", |_| Ok(8));
        assert!(matches!(second.standing(), Standing::Done(answer) if **answer == 7));
        assert_eq!(desk.all().len(), 1);
    }

    #[test]
    fn work_that_is_stopped_says_so_and_can_be_begun_again() {
        let desk = Desk::new(2);
        let (begun, has_begun) = mpsc::channel();
        let job = desk.find_or_begin("a", move |progress: &Progress| {
            begun.send(()).unwrap();
            while !progress.is_stopped() {
                thread::sleep(Duration::from_millis(1));
            }
            Err::<i32, _>(stopped())
        });
        has_begun.recv().unwrap();
        job.stop();
        wait(&job);
        assert!(matches!(job.standing(), Standing::Stopped));
        let again = desk.find_or_begin("a", |_| Ok(1));
        wait(&again);
        assert!(matches!(again.standing(), Standing::Done(_)));
    }

    #[test]
    fn answers_together_take_no_more_than_they_may() {
        let desk = Desk::within(10, 100, |answer: &usize| *answer);
        for (key, bytes) in [("a", 60), ("b", 30), ("c", 500), ("d", 1)] {
            wait(&desk.find_or_begin(key, move |_| Ok(bytes)));
        }
        assert!(["a", "b", "c"].iter().all(|key| desk.find(key).is_none()), "what is too much on its own goes when the next begins");
        for key in ["e", "f"] {
            wait(&desk.find_or_begin(key, |_| Ok(90)));
        }
        assert_eq!(desk.all().iter().map(|job| job.key().to_owned()).collect::<Vec<_>>(), ["f", "e", "d"]);
        desk.find_or_begin("g", |_| Ok(1));
        assert!(desk.find("d").is_none() && desk.find("e").is_none() && desk.find("f").is_some());
    }

    #[test]
    fn the_oldest_makes_room_and_a_panic_is_an_answer() {
        let desk = Desk::new(1);
        wait(&desk.find_or_begin("a", |_| Ok(1)));
        let job = desk.find_or_begin("b", |_| panic!("as this test wants"));
        wait(&job);
        assert!(matches!(job.standing(), Standing::Failed(Error::Internal(_))));
        assert!(desk.find("a").is_none());
    }
}
