import { type Finding, failed, ok } from './finding.js';

const least = { major: 22, minor: 16 };

/** @param version - such as '24.21.0' */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > least.major || (major === least.major && minor >= least.minor)) return ok('node', `Node ${version}`);
  return failed(
    'node',
    `Node ${version} has no SQLite that can be used`,
    `install Node ${least.major}.${least.minor} or later: https://nodejs.org`,
  );
}
