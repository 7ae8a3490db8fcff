import { createHash } from 'node:crypto';
import type { Answer } from '../answer.js';

/** A good answer, with the headers by which it can be kept and asked for again. */
export function cacheable(body: object): Answer {
  const digest = createHash('sha1').update(JSON.stringify(body)).digest('hex');
  return { status: 200, headers: { 'cache-control': 'public, max-age=6991', etag: `W/"${digest}"` }, body };
}

/** 304 instead of an answer that the asker has already. */
export function unlessKnown(answer: Answer, ifNoneMatch: string | undefined): Answer {
  const etag = answer.headers?.['etag'];
  if (etag === undefined || ifNoneMatch === undefined) return answer;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  const isKnown = ifNoneMatch.split(',').some((tag) => bare(tag) === '*' || bare(tag) === bare(etag));
  return isKnown ? { status: 304, headers: answer.headers ?? {} } : answer;
}
