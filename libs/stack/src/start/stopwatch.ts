/** Wall clock, milliseconds, at which the command began of which this process is a part: set by `tools/bootstrap.mjs`. */
export const BEGAN_AT = 'MILEPOST_BEGAN_AT';

/**
 * A line with the seconds since the command began. What came before this process, an install and a build, counts: that
 * is how long somebody has waited. `toldAt` is what `BEGAN_AT` holds; without it the count begins now.
 */
export function stopwatch(toldAt: string | undefined, now: () => number): (line: string) => string {
  const told = Number(toldAt);
  const began = told > 0 && told <= now() ? told : now();
  return (line) => `[${((now() - began) / 1000).toFixed(1).padStart(6)}s] ${line}`;
}
