import {
  AutomatedWorkflowManager,
  type ManagerOptions,
  MemoryRepository,
  type Movie,
  MovieSentimentAnalyzer,
  type Repository,
  type Review,
} from '../../src/index.js';
import { FakeMovieClient, FakeReviewClient } from '../../src/testing/index.js';

// Loaded before any clock is faked: an import takes real time, in which a fake one would run away.
await new MovieSentimentAnalyzer().prepare();

export const film = (tmdbId: number, title: string, more: Partial<Movie> = {}): Movie => ({
  tmdbId,
  title,
  originalTitle: title,
  originalLanguage: 'te',
  releaseDate: '2022-03-24',
  genres: ['Action', 'Drama'],
  keywords: ['friendship'],
  cast: ['Ram Charan'],
  directors: ['S. S. Rajamouli'],
  overview: '',
  rating: 7.7,
  voteCount: 1500,
  popularity: 7,
  runtimeMinutes: 187,
  posterPath: '/poster.jpg',
  ...more,
});

export const rrr = film(579_974, 'RRR');
export const baahubali = film(256_040, 'Baahubali: The Beginning', { releaseDate: '2015-07-10', voteCount: 900 });
export const up = film(14_160, 'Up', {
  genres: ['Animation'],
  directors: ['Pete Docter'],
  cast: ['Ed Asner'],
  originalLanguage: 'en',
});

/** Posts with ids made in the last days, as X makes them. */
export function posts(count: number, { tmdbId }: Movie = rrr, text = 'Brilliant film, loved it'): Review[] {
  return Array.from({ length: count }, (_, index) => {
    const createdAtMs = Date.now() - (index + 1) * 60_000;
    return {
      tweetId: String(((BigInt(createdAtMs) - 1_288_834_974_657n) << 22n) + BigInt(tmdbId % 1000)),
      tmdbId,
      text: `${text} ${index}`,
      authorId: String(index),
      createdAt: new Date(createdAtMs).toISOString(),
      language: 'en',
      likeCount: 1,
      repostCount: 0,
      replyCount: 0,
      source: 'twitter',
    };
  });
}

export interface Setup {
  readonly manager: AutomatedWorkflowManager;
  readonly movies: FakeMovieClient;
  readonly reviews: FakeReviewClient;
  readonly repository: Repository;
}

export interface SetupOptions extends Partial<Omit<ManagerOptions, 'movies' | 'reviews'>> {
  readonly movies?: FakeMovieClient;
  readonly reviews?: FakeReviewClient;
}

/** A manager on fakes and memory. */
export function setup({ movies, reviews, repository, ...options }: SetupOptions = {}): Setup {
  const films = movies ?? new FakeMovieClient({ movies: [rrr, baahubali, up] });
  const source = reviews ?? new FakeReviewClient({ reviews: posts(250), usdPerPost: 0.005 });
  const store = repository ?? new MemoryRepository();
  const manager = new AutomatedWorkflowManager({ movies: films, reviews: source, repository: store, ...options });
  return { manager, movies: films, reviews: source, repository: store };
}

/** A repository whose methods fail, by name, while they are listed. */
export function failing(repository: Repository, methods: Set<string>, error: () => Error): Repository {
  return new Proxy(repository, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...parameters: unknown[]) => {
        if (!methods.has(String(name))) return Reflect.apply(value, target, parameters);
        throw error();
      };
    },
  });
}

export async function errorOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('it should have failed');
}
