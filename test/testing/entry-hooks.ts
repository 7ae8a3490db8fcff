const root = new URL('../../', import.meta.url);

const entries = {
  reelflow: `${root}src/index.ts`,
  'reelflow/testing': `${root}src/testing/index.ts`,
  'reelflow/tmdb': `${root}src/adapters/tmdb/index.ts`,
  'reelflow/twitter': `${root}src/adapters/twitter/index.ts`,
};

/** Node runs TypeScript by itself from 22.18 on. */
const stripTypes = process.version.startsWith('v22.') ? ['--experimental-strip-types'] : [];

/** Flags for a Node that runs TypeScript in which the package's entries are its sources, and some modules are others. */
export function entryHooks(others: Readonly<Record<string, string>> = {}, preparation = ''): string[] {
  const code = `
    import { registerHooks } from 'node:module';
    const modules = ${JSON.stringify({ ...entries, ...others })};
    registerHooks({ resolve: (name, context, next) => next(Object.hasOwn(modules, name) ? modules[name] : name, context) });
    ${preparation}`;
  return [
    ...stripTypes,
    `--import=${new URL('test/support/resolve-typescript.mjs', root)}`,
    `--import=data:text/javascript,${encodeURIComponent(code)}`,
  ];
}
