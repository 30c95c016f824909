//! Datagrams over UDP, sent at their times.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::thread;
use std::time::{Duration, Instant};

use redan_geo::Time;

use crate::ExchangeError;

/// A socket that sends to one address.
#[derive(Debug)]
pub struct UdpSender {
    socket: UdpSocket,
    to: SocketAddr,
}

/// What was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Datagrams.
    pub datagrams_count: u64,
    /// Their bytes, headers not counted.
    pub bytes_count: u64,
}

/// Reads an address such as `127.0.0.1:3000` or `[::1]:3000`. Names of machines are not looked up: a
/// stream goes where it was told to go, and nowhere that somebody else's table says.
///
/// # Errors
///
/// [`ExchangeError::Address`] for any other text, and for port 0.
pub fn udp_address(text: &str) -> Result<SocketAddr, ExchangeError> {
    let address: Option<SocketAddr> = text.parse().ok();
    address
        .filter(|address| address.port() != 0)
        .ok_or_else(|| ExchangeError::Address { text: text.to_owned() })
}

impl UdpSender {
    /// Opens a socket; broadcast addresses are permitted, as DIS uses them.
    ///
    /// # Errors
    ///
    /// [`ExchangeError::Socket`] where the machine gives none.
    pub fn open(to: SocketAddr) -> Result<UdpSender, ExchangeError> {
        let refused = |error| ExchangeError::Socket { to, error };
        let socket = UdpSocket::bind((any_address(to), 0)).map_err(refused)?;
        if to.is_ipv4() {
            socket.set_broadcast(true).map_err(refused)?;
        }
        Ok(UdpSender { socket, to })
    }

    /// Sends each message when it is due: `speed_ratio` seconds of the scenario pass in one second, from
    /// the time of the first message on. What comes late is sent at once. `message` is asked for the
    /// bytes at that moment, so that they may hold the time of the clock.
    ///
    /// # Errors
    ///
    /// [`ExchangeError::Socket`] when a message cannot be sent. That nobody listens is no error, as far
    /// as the machine lets it be known.
    pub fn send(
        &self,
        due: &[Time],
        speed_ratio: f64,
        mut message: impl FnMut(usize) -> Vec<u8>,
    ) -> Result<Sent, ExchangeError> {
        let (mut sent, started) = (Sent::default(), Instant::now());
        let Some(first) = due.first() else { return Ok(sent) };
        for (index, at) in due.iter().enumerate() {
            let due_s = (*at - *first).as_secs() / speed_ratio;
            let wait = Duration::try_from_secs_f64(due_s).unwrap_or(Duration::ZERO);
            thread::sleep(wait.saturating_sub(started.elapsed()));
            let bytes = message(index);
            self.send_one(&bytes)?;
            sent.datagrams_count += 1;
            sent.bytes_count += bytes.len() as u64;
        }
        Ok(sent)
    }

    fn send_one(&self, bytes: &[u8]) -> Result<(), ExchangeError> {
        match self.socket.send_to(bytes, self.to) {
            // A machine may report with the next message that nobody took the one before.
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => Ok(()),
            Err(error) => Err(ExchangeError::Socket { to: self.to, error }),
            Ok(_) => Ok(()),
        }
    }
}

/// Any address of the family of another one: on loopback a socket stays on loopback.
fn any_address(to: SocketAddr) -> IpAddr {
    match to.ip() {
        IpAddr::V4(ip) if ip.is_loopback() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_loopback() => Ipv6Addr::LOCALHOST.into(),
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_none_are_refused_with_a_hint() {
        for text in ["", "3000", "127.0.0.1", "localhost:3000", "127.0.0.1:0", "127.0.0.1:70000"] {
            let error = udp_address(text).expect_err(text).to_string();
            assert!(error.contains(&format!("`{text}`")) && error.contains("hint: "), "{error}");
        }
        assert!(udp_address("[::1]:3000").is_ok());
    }

    #[test]
    fn messages_arrive_in_order_and_at_their_times() {
        let receiver = UdpSocket::bind("127.0.0.1:0").expect("loopback is there");
        receiver.set_read_timeout(Some(Duration::from_secs(5))).expect("it can be set");
        let sender = UdpSender::open(receiver.local_addr().expect("bound")).expect("a socket");
        let due = [100.0, 100.0, 101.0].map(Time::from_secs);
        let started = Instant::now();
        let sent = sender.send(&due, 10.0, |index| vec![index as u8; 3]).expect("sent");
        assert!(started.elapsed() >= Duration::from_millis(100), "a second at ten times life");
        assert_eq!(sent, Sent { datagrams_count: 3, bytes_count: 9 });
        let mut bytes = [0; 16];
        for index in 0..3 {
            let length = receiver.recv(&mut bytes).expect("it was sent");
            assert_eq!(bytes[..length], [index; 3]);
        }
    }
}
