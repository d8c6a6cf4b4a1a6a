//! What reading and cleaning can find, each with its weight and what becomes of the row. The statutory rules are elsewhere; these are ours.

use domain::{Finding, Severity, Treatment};

use super::kind::Kind;

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Issue {
    pub(crate) rule: &'static str,
    pub(crate) severity: Severity,
    pub(crate) action: Treatment,
}

macro_rules! issues {
    ($($(#[$doc:meta])+ $name:ident = $rule:literal, $severity:ident, $action:ident;)+) => { $(
        $(#[$doc])+
        pub(crate) const $name: Issue = Issue { rule: $rule, severity: Severity::$severity, action: Treatment::$action };
    )+ };
}

issues! {
    // Whole files.
    /// The file cannot be opened or is too large.
    FILE_UNREADABLE = "file-unreadable", Error, SetAside;
    /// An archive that is no workbook.
    FILE_IS_ARCHIVE = "file-is-archive", Error, SetAside;
    /// Not a table of the return.
    FILE_UNKNOWN = "file-unknown", Warning, SetAside;
    /// Text that was not UTF-8.
    ENCODING_CONVERTED = "encoding-converted", Repair, Repaired;
    /// A column of the table is not there.
    COLUMN_MISSING = "column-missing", Warning, Kept;
    /// A column without which the table says nothing is not there.
    KEY_COLUMN_MISSING = "key-column-missing", Error, SetAside;
    /// A column that no table of the return has.
    COLUMN_EXTRA = "column-extra", Warning, Kept;
    /// The return year was told from the dates.
    YEAR_GUESSED = "year-guessed", Warning, Kept;
    /// YEAR holds the year in which the return year starts.
    YEAR_IS_START = "year-is-start", Warning, Kept;
    /// The dates belong to other years than the year given.
    YEAR_DOUBTFUL = "year-doubtful", Error, Kept;
    /// A newer submission of the same authority, year and table is there.
    SUPERSEDED = "superseded", Warning, SetAside;
    /// Two files of the same authority, year and table without a child in common.
    PARTS_JOINED = "parts-joined", Warning, Kept;
    /// The events of the newest return stop long before its last day.
    DATA_ENDS_EARLY = "data-ends-early", Warning, Kept;
    /// Rows of another authority than the one asked for.
    OTHER_AUTHORITY = "other-authority", Warning, SetAside;

    // Rows.
    /// A row of delimiters alone.
    ROW_BLANK = "row-blank", Warning, SetAside;
    /// More filled cells than columns.
    ROW_TOO_LONG = "row-too-long", Warning, Kept;
    /// No identifier of a child.
    CHILD_BLANK = "child-blank", Error, SetAside;
    /// YEAR unreadable in a table that has the column.
    YEAR_UNREADABLE = "year-unreadable", Error, SetAside;
    /// The date that makes the row is empty.
    DATE_BLANK = "date-blank", Error, SetAside;
    /// The date that makes the row is no date.
    DATE_UNREADABLE = "date-unreadable", Error, SetAside;
    /// Another date is no date and is read as blank.
    DATE_IGNORED = "date-ignored", Repair, Repaired;
    /// A date in another form than the return's, read without doubt.
    DATE_FORM = "date-form", Repair, Repaired;
    /// A code in lower case or with spaces around it.
    CODE_CASE = "code-case", Repair, Repaired;
    /// A code that no list has.
    CODE_UNKNOWN = "code-unknown", Warning, Kept;
    /// Too long or strange to be a code: read as blank.
    CODE_IGNORED = "code-ignored", Repair, Repaired;
    /// A code of another return year.
    CODE_OUT_OF_YEAR = "code-out-of-year", Warning, Kept;
    /// A postcode without the form of one: read as blank.
    POSTCODE_IGNORED = "postcode-ignored", Repair, Repaired;
    /// No provider where the placement has one.
    PROVIDER_BLANK = "provider-blank", Warning, Kept;
    /// Ethnicity empty or unknown to the list.
    ETHNIC_UNKNOWN = "ethnic-unknown", Warning, Kept;
    /// A number out of its range: read as blank.
    NUMBER_IGNORED = "number-ignored", Repair, Repaired;

    // A child.
    /// Rows of a child that no Header names.
    NO_HEADER = "no-header", Error, SetAside;
    /// A child whose date of birth is nowhere.
    NO_DATE_OF_BIRTH = "no-date-of-birth", Error, SetAside;
    /// The date of birth differs between years; the newest is used.
    BORN_CHANGED = "born-changed", Warning, Kept;
    /// The identifier stands in the returns of another authority too.
    CHILD_ELSEWHERE = "child-elsewhere", Warning, Kept;
    /// A row of the child that stands twice in the same table of one year.
    ROW_REPEATED = "row-repeated", Repair, Cut;
    /// Care that begins before birth.
    BORN_AFTER_START = "born-after-start", Error, Kept;
    /// Still looked after at 18 or over.
    AGED_18_OPEN = "aged-18-open", Warning, Kept;

    // A child's episodes.
    /// An end before the start.
    ENDS_BEFORE_START = "ends-before-start", Error, SetAside;
    /// An end on the day of the start: no night.
    SAME_DAY = "same-day", Error, SetAside;
    /// An end after the last day that the returns cover.
    END_AFTER_RETURN = "end-after-return", Repair, Repaired;
    /// A start after the last day that the returns cover.
    START_AFTER_RETURN = "start-after-return", Error, SetAside;
    /// The same episode with other values in an older return.
    VALUES_DIFFER = "values-differ", Warning, Cut;
    /// The same episode twice with other values in one return.
    EPISODE_REPEATED = "episode-repeated", Repair, Cut;
    /// The start was corrected in a later return (stitching rules 3 and 3A).
    START_CORRECTED = "start-corrected", Repair, Cut;
    /// Open in an older return, and another episode follows (stitching rule 1).
    OPEN_JOINED = "open-joined", Repair, Repaired;
    /// Open in an older return, and a new period of care follows (stitching rule 1A).
    OPEN_CLOSED_BEFORE_START = "open-closed-before-start", Repair, Repaired;
    /// Open in an older return, and nothing follows (stitching rule 2).
    OPEN_CLOSED_AT_YEAR_END = "open-closed-at-year-end", Repair, Repaired;
    /// Runs past the start of the next (stitching rule 4, and within one return).
    OVERLAP_CUT = "overlap-cut", Repair, Cut;
    /// X1 says that care goes on, and the next return starts later (stitching rule 5).
    GAP_CLOSED = "gap-closed", Repair, Repaired;
    /// X1 says that care goes on, and it does not.
    X1_WITHOUT_NEXT = "x1-without-next", Warning, Kept;
    /// Left care one day before entering again.
    ONE_DAY_GAP = "one-day-gap", Warning, Kept;
    /// A reason for an end that is not there.
    REASON_WITHOUT_END = "reason-without-end", Repair, Repaired;
    /// An end without a reason.
    END_WITHOUT_REASON = "end-without-reason", Warning, Kept;
}

/// A finding with the file as a number, which only the end of the reading turns into a name.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) file: u32,
    pub(crate) finding: Finding,
}

/// A place in a file that a note is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'a> {
    pub(crate) file: u32,
    pub(crate) kind: Kind,
    pub(crate) year: u16,
    pub(crate) line: u32,
    pub(crate) child: &'a [u8],
}

/// The longest value that a finding repeats.
const LONGEST_VALUE: usize = 60;

impl Issue {
    /// A note of this issue at a place.
    pub(crate) fn at(self, at: At<'_>, column: &str, value: &[u8], message: impl Into<String>) -> Note {
        Note {
            file: at.file,
            finding: Finding {
                rule: self.rule,
                severity: self.severity,
                file: String::new(),
                table: at.kind.name(),
                year: u32::from(at.year),
                row: at.line,
                child: shown(at.child),
                column: column.to_owned(),
                value: shown(value),
                message: message.into(),
                action: self.action,
            },
        }
    }

    /// A note about a whole file.
    pub(crate) fn of_file(self, file: u32, kind: Option<Kind>, year: u16, column: &str, message: impl Into<String>) -> Note {
        Note {
            file,
            finding: Finding {
                rule: self.rule,
                severity: self.severity,
                file: String::new(),
                table: kind.map_or("", Kind::name),
                year: u32::from(year),
                row: 0,
                child: String::new(),
                column: column.to_owned(),
                value: String::new(),
                message: message.into(),
                action: self.action,
            },
        }
    }
}

/// A cell as text that fits a sentence.
pub(crate) fn shown(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell);
    match text.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}
