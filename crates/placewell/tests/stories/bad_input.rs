//! Bad input gets a sentence that names the thing and the way out; the rest is still done, and nothing is left half-written.

use std::fs;
use std::io::Write as _;

use crate::stage::Stage;

#[test]
fn a_folder_without_returns_is_named() {
    let stage = Stage::new();
    fs::create_dir(stage.path("empty")).unwrap();
    let measure = |folder: &str| stage.run(&["measures", folder, "--on", "2026-03-31"]);
    measure("empty").refuses(&["empty", "no CSV or XLSX", "Point to the folder"]);
    measure("nowhere").refuses(&["nowhere", "no such file or folder"]);
    stage.run(&["returns", "check", "empty"]).refuses(&["empty", "no CSV or XLSX"]);
    stage.write("letters/letter.csv", "Dear,Sir\nor,Madam\n");
    measure("letters").refuses(&["letters", "letter.csv", "SSDA903"]);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let stage = Stage::new();
    // A folder with the name of a file: permissions do not stop the superuser, this does.
    fs::create_dir_all(stage.path("locked/episodes.csv")).unwrap();
    stage.run(&["measures", "locked", "--on", "2026-03-31"]).refuses(&["locked"]);
    stage.run(&["plan", "cost", "locked", "--prices", "locked"]).refuses(&["locked cannot be read", "a folder"]);
}

#[test]
fn a_slip_in_the_configuration_is_named_with_its_line() {
    let stage = Stage::new();
    let serve = |text: &str| {
        stage.write("placewell.toml", text);
        stage.run(&["serve", "--config", "placewell.toml"])
    };
    serve("authority = \"Nottingham\"\n[record]\nproxys = [\"127.0.0.1\"]\n").refuses(&["placewell.toml, line 3", "proxys"]);
    serve("authority = \"Nottingham\"\nlog = 3\n").refuses(&["placewell.toml, line 2"]);
    let mail = "[mail]\nhost = \"smtp.example.gov.uk\"\nfrom = \"Placewell <placewell@example.gov.uk>\"\n";
    serve(&format!("authority = \"Nottingham\"\n{mail}")).refuses(&["[mail]", "[record]"]);
    serve(&format!("authority = \"Nottingham\"\n[record]\n{mail}security = \"none\"\n")).refuses(&["in the clear", "starttls"]);
    serve(&format!("authority = \"Nottingham\"\n[record]\n{mail}user = \"placewell\"\n")).refuses(&["password_file"]);
}

#[test]
fn a_zip_says_to_unpack_it() {
    let stage = Stage::new();
    stage.write("packed/return.zip", "PK\u{3}\u{4}not looked into");
    stage.run(&["measures", "packed", "--on", "2026-03-31"]).refuses(&["return.zip", "ZIP", "Unpack"]);
}

#[test]
fn a_file_of_two_gigabytes_is_refused_at_once() {
    let stage = Stage::new();
    fs::create_dir(stage.path("huge")).unwrap();
    let mut file = fs::File::create(stage.path("huge/episodes.csv")).unwrap();
    file.write_all(b"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n").unwrap();
    // No disk is used: the file has a hole of two gigabytes.
    file.set_len(2 << 30).unwrap();
    stage.run(&["measures", "huge", "--on", "2026-03-31"]).refuses(&["episodes.csv", "2048 MB", "Split it"]);
}

#[test]
fn years_that_do_not_fit_are_said_and_the_rest_is_done() {
    let stage = Stage::with_returns();
    fs::create_dir(stage.path("mixed")).unwrap();
    fs::copy(stage.path("2026/header.csv"), stage.path("mixed/header.csv")).unwrap();
    fs::copy(stage.path("2025/episodes.csv"), stage.path("mixed/episodes.csv")).unwrap();
    let check = stage.run(&["returns", "check", "mixed", "--year", "2019", "--format", "json"]).json();
    let doubt = check["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "year-doubtful").unwrap();
    let message = doubt["message"].as_str().unwrap();
    assert!(message.contains("April 2018 to March 2019") && message.contains("Give the right year"), "{message}");
    assert!(!doubt["file"].as_str().unwrap().is_empty());

    let guessed = stage.run(&["measures", "mixed", "--on", "2025-03-31", "--format", "json"]).json();
    let rows = &guessed["rows"];
    assert!(
        rows["used"].as_u64().unwrap() > 0
            && rows["read"].as_u64() == Some(rows["used"].as_u64().unwrap() + rows["set_aside"].as_u64().unwrap())
    );
}

#[test]
fn one_bad_row_never_refuses_a_file() {
    let stage = Stage::with_returns();
    let before = stage.run(&["measures", "2026", "--on", "2026-03-31", "--format", "json"]).json();
    let text = stage.read("2026/episodes.csv");
    stage.write("2026/episodes.csv", &format!("{text}7,soon,S,C2,N1,U6,PR1,,,,NG1 5DT,NG1 5DT,\n\"torn\n"));
    let after = stage.run(&["measures", "2026", "--on", "2026-03-31", "--format", "json"]).json();
    assert_eq!(before["measures"][0]["value"], after["measures"][0]["value"]);
    let of = |json: &serde_json::Value, key: &str| json["rows"][key].as_u64().unwrap();
    assert_eq!(of(&after, "set_aside"), of(&before, "set_aside") + 2);
    let check = stage.run(&["returns", "check", "2026", "--format", "json"]).json();
    let row = 2 + text.lines().count() as u64 - 1;
    let found =
        check["findings"].as_array().unwrap().iter().find(|finding| finding["row"] == row && finding["table"] == "Episodes").unwrap();
    assert!(found["message"].as_str().unwrap().contains("soon") || found["value"] == "soon", "{found}");
}

#[test]
fn words_that_are_no_date_or_field_are_named() {
    let stage = Stage::with_returns();
    let measure = |more: &[&str]| {
        let mut arguments = vec!["measures", "returns"];
        arguments.extend(more);
        stage.run(&arguments)
    };
    measure(&["--on", "soon"]).refuses(&["“soon”", "2026-03-31 or 31/03/2026"]);
    measure(&["--on", "2026-02-30"]).refuses(&["“2026-02-30”"]);
    measure(&["--on", "2026-03-31", "--where", "colour=red"]).refuses(&["colour", "age_band"]);
    measure(&["--on", "2026-03-31", "--where", "sex=red"]).refuses(&["red", "female"]);
    measure(&["--on", "2026-03-31", "--where", "sex"]).refuses(&["sex"]);
    measure(&["--on", "2026-03-31", "--from", "2026-03-31", "--to", "2025-03-31"]).refuses(&["31 March 2025", "31 March 2026"]);
}

#[test]
fn wrong_words_of_a_command_have_a_status_of_their_own() {
    let stage = Stage::new();
    for words in [
        &["measures"][..],
        &["no-such-command"],
        &["returns"],
        &["benchmark", "Nottingham", "--measure", "x", "--from", "soon", "--to", "2020"],
    ] {
        let ran = stage.run(words);
        assert_eq!((ran.status, ran.printed.as_str()), (2, ""), "{words:?}: {}", ran.said);
    }
    for words in [&["--help"][..], &["--version"], &["man"], &["completions", "bash"], &["completions", "fish"]] {
        let ran = stage.run(words);
        assert!(ran.status == 0 && !ran.printed.is_empty(), "{words:?}: {}", ran.said);
    }
}

#[test]
fn an_example_that_cannot_be_is_refused() {
    let stage = Stage::new();
    stage.run(&["example", "out", "--years", "0"]).refuses(&["--years"]);
    stage.run(&["example", "out", "--dirt", "2"]).refuses(&["--dirt", "from 0 to 1"]);
    stage.write("file", "");
    stage.run(&["example", "file/out"]).refuses(&["file/out"]);
    assert_eq!(stage.names(), ["file"], "nothing half-written");
}
