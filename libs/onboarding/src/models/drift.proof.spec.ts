import { describe, expect, it } from '@jest/globals';
import { DAY } from '@milepost/contracts';
import type { Model } from '@milepost/contracts';

import { driftOf, stabilityIndex } from './drift.js';
import { fitModel } from './fit-model.js';
import { madePlan } from './testing/made-plan.js';
import { madeSamples } from './testing/made-samples.js';

const effects = { idle: 0.8 };
const plan = madePlan;
const question = { plan, kind: 'churn', foretells: 'x', horizonDays: 28, alarmShare: 0.1 } as const;
const answer = fitModel(question, madeSamples({ seed: 1, accounts: 2000, effects }));
if (answer.kind !== 'beats-base') throw new Error(answer.why);
const model: Model = { ...answer.model, version: 'v' };
const late = (samples: ReturnType<typeof madeSamples>) => samples.filter(({ at }) => at >= 7 * 28 * DAY);

describe('1. Drift', () => {
  it('1.1 is steady while accounts and outcomes are as in training', () => {
    const rows = late(madeSamples({ seed: 2, accounts: 2000, effects }));
    const drift = driftOf(model, rows, rows);
    expect(drift.level).toBe('steady');
    expect(drift.judged!.skill).toBeGreaterThan(0);
  });

  it('1.2 names the input that has moved, and no other', () => {
    const rows = late(madeSamples({ seed: 3, accounts: 2000, effects, shift: { actions7: 2 } }));
    const drift = driftOf(model, rows, []);
    expect(drift.inputs.filter(({ level }) => level !== 'steady').map(({ input }) => input)).toEqual(['actions7']);
    expect(drift.level).toBe('drifted');
    expect(drift.whyNot).toBe('Only 0 outcomes are known: want 100.');
  });

  it('1.3 only watches accounts that grow older, and compares the rest as of like ages', () => {
    const rows = late(madeSamples({ seed: 4, accounts: 2000, effects, shift: { tenure: 2 } }));
    const drift = driftOf(model, rows, rows);
    expect(drift.inputs.filter(({ level }) => level !== 'steady')).toMatchObject([{ input: 'tenure', level: 'watch' }]);
  });

  it('1.4 sees outcomes that come more often than foretold, and a model that has come to harm', () => {
    const more = late(madeSamples({ seed: 5, accounts: 2000, effects, intercept: -1 }));
    expect(driftOf(model, more, more)).toMatchObject({ calibration: 'watch', level: 'watch' });
    const against = late(madeSamples({ seed: 6, accounts: 2000, effects: { idle: -0.8 } }));
    expect(driftOf(model, against, against)).toMatchObject({ calibration: 'drifted', level: 'drifted' });
  });

  it('1.5 says nothing of a handful', () => {
    const few = late(madeSamples({ seed: 7, accounts: 20, effects, shift: { actions7: 4 } }));
    expect(driftOf(model, few, few).level).toBe('steady');
  });
});

describe('2. The stability index', () => {
  it('2.1 is 0 of equal shares, symmetric, and finite where a band is empty', () => {
    expect(stabilityIndex([0.5, 0.5], [0.5, 0.5])).toBe(0);
    expect(stabilityIndex([0.5, 0.5], [0.6, 0.4])).toBeCloseTo(0.1 * Math.log(1.2) + 0.1 * Math.log(1.25), 12);
    expect(stabilityIndex([0.7, 0.3], [0.2, 0.8])).toBeCloseTo(stabilityIndex([0.2, 0.8], [0.7, 0.3]), 12);
    expect(Number.isFinite(stabilityIndex([1, 0], [0, 1]))).toBe(true);
  });
});
