/** Where a function of a profile was written: by the source map beside a file of `dist`; without paths of ours. */
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = pathToFileURL(join(import.meta.dirname, '../../')).href;
const maps = new Map<string, SourceMap | undefined>();

function mapOf(url: string): SourceMap | undefined {
  if (!maps.has(url)) {
    const file = url.startsWith(`${root}dist/`) ? new URL(`${url}.map`) : undefined;
    maps.set(url, file && existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined);
  }
  return maps.get(url);
}

/** @param line from 0 up, as is the column. */
export function sourceOf(url: string, line: number, column: number): string {
  const entry = mapOf(url)?.findEntry(line, column);
  const isMapped = entry !== undefined && 'originalSource' in entry;
  const source = isMapped ? new URL(entry.originalSource, url).href : url;
  return `${short(source)}:${(isMapped ? entry.originalLine : line) + 1}`;
}

function short(url: string): string {
  if (!url.startsWith('file:')) return url;
  if (url.includes('/node_modules/')) return url.slice(url.lastIndexOf('/node_modules/') + 1);
  return url.startsWith(root) ? url.slice(root.length) : url.slice(url.lastIndexOf('/') + 1);
}
