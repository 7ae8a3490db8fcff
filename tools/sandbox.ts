// npm run sandbox -- [options]: a local TMDB and X until Ctrl-C. The options are those of startSandbox:
//   --port 4300 --movies films.jsonl.gz --latency 80 --seed 7 --vocabulary post --retweets
//   --faults '[{ "kind": "slow-body", "ms": 3000, "service": "x" }]'
import { parseArgs } from 'node:util';
import { type SandboxOptions, startSandbox } from 'reelflow/sandbox';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    movies: { type: 'string' },
    latency: { type: 'string' },
    seed: { type: 'string' },
    vocabulary: { type: 'string' },
    retweets: { type: 'boolean' },
    faults: { type: 'string' },
  },
});
const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));

try {
  const sandbox = await startSandbox({
    port: number(values.port),
    movies: values.movies,
    latencyMs: number(values.latency),
    seed: number(values.seed),
    vocabulary: values.vocabulary as SandboxOptions['vocabulary'], // checked by startSandbox
    retweets: values.retweets,
    faults: values.faults === undefined ? undefined : JSON.parse(values.faults),
  });
  console.log(`TMDB v3: ${sandbox.tmdbUrl}\nX v2:    ${sandbox.xUrl}\nThe token of both is "sandbox". Ctrl-C ends it.`);
  const trim = setInterval(() => sandbox.requests.splice(0), 60_000); // nobody reads them here
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      clearInterval(trim);
      void sandbox.close();
    });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
