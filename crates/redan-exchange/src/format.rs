//! The formats.

use std::str::FromStr;

use crate::ExchangeError;

/// A format of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Tacview's flight recording, ACMI 2.2, as plain text.
    Acmi,
    /// Features on a map, RFC 7946.
    GeoJson,
    /// One table of positions, RFC 4180.
    Csv,
}

impl Format {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Format; 3] = [Format::Acmi, Format::GeoJson, Format::Csv];

    /// The name that the command line uses.
    pub fn name(self) -> &'static str {
        match self {
            Format::Acmi => "acmi",
            Format::GeoJson => "geojson",
            Format::Csv => "csv",
        }
    }

    /// What files of the format end in, the dot included. Tacview takes `.acmi` for a compressed file
    /// or a plain one, and looks into it.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Acmi => ".acmi",
            Format::GeoJson => ".geojson",
            Format::Csv => ".csv",
        }
    }
}

impl FromStr for Format {
    type Err = ExchangeError;

    fn from_str(name: &str) -> Result<Format, ExchangeError> {
        Format::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| {
            let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
            let known = format!("formats are {}", names.join(", "));
            ExchangeError::UnknownFormat { name: name.to_owned(), known }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(format.name().parse::<Format>().expect("its own name"), format);
        }
        let refused = "kmz".parse::<Format>().expect_err("no such format").to_string();
        assert!(refused.contains("`kmz`") && refused.contains("acmi, geojson, csv"), "{refused}");
    }
}
