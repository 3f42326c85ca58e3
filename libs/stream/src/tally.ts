/** Counts by name, stored with the state in the same atomic write: what reconciliation adds up. */
export class Tally {
  readonly counts: Record<string, number> = {};

  add(name: string, by = 1): void {
    this.counts[name] = (this.counts[name] ?? 0) + by;
  }

  addAll(other: Readonly<Record<string, number>>): void {
    for (const [name, by] of Object.entries(other)) this.add(name, by);
  }
}
