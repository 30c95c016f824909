//! The dossier of one track: what was heard of it so far, and the judgement that follows.

use redan_geo::{Enu, LocalFrame, Span, Time};

use super::profile::Heights;
use super::{
    Airspace, AirspaceKind, Basis, Evidence, Finding, FlightPlan, Identity, Likelihood, Model,
    Posterior, Profile, ReplyModel, combine_items,
};
use crate::{Answer, Mode, Reply, Track};

/// What a network knows besides its tracks, in the frame of its tracker.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Frame of the tracks.
    pub frame: LocalFrame,
    /// Airways, corridors and zones that the network knows.
    pub airspaces: Vec<Airspace>,
    /// Flight plans that it knows; `None` for a network that is not shown any, which is not the same
    /// as a sky without plans.
    pub plans: Option<Vec<FlightPlan>>,
    /// Codes that are ascribed to the enemy.
    pub hostile_codes: Vec<(Mode, u16)>,
    /// What is defended.
    pub defended: Vec<Enu>,
    /// How it weighs evidence.
    pub model: Model,
}

/// Questions and answers in one sort of mode.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Tally {
    asked: u32,
    heard: u32,
}

impl Tally {
    fn add(&mut self, answer: Answer) {
        self.asked = self.asked.saturating_add(1);
        if answer != Answer::Nothing {
            self.heard = self.heard.saturating_add(1);
        }
    }
}

/// What was heard of one track so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dossier {
    secure: Tally,
    civil: Tally,
    /// The last code in mode 3/A or the last name in mode S.
    code: Option<u16>,
    /// Whether a code of the enemy was ever read: an operator does not forget it.
    hostile_code: bool,
    emitter: Option<Finding>,
    told: Option<Finding>,
    /// The operator reads a descent whatever the track does.
    misread: bool,
    /// Weight that this crew adds to an enemy besides that of the model, decibels.
    crew_db: f64,
    heights: Heights,
    /// Findings that are held, and those that would take their place, with since when.
    held: Vec<Held>,
    /// Items as they were last reported.
    reported: Vec<Evidence>,
}

/// The finding of one source, and another that has shown since.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Held {
    finding: Finding,
    other: Option<(Finding, Time)>,
}

/// A judgement and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Who the track is.
    pub identity: Identity,
    /// What counted most for that.
    pub basis: Basis,
    /// The probabilities behind it.
    pub posterior: Posterior,
    /// Items that are new or have changed since the last judgement.
    pub changed: Vec<Evidence>,
}

/// Change of an item, decibels, below which it is not reported again.
const CHANGE_DB: f64 = 2.0;

impl Dossier {
    /// An empty dossier. `misread` says whether the operator reads a descent whatever the track does,
    /// `crew_db` what this crew adds to the weight of an enemy besides the model, decibels.
    pub fn new(misread: bool, crew_db: f64) -> Self {
        Self { misread, crew_db, ..Self::default() }
    }

    /// Takes the answer that came with a plot of the track.
    pub fn hear(&mut self, reply: Reply, hostile_codes: &[(Mode, u16)]) {
        let Reply::Asked { mode, answer } = reply else { return };
        if mode.is_secure() {
            self.secure.add(answer);
        } else if matches!(mode, Mode::Civil | Mode::ModeS) {
            self.civil.add(answer);
        }
        if let Answer::Code(code) = answer {
            self.hostile_code |= hostile_codes.contains(&(mode, code));
            if matches!(mode, Mode::Civil | Mode::ModeS) {
                self.code = Some(code);
            }
        }
    }

    /// Takes what a passive receiver heard in the direction of the track.
    pub fn hear_emitter(&mut self, is_military: bool) {
        let finding = if is_military { Finding::MilitaryEmitter } else { Finding::CivilEmitter };
        // What is military stays so: a warplane may use a civil set as well.
        if self.emitter != Some(Finding::MilitaryEmitter) {
            self.emitter = Some(finding);
        }
    }

    /// Takes what another network calls the same object; `None` where it says nothing of it.
    pub fn hear_told(&mut self, identity: Option<Identity>) {
        self.told = match identity {
            Some(Identity::Friend | Identity::AssumedFriend) => Some(Finding::ToldFriend),
            Some(Identity::Neutral) => Some(Finding::ToldNeutral),
            Some(Identity::Hostile | Identity::Suspect) => Some(Finding::ToldHostile),
            Some(Identity::Pending | Identity::Unknown) | None => None,
        };
    }

    /// Judges the track at `now`. A tentative track stays pending; a confirmed one too until the time of an
    /// identification is over.
    pub fn judge(&mut self, track: &Track, now: Time, setting: &Setting) -> Judgement {
        let items = self.items(track, now, setting);
        let model = &setting.model;
        let prior = biased(model.prior, model.crew.bias_db + self.crew_db);
        let posterior = combine_items(prior, &items, model.crew.discount_ratio);
        let is_due = track.confirmed.is_some_and(|confirmed| now - confirmed >= model.takes);
        let (identity, basis) = if is_due {
            let identity = model.thresholds.identity(&posterior);
            (identity, basis_of(identity, &items))
        } else {
            (Identity::Pending, Basis::None)
        };
        Judgement { identity, basis, posterior, changed: self.report(items) }
    }

    /// Items that differ from what was last reported, which they replace.
    fn report(&mut self, items: Vec<Evidence>) -> Vec<Evidence> {
        let mut changed = Vec::new();
        for item in items {
            let source = item.finding.source();
            let slot = self.reported.iter_mut().find(|old| old.finding.source() == source);
            match slot {
                Some(old) if is_like(old, &item) => {}
                Some(old) => {
                    *old = item;
                    changed.push(item);
                }
                None => {
                    self.reported.push(item);
                    changed.push(item);
                }
            }
        }
        changed
    }

    /// The finding that an operator holds by: the first that shows of a source, until another has shown
    /// for the time that findings take to settle. One noisy plot changes no mind.
    fn settled(&mut self, seen: Finding, now: Time, settles: Span) -> Finding {
        let source = seen.source();
        let Some(held) = self.held.iter_mut().find(|held| held.finding.source() == source) else {
            self.held.push(Held { finding: seen, other: None });
            return seen;
        };
        held.other = match held.other {
            _ if seen == held.finding => None,
            Some((other, since)) if other == seen => Some((other, since)),
            _ => Some((seen, now)),
        };
        if let Some((other, since)) = held.other
            && now - since >= settles
        {
            *held = Held { finding: other, other: None };
        }
        held.finding
    }

    /// One item for each source that has something to say.
    fn items(&mut self, track: &Track, now: Time, setting: &Setting) -> Vec<Evidence> {
        let mut items = Vec::with_capacity(14);
        items.extend(self.replies(setting));
        items.extend(self.codes(setting).into_iter().flatten());
        let mut profile = Profile::of(track, now, &setting.frame, &setting.defended);
        profile.climb_m_s = self.heights.climb_m_s(now, profile.height_m);
        let model = &setting.model;
        let order = order_of_the_sky(&profile, now, setting);
        let trend = if self.misread { Finding::Descending } else { profile.trend(&model.limits) };
        let kinematic =
            [Some(profile.speed(&model.limits)), Some(profile.height(&model.limits)), Some(trend)];
        let rest = [profile.course(&model.limits), self.emitter, self.told];
        for seen in order.into_iter().chain(kinematic).chain(rest).flatten() {
            let finding = self.settled(seen, now, model.settles);
            items.extend(model.item(finding));
        }
        items.extend(pattern(&profile, model).map(|seen| {
            let finding = self.settled(seen.finding, now, model.settles);
            if finding == seen.finding { seen } else { kept_pattern(finding, model) }
        }));
        items
    }

    fn replies(&self, setting: &Setting) -> impl Iterator<Item = Evidence> {
        let replies = &setting.model.replies;
        let secure = item_of_tally(
            (Finding::SecureReply, Finding::SecureSilence),
            (replies.secure_heard_prob, replies.secure_on),
            self.secure,
        );
        let civil = item_of_tally(
            (Finding::CivilReply, Finding::CivilSilence),
            (replies.civil_heard_prob, replies.civil_on),
            self.civil,
        );
        secure.into_iter().chain(civil)
    }

    fn codes(&self, setting: &Setting) -> [Option<Evidence>; 2] {
        let planned = |code| {
            let plans = setting.plans.as_deref()?;
            plans.iter().find(|plan| plan.code.is_some())?;
            let is_planned = plans.iter().any(|plan| plan.code == Some(code));
            Some(if is_planned { Finding::PlannedCode } else { Finding::OtherCode })
        };
        let hostile = self.hostile_code.then_some(Finding::HostileCode);
        [self.code.and_then(planned), hostile]
            .map(|finding| finding.and_then(|finding| setting.model.item(finding)))
    }
}

fn item_of_tally(
    (reply, silence): (Finding, Finding),
    (heard_prob, on): (f64, Likelihood),
    tally: Tally,
) -> Option<Evidence> {
    if tally.asked == 0 {
        return None;
    }
    let likelihood = ReplyModel::tally(heard_prob, on, tally.asked, tally.heard);
    Some(Evidence { finding: if tally.heard > 0 { reply } else { silence }, likelihood })
}

/// Airway, safe passage, restricted zone and flight plan, of those that the network knows.
fn order_of_the_sky(profile: &Profile, now: Time, setting: &Setting) -> [Option<Finding>; 4] {
    let within = |kind, inside, outside| {
        let mut known = setting.airspaces.iter().filter(|space| space.kind == kind).peekable();
        known.peek()?;
        let holds = known.any(|space| space.holds(profile.place, profile.height_m, now));
        Some(if holds { inside } else { outside })
    };
    let plan = setting.plans.as_deref().map(|plans| {
        let fits = plans.iter().any(|plan| plan.fits(profile.place, now));
        if fits { Finding::OnPlan } else { Finding::NoPlan }
    });
    [
        within(AirspaceKind::Airway, Finding::InAirway, Finding::OffAirway),
        within(AirspaceKind::SafePassage, Finding::InSafePassage, Finding::OffSafePassage),
        within(AirspaceKind::Restricted, Finding::InRestricted, Finding::OffRestricted),
        plan,
    ]
}

/// The most telling pattern that fits; where none does, that none does. `None` without patterns.
fn pattern(profile: &Profile, model: &Model) -> Option<Evidence> {
    let fitting = model.patterns.iter().filter(|pattern| pattern.fits(profile));
    let most = most_telling(fitting.map(|pattern| pattern.likelihood));
    match most {
        Some(likelihood) => Some(Evidence { finding: Finding::WeaponPattern, likelihood }),
        None if model.patterns.is_empty() => None,
        None => Some(kept_pattern(Finding::NoPattern, model)),
    }
}

/// The item of a finding about patterns that is held although the profile shows otherwise by now.
fn kept_pattern(finding: Finding, model: &Model) -> Evidence {
    let all = model.patterns.iter().map(|pattern| pattern.likelihood);
    let likelihood = if finding == Finding::WeaponPattern {
        most_telling(all).unwrap_or(Likelihood::NEUTRAL)
    } else {
        all.map(Likelihood::complement).fold(Likelihood::NEUTRAL, |product, one| {
            let [a, b] = [product.as_array(), one.as_array()];
            Likelihood::new(a[0] * b[0], a[1] * b[1], a[2] * b[2])
        })
    };
    Evidence { finding, likelihood }
}

fn most_telling(likelihoods: impl Iterator<Item = Likelihood>) -> Option<Likelihood> {
    likelihoods.max_by(|a, b| a.hostile_db().total_cmp(&b.hostile_db()))
}

/// A prior with the weight that the operator's opinion adds to an enemy.
fn biased(prior: Likelihood, bias_db: f64) -> Likelihood {
    let ratio = libm::exp(bias_db / 10.0 * core::f64::consts::LN_10);
    Likelihood { hostile_prob: prior.hostile_prob * ratio, ..prior }
}

/// The item that speaks most for an identity.
fn basis_of(identity: Identity, items: &[Evidence]) -> Basis {
    let speaks = |item: &Evidence| {
        let [friend, neutral, hostile] = item.likelihood.as_array();
        let (own, other) = match identity {
            Identity::Friend | Identity::AssumedFriend => (friend, neutral.max(hostile)),
            Identity::Neutral => (neutral, friend.max(hostile)),
            _ => (hostile, friend.max(neutral)),
        };
        own.max(f64::MIN_POSITIVE) / other.max(f64::MIN_POSITIVE)
    };
    let most = items.iter().max_by(|a, b| speaks(a).total_cmp(&speaks(b)));
    match most.filter(|item| speaks(item) > 1.0) {
        Some(item) => Basis::Finding(item.finding),
        None => Basis::Expectation,
    }
}

fn is_like(old: &Evidence, new: &Evidence) -> bool {
    old.finding == new.finding
        && (old.likelihood.hostile_db() - new.likelihood.hostile_db()).abs() < CHANGE_DB
}
