//! Spending to save: when money spent on a change comes back (dossier A083), for one case worked out by hand or over simulated futures.

use domain::plan::UnitPrice;
use domain::{Day, Finding, Money};
pub use forecast::money::{Case, Month, Payback, Relapse, Repaid};
use forecast::money::{cost_by_date, payback, repay};
use forecast::nights::stretches;

use crate::Error;
use crate::futures::{self, Futures};
use crate::plans::Named;
use crate::spending::{Priced, Request, priced, unpriced_moves};

/// What a child's week costs less.
#[derive(Clone, Debug)]
pub enum Saves<'a> {
    /// So much, as the person who asks knows it.
    Weekly(Money),
    /// The difference of two prices of a list.
    Between {
        /// Type of home that children leave.
        from: String,
        /// Type that they move to.
        to: String,
        /// The price list.
        prices: Named<'a>,
    },
}

/// A case followed to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Followed {
    /// What was asked, with the saving found.
    pub case: Case,
    /// Month by month, and when it comes back.
    pub repaid: Repaid,
    /// The two prices with their base and source, where they are from a list.
    pub prices: Vec<UnitPrice>,
    /// Lines of the list left out or read with care.
    pub findings: Vec<Finding>,
}

/// Months that a case may be followed: fifty years.
const MOST_MONTHS: u32 = 600;

/// Follows a case month by month. Its saving is that of `saves`.
///
/// # Errors
/// `Unusable` where a price is missing, nothing is saved, nobody moves, or the months are none or too many; each with the way out.
pub fn follow(case: &Case, saves: &Saves<'_>, months: u32) -> Result<Followed, Error> {
    if !(1..=MOST_MONTHS).contains(&months) {
        return Err(Error::Unusable(format!("{months} months cannot be followed: give 1 to {MOST_MONTHS}.")));
    }
    if !(case.moves_a_month > 0.0 && case.moves_a_month.is_finite()) || case.at_most.is_some_and(|most| !(most > 0.0 && most.is_finite())) {
        return Err(Error::Unusable(
            "Nobody moves: give the children who move each month, and at most so many, as numbers above nought.".to_owned(),
        ));
    }
    if case.lasts_months == 0 {
        return Err(Error::Unusable(
            "A move that lasts no month saves nothing: give the months until a child would have left or moved anyway.".to_owned(),
        ));
    }
    let (weekly, prices, findings) = match saves {
        Saves::Weekly(weekly) => (*weekly, Vec::new(), Vec::new()),
        Saves::Between { from, to, prices } => between(from, to, *prices)?,
    };
    if weekly.pence() <= 0 {
        return Err(Error::Unusable(format!(
            "A week costs {weekly} less, so there is nothing that could pay the money back: exchange the two types, or look at their prices."
        )));
    }
    let case = Case { saving_weekly: weekly, ..case.clone() };
    Ok(Followed { repaid: repay(&case, months), case, prices, findings })
}

/// The difference of two prices of a list, with the prices.
fn between(from: &str, to: &str, file: Named<'_>) -> Result<(Money, Vec<UnitPrice>, Vec<Finding>), Error> {
    let (prices, findings) = ingest::plan::read_prices(file.name, file.bytes);
    let find = |kind: &str| {
        prices.iter().find(|price| price.kind.eq_ignore_ascii_case(kind)).cloned().ok_or_else(|| {
            let known: Vec<&str> = prices.iter().map(|price| price.kind.as_str()).collect();
            Error::Unusable(format!(
                "{} has no price for {kind}, so what a move saves is not known. It has {}.",
                file.name,
                if known.is_empty() { "none".to_owned() } else { known.join(", ") }
            ))
        })
    };
    let (dear, cheap) = (find(from)?, find(to)?);
    Ok((dear.weekly - cheap.weekly, vec![dear, cheap], findings))
}

/// What is asked of simulated futures.
#[derive(Clone, Debug)]
pub struct OverFutures<'a> {
    /// What is expected if nothing is done, with its prices, rises and contracts held.
    pub base: Request<'a>,
    /// The same with a scenario, of the same seed.
    pub with: Futures<'a>,
    /// Spent at the first date.
    pub once: Money,
    /// Spent every month.
    pub a_month: Money,
}

/// When the money comes back over futures.
#[derive(Clone, Debug, PartialEq)]
pub struct OverTime {
    /// The chance, the middle and what is saved less spent.
    pub payback: Payback,
    /// The date by whose nights' end it has come back in half of the futures.
    pub by: Option<Day>,
    /// The last nights of the dates of [`Payback::back_by`].
    pub dates: Vec<Day>,
    /// Pence spent by the end.
    pub spent: f64,
    /// First night and the day after the last.
    pub covers: (Day, Day),
    /// How many futures.
    pub paths: usize,
    /// Groups with children and without a price: what they cost is in no amount.
    pub missing: Vec<&'static str>,
    /// Each price used, with its group.
    pub used: Vec<(&'static str, UnitPrice)>,
    /// Sentences to know before it is used.
    pub warnings: Vec<String>,
    /// Lines of the files that were left out or read with care.
    pub findings: Vec<Finding>,
    /// SHA-256 over the futures and the files.
    pub sha256: String,
}

/// Days of an average month.
const MONTH: f64 = 365.0 / 12.0;

/// Compares the same futures with and without a scenario.
///
/// # Errors
/// `Unusable` where the two are not of the same futures, an amount is below nought, no price fits, or children move where none is held.
pub fn over_futures(request: &OverFutures<'_>) -> Result<OverTime, Error> {
    if let Some(amount) = [request.once, request.a_month].into_iter().find(|amount| amount.pence() < 0) {
        return Err(Error::Unusable(format!("{amount} cannot be spent: write what is spent in pounds, 0 or more.")));
    }
    let demand = request.base.demand;
    let ((base, mut findings), (with, of_with)) = (demand.paths()?, request.with.paths()?);
    findings.extend(of_with);
    if !futures::is_alike(&base, &with) {
        return Err(Error::Unusable(format!(
            "{} and {} are not of the same futures: forecast both with the same dates, groups, number of paths and seed, one of them with the scenario.",
            demand.name_first(),
            request.with.name()
        )));
    }
    let Priced { tariff, used, mut warnings, findings: of_prices, .. } = priced(demand.name(), base.groups, &request.base)?;
    findings.extend(of_prices);
    let unpriced = unpriced_moves(&base, &with, &tariff);
    if !unpriced.is_empty() {
        return Err(Error::Unusable(format!(
            "{} has no price for {}, and the scenario moves children into or out of these homes. What they cost there would count as nothing, so nobody can \
             say when the money comes back: add their prices.",
            request.base.prices.name,
            unpriced.join(", ")
        )));
    }
    let stretches = stretches(base.from, &base.dates);
    let spent: Vec<f64> = stretches
        .iter()
        .enumerate()
        .map(|(at, stretch)| {
            let once = if at == 0 { request.once.pence() as f64 } else { 0.0 };
            once + request.a_month.pence() as f64 * f64::from(stretch.nights()) / MONTH
        })
        .collect();
    let found = payback(&cost_by_date(&base, &tariff), &cost_by_date(&with, &tariff), &spent);
    let (Some(payback), Some(first), Some(last)) = (found, stretches.first(), stretches.last()) else {
        return Err(Error::Unusable(format!("{} has no dates to compare.", demand.name_first())));
    };
    // The scenario moves nobody into or out of homes without a price, so who lives there is the same with it.
    let missing = futures::lived_in(&base, |group| tariff.prices[group].is_none());
    if !missing.is_empty() {
        warnings.push(format!(
            "No price is held for {}: what children there cost is in no amount. Add them to {}.",
            missing.join(", "),
            request.base.prices.name
        ));
    }
    let dates: Vec<Day> = stretches.iter().map(|stretch| stretch.end.plus(-1)).collect();
    let (base_sha256, with_sha256) = (demand.sha256(), request.with.sha256());
    let files = [Some(request.base.prices), request.base.held].into_iter().flatten().map(|file| file.bytes);
    Ok(OverTime {
        by: payback.median_date.map(|at| dates[at]),
        dates,
        spent: spent.iter().sum(),
        payback,
        covers: (first.from, last.end),
        paths: base.paths,
        missing,
        used,
        warnings,
        findings,
        sha256: crate::fingerprint(&[base_sha256.as_bytes(), with_sha256.as_bytes()].into_iter().chain(files).collect::<Vec<_>>()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case() -> Case {
        Case {
            once: Money::from_pence(12_000_000),
            a_month: Money::from_pence(800_000),
            moves_a_month: 1.0,
            ramp_months: 0,
            at_most: None,
            saving_weekly: Money::default(),
            lasts_months: 36,
        }
    }

    const PRICES: Named<'_> = Named {
        name: "p.csv",
        bytes: b"type,weekly_price,price_date,source\nAgency fostering,829,2013-12,plan\nIn-house fostering,465,2012-12,plan\n",
    };

    #[test]
    fn two_prices_give_the_saving_and_the_month() {
        let between = |from: &str, to: &str| Saves::Between { from: from.into(), to: to.into(), prices: PRICES };
        let followed = follow(&case(), &between("agency fostering", "In-house fostering"), 36).unwrap();
        // £364 a week (dossier A074) repays £120,000 and £8,000 a month in month 18.
        assert_eq!((followed.case.saving_weekly, followed.repaid.month), (Money::from_pence(36_400), Some(18)));
        assert_eq!(followed.prices[1].source, "plan");
        let said = |saves: &Saves<'_>| follow(&case(), saves, 36).unwrap_err().to_string();
        assert!(said(&between("In-house fostering", "Agency fostering")).contains("exchange the two types"));
        assert_eq!(
            said(&between("Boats", "Agency fostering")),
            "p.csv has no price for Boats, so what a move saves is not known. It has Agency fostering, In-house fostering."
        );
        assert!(follow(&Case { moves_a_month: 0.0, ..case() }, &Saves::Weekly(Money::from_pence(1)), 3).is_err());
        assert!(follow(&case(), &Saves::Weekly(Money::from_pence(1)), 0).is_err());
    }

    #[test]
    fn futures_with_and_without_a_scenario_say_when_it_comes_back() {
        let demand = |fostered: u32, homes: u32| {
            let mut lines = "path,date,authority,group,children\n".to_owned();
            for date in ["2026-04-01", "2026-05-01"] {
                for (group, children) in [("Fostering", fostered), ("Residential", homes), ("Supported", 0), ("Other", 1)] {
                    lines += &["1,", date, ",A,", group, ",", &children.to_string(), "\n"].concat();
                }
            }
            lines
        };
        let (base, with) = (demand(10, 5), demand(11, 4));
        let prices = "type,weekly_price,price_date,source\nFostering,700,2026-01,x\nResidential,4900,2026-01,x\n";
        let file = |name: &'static str, text: &'static str| Futures::File(Named { name, bytes: text.as_bytes() });
        let leak = |text: String| -> &'static str { text.leak() };
        let at_prices = Request {
            demand: file("b.csv", leak(base)),
            prices: Named { name: "p.csv", bytes: prices.as_bytes() },
            held: None,
            rises: Vec::new(),
        };
        let request = OverFutures {
            base: at_prices.clone(),
            with: file("w.csv", leak(with)),
            once: Money::from_pence(2_000_000),
            a_month: Money::default(),
        };
        let found = over_futures(&request).unwrap();
        // A child a night saves £600: £18,000 in the thirty nights to 1 April, £36,000 in the sixty to 1 May.
        assert_eq!((found.payback.chance.unwrap(), found.by.map(|day| day.to_string())), (1.0, Some("2026-05-01".to_owned())));
        assert_eq!(found.missing, ["Other"], "whom the scenario does not move");
        // Contracts held are in both: the child who moves is the one beyond them.
        let heading = ingest::plan::HELD_COLUMNS.join(",");
        let held = leak(format!("{heading}\nResidential,4,7000,,2027-03-31,,,contract\n"));
        let held = Some(Named { name: "h.csv", bytes: held.as_bytes() });
        let contracts = over_futures(&OverFutures { base: Request { held, ..at_prices.clone() }, ..request.clone() }).unwrap();
        assert!((contracts.payback.net.mean - found.payback.net.mean).abs() < 1e-6, "the fifth child is at the list's price");
        let nothing = over_futures(&OverFutures { once: Money::default(), ..request.clone() }).unwrap();
        assert_eq!((nothing.payback.chance, nothing.by, nothing.spent), (None, None, 0.0));
        assert!(over_futures(&OverFutures { a_month: Money::from_pence(-1), ..request.clone() }).is_err());
        let elsewhere = demand(10, 4).replace("Other,1", "Other,2");
        let with = file("w.csv", leak(elsewhere));
        let said = over_futures(&OverFutures { with, ..request.clone() }).unwrap_err().to_string();
        assert!(said.starts_with("p.csv has no price for Other"), "{said}");
        let other = demand(11, 4).replace("2026-05-01", "2026-06-01");
        let with = file("w.csv", leak(other));
        let said = over_futures(&OverFutures { with, ..request }).unwrap_err().to_string();
        assert!(said.contains("not of the same futures") && said.contains("seed"), "{said}");
    }
}
