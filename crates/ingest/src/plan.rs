//! Placement plans and price lists: two small CSV files that a person writes by hand, so read them kindly and report every line left out.

use domain::plan::{Period, PlanLine, UnitPrice};
use domain::{Day, Finding, Money, Severity, Treatment};

/// `period,type,children`: a cell of the plan a line. A line that cannot be read is set aside with a finding.
pub fn read_plan(file: &str, bytes: &[u8]) -> (Vec<PlanLine>, Vec<Finding>) {
    read(file, "Plan", bytes, ["period", "type", "children"], |[period, kind, children], findings| {
        let period = Period::parse(period).ok_or(("period", "is neither a financial year such as 2013-14 nor a date"))?;
        if kind.is_empty() {
            return Err(("type", "is empty: name the type of home"));
        }
        let number = children.trim_end_matches('.').replace(',', "");
        let count = number.parse().map_err(|_| ("children", "is not a whole number of children"))?;
        if number != children {
            findings.push(("children", Severity::Repair, Treatment::Repaired, format!("is read as {count}.")));
        }
        Ok(PlanLine { period, kind: kind.to_owned(), children: count })
    })
}

/// `type,weekly_price,price_date,source`: a price a line. A date may be left out, and is then asked for.
pub fn read_prices(file: &str, bytes: &[u8]) -> (Vec<UnitPrice>, Vec<Finding>) {
    read(file, "Prices", bytes, ["type", "weekly_price", "price_date", "source"], |[kind, weekly, date, source], findings| {
        if kind.is_empty() {
            return Err(("type", "is empty: name the type of home"));
        }
        let weekly =
            Money::parse_pounds(weekly).filter(|price| price.pence() >= 0).ok_or(("weekly_price", "is not an amount in pounds"))?;
        let price_date = Day::parse(date.as_bytes()).or_else(|| Day::parse(format!("{date}-01").as_bytes()));
        if price_date.is_none() {
            let ask = "is not a date (use yyyy-mm-dd or yyyy-mm): the price is used, but nobody can tell how old it is.";
            findings.push(("price_date", Severity::Warning, Treatment::Kept, ask.to_owned()));
        }
        Ok(UnitPrice { kind: kind.to_owned(), weekly, price_date, source: source.to_owned() })
    })
}

type Remark = (&'static str, Severity, Treatment, String);
type Refusal = (&'static str, &'static str);

fn read<T, const N: usize>(
    file: &str,
    table: &'static str,
    bytes: &[u8],
    columns: [&'static str; N],
    line: impl Fn([&str; N], &mut Vec<Remark>) -> Result<T, Refusal>,
) -> (Vec<T>, Vec<Finding>) {
    let mut rows = Vec::new();
    let mut findings = Vec::new();
    let find = |row: u32, (column, severity, action, said): Remark, value: &str| Finding {
        rule: "plan-line",
        severity,
        file: file.to_owned(),
        table,
        year: 0,
        row,
        child: String::new(),
        column: column.to_owned(),
        value: value.to_owned(),
        message: format!("Line {row} of {file}: {column} “{value}” {said}"),
        action,
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.byte_headers().cloned().unwrap_or_default();
    let mut places = [usize::MAX; N];
    for (place, column) in places.iter_mut().zip(columns) {
        match header.iter().position(|name| name.eq_ignore_ascii_case(column.as_bytes())) {
            Some(at) => *place = at,
            None => findings.push(find(
                1,
                (
                    column,
                    Severity::Error,
                    Treatment::SetAside,
                    format!("is not among the columns. The first line must be {}.", columns.join(",")),
                ),
                "",
            )),
        }
    }
    if !findings.is_empty() {
        return (rows, findings);
    }
    let mut record = csv::ByteRecord::new();
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(fault) => {
                let row = fault.position().map_or(0, |position| position.line() as u32);
                findings.push(find(
                    row,
                    ("", Severity::Error, Treatment::SetAside, "cannot be read as CSV; what follows is left out.".into()),
                    "",
                ));
                break;
            }
        }
        let row = record.position().map_or(0, |position| position.line() as u32);
        let cells: Vec<String> =
            places.iter().map(|&at| record.get(at).map(String::from_utf8_lossy).unwrap_or_default().into_owned()).collect();
        let cell = |column: &str| columns.iter().position(|name| *name == column).map_or("", |at| cells[at].as_str());
        let mut texts = [""; N];
        for (text, cell) in texts.iter_mut().zip(&cells) {
            *text = cell;
        }
        let mut remarks = Vec::new();
        match line(texts, &mut remarks) {
            Ok(value) => rows.push(value),
            Err((column, said)) => {
                remarks.push((column, Severity::Error, Treatment::SetAside, format!("{said}. The line is left out.")));
            }
        }
        findings.extend(remarks.into_iter().map(|remark| {
            let value = cell(remark.0);
            find(row, remark, value)
        }));
    }
    (rows, findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_as_printed_is_read_with_its_stray_full_stops() {
        let (plan, findings) = read_plan("plan.csv", b"period,type,children\n2015-16,Internal fostering,483.\n2015-16,Parents,6\n");
        assert_eq!(plan.iter().map(|line| line.children).collect::<Vec<_>>(), [483, 6]);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].message, "Line 2 of plan.csv: children “483.” is read as 483.");
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_is_kept() {
        let (plan, findings) = read_plan("plan.csv", b"type,children,period\nFostering,many,2013-14\nFostering,5,2013-14\nHomes,7,soon\n");
        assert_eq!(plan.len(), 1);
        assert_eq!(
            findings.iter().map(|finding| (finding.row, finding.column.as_str())).collect::<Vec<_>>(),
            [(2, "children"), (4, "period")]
        );
        let (prices, findings) =
            read_prices("p.csv", "type,weekly_price,price_date,source\nFostering,£465,2012-12,cabinet paper\nHomes,n/k,,\n".as_bytes());
        assert_eq!(prices.len(), 1);
        assert_eq!(prices[0].price_date, Day::parse(b"2012-12-01"));
        assert_eq!(findings[0].column, "weekly_price");
    }

    #[test]
    fn a_missing_column_is_said_and_nothing_is_guessed() {
        let (plan, findings) = read_plan("plan.csv", b"period,children\n2013-14,5\n");
        assert!(plan.is_empty());
        assert!(findings[0].message.contains("type"), "{}", findings[0].message);
        assert!(read_plan("plan.csv", b"").1.len() == 3);
    }
}
