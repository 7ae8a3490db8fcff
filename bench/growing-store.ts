/**
 * What a search costs as the store grows: 1,000, 10,000, 100,000 and 1,000,000 posts, in SQLite. Films keep about 50
 * posts each, so it is the number of films that grows. `node bench/growing-store.ts [--quick]` after `npm run build`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AutomatedWorkflowManager, MemoryMovieClient, MemoryReviewClient } from 'reelflow';
import { TypeOrmRepository } from 'reelflow/typeorm';
import { filmNumber, postsOf } from './harness/catalogue.ts';
import { median } from './harness/compare.ts';
import { isQuick } from './harness/quick.ts';
import { figure, report } from './harness/report.ts';

const perFilm = 50;
const sizes = isQuick ? [500, 1000] : [1000, 10_000, 100_000, 1_000_000];
const searches = isQuick ? 5 : 101;

const directory = mkdtempSync(join(tmpdir(), 'reelflow-bench-'));
const medians: number[] = [];
try {
  for (const size of sizes) {
    const repository = await TypeOrmRepository.open({ type: 'sqlite', database: join(directory, `${size}.db`) });
    const films = size / perFilm;
    const fetchedAt = new Date().toISOString();
    for (let from = 0; from < films; from += 200) {
      const ids = Array.from({ length: Math.min(200, films - from) }, (_, index) => from + index + 1);
      await repository.apply({
        related: { movies: ids.map(filmNumber), fetchedAt },
        reviews: { reviews: ids.flatMap((id) => postsOf(id, perFilm, id * perFilm)), fetchedAt },
      });
    }
    await new Promise((resolve) => setTimeout(resolve, isQuick ? 0 : 6000)); // what was stored in the last 5 s is read again
    // Each search is of a new film: it asks both providers, stores film and posts, scores and recommends.
    const news = Array.from({ length: searches }, (_, index) => filmNumber(10_000_000 + index));
    const manager = new AutomatedWorkflowManager({
      movies: new MemoryMovieClient(news),
      reviews: new MemoryReviewClient(
        news.flatMap(({ tmdbId }, index) => postsOf(tmdbId, perFilm, 100_000_000 + index * perFilm)),
      ),
      repository,
    });
    await manager.handleUserSearch(news[0]?.title ?? ''); // reads the catalogue
    const times: number[] = [];
    for (const { title } of news.slice(1)) {
      const start = performance.now();
      const { success, cost } = await manager.handleUserSearch(title, { maxReviews: perFilm });
      times.push(performance.now() - start);
      if (!success || cost.apiCalls['memory-movies'] === 0)
        throw new Error(`the search of '${title}' did not do its work`);
    }
    await manager.close();
    await repository.close();
    medians.push(median(times));
    const spread = `${figure(Math.min(...times))} to ${figure(Math.max(...times))}`;
    console.log(
      `  ${size.toLocaleString('en')} posts of ${films.toLocaleString('en')} films: ${figure(median(times))} ms (${spread})`,
    );
  }
} finally {
  rmSync(directory, { recursive: true });
}
const [first = 1, last = 1] = [medians[0], medians.at(-1)];
report({
  work: `a search of a new film, ${sizes.map((size) => size.toLocaleString('en')).join(', ')} posts in the store`,
  beside: 'itself with the fewest',
  found: `${(last / first).toFixed(2)} of its time with the most`,
  wanted: 'at most 1.50',
  ofWanted: last / first / 1.5,
});
