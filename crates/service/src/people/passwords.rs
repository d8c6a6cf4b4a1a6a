//! Passwords: what is asked of one, how it is kept, and how it is compared.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use tokio::sync::Semaphore;

use crate::Error;
use crate::record::Record;

/// Shorter ones are found by trying (National Cyber Security Centre: length before rules about characters).
const SHORTEST: usize = 12;

/// Longer ones are no safer, and hashing them is work that anybody could ask for.
const LONGEST: usize = 256;

/// Passwords that are hashed at once on one node; others wait for their turn. Each takes 19 MiB and a core for tens of milliseconds, so that without an
/// end whoever sends a thousand at once would have the memory and the cores that pages need.
const AT_ONCE: usize = 2;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// What comparing a password showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compared {
    Wrong,
    Right,
    /// It is right, and its hash was made with less work than is asked today.
    RightButOld,
}

/// Argon2id with the work that OWASP's password storage cheat sheet asks for: 19 MiB, two passes, one lane.
fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// What an unknown address is compared with, so that the answer takes as long as for a known one.
static NOBODYS: LazyLock<String> =
    LazyLock::new(|| argon2().hash_password_with_salt(&[0; 32], &[0; 16]).map(|hash| hash.to_string()).unwrap_or_default());

/// Whether a password may be chosen.
///
/// # Errors
/// [`Error::Unusable`] with what to do.
pub(super) fn fit(password: &str, email: &str) -> Result<(), Error> {
    let letters = password.chars().count();
    let name = email.split('@').next().unwrap_or_default();
    let first = password.chars().next();
    let fault = if letters < SHORTEST {
        "Enter a password of 12 characters or more: three random words are a good one"
    } else if password.len() > LONGEST {
        "Enter a password of fewer than 256 characters"
    } else if password.chars().all(|letter| Some(letter) == first) || (name.len() > 3 && password.to_lowercase().contains(name)) {
        "Enter a password that nobody would guess from your name or from one repeated character"
    } else {
        return Ok(());
    };
    Err(Error::Unusable(fault.to_owned()))
}

/// The hash of a password, as PHC text. Takes tens of milliseconds on purpose, away from the threads that answer others.
pub(super) async fn hash(record: &Record, password: &str) -> Result<String, Error> {
    let (password, salt) = (password.to_owned(), record.random::<16>());
    aside(move || {
        let hash = argon2().hash_password_with_salt(password.as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|fault| Error::Internal(format!("a password could not be hashed: {fault}")))
    })
    .await?
}

/// Compares a password with a hash, or, where there is none, with nobody's.
pub(super) async fn compare(password: &str, hash: Option<String>) -> Result<Compared, Error> {
    let password = password.to_owned();
    aside(move || {
        let (known, text) = (hash.is_some(), hash.as_deref().unwrap_or(&NOBODYS));
        let Ok(hash) = PasswordHash::new(text) else { return Compared::Wrong };
        let right = password.len() <= LONGEST && argon2().verify_password(password.as_bytes(), &hash).is_ok();
        match right && known {
            false => Compared::Wrong,
            true if Params::try_from(&hash).is_ok_and(|params| work(&params) == work(&Params::default())) => Compared::Right,
            true => Compared::RightButOld,
        }
    })
    .await
}

/// Memory, passes and lanes: what a hash costs.
fn work(params: &Params) -> [u32; 3] {
    [params.m_cost(), params.t_cost(), params.p_cost()]
}

/// Does work in its turn, away from the threads that answer others. The turn lasts as long as the work, also when nobody waits for it any more.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let given_up = || Error::Internal("work aside was given up".to_owned());
    let turn = TURNS.acquire().await.map_err(|_| given_up())?;
    let in_turn = move || {
        let done = work();
        drop(turn);
        done
    };
    tokio::task::spawn_blocking(in_turn).await.map_err(|_| given_up())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_not_a_guess() {
        let fits = |password: &str| fit(password, "ada.byron@example.gov.uk").is_ok();
        assert!(fits("correct horse battery") && fits("ünïcödé wörds"));
        for weak in ["short", "aaaaaaaaaaaaaaaa", "ada.byron-2026!", &"long ".repeat(60)] {
            assert!(!fits(weak), "{weak}");
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_flood_of_passwords_is_hashed_a_few_at_a_time() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);
        static MOST: AtomicUsize = AtomicUsize::new(0);
        let work = || {
            MOST.fetch_max(UNDER_WAY.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::sleep(std::time::Duration::from_millis(3));
            UNDER_WAY.fetch_sub(1, Ordering::SeqCst);
        };
        let flood: Vec<_> = (0..60).map(|_| tokio::spawn(aside(work))).collect();
        // Some go away before their turn is over: the work goes on, and so does its turn.
        for (number, one) in flood.into_iter().enumerate() {
            if number % 3 == 0 {
                one.abort();
            } else {
                one.await.unwrap().unwrap();
            }
        }
        let most = MOST.load(Ordering::SeqCst);
        assert!((1..=AT_ONCE).contains(&most), "{most} at once");
    }

    #[tokio::test]
    async fn only_the_right_password_compares() {
        let old = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8192, 1, 1, None).unwrap());
        let hash = |argon2: &Argon2<'_>| argon2.hash_password_with_salt(b"correct horse", &[1; 16]).unwrap().to_string();
        assert_eq!(compare("correct horse", Some(hash(&argon2()))).await.unwrap(), Compared::Right);
        assert_eq!(compare("correct horse", Some(hash(&old))).await.unwrap(), Compared::RightButOld);
        assert_eq!(compare("wrong horse", Some(hash(&argon2()))).await.unwrap(), Compared::Wrong);
        assert_eq!(compare("correct horse", Some("no hash".to_owned())).await.unwrap(), Compared::Wrong);
        let nobodys = String::from_utf8(vec![0; 32]).unwrap();
        assert_eq!(compare(&nobodys, None).await.unwrap(), Compared::Wrong, "nobody's password opens nothing");
    }
}
