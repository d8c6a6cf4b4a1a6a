//! The whole record at the command line: backed up, restored, copied, and all that is held about a child.

use std::fs;

use crate::stage::Stage;

/// A stage whose returns are in a record.
fn recorded() -> (Stage, String) {
    let stage = Stage::with_returns();
    assert!(stage.run(&["migrate"]).printed.contains("ready"));
    stage.run(&["record", "import", "returns", "--format", "json"]).json();
    let json = stage.run(&["measures", "returns", "--on", "2026-03-31", "--format", "json"]).json();
    (stage, json["authority"].as_str().unwrap().to_owned())
}

#[test]
fn a_backup_goes_and_comes_back() {
    let (stage, name) = recorded();
    let made = stage.run(&["backup", "one.zip"]);
    assert!(
        made.status == 0 && made.printed.contains("one.zip holds") && made.printed.contains("The key is not in it"),
        "{} {}",
        made.printed,
        made.said
    );
    assert!(made.printed.contains(&format!("{name}: log of ")), "{}", made.printed);
    stage.run(&["backup", "one.zip"]).refuses(&["one.zip is there already", "overwrites nothing"]);
    assert!(stage.run(&["restore", "one.zip", "--check"]).printed.contains("one.zip is whole"));

    // Without the key there is no way back; with the file of the key there is.
    stage
        .run(&["restore", "one.zip", "--database", "sqlite://again.db", "--seal-key", "none.key"])
        .refuses(&["does not hold its key", "--seal-key"]);
    let restored = stage.run(&["restore", "one.zip", "--database", "sqlite://again.db", "--seal-key", "home/seal.key"]);
    assert!(restored.status == 0 && restored.printed.contains("Restored and compared"), "{}", restored.said);
    let verified = stage.run(&["audit", "verify", "--database", "sqlite://again.db", "--seal-key", "home/seal.key"]);
    assert!(
        verified.printed.contains("The log holds") && verified.printed.contains("Every fact agrees with the log"),
        "{}",
        verified.printed
    );
    stage
        .run(&["restore", "one.zip", "--database", "sqlite://again.db", "--seal-key", "home/seal.key"])
        .refuses(&["is not empty", "--database"]);

    let with_key = stage.run(&["backup", "two.zip", "--with-key"]);
    assert!(with_key.printed.contains("The key is in it"), "{}", with_key.printed);
    let elsewhere = stage.run(&["restore", "two.zip", "--database", "sqlite://elsewhere.db", "--seal-key", "elsewhere.key"]);
    assert!(elsewhere.status == 0 && elsewhere.printed.contains("The key of the backup was put in elsewhere.key"), "{}", elsewhere.said);
    #[cfg(unix)]
    for file in ["one.zip", "two.zip", "again.db", "elsewhere.db", "elsewhere.key"] {
        let allowed = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(stage.path(file)).unwrap().permissions());
        assert_eq!(allowed & 0o777, 0o600, "{file} is for its owner alone");
    }
    let copied = stage.run(&["copy", "--from", "sqlite://again.db", "--to", "sqlite://third.db"]);
    assert!(copied.status == 0 && copied.printed.contains("Copied and compared"), "{}", copied.said);
}

#[test]
fn a_damaged_backup_leaves_nothing_behind() {
    let (stage, _) = recorded();
    stage.run(&["backup", "one.zip"]);
    let bytes = fs::read(stage.path("one.zip")).unwrap();
    fs::write(stage.path("cut.zip"), &bytes[..bytes.len() / 2]).unwrap();
    stage.run(&["restore", "cut.zip", "--database", "sqlite://again.db"]).refuses(&["cut.zip", "is damaged", "Nothing was restored"]);
    stage.write("letter.zip", "no backup");
    stage.run(&["restore", "letter.zip", "--check"]).refuses(&["letter.zip", "is damaged"]);
    stage.run(&["restore", "nowhere.zip"]).refuses(&["nowhere.zip cannot be read"]);
    let other = "ab".repeat(64);
    stage.write("other.key", &other);
    stage.run(&["restore", "one.zip", "--database", "sqlite://again.db", "--seal-key", "other.key"]).refuses(&["another key"]);
    assert!(!stage.path("again.db").exists(), "what was begun for it is gone again");
}

#[test]
fn a_child_is_given_everything_and_the_log_says_so() {
    let (stage, name) = recorded();
    let children = stage.run(&["record", "children", "--authority", &name, "--format", "json"]).json();
    let children = children["children"].as_array().unwrap();
    let in_care = children.iter().find(|child| child["lives"].is_string()).unwrap();
    let child = in_care["reference"].as_str().unwrap().to_owned();
    let export = ["export", "--subject", &child, "--authority", &name, "--out", "request", "--reason", "Request of 3 June 2026"];
    let given = stage.run(&export);
    assert!(given.status == 0 && given.printed.contains("look-at-first.csv"), "{}", given.said);
    let page = stage.read("request/everything.html");
    assert!(page.contains(&child) && page.contains("Request of 3 June 2026") && page.contains("child.export"), "who asked is in it");
    let json: serde_json::Value = serde_json::from_str(&stage.read("request/everything.json")).unwrap();
    for table in ["child", "placement", "period_of_care", "legal_status"] {
        assert!(!json["held"][table].as_array().unwrap().is_empty(), "{table}");
        assert!(stage.read(&format!("request/{table}.csv")).lines().count() > 1, "{table}");
    }
    for other in children.iter().map(|other| other["reference"].as_str().unwrap()).filter(|other| *other != child) {
        assert!(!page.contains(other), "nothing of {other}");
    }
    assert!(stage.read("request/look-at-first.csv").contains("reason"));
    stage.run(&export).refuses(&["request is there already"]);
    let unfounded = ["export", "--subject", &child, "--authority", &name, "--out", "other", "--reason", " "];
    stage.run(&unfounded).refuses(&["whose request this answers"]);
    stage
        .run(&["export", "--subject", "nobody", "--authority", &name, "--out", "other", "--reason", "x"])
        .refuses(&["no child called “nobody”"]);
    let log = stage.run(&["record", "show", &child, "--authority", &name, "--format", "json"]).json()["log"].clone();
    assert!(log.as_array().unwrap().iter().any(|entry| entry["action"] == "child.export"), "{log}");
}
