import { momentOfId } from '../posts/post-id.js';
import type { SandboxPost } from '../posts/sandbox-post.js';
import { Refusal } from './refusal.js';

/** Recent search reaches back this far. */
const reachMs = 7 * 86_400_000;
/** X takes no end nearer to now. Source: reports of clients. */
const youngestEndMs = 10_000;
/** Where the end is when nothing is said. Source: X, pagination. */
const usualEndMs = 30_000;

/** The time that a search covers. */
export interface SearchWindow {
  readonly startMs: number;
  readonly endMs: number;
  readonly holds: (post: SandboxPost) => boolean;
}

export const windowParameters = ['start_time', 'end_time', 'since_id', 'until_id'] as const;

/** @throws Refusal for a time or id that cannot be read, is out of reach, or does not go with another one */
export function readWindow(query: URLSearchParams, nowMs: number): SearchWindow {
  const given = (name: (typeof windowParameters)[number]) => query.get(name);
  const [since, until] = [readId(query, 'since_id'), readId(query, 'until_id')];
  const [start, end] = [readTime(query, 'start_time'), readTime(query, 'end_time')];
  if (since !== null && start !== null)
    throw new Refusal('since_id', given('since_id'), 'since_id and start_time do not go together.');
  if (until !== null && end !== null)
    throw new Refusal('until_id', given('until_id'), 'until_id and end_time do not go together.');
  const oldestMs = nowMs - reachMs;
  if (since !== null && momentOfId(since) < oldestMs)
    throw new Refusal('since_id', since, 'since_id is older than seven days.');
  if (start !== null && start < oldestMs)
    throw new Refusal('start_time', given('start_time'), 'start_time is older than seven days.');
  if (end !== null && end > nowMs - youngestEndMs)
    throw new Refusal('end_time', given('end_time'), 'end_time must be at least 10 seconds ago.');
  const startMs = start ?? (since === null ? oldestMs : momentOfId(since));
  const endMs = end ?? (until === null ? nowMs - usualEndMs : momentOfId(until));
  if (endMs <= startMs) throw new Refusal('end_time', given('end_time'), 'The end is not after the start.');
  return {
    startMs,
    endMs,
    holds: ({ id, createdAtMs }) =>
      (since === null ? createdAtMs >= startMs : BigInt(id) > BigInt(since)) &&
      (until === null ? createdAtMs < endMs : BigInt(id) < BigInt(until)),
  };
}

function readId(query: URLSearchParams, name: 'since_id' | 'until_id'): string | null {
  const value = query.get(name);
  if (value !== null && !/^\d{1,19}$/.test(value)) throw new Refusal(name, value, `${name} must be the id of a post.`);
  return value;
}

function readTime(query: URLSearchParams, name: 'start_time' | 'end_time'): number | null {
  const value = query.get(name);
  if (value === null) return null;
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw new Refusal(name, value, `${name} must be like 2026-01-31T12:00:00Z.`);
  return ms;
}
