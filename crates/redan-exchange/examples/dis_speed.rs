//! How many Entity States are written and read in a second, by redan and by dis-rs, on one core.
//!
//! `benches/dis/run.sh` runs it beside opendis. The states are of 1000 entities with different places; each
//! is written into the same buffer, which is emptied after each thousand, and read from its own octets. The
//! figure is that of the quickest of seven rounds of a second or less.

use std::hint::black_box;
use std::time::Instant;

use bytes::BytesMut;
use redan_exchange::dis::{Body, EntityId, EntityState, EntityType, Header, Pdu, marking};
use redan_exchange::{DisVersion, Problems};
use redan_geo::Geodetic;

const ENTITIES: u16 = 1000;
const ROUNDS: usize = 7;
/// Passes over all entities in a round.
const PASSES: usize = 500;

fn main() {
    let ours: Vec<Pdu> = (0..ENTITIES).map(pdu).collect();
    let octets: Vec<Vec<u8>> = ours.iter().map(written).collect();
    let theirs: Vec<dis_rs::model::Pdu> = octets.iter().map(|octets| by_dis_rs(octets)).collect();
    let mut buffer = Vec::with_capacity(usize::from(ENTITIES) * 144);
    report("redan_encode", || {
        buffer.clear();
        ours.iter().for_each(|pdu| pdu.write(&mut buffer));
        black_box(&buffer);
    });
    report("dis_rs_encode", || {
        for pdu in &theirs {
            let mut buffer = BytesMut::with_capacity(144);
            let _ = black_box(pdu.serialize(&mut buffer));
        }
    });
    report("redan_decode", || {
        for octets in &octets {
            black_box(Pdu::read_all(octets, 0, &mut Problems::default()));
        }
    });
    report("dis_rs_decode", || {
        for octets in &octets {
            black_box(by_dis_rs(octets));
        }
    });
}

fn pdu(number: u16) -> Pdu {
    let place = Geodetic::from_degrees(40.0 + f64::from(number) * 0.001, 33.0, 9_000.0).to_ecef();
    let kind = EntityType::new([1, 2, 222, 2, 7, 0, 0]);
    let id = EntityId { site: 1, application: 1, number };
    let state = EntityState {
        id,
        force: 2,
        kind,
        alternative: kind,
        velocity_m_s: [100.0, -50.0, f32::from(number)],
        place,
        marking: marking(&format!("raid-{number}")),
        ..EntityState::default()
    };
    let header = Header { version: DisVersion::V7, exercise: 1, ..Header::default() };
    Pdu::new(header, Body::EntityState(state))
}

fn written(pdu: &Pdu) -> Vec<u8> {
    let mut octets = Vec::new();
    pdu.write(&mut octets);
    octets
}

fn by_dis_rs(octets: &[u8]) -> dis_rs::model::Pdu {
    dis_rs::parse(octets).expect("it reads what we write").remove(0)
}

/// Prints millions a second of the quickest round.
fn report(name: &str, mut pass: impl FnMut()) {
    let mut quickest_s = f64::INFINITY;
    for _ in 0..ROUNDS {
        let started = Instant::now();
        (0..PASSES).for_each(|_| pass());
        quickest_s = quickest_s.min(started.elapsed().as_secs_f64());
    }
    let count = f64::from(ENTITIES) * PASSES as f64;
    println!("{name} {:.3}", count / quickest_s / 1e6);
}
