import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, test } from 'vitest';
import { MovieRecommender, MovieSentimentAnalyzer } from '../../src/index.js';
import { silentLogger } from '../../src/ports/logger.js';
import { SlidingLog } from '../../src/resilience/sliding-log.js';
import {
  CollectingLogger,
  FakeSentimentAnalyzer,
  loggerContract,
  rateLimiterContract,
  recommenderContract,
  sentimentAnalyzerContract,
} from '../../src/testing/index.js';

describe('SentimentAnalyzer: MovieSentimentAnalyzer', () =>
  sentimentAnalyzerContract(test, async () => ({ analyzer: new MovieSentimentAnalyzer() })));
describe('SentimentAnalyzer: fake', () => {
  const scoreOf = (text: string) => (text.includes('loved') ? 0.7 : text.includes('hated') ? -0.7 : 0);
  sentimentAnalyzerContract(test, async () => ({ analyzer: new FakeSentimentAnalyzer({ scoreOf }) }));
});

describe('Recommender: MovieRecommender', () => recommenderContract(test, async () => new MovieRecommender()));

describe('RateLimiter: SlidingLog', () => rateLimiterContract(test, (limits) => new SlidingLog(limits)));

describe('Logger: silent', () => loggerContract(test, async () => ({ logger: silentLogger })));
describe('Logger: collecting', () =>
  loggerContract(test, async () => {
    const logger = new CollectingLogger();
    const written = () => logger.lines.map(({ fields, message }) => `${message} ${String(fields['event'])}`).join('\n');
    return { logger, written };
  }));
describe('Logger: console', () =>
  loggerContract(test, async () => {
    let text = '';
    const out = new Writable({
      write(chunk, _encoding, done) {
        text += chunk;
        done();
      },
    });
    return { logger: new Console(out, out), written: () => text };
  }));
describe('Logger: pino', () =>
  loggerContract(test, async () => {
    let text = '';
    const logger = pino(
      { level: 'debug' },
      {
        write(line) {
          text += line;
        },
      },
    );
    return { logger, written: () => text };
  }));
