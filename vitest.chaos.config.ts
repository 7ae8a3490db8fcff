import config from './vitest.config.ts';

/** Kills processes at random moments: minutes, not seconds. */
export default { ...config, test: { ...config.test, include: ['test/chaos/**/*.chaos.ts'], fileParallelism: false } };
