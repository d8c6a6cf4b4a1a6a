//! The record at the command line: made, filled from returns, looked into, found whole.

use std::fs;

use crate::stage::Stage;

/// Whose returns the stage has.
fn authority(stage: &Stage) -> String {
    let json = stage.run(&["measures", "returns", "--on", "2026-03-31", "--format", "json"]).json();
    json["authority"].as_str().unwrap().to_owned()
}

#[test]
fn returns_become_the_record() {
    let stage = Stage::with_returns();
    let name = authority(&stage);
    let import = ["record", "import", "returns", "--format", "json"];
    stage.run(&import).refuses(&["seal.key", "placewell migrate"]);
    assert!(stage.run(&["migrate"]).printed.contains("ready"));
    #[cfg(unix)]
    for name in ["home/record.db", "home/seal.key"] {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(stage.path(name)).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "{name} is for its owner alone");
    }
    let first = stage.run(&import).json();
    assert!(first["children"].as_u64().unwrap() > 60 && first["differences"].as_array().unwrap().is_empty(), "{first}");
    let again = stage.run(&import).json();
    assert_eq!((&again["children"], &again["added"]), (&0.into(), &0.into()));

    let children = stage.run(&["record", "children", "--authority", &name, "--format", "json"]).json();
    assert_eq!(children["children"].as_array().unwrap().len() as u64, first["children"].as_u64().unwrap());
    let in_care = children["children"].as_array().unwrap().iter().find(|child| child["lives"].is_string()).unwrap();
    let child = in_care["reference"].as_str().unwrap();
    let show = ["record", "show", child, "--authority", &name, "--format", "json"];
    let shown = stage.run(&show).json();
    assert!(!shown["placements"].as_array().unwrap().is_empty(), "{shown}");
    // Having looked is on record.
    let log = stage.run(&show).json()["log"].clone();
    assert!(log.as_array().unwrap().iter().any(|entry| entry["action"] == "child.read" && entry["who"] == "command line"), "{log}");
    let known = [&show[..], &["--as-known", "2020-01-01"]].concat();
    stage.run(&known).refuses(&["knew nothing of this child then", "first recorded on"]);
    stage.run(&["record", "show", "nobody", "--authority", &name]).refuses(&["There is no child called “nobody”"]);
    stage.run(&["record", "children", "--authority", "Atlantis"]).refuses(&["no record called “Atlantis”", &name]);

    let verified = stage.run(&["audit", "verify"]);
    assert!(verified.printed.contains(&format!("{name}: The log holds: ")), "{} {}", verified.printed, verified.said);
    // Another key is not taken for the one that seals the log: it would seem forged.
    fs::write(stage.path("other.key"), "ab".repeat(64)).unwrap();
    stage.run(&["audit", "verify", "--seal-key", "other.key"]).refuses(&["sealed with another key", "--seal-key"]);
}

#[test]
fn homes_become_a_register_with_beds_and_what_changes_is_shown() {
    let stage = Stage::with_returns();
    let name = authority(&stage);
    stage.run(&["migrate"]);
    stage.run(&["record", "import", "returns", "--format", "json"]).json();
    let whose = ["--authority", &name, "--format", "json"];
    let run = |words: &[&str]| stage.run(&[words, &whose[..]].concat());
    let first = run(&["record", "ofsted", "settings.csv"]).json();
    assert!(first["added"].as_u64().unwrap() > 20, "{first}");
    let again = run(&["record", "ofsted", "settings.csv"]).json();
    assert_eq!((&again["added"], &again["unchanged"]), (&0.into(), &first["added"]));

    let homes = run(&["record", "homes", "--kind", "childrens-home"]).json();
    let homes = homes["homes"].as_array().unwrap();
    let lived_in = homes.iter().find(|home| home["occupied"].as_u64() > Some(0) && home["judged"] == "good").unwrap();
    let urn = lived_in["urn"].as_str().unwrap();
    let shown = run(&["record", "home", urn]).json();
    assert_eq!(shown["tonight"]["occupied"], lived_in["occupied"]);
    let nights = run(&["record", "capacity", urn, "--from", "2026-02-01", "--to", "2026-03-01"]).json();
    assert_eq!(nights["nights"].as_array().unwrap().len(), 28);
    assert!(!run(&["record", "providers"]).json()["providers"].as_array().unwrap().is_empty());

    // Worse than it was: the children who live there have an alert each.
    let list = stage.read("settings.csv");
    let line = list.lines().find(|line| line.starts_with(urn)).unwrap();
    let cells: Vec<&str> = line.rsplitn(5, ',').collect();
    let worse = format!("{},Inadequate,{},,2026-09-01", cells[4], cells[2]);
    stage.write("worse.csv", &list.replace(line, &worse));
    let taken = run(&["record", "ofsted", "worse.csv"]).json();
    assert!(taken["alerts"].as_u64().unwrap() >= 2, "{taken}");
    let alerts = run(&["record", "alerts", "--look"]).json();
    assert!(
        alerts["alerts"].as_array().unwrap().iter().any(|alert| alert["kind"] == "judgement-fell" && alert["child"].is_string()),
        "{alerts}"
    );

    stage.write("bad.csv", &list.replacen(",Private,", ",Somebody,", 1));
    let refused = stage.run(&["record", "ofsted", "bad.csv", "--authority", &name]);
    refused.refuses(&["sector “Somebody” is no sector", "Nothing of bad.csv was taken"]);
    stage.run(&["record", "home", "1", "--authority", &name]).refuses(&["There is no home called “1”"]);
    stage
        .run(&["record", "capacity", urn, "--from", "2026-03-01", "--to", "2026-03-01", "--authority", &name])
        .refuses(&["the day after the last night"]);
}

#[test]
fn a_database_that_is_not_one_is_named() {
    let stage = Stage::new();
    stage.run(&["migrate", "--database", "mysql://somewhere"]).refuses(&["neither with sqlite: nor with postgres:"]);
    stage.write("file", "");
    stage.run(&["migrate", "--database", "sqlite://file/record.db"]).refuses(&["file cannot be made"]);
    stage.run(&["audit", "verify", "--database", "sqlite://nowhere.db"]).refuses(&["The database does not answer"]);
    stage.write("letter.db", "This is no database, but a letter of some length to somebody who will not read it to its end.");
    stage.run(&["migrate", "--database", "sqlite://letter.db"]).refuses(&["The database"]);
}

#[test]
fn a_case_systems_exports_are_looked_at_mended_and_taken() {
    let stage = Stage::new();
    stage.run(&["migrate"]);
    let ada = ["user", "add", "Ada Byron", "ada@example.gov.uk", "--role", "social-worker", "--authority", "Exampleshire"];
    assert_eq!(stage.run(&ada).status, 0);
    // A mapping to start from, and exports that fit it.
    let mapping = stage.run(&["record", "feed", "--example-mapping"]).printed;
    assert!(mapping.contains("[[feed]]\nof = \"placements\"") && mapping.contains("# Where they live."), "{mapping}");
    assert!(stage.run(&["record", "feed", "night", "--example"]).printed.contains("--dry-run"));
    assert_eq!(stage.read("night/mapping.toml").trim_end(), mapping.trim_end());
    stage.run(&["record", "feed", "night", "--example"]).refuses(&["there already"]);
    stage.write("night/allocations.csv", "Person ID,Allocation ID,Worker e-mail,Started,Ended\nEX-1001,1,Ada@example.gov.uk,12/01/2026,\n");

    let feed = |mapping: &str, more: &[&str]| {
        let words = ["record", "feed", "night", "--mapping", mapping, "--authority", "Exampleshire", "--format", "json"];
        stage.run(&[&words[..], more].concat())
    };
    // What does not fit yet is said at once, with its line.
    stage.write(
        "mine.toml",
        &mapping.replace("of = \"periods\"", "of = \"period\"").replace("child = \"Person ID\"\nborn", "chidl = \"Person ID\"\nborn"),
    );
    feed("mine.toml", &[]).refuses(&[
        "mine.toml, line",
        "chidl is no key of children: did you mean child?",
        "of “period” is no feed: did you mean periods?",
    ]);
    stage.write(
        "mine.toml",
        &mapping.replace("\"Foster – agency\" = \"U6\"\n", "").replace("date = \"%d/%m/%Y\"\n#", "date = \"%Y-%m-%d\"\n#"),
    );
    feed("mine.toml", &["--dry-run"]).refuses(&[
        "children.csv, line 2: Date of birth “14/02/2013” is no date written as %Y-%m-%d",
        "placements.csv, line 3: Placement type “Foster – agency” is not translated",
        "Nothing was taken",
    ]);
    let looked = feed("night/mapping.toml", &["--dry-run"]).json();
    assert_eq!((&looked["files"][0]["feed"], &looked["files"][0]["added"]), (&"children".into(), &3.into()), "{looked}");
    assert_eq!(looked["files"].as_array().unwrap().len(), 10);
    let children = ["record", "children", "--authority", "Exampleshire", "--format", "json"];
    assert_eq!(stage.run(&children).json()["children"].as_array().unwrap().len(), 0, "a look writes nothing");

    let first = feed("night/mapping.toml", &[]).json();
    assert!(first["files"].as_array().unwrap().iter().all(|file| file["taken"] == true && file["added"].as_u64() > Some(0)), "{first}");
    let again = feed("night/mapping.toml", &["--take"]).json();
    assert!(again["files"].as_array().unwrap().iter().all(|file| file["added"] == 0 && file["completed"] == 0), "{again}");
    let shown = stage.run(&["record", "show", "EX-1001", "--authority", "Exampleshire"]).printed;
    assert!(shown.contains("placement U6 PR4") && shown.contains("legal status C1 N1") && !shown.contains("Aster"), "{shown}");

    // The next night one file is spoilt: the others are taken, and the command says so to whatever runs it.
    stage.write("night/reviews.csv", "not what it was\n1\n");
    stage.write("night/placements.csv", &stage.read("night/placements.csv").replace("02/02/2026", "04/02/2026"));
    let later = feed("night/mapping.toml", &[]);
    assert!(later.status == 1 && later.said.contains("Not taken") && later.said.contains("reviews.csv"), "{}", later.said);
    let json: serde_json::Value = serde_json::from_str(&later.printed).unwrap();
    let placements = json["files"].as_array().unwrap().iter().find(|file| file["feed"] == "placements").unwrap();
    assert_eq!(placements["differences"][0]["recorded"], "end 2026-02-02");
    assert!(stage.run(&["audit", "verify"]).printed.contains("The log holds"));
}
