//! What rooms about the future rest on: the homes behind a line of the gap, and scenarios kept and compared.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

use std::sync::LazyLock;

use domain::Day;
use service::forecasts::{self, Forecast, Groups, Request, TOTAL};
use service::holdings::{self, Folder, Holding};
use service::plans::Named;
use service::scenarios::{self, Memory, Part, Slug, Sort, Typed};
use service::sheets::Sheet;
use service::work::Progress;
use service::{comparisons, gaps};

static HOLDING: LazyLock<Holding> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { children: 120, years: 3, ..example::Settings::default() };
    example::write(folder.path(), &settings, None).unwrap();
    let holding = holdings::open(Folder { path: folder.path().to_owned(), authority: None, year: None }).unwrap();
    // Taken while the files are there, and then remembered.
    assert!(holding.fingerprint().is_some());
    holding
});

fn known() -> Day {
    HOLDING.newest_year_end().unwrap()
}

fn question() -> Request {
    Request { groups: Groups::Detailed, paths: 200, ..Request::ahead(known(), 6) }
}

fn forecast(request: &Request) -> Forecast {
    forecasts::forecast(&HOLDING, request, &Progress::default()).unwrap()
}

/// One lever that begins the day after what is known.
fn lever(sort: Sort, cells: &[(Part, &str)]) -> Typed {
    cells.iter().fold(Typed::new(sort).with(Part::From, known().plus(1).to_string()), |typed, &(part, text)| typed.with(part, text))
}

#[test]
fn the_homes_behind_a_line_are_those_that_were_counted() {
    let text = Sheet::Supply.sample();
    let supply = Named { name: "supply.csv", bytes: text.as_bytes() };
    let new_home = lever(Sort::NewHome, &[(Part::Name, "Elm"), (Part::Group, "residential"), (Part::Beds, "4"), (Part::AgeFrom, "10")]);
    let scenario = scenarios::understand_typed("Elm", &[new_home], known()).unwrap();
    let request = gaps::Request { supply, requests: None, market_share: Some(0.5), scenario: Some(&scenario), seed: 1 };
    let found = gaps::ahead(&HOLDING, &question(), &request, &Progress::default()).unwrap();
    assert!(found.gap.lines.len() > 10);
    for line in &found.gap.lines {
        let homes = gaps::counted(&HOLDING, supply, Some(&scenario), line, found.gap.date);
        let registered: u32 = homes.iter().map(|home| home.registered).sum();
        assert_eq!(registered, line.registered, "{line:?}");
        let own = homes.iter().filter(|home| home.vehicle == domain::supply::Vehicle::Own).map(|home| home.usable).sum::<u32>();
        assert_eq!(own, line.by_vehicle[0], "{line:?}");
    }
    assert!(
        found.gap.lines.iter().any(|line| {
            gaps::counted(&HOLDING, supply, Some(&scenario), line, found.gap.date).iter().any(|home| home.setting == "Elm")
        })
    );
}

#[test]
fn a_kept_scenario_gives_the_same_figures_or_says_what_has_changed() {
    let shelf = Memory::default();
    let slug = Slug::of("More leave").unwrap();
    let levers = [lever(Sort::Exits, &[(Part::Group, "all"), (Part::Change, "50")])];
    let scenario = scenarios::understand_typed("More leave", &levers, known()).unwrap();
    scenarios::keep(&shelf, &slug, "More leave", &scenario, &scenarios::basis(&HOLDING, &scenario, known(), 6)).unwrap();
    let kept = scenarios::open(&shelf, &slug, &HOLDING).unwrap();
    assert_eq!((kept.saved.name.as_str(), &kept.saved.scenario), ("More leave", &scenario));
    assert_eq!(kept.changes(&HOLDING), Vec::<String>::new());
    let again = scenarios::open(&shelf, &slug, &HOLDING).unwrap();
    let figures = |saved| forecast(&Request { scenario: Some(saved), ..question() });
    let (one, other) = (figures(kept.saved.clone()), figures(again.saved));
    assert_eq!((one.points, one.inputs_sha256), (other.points, other.inputs_sha256));

    let by_hand = String::from_utf8(kept.bytes.clone()).unwrap().replace("+50%", "+60%");
    let changed = scenarios::understand(slug.clone(), by_hand.into_bytes(), &HOLDING).unwrap();
    assert_eq!(changed.changes(&HOLDING), ["The levers in its file were changed by hand since it was saved."]);
    let older = String::from_utf8(kept.bytes).unwrap().replace(HOLDING.fingerprint().unwrap(), "of other returns");
    let older = older.replace("returns_until = \"2026", "returns_until = \"2025");
    let changed = scenarios::understand(slug, older.into_bytes(), &HOLDING).unwrap();
    assert_eq!(changed.changes(&HOLDING), ["The returns have changed: they ended on 31 March 2025, and now end on 31 March 2026."]);
}

#[test]
fn scenarios_are_compared_with_the_same_luck_and_a_plan_is_a_line_of_its_own() {
    let saved = |text: &str| scenarios::read(Named { name: "s.toml", bytes: text.as_bytes() }, known()).unwrap();
    let plan = format!("name = \"Plan\"\n[[lever]]\nkind = \"growth\"\nchange = 2\nuntil = 5000\nfrom = {}\n", known());
    let fewer = format!("[[lever]]\nkind = \"exits\"\nchange = \"+100%\"\nfrom = {}\n", known().plus(1));
    let base = forecast(&question());
    let with = |text: &str| forecast(&Request { scenario: Some(saved(text)), ..question() });
    let (planned, left) = (with(&plan), with(&fewer));
    let prices = Named { name: "p.csv", bytes: b"type,weekly_price,price_date,source\nKinship,310,2026-04-01,x\n" };
    let compared = comparisons::compare(&base, &[&planned, &left], Some(prices)).unwrap();
    assert!(compared.sides[0].differences.children.iter().all(|one| one.more.mean == 0.0 && one.more.sd == 0.0), "a plan changes no child");
    let last = compared.sides[1].differences.children.iter().rev().find(|one| one.group == TOTAL).unwrap();
    assert!(last.more.mean < -1.0 && last.more.eighty.1 <= 0.0, "{last:?}");
    let children = base.past.last().unwrap().total();
    let (at, line) = &compared.plans[0];
    assert_eq!((*at, line.last().unwrap().children.0, compared.plans.len()), (0, children + 12, 1));
    assert!(compared.missing.contains(&"In-house fostering") && !compared.missing.contains(&"Kinship"));
    assert!(compared.base_cost.unwrap().mean > 0.0 && compared.sides[1].cost.is_some());
    assert!(comparisons::compare(&base, &[&left], None).unwrap().base_cost.is_none());
}
