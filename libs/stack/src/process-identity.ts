import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * A process named so that a later one with the same number is not mistaken for it: its number and when it began.
 * Null when there is no such process.
 */
export function identityOf(pid: number): string | null {
  try {
    if (process.platform !== 'linux') {
      const began = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
      return began === '' ? null : `${pid} ${began}`;
    }
    // Field 22 of stat, in ticks since boot; the name in field 2 may hold spaces and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    if (fields[0] === 'Z') return null;
    return `${pid} ${fields[19]} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return null;
  }
}

export function writeIdentity(file: string, pid: number): void {
  const identity = identityOf(pid);
  if (identity !== null) writeFileSync(file, identity);
}

/** The process that a file names, if that very process still runs. */
export function livingProcess(file: string): number | null {
  let identity: string;
  try {
    identity = readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
  const pid = Number(identity.split(' ')[0]);
  return pid > 0 && identityOf(pid) === identity ? pid : null;
}

export function forgetIdentity(file: string): void {
  rmSync(file, { force: true });
}
