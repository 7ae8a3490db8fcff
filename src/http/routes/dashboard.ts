import { randomBytes } from 'node:crypto';
import { answer } from '../answer.js';
import { page } from '../dashboard/page.js';
import type { Route } from './route.js';

/** The shell of the page holds no figure: a browser sends no token when it navigates, so whoever asks gets it. */
export const dashboardRoute = (): Route => ({
  method: 'GET',
  path: '/dashboard',
  access: 'public',
  doc: {
    operationId: 'dashboard',
    summary: 'A page to look at; its figures come by the routes beside it, with the token',
    answers: { 200: { description: 'The page', contentType: 'text/html; charset=utf-8' } },
  },
  answer: () => {
    const nonce = randomBytes(18).toString('base64');
    return answer(page.replaceAll('%NONCE%', nonce), 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy(nonce),
    });
  },
});

/** Only what is on the page itself runs, and it speaks to nobody but its own service. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
