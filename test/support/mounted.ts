import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { skipFor } from './requirements.js';

const mount = (...parameters: string[]) => void execFileSync('mount', parameters, { stdio: 'pipe' });
const unmount = (directory: string) => void execFileSync('umount', ['--lazy', directory], { stdio: 'pipe' });

/** A file system of so many kB, gone with the test. */
export function smallDisk(kilobytes: number): string {
  const directory = emptyDirectory();
  mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', directory);
  onTestFinished(() => unmount(directory));
  return directory;
}

/** The same directory at another path, where nobody can write, not even root. */
export function readOnlyViewOf(directory: string): string {
  const view = emptyDirectory();
  mount('--bind', directory, view);
  onTestFinished(() => unmount(view));
  mount('-o', 'remount,bind,ro', view);
  return view;
}

function emptyDirectory(): string {
  const parent = mkdtempSync(join(tmpdir(), 'reelflow-mount-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true })); // hooks run last first: after the unmount
  const directory = join(parent, 'at');
  mkdirSync(directory);
  return directory;
}

/** Tests that need file systems of their own: skipped with the reason where they cannot be mounted. */
export function describeWithMounts(name: string, tests: () => void): void {
  const reason = whyNot();
  if (reason === undefined) {
    describe(name, tests);
    return;
  }
  skipFor(reason, name);
}

function whyNot(): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'reelflow-mount-'));
  try {
    mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory);
    unmount(directory);
    return undefined;
  } catch {
    return 'no file system can be mounted here';
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
