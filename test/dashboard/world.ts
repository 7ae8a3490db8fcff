import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished } from 'vitest';
import { TmdbClient } from '../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { createOrchestratorApp, type OrchestratorOptions, serve } from '../../src/http/index.js';
import {
  AutomatedWorkflowManager,
  type ManagerOptions,
  MemoryRepository,
  MemorySpool,
  type MovieApiClient,
  type ReviewApiClient,
} from '../../src/index.js';
import { type SandboxFault, startSandbox } from '../../src/sandbox/index.js';
import { chromiumPath, hasChromium, openChromium } from '../support/chromium.js';
import { skipFor } from '../support/requirements.js';

export function describeInChromium(name: string, tests: () => void): void {
  if (hasChromium) describe(name, { timeout: 60_000 }, tests);
  else skipFor(`${chromiumPath} is not on this machine`, name);
}

export interface WorldOptions extends Partial<Omit<ManagerOptions, 'movies' | 'reviews'>> {
  readonly movies?: MovieApiClient;
  readonly reviews?: ReviewApiClient;
  readonly auth?: OrchestratorOptions['auth'];
  readonly postTexts?: boolean;
  readonly faults?: readonly SandboxFault[];
  /** @default a free one */
  readonly port?: number;
}

/** A service on the sandbox, served over a real socket. */
export async function world({ auth = 'none', postTexts, faults = [], port = 0, ...options }: WorldOptions = {}) {
  const sandbox = await startSandbox({ faults });
  const manager = new AutomatedWorkflowManager({
    movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
    reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
    repository: new MemoryRepository(),
    spool: new MemorySpool(),
    ...options,
  });
  const server = await serve(createOrchestratorApp(manager, { auth, postTexts }), { port, graceMs: 0 });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      await server.close();
      await manager.close({ graceMs: 0 });
      await sandbox.close();
    })();
    return closing;
  };
  onTestFinished(close);
  return { manager, sandbox, url: server.url, address: `${server.url}/api/orchestrator/dashboard`, close };
}

/** What must never happen on the page, whatever it shows. */
export interface Watched {
  readonly page: Page;
  /** Errors of scripts, of the console and of the content policy. */
  readonly complaints: string[];
  /** Origins that were asked for anything. */
  readonly origins: Set<string>;
}

export async function visit(
  address: string,
  options: Parameters<typeof openChromium>[0] = { viewport: { width: 1100, height: 900 } },
): Promise<Watched> {
  const { context, close } = await openChromium(options);
  onTestFinished(close);
  const page = await context.newPage();
  const complaints: string[] = [];
  const origins = new Set<string>();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const isOfNetwork = message.text().startsWith('Failed to load resource'); // a 401, or a server that is gone
    if (message.type() === 'error' && !isOfNetwork) complaints.push(message.text());
  });
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.goto(address);
  return { page, complaints, origins };
}

export async function searchFor(page: Page, film: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Film' }).fill(film);
  await page.getByRole('button', { name: 'Search' }).click();
}

/** Nothing complained, and nobody but the service was asked. */
export function expectQuiet({ complaints, origins }: Watched, url: string): void {
  expect(complaints).toEqual([]);
  expect([...origins].filter((origin) => origin !== 'null')).toEqual([new URL(url).origin]);
}
