//! What people are told about their own record.

use super::model::PersonId;
use crate::messages::{Leads, NewMessage};
use crate::paths;

/// To the address that somebody has had until now, so that a change that they did not ask for does not go unseen.
pub fn address_changed(to: PersonId) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::ME),
        subject: "Your email address for Reverie was changed".to_owned(),
        body: "The Centre has put another email address in the place of this one. From now on you sign in with the other address, and messages go there.

If you asked for this, there is nothing to do. If you did not, please phone the Centre’s coordinator today."
            .to_owned(),
    }
}

/// To the address that somebody has from now on.
pub fn address_is_this(to: PersonId) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::ME),
        subject: "This is your email address for Reverie now".to_owned(),
        body: "The Centre has put this email address in the place of the one that you had at Reverie. You are signed out everywhere: sign in again with this address and the password that you have.

If this is not meant for you, please tell the Centre’s coordinator."
            .to_owned(),
    }
}

/// To somebody who is kept out from now on and has sessions before them.
pub fn sessions_not_yours(to: PersonId) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::KeptOut,
        subject: "Your access to Reverie has ended for now".to_owned(),
        body: "The Centre has suspended your access to Reverie. With this message the sessions that were still to come leave your calendar, if you have let our invitations into it. Please do not join them.

If you did not expect this, please phone the Centre’s coordinator."
            .to_owned(),
    }
}

/// To somebody who is let in again and has sessions before them.
pub fn sessions_yours_again(to: PersonId) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::CALENDAR),
        subject: "Your access to Reverie is back".to_owned(),
        body: "You can sign in to Reverie again. With this message comes an invitation that puts your sessions to come back into your calendar. Sign in to see whether anything else has changed meanwhile.

If you did not expect this, please phone the Centre’s coordinator."
            .to_owned(),
    }
}

/// To a lead of an authority, once for all of whom the authority is asked within a day. Who it is stands on the page alone.
pub fn somebody_waits_for_your_word(to: PersonId, origin: &str) -> NewMessage {
    let page = format!("{origin}{}", paths::COLLEAGUES);
    NewMessage {
        to,
        leads: Leads::to(paths::COLLEAGUES),
        subject: "Somebody waits for your word that they work for your authority".to_owned(),
        body: format!(
            "Hello

The Centre has entered somebody as working for your authority, and nobody of your authority has confirmed it yet. Until you do, the community is closed to them. Their supervision goes on either way.

Please say whether they work there: {page}

The Centre"
        ),
    }
}

/// To a coordinator. Who it is stands on the list of people alone.
pub fn does_not_work_there(to: PersonId, origin: &str) -> NewMessage {
    let page = format!("{origin}{}?works_there=denied", paths::PEOPLE);
    NewMessage {
        to,
        leads: Leads::to(paths::PEOPLE),
        subject: "An authority says that somebody does not work there".to_owned(),
        body: format!(
            "Hello

The lead of an authority has said that somebody who is entered with it does not work there. The community stays closed to them. Nothing else has changed: whether they keep their account and their places is for the Centre to decide.

It is on the list of people: {page}

The Centre"
        ),
    }
}
