//! Whole recordings in every format and through every view.

mod acmi;
mod any;
mod asterix;
mod battle;
mod cot;
mod csv;
mod czml;
mod dis;
mod geojson;
mod kml;
mod no_leak;
mod property;

use std::io::Read as _;

use redan_exchange::{ExchangeError, Format, View, write};
use redan_record::Recording;

/// The file, an archive unpacked.
fn bytes(recording: &Recording, format: Format, view: &View) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(recording, format, view, &mut bytes).expect("the view is one of the recording's");
    if format == Format::Kmz { unpacked(bytes) } else { bytes }
}

/// The file as text, an archive unpacked, octets one letter each.
fn exported(recording: &Recording, format: Format, view: &View) -> String {
    let bytes = bytes(recording, format, view);
    if !format.is_text() {
        return bytes.into_iter().map(char::from).collect();
    }
    String::from_utf8(bytes).expect("files are UTF-8")
}

/// Formats that are text.
fn texts() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|format| format.is_text())
}

fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut document = Vec::new();
    let mut file = archive.by_name("doc.kml").expect("its document");
    file.read_to_end(&mut document).expect("it is whole");
    document
}

/// Truth, and the picture of the network that fights.
fn views() -> [View; 2] {
    [View::Truth, View::Network(battle::NETWORK.to_owned())]
}

#[test]
fn equal_recordings_give_equal_bytes() {
    for format in Format::ALL {
        for view in views() {
            let first = bytes(&battle::battle(), format, &view);
            assert_eq!(first, bytes(&battle::battle(), format, &view));
            let least = if format.is_text() { 1000 } else { 50 };
            assert!(first.len() > least, "{format:?} {view}: there is something in it");
        }
    }
}

#[test]
fn a_network_that_is_not_there_is_refused_with_those_that_are() {
    let view = View::Network("south".to_owned());
    let mut bytes = Vec::new();
    let error = write(&battle::battle(), Format::Csv, &view, &mut bytes).expect_err("no network");
    assert!(matches!(error, ExchangeError::UnknownNetwork { .. }));
    assert!(error.to_string().contains("hint: its networks are `national`, `annex`"), "{error}");
    assert!(bytes.is_empty());
}

#[test]
fn a_start_that_is_no_instant_is_refused() {
    let mut recording = battle::battle();
    recording.roster.start_utc = "tomorrow".to_owned();
    let mut bytes = Vec::new();
    let error = write(&recording, Format::Acmi, &View::Truth, &mut bytes).expect_err("no instant");
    assert!(matches!(error, ExchangeError::Start { .. }), "{error}");
    assert!(bytes.is_empty());
}

#[test]
fn a_full_disk_is_an_error_and_no_panic() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    for format in Format::ALL {
        let error = write(&battle::battle(), format, &View::Truth, &mut Full).expect_err("full");
        assert!(matches!(error, ExchangeError::Io(_)), "{error}");
    }
}
