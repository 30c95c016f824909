//! Reader of the reference tables: comment lines, one line of columns, comma-separated values.

use anyhow::{Context, Result};

/// A table that is built into the program.
pub(super) struct Table {
    name: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<&'static str>>,
}

/// One row of it.
pub(super) struct Row<'t> {
    table: &'t Table,
    cells: &'t [&'static str],
}

impl Table {
    /// Reads a table; `name` is for messages.
    ///
    /// # Errors
    /// When it has no rows, or a row has not one cell for each column.
    pub(super) fn parse(name: &'static str, text: &'static str) -> Result<Table> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let split = |line: &'static str| line.split(',').map(str::trim).collect::<Vec<_>>();
        let columns = split(lines.next().with_context(|| format!("{name} has no columns"))?);
        let rows: Vec<Vec<&str>> = lines.map(split).collect();
        anyhow::ensure!(!rows.is_empty(), "{name} has no rows");
        let whole = rows.iter().all(|row| row.len() == columns.len());
        anyhow::ensure!(whole, "a row of {name} has not {} cells", columns.len());
        Ok(Table { name, columns, rows })
    }

    /// Its rows in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { table: self, cells })
    }
}

impl Row<'_> {
    /// The words of a cell.
    pub(super) fn text(&self, column: &str) -> Result<&'static str> {
        let index = self.table.columns.iter().position(|name| *name == column);
        let index = index.with_context(|| format!("{} has no column {column}", self.table.name))?;
        Ok(self.cells[index])
    }

    /// The number in a cell, in the unit that ends the name of the column.
    pub(super) fn number(&self, column: &str) -> Result<f64> {
        let text = self.text(column)?;
        text.parse().with_context(|| format!("{}: `{text}` is no number", self.table.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_passed_over_and_cells_found_by_column() {
        let table = Table::parse("t", "# title: x\na_m,b\n1.5,two\n").expect("a table");
        let row = table.rows().next().expect("a row");
        assert!(row.number("a_m").is_ok_and(|a_m| (a_m - 1.5).abs() < 1e-12));
        assert_eq!(row.text("b").expect("words"), "two");
        assert!(row.number("b").is_err() && row.text("c").is_err());
    }

    #[test]
    fn a_table_that_is_cut_off_is_refused() {
        assert!(Table::parse("t", "# nothing\n").is_err());
        assert!(Table::parse("t", "a,b\n").is_err());
        assert!(Table::parse("t", "a,b\n1\n").is_err());
    }
}
