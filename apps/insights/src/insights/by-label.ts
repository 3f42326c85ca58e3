/** Rows by their label, in the order in which labels come. */
export function byLabel<T extends { label: string }>(rows: readonly T[]): [label: string, rows: T[]][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const known = groups.get(row.label);
    if (known) known.push(row);
    else groups.set(row.label, [row]);
  }
  return [...groups];
}
