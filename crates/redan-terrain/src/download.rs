//! One file over HTTP into a file that grows.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use ureq::http::{Response, StatusCode, header};
use ureq::{Agent, Body};

use crate::TerrainError;

/// Waiting for a connection, for an answer, and for the next bytes.
const PATIENCE: Duration = Duration::from_secs(30);

/// The name of the list of tiles in the buckets of Copernicus DEM, and its length at most.
const LIST: &str = "tileList.txt";
const LIST_BYTES: u64 = 16 * 1024 * 1024;

/// Bytes of a tile at most: four times those of the largest ones of GLO-30.
const TILE_BYTES: u64 = 256 * 1024 * 1024;

const CHUNK_BYTES: usize = 64 * 1024;

/// Asks one server.
pub(crate) struct Client {
    agent: Agent,
    address: String,
}

/// What came of one attempt.
pub(crate) struct Attempt {
    pub(crate) answer: Answer,
    /// Bytes that were written.
    pub(crate) received: u64,
    /// Bytes of the file that are there now.
    pub(crate) there: u64,
}

/// The end of an attempt.
pub(crate) enum Answer {
    /// The file is there in the length that the server named.
    Whole,
    /// The server does not have it.
    Absent,
    /// It makes no sense to ask again.
    Refused(String),
    /// Another attempt may bring it.
    Broken(String),
}

impl Client {
    pub(crate) fn new(address: &str) -> Client {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .timeout_per_read(Some(PATIENCE))
            .user_agent(concat!("redan/", env!("CARGO_PKG_VERSION")));
        // A server on this machine is never behind a proxy.
        if ["http://127.0.0.1", "http://localhost"].iter().any(|own| address.starts_with(own)) {
            config = config.proxy(None);
        }
        let address = address.trim_end_matches('/').to_owned();
        Client { agent: config.build().new_agent(), address }
    }

    /// Continues `part` with what is missing of the file at `address`.
    pub(crate) fn get(
        &self,
        address: &str,
        part: &Path,
        tell: &mut dyn FnMut(u64, Option<u64>),
    ) -> Result<Attempt, TerrainError> {
        let there = fs::metadata(part).map_or(0, |data| data.len());
        let mut request = self.agent.get(address);
        if there > 0 {
            request = request.header(header::RANGE, format!("bytes={there}-"));
        }
        let nothing = |answer| Ok(Attempt { answer, received: 0, there });
        let response = match request.call() {
            Ok(response) => response,
            Err(ureq::Error::BadUri(problem)) => {
                return nothing(Answer::Refused(format!("this is no address: {problem}")));
            }
            Err(error) => return nothing(Answer::Broken(error.to_string())),
        };
        let start = match response.status() {
            StatusCode::OK => 0,
            StatusCode::PARTIAL_CONTENT => match range_start(&response) {
                Some(start) if start == there => there,
                _ => {
                    discard(part)?;
                    return nothing(Answer::Broken("the server sent another part".to_owned()));
                }
            },
            StatusCode::RANGE_NOT_SATISFIABLE => {
                discard(part)?;
                return nothing(Answer::Broken("the file is shorter than before".to_owned()));
            }
            StatusCode::NOT_FOUND => return nothing(Answer::Absent),
            status => {
                let problem = format!("the server answers {status}");
                let may_pass = status.is_server_error()
                    || status == StatusCode::TOO_MANY_REQUESTS
                    || status == StatusCode::REQUEST_TIMEOUT;
                return nothing(match may_pass {
                    true => Answer::Broken(problem),
                    false => Answer::Refused(problem),
                });
            }
        };
        receive(response, part, start, tell)
    }

    /// Names of all tiles of the bucket, where it has a list.
    pub(crate) fn list(&self) -> Option<BTreeSet<String>> {
        let mut response = self.agent.get(format!("{}/{LIST}", self.address)).call().ok()?;
        if response.status() != StatusCode::OK {
            return None;
        }
        let mut text = String::new();
        response.body_mut().as_reader().take(LIST_BYTES).read_to_string(&mut text).ok()?;
        let names: BTreeSet<String> = text.lines().map(|line| line.trim().to_owned()).collect();
        names.iter().any(|name| name.starts_with("Copernicus_")).then_some(names)
    }
}

/// Appends the body of an answer to a file of which `start` bytes are there.
fn receive(
    mut response: Response<Body>,
    part: &Path,
    start: u64,
    tell: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Attempt, TerrainError> {
    let named = response.headers().get(header::CONTENT_LENGTH);
    let named = named.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let in_all = named.and_then(|length| start.checked_add(length));
    if in_all.is_none_or(|bytes| bytes > TILE_BYTES) {
        let problem = "the server names no length, or one that no tile has".to_owned();
        return Ok(Attempt { answer: Answer::Refused(problem), received: 0, there: start });
    }
    let mut file = opened(part, start).map_err(TerrainError::write(part))?;
    let mut reader = response.body_mut().as_reader();
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut received = 0;
    tell(start, in_all);
    let broken = loop {
        match reader.read(&mut chunk) {
            Ok(0) => break None,
            Ok(count) => {
                file.write_all(&chunk[..count]).map_err(TerrainError::write(part))?;
                received += count as u64;
                tell(start + received, in_all);
            }
            Err(error) => break Some(error.to_string()),
        }
    };
    let short = || format!("it broke off after {} bytes", start + received);
    let answer = match broken {
        None if in_all == Some(start + received) => Answer::Whole,
        None => Answer::Broken(short()),
        Some(problem) => Answer::Broken(format!("{}: {problem}", short())),
    };
    Ok(Attempt { answer, received, there: start + received })
}

fn opened(part: &Path, start: u64) -> std::io::Result<File> {
    match start {
        0 => File::create(part),
        _ => OpenOptions::new().append(true).open(part),
    }
}

/// Where a part begins, from a header such as `bytes 500-999/1000`.
fn range_start(response: &Response<Body>) -> Option<u64> {
    let text = response.headers().get(header::CONTENT_RANGE)?.to_str().ok()?;
    text.strip_prefix("bytes ")?.split('-').next()?.parse().ok()
}

fn discard(part: &Path) -> Result<(), TerrainError> {
    fs::remove_file(part).map_err(TerrainError::write(part))
}
