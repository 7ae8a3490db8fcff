// Appends numbered entries, some at once, until it is killed; prints the number of each one that is safe.
import { writeSync } from 'node:fs';
import { FileSpool } from '../../../../src/adapters/file-spool/index.js';
import { numbered } from './numbered.js';

interface Input {
  readonly directory: string;
  readonly from: number;
  readonly atOnce: number;
}

const { directory, from, atOnce }: Input = JSON.parse(process.argv[2] ?? '');
const spool = new FileSpool({ directory });
for (let first = from; ; first += atOnce) {
  const numbers = Array.from({ length: atOnce }, (_, index) => first + index);
  await Promise.all(
    numbers.map(async (number) => {
      await spool.append({ batch: numbered(number, 'x'.repeat((number * 7919) % 20_000)) });
      writeSync(1, `${number}\n`);
    }),
  );
}
