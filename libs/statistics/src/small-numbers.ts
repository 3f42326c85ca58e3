// Functions of small numbers, as the steps of large data are, by a few products of their Taylor series, where the engine's
// own are called elsewhere. Each errs by less than 1e-16 of its value.

const SMALL = 0.02;
const SMALLER = 0.0005;

export const isSmall = (x: number): boolean => x < SMALL && x > -SMALL;

/** e^x, also where x is not small. */
export const exponential = (x: number): number =>
  isSmall(x)
    ? 1 + x * (1 + x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * (1 / 5040)))))))
    : Math.exp(x);

/** log(1 - x), also where x is not small. */
export const logarithmOf1Less = (x: number): number =>
  x < SMALLER && x > -SMALLER ? -x * (1 + x * (1 / 2 + x * (1 / 3 + x * (1 / 4 + x * (1 / 5))))) : Math.log1p(-x);

/** sinh x: the odd powers of e^x - 1, and of e^-x - 1 turned round. */
export function sinhOfSmall(x: number): number {
  const square = x * x;
  return x * (1 + square * (1 / 6 + square * (1 / 120 + square * (1 / 5040))));
}

/** cosh x - 1: the even powers of both, beside which the ones left out are nothing. */
export function coshLess1OfSmall(x: number): number {
  const square = x * x;
  return square * (1 / 2 + square * (1 / 24 + square * (1 / 720)));
}
