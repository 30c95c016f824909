//! Looks: plots turned into the tracker's frame, with a measurement equation that has no pole.
//!
//! Models the measurement of azimuth, elevation and slant range by a sensor that stands anywhere.
//! With `d = position - antenna`, `r = |d|`, `u = d / r` and the orthonormal triad (a, e, l) of the
//! *measured* direction (a towards growing azimuth, e towards growing elevation, l along the line of
//! sight), the measurement is taken as
//!
//! > z = (0, 0, r measured), h(position) = (a·u, e·u, r),
//! > R = diag(σ_az² max(cos² el, σ_el²), σ_el², σ_r²).
//!
//! This is the usual spherical measurement (Bar-Shalom, Li and Kirubarajan 2001, chapter 10) up to
//! the third order of the angle between the two directions, but it needs no wrapping of angles and
//! stays regular at the zenith, where azimuth is without meaning. A conversion to Cartesian
//! coordinates uses the same triad (with the debiasing of Lerro and Bar-Shalom 1993, IEEE
//! Trans. AES 29(3), to the second order of the angular errors).
//!
//! A radar that measures no elevation (a 2-D radar, infinite `elevation_sigma_rad`) gives a look whose
//! second row carries no information ([`BLIND_ANGLE_RAD2`]): an update leaves the height as it was. Where a
//! place is needed, for a new track or for the width of a gate, the height is taken as
//! [`ASSUMED_HEIGHT_M`] above the antenna, give or take [`ASSUMED_HEIGHT_SIGMA_M`] (a choice of ours that
//! spans the heights at which aircraft fly). A [`Bearing`] has neither elevation nor range.
//!
//! Inputs: azimuth and elevation in radians, range in metres, above 0; standard deviations of angles
//! up to 0.1 rad. Left out: radial speed, refraction (plots come corrected), biases of the sensor.
//! Validated against `validation/tables/tracking/polar_conversion_moments.csv`.

use nalgebra::{Matrix3, Vector3};
use redan_geo::{Aer, LocalFrame};

use crate::{Bearing, Sensor};

/// A predicted direction further than this from the measured one is no place to linearise at.
const COSINE_OF_FAR: f64 = 0.5;
/// Variance of a row that was not measured, rad² (or, of range, m² through [`BLIND_RANGE_M2`]): so large
/// that it adds nothing, and small enough to keep the sums exact.
pub const BLIND_ANGLE_RAD2: f64 = 1e6;
/// Variance of a range that was not measured, m².
pub const BLIND_RANGE_M2: f64 = 1e18;
/// Height above the antenna of what a radar without elevation sees, metres.
pub const ASSUMED_HEIGHT_M: f64 = 6_000.0;
/// Its standard deviation, metres.
pub const ASSUMED_HEIGHT_SIGMA_M: f64 = 4_000.0;
/// Largest elevation that the assumption leads to, radians: close to the antenna it says nothing.
const STEEPEST_RAD: f64 = 0.8;

/// Shorter distances from the antenna count as this one, so that the equations stay finite.
const SHORTEST_M: f64 = 1.0;

/// A sensor as the filter sees it: place, axes and variances in the tracker's frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SensorView {
    antenna_m: Vector3<f64>,
    to_tracker: Matrix3<f64>,
    azimuth_variance: f64,
    elevation_variance: f64,
    range_variance: f64,
}

/// One plot in the tracker's frame. Made by [`SensorView::look`], which refuses what is not finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    antenna_m: Vector3<f64>,
    /// Rows: across in azimuth, across in elevation, along the line of sight.
    triad: Matrix3<f64>,
    measured_range_m: f64,
    variance: Vector3<f64>,
    /// Variance of the elevation at which the place is assumed; that of the measurement if there is one.
    place_elevation_variance: f64,
}

/// Measurement equation of a look, linearised at some position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linear {
    /// Derivative of (azimuth, elevation, range) by position: rad/m, rad/m, 1.
    pub jacobian: Matrix3<f64>,
    /// Measured minus expected at the prior position: rad, rad, m.
    pub residual: Vector3<f64>,
}

impl SensorView {
    /// View of a sensor from a tracker's frame; the rotation between both is computed once, here.
    pub fn new(frame: &LocalFrame, sensor: &Sensor) -> Self {
        let own = LocalFrame::new(sensor.place);
        let antenna_m = Vector3::from(frame.enu(own.origin_ecef()).to_array());
        let from_ecef = Matrix3::from_fn(|row, column| frame.rotation()[row][column]);
        let own_from_ecef = Matrix3::from_fn(|row, column| own.rotation()[row][column]);
        SensorView {
            antenna_m,
            to_tracker: from_ecef * own_from_ecef.transpose(),
            azimuth_variance: sensor.azimuth_sigma_rad * sensor.azimuth_sigma_rad,
            elevation_variance: sensor.elevation_sigma_rad * sensor.elevation_sigma_rad,
            range_variance: sensor.range_sigma_m * sensor.range_sigma_m,
        }
    }

    /// Turns a plot of this sensor into a look. `None` if a coordinate is not finite, the range is not
    /// above 0, or the sensor's error budget is not finite and above 0: such plots are not used.
    pub fn look(&self, measured: Aer) -> Option<Look> {
        if self.elevation_variance == f64::INFINITY {
            return self.flat_look(measured);
        }
        let across = libm::cos(measured.elevation_rad);
        let across = (across * across).max(self.elevation_variance);
        let variance = Vector3::new(
            self.azimuth_variance * across,
            self.elevation_variance,
            self.range_variance,
        );
        self.look_with(measured, variance, self.elevation_variance)
    }

    /// Look of a bearing, of use for updates alone: it has no place. `range_m` is where it is expected to come
    /// from, for the axes of the measurement, and `elevation_rad` likewise.
    pub fn bearing(&self, bearing: &Bearing, elevation_rad: f64, range_m: f64) -> Option<Look> {
        let measured = Aer { azimuth_rad: bearing.azimuth_rad, elevation_rad, range_m };
        let across = libm::cos(elevation_rad);
        let sigma_rad = bearing.azimuth_sigma_rad;
        let variance =
            Vector3::new(sigma_rad * sigma_rad * across * across, BLIND_ANGLE_RAD2, BLIND_RANGE_M2);
        self.look_with(measured, variance, BLIND_ANGLE_RAD2)
    }

    /// Look of a plot without elevation, at the assumed height.
    fn flat_look(&self, measured: Aer) -> Option<Look> {
        let range_m = measured.range_m.max(SHORTEST_M);
        let elevation_rad = libm::asin((ASSUMED_HEIGHT_M / range_m).min(1.0)).min(STEEPEST_RAD);
        let sigma_rad = (ASSUMED_HEIGHT_SIGMA_M / range_m).min(STEEPEST_RAD);
        let across = libm::cos(elevation_rad);
        let variance = Vector3::new(
            self.azimuth_variance * across * across,
            BLIND_ANGLE_RAD2,
            self.range_variance,
        );
        self.look_with(Aer { elevation_rad, ..measured }, variance, sigma_rad * sigma_rad)
    }

    fn look_with(
        &self,
        measured: Aer,
        variance: Vector3<f64>,
        place_elevation_variance: f64,
    ) -> Option<Look> {
        let (sin_az, cos_az) = libm::sincos(measured.azimuth_rad);
        let (sin_el, cos_el) = libm::sincos(measured.elevation_rad);
        let axes = Matrix3::from_columns(&[
            Vector3::new(cos_az, -sin_az, 0.0),
            Vector3::new(-sin_el * sin_az, -sin_el * cos_az, cos_el),
            Vector3::new(cos_el * sin_az, cos_el * cos_az, sin_el),
        ]);
        let look = Look {
            antenna_m: self.antenna_m,
            triad: (self.to_tracker * axes).transpose(),
            measured_range_m: measured.range_m,
            variance,
            place_elevation_variance,
        };
        look.is_usable().then_some(look)
    }
}

impl Look {
    /// Variances of the measurement: rad², rad², m².
    pub fn variance(&self) -> Vector3<f64> {
        self.variance
    }

    /// Measured position in the tracker's frame, metres, freed of the mean shortening by angular
    /// errors (factor 1 + (σ₁² + σ₂²) / 2 along the line of sight).
    pub fn position(&self) -> Vector3<f64> {
        // An assumed elevation is no error of measurement: it shortens nothing.
        let elevation_variance =
            if self.variance[1] < BLIND_ANGLE_RAD2 { self.variance[1] } else { 0.0 };
        let shortening = 0.5 * (self.variance[0] + elevation_variance);
        let range_m = self.measured_range_m * (1.0 + shortening);
        self.antenna_m + self.line_of_sight() * range_m
    }

    /// Covariance of [`Look::position`], m². First order, with the second-order term of the angular
    /// errors along the line of sight, r² (σ₁⁴ + σ₂⁴) / 2, which outweighs a fine range at long range.
    pub fn position_covariance(&self) -> Matrix3<f64> {
        let square_m2 = self.measured_range_m * self.measured_range_m;
        let [azimuth, _, range] = self.variance.into();
        let elevation = self.place_elevation_variance;
        let bend = 0.5 * square_m2 * (azimuth * azimuth + elevation * elevation);
        let along = Vector3::new(square_m2 * azimuth, square_m2 * elevation, range + bend);
        let turned = self.triad.transpose() * Matrix3::from_diagonal(&along) * self.triad;
        (turned + turned.transpose()) * 0.5
    }

    /// Where to linearise first: at the prior position, or at the measured one if the prior lies in a
    /// quite different direction (a target close to the antenna).
    pub(crate) fn first_point(&self, prior: &Vector3<f64>) -> Vector3<f64> {
        let offset = prior - self.antenna_m;
        let ahead_m = self.line_of_sight().dot(&offset);
        if ahead_m > COSINE_OF_FAR * offset.norm() { *prior } else { self.position() }
    }

    /// Linearises at `at` for a filter whose prior position is `prior`, metres. The residual is that
    /// of the linearised equation at the prior: z - h(at) - H (prior - at).
    pub fn linear_at(&self, at: &Vector3<f64>, prior: &Vector3<f64>) -> Linear {
        let offset = at - self.antenna_m;
        let range_m = offset.norm().max(SHORTEST_M);
        let towards = offset / range_m;
        let expected = self.triad * towards;
        let across =
            |row: usize| (self.triad.row(row) - towards.transpose() * expected[row]) / range_m;
        let jacobian = Matrix3::from_rows(&[across(0), across(1), towards.transpose()]);
        let at_point = Vector3::new(-expected[0], -expected[1], self.measured_range_m - range_m);
        Linear { jacobian, residual: at_point - jacobian * (prior - at) }
    }

    /// Whether a step of the linearisation point is so long across the line of sight that the bend of
    /// the sphere of equal range matters against the range error.
    pub(crate) fn bends(&self, step: &Vector3<f64>) -> bool {
        let along_m = self.line_of_sight().dot(step);
        let across_m2 = step.norm_squared() - along_m * along_m;
        let bend_m = 0.5 * across_m2 / self.measured_range_m.max(SHORTEST_M);
        bend_m * bend_m > 0.05 * self.variance[2]
    }

    fn line_of_sight(&self) -> Vector3<f64> {
        self.triad.row(2).transpose()
    }

    fn is_usable(&self) -> bool {
        let parts = self.antenna_m.iter().chain(self.triad.iter());
        self.measured_range_m > 0.0
            && self.variance.iter().all(|variance| *variance > 0.0 && variance.is_finite())
            && parts.chain([&self.measured_range_m]).all(|part| part.is_finite())
    }
}
