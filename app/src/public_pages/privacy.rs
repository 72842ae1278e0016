use leptos::prelude::*;

use crate::paths;
use crate::ui::PageHead;

/// What is stored and why, who sees it, and what is never asked for.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    view! {
        <PageHead title="Privacy" about="What Reverie stores about you, why, and who can see it." />
        <div class="prose">
            <h2>"No families"</h2>
            <p>"There is no place here for the name or the details of a baby, child or parent. What belongs to a family stays in your employer’s records."</p>
            <h2>"What is stored about you"</h2>
            <ul>
                <li>"Your name, work email, profession, authority and roles: to invite you, place you in a group and let you in. Whether your authority has confirmed that you work there, and who said so: to open the community to you."</li>
                <li>"Your groups, what you agreed to and when, your sessions, whether you came, and the actions that you agreed on: because supervision is planned and recorded here."</li>
                <li>"Your apologies, with the reason if you give one. Only you and your supervisor can read the reason."</li>
                <li>"Which of the times that were offered to you suit you, for whoever offered them; and when you want to be reminded of your sessions and events, and of which spaces of the community you want a digest."</li>
                <li>"Supervision that you had elsewhere and write down here, and that you ask for: what, when and how soon. Coordinators read what you ask for; what you had elsewhere is yours alone."</li>
                <li>"What you save, read and finish to learn, and what you note beside it: yours alone. A certificate that you have issued is read by whoever you give it to."</li>
                <li>"If you supervise: the hours in which you work and the days on which you are away, so that nothing is planned then. Of why you are away, only its kind."</li>
                <li>"Your password and codes, in a form from which they cannot be read; the key of your authenticator app; and for each device on which you are signed in, what its browser calls itself."</li>
                <li>"If you make a calendar link: what you chose for it, and the link in a form from which it cannot be read. Whoever has the link sees when your sessions are; you can end it at any time."</li>
                <li>"What you answer when you register: the group that you ask for, when you could come, what you need to take part, and whom you would rather not meet. Only those who form groups read it."</li>
                <li>"If you let us read when you are busy from another calendar: its address, and the times, so that no session is planned then. Nothing of what you do then. You can have both forgotten at any time."</li>
                <li>"What you write in the community, for those who read the space in which you write. Who wrote a post without a name is kept apart from it: not those who look after a space, not coordinators and not administrators find it, nor a moderator before whom it waits, and nothing shows that two such posts are one person’s. For somebody’s safety the clinical lead and the safeguarding lead can open that together, or the closed space of a group, for some hours; you are told as soon as that puts nobody at risk."</li>
                <li>"An entry in a log whenever something is changed: who did what, to what, and when. It holds no words that anybody wrote."</li>
                <li>"How your sessions were changed: when each was to be before and after. Whoever sees a session can read it."</li>
                <li>"What you search for, for a day, so that you can come back to it. Nobody else can read it."</li>
                <li>"Attempts to sign in, as a number that cannot be turned back into your email, for a day: to keep others from guessing."</li>
            </ul>
            <h2>"Who can see it"</h2>
            <p>"Each page says under its title who can see what is on it. The whole of it, role by role, is in "<a href=paths::WHO_SEES_WHAT>"Who sees what"</a>"."</p>
            <p>"Who has opened something that is about you alone is written down for you, and stands in your account under "<a href=paths::MY_ACCESS>"Who opened your records"</a>". It is kept for six years."</p>
            <h2>"Cookies"</h2>
            <p>"One cookie keeps you signed in. Others keep your choice of light or dark, of keys and of how the calendar opens or was last looked at, and a sentence for the next page, such as “Your apologies are sent.” None follows you anywhere, and no other company’s program runs on any page."</p>
            <h2>"Messages"</h2>
            <p>"Messages go to your work email. They name the session or the link and nobody else, and nothing that was written here, but for the titles of threads in a digest that you asked for; nothing of a closed space. Their subjects stand for 90 days on the page “News”, for you alone, in case an email is lost; the count beside it needs to know when you have looked there last."</p>
            <h2>"Your rights"</h2>
            <p>"How much there is of each, and one file with all that is yours, is on the page "<a href=paths::MY_DATA>"What we hold about you"</a>"."</p>
            <p>"You can ask the Centre to see, correct or delete what is stored about you, or to stop using it. Ask the Centre’s coordinator. If the answer does not satisfy you, you can complain to the Information Commissioner."</p>
        </div>
    }
}
