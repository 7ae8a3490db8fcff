// Appends until there is no room; prints how many entries are safe, how many can be read, and the error.
import { FileSpool } from '../../../../src/adapters/file-spool/index.js';
import { isReelflowError } from '../../../../src/errors/reelflow-error.js';
import { numbered } from './numbered.js';

const { directory }: { readonly directory: string } = JSON.parse(process.argv[2] ?? '');
const spool = new FileSpool({ directory });
let safe = 0;
let code = '';
let message = '';
while (code === '') {
  try {
    await spool.append({ batch: numbered(safe, 'x'.repeat(5000)) });
    safe += 1;
  } catch (error) {
    code = isReelflowError(error) ? error.code : 'none of ours';
    message = String(error);
  }
}
let readable = 0;
for await (const entry of spool.read()) {
  readable += 1;
  await spool.acknowledge(entry);
}
await spool.append({ batch: numbered(safe) });
console.log(JSON.stringify({ code, message, safe, readable, size: await spool.size() }));
