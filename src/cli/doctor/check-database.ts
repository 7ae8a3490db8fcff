import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toReelflowError } from '../../errors/classify-error.js';
import type { ReelflowError } from '../../errors/reelflow-error.js';
import { type DatabaseOptions, databaseName, databaseOptions } from '../parts/database-options.js';
import { loadDatabaseAdapter, openRepository } from '../parts/open-repository.js';
import type { Settings } from '../settings/settings.js';
import { type Finding, failed, ok, skipped, warning } from './finding.js';

/** The connection and the tables; nothing is made or changed. */
export async function checkDatabase(settings: Settings, cwd: string): Promise<readonly [Finding, Finding]> {
  const name = databaseName(settings);
  try {
    await loadDatabaseAdapter();
    const options = databaseOptions(settings, cwd);
    const early = options.type === 'sqlite' ? await checkFile(options.database, name) : null;
    return early ?? (await tryOpening(options, name));
  } catch (thrown) {
    return [refused(toReelflowError(thrown, 'database')), skipped('migrations', 'there is no connection')];
  }
}

async function tryOpening(options: DatabaseOptions, name: string): Promise<readonly [Finding, Finding]> {
  try {
    const repository = await openRepository({ ...options, migrate: false });
    try {
      const { ok: isHealthy, error } = await repository.health();
      if (!isHealthy)
        return [
          failed('database', error?.message ?? 'it does not answer', 'look at its log'),
          skipped('migrations', 'there is no connection'),
        ];
      const quarantined = await repository.quarantineSize();
      const waiting = quarantined === 0 ? '' : `; ${quarantined} records in quarantine, see reelflow quarantine`;
      return [ok('database', `${name} answers${waiting}`), ok('migrations', 'all tables are there')];
    } finally {
      await repository.close();
    }
  } catch (thrown) {
    const error = toReelflowError(thrown, 'database');
    const { missing } = error.details;
    if (!Array.isArray(missing)) throw error;
    return [
      ok('database', `${name} answers`),
      warning(
        'migrations',
        `${missing.length} tables are missing`,
        'they are made by whatever opens it next, such as reelflow runs; its user needs the right to make tables',
      ),
    ];
  }
}

/** A file that is not there is no fault: the first search makes it, where it may. */
async function checkFile(path: string, name: string): Promise<readonly [Finding, Finding] | null> {
  if (path === ':memory:')
    return [
      warning('database', ':memory: forgets everything at the end', 'give --database a file'),
      ok('migrations', 'are made each time'),
    ];
  const found = await stat(path).catch(() => null);
  const later = skipped('migrations', 'there is no database yet');
  if (found === null) {
    const directory = await nearestDirectory(dirname(path));
    if (await mayWrite(directory))
      return [ok('database', `${name} is not there yet: the first search makes it`), later];
    return [
      failed(
        'database',
        `${name} cannot be made: ${directory} cannot be written to`,
        'let this user write there, or give --database another place',
      ),
      later,
    ];
  }
  if (found.isDirectory()) return [failed('database', `${name} is a directory`, 'give --database a file'), later];
  if ((await mayWrite(path)) && (await mayWrite(dirname(path)))) return null;
  return [
    failed(
      'database',
      `${name} cannot be written to: SQLite writes the file and its directory`,
      'let this user write both, or give --database another place',
    ),
    later,
  ];
}

export async function nearestDirectory(directory: string): Promise<string> {
  const found = await stat(directory).catch(() => null);
  return found !== null || dirname(directory) === directory ? directory : nearestDirectory(dirname(directory));
}

export const mayWrite = (path: string): Promise<boolean> =>
  access(path, constants.W_OK).then(
    () => true,
    () => false,
  );

const fixes: Readonly<Record<string, string>> = {
  DB_CONNECTION: 'check that it runs, and host, port, user and password in REELFLOW_DATABASE',
  DB_TIMEOUT: 'check that it runs and can be reached from here',
  DB_READ_ONLY: 'let this user write to it',
  DB_STORAGE_FULL: 'free space on its disk',
  INVALID_OPTIONS: 'set REELFLOW_DATABASE right',
  DEPENDENCY_MISSING: 'install the package that the message names',
};

const refused = ({ code, message }: ReelflowError): Finding =>
  failed('database', `${code}: ${message}`, fixes[code] ?? 'look at its log');
