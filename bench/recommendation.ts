/**
 * One recommendation of ten films, beside TF-IDF cosine against every film, over 21,155 and 250,000 films.
 * `node --expose-gc bench/recommendation.ts [--quick]` after `npm run build`.
 */
import { measureSpeed } from '../tools/eval/recommend/speed.ts';
import { filmsUpTo } from './harness/catalogue.ts';
import { isQuick } from './harness/quick.ts';
import { figure, report } from './harness/report.ts';

for (const [count, wanted] of [
  [21_155, 5],
  [250_000, 20],
] as const) {
  const movies = filmsUpTo(isQuick ? Math.ceil(count / 25) : count);
  const { medianMs, p95Ms, bruteForceMedianMs, buildMs } = await measureSpeed(movies, isQuick ? 20 : 1000);
  const faster = bruteForceMedianMs / medianMs;
  report({
    work: `ten recommendations of ${movies.length.toLocaleString('en')} films (indexed in ${figure(buildMs)} ms)`,
    beside: `brute-force TF-IDF cosine, ${figure(bruteForceMedianMs)} ms`,
    found: `${faster.toFixed(1)} times as fast: median ${figure(medianMs)} ms, p95 ${figure(p95Ms)} ms`,
    wanted: `at least ${wanted} times`,
    ofWanted: wanted / faster,
  });
}
