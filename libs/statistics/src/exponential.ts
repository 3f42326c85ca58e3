/** Up to here the Taylor series, cut after its eighth power, errs by less than 1e-17 of 1. */
const SMALL = 0.02;

/** e^x - 1. Small x, as steps of large data are, take a few products, where the engine's function is called elsewhere. */
export const exponentialLess1 = (x: number): number => (isSmall(x) ? series(x) : Math.expm1(x));

/** e^x, in the same way. */
export const exponential = (x: number): number => (isSmall(x) ? 1 + series(x) : Math.exp(x));

const isSmall = (x: number): boolean => x < SMALL && x > -SMALL;

/** By products alone: a division costs as much as four. */
const series = (x: number): number =>
  x * (1 + x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * (1 / 5040 + x * (1 / 40320))))))));
