//! The work with families that supervision can be on.

/// The work with families that somebody does, by the keys that registrations, groups and matching rounds use. Anything else is "other".
pub const INTERVENTIONS: [(&str, &str); 24] = [
    ("vig", "Video Interaction Guidance (VIG)"),
    ("verp", "Video Enhanced Reflective Practice (VERP)"),
    ("vipp", "VIPP-SD video feedback"),
    ("pip_psych", "Psychoanalytic parent-infant psychotherapy"),
    ("ipp", "Child or infant-parent psychotherapy"),
    ("www", "Watch, Wait and Wonder"),
    ("solihull", "Solihull Approach"),
    ("triple_p_baby", "Triple P or Baby Triple P"),
    ("nbo", "Newborn Behavioral Observations (NBO, NBAS)"),
    ("cosp", "Circle of Security Parenting"),
    ("mellow", "Mellow Parenting, Babies or Bumps"),
    ("epec_baby", "EPEC Baby and Us"),
    ("iy_baby", "Incredible Years Babies or Toddlers"),
    ("baby_steps", "Baby Steps"),
    ("baby_massage", "Baby massage"),
    ("five_to_thrive", "Five to Thrive"),
    ("parents_under_pressure", "Parents under Pressure"),
    ("mentalisation_based", "Mentalisation-based work"),
    ("cbt_perinatal", "Perinatal cognitive behavioural therapy"),
    ("creative", "Dance, music or play therapy"),
    ("compassion_focused", "Compassion-focused work"),
    ("systemic_family", "Systemic family therapy"),
    ("ports", "Support for parents of no named model"),
    ("other", "Other"),
];

/// The words for an intervention's key.
pub fn intervention_name(key: &str) -> &'static str {
    INTERVENTIONS.iter().find(|(other, _)| *other == key).map_or("Other", |(_, name)| name)
}

/// Those that say by themselves what the work is: what is "other" for one person is something else for the next.
pub fn named_interventions() -> impl Iterator<Item = (&'static str, &'static str)> {
    INTERVENTIONS.into_iter().filter(|(key, _)| *key != "other")
}

/// The key of a named intervention, if a text is one.
pub fn named_intervention(text: &str) -> Option<&'static str> {
    named_interventions().map(|(key, _)| key).find(|key| *key == text)
}
