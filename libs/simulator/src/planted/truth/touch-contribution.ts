import type { TouchChain } from '../touch-chain.js';
import { solved } from './solved.js';

/** Chance that a trial ends in paying. `without`: a touch from which, once it is come to, nobody pays. */
export function payingShare({ begins, next, pays }: TouchChain, without: number | null = null): number {
  const size = pays.length;
  const stays = (to: number): number => (to === without ? 0 : 1);
  const left = next.map((row, from) => Array.from({ length: size }, (_, to) => (from === to ? 1 : 0) - row[to]! * stays(to))); // prettier-ignore
  const chances = solved(left, pays);
  return begins.reduce((sum, one, i) => sum + one * stays(i) * chances[i]!, 0);
}

/** By touch: share of the paying accounts that would be lost without it (removal effect), and the same adding up to 1. */
export function touchContributions(chain: TouchChain): { effects: number[]; shares: number[] } {
  const whole = payingShare(chain);
  const effects = chain.pays.map((_, touch) => 1 - payingShare(chain, touch) / whole);
  const total = effects.reduce((sum, one) => sum + one, 0);
  return { effects, shares: effects.map((one) => one / total) };
}
