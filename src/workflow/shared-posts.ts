import {
  type AnsweredPage,
  type CollectedPosts,
  collectPosts,
  type PostsProgress,
  type PostsWanted,
} from './collect-posts.js';
import type { RunCalls } from './run-calls.js';
import { shareInTime } from './share-in-time.js';
import { type FlightTicket, SingleFlight } from './single-flight.js';

/** Posts of one film from one source are bought once, also when searches of different names led to the film. */
export class SharedPosts {
  readonly #flights = new SingleFlight<CollectedPosts, AnsweredPage>();

  /** As `collectPosts`, with what this search alone pays for them. What another one has bought is not bought again. */
  async collect(wanted: PostsWanted, { before, onPage }: PostsProgress, calls: RunCalls): Promise<CollectedPosts> {
    const { client, movie, count, sinceId } = wanted;
    const { patience } = calls;
    const bought = [...before];
    let othersUsd = 0;
    const onProgress = (answered: AnsweredPage) => {
      bought[answered.number - 1] = answered.page;
      return onPage(answered);
    };
    const board = (leaving: AbortSignal): FlightTicket<CollectedPosts> =>
      this.#flights.join(
        `${client.name} ${movie.tmdbId} ${sinceId ?? ''}`,
        count,
        leaving,
        (signal, announce) => {
          othersUsd = bought.slice(before.length).reduce((usd, { costUsd }) => usd + costUsd, 0);
          return collectPosts(wanted, { before: [...bought], onPage: announce }, calls, signal);
        },
        { onProgress, patienceMs: patience.patienceMs },
      );
    const { value, started } = await shareInTime({ of: client.name, board, failureOf: ({ error }) => error }, patience);
    return { ...value, costUsd: started ? value.costUsd - othersUsd : 0 };
  }
}
