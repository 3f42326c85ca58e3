import { clusteredProportion } from '@milepost/statistics';
import type { ClusteredProportion } from '@milepost/statistics';
import { groupBy } from '../insights/by-label.js';

/** What was decided of an account, whatever else was known. */
export interface Counted {
  account: string;
  segment: string;
  came: number;
}

export const eventsOf = (rows: readonly Counted[]): number => rows.reduce((sum, { came }) => sum + came, 0);

export function countOf<T, K>(rows: readonly T[], of: (row: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
  return counts;
}

export const bySegment = <T extends Counted>(rows: readonly T[]): Map<string, T[]> =>
  groupBy(rows, ({ segment }) => segment);

export type SegmentShares = ReadonlyMap<string, ClusteredProportion>;

/** The share of each segment, with an interval that counts what an account does again and again as less than it seems. */
export function segmentShares(rows: readonly Counted[]): SegmentShares {
  return new Map([...bySegment(rows)].map(([segment, own]) => [segment, shareOf(own)]));
}

function shareOf(rows: readonly Counted[]): ClusteredProportion {
  const trials = countOf(rows, ({ account }) => account);
  const events = countOf(rows.filter(({ came }) => came === 1), ({ account }) => account); // prettier-ignore
  const accounts = [...trials.keys()];
  return clusteredProportion({
    events: accounts.map((account) => events.get(account) ?? 0),
    trials: accounts.map((account) => trials.get(account)!),
  });
}
