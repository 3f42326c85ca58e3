/** Up to here the Taylor series, cut after its eighth power, errs by less than 1e-17 of 1. */
const SMALL = 0.02;

/** e^x. Small x, as steps of large data are, take a few products, where the engine's function is called elsewhere. */
export const exponential = (x: number): number => (isSmall(x) ? 1 + series(x) : Math.exp(x));

/** e^x - 1 and e^-x - 1, into two places. Small x in the same way: the odd powers and the even ones serve both. */
export function exponentialsLess1(x: number, into: Float64Array): void {
  if (!isSmall(x)) {
    into[0] = Math.expm1(x);
    into[1] = Math.expm1(-x);
    return;
  }
  const square = x * x;
  const odd = x * (1 + square * (1 / 6 + square * (1 / 120 + square * (1 / 5040))));
  const even = square * (1 / 2 + square * (1 / 24 + square * (1 / 720 + square * (1 / 40320))));
  into[0] = even + odd;
  into[1] = even - odd;
}

const isSmall = (x: number): boolean => x < SMALL && x > -SMALL;

/** By products alone: a division costs as much as four. */
const series = (x: number): number =>
  x * (1 + x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * (1 / 5040 + x * (1 / 40320))))))));
