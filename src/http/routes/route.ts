import type { Context } from 'hono';
import type * as z from 'zod';
import type { Access, Caller } from '../guard/access.js';

export interface AppEnv {
  Variables: { caller: Caller };
}

export type AppContext = Context<AppEnv>;

/** One answer: a JSON shape, or a text of another type. */
export interface AnswerDoc {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** @default 'application/json', where there is a schema */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface RouteDoc {
  readonly operationId: string;
  readonly summary: string;
  readonly params?: Readonly<Record<string, z.ZodType>>;
  readonly query?: z.ZodObject;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly schema: z.ZodType; readonly required: boolean };
  readonly answers: Readonly<Record<number, AnswerDoc>>;
}

interface RouteBase {
  readonly method: 'GET' | 'POST';
  /** Below the base path; a parameter is `:name`. */
  readonly path: string;
  readonly access: Access;
  /** Probes are not limited. */
  readonly unlimited?: boolean;
  readonly doc: RouteDoc;
}

/** A route either answers at once, or works under a signal that aborts when the client leaves or its time is up. */
export type Route = RouteBase &
  (
    | { readonly answer: (c: AppContext) => Response }
    | { readonly work: (c: AppContext, signal: AbortSignal) => Promise<Response> }
  );
