import { onTestFinished } from 'vitest';
import { createOrchestratorApp, type OrchestratorApp, type OrchestratorOptions } from '../../src/http/index.js';
import { type Setup, type SetupOptions, setup } from '../workflow/setup.js';

export const base = '/api/orchestrator';
export const fullToken = 'a-token-that-may-everything';
export const readToken = 'a-token-that-may-look';

export interface Serviced extends Setup {
  readonly app: OrchestratorApp;
}

/** An app on a manager on fakes and memory, which closes with the test. */
export function serviced(options: Partial<OrchestratorOptions> = {}, managed: SetupOptions = {}): Serviced {
  const made = setup(managed);
  onTestFinished(() => made.manager.close({ graceMs: 0 }));
  const auth = { bearer: [fullToken], readOnly: [readToken] };
  return { ...made, app: createOrchestratorApp(made.manager, { auth, ...options }) };
}

/** A JSON body with the token. */
export const sending = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { ...withToken().headers, 'Content-Type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

export const withToken = (token = fullToken): { headers: Record<string, string> } => ({
  headers: { Authorization: `Bearer ${token}` },
});
