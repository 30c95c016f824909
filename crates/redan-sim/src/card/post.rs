//! The figures of command posts and interrogators that the simulator uses.

use super::claim::CardKind;
use super::figures::Figures;
use super::problem::CardError;
use super::view::Reader;

/// A command post as a card describes it: how long it takes, and how often it errs.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandPost {
    /// What people call it.
    pub name: String,
    /// Time from one look at the picture to the next.
    pub decision_cycle_s: f64,
    /// Time from a radar's look to its plot in the picture.
    pub plot_delay_s: f64,
    /// Time from a firm track of a hostile target to the launch, crew included.
    pub reaction_time_s: f64,
    /// Time from the intercept to the judgement whether the target is dead.
    pub assessment_delay_s: f64,
    /// Probability that a live target is called dead.
    pub false_kill_call_prob: f64,
    /// Probability that a dead target is called alive.
    pub missed_kill_call_prob: f64,
    /// Plots that a track must take after its target was called dead until that is no longer believed.
    pub plots_to_doubt: u32,
    /// Time that the crew needs to settle who a new track is.
    pub identification_time_s: f64,
    /// Tracks that it can hold.
    pub track_capacity: u32,
    /// Fire units that it can command.
    pub fire_units: u32,
}

impl CommandPost {
    /// The post of these figures, or everything that its card lacks.
    pub fn from_figures(figures: &Figures<'_>) -> Result<CommandPost, CardError> {
        let mut read = Reader::new(figures);
        if figures.card().kind() != CardKind::CommandPost {
            read.wrong_kind(CardKind::CommandPost);
        }
        let post = CommandPost {
            name: figures.card().name.clone(),
            decision_cycle_s: read.si("decision_cycle"),
            plot_delay_s: read.si("plot_delay"),
            reaction_time_s: read.si("reaction_time"),
            assessment_delay_s: read.si("assessment_delay"),
            false_kill_call_prob: read.si("false_kill_call_probability"),
            missed_kill_call_prob: read.si("missed_kill_call_probability"),
            plots_to_doubt: read.count("plots_to_doubt"),
            identification_time_s: read.si("identification_time"),
            track_capacity: read.count("track_capacity"),
            fire_units: read.count("fire_units"),
        };
        read.finish(post)
    }
}

/// Identification by interrogation and reply, as a card describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Interrogator {
    /// What people call it.
    pub name: String,
    /// Frequency of the question.
    pub frequency_hz: f64,
    /// Probability that a friend with a working transponder answers one question correctly.
    pub friend_reply_prob: f64,
    /// Probability that a friend's transponder has failed or is off for the whole flight.
    pub friend_silent_prob: f64,
    /// Probability that a civil aircraft answers in one scan.
    pub civil_reply_prob: f64,
}

impl Interrogator {
    /// The interrogator of these figures, or everything that its card lacks.
    pub fn from_figures(figures: &Figures<'_>) -> Result<Interrogator, CardError> {
        let mut read = Reader::new(figures);
        if figures.card().kind() != CardKind::Interrogator {
            read.wrong_kind(CardKind::Interrogator);
        }
        let interrogator = Interrogator {
            name: figures.card().name.clone(),
            frequency_hz: read.si("frequency"),
            friend_reply_prob: read.si("friend_reply_probability"),
            friend_silent_prob: read.si("friend_silent_probability"),
            civil_reply_prob: read.si("civil_reply_probability"),
        };
        read.finish(interrogator)
    }
}
