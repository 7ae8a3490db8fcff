import { describe, expect, test, vi } from 'vitest';
import {
  type ExplanationFacts,
  MovieRecommender,
  type Recommendation,
  type SentimentAnalysis,
} from '../../src/index.js';
import { film } from '../workflow/setup.js';
import { posts } from './posts.js';

const bare = {
  genres: [],
  keywords: [],
  cast: [],
  directors: [],
  originalLanguage: null,
  releaseDate: null,
  rating: 0,
  voteCount: 0,
};
const seed = {
  ...bare,
  genres: ['Action', 'History'],
  keywords: ['historical fiction', 'friendship'],
  cast: ['Ram Charan', 'N. T. Rama Rao Jr.'],
  directors: ['S. S. Rajamouli'],
  originalLanguage: 'te',
  releaseDate: '1995-03-24',
};

/** What is said of a film that has this in common with the seed. */
async function about(
  shared: Parameters<typeof film>[2],
  { title = 'Another', sentiment = null as SentimentAnalysis | null } = {},
): Promise<Recommendation> {
  const recommender = new MovieRecommender();
  recommender.index([film(1, 'The Seed', seed), film(2, title, { ...bare, ...shared })]);
  const [only] = await recommender.recommend(1, { limit: 1, sentimentOf: () => sentiment });
  return only ?? expect.unreachable('one film');
}

describe('reasons', () => {
  test.each([
    ['genre', { genres: ['History', 'Comedy'] }, ['History'], /^Shares history$/],
    ['keyword', { keywords: ['friendship'] }, ['friendship'], /^Shares friendship$/],
    ['director', { directors: ['S.S. Rajamouli'] }, ['S. S. Rajamouli'], /^Same director S. S. Rajamouli$/],
    ['cast', { cast: ['Ram Charan'] }, ['Ram Charan'], /^With Ram Charan again$/],
    ['language', { originalLanguage: 'te' }, ['te'], /^Also in Telugu$/],
    ['decade', { releaseDate: '1995-01-01' }, ['1995'], /^From the same years \(1995\)$/],
    ['quality', { rating: 8, voteCount: 20_000 }, ['8.0', '20000'], /^Rated 8.0 by 20,000 people$/],
  ])('%s, alone', async (kind, shared, values, sentence) => {
    const { reasons, explanation } = await about(shared);
    expect(reasons).toEqual([{ kind, share: 1, values }]);
    expect(explanation).toMatch(sentence);
  });

  test('series', async () => {
    const { reasons, explanation } = await about({}, { title: 'Seed 2' });
    expect(reasons).toMatchObject([{ kind: 'series', share: 1 }]);
    expect(explanation).toBe('Of the same series as The Seed');
  });

  test('recency', async () => {
    vi.useFakeTimers({ now: Date.UTC(2024, 5, 1), toFake: ['Date'] });
    try {
      const [fresh, old] = [await about({ releaseDate: '2024-02-01' }), await about({ releaseDate: '2016-02-01' })];
      expect(fresh.reasons.map(({ kind }) => kind)).toContain('recency');
      expect(fresh.score).toBeGreaterThan(old.score);
      expect(fresh.explanation).toBe('New in 2024');
    } finally {
      vi.useRealTimers();
    }
  });

  test('sentiment, which a sentence tells whatever its share, good or bad', async () => {
    const good = await about({ genres: ['History'] }, { sentiment: posts(0.8) });
    expect(good.reasons.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['genre', 'sentiment']));
    expect(good.explanation).toBe('Shares history; 84 % of 120 posts positive');
    const bad = await about({ genres: ['History'] }, { sentiment: posts(-0.8, { positivePercentage: 16 }) });
    expect(bad.reasons).toMatchObject([{ kind: 'genre', share: 1 }]);
    expect(bad.explanation).toBe('Shares history; 16 % of 120 posts positive');
    expect(bad.score).toBeLessThan(good.score);
  });

  test('the sentence of a film with much in common', async () => {
    const { explanation } = await about({ ...seed, genres: ['Action'], cast: [] }, { sentiment: posts(0.7) });
    expect(explanation).toBe(
      'Same director S. S. Rajamouli; shares action, historical fiction and friendship; also in Telugu; 84 % of 120 posts positive',
    );
  });

  test('a film with nothing to say about it still has a sentence', async () => {
    const { score, reasons, explanation } = await about({});
    expect([score, reasons, explanation]).toEqual([0, [], 'Next in the catalogue']);
  });

  test('a host’s own words get all that ours are made of', async () => {
    const explain = vi.fn((_reasons: unknown, { seedTitle, title }: ExplanationFacts) => `${seedTitle} → ${title}`);
    const recommender = new MovieRecommender({ explain });
    recommender.index([
      film(1, 'RRR'),
      film(2, 'Bāhubali', { rating: 7.5, voteCount: 900, releaseDate: '2015-07-10' }),
    ]);
    const [first] = await recommender.recommend(1, { limit: 1, sentimentOf: () => posts(0.5) });
    expect(first?.explanation).toBe('RRR → Bāhubali');
    expect(explain.mock.calls[0]).toEqual([
      first?.reasons,
      {
        title: 'Bāhubali',
        seedTitle: 'RRR',
        releaseDate: '2015-07-10',
        rating: 7.5,
        voteCount: 900,
        sentiment: { positivePercentage: 84, reviewsAnalyzed: 120, averageSentiment: 0.5 },
      },
    ]);
  });
});
