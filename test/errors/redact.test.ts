import { describe, expect, test } from 'vitest';
import { redact } from '../../src/errors/redact.js';

/** Made up, in the shapes of the real ones. */
const xBearer = 'AAAAAAAAAAAAAAAAAAAAAPz0Qx%2FmAdeUp%2BtOkEn%3DzzYYxxWWvvUUttSSrrQQppOOnnMMllKKjjIIhhGG';
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJtYWRldXAifQ.c2lnbmF0dXJl-bWFkZV91cA';
const v3Key = '0123456789abcdef0123456789abcdef';

describe('redact', () => {
  test.each([
    ['a bearer token', `authorization: Bearer ${xBearer}`, xBearer.slice(-20)],
    ['a bearer token in the middle', `sent Bearer ${xBearer}, got 401`, 'zzYYxx'],
    ['basic credentials', 'Authorization: Basic dXNlcjpodW50ZXIyaHVudGVy', 'dXNlcjpod'],
    ['a JWT on its own', `the token was ${jwt} there`, 'c2lnbmF0'],
    ['a key in a URL', `GET https://api.themoviedb.org/3/movie/1?api_key=${v3Key}&language=en`, v3Key],
    ['a key in JSON', `{"api_key":"${v3Key}","page":1}`, v3Key],
    ['a key in a header', `x-api-key: ${v3Key}`, v3Key],
    ['an environment variable', `TMDB_ACCESS_TOKEN=${v3Key}`, v3Key],
    ['another one', `TWITTER_BEARER_TOKEN=${xBearer}`, 'zzYYxx'],
    ['an option', `{ bearerToken: '${xBearer}' }`, 'zzYYxx'],
    ['a client secret', 'client_secret=hunter2hunter2', 'hunter2'],
    ['a refresh token', 'refresh_token: hunter2hunter2', 'hunter2'],
    ['a password', 'password=hunter2', 'hunter2'],
    ['a password with spaces in quotes', 'password: "hunter2 and more"', 'and more'],
    ['a password in a URL', 'postgres://app:hunter2@db.internal:5432/films', 'hunter2'],
    ['a password in a URL without a user', 'redis://:hunter2@cache.internal:6379', 'hunter2'],
    ['a password with an @ in a URL', 'mysql://app:hun@ter2@db.internal/films', 'ter2'],
  ])('takes out %s', (_, text, secret) => {
    expect(text).toContain(secret);
    expect(redact(text)).not.toContain(secret);
    expect(redact(text)).toContain('[redacted]');
  });

  test('leaves the rest readable', () => {
    expect(redact(`GET /3/movie/1?api_key=${v3Key}&language=en failed`)).toBe(
      'GET /3/movie/1?api_key=[redacted]&language=en failed',
    );
    expect(redact('postgres://app:hunter2@db.internal:5432/films is down')).toBe(
      'postgres://[redacted]@db.internal:5432/films is down',
    );
    expect(redact(`{"api_key":"${v3Key}","page":1}`)).toBe('{"api_key":"[redacted]","page":1}');
  });

  test.each([
    'connect ECONNREFUSED 127.0.0.1:443',
    'https://api.themoviedb.org/3/search/movie?query=RRR answered 404',
    'SQLITE_CONSTRAINT: UNIQUE constraint failed: reelflow_movies.tmdb_id',
    'mail admin@example.com about it',
    'your Basic tier may not do this: it needs a Bearer token',
    "Cannot read properties of undefined (reading 'token')",
    '',
  ])('leaves %j alone', (text) => {
    expect(redact(text)).toBe(text);
  });

  test('every secret of a text, not just the first', () => {
    expect(redact(`token=${v3Key} token=${v3Key}`)).toBe('token=[redacted] token=[redacted]');
  });

  test('takes long texts in its stride: a pattern that is quadratic would hang here', () => {
    for (const text of [
      '/'.repeat(200_000),
      'token'.repeat(40_000),
      `//${'a:'.repeat(100_000)}`,
      'eyJ'.repeat(70_000),
    ]) {
      expect(redact(text)).toBe(text);
    }
  });
});
