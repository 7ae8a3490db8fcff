import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { page } from '../../src/http/dashboard/page.js';
import { requestAndCheck } from '../http/request-and-check.js';
import { base, serviced } from '../http/setup.js';

type Colours = ReadonlyMap<string, readonly [red: number, green: number, blue: number]>;

/** The custom properties of a theme, as page.css writes them. */
function themes(): Record<'light' | 'dark', Colours> {
  const css = readFileSync('dashboard/page.css', 'utf8');
  const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
  const read = (text: string): Colours =>
    new Map(
      [...text.slice(0, text.indexOf('}')).matchAll(/--([\w-]+): #(\w\w)(\w\w)(\w\w)/g)].map(
        ([, name = '', ...parts]) => {
          const [red = 0, green = 0, blue = 0] = parts.map((part) => Number.parseInt(part, 16));
          return [name, [red, green, blue]];
        },
      ),
    );
  return { light: read(light), dark: read(dark) };
}

/** By WCAG 2. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const luminance = (colour: readonly number[]) => {
    const [red = 0, green = 0, blue = 0] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe('the page of the dashboard', () => {
  test('is made from its sources as they are', () => {
    expect(() =>
      execFileSync(process.execPath, ['tools/build-dashboard.mjs', '--check'], { stdio: 'pipe' }),
    ).not.toThrow();
  });

  test('is public, with another nonce each time, which the policy names', async () => {
    const { app } = serviced();
    const [one, other] = [
      await requestAndCheck(app, `${base}/dashboard`),
      await requestAndCheck(app, `${base}/dashboard`),
    ];
    const nonceOf = (text: string) => text.match(/<script nonce="([^"]+)"/)?.[1];
    expect(nonceOf(one.text)).toMatch(/^[\w+/]{24}$/);
    expect(nonceOf(one.text)).not.toBe(nonceOf(other.text));
    expect(one.headers.get('content-security-policy')).toContain(`script-src 'nonce-${nonceOf(one.text)}'`);
  });

  test('is small, and names no other address', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(150_000);
    expect(page.match(/https?:\/\/[^"'`\s]+/g)).toEqual(['http://www.w3.org/2000/svg']);
  });

  test('has a nonce on its one script and its one style, and neither handlers nor styles in its markup', () => {
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/nonce="%NONCE%"/g)).toHaveLength(2);
    const markup = page.replace(/<(style|script)[\s\S]*<\/\1>/g, '');
    expect(markup).not.toMatch(/ (style|on\w+)=/);
    expect(page).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
  });

  describe.each(['light', 'dark'] as const)('in the %s', (name) => {
    const colours = themes()[name];
    test.each([
      ['ink', 'paper'],
      ['ink', 'card'],
      ['soft', 'card'],
      ['soft', 'paper'],
      ['accent', 'card'],
      ['accent-ink', 'accent'],
      ['good', 'card'],
      ['fair', 'card'],
      ['bad', 'card'],
      ['bad', 'bad-paper'],
      ['ink', 'bad-paper'],
      ['ink', 'good-paper'],
    ])('%s can be read on %s', (ink, paper) => {
      const [front, back] = [colours.get(ink), colours.get(paper)];
      expect(front && back && contrast(front, back)).toBeGreaterThanOrEqual(4.5);
    });
  });
});
