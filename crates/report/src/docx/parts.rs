//! The parts beside the text: properties, relations, numbering, header and footer.

use maud::{Markup, html};

use super::document::{BULLETS, FIRST_LIST, HEADINGS, NAMESPACE, Written, clean};
use crate::block::Report;

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A part with its declaration.
pub(super) fn part(markup: Markup) -> String {
    format!("{DECLARATION}{}", markup.into_string())
}

/// Title, author, language and dates; the dates are the report's own.
pub(super) fn core(report: &Report) -> String {
    let date = format!("{}T00:00:00Z", report.as_of);
    part(html! {
        cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" {
            dc:title { (clean(&format!("{} – {}", report.title, report.authority))) }
            dc:subject { (clean(&report.subtitle)) }
            dc:creator { (clean(&report.authority)) }
            dc:language { (report.language.tag()) }
            dcterms:created xsi:type="dcterms:W3CDTF" { (date) }
            dcterms:modified xsi:type="dcterms:W3CDTF" { (date) }
        }
    })
}

/// What the text refers to: styles, header, footer, pictures, addresses.
pub(super) fn relations(written: &Written) -> String {
    let fixed = [
        ("rStyles", "styles", "styles.xml"),
        ("rNumbering", "numbering", "numbering.xml"),
        ("rSettings", "settings", "settings.xml"),
        ("rHeader", "header", "header1.xml"),
        ("rFooter", "footer", "footer1.xml"),
    ];
    part(html! {
        Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships" {
            @for (id, kind, target) in fixed {
                Relationship Id=(id) Type={ (RELATION) "/" (kind) } Target=(target) {}
            }
            @for i in 1..=written.pictures.len() {
                Relationship Id={ "rPicture" (i) } Type={ (RELATION) "/image" } Target={ "media/chart" (i) ".png" } {}
            }
            @for (i, address) in written.addresses.iter().enumerate() {
                Relationship Id={ "rLink" (i + 1) } Type={ (RELATION) "/hyperlink" } Target=(clean(address)) TargetMode="External" {}
            }
        }
    })
}

/// Numbers of headings, bullets, and one list for each numbered list, so that each starts at 1.
pub(super) fn numbering(lists: usize) -> String {
    let level = |format: &str, text: &str, style: Option<&str>, indent: u32| {
        html! {
            w:lvl w:ilvl="0" {
                w:start w:val="1" {}
                w:numFmt w:val=(format) {}
                @if let Some(style) = style { w:pStyle w:val=(style) {} }
                w:lvlText w:val=(text) {}
                w:lvlJc w:val="left" {}
                w:pPr { w:ind w:left=(indent) w:hanging=(indent) {} }
                @if style.is_some() { w:rPr { w:b w:val="0" {} w:color w:val="00615A" {} } }
            }
        }
    };
    part(html! {
        w:numbering xmlns:w=(NAMESPACE) {
            w:abstractNum w:abstractNumId="1" { w:multiLevelType w:val="singleLevel" {} (level("decimal", "%1", Some("Heading1"), 567)) }
            w:abstractNum w:abstractNumId="2" { w:multiLevelType w:val="singleLevel" {} (level("bullet", "•", None, 340)) }
            w:abstractNum w:abstractNumId="3" { w:multiLevelType w:val="singleLevel" {} (level("decimal", "%1.", None, 400)) }
            w:num w:numId=(HEADINGS) { w:abstractNumId w:val="1" {} }
            w:num w:numId=(BULLETS) { w:abstractNumId w:val="2" {} }
            @for i in 0..lists {
                w:num w:numId=(FIRST_LIST + i) {
                    w:abstractNumId w:val="3" {}
                    w:lvlOverride w:ilvl="0" { w:startOverride w:val="1" {} }
                }
            }
        }
    })
}

/// What every page but the first carries on top.
pub(super) fn header(report: &Report) -> String {
    part(html! {
        w:hdr xmlns:w=(NAMESPACE) {
            w:p {
                w:pPr { w:pStyle w:val="Header" {} }
                w:r { w:t xml:space="preserve" { (clean(&report.title)) } }
                w:r { w:tab {} w:t xml:space="preserve" { (clean(&report.authority)) } }
            }
        }
    })
}

/// What every page carries below: its date and number.
pub(super) fn footer(report: &Report) -> String {
    let field = |name: &str| {
        html! {
            w:r { w:fldChar w:fldCharType="begin" {} }
            w:r { w:instrText xml:space="preserve" { " " (name) " " } }
            w:r { w:fldChar w:fldCharType="separate" {} }
            w:r { w:t { "1" } }
            w:r { w:fldChar w:fldCharType="end" {} }
        }
    };
    part(html! {
        w:ftr xmlns:w=(NAMESPACE) {
            w:p {
                w:pPr { w:pStyle w:val="Footer" {} }
                w:r { w:t xml:space="preserve" { "As at " (report.as_of_words()) } }
                w:r { w:tab {} w:t xml:space="preserve" { "Page " } }
                (field("PAGE"))
                w:r { w:t xml:space="preserve" { " of " } }
                (field("NUMPAGES"))
            }
        }
    })
}
