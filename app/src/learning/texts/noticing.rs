use crate::learning::model::{Choice, Question, Section, Text};

/// On Video Interaction Guidance, for whoever works in another way too.
pub const TEXT: Text = Text {
    slug: "noticing",
    title: "Noticing: what VIG sees",
    about: "What Video Interaction Guidance looks for in a few seconds of film, and how that helps without a camera.",
    minutes: 10,
    sections: &[
        Section {
            title: "A few seconds that went well",
            paragraphs: &[
                "Video Interaction Guidance (VIG) begins with a wish: a parent says what they hope for between them and their child. The practitioner films a few minutes of everyday life, and goes through the film to find the moments in which what the parent wishes for is there already, if only for two seconds. These clips are what the parent and the practitioner look at together in the shared review. Then the practitioner brings film of that review to supervision, and is met there in the same way.",
                "It is not praise. Praise says that somebody did well in the eyes of somebody else. A clip shows parents themselves in relation to their baby, so that they can see what they did and what the baby did next, and draw their own conclusion.",
            ],
            points: &[],
        },
        Section {
            title: "Initiative and reception",
            paragraphs: &[
                "What VIG looks for first is very small. Somebody makes an initiative: a look, a sound, a hand that opens, a turning away. Is it received? Does the other see it, and show that they have seen it? Only on that does everything else rest: taking turns, guiding, working through a disagreement.",
            ],
            points: &[
                "Being attentive: turning towards the child, giving space, watching with a friendly face.",
                "Encouraging initiatives: waiting, listening, saying what the child does or feels.",
                "Receiving initiatives: answering with the eyes, the voice, the body; saying back what was heard.",
                "Developing attuned interaction: turn by turn, each answering to the other, and both enjoying it.",
            ],
        },
        Section {
            title: "Yes-cycles, and breaks that are mended",
            paragraphs: &[
                "When initiatives are received, they lead to more of them: the baby looks, the parent answers, the baby looks for longer. Where they are not, there are fewer and fewer, until two people are in one room and do not meet. No pair is attuned all the time. Those who look closely at film find that ordinary parents and babies miss each other often, and find each other again; it is in the finding again that trust grows. So a clip of a mended break may be worth more than one of perfect harmony.",
            ],
            points: &[],
        },
        Section {
            title: "Without a camera",
            paragraphs: &[
                "You need training and accreditation to offer VIG. You need neither to look for initiatives. On the next visit choose three minutes in which you say as little as you can, and watch for one thing: what does this baby do, and what comes back? When you find a moment of reception, say what you saw, plainly and without praise: “He looked up, and you waited, and then he smiled.” Then wait yourself.",
                "It works on supervision as well. When were you received in your last session, and what did you do next?",
            ],
            points: &[],
        },
    ],
    questions: &[
        Question {
            asks: "Which clips does a VIG practitioner choose for the shared review?",
            options: &[
                Choice {
                    words: "Moments in which something went wrong, so that the parent can learn from them.",
                    feedback: "Parents have mostly seen those already. VIG builds on what is there and works.",
                    is_right: false,
                },
                Choice {
                    words: "Moments in which what the parent wishes for is there already, if only briefly.",
                    feedback: "Yes. They show parents, on film, that they can do what they hope for.",
                    is_right: true,
                },
                Choice {
                    words: "A fair sample of everything.",
                    feedback: "Film is chosen with care: it is an intervention and not an assessment.",
                    is_right: false,
                },
            ],
        },
        Question {
            asks: "A baby turns her head away in the middle of a game. What is that?",
            options: &[
                Choice {
                    words: "An initiative, which can be received by waiting.",
                    feedback: "Yes. Turning away says something too: a pause, please. A parent who waits has received it.",
                    is_right: true,
                },
                Choice {
                    words: "The end of the game.",
                    feedback: "It may be, and it may be a pause. Whoever waits will see.",
                    is_right: false,
                },
                Choice {
                    words: "A sign of poor attachment.",
                    feedback: "One movement is a sign of nothing of the kind. Babies regulate by looking away.",
                    is_right: false,
                },
            ],
        },
        Question {
            asks: "Which of these receives an initiative without praise?",
            options: &[
                Choice {
                    words: "“Well done, you are a natural!”",
                    feedback: "It is kind, and it is praise: it says how you judge, and not what you saw.",
                    is_right: false,
                },
                Choice {
                    words: "“He reached out, and you gave him your finger.”",
                    feedback: "Yes. It says what happened between them, and leaves it to the parent what it means.",
                    is_right: true,
                },
            ],
        },
    ],
};
