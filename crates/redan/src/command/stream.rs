//! `redan stream`: a recording as live messages over UDP.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use redan_exchange::{
    Datagram, Sent, UdpSender, View, asterix, cot_events, dis_messages, udp_address,
};
use redan_geo::Time;
use redan_record::Recording;

use super::dis_options::DisArgs;
use crate::exit::{self, bad_input};
use crate::output::print_line;

/// Send a recording as live messages over UDP.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The recording, a directory that `redan run` wrote.
    recording: PathBuf,
    /// Messages to send: for simulators, for radar displays, or for ATAK and its relatives.
    #[arg(long = "to", value_name = "FORMAT")]
    format: StreamFormat,
    /// Address and port that they are sent to. Give one of another machine if you mean one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:3000")]
    udp: String,
    /// Seconds of the battle that pass in one second.
    #[arg(long, default_value_t = 1.0, value_name = "TIMES", value_parser = speed)]
    speed: f64,
    /// What really happened, `truth`, or what one network believed, `network:NAME`, without anything
    /// that truth alone knows.
    #[arg(long, default_value = "truth", value_name = "VIEW")]
    view: View,
    #[command(flatten)]
    dis: DisArgs,
}

/// A format that is made of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StreamFormat {
    /// IEEE 1278.1: entities, fire, detonations, emissions, transponders, radios.
    Dis,
    /// ASTERIX: what radars and a centre would have sent, in blocks of CAT034, 048, 062 and 021.
    Asterix,
    /// Cursor on Target: every place as an event in XML, true from now on.
    Cot,
}

/// Messages that are due at their times. A format has one arm in [`messages`], and nothing else here.
struct Messages {
    due: Vec<Time>,
    /// The bytes of a message, made when it is sent: some hold the time of the clock.
    payload: Box<dyn Fn(usize) -> Vec<u8>>,
}

/// Sends, and says what was sent.
pub(crate) fn run(args: &Args) -> anyhow::Result<u8> {
    args.dis.refuse_without(args.format == StreamFormat::Dis)?;
    let to = udp_address(&args.udp).map_err(bad_input)?;
    let (_, recording) = redan_store::read(&args.recording).map_err(bad_input)?;
    let messages = messages(args, &recording)?;
    let sender = UdpSender::open(to).map_err(bad_input)?;
    let Sent { datagrams_count, bytes_count } =
        sender.send(&messages.due, args.speed, messages.payload).map_err(bad_input)?;
    let view = &args.view;
    print_line(&format!(
        "{datagrams_count} messages are sent to {to}: view {view}, {bytes_count} bytes"
    ))?;
    Ok(exit::OK)
}

fn messages(args: &Args, recording: &Recording) -> anyhow::Result<Messages> {
    match args.format {
        StreamFormat::Dis => {
            let all = dis_messages(recording, &args.view, args.dis.options());
            Ok(ready(all.map_err(bad_input)?))
        }
        StreamFormat::Asterix => {
            Ok(ready(asterix::datagrams(recording, &args.view).map_err(bad_input)?))
        }
        StreamFormat::Cot => {
            let all = cot_events(recording, &args.view).map_err(bad_input)?;
            let due = all.iter().map(|event| event.at).collect();
            let payload = move |index: usize| all[index].xml_at(now_ns()).into_bytes();
            Ok(Messages { due, payload: Box::new(payload) })
        }
    }
}

/// Messages that hold no time of the clock.
fn ready(all: Vec<Datagram>) -> Messages {
    let due = all.iter().map(|message| message.at).collect();
    Messages { due, payload: Box::new(move |index| all[index].payload.clone()) }
}

/// Nanoseconds since 1970 by the clock of this machine.
fn now_ns() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

fn speed(text: &str) -> Result<f64, String> {
    let speed: Option<f64> = text.parse().ok();
    speed.filter(|speed| (0.001..=1e9).contains(speed)).ok_or_else(|| {
        "it is a number from 0.001 to 1000000000, 1 for the speed of life".to_owned()
    })
}
