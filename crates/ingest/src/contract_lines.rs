//! Contracts, and members and prices of one: lists that contract officers keep, a line each.

use domain::contract::{Kind, Regime};
use domain::{Day, Finding, Money};

use crate::sheet::{Refusal, Sheet, read};

/// The columns of a list of prices.
pub const PRICE_COLUMNS: [&str; 10] =
    ["lot", "provider", "urn", "tier", "from", "to", "weekly_price", "core_hours", "hourly_price", "source"];

/// The columns of a list of members.
pub const MEMBER_COLUMNS: [&str; 5] = ["lot", "provider", "from", "to", "rank"];

/// The columns of a list of contracts.
pub const CONTRACT_COLUMNS: [&str; 10] = ["reference", "title", "kind", "regime", "lead", "callers", "from", "to", "run_off", "notes"];

/// A contract as the list has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractRow {
    /// What contract officers call it.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: Kind,
    /// The law that it was bought under.
    pub regime: Regime,
    /// Who leads it, or empty.
    pub lead: String,
    /// Who may call on it.
    pub callers: String,
    /// First day.
    pub from: Day,
    /// The day on which it ends unless an option is taken.
    pub to: Option<Day>,
    /// The day on which what was called off ends at the latest.
    pub run_off: Option<Day>,
    /// Whatever else matters.
    pub notes: String,
}

/// Reads a list of contracts; each line becomes a contract or a finding.
pub fn read_contracts(file: &str, bytes: &[u8]) -> (Vec<ContractRow>, Vec<Finding>) {
    let sheet = Sheet { file, table: "Contracts", rule: "contract-line" };
    read(sheet, bytes, CONTRACT_COLUMNS, |[reference, title, kind, regime, lead, callers, from, to, run_off, notes], _| {
        if reference.is_empty() || title.is_empty() {
            return Err((if reference.is_empty() { "reference" } else { "title" }, "is empty"));
        }
        let kind =
            kind.parse().map_err(|_| ("kind", "is none of in-house, sla, block, framework, flexible, accredited, spot, outcomes"))?;
        let regime = match regime {
            "" => Regime::Unsaid,
            word => word.parse().map_err(|_| ("regime", "is none of pcr-2015, pa-2023, psr-2023, not-bought, unsaid"))?,
        };
        Ok(ContractRow {
            reference: reference.to_owned(),
            title: title.to_owned(),
            kind,
            regime,
            lead: lead.to_owned(),
            callers: callers.to_owned(),
            from: day(from, "from")?.ok_or(("from", "is empty: write the first day"))?,
            to: day(to, "to")?,
            run_off: day(run_off, "run_off")?,
            notes: notes.to_owned(),
        })
    })
}

/// A price as the list has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceRow {
    /// The lot, or empty for all of them.
    pub lot: String,
    /// Whose price, or empty for every member's.
    pub provider: String,
    /// Ofsted's number of the home, or empty.
    pub urn: String,
    /// Tier, or empty.
    pub tier: String,
    /// First night.
    pub from: Day,
    /// The day on which it holds no more.
    pub to: Option<Day>,
    /// A week; nothing where the cell is empty, which is not nought.
    pub weekly: Option<Money>,
    /// Hours a week in the core service.
    pub core_hours: Option<u32>,
    /// An hour beyond those.
    pub hourly: Option<Money>,
    /// Where it comes from.
    pub source: String,
}

/// A member as the list has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The lot, or empty.
    pub lot: String,
    /// Who.
    pub provider: String,
    /// First day.
    pub from: Day,
    /// The day on which it left.
    pub to: Option<Day>,
    /// Place in the order of asking.
    pub rank: Option<u32>,
}

/// Reads a list of prices; each line becomes a price or a finding.
pub fn read_prices(file: &str, bytes: &[u8]) -> (Vec<PriceRow>, Vec<Finding>) {
    let sheet = Sheet { file, table: "Prices", rule: "price-line" };
    read(sheet, bytes, PRICE_COLUMNS, |[lot, provider, urn, tier, from, to, weekly, core_hours, hourly, source], _| {
        Ok(PriceRow {
            lot: lot.to_owned(),
            provider: provider.to_owned(),
            urn: urn.to_owned(),
            tier: tier.to_owned(),
            from: day(from, "from")?.ok_or(("from", "is empty: write the first night"))?,
            to: day(to, "to")?,
            weekly: money(weekly, "weekly_price")?,
            core_hours: number(core_hours, "core_hours")?,
            hourly: money(hourly, "hourly_price")?,
            source: source.to_owned(),
        })
    })
}

/// Reads a list of members; each line becomes a member or a finding.
pub fn read_members(file: &str, bytes: &[u8]) -> (Vec<MemberRow>, Vec<Finding>) {
    let sheet = Sheet { file, table: "Members", rule: "member-line" };
    read(sheet, bytes, MEMBER_COLUMNS, |[lot, provider, from, to, rank], _| {
        if provider.is_empty() {
            return Err(("provider", "is empty: write who is a member"));
        }
        Ok(MemberRow {
            lot: lot.to_owned(),
            provider: provider.to_owned(),
            from: day(from, "from")?.ok_or(("from", "is empty: write the first day"))?,
            to: day(to, "to")?,
            rank: number(rank, "rank")?,
        })
    })
}

fn day(text: &str, column: &'static str) -> Result<Option<Day>, Refusal> {
    if text.is_empty() { Ok(None) } else { Day::parse(text.as_bytes()).map(Some).ok_or((column, "is not a date: write 2026-04-01")) }
}

fn money(text: &str, column: &'static str) -> Result<Option<Money>, Refusal> {
    let read = |text| Money::parse_pounds(text).filter(|&money| money >= Money::default());
    if text.is_empty() {
        Ok(None)
    } else {
        read(text).map(Some).ok_or((column, "is no amount of pounds: write 4711.00, or leave it empty where nobody knows"))
    }
}

fn number(text: &str, column: &'static str) -> Result<Option<u32>, Refusal> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| (column, "is no whole number")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_price_is_unknown_and_a_wrong_one_is_named() {
        let read = |line: &str| read_prices("prices.csv", format!("{}\n{line}\n", PRICE_COLUMNS.join(",")).as_bytes());
        let (rows, findings) = read("Lot 1,Elm Care,9000001,,2026-04-01,,\"4,711.00\",20,,schedule 3");
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!((rows[0].weekly, rows[0].core_hours, rows[0].hourly), (Some(Money::from_pence(471_100)), Some(20), None));
        for (line, said) in [
            ("Lot 1,Elm Care,,,,,4711,,,", "from “” is empty"),
            ("Lot 1,Elm Care,,,2026-04-01,,about 4000,,,", "weekly_price “about 4000” is no amount"),
            ("Lot 1,Elm Care,,,2026-04-01,,-5,,,", "weekly_price “-5” is no amount"),
            ("Lot 1,Elm Care,,,2026-13-01,,5,,,", "from “2026-13-01” is not a date"),
        ] {
            let (rows, findings) = read(line);
            assert!(rows.is_empty() && findings[0].message.contains(said), "{findings:?}");
        }
        let (_, findings) =
            read_members("members.csv", b"lot,provider,from,to,rank\nLot 1,,2026-04-01,,first\nLot 1,Elm,2026-04-01,,first\n");
        assert_eq!(findings.len(), 2, "every problem at once: {findings:?}");
    }
}
