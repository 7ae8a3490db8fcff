import { withoutPosts } from '../../ports/without-posts.js';
import type { EntriesFile } from './entries-file.js';
import { decodeLine, encodeBody, encodeLine } from './line.js';
import type { Positions } from './positions.js';
import type { Line } from './read-lines.js';
import { unchanged } from './rewrite-entries.js';

/** Takes posts out of a source's entries, on the disk too; resolves with the ids of those that waited in a batch. */
export async function forgetPosts(
  file: EntriesFile,
  positions: Positions,
  tweetIds: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const ids = [...tweetIds];
  const removed = new Set<string>();
  const change = ({ bytes, ...line }: Line): Buffer | undefined => {
    const entry = decodeLine(bytes);
    if (entry === undefined) return ids.some((id) => bytes.includes(id)) ? undefined : unchanged({ bytes, ...line });
    if (!positions.has(entry.position)) return undefined;
    const without = withoutPosts(entry.batch, tweetIds);
    if (without === undefined) return unchanged({ bytes, ...line });
    for (const id of without.removed) removed.add(id);
    return encodeLine(entry.position, encodeBody({ ...entry, batch: without.batch }));
  };
  if (await holdsAny(file, tweetIds)) await file.rewrite(change);
  return removed;
}

/** Looks first: most files hold none of the posts, and a rewritten one needs as much room again for a while. */
async function holdsAny(file: EntriesFile, tweetIds: ReadonlySet<string>): Promise<boolean> {
  const ids = [...tweetIds];
  let offset = 0;
  for (;;) {
    const lines = await file.read(offset);
    if (lines.length === 0) return false;
    for (const { bytes, end } of lines) {
      offset = end;
      const entry = decodeLine(bytes);
      const found =
        entry === undefined ? ids.some((id) => bytes.includes(id)) : withoutPosts(entry.batch, tweetIds) !== undefined;
      if (found) return true;
    }
  }
}
