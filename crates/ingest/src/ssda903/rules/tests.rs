//! The rules as a whole: every one documented, run whatever the others find, and honest about why it did not run.

use std::collections::BTreeSet;

use domain::Day;
use proptest::prelude::*;

use super::*;
use crate::ssda903::providers::ProviderList;
use crate::table::Table;

fn table(columns: &[&str], rows: &[&[&str]]) -> Table {
    let mut table = Table::new("a file.csv", columns);
    for (at, row) in rows.iter().enumerate() {
        table.push(at as u32 + 2, row.iter().copied());
    }
    table
}

fn whole_return() -> Tables {
    Tables::from([
        (HEADER, table(&["CHILD", "DOB"], &[&["1", "01/01/2015"], &["2", "31/02/2015"]])),
        (EPISODES, table(&["CHILD", "DECOM", "DEC", "REC"], &[&["1", "01/05/2026", "01/05/2026", ""], &["2", "31/02/2026", "soon", "X1"]])),
        (UASC, table(&["CHILD", "DUC"], &[])),
        (OC3, table(&["CHILD"], &[])),
        (DOLO, table(&["CHILD", "DOLO_START", "DOLO_END"], &[&["1", "02/05/2026", ""]])),
    ])
}

#[test]
fn every_rule_is_documented_in_its_file() {
    for rule in all() {
        let meaning = rule.meaning();
        assert!(meaning.starts_with(&format!("Rule {}: {}.", rule.code, rule.title())), "{meaning}");
        for heading in ["**What it checks.** ", "**Why it matters.** ", MEND] {
            assert!(meaning.contains(heading), "rule {} lacks {heading}", rule.code);
        }
        assert!(rule.title().len() > 10 && rule.mend().len() > 10 && rule.mend().ends_with('.'), "rule {}", rule.code);
        assert!(!rule.tables.is_empty() && !rule.columns.is_empty(), "rule {}", rule.code);
    }
}

#[test]
fn the_documentation_holds_every_rule() {
    let document = documentation();
    assert!(all().iter().all(|rule| document.contains(&format!("## {}: {}\n\n**What it checks.**", rule.code, rule.title()))));
    assert!(document.contains("Tables: Episodes. Columns: DECOM, DEC. Held for 2022-23 to 2026-27."));
    assert!(document.contains("Tables: DoLo. Columns: DOLO_START. Held for 2026-27."));
}

#[test]
fn there_are_81_rules_each_with_its_own_code() {
    let codes: BTreeSet<&str> = all().iter().map(|rule| rule.code).collect();
    assert_eq!((all().len(), codes.len()), (81, 81));
    assert!(codes.iter().all(|code| find(code).is_some_and(|rule| rule.code == *code)));
    assert!(find("9999").is_none());
}

#[test]
fn bad_rows_stop_no_rule() {
    let tables = whole_return();
    let providers = ProviderList::default();
    let inputs = Inputs { year: 2027, tables: &tables, last: Some(&tables), authority: Some("E06000018"), providers: Some(&providers) };
    // A return in which nobody wrote a postcode still has the columns.
    let with_postcodes = Tables::from([(EPISODES, table(&["CHILD", "HOME_POST", "PL_POST"], &[&["1", "", ""]]))]);
    let checked = check(&inputs);
    let stopped: Vec<_> = checked.statuses.iter().filter(|(_, status)| *status != Status::Ran).map(|(code, _)| *code).collect();
    assert_eq!(stopped, ["179", "411"], "without PL_POST nothing tells the location");
    let checked = check(&Inputs { tables: &with_postcodes, ..inputs });
    assert!(checked.statuses.iter().any(|(code, status)| *code == "179" && *status == Status::Ran));
}

#[test]
fn a_rule_says_why_it_did_not_run() {
    let tables = whole_return();
    let inputs = Inputs { year: 2027, tables: &tables, last: None, authority: None, providers: None };
    let whys = |inputs: &Inputs| {
        check(inputs).statuses.into_iter().filter_map(|(code, status)| Some((code, status.why(code)?))).collect::<Vec<_>>()
    };
    let of =
        |whys: &[(&'static str, String)], why: &str| whys.iter().filter(|(_, text)| text == why).map(|(code, _)| *code).collect::<Vec<_>>();
    let skipped = whys(&inputs);
    assert_eq!(of(&skipped, "no provider list"), ["219", "221", "224", "227", "228", "229", "1008"]);
    // In the sector's validator it runs without the list; here it follows the Department, and needs it.
    assert_eq!(of(&skipped, "the areas in which providers have premises are known only from a provider list"), ["241"]);
    assert_eq!(of(&skipped, "no last year's files"), ["502", "503B", "503D", "562", "NoE"]);
    assert_eq!(of(&skipped, "the responsible authority is not known"), ["179", "411", "1015"]);
    let older = whys(&Inputs { year: 2025, ..inputs });
    let not_held = "the text of rule 709 is not held for the return year 2024-25 (it is held for 2026-27)";
    assert_eq!(of(&older, not_held), ["709"]);
    assert_eq!(older.iter().filter(|(_, why)| why.contains("is not held")).count(), 10);
    let before_all = check(&Inputs { year: 2022, ..inputs });
    assert!(before_all.findings.is_empty());
    assert!(before_all.statuses.iter().all(|(_, status)| status.word() == "skipped"));
    let empty = Tables::new();
    let nothing = whys(&Inputs { tables: &empty, ..inputs });
    assert_eq!(of(&nothing, "no Header table in the return"), ["102", "301", "302", "352", "359", "371", "372", "EPI", "INT03", "INT32"]);
}

#[test]
fn a_finding_tells_where_and_what_to_do() {
    let tables = whole_return();
    let inputs = Inputs { year: 2027, tables: &tables, last: None, authority: None, providers: None };
    let findings = check(&inputs).findings;
    let of = |rule| findings.iter().filter(move |finding| finding.rule == rule).collect::<Vec<_>>();
    let [bad_start] = of("141")[..] else { panic!("one bad DECOM") };
    assert_eq!((bad_start.table, bad_start.row, bad_start.child.as_str()), ("Episodes", 3, "2"));
    assert_eq!((bad_start.column.as_str(), bad_start.value.as_str()), ("DECOM", "31/02/2026"));
    assert_eq!(bad_start.message, "The start of the episode is no date. Correct DECOM from the placement record; write it dd/mm/yyyy.");
    let [no_reason] = of("148")[..] else { panic!("one DEC without REC") };
    assert_eq!((no_reason.column.as_str(), no_reason.value.as_str()), ("DEC, REC", "DEC 01/05/2026, REC blank"));
    assert_eq!((no_reason.severity, no_reason.action, no_reason.year), (Severity::Error, Treatment::Kept, 2027));
}

/// Any few episodes of a few children, of whom no two start and end on the same days: there is then one true order.
fn any_episodes() -> impl Strategy<Value = Vec<[String; 9]>> {
    let pick = |codes: &'static [&'static str]| proptest::sample::select(codes).prop_map(str::to_owned);
    let day = |from: u32| {
        (0u32..40).prop_map(move |days| if days == 0 { String::new() } else { Day::year_start(from).plus(days as i32 * 7).statutory() })
    };
    let episode = [
        pick(&["1", "2", "3", ""]).boxed(),
        day(2027).boxed(),
        day(2027).boxed(),
        pick(&["S", "P", "L", "B", "x", ""]).boxed(),
        pick(&["X1", "E8", "E2", ""]).boxed(),
        pick(&["C1", "C2", "L1", "V2", ""]).boxed(),
        pick(&["U4", "K2", "K3", "P1", "T1", ""]).boxed(),
        pick(&["PR1", "PR4", "PR0", ""]).boxed(),
        pick(&["N1", "N2"]).boxed(),
    ];
    proptest::collection::vec(episode, 0..14).prop_map(|mut episodes| {
        episodes.sort();
        episodes.dedup_by_key(|episode| [episode[0].clone(), episode[1].clone(), episode[2].clone()]);
        episodes
    })
}

fn errors(episodes: &[(usize, [String; 9])]) -> BTreeSet<(&'static str, &'static str, u32)> {
    let columns = ["CHILD", "DECOM", "DEC", "RNE", "REC", "LS", "PLACE", "PLACE_PROVIDER", "CIN"];
    let mut table = Table::new("episodes.csv", &columns);
    for (line, episode) in episodes {
        table.push(*line as u32, episode.iter().map(String::as_str));
    }
    let header = self::table(&["CHILD", "DOB"], &[&["1", "01/06/2010"], &["2", "01/06/2008"]]);
    let orders = self::table(&["CHILD", "DOLO_START", "DOLO_END"], &[&["1", "01/05/2026", "01/09/2026"], &["2", "01/05/2026", ""]]);
    let tables = Tables::from([(EPISODES, table), (HEADER, header), (DOLO, orders)]);
    let inputs = Inputs { year: 2027, tables: &tables, last: Some(&tables), authority: Some("E06000018"), providers: None };
    check(&inputs).findings.into_iter().map(|finding| (finding.rule, finding.table, finding.row)).collect()
}

proptest! {
    #[test]
    fn the_order_of_rows_makes_no_difference((episodes, shuffled) in any_episodes().prop_flat_map(|episodes| {
        let numbered: Vec<_> = episodes.into_iter().enumerate().collect();
        (Just(numbered.clone()), Just(numbered).prop_shuffle())
    })) {
        prop_assert_eq!(errors(&episodes), errors(&shuffled));
    }

    #[test]
    fn any_text_at_all_is_survived(cells in proptest::collection::vec("\\PC{0,12}", 0..60)) {
        let columns = ["CHILD", "DECOM", "DEC", "RNE", "REC", "LS", "PLACE", "PLACE_PROVIDER", "PL_POST", "HOME_POST", "URN"];
        let mut episodes = Table::new("episodes.csv", &columns);
        for row in cells.chunks(columns.len()) {
            episodes.push(2, row.iter().map(String::as_str));
        }
        let tables = Tables::from([(EPISODES, episodes.clone()), (HEADER, episodes.clone()), (DOLO, episodes)]);
        let providers = ProviderList::default();
        let inputs = Inputs { year: 2027, tables: &tables, last: Some(&tables), authority: Some(""), providers: Some(&providers) };
        prop_assert!(check(&inputs).statuses.iter().all(|(_, status)| *status != Status::Failed));
    }
}
