//! Mutated and random files: whatever they hold, nothing panics, every row is accounted for, and the cleaned history never overlaps.
//!
//! A few seconds by default; `PLACEWELL_FUZZ_SECONDS=600 cargo test -p ingest --release --test fuzz` for longer. Every case follows from its number,
//! which a failure prints: `PLACEWELL_FUZZ_FROM=N` starts there.

#![expect(clippy::unwrap_used, reason = "tests stop at the first fault")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use ingest::{Options, Source, read};
use support::{EPISODES, HEADER, UASC, check};

#[test]
#[expect(clippy::disallowed_methods, reason = "how long a test runs is the caller's choice, and changes no result")]
fn nothing_panics_and_no_row_is_lost() {
    let number = |name: &str, default: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (seconds, from) = (number("PLACEWELL_FUZZ_SECONDS", 3), number("PLACEWELL_FUZZ_FROM", 0));
    let folder = tempfile::tempdir().unwrap();
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut case = from;
    while Instant::now() < end {
        if let Err(cause) = catch_unwind(AssertUnwindSafe(|| one(folder.path(), case))) {
            eprintln!("case {case} failed; start there with PLACEWELL_FUZZ_FROM={case}");
            std::panic::resume_unwind(cause);
        }
        case += 1;
    }
    println!("{} cases in {seconds} s", case - from);
    assert!(case > from);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(128))]
    #[test]
    fn random_bytes_under_a_header_are_accounted_for(table in proptest::sample::select(&[HEADER, EPISODES, UASC][..]), body in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        let bytes = [table.as_bytes(), &body].concat();
        let good = format!("{EPISODES}A1,01/06/2023,S,C1,N1,U6,PR1,,,,,,\n");
        let header = format!("{HEADER}A1,F,01/05/2010,WBRI,UN1,,\n");
        let files = [("2024/a.csv", bytes.as_slice()), ("2024/b.csv", good.as_bytes()), ("2024/c.csv", header.as_bytes())];
        proptest::prop_assert!(support::read_with(&files, &Options::default()).is_ok());
    }
}

/// Writes a folder of returns, spoils it, reads it, and checks what must always hold.
fn one(folder: &std::path::Path, case: u64) {
    let mut dice = Dice(case);
    let mut rows = 0;
    let mut text_only = true;
    for (at, (name, text)) in returns(&mut dice).into_iter().enumerate() {
        let mut bytes = text.into_bytes();
        // One file in three stays whole, so that good and bad meet.
        if dice.below(3) > 0 {
            for _ in 0..=dice.below(6) {
                spoil(&mut bytes, &mut dice);
            }
        }
        text_only &= std::str::from_utf8(&bytes).is_ok() && !bytes.contains(&0) && !bytes.starts_with(b"PK") && bytes.contains(&b'\n');
        rows += lines_after_the_header(&bytes);
        let path = folder.join(name.replace("FILE", &at.to_string()));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let source = Source::open(folder).unwrap();
    if let Ok(read) = read(&source, &Options::default()) {
        check(&read);
        let unknown = read.findings.iter().any(|finding| finding.rule.starts_with("file-"));
        if text_only && !unknown {
            assert_eq!(read.history.rows.read, rows, "every line after a header is a row");
        }
        for (authority, year) in read.returns() {
            let _ = read.tables(authority, year);
        }
    }
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }
}

/// Lines that are not empty, but for the header and blank lines before it: an independent count of rows.
fn lines_after_the_header(bytes: &[u8]) -> u64 {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let lines = text.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let named = |line: &&[u8]| line.iter().any(|byte| !b",\" \t;\x0C\r".contains(byte));
    lines.skip_while(|line| !named(line)).skip(1).filter(|line| !line.is_empty()).count() as u64
}

/// Returns of one or two years with a few children, in one of the forms that authorities use.
fn returns(dice: &mut Dice) -> Vec<(String, String)> {
    let extract = dice.below(3) == 0;
    let mut files = Vec::new();
    let tail = |year: u64| if extract { format!(",Norchester,{year}\n") } else { "\n".to_owned() };
    let head = |columns: &str| if extract { columns.replace('\n', ",LA,YEAR\n") } else { columns.to_owned() };
    for year in 2023..2024 + dice.below(2) {
        let folder = if extract { String::new() } else { format!("{year}/") };
        let (mut headers, mut episodes, mut uasc) = (head(HEADER), head(EPISODES), head(UASC));
        let mut missing = head("CHILD,DOB,MISSING,MIS_START,MIS_END\n");
        for child in 0..=dice.below(3) {
            let _ = write!(headers, "C{child},{},{},WBRI,UN1,,{}", dice.one(&["M", "F", "1"]), dice.date(2008), tail(year));
            let _ = write!(uasc, "C{},M,{},{}{}", dice.below(6), dice.date(2008), dice.date(2026), tail(year));
            let _ = write!(missing, "C{},{},M,{},{}{}", dice.below(6), dice.date(2008), dice.date(2023), dice.date(2023), tail(year));
            for _ in 0..dice.below(5) {
                let closed = dice.below(3) > 0;
                let (end, rec) = if closed { (dice.date(2023), dice.one(&["X1", "E4A", ""])) } else { (String::new(), "") };
                let _ = write!(
                    episodes,
                    "C{child},{},{},{},N1,{},{},{end},{rec},,NG1 5DT,NG{} 1AA,1234567{}",
                    dice.date(2022),
                    dice.one(&["S", "P", "L", "T", "U", "B"]),
                    dice.one(&["C1", "V2", "V3"]),
                    dice.one(&["U6", "K2", "H5", "T1", "u4"]),
                    dice.one(&["PR1", "PR4", ""]),
                    dice.below(9),
                    tail(year)
                );
            }
        }
        for text in [headers, episodes, uasc, missing] {
            files.push((format!("{folder}FILE.csv"), text));
        }
    }
    files
}

/// One thing that goes wrong with files.
fn spoil(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const PIECES: [&[u8]; 18] = [
        b",",
        b"\"",
        b"\n",
        b"\r\n",
        b",,,,,,,,,,,,,,",
        b"\xFF",
        b"\0",
        b";",
        b"31/02/2024",
        b"01/01/9999",
        b"00/00/0000",
        b"\"\"",
        b"9999999999999999999999999",
        "\u{1F600}".as_bytes(),
        b"CHILD,DECOM,DEC\n",
        b"\xEF\xBB\xBF",
        b"-1",
        b"2024-05-01",
    ];
    let length = bytes.len() as u64 + 1;
    let at = dice.below(length) as usize;
    match dice.below(7) {
        0 if at < bytes.len() => bytes[at] = dice.below(256) as u8,
        1 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len() as u64) as usize].iter().copied())),
        2 => bytes.truncate(at),
        3 => {
            let to = (at + dice.below(40) as usize).min(bytes.len());
            bytes.drain(at..to);
        }
        4 => {
            let to = (at + dice.below(200) as usize).min(bytes.len());
            let piece = bytes[at..to].to_vec();
            bytes.splice(at..at, piece);
        }
        5 => {
            // A cell takes another's place.
            let cells: Vec<usize> = bytes.iter().enumerate().filter(|(_, byte)| **byte == b',').map(|(at, _)| at).collect();
            if let (Some(&a), Some(&b)) =
                (cells.get(dice.below(cells.len() as u64 + 1) as usize), cells.get(dice.below(cells.len() as u64 + 1) as usize))
            {
                let piece: Vec<u8> = bytes[b + 1..].iter().copied().take_while(|byte| *byte != b',' && *byte != b'\n').collect();
                let old = bytes[a + 1..].iter().take_while(|byte| **byte != b',' && **byte != b'\n').count();
                bytes.splice(a + 1..a + 1 + old, piece);
            }
        }
        _ => bytes.extend((0..dice.below(30)).map(|_| dice.below(256) as u8)),
    }
}

/// A small generator (splitmix64), so that a case is its number.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit.max(1)
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }

    fn date(&mut self, year: u64) -> String {
        format!("{:02}/{:02}/{}", 1 + self.below(28), 1 + self.below(12), year + self.below(2))
    }
}
