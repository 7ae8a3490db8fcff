import { toReelflowError } from '../../errors/classify-error.js';
import type { Logger } from '../../ports/logger.js';
import type { AlertNotice } from './alert-notice.js';
import type { AlertSink, SinkStatistics } from './alert-sink.js';

const mostWaiting = 100;

/** Gives a sink its notices in order, and never lets it hold up or break anybody else. */
export class SinkQueue {
  readonly #sink: AlertSink;
  readonly #logger: Logger;
  readonly #waiting: AlertNotice[] = [];
  readonly #abort = new AbortController();
  #delivered = 0;
  #failed = 0;
  #dropped = 0;
  #isAtWork = false;
  #whenIdle: (() => void)[] = [];

  constructor(sink: AlertSink, logger: Logger) {
    this.#sink = sink;
    this.#logger = logger;
  }

  push(notice: AlertNotice): void {
    this.#waiting.push(notice);
    if (this.#waiting.length > mostWaiting) this.#drop(this.#waiting.shift(), 'too many wait');
    if (!this.#isAtWork) void this.#work();
  }

  statistics(): SinkStatistics {
    return {
      name: this.#sink.name,
      delivered: this.#delivered,
      failed: this.#failed,
      dropped: this.#dropped,
      waiting: this.#waiting.length + (this.#isAtWork ? 1 : 0),
    };
  }

  /** Delivers what waits for so long, then gives up. Never rejects. */
  async close(patienceMs: number): Promise<void> {
    if (this.#isAtWork) await this.#idleWithin(patienceMs);
    this.#abort.abort();
    for (const notice of this.#waiting.splice(0)) this.#drop(notice, 'the monitor ends');
    try {
      await this.#sink.close?.();
    } catch (thrown) {
      this.#logger.warn(this.#fields(thrown), `the alert sink '${this.#sink.name}' could not be closed`);
    }
  }

  async #work(): Promise<void> {
    this.#isAtWork = true;
    for (let notice = this.#waiting.shift(); notice !== undefined; notice = this.#waiting.shift()) {
      try {
        await this.#sink.notify(notice, { signal: this.#abort.signal });
        this.#delivered += 1;
      } catch (thrown) {
        this.#failed += 1;
        this.#logger.error(
          { ...this.#fields(thrown), rule: notice.rule, subject: notice.subject, state: notice.state },
          `the alert sink '${this.#sink.name}' did not take a notice`,
        );
      }
    }
    this.#isAtWork = false;
    for (const tell of this.#whenIdle.splice(0)) tell();
  }

  async #idleWithin(patienceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#whenIdle.push(resolve);
      timer = setTimeout(resolve, patienceMs);
    });
    clearTimeout(timer);
  }

  #drop(notice: AlertNotice | undefined, why: string): void {
    this.#dropped += 1;
    this.#logger.warn(
      { sink: this.#sink.name, rule: notice?.rule, subject: notice?.subject, state: notice?.state },
      `a notice for the alert sink '${this.#sink.name}' is dropped: ${why}`,
    );
  }

  #fields(thrown: unknown): Readonly<Record<string, unknown>> {
    const { code, message } = toReelflowError(thrown, 'api');
    return { sink: this.#sink.name, code, error: message };
  }
}
