//! The text of the document.

use maud::{Markup, html};

use super::{Error, parts};
use crate::block::{
    Block, Cell, Chart, Column, FigureId, KeyFigure, Kind, List, NotKnown, Order, Report, Role, Row, Section, Span, Table, Text, Tone,
    Weight,
};
use crate::layout;
use crate::provenance::{self, Entry, Provenance};
use crate::raster::{self, Picture};

/// The namespace of the text's own elements.
pub(super) const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Number of the headings' list.
pub(super) const HEADINGS: usize = 1;
/// Number of the bullets' list.
pub(super) const BULLETS: usize = 2;
/// Number of the first numbered list.
pub(super) const FIRST_LIST: usize = 3;

/// Width of the text block: A4 less margins of 20 mm, in twentieths of a point.
const TEXT_WIDTH: f64 = 9638.0;
/// The same in English metric units, which pictures are measured in.
const TEXT_WIDTH_EMU: f64 = 6_120_000.0;
/// Dots of a picture to a pixel of its drawing: about 190 to the inch on paper.
const DOTS: f32 = 2.0;

/// The text, and what stands beside it in the package.
pub(super) struct Written {
    pub(super) document: String,
    pub(super) pictures: Vec<Picture>,
    pub(super) addresses: Vec<String>,
    pub(super) numbered_lists: usize,
}

/// Writes the text.
pub(super) fn write(report: &Report) -> Result<Written, Error> {
    let mut writer = Writer {
        provenance: report.provenance(),
        pictures: Vec::new(),
        addresses: Vec::new(),
        numbered_lists: 0,
        tables: 0,
        behind: Vec::new(),
        break_before: false,
    };
    let cover = writer.cover(report);
    let mut sections = Vec::new();
    for (i, part) in report.sections.iter().enumerate() {
        sections.push(writer.section(i, part)?);
    }
    let behind = writer.numbers_behind_charts();
    let how = writer.how();
    let document = parts::part(html! {
        w:document xmlns:w=(NAMESPACE) xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" {
            w:body {
                (cover)
                @for section in &sections { (section) }
                (behind)
                (how)
                w:sectPr {
                    w:headerReference w:type="default" r:id="rHeader" {}
                    w:footerReference w:type="default" r:id="rFooter" {}
                    w:footerReference w:type="first" r:id="rFooter" {}
                    w:pgSz w:w="11906" w:h="16838" {}
                    w:pgMar w:top="1304" w:right="1134" w:bottom="1247" w:left="1134" w:header="624" w:footer="567" w:gutter="0" {}
                    w:titlePg {}
                }
            }
        }
    });
    Ok(Written { document, pictures: writer.pictures, addresses: writer.addresses, numbered_lists: writer.numbered_lists })
}

/// Text that XML can hold: control characters become spaces.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }).collect()
}

struct Writer<'a> {
    provenance: Provenance<'a>,
    pictures: Vec<Picture>,
    addresses: Vec<String>,
    numbered_lists: usize,
    tables: usize,
    /// Tables of the charts so far: they stand at the end.
    behind: Vec<&'a Table>,
    /// Whether the next paragraph begins a page.
    break_before: bool,
}

impl<'a> Writer<'a> {
    fn cover(&mut self, report: &'a Report) -> Markup {
        let provenance = !self.provenance.entries.is_empty();
        let charts = report.sections.iter().flat_map(|part| &part.blocks).any(|block| matches!(block, Block::Chart(_)));
        let mut entries: Vec<(String, String)> =
            report.sections.iter().enumerate().map(|(i, part)| (section_mark(i), part.title.clone())).collect();
        if charts {
            entries.push(("behind".into(), BEHIND.into()));
        }
        if provenance {
            entries.push(("how".into(), provenance::TITLE.into()));
        }
        let count = entries.len();
        html! {
            (styled("CoverAuthority", &run(&report.authority)))
            (styled("Title", &run(&report.title)))
            (styled("Subtitle", &run(&report.subtitle)))
            (styled("CoverDate", &run(&format!("As at {}", report.as_of_words()))))
            @for notice in &report.notices { (styled("Note", &self.runs(notice))) }
            (styled("TOCHeading", &run("Contents")))
            @for (i, (mark, title)) in entries.iter().enumerate() {
                (styled("TOC1", &html! {
                    @if i == 0 {
                        // The field that Word fills; what stands in it is right as it is, so nobody is asked to update it.
                        w:r { w:fldChar w:fldCharType="begin" {} }
                        w:r { w:instrText xml:space="preserve" { " TOC \\o \"1-1\" \\n \\h " } }
                        w:r { w:fldChar w:fldCharType="separate" {} }
                    }
                    w:hyperlink w:anchor=(mark) { (run(&format!("{}  {title}", i + 1))) }
                    @if i + 1 == count { w:r { w:fldChar w:fldCharType="end" {} } }
                }))
            }
        }
    }

    fn section(&mut self, index: usize, part: &'a Section) -> Result<Markup, Error> {
        let heading = chapter(&part.title, &section_mark(index), index + 1, index == 0);
        let mut blocks = Vec::new();
        for block in &part.blocks {
            blocks.push(self.block(block)?);
        }
        Ok(html! { (heading) @for block in &blocks { (block) } })
    }

    fn block(&mut self, block: &'a Block) -> Result<Markup, Error> {
        let broken = std::mem::take(&mut self.break_before);
        let markup = match block {
            Block::Paragraph(text) => styled("BodyText", &self.runs(text)),
            Block::Heading(heading) => styled("Heading2", &run(heading)),
            Block::KeyFigures(figures) => self.key_figures(figures),
            Block::Table(table) => {
                self.tables += 1;
                let label = format!("Table {}", self.tables);
                self.table(table, &label)
            }
            Block::Chart(chart) => self.chart(chart)?,
            Block::Note(text) => styled("Note", &self.runs(text)),
            Block::List(list) => self.list(list),
            Block::NotKnown(gap) => self.not_known(gap),
            Block::PageBreak => {
                self.break_before = true;
                html! {}
            }
        };
        let page = html! { w:p { w:r { w:br w:type="page" {} } } };
        Ok(html! { @if broken { (page) } (markup) })
    }

    fn key_figures(&mut self, figures: &[KeyFigure]) -> Markup {
        const ACROSS: usize = 4;
        let width = (TEXT_WIDTH / ACROSS.min(figures.len().max(1)) as f64) as u32;
        html! {
            @for row in figures.chunks(ACROSS) {
                w:tbl {
                    w:tblPr { w:tblStyle w:val="KeyFigures" {} w:tblW w:w=(TEXT_WIDTH as u32) w:type="dxa" {} w:tblLayout w:type="fixed" {} }
                    w:tblGrid { @for _ in row { w:gridCol w:w=(width) {} } }
                    w:tr {
                        w:trPr { w:cantSplit {} }
                        @for figure in row {
                            w:tc {
                                w:tcPr { w:tcW w:w=(width) w:type="dxa" {} }
                                (styled("KeyLabel", &run(&key_label(figure))))
                                (styled(key_style(figure.tone), &run(&figure.shown)))
                                (styled("KeyReason", &html! {
                                    (self.runs(&figure.reason))
                                    @if let Some(line) = self.provenance.line(figure.figure.iter()) { (run(" ")) (run(&line)) }
                                }))
                            }
                        }
                    }
                }
                (styled("Spacer", &html! {}))
            }
        }
    }

    fn table(&mut self, table: &'a Table, label: &str) -> Markup {
        let mixed = table.mixes_kinds();
        let widths: Vec<u32> = layout::column_shares(table).into_iter().map(|share| (share * TEXT_WIDTH) as u32).collect();
        let how = self.provenance.line(table.figures());
        let under: Vec<Markup> = [
            table.key_to_marks().map(|key| run(&key)),
            table.note.as_ref().map(|note| self.runs(note)),
            table.source.as_ref().map(|source| run(&format!("Source: {source}"))),
            how.map(|line| run(&line)),
        ]
        .into_iter()
        .flatten()
        .collect();
        html! {
            (styled("Caption", &html! { (run_styled("CaptionLabel", &format!("{label}  "))) (run(&table.caption)) }))
            w:tbl {
                w:tblPr {
                    w:tblStyle w:val="Figures" {}
                    w:tblW w:w=(TEXT_WIDTH as u32) w:type="dxa" {}
                    w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn=(u8::from(table.has_row_headers())) w:lastColumn="0" w:noHBand="0" w:noVBand="1" {}
                    w:tblCaption w:val=(clean(&table.caption)) {}
                }
                w:tblGrid { @for width in &widths { w:gridCol w:w=(width) {} } }
                w:tr {
                    w:trPr { w:cantSplit {} w:tblHeader {} }
                    @for (column, width) in table.columns.iter().zip(&widths) {
                        (cell(column, *width, "TableHeader", &html! {
                            (run(&column.header))
                            @if let Some(kind) = column.kind.filter(|_| mixed) { w:r { w:br {} } (kind_run(kind)) }
                        }))
                    }
                }
                @for row in &table.rows { (table_row(row, table, &widths)) }
            }
            @for line in &under { (styled("Source", line)) }
            (styled("Spacer", &html! {}))
        }
    }

    fn chart(&mut self, chart: &'a Chart) -> Result<Markup, Error> {
        let picture = raster::png(&chart.svg, DOTS).map_err(|source| Error::Picture { id: chart.id.clone(), source })?;
        let across = f64::from(picture.width).max(1.0);
        let (width, height) = (TEXT_WIDTH_EMU as u64, (TEXT_WIDTH_EMU * f64::from(picture.height) / across) as u64);
        self.pictures.push(picture);
        self.behind.push(&chart.table);
        let number = self.pictures.len();
        let source = chart.table.source.as_ref().map(|source| format!("Source: {source}. "));
        let how = self.provenance.line(chart.table.figures()).map(|how| format!(" {how}"));
        let last = format!("{}Numbers: table A{number}.{}", source.unwrap_or_default(), how.unwrap_or_default());
        Ok(html! {
            (styled("Caption", &html! { (run_styled("CaptionLabel", &format!("Chart {number}  "))) (run(&chart.title)) }))
            (styled("Summary", &run(&chart.summary)))
            (styled("Picture", &picture_run(number, (width, height), &chart.title, &chart.summary)))
            (styled("Source", &run(&last)))
            (styled("Spacer", &html! {}))
        })
    }

    fn list(&mut self, list: &List) -> Markup {
        let number = match list.order {
            Order::Loose => BULLETS,
            Order::Numbered => {
                self.numbered_lists += 1;
                FIRST_LIST + self.numbered_lists - 1
            }
        };
        html! {
            @for item in &list.items {
                w:p {
                    w:pPr { w:pStyle w:val="ListParagraph" {} w:numPr { w:ilvl w:val="0" {} w:numId w:val=(number) {} } }
                    (self.runs(item))
                }
            }
        }
    }

    fn not_known(&mut self, gap: &NotKnown) -> Markup {
        styled(
            "NotKnown",
            &html! {
                (run_styled("Strong", &format!("{}: ", gap.label())))
                (self.runs(&gap.what))
                w:r { w:br {} }
                (run("What would fill it: "))
                (self.runs(&gap.filled_by))
            },
        )
    }

    fn numbers_behind_charts(&mut self) -> Markup {
        let tables = std::mem::take(&mut self.behind);
        if tables.is_empty() {
            return html! {};
        }
        let written: Vec<Markup> = tables.iter().enumerate().map(|(i, table)| self.table(table, &format!("Table A{}", i + 1))).collect();
        html! { (chapter(BEHIND, "behind", 900, true)) @for table in &written { (table) } }
    }

    fn how(&self) -> Markup {
        if self.provenance.entries.is_empty() {
            return html! {};
        }
        html! {
            (chapter(provenance::TITLE, "how", 901, true))
            @for entry in &self.provenance.entries { (how_entry(entry)) }
        }
    }

    /// Text with its dress; addresses are kept for the package.
    fn runs(&mut self, text: &Text) -> Markup {
        let mut runs = Vec::new();
        for span in &text.0 {
            runs.push(match span {
                Span::Plain(words) => run(words),
                Span::Strong(words) => run_styled("Strong", words),
                Span::Emphasis(words) => run_styled("Emphasis", words),
                Span::Figure { shown, .. } => run(shown),
                Span::Link { text, address } => {
                    self.addresses.push(address.clone());
                    html! { w:hyperlink r:id={ "rLink" (self.addresses.len()) } { (run_styled("Hyperlink", text)) } }
                }
            });
        }
        html! { @for run in &runs { (run) } }
    }
}

/// The title of the part that holds the charts' tables.
const BEHIND: &str = "Numbers behind the charts";

fn section_mark(index: usize) -> String {
    format!("section{}", index + 1)
}

fn run(text: &str) -> Markup {
    html! { w:r { w:t xml:space="preserve" { (clean(text)) } } }
}

fn run_styled(style: &str, text: &str) -> Markup {
    html! { w:r { w:rPr { w:rStyle w:val=(style) {} } w:t xml:space="preserve" { (clean(text)) } } }
}

fn styled(style: &str, content: &Markup) -> Markup {
    html! { w:p { w:pPr { w:pStyle w:val=(style) {} } (content) } }
}

/// A heading that the contents lead to.
fn chapter(title: &str, mark: &str, id: usize, new_page: bool) -> Markup {
    html! {
        w:p {
            w:pPr { w:pStyle w:val="Heading1" {} @if new_page { w:pageBreakBefore {} } }
            w:bookmarkStart w:id=(id) w:name=(mark) {}
            (run(title))
            w:bookmarkEnd w:id=(id) {}
        }
    }
}

fn key_label(figure: &KeyFigure) -> String {
    if figure.kind == Kind::Actual { figure.label.clone() } else { format!("{} ({})", figure.label, figure.kind.word()) }
}

fn key_style(tone: Tone) -> &'static str {
    match tone {
        Tone::Neutral => "KeyNumber",
        Tone::Good => "KeyNumberGood",
        Tone::Poor => "KeyNumberPoor",
    }
}

fn kind_run(kind: Kind) -> Markup {
    run_styled("Kind", &format!("({})", kind.word()))
}

fn cell(column: &Column, width: u32, style: &str, content: &Markup) -> Markup {
    html! {
        w:tc {
            w:tcPr { w:tcW w:w=(width) w:type="dxa" {} }
            w:p {
                w:pPr { w:pStyle w:val=(style) {} @if column.role == Role::Number { w:jc w:val="right" {} } }
                (content)
            }
        }
    }
}

fn table_row(row: &Row, table: &Table, widths: &[u32]) -> Markup {
    let mixed = table.mixes_kinds();
    let words = |cell: &Cell| if row.weight == Weight::Total { run_styled("Strong", &cell.shown) } else { run(&cell.shown) };
    html! {
        w:tr {
            w:trPr { w:cantSplit {} }
            @for ((each, column), width) in row.cells.iter().zip(&table.columns).zip(widths) {
                @let kind = each.kind.or(row.kind.filter(|_| column.role == Role::Header)).filter(|_| mixed);
                (cell(column, *width, "TableCell", &html! {
                    (words(each))
                    @if let Some(kind) = kind { (run(" ")) (kind_run(kind)) }
                }))
            }
        }
    }
}

/// A picture in the line of text, with its alternative text.
fn picture_run(number: usize, (width, height): (u64, u64), title: &str, summary: &str) -> Markup {
    const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
    const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
    let name = format!("Chart {number}");
    html! {
        w:r {
            w:drawing {
                wp:inline distT="0" distB="0" distL="0" distR="0" {
                    wp:extent cx=(width) cy=(height) {}
                    wp:docPr id=(number) name=(name) descr=(clean(&format!("{title}. {summary}"))) {}
                    a:graphic xmlns:a=(DRAWING) {
                        a:graphicData uri=(PICTURE) {
                            pic:pic xmlns:pic=(PICTURE) {
                                pic:nvPicPr { pic:cNvPr id=(number) name=(name) {} pic:cNvPicPr {} }
                                pic:blipFill { a:blip r:embed={ "rPicture" (number) } {} a:stretch { a:fillRect {} } }
                                pic:spPr {
                                    a:xfrm { a:off x="0" y="0" {} a:ext cx=(width) cy=(height) {} }
                                    a:prstGeom prst="rect" { a:avLst {} }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn how_entry(entry: &Entry<'_>) -> Markup {
    let figure = |(id, why): &(&FigureId, &crate::block::Why)| {
        let facts: Vec<String> = [("rows: ", &why.rows), ("not known: ", &why.unknown)]
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(label, text)| format!("{label}{text}"))
            .collect();
        if facts.is_empty() { id.to_string() } else { format!("{id} ({})", facts.join("; ")) }
    };
    let figures: Vec<String> = entry.figures.iter().map(figure).collect();
    html! {
        (styled("Heading2", &run(&format!("{}. {}", entry.number, entry.shared.name))))
        @for (label, fact) in entry.facts() {
            (styled("Fact", &html! { (run_styled("Strong", &format!("{label}: "))) (run(fact)) }))
        }
        (styled("Source", &run(&format!("Figures: {}", figures.join("; ")))))
    }
}
