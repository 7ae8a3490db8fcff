/** Marks what is ours in a benchmark: all else is left out of its flame graph (`npm run bench:flame`). */
const isAsked = process.argv.includes('--flame');

/** In microseconds of the clock that V8's profiler goes by. */
export type Span = readonly [from: number, to: number];
/** What the process that draws is told. */
export interface Marked {
  readonly ours: Span;
}

const nowUs = (): number => Number(process.hrtime.bigint() / 1000n);

export const ours = <Result>(work: () => Promise<Result>): Promise<Result> => (isAsked ? marked(work) : work());

async function marked<Result>(work: () => Promise<Result>): Promise<Result> {
  const from = nowUs();
  try {
    return await work();
  } finally {
    process.send?.({ ours: [from, nowUs()] } satisfies Marked);
  }
}
