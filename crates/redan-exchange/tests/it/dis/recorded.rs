//! Recordings of others are read without loss. They lie outside of the repository; where they are not,
//! these tests say so and prove nothing.

use std::fs;
use std::path::{Path, PathBuf};

use redan_exchange::dis::{Body, Pdu};
use redan_exchange::{Problems, read_dis, read_pcap};

/// The folder of a kind of recordings, beside the repository or above it; `None`, with a line of reason,
/// where there is none.
fn folder(under: &str) -> Option<PathBuf> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = crate_folder.ancestors().skip(3);
    let mut folders = folders.map(|above| above.join("shared/reference/recorded/dis").join(under));
    let found = folders.find(|folder| folder.is_dir());
    if found.is_none() {
        println!("skipped: there is no folder shared/reference/recorded/dis above the repository");
    }
    found
}

/// Rows of what tshark read, without the header: the fields of each.
fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn captures_say_what_tshark_reads_in_them() {
    let Some(folder) = folder("") else { return };
    for name in ["Gaz69StraightPlainText", "PdusaveGAZ69PatrolingPlainText", "PduListenerSaverLog"]
    {
        let file = fs::read(folder.join(format!("{name}.pcap"))).expect("it is there");
        let table = fs::read_to_string(folder.join(format!("tshark_{name}.csv"))).expect("too");
        let mut problems = Problems::default();
        let received = read_dis(&file, &mut problems);
        let rows = rows(&table);
        let lying = rows.iter().filter(|row| row[3] == "0").count();
        assert_eq!((received.len(), problems.count), (rows.len(), lying), "{name}: {problems:?}");
        for (message, row) in received.iter().zip(&rows) {
            let header = message.pdu.header;
            let kind = (header.version.number().to_string(), header.kind.to_string());
            assert_eq!((&kind.0, &kind.1), (&row[1], &row[2]), "{name}, frame {}", row[0]);
            if let Body::EntityState(state) = &message.pdu.body {
                let id = [state.id.site, state.id.application, state.id.number];
                assert_eq!(
                    id.map(|part| part.to_string()),
                    [&row[4], &row[5], &row[6]].map(String::clone)
                );
                for (part_m, said) in state.place.to_array().iter().zip(&row[7..10]) {
                    let said_m: f64 = said.parse().expect("a number");
                    assert!((part_m - said_m).abs() <= 1e-14 * said_m.abs(), "{name}: {row:?}");
                }
                let said_m_s: f32 = row[10].parse().expect("a number");
                assert!((state.velocity_m_s[0] - said_m_s).abs() <= 1e-5 * said_m_s.abs());
            }
        }
    }
}

#[test]
fn captures_come_back_octet_by_octet() {
    let Some(folder) = folder("") else { return };
    for name in ["Gaz69StraightPlainText", "PdusaveGAZ69PatrolingPlainText", "PduListenerSaverLog"]
    {
        let file = fs::read(folder.join(format!("{name}.pcap"))).expect("it is there");
        let (mut problems, mut octets_count) = (Problems::default(), 0);
        for datagram in read_pcap(&file, &mut problems) {
            let mut back = Vec::new();
            Pdu::read_all(datagram.payload, 0, &mut problems)
                .iter()
                .for_each(|pdu| pdu.write(&mut back));
            // A length that lies comes back as the true one.
            back[8..10].copy_from_slice(&datagram.payload[8..10]);
            assert_eq!(back, datagram.payload, "{name}, byte {}", datagram.offset);
            octets_count += back.len();
        }
        println!("{name}: {octets_count} octets");
    }
}

#[test]
fn single_messages_of_version_6_come_back_octet_by_octet() {
    let Some(folder) = folder("raw") else { return };
    let mut names: Vec<PathBuf> = fs::read_dir(folder)
        .expect("it is a folder")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "raw"))
        .collect();
    names.sort();
    assert_eq!(names.len(), 5);
    for name in names {
        let octets = fs::read(&name).expect("it can be read");
        let mut problems = Problems::default();
        let pdus = Pdu::read_all(&octets, 0, &mut problems);
        assert_eq!((pdus.len(), problems.count), (1, 0), "{}: {problems:?}", name.display());
        let mut back = Vec::new();
        pdus[0].write(&mut back);
        assert_eq!(back, octets, "{}", name.display());
        let is_known = !matches!(pdus[0].body, Body::Other(_));
        assert!(is_known || pdus[0].header.kind == 19, "{}", name.display());
    }
}
