//! Pictures of a study as SVG: drawn here, without a script, equal for equal numbers.

use std::fmt::Write as _;

use redan_study::stats::Interval;

use crate::report::escape::esc;
use crate::study::number::short;

const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 52.0;
const BOTTOM: f64 = 30.0;
/// Width of the names beside a picture with one line for each.
const NAMES: f64 = 250.0;

/// Colours of every picture, so that it can stand alone as a file too.
const STYLE: &str = "text{fill:#1c2430;font:12px system-ui,sans-serif}.soft{fill:#5a6676}\
.axis{stroke:#9aa5b1;fill:none}.bar{fill:#bcd2ea;stroke:#2b5d93;stroke-width:.5}.band{fill:#bcd2ea}\
.line{stroke:#2b5d93;fill:none;stroke-width:2}.dot,.pos{fill:#2b5d93}.neg{fill:#b4572c}\
@media(prefers-color-scheme:dark){text{fill:#e7ecf3}.soft{fill:#a9b4c2}.bar,.band{fill:#2c4a6b}\
.bar,.line{stroke:#82b4ea}.dot,.pos{fill:#82b4ea}.neg{fill:#e59a6c}}";

/// A row of a picture with one line for each thing: its name, the middle, the interval, a wider one.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) middle: f64,
    pub(crate) narrow: Interval,
    pub(crate) wide: Option<Interval>,
}

/// A point of a response curve.
pub(crate) struct Point {
    pub(crate) at: f64,
    pub(crate) middle: f64,
    pub(crate) narrow: Interval,
    pub(crate) wide: Option<Interval>,
}

/// How values lie: one bar for each of at most thirty steps, all values counted.
pub(crate) fn histogram(values: &[f64], what: &str) -> String {
    let (low, high) = ends(values.iter().copied());
    let bars =
        if high - low <= 0.0 { 1 } else { 30.min((values.len() as f64).sqrt() as usize + 5) };
    // Counts have a bar each where they fit.
    let whole = values.iter().all(|value| value.fract() == 0.0) && high - low < 40.0;
    let (low, step, bars) = match whole {
        true => (low - 0.5, 1.0, (high - low) as usize + 1),
        false => (low, ((high - low) / bars as f64).max(f64::MIN_POSITIVE), bars),
    };
    let mut counts = vec![0_u32; bars];
    for value in values {
        counts[(((value - low) / step) as usize).min(bars - 1)] += 1;
    }
    let most = f64::from(counts.iter().copied().max().unwrap_or(1).max(1));
    let axis = Axis { low, high: low + step * bars as f64, from: LEFT, until: WIDTH - 10.0 };
    let mut out = open(HEIGHT, &format!("Distribution of {what}"));
    for (index, count) in counts.iter().enumerate() {
        let (x, next) =
            (axis.at(low + step * index as f64), axis.at(low + step * (index + 1) as f64));
        let height = f64::from(*count) / most * (HEIGHT - BOTTOM - 12.0);
        let _ = write!(
            out,
            "<rect class=\"bar\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\"/>",
            HEIGHT - BOTTOM - height,
            (next - x - 1.0).max(0.5),
        );
    }
    axis.draw(&mut out, HEIGHT - BOTTOM);
    let share = most / values.len().max(1) as f64;
    let _ = write!(
        out,
        "<text class=\"soft\" x=\"4\" y=\"14\">{} %</text>",
        short((share * 1e3).round() / 10.0)
    );
    out + "</svg>\n"
}

/// How the mean settled: running mean over draws with its interval.
pub(crate) fn convergence(running: &[(f64, f64, Interval)], what: &str) -> String {
    let values = running.iter().flat_map(|(_, mean, band)| [*mean, band.low, band.high]);
    let (low, high) = padded(ends(values));
    let last = running.last().map_or(1.0, |(count, ..)| *count);
    let first = running.first().map_or(0.0, |(count, ..)| *count);
    let x = Axis { low: first, high: last.max(first + 1.0), from: LEFT, until: WIDTH - 10.0 };
    let y = Axis { low, high, from: HEIGHT - BOTTOM, until: 10.0 };
    let mut out = open(HEIGHT, &format!("Mean of {what} as draws come in"));
    let upper = running.iter().map(|(count, _, band)| (x.at(*count), y.at(band.high)));
    let lower = running.iter().rev().map(|(count, _, band)| (x.at(*count), y.at(band.low)));
    let _ = write!(out, "<polygon class=\"band\" points=\"{}\"/>", points(upper.chain(lower)));
    let line = running.iter().map(|(count, mean, _)| (x.at(*count), y.at(*mean)));
    let _ = write!(out, "<polyline class=\"line\" points=\"{}\"/>", points(line));
    x.draw(&mut out, HEIGHT - BOTTOM);
    y.draw_upright(&mut out);
    out + "</svg>\n"
}

/// One line for each thing: a wide band, an interval, a dot. A line stands at `mark`.
pub(crate) fn rows(rows: &[Row], mark: Option<f64>, what: &str) -> String {
    let ends_of = |row: &Row| {
        let wide = row.wide.unwrap_or(row.narrow);
        [row.narrow.low, row.narrow.high, wide.low, wide.high]
    };
    let (low, high) = padded(ends(rows.iter().flat_map(ends_of).chain(mark)));
    let x = Axis { low, high, from: NAMES, until: WIDTH + 180.0 };
    let height = 24.0 * rows.len() as f64 + BOTTOM + 8.0;
    let mut out = open_wide(WIDTH + 200.0, height, what);
    if let Some(mark) = mark {
        let at = x.at(mark);
        let _ = write!(out, "<path class=\"axis\" d=\"M{at:.1} 0V{:.1}\"/>", height - BOTTOM);
    }
    for (index, row) in rows.iter().enumerate() {
        let y = 24.0 * index as f64 + 16.0;
        if let Some(wide) = row.wide {
            let (from, until) = (x.at(wide.low), x.at(wide.high));
            let _ = write!(
                out,
                "<rect class=\"band\" x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"12\"/>",
                y - 6.0,
                (until - from).max(0.5)
            );
        }
        let (from, until) = (x.at(row.narrow.low), x.at(row.narrow.high));
        let _ = write!(
            out,
            "<path class=\"line\" d=\"M{from:.1} {y:.1}H{until:.1}\"/>\
             <circle class=\"dot\" cx=\"{:.1}\" cy=\"{y:.1}\" r=\"4\"/>\
             <text x=\"0\" y=\"{:.1}\">{}</text>",
            x.at(row.middle),
            y + 4.0,
            esc(&cut(&row.name, 38))
        );
    }
    x.draw(&mut out, height - BOTTOM);
    out + "</svg>\n"
}

/// A response curve: the mean over a field's values, with Monte Carlo bars and the band of the ledger.
pub(crate) fn curve(curve: &[Point], along: &str, what: &str) -> String {
    let of = |point: &Point| {
        let wide = point.wide.unwrap_or(point.narrow);
        [point.narrow.low, point.narrow.high, wide.low, wide.high]
    };
    let (low, high) = padded(ends(curve.iter().flat_map(of)));
    let (first, last) = ends(curve.iter().map(|point| point.at));
    let x = Axis { low: first, high: last.max(first + 1e-9), from: LEFT, until: WIDTH - 14.0 };
    let y = Axis { low, high, from: HEIGHT - BOTTOM - 8.0, until: 10.0 };
    let mut out = open(HEIGHT, &format!("{what} over {along}"));
    let wide = |point: &Point| point.wide.unwrap_or(point.narrow);
    let upper = curve.iter().map(|point| (x.at(point.at), y.at(wide(point).high)));
    let lower = curve.iter().rev().map(|point| (x.at(point.at), y.at(wide(point).low)));
    let _ = write!(out, "<polygon class=\"band\" points=\"{}\"/>", points(upper.chain(lower)));
    let line = curve.iter().map(|point| (x.at(point.at), y.at(point.middle)));
    let _ = write!(out, "<polyline class=\"line\" points=\"{}\"/>", points(line));
    for point in curve {
        let _ = write!(
            out,
            "<path class=\"line\" d=\"M{0:.1} {1:.1}V{2:.1}\"/><circle class=\"dot\" cx=\"{0:.1}\" cy=\"{3:.1}\" r=\"4\"/>",
            x.at(point.at),
            y.at(point.narrow.low),
            y.at(point.narrow.high),
            y.at(point.middle)
        );
    }
    x.draw(&mut out, HEIGHT - BOTTOM);
    y.draw_upright(&mut out);
    out + "</svg>\n"
}

/// A tornado: bars from nothing to either side, the longest on top; each with its interval.
pub(crate) fn tornado(bars: &[Row], what: &str) -> String {
    let sides = bars.iter().flat_map(|bar| [bar.narrow.low, bar.narrow.high, bar.middle, 0.0]);
    let (low, high) = padded(ends(sides));
    let x = Axis { low, high, from: NAMES + 60.0, until: WIDTH + 180.0 };
    let height = 22.0 * bars.len() as f64 + BOTTOM + 8.0;
    let mut out = open_wide(WIDTH + 200.0, height, what);
    for (index, bar) in bars.iter().enumerate() {
        let y = 22.0 * index as f64 + 14.0;
        let (from, until) = (x.at(bar.middle.min(0.0)), x.at(bar.middle.max(0.0)));
        let class = if bar.middle < 0.0 { "neg" } else { "pos" };
        let _ = write!(
            out,
            "<rect class=\"{class}\" x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"13\"/>\
             <path class=\"axis\" d=\"M{:.1} {y:.1}H{:.1}\"/><text x=\"0\" y=\"{:.1}\">{}</text>",
            y - 6.5,
            (until - from).max(0.5),
            x.at(bar.narrow.low),
            x.at(bar.narrow.high),
            y + 4.0,
            esc(&cut(&bar.name, 46))
        );
    }
    x.draw(&mut out, height - BOTTOM);
    out + "</svg>\n"
}

/// Numbers laid along a line of the drawing.
struct Axis {
    low: f64,
    high: f64,
    from: f64,
    until: f64,
}

impl Axis {
    fn at(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        let share = if span > 0.0 { (value - self.low) / span } else { 0.5 };
        self.from + share * (self.until - self.from)
    }

    /// Round numbers within the axis, four to eight of them.
    fn ticks(&self) -> Vec<f64> {
        let span = (self.high - self.low).max(f64::MIN_POSITIVE);
        let mut step = 1.0;
        while step * 8.0 < span {
            step *= 10.0;
        }
        while step * 0.8 > span {
            step /= 10.0;
        }
        let step = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0]
            .into_iter()
            .map(|part| part * step)
            .find(|step| span / step <= 8.0)
            .unwrap_or(step * 10.0);
        let first = (self.low / step).ceil();
        (0..=8)
            .map(|index| (first + f64::from(index)) * step)
            .filter(|tick| *tick <= self.high + 1e-9 * span)
            .collect()
    }

    fn draw(&self, out: &mut String, y: f64) {
        let _ =
            write!(out, "<path class=\"axis\" d=\"M{:.1} {y:.1}H{:.1}\"/>", self.from, self.until);
        for tick in self.ticks() {
            let _ = write!(
                out,
                "<text class=\"soft\" text-anchor=\"middle\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                self.at(tick),
                y + 16.0,
                short(tick)
            );
        }
    }

    fn draw_upright(&self, out: &mut String) {
        for tick in self.ticks() {
            let _ = write!(
                out,
                "<text class=\"soft\" text-anchor=\"end\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                LEFT - 6.0,
                self.at(tick) + 4.0,
                short(tick)
            );
        }
    }
}

fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let finite = values.filter(|value| value.is_finite());
    let (low, high) =
        finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    if low <= high { (low, high) } else { (0.0, 1.0) }
}

fn padded((low, high): (f64, f64)) -> (f64, f64) {
    let pad = if high > low { 0.05 * (high - low) } else { 0.5 * low.abs().max(1.0) };
    (low - pad, high + pad)
}

fn points(points: impl Iterator<Item = (f64, f64)>) -> String {
    points.map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
}

fn open(height: f64, label: &str) -> String {
    open_wide(WIDTH, height, label)
}

fn open_wide(width: f64, height: f64, label: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\"><style>{STYLE}</style>",
        esc(label)
    )
}

/// The end of a long name is what tells it apart.
fn cut(name: &str, letters: usize) -> String {
    let count = name.chars().count();
    if count <= letters {
        return name.to_string();
    }
    let kept: String = name.chars().skip(count - letters + 1).collect();
    format!("…{kept}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_a_few_round_numbers() {
        for (low, high) in [(0.0, 1.0), (-3.0, 1234.0), (0.0, 1e-4), (5.0, 5.2), (1e6, 3e6)] {
            let axis = Axis { low, high, from: 0.0, until: 1.0 };
            let ticks = axis.ticks();
            assert!((2..=9).contains(&ticks.len()), "{low} {high}: {ticks:?}");
            assert!(
                ticks.iter().all(|tick| (low..=high + 1e-9 * high).contains(tick)),
                "{ticks:?}"
            );
        }
    }

    #[test]
    fn a_histogram_counts_every_value_once() {
        let values = [0.0, 1.0, 1.0, 3.0];
        let drawn = histogram(&values, "leaks");
        assert_eq!(drawn.matches("class=\"bar\"").count(), 4, "{drawn}");
        assert!(histogram(&[], "nothing").starts_with("<svg"));
        assert!(histogram(&[0.5; 7], "one value").contains("100 %"));
    }

    #[test]
    fn names_of_users_are_escaped() {
        let narrow = Interval { low: 0.0, high: 1.0 };
        let row = Row { name: "<script>".into(), middle: 0.5, narrow, wide: None };
        assert!(!rows(&[row], Some(0.0), "x").contains("<script>"));
    }
}
