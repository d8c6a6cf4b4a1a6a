//! Many years of one child's rows to one chain: duplicates, corrections, overlaps, stale open rows (the seven stitching rules).

use domain::Treatment;
use ingest::Options;
use ingest::ssda903::Series;

use crate::story::{child, found, read_files, story, the};
use crate::support::{EPISODES, HEADER, read_with};

const OPEN: &str = "01/06/2023,S,C1,N1,U6,PR1,,,,,,";

#[test]
fn a_row_repeated_in_next_years_return_is_normal() {
    let read = child(&[(2024, &[OPEN]), (2025, &["01/06/2023,S,C1,N1,U6,PR1,01/06/2024,E4A,,,,"])]);
    assert_eq!(story(&read), ["2023-06-01..2024-06-01 U6 E4A"]);
    assert_eq!(found(&read), Vec::<String>::new());
    assert_eq!((read.history.rows.read, read.history.rows.used, read.history.rows.cut), (4, 4, 0));
}

#[test]
fn other_values_in_an_older_return_are_said_and_the_newest_used() {
    let read = child(&[(2024, &[OPEN]), (2025, &["01/06/2023,S,C1,N1,K2,PR4,,,,,,"])]);
    assert_eq!(story(&read), ["2023-06-01.. K2"]);
    let finding = the(&read, "values-differ");
    assert_eq!(
        (finding.file.as_str(), finding.row, finding.column.as_str(), finding.action),
        ("2024/episodes.csv", 2, "PLACE, PLACE_PROVIDER", Treatment::Cut)
    );
    assert_eq!(finding.value, "U6, PR1", "the value is what the older row holds");
}

#[test]
fn a_code_that_the_department_replaced_is_no_difference() {
    let read = child(&[(2024, &["01/06/2023,S,C1,N1,H5,PR4,,,,,,"]), (2025, &["01/06/2023,S,C1,N1,K3,PR4,,,,,,"])]);
    assert_eq!(found(&read), Vec::<String>::new());
    let old = child(&[(2026, &["01/06/2025,S,C1,N1,H5,PR4,,,,,,"])]);
    assert_eq!(found(&old), ["code-out-of-year Episodes 2"]);
}

#[test]
fn the_same_episode_twice_in_one_return_is_read_once() {
    let read = child(&[(2024, &[OPEN, OPEN])]);
    assert_eq!((story(&read).len(), read.history.rows.cut), (1, 1));
    assert_eq!(found(&read), ["episode-repeated Episodes 2"]);
}

#[test]
fn stitching_rule_1_an_open_row_of_an_old_return_ends_when_the_next_begins() {
    let read = child(&[(2024, &[OPEN]), (2025, &["01/02/2024,P,C1,N1,K2,PR4,,,,,,"])]);
    assert_eq!(story(&read), ["2023-06-01..2024-02-01 U6 X1", "2024-02-01.. K2"]);
    assert_eq!(found(&read), ["open-joined Episodes 2"]);
}

#[test]
fn stitching_rule_1a_before_a_new_period_of_care_it_ends_after_the_year_or_the_day_before() {
    let read = child(&[(2024, &[OPEN]), (2025, &["01/09/2024,S,C1,N1,K2,PR4,,,,,,"])]);
    assert_eq!(story(&read), ["2023-06-01..2024-04-01 U6", "2024-09-01.. K2"]);
    let read = child(&[(2024, &[OPEN]), (2025, &["01/02/2024,S,C1,N1,K2,PR4,,,,,,"])]);
    assert_eq!(story(&read), ["2023-06-01..2024-01-31 U6", "2024-02-01.. K2"]);
    assert_eq!(found(&read), ["open-closed-before-start Episodes 2"]);
}

#[test]
fn stitching_rule_2_with_nothing_after_it_ends_after_the_year_so_that_the_child_counts_on_its_last_day() {
    let header = format!("{HEADER}A1,F,01/05/2010,WBRI,UN1,,\nA2,F,01/05/2010,WBRI,UN1,,\n");
    let read = read_files(&[
        ("2024/header.csv", &header),
        ("2024/episodes.csv", &format!("{EPISODES}A1,{OPEN}\n")),
        ("2025/episodes.csv", &format!("{EPISODES}A2,{OPEN}\n")),
    ]);
    assert_eq!(story(&read), ["2023-06-01..2024-04-01 U6", "2023-06-01.. U6"]);
    assert_eq!(found(&read), ["open-closed-at-year-end Episodes 2"]);
}

#[test]
fn stitching_rule_3_a_start_corrected_in_a_later_return_counts_once() {
    let closed = |start: &str| format!("{start},S,C1,N1,U6,PR1,01/03/2024,E4A,,,,");
    let (first, second) = (closed("01/06/2023"), closed("03/06/2023"));
    let read = child(&[(2024, &[&first]), (2025, &[&second])]);
    assert_eq!(story(&read), ["2023-06-03..2024-03-01 U6 E4A"]);
    let back = child(&[(2024, &[&second]), (2025, &[&first])]);
    assert_eq!(story(&back), ["2023-06-01..2024-03-01 U6 E4A"]);
    assert_eq!(the(&back, "start-corrected").file, "2024/episodes.csv");
}

#[test]
fn stitching_rule_4_an_overlap_is_cut_where_the_next_begins() {
    let read = child(&[(2024, &["01/06/2023,S,C1,N1,U6,PR1,01/03/2024,X1,CARPL,,,"]), (2025, &["01/02/2024,P,C1,N1,K2,PR4,,,,,,"])]);
    assert_eq!(story(&read), ["2023-06-01..2024-02-01 U6 X1", "2024-02-01.. K2"]);
    assert_eq!(the(&read, "overlap-cut").action, Treatment::Cut);
}

#[test]
fn stitching_rule_5_a_gap_after_x1_is_closed_by_the_next_return_only() {
    let first = "01/06/2023,S,C1,N1,U6,PR1,01/03/2024,X1,CARPL,,,";
    let read = child(&[(2024, &[first]), (2025, &["10/03/2024,P,C1,N1,K2,PR4,,,,,,"])]);
    assert_eq!(story(&read), ["2023-06-01..2024-03-10 U6 X1", "2024-03-10.. K2"]);
    assert_eq!(found(&read), ["gap-closed Episodes 2"]);
    let same_return: &[(u16, &[&str])] = &[(2024, &[first, "10/03/2024,P,C1,N1,K2,PR4,,,,,,"])];
    let years_later: &[(u16, &[&str])] = &[(2024, &[first]), (2027, &["10/05/2026,P,C1,N1,K2,PR4,,,,,,"])];
    for years in [same_return, years_later] {
        let read = child(years);
        assert_eq!(story(&read)[0], "2023-06-01..2024-03-01 U6 X1");
        assert_eq!(found(&read), ["x1-without-next Episodes 2"]);
    }
}

#[test]
fn rows_that_cannot_be_placed_are_set_aside_each_with_its_reason() {
    let read = child(&[(
        2024,
        &[
            OPEN,
            ",S,C1,N1,U6,PR1,,,,,,",
            "38/04/2019,S,C1,N1,U6,PR1,,,,,,",
            "01/02/2023,S,C1,N1,U6,PR1,01/01/2023,E4A,,,,",
            "01/02/2031,S,C1,N1,U6,PR1,,,,,,",
            "01/02/0219,S,C1,N1,U6,PR1,,,,,,",
        ],
    )]);
    assert_eq!(story(&read).len(), 1);
    assert_eq!(
        found(&read),
        [
            "date-blank Episodes 3",
            "date-unreadable Episodes 4",
            "ends-before-start Episodes 5",
            "start-after-return Episodes 6",
            "date-unreadable Episodes 7"
        ]
    );
    assert_eq!((read.history.rows.read, read.history.rows.set_aside), (7, 5));
}

#[test]
fn the_newest_date_of_birth_is_used_and_a_change_said() {
    let read = read_files(&[
        ("2024/header.csv", &format!("{HEADER}A1,1,01/05/2010,WBRI,UN1,,\n")),
        ("2024/episodes.csv", &format!("{EPISODES}A1,{OPEN}\n")),
        ("2025/header.csv", &format!("{HEADER}A1,M,01/05/2009,WBRI,UN1,,\nA1,M,01/05/2009,WBRI,UN1,,\n,M,01/05/2009,WBRI,UN1,,\n,,,,,,\n")),
        ("2025/episodes.csv", &format!("{EPISODES}A1,{OPEN}\n")),
    ]);
    assert_eq!(read.history.children.born[0].to_string(), "2009-05-01");
    assert_eq!(read.history.children.sex[0].to_string(), "M");
    assert_eq!(found(&read), ["born-changed Header 2", "row-repeated Header 3", "child-blank Header 4", "row-blank Header 5"]);
}

#[test]
fn a_resubmission_supersedes_and_the_first_can_be_asked_for() {
    let header = format!("{HEADER}A1,F,01/05/2010,WBRI,UN1,,\n");
    let first = format!("{EPISODES}A1,{OPEN}\n");
    let second = format!("{EPISODES}A1,01/06/2023,S,C1,N1,K2,PR4,,,,,,\n");
    let files: [(&str, &[u8]); 3] = [
        ("2024/header.csv", header.as_bytes()),
        ("2024/episodes.csv", first.as_bytes()),
        ("2024/episodes resubmission 2024-09-01.csv", second.as_bytes()),
    ];
    let now = read_with(&files, &Options::default()).unwrap();
    assert_eq!(story(&now), ["2023-06-01.. K2"]);
    assert_eq!(found(&now), ["superseded Episodes 0"]);
    assert_eq!(the(&now, "superseded").file, "2024/episodes.csv");
    assert_eq!((now.history.rows.read, now.history.rows.set_aside), (3, 1));
    let then = read_with(&files, &Options { series: Series::AsFirstFiled, ..Options::default() }).unwrap();
    assert_eq!(story(&then), ["2023-06-01.. U6"]);
    let orders: Vec<(u32, bool, Option<String>)> = then
        .submissions
        .iter()
        .filter(|submission| submission.table == ingest::ssda903::Kind::Episodes)
        .map(|submission| (submission.order, submission.used, submission.filed.map(|day| day.to_string())))
        .collect();
    assert_eq!(orders, [(1, true, None), (2, false, Some("2024-09-01".to_owned()))]);
}

#[test]
fn files_without_a_child_in_common_are_parts_of_one_table() {
    let header = format!("{HEADER}A1,F,01/05/2010,WBRI,UN1,,\nA2,F,01/05/2010,WBRI,UN1,,\n");
    let read = read_files(&[
        ("2024/header.csv", &header),
        ("2024/episodes A.csv", &format!("{EPISODES}A1,{OPEN}\n")),
        ("2024/episodes B.csv", &format!("{EPISODES}A2,{OPEN}\n")),
    ]);
    assert_eq!(story(&read).len(), 2);
    assert_eq!(found(&read), ["parts-joined Episodes 0"]);
}

#[test]
fn other_tables_keep_the_newest_of_each_fact() {
    let header = format!("{HEADER}A1,F,01/05/2010,WBRI,UN1,,\n");
    let read = read_files(&[
        ("2024/header.csv", &header),
        ("2024/episodes.csv", &format!("{EPISODES}A1,{OPEN}\n")),
        ("2025/episodes.csv", &format!("{EPISODES}A1,{OPEN}\n")),
        (
            "2024/missing.csv",
            "CHILD,DOB,MISSING,MIS_START,MIS_END\nA1,01/05/2010,M,01/03/2024,\nA1,01/05/2010,M,01/02/2024,\nA1,01/05/2010,M,,\n",
        ),
        ("2025/missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\nA1,01/05/2010,M,01/03/2024,02/04/2024\nA9,01/05/2010,M,01/03/2024,\n"),
        ("2025/reviews.csv", "CHILD,DOB,REVIEW,REVIEW_CODE\nA1,01/05/2010,01/07/2024,PN1\nA1,01/05/2010,01/05/2024,pn2\n"),
        ("2025/oc2.csv", "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK\nA1,01/05/2010,41,,0,yes\n"),
        ("2025/oc3.csv", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nL1,01/05/2004,YES,F2,U1\n"),
        ("2025/sw.csv", "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\nA1,01/05/2010,SW1,01/06/2023,,MANAGE\n"),
    ]);
    let history = &read.history;
    let missing: Vec<String> = history.missing.iter().map(|row| format!("{}..{}", row.start, row.end.unwrap())).collect();
    assert_eq!(missing, ["2024-02-01..2024-03-31", "2024-03-01..2024-04-02"]);
    assert_eq!(history.reviews.iter().map(|row| row.participation.to_string()).collect::<Vec<_>>(), ["PN2", "PN1"]);
    assert_eq!((history.health[0].sdq_score, history.health[0].convicted, history.health[0].health_check), (None, Some(false), None));
    assert_eq!(history.other_ids.get(history.care_leavers[0].id as usize), "L1");
    assert_eq!(history.other_ids.get(history.social_workers[0].worker as usize), "SW1");
    assert_eq!(
        history.tables_held,
        [("Missing", 2024), ("Missing", 2025), ("OC2", 2025), ("OC3", 2025), ("Reviews", 2025), ("SWEpisodes", 2025)]
    );
    let rules: Vec<&str> = read.findings.iter().map(|finding| finding.rule).filter(|rule| *rule != "column-missing").collect();
    assert_eq!(rules, ["open-closed-at-year-end", "date-blank", "no-header", "number-ignored", "number-ignored", "code-case"]);
}
