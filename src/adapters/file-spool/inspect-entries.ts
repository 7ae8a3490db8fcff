import { truncate } from 'node:fs/promises';
import type { Logger } from '../../ports/logger.js';
import { decodeLine } from './line.js';
import { Positions } from './positions.js';
import { allLines, type Line } from './read-lines.js';
import { addLine, blankLines, isBlank } from './side-file.js';
import type { SourceFiles } from './source-files.js';

export interface Inspection {
  readonly positions: Positions;
  readonly lines: number;
  readonly length: number;
}

export interface InspectOptions {
  readonly logger: Logger;
  /** Up to where the lines are known to have been whole; without it, the last one may be torn: nobody relies on it. */
  readonly length?: number;
}

/** Finds what waits in a file, moves damaged lines out of it, and cuts off a last line that was never whole. */
export async function inspectEntries(files: SourceFiles, { logger, length }: InspectOptions): Promise<Inspection> {
  const positions = new Positions();
  const moved: Line[] = [];
  let end = 0;
  let lines = 0;
  let bad: Line | undefined;
  const moveAway = async (line: Line) => {
    await addLine(files.damaged, line.bytes);
    const place = { source: files.source, offset: line.start, bytes: line.end - line.start };
    logger.error({ event: 'spool_line_damaged', ...place }, `a damaged line was moved to ${files.damaged}`);
    moved.push({ ...line, bytes: Buffer.alloc(0) });
  };

  for await (const line of allLines(files.entries, length)) {
    end = line.end;
    if (isBlank(line)) continue;
    if (bad !== undefined) await moveAway(bad);
    const entry = line.whole ? decodeLine(line.bytes) : undefined;
    bad = entry === undefined || entry.position <= positions.last ? line : undefined;
    if (entry === undefined || bad !== undefined) continue;
    positions.add(entry.position);
    lines += 1;
  }
  if (bad !== undefined && length === undefined) {
    await truncate(files.entries, bad.start);
    const place = { source: files.source, offset: bad.start, bytes: end - bad.start };
    logger.warn(
      { event: 'spool_line_torn', ...place },
      'the last line, whose process ended while it wrote, is left out',
    );
    end = bad.start;
  } else if (bad !== undefined) {
    await moveAway(bad);
  }
  await blankLines(files.entries, moved);
  return { positions, lines, length: end };
}
