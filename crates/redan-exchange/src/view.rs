//! Whose eyes an export is seen through.

use std::fmt;
use std::str::FromStr;

use crate::ExchangeError;

const TRUTH: &str = "truth";
const NETWORK: &str = "network:";

/// What an export shows.
///
/// ```
/// use redan_exchange::View;
/// assert_eq!("truth".parse::<View>()?, View::Truth);
/// assert_eq!("network:national".parse::<View>()?.to_string(), "network:national");
/// # Ok::<(), redan_exchange::ExchangeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// What really happened: every aircraft with its name, side, type and end.
    Truth,
    /// The picture of the network of this name: its confirmed tracks as it judged them, its own
    /// radars, units, launchers and missiles, and the assets to defend. Nothing that truth alone
    /// knows, and nothing of other networks.
    Network(String),
}

impl FromStr for View {
    type Err = ExchangeError;

    fn from_str(text: &str) -> Result<View, ExchangeError> {
        match text.strip_prefix(NETWORK) {
            Some(name) if !name.is_empty() => Ok(View::Network(name.to_owned())),
            _ if text == TRUTH => Ok(View::Truth),
            _ => Err(ExchangeError::UnknownView { text: text.to_owned() }),
        }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            View::Truth => f.write_str(TRUTH),
            View::Network(name) => write!(f, "{NETWORK}{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_name_no_view_are_refused() {
        for text in ["", "Truth", "network", "network:", "truth:national"] {
            assert!(text.parse::<View>().is_err(), "{text}");
        }
    }
}
