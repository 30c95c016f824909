//! An engagement goes over to another object, at mission level.
//!
//! Where guidance needs illumination, whatever stands out in the beam can take the place of the target:
//! the drone that is already destroyed and the airliner far behind it (Siberia 1812, 2001), the
//! fighter and the large aircraft beside it (Il-20, 2018). This is no model of a seeker: a missile keeps
//! its table of time and reach, and a probability from the card says whether the change happens when
//! the geometry allows it. Allowed is what flies inside the beam of the engagement radar within the
//! missile's reach, and, while the target is still there, sends back more power than the target
//! (cross-section over the fourth power of range, the mean of the aspects).

use redan_geo::{Ecef, Span, wrap_pi_rad};
use redan_record::{AircraftId, MissileId, Recorder, What};

use super::Engine;
use crate::draw::Purpose;
use crate::world::{Due, Engagement, Missile};

impl<R: Recorder> Engine<'_, R> {
    /// The object that a missile goes for instead of `target`, if it does: asked once for each missile.
    pub(super) fn goes_over(
        &mut self,
        id: MissileId,
        towards: Ecef,
        target: Option<AircraftId>,
    ) -> Option<AircraftId> {
        let missile = self.world.missiles[id.index()];
        let engagement = self.world.engagements[missile.engagement.index()];
        if !self.can_transfer(&engagement) || missile.is_settled {
            return missile.transferred;
        }
        let other = self.stands_out(&engagement, towards, target)?;
        self.world.missiles[id.index()].is_settled = true;
        let goes = self.luck_of_transfer(&engagement, other);
        *self.world.units[engagement.unit].transfers_asked.entry(other).or_default() += 1;
        if !goes {
            return None;
        }
        self.world.missiles[id.index()].transferred = Some(other);
        let from = target.or(engagement.met).or(engagement.held);
        let what = What::Transferred { missile: id, from, aircraft: other };
        let event = self.emit(Some(missile.launched.0), what);
        self.world.engagements[missile.engagement.index()].latest = event;
        Some(other)
    }

    /// Instead of being given up, a missile whose target is gone may go over to what is still there; it
    /// then flies on at its mean speed so far. Whether it did.
    pub(super) fn flies_on(&mut self, id: MissileId) -> bool {
        let missile = self.world.missiles[id.index()];
        let aim = missile.aim.to_ecef();
        let Some(other) = self.goes_over(id, aim, None) else { return false };
        let from = missile.from.to_ecef();
        let planned_s = (missile.resolve - missile.launched.1).as_secs().max(1.0);
        let mean_m_s = (aim.distance_m(from) / planned_s).max(1.0);
        let takes_s = self.state(other).ecef.distance_m(from) / mean_m_s;
        let state = &mut self.world.missiles[id.index()];
        state.resolve = (missile.launched.1 + Span::from_secs(takes_s)).max(self.world.now);
        state.generation += 1;
        let (resolve, generation) = (state.resolve, state.generation);
        self.push(resolve, Due::Resolve(id, generation));
        true
    }

    fn can_transfer(&self, engagement: &Engagement) -> bool {
        self.battle.scenario.networks[engagement.network].transfers
            && self.battle.interceptors[engagement.interceptor].needs_illumination
    }

    fn luck_of_transfer(&self, engagement: &Engagement, other: AircraftId) -> bool {
        let battle = self.battle;
        let Some(identification) = &battle.scenario.networks[engagement.network].identification
        else {
            return false;
        };
        let pair =
            battle.names.units[engagement.unit].combine(battle.names.aircraft[other.index()]);
        let asked = &self.world.units[engagement.unit].transfers_asked;
        let nth = asked.get(&other).copied().unwrap_or(0);
        self.luck.draw(Purpose::Transfer, pair, nth).bernoulli(identification.weights.transfer_prob)
    }

    /// What sends back most power out of the beam towards a place, `target` itself excepted; `None` where
    /// that is less than the target's.
    fn stands_out(
        &self,
        engagement: &Engagement,
        towards: Ecef,
        target: Option<AircraftId>,
    ) -> Option<AircraftId> {
        let radar = self.battle.scenario.units[engagement.unit].radar;
        let model = &self.battle.radars[radar];
        let beam = model.frame.aer(towards);
        let reach_m = self.battle.scenario.interceptors[engagement.interceptor].figures.max_range_m;
        let strength = |aircraft: AircraftId| {
            let seen = model.frame.aer(self.state(aircraft).ecef);
            let in_beam = wrap_pi_rad(seen.azimuth_rad - beam.azimuth_rad).abs()
                <= model.figures.azimuth_beamwidth_rad / 2.0
                && (seen.elevation_rad - beam.elevation_rad).abs()
                    <= model.figures.elevation_beamwidth_rad / 2.0;
            let rcs = &self.battle.scenario.aircraft[aircraft.index()].figures.rcs;
            let rcs_m2 = (rcs.nose_rcs_m2 + rcs.side_rcs_m2 + rcs.tail_rcs_m2) / 3.0;
            let square = seen.range_m * seen.range_m;
            (in_beam && seen.range_m <= reach_m).then(|| rcs_m2 / (square * square))
        };
        let own = target.filter(|target| self.is_flying(*target)).and_then(strength).unwrap_or(0.0);
        (0..self.world.aircraft.len() as u32)
            .map(AircraftId)
            .filter(|other| Some(*other) != target && self.is_flying(*other))
            .filter_map(|other| Some((strength(other)?, other)))
            .filter(|(power, _)| *power > own)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, other)| other)
    }

    /// Aircraft that a missile whose guidance went over meets, if it still flies.
    pub(super) fn transferred_to(&self, missile: &Missile) -> Option<AircraftId> {
        missile.transferred.filter(|aircraft| self.is_flying(*aircraft))
    }
}
