//! What the Department for Education, Ofsted, the Office for National Statistics and the Ministry of Housing, Communities and Local
//! Government published, by authority, region and England: the release inside the product, and newer ones laid over it.
//!
//! Figures are kept exactly as printed; a mark is never a number ([`domain::Value`]). England and regions are rounded to 10 at source and
//! authorities are not, so levels are never added together.

mod category;
mod figure;
mod measure;
mod pack;
mod release;
mod schema;
mod source;
mod table;

use std::sync::{Arc, OnceLock};

use domain::Value;

pub use category::{Category, categories, category, groups};
pub use measure::{Definition, Direction, Measure, definitions};
pub use release::load;
pub use schema::{SCHEMAS, Schema};
pub use source::{DataSet, Source, data_set, data_sets};
pub use table::Table;

use crate::AreaId;

/// The packed tables, in the order of [`SCHEMAS`].
const PACKED: [&[u8]; SCHEMAS.len()] = [
    include_bytes!("../../data/measures.bin"),
    include_bytes!("../../data/cla_31_march.bin"),
    include_bytes!("../../data/cla_started.bin"),
    include_bytes!("../../data/cla_ceased.bin"),
    include_bytes!("../../data/cla_new_placements.bin"),
    include_bytes!("../../data/cla_stability.bin"),
    include_bytes!("../../data/cla_health.bin"),
    include_bytes!("../../data/cla_social_workers.bin"),
    include_bytes!("../../data/care_leavers.bin"),
    include_bytes!("../../data/cla_rates.bin"),
    include_bytes!("../../data/adoption_stage_times.bin"),
    include_bytes!("../../data/population_0_17.bin"),
    include_bytes!("../../data/expenditure.bin"),
];

/// A set of published tables: what the product carries, with any newer releases laid over it. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// Tables that differ from the embedded ones.
    over: [Option<Arc<Table>>; SCHEMAS.len()],
}

impl Published {
    /// The release inside the product.
    pub const fn embedded() -> Self {
        Self { over: [const { None }; SCHEMAS.len()] }
    }

    /// A table by name; unpacked on first use.
    pub fn table(&self, name: &str) -> Option<&Table> {
        let at = Schema::position(name)?;
        Some(self.over[at].as_deref().unwrap_or_else(|| embedded_table(at)))
    }

    /// Lays a release (see [`load`]) over the table of its name. For each series and year that it holds, its rows alone count.
    pub fn lay_over(&mut self, release: &Table) {
        if let Some(at) = Schema::position(release.name()) {
            let older = self.over[at].as_deref().unwrap_or_else(|| embedded_table(at));
            self.over[at] = Some(Arc::new(older.overlaid_with(release)));
        }
    }

    /// Where a figure of a table comes from. Figures of `measures` say it themselves: [`Measure::source`].
    pub fn source(&self, table: &str, group: &str, category: &str, year: u32) -> Option<Source> {
        let mut source = data_set(table)?.source();
        self.table(table)?.vintage(group, category, year).clone_into(&mut source.vintage);
        Some(source)
    }

    /// Residents aged 0 to 17 at mid-year. Rates for the year ending 31 March use the mid-year before it (dossier B2).
    pub fn population_0_17(&self, area: AreaId, mid_year: u32) -> Value {
        self.table("population_0_17").map_or(Value::NotAvailable, |table| table.value(area, mid_year, "", ""))
    }
}

/// The embedded table of this name; unpacked on first use.
pub fn table(name: &str) -> Option<&'static Table> {
    Schema::position(name).map(embedded_table)
}

/// A measure in the embedded release, by benchmark name or the tool's short name. See [`Published::measure`].
pub fn measure(id: &str) -> Option<Measure<'static>> {
    static EMBEDDED: Published = Published::embedded();
    EMBEDDED.measure(id)
}

fn embedded_table(at: usize) -> &'static Table {
    static TABLES: [OnceLock<Table>; SCHEMAS.len()] = [const { OnceLock::new() }; SCHEMAS.len()];
    TABLES[at].get_or_init(|| Table::unpacked(PACKED[at]).unwrap_or_else(|| Table::empty(&SCHEMAS[at], "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTTINGHAM: AreaId = AreaId(892);
    const EAST_MIDLANDS: AreaId = AreaId(983);

    #[test]
    fn every_table_is_inside_with_its_source() {
        for schema in &SCHEMAS {
            let table = table(schema.name).unwrap();
            assert!(!table.is_empty(), "{}", schema.name);
            assert_eq!(table.vintages(), [data_set(schema.name).unwrap().vintage], "{}", schema.name);
        }
        // Rows of the source files, in the order of SCHEMAS.
        let rows: Vec<usize> = SCHEMAS.iter().map(|schema| table(schema.name).unwrap().len()).collect();
        assert_eq!(rows, [245_056, 56_373, 28_595, 26_144, 15_599, 4926, 14_778, 330, 26_272, 5747, 315, 2132, 24_776]);
    }

    #[test]
    fn the_figures_of_the_nottingham_strategy_are_the_departments() {
        let measure = measure("children-looked-after").unwrap();
        let values = |area: AreaId| (2016..=2020).map(|year| measure.value(area, year).known().unwrap()).collect::<Vec<_>>();
        assert_eq!(values(NOTTINGHAM), [594.0, 622.0, 616.0, 628.0, 656.0]);
        // As revised; the strategy of 2021 printed 5620, 5840, 6110 for 2018-2020 and 75370, 80080 for England 2018 and 2020.
        assert_eq!(values(EAST_MIDLANDS)[..3], [5170.0, 5360.0, 5610.0]);
        assert_eq!(values(AreaId::ENGLAND)[..1], [70_410.0]);
        assert_eq!(measure.series(NOTTINGHAM).len(), 10);
        assert_eq!((measure.years()[0], measure.id), (2016, "lacnum"));
        let source = measure.source(2020);
        assert_eq!((source.publisher.as_str(), source.vintage.as_str()), ("Department for Education", "as updated 2025-11-01"));
    }

    #[test]
    fn the_ten_benchmark_measures_are_named_as_in_the_contract() {
        for id in [
            "children-looked-after",
            "children-looked-after-rate",
            "outside-area-over-20-miles",
            "three-or-more-placements",
            "long-term-stability",
            "started",
            "ceased",
            "care-leavers-suitable-accommodation",
            "fostering-weekly-cost",
            "residential-weekly-cost",
        ] {
            let measure = measure(id).unwrap();
            let (year, value) = *measure.series(NOTTINGHAM).last().unwrap();
            assert!(value.known().is_some() && !measure.year_label(year).is_empty(), "{id}");
        }
        assert_eq!(definitions().len(), 171);
        assert_eq!(measure("LACNUM").unwrap().benchmark_id, Some("children-looked-after"));
        assert_eq!(measure("fostering-weekly-cost").unwrap().year_label(2025), "2024-25 (OT)");
        assert!(measure("no-such-measure").is_none());
        // The strategy's "within 20 miles" is 100 less this measure: 79, 84, 83, 82, 84.
        let far = measure("outside-area-over-20-miles").unwrap();
        let within: Vec<f64> = (2016..=2020).map(|year| 100.0 - far.value(NOTTINGHAM, year).known().unwrap()).collect();
        assert_eq!(within, [79.0, 84.0, 83.0, 82.0, 84.0]);
    }

    #[test]
    fn tables_answer_by_group_and_category_with_marks_kept_apart() {
        let table = table("cla_31_march").unwrap();
        let england = |group, category| table.value(AreaId::ENGLAND, 2025, group, category);
        assert_eq!(england("placement", "total"), Value::Known(81_770.0));
        assert_eq!(england("placement", "foster"), Value::Known(54_820.0));
        assert_eq!(table.percent(AreaId::ENGLAND, 2025, "placement", "foster"), Value::Known(67.0));
        assert_eq!(england("placement", "no such"), Value::NotAvailable);
        // Isles of Scilly: not applicable is no nought.
        let scilly = table.published_value(AreaId(420), 2025, "placement", "foster").unwrap();
        assert_eq!(scilly.known(), None);
        let care_leavers =
            Published::embedded().table("care_leavers").unwrap().value(AreaId::ENGLAND, 2021, "17_18/accommodation", "suitable");
        assert_eq!(care_leavers, Value::Known(10_900.0));
    }

    #[test]
    fn every_series_has_a_label_and_every_label_a_series() {
        for schema in SCHEMAS.iter().filter(|schema| schema.name != "measures") {
            let table = table(schema.name).unwrap();
            for (group, id) in table.series() {
                assert!(category(schema.name, group, id).is_some(), "{} {group} {id}", schema.name);
            }
            for group in groups(schema.name) {
                for category in categories(schema.name, group) {
                    assert!(table.find(group, category.id).is_some(), "{} {group} {}", schema.name, category.id);
                }
            }
        }
    }

    #[test]
    fn categories_stand_as_readers_expect_them() {
        let ids = |table, group| categories(table, group).iter().map(|category| category.id).collect::<Vec<_>>();
        assert_eq!(ids("cla_31_march", "age"), ["0", "1_4", "5_9", "10_15", "16_plus", "total"]);
        assert_eq!(ids("cla_31_march", "distance"), ["le20", "gt20", "unknown", "total"]);
        assert_eq!(category("cla_31_march", "placement", "foster").map(|category| category.is_total), Some(false));
        assert!(groups("care_leavers").contains(&"19_21/activity"));
    }

    #[test]
    fn rates_follow_from_counts_and_the_population_of_the_mid_year_before() {
        let rates = table("cla_rates").unwrap();
        let population = Published::embedded().population_0_17(AreaId::ENGLAND, 2024);
        assert_eq!(population, Value::Known(12_183_016.0));
        let rate = 81_770.0 / population.known().unwrap() * 10_000.0;
        assert_eq!(rates.value(AreaId::ENGLAND, 2025, "cla_31_march", "rate_per_10000"), Value::Known(rate.round()));
    }

    #[test]
    fn a_newer_release_is_laid_over_and_says_so() {
        let csv = "area,year_end,measure_id,value,symbol\n892,2026,lacnum,700,\n892,2020,lacnum,657.5,\n";
        let (release, findings) = load("measures", "loaded 2026-11", csv.as_bytes());
        assert_eq!(findings, []);
        let mut published = Published::embedded();
        published.lay_over(&release);
        let measure = published.measure("children-looked-after").unwrap();
        let newest = [2019, 2020, 2026].map(|year| measure.value(NOTTINGHAM, year));
        assert_eq!(newest, [628.0, 657.5, 700.0].map(Value::Known));
        assert_eq!(measure.value(AreaId::ENGLAND, 2020), Value::NotAvailable, "a revised year is the newer release's alone");
        assert_eq!(measure.value(AreaId::ENGLAND, 2016), Value::Known(70_410.0));
        assert_eq!(
            [2019, 2020, 2026].map(|year| measure.source(year).vintage),
            ["as updated 2025-11-01", "loaded 2026-11", "loaded 2026-11"]
        );
        let rate = published.measure("children-looked-after-rate").unwrap();
        assert_eq!((rate.value(NOTTINGHAM, 2020), rate.source(2020).vintage), (Value::Known(98.0), "as updated 2025-11-01".to_owned()));
        assert_eq!(super::measure("lacnum").unwrap().value(NOTTINGHAM, 2020), Value::Known(656.0), "the embedded release is untouched");
    }
}
