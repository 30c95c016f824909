//! The figures of a radar that the simulator uses.

use super::claim::{CardKind, Detail, RadarRole};
use super::figures::Figures;
use super::problem::CardError;
use super::view::Reader;

/// A radar as a card describes it.
///
/// Detection is described by one published point (range, cross-section, probability, false-alarm
/// probability, pulses); the model of the radar scales from there. Whether the target fluctuates
/// is a property of the target, see [`super::AirVehicle`]; what the published point was measured
/// against is [`Radar::reference_swerling`].
///
/// A passive system is described by the same structure, with [`Radar::receiver`]. What has no
/// meaning for a receiver is neutral then and must not be used: the published point has a
/// cross-section of 1 m² and a probability of 0.5, one pulse and a false-alarm probability of 1e-6;
/// ranges and speeds have a resolution, an error and a limit of zero; the elevation beam reaches
/// from the lowest to the highest elevation, and its error is half of that.
#[derive(Clone, Debug, PartialEq)]
pub struct Radar {
    /// What people call it.
    pub name: String,
    /// Search, engagement or passive.
    pub role: RadarRole,
    /// Carrier frequency; the geometric middle of the band of a passive receiver.
    pub frequency_hz: f64,
    /// Farthest range that it displays or processes, whatever the target.
    pub instrumented_range_m: f64,
    /// Nearest range at which it can see.
    pub min_range_m: f64,
    /// Range of the published detection point; that of a passive receiver is at
    /// [`Receiver::reference_erp_w`].
    pub reference_range_m: f64,
    /// Cross-section of the published detection point.
    pub reference_rcs_m2: f64,
    /// Probability of detection in one look at the published point.
    pub reference_probability: f64,
    /// Swerling case of the target that the published point is meant for, 0 to 4; 1 where the card
    /// is silent.
    pub reference_swerling: u8,
    /// Mode in which the published point holds, as the card names it; empty where it is silent.
    pub reference_mode: String,
    /// Whether the published probability is that of a `single scan` or is `cumulative`, as the card
    /// names it; empty where it is silent.
    pub reference_statistic: String,
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
    /// Gain, bandwidth and noise, where the card gives all three.
    pub absolute: Option<AbsoluteLevels>,
    /// Time on target of one update of a track, where the card gives it.
    pub track_dwell_s: Option<f64>,
    /// Share of the time that search alone takes, 0 to 1, where the card gives it; 1 for a radar
    /// that tracks while it scans.
    pub search_time_share_ratio: Option<f64>,
    /// Standard deviation of an error of range that stays the same for a run.
    pub range_bias_sigma_m: f64,
    /// Standard deviation of an error of azimuth that stays the same for a run.
    pub azimuth_bias_sigma_rad: f64,
    /// Standard deviation of an error of elevation that stays the same for a run.
    pub elevation_bias_sigma_rad: f64,
    /// What a passive system listens to; `None` for a radar that radiates.
    pub receiver: Option<Receiver>,
}

/// Levels from which power at the receiver follows in watts instead of relative to the published
/// detection point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AbsoluteLevels {
    /// Gain of the antenna in its main beam, above an isotropic one.
    pub gain_db: f64,
    /// Bandwidth of the receiver's noise.
    pub noise_bandwidth_hz: f64,
    /// Noise figure of the receiver.
    pub noise_figure_db: f64,
}

/// What a passive system listens to, and the emitter that its published range is meant for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Receiver {
    /// Lower end of its band.
    pub frequency_low_hz: f64,
    /// Upper end of its band.
    pub frequency_high_hz: f64,
    /// Effective radiated power of the emitter that is found at [`Radar::reference_range_m`].
    pub reference_erp_w: f64,
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
        let radar = match role {
            RadarRole::Passive => passive(figures, &mut read),
            RadarRole::Search | RadarRole::Engagement => active(figures, &mut read, role),
        };
        read.finish(radar)
    }
}

/// A radar that radiates.
fn active(figures: &Figures<'_>, read: &mut Reader<'_, '_>, role: RadarRole) -> Radar {
    let scan_period_s = read.si("scan_period");
    let update_interval_s = match role {
        RadarRole::Engagement => read.si("update_interval"),
        RadarRole::Search | RadarRole::Passive => scan_period_s,
    };
    Radar {
        name: figures.card().name.clone(),
        role,
        frequency_hz: read.si("frequency"),
        instrumented_range_m: read.si("instrumented_range"),
        min_range_m: read.si("min_range"),
        reference_range_m: read.si("detection_range"),
        reference_rcs_m2: read.condition_si("detection_range", "rcs_m2"),
        reference_probability: read.si("reference_probability"),
        reference_swerling: reference_swerling(figures, read),
        reference_mode: read.optional_text("reference_mode"),
        reference_statistic: read.optional_text("reference_statistic"),
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
        absolute: absolute(figures, read),
        track_dwell_s: read.optional_si("track_dwell"),
        search_time_share_ratio: read.optional_si("search_time_share"),
        range_bias_sigma_m: read.optional_si("range_bias").unwrap_or(0.0),
        azimuth_bias_sigma_rad: read.optional_si("azimuth_bias").unwrap_or(0.0),
        elevation_bias_sigma_rad: read.optional_si("elevation_bias").unwrap_or(0.0),
        receiver: None,
    }
}

/// A system that only receives: its own figures, and neutral ones for all that a radar has besides.
fn passive(figures: &Figures<'_>, read: &mut Reader<'_, '_>) -> Radar {
    let receiver = Receiver {
        frequency_low_hz: read.si("frequency_low"),
        frequency_high_hz: read.si("frequency_high"),
        reference_erp_w: read.condition_si("detection_range", "erp_kw"),
    };
    let scan_period_s = read.si("scan_period");
    let (elevation_min_rad, elevation_max_rad) =
        (read.si("elevation_min"), read.si("elevation_max"));
    let elevation_span_rad = elevation_max_rad - elevation_min_rad;
    Radar {
        name: figures.card().name.clone(),
        role: RadarRole::Passive,
        frequency_hz: libm::sqrt(receiver.frequency_low_hz * receiver.frequency_high_hz),
        instrumented_range_m: read.si("instrumented_range"),
        min_range_m: 0.0,
        reference_range_m: read.si("detection_range"),
        reference_rcs_m2: 1.0,
        reference_probability: 0.5,
        reference_swerling: reference_swerling(figures, read),
        reference_mode: read.optional_text("reference_mode"),
        reference_statistic: read.optional_text("reference_statistic"),
        false_alarm_probability: 1e-6,
        pulses: 1,
        scan_period_s,
        update_interval_s: scan_period_s,
        azimuth_coverage_rad: read.si("azimuth_coverage"),
        slew_rate_rad_s: read.optional_si("slew_rate").unwrap_or(0.0),
        elevation_min_rad,
        elevation_max_rad,
        azimuth_beamwidth_rad: read.si("azimuth_beamwidth"),
        elevation_beamwidth_rad: elevation_span_rad,
        range_resolution_m: 1.0,
        range_sigma_m: 1.0,
        azimuth_sigma_rad: read.si("azimuth_accuracy"),
        elevation_sigma_rad: elevation_span_rad / 2.0,
        radial_speed_sigma_m_s: 0.0,
        min_radial_speed_m_s: 0.0,
        clutter_improvement_db: 0.0,
        sidelobe_level_db: 0.0,
        false_plots_per_scan_count: read.si("false_plots_per_scan"),
        antenna_height_m: read.si("antenna_height"),
        mast_height_m: read.optional_si("mast_height"),
        target_channels: 0,
        missile_channels: 0,
        track_capacity: read.count_or_zero("track_capacity"),
        interrogates: false,
        absolute: absolute(figures, read),
        track_dwell_s: None,
        search_time_share_ratio: None,
        range_bias_sigma_m: 0.0,
        azimuth_bias_sigma_rad: read.optional_si("azimuth_bias").unwrap_or(0.0),
        elevation_bias_sigma_rad: 0.0,
        receiver: Some(receiver),
    }
}

/// Five cases exist; the range check of the card refuses others.
fn reference_swerling(figures: &Figures<'_>, read: &mut Reader<'_, '_>) -> u8 {
    if !figures.has("reference_swerling") {
        return 1;
    }
    read.count("reference_swerling").min(4) as u8
}

fn absolute(figures: &Figures<'_>, read: &mut Reader<'_, '_>) -> Option<AbsoluteLevels> {
    let names = ["antenna_gain", "noise_bandwidth", "noise_figure"];
    names.iter().all(|name| figures.has(name)).then(|| AbsoluteLevels {
        gain_db: read.si("antenna_gain"),
        noise_bandwidth_hz: read.si("noise_bandwidth"),
        noise_figure_db: read.si("noise_figure"),
    })
}
