//! `placewell statement` at the edge of the program: names, endings, bytes. What stands in a statement is told where it is composed.

use std::fs;

use crate::stage::Stage;

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let stage = Stage::new();
    for name in ["one.html", "two.html"] {
        let ran = stage.run(&["statement", "Nottingham", "--out", name, "--as-of", "2026-03-31"]);
        assert_eq!((ran.status, ran.printed.as_str()), (0, ""), "{}", ran.said);
        assert!(ran.said.contains("Nottingham") && ran.said.contains("31 March 2026") && ran.said.contains(name), "{}", ran.said);
    }
    assert_eq!(fs::read(stage.path("one.html")).unwrap(), fs::read(stage.path("two.html")).unwrap());
    assert_eq!(stage.names(), ["one.html", "two.html"], "no temporary file is left");
}

#[test]
fn what_cannot_be_written_is_said_and_leaves_nothing() {
    let stage = Stage::new();
    stage.run(&["statement", "Notingham", "--out", "n.html"]).refuses(&["“Notingham”", "Nottingham"]);
    stage.run(&["statement", "Nottingham", "--out", "n.odt"]).refuses(&["n.odt", ".html, .pdf, .docx or .xlsx"]);
    stage.run(&["statement", "Nottingham", "--out", "n.html", "--as-of", "soon"]).refuses(&["“soon”"]);
    stage.run(&["statement", "Nottingham", "--out", "no-such-folder/n.html"]).refuses(&["no-such-folder", "Nothing was written"]);
    stage.run(&["statement", "Nottingham", "--returns", "nowhere", "--out", "n.html"]).refuses(&["nowhere", "no such file"]);
    assert_eq!(stage.names(), [""; 0]);
}
