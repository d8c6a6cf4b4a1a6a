//! What a checker of PDF/UA-1 looks at in the tag tree and in the pages (ISO 14289-1; the numbers are checkpoints of the Matterhorn
//! Protocol 1.1), asked of the bytes themselves: the typesetter promises them, and nothing here trusts it.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

use std::sync::LazyLock;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};
use report::sample;

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| Document::load_mem(&pdf::write(&sample::report()).unwrap()).unwrap());

/// An element of the tag tree.
struct Tag<'a> {
    name: String,
    dictionary: &'a Dictionary,
    children: Vec<Tag<'a>>,
}

fn follow(object: &Object) -> &Object {
    DOCUMENT.dereference(object).unwrap().1
}

fn name_of(dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    let name = follow(dictionary.get(key).ok()?).as_name().ok()?;
    Some(String::from_utf8_lossy(name).into_owned())
}

/// One object or a list of them, references followed.
fn each(object: Option<&'static Object>) -> Vec<&'static Object> {
    match object.map(follow) {
        Some(Object::Array(items)) => items.iter().map(follow).collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    }
}

fn read(dictionary: &'static Dictionary) -> Tag<'static> {
    let children = each(dictionary.get(b"K").ok()).into_iter().filter_map(|child| child.as_dict().ok());
    let children = children.filter(|child| child.has(b"S")).map(read).collect();
    Tag { name: name_of(dictionary, b"S").unwrap_or_default(), dictionary, children }
}

static TREE: LazyLock<Tag<'static>> = LazyLock::new(|| {
    let root = follow(DOCUMENT.catalog().unwrap().get(b"StructTreeRoot").unwrap()).as_dict().unwrap();
    let children = each(root.get(b"K").ok()).into_iter().map(|child| read(child.as_dict().unwrap())).collect();
    Tag { name: "Root".to_owned(), dictionary: root, children }
});

impl Tag<'static> {
    /// Every element with its parent, in reading order.
    fn walk<'t>(&'t self, visit: &mut impl FnMut(&'t Self, &'t Self)) {
        for child in &self.children {
            visit(child, self);
            child.walk(visit);
        }
    }

    /// Attributes of one owner: `Table`, `Layout`.
    fn attribute(&self, key: &[u8]) -> Option<&'static Object> {
        let found = each(self.dictionary.get(b"A").ok()).into_iter().filter_map(|one| one.as_dict().ok());
        found.filter_map(|attributes| attributes.get(key).ok()).map(follow).next()
    }
}

/// Checkpoint 09: tables, lists and contents are built as the standard has it.
#[test]
fn elements_stand_where_they_may() {
    let mut wrong = Vec::new();
    TREE.walk(&mut |tag, parent| {
        let may: &[&str] = match tag.name.as_str() {
            "TR" => &["Table", "THead", "TBody", "TFoot"],
            "TH" | "TD" => &["TR"],
            "THead" | "TBody" | "TFoot" => &["Table"],
            "LI" => &["L"],
            "LBody" => &["LI"],
            "TOCI" => &["TOC"],
            _ => return,
        };
        if !may.contains(&parent.name.as_str()) {
            wrong.push(format!("{} in {}", tag.name, parent.name));
        }
    });
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Checkpoint 15: each header cell says whether it heads a row or a column, and every row of a table has as many cells.
#[test]
fn tables_are_regular_and_their_headers_have_a_scope() {
    let mut tables = 0;
    TREE.walk(&mut |tag, _| {
        if tag.name != "Table" {
            return;
        }
        tables += 1;
        let (mut widths, mut heads) = (Vec::new(), 0);
        tag.walk(&mut |part, _| {
            if part.name == "TR" {
                widths.push(part.children.iter().filter(|cell| matches!(cell.name.as_str(), "TH" | "TD")).count());
            }
            if part.name == "TH" {
                heads += 1;
                let scope = part.attribute(b"Scope").and_then(|scope| scope.as_name().ok());
                assert!(matches!(scope, Some(b"Row" | b"Column")), "{scope:?}");
            }
        });
        assert!(heads > 0 && widths.iter().all(|&width| width == widths[0]), "{widths:?}");
    });
    assert!(tables > 3);
}

/// Checkpoint 14: headings begin at the first level and never jump one.
#[test]
fn headings_skip_no_level() {
    let mut levels: Vec<u32> = Vec::new();
    TREE.walk(&mut |tag, _| levels.extend(tag.name.strip_prefix('H').and_then(|level| level.parse::<u32>().ok())));
    assert_eq!(levels.first(), Some(&1));
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

/// Checkpoint 13 and 28: drawings have words and a place; links say where they lead and stand in the tree.
#[test]
fn drawings_have_words_and_links_have_contents() {
    let (mut figures, mut links) = (0, 0);
    TREE.walk(&mut |tag, _| match tag.name.as_str() {
        "Figure" => {
            figures += 1;
            assert!(tag.dictionary.has(b"Alt") && tag.attribute(b"BBox").is_some());
        }
        "Link" => links += 1,
        _ => {}
    });
    assert!(figures > 0 && links > 0, "{figures} {links}");
    for page in DOCUMENT.page_iter() {
        for annotation in DOCUMENT.get_page_annotations(page).unwrap() {
            if annotation.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Link") {
                assert!(annotation.has(b"StructParent") && annotation.has(b"Contents"), "{annotation:?}");
            }
        }
    }
}

/// Checkpoint 01: nothing is drawn that is neither in the tag tree nor marked as decoration.
#[test]
fn every_mark_on_a_page_is_tagged_or_decoration() {
    const PAINTING: [&str; 15] = ["Tj", "TJ", "'", "\"", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do"];
    let (mut painted, mut pages) = (0, 0);
    for page in DOCUMENT.page_iter() {
        pages += 1;
        let dictionary = DOCUMENT.get_dictionary(page).unwrap();
        assert_eq!(name_of(dictionary, b"Tabs").as_deref(), Some("S"), "page {pages}: the Tab key follows the tags");
        let mut inside = 0_u32;
        for operation in Content::decode(&DOCUMENT.get_page_content(page)).unwrap().operations {
            match operation.operator.as_str() {
                "BDC" | "BMC" => inside += 1,
                "EMC" => inside -= 1,
                operator if PAINTING.contains(&operator) => {
                    painted += 1;
                    assert!(inside > 0, "page {pages}: {operation:?} is in no marked content");
                }
                _ => {}
            }
        }
        assert_eq!(inside, 0, "page {pages}");
    }
    assert!(pages > 3 && painted > 100, "{pages} {painted}");
}

/// Checkpoints 07 and 10: readers see the title, and every letter can be read out.
#[test]
fn the_title_is_shown_and_letters_have_a_meaning() {
    let preferences = follow(DOCUMENT.catalog().unwrap().get(b"ViewerPreferences").unwrap()).as_dict().unwrap();
    assert!(preferences.get(b"DisplayDocTitle").and_then(Object::as_bool).unwrap());
    let fonts: Vec<&Dictionary> = DOCUMENT
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| name_of(dictionary, b"Type").as_deref() == Some("Font") && dictionary.has(b"DescendantFonts"))
        .collect();
    assert!(!fonts.is_empty());
    assert!(fonts.iter().all(|font| font.has(b"ToUnicode")));
}
