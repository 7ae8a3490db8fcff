import { HeldSource } from './held-source.js';
import type { ResolvedFileSpoolOptions } from './options.js';
import { listSources, sourceFiles } from './source-files.js';
import { toSpoolError } from './spool-error.js';
import { takeSource } from './take-source.js';
import { Turns } from './turns.js';

/** The sources that processes left behind, as far as they are ours now. */
export class Claims {
  readonly #options: Pick<ResolvedFileSpoolOptions, 'directory' | 'logger'>;
  readonly #turns = new Turns();
  readonly #held = new Map<string, HeldSource>();
  #closed = false;

  constructor(options: Pick<ResolvedFileSpoolOptions, 'directory' | 'logger'>) {
    this.#options = options;
  }

  get(source: string): HeldSource | undefined {
    return this.#held.get(source);
  }

  /**
   * Each source, oldest first, claimed when its turn comes; those whose process lives are left out.
   * @param onFailure - hears of a source that cannot be read; the others go on
   */
  async *claim(
    own: string | undefined,
    onFailure: (error: unknown, source: string) => undefined,
  ): AsyncGenerator<HeldSource> {
    for (const source of await listSources(this.#options.directory)) {
      if (source === own) continue;
      const held = await this.#turns.run(() => this.#claim(source)).catch((error: unknown) => onFailure(error, source));
      if (held !== undefined) yield held;
    }
  }

  /** For {@link claim}: what one source says is no reason to leave the others. */
  readonly logFailure = (error: unknown, source: string): undefined => {
    const { directory, logger } = this.#options;
    const { code, message } = toSpoolError(error, directory);
    logger.error({ event: 'spool_claim_failed', source, code }, message);
  };

  close(): Promise<void> {
    return this.#turns.run(async () => {
      this.#closed = true;
      for (const held of this.#held.values()) await held.close();
      this.#held.clear();
    });
  }

  async #claim(source: string): Promise<HeldSource | undefined> {
    if (this.#closed) return undefined;
    const { directory, logger } = this.#options;
    const known = this.#held.get(source);
    if (known?.held === true) return known;
    this.#held.delete(source);
    const taken = await takeSource(sourceFiles(directory, source));
    if (taken === undefined) return undefined;
    const held = await HeldSource.open(taken, { own: false, logger });
    if (!held.held) return undefined; // nothing waited in it
    this.#held.set(source, held);
    return held;
  }
}
