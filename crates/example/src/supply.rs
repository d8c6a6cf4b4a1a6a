//! What the authority knows of homes beside its children: the provider list, settings, contracts, requests, prices, a plan; and who it is.

use domain::{Day, Money};
use reference::authority;

use crate::Authority;
use crate::dice::{Dice, Purpose};
use crate::kind::Kind;
use crate::market::Setting;
use crate::record;
use crate::text::{cell, line};

/// Files that stand beside the years, by name.
pub(crate) fn files(of: &Authority) -> Vec<(&'static str, String)> {
    vec![
        ("README.txt", readme(of)),
        ("authority.toml", identity(of)),
        ("providers.csv", providers(of)),
        ("settings.csv", settings(of)),
        ("contracts.csv", contracts(of)),
        ("foster_homes.csv", foster_homes(of)),
        ("supply.csv", homes_to_use(of)),
        ("requests.csv", requests(of)),
        ("prices.csv", prices(of)),
        ("plan.csv", plan(of)),
    ]
}

fn readme(of: &Authority) -> String {
    format!(
        "{name}: a fictitious authority made by Placewell
=================================================

Every child, carer, home, company and number in these files is invented. Nobody lives here.
Only the map is real: {name} borrows the area and the postcodes of {real}, which has nothing to do with what is written here.
Children do not live at the postcodes given.

Folders 2019, 2020, ... (the year in which the return ends)
    The statutory return on children looked after (SSDA903): header, episodes, uasc, reviews, oc2, oc3, ad1, placed_adoption, prev_perm,
    missing; sw_episodes from 2024; dolo from 2027. Columns and codes are those of each year; dates are dd/mm/yyyy.

authority.toml    Who it is: name, borrowed area (its boundary counts as the authority's own), region, ten statistical neighbours (those of
                  the borrowed one), a postcode in the middle, invented residents aged 0-17 by mid-year.
providers.csv     The provider list as Ofsted and the Department give it, one sheet: settings with placement and provider codes. Reference
                  numbers begin with 9; no real one does.
settings.csv      urn, name, type, kind, sector, owner, area (real authority in which it lies), dfe_number, postcode, placement_codes,
                  provider_code, places (registered; empty for agencies), age_from, age_to, judgement (empty where there is none), opened, closed,
                  inspected (the day of the judgement).
foster_homes.csv  The authority's own foster households, from the first enquiry on: reference, provider, stage, enquired, approved, ended, places, age_from,
                  age_to, takes, care, scheme, skills, ethnicity, postcode (empty: addresses lie elsewhere). No household has a name.
contracts.csv     contract, urn, owner, kind, vehicle (own, block, framework, spot), from, to, weekly_price (pounds), beds (block only), notice_days.
supply.csv        The homes that the authority can use, as commissioners keep them for the gap: setting, type, sector, area, age_from, age_to,
                  registered and usable places, vehicle, available_from, available_to, notice. Foster homes of its own a household a line.
requests.csv      Each home sought in the last return year: request, child, kind_wanted, why (start or move), asked_on, needed_by, siblings
                  (children of the family sought for together), offers, declined, placed_kind, placed_on.
prices.csv        type, weekly_price (pounds), price_date, source: what a week costs by kind of placement.
plan.csv          period (financial year), type, children: an invented plan for four years.
",
        name = of.name,
        real = of.geography.name
    )
}

fn identity(of: &Authority) -> String {
    let quoted: Vec<String> = of.geography.neighbours.iter().map(|name| format!("    {name:?},\n")).collect();
    let ons = authority::by_id(of.geography.area).map_or("", |real| real.ons_code);
    let mut text = format!(
        "# A fictitious authority. The boundary of the real authority under [geography] counts as its own.
name = {:?}
fictitious = true
region = {:?}
centre_postcode = \"{}\"
neighbours = [
{}]

[geography]
authority = {:?}
dfe_number = \"{}\"
ons_code = {ons:?}

# Invented residents aged 0 to 17 at 30 June of the year.
[population_0_17]
",
        of.name,
        of.geography.region,
        of.geography.centre().postcode,
        quoted.concat(),
        of.geography.name,
        of.geography.area.0,
    );
    let mut dice = Dice::new(of.settings.seed, of.number, Purpose::Supply, 0);
    // England, 31 March 2025: 67 looked after for each 10,000; authorities differ by about a quarter.
    let residents = of.stock / (0.0067 * dice.unit_spread(0.2));
    let last = of.settings.last_year;
    for year in of.settings.first_year() - 1..=last {
        let then = residents * 1.002f64.powi(year as i32 - last as i32);
        line(&mut text, format_args!("{year} = {}", then.round() as u64));
    }
    text
}

/// One combined sheet, the second of the three layouts in which the list is given.
fn providers(of: &Authority) -> String {
    let mut text = String::from(
        "Local authority,URN,Provider type,Sector,Setting name,Registration date,Registration status,Deregistration date,Placement code,Placement provider code,Setting address postcode,Owner name,Number of registered places,Overall effectiveness\n",
    );
    for setting in &of.homes {
        line(
            &mut text,
            format_args!(
                "{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
                cell(area(setting)),
                setting.urn,
                setting.provision,
                sector(setting),
                setting.name,
                setting.opened.statutory(),
                if setting.closed.is_some() { "Cancelled" } else { "Active" },
                setting.closed.map(Day::statutory).unwrap_or_default(),
                cell(setting.codes),
                setting.provider,
                setting.spot.postcode,
                cell(&setting.owner),
                setting.places.map(|places| places.to_string()).unwrap_or_default(),
                setting.judgement,
            ),
        );
    }
    text
}

fn area(setting: &Setting) -> &'static str {
    setting.spot.at.area.and_then(authority::name).unwrap_or("")
}

fn sector(setting: &Setting) -> &'static str {
    match setting.provider {
        "PR4" => "Private",
        "PR5" => "Voluntary",
        _ => "Local Authority",
    }
}

const fn ages(kind: Kind) -> (u32, u32) {
    match kind {
        Kind::Supported => (16, 17),
        Kind::OwnHome | Kind::ExternalHome => (8, 17),
        Kind::Secure => (10, 17),
        Kind::School => (5, 17),
        _ => (0, 17),
    }
}

fn settings(of: &Authority) -> String {
    let mut text = String::from(
        "urn,name,type,kind,sector,owner,area,dfe_number,postcode,placement_codes,provider_code,places,age_from,age_to,judgement,opened,closed,inspected\n",
    );
    for setting in &of.homes {
        let (from, to) = ages(setting.kind);
        line(
            &mut text,
            format_args!(
                "{},{},{},{},{},{},{},{},{},{},{},{},{from},{to},{},{},{},{}",
                setting.urn,
                setting.name,
                setting.provision,
                setting.kind.word(),
                sector(setting),
                cell(&setting.owner),
                cell(area(setting)),
                setting.spot.at.area.map(|area| area.0.to_string()).unwrap_or_default(),
                setting.spot.postcode,
                cell(setting.codes),
                setting.provider,
                setting.places.map(|places| places.to_string()).unwrap_or_default(),
                setting.judgement,
                setting.opened,
                setting.closed.map(|day| day.to_string()).unwrap_or_default(),
                inspected(of, setting).map(|day| day.to_string()).unwrap_or_default(),
            ),
        );
    }
    text
}

/// When a judged home was inspected last: within a year and a half before the returns end, and not before it had been open for a month.
fn inspected(of: &Authority, setting: &Setting) -> Option<Day> {
    let cut = Day::year_end(of.settings.last_year);
    let judged = !matches!(setting.judgement, "" | "Not yet inspected");
    judged.then(|| cut.plus(-((setting.urn % 540) as i32)).max(setting.opened.plus(30)).min(cut))
}

/// A week's price by kind, in pounds: invented, near the unit costs of section 251 for 2024-25 (England: residential £7,385 a week).
const fn weekly_pounds(kind: Kind) -> i64 {
    match kind {
        Kind::Kin => 310,
        Kind::InHouse => 560,
        Kind::Agency => 1_080,
        Kind::Adoptive => 0,
        Kind::Parents => 60,
        Kind::OwnHome => 6_100,
        Kind::ExternalHome => 6_900,
        Kind::Secure => 10_400,
        Kind::Supported => 1_750,
        Kind::OtherResidential => 5_200,
        Kind::School => 4_600,
        Kind::Other => 9_800,
    }
}

/// A price near the kind's.
fn price(kind: Kind, dice: &mut Dice) -> Money {
    let pounds = weekly_pounds(kind) as f64 * dice.unit_spread(0.18);
    Money::from_pence((pounds / 5.0).round() as i64 * 500)
}

/// Pounds and pence without sign or separators.
fn pounds(money: Money) -> String {
    format!("{}.{:02}", money.pence() / 100, money.pence() % 100)
}

/// How the authority has a home, and until when.
struct Contract<'a> {
    setting: &'a Setting,
    vehicle: &'static str,
    from: Day,
    to: Day,
    weekly: Money,
}

/// One for every home that is open and can be bought or used.
fn contracted(of: &Authority) -> Vec<Contract<'_>> {
    let mut dice = Dice::new(of.settings.seed, of.number, Purpose::Supply, 1);
    let cut = Day::year_end(of.settings.last_year);
    let open = of.homes.iter().filter(|setting| setting.closed.is_none() && setting.kind != Kind::Adoptive);
    open.map(|setting| {
        let vehicle = match setting.provider {
            "PR1" => "own",
            _ if setting.places.is_some_and(|places| places >= 3) && dice.chance(0.08) => "block",
            _ if dice.chance(0.6) => "framework",
            _ => "spot",
        };
        let from = setting.opened.max(Day::year_start(of.settings.last_year - dice.between(0, 3) as u32));
        let to = from.plus_months(12 * dice.between(3, 5)).plus(-1).max(cut);
        Contract { setting, vehicle, from, to, weekly: price(setting.kind, &mut dice) }
    })
    .collect()
}

fn contracts(of: &Authority) -> String {
    let mut text = String::from("contract,urn,owner,kind,vehicle,from,to,weekly_price,beds,notice_days\n");
    for (number, Contract { setting, vehicle, from, to, weekly }) in contracted(of).into_iter().enumerate() {
        let beds = if vehicle == "block" { setting.places.unwrap_or(0).to_string() } else { String::new() };
        line(
            &mut text,
            format_args!(
                "C{:05},{},{},{},{vehicle},{from},{to},{},{beds},28",
                number + 1,
                setting.urn,
                cell(&setting.owner),
                setting.kind.word(),
                pounds(weekly),
            ),
        );
    }
    text
}

/// The homes of the contracts, and the authority's own carers household by household, so that siblings can be placed together.
fn homes_to_use(of: &Authority) -> String {
    let mut dice = Dice::new(of.settings.seed, of.number, Purpose::Supply, 4);
    let mut text = String::from("setting,type,sector,area,age_from,age_to,registered,usable,vehicle,available_from,available_to,notice\n");
    carers(of, &mut dice, &mut text);
    let cut = Day::year_end(of.settings.last_year);
    for Contract { setting, vehicle, from, to, .. } in contracted(of) {
        let kind = match setting.kind {
            Kind::Agency => "Agency fostering",
            Kind::OwnHome | Kind::ExternalHome if dice.chance(0.2) => "Specialist children's home",
            Kind::OwnHome | Kind::ExternalHome => "Children's home",
            Kind::Supported => "Supported accommodation",
            Kind::Secure => "Secure children's home",
            Kind::School => "Residential school",
            _ => continue,
        };
        // An agency is on no register of places: what it has for all its authorities is a few dozen.
        let registered = setting.places.unwrap_or_else(|| dice.between(20, 60) as u32);
        // Of a hundred registered places some fourteen are closed or blocked (dossier A056: 58 usable of 69).
        let usable = (0..registered).filter(|_| dice.chance(0.86)).count();
        let (youngest, oldest) = ages(setting.kind);
        let until = if vehicle == "own" || to == cut { String::new() } else { to.to_string() };
        line(
            &mut text,
            format_args!(
                "{},{kind},{},{},{youngest},{oldest},{registered},{usable},{vehicle},{from},{until},planned",
                setting.name,
                sector(setting),
                cell(area(setting)),
            ),
        );
    }
    text
}

/// The authority's own foster households as its service keeps them: those approved, those on the way, those who left.
fn foster_homes(of: &Authority) -> String {
    let mut dice = Dice::new(of.settings.seed, of.number, Purpose::Supply, 5);
    let mut text = String::from(
        "reference,provider,stage,enquired,approved,ended,places,age_from,age_to,takes,care,scheme,skills,ethnicity,postcode\n",
    );
    let cut = Day::year_end(of.settings.last_year);
    let households = living(of, Kind::InHouse, cut) * 5 / 4 + 10;
    for number in 1..=households {
        let stages =
            [("enquiry", 0.08), ("application", 0.03), ("assessment", 0.06), ("panel", 0.02), ("approved", 0.66), ("on-hold", 0.05)];
        let stage = dice.by_weight(&[&stages[..], &[("not-approved", 0.04), ("left", 0.06)]].concat());
        let was_approved = matches!(stage, "approved" | "on-hold" | "left");
        let enquired = cut.plus(-if was_approved { dice.between(300, 4000) } else { dice.between(1, 290) });
        let approved = was_approved.then(|| enquired.plus(dice.between(120, 280)));
        let ended = if stage == "left" { approved.map(|day| day.plus(dice.between(10, 60)).min(cut)) } else { None };
        let (places, youngest) = (dice.by_weight(&[(1, 0.4), (2, 0.4), (3, 0.2)]), if dice.chance(0.25) { 8 } else { 0 });
        let care =
            dice.by_weight(&[("short-term", 0.5), ("long-term", 0.3), ("respite", 0.08), ("parent-and-child", 0.05), ("emergency", 0.07)]);
        let scheme = if dice.chance(0.08) { "Specialist carers" } else { "" };
        let ethnicity = dice.by_weight(&[("WBRI", 0.76), ("BCRB", 0.08), ("APKN", 0.09), ("MWBC", 0.04), ("NOBT", 0.03)]);
        let shown = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        line(
            &mut text,
            format_args!(
                "FH-{number:04},{},{stage},{enquired},{},{},{places},{youngest},17,anybody,{care},{scheme},,{ethnicity},",
                cell(of.geography.owner()),
                shown(approved),
                shown(ended),
            ),
        );
    }
    text
}

/// Approved households of the authority's own: room for a few more children than live with them now.
fn carers(of: &Authority, dice: &mut Dice, text: &mut String) {
    let area = authority::name(of.geography.area).unwrap_or("");
    let cut = Day::year_end(of.settings.last_year);
    let fostered = living(of, Kind::InHouse, cut);
    let (mut places, mut number) = (0, 0);
    while places < fostered + fostered / 6 {
        number += 1;
        let approved = dice.any(&[1, 1, 2, 2, 2, 3, 3, 4]);
        places += approved;
        let usable = (0..approved).filter(|_| dice.chance(0.92)).count();
        let kind = if dice.chance(0.08) { "Specialist in-house fostering" } else { "In-house fostering" };
        let notice = if dice.chance(0.04) { "emergency" } else { "planned" };
        let youngest = if dice.chance(0.25) { 8 } else { 0 };
        line(
            text,
            format_args!("Carers {number:03},{kind},Local Authority,{},{youngest},17,{approved},{usable},own,,,{notice}", cell(area)),
        );
    }
    for (name, kind, beds) in [("Carers for parents", "Parent and child fostering", 3), ("The Weekend House", "Short breaks unit", 6)] {
        line(text, format_args!("{name},{kind},Local Authority,{},0,17,{beds},{beds},own,,,planned", cell(area)));
    }
}

/// Children in homes of a kind on a day.
fn living(of: &Authority, kind: Kind, on: Day) -> usize {
    let open = of.children.iter().flat_map(|child| &child.periods).filter(|period| period.start <= on && period.end > on);
    open.flat_map(record::stays).filter(|stay| stay.kind == kind && stay.start <= on && stay.end > on).count()
}

fn requests(of: &Authority) -> String {
    let mut dice = Dice::new(of.settings.seed, of.number, Purpose::Supply, 2);
    let (from, to) = (Day::year_start(of.settings.last_year), Day::year_end(of.settings.last_year));
    let mut sought = Vec::new();
    for child in &of.children {
        for period in child.periods.iter().filter(|period| period.end >= from && period.start <= to) {
            for stay in record::stays(period) {
                if stay.start >= from && stay.start <= to && !matches!(stay.kind, Kind::Parents | Kind::Adoptive | Kind::Kin) {
                    sought.push((stay.start, child, stay.kind, stay.start == period.start));
                }
            }
        }
    }
    sought.sort_by_key(|&(start, child, ..)| (start, child.id));
    let mut text = String::from("request,child,kind_wanted,why,asked_on,needed_by,siblings,offers,declined,placed_kind,placed_on\n");
    for (number, &(start, child, kind, first)) in sought.iter().enumerate() {
        let lead = if first { dice.between(0, 3) } else { dice.between(0, 45) };
        // A child in a home for want of a carer is need for a carer (dossier A055): one home in four was sought as fostering.
        let wanted = if matches!(kind, Kind::ExternalHome | Kind::Other) && dice.chance(0.25) { Kind::InHouse } else { kind };
        let siblings = sought.iter().filter(|other| first && other.3 && other.0 == start && other.1.family == child.family).count().max(1);
        let declined = dice.wait(if wanted == Kind::ExternalHome { 12.0 } else { 4.0 }) - 1;
        line(
            &mut text,
            format_args!(
                "R{:06},{},{},{},{},{start},{siblings},{},{declined},{},{start}",
                number + 1,
                child.id,
                wanted.word(),
                if first { "start" } else { "move" },
                start.plus(-lead),
                1 + dice.below(3),
                kind.word(),
            ),
        );
    }
    text
}

fn prices(of: &Authority) -> String {
    let mut dice = Dice::new(of.settings.seed, of.number, Purpose::Supply, 3);
    let mut text = String::from("type,weekly_price,price_date,source\n");
    for kind in Kind::ALL {
        let price = pounds(price(kind, &mut dice));
        line(&mut text, format_args!("{},{price},{},invented for {}", kind.word(), Day::year_start(of.settings.last_year), of.name));
    }
    text
}

fn plan(of: &Authority) -> String {
    let mut text = String::from("period,type,children\n");
    let cut = Day::year_end(of.settings.last_year);
    let stock: Vec<(Kind, usize)> = Kind::ALL.into_iter().map(|kind| (kind, living(of, kind, cut))).collect();
    for ahead in 1..=4 {
        let year = of.settings.last_year + ahead;
        for &(kind, children) in &stock {
            let change = if matches!(kind, Kind::ExternalHome | Kind::Other) { 0.97f64 } else { 1.005 };
            let planned = (children as f64 * change.powi(ahead as i32)).round() as u64;
            line(&mut text, format_args!("{}-{:02},{},{planned}", year - 1, year % 100, kind.word()));
        }
    }
    text
}
