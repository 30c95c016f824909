//! Echoes become plots: what lies in one resolution cell becomes one, noise adds false ones, and a
//! sector's plots go off together.

use redan_geo::{Aer, Span, Time, wrap_pi_rad, wrap_two_pi_rad};
use redan_record::{AircraftId, NetworkId, RadarId, Recorder, What};
use redan_track::{Bearing, Plot, PlotId, Scan};

use super::Engine;
use crate::card;
use crate::draw::Purpose;
use crate::model::radar_equation::power_ratio;
use crate::world::{Due, Echo};

/// Echoes that a radar does not tell apart.
struct Cell {
    /// The strongest of them.
    echo: Echo,
    /// Where the plot of all of them will be: their mean, weighted by power.
    centre: Aer,
    /// Sum of their powers.
    weight: f64,
    /// The others.
    merged: Vec<AircraftId>,
}

impl<R: Recorder> Engine<'_, R> {
    /// A sector ends: its echoes become plots, which go off together with the directions heard.
    pub(super) fn sector(&mut self, radar: RadarId) {
        let state = &mut self.world.radars[radar.index()];
        let echoes = std::mem::take(&mut state.echoes);
        let bearings = std::mem::take(&mut state.bearings);
        let figures = &self.battle.radars[radar.index()].figures;
        let mut plots = Vec::with_capacity(echoes.len());
        for cell in cells(echoes, figures) {
            let plot = self.plot(radar, &cell.echo, &cell.centre);
            for aircraft in cell.merged {
                self.emit(cell.echo.look, What::Merged { radar, aircraft, into: plot.id });
            }
            plots.push(plot);
        }
        self.send(radar, plots, bearings);
    }

    /// Makes the plot of an echo, measured about `centre`.
    pub(super) fn plot(&mut self, radar: RadarId, echo: &Echo, centre: &Aer) -> Plot {
        let battle = self.battle;
        let model = &battle.radars[radar.index()];
        let id = PlotId(self.world.next_event);
        let bias = self.world.radars[radar.index()].bias;
        let plot = match echo.origin {
            None => Plot {
                id,
                time: echo.time,
                measured: echo.seen,
                snr_db: echo.snr_db,
                reply: self.unanswered(radar),
            },
            Some(aircraft) => {
                let name = battle.names.aircraft[aircraft.index()];
                let pair = battle.names.radars[radar.index()].combine(name);
                let reply = self.interrogate(radar, aircraft, echo.nth);
                let network = battle.scenario.radars[radar.index()].network;
                self.remember_origin(network, id, aircraft);
                let key = (pair, echo.nth);
                Plot {
                    id,
                    time: echo.time,
                    measured: model.measure(&self.luck, key, centre, echo.snr_db, &bias),
                    snr_db: echo.snr_db,
                    reply,
                }
            }
        };
        self.emit(echo.look, What::Plotted { radar, plot, origin: echo.origin });
        plot
    }

    /// False plots of one turn: a Poisson number, evenly spread over azimuth, range and elevation.
    pub(super) fn add_false_plots(&mut self, radar: RadarId, period: Span) {
        let model = &self.battle.radars[radar.index()];
        let mean_count = model.figures.false_plots_per_scan_count;
        if mean_count <= 0.0 || model.figures.receiver.is_some() {
            return;
        }
        let turn = self.world.radars[radar.index()].turns;
        let name = self.battle.names.radars[radar.index()];
        let heading_rad = self.battle.scenario.radars[radar.index()].heading_rad;
        let mut draw = self.luck.draw(Purpose::FalsePlot, name, turn);
        let number = draw.poisson(mean_count);
        for _ in 0..number {
            let share = draw.uniform();
            let (range, elevation) = (draw.uniform(), draw.uniform());
            let measured = model.somewhere(share, range, elevation, heading_rad);
            let at = self.world.now + Span::from_secs(share * period.as_secs());
            self.push(at, Due::FalsePlot(radar, measured));
        }
    }

    /// Noise crossed the threshold.
    pub(super) fn false_plot(&mut self, radar: RadarId, seen: Aer) {
        let snr_db = self.battle.radars[radar.index()].threshold_snr_db;
        let state = &mut self.world.radars[radar.index()];
        if state.radiating {
            let time = self.world.now;
            state.echoes.push(Echo { time, origin: None, seen, snr_db, nth: 0, look: None });
        }
    }

    /// Sends reports to the radar's network; they arrive after the network's delay.
    pub(super) fn send(&mut self, radar: RadarId, plots: Vec<Plot>, bearings: Vec<Bearing>) {
        if plots.is_empty() && bearings.is_empty() {
            return;
        }
        let network = self.battle.scenario.radars[radar.index()].network;
        let delay_s = self.battle.scenario.networks[network].post.plot_delay_s;
        let sensor = self.battle.sensor_of[radar.index()];
        let scan = Scan { sensor, until: self.world.now, plots, bearings };
        let at: Time = self.world.now + Span::from_secs(delay_s);
        self.push(at, Due::Deliver(NetworkId(network as u32), Box::new(scan)));
    }
}

/// Puts echoes into cells: each joins the strongest that is not told apart from it, else has a cell of
/// its own. Noise joins nothing. The cells come in the order of the times of their strongest echoes.
fn cells(mut echoes: Vec<Echo>, figures: &card::Radar) -> Vec<Cell> {
    // The sort is stable, so that of equal echoes the earlier leads.
    echoes.sort_by(|a, b| b.snr_db.total_cmp(&a.snr_db));
    let mut cells: Vec<Cell> = Vec::with_capacity(echoes.len());
    for echo in echoes {
        let joined = echo.origin.and_then(|origin| {
            let cell = cells.iter_mut().find(|cell| cell.holds(&echo, figures))?;
            Some((cell, origin))
        });
        match joined {
            Some((cell, origin)) => cell.take(&echo, origin),
            None => cells.push(Cell {
                centre: echo.seen,
                weight: power_ratio(echo.snr_db),
                merged: Vec::new(),
                echo,
            }),
        }
    }
    cells.sort_by_key(|cell| cell.echo.time);
    cells
}

impl Cell {
    /// Whether an echo lies within one range cell and one beam of the strongest echo of this cell.
    fn holds(&self, echo: &Echo, figures: &card::Radar) -> bool {
        let (own, other) = (&self.echo.seen, &echo.seen);
        self.echo.origin.is_some()
            && (own.range_m - other.range_m).abs() < figures.range_resolution_m
            && wrap_pi_rad(own.azimuth_rad - other.azimuth_rad).abs()
                < figures.azimuth_beamwidth_rad
            && (own.elevation_rad - other.elevation_rad).abs() < figures.elevation_beamwidth_rad
    }

    /// Moves the centre towards an echo by its share of the power.
    fn take(&mut self, echo: &Echo, origin: AircraftId) {
        let power = power_ratio(echo.snr_db);
        self.weight += power;
        let share = power / self.weight;
        let turn_rad = wrap_pi_rad(echo.seen.azimuth_rad - self.centre.azimuth_rad);
        self.centre = Aer {
            azimuth_rad: wrap_two_pi_rad(self.centre.azimuth_rad + share * turn_rad),
            elevation_rad: self.centre.elevation_rad
                + share * (echo.seen.elevation_rad - self.centre.elevation_rad),
            range_m: self.centre.range_m + share * (echo.seen.range_m - self.centre.range_m),
        };
        self.merged.push(origin);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{Figures, Library};

    fn figures() -> card::Radar {
        let library = Library::embedded();
        let card = library.find("s-400/96l6e").expect("a card that ships");
        let mut figures = card::Radar::from_figures(&Figures::nominal(card)).expect("a whole card");
        figures.range_resolution_m = 150.0;
        figures.azimuth_beamwidth_rad = 0.02;
        figures.elevation_beamwidth_rad = 0.05;
        figures
    }

    fn echo(aircraft: Option<u32>, range_m: f64, azimuth_rad: f64, snr_db: f64) -> Echo {
        Echo {
            time: Time::from_secs(azimuth_rad),
            origin: aircraft.map(AircraftId),
            seen: Aer { azimuth_rad, elevation_rad: 0.1, range_m },
            snr_db,
            nth: 0,
            look: None,
        }
    }

    #[test]
    fn echoes_within_a_cell_make_one_plot_at_their_centre_of_power() {
        let echoes = vec![
            echo(Some(1), 50_000.0, 1.000, 10.0),
            echo(Some(2), 50_100.0, 1.010, 20.0),
            echo(Some(3), 50_400.0, 1.010, 15.0),
        ];
        let found = cells(echoes, &figures());
        assert_eq!(found.len(), 2);
        let pair = found.iter().find(|cell| cell.echo.origin == Some(AircraftId(2)));
        let pair = pair.expect("the stronger leads");
        assert_eq!(pair.merged, [AircraftId(1)]);
        // A tenth of the power of the other: one eleventh of the way.
        assert!((pair.centre.range_m - (50_100.0 - 100.0 / 11.0)).abs() < 1e-6);
        assert!((pair.centre.azimuth_rad - (1.010 - 0.010 / 11.0)).abs() < 1e-9);
    }

    #[test]
    fn noise_and_what_is_a_beam_apart_stay_alone() {
        let echoes = vec![
            echo(Some(1), 50_000.0, 1.00, 10.0),
            echo(Some(2), 50_000.0, 1.03, 20.0),
            echo(None, 50_000.0, 1.00, 12.0),
        ];
        let found = cells(echoes, &figures());
        assert_eq!(found.len(), 3);
        assert!(found.windows(2).all(|pair| pair[0].echo.time <= pair[1].echo.time));
    }
}
