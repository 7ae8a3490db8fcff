import type { MovieCandidate, MovieDetails } from '../domain/movie.js';
import type { DataSources, StepReport } from '../domain/workflow-run.js';
import type { ClaimedRun, StepCheckpoint } from '../ports/repository.js';
import type { ReviewPage } from '../ports/review-api-client.js';
import type { PostsPlan } from './freshness.js';
import type { RunJournal } from './run-journal.js';

/** Which film a run is about. */
export interface KeptFilm {
  readonly film: MovieCandidate;
  readonly origin: DataSources['movie'];
  readonly confidence: number;
}

export interface KeptDetails {
  readonly details: MovieDetails;
  readonly origin: DataSources['movie'];
  readonly fetchedAt: string;
}

/** A page that was bought, with what its source was asked for. */
export interface KeptPage {
  readonly plan: PostsPlan;
  readonly fetchedAt: string;
  readonly page: ReviewPage;
}

/** Where the data of a run came from, and when it was fetched. */
export interface KeptOrigins {
  readonly sources: DataSources;
  readonly detailsFetchedAt: string;
  readonly postsFetchedAt: string;
}

/** The keys under which a run keeps what it has bought. Those of 'recommend', the last step, are kept to the end. */
const filmKey = 'film';
const originsKey = 'origins';
const detailsKey = 'details';
const pageKey = (source: string, number: number): string => `page:${number}:${source}`;

/** Written with what was collected: a run that is cut after that knows where its data came from. */
export const originsCheckpoint = (workflowId: string, kept: KeptOrigins): StepCheckpoint => ({
  workflowId,
  step: 'recommend',
  key: originsKey,
  payload: JSON.stringify(kept),
});

/** What a run has bought and not yet stored: written as it comes, read again when a crash cut the run. */
export class RunCheckpoints {
  readonly #journal: RunJournal;
  readonly #kept: ReadonlyMap<string, unknown>;
  readonly #steps: ReadonlyMap<string, StepReport>;

  constructor(journal: RunJournal, claimed?: ClaimedRun) {
    this.#journal = journal;
    this.#kept = new Map(
      (claimed?.checkpoints ?? []).flatMap(({ key, payload }) => {
        const value = parse(payload);
        return value === undefined ? [] : [[key, value]];
      }),
    );
    this.#steps = new Map((claimed?.run.steps ?? []).map((report) => [report.name, report]));
  }

  /** The outcome of a step that was committed and need not be done again. */
  outcome(step: StepReport['name']): StepReport | null {
    const report = this.#steps.get(step);
    return report === undefined || report.status === 'failed' ? null : report;
  }

  film(): KeptFilm | null {
    return this.#read(filmKey);
  }

  keepFilm(kept: KeptFilm): Promise<void> {
    return this.#journal.keep('recommend', filmKey, kept, { relaxed: true });
  }

  origins(): KeptOrigins | null {
    return this.#read(originsKey);
  }

  details(): KeptDetails | null {
    return this.#read(detailsKey);
  }

  keepDetails(kept: KeptDetails): Promise<void> {
    return this.#journal.keep('collect', detailsKey, kept, { relaxed: true });
  }

  /** The pages of a source, in order. */
  pages(source: string): KeptPage[] {
    const pages: KeptPage[] = [];
    for (;;) {
      const page: KeptPage | null = this.#read(pageKey(source, pages.length + 1));
      if (page === null) return pages;
      pages.push(page);
    }
  }

  /** @param number - 1 for the first page of its source */
  keepPage(source: string, number: number, kept: KeptPage): Promise<void> {
    return this.#journal.keep('collect', pageKey(source, number), kept);
  }

  /** @typeParam Value - what this class wrote under the key */
  #read<Value>(key: string): Value | null {
    return (this.#kept.get(key) as Value | undefined) ?? null;
  }
}

/** A payload that cannot be read is one that was not kept: what it held is bought again. */
function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
