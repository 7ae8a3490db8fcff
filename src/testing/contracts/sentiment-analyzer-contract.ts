import assert from 'node:assert/strict';
import { labelOf, type SentimentScore } from '../../domain/analysis.js';
import type { SentimentAnalyzer } from '../../ports/sentiment-analyzer.js';
import type { TestFunction } from '../test-function.js';
import { hearsAnAbortedSignal, hearsAnAbortInFlight } from './support.js';

/** An analyser under test, and two texts about which it must not be mistaken. */
export interface SentimentAnalyzerUnderTest {
  readonly analyzer: SentimentAnalyzer;
  /** @default 'A brilliant film, I loved it' */
  readonly positive?: string;
  /** @default 'A terrible, boring film, I hated it' */
  readonly negative?: string;
  /** Texts in the longest list that is tried. @default 1200 */
  readonly many?: number;
}

/** What every SentimentAnalyzer promises. */
export function sentimentAnalyzerContract(test: TestFunction, create: () => Promise<SentimentAnalyzerUnderTest>): void {
  const onFresh = (name: string, run: (subject: Required<SentimentAnalyzerUnderTest>) => Promise<void>) => {
    test(name, async () => run({ ...standard, ...(await create()) }));
  };

  onFresh('has a name, and the same one each time it is made', async ({ analyzer }) => {
    assert.equal(typeof analyzer.name, 'string');
    assert.notEqual(analyzer.name, '');
    assert.equal((await create()).analyzer.name, analyzer.name, 'stored scores are reused by it');
  });
  onFresh('gives one score for each text, in the same order', async ({ analyzer, positive, negative }) => {
    const texts = [positive, negative, negative, positive, negative, positive, positive];
    const scores = await analyzer.analyze([...texts]);
    assert.deepEqual(
      scores.map(({ label }) => label),
      texts.map((text) => (text === positive ? 'positive' : 'negative')),
    );
    for (const score of scores) isScore(score);
  });
  onFresh('gives no score for no text', async ({ analyzer }) => {
    assert.deepEqual(await analyzer.analyze([]), []);
  });
  onFresh('scores a long list whole', async ({ analyzer, positive, many }) => {
    const scores = await analyzer.analyze(Array.from({ length: many }, (_, number) => `${positive} ${number}`));
    assert.equal(scores.length, many);
    for (const score of scores) isScore(score);
  });
  onFresh('bears texts of any kind', async ({ analyzer }) => {
    const scores = await analyzer.analyze([...oddTexts]);
    assert.equal(scores.length, oddTexts.length);
    for (const score of scores) isScore(score);
  });
  onFresh('leaves the texts as they were', async ({ analyzer, positive, negative }) => {
    const texts = [` ${positive} `, negative, ''];
    await analyzer.analyze(texts);
    assert.deepEqual(texts, [` ${positive} `, negative, '']);
  });
  onFresh('keeps lists apart that are scored at the same time', async ({ analyzer, positive, negative }) => {
    const lists = await Promise.all([positive, negative, positive].map((text) => analyzer.analyze([text, text])));
    assert.deepEqual(
      lists.map((scores) => scores.map(({ label }) => label)),
      [
        ['positive', 'positive'],
        ['negative', 'negative'],
        ['positive', 'positive'],
      ],
    );
  });
  onFresh('hears a signal that has aborted', ({ analyzer, positive }) =>
    hearsAnAbortedSignal((signal) => analyzer.analyze([positive], { signal })),
  );
  onFresh('hears a signal that aborts under way', ({ analyzer, positive, many }) =>
    hearsAnAbortInFlight((signal) => analyzer.analyze(Array<string>(many).fill(positive), { signal })),
  );
}

const standard = {
  positive: 'A brilliant film, I loved it',
  negative: 'A terrible, boring film, I hated it',
  many: 1200,
};

const oddTexts = ['', ' \n\t', '🔥🔥👎', '12:30', '\uD800 half a character', '\0', 'ఇది 映画 فيلم', 'a'.repeat(20_000)];

function isScore({ score, label, confidence }: SentimentScore): void {
  assert.ok(score >= -1 && score <= 1, `a score of ${score}`);
  assert.equal(label, labelOf(score), `the label of ${score}`);
  assert.ok(confidence >= 0 && confidence <= 1, `a confidence of ${confidence}`);
  if (confidence === 0) assert.equal(score, 0, 'confidence 0 says that the text was not scored');
}
