//! Who may order: an order that needs the consent of another network.

use redan_command::{Order, Reason, Withheld};
use redan_record::{Answered, NetworkId, Recorder, What};
use redan_track::Identity;

use super::Engine;
use crate::scenario::{Consent, WhenCut};

impl<R: Recorder> Engine<'_, R> {
    /// Carries out an order that passed every check, once whoever must consent does.
    pub(super) fn order_or_ask(&mut self, network: NetworkId, order: &Order) {
        let battle = self.battle;
        let Some(consent) = &battle.scenario.networks[network.index()].consent else {
            return self.begin_engagement(network, order);
        };
        match self.asked(network, order, consent) {
            Ok(()) => self.begin_engagement(network, order),
            Err(reason) => {
                let withheld = Withheld { track: order.track, unit: Some(order.unit), reason };
                self.note_withheld(network, &withheld);
            }
        }
    }

    fn asked(
        &mut self,
        network: NetworkId,
        order: &Order,
        consent: &Consent,
    ) -> Result<(), Reason> {
        let now = self.world.now;
        let is_cut = consent.down.iter().any(|(from, until)| (*from..*until).contains(&now));
        if is_cut {
            let fires = consent.when_cut == WhenCut::Fire;
            self.note_answer(network, order, consent, Answered::Cut { fires });
            return if fires { Ok(()) } else { Err(Reason::LinkCut) };
        }
        let notes = self.notes_mut(network, order.track).ok_or(Reason::NoThreat)?;
        let due = *notes.question.due.get_or_insert(now + consent.delay);
        if now < due {
            return Err(Reason::AwaitingConsent);
        }
        let answered = self.answer_of(network, order, consent);
        self.note_answer(network, order, consent, answered);
        if answered == Answered::Consents { Ok(()) } else { Err(Reason::ConsentRefused) }
    }

    /// The other network consents to what its own picture has there as suspect or hostile.
    fn answer_of(&self, network: NetworkId, order: &Order, consent: &Consent) -> Answered {
        let seen = self.seen_by(consent.from, network, order.track, self.world.now);
        match seen.map(|track| track.identity) {
            None => Answered::SeesNothing,
            Some(Identity::Suspect | Identity::Hostile) => Answered::Consents,
            Some(identity) => Answered::Refuses { identity },
        }
    }

    /// Records an answer when it differs from the last.
    fn note_answer(
        &mut self,
        network: NetworkId,
        order: &Order,
        consent: &Consent,
        answered: Answered,
    ) {
        let Some(notes) = self.notes_mut(network, order.track) else { return };
        if notes.question.answered == Some(answered) {
            return;
        }
        notes.question.answered = Some(answered);
        let cause = notes.grounds();
        let from = NetworkId(consent.from as u32);
        self.emit(Some(cause), What::Consulted { network, from, track: order.track, answered });
    }
}
