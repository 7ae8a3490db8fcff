import type { Answer } from '../answer.js';
import { expand, notFound } from './expand.js';
import { checkParameters, readSelection, selecting } from './parameters.js';
import type { PostSource } from './post-source.js';
import { postToWire } from './post-wire.js';
import { Refusal } from './refusal.js';
import type { Names } from './vocabulary.js';

/** `GET /2/tweets/:id`: an unknown id is a good answer with an error in it. @throws Refusal */
export function postById(id: string, query: URLSearchParams, names: Names, source: PostSource): Answer {
  checkParameters(query, selecting(names));
  const selection = readSelection(query, names);
  if (!/^\d{1,19}$/.test(id)) throw new Refusal('id', id, 'The id must be a number of at most 19 digits.');
  const post = source.find(id);
  if (post === undefined) return { status: 200, body: { errors: [notFound('tweet', 'id', id, selection)] } };
  return { status: 200, body: { data: postToWire(post, selection), ...expand([post], selection, source) } };
}
