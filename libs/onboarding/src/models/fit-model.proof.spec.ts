import { describe, expect, it } from '@jest/globals';
import { DAY, decodeModel, encodeModel, parseTime } from '@milepost/contracts';
import type { ModelBody } from '@milepost/contracts';

import type { Sample } from './account-samples.js';
import { fitModel } from './fit-model.js';
import type { FitQuestion } from './fit-model.js';
import { madePlan } from './testing/made-plan.js';
import { madeSamples } from './testing/made-samples.js';

const question: FitQuestion = {
  plan: madePlan,
  kind: 'churn',
  foretells: 'subscription.cancelled',
  horizonDays: 28,
  alarmShare: 0.1,
};

function fitted(samples: Sample[]): ModelBody {
  const answer = fitModel(question, samples);
  if (answer.kind !== 'beats-base') throw new Error(answer.why);
  return answer.model;
}

const known = { idle: 0.8, actions28: -0.5 };

describe('1. A model of accounts whose hazard is known', () => {
  const samples = madeSamples({ seed: 1, accounts: 3000, effects: known, segments: { smb: 0, enterprise: 0.6 } });
  const model = fitted(samples);
  const of = (name: string): number => model.inputs.find((input) => input.name === name)!.coefficient;

  it('1.1 finds what moves it, and nothing in what does not', () => {
    expect(Math.abs(of('idle') - 0.8)).toBeLessThan(0.1);
    expect(Math.abs(of('actions28') + 0.5)).toBeLessThan(0.1);
    for (const name of ['tenure', 'milestones', 'actions7', 'failures28', 'asks28'])
      expect(Math.abs(of(name))).toBeLessThan(0.1);
    const [enterprise, smb] = model.segments;
    expect(Math.abs(enterprise!.offset - smb!.offset - 0.6)).toBeLessThan(0.25);
  });

  it('1.2 is judged on what came after its training, and training knew no later outcome', () => {
    const cut = parseTime(model.training.until)!;
    expect(parseTime(model.judged.from)!).toBeGreaterThanOrEqual(cut);
    expect(model.training.rows).toBe(samples.filter(({ at }) => at + 28 * DAY <= cut).length);
    expect(model.judged.rows).toBe(samples.filter(({ at }) => at >= cut).length);
    const turned = samples.map((one) => (one.at + 28 * DAY > cut ? { ...one, outcome: !one.outcome } : one));
    const answer = fitModel(question, turned);
    expect(answer).toMatchObject({ kind: 'refused' });
    const inputs = 'model' in answer ? null : answer.judged;
    expect(inputs!.skill).toBeLessThan(0);
  });

  it('1.3 is calibrated, ranks, and beats the base rate by more than chance', () => {
    const { judged } = model;
    expect(judged.brier).toBeLessThan(judged.baseBrier);
    expect(judged.gain.estimate).toBeGreaterThan(3 * judged.gain.standardError);
    expect(judged.calibration.slope!.lower).toBeLessThan(1);
    expect(judged.calibration.slope!.upper).toBeGreaterThan(1);
    expect(judged.concordance.estimate).toBeGreaterThan(0.7);
    expect(judged.atThreshold.hits / judged.atThreshold.alarms).toBeGreaterThan(2 * (judged.events / judged.rows));
  });

  it('1.4 goes through its bytes unchanged, and the same rows in another order give the same bytes', () => {
    expect(decodeModel(encodeModel(model))).toEqual({ model });
    const again = fitted([...samples].reverse().sort((a, b) => a.at - b.at));
    expect(encodeModel(again).equals(encodeModel(model))).toBe(true);
  });
});

describe('2. What is not worth publishing is refused', () => {
  it('2.1 inputs that say nothing pass in no more than about one of twenty tries', () => {
    let passed = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const answer = fitModel(question, madeSamples({ seed, accounts: 150 }));
      if (answer.kind === 'beats-base') passed++;
      else expect(answer.judged!.brier).toBeGreaterThan(0);
    }
    expect(passed).toBeLessThanOrEqual(3);
  });

  it('2.2 a model whose world turned round after training, though it fitted well', () => {
    const samples = madeSamples({ seed: 3, accounts: 1500, effects: known });
    const cut = parseTime(fitted(samples).training.until)!;
    const mirrored = samples.map((one) => one.at < cut ? one : { ...one, features: { ...one.features, idle: 4 - one.features.idle, actions28: 4 - one.features.actions28 } }); // prettier-ignore
    const answer = fitModel(question, mirrored);
    expect(answer).toMatchObject({ kind: 'refused', why: 'It does not surely beat the base rate of the segments.' });
    if (answer.kind === 'refused') expect(answer.judged!.brier).toBeGreaterThan(answer.judged!.baseBrier);
  });

  it('2.3 too few events, with how many there were', () => {
    const answer = fitModel(question, madeSamples({ seed: 4, accounts: 40, intercept: -4 }));
    expect(answer).toMatchObject({ kind: 'refused', judged: null });
    if (answer.kind === 'refused') expect(answer.why).toMatch(/^subscription\.cancelled came \d+ times in \d+ account-periods of training and \d+ times/); // prettier-ignore
  });

  it('2.4 nothing at all', () => {
    expect(fitModel(question, [])).toMatchObject({ kind: 'refused', judged: null });
  });
});

describe('3. Priors', () => {
  it('3.1 a small segment whose events are chance is pulled towards the others', () => {
    let [pulled, raw] = [0, 0];
    for (let seed = 1; seed <= 12; seed++) {
      const samples = madeSamples({ seed, accounts: 90, effects: { idle: 0.8 }, intercept: -1.5 });
      const answer = fitModel(question, samples);
      if (answer.kind === 'refused') continue;
      const [enterprise, smb] = answer.model.segments;
      const oddsOf = ({ rows, events }: typeof smb & {}) => Math.log((events + 0.5) / (rows - events + 0.5));
      pulled += (enterprise!.offset - smb!.offset) ** 2;
      raw += (oddsOf(enterprise!) - oddsOf(smb!)) ** 2;
    }
    expect(raw).toBeGreaterThan(0);
    expect(pulled).toBeLessThan(0.7 * raw);
  });
});
