//! Messages of DIS: told from battles, read back, read by others, and read from recordings of others.

mod codec;
mod import;
mod malformed;
mod recorded;
mod told;

use redan_exchange::dis::{Body, EntityState, Received};
use redan_exchange::{DisOptions, Problems, View, read_dis, write_dis};
use redan_record::Recording;

/// The capture of a recording.
fn capture(recording: &Recording, view: &View, options: DisOptions) -> Vec<u8> {
    let mut file = Vec::new();
    write_dis(recording, view, options, &mut file).expect("the view is one of the recording's");
    file
}

/// Its messages, read without a problem.
fn messages(recording: &Recording, view: &View, options: DisOptions) -> Vec<Received> {
    let mut problems = Problems::default();
    let messages = read_dis(&capture(recording, view, options), &mut problems);
    assert_eq!(problems, Problems::default());
    messages
}

/// The Entity States of a name, with their times in seconds since the first message.
fn states(messages: &[Received], name: &str) -> Vec<(f64, EntityState)> {
    let begin = messages[0].unix_ns;
    let state = |message: &Received| match &message.pdu.body {
        Body::EntityState(state) if state.name() == name => {
            Some(((message.unix_ns - begin) as f64 / 1e9, state.clone()))
        }
        _ => None,
    };
    messages.iter().filter_map(state).collect()
}
