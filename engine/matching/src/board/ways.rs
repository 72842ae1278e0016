//! Everywhere that somebody could go, and what each would do.

use crate::board::{Board, BoardError, Destination, Effect, Place};

impl Board {
    /// First what breaks no rule, the best for the score first; then the groups of their stream, and the list, that break one, those that break
    /// fewest first. Where they are now is not among them.
    pub fn ways(&self, practitioner: &str) -> Result<Vec<(Destination, Effect)>, BoardError> {
        let one = self.round.practitioner(practitioner)?;
        let (stream, seat) = (&self.round.practitioners[one].stream, self.seats[one]);
        let places = self.places(practitioner)?;
        let open = self.groups.iter().enumerate().filter(|(_, group)| !group.members.is_empty());
        let of_stream = open.filter(|(number, group)| group.meeting.stream == *stream && seat != Some(*number));
        let mut others: Vec<Destination> = of_stream.map(|(number, _)| Destination::Group(number)).collect();
        // Whoever is on the list is there already.
        others.extend(seat.map(|_| Destination::List));
        others.retain(|to| !places.iter().any(|place| place.to == *to));
        let mut broken = Vec::with_capacity(others.len());
        for to in others {
            let effect = self.effect(practitioner, &to)?;
            broken.push((to, effect));
        }
        broken.sort_by_key(|(_, effect)| (effect.breaks.len(), -effect.score_change));
        let free = places.into_iter().filter(|place| seat.is_some() || place.to != Destination::List);
        let free = free.map(|Place { to, score_change }| (to, Effect { score_change, ..Effect::default() }));
        Ok(free.chain(broken).collect())
    }
}
