// npm run sandbox [-- --port 4300 --movies films.jsonl.gz --latency 80]: a local TMDB and X until Ctrl-C.
import { parseArgs } from 'node:util';
import { startSandbox } from 'reelflow/sandbox';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    movies: { type: 'string' },
    latency: { type: 'string' },
    seed: { type: 'string' },
  },
});
const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const sandbox = await startSandbox({
  port: number(values.port),
  movies: values.movies,
  latencyMs: number(values.latency),
  seed: number(values.seed),
});
console.log(`TMDB v3: ${sandbox.tmdbUrl}\nX v2:    ${sandbox.xUrl}\nThe token of both is "sandbox". Ctrl-C ends it.`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
