//! `cargo xtask reference SOURCE_DIR`: builds the data files of `crates/reference` from their CSV sources.
//!
//! `SOURCE_DIR` holds the CSV files described in `crates/reference/data/README.md`: `published/*.csv`, `calendar/bank_holidays_england.csv`,
//! `codes/ssda903.csv`, and `postcodes.csv` (`postcode,easting,northing,lad`: the ONS Postcode Directory).
//! The same sources give the same bytes.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use reference::published;

/// Builds every file that the sources at hand allow, and says what it wrote.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let [source] = args else { bail!("usage: cargo xtask reference SOURCE_DIR (see crates/reference/data/README.md)") };
    let build = Build { source: PathBuf::from(source), data: Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/reference/data") };
    build.small_files()?;
    build.tables()?;
    build.dictionary()?;
    build.categories()?;
    Ok(())
}

struct Build {
    source: PathBuf,
    data: PathBuf,
}

/// A CSV file held by column names.
struct Csv {
    header: Vec<String>,
    rows: Vec<HashMap<String, String>>,
}

impl Build {
    fn csv(&self, path: &str) -> Result<Csv> {
        let path = self.source.join(path);
        let mut reader = csv::Reader::from_path(&path).with_context(|| format!("cannot open {}", path.display()))?;
        let header: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        let rows = reader.records().map(|record| Ok(header.iter().cloned().zip(record?.iter().map(str::to_owned)).collect()));
        Ok(Csv { rows: rows.collect::<Result<_, csv::Error>>()?, header })
    }

    #[expect(clippy::print_stdout, reason = "the task says what it wrote")]
    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        fs::write(self.data.join(name), bytes)?;
        println!("{:>9} bytes  {name}", bytes.len());
        Ok(())
    }

    /// Files that are read as they stand, cut to the columns in use.
    fn small_files(&self) -> Result<()> {
        for (from, to) in [
            ("published/authorities.csv", "authorities.csv"),
            ("published/authority_names.csv", "authority_names.csv"),
            ("published/regions.csv", "regions.csv"),
            ("published/adjacency.csv", "adjacency.csv"),
            ("published/wales_scotland_authorities.csv", "wales_scotland_authorities.csv"),
            ("calendar/bank_holidays_england.csv", "bank_holidays_england.csv"),
            ("codes/ssda903.csv", "ssda903_codes.csv"),
        ] {
            let csv = self.csv(from)?;
            let columns: Vec<&str> = csv.header.iter().map(String::as_str).collect();
            self.write(to, &csv.cut(&columns)?)?;
        }
        let neighbours = self.csv("published/statistical_neighbours.csv")?;
        self.write("statistical_neighbours.csv", &neighbours.cut(&["dfe_number", "rank", "neighbour_dfe_number", "closeness", "vintage"])?)
    }

    /// The published tables, read by the product's own loader and packed.
    fn tables(&self) -> Result<()> {
        for schema in &published::SCHEMAS {
            let path = self.source.join("published").join(format!("{}.csv", schema.name));
            let csv = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let vintage = published::data_set(schema.name).with_context(|| format!("sources.csv lacks {}", schema.name))?.vintage;
            let (table, findings) = published::load(schema.name, vintage, &csv);
            ensure!(findings.is_empty(), "{}: {} ({} findings)", path.display(), findings[0].message, findings.len());
            self.write(&format!("{}.bin", schema.name), &table.packed()?)?;
        }
        Ok(())
    }

    /// The dictionary of measures, with the way in which each writes its years instead of a label on every row.
    fn dictionary(&self) -> Result<()> {
        let mut styles: BTreeMap<String, &str> = BTreeMap::new();
        for row in self.csv("published/measures.csv")?.rows {
            let year: u32 = row["year_end"].parse()?;
            let span = format!("{}-{:02}", year - 1, year % 100);
            let style = match row["year_label"].as_str() {
                label if label == row["year_end"] => "year",
                label if label == span => "span",
                label if label == format!("{span} (OT)") => "outturn",
                label => bail!("measures.csv: the year label '{label}' is of no known form"),
            };
            let held = *styles.entry(row["measure_id"].clone()).or_insert(style);
            ensure!(held == style, "measures.csv: {} writes its years in two ways", row["measure_id"]);
        }
        let mut dictionary = self.csv("published/measure_dictionary.csv")?;
        for row in &mut dictionary.rows {
            let style = styles.get(&row["measure_id"]).context("a measure without figures")?;
            row.insert("year_label".to_owned(), (*style).to_owned());
        }
        let columns = [
            "measure_id",
            "benchmark_id",
            "topic",
            "title",
            "unit",
            "good_direction",
            "year_type",
            "year_label",
            "decimals",
            "publisher",
            "last_update",
            "source_page",
            "description",
            "methodology",
        ];
        self.write("measure_dictionary.csv.deflate", &deflated(&dictionary.cut(&columns)?)?)
    }

    /// Names of groups and categories: the publisher's where it gives them, else plain words for the identifiers.
    fn categories(&self) -> Result<()> {
        let mut named = csv::Writer::from_writer(Vec::new());
        named.write_record(["table", "group", "category", "group_label", "label", "unit", "is_total"])?;
        for row in self.csv("published/dfe_categories.csv")?.rows {
            let unit = match (row["dataset"].as_str(), row["category_id"].as_str()) {
                (_, "average_score") => "score",
                ("cla_new_placements", _) => "placements",
                ("care_leavers", _) => "care leavers",
                _ => "children",
            };
            let groups = match row["dataset"].as_str() {
                "care_leavers" => vec![format!("17_18/{}", row["group_id"]), format!("19_21/{}", row["group_id"])],
                _ => vec![row["group_id"].clone()],
            };
            for group in groups {
                let cells = [&row["dataset"], &group, &row["category_id"], &row["group"], &row["category"], unit, &row["is_total"]];
                named.write_record(cells)?;
            }
        }
        for group in ["cla_31_march", "started", "ceased", "population_0_17"] {
            for (category, label, unit) in
                [("number", "Number", "children"), ("rate_per_10000", "Rate per 10,000 residents aged 0-17", "per 10,000")]
            {
                if group != "population_0_17" || category == "number" {
                    named.write_record(["cla_rates", group, category, rates_label(group), label, unit, "0"])?;
                }
            }
        }
        let mut seen = std::collections::HashSet::new();
        for row in self.csv("published/adoption_stage_times.csv")?.rows {
            if seen.insert((row["stage_id"].clone(), row["age_at_start"].clone())) {
                let age = match row["age_at_start"].as_str() {
                    "total" => "All ages".to_owned(),
                    "0" => "Under 1".to_owned(),
                    "7_plus" => "7 and over".to_owned(),
                    age => format!("Age {age}"),
                };
                let total = if row["age_at_start"] == "total" { "1" } else { "0" };
                // The publisher numbers the stages: "6. Total average time …".
                let stage = row["stage"].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
                named.write_record(["adoption_stage_times", &row["stage_id"], &row["age_at_start"], stage, &age, &row["unit"], total])?;
            }
        }
        for row in self.csv("published/expenditure.csv")?.rows {
            let group = format!("{}/{}", row["return"], row["line"]);
            if seen.insert((group.clone(), row["measure"].clone())) {
                let cells = ["expenditure", &group, &row["measure"], line_label(&row["line"]), &words(&row["measure"]), &row["unit"], "0"];
                named.write_record(cells)?;
            }
        }
        named.write_record(["population_0_17", "", "", "Population", "Residents aged 0 to 17", "children", "1"])?;
        self.write("categories.csv", &named.into_inner()?)
    }
}

impl Csv {
    /// The file with these columns alone, in this order.
    fn cut(&self, columns: &[&str]) -> Result<Vec<u8>> {
        let mut cut = csv::Writer::from_writer(Vec::new());
        cut.write_record(columns)?;
        for row in &self.rows {
            let cells = columns.iter().map(|&column| row.get(column).with_context(|| format!("there is no column '{column}'")));
            cut.write_record(cells.collect::<Result<Vec<_>>>()?)?;
        }
        Ok(cut.into_inner()?)
    }
}

fn deflated(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn rates_label(group: &str) -> &str {
    match group {
        "cla_31_march" => "Children looked after at 31 March",
        "started" => "Children who started to be looked after in the year",
        "ceased" => "Children who ceased to be looked after in the year",
        _ => "Residents aged 0 to 17",
    }
}

/// Names of the lines of revenue outturn and of section 251; the source file holds identifiers only.
fn line_label(line: &str) -> &str {
    match line {
        "adoption" => "Adoption",
        "asylum_seekers" => "Asylum seekers",
        "cla" => "Children looked after",
        "cla_asylum_seeking" => "Children looked after: asylum-seeking children",
        "cla_fostering" => "Children looked after: fostering",
        "cla_other" => "Children looked after: other",
        "cla_residential" => "Children looked after: residential",
        "family_support" => "Family support services",
        "leaving_care_support" => "Leaving care support",
        "other_children_families" => "Other children's and families' services",
        "safeguarding" => "Safeguarding",
        "services_for_young_people" => "Services for young people",
        "social_work" => "Social work",
        "sure_start_early_years" => "Sure Start and early years",
        "total_children_social_care" => "Children's social care in total",
        "youth_justice" => "Youth justice",
        other => other,
    }
}

/// `net_current_expenditure` as "Net current expenditure".
fn words(identifier: &str) -> String {
    let spaced = identifier.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
