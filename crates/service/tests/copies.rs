//! A backup is the record, wherever it is restored: on each engine, from each engine, and nothing but a whole one. Everybody in it is made up.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops where something unforeseen happens, and asks the environment for its server"
)]

use std::io::{Cursor, Read as _, Write as _};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use domain::access::{Actor, Role};
use domain::provider::{Provider, Sector, Status};
use service::copies::{self, Archive, Key, Log, Manifest, TableMade};
use service::holdings::{self, Folder, Holding};
use service::people::{self, Attempt, NewUser, Outcome, Token};
use service::record::{self, Authority, Choice, Correction, Record};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

static HOLDING: LazyLock<(tempfile::TempDir, Holding)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { children: 60, years: 1, ..example::Settings::default() };
    let written = example::write(folder.path(), &settings, None).unwrap();
    let path = folder.path().join(&written.authorities[0]);
    let holding = holdings::open(Folder { path, authority: None, year: None }).unwrap();
    (folder, holding)
});

fn now() -> jiff::Timestamp {
    static NOW: AtomicI64 = AtomicI64::new(0);
    jiff::Timestamp::from_second(1_780_315_200 + NOW.fetch_add(1, Ordering::Relaxed)).unwrap()
}

fn chance(bytes: &mut [u8]) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let at = bytes.len() - 8;
    bytes[at..].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
}

fn owner() -> Actor {
    Actor::machine("test")
}

/// An empty database of each engine, on PostgreSQL as somebody who is not its superuser: the fence between authorities holds for them.
async fn blanks(key: [u8; 64]) -> Vec<(&'static str, tempfile::TempDir, Record)> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.db");
    std::fs::File::create(&file).unwrap();
    let mut addresses = vec![("sqlite", folder, format!("sqlite://{}", file.display()))];
    if let Ok(server) = std::env::var("TEST_POSTGRES") {
        let name = format!("copies_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        for text in [format!("CREATE ROLE {name} LOGIN"), format!("CREATE DATABASE {name} OWNER {name}")] {
            assert!(std::process::Command::new("psql").args([&server, "-qc", &text]).status().unwrap().success());
        }
        let address = server.replace("/postgres?", &format!("/{name}?")).replace("placewell@", &format!("{name}@"));
        addresses.push(("postgres", tempfile::tempdir().unwrap(), address));
    }
    let mut blanks = Vec::new();
    for (engine, folder, address) in addresses {
        blanks.push((engine, folder, Record::connect(&address, key, now, chance).await.unwrap()));
    }
    blanks
}

/// Two authorities, a year of returns, a correction with letters beyond ASCII, somebody who is signed in.
async fn furnish(record: &Record) -> Authority {
    furnished(record).await.0
}

async fn furnished(record: &Record) -> (Authority, Token) {
    record.migrate().await.unwrap();
    record::open(record, &owner(), "Elsewhere", "Elsewhere").await.unwrap();
    let authority = record::open(record, &owner(), "Exampleshire", "Exampleshire").await.unwrap();
    record::import(record, &owner(), &authority, &HOLDING.1, Choice::Keep).await.unwrap();
    correct_somebody(record, &authority, "Zoë’s carer said “the 3rd”;\n\ta line, and a \\ too").await;
    let new =
        NewUser { name: "Invented", email: "invented@example.gov.uk", roles: [Role::Analyst].into(), password: Some("three random words") };
    people::add(record, &owner(), &authority, &new).await.unwrap();
    let attempt = Attempt { email: new.email, password: "three random words", from: "192.0.2.1" };
    let Outcome::Open(token) = people::sign_in(record, &authority, attempt).await.unwrap() else { panic!("nobody is signed in") };
    (authority, token)
}

/// Moves the start of a placement that could begin a day later.
async fn correct_somebody(record: &Record, authority: &Authority, reason: &str) {
    for listed in record::children(record, &owner(), authority.id).await.unwrap() {
        let case = record::show(record, &owner(), authority.id, listed.child.id, None).await.unwrap();
        let Some(known) = case.placements.first() else { continue };
        let correction = Correction {
            placement: known.fact.id,
            version: known.version,
            start: known.fact.start.plus(1),
            end: known.fact.end,
            reason: reason.to_owned(),
        };
        if record::correct(record, &owner(), authority.id, listed.child.id, &correction).await.is_ok() {
            return;
        }
    }
    panic!("nobody's placement could begin a day later");
}

async fn backed_up(record: &Record) -> (Vec<u8>, Manifest) {
    let mut file = Cursor::new(Vec::new());
    let manifest = copies::back_up(record, &owner(), &mut file, Key::LeftOut).await.unwrap();
    (file.into_inner(), manifest)
}

/// What must be the same, whenever the backup was made.
fn content(manifest: Manifest) -> (i64, String, Vec<TableMade>, Vec<Log>) {
    (manifest.schema, manifest.seal, manifest.tables, manifest.logs)
}

#[tokio::test]
async fn a_restored_backup_is_the_original_on_each_engine_and_across() {
    for (source, _folder, original) in blanks([3; 64]).await {
        let (authority, token) = furnished(&original).await;
        let (file, made) = backed_up(&original).await;
        let rows = |name: &str| made.tables.iter().find(|table| table.name == name).unwrap().rows;
        assert!(
            rows("placement") > 60 && rows("placement_history") == 1 && rows("password") == 1 && rows("audit_detail") > 200,
            "{source}"
        );
        assert!(made.tables.iter().all(|table| table.name != "outbox"), "{source}: a copy sends nobody what waited here");
        assert!(made.logs.len() == 2 && made.logs.iter().all(|log| log.holds), "{source}: {:?}", made.logs);
        for (target, _folder, blank) in blanks([3; 64]).await {
            let mut archive = Archive::open(Cursor::new(&file)).unwrap();
            copies::restore(&blank, &owner(), &mut archive).await.unwrap();
            let (_, again) = backed_up(&blank).await;
            assert_eq!(content(again), content(made.clone()), "{source} to {target}");
            // Nobody is signed in with what a browser kept from before, nor does a link open anything.
            assert!(people::signed(&original, &authority, token).await.unwrap().is_some(), "{source}");
            assert!(people::signed(&blank, &authority, token).await.unwrap().is_none(), "{source} to {target}");
            assert!(made.tables.iter().all(|table| !["session", "link", "throttle"].contains(&&*table.name)), "{source}");
            // Its guards are up: a correction leaves a version behind, and the log goes on.
            correct_somebody(&blank, &authority, "after the restore").await;
            let (_, later) = backed_up(&blank).await;
            let history = later.tables.iter().find(|table| table.name == "placement_history").unwrap();
            assert_eq!(history.rows, 2, "{source} to {target}");
            assert!(later.logs.iter().all(|log| log.holds), "{source} to {target}");
            // What holds something already is left alone.
            let refused = copies::restore(&blank, &owner(), &mut archive).await.unwrap_err().to_string();
            assert!(refused.contains("is not empty") && refused.contains("--database"), "{refused}");
            assert_eq!(backed_up(&blank).await.1.tables, later.tables, "{source} to {target}");
        }
    }
}

#[tokio::test]
async fn a_backup_is_of_one_moment_while_others_write() {
    for (engine, _folder, record) in blanks([3; 64]).await {
        let authority = furnish(&record).await;
        let writing = async {
            for number in 0..40 {
                let name = format!("Provider {number}");
                let provider = Provider {
                    id: record.id(),
                    name,
                    legal_name: String::new(),
                    company: domain::Code::BLANK,
                    sector: Sector::Private,
                    status: Status::Approved,
                };
                record::add(&record, &owner(), authority.id, &provider).await.unwrap();
            }
        };
        let ((file, made), ()) = tokio::join!(backed_up(&record), writing);
        let (_, _folder, blank) = blanks([3; 64]).await.remove(0);
        let mut archive = Archive::open(Cursor::new(&file)).unwrap();
        copies::restore(&blank, &owner(), &mut archive).await.unwrap();
        assert_eq!(content(backed_up(&blank).await.1), content(made), "{engine}");
    }
}

#[tokio::test]
async fn a_backup_that_is_not_whole_is_refused_before_anything_is_touched() {
    let (_, _folder, record) = blanks([3; 64]).await.remove(0);
    furnish(&record).await;
    let (file, made) = backed_up(&record).await;
    for cut in [0, 1, file.len() / 2, file.len() - 1] {
        let refused = Archive::open(Cursor::new(&file[..cut])).unwrap_err().to_string();
        assert!(refused.contains("is damaged") && refused.contains("another copy"), "{cut}: {refused}");
    }
    let whole = tables_in(&file, &made);
    // A bit of the file, wherever it lies: of the archive's own frame some say nothing, such as the hour of an entry. Then all is read as it was.
    for at in (0..file.len()).step_by(file.len() / 97) {
        let mut damaged = file.clone();
        damaged[at] ^= 0x20;
        match Archive::open(Cursor::new(&damaged)) {
            Err(fault) => assert!(fault.to_string().contains("backup"), "{at}: {fault}"),
            Ok(archive) => {
                assert_eq!(archive.manifest(), &made, "{at}");
                assert_eq!(tables_in(&damaged, &made), whole, "{at}");
            }
        }
    }
    // A letter of what a table says, in an archive that is otherwise as it should be: every one is found.
    for (name, text) in whole.iter().filter(|(_, text)| !text.is_empty()) {
        for at in [0, text.len() / 2, text.len() - 1] {
            let mut altered = text.clone();
            altered[at] ^= 0x20;
            let refused = Archive::open(Cursor::new(with_entry(&file, name, &altered))).unwrap_err().to_string();
            assert!(refused.contains("is damaged"), "{name} at {at}: {refused}");
        }
    }
}

/// What each table of a backup says, by the name of its entry.
fn tables_in(file: &[u8], made: &Manifest) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut read = |table: &TableMade| {
        let (name, mut text) = (format!("tables/{}.jsonl", table.name), Vec::new());
        archive.by_name(&name).unwrap().read_to_end(&mut text).unwrap();
        (name, text)
    };
    made.tables.iter().map(&mut read).collect()
}

/// The same archive, one entry of which says something else, with a checksum that fits.
fn with_entry(file: &[u8], name: &str, text: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut altered = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).unwrap();
        if entry.name().unwrap() == name {
            altered.start_file(name, SimpleFileOptions::default()).unwrap();
            altered.write_all(text).unwrap();
        } else {
            altered.raw_copy_file(entry).unwrap();
        }
    }
    altered.finish().unwrap().into_inner()
}

/// Somebody writes to where backups lie: another hash of a password, and a manifest that fits it.
#[tokio::test]
async fn a_forged_backup_is_refused() {
    let (_, _folder, record) = blanks([3; 64]).await.remove(0);
    furnish(&record).await;
    let (file, made) = backed_up(&record).await;
    let (_, mut text) = tables_in(&file, &made).into_iter().find(|(name, _)| name == "tables/password.jsonl").unwrap();
    let at = text.windows(5).position(|some| some == b"$argo").unwrap() - 1;
    text[at + 60] = if text[at + 60] == b'A' { b'B' } else { b'A' };
    let mut forged = made.clone();
    let table = forged.tables.iter_mut().find(|table| table.name == "password").unwrap();
    table.sha256 = format!("{:x}", sha2::Digest::finalize(sha2::Digest::chain_update(<sha2::Sha256 as sha2::Digest>::new(), &text)));
    let file = with_entry(&file, "tables/password.jsonl", &text);
    let file = with_entry(&file, "manifest.json", &serde_json::to_vec_pretty(&forged).unwrap());
    // It holds together in itself.
    let mut archive = Archive::open(Cursor::new(file)).unwrap();
    assert_eq!(archive.manifest(), &forged);
    assert!(archive.is_sealed_with([3; 64]).unwrap_err().to_string().contains("not genuine"));
    for (engine, _folder, blank) in blanks([3; 64]).await {
        let refused = copies::restore(&blank, &owner(), &mut archive).await.unwrap_err().to_string();
        assert!(refused.contains("not genuine") && refused.contains("Nothing was restored"), "{engine}: {refused}");
        blank.migrate().await.unwrap();
        assert!(backed_up(&blank).await.1.tables.iter().all(|table| table.rows == 0), "{engine}");
    }
}

#[tokio::test]
async fn another_key_is_not_taken_and_nobody_but_the_owner_copies() {
    let (_, _folder, record) = blanks([3; 64]).await.remove(0);
    furnish(&record).await;
    let text = "07".repeat(64);
    let mut file = Cursor::new(Vec::new());
    let with_key = copies::back_up(&record, &owner(), &mut file, Key::Included(&text)).await.unwrap();
    assert!(with_key.with_key);
    let mut archive = Archive::open(Cursor::new(file.into_inner())).unwrap();
    assert_eq!(archive.key().unwrap(), Some(text));
    assert_eq!(Archive::open(Cursor::new(backed_up(&record).await.0)).unwrap().key().unwrap(), None);
    for (engine, _folder, other) in blanks([4; 64]).await {
        let refused = copies::restore(&other, &owner(), &mut archive).await.unwrap_err().to_string();
        assert!(refused.contains("another key") && refused.contains("--seal-key"), "{engine}: {refused}");
    }
    let nobody = copies::back_up(&record, &Actor::nobody(), Cursor::new(Vec::new()), Key::LeftOut).await;
    assert!(matches!(nobody, Err(service::Error::Denied(_))));
}
