// npm run screenshots: the pictures of docs/dashboard.md, made on the sandbox in Debian's Chromium.
import { mkdirSync } from 'node:fs';
import { AutomatedWorkflowManager, MemorySpool } from 'reelflow';
import { createOrchestratorApp, serve } from 'reelflow/http';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';
import { TypeOrmRepository } from 'reelflow/typeorm';
import { openChromium } from '../test/support/chromium.ts';

const folder = 'docs/images';
const films = ['RRR', 'Pushpa', 'Baahubali', 'Interstellar', 'Up', 'Parasite', 'Eega', 'Magadheera'];

const sandbox = await startSandbox({ latencyMs: { tmdb: 40, x: 90 }, seed: 3 });
const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
  repository: await TypeOrmRepository.open({ type: 'sqlite', database: ':memory:' }),
  spool: new MemorySpool(),
  budget: { usdPerDay: 10 },
  coordinator: { retryDelayMs: 400 },
});
const app = createOrchestratorApp(manager, { auth: 'none' });
const server = await serve(app, { port: 0 });
const address = `${server.url}/api/orchestrator/dashboard`;
mkdirSync(folder, { recursive: true });

async function picture(
  name: string,
  { width = 1100, height = 900, dark = false }: { width?: number; height?: number; dark?: boolean },
  prepare: (page: import('playwright-core').Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const { context, close } = await openChromium({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(address);
  await page
    .getByText(/All is well|down|failed/)
    .first()
    .waitFor();
  await prepare(page);
  await page.screenshot({ path: `${folder}/dashboard-${name}.png` });
  await close();
  console.log(`${folder}/dashboard-${name}.png`);
}

const searchFor = async (page: import('playwright-core').Page, film: string) => {
  await page.getByRole('textbox', { name: 'Film' }).fill(film);
  await page.getByRole('button', { name: 'Search' }).click();
};

for (const film of films) await manager.handleUserSearch(film, { maxReviews: 40 });
await picture('overview', {});
await picture('overview-dark', { dark: true });
await picture('result', { height: 1300 }, async (page) => {
  await searchFor(page, 'RRR');
  await page.getByText('Recommended').waitFor();
});
await picture('narrow', { width: 360, height: 1400 }, async (page) => {
  await searchFor(page, 'Pushpa');
  await page.getByText('Recommended').waitFor();
});
sandbox.setFaults([{ kind: 'html', status: 503, service: 'x' }]);
await Promise.all(films.slice(3).map((film) => manager.handleUserSearch(film, { collectNewData: true })));
await picture('something-wrong', { height: 980 }, async (page) => {
  await page
    .getByText(/The breaker of twitter is open/)
    .first()
    .waitFor({ state: 'attached' });
  await searchFor(page, 'Interstellar');
  await page.getByText('Recommended').waitFor();
});
await server.close();
await manager.close({ graceMs: 0 });
await sandbox.close();
