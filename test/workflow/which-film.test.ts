import { describe, expect, test } from 'vitest';
import { FakeMovieClient } from '../../src/testing/index.js';
import { baahubali, film, rrr, setup, up } from './setup.js';

const searches = (movies: FakeMovieClient) =>
  movies.calls.flatMap((call) => (call.method === 'searchMovies' ? [call.query.text] : []));

describe('which film a search is about', () => {
  const potter = ['Stone', 'Chamber', 'Prisoner', 'Goblet', 'Order', 'Prince'].map((part, index) =>
    film(671 + index, `Harry Potter and the ${part}`, { voteCount: 20_000 - index * 500 }),
  );

  test('a match that is certain: one call, and no candidates', async () => {
    const { manager, movies } = setup({ movies: new FakeMovieClient({ movies: [rrr, up] }) });
    const result = await manager.handleUserSearch('RRR (2022)');
    expect(result).toMatchObject({ success: true, movie: { tmdbId: rrr.tmdbId, matchConfidence: 1 } });
    expect(result).not.toHaveProperty('candidates');
    expect(searches(movies)).toEqual(['RRR']);
  });

  test('a name that may mean many: the best of them with low confidence, five candidates, no second call', async () => {
    const { manager, movies } = setup({ movies: new FakeMovieClient({ movies: potter }) });
    const result = await manager.handleUserSearch('Harry Potter');
    expect(result.movie?.tmdbId).toBe(671);
    expect(result.movie?.matchConfidence).toBeLessThan(0.6);
    expect(result.candidates).toHaveLength(5);
    expect(result.candidates?.[0]?.tmdbId).toBe(671);
    expect(result.candidates?.[0]).not.toHaveProperty('genres');
    expect(searches(movies)).toEqual(['Harry Potter']);
    expect((await manager.findRun(result.workflowId))?.result?.candidates).toEqual(result.candidates);
  });

  test.each([
    ['rrr movie', 'rrr', rrr.tmdbId],
    ['Up part 1', 'up', up.tmdbId],
    ['బాహుబలి', 'bahubali', null],
    ['Bahubalii', 'bahub', null],
  ])('%j finds nothing: then %j is asked, and no more', async (typed, broader, tmdbId) => {
    const { manager, movies } = setup({ movies: new FakeMovieClient({ movies: [rrr, baahubali, up] }) });
    const result = await manager.handleUserSearch(typed);
    expect(result.movie?.tmdbId ?? null).toBe(tmdbId);
    expect(searches(movies)).toEqual([typed, broader]);
  });

  test('a stored film that is spelled alike saves the second call, and is found without any', async () => {
    const { manager, movies } = setup({ movies: new FakeMovieClient({ movies: [rrr, baahubali, up] }) });
    await manager.handleUserSearch('Baahubali: The Beginning');
    movies.calls.length = 0;
    expect(await manager.handleUserSearch('Bahubali')).toMatchObject({
      success: true,
      movie: { tmdbId: baahubali.tmdbId },
    });
    expect(searches(movies)).toEqual(['Bahubali']);
    movies.calls.length = 0;
    expect(await manager.handleUserSearch('బాహుబలి', { collectNewData: false })).toMatchObject({
      success: true,
      movie: { tmdbId: baahubali.tmdbId },
      sources: { movie: 'stored' },
    });
    expect(movies.calls).toEqual([]);
  });

  test('no film of the name: not found, with what the provider named', async () => {
    const movies = new FakeMovieClient({ movies: [film(1542, 'Space for an Office of Our Own', { voteCount: 30 })] });
    const { manager } = setup({ movies });
    const result = await manager.handleUserSearch('The Office');
    expect(result).toMatchObject({ success: false, movie: null, errors: [{ code: 'MOVIE_NOT_FOUND' }] });
    expect(result.candidates?.map(({ tmdbId }) => tmdbId)).toEqual([1542]);
    expect(await manager.handleUserSearch('qwertyuiop')).not.toHaveProperty('candidates');
  });
});
