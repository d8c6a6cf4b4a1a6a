//! Rows of the nine tables beside Header, Episodes and UASC. They are few beside the episodes, so columns are found by name.

use domain::Code;
use domain::history::{Adoption, AdoptionDecision, CareLeaver, DolOrder, Health, Missing, PreviousPermanence, Review, SocialWorker};

use super::cell::Desk;
use super::code_list;
use super::kind::Kind;
use super::parse::{Fate, desk};
use super::recognise::Layout;
use super::typed::{AuthorityRows, Fact, Ids, OtherRow, Place};
use crate::rows::Cells;

/// Reads rows of one table by its layout.
pub(super) struct OtherReader<'a> {
    layout: &'a Layout,
}

impl<'a> OtherReader<'a> {
    pub(super) const fn of(layout: &'a Layout) -> Self {
        Self { layout }
    }

    pub(super) fn read(&mut self, rows: &mut AuthorityRows, cells: &Cells<'_>, child: u32, mut place: Place) -> Fate {
        let id = cells.get(self.layout.column("CHILD")).trim_ascii();
        let mut row = Row { layout: self.layout, cells, desk: desk(&mut rows.notes, self.layout.kind, place, id), child, year: place.year };
        let Some(fact) = row.fact(&mut rows.workers) else { return Fate::Fallen };
        place.marks = row.desk.marks;
        rows.others.push(OtherRow { child, place, fact });
        Fate::Held
    }
}

/// One row with its cells by name.
struct Row<'a> {
    layout: &'a Layout,
    cells: &'a Cells<'a>,
    desk: Desk<'a>,
    child: u32,
    year: u16,
}

impl<'a> Row<'a> {
    fn cell(&self, column: &str) -> &'a [u8] {
        self.cells.get(self.layout.column(column))
    }

    fn key_date(&mut self, column: &'static str) -> Option<domain::Day> {
        let cell = self.cell(column);
        self.desk.key_date(column, cell)
    }

    fn date(&mut self, column: &'static str) -> Option<domain::Day> {
        let cell = self.cell(column);
        self.desk.optional_date(column, cell)
    }

    fn flag(&mut self, column: &'static str) -> Option<bool> {
        let cell = self.cell(column);
        self.desk.flag(column, cell)
    }

    fn code(&mut self, list: &code_list::CodeList, column: &'static str) -> Code {
        let cell = self.cell(column);
        self.desk.code(list, column, cell)
    }

    /// What the row says; nothing, with a note, where its key date is missing.
    fn fact(&mut self, workers: &mut Ids) -> Option<Fact> {
        let (child, year) = (self.child, self.year);
        Some(match self.layout.kind {
            Kind::Reviews => Fact::Review(Review {
                child,
                on: self.key_date("REVIEW")?,
                participation: self.code(&code_list::REVIEW_CODE, "REVIEW_CODE"),
            }),
            Kind::Oc2 => Fact::Health(self.health()),
            Kind::Oc3 => Fact::Leaver(CareLeaver {
                authority: 0,
                id: child,
                year,
                born: self.date("DOB"),
                in_touch: self.code(&code_list::IN_TOUCH, "IN_TOUCH"),
                activity: self.code(&code_list::ACTIV, "ACTIV"),
                accommodation: self.code(&code_list::ACCOM, "ACCOM"),
            }),
            Kind::Ad1 => Fact::Adoption(Adoption {
                child,
                year,
                in_interest: self.date("DATE_INT"),
                matched: self.date("DATE_MATCH"),
                by_foster_carer: self.flag("FOSTER_CARE"),
            }),
            Kind::PlacedAdoption => Fact::Decision(AdoptionDecision {
                child,
                decided: self.key_date("DATE_PLACED")?,
                reversed: self.date("DATE_PLACED_CEASED"),
                reason: self.code(&code_list::REASON_PLACED_CEASED, "REASON_PLACED_CEASED"),
            }),
            Kind::PrevPerm => Fact::Permanence(PreviousPermanence { child, year, kind: self.code(&code_list::PREV_PERM, "PREV_PERM") }),
            Kind::Missing => Fact::Missing(Missing {
                child,
                kind: self.code(&code_list::MISSING, "MISSING"),
                start: self.key_date("MIS_START")?,
                end: self.date("MIS_END"),
            }),
            Kind::SwEpisodes => Fact::Worker(SocialWorker {
                child,
                worker: workers.number(self.cell("SW_ID").trim_ascii()),
                start: self.key_date("SW_DECOM")?,
                end: self.date("SW_DEC"),
                reason: self.code(&code_list::SW_REASON, "SW_REASON"),
            }),
            Kind::DoLo => Fact::Order(DolOrder { child, start: self.key_date("DOLO_START")?, end: self.date("DOLO_END") }),
            Kind::Header | Kind::Episodes | Kind::Uasc => return None,
        })
    }

    fn health(&mut self) -> Health {
        /// The highest score that the questionnaire gives.
        const HIGHEST_SCORE: u8 = 40;
        let score = self.cell("SDQ_SCORE");
        Health {
            child: self.child,
            year: self.year,
            sdq_score: self.desk.number("SDQ_SCORE", score, HIGHEST_SCORE),
            sdq_reason: self.code(&code_list::SDQ_REASON, "SDQ_REASON"),
            convicted: self.flag("CONVICTED"),
            health_check: self.flag("HEALTH_CHECK"),
            immunisations: self.flag("IMMUNISATIONS"),
            teeth_check: self.flag("TEETH_CHECK"),
            health_assessment: self.flag("HEALTH_ASSESSMENT"),
            substance_misuse: self.flag("SUBSTANCE_MISUSE"),
            intervention_received: self.flag("INTERVENTION_RECEIVED"),
            intervention_offered: self.flag("INTERVENTION_OFFERED"),
        }
    }
}
