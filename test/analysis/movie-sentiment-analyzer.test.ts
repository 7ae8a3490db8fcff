import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MovieSentimentAnalyzer, type SentimentScore } from '../../src/index.js';
import films from '../../src/sandbox/data/films.json' with { type: 'json' };
import { sandboxPosts } from '../../src/sandbox/index.js';

const analyzer = new MovieSentimentAnalyzer();
const rulesOnly = new MovieSentimentAnalyzer({ model: false });
const scoreOf = async (text: string): Promise<SentimentScore> =>
  (await analyzer.analyze([text]))[0] ?? expect.unreachable('a score');

describe('MovieSentimentAnalyzer', () => {
  const behaviours: ReadonlyArray<readonly [string, ReadonlyArray<readonly [string, string]>]> = [
    [
      'plain words',
      [
        ['A masterpiece, I loved it', 'positive'],
        ['Terrible film, a waste of time', 'negative'],
        ["don't waste your money on this boring mess", 'negative'],
        ['constructor toString __proto__', 'neutral'],
        ['The film opens on Friday at the Odeon', 'neutral'],
        ['', 'neutral'],
      ],
    ],
    [
      'negation',
      [
        ['not good at all', 'negative'],
        ['isn’t good', 'negative'],
        ['not bad', 'positive'],
        ['I was never bored', 'positive'],
        ['I have never been so bored', 'negative'],
        ['barely watchable', 'negative'],
        ['nobody enjoyed this', 'negative'],
        ['never a dull moment', 'positive'],
      ],
    ],
    [
      'contrast',
      [
        ['LOVE it BUT hate the end', 'negative'],
        ['Great cast but the story is terrible and boring', 'negative'],
        ['Slow start but the climax is absolutely brilliant', 'positive'],
        ['Although the songs are good, the film is awful', 'negative'],
      ],
    ],
    [
      'emoji, emoticons and hashtags',
      [
        ['👍🏽', 'positive'],
        ['😍😍', 'positive'],
        ['❤️', 'positive'],
        ['fell asleep 😴', 'negative'],
        ['the ending :)', 'positive'],
        ['the ending :(', 'negative'],
        ['#MustWatch', 'positive'],
        ['#must_watch', 'positive'],
        ['#mustwatch', 'positive'],
        ['#WorstMovieEver', 'negative'],
        ['#worstmovieever', 'negative'],
      ],
    ],
    [
      'film talk',
      [
        ['paisa vasool 🔥', 'positive'],
        ['an edge of the seat thriller', 'positive'],
        ['what a snoozefest', 'negative'],
        ['utter flop', 'negative'],
        ['pure cringe, want my money back', 'negative'],
        ['blockbuster, goosebumps all the way', 'positive'],
      ],
    ],
    [
      'Telugu',
      [
        ['చాలా బాగుంది', 'positive'],
        ['సినిమా అదిరిపోయింది', 'positive'],
        ['చెత్త సినిమా', 'negative'],
        ['కథ ఆకట్టుకోలేకపోయింది', 'negative'],
        ['నాకు నచ్చలేదు', 'negative'],
        ['movie chala bagundi anna', 'positive'],
        ['cinema assalu baledu', 'negative'],
      ],
    ],
    [
      'Hindi',
      [
        ['बहुत बढ़िया फिल्म', 'positive'],
        ['बकवास फिल्म', 'negative'],
        ['फिल्म अच्छी नहीं है', 'negative'],
        ['bahut badhiya movie', 'positive'],
        ['accha nahi hai', 'negative'],
        ['ekdum bakwas movie hai yaar', 'negative'],
      ],
    ],
    [
      'Tamil and Malayalam',
      [
        ['படம் அருமை', 'positive'],
        ['படம் மொக்கை', 'negative'],
        ['padam semma mass da', 'positive'],
        ['padam mokka da', 'negative'],
        ['പടം അടിപൊളി', 'positive'],
        ['പടം മോശം', 'negative'],
        ['padam adipoli aanu', 'positive'],
        ['padam mosham aanu', 'negative'],
      ],
    ],
  ];
  describe.each(behaviours)('%s', (_kind, rows) => {
    test.each(rows)('%j is %s', async (text, label) => {
      expect((await scoreOf(text)).label).toBe(label);
    });
  });

  test('boosters, capitals and exclamation marks make it stronger', async () => {
    const scores = await Promise.all(['good film', 'very good film', 'GOOD film', 'good film!!!'].map(scoreOf));
    for (const { score } of scores.slice(1)) expect(score).toBeGreaterThan(scores[0]?.score ?? 1);
    expect((await scoreOf('slightly boring')).score).toBeGreaterThan((await scoreOf('boring')).score);
    expect((await scoreOf('sooooo good')).score).toBeGreaterThan((await scoreOf('good')).score);
  });

  test.each([
    'Me gusta mucho la película pero es muy larga',
    'この映画は素晴らしい',
    'Der Film ist nicht schlecht und sehr lang',
    'Это прекрасный фильм',
    'Ce film est très beau mais trop long',
    'هذا الفيلم رائع',
    '이 영화 정말 재미있어요',
    'filmnya bagus banget, aku suka sekali',
  ])('%j is in a language it does not know: not scored, no opinion', async (text) => {
    expect(await scoreOf(text)).toEqual({ score: 0, label: 'neutral', confidence: 0 });
    expect(await analyzer.explain(text)).toMatchObject({ language: null, skipped: 'unknown_language', parts: [] });
  });

  test.each([
    ['', 'empty'],
    ['?!', 'empty'],
    ['https://example.com/x', 'bare_link'],
    ['@user https://example.com/x', 'bare_link'],
    ['GIVEAWAY: repost and follow to get two tickets for RRR https://example.com/win', 'giveaway'],
    ['Follow us and retweet to win tickets for RRR!', 'giveaway'],
    ['RRR FULL MOVIE in HD, free download, no sign-up: https://example.com/stream', 'spam'],
    ['Hot deal: RRR T-shirts, today minus 70 % https://example.com/shop #ad #RRR', 'spam'],
    ['Watching RRR tonight at the club', 'now_watching'],
    ['Now watching RRR', 'now_watching'],
  ])('%j is no opinion about a film: %s', async (text, reason) => {
    expect(await scoreOf(text)).toEqual({ score: 0, label: 'neutral', confidence: 0 });
    expect((await analyzer.explain(text)).skipped).toBe(reason);
  });

  test.each(['Watching RRR and loving every minute', 'Follow your heart and watch this beautiful film'])(
    '%j is an opinion',
    async (text) => {
      expect(await scoreOf(text)).toMatchObject({ label: 'positive' });
    },
  );

  test('explains by words and rules what gave the score', async () => {
    const explained = await analyzer.explain('The songs are good BUT this is NOT a very good film 😴');
    expect(explained.language).toBe('en');
    expect(explained.parts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ text: 'good', at: 14, kind: 'word', rules: ['before_contrast'] }),
        expect.objectContaining({ text: 'good', at: 42, rules: ['negation', 'booster', 'after_contrast'] }),
        expect.objectContaining({ text: '😴', kind: 'emoji' }),
        expect.objectContaining({ kind: 'model' }),
      ]),
    );
    expect((await rulesOnly.explain('good')).parts.map(({ kind }) => kind)).toEqual(['word']);
  });

  test.each([
    ['Loved it', 'en'],
    ['😍', 'und'],
    ['చాలా బాగుంది', 'te'],
    ['movie chala bagundi anna', 'te-Latn'],
    ['बकवास फिल्म', 'hi'],
    ['ekdum bakwas hai yaar', 'hi-Latn'],
    ['படம் அருமை', 'ta'],
    ['പടം അടിപൊളി', 'ml'],
  ])('tells the language of %j: %s', async (text, language) => {
    expect((await analyzer.explain(text)).language).toBe(language);
  });

  const pieces = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      'good',
      'NOT',
      'terrible',
      'but',
      '😍',
      ':(',
      '#MustWatch',
      '!!!',
      'నచ్చలేదు',
      'नहीं',
      '\ud800',
      'http',
      "'",
    ),
  );
  test('any text has a score within bounds whose label follows, and an explanation that adds up to it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 25 }), fc.boolean(), async (parts, spaced) => {
        const text = parts.join(spaced ? ' ' : '');
        const score = await scoreOf(text);
        expect(Math.abs(score.score)).toBeLessThanOrEqual(1);
        expect(score.confidence).toBeGreaterThanOrEqual(0);
        expect(score.confidence).toBeLessThanOrEqual(1);
        expect(score.label).toBe(score.score >= 0.05 ? 'positive' : score.score <= -0.05 ? 'negative' : 'neutral');
        expect(await scoreOf(text)).toEqual(score);
        const explained = await analyzer.explain(text);
        expect(explained).toMatchObject(score);
        expect(explained.parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(score.score, 3);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  test.each([
    ['x'.repeat(1_000_000)],
    ['LOVE '.repeat(200_000)],
    ['('.repeat(1_000_000)],
    ['#aA'.repeat(330_000)],
    ["a'".repeat(500_000)],
    ['😀'.repeat(500_000)],
    ['http://'.repeat(140_000)],
  ])('a text of a million characters is scored quickly (%#)', async (text) => {
    await scoreOf('warm');
    const started = performance.now();
    const { score } = await scoreOf(text);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(Math.abs(score)).toBeLessThanOrEqual(1);
  });

  test('the same text gives the same score: in any company, by any instance, composed or not', async () => {
    const texts = ['Amélie is brilliant', 'not bad', 'బాగుంది', ''];
    const alone = await Promise.all(texts.map(scoreOf));
    expect(await analyzer.analyze(texts)).toEqual(alone);
    expect(await new MovieSentimentAnalyzer().analyze(texts.map((text) => text.normalize('NFD')))).toEqual(alone);
    expect((await analyzer.analyze([...Array<string>(1200).fill('boring'), ...texts])).slice(1200)).toEqual(alone);
    expect(await analyzer.analyze([])).toEqual([]);
  });

  test('a hundred thousand different words leave the scores as they were', async () => {
    const before = await scoreOf('a brilliant #MustWatch film');
    await analyzer.analyze(
      Array.from({ length: 2000 }, (_, row) =>
        Array.from({ length: 50 }, (_, at) => `w${row}x${at} #t${row}y${at}`).join(' '),
      ),
    );
    expect(await scoreOf('a brilliant #MustWatch film')).toEqual(before);
  });

  test('scores by the rules alone under another name', async () => {
    expect(rulesOnly.name).not.toBe(analyzer.name);
    expect(await rulesOnly.analyze(['A masterpiece', 'boring'])).toMatchObject([
      { label: 'positive' },
      { label: 'negative' },
    ]);
  });

  test('lets others have a turn while it scores many texts', async () => {
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 0);
    await analyzer.analyze(Array<string>(20_000).fill('a brilliant and moving film, but the songs are boring'));
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(1);
  });

  test('hears an abort between chunks', async () => {
    const controller = new AbortController();
    const work = analyzer.analyze(Array(5000).fill('good'), { signal: controller.signal });
    controller.abort();
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(analyzer.analyze(['good'], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  test('tells the posts of the sandbox apart: at least nine of ten', async () => {
    const posts = films
      .slice(0, 60)
      .flatMap((film) => sandboxPosts(film, 3, 1_790_000_000_000))
      .filter(({ feeling }) => feeling !== 'neutral');
    const scores = await analyzer.analyze(posts.map(({ text }) => text));
    const right = posts.filter(
      ({ feeling }, index) => Math.sign(scores[index]?.score ?? 0) === (feeling === 'positive' ? 1 : -1),
    ).length;
    expect(right / posts.length).toBeGreaterThan(0.9);
  });
});
