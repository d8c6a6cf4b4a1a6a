//! The one model of a document: sections of blocks, and beside them how each figure was made.

use std::fmt;

use jiff::civil::Date;

pub use crate::figure::{FigureId, Register, Why};

/// A document that every writer can write.
#[derive(Clone, Debug)]
pub struct Report {
    /// `Sufficiency statement 2025`.
    pub title: String,
    /// One line under the title: what the document covers.
    pub subtitle: String,
    /// Who answers for it: the authority's name.
    pub authority: String,
    /// The date of the document. Every date that a format carries as metadata is this one, so bytes repeat.
    pub as_of: Date,
    /// BCP 47 language of the text.
    pub language: Language,
    /// What a reader must know before reading: drafts, fictitious data, figures withheld.
    pub notices: Vec<Text>,
    /// The document itself.
    pub sections: Vec<Section>,
    /// The rows behind the tables, too long to print: only the data pack carries them.
    pub data: Vec<Table>,
    /// How each figure was made. Figures named by blocks but missing here are shown without a link.
    pub figures: Register,
}

/// Languages that documents are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// `en-GB`.
    #[default]
    English,
}

impl Language {
    /// BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en-GB",
        }
    }
}

/// A numbered part of the document.
#[derive(Clone, Debug)]
pub struct Section {
    /// Fragment of its address: lower-case letters, digits and hyphens, unique in the document.
    pub id: String,
    /// The heading.
    pub title: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

impl Section {
    /// A section with these blocks.
    pub fn new(id: impl Into<String>, title: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { id: id.into(), title: title.into(), blocks }
    }
}

/// What a section is made of.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// A heading inside a section. There is one level, so no document can skip one.
    Heading(String),
    /// A few big figures side by side.
    KeyFigures(Vec<KeyFigure>),
    /// A table.
    Table(Table),
    /// A chart with its table.
    Chart(Chart),
    /// Something to bear in mind, set apart.
    Note(Text),
    /// A list.
    List(List),
    /// What the inputs cannot say, and what would fill it.
    NotKnown(NotKnown),
    /// Paged formats go on on a new page.
    PageBreak,
}

/// Text with a little emphasis, links and figures.
///
/// ```
/// use report::block::{FigureId, Text};
/// let text = Text::plain("There were ").figure("656", FigureId::new("cla.number.2020")).and(" children in care.");
/// assert_eq!(text.to_string(), "There were 656 children in care.");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Span>);

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// As it stands.
    Plain(String),
    /// Important.
    Strong(String),
    /// Stressed, or the title of a work.
    Emphasis(String),
    /// A link.
    Link {
        /// The words.
        text: String,
        /// Where they lead.
        address: String,
    },
    /// A number that can be asked why.
    Figure {
        /// As shown.
        shown: String,
        /// Its entry in the register.
        id: FigureId,
    },
}

impl Text {
    /// Text as it stands.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Span::Plain(text.into())])
    }

    /// With more text after it.
    pub fn and(self, text: impl Into<String>) -> Self {
        self.with(Span::Plain(text.into()))
    }

    /// With important words after it.
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.with(Span::Strong(text.into()))
    }

    /// With stressed words after it.
    pub fn emphasis(self, text: impl Into<String>) -> Self {
        self.with(Span::Emphasis(text.into()))
    }

    /// With a link after it.
    pub fn link(self, text: impl Into<String>, address: impl Into<String>) -> Self {
        self.with(Span::Link { text: text.into(), address: address.into() })
    }

    /// With a figure after it.
    pub fn figure(self, shown: impl Into<String>, id: FigureId) -> Self {
        self.with(Span::Figure { shown: shown.into(), id })
    }

    /// The figures that it names.
    pub fn figures(&self) -> impl Iterator<Item = &FigureId> {
        self.0.iter().filter_map(|span| match span {
            Span::Figure { id, .. } => Some(id),
            _ => None,
        })
    }

    /// Whether nothing would be shown.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.words().is_empty())
    }

    fn with(mut self, span: Span) -> Self {
        self.0.push(span);
        self
    }
}

impl Span {
    /// The words without their dress.
    pub fn words(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Strong(text) | Self::Emphasis(text) | Self::Link { text, .. } => text,
            Self::Figure { shown, .. } => shown,
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}

/// The words without their dress.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|span| f.write_str(span.words()))
    }
}

/// What kind of number it is. Five kinds that a reader must never mistake for one another (dossier F33); shown wherever
/// a table holds more than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What was counted.
    Actual,
    /// What is expected, with its uncertainty.
    Forecast,
    /// What is chosen to be affordable or bought.
    Plan,
    /// What is aimed for.
    Target,
    /// What others have.
    Benchmark,
}

impl Kind {
    /// The word shown.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Forecast => "forecast",
            Self::Plan => "plan",
            Self::Target => "target",
            Self::Benchmark => "benchmark",
        }
    }
}

/// One of a few big figures.
#[derive(Clone, Debug)]
pub struct KeyFigure {
    /// What it is: `Living within 20 miles of home`.
    pub label: String,
    /// As shown: `84%`.
    pub shown: String,
    /// Why it matters, in a line: `target 85%: 7 children short`.
    pub reason: Text,
    /// Its entry in the register.
    pub figure: Option<FigureId>,
    /// What kind of number it is.
    pub kind: Kind,
    /// Whether it is as hoped. The reason line says so in words; colour comes second.
    pub tone: Tone,
}

/// Whether something is as hoped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither, or not for us to say.
    #[default]
    Neutral,
    /// As hoped.
    Good,
    /// Not as hoped.
    Poor,
}

/// A table with a caption, one header row and, usually, headers of rows.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Fragment of its address: lower-case letters, digits and hyphens, unique in the document. Also its sheet's source in XLSX.
    pub id: String,
    /// What it shows, where and when.
    pub caption: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its rows, in order; as many cells as columns.
    pub rows: Vec<Row>,
    /// What a reader must know to read it.
    pub note: Option<Text>,
    /// Where its numbers come from, with vintage.
    pub source: Option<String>,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its header.
    pub header: String,
    /// What its cells are.
    pub role: Role,
    /// What kind of number they are, where that holds for the whole column.
    pub kind: Option<Kind>,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Headers of their rows, aligned left. Only in the first column.
    Header,
    /// Words, aligned left.
    Words,
    /// Numbers, aligned right.
    Number,
}

impl Column {
    /// A column whose cells head their rows.
    pub fn header(header: impl Into<String>) -> Self {
        Self { header: header.into(), role: Role::Header, kind: None }
    }

    /// A column of words.
    pub fn words(header: impl Into<String>) -> Self {
        Self { header: header.into(), role: Role::Words, kind: None }
    }

    /// A column of numbers.
    pub fn number(header: impl Into<String>) -> Self {
        Self { header: header.into(), role: Role::Number, kind: None }
    }

    /// With numbers of this kind.
    pub fn of(mut self, kind: Kind) -> Self {
        self.kind = Some(kind);
        self
    }
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// What kind of number they are, where that holds for the whole row.
    pub kind: Option<Kind>,
    /// How much it weighs.
    pub weight: Weight,
}

/// How much a row weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// A row like others.
    #[default]
    Plain,
    /// The row that the table is about, or its total: set in bold with a rule above.
    Total,
}

impl Row {
    /// A row of these cells.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, kind: None, weight: Weight::Plain }
    }

    /// With numbers of this kind.
    pub fn of(mut self, kind: Kind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// As a total.
    pub fn total(mut self) -> Self {
        self.weight = Weight::Total;
        self
    }
}

/// A cell: what a reader sees, and what a spreadsheet gets.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// As shown, rounded once: `4.5`.
    pub shown: String,
    /// As computed: 4.4586. A mark or word is never a number.
    pub raw: Raw,
    /// Its entry in the register.
    pub figure: Option<FigureId>,
    /// What kind of number it is, where its row and column do not say.
    pub kind: Option<Kind>,
}

/// What a spreadsheet gets.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Raw {
    /// The words shown.
    #[default]
    Words,
    /// An unrounded number.
    Number(f64),
    /// No number, and why not.
    Mark(Mark),
}

/// Why there is no number: withheld, not known, not applicable, not available. Shown as `[c]`, with its words under the table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The publisher's letter: `c`.
    pub symbol: String,
    /// In words: `withheld: small number`.
    pub words: String,
}

impl Cell {
    /// Words.
    pub fn words(words: impl Into<String>) -> Self {
        Self { shown: words.into(), ..Self::default() }
    }

    /// A number, and how it is shown.
    pub fn number(value: f64, shown: impl Into<String>) -> Self {
        Self { shown: shown.into(), raw: Raw::Number(value), ..Self::default() }
    }

    /// No number, and why not.
    pub fn mark(symbol: &str, words: impl Into<String>) -> Self {
        let mark = Mark { symbol: symbol.into(), words: words.into() };
        Self { shown: format!("[{symbol}]"), raw: Raw::Mark(mark), ..Self::default() }
    }

    /// With its entry in the register.
    pub fn why(mut self, id: FigureId) -> Self {
        self.figure = Some(id);
        self
    }

    /// As a number of this kind.
    pub fn of(mut self, kind: Kind) -> Self {
        self.kind = Some(kind);
        self
    }
}

impl Table {
    /// Kinds of number that it holds, each once. Writers name the kind of a column, row or cell where there are several.
    pub fn kinds(&self) -> Vec<Kind> {
        let columns = self.columns.iter().filter_map(|column| column.kind);
        let rows = self.rows.iter().flat_map(|row| row.kind.into_iter().chain(row.cells.iter().filter_map(|cell| cell.kind)));
        let mut kinds: Vec<Kind> = columns.chain(rows).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Whether it holds numbers of more than one kind.
    pub fn mixes_kinds(&self) -> bool {
        self.kinds().len() > 1
    }

    /// The marks that stand in its cells, each once, for the line under it.
    pub fn marks(&self) -> Vec<&Mark> {
        let mut marks: Vec<&Mark> = self
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .filter_map(|cell| match &cell.raw {
                Raw::Mark(mark) => Some(mark),
                Raw::Words | Raw::Number(_) => None,
            })
            .collect();
        marks.sort_unstable();
        marks.dedup();
        marks
    }

    /// `[c] withheld: small number; [x] not available`, or nothing where there are no marks.
    pub fn key_to_marks(&self) -> Option<String> {
        let words: Vec<String> = self.marks().iter().map(|mark| format!("[{}] {}", mark.symbol, mark.words)).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    /// Whether cells of the first column head their rows.
    pub fn has_row_headers(&self) -> bool {
        self.columns.first().is_some_and(|column| column.role == Role::Header)
    }

    /// Figures named in its cells, in reading order, repeats included.
    pub fn figures(&self) -> impl Iterator<Item = &FigureId> {
        self.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.figure.as_ref())
    }
}

/// A drawing with the words and numbers that say the same.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Fragment of its address: lower-case letters, digits and hyphens, unique in the document.
    pub id: String,
    /// The finding, as a heading: `Falling since 2022, and below similar authorities`.
    pub title: String,
    /// What the drawing shows, for someone who cannot see it.
    pub summary: String,
    /// The drawing, from [`crate::chart`]: the same text goes to every format.
    pub svg: String,
    /// The numbers drawn.
    pub table: Table,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// Bullets or numbers.
    pub order: Order,
    /// Its items.
    pub items: Vec<Text>,
}

/// Whether the order of a list means something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// No: bullets.
    #[default]
    Loose,
    /// Yes: numbers.
    Numbered,
}

/// What the inputs cannot say (A036).
#[derive(Clone, Debug)]
pub struct NotKnown {
    /// What is missing: `Religion of children in care`.
    pub what: Text,
    /// The inputs that do not say it: `published figures`.
    pub inputs: String,
    /// The return or record that would fill it: `the authority's own case record (not part of any statutory return)`.
    pub filled_by: Text,
}

impl NotKnown {
    /// The words in front of what is missing: `Not known from published figures`.
    pub fn label(&self) -> String {
        format!("Not known from {}", self.inputs)
    }
}

impl Report {
    /// `31 March 2025`.
    pub fn as_of_words(&self) -> String {
        self.as_of.strftime("%-d %B %Y").to_string()
    }

    /// Every table in reading order, those of charts included.
    pub fn tables(&self) -> impl Iterator<Item = (&Section, &Table)> {
        self.sections.iter().flat_map(|section| {
            section.blocks.iter().filter_map(move |block| match block {
                Block::Table(table) => Some((section, table)),
                Block::Chart(chart) => Some((section, &chart.table)),
                _ => None,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_kinds_are_named_once() {
        let table = Table {
            columns: vec![Column::header("Area"), Column::number("2025")],
            rows: vec![
                Row::new(vec![Cell::words("Rutland"), Cell::mark("c", "withheld: small number")]).of(Kind::Actual),
                Row::new(vec![Cell::words("Peers"), Cell::mark("c", "withheld: small number")]).of(Kind::Benchmark),
                Row::new(vec![Cell::words("England"), Cell::number(4.4586, "4.5")]).of(Kind::Benchmark),
            ],
            ..Table::default()
        };
        assert_eq!(table.key_to_marks().as_deref(), Some("[c] withheld: small number"));
        assert_eq!(table.kinds(), [Kind::Actual, Kind::Benchmark]);
        assert!(table.mixes_kinds() && table.has_row_headers());
    }

    #[test]
    fn an_id_is_safe_in_an_address() {
        assert_eq!(FigureId::new("cla.number/2025 (rate)").as_str(), "cla.number-2025--rate-");
    }
}
