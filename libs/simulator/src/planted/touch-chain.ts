import type { Chance } from '../chance.js';

/** What a trial passes through, beginning with the channel; a feedback touch is a qualitative one. */
export const TOUCHES = ['self-serve', 'content', 'partner', 'sales', 'guide', 'report', 'ticket', 'interview'] as const;
export const CHANNELS = TOUCHES.slice(0, 4);
export type Touch = (typeof TOUCHES)[number];

/** A Markov chain of order 1, so what each touch contributes is known. */
export interface TouchChain {
  /** Of the channels, with which a path begins. */
  begins: readonly number[];
  /** For each touch in the order of TOUCHES: where to next, in that order; what is missing to 1 is leaving for nothing. */
  next: readonly (readonly number[])[];
  /** For each touch: the chance that it is followed by paying. */
  pays: readonly number[];
}

export const TOUCH_CHAIN: TouchChain = {
  begins: [0.45, 0.2, 0.15, 0.2],
  next: [
    [0, 0, 0, 0, 0.3, 0.2, 0.1, 0.02],
    [0, 0, 0, 0, 0.35, 0.25, 0.05, 0.05],
    [0, 0, 0, 0, 0.2, 0.2, 0.1, 0.2],
    [0, 0, 0, 0, 0.1, 0.15, 0.05, 0.4],
    [0, 0, 0, 0, 0.1, 0.25, 0.1, 0.05],
    [0, 0, 0, 0, 0.15, 0.1, 0.05, 0.05],
    [0, 0, 0, 0, 0.15, 0.05, 0.15, 0.1],
    [0, 0, 0, 0, 0.15, 0.2, 0.05, 0.05],
  ],
  pays: [0.1, 0.12, 0.2, 0.2, 0.3, 0.35, 0.1, 0.45],
};

const FIRST = CHANNELS.map((_, i) => i);

/** Adds the touches, as places in TOUCHES, to `into`; whether the path ends in paying. */
export function walkTouches({ begins, next, pays }: TouchChain, chance: Chance, into: number[]): boolean {
  let at = drawn(begins, chance.next()) ?? FIRST.length - 1;
  for (;;) {
    into.push(at);
    const roll = chance.next();
    if (roll < pays[at]!) return true;
    const step = drawn(next[at]!, roll - pays[at]!);
    if (step === null) return false;
    at = step;
  }
}

/** Place of the entry in which `roll` falls; null beyond them all. */
function drawn(shares: readonly number[], roll: number): number | null {
  let left = roll;
  for (let i = 0; i < shares.length; i++) if ((left -= shares[i]!) < 0) return i;
  return null;
}
