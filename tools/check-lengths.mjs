// No source file past 300 lines: a file holds one idea.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const most = 300;
const long = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => readFileSync(path, 'utf8').split('\n').length > most);
if (long.length > 0) {
  console.error(`past ${most} lines: ${long.join(', ')}`);
  process.exit(1);
}
