//! The last few costly results, so that a page that is opened again, or by a colleague, is there at once.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// At most so many results; the one asked for least lately makes room.
#[derive(Debug)]
pub(crate) struct Recent<K, V> {
    room: usize,
    held: Mutex<VecDeque<(K, Arc<V>)>>,
}

impl<K: PartialEq, V> Recent<K, V> {
    pub(crate) fn new(room: usize) -> Self {
        Self { room, held: Mutex::new(VecDeque::new()) }
    }

    /// The result for a key: held, or worked out now and held if it succeeds. Two readers who ask at once may both work it out; the lock
    /// is never held meanwhile, so nobody waits for another's question.
    pub(crate) fn find_or<E>(&self, key: K, work: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        if let Some(found) = self.find(&key) {
            return Ok(found);
        }
        let made = Arc::new(work()?);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.push_front((key, Arc::clone(&made)));
        held.truncate(self.room);
        Ok(made)
    }

    fn find(&self, key: &K) -> Option<Arc<V>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let at = held.iter().position(|(known, _)| known == key)?;
        let entry = held.remove(at)?;
        let found = Arc::clone(&entry.1);
        held.push_front(entry);
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_asked_for_least_lately_makes_room_and_failures_are_not_held() {
        let recent = Recent::new(2);
        let ask = |key: u32, made: Result<u32, ()>| recent.find_or(key, || made).map(|found| *found);
        assert_eq!(ask(1, Err(())), Err(()));
        assert_eq!((ask(1, Ok(10)), ask(2, Ok(20))), (Ok(10), Ok(20)));
        assert_eq!(ask(1, Ok(11)), Ok(10), "held");
        assert_eq!(ask(3, Ok(30)), Ok(30));
        assert_eq!(ask(2, Ok(21)), Ok(21), "2 made room for 3, since 1 was asked for later");
        assert_eq!(ask(3, Ok(31)), Ok(30));
    }
}
