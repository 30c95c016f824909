//! What the script needs: names and figures as JSON, cells as packed bytes.
//!
//! Limits are whole layers, each as the difference (exclusive or) from the stage before at the same height,
//! which is mostly nothing. Heights are every second cell in steps of ten metres, each as the difference
//! from its western neighbour, low bytes before high bytes. All of it is deflated and written in base64.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use redan_record::coverage::{Coverage, Layer, Limit};
use serde_json::json;

use crate::coverage::picture::pixels::height_colour;
use crate::coverage::picture::sheet::hex;
use crate::coverage::words::{colour, height};

/// Step of heights, metres, and every which cell has one.
const HEIGHT_STEP_M: f32 = 10.0;
const STRIDE: usize = 2;

/// A page above this many letters of data gets every second cell in each direction only.
const LARGEST: usize = 2_500_000;

/// Blocks of data, which no browser runs.
pub(super) fn scripts(coverage: &Coverage) -> anyhow::Result<String> {
    let heights =
        heights(coverage, &coverage.ground_m)? + &heights(coverage, &coverage.lowest_visible_m)?;
    let mut stride = 1;
    let mut limits = limits(coverage, stride)?;
    while heights.len() + limits.len() > LARGEST && stride < 8 {
        stride *= 2;
        limits = self::limits(coverage, stride)?;
    }
    Ok(format!("{}{heights}{limits}", meta(coverage, stride)))
}

fn meta(coverage: &Coverage, stride: usize) -> String {
    let grid = &coverage.grid;
    let mut flights: Vec<_> = coverage.layers.iter().map(|layer| layer.flight).collect();
    flights.sort_by(|a, b| a.height_m.total_cmp(&b.height_m));
    flights.dedup();
    let number = flights.len();
    let layers: Vec<_> = coverage
        .layers
        .iter()
        .map(|layer| {
            let flight = flights.iter().position(|flight| *flight == layer.flight);
            json!({ "flight": flight, "stage": layer.stage })
        })
        .collect();
    let flights: Vec<_> = flights
        .iter()
        .enumerate()
        .map(|(index, flight)| json!({ "name": height(*flight), "colour": hex(height_colour(index, number)) }))
        .collect();
    let limits: Vec<_> = Limit::ALL
        .into_iter()
        .map(|limit| json!([limit as u8, limit.label(), hex(colour(limit))]))
        .collect();
    let sites: Vec<_> = coverage
        .sites
        .iter()
        .map(|site| json!([site.name, site.place.lat_deg(), site.place.lon_deg()]))
        .collect();
    let meta = json!({
        "south": grid.south_deg, "west": grid.west_deg,
        "latStep": grid.lat_step_deg, "lonStep": grid.lon_step_deg,
        "rows": grid.rows, "columns": grid.columns,
        "stride": stride, "heightStride": STRIDE, "heightStep": HEIGHT_STEP_M,
        "flights": flights, "layers": layers, "limits": limits, "sites": sites,
    });
    // No text may end the block.
    let text = meta.to_string().replace('<', "\\u003c");
    format!("<script type=\"application/json\" id=\"meta\">{text}</script>\n")
}

fn heights(coverage: &Coverage, heights_m: &[f32]) -> anyhow::Result<String> {
    let grid = &coverage.grid;
    let (mut low, mut high) = (Vec::new(), Vec::new());
    for row in (0..grid.rows).step_by(STRIDE) {
        let mut last = 0_u16;
        for column in (0..grid.columns).step_by(STRIDE) {
            let height_m = heights_m[row * grid.columns + column];
            // 65535: none; 1000 is sea level.
            let value = match height_m.is_nan() {
                true => u16::MAX,
                false => (height_m / HEIGHT_STEP_M + 1_000.0).round().clamp(0.0, 65_000.0) as u16,
            };
            let [small, large] = value.wrapping_sub(last).to_le_bytes();
            low.push(small);
            high.push(large);
            last = value;
        }
    }
    low.append(&mut high);
    block("heights", &low)
}

fn limits(coverage: &Coverage, stride: usize) -> anyhow::Result<String> {
    let mut text = String::new();
    let mut before: Option<&Layer> = None;
    for layer in &coverage.layers {
        let same = before.filter(|before| before.flight == layer.flight);
        let mut cells = Vec::with_capacity(coverage.grid.len() / stride / stride + 1);
        let columns = coverage.grid.columns;
        for row in (0..coverage.grid.rows).step_by(stride) {
            let span = row * columns..(row + 1) * columns;
            let own = layer.nominal[span.clone()].iter();
            match same {
                Some(before) => {
                    let pairs = own.zip(&before.nominal[span]);
                    cells.extend(pairs.step_by(stride).map(|(a, b)| a ^ b));
                }
                None => cells.extend(own.step_by(stride)),
            }
        }
        text += &block("limits", &cells)?;
        before = Some(layer);
    }
    Ok(text)
}

fn block(class: &str, bytes: &[u8]) -> anyhow::Result<String> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(4));
    encoder.write_all(bytes)?;
    let text = STANDARD.encode(encoder.finish()?);
    Ok(format!("<script type=\"text/plain\" class=\"{class}\">{text}</script>\n"))
}
