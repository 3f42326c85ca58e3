import { DAY } from '@milepost/contracts';
import type { Sample } from '../account-samples.js';
import { FEATURE_NAMES } from '../features.js';
import type { FeatureName, Features } from '../features.js';

/** A seeded source of chance (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface MadeOptions {
  seed: number;
  accounts: number;
  /** Log odds by unit of each input; inputs that are not named do nothing. */
  effects?: Partial<Record<FeatureName, number>>;
  /** Log odds by segment: `smb` nine in ten, `enterprise` one in ten. */
  segments?: { smb: number; enterprise: number };
  intercept?: number;
  /** Added to the input from period 7 on. */
  shift?: Partial<Record<FeatureName, number>>;
}

export const PERIODS = 10;
const HORIZON = 28 * DAY;
/** When the last period of the last account has passed. */
export const END = 14 * DAY + PERIODS * HORIZON;

/** Accounts whose hazard is known: inputs are uniform from 0 to 4, ten periods each unless the event comes. */
export function madeSamples(options: MadeOptions): Sample[] {
  const { seed, accounts, effects = {}, segments = { smb: 0, enterprise: 0 }, intercept = -2, shift = {} } = options;
  const chance = chanceOf(seed);
  const samples: Sample[] = [];
  for (let i = 0; i < accounts; i++) {
    const segment = chance() < 0.9 ? 'smb' : 'enterprise';
    const start = chance() * 14 * DAY;
    for (let period = 0; period < PERIODS; period++) {
      const entries = FEATURE_NAMES.map((name) => [name, 4 * chance() + (period >= 7 ? (shift[name] ?? 0) : 0)]);
      const features = Object.fromEntries(entries) as Features;
      const odds = FEATURE_NAMES.reduce((sum, name) => sum + (effects[name] ?? 0) * (features[name] - 2), intercept);
      const outcome = chance() < 1 / (1 + Math.exp(-odds - segments[segment]));
      samples.push({ account: `acct_${i}`, at: Math.round(start + period * HORIZON), observedTo: END, segment, features, outcome }); // prettier-ignore
      if (outcome) break;
    }
  }
  return samples;
}
