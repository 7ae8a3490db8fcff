import type { SentimentAnalysis } from '../../domain/analysis.js';
import type { Movie } from '../../domain/movie.js';
import type { Review } from '../../domain/review.js';
import type { WorkflowRun } from '../../domain/workflow-run.js';

/** A complete film to store; what matters to a test is given. */
export const sampleMovie = (given: Partial<Movie> = {}): Movie => ({
  tmdbId: 579974,
  title: 'RRR',
  originalTitle: 'రౌద్రం రణం రుధిరం',
  originalLanguage: 'te',
  releaseDate: '2022-03-24',
  genres: ['Action', 'Drama'],
  keywords: ['revolution', 'friendship'],
  cast: ['N. T. Rama Rao Jr.', 'Ram Charan'],
  directors: ['S. S. Rajamouli'],
  overview: 'Two men meet. 🔥',
  rating: 7.7,
  voteCount: 1234,
  popularity: 21.5,
  runtimeMinutes: 185,
  posterPath: '/poster.jpg',
  ...given,
});

/** The same film as a list shows it. */
export const listedMovie = (given: Partial<Movie> = {}): Movie =>
  sampleMovie({ keywords: [], cast: [], directors: [], runtimeMinutes: null, ...given });

/** A post with a 19-digit id that ends in `number`, and so does its author's. */
export const sampleReview = (number: number, given: Partial<Review> = {}): Review => ({
  tweetId: `15${String(number).padStart(17, '0')}`,
  tmdbId: 579974,
  text: `Post ${number} about the film`,
  authorId: `42${String(number).padStart(17, '0')}`,
  createdAt: new Date(Date.UTC(2024, 0, 1) + number * 1000).toISOString(),
  language: 'en',
  likeCount: 3,
  repostCount: 2,
  replyCount: 1,
  source: 'twitter',
  ...given,
});

export const sampleReviews = (from: number, to: number, given: Partial<Review> = {}): Review[] =>
  Array.from({ length: to - from }, (_, index) => sampleReview(from + index, given));

export const sampleRun = (workflowId: string, given: Partial<WorkflowRun> = {}): WorkflowRun => ({
  workflowId,
  status: 'running',
  movieName: 'RRR',
  options: { maxReviews: 10 },
  steps: [],
  result: null,
  startedAt: '2024-01-01T00:00:00.000Z',
  finishedAt: null,
  ...given,
});

export const sampleSummary: SentimentAnalysis = {
  reviewsAnalyzed: 2,
  unscored: 0,
  averageSentiment: 0.25,
  confidenceInterval: [-0.24, 0.74],
  distribution: {
    positive: 1,
    neutral: 1,
    negative: 0,
    positivePercentage: 50,
    neutralPercentage: 50,
    negativePercentage: 0,
  },
};

/** A time on the first of January 2024, so many hours in. */
export const hour = (hours: number): string => new Date(Date.UTC(2024, 0, 1, hours)).toISOString();
