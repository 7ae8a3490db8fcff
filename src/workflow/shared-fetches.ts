import type { MovieDetails } from '../domain/movie.js';
import type { AnsweredPage, CollectedPosts } from './collect-posts.js';
import { SingleFlight } from './single-flight.js';

/** Details and posts of one film are fetched once, also when searches of different names led to it. */
export interface SharedFetches {
  readonly details: SingleFlight<MovieDetails>;
  readonly posts: SingleFlight<CollectedPosts, AnsweredPage>;
}

export const createSharedFetches = (): SharedFetches => ({ details: new SingleFlight(), posts: new SingleFlight() });
