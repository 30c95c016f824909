//! Whatever a recording holds, its files can be read.

use proptest::prelude::*;
use redan_exchange::Format;

use crate::any::any_recording;
use crate::{acmi, bytes, cot, csv, czml, exported, geojson, kml, views};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..Default::default() })]

    #[test]
    fn any_recording_gives_valid_geojson(recording in any_recording()) {
        for view in views() {
            let text = exported(&recording, Format::GeoJson, &view);
            geojson::assert_valid(&serde_json::from_str(&text).expect("valid JSON"));
        }
    }

    #[test]
    fn any_recording_gives_blocks_that_can_be_read(recording in any_recording()) {
        for format in [Format::Asterix, Format::AsterixPcap] {
            for view in views() {
                let file = bytes(&recording, format, &view);
                prop_assert!(redan_exchange::asterix::read(&file).all(|read| read.is_ok()));
            }
        }
    }

    #[test]
    fn any_recording_gives_a_flight_recording_in_order(recording in any_recording()) {
        for view in views() {
            acmi::assert_order(&acmi::read(&exported(&recording, Format::Acmi, &view)));
        }
    }

    #[test]
    fn any_recording_gives_a_table_of_eleven_columns(recording in any_recording()) {
        for view in views() {
            let rows = csv::rows_of(&exported(&recording, Format::Csv, &view));
            prop_assert!(rows.iter().all(|row| row.len() == 11));
        }
    }

    #[test]
    fn any_recording_gives_a_document_that_plays(recording in any_recording()) {
        for view in views() {
            let text = exported(&recording, Format::Czml, &view);
            let packets: Vec<serde_json::Value> = serde_json::from_str(&text).expect("valid JSON");
            czml::assert_valid(&packets);
        }
    }

    #[test]
    fn any_recording_gives_well_formed_xml(recording in any_recording()) {
        for view in views() {
            kml::assert_valid(&exported(&recording, Format::Kml, &view));
            cot::assert_valid(&exported(&recording, Format::Cot, &view));
        }
    }
}
