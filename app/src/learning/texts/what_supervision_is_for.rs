use crate::learning::model::{Choice, Question, Section, Text};

/// For whoever begins.
pub const TEXT: Text = Text {
    slug: "what-supervision-is-for",
    title: "What supervision is for",
    about: "Three things that supervision does, and what it is not.",
    minutes: 10,
    sections: &[
        Section {
            title: "Somebody holds you while you hold them",
            paragraphs: &[
                "A baby can bear a great deal when somebody bears it with them. So can a parent, and so can you. Work with parents and infants asks you to stay close to feelings that have no words yet: a baby’s cry, a parent’s shame, the flatness in a room where nobody looks at anybody. If you have nowhere to put what you take in, you will do what all of us do. You will look away a little, hurry to advice, or carry it home.",
                "Clinical supervision is a regular, protected time with somebody who is not your manager, in which you think about your work and about what the work does to you. It is part of the work, and no reward for having finished it.",
            ],
            points: &[],
        },
        Section {
            title: "Three things at once",
            paragraphs: &[
                "Supervision has often been described as having three tasks. In a good session you will feel all three, though one may take most of the hour.",
            ],
            points: &[
                "To learn: you look closely at what happened between a parent and a baby, and between them and you, and you find something that you had not seen.",
                "To be restored: what you carry is heard and shared, so that you can go back with an open face.",
                "To be safe: somebody else looks with you at whether the baby is safe, whether you are within what you are trained for, and what needs to be said to whom.",
            ],
        },
        Section {
            title: "What it is not",
            paragraphs: &[
                "It is not line management. Your manager decides on your caseload, your leave and your appraisal, and needs to know that you have supervision, not what you said there. It is not therapy, though what is yours will come up: a supervisor helps you to notice it, and where it needs more room, helps you to find that room elsewhere. And it is not the safeguarding procedure. If you are worried about a child, you follow your own employer’s procedure on the day, and bring it to supervision as well; you never wait for the next session.",
            ],
            points: &[],
        },
        Section {
            title: "What makes it work",
            paragraphs: &[
                "Research on supervision keeps coming back to plain things: it is regular, its time is protected, the room is private, and the two of you or the group agree on what it is for. Trust grows from meeting again, at the hour that was promised. That is why an agreement comes before the first session, and why a session that has to be moved is moved rather than dropped.",
                "You do not have to bring your best work. Bring the moment that made you hold your breath. Most often there is a baby in it.",
            ],
            points: &[],
        },
    ],
    questions: &[
        Question {
            asks: "On a visit you see something that makes you worried for a baby’s safety. Your supervision is in two days. What do you do?",
            options: &[
                Choice {
                    words: "I wait and bring it to supervision, where I can think about it properly.",
                    feedback: "Supervision never stands in for the procedure. Follow your employer’s procedure today, and bring it to supervision as well.",
                    is_right: false,
                },
                Choice {
                    words: "I follow my employer’s safeguarding procedure today, and bring it to supervision as well.",
                    feedback: "Yes. The procedure is for the baby’s safety now; supervision is for thinking about it afterwards, and for you.",
                    is_right: true,
                },
                Choice {
                    words: "I write to my supervisor and do what they answer.",
                    feedback: "Your supervisor may not read it in time, and does not decide for your employer. Follow the procedure today.",
                    is_right: false,
                },
            ],
        },
        Question {
            asks: "Which of these belongs to supervision, and not to line management?",
            options: &[
                Choice {
                    words: "Deciding how many families you see.",
                    feedback: "That is for your manager. You can think in supervision about how to ask for fewer.",
                    is_right: false,
                },
                Choice {
                    words: "Judging whether you have met your objectives.",
                    feedback: "That is appraisal, and belongs to your manager.",
                    is_right: false,
                },
                Choice {
                    words: "Wondering why you dread one visit and look forward to the next.",
                    feedback: "Yes. What the work stirs up in you says something about the work, and this is the place to find out what.",
                    is_right: true,
                },
            ],
        },
    ],
};
