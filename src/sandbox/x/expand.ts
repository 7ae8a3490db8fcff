import { type Author, authorOf } from '../posts/author.js';
import type { PostReference, SandboxPost } from '../posts/sandbox-post.js';
import type { Selection } from './parameters.js';
import type { PostSource } from './post-source.js';
import { postToWire } from './post-wire.js';

/** The parts of an answer that `expansions` adds; X leaves out what is empty. */
export interface Expanded {
  readonly includes?: object;
  /** What could not be had: the answer is good all the same. */
  readonly errors?: readonly object[];
}

/** The authors of what posts refer to; only the older vocabulary has it. */
const referencedAuthors = 'referenced_tweets.id.author_id';

export function expand(posts: readonly SandboxPost[], selection: Selection, source: PostSource): Expanded {
  const { names, expansions } = selection;
  const referenced = (is: (reference: PostReference) => boolean = () => true) =>
    posts.flatMap(({ reference }) => (reference !== null && is(reference) ? (source.find(reference.id) ?? []) : []));
  const included = uniqueBy('id', [
    ...(expansions.has(names.versions) ? posts : []),
    ...(expansions.has(names.referenced) || expansions.has(referencedAuthors) ? referenced() : []),
  ]);
  const written = uniqueBy('authorId', [
    ...(expansions.has('author_id') ? posts : []),
    ...(expansions.has(referencedAuthors) ? referenced() : []),
    ...(expansions.has('in_reply_to_user_id') ? referenced(({ kind }) => kind === 'reply') : []),
  ]);
  const users = written.filter(({ isAuthorGone }) => !isAuthorGone);
  const gone = written.filter(({ isAuthorGone }) => isAuthorGone);
  const includes = {
    ...(users.length === 0 ? {} : { users: users.map(({ authorId }) => userToWire(authorOf(authorId), selection)) }),
    ...(included.length === 0 ? {} : { [names.included]: included.map((post) => postToWire(post, selection)) }),
  };
  return {
    ...(Object.keys(includes).length === 0 ? {} : { includes }),
    ...(gone.length === 0
      ? {}
      : { errors: gone.map(({ authorId }) => notFound('user', 'author_id', authorId, selection)) }),
  };
}

/** The partial error for something that is not there, or not any more. */
export const notFound = (
  resource: string,
  parameter: string,
  id: string,
  { names }: Pick<Selection, 'names'>,
): object => ({
  title: 'Not Found Error',
  detail: `Could not find ${resource} with ${parameter}: [${id}].`,
  type: `${names.host}/2/problems/resource-not-found`,
  resource_type: resource,
  resource_id: id,
  parameter,
  value: id,
});

function userToWire({ id, name, username, joinedAtMs, followers }: Author, { names, userFields }: Selection): object {
  const given = {
    created_at: new Date(joinedAtMs).toISOString(),
    description: '',
    protected: false,
    public_metrics: {
      followers_count: followers,
      following_count: followers % 300,
      [names.count]: followers * 3,
      listed_count: 0,
      like_count: followers * 5,
    },
    verified: false,
    verified_type: 'none',
  };
  return {
    id,
    name,
    username,
    ...Object.fromEntries(Object.entries(given).filter(([field]) => userFields.has(field))),
  };
}

const uniqueBy = (key: 'id' | 'authorId', posts: readonly SandboxPost[]): SandboxPost[] => [
  ...new Map(posts.map((post) => [post[key], post])).values(),
];
