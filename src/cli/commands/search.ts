import type { Command } from 'commander';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { type Act, withApis, withDatabase, withExamples } from '../define.js';
import { withManager } from '../parts/open-manager.js';
import { runSearch } from './run-search.js';

export function addSearch(program: Command, act: Act): void {
  const command = program
    .command('search')
    .summary('search a film: find, collect, store, score, recommend')
    .description(
      'Finds the film on TMDB, collects posts from X, stores both, scores the sentiment and recommends films. What is stored and fresh is not fetched again.',
    )
    .argument('<film...>', "name of the film; a year in brackets is the film's: RRR (2022)")
    .option('-n, --max-reviews <number>', 'posts to collect, 0 to 1000 (default: 10)')
    .option('--fresh', 'ask the APIs even if stored data is fresh')
    .option('--stored', 'make no API call at all: stored data only')
    .option('--deadline <ms>', 'time for the whole search; what is not there by then is left out (default: 120000)')
    .option('--strict', 'end with 6 when the result is degraded');
  withExamples(
    withApis(withDatabase(command)),
    ['reelflow search RRR', 'ten posts, stored in reelflow.db; without keys on the sandbox'],
    [
      'reelflow search "Pushpa (2021)" -n 100 --max-usd 0.50 --json',
      'a hundred posts for half a dollar at most, as JSON',
    ],
  );
  act(command, (context, [film]) =>
    withManager(context, (opened, { maxReviews, deadlineMs }) =>
      runSearch(context, opened, wordsOf(film), { maxReviews, deadlineMs, collectNewData: freshness(context.flags) }),
    ),
  );
}

const wordsOf = (film: unknown): string => (Array.isArray(film) ? film.join(' ') : String(film ?? ''));

function freshness({ fresh, stored }: Readonly<Record<string, unknown>>): boolean | undefined {
  if (fresh === true && stored === true)
    throw new ReelflowError('INVALID_OPTIONS', 'give --fresh or --stored, not both');
  return fresh === true ? true : stored === true ? false : undefined;
}
