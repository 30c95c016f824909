//! Every message comes back from its octets, and a library of others reads the same in it.

use dis_rs::model::{Pdu as OtherPdu, PduBody};
use proptest::prelude::*;
use redan_exchange::dis::{
    Beam, BeamTarget, Body, Detonation, Emission, Emitter, EntityId, EntityState, EntityType, Fire,
    Header, Iff, Pdu, Signal, Timestamp, Transmitter, marking,
};
use redan_exchange::{DisOptions, DisVersion, Problems, View, dis_messages};
use redan_geo::Ecef;

use crate::battle::{NETWORK, battle};

fn written(pdu: &Pdu) -> Vec<u8> {
    let mut octets = Vec::new();
    pdu.write(&mut octets);
    octets
}

fn read(octets: &[u8]) -> Pdu {
    let mut problems = Problems::default();
    let mut pdus = Pdu::read_all(octets, 0, &mut problems);
    assert_eq!((problems.count, pdus.len()), (0, 1), "{problems:?}");
    pdus.remove(0)
}

fn entity() -> impl Strategy<Value = EntityId> {
    any::<(u16, u16, u16)>().prop_map(|(site, application, number)| EntityId {
        site,
        application,
        number,
    })
}

fn kind() -> impl Strategy<Value = EntityType> {
    (any::<[u8; 6]>(), any::<u16>()).prop_map(|([a, b, c, d, e, f], country)| EntityType {
        kind: a,
        domain: b,
        country,
        category: c,
        subcategory: d,
        specific: e,
        extra: f,
    })
}

fn triple() -> impl Strategy<Value = [f32; 3]> {
    prop::array::uniform3(-1e6_f32..1e6)
}

fn place() -> impl Strategy<Value = Ecef> {
    prop::array::uniform3(-7e6_f64..7e6).prop_map(Ecef::from_array)
}

fn state() -> impl Strategy<Value = Body> {
    let parts = prop::collection::vec(any::<[u8; 16]>(), 0..4);
    (entity(), kind(), triple(), place(), triple(), any::<u32>(), "[ -~]{0,11}", parts).prop_map(
        |(id, kind, velocity_m_s, place, orientation_rad, appearance, name, parts)| {
            Body::EntityState(EntityState {
                id,
                force: 3,
                kind,
                alternative: kind,
                velocity_m_s,
                place,
                orientation_rad,
                appearance,
                marking: marking(&name),
                parts,
                ..EntityState::default()
            })
        },
    )
}

fn beam() -> impl Strategy<Value = Beam> {
    let targets = prop::collection::vec((entity(), any::<u8>(), any::<u8>()), 0..300);
    (any::<[u8; 4]>(), triple(), targets).prop_map(|(technique, figures, targets)| Beam {
        number: technique[0],
        power_dbm: figures[0],
        azimuth_rad: [figures[1], figures[2]],
        function: 12,
        technique,
        targets: targets
            .into_iter()
            .take(255)
            .map(|(entity, emitter, beam)| BeamTarget { entity, emitter, beam })
            .collect(),
        ..Beam::default()
    })
}

fn emission() -> impl Strategy<Value = Body> {
    let beams = prop::collection::vec(beam(), 0..3);
    let system = (any::<u16>(), triple(), beams).prop_map(|(name, place_m, beams)| Emitter {
        name,
        function: 4,
        number: 1,
        place_m,
        padding: 0,
        beams,
    });
    (entity(), entity(), prop::collection::vec(system, 0..3)).prop_map(|(from, event, systems)| {
        Body::Emission(Emission { from, event, update: 1, padding: 0, systems })
    })
}

fn warfare() -> impl Strategy<Value = Body> {
    (entity(), entity(), place(), triple(), any::<bool>()).prop_map(
        |(from, at, place, velocity_m_s, is_fire)| match is_fire {
            true => Body::Fire(Fire { from, at, place, velocity_m_s, ..Fire::default() }),
            false => Body::Detonation(Detonation {
                from,
                at,
                place,
                velocity_m_s,
                result: 2,
                ..Detonation::default()
            }),
        },
    )
}

fn radio() -> impl Strategy<Value = Body> {
    (entity(), place(), any::<u64>(), "[a-z ]{0,40}", any::<bool>()).prop_map(
        |(on, place, frequency_hz, text, is_signal)| match is_signal {
            true => Body::Signal(Signal::text(on, 1, &text)),
            false => {
                let radio = Transmitter { on, place, frequency_hz, ..Transmitter::default() };
                Body::Transmitter(radio)
            }
        },
    )
}

fn iff() -> impl Strategy<Value = Body> {
    (entity(), any::<[u16; 6]>()).prop_map(|(from, parameters)| {
        Body::Iff(Iff { from, parameters, system: 1, mode: 3, layers: 2, ..Iff::default() })
    })
}

fn any_body() -> impl Strategy<Value = Body> {
    prop_oneof![state(), emission(), warfare(), radio(), iff()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_message_comes_back(body in any_body(), is_6 in any::<bool>(), stamp in any::<u32>()) {
        let version = if is_6 { DisVersion::V6 } else { DisVersion::V7 };
        let timestamp = Timestamp(stamp);
        let header = Header { version, exercise: 3, timestamp, ..Header::default() };
        let pdu = Pdu::new(header, body);
        prop_assert_eq!(read(&written(&pdu)), pdu);
    }
}

/// What dis-rs makes of a message.
fn by_another(octets: &[u8]) -> OtherPdu {
    let pdus = dis_rs::parse(octets).expect("dis-rs reads it");
    let [pdu] = <[OtherPdu; 1]>::try_from(pdus).expect("one message");
    assert_eq!(usize::from(pdu.header.pdu_length), octets.len());
    pdu
}

#[test]
fn a_library_of_others_reads_the_same_figures() {
    for (view, version) in [
        (View::Truth, DisVersion::V7),
        (View::Truth, DisVersion::V6),
        (View::Network(NETWORK.to_owned()), DisVersion::V7),
    ] {
        let options = DisOptions { version, ..DisOptions::default() };
        for message in dis_messages(&battle(), &view, options).expect("a view") {
            let (ours, theirs) = (read(&message.payload), by_another(&message.payload));
            assert_eq!(u8::from(theirs.header.protocol_version), version.number());
            assert_eq!(u8::from(theirs.header.pdu_type), ours.header.kind);
            assert_same(&ours.body, &theirs);
        }
    }
}

fn assert_same(ours: &Body, theirs: &OtherPdu) {
    let same_id = |ours: EntityId, theirs: &dis_rs::model::EntityId| {
        let address = theirs.simulation_address;
        assert_eq!(
            (ours.site, ours.application, ours.number),
            (address.site_id, address.application_id, theirs.entity_id)
        );
    };
    match (ours, &theirs.body) {
        (Body::EntityState(ours), PduBody::EntityState(theirs)) => {
            same_id(ours.id, &theirs.entity_id);
            // It strips signs from the end of a marking.
            let name = ours.name();
            let name = name.trim_end_matches(|letter: char| !letter.is_alphanumeric());
            assert_eq!(name, theirs.entity_marking.marking_string);
            let there = theirs.entity_location;
            let place = [there.x_coordinate, there.y_coordinate, there.z_coordinate];
            assert_eq!(ours.place.to_array().map(f64::to_bits), place.map(f64::to_bits));
            assert_eq!(u8::from(theirs.force_id), ours.force);
            assert_eq!(theirs.entity_type.to_string(), ours.kind.to_string().replace('.', ":"));
        }
        (Body::Emission(ours), PduBody::ElectromagneticEmission(theirs)) => {
            same_id(ours.from, &theirs.emitting_entity_id);
            let count = |theirs: &dis_rs::electromagnetic_emission::model::Beam| {
                (theirs.number, theirs.track_jam_data.len())
            };
            let other: Vec<_> = theirs.emitter_systems[0].beams.iter().map(count).collect();
            let own = ours.systems[0].beams.iter().map(|beam| (beam.number, beam.targets.len()));
            assert_eq!(own.collect::<Vec<_>>(), other);
        }
        (Body::Fire(ours), PduBody::Fire(theirs)) => {
            same_id(ours.munition, &theirs.entity_id);
            assert_eq!(ours.range_m.to_bits(), theirs.range.to_bits());
        }
        (Body::Detonation(ours), PduBody::Detonation(theirs)) => {
            same_id(ours.at, &theirs.target_entity_id);
            assert_eq!(ours.result, u8::from(theirs.detonation_result));
        }
        (Body::Iff(ours), PduBody::IFF(theirs)) => same_id(ours.from, &theirs.emitting_entity_id),
        (Body::Transmitter(ours), PduBody::Transmitter(theirs)) => {
            assert_eq!(ours.state, u8::from(theirs.transmit_state));
        }
        (Body::Signal(ours), PduBody::Signal(theirs)) => {
            assert_eq!(ours.data[..usize::from(ours.bits) / 8], theirs.data);
        }
        (ours, _) => panic!("{ours:?} is read as {:?}", theirs.header.pdu_type),
    }
}
