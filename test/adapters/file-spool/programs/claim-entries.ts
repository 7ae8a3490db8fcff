// Reads what others left, at the same time as others do, and prints the numbers of what it got.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileSpool } from '../../../../src/adapters/file-spool/index.js';

interface Input {
  readonly directory: string;
  /** Where the processes wait for each other. */
  readonly meeting: string;
  readonly processes: number;
  readonly acknowledges: boolean;
}

const { directory, meeting, processes, acknowledges }: Input = JSON.parse(process.argv[2] ?? '');

async function meet(place: string): Promise<void> {
  const path = join(meeting, place);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, `${process.pid}`), '');
  while ((await readdir(path)).length < processes) await new Promise<void>((resolve) => setImmediate(resolve));
}

const spool = new FileSpool({ directory });
const ids: Array<string | undefined> = [];
await meet('start');
for await (const entry of spool.read()) {
  ids.push(entry.batch.reviews?.reviews[0]?.tweetId);
  if (acknowledges) await spool.acknowledge(entry);
}
if (!acknowledges) await meet('end'); // a claim that is given back goes to the next one
await spool.close();
console.log(JSON.stringify(ids));
