import { describe, expect, test } from 'vitest';
import { aggregateSentiment, MovieSentimentAnalyzer, type SentimentScore } from '../../src/index.js';
import films from '../../src/sandbox/data/films.json' with { type: 'json' };
import { sandboxPosts } from '../../src/sandbox/index.js';

const analyzer = new MovieSentimentAnalyzer();
const scoreOf = async (text: string): Promise<SentimentScore> =>
  (await analyzer.analyze([text]))[0] ?? expect.unreachable('a score');

describe('MovieSentimentAnalyzer', () => {
  test.each([
    ['A masterpiece, I loved it', 'positive'],
    ['Terrible film, a waste of time', 'negative'],
    ['not good at all', 'negative'],
    ['not bad', 'positive'],
    ['I was never bored', 'positive'],
    ['I have never been so bored', 'negative'],
    ['isn’t good', 'negative'],
    ['barely watchable', 'negative'],
    ['LOVE it BUT hate the end', 'negative'],
    ['👍🏽', 'positive'],
    ['constructor toString __proto__', 'neutral'],
    ["don't waste your money on this boring mess", 'negative'],
    ['Great cast but the story is terrible and boring', 'negative'],
    ['Slow start but the climax is absolutely brilliant', 'positive'],
    ['paisa vasool 🔥', 'positive'],
    ['#MustWatch', 'positive'],
    ['😍😍', 'positive'],
    ['fell asleep 😴', 'negative'],
    ['చాలా బాగుంది', 'positive'],
    ['చెత్త సినిమా', 'negative'],
    ['बहुत बढ़िया फिल्म', 'positive'],
    ['बकवास फिल्म', 'negative'],
    ['bahut badhiya movie', 'positive'],
    ['accha nahi hai', 'negative'],
    ['Watching RRR tonight at the club', 'neutral'],
    ['', 'neutral'],
    ['https://example.com/x', 'neutral'],
  ])('%j is %s', async (text, label) => {
    expect((await scoreOf(text)).label).toBe(label);
  });

  test('boosters, capitals and exclamation marks make it stronger', async () => {
    const scores = await Promise.all(['good film', 'very good film', 'GOOD film', 'good film!!!'].map(scoreOf));
    for (const { score } of scores.slice(1)) expect(score).toBeGreaterThan(scores[0]?.score ?? 1);
    expect((await scoreOf('slightly boring')).score).toBeGreaterThan((await scoreOf('boring')).score);
  });

  test.each([
    'Me gusta mucho la película pero es muy larga',
    'この映画は素晴らしい',
    'Der Film ist nicht schlecht und sehr lang',
    'Это прекрасный фильм',
  ])('%j is in a language it does not know: not scored, no opinion', async (text) => {
    expect(await scoreOf(text)).toEqual({ score: 0, label: 'neutral', confidence: 0 });
  });

  test('scores stay within bounds, in order, for any text', async () => {
    const odd = ['\ud800', 'x'.repeat(1_000_000), '!!!', 'LOVE '.repeat(1000), '\u0000', '👩🏽‍🚀', 'hate '.repeat(500)];
    const scores = await analyzer.analyze(odd);
    expect(scores).toHaveLength(odd.length);
    for (const { score, confidence } of scores) {
      expect(Math.abs(score)).toBeLessThanOrEqual(1);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  test('the same text gives the same score: in any company, by any instance, composed or not', async () => {
    const texts = ['Amélie is brilliant', 'not bad', 'బాగుంది', ''];
    const alone = await Promise.all(texts.map(scoreOf));
    expect(await analyzer.analyze(texts)).toEqual(alone);
    expect(await new MovieSentimentAnalyzer().analyze(texts.map((text) => text.normalize('NFD')))).toEqual(alone);
    expect((await analyzer.analyze([...Array<string>(1200).fill('boring'), ...texts])).slice(1200)).toEqual(alone);
    expect(await analyzer.analyze([])).toEqual([]);
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

describe('the aggregate', () => {
  const score = (value: number, confidence = 0.8): SentimentScore => ({
    score: value,
    label: value >= 0.05 ? 'positive' : value <= -0.05 ? 'negative' : 'neutral',
    confidence,
  });

  test('counts, averages and gives an interval; unscored ones apart', () => {
    expect(aggregateSentiment([score(0.5), score(-0.5), score(0), score(1), score(0, 0)])).toEqual({
      reviewsAnalyzed: 4,
      unscored: 1,
      averageSentiment: 0.25,
      confidenceInterval: [-0.3826, 0.8826],
      distribution: {
        positive: 2,
        neutral: 1,
        negative: 1,
        positivePercentage: 50,
        neutralPercentage: 25,
        negativePercentage: 25,
      },
    });
  });

  test('percentages of any counts add up to 100 within rounding, and the interval holds the average', () => {
    for (let positive = 0; positive <= 7; positive += 1) {
      for (let negative = 0; negative <= 7; negative += 1) {
        const scores = [...Array(positive).fill(0.6), ...Array(negative).fill(-0.9), 0, 0.01].map((value) =>
          score(value),
        );
        const { distribution, averageSentiment, confidenceInterval } = aggregateSentiment(scores);
        const { positivePercentage, neutralPercentage, negativePercentage } = distribution;
        expect(Math.abs(positivePercentage + neutralPercentage + negativePercentage - 100)).toBeLessThan(0.151);
        const [low, high] = confidenceInterval ?? expect.unreachable('two or more have an interval');
        expect(low).toBeGreaterThanOrEqual(-1);
        expect(low).toBeLessThanOrEqual(averageSentiment);
        expect(high).toBeGreaterThanOrEqual(averageSentiment);
        expect(high).toBeLessThanOrEqual(1);
      }
    }
  });

  test('says 0 and no interval where there is nothing, or one', () => {
    expect(aggregateSentiment([])).toMatchObject({
      reviewsAnalyzed: 0,
      averageSentiment: 0,
      confidenceInterval: null,
      distribution: { positivePercentage: 0 },
    });
    expect(aggregateSentiment([score(0.5)])).toMatchObject({ reviewsAnalyzed: 1, confidenceInterval: null });
    expect(aggregateSentiment([score(0, 0)])).toMatchObject({ reviewsAnalyzed: 0, unscored: 1 });
  });
});
