import type { Service } from '../api.js';
import { element, part, show } from '../dom.js';
import { clock, plural } from '../format.js';
import type { WireQuarantined } from '../wire.js';

const shown = 10;

/** Records that were set aside, with their reason; whoever may start things may have them checked again. */
export class QuarantineView {
  readonly #service: Service;
  #size: number | null = -1;
  #mayRetry = false;

  constructor(service: Service) {
    this.#service = service;
  }

  allow(mayRetry: boolean): void {
    this.#mayRetry = mayRetry;
    this.#size = -1;
  }

  /** Asks for the records when their number has changed. */
  async update(size: number | null): Promise<void> {
    if (size === this.#size) return;
    this.#size = size;
    if (size === 0) {
      show(part('quarantine'), element('p', { class: 'soft' }, 'Nothing is in quarantine.'));
      return;
    }
    try {
      const { records } = await this.#service.get<{ records: WireQuarantined[] }>(`/quarantine?limit=${shown}`);
      this.#show(records, size);
    } catch {
      this.#size = -1; // asked again with the next figures
    }
  }

  #show(records: readonly WireQuarantined[], size: number | null): void {
    const first =
      size !== null && size > records.length
        ? `The first ${records.length} of ${plural(size, 'record')}, oldest first.`
        : '';
    show(part('quarantine'), element('p', { class: 'note' }, first), ...records.map((record) => this.#record(record)));
  }

  #record({ id, kind, reason, field, raw, quarantined_at: at }: WireQuarantined): HTMLElement {
    const answer = element('span', { class: 'note', role: 'status' });
    const retry = element('button', { type: 'button', class: 'quiet', disabled: !this.#mayRetry }, 'Check again');
    retry.addEventListener('click', () => void this.#retry(id, retry, answer));
    return element(
      'details',
      {},
      element(
        'summary',
        {},
        `${kind === 'movie' ? 'Film' : 'Post'}: ${reason.message}${field === null ? '' : ` (${field})`}`,
      ),
      element('p', { class: 'soft' }, `${reason.code}, set aside at ${clock(at)}`),
      raw === ''
        ? element('p', { class: 'soft' }, 'The service gives no texts of posts.')
        : element('p', { class: 'raw', tabindex: 0 }, raw),
      element('div', { class: 'row' }, retry, answer),
    );
  }

  async #retry(id: string, button: HTMLButtonElement, answer: HTMLElement): Promise<void> {
    button.disabled = true;
    try {
      const path = `/quarantine/${encodeURIComponent(id)}/retry`;
      const { accepted, error } = await this.#service.post<{ accepted: boolean; error?: { message: string } }>(path);
      answer.textContent = accepted ? 'It is stored now.' : (error?.message ?? 'It was refused again.');
      if (accepted) this.#size = -1;
    } catch (thrown) {
      answer.textContent = thrown instanceof Error ? thrown.message : String(thrown);
    }
    button.disabled = false;
  }
}
