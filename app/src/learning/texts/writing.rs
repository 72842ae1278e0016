use crate::learning::model::{Choice, Question, Section, Text};

/// For whoever writes here.
pub const TEXT: Text = Text {
    slug: "writing-without-identifying",
    title: "Writing without identifying a family",
    about: "Why leaving out the name is not enough, and how to write so that colleagues learn and nobody is recognised.",
    minutes: 10,
    sections: &[
        Section {
            title: "It is the details together",
            paragraphs: &[
                "Nobody who works with families would put a name into a message to colleagues. But people are seldom recognised by a name. They are recognised by three details that fit nobody else: twins, a father at sea, a village with one bakery. Each of them is harmless. Together they are a family, and somebody who reads along may live next door to it, be related to it, or work with it.",
                "So ask of every text: could the parent, their sister or their neighbour say “that is us”? If you are not sure, then they could.",
            ],
            points: &[],
        },
        Section {
            title: "What is always left out",
            paragraphs: &["Some things never help anybody to think, and always help to find somebody."],
            points: &[
                "Names, initials, nicknames, and the name of a nursery, a street or a small place.",
                "Dates of birth, dates of removal or of a court; the age in weeks of a very young baby, where “a few weeks old” does.",
                "NHS numbers, case numbers, telephone numbers, postcodes, anything copied from a record.",
                "A rare illness, a rare language, an event that stood in the newspaper.",
                "Pictures, film and screenshots, however well they are covered up.",
            ],
        },
        Section {
            title: "What can stay",
            paragraphs: &[
                "What colleagues learn from is what passed between people, and that can nearly always be told. “A mother who lost her own mother young could not bear the baby’s crying; when I said that nobody had answered hers, she picked him up.” There is no more to know of them than that, and yet it is all there.",
                "Write about yourself in the work: what you felt, what you did, what you would ask. Say “a parent”, “a baby in the first months”, “a family who came from far away”. Change what does not matter, but do not invent what does: if you turn a grandmother into an aunt, say that details are changed.",
            ],
            points: &[],
        },
        Section {
            title: "Where you write matters too",
            paragraphs: &[
                "A record of a family belongs into your employer’s record, and nowhere else. What you write here is your own thinking about your own practice. Even so the same care applies to a private note: a note can be asked for, lost, or read over a shoulder.",
                "If you find that you have written too much, take it back and say so to the one who looks after the space. It happens to careful people, and it is mended best within minutes. And if what you want to write is that you are worried about a child now, then stop writing: follow your employer’s safeguarding procedure, and phone 999 where somebody is in danger.",
            ],
            points: &[],
        },
    ],
    questions: &[
        Question {
            asks: "Which of these could be written to colleagues as it stands?",
            options: &[
                Choice {
                    words: "“The twins in the lighthouse cottage, ten weeks on Friday, will not feed.”",
                    feedback: "No name, and everybody in the county knows who it is. Three details together are a name.",
                    is_right: false,
                },
                Choice {
                    words: "“A parent told me that feeding feels like being refused, and I noticed how I hurried to reassure.”",
                    feedback: "Yes. It holds what there is to think about, and nobody could be found by it.",
                    is_right: true,
                },
                Choice {
                    words: "“K. is back from court since 3 March.”",
                    feedback: "An initial and a date are enough for whoever knows a little.",
                    is_right: false,
                },
            ],
        },
        Question {
            asks: "You notice that a post of yours from five minutes ago says too much. What is best?",
            options: &[
                Choice {
                    words: "Leave it: nobody will recognise anybody.",
                    feedback: "Perhaps not. But you noticed, so somebody else may.",
                    is_right: false,
                },
                Choice {
                    words: "Take it back now, and tell whoever looks after the space.",
                    feedback: "Yes. Quickly and openly is best, and nobody thinks the worse of you for it.",
                    is_right: true,
                },
                Choice {
                    words: "Add a comment that asks people not to share it.",
                    feedback: "Then it is still there, and attention is drawn to it.",
                    is_right: false,
                },
            ],
        },
        Question {
            asks: "Where does what happened on a visit belong, as a record?",
            options: &[
                Choice {
                    words: "Into my employer’s record.",
                    feedback: "Yes. That is where it is kept safe, and where it can be found when it is needed.",
                    is_right: true,
                },
                Choice {
                    words: "Into my private notes here.",
                    feedback: "Notes here are your thinking about your practice. A record of a family belongs into your employer’s.",
                    is_right: false,
                },
            ],
        },
    ],
};
