//! `cargo xtask reference SOURCE_DIR`: builds the data files of `crates/reference` from their CSV sources.
//!
//! `SOURCE_DIR` holds the CSV files described in `crates/reference/data/README.md`: `published/*.csv`, `calendar/bank_holidays_england.csv`,
//! `codes/ssda903.csv`, and `postcodes.csv` (`postcode,easting,northing,lad`: the ONS Postcode Directory).
//! The same sources give the same bytes.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use domain::Postcode;
use reference::postcode::{self, Atlas, Unit};
use reference::{authority, published};

/// Builds every file that the sources at hand allow, and says what it wrote.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let [source] = args else { bail!("usage: cargo xtask reference SOURCE_DIR (see crates/reference/data/README.md)") };
    let build = Build { source: PathBuf::from(source), data: Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/reference/data") };
    build.small_files()?;
    build.tables()?;
    build.dictionary()?;
    build.categories()?;
    build.ofsted()?;
    build.postcodes()?;
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
        let mut reader = self.csv_reader(path)?;
        let header: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        let rows = reader.records().map(|record| Ok(header.iter().cloned().zip(record?.iter().map(str::to_owned)).collect()));
        Ok(Csv { rows: rows.collect::<Result<_, csv::Error>>()?, header })
    }

    fn csv_reader(&self, path: &str) -> Result<csv::Reader<fs::File>> {
        let path = self.source.join(path);
        csv::Reader::from_path(&path).with_context(|| format!("cannot open {}", path.display()))
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
            let mut csv = self.csv(from)?;
            // Nobody should take the stand-in for the Department's own words (Z11-Z14).
            for row in csv.rows.iter_mut().filter(|row| row.get("note").is_some_and(|note| note.starts_with("Official label not found"))) {
                row.entry("label".to_owned()).or_default().push_str(" (official label not known)");
            }
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
            let packed = table.packed()?;
            let back = published::Table::unpacked(&packed).with_context(|| format!("{} does not unpack", schema.name))?;
            ensure!(back.has_the_figures_of(&table), "{} came back with other figures", schema.name);
            self.write(&format!("{}.bin", schema.name), &packed)?;
        }
        Ok(())
    }

    /// Ofsted's register and inspections, without the columns that follow from others.
    fn ofsted(&self) -> Result<()> {
        for (name, dropped) in [
            ("ofsted_settings", &["region", "ofsted_region", "inspection_type", "as_at"][..]),
            (
                "ofsted_movements",
                &["region", "status_2022_04_01", "status_2023_03_31", "inspectorate_2022_04_01", "inspectorate_2023_03_31"],
            ),
            ("ilacs", &["name", "as_at"]),
        ] {
            let csv = self.csv(&format!("published/{name}.csv"))?;
            let columns: Vec<&str> = csv.header.iter().map(String::as_str).filter(|column| !dropped.contains(column)).collect();
            self.write(&format!("{name}.csv.deflate"), &deflated(&csv.cut(&columns)?)?)?;
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
        let mut published = self.csv("published/dfe_categories.csv")?.rows;
        published.sort_by_key(|row| (row["dataset"].clone(), row["group_id"].clone(), reading_order(&row["category_id"])));
        for row in published {
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

    /// The postcode directory: districts raised to counties, packed, every row looked up again, and each sector compared with the published sectors.
    fn postcodes(&self) -> Result<()> {
        let sectors = self.csv("published/postcode_sectors.csv")?;
        let upper_of_sector: HashMap<&str, &str> =
            sectors.rows.iter().map(|row| (row["sector"].as_str(), row["ons_code"].as_str())).collect();
        let directory = self.csv_reader("postcodes.csv")?.into_records().collect::<Result<Vec<_>, _>>()?;
        let counties = counties_of_districts(&directory, &upper_of_sector);
        let mut units = Vec::new();
        for row in &directory {
            let [text, easting, northing, lad] = [0, 1, 2, 3].map(|at| row.get(at).unwrap_or(""));
            // Northern Ireland is on another grid and under another licence; without a grid reference a postcode cannot be located.
            if lad.starts_with('N') || easting.is_empty() || northing.is_empty() {
                continue;
            }
            let postcode = Postcode::parse(text.as_bytes()).with_context(|| format!("'{text}' is not a postcode"))?;
            let county = counties.get(lad).map(String::as_str);
            ensure!(county.is_some() || !lad.starts_with("E07"), "no county was found for the district {lad} of {text}");
            units.push(Unit {
                postcode,
                easting: easting.parse()?,
                northing: northing.parse()?,
                ons_code: county.unwrap_or(lad).to_owned(),
            });
        }
        let packed = postcode::pack(&units)?;
        let atlas = Atlas::open(&packed).context("the packed directory does not open")?;
        for unit in &units {
            let found = atlas.find(unit.postcode).with_context(|| format!("{} was lost", unit.postcode))?;
            let same = (found.easting, found.northing, found.ons_code) == (unit.easting, unit.northing, unit.ons_code.as_str());
            ensure!(same, "{} came back as {found:?}", unit.postcode);
        }
        check_sectors(&sectors, &units, &atlas)?;
        self.write("postcodes.bin", &packed)?;
        let mut districts = String::from("district,county\n");
        for (district, county) in &counties {
            writeln!(districts, "{district},{county}")?;
        }
        self.write("districts.csv", districts.as_bytes())?;
        self.write("../tests/data/postcode_sample.csv", sample(&units).as_bytes())
    }
}

/// The county of each shire district (E07): the one that most of its postcodes' sectors belong to, among counties (E10).
fn counties_of_districts(directory: &[csv::StringRecord], upper_of_sector: &HashMap<&str, &str>) -> BTreeMap<String, String> {
    let mut votes: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for row in directory {
        let (text, lad) = (row.get(0).unwrap_or(""), row.get(3).unwrap_or(""));
        let sector = Postcode::parse(text.as_bytes()).map(|postcode| postcode.sector().to_string()).unwrap_or_default();
        if let Some(county) = upper_of_sector.get(sector.as_str()).filter(|code| lad.starts_with("E07") && code.starts_with("E10")) {
            *votes.entry(lad.to_owned()).or_default().entry((*county).to_owned()).or_default() += 1;
        }
    }
    let most = |counties: BTreeMap<String, usize>| counties.into_iter().max_by_key(|(_, votes)| *votes).map(|(county, _)| county);
    votes.into_iter().filter_map(|(district, counties)| Some((district, most(counties)?))).collect()
}

/// The published sectors say how many units each has, their mean, and the share of the commonest authority: all must come out the same.
fn check_sectors(sectors: &Csv, units: &[Unit], atlas: &Atlas<'_>) -> Result<()> {
    let mut counts: HashMap<Postcode, HashMap<&str, usize>> = HashMap::new();
    for unit in units {
        *counts.entry(unit.postcode.sector()).or_default().entry(reference_code(&unit.ons_code)).or_default() += 1;
    }
    ensure!(counts.len() == sectors.rows.len(), "{} sectors, but {} are published", counts.len(), sectors.rows.len());
    for row in &sectors.rows {
        let sector = Postcode::parse(row["sector"].as_bytes()).with_context(|| row["sector"].clone())?;
        let held = counts.get(&sector).with_context(|| format!("{sector} has no unit"))?;
        let all: usize = held.values().sum();
        let share = held.get(row["ons_code"].as_str()).copied().unwrap_or(0) as f64 / all as f64;
        ensure!(all == row["postcodes"].parse::<usize>()?, "{sector} has {all} units, published {}", row["postcodes"]);
        ensure!((share - row["share"].parse::<f64>()?).abs() < 0.000_51, "{sector}: share {share}, published {}", row["share"]);
        let mean = atlas.find(sector).with_context(|| format!("{sector} is not found"))?;
        let near = |ours: u32, published: &str| published.parse::<u32>().is_ok_and(|published| ours.abs_diff(published) <= 1);
        ensure!(near(mean.easting, &row["easting"]) && near(mean.northing, &row["northing"]), "{sector}: mean {mean:?}, published {row:?}");
    }
    Ok(())
}

/// The code that the published sectors use: of the generation of the Department's statistics.
fn reference_code(code: &str) -> &str {
    authority::by_ons_code(code).map_or(code, |authority| authority.ons_code)
}

/// Some five hundred units for the tests: every 6000th, the ends of the directory, and those of sectors that straddle authorities.
fn sample(units: &[Unit]) -> String {
    let mut sorted: Vec<&Unit> = units.iter().collect();
    sorted.sort_by_key(|unit| unit.postcode);
    let last = sorted.len() - 1;
    let straddles = |at: usize| {
        at.is_multiple_of(101)
            && sorted[at - 1].postcode.sector() == sorted[at].postcode.sector()
            && sorted[at - 1].ons_code != sorted[at].ons_code
    };
    let mut chosen: Vec<usize> = (1..last).filter(|&at| at.is_multiple_of(6000)).collect();
    chosen.extend([0, 1, last - 1, last]);
    chosen.extend((1..last).filter(|&at| straddles(at)).step_by(10).flat_map(|at| [at - 1, at]));
    chosen.extend(
        (0..last).filter(|&at| sorted[at].postcode.inward()[1..].contains(&b'V') || &sorted[at].postcode.outward() == b"NPT ").step_by(50),
    );
    chosen.sort_unstable();
    chosen.dedup();
    let line = |unit: &Unit| format!("{},{},{},{}\n", unit.postcode, unit.easting, unit.northing, unit.ons_code);
    std::iter::once("postcode,easting,northing,ons_code\n".to_owned()).chain(chosen.into_iter().map(|at| line(sorted[at]))).collect()
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

/// Where a category stands among those of its group: as a reader expects them, those not named here by name, then the unknown, then the total.
fn reading_order(category: &str) -> (usize, String) {
    const ORDER: &str = "0 1_4 5_9 10_15 16 16_plus 17 18_plus suitable unsuitable eet he other_education training_or_employment apprenticeship \
        training_or_employment_excl_apprenticeship neet neet_illness_disability neet_pregnancy_parenting neet_other in le20 gt20 in_le20 in_lt20 \
        in_gt20 in_unknown out_le20 out_lt20 out_gt20 out_unknown out white mixed asian black interim_care full_care placement_order s20 \
        child_protection police_protection emergency_protection child_assessment youth_justice remand pace youth_rehabilitation yes no uasc \
        not_uasc adopted home_planned home_unplanned no_pr cao sgo independent_supported independent_unsupported stayed_18 adult_residential \
        custody remand_ended own other_la other_public private voluntary foster adoption parents supported homes res_school \
        other_residential received normal borderline concern average_score";
    let named = ORDER.split_whitespace().collect::<Vec<_>>();
    let place = match category {
        "total" => named.len() + 3,
        "unknown" | "not_reported" => named.len() + 2,
        "other" => named.len() + 1,
        _ => named.iter().position(|&held| held == category).unwrap_or(named.len()),
    };
    (place, category.to_owned())
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
