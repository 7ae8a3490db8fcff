// Builds the dashboard into src/http/dashboard/page.ts: one page with its style and script inside, and places for a nonce.
import { readFileSync, writeFileSync } from 'node:fs';
import { buildSync } from 'esbuild';

const target = 'src/http/dashboard/page.ts';

const bundle = (entry, more = {}) =>
  buildSync({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    charset: 'utf8',
    legalComments: 'none',
    ...more,
  }).outputFiles[0].text.trim();

const script = bundle('dashboard/main.ts', { target: 'es2023', format: 'esm' });
if (script.includes('</script')) throw new Error('the script would end itself');
const style = bundle('dashboard/page.css', { target: ['chrome120', 'firefox120', 'safari17'] });
const html = readFileSync('dashboard/page.html', 'utf8')
  .replace(/\n\s*/g, '\n')
  .replace('></style>', () => `>${style}</style>`)
  .replace('></script>', () => `>${script}</script>`);

const source = `/** The dashboard, with %NONCE% where its nonce belongs. Made by \`npm run build:dashboard\` from dashboard/. */
export const page: string = ${JSON.stringify(html)};
`;
const before = (() => {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return '';
  }
})();
if (process.argv.includes('--check')) {
  if (before !== source) {
    console.error(`${target} is not made from dashboard/ as it is: npm run build:dashboard`);
    process.exit(1);
  }
} else if (before !== source) writeFileSync(target, source);
console.log(`${target}: ${Buffer.byteLength(html)} bytes`);
