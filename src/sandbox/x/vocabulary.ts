/** X renamed its fields in August 2026; both sets of names are in use. */
export type SandboxVocabulary = 'tweet' | 'post';

/** What differs between the two. */
export interface Names {
  readonly vocabulary: SandboxVocabulary;
  readonly fields: string;
  readonly versions: string;
  readonly references: string;
  /** The expansion that includes what a post refers to. */
  readonly referenced: string;
  readonly note: string;
  readonly reposts: string;
  readonly included: string;
  readonly count: string;
  readonly total: string;
  /** Where the problem types live. */
  readonly host: string;
}

export const namesOf: Readonly<Record<SandboxVocabulary, Names>> = {
  tweet: {
    vocabulary: 'tweet',
    fields: 'tweet.fields',
    versions: 'edit_history_tweet_ids',
    references: 'referenced_tweets',
    referenced: 'referenced_tweets.id',
    note: 'note_tweet',
    reposts: 'retweet_count',
    included: 'tweets',
    count: 'tweet_count',
    total: 'total_tweet_count',
    host: 'https://api.twitter.com',
  },
  post: {
    vocabulary: 'post',
    fields: 'post.fields',
    versions: 'edit_history_post_ids',
    references: 'referenced_posts',
    referenced: 'referenced_posts',
    note: 'note_post',
    reposts: 'repost_count',
    included: 'posts',
    count: 'post_count',
    total: 'total_post_count',
    host: 'https://api.x.com',
  },
};

/** Names that only one vocabulary has, wherever they stand in a request. */
const signs: Readonly<Record<SandboxVocabulary, RegExp>> = {
  tweet: /^(tweet\.fields$|referenced_tweets|edit_history_tweet_ids$|tweet_count$)/,
  post: /^(post\.fields$|referenced_posts|edit_history_post_ids$|post_count$)/,
};

/** The vocabulary in which a request is put. @returns null when nothing in it tells */
export function vocabularyOf(query: URLSearchParams): SandboxVocabulary | null {
  const named = [
    ...query.keys(),
    ...['expansions', 'search_count.fields'].flatMap((name) => (query.get(name) ?? '').split(',')),
  ];
  if (named.some((name) => signs.post.test(name))) return 'post';
  return named.some((name) => signs.tweet.test(name)) ? 'tweet' : null;
}
