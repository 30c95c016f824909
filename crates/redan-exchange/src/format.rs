//! The formats.

use std::str::FromStr;

use crate::ExchangeError;

/// A format of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Tacview's flight recording, ACMI 2.2, as plain text.
    Acmi,
    /// A battle that Cesium plays, CZML 1.0.
    Czml,
    /// Places over time for Google Earth and maps, OGC KML 2.2 with tracks.
    Kml,
    /// The same, compressed.
    Kmz,
    /// Features on a map, RFC 7946.
    GeoJson,
    /// Cursor on Target, event schema 2.0, for ATAK and its relatives.
    Cot,
    /// One table of positions, RFC 4180.
    Csv,
    /// Blocks of ASTERIX, categories 034, 048, 062 and 021.
    Asterix,
    /// The same in a capture of UDP datagrams.
    AsterixPcap,
    /// Messages of IEEE 1278.1 (DIS) in a capture file.
    Dis,
}

impl Format {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Format; 10] = [
        Format::Acmi,
        Format::Czml,
        Format::Kml,
        Format::Kmz,
        Format::GeoJson,
        Format::Cot,
        Format::Csv,
        Format::Asterix,
        Format::AsterixPcap,
        Format::Dis,
    ];

    /// Whether its files are text, or text in an archive.
    pub fn is_text(self) -> bool {
        !matches!(self, Format::Asterix | Format::AsterixPcap | Format::Dis)
    }

    /// The name that the command line uses.
    pub fn name(self) -> &'static str {
        match self {
            Format::Acmi => "acmi",
            Format::Czml => "czml",
            Format::Kml => "kml",
            Format::Kmz => "kmz",
            Format::GeoJson => "geojson",
            Format::Cot => "cot",
            Format::Csv => "csv",
            Format::Asterix => "asterix",
            Format::AsterixPcap => "asterix-pcap",
            Format::Dis => "dis",
        }
    }

    /// What files of the format end in, the dot included. Tacview takes `.acmi` for a compressed file
    /// or a plain one, and looks into it.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Acmi => ".acmi",
            Format::Czml => ".czml",
            Format::Kml => ".kml",
            Format::Kmz => ".kmz",
            Format::GeoJson => ".geojson",
            Format::Cot => ".xml",
            Format::Csv => ".csv",
            Format::Asterix => ".ast",
            Format::AsterixPcap => ".pcap",
            Format::Dis => ".pcap",
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
        let refused = "shp".parse::<Format>().expect_err("no such format").to_string();
        assert!(refused.contains("`shp`") && refused.contains("acmi, czml, kml"), "{refused}");
    }
}
