import type { Estimate } from '@milepost/contracts/http';

/** Figures as a sentence says them. */
export function percent(value: number): string {
  const scaled = 100 * value;
  const digits = scaled !== 0 && scaled !== 100 && (scaled < 1 || scaled > 99) ? 1 : 0;
  // Next to none, or next to all, is said without the digit that would not show it.
  return `${scaled.toFixed(digits).replace(/^(0|100)\.0$/, '$1')} %`;
}

export const number = (value: number, digits = 1): string =>
  value.toFixed(digits).replace(/\.0+$/, '').replace(/^-0$/, '0');

export const whole = (value: number): string => number(value, 0);

/** A difference of shares: `-3 points (-10 to 4)`. */
export function points({ estimate, lower, upper }: { estimate: number; lower: number; upper: number }): string {
  const [own, from, to] = [estimate, lower, upper].map((value) => whole(100 * value));
  return `${own} ${own === '1' || own === '-1' ? 'point' : 'points'} (${from} to ${to})`;
}

/** `1 term`, `1,200 terms`. A word whose plural has more than an s has it given. */
export const counted = (count: number, word: string, words = `${word}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? word : words}`;

/** The verb that goes with a number of something. */
export const are = (count: number): string => (count === 1 ? 'is' : 'are');

export const accounts = (count: number): string => counted(count, 'account');

export const range = (lower: number, upper: number, say: (value: number) => string): string =>
  `${say(lower)} to ${say(upper)}`;

/** `12 % (8 % to 17 %)`. */
export const share = ({ estimate, lower, upper }: Estimate): string =>
  `${percent(estimate!)} (${range(lower!, upper!, percent)})`;

/** `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
