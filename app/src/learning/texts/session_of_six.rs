use crate::learning::model::{Choice, Question, Section, Text};

/// For members of a group.
pub const TEXT: Text = Text {
    slug: "a-session-of-six",
    title: "Using a session of six well",
    about: "Ninety minutes, six people, one baby at a time: how to bring something, and how to listen to it.",
    minutes: 10,
    sections: &[
        Section {
            title: "You are in it for the whole ninety minutes",
            paragraphs: &[
                "In a group of six you will present perhaps every second or third time. That can feel like little. It is not, if you learn from the others’ families as you do from your own, and people who have been in good groups often say that they learned most when somebody else presented. For that, listening has to be work too.",
            ],
            points: &[],
        },
        Section {
            title: "When you bring something",
            paragraphs: &["You need no report. Ten minutes of preparation are enough, and three questions carry most of it."],
            points: &[
                "Which moment? Choose one: a minute of a visit rather than the history of a family. Say what the baby did, what the parent did, and what you did.",
                "What did it do to you? What you felt, what you wanted to do, what you did in place of it.",
                "What do you want from the group? “Help me to see the baby in this” is a question that a group can work with. “Is this all right?” mostly gets a yes.",
            ],
        },
        Section {
            title: "When somebody else does",
            paragraphs: &[
                "Groups hurry to advice because it is hard to sit with not knowing. Try to stay a while longer with what you saw and felt as you listened. If you were suddenly bored, cross or very sad, say so, kindly: a group often feels among its members what is felt in the family. If nobody has mentioned the baby for ten minutes, that is worth saying as well.",
                "Ask before you tell. “What was her face doing?” opens something; “Have you tried a sling?” closes it. What you would do yourself can wait until the end, and quite often is not needed then.",
            ],
            points: &[],
        },
        Section {
            title: "What everybody looks after",
            paragraphs: &["A group is a small society, and a few habits keep it safe."],
            points: &[
                "Come on time and stay to the end. If you cannot come, say so as soon as you know: an empty chair without a word is felt by all.",
                "Leave out what could tell anybody which family it is. The agreement says how.",
                "If something between you is difficult, say it in the group or to the supervisor, and not on the way home to one of the others.",
                "Share the time. If you have presented twice in a row, leave room; if you never do, say what makes it hard.",
            ],
        },
        Section {
            title: "Before you log off",
            paragraphs: &[
                "Write down one sentence on what you want to try or to look for, and bring back the next time what came of it. It is the smallest of habits, and it turns six talks into a series.",
            ],
            points: &[],
        },
    ],
    questions: &[
        Question {
            asks: "What is the most helpful way to begin, when you present?",
            options: &[
                Choice {
                    words: "With the whole history of the family, so that nobody misses anything.",
                    feedback: "The history can fill the hour. Begin with one moment; the group asks for what it needs.",
                    is_right: false,
                },
                Choice {
                    words: "With one moment: what the baby, the parent and you did, and what it did to you.",
                    feedback: "Yes. A minute that is told closely gives a group more to work with than a year in outline.",
                    is_right: true,
                },
                Choice {
                    words: "With what you have decided to do, to have it confirmed.",
                    feedback: "Then there is little left to find out. Say what you decided if you like, and ask what you may not have seen.",
                    is_right: false,
                },
            ],
        },
        Question {
            asks: "While a colleague presents you notice that you have become cross with the parent. What do you do with that?",
            options: &[
                Choice {
                    words: "I keep it to myself: it would be unprofessional.",
                    feedback: "A feeling that comes up while one listens often belongs to the work. Kept back, it helps nobody.",
                    is_right: false,
                },
                Choice {
                    words: "I say kindly that I notice it, and wonder with the others whose crossness it might be.",
                    feedback: "Yes. It may be yours, or what somebody in the family feels and cannot say. A group is there to find out.",
                    is_right: true,
                },
                Choice {
                    words: "I tell my colleague to set the parent clearer limits.",
                    feedback: "That is the crossness turned into advice. Look at the feeling first.",
                    is_right: false,
                },
            ],
        },
        Question {
            asks: "The group has talked for a quarter of an hour about the parents’ quarrel. What is worth saying?",
            options: &[
                Choice {
                    words: "“Where is the baby in this?”",
                    feedback: "Yes. Babies are lost sight of easily where adults are loud, in a group as at home.",
                    is_right: true,
                },
                Choice {
                    words: "“They should see a couple counsellor.”",
                    feedback: "Perhaps, later. Something has gone missing from the talk in the meantime: the baby.",
                    is_right: false,
                },
            ],
        },
    ],
};
