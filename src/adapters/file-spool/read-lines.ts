import { open } from 'node:fs/promises';

export interface Line {
  /** Without the newline. */
  readonly bytes: Buffer;
  readonly start: number;
  /** Where the next line starts. */
  readonly end: number;
  /** false: the file ends without a newline. */
  readonly whole: boolean;
}

const chunkBytes = 256 * 1024;
const newline = 10;

/**
 * The next lines of a file, at least one unless there are none: as many as fit into a chunk, or one longer line. It
 * leaves no handle open, so that whoever stops listening leaves nothing behind.
 */
export async function readLines(path: string, from: number, to = Number.MAX_SAFE_INTEGER): Promise<Line[]> {
  const file = await open(path, 'r');
  try {
    let buffer = Buffer.allocUnsafe(Math.min(chunkBytes, to - from));
    let filled = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, from + filled);
      const lines = split(buffer.subarray(0, filled + bytesRead), filled, from);
      filled += bytesRead;
      if (lines.length > 0) return lines;
      if (bytesRead === 0 || from + filled >= to) {
        const rest = { bytes: buffer.subarray(0, filled), start: from, end: from + filled, whole: false };
        return filled === 0 ? [] : [rest];
      }
      if (filled === buffer.length) {
        const larger = Buffer.allocUnsafe(Math.min(2 * buffer.length, to - from));
        buffer.copy(larger);
        buffer = larger;
      }
    }
  } finally {
    await file.close();
  }
}

/** All lines of a file, from its beginning. */
export async function* allLines(path: string, to?: number): AsyncGenerator<Line> {
  let offset = 0;
  while (to === undefined || offset < to) {
    const lines = await readLines(path, offset, to);
    if (lines.length === 0) return;
    for (const line of lines) {
      yield line;
      offset = line.end;
    }
  }
}

/** @param searched - so many bytes are known to hold no newline */
function split(buffer: Buffer, searched: number, offset: number): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (let at = buffer.indexOf(newline, searched); at !== -1; at = buffer.indexOf(newline, start)) {
    lines.push({ bytes: buffer.subarray(start, at), start: offset + start, end: offset + at + 1, whole: true });
    start = at + 1;
  }
  return lines;
}
