import { OTHER } from '../paths/paths.js';

/** Accounts that had the same touches in the same order. */
export interface Touched {
  channels: string[];
  accounts: number;
}

/**
 * With more different touches than `most`, the rarest are one, named `other`: each alone would be told of a handful of
 * accounts, and removal costs the cube of their number.
 */
export function withoutRare<T extends Touched>(rows: readonly T[], most: number): { rows: T[]; rare: number } {
  const accounts = new Map<string, number>();
  for (const row of rows) {
    for (const one of new Set(row.channels)) accounts.set(one, (accounts.get(one) ?? 0) + row.accounts);
  }
  if (accounts.size <= most) return { rows: [...rows], rare: 0 };
  const byAccounts = [...accounts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const kept = new Set(byAccounts.slice(0, most - 1).map(([name]) => name));
  const renamed = rows.map((row) => ({ ...row, channels: row.channels.map((one) => (kept.has(one) ? one : OTHER)) }));
  return { rows: renamed, rare: accounts.size - kept.size };
}
