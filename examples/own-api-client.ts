// A film source of your own: implement the port, and everything else works as before.
import {
  AutomatedWorkflowManager,
  MemoryRepository,
  MemoryReviewClient,
  type MovieApiClient,
  ReelflowError,
} from 'reelflow';
import { movieApiClientContract } from 'reelflow/testing';

const shelf = [
  { tmdbId: 9_000_001, title: 'The Lighthouse Ledger', year: 2025, genre: 'Drama', rating: 7.4 },
  { tmdbId: 9_000_002, title: 'Harbour of Clocks', year: 2023, genre: 'Drama', rating: 6.8 },
];
const candidateOf = ({ tmdbId, title, year, rating }: (typeof shelf)[number]) => ({
  tmdbId,
  title,
  originalTitle: title,
  originalLanguage: 'en',
  releaseDate: `${year}-01-01`,
  overview: '',
  rating,
  voteCount: 100,
  popularity: 1,
  posterPath: null,
});
const movieOf = (film: (typeof shelf)[number]) => ({
  ...candidateOf(film),
  genres: [film.genre],
  keywords: [],
  cast: [],
  directors: [],
  runtimeMinutes: null,
});

// One request a call; no retries, waits or limits in here: those are the coordinator's, by `defaultPolicy`.
const films: MovieApiClient = {
  name: 'my-shelf',
  defaultPolicy: { limits: [{ calls: 100, windowMs: 60_000 }], timeoutMs: 2000 },
  async searchMovies({ text }, { signal }) {
    signal.throwIfAborted();
    return shelf.filter(({ title }) => title.toLowerCase().includes(text.toLowerCase())).map(candidateOf);
  },
  async getMovie(tmdbId, { signal }) {
    signal.throwIfAborted();
    const film = shelf.find((one) => one.tmdbId === tmdbId);
    if (film === undefined) throw new ReelflowError('API_NOT_FOUND', `my-shelf has no film ${tmdbId}`);
    return { movie: movieOf(film), related: shelf.filter((one) => one !== film).map(movieOf) };
  },
};

// Does it keep the promises of the port? The suite takes the test function of any runner; here, one of three lines.
const results: Array<Promise<void>> = [];
const test = (name: string, run: () => Promise<void>) => results.push(run().then(() => console.log(`ok  ${name}`)));
movieApiClientContract(test, async () => ({
  client: films,
  known: { tmdbId: 9_000_001, title: 'The Lighthouse Ledger' },
  unknownId: 1,
}));
await Promise.all(results);

const manager = new AutomatedWorkflowManager({
  movies: films,
  reviews: new MemoryReviewClient([]),
  repository: new MemoryRepository(),
});
const result = await manager.handleUserSearch('lighthouse');
console.log(result.movie?.name, '->', result.recommendations[0]?.title, result.cost.apiCalls);
await manager.close();
