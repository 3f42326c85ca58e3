// The company of the figures: planted by the simulator from a seed, so that the truth is known and all can be drawn again.
import { plantedAccounts, plantedCompany } from '../../libs/simulator/dist/index.js';

export const SEED = 2;
export const company = plantedCompany({ seed: SEED });

/** Accounts by number; the same whatever others are asked for. */
export const accounts = (from, until) => plantedAccounts({ company, seed: SEED, from, until });

/** Rows of the chosen accounts, one object each, with how long each was seen. */
export function lives(from, until) {
  const a = accounts(from, until);
  return Array.from({ length: a.count }, (_, i) => ({
    segment: a.segment[i],
    cell: a.cell[i],
    size: Math.log(a.companySize[i]),
    signup: a.signup[i],
    time: a.ends[i],
    event: a.churned[i],
    setup: a.setupComplete[i],
    firstValue: a.firstValue[i],
    team: a.teamAdoption[i],
    integration: a.integrationDepth[i],
    hasTerm: a.hasTerm[i],
    importsFirst: a.importsFirst[i],
    arms: a.arms.map((one) => one[i]),
  }));
}

export const column = (rows, name) => rows.map((row) => row[name]);

/** Uniform numbers from a seed (Marsaglia's xorshift), for what the library draws itself. */
export function chance(seed) {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
