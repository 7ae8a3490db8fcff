import { stat } from 'node:fs/promises';
import { toReelflowError } from '../../errors/classify-error.js';
import { surveySpools } from '../parts/spools.js';
import { bytes, count } from '../show/texts.js';
import { mayWrite, nearestDirectory } from './check-database.js';
import { type Finding, failed, ok, warning } from './finding.js';

/** Whether writes could be put aside at all, and whether some are. */
export async function checkSpool(root: string): Promise<Finding> {
  const directory = await nearestDirectory(root);
  const isDirectory = (await stat(directory)).isDirectory();
  if (!isDirectory || !(await mayWrite(directory)))
    return failed(
      'spool',
      `${directory} ${isDirectory ? 'cannot be written to' : 'is no directory'}: nothing could be put aside when the database is down`,
      'let this user write there, or set REELFLOW_SPOOL to another directory',
    );
  try {
    const spools = await surveySpools(root);
    const entries = spools.reduce((sum, spool) => sum + spool.entries, 0);
    const size = spools.reduce((sum, spool) => sum + spool.bytes, 0);
    const setAside = spools.flatMap((spool) => spool.setAside);
    if (entries > 0)
      return warning(
        'spool',
        `${count(entries, 'write')} (${bytes(size)}) wait for a database`,
        'bring the database back, then: reelflow spool replay',
      );
    if (setAside.length > 0)
      return warning(
        'spool',
        `${count(setAside.length, 'file')} of writes that could never be stored`,
        `read and remove: ${setAside.slice(0, 3).join(', ')}`,
      );
    return ok('spool', 'can be written to, nothing waits');
  } catch (thrown) {
    return failed('spool', toReelflowError(thrown, 'database').message, 'let this user read it');
  }
}
