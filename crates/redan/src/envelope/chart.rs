//! The envelope as a picture: SVG, with everything that a reader needs on it.

use std::fmt::Write as _;

use redan_sim::card::{Card, Figures, Library};

use super::{Level, Readings};

const WIDTH: f64 = 1200.0;
const HEIGHT: f64 = 760.0;
/// Left, top, right and bottom edge of the plot.
const FRAME: [f64; 4] = [90.0, 110.0, 1160.0, 560.0];

/// Line colours by target speed: dark to light of one hue, which also works in grey.
const COLOURS: [&str; 5] = ["#3b1f6b", "#6a3fa0", "#9a5fb5", "#c98bc0", "#e0b8cf"];

/// Axes: what a kilometre is in the picture.
struct Axes {
    x_km: f64,
    y_km: f64,
}

impl Axes {
    fn x(&self, range_m: f64) -> f64 {
        FRAME[0] + (FRAME[2] - FRAME[0]) * range_m / 1e3 / self.x_km
    }

    fn y(&self, altitude_m: f64) -> f64 {
        FRAME[3] - (FRAME[3] - FRAME[1]) * altitude_m / 1e3 / self.y_km
    }
}

/// The picture of a card's envelope against targets of some speeds.
pub(crate) fn svg(
    card: &Card,
    readings: &Readings,
    speeds_m_s: &[f64],
    library: &Library,
) -> String {
    let axes = axes(readings, speeds_m_s);
    let mut out = head(card, readings);
    grid(&mut out, &axes);
    if let Some(high) = &readings.high {
        outline(&mut out, &axes, &high.levels(0.0), "none", "stroke-dasharray=\"10 5\"");
    }
    outline(&mut out, &axes, &readings.nominal.levels(0.0), "#d9e4f1", "");
    if let Some(low) = &readings.low {
        outline(&mut out, &axes, &low.levels(0.0), "none", "stroke-dasharray=\"3 4\"");
    }
    for (index, speed_m_s) in speeds_m_s.iter().enumerate() {
        let colour = COLOURS[index.min(COLOURS.len() - 1)];
        launch_curve(&mut out, &axes, &readings.nominal.levels(*speed_m_s), colour);
    }
    legend(&mut out, readings, speeds_m_s);
    foot(&mut out, card, library);
    out + "</svg>\n"
}

fn axes(readings: &Readings, speeds_m_s: &[f64]) -> Axes {
    let all = [Some(&readings.nominal), readings.low.as_ref(), readings.high.as_ref()];
    let (mut range_m, mut altitude_m) = (1.0_f64, 1.0_f64);
    for envelope in all.into_iter().flatten() {
        for level in envelope.levels(0.0) {
            range_m = range_m.max(level.farthest_m);
            altitude_m = altitude_m.max(level.altitude_m);
        }
    }
    for speed_m_s in speeds_m_s {
        let levels = readings.nominal.levels(*speed_m_s);
        range_m = levels.iter().map(|level| level.launch_m).fold(range_m, f64::max);
    }
    Axes { x_km: nice_above(range_m / 1e3), y_km: nice_above(altitude_m / 1e3) }
}

/// The next round number above.
fn nice_above(value: f64) -> f64 {
    let step = tick(value);
    (value * 1.02 / step).ceil() * step
}

/// Distance between ticks: 1, 2 or 5 with zeros, some eight of them.
fn tick(span: f64) -> f64 {
    let mut step = 1e-3;
    for factor in [2.0, 2.5, 2.0].into_iter().cycle() {
        if span / step <= 9.0 {
            return step;
        }
        step *= factor;
    }
    step
}

fn head(card: &Card, readings: &Readings) -> String {
    let limits = readings.nominal.fly_out.envelope();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\" font-size=\"15\" \
         fill=\"#1d2733\"><title>Engagement envelope of the {0}</title>\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\
         <text x=\"{x}\" y=\"42\" font-size=\"26\" font-weight=\"bold\">Where the {0} can meet a \
         target</text>",
        escape(&card.name),
        x = FRAME[0],
    );
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"72\" fill=\"#46525f\">Claimed limits: {:.0} to {:.0} km, {:.0} m to {:.0} km \
         high, targets up to {:.0} m/s. Missile alone: what its radar sees is another question.</text>",
        FRAME[0],
        limits.min_range_m / 1e3,
        limits.max_range_m / 1e3,
        limits.min_altitude_m,
        limits.max_altitude_m / 1e3,
        readings.nominal.max_target_speed_m_s,
    );
    out
}

fn grid(out: &mut String, axes: &Axes) {
    let (step_x, step_y) = (tick(axes.x_km), tick(axes.y_km));
    for index in 0..=(axes.x_km / step_x).round() as usize {
        let (km, x) = (index as f64 * step_x, axes.x(index as f64 * step_x * 1e3));
        let _ = write!(
            out,
            "<path d=\"M{x:.1} {}V{}\" stroke=\"#dde3e9\"/><text x=\"{x:.1}\" y=\"{}\" \
             text-anchor=\"middle\">{km}</text>",
            FRAME[1],
            FRAME[3],
            FRAME[3] + 22.0
        );
    }
    for index in 0..=(axes.y_km / step_y).round() as usize {
        let (km, y) = (index as f64 * step_y, axes.y(index as f64 * step_y * 1e3));
        let _ = write!(
            out,
            "<path d=\"M{} {y:.1}H{}\" stroke=\"#dde3e9\"/><text x=\"{}\" y=\"{:.1}\" \
             text-anchor=\"end\">{km}</text>",
            FRAME[0],
            FRAME[2],
            FRAME[0] - 8.0,
            y + 5.0
        );
    }
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">ground range, km</text>\
         <text transform=\"translate(30 {}) rotate(-90)\" text-anchor=\"middle\">height of the target, \
         km</text>",
        0.5 * (FRAME[0] + FRAME[2]),
        FRAME[3] + 46.0,
        0.5 * (FRAME[1] + FRAME[3])
    );
}

/// Nearest and farthest meetings of all heights as one closed line.
fn outline(out: &mut String, axes: &Axes, levels: &[Level], fill: &str, dash: &str) {
    let far = levels.iter().map(|level| (level.farthest_m, level.altitude_m));
    let near = levels.iter().rev().map(|level| (level.nearest_m, level.altitude_m));
    let _ = write!(
        out,
        "<path d=\"{}Z\" fill=\"{fill}\" stroke=\"#1f4e79\" stroke-width=\"2\" {dash}/>",
        line(axes, far.chain(near))
    );
}

fn launch_curve(out: &mut String, axes: &Axes, levels: &[Level], colour: &str) {
    if levels.is_empty() {
        return;
    }
    let places = levels.iter().map(|level| (level.launch_m, level.altitude_m));
    let _ = write!(
        out,
        "<path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\"/>",
        line(axes, places)
    );
}

fn line(axes: &Axes, places: impl Iterator<Item = (f64, f64)>) -> String {
    let mut text = String::new();
    for (index, (range_m, altitude_m)) in places.enumerate() {
        let letter = if index == 0 { 'M' } else { 'L' };
        let _ = write!(text, "{letter}{:.1} {:.1}", axes.x(range_m), axes.y(altitude_m));
    }
    text
}

fn legend(out: &mut String, readings: &Readings, speeds_m_s: &[f64]) {
    let mut y = FRAME[3] + 84.0;
    let mut entry = |x: f64, y: f64, sample: &str, words: &str| {
        let _ = write!(
            out,
            "<g transform=\"translate({x} {y})\">{sample}<text x=\"46\" y=\"5\">{words}</text></g>"
        );
    };
    let stroke = |style: &str| format!("<path d=\"M0 0H36\" stroke-width=\"2.5\" {style}/>");
    let filled = "<rect y=\"-8\" width=\"36\" height=\"16\" fill=\"#d9e4f1\" stroke=\"#1f4e79\"/>"
        .to_string();
    entry(FRAME[0], y, &filled, "meeting possible, figures as the card chooses");
    if readings.low.is_some() || readings.high.is_some() {
        let long = stroke("stroke=\"#1f4e79\" stroke-dasharray=\"10 5\"");
        let short = stroke("stroke=\"#1f4e79\" stroke-dasharray=\"3 4\"");
        entry(FRAME[0], y + 28.0, &long, "widest of the rival claims");
        entry(FRAME[0], y + 56.0, &short, "narrowest");
    }
    for (index, speed_m_s) in speeds_m_s.iter().enumerate() {
        let colour = COLOURS[index.min(COLOURS.len() - 1)];
        let sample = stroke(&format!("stroke=\"{colour}\""));
        let words = match readings.nominal.levels(*speed_m_s).is_empty() {
            true => format!("{speed_m_s:.0} m/s: too fast for it"),
            false => format!("an approaching target of {speed_m_s:.0} m/s at the launch"),
        };
        entry(FRAME[0] + 560.0, y, &sample, &words);
        y += 24.0;
    }
}

fn foot(out: &mut String, card: &Card, library: &Library) {
    let figures = Figures::nominal(card);
    let mut sources: Vec<&str> = Vec::new();
    for name in ["max_range", "min_altitude", "max_altitude", "mean_speed", "max_speed"] {
        let source = figures.provenance(name).ok().and_then(|claim| library.source(&claim.source));
        if let Some(source) = source.filter(|source| !sources.contains(&source.title.as_str())) {
            sources.push(&source.title);
        }
    }
    let mut words = format!("Sources: {}", sources.join("; "));
    if words.chars().count() > 170 {
        words = words.chars().take(168).collect::<String>() + " …";
    }
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"12\" fill=\"#46525f\">{}. All claims: redan ledger {}. Made \
         with redan from open literature.</text>",
        FRAME[0],
        HEIGHT - 16.0,
        escape(&words),
        escape(&card.id)
    );
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
