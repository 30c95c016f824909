//! The option `--sensor`: what is said of the sensor whose data is recorded.

use std::str::FromStr;

/// What is said of the sensor; angles in degrees, as a person writes them.
#[derive(Clone, Debug, PartialEq)]
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
    /// System area code of the radar whose reports are read.
    pub(crate) sac: Option<f64>,
    /// Its identification code.
    pub(crate) sic: Option<f64>,
    /// Keys that were given.
    given: Vec<String>,
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
            sac: None,
            sic: None,
            given: Vec::new(),
        }
    }
}

const KEYS: &str = "range_m, azimuth_deg, elevation_deg, revisit_s, lat, lon, height_m, max_range_km, \
                    detection_prob, false_plots, sac, sic";

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
        if options.sac.is_some() != options.sic.is_some() {
            return Err("sac and sic go together".to_owned());
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
            "sac" => (self.sac.insert(0.0), 0.0, 255.0),
            "sic" => (self.sic.insert(0.0), 0.0, 255.0),
            "false_plots" => (&mut self.false_plots_count, 0.0, 10_000.0),
            _ => return Err(format!("there is no `{key}`; there are {KEYS}")),
        };
        if !(low..=high).contains(&value) {
            return Err(format!("{key}: {value} is not between {low} and {high}"));
        }
        *slot = if key == "max_range_km" { value * 1e3 } else { value };
        self.given.push(key.to_owned());
        Ok(())
    }

    /// The first key that was given and is not one of these.
    pub(crate) fn beyond(&self, keys: &[&str]) -> Option<&str> {
        self.given.iter().map(String::as_str).find(|key| !keys.contains(key))
    }

    /// Area and identification code of the radar whose reports are read.
    pub(crate) fn sac_sic(&self) -> Option<(u8, u8)> {
        Some((self.sac? as u8, self.sic? as u8))
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
        assert_eq!(options.beyond(&["range_m", "lat", "lon"]), Some("max_range_km"));
        let options: SensorOptions = "azimuth_deg=0.5,sac=25,sic=10".parse().expect("good");
        assert_eq!(
            (options.beyond(&["azimuth_deg", "sac", "sic"]), options.sac_sic()),
            (None, Some((25, 10)))
        );
        for (text, words) in [
            ("range_m", "is not KEY=VALUE"),
            ("range_m=x", "is no number"),
            ("range_m=-1", "is not between"),
            ("azimuth_deg=nan", "is not between"),
            ("lat=5", "go together"),
            ("sac=5", "go together"),
            ("sigma=5", "there are range_m"),
        ] {
            let error = text.parse::<SensorOptions>().expect_err(text);
            assert!(error.contains(words), "{error}");
        }
    }
}
