import type { Answer } from '../answer.js';
import { checkParameters, readChoice } from './parameters.js';
import type { PostSource } from './post-source.js';
import { matching } from './search-recent.js';
import { readWindow, windowParameters } from './search-window.js';
import type { Names } from './vocabulary.js';

const unitMs = { hour: 3_600_000, minute: 60_000, day: 86_400_000 } as const;

/** `GET /2/tweets/counts/recent`: all buckets in one answer. @throws Refusal */
export function countsRecent(query: URLSearchParams, names: Names, source: PostSource): Answer {
  checkParameters(query, ['query', 'granularity', 'search_count.fields', ...windowParameters]);
  const unit = unitMs[readChoice(query, 'granularity', ['hour', 'minute', 'day'])];
  const { startMs, endMs } = readWindow(query, Date.now());
  const posts = matching(query, source);
  if (posts.length === 0) return { status: 200, body: { meta: { [names.total]: 0 } } };
  const perBucket = new Map<number, number>();
  for (const { createdAtMs } of posts) {
    const bucket = Math.floor(createdAtMs / unit);
    perBucket.set(bucket, (perBucket.get(bucket) ?? 0) + 1);
  }
  const data: object[] = [];
  for (let bucket = Math.floor(startMs / unit); bucket * unit < endMs; bucket += 1) {
    data.push({
      start: new Date(Math.max(startMs, bucket * unit)).toISOString(),
      end: new Date(Math.min(endMs, (bucket + 1) * unit)).toISOString(),
      [names.count]: perBucket.get(bucket) ?? 0,
    });
  }
  return { status: 200, body: { data, meta: { [names.total]: posts.length } } };
}
