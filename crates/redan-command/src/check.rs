//! The one place where an order is tested: rules of engagement, channels, rounds, the engagement
//! radar's limits and line of sight, and the missile's envelope.
//!
//! A doctrine asks before it orders; the engine asks again before it obeys, so that a doctrine of a
//! researcher's own cannot fire what the unit does not have.

use redan_geo::{Ecef, Enu, EnuVelocity, Geodetic, LocalFrame, Time, wrap_pi_rad};
use redan_track::Track;

use crate::fly_out::NoIntercept;
use crate::{FireUnit, Intercept, Interceptor, InterceptorId, Order, Reason, Situation};

/// Tests an engagement of `track` by `unit` with `rounds` of `interceptor`. Returns the predicted
/// intercept, its time counted from now, or the first reason against it.
pub fn order(
    situation: &Situation<'_>,
    unit: &FireUnit,
    track: &Track,
    interceptor: InterceptorId,
    rounds: u32,
) -> Result<Intercept, Reason> {
    permitted(situation, track)?;
    available(unit, interceptor, rounds)?;
    let launch = situation.now + unit.reaction;
    let target = Target::of(situation.frame, unit.antenna, track, launch);
    in_view(situation, unit, &target)?;
    let missile = &situation.interceptors[interceptor.0 as usize];
    let found = target.reachable(missile)?;
    if missile.needs_illumination {
        let met = target.carried(found.time_s).at_height(found.altitude_m + target.height_sigma_m);
        visible(situation, unit, &met)?;
    }
    Ok(Intercept { time_s: found.time_s + unit.reaction.as_secs(), ..found })
}

/// Takes what an order uses out of a copy of the units, so that the next order of the same moment does
/// not use it again.
pub fn commit(situation: &Situation<'_>, units: &mut [FireUnit], track: &Track, order: &Order) {
    let Some(unit) = units.iter_mut().find(|unit| unit.id == order.unit) else {
        return;
    };
    unit.free_target_channels = unit.free_target_channels.saturating_sub(1);
    unit.free_missile_channels = unit.free_missile_channels.saturating_sub(order.rounds);
    if let Some(stock) = unit.stocks.iter_mut().find(|s| s.interceptor == order.interceptor) {
        stock.rounds = stock.rounds.saturating_sub(order.rounds);
    }
    if unit.facing_rad.is_none() {
        let seen = LocalFrame::new(unit.antenna).aer(situation.believed(track));
        unit.facing_rad = Some(seen.azimuth_rad);
    }
}

/// Where a missile launched at `launch` from `place` would meet the track; its time is counted from
/// the launch.
pub fn intercept(
    frame: &LocalFrame,
    place: Geodetic,
    missile: &Interceptor,
    track: &Track,
    launch: Time,
) -> Result<Intercept, Reason> {
    Target::of(frame, place, track, launch).reachable(missile)
}

/// Place of a track at `time` on the curved Earth, carried along from its last state: height above sea
/// level changes with the climb alone.
pub fn carried(frame: &LocalFrame, track: &Track, time: Time) -> Geodetic {
    frame.ecef(track.kinematics.position_at(time)).to_geodetic()
}

/// A track that has had no plot for longer than this is only carried along, seconds: more than one scan of
/// a slow search radar. A choice of the model.
const COASTING_S: f64 = 20.0;

/// Rules of engagement, no second engagement of the same track, and none of one that is only carried
/// along.
pub fn permitted(situation: &Situation<'_>, track: &Track) -> Result<(), Reason> {
    if situation.committed(track.id).is_some() {
        return Err(Reason::AlreadyEngaged);
    }
    if situation.called_killed.binary_search(&track.id).is_ok() {
        return Err(Reason::CalledKilled);
    }
    let for_s = (situation.now - track.kinematics.time).as_secs();
    if for_s > COASTING_S {
        return Err(Reason::Coasting { for_s });
    }
    let weapons = situation.weapons_for(track.id);
    if weapons == crate::WeaponsControl::Hold {
        return Err(Reason::WeaponsHold);
    }
    if !weapons.permits(track.identity) {
        return Err(Reason::Identity { identity: track.identity });
    }
    Ok(())
}

/// Radar, rounds and channels of the unit. An order without rounds is refused: it would take a channel
/// and never give it back.
fn available(unit: &FireUnit, interceptor: InterceptorId, rounds: u32) -> Result<(), Reason> {
    if !unit.ready {
        return Err(Reason::UnitNotReady);
    }
    let stock = unit.stocks.iter().find(|stock| stock.interceptor == interceptor);
    if rounds == 0 || stock.is_none_or(|stock| stock.rounds < rounds) {
        return Err(Reason::NoRounds);
    }
    if unit.free_target_channels == 0 {
        return Err(Reason::NoTargetChannel);
    }
    if unit.free_missile_channels < rounds {
        return Err(Reason::NoMissileChannel);
    }
    Ok(())
}

/// A track as a place of launch will face it.
struct Target {
    local: LocalFrame,
    /// Where it is believed to be at the launch.
    at_launch: Ecef,
    /// How well its height is known: one standard deviation.
    height_sigma_m: f64,
    /// Relative to the place, but with height above sea level as the third component: fly-out tables
    /// are over ground range and altitude, and the Earth curves away from the plane.
    flat: Enu,
    /// Its velocity in the same sense.
    flat_velocity: EnuVelocity,
    speed_m_s: f64,
}

impl Target {
    fn of(frame: &LocalFrame, place: Geodetic, track: &Track, launch: Time) -> Target {
        let at_launch = frame.ecef(track.kinematics.position_at(launch));
        let believed = at_launch.to_geodetic();
        let world = frame.ecef_velocity(track.kinematics.velocity());
        let (height_sigma_m, climb_sigma_m_s) = vertical_sigmas(track);
        let climb_m_s = LocalFrame::new(believed).enu_velocity(world).up_m_s;
        // A climb that is within its own uncertainty is no climb: carried over a minute it would put
        // every low flier below the ground or above the ceiling.
        let climb_m_s = if climb_m_s.abs() < 2.0 * climb_sigma_m_s { 0.0 } else { climb_m_s };
        let local = LocalFrame::new(place);
        Target {
            at_launch,
            height_sigma_m,
            // A height below the sea is an error of the track, not a place.
            flat: Enu { up_m: believed.height_m.max(0.0), ..local.enu(at_launch) },
            flat_velocity: EnuVelocity { up_m_s: climb_m_s, ..local.enu_velocity(world) },
            speed_m_s: track.kinematics.speed_m_s(),
            local,
        }
    }

    /// Where over ground it will be `after_s` seconds after the launch; the height is without meaning.
    fn carried(&self, after_s: f64) -> Geodetic {
        let below = Enu {
            east_m: self.flat.east_m + self.flat_velocity.east_m_s * after_s,
            north_m: self.flat.north_m + self.flat_velocity.north_m_s * after_s,
            up_m: 0.0,
        };
        self.local.ecef(below).to_geodetic()
    }

    /// Envelope of the missile.
    fn reachable(&self, missile: &Interceptor) -> Result<Intercept, Reason> {
        let excess_m_s = self.speed_m_s - missile.max_target_speed_m_s;
        if excess_m_s > 0.0 {
            return Err(Reason::TooFast { excess_m_s });
        }
        let (low_m, high_m) = limits_m(missile);
        let doubt_m = 2.0 * self.height_sigma_m;
        let up_m = within_doubt(self.flat.up_m, low_m, high_m, doubt_m);
        let flat = Enu { up_m, ..self.flat };
        let level = EnuVelocity { up_m_s: 0.0, ..self.flat_velocity };
        missile
            .fly_out
            .predicted_intercept(flat, self.flat_velocity)
            .or_else(|reason| match reason {
                // A climb that leads below the ground or out of the air is not believed.
                NoIntercept::BelowFloor { .. } | NoIntercept::AboveCeiling { .. } => {
                    missile.fly_out.predicted_intercept(flat, level)
                }
                _ => Err(reason),
            })
            .map_err(refused)
    }

    /// Its place at the launch for the question whether the radar can see it: a height below the
    /// ground is an error of the track, and a height that is not well known gets the benefit of one
    /// standard deviation.
    fn highest_likely(&self, earth: &redan_geo::Earth) -> Geodetic {
        let believed = self.at_launch.to_geodetic();
        let ground_m = earth.ground_m(believed.lat_rad, believed.lon_rad);
        believed.at_height(believed.height_m.max(ground_m) + self.height_sigma_m)
    }
}

/// Standard deviations of height (m) and climb (m/s), taken along the vertical of the tracker's frame.
fn vertical_sigmas(track: &Track) -> (f64, f64) {
    let covariance = &track.kinematics.covariance;
    (covariance[(2, 2)].max(0.0).sqrt(), covariance[(5, 5)].max(0.0).sqrt())
}

fn limits_m(missile: &Interceptor) -> (f64, f64) {
    let envelope = missile.fly_out.envelope();
    (envelope.min_altitude_m, envelope.max_altitude_m)
}

/// A height moved into the limits as far as doubt allows.
fn within_doubt(height_m: f64, low_m: f64, high_m: f64, doubt_m: f64) -> f64 {
    if height_m < low_m {
        low_m.min(height_m + doubt_m)
    } else if height_m > high_m {
        high_m.max(height_m - doubt_m)
    } else {
        height_m
    }
}

/// Instrumented range, elevation, sector and line of sight of the engagement radar at the launch.
fn in_view(situation: &Situation<'_>, unit: &FireUnit, target: &Target) -> Result<(), Reason> {
    let likely = target.highest_likely(situation.earth);
    let seen = LocalFrame::new(unit.antenna).aer(likely.to_ecef());
    if seen.range_m > unit.instrumented_range_m {
        return Err(Reason::OutsideRange { short_by_m: seen.range_m - unit.instrumented_range_m });
    }
    if let Some((centre_rad, width_rad)) = unit.fires_rad {
        let off = wrap_pi_rad(seen.azimuth_rad - centre_rad).abs() - width_rad / 2.0;
        if off > 0.0 {
            return Err(Reason::OutsideSectorOfFire { off_by_rad: off });
        }
    }
    let (low, high) = unit.elevation_rad;
    let outside = (low - seen.elevation_rad).max(seen.elevation_rad - high);
    if outside > 0.0 {
        return Err(Reason::OutsideElevation { short_by_rad: outside });
    }
    if let Some(facing_rad) = unit.facing_rad {
        let off = wrap_pi_rad(seen.azimuth_rad - facing_rad).abs() - unit.sector_rad / 2.0;
        if off > 0.0 {
            return Err(Reason::OutsideSector { off_by_rad: off });
        }
    }
    visible(situation, unit, &likely)
}

fn visible(situation: &Situation<'_>, unit: &FireUnit, place: &Geodetic) -> Result<(), Reason> {
    let sight = situation.earth.sight(&unit.antenna, place);
    if sight.visible {
        return Ok(());
    }
    Err(Reason::BelowHorizon { short_by_rad: (-sight.clearance_rad()).max(0.0) })
}

fn refused(reason: NoIntercept) -> Reason {
    match reason {
        NoIntercept::OutOfReach { short_by_m } => Reason::OutOfReach { short_by_m },
        NoIntercept::BelowFloor { by_m } => Reason::BelowFloor { short_by_m: by_m },
        NoIntercept::AboveCeiling { by_m } => Reason::AboveCeiling { excess_m: by_m },
        NoIntercept::InsideMinimumRange { by_m } => Reason::TooClose { short_by_m: by_m },
    }
}
