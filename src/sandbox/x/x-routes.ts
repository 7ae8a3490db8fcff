import type { Answer } from '../answer.js';
import { countsRecent } from './counts-recent.js';
import { postById } from './post-by-id.js';
import type { PostSource } from './post-source.js';
import { Refusal } from './refusal.js';
import { searchRecent } from './search-recent.js';
import { namesOf, type SandboxVocabulary, vocabularyOf } from './vocabulary.js';
import { xFailure } from './x-problems.js';

/** Answers an X v2 request, without auth and limits. */
export function answerX(
  path: string,
  query: URLSearchParams,
  { posts, vocabulary }: { readonly posts: PostSource; readonly vocabulary: SandboxVocabulary | 'both' },
): Answer {
  // With one vocabulary the names of the other are unknown parameters or fields, as they are for X.
  const names = namesOf[vocabulary === 'both' ? (vocabularyOf(query) ?? 'tweet') : vocabulary];
  try {
    if (path === '/2/tweets/search/recent') return searchRecent(query, names, posts);
    if (path === '/2/tweets/counts/recent') return countsRecent(query, names, posts);
    const [, id] = /^\/2\/tweets\/([^/]+)$/.exec(path) ?? [];
    return id === undefined ? xFailure(404, 'There is nothing at this path.') : postById(id, query, names, posts);
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.toAnswer(names);
    throw refusal;
  }
}
