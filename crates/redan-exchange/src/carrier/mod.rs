//! What carries messages of others: capture files and datagrams of UDP.
//!
//! A format that is made of messages gives [`Datagram`]s, and knows nothing of how they travel. Readers
//! of captures and of messages meet files of strangers: nothing that such a file holds ends the reading.
//! What cannot be read is counted in [`Problems`], with its place, and the next record is read.

pub(crate) mod pcap;
pub(crate) mod udp;

use redan_geo::Time;

/// How many problems are kept with their words; all are counted.
const KEPT: usize = 20;

/// A message, and when it is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datagram {
    /// Since the start of the scenario.
    pub at: Time,
    /// What is sent.
    pub payload: Vec<u8>,
}

/// Something in a file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Byte of the file from which it is, counted from 0.
    pub offset: usize,
    /// What is wrong, with the figures of it.
    pub reason: String,
}

/// What could not be read: all of it counted, the first twenty kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// How many there were.
    pub count: usize,
    /// The first ones, in order of the file.
    pub first: Vec<Problem>,
}

impl Problems {
    /// Counts a problem; its words are made only if they are kept.
    pub(crate) fn add(&mut self, offset: usize, reason: impl FnOnce() -> String) {
        self.count += 1;
        if self.first.len() < KEPT {
            self.first.push(Problem { offset, reason: reason() });
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "byte {}: {}", self.offset, self.reason)
    }
}
