//! Linear assignment: which column goes to which row, at the least sum of costs.
//!
//! Shortest augmenting paths (Jonker and Volgenant 1987, "A shortest augmenting path algorithm for
//! dense and sparse linear assignment problems", Computing 38) for rectangular problems: rows are
//! added one by one, each along the cheapest alternating path (Dijkstra on reduced costs). Costs may be
//! negative; an infinite one forbids a pair. Time grows with rows² × columns.
//! Validated against `validation/tables/tracking/assignment.json`.

/// A dense matrix of costs, row by row. Rows and columns beyond its size are a caller's bug and panic.
#[derive(Clone, Debug, PartialEq)]
pub struct Costs {
    columns: usize,
    entries: Vec<f64>,
}

impl Costs {
    /// Matrix of `rows` × `columns`, every pair forbidden.
    pub fn forbidden(rows: usize, columns: usize) -> Self {
        Costs { columns, entries: vec![f64::INFINITY; rows * columns] }
    }

    /// Sets the cost of a pair; a cost that is not a number forbids it.
    pub fn set(&mut self, row: usize, column: usize, cost: f64) {
        let cost = if cost.is_nan() { f64::INFINITY } else { cost };
        self.entries[row * self.columns + column] = cost;
    }

    fn at(&self, row: usize, column: usize) -> f64 {
        self.entries[row * self.columns + column]
    }

    fn rows(&self) -> usize {
        self.entries.len().checked_div(self.columns).unwrap_or(0)
    }

    fn transposed(&self) -> Self {
        let (rows, columns) = (self.rows(), self.columns);
        let mut turned = Costs::forbidden(columns, rows);
        for row in 0..rows {
            for column in 0..columns {
                turned.set(column, row, self.at(row, column));
            }
        }
        turned
    }
}

/// Pairs (row, column) in order of rows that give every row a column (or, with more rows than columns,
/// every column a row) at the least total cost. `None` if the forbidden pairs leave no such way.
/// Among equally cheap answers the choice is fixed, by the order of rows and columns.
pub fn assign(costs: &Costs) -> Option<Vec<(usize, usize)>> {
    if costs.rows() <= costs.columns {
        let columns = Paths::new(costs).run()?;
        return Some(columns.into_iter().enumerate().collect());
    }
    let turned = costs.transposed();
    let rows = Paths::new(&turned).run()?;
    let mut pairs: Vec<_> =
        rows.into_iter().enumerate().map(|(column, row)| (row, column)).collect();
    pairs.sort_unstable();
    Some(pairs)
}

/// State of the algorithm: potentials of rows and columns, and the matching so far.
struct Paths<'a> {
    costs: &'a Costs,
    row_potential: Vec<f64>,
    column_potential: Vec<f64>,
    row_of: Vec<Option<usize>>,
    column_of: Vec<usize>,
}

/// One search for the cheapest way to give one more row a column.
struct Search {
    /// Cheapest way found to each column.
    distance: Vec<f64>,
    /// Row from which that way enters the column.
    entered_from: Vec<usize>,
    /// Columns whose distance is final, in the order in which they became so.
    settled: Vec<usize>,
    is_settled: Vec<bool>,
}

impl<'a> Paths<'a> {
    fn new(costs: &'a Costs) -> Self {
        Paths {
            costs,
            row_potential: vec![0.0; costs.rows()],
            column_potential: vec![0.0; costs.columns],
            row_of: vec![None; costs.columns],
            column_of: vec![usize::MAX; costs.rows()],
        }
    }

    /// Column of every row.
    fn run(mut self) -> Option<Vec<usize>> {
        for row in 0..self.costs.rows() {
            let (search, free, length) = self.search(row)?;
            self.reprice(row, &search, length);
            self.augment(row, free, &search);
        }
        Some(self.column_of)
    }

    /// Dijkstra from `start` until a free column is settled: the search, that column, its distance.
    fn search(&self, start: usize) -> Option<(Search, usize, f64)> {
        let columns = self.costs.columns;
        let mut search = Search {
            distance: vec![f64::INFINITY; columns],
            entered_from: vec![start; columns],
            settled: Vec::new(),
            is_settled: vec![false; columns],
        };
        let (mut row, mut length) = (start, 0.0);
        loop {
            let column = self.relax(&mut search, row, length)?;
            length = search.distance[column];
            match self.row_of[column] {
                None => return Some((search, column, length)),
                Some(next) => row = next,
            }
            search.settled.push(column);
            search.is_settled[column] = true;
        }
    }

    /// Shortens the ways through `row` and returns the nearest column that is not settled yet.
    fn relax(&self, search: &mut Search, row: usize, length: f64) -> Option<usize> {
        let mut nearest: Option<usize> = None;
        for column in 0..self.costs.columns {
            if search.is_settled[column] {
                continue;
            }
            let reduced = self.costs.at(row, column)
                - self.row_potential[row]
                - self.column_potential[column];
            if length + reduced < search.distance[column] {
                search.distance[column] = length + reduced;
                search.entered_from[column] = row;
            }
            if nearest.is_none_or(|best| search.distance[column] < search.distance[best]) {
                nearest = Some(column);
            }
        }
        nearest.filter(|column| search.distance[*column] < f64::INFINITY)
    }

    /// Moves the potentials so that reduced costs stay at or above 0, and 0 along the way found.
    fn reprice(&mut self, start: usize, search: &Search, length: f64) {
        self.row_potential[start] += length;
        for &column in &search.settled {
            let slack = length - search.distance[column];
            self.column_potential[column] -= slack;
            if let Some(row) = self.row_of[column] {
                self.row_potential[row] += slack;
            }
        }
    }

    /// Flips the pairs along the way from `start` to the free column.
    fn augment(&mut self, start: usize, free: usize, search: &Search) {
        let mut column = free;
        loop {
            let row = search.entered_from[column];
            self.row_of[column] = Some(row);
            std::mem::swap(&mut self.column_of[row], &mut column);
            if row == start {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn costs_of(rows: &[Vec<f64>]) -> Costs {
        let mut costs = Costs::forbidden(rows.len(), rows[0].len());
        for (row, entries) in rows.iter().enumerate() {
            for (column, cost) in entries.iter().enumerate() {
                costs.set(row, column, *cost);
            }
        }
        costs
    }

    fn total(costs: &Costs, pairs: &[(usize, usize)]) -> f64 {
        pairs.iter().map(|(row, column)| costs.at(*row, *column)).sum()
    }

    /// Least cost by trying every column for every row.
    fn exhaustive(costs: &Costs, row: usize, used: &mut Vec<bool>) -> f64 {
        if row == costs.rows() {
            return 0.0;
        }
        let mut least = f64::INFINITY;
        for column in 0..costs.columns {
            if !std::mem::replace(&mut used[column], true) {
                least = least.min(costs.at(row, column) + exhaustive(costs, row + 1, used));
                used[column] = false;
            }
        }
        least
    }

    proptest! {
        #[test]
        fn the_answer_is_as_cheap_as_the_best_of_all(
            (rows, columns) in (1_usize..6, 0_usize..3).prop_map(|(rows, more)| (rows, rows + more)),
            numbers in prop::collection::vec(-20_i32..20, 64),
        ) {
            let table: Vec<Vec<f64>> = (0..rows)
                .map(|row| (0..columns).map(|c| f64::from(numbers[row * columns + c])).collect())
                .collect();
            let costs = costs_of(&table);
            let pairs = assign(&costs).unwrap();
            let best = exhaustive(&costs, 0, &mut vec![false; columns]);
            prop_assert!((total(&costs, &pairs) - best).abs() < 1e-9);
            let turned = assign(&costs.transposed()).unwrap();
            prop_assert_eq!(turned.len(), rows);
        }
    }

    #[test]
    fn a_row_without_a_way_leaves_no_answer() {
        let stuck = costs_of(&[vec![1.0, f64::INFINITY], vec![2.0, f64::NAN]]);
        assert_eq!(assign(&stuck), None);
        assert_eq!(assign(&Costs::forbidden(0, 3)), Some(vec![]));
        assert_eq!(assign(&Costs::forbidden(0, 0)), Some(vec![]));
    }

    #[test]
    fn equal_costs_are_settled_by_order() {
        let pairs = assign(&costs_of(&[vec![1.0; 3], vec![1.0; 3]])).unwrap();
        assert_eq!(pairs, vec![(0, 0), (1, 1)]);
    }
}
