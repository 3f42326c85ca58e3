/** What has a name in both plans, what only in one. */
export interface Matched<T> {
  added: T[];
  removed: T[];
  kept: [before: T, after: T][];
}

export function matchNames<T>(before: readonly T[], after: readonly T[], nameOf: (one: T) => string): Matched<T> {
  const old = new Map(before.map((one) => [nameOf(one), one]));
  const now = new Map(after.map((one) => [nameOf(one), one]));
  return {
    added: after.filter((one) => !old.has(nameOf(one))),
    removed: before.filter((one) => !now.has(nameOf(one))),
    kept: before.flatMap((one): [T, T][] => {
      const same = now.get(nameOf(one));
      return same === undefined ? [] : [[one, same]];
    }),
  };
}

/** The entries of a record, each with its name. */
export const named = <T>(record: Record<string, T>): (T & { name: string })[] =>
  Object.entries(record).map(([name, one]) => ({ ...one, name }));
