import type { AnsweredPage, CollectedPosts } from './collect-posts.js';
import { SingleFlight } from './single-flight.js';

/** Posts of one film from one source are bought once, also when searches of different names led to the film. */
export class SharedPosts extends SingleFlight<CollectedPosts, AnsweredPage> {}
