/** Rows by what they have in common, in the order in which that comes. */
export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

export const byLabel = <T extends { label: string }>(rows: readonly T[]): [label: string, rows: T[]][] => [
  ...groupBy(rows, ({ label }) => label),
];
