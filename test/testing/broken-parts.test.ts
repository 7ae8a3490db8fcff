import { describe, expect, test } from 'vitest';
import {
  type Logger,
  MemoryRepository,
  MovieRecommender,
  type RateLimit,
  type RateLimiter,
  type Recommender,
  type Repository,
  type SentimentAnalyzer,
} from '../../src/index.js';
import { SlidingLog } from '../../src/resilience/sliding-log.js';
import {
  FakeSentimentAnalyzer,
  loggerContract,
  rateLimiterContract,
  recommenderContract,
  repositoryContract,
  sentimentAnalyzerContract,
} from '../../src/testing/index.js';
import { deaf, failuresOf } from './collected-tests.js';

describe('the contract of SentimentAnalyzer finds an analyser that', () => {
  const sound = () =>
    new FakeSentimentAnalyzer({
      scoreOf: (text) => (text.includes('loved') ? 0.7 : text.includes('hated') ? -0.7 : 0),
    });
  const onScores = (change: (scores: Awaited<ReturnType<SentimentAnalyzer['analyze']>>) => unknown[]) => ({
    analyze: async (...call: Parameters<SentimentAnalyzer['analyze']>) =>
      change(await sound().analyze(...call)) as Awaited<ReturnType<SentimentAnalyzer['analyze']>>,
  });
  const inOrder = 'gives one score for each text, in the same order';
  let made = 0;

  test.each<[string, Partial<SentimentAnalyzer>, string[]]>([
    ['is sound', {}, []],
    ['turns the order', onScores((scores) => scores.toReversed()), [inOrder]],
    [
      'leaves out what it cannot score',
      onScores((scores) => scores.filter(({ score }) => score !== 0)),
      ['bears texts of any kind'],
    ],
    [
      'scores to 100',
      onScores((scores) => scores.map((score) => ({ ...score, score: score.score * 100 }))),
      [inOrder, 'scores a long list whole'],
    ],
    [
      'labels by rules of its own',
      onScores((scores) => scores.map((score) => ({ ...score, label: score.score === 0 ? 'positive' : score.label }))),
      ['bears texts of any kind'],
    ],
    [
      'changes the list it is given',
      {
        analyze: (texts, context) => {
          for (const [index, text] of texts.entries()) texts[index] = text.trim();
          return sound().analyze(texts, context);
        },
      },
      ['leaves the texts as they were'],
    ],
    [
      'is deaf to signals',
      { analyze: async (texts) => deaf(await sound().analyze(texts)) },
      ['hears a signal that has aborted', 'hears a signal that aborts under way'],
    ],
    [
      'has another name each time',
      {
        get name() {
          made += 1;
          return `analyser-${made}`;
        },
      },
      ['has a name, and the same one each time it is made'],
    ],
  ])('%s', async (_what, broken, expected) => {
    const failures = await failuresOf((run) =>
      sentimentAnalyzerContract(run, async () => {
        const whole = sound();
        const parts = { name: 'sound', analyze: whole.analyze.bind(whole) };
        return { analyzer: Object.defineProperties(parts, Object.getOwnPropertyDescriptors(broken)) };
      }),
    );
    expect(failures).toEqual(expected);
  });
});

describe('the contract of Recommender finds a recommender that', () => {
  class Changed implements Recommender {
    readonly sound = new MovieRecommender();
    index(...call: Parameters<Recommender['index']>) {
      this.sound.index(...call);
    }
    recommend(...call: Parameters<Recommender['recommend']>) {
      return this.sound.recommend(...call);
    }
  }
  const best = 'gives the best first, with scores, reasons and the facts of the film';
  const once = 'recommends other films than the seed, each once, at most as many as asked';

  test.each<[string, new () => Recommender, string[]]>([
    ['is sound', Changed, []],
    [
      'gives the best last',
      class extends Changed {
        override async recommend(...call: Parameters<Recommender['recommend']>) {
          return (await super.recommend(...call)).reverse();
        }
      },
      [best],
    ],
    [
      'gives more than it was asked for',
      class extends Changed {
        override recommend(...[seed, options]: Parameters<Recommender['recommend']>) {
          return super.recommend(seed, { ...options, limit: Math.min(100, options.limit + 1) });
        }
      },
      [once],
    ],
    [
      'recommends the seed',
      class extends Changed {
        override async recommend(...call: Parameters<Recommender['recommend']>) {
          const found = await super.recommend(...call);
          return found.map((one, index) => (index === 0 ? { ...one, tmdbId: call[0] } : one));
        }
      },
      [
        once,
        best,
        'replaces a film that is shown again',
        "indexes the provider's own suggestions, and has them for a seed it does not know",
      ],
    ],
    [
      'scores in percent',
      class extends Changed {
        override async recommend(...call: Parameters<Recommender['recommend']>) {
          return (await super.recommend(...call)).map((one) => ({ ...one, score: one.score * 100 }));
        }
      },
      [best],
    ],
    [
      'keeps the first facts of a film',
      class extends Changed {
        readonly seen = new Set<number>();
        override index(films: Parameters<Recommender['index']>[0]) {
          super.index([...films].filter(({ tmdbId }) => !this.seen.has(tmdbId) && this.seen.add(tmdbId)));
        }
      },
      ['replaces a film that is shown again'],
    ],
    [
      'overlooks what the provider suggests',
      class extends Changed {
        override recommend(...[seed, { related: _related, ...options }]: Parameters<Recommender['recommend']>) {
          return super.recommend(seed, options);
        }
      },
      ["indexes the provider's own suggestions, and has them for a seed it does not know"],
    ],
    [
      'is deaf to signals',
      class extends Changed {
        override async recommend(...[seed, { signal: _signal, ...options }]: Parameters<Recommender['recommend']>) {
          return deaf(await super.recommend(seed, options));
        }
      },
      ['hears a signal that has aborted', 'hears a signal that aborts under way'],
    ],
  ])('%s', async (_what, Broken, expected) => {
    expect(await failuresOf((run) => recommenderContract(run, async () => new Broken()))).toEqual(expected);
  });
});

describe('the contract of RateLimiter finds a limiter that', () => {
  /** A window that begins with the first start and is then forgotten: twice the limit fits around its edge. */
  class FixedWindow implements RateLimiter {
    #limits: readonly RateLimit[];
    #starts: number[] = [];
    constructor(limits: readonly RateLimit[]) {
      this.#limits = limits;
    }
    readyAtMs(nowMs: number): number {
      return Math.max(
        nowMs,
        ...this.#limits.map(({ calls, windowMs }) => {
          const windowStartMs = Math.floor(nowMs / windowMs) * windowMs;
          const used = this.#starts.filter((startMs) => startMs >= windowStartMs).length;
          return used < calls ? nowMs : windowStartMs + windowMs;
        }),
      );
    }
    start(nowMs: number) {
      this.#starts.push(nowMs);
      return { end() {} };
    }
    setLimits(limits: readonly RateLimit[]) {
      this.#limits = limits;
      this.#starts = [];
    }
    remaining() {
      return null;
    }
  }
  class Changed implements RateLimiter {
    readonly sound: SlidingLog;
    constructor(limits: readonly RateLimit[]) {
      this.sound = new SlidingLog(limits);
    }
    readyAtMs(nowMs: number, ahead?: number) {
      return this.sound.readyAtMs(nowMs, ahead);
    }
    start(nowMs: number) {
      return this.sound.start(nowMs);
    }
    setLimits(limits: readonly RateLimit[]) {
      this.sound.setLimits(limits);
    }
    remaining(nowMs: number) {
      return this.sound.remaining(nowMs);
    }
  }

  test.each<[string, new (limits: readonly RateLimit[]) => RateLimiter, string[]]>([
    ['is sound', Changed, []],
    [
      'counts in fixed windows',
      FixedWindow,
      [
        'frees the place of an attempt that has ended, but not within a window',
        'counts an attempt that has not ended',
        'says when a start can be made after others',
        'holds every window of each of its limits, wherever it starts',
        'counts earlier starts under limits that are set later',
        'says what remains under the tightest limit',
      ],
    ],
    [
      'knows only the first of its limits',
      class extends Changed {
        constructor(limits: readonly RateLimit[]) {
          super(limits.slice(0, 1));
        }
      },
      ['holds every window of each of its limits, wherever it starts', 'says what remains under the tightest limit'],
    ],
    [
      'does not look ahead',
      class extends Changed {
        override readyAtMs(nowMs: number) {
          return super.readyAtMs(nowMs);
        }
      },
      ['says when a start can be made after others'],
    ],
    [
      'takes a place when it is asked',
      class extends Changed {
        override readyAtMs(nowMs: number, ahead?: number) {
          const readyAtMs = super.readyAtMs(nowMs, ahead);
          if (ahead !== undefined) super.start(nowMs);
          return readyAtMs;
        }
      },
      ['takes no place when it is only asked', 'says when a start can be made after others'],
    ],
  ])('%s', async (_what, Broken, expected) => {
    expect(await failuresOf((run) => rateLimiterContract(run, (limits) => new Broken(limits)))).toEqual(expected);
  });
});

describe('the contract of Logger finds a logger that', () => {
  const failuresOfLogger = (
    write: (fields: Readonly<Record<string, unknown>>, message: string) => string | undefined,
  ) =>
    failuresOf((run) =>
      loggerContract(run, async () => {
        const lines: string[] = [];
        const line = (fields: Readonly<Record<string, unknown>>, message: string) => {
          lines.push(write(fields, message) ?? '');
        };
        const logger: Logger = { debug: line, info: line, warn: line, error: line };
        return { logger, written: () => lines.join('\n') };
      }),
    );

  test('is sound', async () => {
    expect(await failuresOfLogger(({ event }, message) => `${message} ${event}`)).toEqual([]);
  });
  test('writes the message alone', async () => {
    expect(await failuresOfLogger((_fields, message) => message)).toEqual(['writes message and fields of each level']);
  });
  test('throws for what JSON cannot hold', async () => {
    expect(await failuresOfLogger((fields, message) => `${message} ${JSON.stringify(fields)}`)).toEqual([
      'does not throw, whatever the fields are',
    ]);
  });
  test('adds fields of its own to those it is given', async () => {
    const write = (fields: object, message: string) => `${message} ${Object.values(Object.assign(fields, { at: 1 }))}`;
    expect(await failuresOfLogger(write)).toContain('leaves the fields as they were');
  });
});

describe('the contract of Repository finds a repository that', () => {
  test.each<[string, new () => Repository, RegExp]>([
    [
      'overlooks markers',
      class extends MemoryRepository {
        override apply(...[batch, { marker: _marker, ...options } = {}]: Parameters<Repository['apply']>) {
          return super.apply(batch, options);
        }
      },
      /marker/,
    ],
    [
      'lists posts oldest first',
      class extends MemoryRepository {
        override async findReviews(...call: Parameters<Repository['findReviews']>) {
          return (await super.findReviews(...call)).reverse();
        }
      },
      /newest first/,
    ],
  ])('%s', async (_what, Broken, expected) => {
    const failures = await failuresOf((run) => repositoryContract(run, async () => new Broken()));
    expect(failures.some((name) => expected.test(name))).toBe(true);
  });
});
