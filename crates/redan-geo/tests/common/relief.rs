//! Relief of tests: rasters of the validation tables, and hills that are made up here.

use std::f64::consts::TAU;

use redan_geo::{FLATTENING_RATIO, GridGeometry, HeightGrid, SEMI_MAJOR_M};

/// An ESRI ASCII raster: heights row by row from the north, and the size of a cell.
pub(crate) struct Raster {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) cell_m: f64,
    pub(crate) values: Vec<f32>,
}

pub(crate) fn raster(name: &str) -> Raster {
    let text = super::text(&format!("los/{name}"));
    let mut header = std::collections::BTreeMap::new();
    let mut values = Vec::new();
    for line in text.lines() {
        let first = line.split_whitespace().next().unwrap_or_default();
        if first.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let value = line.split_whitespace().nth(1).expect("value");
            header.insert(first.to_owned(), value.parse::<f64>().expect("number"));
        } else {
            values.extend(line.split_whitespace().map(|v| v.parse::<f32>().expect("height")));
        }
    }
    let (rows, columns) = (header["nrows"] as usize, header["ncols"] as usize);
    assert_eq!(values.len(), rows * columns);
    Raster { rows, columns, cell_m: header["cellsize"], values }
}

/// The raster laid on the equator, where degrees are as good as metres: rows from the south.
pub(crate) fn grid_at_equator(raster: &Raster) -> HeightGrid {
    let e2 = FLATTENING_RATIO * (2.0 - FLATTENING_RATIO);
    let geometry = GridGeometry {
        south_rad: -0.5 * raster.rows as f64 * raster.cell_m / SEMI_MAJOR_M,
        west_rad: 0.0,
        lat_step_rad: raster.cell_m / (SEMI_MAJOR_M * (1.0 - e2)),
        lon_step_rad: raster.cell_m / SEMI_MAJOR_M,
        rows: raster.rows,
        columns: raster.columns,
    };
    let heights = (0..raster.rows).rev().flat_map(|row| {
        raster.values[row * raster.columns..(row + 1) * raster.columns].iter().copied()
    });
    HeightGrid::new(geometry, heights.collect()).expect("a good grid")
}

/// A simple generator of numbers: the same ones each time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// Next number, 0 to 1.
    pub(crate) fn draw(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Hills made of waves, rough at all scales.
pub(crate) fn hills(rows: usize, columns: usize, step_deg: f64) -> HeightGrid {
    let mut dice = Dice(3);
    let waves: Vec<[f64; 4]> = (0..20)
        .map(|n| {
            let length = 200.0 / (1.0 + 1.5 * f64::from(n));
            [TAU * dice.draw(), TAU * dice.draw(), TAU / length, 2.5 * length]
        })
        .collect();
    let height_m = |row: usize, column: usize| {
        let sum: f64 = waves
            .iter()
            .map(|w| {
                let along = column as f64 * libm::cos(w[0]) + row as f64 * libm::sin(w[0]);
                w[3] * libm::sin(w[2] * along + w[1])
            })
            .sum();
        (600.0 + 0.4 * sum).max(0.0) as f32
    };
    let geometry = GridGeometry {
        south_rad: 38.0_f64.to_radians(),
        west_rad: 30.0_f64.to_radians(),
        lat_step_rad: step_deg.to_radians(),
        lon_step_rad: step_deg.to_radians(),
        rows,
        columns,
    };
    let heights = (0..rows * columns).map(|n| height_m(n / columns, n % columns)).collect();
    HeightGrid::new(geometry, heights).expect("a grid")
}
