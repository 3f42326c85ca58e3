/** Counts of what was decided, whatever else was known. */
export interface Counted {
  segment: string;
  came: number;
  accounts: number;
}

export const countOf = (rows: readonly Counted[]): number => rows.reduce((sum, { accounts }) => sum + accounts, 0);
export const eventsOf = (rows: readonly Counted[]): number => countOf(rows.filter(({ came }) => came === 1));

export type SegmentCounts = ReadonlyMap<string, { decided: number; came: number }>;

export function countsBySegment(rows: readonly Counted[]): SegmentCounts {
  const counts = new Map<string, { decided: number; came: number }>();
  for (const { segment, came, accounts } of rows) {
    const own = counts.get(segment) ?? { decided: 0, came: 0 };
    counts.set(segment, { decided: own.decided + accounts, came: own.came + came * accounts });
  }
  return counts;
}

/** The share of each segment, with one event and one without added, so that a segment without events is not certain. */
export function segmentShares(rows: readonly Counted[]): (segment: string) => number {
  const counts = countsBySegment(rows);
  return (segment) => {
    const { decided, came } = counts.get(segment) ?? { decided: 0, came: 0 };
    return (came + 1) / (decided + 2);
  };
}
