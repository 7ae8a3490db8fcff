/** One post about a film. */
export interface Review {
  /** The post's id at its source: text, never parsed to a number. */
  readonly tweetId: string;
  readonly tmdbId: number;
  readonly text: string;
  readonly authorId: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** BCP 47 as the source says it, or null. */
  readonly language: string | null;
  readonly likeCount: number;
  readonly repostCount: number;
  readonly replyCount: number;
  /** 'twitter', or the name of the client that brought it. */
  readonly source: string;
}
