//! Counting yes, no and unknown, and who they are.

/// Whether a result shows who is behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Only the counts.
    Counts,
    /// The counts and the rows behind them.
    Members,
}

/// Someone or something counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// A child, with the row of [`domain::history::Episodes`] that decides; its origin says file and line.
    Child {
        /// Position in [`domain::history::Children`].
        child: u32,
        /// Position in [`domain::history::Episodes`].
        episode: u32,
    },
    /// A row of [`domain::history::History::care_leavers`].
    CareLeaver(u32),
    /// A row of [`domain::history::History::reviews`].
    Review(u32),
    /// A row of [`domain::history::History::missing`].
    Missing(u32),
    /// A row of [`domain::history::History::adoption_decisions`].
    AdoptionDecision(u32),
}

impl From<&crate::timeline::Standing> for Member {
    fn from(at: &crate::timeline::Standing) -> Self {
        Self::Child { child: at.child, episode: at.episode }
    }
}

/// A count in progress.
#[derive(Debug)]
pub struct Tally {
    keep: Keep,
    pub(super) numerator: u64,
    pub(super) denominator: u64,
    pub(super) unknown: u64,
    pub(super) unknown_in_denominator: u64,
    pub(super) why_not: Option<String>,
    pub(super) remark: Option<String>,
    pub(super) counted: Vec<Member>,
    pub(super) not_known: Vec<Member>,
}

impl Tally {
    pub(super) fn new(keep: Keep) -> Self {
        Self {
            keep,
            numerator: 0,
            denominator: 0,
            unknown: 0,
            unknown_in_denominator: 0,
            why_not: None,
            remark: None,
            counted: Vec::new(),
            not_known: Vec::new(),
        }
    }

    /// One of those counted, and of those it is counted among.
    pub(super) fn yes(&mut self, who: impl Into<Member>) {
        self.add(1, who);
    }

    /// One of those it is counted among, with an amount: days, a score.
    pub(super) fn add(&mut self, amount: u64, who: impl Into<Member>) {
        self.numerator += amount;
        self.denominator += 1;
        if self.keep == Keep::Members {
            self.counted.push(who.into());
        }
    }

    /// One of those it is counted among, and not counted.
    pub(super) fn no(&mut self) {
        self.denominator += 1;
    }

    /// Cannot be told, and so left out of the denominator.
    pub(super) fn unknown(&mut self, who: impl Into<Member>) {
        self.unknown += 1;
        if self.keep == Keep::Members {
            self.not_known.push(who.into());
        }
    }

    /// Cannot be told, and in the denominator all the same, because the published form divides by everyone.
    pub(super) fn unknown_among_all(&mut self, who: impl Into<Member>) {
        self.denominator += 1;
        self.unknown_in_denominator += 1;
        self.unknown(who);
    }

    /// What the numerator is divided by, where that is no count of members.
    pub(super) fn divide_by(&mut self, denominator: u64) {
        self.denominator = denominator;
    }

    /// There is no figure, and why.
    pub(super) fn not_available(&mut self, why_not: impl Into<String>) {
        self.why_not = Some(why_not.into());
    }

    /// A sentence that the definition needs here.
    pub(super) fn remark(&mut self, remark: impl Into<String>) {
        self.remark = Some(remark.into());
    }
}
