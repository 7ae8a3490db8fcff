import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    tmdb: 'src/adapters/tmdb/index.ts',
    twitter: 'src/adapters/twitter/index.ts',
    typeorm: 'src/adapters/typeorm/index.ts',
    redis: 'src/adapters/redis/index.ts',
    testing: 'src/testing/index.ts',
    sandbox: 'src/sandbox/index.ts',
    http: 'src/http/index.ts',
    otel: 'src/otel/index.ts',
    cli: 'src/cli/main.ts',
  },
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  dts: !process.argv.includes('--no-dts'),
  noExternal: ['zod'], // of its 100 files one chunk holds what is used: docs/decisions/dependencies.md
  splitting: true,
  clean: true,
  removeNodeProtocol: false, // the default turns node:sqlite into a package that does not exist
});
