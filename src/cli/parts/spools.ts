import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type SpoolSurvey, surveySpool } from '../../adapters/file-spool/survey-spool.js';

/** What lies in the spools of all databases below a directory; the directory itself may be one, too. */
export async function surveySpools(root: string): Promise<SpoolSurvey[]> {
  const directories = await readdir(root, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const below = directories.filter((entry) => entry.isDirectory()).map(({ name }) => join(root, name));
  const found: SpoolSurvey[] = [];
  for (const directory of [root, ...below.sort()]) {
    const survey = await surveySpool(directory);
    if (survey.entries > 0 || survey.damaged > 0 || survey.setAside.length > 0) found.push(survey);
  }
  return found;
}
