//! A tracker written in Python. It says what changed; the list of tracks, which identification writes into, is
//! kept here, so that there is one of it.

use std::sync::Arc;

use nalgebra::{Matrix6, Vector6};
use pyo3::prelude::*;
use redan_geo::Time;
use redan_sim::Battle;
use redan_track::{
    Basis, DropReason, Identity, Kinematics, PlotId, Replies, Status, Track, TrackChange, TrackId,
    Tracker,
};

use crate::errors;
use crate::faults::{Faults, copied};
use crate::picture::Scan;

/// A tracker whose `ingest` and `advance` are Python's.
pub(crate) struct Written {
    /// The object.
    pub(crate) object: Py<PyAny>,
    /// The battle that it watches.
    pub(crate) battle: Arc<Battle>,
    /// Number of its network.
    pub(crate) network: usize,
    /// Where its exceptions are kept.
    pub(crate) faults: Faults,
    /// Tracks in order of their numbers.
    pub(crate) tracks: Vec<Track>,
}

/// One change as Python says it, by the attribute `kind` of its class.
#[derive(FromPyObject)]
struct Said {
    kind: String,
    track: u64,
    plot: Option<u64>,
    state: Option<State>,
    nis_ratio: f64,
}

/// Time, mean of six and covariance of six by six.
#[derive(FromPyObject)]
struct State {
    time_s: f64,
    mean: Vec<f64>,
    covariance: Vec<Vec<f64>>,
}

impl Tracker for Written {
    fn ingest(&mut self, scan: &redan_track::Scan, changes: &mut Vec<TrackChange>) {
        if !self.faults.none() {
            return;
        }
        let said = Python::attach(|py| {
            let shown = Scan::of(&self.battle, self.network, scan);
            self.faults.keep(self.ask(py, "ingest", (shown,)))
        });
        self.take(said, Some(scan), changes);
    }

    fn advance(&mut self, now: Time, changes: &mut Vec<TrackChange>) {
        if !self.faults.none() {
            return;
        }
        let said = Python::attach(|py| self.faults.keep(self.ask(py, "advance", (now.as_secs(),))));
        self.take(said, None, changes);
    }

    fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    fn tracks_mut(&mut self) -> &mut [Track] {
        &mut self.tracks
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(Written {
            object: copied(&self.object, &self.faults),
            battle: Arc::clone(&self.battle),
            network: self.network,
            faults: self.faults.clone(),
            tracks: self.tracks.clone(),
        })
    }
}

impl Written {
    fn ask<'py, A: pyo3::call::PyCallArgs<'py>>(
        &self,
        py: Python<'py>,
        method: &str,
        arguments: A,
    ) -> PyResult<Vec<Said>> {
        let answer = self.object.bind(py).call_method1(method, arguments)?;
        answer.try_iter()?.map(|change| change?.extract::<Said>()).collect()
    }

    /// Enters what was said into the list, as far as it holds.
    fn take(
        &mut self,
        said: Vec<Said>,
        scan: Option<&redan_track::Scan>,
        changes: &mut Vec<TrackChange>,
    ) {
        for one in said {
            match self.entered(&one, scan) {
                Ok(change) => changes.push(change),
                Err(reason) => {
                    let Said { kind, track, .. } = one;
                    let text = format!("the tracker says {kind:?} of track {track}, but {reason}");
                    Python::attach(|py| self.faults.keep::<()>(Err(errors::input(py, &text))));
                    return;
                }
            }
        }
    }

    fn entered(
        &mut self,
        said: &Said,
        scan: Option<&redan_track::Scan>,
    ) -> Result<TrackChange, &'static str> {
        let track = TrackId(said.track);
        let place = self.tracks.binary_search_by_key(&track, |track| track.id);
        let plot = said.plot.map(PlotId);
        let with_plot = || plot.zip(scan).ok_or("a plot of the scan belongs to it");
        match (said.kind.as_str(), place) {
            ("started", Err(place)) => {
                let (plot, scan) = with_plot()?;
                let started = started(said, track, plot, scan)?;
                self.tracks.insert(place, started);
                Ok(TrackChange::Started { track, plot })
            }
            ("started", Ok(_)) => Err("that track is there already"),
            (_, Err(_)) => Err("there is no such track"),
            ("updated", Ok(place)) => {
                let (plot, scan) = with_plot()?;
                updated(&mut self.tracks[place], said, plot, scan)?;
                Ok(TrackChange::Updated { track, plot, nis_ratio: said.nis_ratio })
            }
            ("confirmed", Ok(place)) => {
                let held = &mut self.tracks[place];
                held.status = Status::Confirmed;
                held.confirmed.get_or_insert(held.kinematics.time);
                Ok(TrackChange::Confirmed { track, plot: held.last_plot })
            }
            ("dropped", Ok(place)) => {
                let held = self.tracks.remove(place);
                let reason = match held.confirmed {
                    Some(_) => DropReason::NotSeen,
                    None => DropReason::NotConfirmed,
                };
                Ok(TrackChange::Dropped { track, reason })
            }
            _ => Err("that is no change"),
        }
    }
}

fn started(
    said: &Said,
    track: TrackId,
    plot: PlotId,
    scan: &redan_track::Scan,
) -> Result<Track, &'static str> {
    let kinematics = kinematics(said)?;
    let mut started = Track {
        id: track,
        status: Status::Tentative,
        kinematics,
        hits: 0,
        started: kinematics.time,
        confirmed: None,
        last_plot: plot,
        last_sensor: scan.sensor,
        replies: Replies::default(),
        identity: Identity::Pending,
        basis: Basis::None,
    };
    updated(&mut started, said, plot, scan)?;
    Ok(started)
}

/// A plot updates a track: its state as said, and what the object answered, which no tracker needs to know of.
fn updated(
    track: &mut Track,
    said: &Said,
    plot: PlotId,
    scan: &redan_track::Scan,
) -> Result<(), &'static str> {
    let found = scan.plots.iter().find(|one| one.id == plot);
    let found = found.ok_or("the scan has no such plot")?;
    track.kinematics = kinematics(said)?;
    track.hits += 1;
    track.last_plot = plot;
    track.last_sensor = scan.sensor;
    track.replies.add(found.reply);
    Ok(())
}

fn kinematics(said: &Said) -> Result<Kinematics, &'static str> {
    let state = said.state.as_ref().ok_or("a state belongs to it")?;
    let is_square =
        state.covariance.len() == 6 && state.covariance.iter().all(|row| row.len() == 6);
    if state.mean.len() != 6 || !is_square {
        return Err("a state has a mean of 6 and a covariance of 6 by 6");
    }
    let entries: Vec<f64> = state.covariance.iter().flatten().copied().collect();
    if !state.mean.iter().chain(&entries).all(|figure| figure.is_finite()) {
        return Err("its state is not finite");
    }
    Ok(Kinematics {
        time: Time::from_secs(state.time_s),
        mean: Vector6::from_column_slice(&state.mean),
        covariance: Matrix6::from_row_slice(&entries),
    })
}
