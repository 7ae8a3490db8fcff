// Appends one entry, reads it, and comes to its end without closing.
import { FileSpool } from '../../../../src/adapters/file-spool/index.js';
import { numbered } from './numbered.js';

const { directory }: { readonly directory: string } = JSON.parse(process.argv[2] ?? '');
const spool = new FileSpool({ directory });
await spool.append({ batch: numbered(1) });
const positions: number[] = [];
for await (const { position } of spool.read()) positions.push(position);
console.log(JSON.stringify(positions));
