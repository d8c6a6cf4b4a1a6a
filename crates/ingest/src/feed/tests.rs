use domain::Day;
use domain::case::Interview;
use domain::code::Code;
use proptest::prelude::*;

use super::*;

fn mapped(text: &str) -> Mapping {
    Mapping::read("mapping.toml", text).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

fn refused(text: &str) -> Vec<(u32, String)> {
    let findings = Mapping::read("mapping.toml", text).map(|mapping| panic!("{mapping:#?}")).unwrap_err();
    findings.into_iter().map(|finding| (finding.row, finding.message)).collect()
}

const PLACEMENTS: &str = r#"
date = "%d/%m/%Y"
[[feed]]
of = "placements"
file = "placements_*.csv"
[feed.columns]
child = "Person ID"
row = "ID"
start = "From"
end = { column = "To", empty = "clear" }
kind = { column = "Type", codes = { "Foster – in house" = "U6", "" = "" } }
urn = "URN"
"#;

fn read_placements(rows: &str) -> (Vec<Row>, Vec<String>) {
    let mapping = mapped(PLACEMENTS);
    let text = format!("Person ID,ID,From,To,Type,URN\n{rows}");
    let (rows, findings) = read(&mapping.feeds[0], "placements_1.csv", text.as_bytes());
    (rows, findings.into_iter().map(|finding| finding.message).collect())
}

#[test]
fn the_example_maps_every_field_of_every_feed() {
    let mapping = mapped(EXAMPLE);
    assert_eq!(mapping.feeds.iter().map(|feed| feed.of).collect::<Vec<_>>(), Feed::ALL);
    for feed in &mapping.feeds {
        let left = feed.of.fields().iter().zip(&feed.columns).filter(|(_, column)| column.is_none());
        assert_eq!(left.map(|(field, _)| field.name).collect::<Vec<_>>(), Vec::<&str>::new(), "{}", feed.of);
    }
    for (name, text) in EXAMPLE_FILES {
        let (rows, findings) = read(mapping.of(name).unwrap(), name, text.as_bytes());
        assert!(!rows.is_empty() && findings.is_empty(), "{name}: {findings:#?}");
    }
    assert!(mapping.of("exports/Children_2026-04-01.CSV").is_some_and(|feed| feed.of == Feed::Children));
    assert!(mapping.of("returns.csv").is_none());
}

#[test]
fn the_page_on_feeds_names_every_field_of_every_feed() {
    let page = include_str!("../../../../docs/feeds.md");
    for feed in Feed::ALL {
        let line = page.lines().find(|line| line.starts_with(&format!("| `{feed}` |"))).unwrap_or_else(|| panic!("{feed}"));
        for field in feed.fields() {
            let name = if field.must { format!("**`{}`**", field.name) } else { format!(" `{}`", field.name) };
            assert!(line.contains(&name), "{feed}: {name}");
        }
    }
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(mapped(example).feeds[0].of, Feed::Placements);
}

#[test]
fn rows_are_read_in_the_words_of_the_record() {
    let (rows, findings) = read_placements("100,7,01/04/2026,,Foster – in house,SC01\n100,6,1/1/2026,01/04/2026,k2,\n");
    assert_eq!(findings, Vec::<String>::new());
    let day = |month, day| Day::from_ymd(2026, month, day);
    assert_eq!((rows[0].child.as_str(), rows[0].key.as_str(), rows[0].line), ("100", "row 7", 2));
    assert_eq!((rows[0].must_day("start"), rows[0].day("end", day(5, 1))), (day(4, 1), None), "an empty end says that there is none");
    assert_eq!((rows[0].code("kind", Code::BLANK), rows[0].code("urn", Code::BLANK)), (Code::of("U6"), Code::of("SC01")));
    assert_eq!(rows[1].code("kind", Code::BLANK), Code::of("K2"), "a code of the return needs no translation");
    assert_eq!(rows[1].code("urn", Code::of("SC02")), Code::of("SC02"), "an empty cell that means nothing leaves what is held");
    assert_eq!(rows[1].code("provider", Code::of("PR1")), Code::of("PR1"), "so does a field that is not mapped");
}

#[test]
fn every_problem_is_found_at_once_with_its_place() {
    let (rows, findings) = read_placements(
        "100,7,2026-04-01,,U6,\n,8,01/04/2026,,U6,\n101,,01/04/2026,31/02/2026,Foster,\n102,9,01/04/2026,,,\n103,9,01/04/2026\n",
    );
    assert_eq!(rows, []);
    for (finding, said) in findings.iter().zip([
        "line 2: From “2026-04-01” is no date written as %d/%m/%Y",
        "line 3: Person ID is empty",
        "line 4: To “31/02/2026” is no date",
        "line 4: Type “Foster” is not translated: write \"Foster\" = \"…\" under codes of kind in the mapping",
        "line 4: ID is empty",
        "line 5: Type is empty",
        "line 6 has 3 cells where the heading has 6",
    ]) {
        assert!(finding.starts_with("placements_1.csv, ") && finding.contains(said), "{finding}\nnot: {said}");
    }
    assert_eq!(findings.len(), 7, "{findings:#?}");
}

#[test]
fn a_row_stands_once() {
    let (rows, findings) = read_placements("100,7,01/04/2026,,U6,\n100,7,01/04/2026,,U6,\n");
    assert_eq!((rows.len(), findings.len()), (1, 0));
    let (_, findings) = read_placements("100,7,01/04/2026,,U6,\n101,7,01/04/2026,,U6,\n");
    assert!(findings[0].contains("line 3 is the same row as line 2"), "{findings:?}");
}

#[test]
fn headings_that_are_not_there_are_named_with_what_is_near() {
    let mapping = mapped(PLACEMENTS);
    let (_, findings) = read(&mapping.feeds[0], "p.csv", b"PersonID,id,FROM,To,To,Type\n");
    let said: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert!(said[0].contains("Person ID is not in the heading: did you mean PersonID?"), "{said:?}");
    assert!(said[1].contains("To stands twice") && said[2].contains("URN is not in the heading: write one of"), "{said:?}");
    assert_eq!(said.len(), 3);
}

#[test]
fn what_is_no_csv_file_is_refused_by_what_it_is() {
    let mapping = mapped(PLACEMENTS);
    for (bytes, said) in [
        (&b"PK\x03\x04rest"[..], "is a workbook or a packed folder"),
        (b"%PDF-1.7", "is a PDF document"),
        (b"\x1F\x8Bxx", "is a packed file"),
        (b"a,b\n\0\0\0\0,1", "is no text"),
        (b"", "is empty"),
    ] {
        let (rows, findings) = read(&mapping.feeds[0], "p.csv", bytes);
        assert!(rows.is_empty() && findings.len() == 1 && findings[0].message.contains(said), "{findings:?}");
    }
}

#[test]
fn names_and_numbers_are_not_repeated_in_findings() {
    let mapping = mapped(
        "[[feed]]\nof = \"children\"\nfile = \"c.csv\"\n[feed.columns]\nchild = \"id\"\nborn = \"born\"\nnhs-number = \"nhs\"\nname = \"name\"\n",
    );
    let text = "id,born,nhs,name\n100,2015-02-03,9434765918,Ailbhe\n101,2015-02-03,943 476 5919,Bríd\n";
    let (rows, findings) = read(&mapping.feeds[0], "c.csv", text.as_bytes());
    assert!(findings[0].message.contains("nhs cannot be used") && !format!("{findings:?}").contains("943476591"), "{findings:?}");
    let words: Vec<_> = rows[0].for_the_vault().collect();
    assert_eq!(words, [(domain::vault::Kind::Name, "Bríd"), (domain::vault::Kind::Nhs, "9434765919")]);
}

#[test]
fn a_word_of_a_list_is_read_and_an_empty_one_can_mean_something() {
    let mapping = mapped(
        "[[feed]]\nof = \"missing\"\nfile = \"m.csv\"\n[feed.columns]\nchild = \"id\"\nstart = \"from\"\n\
         kind = { always = \"missing\" }\ninterview = { column = \"rhi\", codes = { \"Yes\" = \"held\", \"\" = \"not-offered\" } }\n",
    );
    let (rows, findings) = read(&mapping.feeds[0], "m.csv", b"id,from,rhi\n1,2026-04-01,YES\n2,2026-04-01,\n");
    assert!(findings.is_empty(), "{findings:?}");
    let interview = |at: usize| rows[at].word("interview", Interview::NotKnown, Interview::NotKnown);
    assert_eq!((interview(0), interview(1)), (Interview::Held, Interview::NotOffered));
    assert_eq!((rows[0].plain("kind"), rows[0].key.as_str()), (Some("missing"), "2026-04-01"));
}

#[test]
fn everything_wrong_with_a_mapping_is_said_with_its_line() {
    let said = refused(
        "dates = \"x\"\nempty = \"none\"\n[[feed]]\nof = \"placement\"\nfile = \"p.csv\"\n[feed.columns]\nchild = \"id\"\n\
         [[feed]]\nof = \"periods\"\n[feed.columns]\nchild = \"id\"\nstrat = \"From\"\nend = { column = \"To\", date = \"%d/%m/%y\" }\n\
         ceased = { column = \"Why\", codes = { \"Home\" = \"E99\" } }\nrow = 3\n",
    );
    for (at, row, words) in [
        (0, 1, "dates is no key at the top of the file: did you mean date?"),
        (1, 2, "empty “none” is neither keep"),
        (2, 4, "of “placement” is no feed: did you mean placements?"),
        (3, 8, "file is not there"),
        (4, 8, "start is not mapped"),
        (5, 12, "strat is no key of periods: did you mean start?"),
        (6, 13, "either century"),
        (7, 14, "ceased “E99” is nothing that ceased can be"),
        (8, 15, "row is neither a heading"),
    ] {
        let (line, message) = &said[at];
        assert!(*line == row && message.contains(words), "{at}: line {line}: {message}\nnot line {row}: {words}");
    }
    assert_eq!(said.len(), 9, "{said:#?}");
    assert!(refused("[[feed\n")[0].1.contains("line 1: is not written as TOML"), "{:?}", refused("[[feed\n"));
    assert!(refused("")[0].1.contains("begin each feed with [[feed]]"));
    assert!(refused("feed = 3")[0].1.contains("is no list"));
}

#[test]
fn names_of_files_fit_their_pattern_whole() {
    let feed = |file: &str| FeedMapping { file: file.to_owned(), ..mapped(PLACEMENTS).feeds[0].clone() };
    for (pattern, name, reads) in [
        ("p*.csv", "p.csv", true),
        ("p*.csv", "P_2026.CSV", true),
        ("p*.csv", "exports/p1.csv", true),
        ("p*.csv", "p1.csv.bak", false),
        ("p.csv", "xp.csv", false),
        ("*a*b*", "xxaxxb", true),
        ("*a*b*", "xxbxxa", false),
        ("ab*ba", "aba", false),
    ] {
        assert_eq!(feed(pattern).reads(name), reads, "{pattern} {name}");
    }
}

proptest! {
    /// Whatever a file holds, it gives rows and findings.
    #[test]
    fn any_bytes_give_findings(bytes in prop::collection::vec(any::<u8>(), 0..400), heads in any::<bool>()) {
        let mut all = if heads { b"Person ID,ID,From,To,Type,URN\n".to_vec() } else { Vec::new() };
        all.extend(bytes);
        let (rows, findings) = read(&mapped(PLACEMENTS).feeds[0], "p.csv", &all);
        prop_assert!(rows.iter().all(|row| !row.child.is_empty() && row.must_day("start").is_some()));
        prop_assert!(heads || !findings.is_empty() || rows.is_empty());
    }

    /// Whatever cells hold, each line is a row or has a finding.
    #[test]
    fn any_cells_give_rows_or_findings(cells in prop::collection::vec("[ -~é–]{0,12}", 6)) {
        let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        let (rows, findings) = read_placements(&format!("{}\n", quoted.join(",")));
        let blank = cells.iter().all(|cell| cell.trim().is_empty());
        prop_assert_eq!(rows.len() == 1, findings.is_empty() && !blank);
    }

    /// Whatever a mapping holds, it is understood or refused.
    #[test]
    fn any_mapping_is_understood_or_refused(
        text in "(date|empty|\\[\\[feed\\]\\]|\\[feed.columns\\]|of|file|child|=|\"%d/%m/%Y\"|\"keep\"|\"children\"|\\{|\\}|é|\n| |[ -~]){0,40}",
    ) {
        let understood = Mapping::read("m.toml", &text);
        prop_assert!(understood.is_err_and(|findings| !findings.is_empty() && findings.iter().all(|one| one.row > 0)));
    }
}
