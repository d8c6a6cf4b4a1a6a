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
    stage.run(&known).refuses(&["There is no child called"]);
    stage.run(&["record", "show", "nobody", "--authority", &name]).refuses(&["There is no child called “nobody”"]);
    stage.run(&["record", "children", "--authority", "Atlantis"]).refuses(&["no record called “Atlantis”", &name]);

    let verified = stage.run(&["audit", "verify"]);
    assert!(verified.printed.contains(&format!("{name}: The log holds: ")), "{} {}", verified.printed, verified.said);
    // Sealed with another key, nothing fits.
    fs::write(stage.path("other.key"), "ab".repeat(64)).unwrap();
    stage.run(&["audit", "verify", "--seal-key", "other.key"]).refuses(&["does not hold", "entry 1"]);
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
