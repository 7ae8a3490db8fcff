/** The `test` of any runner: vitest, node:test, jest. */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown;
