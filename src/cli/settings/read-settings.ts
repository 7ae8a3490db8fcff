import { ReelflowError } from '../../errors/reelflow-error.js';
import type { CliIo } from '../cli-io.js';
import { readSettingsFile } from './read-file.js';
import { type SettingName, type Settings, settingNames, settingSources, settingsSchema } from './settings.js';

/** What commander made of the flags, by its own names. */
export type Flags = Readonly<Record<string, unknown>>;

interface Found {
  readonly value: unknown;
  /** As messages name it: '--max-usd', 'REELFLOW_MAX_USD' or 'maxUsd in reelflow.config.json'. */
  readonly origin: string;
}

/** Flags before environment before file, checked together. @throws INVALID_OPTIONS that names what is wrong, and where */
export async function readSettings({ env, cwd }: Pick<CliIo, 'env' | 'cwd'>, flags: Flags): Promise<Settings> {
  const file = await readSettingsFile(cwd, typeof flags['config'] === 'string' ? flags['config'] : undefined);
  const found = new Map<SettingName, Found>();
  for (const name of settingNames) {
    const { env: variable, flag } = settingSources[name];
    const fromFlag = flag === undefined ? undefined : flags[flag];
    const fromEnv = env[variable];
    if (fromFlag !== undefined)
      found.set(name, { value: fromText(name, fromFlag), origin: `--${kebab(flag ?? name)}` });
    else if (fromEnv !== undefined && fromEnv.trim() !== '')
      found.set(name, { value: fromText(name, fromEnv), origin: variable });
    else if (file.values[name] !== undefined)
      found.set(name, { value: file.values[name], origin: `${name} in ${file.name}` });
  }
  const parsed = settingsSchema.safeParse(Object.fromEntries([...found].map(([name, { value }]) => [name, value])));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const origin = [...found].find(([name]) => name === issue?.path[0])?.[1].origin ?? 'the settings';
    throw new ReelflowError('INVALID_OPTIONS', `${origin}: ${issue?.message.replace(/^Invalid input: /, '')}`);
  }
  refusePasswordInFlag(flags['database']);
  return parsed.data;
}

/** Flags and variables are texts: numbers and switches are read from them, and what is none of them fails its check. */
function fromText(name: SettingName, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const inner = settingsSchema.shape[name].unwrap();
  if (inner.type === 'number') return value.trim() === '' || Number.isNaN(Number(value)) ? value : Number(value);
  if (inner.type === 'boolean') return { true: true, '1': true, false: false, '0': false }[value.trim()] ?? value;
  return value;
}

function refusePasswordInFlag(database: unknown): void {
  if (typeof database !== 'string' || !URL.canParse(database) || new URL(database).password === '') return;
  throw new ReelflowError(
    'INVALID_OPTIONS',
    '--database must hold no password, since everybody on this machine sees the flags of a process: set REELFLOW_DATABASE, or database in the file',
  );
}

export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
