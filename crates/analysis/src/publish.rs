//! What may be published of a table of small numbers (dossier B2, trap F12).
//!
//! A count from 1 to `below - 1` may point at a child, so it is withheld. Alone that is not enough: whoever knows a total and all other
//! cells subtracts. So further cells are withheld (secondary suppression) until every withheld cell could be one of at least `below - 1`
//! different numbers, for a reader who has the whole published table with its totals and knows that zeros are never withheld. A total
//! is withheld only where no choice of cells protects it. Zeros stay: that there is nobody is no secret about anybody.
//!
//! Method. Rows, columns and totals are the nodes of a network and cells its edges: raising a withheld cell by one and keeping every published
//! number true means sending one unit round a circle of withheld cells, some up, some down. How far a cell can go up or down is a
//! maximum flow, so the audit is exact, not an estimate. Where a cell cannot go far enough, the circle that costs least (the children in the
//! cells it would withhold anew; totals cost most) is withheld too, and the audit starts again.
//!
//! Not covered: differences between two published tables of overlapping groups. Publish one cut, and the same cut each time.

use domain::Value;

/// What counts as small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Counts from 1 to one less than this are small. 5 by default; some authorities use 6.
    pub below: u64,
}

impl Default for Rule {
    fn default() -> Self {
        Self { below: 5 }
    }
}

impl Rule {
    /// Whether a count on its own has to be withheld.
    pub const fn is_small(self, count: u64) -> bool {
        count > 0 && count < self.below
    }

    /// A single number that stands in no table with its parts.
    pub fn number(self, count: u64) -> Value {
        if self.is_small(count) { Value::Suppressed } else { Value::Known(count as f64) }
    }

    /// How far apart the smallest and the largest number must be that a withheld cell could have.
    const fn spread(self) -> u64 {
        self.below.saturating_sub(2)
    }
}

/// A table with one way in, as it may be published.
#[derive(Clone, Debug, PartialEq)]
pub struct OneWay {
    /// The cells, in the order given.
    pub cells: Vec<Value>,
    /// Their sum.
    pub total: Value,
}

/// A table with two ways in, as it may be published.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoWay {
    /// The cells, row by row.
    pub cells: Vec<Vec<Value>>,
    /// The sum of each row.
    pub row_totals: Vec<Value>,
    /// The sum of each column.
    pub column_totals: Vec<Value>,
    /// The sum of all.
    pub total: Value,
}

/// Withholds what is small, and what would give it away, in cells that are published with their total.
pub fn one_way(rule: Rule, cells: &[u64]) -> OneWay {
    let mut network = Network::new(2);
    for &cell in cells {
        network.add(0, 1, cell, Part::Cell);
    }
    network.add(1, 0, cells.iter().sum(), Part::Total);
    let mut published = network.publish(rule);
    let total = published.pop().unwrap_or(Value::Known(0.0));
    OneWay { cells: published, total }
}

/// Withholds what is small, and what would give it away, in rows of equal length that are published with the totals of rows, columns and all.
pub fn two_way(rule: Rule, rows: &[Vec<u64>]) -> TwoWay {
    let width = rows.first().map_or(0, Vec::len);
    // Nodes: the rows, the row of totals, the columns, the column of totals.
    let (totals_row, totals_column) = (rows.len(), rows.len() + 1 + width);
    let column = |at: usize| rows.len() + 1 + at;
    let mut network = Network::new(rows.len() + width + 2);
    for (at, row) in rows.iter().enumerate() {
        for (across, &cell) in row.iter().enumerate() {
            network.add(at, column(across), cell, Part::Cell);
        }
    }
    for (at, row) in rows.iter().enumerate() {
        network.add(totals_column, at, row.iter().sum(), Part::Total);
    }
    for across in 0..width {
        network.add(column(across), totals_row, rows.iter().map(|row| row[across]).sum(), Part::Total);
    }
    network.add(totals_row, totals_column, rows.iter().flatten().sum(), Part::Total);

    let mut published = network.publish(rule).into_iter();
    let cells = rows.iter().map(|row| published.by_ref().take(row.len()).collect()).collect();
    let row_totals = published.by_ref().take(rows.len()).collect();
    let column_totals = published.by_ref().take(width).collect();
    TwoWay { cells, row_totals, column_totals, total: published.next().unwrap_or(Value::Known(0.0)) }
}

/// Whether a number is a cell or the sum of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Cell,
    Total,
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    /// Raising the number sends a unit from here …
    from: usize,
    /// … to here.
    to: usize,
    count: u64,
    part: Part,
    withheld: bool,
}

impl Edge {
    /// Both ways along it: where they start and end.
    const fn ways(&self) -> [(Way, usize, usize); 2] {
        [(Way::Up, self.from, self.to), (Way::Down, self.to, self.from)]
    }
}

/// One step along an edge: up, from its `from` to its `to`, or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

struct Network {
    nodes: usize,
    edges: Vec<Edge>,
}

/// More than any table holds, and far from overflowing: a withheld number has no upper end of its own.
const NO_LIMIT: i64 = 1 << 40;

impl Network {
    const fn new(nodes: usize) -> Self {
        Self { nodes, edges: Vec::new() }
    }

    fn add(&mut self, from: usize, to: usize, count: u64, part: Part) {
        self.edges.push(Edge { from, to, count, part, withheld: false });
    }

    fn publish(mut self, rule: Rule) -> Vec<Value> {
        for edge in &mut self.edges {
            edge.withheld = rule.is_small(edge.count);
        }
        // Every round withholds something more or finds everything protected, so it ends.
        while let Some(unprotected) = (0..self.edges.len()).find(|&edge| self.edges[edge].withheld && !self.protects(edge, rule)) {
            self.withhold_around(unprotected, rule);
        }
        self.edges.iter().map(|edge| if edge.withheld { Value::Suppressed } else { Value::Known(edge.count as f64) }).collect()
    }

    /// Whether a withheld number could be as many different ones as the rule asks.
    fn protects(&self, edge: usize, rule: Rule) -> bool {
        let needed = rule.spread() as i64;
        let flow = |way| Flow::through(self, edge, way, needed).0;
        flow(Way::Up) + flow(Way::Down) >= needed
    }

    /// Withholds the cheapest circle that lets a number go further than it can now.
    fn withhold_around(&mut self, edge: usize, rule: Rule) {
        let needed = rule.spread() as i64;
        let circles = [Way::Up, Way::Down].map(|way| {
            let (_, flow) = Flow::through(self, edge, way, needed);
            self.cheapest(&flow, edge, way)
        });
        // Up is always possible: with a row's, a column's and the whole total withheld nothing holds a cell down.
        if let Some((_, path)) = circles.into_iter().flatten().min_by_key(|(cost, _)| *cost) {
            for at in path {
                self.edges[at].withheld = true;
            }
        }
    }

    /// The cheapest path that closes a circle through an edge, over everything that is not zero, given the flow there is.
    fn cheapest(&self, flow: &Flow, edge: usize, way: Way) -> Option<(u64, Vec<usize>)> {
        let (start, goal) = self.gap(edge, way);
        if way == Way::Down && flow.down(self, edge) == 0 {
            return None;
        }
        // For each node: the least cost to reach it, and the step there (edge, and the node before).
        let mut best: Vec<Option<(u64, usize, usize)>> = vec![None; self.nodes];
        best[start] = Some((0, edge, start));
        // Bellman and Ford: tables are small, and it is the same on every machine.
        for _ in 0..self.nodes {
            for (at, step) in self.edges.iter().enumerate().filter(|&(at, step)| at != edge && step.count > 0) {
                for (way, from, to) in step.ways() {
                    let Some((cost, ..)) = best[from].filter(|_| flow.room(self, at, way) > 0) else { continue };
                    let cost = cost + self.price(at);
                    if best[to].is_none_or(|(known, ..)| cost < known) {
                        best[to] = Some((cost, at, from));
                    }
                }
            }
        }
        let (cost, ..) = best[goal]?;
        let mut path = Vec::new();
        let mut node = goal;
        while node != start {
            let (_, at, from) = best[node]?;
            path.push(at);
            node = from;
        }
        Some((cost, path))
    }

    /// What readers lose if a number is withheld: its children, and one for the cell. Totals come last.
    fn price(&self, edge: usize) -> u64 {
        let edge = &self.edges[edge];
        match edge.part {
            _ if edge.withheld => 0,
            Part::Cell => edge.count + 1,
            Part::Total => 1_000_000 + edge.count,
        }
    }

    /// Where a path must start and end to close a circle through an edge.
    fn gap(&self, edge: usize, way: Way) -> (usize, usize) {
        let edge = &self.edges[edge];
        match way {
            Way::Up => (edge.to, edge.from),
            Way::Down => (edge.from, edge.to),
        }
    }
}

/// How far each number has been moved.
struct Flow(Vec<i64>);

impl Flow {
    /// Moves a number up or down as far as the withheld numbers let it, or as far as needed.
    fn through(network: &Network, edge: usize, way: Way, needed: i64) -> (i64, Self) {
        let mut flow = Self(vec![0; network.edges.len()]);
        let limit = match way {
            Way::Up => needed,
            Way::Down => needed.min(network.edges[edge].count as i64 - 1),
        };
        let mut moved = 0;
        while moved < limit {
            let Some(path) = flow.open_path(network, edge, way) else { break };
            let step = path.iter().map(|&(at, way)| flow.room(network, at, way)).min().unwrap_or(0).min(limit - moved);
            for (at, way) in path {
                flow.shift(at, way, step);
            }
            flow.shift(edge, way, step);
            moved += step;
        }
        (moved, flow)
    }

    /// The shortest path of withheld numbers with room that closes a circle through an edge.
    fn open_path(&self, network: &Network, edge: usize, way: Way) -> Option<Vec<(usize, Way)>> {
        let (start, goal) = network.gap(edge, way);
        let mut came: Vec<Option<(usize, Way, usize)>> = vec![None; network.nodes];
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            for (at, step) in network.edges.iter().enumerate() {
                if at == edge || !step.withheld {
                    continue;
                }
                for (way, from, to) in step.ways() {
                    if from == node && to != start && came[to].is_none() && self.room(network, at, way) > 0 {
                        came[to] = Some((at, way, from));
                        queue.push_back(to);
                    }
                }
            }
        }
        let mut path = Vec::new();
        let mut node = goal;
        while node != start {
            let (at, way, from) = came[node]?;
            path.push((at, way));
            node = from;
        }
        Some(path)
    }

    fn shift(&mut self, edge: usize, way: Way, by: i64) {
        match way {
            Way::Up => self.0[edge] += by,
            Way::Down => self.0[edge] -= by,
        }
    }

    /// How much further a number can go: down to one, because a zero would have been shown.
    fn room(&self, network: &Network, edge: usize, way: Way) -> i64 {
        match way {
            Way::Up => NO_LIMIT - self.0[edge],
            Way::Down => self.down(network, edge),
        }
    }

    fn down(&self, network: &Network, edge: usize) -> i64 {
        network.edges[edge].count as i64 - 1 + self.0[edge]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULE: Rule = Rule { below: 5 };

    fn shown(cells: &[Value]) -> String {
        cells.iter().map(|cell| cell.known().map_or("c".to_owned(), |n| n.to_string())).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_not_small_is_shown_and_zeros_stay() {
        let table = one_way(RULE, &[0, 5, 12]);
        assert_eq!((shown(&table.cells), table.total), ("0 5 12".to_owned(), Value::Known(17.0)));
        assert_eq!((RULE.number(4), RULE.number(0), RULE.number(5)), (Value::Suppressed, Value::Known(0.0), Value::Known(5.0)));
    }

    #[test]
    fn a_lone_small_cell_takes_the_smallest_other_with_it() {
        let table = one_way(RULE, &[3, 0, 9, 7, 50]);
        assert_eq!((shown(&table.cells), table.total), ("c 0 9 c 50".to_owned(), Value::Known(69.0)));
    }

    #[test]
    fn two_small_cells_that_add_up_to_little_take_a_third() {
        // 1 + 1 would be known from the total to be 1 and 1.
        assert_eq!(shown(&one_way(RULE, &[1, 1, 20, 30]).cells), "c c c 30");
        assert_eq!(shown(&one_way(RULE, &[4, 2, 20, 30]).cells), "c c 20 30");
    }

    #[test]
    fn where_no_cell_can_hide_another_the_total_is_withheld() {
        let table = one_way(RULE, &[1, 1, 1, 1, 1, 0]);
        assert_eq!((shown(&table.cells), table.total), ("c c c c c 0".to_owned(), Value::Suppressed));
    }

    #[test]
    fn a_small_cell_in_a_cross_table_takes_a_rectangle() {
        let table = two_way(RULE, &[vec![2, 30, 40], vec![25, 8, 60], vec![50, 70, 9]]);
        let rows: Vec<String> = table.cells.iter().map(|row| shown(row)).collect();
        assert_eq!(rows, ["c c 40", "c c 60", "50 70 9"]);
        assert_eq!(shown(&table.row_totals), "72 93 129");
        assert_eq!((shown(&table.column_totals), table.total), ("77 108 109".to_owned(), Value::Known(294.0)));
    }

    /// Every table that fits what is published, as the smallest and largest value of each withheld cell; numbers above `cap` are not tried.
    fn ranges(table: &TwoWay, cap: u64) -> Vec<(u64, u64)> {
        let cells: Vec<&Value> = table.cells.iter().flatten().collect();
        let width = table.column_totals.len();
        let mut tried = vec![0; cells.len()];
        let mut ranges = vec![(u64::MAX, 0); cells.len()];
        fit(table, &cells, width, cap, 0, &mut tried, &mut ranges);
        let withheld = cells.iter().zip(ranges).filter(|(cell, _)| **cell == &Value::Suppressed);
        withheld.map(|(_, range)| range).collect()
    }

    fn fit(table: &TwoWay, cells: &[&Value], width: usize, cap: u64, at: usize, tried: &mut [u64], ranges: &mut [(u64, u64)]) {
        let fits = |total: Value, sum: u64| total.known().map_or(sum > 0, |known| known as u64 == sum);
        if at > 0 && at.is_multiple_of(width) {
            let row = at / width - 1;
            if !fits(table.row_totals[row], tried[row * width..at].iter().sum()) {
                return;
            }
        }
        if at == cells.len() {
            let column = |across: usize| tried.iter().skip(across).step_by(width).sum();
            if (0..width).all(|across| fits(table.column_totals[across], column(across))) && fits(table.total, tried.iter().sum()) {
                for (range, &value) in ranges.iter_mut().zip(tried.iter()) {
                    *range = (range.0.min(value), range.1.max(value));
                }
            }
            return;
        }
        let values = cells[at].known().map_or(1..=cap, |known| known as u64..=known as u64);
        for value in values {
            tried[at] = value;
            fit(table, cells, width, cap, at + 1, tried, ranges);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        /// The attacker tries every table that fits what is published, and can pin no withheld cell to fewer than four numbers.
        #[test]
        fn nobody_can_work_a_withheld_cell_out(height in 1..3usize, cells in prop::collection::vec(0..9u64, 6)) {
            let rows: Vec<Vec<u64>> = cells.chunks(6 / height).map(<[u64]>::to_vec).collect();
            let table = two_way(RULE, &rows);
            for (lowest, highest) in ranges(&table, 11) {
                prop_assert!(highest - lowest >= RULE.spread(), "{lowest} to {highest} in {table:?}");
            }
            for (cell, count) in table.cells.iter().flatten().zip(rows.iter().flatten()) {
                prop_assert!(*cell == Value::Suppressed && *count > 0 || *cell == Value::Known(*count as f64) && !RULE.is_small(*count));
            }
        }

        #[test]
        fn nor_in_a_table_with_one_way_in(cells in prop::collection::vec(0..9u64, 1..6)) {
            let table = one_way(RULE, &cells);
            let sum: u64 = cells.iter().sum();
            let as_row = TwoWay {
                cells: vec![table.cells.clone()],
                row_totals: vec![table.total],
                column_totals: vec![Value::Suppressed; cells.len()],
                total: table.total,
            };
            // A column of a single cell says no more than the cell; zeros are shown, and their column is no secret.
            let columns = as_row.cells[0].clone();
            let as_row = TwoWay { column_totals: columns, ..as_row };
            for (lowest, highest) in ranges(&as_row, 11) {
                prop_assert!(highest - lowest >= RULE.spread(), "{lowest} to {highest} in {table:?}");
            }
            prop_assert!(table.total == Value::Suppressed || table.total == Value::Known(sum as f64));
        }
    }
}
