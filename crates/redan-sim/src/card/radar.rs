//! The figures of a radar that the simulator uses.

use super::claim::{CardKind, Detail, RadarRole};
use super::figures::Figures;
use super::problem::CardError;
use super::view::Reader;

/// A radar as a card describes it.
///
/// Detection is described by one published point (range, cross-section, probability, false-alarm
/// probability, pulses); the model of the radar scales from there. Whether the target fluctuates
/// is a property of the target, see [`super::AirVehicle`].
#[derive(Clone, Debug, PartialEq)]
pub struct Radar {
    /// What people call it.
    pub name: String,
    /// Search or engagement.
    pub role: RadarRole,
    /// Carrier frequency.
    pub frequency_hz: f64,
    /// Farthest range that it displays or processes, whatever the target.
    pub instrumented_range_m: f64,
    /// Nearest range at which it can see.
    pub min_range_m: f64,
    /// Range of the published detection point.
    pub reference_range_m: f64,
    /// Cross-section of the published detection point.
    pub reference_rcs_m2: f64,
    /// Probability of detection in one look at the published point.
    pub reference_probability: f64,
    /// Probability of a false alarm per resolution cell and look.
    pub false_alarm_probability: f64,
    /// Pulses integrated in one look.
    pub pulses: u32,
    /// Time from one look at a direction to the next while searching.
    pub scan_period_s: f64,
    /// Time from one look at a tracked target to the next; the scan period for a search radar.
    pub update_interval_s: f64,
    /// Width of the sector that it covers without turning its mount; 2π for a rotating antenna.
    pub azimuth_coverage_rad: f64,
    /// Rate at which the mount turns a sector; zero where the antenna covers all round by rotating.
    pub slew_rate_rad_s: f64,
    /// Lowest elevation.
    pub elevation_min_rad: f64,
    /// Highest elevation.
    pub elevation_max_rad: f64,
    /// Width of the beam in azimuth, which separates neighbours.
    pub azimuth_beamwidth_rad: f64,
    /// Width of the beam in elevation.
    pub elevation_beamwidth_rad: f64,
    /// Range difference at which two targets are told apart.
    pub range_resolution_m: f64,
    /// Standard deviation of range at the published point.
    pub range_sigma_m: f64,
    /// Standard deviation of azimuth at the published point.
    pub azimuth_sigma_rad: f64,
    /// Standard deviation of elevation at the published point.
    pub elevation_sigma_rad: f64,
    /// Standard deviation of radial speed.
    pub radial_speed_sigma_m_s: f64,
    /// Radial speed below which a target is taken for clutter.
    pub min_radial_speed_m_s: f64,
    /// Improvement of moving targets against surface clutter.
    pub clutter_improvement_db: f64,
    /// Mean side lobes below the main lobe, as a negative number.
    pub sidelobe_level_db: f64,
    /// False plots per scan in an empty sky.
    pub false_plots_per_scan_count: f64,
    /// Height of the antenna above ground on its vehicle.
    pub antenna_height_m: f64,
    /// Height of the antenna above ground on its mast, where it has one.
    pub mast_height_m: Option<f64>,
    /// Targets that can be engaged at once; zero for a search radar.
    pub target_channels: u32,
    /// Missiles that can be guided at once; zero for a search radar.
    pub missile_channels: u32,
    /// Targets that can be tracked at once.
    pub track_capacity: u32,
    /// Whether an interrogator looks where the radar looks.
    pub interrogates: bool,
}

impl Radar {
    /// The radar of these figures, or everything that its card lacks.
    pub fn from_figures(figures: &Figures<'_>) -> Result<Radar, CardError> {
        let mut read = Reader::new(figures);
        let role = match figures.card().detail {
            Detail::Radar { role } => role,
            _ => {
                read.wrong_kind(CardKind::Radar);
                RadarRole::Search
            }
        };
        let scan_period_s = read.si("scan_period");
        let update_interval_s = match role {
            RadarRole::Search => scan_period_s,
            RadarRole::Engagement => read.si("update_interval"),
        };
        let radar = Radar {
            name: figures.card().name.clone(),
            role,
            frequency_hz: read.si("frequency"),
            instrumented_range_m: read.si("instrumented_range"),
            min_range_m: read.si("min_range"),
            reference_range_m: read.si("detection_range"),
            reference_rcs_m2: read.condition_si("detection_range", "rcs_m2"),
            reference_probability: read.si("reference_probability"),
            false_alarm_probability: read.si("false_alarm_probability"),
            pulses: read.count("pulses_integrated"),
            scan_period_s,
            update_interval_s,
            azimuth_coverage_rad: read.si("azimuth_coverage"),
            slew_rate_rad_s: read.optional_si("slew_rate").unwrap_or(0.0),
            elevation_min_rad: read.si("elevation_min"),
            elevation_max_rad: read.si("elevation_max"),
            azimuth_beamwidth_rad: read.si("azimuth_beamwidth"),
            elevation_beamwidth_rad: read.si("elevation_beamwidth"),
            range_resolution_m: read.si("range_resolution"),
            range_sigma_m: read.si("range_accuracy"),
            azimuth_sigma_rad: read.si("azimuth_accuracy"),
            elevation_sigma_rad: read.si("elevation_accuracy"),
            radial_speed_sigma_m_s: read.si("radial_speed_accuracy"),
            min_radial_speed_m_s: read.si("min_radial_speed"),
            clutter_improvement_db: read.si("clutter_improvement"),
            sidelobe_level_db: read.si("sidelobe_level"),
            false_plots_per_scan_count: read.si("false_plots_per_scan"),
            antenna_height_m: read.si("antenna_height"),
            mast_height_m: read.optional_si("mast_height"),
            target_channels: read.count_or_zero("target_channels"),
            missile_channels: read.count_or_zero("missile_channels"),
            track_capacity: read.count("track_capacity"),
            interrogates: read.yes("interrogates"),
        };
        read.finish(radar)
    }
}
