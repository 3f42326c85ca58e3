import { Chance } from '../chance.js';

/** A small segment: an industry in a region. */
export interface PlantedCell {
  industry: string;
  region: string;
  share: number;
  /** By which it multiplies the rate of the first value. */
  pace: number;
}

/** No account has so high a number. */
const STREAM = 0x7ffffff0;
const SPREAD = 0.4;

/** Cells whose paces are drawn once for the company, log-normal about 1. Sizes fall off as 1/rank, so that many are small. */
export function cellsOf(
  seed: number,
  industries: readonly string[],
  regions: readonly { readonly name: string }[],
): PlantedCell[] {
  const chance = new Chance(seed, STREAM);
  const pairs = industries.flatMap((industry) => regions.map(({ name: region }) => ({ industry, region })));
  const sizes = pairs.map((_, rank) => 1 / (rank + 1));
  const whole = sizes.reduce((sum, one) => sum + one, 0);
  return pairs.map((pair, i) => ({ ...pair, share: sizes[i]! / whole, pace: Math.exp(chance.normal(0, SPREAD)) }));
}
