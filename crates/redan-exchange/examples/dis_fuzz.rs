//! Reads damaged messages and captures, so many as the argument says (ten million unless given), and prints how
//! many were read and how many problems were counted. Each is a message of every kind, with some octets
//! changed, cut off or put together; every hundredth goes into a capture whose octets are changed as well. The
//! same number gives the same inputs. A panic or a hang is what it is looking for.

use redan_exchange::dis::{
    Beam, BeamTarget, Body, Detonation, Emission, Emitter, EntityState, Fire, Header, Iff, Pdu,
    Signal, Transmitter, marking,
};
use redan_exchange::{Problems, read_dis};

fn main() {
    let inputs: u64 =
        std::env::args().nth(1).map_or(10_000_000, |text| text.parse().expect("a number"));
    let sound: Vec<Vec<u8>> = bodies().into_iter().map(written).collect();
    let (mut read_count, mut problems_count, mut chance) = (0_u64, 0_u64, Chance(1));
    for number in 0..inputs {
        let mut octets = sound[chance.below(sound.len())].clone();
        if chance.below(4) == 0 {
            octets.extend(&sound[chance.below(sound.len())]);
        }
        damage(&mut octets, &mut chance);
        let mut problems = Problems::default();
        read_count += Pdu::read_all(&octets, 0, &mut problems).len() as u64;
        if number % 100 == 0 {
            let mut file = captured(&octets);
            damage(&mut file, &mut chance);
            read_count += read_dis(&file, &mut problems).len() as u64;
        }
        problems_count += problems.count as u64;
    }
    println!("{inputs} inputs: {read_count} messages, {problems_count} problems");
}

/// A message of each kind.
fn bodies() -> Vec<Body> {
    let targets = vec![BeamTarget::default(); 3];
    let beams = vec![Beam { targets, ..Beam::default() }; 2];
    let systems = vec![Emitter { beams, ..Emitter::default() }; 2];
    let parts = vec![[7; 16]; 2];
    vec![
        Body::EntityState(EntityState {
            parts,
            marking: marking("raid-1"),
            ..EntityState::default()
        }),
        Body::Fire(Fire::default()),
        Body::Detonation(Detonation { parts: vec![[1; 16]], ..Detonation::default() }),
        Body::Emission(Emission { systems, ..Emission::default() }),
        Body::Transmitter(Transmitter { more: vec![0; 24], ..Transmitter::default() }),
        Body::Signal(Signal::text(Default::default(), 1, "an order")),
        Body::Iff(Iff { more: vec![0; 40], ..Iff::default() }),
        Body::Other(vec![3; 50]),
    ]
}

fn written(body: Body) -> Vec<u8> {
    let mut octets = Vec::new();
    Pdu::new(Header { kind: 22, family: 5, ..Header::default() }, body).write(&mut octets);
    octets
}

/// Changes up to four octets, and cuts one input in four.
fn damage(octets: &mut Vec<u8>, chance: &mut Chance) {
    for _ in 0..chance.below(5) {
        let index = chance.below(octets.len());
        octets[index] = chance.below(256) as u8;
    }
    if chance.below(4) == 0 {
        octets.truncate(chance.below(octets.len()) + 1);
    }
}

/// A capture of bare IP with one datagram.
fn captured(payload: &[u8]) -> Vec<u8> {
    let mut packet = vec![0x45, 0, 0, 0, 0, 0, 0, 0, 64, 17, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1];
    packet.extend([0x0b, 0xb8, 0x0b, 0xb8]);
    packet.extend(((payload.len() + 8) as u16).to_be_bytes());
    packet.extend([0, 0]);
    packet.extend(payload);
    let length = packet.len() as u32;
    let words = [0xa1b2_c3d4, 0x0002_0004, 0, 0, 262_144, 101, 0, 0, length, length];
    let mut file: Vec<u8> = words.into_iter().flat_map(u32::to_be_bytes).collect();
    file.extend(packet);
    file
}

/// SplitMix64 (G. Steele and others, "Fast splittable pseudorandom number generators", OOPSLA 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}
