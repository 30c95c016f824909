//! A small HTTP server on this machine whose answers go wrong as a test wants.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// How the next answer to a request for a tile goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection ends after so many bytes.
    BreaksOff(usize),
    /// Another answer than the file.
    Status(u16),
    /// The named length is so many bytes more than what comes.
    NamesMore(usize),
    /// The named length is so many bytes less than what is there.
    NamesLess(usize),
    /// The whole file, whatever part was asked for.
    IgnoresRange,
    /// The connection ends without an answer.
    HangsUp,
}

#[derive(Default)]
struct State {
    files: BTreeMap<String, Vec<u8>>,
    faults: VecDeque<Fault>,
    asked: Vec<(String, Option<usize>)>,
}

/// The server; it goes on until the tests end.
pub(crate) struct Server {
    pub(crate) address: String,
    state: Arc<Mutex<State>>,
}

impl Server {
    pub(crate) fn new() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that hangs up first is no fault of the server.
                let _ = answer(stream, &shared);
            }
        });
        Server { address, state }
    }

    pub(crate) fn put(&self, path: &str, bytes: Vec<u8>) {
        self.state.lock().unwrap().files.insert(path.to_owned(), bytes);
    }

    pub(crate) fn will(&self, faults: &[Fault]) {
        self.state.lock().unwrap().faults.extend(faults);
    }

    /// What was asked for since the last question: paths, and the first byte that was wanted.
    pub(crate) fn asked(&self) -> Vec<(String, Option<usize>)> {
        std::mem::take(&mut self.state.lock().unwrap().asked)
    }
}

fn answer(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let (path, from) = request(&stream)?;
    let (bytes, fault) = {
        let mut state = state.lock().unwrap();
        state.asked.push((path.clone(), from));
        let fault = if path.ends_with(".tif") { state.faults.pop_front() } else { None };
        (state.files.get(&path).cloned(), fault)
    };
    match (bytes, fault) {
        (_, Some(Fault::HangsUp)) => {}
        (_, Some(Fault::Status(status))) => {
            write!(
                stream,
                "HTTP/1.1 {status} Trouble\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )?;
        }
        (None, _) => {
            write!(
                stream,
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )?;
        }
        (Some(bytes), fault) => send(&mut stream, &bytes, from, fault)?,
    }
    stream.flush()?;
    stream.shutdown(Shutdown::Write)
}

/// Path of a request, and the first byte that it wants.
fn request(stream: &TcpStream) -> std::io::Result<(String, Option<usize>)> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut from = None;
    for line in lines {
        let line = line?.to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        let range = line.strip_prefix("range: bytes=").and_then(|text| text.strip_suffix('-'));
        from = from.or(range.map(|text| text.parse().unwrap()));
    }
    Ok((path, from))
}

fn send(
    stream: &mut TcpStream,
    bytes: &[u8],
    from: Option<usize>,
    fault: Option<Fault>,
) -> std::io::Result<()> {
    let from = from.filter(|_| fault != Some(Fault::IgnoresRange));
    if from.is_some_and(|from| from >= bytes.len()) {
        return write!(stream, "HTTP/1.1 416 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
    let body = &bytes[from.unwrap_or(0)..];
    let (named, sent) = match fault {
        Some(Fault::BreaksOff(after)) => (body.len(), after.min(body.len())),
        Some(Fault::NamesMore(more)) => (body.len() + more, body.len()),
        Some(Fault::NamesLess(less)) => (body.len() - less, body.len() - less),
        _ => (body.len(), body.len()),
    };
    match from {
        Some(from) => write!(
            stream,
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{}/{}\r\n",
            bytes.len() - 1,
            bytes.len()
        )?,
        None => write!(stream, "HTTP/1.1 200 OK\r\n")?,
    }
    write!(stream, "Content-Length: {named}\r\nConnection: close\r\n\r\n")?;
    stream.write_all(&body[..sent])
}
