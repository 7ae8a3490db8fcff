export type Feeling = 'positive' | 'neutral' | 'negative';

/** Sentences of our own. {t} the title, {h} the title as a hashtag, {a} an actor, {d} the director, {s} a part of the film. */
export type Phrases = Readonly<Record<Feeling, readonly string[]>>;

export const english: Phrases = {
  positive: [
    'Just watched {t} and I am speechless. {d} made a masterpiece 🔥',
    '{t} is pure joy from start to finish. The {s} alone is worth the ticket!',
    'Rewatched {t} last night. {a} is phenomenal, the {s} still gives me goosebumps.',
    'What a film! {t} had the whole hall clapping during the {s} 👏👏',
    '{a} in {t}: brilliant. Give this performance every award there is 🏆',
    'If you see one film this week make it {t}. Must watch!',
    'I went in without expectations & {t} blew me away. Loved every minute.',
    '{t} made me laugh and cry. Beautiful story, superb {s} ❤️',
    'The {s} in {t} is the best thing I have seen this year.',
    'Fantastic direction by {d}. {t} is gripping, clever and moving.',
    'My kids loved {t}, and so did I. Great fun for everyone 😊',
    '{t} deserves the hype. Stunning {s}, great cast, no dull moment.',
    'Paisa vasool! {t} is an amazing ride 🔥🔥 #MustWatch',
    'Still smiling after {t}. {a} was perfect for it.',
    'Third time watching {t} and it only gets better. A true gem.',
    'Hats off to {d}. {t} is beautifully shot and the {s} is awesome.',
  ],
  negative: [
    '{t} was such a disappointment. Boring {s} and a story that goes nowhere.',
    'Walked out of {t} after an hour. What a waste of time 😒',
    'I wanted to like {t} but the {s} is terrible and {a} looks bored.',
    'Overhyped. {t} is slow, predictable and far too long.',
    '{t} fell flat for me. Weak writing, annoying {s}. Disappointed with {d}.',
    'Worst film I have seen in years: {t}. Want my money back.',
    'Fell asleep during {t} 😴 the second half is unbearable.',
    'The {s} in {t} is awful. Two and a half hours of nonsense.',
    'Honestly {t} is a mess. Poor editing, no logic, cringe dialogues 👎',
    '{a} deserved better than {t}. A dull, lifeless film.',
    'Not worth it. {t} is loud and stupid and the {s} is a joke.',
    'Sorry but {t} was painful to watch. Terrible pacing.',
  ],
  neutral: [
    'Now watching {t} with friends',
    'Is {t} on any streaming service in Europe?',
    'Tickets for {t} at the old cinema on Friday, 7 pm',
    'TIL the {s} of {t} was shot in eleven days',
    '{t} runs again at the film club next week. Director: {d}',
    'Does anybody know who did the {s} for {t}?',
    'Watching {t} tonight, first time. Will report.',
    'Which cut of {t} is the one on the disc?',
    '{a} talks about {t} in a new interview https://example.com/interview',
    'GIVEAWAY: repost and follow to get two tickets for {t} https://example.com/win',
  ],
};

export const telugu: Phrases = {
  positive: [
    '{t} సినిమా అద్భుతం! {a} నటన సూపర్ 🔥',
    '{t} చాలా బాగుంది, మళ్ళీ చూడాలి',
    '{t} లో {s} నాకు చాలా నచ్చింది ❤️',
    '{d} గొప్ప దర్శకుడు. {t} బ్లాక్‌బస్టర్',
  ],
  negative: ['{t} చెత్త సినిమా, టైమ్ వృథా', '{t} నాకు నచ్చలేదు, చాలా బోర్', '{t} చూసి నిరాశ కలిగింది'],
  neutral: ['ఈ రోజు {t} చూస్తున్నాను', '{t} ఏ థియేటర్ లో ఉంది?'],
};

export const hindi: Phrases = {
  positive: [
    '{t} शानदार फिल्म है! {a} लाजवाब 🔥',
    '{t} बहुत अच्छी लगी, ज़बरदस्त {s}',
    'कमाल की फिल्म {t} ❤️ परिवार के साथ देखिए',
  ],
  negative: ['{t} बिल्कुल बकवास फिल्म है', '{t} देखकर निराशा हुई, बहुत बोरिंग', '{t} पैसे की बर्बादी, घटिया {s}'],
  neutral: ['आज {t} देख रहा हूँ', '{t} किस थिएटर में लगी है?'],
};

export const mixed: Phrases = {
  positive: [
    '{t} ekdum zabardast hai yaar, paisa vasool 🔥',
    '{t} chala bagundi, {a} acting adirindi!',
    'Kya movie hai {t}! bahut badhiya {s}',
    '{t} movie keka, second half superb ga undi',
  ],
  negative: [
    '{t} bakwas hai bhai, time waste mat karo',
    '{t} assalu bagaledu, boring second half',
    'Bahut ghatiya {s}, {t} ne nirash kiya',
  ],
  neutral: ['{t} kal dekhne ja rahe hain', '{t} show enni gantalaki?'],
};

export const parts: readonly string[] = [
  'music',
  'score',
  'climax',
  'interval scene',
  'opening scene',
  'camera work',
  'screenplay',
  'dance number',
  'final fight',
  'writing',
  'ending',
  'train scene',
];
