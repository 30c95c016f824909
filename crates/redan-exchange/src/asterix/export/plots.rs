//! CAT048 of plots.

use redan_geo::LocalFrame;
use redan_track::{Answer, Mode, Plot, Reply};

use super::time_of_day_s;
use crate::asterix::common::{Code, Interrogation, Source};
use crate::asterix::report::{Descriptor, Detection, Mode5, Polar, TargetReport};
use crate::asterix::scale;
use crate::utc::Utc;

/// A plot as its radar sends it; `None` for what has no place, as a damaged recording may hold.
pub(super) fn record(
    start: Utc,
    source: Source,
    frame: &LocalFrame,
    plot: &Plot,
) -> Option<TargetReport> {
    let seen = plot.measured;
    let is_place =
        [seen.range_m, seen.azimuth_rad, seen.elevation_rad].iter().all(|x| x.is_finite());
    if !is_place {
        return None;
    }
    let height_m = frame.ecef_of_aer(seen).to_geodetic().height_m;
    let report = TargetReport {
        source: Some(source),
        time_of_day_s: Some(time_of_day_s(start, plot.time)),
        polar: Some(Polar { range_m: seen.range_m, azimuth_rad: seen.azimuth_rad }),
        height_3d_m: Some(height_m).filter(|height_m| scale::HEIGHT_3D.holds(*height_m)),
        ..TargetReport::default()
    };
    Some(answered(report, plot.reply))
}

/// With what came back to the interrogation.
fn answered(mut report: TargetReport, reply: Reply) -> TargetReport {
    let detection = if is_answered(reply) { Detection::Both } else { Detection::Primary };
    let mut descriptor = Descriptor { detection, simulated: true, ..Descriptor::default() };
    let authentic = Mode5 { asked: true, identified: true, data: false };
    match reply {
        Reply::Mode4 => descriptor.mode_4 = Interrogation::Friendly,
        Reply::Mode5 => report.mode_5 = Some(authentic),
        Reply::Asked { mode, answer } => match (mode, answer) {
            (Mode::Mode1, Answer::Code(code)) => report.mode_1 = Some(plain(code)),
            (Mode::Mode2, Answer::Code(code)) => report.mode_2 = Some(plain(code)),
            (Mode::Civil, Answer::Code(code)) => report.mode_3a = Some(plain(code)),
            (Mode::ModeS, Answer::Code(code)) => {
                report.address = Some(u32::from(code));
                descriptor.detection = Detection::RollCallPrimary;
            }
            (Mode::Mode4, Answer::Nothing) => descriptor.mode_4 = Interrogation::NoReply,
            (Mode::Mode4, _) => descriptor.mode_4 = Interrogation::Friendly,
            (Mode::Mode5, Answer::Nothing) => {
                report.mode_5 = Some(Mode5 { identified: false, ..authentic });
            }
            (Mode::Mode5, _) => report.mode_5 = Some(authentic),
            _ => {}
        },
        Reply::NotAsked | Reply::Silent | Reply::Civil | Reply::National => {}
    }
    report.descriptor = Some(descriptor);
    report
}

/// Whether a transponder was heard, in a mode that the category knows.
fn is_answered(reply: Reply) -> bool {
    match reply {
        Reply::Civil | Reply::Mode4 | Reply::Mode5 => true,
        Reply::Asked { mode, answer } => mode != Mode::National && answer != Answer::Nothing,
        Reply::NotAsked | Reply::Silent | Reply::National => false,
    }
}

fn plain(code: u16) -> Code {
    Code { code, ..Code::default() }
}
