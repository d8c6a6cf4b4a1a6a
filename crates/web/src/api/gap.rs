//! JSON of the sufficiency gap.

use domain::supply::Vehicle;
use serde::Serialize;
use service::forecasts::Spread;
use service::gaps::{self, Area, Found, Home, Line, Topic, TopicLine, Way};

/// `gap`: need ahead against usable homes, in children and places; shares and chances 0 to 1.
#[derive(Debug, Serialize)]
pub struct Gap {
    /// The last day that was known.
    pub from: String,
    /// The last day that is looked at; each line has its own, the worst one up to it.
    pub date: String,
    /// The authority; `null` for several together.
    pub authority: Option<String>,
    /// How many futures.
    pub paths: usize,
    /// Where all chance comes from.
    pub seed: u64,
    /// SHA-256 over the returns, the question and the files.
    pub inputs_sha256: String,
    /// Cells of need, the greatest expected shortfall first.
    pub lines: Vec<GapLine>,
    /// What has a line of its own.
    pub topics: Vec<OwnLine>,
    /// Of homes shared with other authorities, the share that comes to this one.
    pub market_shares: Vec<MarketShare>,
    /// What history cannot tell where supply was short.
    pub constrained_history: Constrained,
    /// What is known to happen in the next weeks.
    pub moves_ahead: MovesAhead,
    /// Sentences to know before it is used.
    pub warnings: Vec<String>,
    /// Sentences about lines of the files.
    pub findings: Vec<String>,
}

/// Need or shortfall over futures.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Band {
    /// Mean.
    pub mean: f64,
    /// Middle.
    pub median: f64,
    /// Eighty of a hundred futures lie from here …
    pub lo80: f64,
    /// … to here.
    pub hi80: f64,
    /// Ninety-five of a hundred from here …
    pub lo95: f64,
    /// … to here.
    pub hi95: f64,
}

/// One cell.
#[derive(Debug, Serialize)]
pub struct GapLine {
    /// 1 for the greatest expected shortfall.
    pub rank: usize,
    /// The home needed.
    pub r#type: &'static str,
    /// Youngest age.
    pub age_from: u32,
    /// Oldest age.
    pub age_to: u32,
    /// `standard`, `enhanced` or `complex`.
    pub need_band: &'static str,
    /// `emergency` or `planned`.
    pub notice: &'static str,
    /// `inside` the area, or `anywhere`.
    pub area: &'static str,
    /// The day of what follows: the one with the greatest expected shortfall.
    pub date: String,
    /// Children.
    pub need: Band,
    /// Registered places that could take such a child.
    pub registered: u32,
    /// Usable ones.
    pub usable: u32,
    /// Of them, the authority's own.
    pub own: u32,
    /// Bought in block.
    pub block: u32,
    /// Under a framework, at the authority's share.
    pub framework: u32,
    /// On the spot, at the authority's share.
    pub spot: u32,
    /// Children left without.
    pub shortfall: Band,
    /// The share of futures with any.
    pub probability: f64,
    /// First date on which a shortfall is more likely than not.
    pub short_from: Option<String>,
    /// What would close it.
    pub closes: Vec<Closes>,
}

/// Something that would close a part of a gap.
#[derive(Debug, Serialize)]
pub struct Closes {
    /// `reopen`, `renew`, `outside` or `more`.
    pub way: &'static str,
    /// Places.
    pub places: u32,
    /// The same in words.
    pub words: String,
}

/// A topic with a line of its own.
#[derive(Debug, Serialize)]
pub struct OwnLine {
    /// `siblings-2`, `siblings-3`, `siblings-4`, `emergency`, `sixteen-plus`, `parent-and-child`, `short-breaks`.
    pub topic: String,
    /// In words.
    pub label: String,
    /// `groups` or `children`.
    pub unit: &'static str,
    /// The day of what follows: the one with the greatest expected shortfall.
    pub date: String,
    /// Need.
    pub need: Band,
    /// Places, or homes with room for the group; `null` where the supply does not tell.
    pub usable: Option<u32>,
    /// Without; `null` where need and supply cannot be compared.
    pub shortfall: Option<Band>,
    /// The share of futures with any.
    pub probability: Option<f64>,
    /// What the numbers can and cannot tell.
    pub note: &'static str,
}

/// A share of shared homes.
#[derive(Debug, Serialize)]
pub struct MarketShare {
    /// The home.
    pub r#type: &'static str,
    /// The share.
    pub share: f64,
    /// Of the places of ordinary homes, the part that takes complex need.
    pub ordinary_complex_share: f64,
    /// Whether the supply tells specialist homes from others.
    pub specialist_told: bool,
}

/// Supply that constrained history.
#[derive(Debug, Serialize)]
pub struct Constrained {
    /// Requests that ended in a children's home; `null` where none was given.
    pub placed_in_homes: Option<u32>,
    /// Of them, those that sought a foster home.
    pub sought_fostering: Option<u32>,
    /// The share of children in children's homes who need a carer, as sure as so many requests are; `null` where none tells.
    pub share: Option<Band>,
    /// Children in children's homes with standard need.
    pub step_down_candidates: u32,
    /// In words.
    pub words: String,
}

/// Known moves.
#[derive(Debug, Serialize)]
pub struct MovesAhead {
    /// Weeks from the last known day.
    pub weeks: u32,
    /// Eighteenth birthdays, by month and kind of home.
    pub birthdays: Vec<Birthdays>,
    /// Homes that end, by date.
    pub supply_ending: Vec<Ending>,
    /// The birthdays child by child, by date: of the command, for the people who hold the returns; never of the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub children: Option<Vec<Birthday>>,
}

/// Children who turn eighteen in a month.
#[derive(Debug, Serialize)]
pub struct Birthdays {
    /// `2026-04`.
    pub month: String,
    /// Where they live.
    pub kind: &'static str,
    /// How many.
    pub children: u32,
}

/// A child who turns eighteen.
#[derive(Debug, Serialize)]
pub struct Birthday {
    /// Identifier as the return has it.
    pub child: String,
    /// The day.
    pub date: String,
    /// Where the child lives.
    pub kind: &'static str,
}

/// A home that ends.
#[derive(Debug, Serialize)]
pub struct Ending {
    /// The home.
    pub setting: String,
    /// What it is.
    pub r#type: String,
    /// Usable places.
    pub places: u32,
    /// Last day.
    pub date: String,
}

impl Gap {
    /// The gap of an authority, or of several together.
    pub fn new(found: &Found) -> Self {
        let constrained = &found.constrained;
        Self {
            from: found.from.to_string(),
            date: found.gap.date.to_string(),
            authority: found.authority.clone(),
            paths: found.paths,
            seed: found.seed,
            inputs_sha256: found.sha256.clone(),
            lines: found.gap.lines.iter().enumerate().map(|(at, line)| gap_line(at + 1, line)).collect(),
            topics: found.gap.topics.iter().map(own_line).collect(),
            market_shares: Home::ALL
                .into_iter()
                .map(|home| MarketShare {
                    r#type: home.name(),
                    share: found.gap.terms.shares[home as usize],
                    ordinary_complex_share: found.gap.terms.complex[home as usize],
                    specialist_told: found.gap.specialist_told[home as usize],
                })
                .collect(),
            constrained_history: Constrained {
                placed_in_homes: constrained.wanted.map(|wanted| wanted.placed_in_homes),
                sought_fostering: constrained.wanted.map(|wanted| wanted.sought_fostering),
                share: constrained.share.map(Band::from),
                step_down_candidates: constrained.step_down_candidates,
                words: constrained.words(|_| true),
            },
            moves_ahead: MovesAhead {
                weeks: gaps::WEEKS_AHEAD,
                birthdays: found
                    .turning()
                    .into_iter()
                    .map(|turning| Birthdays {
                        month: turning.month.to_string()[..7].to_owned(),
                        kind: turning.kind,
                        children: turning.children,
                    })
                    .collect(),
                children: None,
                supply_ending: found
                    .ending
                    .iter()
                    .map(|home| Ending {
                        setting: home.setting.clone(),
                        r#type: home.kind.clone(),
                        places: home.places,
                        date: home.on.to_string(),
                    })
                    .collect(),
            },
            warnings: found.warnings.clone(),
            findings: found.findings.iter().map(|finding| finding.message.clone()).collect(),
        }
    }

    /// The same with the child of each birthday: a list to act on, for whoever holds the returns that it was made from.
    #[must_use]
    pub fn with_children(mut self, found: &Found) -> Self {
        let birthday = |moving: &gaps::Moving| Birthday { child: moving.child.clone(), date: moving.on.to_string(), kind: moving.kind };
        self.moves_ahead.children = Some(found.birthdays.iter().map(birthday).collect());
        self
    }
}

impl From<Spread> for Band {
    fn from(spread: Spread) -> Self {
        Self {
            mean: spread.mean,
            median: spread.median,
            lo80: spread.eighty.0,
            hi80: spread.eighty.1,
            lo95: spread.ninety_five.0,
            hi95: spread.ninety_five.1,
        }
    }
}

/// The columns of a line in spreadsheets.
pub const COLUMNS: [&str; 13] = [
    "home",
    "ages",
    "need_band",
    "notice",
    "area",
    "date",
    "closes",
    "need",
    "registered",
    "usable",
    "shortfall",
    "shortfall_hi80",
    "probability",
];

/// A line in these columns, numbers unrounded.
pub fn cells(line: &Line) -> Vec<String> {
    let words = [line.home.name().to_owned(), gaps::age_band(line.ages), line.band.name().to_owned(), line.notice.word().to_owned()];
    let closes = line.ways.iter().map(|&way| gaps::way(way, line)).collect::<Vec<_>>().join(" ");
    let numbers = [
        line.need.mean.to_string(),
        line.registered.to_string(),
        line.usable.to_string(),
        line.shortfall.mean.to_string(),
        line.shortfall.eighty.1.to_string(),
        line.chance.to_string(),
    ];
    words.into_iter().chain([area_word(line.area).to_owned(), line.date.to_string(), closes]).chain(numbers).collect()
}

/// `inside` or `anywhere`.
pub const fn area_word(area: Area) -> &'static str {
    match area {
        Area::Inside => "inside",
        Area::Anywhere => "anywhere",
    }
}

fn gap_line(rank: usize, line: &Line) -> GapLine {
    let by = |vehicle: Vehicle| line.by_vehicle[vehicle as usize];
    GapLine {
        rank,
        r#type: line.home.name(),
        age_from: line.ages.from,
        age_to: line.ages.to,
        need_band: line.band.name(),
        notice: line.notice.word(),
        area: area_word(line.area),
        date: line.date.to_string(),
        need: line.need.into(),
        registered: line.registered,
        usable: line.usable,
        own: by(Vehicle::Own),
        block: by(Vehicle::Block),
        framework: by(Vehicle::Framework),
        spot: by(Vehicle::Spot),
        shortfall: line.shortfall.into(),
        probability: line.chance,
        short_from: line.short_from.map(|date| date.to_string()),
        closes: line.ways.iter().map(|&way| closes(way, line)).collect(),
    }
}

fn closes(way: Way, line: &Line) -> Closes {
    let (word, places) = match way {
        Way::Reopen(places) => ("reopen", places),
        Way::Renew(places) => ("renew", places),
        Way::Outside(places) => ("outside", places),
        Way::More(places) => ("more", places),
    };
    Closes { way: word, places, words: gaps::way(way, line) }
}

fn own_line(line: &TopicLine) -> OwnLine {
    let (label, note) = gaps::topic(line.topic);
    let (topic, unit) = match line.topic {
        Topic::Siblings(size) => (format!("siblings-{size}"), "groups"),
        Topic::Emergency => ("emergency".to_owned(), "children"),
        Topic::SixteenPlus => ("sixteen-plus".to_owned(), "children"),
        Topic::ParentAndChild => ("parent-and-child".to_owned(), "children"),
        Topic::ShortBreaks => ("short-breaks".to_owned(), "children"),
    };
    OwnLine {
        topic,
        label,
        unit,
        date: line.date.to_string(),
        need: line.need.into(),
        usable: line.usable,
        shortfall: line.shortfall.map(Band::from),
        probability: line.chance,
        note,
    }
}
