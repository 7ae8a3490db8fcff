import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { entryHooks } from './entry-hooks.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The blocks of a guide that are marked as ts, by the name in their first line, or by their number. */
function blocksOf(guide: string): Map<string, string> {
  const text = readFileSync(`${root}docs/${guide}.md`, 'utf8');
  return new Map(
    [...text.matchAll(/^```ts\n(?:\/\/ (\S+\.ts)\n)?(.*?)^```$/gms)].map(([, name, code = ''], index) => [
      name ?? `${guide}-${index + 1}.ts`,
      code,
    ]),
  );
}

/** What the compiler says of files that exist in memory only, as if they lay in docs/. */
function complaintsAbout(blocks: ReadonlyMap<string, string>): string[] {
  const files = new Map([...blocks].map(([name, code]): [string, string] => [`${root}docs/${name}`, code]));
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const code = files.get(name);
    if (code === undefined) return getSourceFile(name, languageVersion, ...rest);
    return ts.createSourceFile(name, code, languageVersion);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((name) => {
    const file = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText, start = 0 }) =>
        `${name}, line ${file?.getLineAndCharacterOfPosition(start).line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

test('the code in the guides of adapters type-checks', () => {
  const blocks = new Map([...blocksOf('adapters'), ...blocksOf('write-your-own-adapter')]);
  expect(blocks.size).toBeGreaterThan(8);
  expect(complaintsAbout(blocks)).toEqual([]);
});

/** The provider of the guide's first client: it knows one film. */
async function startShelf(): Promise<{ url: string; close: () => void }> {
  const film = { id: 5, name: 'The Lighthouse Ledger' };
  const server = createServer(({ url = '', headers }, response) => {
    const known =
      url === '/films/5' ? film : url.startsWith('/films?') ? (url.includes('Lighthouse') ? [film] : []) : null;
    response.statusCode = headers.authorization !== 'Bearer test-key' ? 401 : known === null ? 404 : 200;
    response.end(JSON.stringify(known));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

test('the adapters in the guide keep their contracts', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'reelflow-guide-'));
  const shelf = await startShelf();
  try {
    for (const [name, code] of blocksOf('write-your-own-adapter'))
      await writeFile(join(directory, name), code.replace('http://127.0.0.1:8080', shelf.url));
    const suites = [
      'shelf-client',
      'forum-client',
      'repository',
      'word-list-analyzer',
      'genre-recommender',
      'analyzer',
    ];
    await writeFile(join(directory, 'all.mts'), suites.map((name) => `import './${name}.test.js';`).join('\n'));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...entryHooks({ vitest: 'node:test' }), '--test-reporter=tap', join(directory, 'all.mts')],
      { env: { ...process.env, NODE_OPTIONS: '' } },
    ).catch((failed: { stdout: string }) => failed);
    expect(stdout.match(/^ *not ok .*/gm)).toBeNull();
    expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(80);
  } finally {
    shelf.close();
    await rm(directory, { recursive: true });
  }
});
