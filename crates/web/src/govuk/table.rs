use maud::{Markup, Render, html};

use super::Size;

/// A table of one kind of thing a row. The caption says what it shows; the first column names the row.
pub struct Table<'a> {
    pub caption: &'a str,
    pub size: Size,
    pub columns: &'a [Column<'a>],
    pub first: FirstCell,
    /// As many cells a row as there are columns.
    pub rows: &'a [Vec<Markup>],
}

/// One column and its heading.
#[derive(Clone, Debug, Default)]
pub struct Column<'a> {
    pub head: &'a str,
    pub align: Align,
    /// Where the rows can be put in order of this column.
    pub sort: Option<Sort<'a>>,
}

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Text,
    /// To the right, in figures of one width.
    Number,
}

/// Whether the first cell names its row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FirstCell {
    #[default]
    Header,
    Data,
}

/// Ordering by a column: a link, so it needs no script.
#[derive(Clone, Debug)]
pub struct Sort<'a> {
    /// The address of the same page in the order that following the link gives.
    pub href: &'a str,
    /// The order that the rows have now, if it is this column's.
    pub now: Option<Order>,
}

/// Direction of an ordering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Ascending,
    Descending,
}

impl<'a> Column<'a> {
    /// A column of words.
    pub const fn text(head: &'a str) -> Self {
        Self { head, align: Align::Text, sort: None }
    }

    /// A column of numbers.
    pub const fn number(head: &'a str) -> Self {
        Self { head, align: Align::Number, sort: None }
    }

    const fn header_classes(&self) -> &'static str {
        match self.align {
            Align::Text => "govuk-table__header",
            Align::Number => "govuk-table__header govuk-table__header--numeric",
        }
    }

    const fn cell_classes(&self) -> &'static str {
        match self.align {
            Align::Text => "govuk-table__cell",
            Align::Number => "govuk-table__cell govuk-table__cell--numeric",
        }
    }
}

impl Order {
    const fn word(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }
}

impl Render for Table<'_> {
    fn render(&self) -> Markup {
        let caption = match self.size {
            Size::Body => "govuk-table__caption",
            Size::Small => "govuk-table__caption govuk-table__caption--s",
            Size::Medium => "govuk-table__caption govuk-table__caption--m",
            Size::Large => "govuk-table__caption govuk-table__caption--l",
            Size::Hidden => "govuk-table__caption govuk-visually-hidden",
        };
        html! {
            table class="govuk-table" {
                caption class=(caption) { (self.caption) }
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" { @for column in self.columns { (heading(column)) } }
                }
                tbody class="govuk-table__body" {
                    @for row in self.rows {
                        tr class="govuk-table__row" {
                            @for (place, (column, cell)) in self.columns.iter().zip(row).enumerate() {
                                @if place == 0 && self.first == FirstCell::Header {
                                    th scope="row" class=(column.header_classes()) { (cell) }
                                } @else {
                                    td class=(column.cell_classes()) { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn heading(column: &Column<'_>) -> Markup {
    let Some(sort) = &column.sort else {
        return html! { th scope="col" class=(column.header_classes()) { (column.head) } };
    };
    html! {
        th scope="col" class=(column.header_classes()) aria-sort=[sort.now.map(Order::word)] {
            a class="pw-sort" href=(sort.href) { (column.head) }
        }
    }
}
