// Storing data of your own: twice the same, and nothing is doubled.
import { AutomatedWorkflowManager, MemoryMovieClient, MemoryReviewClient, type Movie, type Review } from 'reelflow';
import { TypeOrmRepository } from 'reelflow/typeorm';

const movie: Movie = {
  tmdbId: 9_000_001,
  title: 'The Lighthouse Ledger',
  originalTitle: 'The Lighthouse Ledger',
  originalLanguage: 'en',
  releaseDate: '2025-02-14',
  genres: ['Drama', 'Mystery'],
  keywords: ['lighthouse'],
  cast: ['Ada Quill'],
  directors: ['Ben Marsh'],
  overview: 'A keeper counts ships that never arrive.',
  rating: 7.4,
  voteCount: 120,
  popularity: 3,
  runtimeMinutes: 101,
  posterPath: null,
};
const review = (tweetId: string, text: string): Review => ({
  tweetId,
  tmdbId: movie.tmdbId,
  text,
  authorId: null,
  createdAt: '2026-01-05T10:00:00.000Z',
  language: 'en',
  likeCount: 3,
  repostCount: 0,
  replyCount: 0,
  source: 'twitter',
});
const reviews = [review('1001', 'A quiet wonder.'), review('1002', 'Too slow for me.')];

const manager = new AutomatedWorkflowManager({
  movies: new MemoryMovieClient([movie]),
  reviews: new MemoryReviewClient(reviews),
  repository: await TypeOrmRepository.open({ type: 'sqlite', database: ':memory:' }),
});

const first = await manager.coordinateDatabaseOperations({ movie, reviews });
const second = await manager.coordinateDatabaseOperations({ movie, reviews });
console.log('first: ', { inserted: first.inserted, updated: first.updated, unchanged: first.unchanged });
console.log('second:', { inserted: second.inserted, updated: second.updated, unchanged: second.unchanged });

await manager.close();
