import { errorCodes } from '../errors/error-code.js';

const known: ReadonlySet<string> = new Set(errorCodes);

/** A code of ours; the conventions' '_OTHER' for what a host made up: its values would have no bound. */
export const errorTypeOf = (code: string): string => (known.has(code) ? code : '_OTHER');
