//! What a forecast costs, beside what a plan does. The two are never added up or set equal (dossier A066, F33).

use domain::plan::UnitPrice;
use domain::{Day, Finding};
use forecast::kind::Kind;
use forecast::money::{self, Held, Steps, Tariff, Uplift};
pub use forecast::money::{Ahead, GroupYear, Year};
use forecast::outlook::Spread;
use forecast::paths::{Groups, Paths, Pick};
pub use ingest::plan::HeldPrice;

use crate::Error;
use crate::futures::{self, Futures};
use crate::plans::Named;

/// A rise of prices as a person says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rise {
    /// The type of home, as the price list writes it; nothing for every type.
    pub kind: Option<String>,
    /// First day of the new price.
    pub on: Day,
    /// 3 is three per cent.
    pub percent: f64,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Children and their nights.
    pub demand: Futures<'a>,
    /// The price list.
    pub prices: Named<'a>,
    /// Placements already contracted, with their own prices until they end.
    pub held: Option<Named<'a>>,
    /// Rises.
    pub rises: Vec<Rise>,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Spending {
    /// By financial year.
    pub ahead: Ahead,
    /// Groups with children and without a price.
    pub missing: Vec<&'static str>,
    /// Each price used: group, type as the list writes it, its date and source.
    pub used: Vec<(&'static str, UnitPrice)>,
    /// Each contract held that is used, with its group.
    pub held: Vec<(&'static str, HeldPrice)>,
    /// Sentences to know before it is used.
    pub warnings: Vec<String>,
    /// Lines left out or read with care.
    pub findings: Vec<Finding>,
    /// SHA-256 over the futures and the files.
    pub sha256: String,
}

/// Costs the nights of a forecast by financial year.
///
/// # Errors
/// `Unusable` where the futures do not fit together, have groups that are none, or no price fits any of them.
pub fn ahead(request: &Request<'_>) -> Result<Spending, Error> {
    let (paths, mut findings) = request.demand.paths()?;
    let Priced { tariff, used, held, mut warnings, findings: of_prices } = priced(request.demand.name(), paths.groups, request)?;
    findings.extend(of_prices);
    let missing = futures::lived_in(&paths, |group| tariff.prices[group].is_none());
    if !missing.is_empty() {
        warnings.push(format!(
            "No price is held for {}: what children there cost beyond contracts held is unknown, not nothing, and is in no amount. Add them to {}.",
            missing.join(", "),
            request.prices.name
        ));
    }
    let demand = request.demand.sha256();
    let files = [Some(request.prices), request.held].into_iter().flatten().map(|file| file.bytes);
    let sha256 = crate::fingerprint(&[demand.as_bytes()].into_iter().chain(files).collect::<Vec<_>>());
    Ok(Spending { ahead: money::cost(&paths, &tariff), missing, used, held, warnings, findings, sha256 })
}

/// What each group costs, by a list of prices and of contracts held.
pub(crate) struct Priced {
    pub(crate) tariff: Tariff,
    /// Each price used, with its group.
    pub(crate) used: Vec<(&'static str, UnitPrice)>,
    /// Each contract used, with its group.
    pub(crate) held: Vec<(&'static str, HeldPrice)>,
    pub(crate) warnings: Vec<String>,
    pub(crate) findings: Vec<Finding>,
}

/// Reads prices, rises and contracts held for the groups of some futures, whose name is `demand` in sentences.
///
/// # Errors
/// `Unusable` where no price and no contract fits a group, or no contract can be read.
pub(crate) fn priced(demand: &str, groups: Groups, request: &Request<'_>) -> Result<Priced, Error> {
    let (prices, mut findings) = ingest::plan::read_prices(request.prices.name, request.prices.bytes);
    let (mut tariff, used, mut warnings) = tariff(groups, &prices, &request.rises);
    let (held, contracts) = match request.held {
        Some(file) => held(file, groups, &request.rises, &mut findings, &mut warnings)?,
        None => (Vec::new(), Vec::new()),
    };
    tariff.held = contracts;
    if used.is_empty() && held.is_empty() {
        return Err(Error::Unusable(format!(
            "{} has no price for any group of {demand}: {}. Write one of these names, or a type such as in-house fostering or external residential, in the column type.",
            request.prices.name,
            groups.names().join(", ")
        )));
    }
    Ok(Priced { tariff, used, held, warnings, findings })
}

/// Contracts as the list has them, each with its group, and as they are costed.
type Contracts = (Vec<(&'static str, HeldPrice)>, Vec<Held>);

/// Contracts held with the group of each, as the list has them and as they are costed. A contract rises by its own uplift; one without, as the
/// prices of its type do.
fn held(
    file: Named<'_>,
    groups: Groups,
    rises: &[Rise],
    findings: &mut Vec<Finding>,
    warnings: &mut Vec<String>,
) -> Result<Contracts, Error> {
    let (lines, found) = ingest::plan::read_held(file.name, file.bytes);
    if lines.is_empty() {
        return Err(Error::no_line(file.name, &ingest::plan::HELD_COLUMNS.join(","), &found));
    }
    findings.extend(found);
    let names = groups.names();
    let (mut used, mut contracts) = (Vec::new(), Vec::new());
    for line in lines {
        let Some(group) = group_of(groups, &line.kind) else {
            warnings.push(format!("The contract for {} in {} fits no group of the forecast and is not used.", line.kind, file.name));
            continue;
        };
        let uplifts = match line.uplift {
            Some((on, percent)) => vec![Uplift { on, factor: 1.0 + percent / 100.0 }],
            None => risen(rises, &line.kind),
        };
        let price = Steps { weekly: line.weekly, base: line.price_date, source: line.source.clone(), uplifts };
        contracts.push(Held { group, children: line.placements, price, until: line.until });
        used.push((names[group], line));
    }
    Ok((used, contracts))
}

/// The rises of a type of home.
fn risen(rises: &[Rise], kind: &str) -> Vec<Uplift> {
    let meant = |rise: &&Rise| rise.kind.as_ref().is_none_or(|named| named.eq_ignore_ascii_case(kind));
    rises.iter().filter(meant).map(|rise| Uplift { on: rise.on, factor: 1.0 + rise.percent / 100.0 }).collect()
}

/// What each group costs. Of several prices of a group the newest is used, and said.
pub fn tariff(groups: Groups, prices: &[UnitPrice], rises: &[Rise]) -> (Tariff, Vec<(&'static str, UnitPrice)>, Vec<String>) {
    let names = groups.names();
    let mut chosen: Vec<Option<&UnitPrice>> = vec![None; names.len()];
    let mut warnings = Vec::new();
    for price in prices {
        let Some(group) = group_of(groups, &price.kind) else {
            warnings.push(format!("The price of {} fits no group of the forecast and is not used.", price.kind));
            continue;
        };
        let held = &mut chosen[group];
        *held = match *held {
            None => Some(price),
            Some(other) => {
                let newest = if price.price_date >= other.price_date { price } else { other };
                warnings.push(format!(
                    "{} has several prices; that of {} is used. A forecast by detailed kinds of home needs no such choice.",
                    names[group], newest.kind
                ));
                Some(newest)
            }
        };
    }
    let steps = |price: &UnitPrice| Steps {
        weekly: price.weekly,
        base: price.price_date,
        source: price.source.clone(),
        uplifts: risen(rises, &price.kind),
    };
    for rise in rises {
        if let Some(kind) = rise.kind.as_ref().filter(|kind| prices.iter().all(|price| !price.kind.eq_ignore_ascii_case(kind))) {
            warnings.push(format!("No price is held for {kind}, so its rise changes nothing."));
        }
    }
    let used = names.iter().zip(&chosen).filter_map(|(name, price)| Some((*name, (*price)?.clone()))).collect();
    (Tariff { prices: chosen.into_iter().map(|price| price.map(steps)).collect(), held: Vec::new() }, used, warnings)
}

/// The group that a price is for: its name, or what plans call it.
fn group_of(groups: Groups, kind: &str) -> Option<usize> {
    let spelt = |text: &str| text.trim().to_lowercase().replace(['-', '_'], " ");
    let said = spelt(kind);
    if let Some(at) = groups.names().iter().position(|name| spelt(name) == said) {
        return Some(at);
    }
    let name = match groups {
        Groups::Detailed => match said.as_str() {
            "kin" | "kinship" | "connected persons" | "family and friends" => "Kinship",
            "internal fostering" | "in house fostering" => "In-house fostering",
            "external fostering" | "agency fostering" | "ifa" => "Agency fostering",
            "internal residential" | "own home" | "own children's homes" => "Own children's home",
            "external residential" | "external home" | "external children's homes" => "External children's home",
            "semi independent" | "supported" | "supported accommodation" => "Supported accommodation",
            "adoption" | "adoptive" => "Placed for adoption",
            "parents" => "With parents",
            "secure" => "Secure home",
            "school" | "residential schools" => "Residential school",
            "other residential" => "Other residential",
            _ => return None,
        },
        Groups::Broad => match said.as_str() {
            "foster" | "foster care" => "Fostering",
            "children's homes" | "children's home" => "Residential",
            "semi independent" | "supported accommodation" => "Supported",
            _ => return None,
        },
    };
    groups.names().iter().position(|known| *known == name)
}

/// Two scenarios side by side, path by path: the same luck in both, so that the difference is the levers' alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Children in the second less those in the first, by date, then by group; `Total` last.
    pub children: Vec<Difference>,
    /// Pence of the second less those of the first over all dates, for what has a price; nothing where no price is held.
    pub cost: Option<Spread>,
    /// The share of futures in which the second costs less. Nothing where no price is held, or where children move into or out of homes without
    /// one: what they cost there would count as nothing (trap F10).
    pub chance_cheaper: Option<f64>,
    /// Groups without a price in which the second has more children or fewer, so that the cost is not whole.
    pub unpriced: Vec<&'static str>,
}

/// A difference on a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The date.
    pub date: Day,
    /// The group, or `Total`.
    pub group: &'static str,
    /// Children more.
    pub more: Spread,
}

/// Compares two forecasts of the same question with different scenarios. Nothing where they are not of the same paths, dates and groups.
pub fn compare(base: &Paths, other: &Paths, tariff: &Tariff) -> Option<Comparison> {
    if !futures::is_alike(base, other) {
        return None;
    }
    let mut children = Vec::new();
    for (at, &date) in base.dates.iter().enumerate() {
        let groups = base.groups.names().into_iter().enumerate().map(|(group, name)| (Pick::One(group), name));
        for (pick, group) in groups.chain([(Pick::Sum, forecast::outlook::TOTAL)]) {
            let (before, after) = (base.sample(Pick::Sum, at, pick), other.sample(Pick::Sum, at, pick));
            let more = after.iter().zip(&before).map(|(&after, &before)| f64::from(after) - f64::from(before)).collect();
            children.push(Difference { date, group, more: Spread::of(more) });
        }
    }
    let priced = tariff.prices.iter().any(Option::is_some) || !tariff.held.is_empty();
    let dates = base.dates.len().max(1);
    let by_path = |paths: &Paths| -> Vec<f64> { money::cost_by_date(paths, tariff).chunks(dates).map(|path| path.iter().sum()).collect() };
    let dearer: Vec<f64> = by_path(other).into_iter().zip(by_path(base)).map(|(after, before)| after - before).collect();
    let unpriced = unpriced_moves(base, other, tariff);
    let cheaper = dearer.iter().filter(|&&pence| pence < -1.0).count() as f64 / dearer.len().max(1) as f64;
    let chance_cheaper = (priced && unpriced.is_empty()).then_some(cheaper);
    Some(Comparison { children, cost: priced.then(|| Spread::of(dearer)), chance_cheaper, unpriced })
}

/// Groups without a price whose children differ between two forecasts of the same question. Short stays away (in hospital, on holiday) are left out:
/// their fee is that of the home that goes on.
pub(crate) fn unpriced_moves(base: &Paths, other: &Paths, tariff: &Tariff) -> Vec<&'static str> {
    let width = base.width();
    let differs =
        |group: usize| base.children.chunks(width).zip(other.children.chunks(width)).any(|(one, other)| one[group] != other[group]);
    let names = base.groups.names().into_iter().enumerate();
    let unpriced = names.filter(|&(group, name)| tariff.prices[group].is_none() && name != Kind::Temporary.name() && differs(group));
    unpriced.map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demand(fostered: [u32; 2]) -> String {
        let mut lines = vec!["path,date,authority,group,children\n".to_owned()];
        for (path, children) in fostered.into_iter().enumerate() {
            for (group, children) in [("Fostering", children), ("Residential", 2), ("Supported", 0), ("Other", 3)] {
                lines.push(format!("{},2026-04-07,A,{group},{children}\n", path + 1));
            }
        }
        lines.concat()
    }

    const PRICES: &str =
        "type,weekly_price,price_date,source\nFostering,700,2026-01,Finance\nchildren's homes,4900,2026-01,Finance\nBoats,1,2026-01,x\n";

    fn spend(demand: &str, prices: &str, rises: Vec<Rise>) -> Result<Spending, Error> {
        let named = |name: &'static str, text: &'static str| Named { name, bytes: text.as_bytes() };
        let leak = |text: &str| -> &'static str { text.to_owned().leak() };
        ahead(&Request { demand: Futures::File(named("d.csv", leak(demand))), prices: named("p.csv", leak(prices)), held: None, rises })
    }

    #[test]
    fn a_forecast_is_costed_and_what_has_no_price_is_said() {
        let spending = spend(&demand([10, 12]), PRICES, Vec::new()).unwrap();
        // A week: eleven children at £700 on average, two at £4,900.
        assert!((spending.ahead.total.mean - 1_750_000.0).abs() < 1e-6, "{}", spending.ahead.total.mean);
        assert_eq!(spending.missing, ["Other"], "nobody is in supported accommodation");
        assert_eq!(spending.used.len(), 2);
        assert!(spending.warnings.iter().any(|said| said.contains("Boats")), "{:?}", spending.warnings);
        assert!(spending.warnings.iter().any(|said| said.starts_with("No price is held for Other")), "{:?}", spending.warnings);
        let rise = Rise { kind: Some("fostering".into()), on: Day::year_start(2027), percent: 10.0 };
        let dearer = spend(&demand([10, 12]), PRICES, vec![rise]).unwrap();
        assert!((dearer.ahead.total.mean - 1_827_000.0).abs() < 1e-6, "{}", dearer.ahead.total.mean);
    }

    #[test]
    fn contracts_held_are_costed_at_their_own_price_until_they_end() {
        let (demand, prices) = (demand([10, 12]), PRICES);
        let cost = |held: &str| {
            ahead(&Request {
                demand: Futures::File(Named { name: "d.csv", bytes: demand.as_bytes() }),
                prices: Named { name: "p.csv", bytes: prices.as_bytes() },
                held: Some(Named { name: "h.csv", bytes: held.as_bytes() }),
                rises: vec![Rise { kind: None, on: Day::year_start(2027), percent: 10.0 }],
            })
        };
        let heading = "type,placements,weekly_price,price_date,until,uplift_date,uplift_percent,source\n";
        let held = format!("{heading}Fostering,4,350,2026-03-01,2026-04-03,2026-04-02,100,contract\nKinship,1,100,,2026-04-03,,,x\n");
        let spending = cost(&held).unwrap();
        // A week of eleven children: four at £50 on the first night, at £100 on the next two, then, their contracts over, at £110 a night as the rest;
        // and two in children's homes at £770 a night.
        let expected = 4.0 * (50.0 + 2.0 * 100.0 + 4.0 * 110.0) + 7.0 * 7.0 * 110.0 + 2.0 * 7.0 * 770.0;
        assert!((spending.ahead.total.mean / 100.0 - expected).abs() < 1e-6, "{} {expected}", spending.ahead.total.mean / 100.0);
        assert_eq!(spending.held.len(), 1);
        assert!(spending.warnings.iter().any(|said| said.contains("Kinship")), "{:?}", spending.warnings);
        let said = cost("type,price\nFostering,5\n").unwrap_err().to_string();
        assert!(said.starts_with("h.csv has no line that can be used") && said.contains("uplift_percent"), "{said}");
    }

    #[test]
    fn what_cannot_be_costed_is_refused_with_the_way_out() {
        let said = |demand: &str, prices: &str| spend(demand, prices, Vec::new()).unwrap_err().to_string();
        let hole = demand([10, 12]).replace("2,2026-04-07,A,Other,3\n", "");
        assert!(said(&hole, PRICES).starts_with("d.csv lacks a line that says how many children of A path 2 has on 2026-04-07 in Other"));
        assert!(said(&demand([1, 1]).replace("Other", "Boats"), PRICES).contains("Write it with `placewell forecast --paths-out`"));
        assert!(
            said(&demand([1, 1]), "type,weekly_price,price_date,source\nBoats,1,,\n")
                .starts_with("p.csv has no price for any group of d.csv")
        );
    }

    #[test]
    fn two_scenarios_are_compared_future_by_future() {
        let paths = |fostered| {
            let text = demand(fostered);
            Futures::File(Named { name: "d.csv", bytes: text.as_bytes() }).paths().unwrap().0.into_owned()
        };
        let prices = ingest::plan::read_prices("p.csv", PRICES.as_bytes()).0;
        let (tariff, ..) = tariff(Groups::Broad, &prices, &[]);
        let compared = compare(&paths([10, 12]), &paths([9, 11]), &tariff).unwrap();
        assert_eq!(compared.children.len(), 5);
        let fewer = &compared.children[0];
        assert_eq!((fewer.group, fewer.more.mean, fewer.more.sd), ("Fostering", -1.0, 0.0), "luck cancels out");
        let cost = compared.cost.unwrap();
        assert!((cost.mean + 70_000.0).abs() < 1e-6 && cost.sd < 1e-6);
        assert_eq!(compared.chance_cheaper, Some(1.0));
        assert_eq!(compare(&paths([10, 12]), &paths([9, 11]), &Tariff { prices: vec![None; 4], held: Vec::new() }).unwrap().cost, None);
    }
}
