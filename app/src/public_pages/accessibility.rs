use leptos::prelude::*;

use crate::paths;
use crate::ui::PageHead;

/// What works for whom, how that is known, and what does not work yet.
#[component]
pub fn AccessibilityPage() -> impl IntoView {
    view! {
        <PageHead title="Accessibility" about="We want everybody who is supervised or supervises here to manage every page without help." />
        <div class="prose">
            <h2>"What you can count on"</h2>
            <ul>
                <li>"Every page works with a keyboard alone, with a screen reader, and with scripts switched off."</li>
                <li>"Text can be enlarged to 400%, and pages fit a screen of 320 pixels, without scrolling sideways; only wide tables scroll, within themselves."</li>
                <li>"Nothing is said by colour alone, nothing moves unless you cause it, and pages follow what your device says about dark, contrast and movement."</li>
                <li>"You can paste a password and let a password manager fill it in. There are no puzzles. A link by email can take the place of the password; staff roles enter a code as well."</li>
                <li>"Time limits: signing in has 30 minutes between its two steps. A practitioner stays signed in for 30 days, a staff role for 12 hours. If that ends while you write, nothing is lost: you sign in in another tab and send it again."</li>
            </ul>
            <h2>"How we know"</h2>
            <p>"The aim is level AA of the Web Content Accessibility Guidelines 2.2. Every change is tested by program in a browser, in the light and the dark theme, at three widths, with scripts on and off. Programs find some obstacles and not all of them."</p>
            <p>"No audit by people outside the project has been made yet, and no test with people who use assistive technology every day. We therefore say that we aim at level AA, not that we have reached it."</p>
            <h2>"What does not work as well as it should"</h2>
            <ul>
                <li>"The grids of the calendar are dense. The list view holds all of them; choose it, and whether single letters are keys, under "<a href=paths::APPEARANCE>"Appearance"</a>"."</li>
                <li>"Sessions take place in a video room outside this site, whose accessibility is not ours to change. Each group’s page says whether there is a telephone number to join by."</li>
                <li>"There is no version in British Sign Language or in Easy Read yet."</li>
            </ul>
            <h2>"Tell us"</h2>
            <p>"If something keeps you from doing what you came for, tell the Centre’s coordinator, in whatever way suits you: what you wanted to do, and what happened. Until it is put right, the coordinator does it with you or for you."</p>
        </div>
    }
}
