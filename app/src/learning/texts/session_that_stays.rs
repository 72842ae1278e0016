use crate::learning::model::{Choice, Question, Section, Text};

/// For after a hard hour.
pub const TEXT: Text = Text {
    slug: "when-a-session-stays",
    title: "When a session stays with you",
    about: "What to do when an hour of work, or of supervision, will not let go.",
    minutes: 8,
    sections: &[
        Section {
            title: "It is meant to touch you",
            paragraphs: &[
                "Some hours come home with you. A baby’s face turns up while you wash the dishes, or a sentence that a parent said lies awake beside you. This does not mean that you are too soft for the work. You use yourself as an instrument, and instruments take in sound. It becomes a difficulty when it does not fade, when it piles up, or when you begin to feel nothing at all.",
            ],
            points: &[],
        },
        Section {
            title: "On the same day",
            paragraphs: &["What helps first is small and bodily."],
            points: &[
                "Before you drive on, stop. Feel your feet on the ground and your back against the seat. Breathe out for longer than you breathe in, five times.",
                "Say to yourself what is yours and what is theirs: “This is his fear. I felt it, since I was near.”",
                "Ask once whether there is something that must be done today for somebody’s safety. If there is, do it by your employer’s procedure. If there is not, tell yourself so.",
                "Speak to one colleague for five minutes, without details. To be seen is most of it.",
                "Eat something. Have an ordinary evening, if you can.",
            ],
        },
        Section {
            title: "In the days after",
            paragraphs: &[
                "Write a few lines for yourself, about you and not about the family: what it was that touched you, where you felt it, of what it reminds you. Putting it into words moves it from the body to the mind, where it can be thought about. Bring those lines to supervision. You do not need to know what the question is. “This stays with me” is enough, and a good supervisor will slow down there.",
                "If it was the supervision that stays with you, because something was said that hurt, or because you were not heard, then that belongs back into supervision. Most breaks between supervisor and supervisee can be mended, and you will have learned about mending from the inside. If you cannot say it there, say it to the Centre’s coordinator.",
            ],
            points: &[],
        },
        Section {
            title: "When to ask for more",
            paragraphs: &[
                "Ask for more help, from your GP, your occupational health service, or whoever you trust at work, if for more than two or three weeks you",
            ],
            points: &[
                "sleep badly, or see pictures that you do not want to see;",
                "avoid a family, a street or a kind of visit;",
                "feel numb, or irritable with those whom you love;",
                "think that the work has no point, or that you have none.",
            ],
        },
        Section {
            title: "And now, if it is urgent",
            paragraphs: &[
                "If you feel that you might harm yourself, do not stay alone with it. In the UK you can phone Samaritans on 116 123 at any hour, free of charge, or NHS 111 and choose the mental health option; in immediate danger, phone 999. Whoever looks after babies deserves to be looked after too.",
            ],
            points: &[],
        },
    ],
    questions: &[
        Question {
            asks: "A visit yesterday keeps coming back to you. What does that mean?",
            options: &[
                Choice {
                    words: "That I am not suited to this work.",
                    feedback: "Whoever is near to people is touched by them. It says more of how near you were.",
                    is_right: false,
                },
                Choice {
                    words: "That I took something in, which I can look at and bring to supervision.",
                    feedback: "Yes. It is what supervision is for, and it need not be a clear question yet.",
                    is_right: true,
                },
                Choice {
                    words: "That I did something wrong.",
                    feedback: "It may be worth looking at, but being moved is no sign of a mistake.",
                    is_right: false,
                },
            ],
        },
        Question {
            asks: "Something that your supervisor said has hurt you. What is most likely to help?",
            options: &[
                Choice {
                    words: "To say so the next time, and see whether it can be mended.",
                    feedback: "Yes. Most such breaks can be mended, and if it cannot be said there, the coordinator is there for it.",
                    is_right: true,
                },
                Choice {
                    words: "To bring only what is safe from now on.",
                    feedback: "Then supervision goes on without you in it. Try to say it, there or to the coordinator.",
                    is_right: false,
                },
            ],
        },
    ],
};
