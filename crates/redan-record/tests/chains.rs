//! Chains of causes in recordings of any shape.

mod common;

use common::Story;
use proptest::prelude::*;
use redan_record::explain::{answer, chain, timeline};
use redan_record::*;
use redan_track::{DropReason, PlotId, TrackId};

proptest! {
    #[test]
    fn chains_strictly_decrease_and_end_at_an_event_without_a_cause(
        causes in prop::collection::vec(prop::option::of(0_u64..80), 1..80),
    ) {
        let mut story = Story::new(&[("CM-1", Side::Hostile)]);
        for (id, cause) in causes.iter().enumerate() {
            let cause = cause.filter(|cause| *cause < id as u64).map(EventId);
            story.push(cause, What::Appeared { aircraft: AircraftId(0) });
        }
        for event in &story.recording.events {
            let chain = chain(&story.recording, event.id);
            prop_assert_eq!(chain[0], event);
            prop_assert!(chain.windows(2).all(|pair| pair[1].id < pair[0].id));
            prop_assert!(chain.windows(2).all(|pair| pair[0].cause == Some(pair[1].id)));
            prop_assert_eq!(chain[chain.len() - 1].cause, None);
        }
    }

    #[test]
    fn a_damaged_chain_ends(causes in prop::collection::vec(prop::option::of(0_u64..40), 1..40)) {
        let mut story = Story::new(&[("CM-1", Side::Hostile)]);
        for cause in causes {
            story.push(cause.map(EventId), What::Ended);
        }
        for event in &story.recording.events {
            let chain = chain(&story.recording, event.id);
            prop_assert!(chain.windows(2).all(|pair| pair[1].id < pair[0].id));
        }
    }

    /// Whatever the events, in whatever order: nothing panics, answers stay readable, and the rows of
    /// the network cover the flight.
    #[test]
    fn any_recording_can_be_explained(steps in prop::collection::vec((0_u8..12, 0_u32..3), 0..200)) {
        let story = jumble(&steps);
        let measures = Measures::of(&story.recording);
        prop_assert_eq!(measures.events.iter().sum::<u64>(), story.recording.events.len() as u64);
        for aircraft in 0..3 {
            let aircraft = AircraftId(aircraft);
            let timeline = timeline(&story.recording, aircraft);
            let rows = &timeline.networks[0].rows;
            prop_assert!(rows.windows(2).all(|pair| pair[0].until == pair[1].from));
            prop_assert_eq!(rows[0].from, timeline.from);
            let text = answer(&story.recording, aircraft);
            let pinned = timeline.engagements.len();
            prop_assert!(text.lines().count() <= 60 + pinned, "{text}");
        }
    }
}

fn jumble(steps: &[(u8, u32)]) -> Story {
    let mut story =
        Story::new(&[("A-1", Side::Hostile), ("B-1", Side::Friendly), ("C-1", Side::Neutral)]);
    for (n, (step, who)) in steps.iter().enumerate() {
        story.at(n as f64 * 3.0);
        let (aircraft, track) = (AircraftId(*who), TrackId(u64::from(*who)));
        let last = EventId(story.recording.events.len().saturating_sub(1) as u64);
        let network = common::NETWORK;
        let radar = RadarId(who % 2);
        let reason = DropReason::NotSeen;
        let (plot, engagement) = (PlotId(last.0), EngagementId(*who));
        match step {
            3 => story.look(last, *who, (radar, 20.0), (0.4, 0.6, *who == 0)),
            4 => EventId(story.plot(Some(last), radar, Some((*who + 1) % 3)).0),
            5 => story.update(u64::from(*who), plot),
            8 => story.ordered(last, u64::from(*who), *who),
            9 => story.launched(last, *who, *who),
            10 => story.resolved(last, *who, *who, Outcome::Miss),
            _ => story.first(match step {
                0 => What::Appeared { aircraft },
                1 => What::Sighted { radar, aircraft, sight: Sight::Clear },
                2 => What::Sighted { radar, aircraft, sight: Sight::RadarOff },
                6 => What::TrackConfirmed { network, track, plot },
                7 => What::TrackDropped { network, track, reason },
                _ => What::EngagementEnded { engagement, end: EngagementEnd::TargetSurvived },
            }),
        };
    }
    story
}
