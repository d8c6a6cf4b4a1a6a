//! What rooms about the future rest on: the homes behind a line of the gap, and scenarios kept and compared.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

use std::sync::LazyLock;

use domain::Day;
use domain::number::whole_down;
use service::forecasts::{self, Forecast, Groups, Request, TOTAL};
use service::holdings::{self, Folder, Holding};
use service::plans::Named;
use service::scenarios::{self, Memory, Part, Saved, Slug, Sort, Typed};
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
    let request = gaps::Request { supply, requests: None, authority: None, market_share: Some(0.5) };
    let elm = Some(&scenario);
    let saved = Saved { name: "Elm".to_owned(), scenario: scenario.clone(), sha256: String::new() };
    let found = gaps::ahead(&HOLDING, &Request { scenario: Some(saved), ..question() }, &request, &Progress::default()).unwrap();
    assert!(found.gap.lines.len() > 10);
    for line in &found.gap.lines {
        let homes = gaps::counted(&HOLDING, &request, elm, &found.gap, line).unwrap();
        let registered: f64 = homes.iter().map(|home| f64::from(home.registered) * home.part).sum();
        assert_eq!(whole_down(registered), line.registered, "{line:?}");
        let own = homes.iter().filter(|home| home.vehicle == domain::supply::Vehicle::Own);
        assert_eq!(whole_down(own.map(|home| f64::from(home.usable) * home.part).sum()), line.by_vehicle[0], "{line:?}");
    }
    assert!(found.gap.lines.iter().any(|line| {
        gaps::counted(&HOLDING, &request, elm, &found.gap, line).unwrap().iter().any(|home| home.setting == "Elm" && home.part > 0.99)
    }));
    assert_eq!(found.turning().iter().map(|turning| turning.children as usize).sum::<usize>(), found.birthdays.len());
}

#[test]
fn of_several_authorities_one_can_be_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    example::write(folder.path(), &example::Settings { children: 60, years: 3, authorities: 2, ..example::Settings::default() }, None)
        .unwrap();
    let holding = holdings::open(Folder { path: folder.path().to_owned(), authority: None, year: None }).unwrap();
    let names: Vec<&str> = holding.profiles.iter().map(|profile| profile.name.as_str()).collect();
    let heading = Sheet::Supply.heading();
    let text = format!(
        "{heading}\nMine,In-house fostering,Own,{},0,17,5,5,own,,,planned\nTheirs,In-house fostering,Own,{},0,17,7,7,own,,,planned\n\
         All,Agency fostering,Private,,0,17,9,9,spot,,,planned\n",
        names[0], names[1]
    );
    let supply = Named { name: "supply.csv", bytes: text.as_bytes() };
    let asked = Request { groups: Groups::Detailed, paths: 50, ..Request::ahead(holding.newest_year_end().unwrap(), 3) };
    let found = |authority: Option<&str>| {
        let request = gaps::Request { supply, requests: None, authority, market_share: Some(1.0) };
        gaps::ahead(&holding, &asked, &request, &Progress::default())
    };
    let foster = |found: &gaps::Found, area: gaps::Area| {
        let line = found.gap.homes.iter().find(|line| line.home == gaps::Home::Foster && line.area == area).unwrap();
        (line.need.mean, line.usable)
    };
    let (all, one, other) = (found(None).unwrap(), found(Some(names[0])).unwrap(), found(Some(&names[1].to_uppercase())).unwrap());
    let need = |found: &gaps::Found| foster(found, gaps::Area::Inside).0;
    assert!((need(&one) + need(&other) - need(&all)).abs() < 1e-9, "a region is the sum of its authorities' futures");
    assert_eq!([&all, &one, &other].map(|found| foster(found, gaps::Area::Inside).1), [12, 5, 7]);
    assert_eq!([&all, &one, &other].map(|found| foster(found, gaps::Area::Anywhere).1), [21, 14, 16]);
    assert!(one.warnings.iter().any(|said| said.contains("other authorities of these returns")), "{:?}", one.warnings);
    assert!(one.birthdays.len() + other.birthdays.len() == all.birthdays.len());
    let said = found(Some("Elsewhere")).unwrap_err().to_string();
    assert!(said.contains("“Elsewhere”") && said.contains(names[1]), "{said}");
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
