/** Beyond it somebody makes names up as they go, and none is like another. */
const MOST_NAMES = 10_000;

/**
 * One string for each name. What is decoded is a string of its own each time; kept in thousands of histories, the same few
 * names would be most of a heap that the engine has to look through.
 */
export class SharedNames {
  private readonly names = new Map<string, string>();

  of(name: string): string {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    if (this.names.size < MOST_NAMES) this.names.set(name, name);
    return name;
  }
}
