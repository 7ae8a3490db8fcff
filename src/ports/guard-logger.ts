import { redact } from '../errors/redact.js';
import { type Logger, silentLogger } from './logger.js';

const mostDepth = 5;
const mostEntries = 100;
const longestText = 10_000;
const hidden = '[redacted]';

/** Names of fields whose text is a credential, whatever it looks like. */
const secretName = /^(authorization|proxy-authorization|cookie|set-cookie)$|token$|secret$|passw(or)?d$|api[-_]?key$/i;

/**
 * A host's logger behind a guard: credentials are taken out of messages and fields, control characters out of messages
 * (a title must not be able to forge a line), fields are bounded in depth, number and length, and a logger that throws,
 * or rejects, hurts nobody. A silent one, and one that is guarded already, stays what it is.
 * @param logger - undefined: the silent one
 */
export function guardLogger(logger: Logger | undefined): Logger {
  if (logger === undefined) return silentLogger;
  return logger === silentLogger || logger instanceof GuardedLogger ? logger : new GuardedLogger(logger);
}

class GuardedLogger implements Logger {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  debug(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.#write('debug', fields, message);
  }

  info(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.#write('info', fields, message);
  }

  warn(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.#write('warn', fields, message);
  }

  error(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.#write('error', fields, message);
  }

  #write(level: keyof Logger, fields: Readonly<Record<string, unknown>>, message: string): void {
    try {
      const said = redact(message.slice(0, longestText)).replace(/\p{Cc}+/gu, ' ');
      const returned: unknown = this.#logger[level](fieldsOf(fields, 0), said);
      if (returned instanceof Promise) returned.catch(() => undefined);
    } catch {
      // Nobody is left to tell.
    }
  }
}

function discreet(name: string, value: unknown, depth: number): unknown {
  if (typeof value === 'string') return secretName.test(name) ? hidden : redact(value.slice(0, longestText));
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (value instanceof Date) return value;
  if (depth >= mostDepth) return '[deeper]';
  if (Array.isArray(value)) return value.slice(0, mostEntries).map((entry) => discreet(name, entry, depth + 1));
  return fieldsOf(value instanceof Error ? { ...value, name: value.name, message: value.message } : value, depth + 1);
}

const fieldsOf = (fields: object, depth: number): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(fields)
      .slice(0, mostEntries)
      .map(([name, value]) => [name, discreet(name, value, depth)]),
  );
