import * as z from 'zod';

const text = z.string().trim().min(1, 'must not be empty');
const amount = z.number().positive('must be above 0');
const whole = (least: number, most: number) =>
  z.number().int('must be a whole number').min(least, `must be from ${least} up`).max(most, `must be at most ${most}`);
const url = z.url({ protocol: /^https?$/, error: 'must be a URL with http:// or https://' });

const longestTimerMs = 2 ** 31 - 1;

/** Every setting by its name in the file. All are optional; what is absent has its default where it is used. */
export const settingsSchema = z.strictObject({
  tmdbAccessToken: text.optional(),
  xBearerToken: text.optional(),
  sandbox: z.boolean().optional(),
  tmdbBaseUrl: url.optional(),
  xBaseUrl: url.optional(),
  language: text.optional(),
  region: text.optional(),
  reviewLanguage: text.optional(),
  database: text.optional(),
  tablePrefix: text.optional(),
  spool: text.optional(),
  maxReviews: whole(0, 1000).optional(),
  deadlineMs: whole(1, longestTimerMs).optional(),
  maxUsd: amount.optional(),
  usdPerDay: amount.optional(),
  usdPerMonth: amount.optional(),
  postsPerMonth: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  host: text.optional(),
  port: whole(0, 65_535).optional(),
  basePath: z.string().optional(),
  token: text.optional(),
  readToken: text.optional(),
  url: url.optional(),
});

export type Settings = Readonly<z.infer<typeof settingsSchema>>;
export type SettingName = keyof Settings;

/** Where a setting comes from besides the file. What has no flag is a secret, or too rare to deserve one. */
export interface SettingSource {
  readonly env: string;
  /** As commander names the value of the flag. */
  readonly flag?: string;
  readonly secret?: true;
}

const flagged = (env: string, flag: string): SettingSource => ({ env, flag });
const secret = (env: string): SettingSource => ({ env, secret: true });

export const settingSources: Readonly<Record<SettingName, SettingSource>> = {
  tmdbAccessToken: secret('TMDB_ACCESS_TOKEN'),
  xBearerToken: secret('X_BEARER_TOKEN'),
  sandbox: flagged('REELFLOW_SANDBOX', 'sandbox'),
  tmdbBaseUrl: { env: 'REELFLOW_TMDB_BASE_URL' },
  xBaseUrl: { env: 'REELFLOW_X_BASE_URL' },
  language: { env: 'REELFLOW_LANGUAGE' },
  region: { env: 'REELFLOW_REGION' },
  reviewLanguage: { env: 'REELFLOW_REVIEW_LANGUAGE' },
  database: flagged('REELFLOW_DATABASE', 'database'),
  tablePrefix: { env: 'REELFLOW_TABLE_PREFIX' },
  spool: { env: 'REELFLOW_SPOOL' },
  maxReviews: flagged('REELFLOW_MAX_REVIEWS', 'maxReviews'),
  deadlineMs: flagged('REELFLOW_DEADLINE_MS', 'deadline'),
  maxUsd: flagged('REELFLOW_MAX_USD', 'maxUsd'),
  usdPerDay: { env: 'REELFLOW_USD_PER_DAY' },
  usdPerMonth: { env: 'REELFLOW_USD_PER_MONTH' },
  postsPerMonth: { env: 'REELFLOW_POSTS_PER_MONTH' },
  host: flagged('REELFLOW_HOST', 'host'),
  port: flagged('REELFLOW_PORT', 'port'),
  basePath: flagged('REELFLOW_BASE_PATH', 'basePath'),
  token: secret('REELFLOW_TOKEN'),
  readToken: secret('REELFLOW_READ_TOKEN'),
  url: flagged('REELFLOW_URL', 'url'),
};

export const settingNames = Object.keys(settingSources).filter((name): name is SettingName => name in settingSources);
