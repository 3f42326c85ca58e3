/** So many letters may differ in all: a slip, not another word. */
const MOST_SLIPS = 2;

/**
 * The known path that was most likely meant, or null when none is evident or two are. `{name}` in a known path fits any
 * part. A prefix that was forgotten, as the version of the API, is found too.
 */
export function nearestPath(asked: string, known: readonly string[]): string | null {
  const parts = partsOf(asked);
  const near = known
    .map((path) => ({ path, slips: Math.min(...suffixesOf(partsOf(path)).map((one) => slipsBetween(parts, one))) }))
    .filter(({ slips }) => slips <= MOST_SLIPS)
    .sort((a, b) => a.slips - b.slips);
  const [first, second] = near;
  return first && first.slips !== second?.slips ? first.path : null;
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

/** As it is, and without its first part. */
const suffixesOf = (parts: string[]): string[][] => (parts.length > 1 ? [parts, parts.slice(1)] : [parts]);

function slipsBetween(asked: readonly string[], known: readonly string[]): number {
  if (asked.length !== known.length) return Infinity;
  return asked.reduce((sum, part, i) => sum + (known[i]!.startsWith('{') ? 0 : letterSlips(part, known[i]!)), 0);
}

/** Levenshtein's distance: letters to put in, to take out or to change. Long parts are no slip of a known one. */
function letterSlips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_SLIPS) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + Number(a[i - 1] !== b[j - 1]);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
