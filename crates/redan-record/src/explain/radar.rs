//! What each radar made of an aircraft.

use redan_geo::{Span, Time};
use serde::Serialize;

use super::engagements::EngagementStory;
use super::fold::{Foldable, Row};
use crate::{AircraftId, EngagementId, Event, EventId, RadarId, Roster, Sight, What};

/// One look, as a time line cites it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LookNote {
    /// When.
    pub at: Time,
    /// Its event.
    pub event: EventId,
    /// Slant range, metres.
    pub range_m: f64,
    /// Detection probability of this look.
    pub detection_prob: f64,
    /// Probability that at least one of all looks so far detected it.
    pub so_far_prob: f64,
}

/// What a radar made of an aircraft during one interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Seen {
    /// Geometry and signal, with the smallest figure recorded in the interval: the nearest that it came
    /// to being in view.
    pub sight: Sight,
    /// Looks.
    pub looks: u32,
    /// Looks that detected it.
    pub detections: u32,
    /// Best detection probability of a look; 0 without any.
    pub best_prob: f64,
    /// Probability that at least one of all looks of this radar so far detected it, at the end of the
    /// interval; 0 before any.
    pub so_far_prob: f64,
}

/// What one radar made of an aircraft over its flight.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RadarLine {
    /// The radar.
    pub radar: RadarId,
    /// Intervals in order of time; empty where the recording says nothing of the pair. Between two
    /// engagements an engagement radar does not look, which leaves gaps.
    pub rows: Vec<Row<Seen>>,
    /// Looks in all.
    pub looks: u32,
    /// Looks that detected it.
    pub detections: u32,
    /// First look.
    pub first_look: Option<LookNote>,
    /// First look that detected it.
    pub first_detection: Option<LookNote>,
    /// Look with the best detection probability.
    pub best_look: Option<LookNote>,
}

impl RadarLine {
    /// The sight that held longest in all, with the smallest figure that it had, and for how long it
    /// held.
    pub fn prevailing(&self) -> Option<(Sight, Span)> {
        let lasted = |sight: &Sight| {
            let of_kind = self.rows.iter().filter(|row| row.what.sight.same_kind(sight));
            of_kind.map(Row::lasted).sum::<Span>()
        };
        let mut best: Option<(Sight, Span)> = None;
        for row in &self.rows {
            let sight = row.what.sight;
            best = match best {
                Some((held, total)) if held.same_kind(&sight) => Some((nearer(held, sight), total)),
                Some((_, longest)) if lasted(&sight) <= longest => best,
                _ => Some((sight, lasted(&sight))),
            };
        }
        best
    }
}

/// Lines of all radars, from the events of an aircraft's flight, which lasted until `until`.
///
/// An engagement radar looks while its unit engages: with the end of the engagement what it made of the
/// aircraft lapses, and it is taken up again by the next engagement, look or sight.
pub(super) fn lines(
    events: &[Event],
    aircraft: AircraftId,
    roster: &Roster,
    (engagements, until): (&[EngagementStory], Time),
) -> Vec<RadarLine> {
    let units = roster.radars.iter().map(|entry| entry.unit);
    let mut watches: Vec<Watch> =
        units.zip(0..).map(|(unit, number)| Watch::new(RadarId(number), unit)).collect();
    let unit_of = |engagement: EngagementId| {
        let story = engagements.iter().find(|story| story.engagement == engagement);
        story.map(|story| story.unit.0)
    };
    for event in events {
        match event.what {
            What::Sighted { radar, aircraft: other, sight } if other == aircraft => {
                if let Some(watch) = watches.get_mut(radar.index()) {
                    watch.begin(event.at, sight);
                }
            }
            What::Look { radar, aircraft: other, .. } if other == aircraft => {
                if let Some(watch) = watches.get_mut(radar.index()) {
                    watch.look(event);
                }
            }
            What::Ordered { engagement, .. } => {
                if let Some(unit) = unit_of(engagement) {
                    watches.iter_mut().for_each(|watch| watch.take_up(unit, event.at));
                }
            }
            What::EngagementEnded { engagement, .. } => {
                if let Some(unit) = unit_of(engagement) {
                    watches.iter_mut().for_each(|watch| watch.lapse(unit, event.at));
                }
            }
            _ => {}
        }
    }
    watches.into_iter().map(|watch| watch.finish(until)).collect()
}

/// One radar's view of one aircraft while the events go by.
struct Watch {
    line: RadarLine,
    unit: Option<u32>,
    /// The last row goes on.
    open: bool,
}

impl Watch {
    fn new(radar: RadarId, unit: Option<u32>) -> Self {
        let line = RadarLine {
            radar,
            rows: Vec::new(),
            looks: 0,
            detections: 0,
            first_look: None,
            first_detection: None,
            best_look: None,
        };
        Self { line, unit, open: false }
    }

    fn close(&mut self, at: Time) {
        if let Some(row) = self.line.rows.last_mut().filter(|_| self.open) {
            row.until = at.max(row.from);
        }
        self.open = false;
    }

    fn begin(&mut self, at: Time, sight: Sight) {
        let last = self.line.rows.last_mut().filter(|_| self.open);
        if let Some(row) = last.filter(|row| row.what.sight.same_kind(&sight)) {
            row.what.sight = nearer(row.what.sight, sight);
            return;
        }
        self.close(at);
        let so_far_prob = self.line.rows.last().map_or(0.0, |row| row.what.so_far_prob);
        let what = Seen { sight, looks: 0, detections: 0, best_prob: 0.0, so_far_prob };
        self.line.rows.push(Row { from: at, until: at, what, folded: 0 });
        self.open = true;
    }

    fn lapse(&mut self, unit: u32, at: Time) {
        if self.unit == Some(unit) {
            self.close(at);
        }
    }

    /// The engine writes a sight when its kind changes, also across engagements: what held at the
    /// end of the last one holds at the beginning of the next until it says otherwise.
    fn take_up(&mut self, unit: u32, at: Time) {
        if self.unit == Some(unit)
            && !self.open
            && let Some(sight) = self.line.rows.last().map(|row| row.what.sight)
        {
            self.begin(at, sight);
        }
    }

    fn look(&mut self, event: &Event) {
        let What::Look { range_m, detection_prob, so_far_prob, detected, .. } = event.what else {
            return;
        };
        if !self.open {
            // A look without a sight before it still says that the aircraft is in view.
            let sight = if detection_prob < 0.5 { Sight::Weak } else { Sight::Clear };
            self.begin(event.at, sight);
        }
        let line = &mut self.line;
        let note = LookNote { at: event.at, event: event.id, range_m, detection_prob, so_far_prob };
        line.looks += 1;
        line.detections += u32::from(detected);
        line.first_look.get_or_insert(note);
        if detected {
            line.first_detection.get_or_insert(note);
        }
        if line.best_look.is_none_or(|best| detection_prob > best.detection_prob) {
            line.best_look = Some(note);
        }
        if let Some(row) = line.rows.last_mut() {
            let (sight, detections) = (row.what.sight, u32::from(detected));
            let best_prob = detection_prob;
            row.what.absorb(&Seen { sight, looks: 1, detections, best_prob, so_far_prob });
        }
    }

    fn finish(mut self, until: Time) -> RadarLine {
        self.close(until);
        // What an instant's change left behind says nothing.
        self.line.rows.retain(|row| row.from < row.until || row.what.looks > 0);
        self.line
    }
}

impl Foldable for Seen {
    fn same_kind(&self, other: &Self) -> bool {
        self.sight.same_kind(&other.sight)
    }

    fn absorb(&mut self, other: &Self) {
        self.sight = nearer(self.sight, other.sight);
        self.looks += other.looks;
        self.detections += other.detections;
        self.best_prob = self.best_prob.max(other.best_prob);
        self.so_far_prob = self.so_far_prob.max(other.so_far_prob);
    }
}

/// The one of two sights of one kind that fails by less; the first where they differ in kind.
pub(super) fn nearer(held: Sight, other: Sight) -> Sight {
    match (held.shortfall(), other.shortfall()) {
        (Some(a), Some(b)) if held.same_kind(&other) && b < a => other,
        _ => held,
    }
}

/// How near a sight is to being seen: of several radars' the nearest explains best why none saw it.
pub(super) fn nearness(sight: &Sight) -> u8 {
    match sight {
        Sight::Absent => 0,
        Sight::RadarOff | Sight::Silent => 1,
        Sight::BeyondRange { .. } => 2,
        Sight::TooClose { .. } => 3,
        Sight::OutsideElevation { .. } => 4,
        Sight::OutsideSector { .. } => 5,
        Sight::BelowHorizon { .. } | Sight::BehindRelief { .. } => 6,
        Sight::TooSlow { .. } => 7,
        Sight::Weak => 8,
        Sight::Faded { .. } => 9,
        Sight::Cluttered { .. } => 10,
        Sight::Jammed { .. } => 11,
        Sight::Clear => 12,
    }
}
