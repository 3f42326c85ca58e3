import { describe, expect, it } from '@jest/globals';
import { DAY } from '@milepost/contracts';
import type { Model } from '@milepost/contracts';
import type { Sample } from './account-samples.js';
import { compareModels } from './compare-models.js';
import { driftReport, driftSentence, lateSamples } from './drift-report.js';
import { fitModel } from './fit-model.js';
import { madePlan } from './testing/made-plan.js';
import { END, madeSamples } from './testing/made-samples.js';

const effects = { idle: 0.8 };
const question = { plan: madePlan, kind: 'churn', foretells: 'x', horizonDays: 28, alarmShare: 0.1 } as const;
function fitted(alarmShare: number): Model {
  const answer = fitModel({ ...question, alarmShare }, madeSamples({ seed: 1, accounts: 1500, effects }));
  if (answer.kind !== 'beats-base') throw new Error(answer.why);
  return { ...answer.model, version: `of ${alarmShare}` };
}
const model = fitted(0.1);
const sample = (over: Partial<Sample>): Sample => ({ ...madeSamples({ seed: 1, accounts: 1 })[0]!, ...over });

describe('1. What counts as of late', () => {
  it('1.1 instants of an account’s own last days, and outcomes that came due in them', () => {
    const at = (day: number, outcome: boolean | null, observedTo = 100) =>
      sample({ account: `${day} of ${observedTo}`, at: day * DAY, observedTo: observedTo * DAY, outcome });
    const samples = [at(43, false), at(44, true), at(45, true), at(71, false), at(72, null), at(73, null), at(43, true, 70), at(14, false, 70)]; // prettier-ignore
    const trainedUntil = (day: number) => ({ horizonDays: 28, training: { ...model.training, until: new Date((day * DAY) / 1000).toISOString() } }); // prettier-ignore
    const { recent, due } = lateSamples(samples, trainedUntil(0), 28);
    expect(recent.map(({ account }) => account)).toEqual(['73 of 100', '43 of 70']);
    expect(due.map(({ account }) => account)).toEqual(['45 of 100', '71 of 100', '43 of 70']);
    // A model that learnt from it is not judged by it.
    const since = lateSamples(samples, trainedUntil(71), 28);
    expect(since.recent.map(({ account }) => account)).toEqual(['73 of 100']);
    expect(since.due.map(({ account }) => account)).toEqual(['71 of 100']);
  });

  it('1.2 the report says of how many, and whose outcome is open; without any that it says nothing', () => {
    const samples = madeSamples({ seed: 2, accounts: 1500, effects });
    const open = samples.map((one) => (one.at + 28 * DAY > END - 14 * DAY ? { ...one, outcome: null } : one));
    const report = driftReport(model, open, 84);
    const cut = Date.parse(model.training.until) * 1000;
    const late = open.filter(({ at }) => at > END - 84 * DAY && at >= cut);
    expect(report).toMatchObject({ version: 'of 0.1', days: 84, rows: late.length });
    expect(report.accounts).toBe(new Set(late.map(({ account }) => account)).size);
    expect(report.undecided).toBe(new Set(late.filter(({ outcome }) => outcome === null).map(({ account }) => account)).size); // prettier-ignore
    expect(report.undecided).toBeLessThan(report.accounts);
    expect(driftSentence(report)).toMatch(/^On [\d,]+ account-periods of the last 84 days since its training: (Nothing|Something) has moved\b/); // prettier-ignore
    const none = driftReport(model, [], 28);
    expect(none).toMatchObject({ rows: 0, accounts: 0, level: 'steady', judged: null });
    expect(driftSentence(none)).toBe('On 0 account-periods of the last 28 days since its training: too few to say whether inputs have moved or whether its forecasts come true.'); // prettier-ignore
  });
});

describe('2. Two models', () => {
  it('2.1 are judged on the same outcomes: known ones, after the training of both', () => {
    const samples = madeSamples({ seed: 3, accounts: 1500, effects });
    const earlier = { ...model, version: 'earlier', training: { ...model.training, until: '1970-02-01T00:00:00Z' } };
    const [one, other] = compareModels([earlier, model], samples);
    const cut = Date.parse(model.training.until) * 1000;
    const later = samples.filter(({ at }) => at >= cut);
    expect(one!.judged!.rows).toBe(later.length);
    expect(other!.judged).toEqual(one!.judged);
    const unknown = samples.map((row) => (row.account.endsWith('7') ? { ...row, outcome: null } : row));
    const less = later.filter(({ account }) => !account.endsWith('7')).length;
    expect(compareModels([model], unknown)[0]!.judged!.rows).toBe(less);
    expect(compareModels([model], [])[0]).toMatchObject({ judged: null, whyNot: 'Only 0 outcomes are known: want 100.' }); // prettier-ignore
  });
});
