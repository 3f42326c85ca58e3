const GRID = 32;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const STEPS = 40;

/** Least value of a continuous function on an interval: the best of a grid, narrowed by golden sections. */
export function leastOf(f: (x: number) => number, from: number, to: number): number {
  const at = (k: number) => from + ((to - from) * k) / GRID;
  let best = 0;
  for (let k = 1; k <= GRID; k++) if (f(at(k)) < f(at(best))) best = k;
  let [a, b] = [at(Math.max(0, best - 1)), at(Math.min(GRID, best + 1))];
  let [c, d] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [fc, fd] = [f(c), f(d)];
  for (let step = 0; step < STEPS; step++) {
    if (fc < fd) {
      [b, d, fd] = [d, c, fc];
      c = b - GOLDEN * (b - a);
      fc = f(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + GOLDEN * (b - a);
      fd = f(d);
    }
  }
  return Math.min(fc, fd, f(at(best)));
}
