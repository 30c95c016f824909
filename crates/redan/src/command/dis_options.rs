//! What an exercise of DIS has to know of who tells it.

use redan_exchange::{DisOptions, DisVersion};

use crate::exit::bad_input;

// Plain comment: a documented group would take the place of what the command says of itself.
#[derive(clap::Args)]
pub(crate) struct DisArgs {
    /// Edition of DIS: 7 (IEEE 1278.1-2012) or 6 (1278.1A-1998); 7 unless given.
    #[arg(long, value_name = "6|7", value_parser = clap::value_parser!(u8).range(6..=7))]
    dis_version: Option<u8>,
    /// Number of the exercise of DIS; 1 unless given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    exercise: Option<u8>,
    /// Number of this site in the exercise; 1 unless given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=65_533))]
    site: Option<u16>,
    /// Number of this application at the site; 1 unless given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=65_000))]
    application: Option<u16>,
}

impl DisArgs {
    /// The numbers, with the usual ones for what is not given.
    pub(super) fn options(&self) -> DisOptions {
        let usual = DisOptions::default();
        DisOptions {
            version: if self.dis_version == Some(6) { DisVersion::V6 } else { DisVersion::V7 },
            exercise: self.exercise.unwrap_or(usual.exercise),
            site: self.site.unwrap_or(usual.site),
            application: self.application.unwrap_or(usual.application),
        }
    }

    /// Refuses numbers of DIS for another format, which would be passed over in silence.
    pub(super) fn refuse_without(&self, is_dis: bool) -> anyhow::Result<()> {
        let given = [
            self.dis_version.map(|_| "--dis-version"),
            self.exercise.map(|_| "--exercise"),
            self.site.map(|_| "--site"),
            self.application.map(|_| "--application"),
        ];
        match given.into_iter().flatten().next() {
            Some(name) if !is_dis => Err(bad_input(format!(
                "{name} is for DIS alone\nhint: leave it out, or write --to dis"
            ))),
            _ => Ok(()),
        }
    }
}
