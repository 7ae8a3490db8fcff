import { expect, test } from 'vitest';
import { MemoryRepository } from '../../src/index.js';
import { FakeMovieClient, FakeReviewClient, injectFaults } from '../../src/testing/index.js';
import { film, posts } from '../workflow/setup.js';
import { describeInChromium, expectQuiet, searchFor, visit, world } from './world.js';

const xIsDown = [{ kind: 'html', status: 503, service: 'x' }] as const;
const patient = { retryDelayMs: 60_000 };

describeInChromium('the dashboard in a real browser', () => {
  test('shows a search step by step, then the film, the opinions as a picture and recommendations with reasons', async () => {
    const { address, url } = await world();
    const watched = await visit(address);
    const { page } = watched;
    await page.getByText('All is well.').waitFor();
    await searchFor(page, 'RRR');
    await page.getByRole('heading', { name: 'RRR (2022)' }).waitFor();
    const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem');
    expect(await steps.allTextContents()).toEqual(
      ['identify', 'collect', 'validate', 'store', 'analyse', 'recommend'].map((name) =>
        expect.stringMatching(new RegExp(`^${name}: ok, [\\d.]+ m?s$`)),
      ),
    );
    expect(await page.getByRole('img', { name: /^Opinions: [\d.]+ % positive/ }).count()).toBe(1);
    const recommended = page.locator('.recommendations > li');
    expect(await recommended.count()).toBeGreaterThan(3);
    await recommended.first().getByText('Why').click();
    expect(await recommended.first().getByRole('listitem').first().textContent()).toMatch(/\d+ % of the score/);
    await page.getByRole('row', { name: /^tmdb 2 100 %/ }).waitFor();
    await page.getByRole('row', { name: /user_search RRR .*workflow ok/ }).waitFor();
    await page.getByRole('img', { name: /^twitter: 100 % of 1/ }).waitFor();
    expectQuiet(watched, url);
  });

  test('counts down to the next attempt of an API that fails, and has its open breaker at the top', async () => {
    const { address, url, manager } = await world({ faults: xIsDown, coordinator: patient });
    const watched = await visit(address);
    const { page } = watched;
    await page.getByText('All is well.').waitFor();
    await searchFor(page, 'RRR');
    const wait = page.getByText(/^twitter attempt 1 failed with API_UNAVAILABLE; the next in (\d+ s|1 min)$/);
    await wait.waitFor();
    const before = await wait.textContent();
    await expect.poll(() => wait.textContent(), { timeout: 15_000 }).not.toBe(before);
    manager.coordinator.configureApi('twitter', {
      limits: [],
      breaker: { minimumAttempts: 1 },
      retry: { maxRetries: 0 },
    });
    await manager.handleUserSearch('Interstellar');
    await page
      .locator('#health-banner[data-state="bad"]', { hasText: 'The breaker of twitter is open, since' })
      .waitFor();
    expect(await page.title()).toBe('▲ reelflow');
    await page.getByText('API_UNAVAILABLE', { exact: true }).waitFor();
    expectQuiet(watched, url);
  });

  test('says that an answer is degraded, and why', async () => {
    const { address, url } = await world({ faults: xIsDown, coordinator: { maxRetries: 0 } });
    const watched = await visit(address);
    const { page } = watched;
    await searchFor(page, 'RRR');
    await page.getByText(/^Degraded: something is missing or old · film live · posts none/).waitFor();
    await page.getByText(/^twitter: API_UNAVAILABLE: /).waitFor();
    await page.getByText('collect: degraded').waitFor();
    expectQuiet(watched, url);
  });

  test('has a database that is down at the top, and what waits in the spool', async () => {
    const { port, faults } = injectFaults(new MemoryRepository());
    const { address } = await world({ repository: port, coordinator: { maxRetries: 0 } });
    const { page } = await visit(address);
    await page.getByText('All is well.').waitFor();
    const gone = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    for (const method of ['apply', 'createRun', 'health'] as const) faults.add({ method, error: gone });
    await searchFor(page, 'RRR');
    const banner = page.locator('#health-banner[data-state="bad"]');
    await banner.getByText(/^The database is down, since \d\d:\d\d:\d\d/).waitFor();
    await banner.getByText(/writes? waits? for the database/).waitFor();
    faults.clear();
    await page.getByText('All is well.').waitFor();
  });

  test('asks for the token, and lets one that only reads look and start nothing', async () => {
    const { address, url } = await world({ auth: { bearer: ['full-token'], readOnly: ['read-token'] } });
    const watched = await visit(address);
    const { page } = watched;
    const token = page.getByLabel(/^The service asks for a token/);
    await token.fill('wrong-token');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('The service does not know this token.').waitFor();
    await token.fill('read-token');
    await page.keyboard.press('Enter');
    await page.getByText('This token may look and start nothing.').waitFor();
    await page.getByText('All is well.').waitFor();
    expect(await page.getByRole('button', { name: 'Search' }).isDisabled()).toBe(true);
    const refused = await page.evaluate(async () => {
      const answer = await fetch('workflows', {
        method: 'POST',
        headers: { authorization: 'Bearer read-token', 'content-type': 'application/json' },
        body: JSON.stringify({ movie_name: 'RRR' }),
      });
      return answer.status;
    });
    expect(refused).toBe(403);
    await page.getByRole('button', { name: 'Forget the token' }).click();
    await token.fill('full-token');
    await page.keyboard.press('Enter');
    await searchFor(page, 'RRR');
    await page.getByRole('heading', { name: 'RRR (2022)' }).waitFor();
    expect(page.url()).not.toContain('token');
    expectQuiet(watched, url);
  });

  test('shows what is meant to be a script as the text that it is', async () => {
    const attack = '<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>';
    const seed = film(1, `RRR ${attack}`, { directors: [attack] });
    const other = film(2, `Other ${attack}`, { directors: [attack] });
    const movies = new FakeMovieClient({ movies: [seed, other] });
    const broken = { ...posts(1, seed)[0], text: '' };
    const reviews = new FakeReviewClient({ reviews: posts(5, seed, attack) });
    const { address, url, manager } = await world({ movies, reviews, postTexts: true });
    await manager.coordinateDatabaseOperations({ movie: other });
    await manager.coordinateDatabaseOperations({ movie: seed, reviews: [{ ...broken, authorId: attack } as never] });
    const watched = await visit(address);
    const { page } = watched;
    await searchFor(page, `RRR ${attack}`);
    await page.getByRole('heading', { name: 'RRR <img src=x onerror="window.hacked=1">' }).waitFor();
    await page
      .getByText(/^Other <img src=x onerror/)
      .first()
      .waitFor();
    await page.getByText('Post: the post has no text').click();
    expect(await page.locator('.raw').first().textContent()).toContain('<script>window.hacked=2');
    await page.getByRole('row', { name: /user_search RRR <img/ }).waitFor();
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('main img, main script').count()).toBe(0);
    expectQuiet(watched, url);
  });

  test('has a record of quarantine checked again', async () => {
    const { address, manager } = await world();
    const [post] = posts(1);
    await manager.coordinateDatabaseOperations({ reviews: [{ ...post, text: '' } as never] });
    const { page } = await visit(address);
    await page.getByText('Post: the post has no text').click();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByRole('status').getByText('the post has no text').waitFor();
  });

  test('fits a screen of 360 pixels', async () => {
    const { address } = await world();
    const { page } = await visit(address, { viewport: { width: 360, height: 740 } });
    await searchFor(page, 'RRR');
    await page.getByText('Recommended').waitFor();
    await page.getByText('Every operation of the database').click();
    await page.getByRole('row', { name: /^store collection/ }).waitFor();
    const [content, screen] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return [scrollWidth, clientWidth];
    });
    expect(content).toBeLessThanOrEqual(screen ?? 0);
  });

  test('can be used with the keyboard alone', async () => {
    const { address } = await world();
    const { page } = await visit(address);
    await page.getByText('All is well.').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the search');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('RRR');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'RRR (2022)' }).waitFor();
  });

  test('is named and ordered for those who listen to it', async () => {
    const { address } = await world();
    const { page } = await visit(address);
    await searchFor(page, 'RRR');
    await page.getByText('Recommended').waitFor();
    const found = await page.evaluate(() => {
      const controls = [...document.querySelectorAll('button, input')];
      return {
        lang: document.documentElement.lang,
        unnamed: controls.filter((control) => {
          const labels = control instanceof HTMLInputElement ? [...(control.labels ?? [])] : [];
          return `${control.textContent}${labels.map(({ textContent }) => textContent).join('')}`.trim() === '';
        }).length,
        levels: [...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) => Number(tagName.slice(1))),
        tablesWithoutCaption: document.querySelectorAll('table:not(:has(caption))').length,
        pictures: [...document.querySelectorAll('svg')].every((svg) => svg.getAttribute('aria-label') !== null),
      };
    });
    expect(found).toMatchObject({ lang: 'en', unnamed: 0, tablesWithoutCaption: 0, pictures: true });
    expect(found.levels[0]).toBe(1);
    expect(found.levels.every((level, index) => level - (found.levels[index - 1] ?? 0) <= 1)).toBe(true);
  });

  test.each(['light', 'dark'] as const)('follows the reader into the %s', async (colorScheme) => {
    const { address } = await world();
    const { page } = await visit(address, { viewport: { width: 800, height: 600 }, colorScheme });
    const colour = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(colour).toBe(colorScheme === 'light' ? 'rgb(251, 251, 250)' : 'rgb(20, 21, 23)');
  });

  test('says since when it is out of date, and comes back by itself when the service does', async () => {
    const first = await world();
    const { page } = await visit(first.address);
    await page.getByText('All is well.').waitFor();
    await first.close();
    await page
      .locator('#health-banner', { hasText: /^This page is out of date: nothing was heard from the service since/ })
      .waitFor();
    await page.locator('#connection', { hasText: 'out of date since' }).waitFor();
    const again = await world({ port: Number(new URL(first.url).port) });
    await page.locator('#connection', { hasText: 'live' }).waitFor();
    await page.getByText('All is well.').waitFor();
    await again.manager.handleUserSearch('Interstellar');
    await page.getByRole('row', { name: /user_search Interstellar/ }).waitFor();
  });
});
