import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { nearestName } from './nearest-name.js';
import { settingNames } from './settings.js';

const standardFile = 'reelflow.config.json';

export interface SettingsFile {
  /** As it is named in messages; null: there is none. */
  readonly name: string | null;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Reads the file that was asked for, or the standard one when it is there. @throws INVALID_OPTIONS */
export async function readSettingsFile(cwd: string, asked: string | undefined): Promise<SettingsFile> {
  const name = asked ?? standardFile;
  let text: string;
  try {
    text = await readFile(resolve(cwd, name), 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing && asked === undefined) return { name: null, values: {} };
    throw invalid(name, missing ? 'there is no such file' : 'it cannot be read');
  }
  const values = parse(name, text);
  for (const key of Object.keys(values)) {
    if (key === '$schema' || settingNames.some((known) => known === key)) continue;
    const nearest = nearestName(key, settingNames);
    const hint = nearest === undefined ? `there are ${settingNames.join(', ')}` : `did you mean ${nearest}?`;
    throw invalid(name, `${JSON.stringify(key.slice(0, 50))} is no setting: ${hint}`);
  }
  return { name, values };
}

/** The text itself stays out of the message: it may hold keys. */
function parse(name: string, text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalid(name, 'it is no JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw invalid(name, 'it must hold an object, such as { "database": "reelflow.db" }');
  return { ...parsed };
}

const invalid = (name: string, why: string): ReelflowError => new ReelflowError('INVALID_OPTIONS', `${name}: ${why}`);
