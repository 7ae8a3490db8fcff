import { type Service, ServiceError } from '../api.js';
import { until } from '../countdown.js';
import { element, part, show } from '../dom.js';
import { follow, type StreamMessage } from '../event-stream.js';
import { milliseconds } from '../format.js';
import type { WireError, WireStepReport, WireWorkflowResult } from '../wire.js';
import { resultView } from './result.js';

const stepNames = ['identify', 'collect', 'validate', 'store', 'analyse', 'recommend'] as const;
type StepName = (typeof stepNames)[number];

type Step =
  | { readonly state: 'waiting' | 'running' }
  | { readonly state: WireStepReport['status']; readonly tookMs: number };

/** What the events of a run carry, as far as it is shown. */
interface Told {
  readonly step?: StepName;
  readonly status?: WireStepReport['status'];
  readonly duration_ms?: number;
  readonly api?: string;
  readonly operation?: string;
  readonly attempt?: number;
  readonly delay_ms?: number;
  readonly wait_ms?: number;
  readonly error?: WireError;
  readonly workflow_result?: WireWorkflowResult;
}

/** The search box, the steps of the run while it runs, and its result. */
export class SearchView {
  readonly #service: Service;
  readonly #form = part<HTMLFormElement>('search-form');
  readonly #steps = new Map<StepName, Step>();
  readonly #waits = new Map<string, { readonly text: string; readonly untilMs: number }>();
  #stop: (() => void) | undefined;
  #film = '';

  constructor(service: Service) {
    this.#service = service;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#start();
    });
  }

  /** A token that only reads may not search; the form says so. */
  allow(maySearch: boolean): void {
    for (const control of this.#form.querySelectorAll<HTMLInputElement | HTMLButtonElement>('input, button'))
      control.disabled = !maySearch;
    this.#note(maySearch ? '' : 'This token may look and start nothing.');
  }

  /** Drops the waits that are over. */
  tick(): void {
    if (this.#waits.size > 0) this.#showProgress();
  }

  async #start(): Promise<void> {
    const name = part<HTMLInputElement>('movie-name').value.trim();
    const posts = part<HTMLInputElement>('max-reviews').valueAsNumber;
    const anew = part<HTMLInputElement>('collect-new').checked;
    this.#stop?.();
    this.#steps.clear();
    this.#waits.clear();
    this.#film = name;
    this.#note('');
    show(part('result'));
    this.#showProgress();
    try {
      const asked = {
        movie_name: name,
        ...(Number.isNaN(posts) ? {} : { max_reviews: posts }),
        ...(anew ? { collect_new_data: true } : {}),
      };
      const { workflow_id: id } = await this.#service.post<{ workflow_id: string }>('/workflows', asked);
      const path = `/workflows/${encodeURIComponent(id)}`;
      this.#stop = follow(
        this.#service,
        `${path}/events`,
        { onMessage: (message) => this.#hear(message), onEnd: () => void this.#ended(path) },
        true,
      );
    } catch (thrown) {
      this.#film = '';
      this.#showProgress();
      this.#note(thrown instanceof ServiceError ? thrown.message : 'The service was not reached.');
    }
  }

  #hear({ event, data }: StreamMessage): void {
    const told = data as Told; // of the same package, and of the same version
    const { step, status, duration_ms: tookMs = 0, workflow_result: result } = told;
    if (event === 'step_started' && step !== undefined) this.#steps.set(step, { state: 'running' });
    if (event === 'step_finished' && step !== undefined && status !== undefined)
      this.#steps.set(step, { state: status, tookMs });
    if (event === 'retry_scheduled')
      this.#wait(told, `attempt ${told.attempt} failed with ${told.error?.code}; the next in `, told.delay_ms);
    if (event === 'rate_limit_wait') this.#wait(told, 'waits for a free place: ', told.wait_ms);
    if (result !== undefined) this.#finish(result);
    else this.#showProgress();
  }

  #wait({ api, operation }: Told, text: string, ms = 0): void {
    const name = api ?? operation ?? '';
    this.#waits.set(name, { text: `${name} ${text}`, untilMs: Date.now() + ms });
  }

  /** The stream is over; when it ended without the result, the record of the run has it. */
  async #ended(path: string): Promise<void> {
    if (this.#film === '') return;
    try {
      const run = await this.#service.get<{ status: string; workflow_result: WireWorkflowResult | null }>(path);
      if (run.workflow_result !== null) return this.#finish(run.workflow_result);
      this.#note(`The search is ${run.status}.`);
    } catch (thrown) {
      this.#note(thrown instanceof ServiceError ? thrown.message : 'The service was not reached.');
    }
    this.#film = '';
    this.#showProgress();
  }

  #finish(result: WireWorkflowResult): void {
    for (const { name, status, duration_ms: tookMs } of result.steps) this.#steps.set(name, { state: status, tookMs });
    this.#waits.clear();
    this.#film = '';
    this.#showProgress();
    show(part('result'), resultView(result));
  }

  #showProgress(): void {
    for (const [name, { untilMs }] of this.#waits) if (untilMs <= Date.now()) this.#waits.delete(name);
    if (this.#film === '' && this.#steps.size === 0) {
      show(part('progress'));
      return;
    }
    const steps = stepNames.map((name) => {
      const step = this.#steps.get(name) ?? { state: 'waiting' };
      const said =
        'tookMs' in step
          ? `${name}: ${step.state}, ${milliseconds(step.tookMs)}`
          : step.state === 'running'
            ? `${name} …`
            : name;
      return element(
        'li',
        { 'data-state': step.state, 'aria-current': step.state === 'running' ? 'step' : null },
        said,
      );
    });
    const waits = [...this.#waits.values()].map(({ text, untilMs }) => element('li', {}, text, until(untilMs)));
    show(
      part('progress'),
      element('ol', { class: 'steps', 'aria-label': 'Steps' }, ...steps),
      element('ul', { class: 'waits' }, ...waits),
    );
  }

  #note(text: string): void {
    part('search-note').textContent = text;
  }
}
