//! The option `--sensor`: what is said of the sensor whose data is recorded.

use std::str::FromStr;

/// What is said of the sensor; angles in degrees, as a person writes them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SensorOptions {
    /// Standard deviation of range, metres.
    pub(crate) range_sigma_m: f64,
    /// Standard deviation of azimuth, degrees.
    pub(crate) azimuth_sigma_deg: f64,
    /// Standard deviation of elevation, degrees.
    pub(crate) elevation_sigma_deg: f64,
    /// Time between two looks, seconds; taken from the data if not given.
    pub(crate) revisit_s: Option<f64>,
    /// Latitude, longitude: the middle of the data if not given.
    pub(crate) lat_deg: Option<f64>,
    /// See there.
    pub(crate) lon_deg: Option<f64>,
    /// Height above the ellipsoid, metres.
    pub(crate) height_m: f64,
    /// Plots are made up to this range, metres.
    pub(crate) max_range_m: f64,
    /// Probability with which a plot is made.
    pub(crate) detection_prob: f64,
    /// False plots in a scan, on average.
    pub(crate) false_plots_count: f64,
    /// Whether an option was given that only a radar that redan makes up can have.
    pub(crate) made_up: bool,
}

impl Default for SensorOptions {
    /// Errors as in the benchmark's scenes.
    fn default() -> Self {
        SensorOptions {
            range_sigma_m: 50.0,
            azimuth_sigma_deg: 0.2,
            elevation_sigma_deg: 0.2,
            revisit_s: None,
            lat_deg: None,
            lon_deg: None,
            height_m: 50.0,
            max_range_m: 400e3,
            detection_prob: 0.9,
            false_plots_count: 0.0,
            made_up: false,
        }
    }
}

const KEYS: &str = "range_m, azimuth_deg, elevation_deg, revisit_s, lat, lon, height_m, max_range_km, \
                    detection_prob, false_plots";

impl FromStr for SensorOptions {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut options = SensorOptions::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').ok_or(format!("`{part}` is not KEY=VALUE"))?;
            options.set(key.trim(), value.trim())?;
        }
        if options.lat_deg.is_some() != options.lon_deg.is_some() {
            return Err("lat and lon go together".to_owned());
        }
        Ok(options)
    }
}

impl SensorOptions {
    fn set(&mut self, key: &str, text: &str) -> Result<(), String> {
        let value: f64 = text.parse().map_err(|_| format!("{key}: `{text}` is no number"))?;
        let (slot, low, high) = match key {
            "range_m" => (&mut self.range_sigma_m, 0.01, 1e5),
            "azimuth_deg" => (&mut self.azimuth_sigma_deg, 1e-4, 6.0),
            "elevation_deg" => (&mut self.elevation_sigma_deg, 1e-4, 6.0),
            "revisit_s" => (self.revisit_s.insert(0.0), 0.001, 3_600.0),
            "lat" => (self.lat_deg.insert(0.0), -90.0, 90.0),
            "lon" => (self.lon_deg.insert(0.0), -180.0, 180.0),
            "height_m" => (&mut self.height_m, -500.0, 30_000.0),
            "max_range_km" => (&mut self.max_range_m, 1.0, 1_000.0),
            "detection_prob" => (&mut self.detection_prob, 0.0, 1.0),
            "false_plots" => (&mut self.false_plots_count, 0.0, 10_000.0),
            _ => return Err(format!("there is no `{key}`; there are {KEYS}")),
        };
        if !(low..=high).contains(&value) {
            return Err(format!("{key}: {value} is not between {low} and {high}"));
        }
        *slot = if key == "max_range_km" { value * 1e3 } else { value };
        let radar = ["range_m", "azimuth_deg", "elevation_deg", "revisit_s"];
        self.made_up |= !radar.contains(&key);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_with_their_limits() {
        let options: SensorOptions =
            "range_m=30, lat=52.5,lon=-1,max_range_km=250".parse().expect("good");
        assert_eq!((options.range_sigma_m, options.max_range_m), (30.0, 250e3));
        assert!(options.made_up);
        assert!(!"azimuth_deg=0.5,revisit_s=4".parse::<SensorOptions>().expect("good").made_up);
        for (text, words) in [
            ("range_m", "is not KEY=VALUE"),
            ("range_m=x", "is no number"),
            ("range_m=-1", "is not between"),
            ("azimuth_deg=nan", "is not between"),
            ("lat=5", "go together"),
            ("sigma=5", "there are range_m"),
        ] {
            let error = text.parse::<SensorOptions>().expect_err(text);
            assert!(error.contains(words), "{error}");
        }
    }
}
