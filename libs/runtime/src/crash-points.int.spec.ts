import { execFile } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { MUTANTS } from './testing/simulation/mutants.js';

interface Simulated {
  seeds: number;
  faults: number;
  failed: number[];
}

/** The simulation as built, in a process of its own: its scheduler alone decides what happens when. */
function simulate(...args: string[]): Promise<Simulated> {
  const main = 'libs/runtime/dist/testing/simulation/main.js';
  return new Promise((done, fail) => {
    execFile(
      process.execPath,
      [main, ...args, '--json'],
      { env: { PATH: process.env['PATH'] } },
      (_, stdout, stderr) => (stdout === '' ? fail(new Error(stderr)) : done(JSON.parse(stdout) as Simulated)),
    );
  });
}

const SEEDS = 10_000;
const PROCESSES = 2;

describe('1. Whatever happens between any two requests', () => {
  it(`1.1 nothing is lost and nothing doubled, in ${SEEDS} runs (replay one with its seed: npm run simulate:crashes -- --seed N)`, async () => {
    const each = SEEDS / PROCESSES;
    const runs = await Promise.all(
      Array.from({ length: PROCESSES }, (_, i) => simulate('--seeds', `${each}`, '--from', `${1 + i * each}`)),
    );
    expect(runs.flatMap(({ failed }) => failed)).toEqual([]);
    expect(runs.reduce((sum, { seeds }) => sum + seeds, 0)).toBe(SEEDS);
  }, 300_000);
});

describe('2. The simulation fails without', () => {
  it.each(MUTANTS)(
    '$clause',
    async ({ clause }) => {
      const { failed } = await simulate('--without', clause, '--seeds', `${SEEDS}`, '--stop-after', '1');
      expect(failed).toHaveLength(1);
    },
    120_000,
  );
});
