import { styleText } from 'node:util';
import { redact } from '../errors/redact.js';
import type { SerializedError } from '../errors/serialized-error.js';
import type { CliIo, CliStream } from './cli-io.js';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
export type Paint = (style: Style, text: string) => string;

export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
}

const clearLine = '\r\u001b[2K';
/** Shorter ones, such as the sandbox's token, are words that other texts hold too. */
const shortestSecret = 8;

/**
 * Where everything goes: results to stdout, as text or as JSON, and messages to stderr. Texts from outside pass through
 * `clean` first: a title must not steer the terminal.
 */
export class Output {
  readonly json: boolean;
  readonly #quiet: boolean;
  readonly #stdout: CliStream;
  readonly #stderr: CliStream;
  readonly #secrets = new Set<string>();
  #status = '';
  /** Colours for stdout. */
  readonly paint: Paint;
  /** Colours for stderr. */
  readonly paintNote: Paint;

  constructor({ stdout, stderr, env }: Pick<CliIo, 'stdout' | 'stderr' | 'env'>, { json, quiet }: OutputOptions) {
    this.json = json;
    this.#quiet = quiet;
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.paint = painter(wantsColour(stdout, env));
    this.paintNote = painter(wantsColour(stderr, env));
  }

  /** Whether somebody watches the progress. */
  get isLive(): boolean {
    return this.#stderr.isTTY === true && !this.#quiet;
  }

  /** Progress is for people: none beside JSON that goes into a pipe. */
  get showsProgress(): boolean {
    return !this.#quiet && (!this.json || this.isLive);
  }

  /** These never leave, whatever a text holds. */
  hide(...secrets: ReadonlyArray<string | undefined>): void {
    for (const secret of secrets) {
      if (secret !== undefined && secret.length >= shortestSecret) this.#secrets.add(secret);
    }
  }

  /** A line of the result, for people; nothing with --json. */
  line(text: string): void {
    if (!this.json) this.#stdout.write(`${this.#without(text)}\n`);
  }

  /** The result, the one document of this run; nothing without --json. */
  document(value: unknown): void {
    if (this.json) this.#stdout.write(`${this.#without(JSON.stringify(value, null, 2))}\n`);
  }

  /** One of many results on a line of its own; nothing without --json. */
  jsonLine(value: unknown): void {
    if (this.json) this.#stdout.write(`${this.#without(JSON.stringify(value))}\n`);
  }

  /** A message, unless --quiet. */
  note(text: string): void {
    if (!this.#quiet) this.message(text);
  }

  /** A message that must be seen. */
  warn(text: string): void {
    this.message(this.paintNote('yellow', text));
  }

  /** A failure: a message, and with --json a document. */
  failure({ code, message }: Pick<SerializedError, 'code' | 'message'>): void {
    this.message(`${this.paintNote('red', code)} ${redact(message)}`);
    this.document({ error: { code, message: redact(message) } });
  }

  /** Shows a secret once, to a person. @returns whether there was one to show it to */
  reveal(text: string): boolean {
    if (this.#stderr.isTTY !== true) return false;
    this.#stderr.write(`${text}\n`);
    return true;
  }

  /** The line at the bottom of a terminal, overwritten by the next one; '' takes it away. */
  status(text: string): void {
    if (!this.isLive || (text === '' && this.#status === '')) return;
    this.#status = text;
    this.#stderr.write(`${clearLine}${this.#without(text)}`);
  }

  /** A message, also with --quiet. */
  message(text: string): void {
    const { isTTY } = this.#stderr;
    const before = isTTY === true && this.#status !== '' ? clearLine : '';
    this.#stderr.write(`${before}${this.#without(text)}\n${before === '' ? '' : this.#without(this.#status)}`);
  }

  #without(text: string): string {
    let hidden = text;
    for (const secret of this.#secrets) hidden = hidden.replaceAll(secret, '[redacted]');
    return hidden;
  }
}

const painter =
  (colours: boolean): Paint =>
  (style, text) =>
    colours ? styleText(style, text, { validateStream: false }) : text;

/** FORCE_COLOR, then NO_COLOR, then whether it is a terminal: the order in which Node itself asks. */
function wantsColour({ isTTY }: CliStream, { FORCE_COLOR, NO_COLOR, TERM }: CliIo['env']): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return isTTY === true && TERM !== 'dumb';
}
