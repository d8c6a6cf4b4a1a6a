//! Where returns come from: folders, single files, workbooks, extracts, and things that are no returns.

use domain::Day;
use ingest::{Options, ReadError, Source, read};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::story::{found, read_files, story, the};
use crate::support::{EPISODES, HEADER, folder, read_with};

const EPISODE: &str = "A1,01/06/2023,S,C1,N1,U6,PR1,,,,,,\n";
const CHILD: &str = "A1,F,01/05/2010,WBRI,UN1,,\n";

fn refused(files: &[(&str, &[u8])]) -> String {
    match read_with(files, &Options::default()) {
        Err(error) => error.to_string(),
        Ok(read) => panic!("read {:?}", found(&read)),
    }
}

#[test]
fn a_folder_without_tables_says_why_and_the_way_out() {
    assert!(matches!(Source::open(std::path::Path::new("no/such/folder")), Err(ReadError::NotFound(_))));
    assert!(refused(&[]).contains("holds no CSV or XLSX file"));
    assert!(refused(&[("notes.md", b"CHILD,DECOM")]).contains("holds no CSV or XLSX file"));
    assert!(refused(&[("a.csv", b"")]).contains("a.csv: the file is empty"));
    assert!(refused(&[("a.csv", b"name,age\n1,2\n")]).contains("(NAME, AGE)"));
    assert!(refused(&[("a.csv", &[0u8, 1, 2, 3, 200])]).contains("no text and no workbook"));
    assert!(refused(&[("returns.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]).contains("ZIP archive"));
    assert!(refused(&[("a.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0, 0])]).contains("password"));
}

#[test]
fn a_file_of_two_gigabytes_is_refused_at_once_with_the_limit() {
    let folder = folder(&[("2024/header.csv", format!("{HEADER}{CHILD}").as_bytes()), ("2024/episodes.csv", b"")]);
    // Sparse: it takes no room on the disk.
    std::fs::File::create(folder.path().join("2024/episodes.csv")).unwrap().set_len(2 << 30).unwrap();
    let read = read(&Source::open(folder.path()).unwrap(), &Options::default()).unwrap();
    assert!(the(&read, "file-unreadable").message.contains("2048 MB, and files of more than 1024 MB are not read"));
    assert_eq!(read.history.rows.used, 1);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_opened_leaves_the_rest_read() {
    let folder = folder(&[
        ("2024/header.csv", format!("{HEADER}{CHILD}").as_bytes()),
        ("2024/episodes.csv", format!("{EPISODES}{EPISODE}").as_bytes()),
    ]);
    std::os::unix::fs::symlink(folder.path().join("gone"), folder.path().join("2024/reviews.csv")).unwrap();
    let read = read(&Source::open(folder.path()).unwrap(), &Options::default()).unwrap();
    assert_eq!(story(&read).len(), 1);
    assert!(the(&read, "file-unreadable").message.starts_with("2024/reviews.csv: it cannot be opened"));
}

#[test]
fn a_workbook_has_its_sheets_read_with_dates_and_numbers_as_excel_keeps_them() {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet().set_name("Who").unwrap();
    for (column, name) in HEADER.trim().split(',').enumerate() {
        sheet.write(0, column as u16, name).unwrap();
    }
    sheet.write(1, 0, 123_456).unwrap();
    sheet.write(1, 1, "F").unwrap();
    sheet.write_with_format(1, 2, ExcelDateTime::from_ymd(2010, 5, 1).unwrap(), &date).unwrap();
    sheet.write(1, 3, "WBRI").unwrap();
    let sheet = book.add_worksheet().set_name("Where").unwrap();
    for (column, name) in EPISODES.trim().split(',').enumerate() {
        sheet.write(0, column as u16, name).unwrap();
    }
    sheet.write(1, 0, "123456").unwrap();
    // A date that lost its format is a bare number of days.
    sheet.write(1, 1, 45_078).unwrap();
    for (column, text) in [(2, "S"), (3, "C1"), (4, "N1"), (5, "K2"), (6, "PR4")] {
        sheet.write(1, column, text).unwrap();
    }
    sheet.write(1, 12, 1_234_567).unwrap();
    book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "checked by nobody").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let folder = folder(&[("2024/return.xlsx", &bytes)]);
    let read = read(&Source::open(folder.path()).unwrap(), &Options::default()).unwrap();
    assert_eq!(story(&read), ["2023-06-01.. K2"]);
    assert_eq!(read.history.episodes.urn[0].to_string(), "1234567");
    assert_eq!(read.history.files, ["2024/return.xlsx#Who", "2024/return.xlsx#Where", "2024/return.xlsx#Notes"]);
    assert_eq!(the(&read, "file-unknown").file, "2024/return.xlsx#Notes");
    assert_eq!(read.tables("", 2024)["Episodes"].get(0, "DECOM"), Some("2023-06-01"));
}

#[test]
fn semicolons_quotes_more_and_fewer_columns_are_read_and_said() {
    let header = format!("{HEADER}{CHILD}").replace(',', ";");
    let read = read_files(&[
        ("2024/h.csv", &header),
        ("2024/e.csv", "\"Child\",\"decom\",\"PLACE\",NOTE\n\"A1\",\"01/06/2023\",\"U6\",\"a, \"\"b\"\"\",\"x\"\n"),
    ]);
    assert_eq!(story(&read), ["2023-06-01.. U6"]);
    let mut rules: Vec<&str> = read.findings.iter().map(|finding| finding.rule).collect();
    rules.dedup();
    assert_eq!(rules, ["column-extra", "column-missing", "provider-blank", "row-too-long"]);
    assert_eq!(the(&read, "column-extra").column, "NOTE");
}

#[test]
fn files_of_other_commands_beside_the_returns_are_let_lie() {
    let read = read_files(&[
        ("2024/h.csv", &format!("{HEADER}{CHILD}")),
        ("2024/e.csv", &format!("{EPISODES}{EPISODE}")),
        ("README.txt", "What these files are\n"),
        ("prices.csv", "type,weekly_price,price_date,source\nFostering,600,2025-04-01,ours\n"),
        ("providers.csv", "Local authority,URN,Provider type,Placement code\nDerby,SC1,Home,K2\n"),
        ("holiday.csv", "day,reason\n"),
    ]);
    assert_eq!(found(&read), ["file-unknown  0"]);
    assert_eq!(the(&read, "file-unknown").file, "holiday.csv");
    let alone = read_with(&[("prices.csv", b"type,weekly_price\nFostering,600\n")], &Options::default()).unwrap_err().to_string();
    assert!(
        alone.ends_with("the file is not a table of the SSDA903 return. Point to the folder with the SSDA903 files of the return."),
        "{alone}"
    );
}

#[test]
fn a_table_without_its_key_column_is_set_aside_whole() {
    let read = read_files(&[
        ("2024/h.csv", &format!("{HEADER}{CHILD}")),
        ("2024/e.csv", "CHILD,RNE,LS,CIN,PLACE\nA1,S,C1,N1,U6\nA1,P,C1,N1,K2\n"),
    ]);
    assert_eq!((read.history.rows.read, read.history.rows.set_aside), (3, 2));
    assert_eq!(the(&read, "key-column-missing").column, "DECOM");
}

#[test]
fn years_come_from_the_option_the_path_or_the_dates() {
    let header = format!("{HEADER}{CHILD}");
    let episodes = format!("{EPISODES}{EPISODE}");
    let covers = |files: &[(&str, &str)], year: Option<u16>| {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let read = read_with(&files, &Options { year, ..Options::default() }).unwrap();
        let guessed = read.findings.iter().any(|finding| finding.rule == "year-guessed");
        (read.history.covers.map(|(_, last)| last.year()), guessed)
    };
    assert_eq!(covers(&[("h.csv", &header), ("e.csv", &episodes)], None), (Some(2024), true));
    assert_eq!(covers(&[("h.csv", &header), ("e.csv", &episodes)], Some(2025)), (Some(2025), false));
    assert_eq!(covers(&[("2026/h.csv", &header), ("2026/e.csv", &episodes)], None), (Some(2026), false));
    assert_eq!(covers(&[("2026/h.csv", &header), ("2026/e.csv", &episodes)], Some(2025)), (Some(2025), false));
    assert_eq!(covers(&[("2026/h.csv", &header), ("2026/e.csv", &episodes), ("2025/e.csv", &episodes)], Some(2024)), (Some(2026), false));
}

#[test]
fn a_wrong_year_is_said_for_the_whole_file() {
    let rows = (1..=9).map(|day| format!("A{day},0{day}/06/2023,S,C1,N1,U6,PR1,01/02/2024,E4A,,,,"));
    let text = std::iter::once(EPISODES.trim().to_owned()).chain(rows).collect::<Vec<_>>().join("\n");
    let read = read_files(&[("2020/e.csv", &text), ("2020/h.csv", &format!("{HEADER}{CHILD}"))]);
    assert!(the(&read, "year-doubtful").message.contains("18 of its 18 dates"));
}

#[test]
fn year_columns_may_hold_the_start_the_end_or_both() {
    let header = "CHILD,SEX,DOB,ETHNIC,LA,YEAR\nA1,F,2010-05-01,WBRI,Norchester,Y\n";
    let episodes = "CHILD,DECOM,DEC,PLACE,PLACE_PROVIDER,REC,LA,YEAR\nA1,2023-06-01,2023-09-01,U6,PR1,E4A,Norchester,Y\n";
    for (year, said) in [("2023", true), ("2024", false), ("2023/24", false), ("2024.0", false)] {
        let with_year = |text: &str| text.replace(",Y\n", &format!(",{year}\n"));
        let read = read_files(&[("h.csv", &with_year(header)), ("e.csv", &with_year(episodes))]);
        assert_eq!(read.history.covers, Some((Day::year_start(2024), Day::year_end(2024))), "{year}");
        assert_eq!(read.findings.iter().any(|finding| finding.rule == "year-is-start"), said, "{year}");
    }
}

#[test]
fn the_authority_asked_for_is_chosen_and_the_others_said() {
    let header = "CHILD,SEX,DOB,ETHNIC,LA,YEAR\nA1,F,2010-05-01,WBRI,Norchester,2024\nA1,F,2010-05-01,WBRI,Alderbrook,2024\n";
    let options = |name: &str| Options { authority: Some(name.to_owned()), ..Options::default() };
    let read = read_with(&[("h.csv", header.as_bytes())], &options("norchester")).unwrap();
    assert_eq!((read.history.children.len(), read.history.rows.set_aside), (1, 1));
    assert_eq!(the(&read, "other-authority").table, "Header");
    let statutory = format!("{HEADER}{CHILD}");
    let named = read_with(&[("2024/h.csv", statutory.as_bytes())], &options("Norchester")).unwrap();
    assert_eq!(named.history.authorities, ["Norchester"]);
    let folders: [(&str, &[u8]); 2] = [("Alderbrook/2024/h.csv", statutory.as_bytes()), ("Norchester/2024/h.csv", statutory.as_bytes())];
    let chosen = read_with(&folders, &options("Norchester")).unwrap();
    assert_eq!(
        (chosen.history.authorities.as_slice(), found(&chosen)),
        (&["Norchester".to_owned()][..], vec!["other-authority  0".to_owned()])
    );
}

#[test]
fn an_authority_in_two_folders_and_columns_is_read_as_one() {
    let header = "CHILD,SEX,DOB,ETHNIC,LA,YEAR\nA1,F,2010-05-01,WBRI,Norchester,2024\n";
    let episodes = "CHILD,DECOM,PLACE,PLACE_PROVIDER,LA,YEAR\nA1,2023-06-01,U6,PR1,Norchester,2024\n";
    let read = read_files(&[("who/h.csv", header), ("where/e.csv", episodes)]);
    assert_eq!((story(&read).len(), read.history.authorities.len(), read.history.rows.set_aside), (1, 1, 0));
}

#[test]
fn tables_are_given_as_text_by_authority_and_year() {
    let episodes =
        "LA,YEAR,CHILD,DECOM,DEC,PLACE\nN,2023,a1,2023-06-01,2023-09-01,u6\nN,2022,A1,2022-06-01,2022-07-01,K2\nB,2023,A1,bad,,U6\n";
    let header = "LA,YEAR,CHILD,DOB,ETHNIC\nN,2023,A1,2010-05-01,WBRI\nN,2022,A1,2010-05-01,WBRI\nB,2023,A1,2010-05-01,WBRI\n";
    let folder = folder(&[("e.csv", episodes.as_bytes()), ("h.csv", header.as_bytes())]);
    let read = read(&Source::open(folder.path()).unwrap(), &Options::default()).unwrap();
    assert_eq!(read.returns(), [("B", 2024), ("N", 2023), ("N", 2024)]);
    let tables = read.tables("N", 2024);
    assert_eq!(tables.keys().copied().collect::<Vec<_>>(), ["Episodes", "Header"]);
    let table = &tables["Episodes"];
    assert_eq!((table.len(), table.lines[0], table.get(0, "CHILD"), table.get(0, "PLACE")), (1, 2, Some("A1"), Some("U6")));
    assert_eq!(read.tables("B", 2024)["Episodes"].get(0, "DECOM"), Some("BAD"));
    assert_eq!(read.tables("N", 2020).len(), 0);
}

#[test]
fn an_unusable_table_of_one_folder_moves_no_other_authority() {
    let (header, episodes) = (format!("{HEADER}{CHILD}"), format!("{EPISODES}{EPISODE}"));
    let read = read_files(&[
        ("Alderbrook/2024/e.csv", "CHILD,RNE,LS,CIN,PLACE\nA1,S,C1,N1,U6\n"),
        ("Norchester/2024/h.csv", &header),
        ("Norchester/2024/e.csv", &episodes),
    ]);
    assert_eq!(
        (read.history.authorities.as_slice(), read.history.children.authority.as_slice()),
        (&["Norchester".to_owned()][..], &[0][..])
    );
    assert_eq!((read.history.rows.read, read.history.rows.set_aside), (3, 1));
}
