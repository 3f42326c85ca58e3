import { describe, expect, it } from '@jest/globals';
import { expectNear, reference } from '../survival/testing/reference.js';
import { refusal } from '../testing/refusal.js';
import { brierScore } from './brier-score.js';
import { calibration, type CalibrationEstimate } from './calibration.js';
import { harrellConcordance, type Concordance } from './harrell-concordance.js';
import { integratedBrier } from './integrated-brier.js';
import { unoConcordance } from './uno-concordance.js';

const r = reference('r');
const py = reference('py');
const { time, event, risk, times, survival } = py.scored;
const scored = { time, event, risk };
const { made } = r;
const madeRows = { time: made.time, event: made.event, risk: made.score };

function expectConcordance(found: Concordance, wanted: { concordance: number; standardError: number }): void {
  expectNear([found.concordance, found.standardError], [wanted.concordance, wanted.standardError]);
}

describe('1. As R’s concordance and scikit-survival', () => {
  it('1.1 Harrell, with ties, weights and delayed entry', () => {
    expectConcordance(harrellConcordance(madeRows), r.concordance.made);
    expectConcordance(harrellConcordance({ ...madeRows, weights: made.weight }), r.concordance.madeWeights);
    expectConcordance(harrellConcordance({ ...madeRows, start: made.start }), r.concordance.madeLate);
    expectNear([harrellConcordance(scored).concordance], [py.concordance.harrell]);
    expectNear([harrellConcordance(scored).concordance], [py.concordance.harrellLifelines]);
  });

  it('1.2 Uno, whole and up to a time', () => {
    expectConcordance(unoConcordance(madeRows), r.concordance.madeUno);
    expectConcordance(unoConcordance(madeRows, { until: 10 }), r.concordance.madeUnoUntil10);
    expectNear([unoConcordance(scored).concordance], [py.concordance.uno]);
    expectNear([unoConcordance(scored, { until: 12 }).concordance], [py.concordance.unoUntil12]);
  });

  it('1.3 Brier scores, and their integral', () => {
    const scores = (times as number[]).map((at, k) => brierScore(scored, survival[k], at).score);
    expectNear(scores, py.brier);
    expectNear([integratedBrier(scored, survival, times).score], [py.integratedBrier]);
  });

  it('1.4 calibration: slope and intercept as statsmodels has them, alone and weighted', () => {
    const { predicted, outcome, weights, plain, weighted } = py.calibration;
    const pair = ({ estimate, standardError }: CalibrationEstimate) => [estimate, standardError];
    const alone = calibration({ predicted, outcome });
    expectNear([...pair(alone.slope!), ...pair(alone.intercept)], [...plain.slope, ...plain.intercept], 1e-6);
    const heavy = calibration({ predicted, outcome, weights });
    expectNear([...pair(heavy.slope!), ...pair(heavy.intercept)], [...weighted.slope, ...weighted.intercept], 1e-6);
    expect(alone.curve.reduce((sum, one) => sum + one.rows, 0)).toBe(predicted.length);
  });
});

describe('1b. Calibration by account', () => {
  it('1b.1 each row an account is the sandwich’s; each row twice in its account tells nothing new', () => {
    const { predicted, outcome, weights } = py.calibration as Record<string, number[]>;
    const rows = predicted!.map((_, i) => i);
    const errors = (columns: Parameters<typeof calibration>[0]) => [calibration(columns).intercept.standardError, calibration(columns).slope!.standardError]; // prettier-ignore
    const apart = errors({ predicted: predicted!, outcome: outcome!, cluster: rows });
    expectNear(errors({ predicted: predicted!, outcome: outcome!, weights: rows.map(() => 1) }), apart);
    expectNear(errors({ predicted: predicted!, outcome: outcome!, weights: weights!, cluster: rows }), errors({ predicted: predicted!, outcome: outcome!, weights: weights! })); // prettier-ignore
    const twice = (column: number[]) => [...column, ...column];
    expectNear(errors({ predicted: twice(predicted!), outcome: twice(outcome!), cluster: twice(rows) }), apart);
  });
});

describe('2. What must hold', () => {
  it('2.1 a forecast turned round has the other share, one that knows nothing a half', () => {
    const found = harrellConcordance(scored).concordance;
    const turned = harrellConcordance({ ...scored, risk: (risk as number[]).map((one) => -one) }).concordance;
    expectNear([found + turned], [1]);
    expect(harrellConcordance({ ...scored, risk: time.map(() => 1) }).concordance).toBe(0.5);
  });

  it('2.2 without censoring Uno is Harrell, and Brier the mean square', () => {
    const all = { ...scored, event: time.map(() => 1) };
    expectNear([unoConcordance(all).concordance], [harrellConcordance(all).concordance]);
    const at = times[1];
    const mean = (time as number[]).reduce((sum, end, i) => sum + ((end > at ? 1 : 0) - survival[1][i]) ** 2, 0);
    expectNear([brierScore(all, survival[1], at).score], [mean / time.length]);
  });

  it('2.3 forecasting the base rate for everyone has no skill', () => {
    const at = times[1];
    const base = brierScore(scored, survival[1], at).baseRateScore;
    expect(base).toBeGreaterThan(brierScore(scored, survival[1], at).score);
    expect(brierScore(scored, time.map(() => 0.5), at).score).toBeGreaterThan(0); // prettier-ignore
  });
});

describe('2a. Counts are rows written out, errors too; weights are not', () => {
  const counts = (time as number[]).map((_, i) => (i * 7) % 4);
  const written = (column: number[]) => column.flatMap((one, i) => new Array<number>(counts[i]!).fill(one));
  const out = { time: written(time), event: written(event), risk: written(risk) };

  it('2a.1 Harrell', () => {
    expectConcordance(harrellConcordance({ ...scored, counts }), harrellConcordance(out));
    const weights = (time as number[]).map((_, i) => 1 + ((i * 5) % 3));
    expectConcordance(harrellConcordance({ ...scored, counts, weights }), harrellConcordance({ ...out, weights: written(weights) })); // prettier-ignore
    const weighted = harrellConcordance({ ...scored, weights: counts });
    expect(weighted.standardError).toBeGreaterThan(1.2 * harrellConcordance(out).standardError);
  });

  it('2a.2 Uno', () => {
    expectConcordance(unoConcordance({ ...scored, counts }, { until: 12 }), unoConcordance(out, { until: 12 }));
  });
});

describe('2b. Calibration of counts', () => {
  const { predicted, outcome, weights } = py.calibration as Record<string, number[]>;
  const counts = predicted!.map((_, i) => (i * 5) % 4);
  const written = (column: number[]) => column.flatMap((one, i) => new Array<number>(counts[i]!).fill(one));

  it.each([{ given: undefined }, { given: weights }])(
    '2b.1 is that of the rows written out, errors and curve too',
    ({ given }) => {
      const found = calibration({ predicted: predicted!, outcome: outcome!, counts, weights: given }, { bins: 4 });
      const wanted = calibration({ predicted: written(predicted!), outcome: written(outcome!), weights: given && written(given) }, { bins: 4 }); // prettier-ignore
      const numbers = (one: typeof found) => [one.slope!, one.intercept, ...one.curve].flatMap((part) => Object.values(part)) as number[]; // prettier-ignore
      expectNear(numbers(found), numbers(wanted), 1e-9);
    },
  );
});

describe('3. What can’t be judged is refused', () => {
  it('3.1 by name', () => {
    const none = { ...scored, event: time.map(() => 0) };
    expect(refusal(() => harrellConcordance(none))).toMatch(/^not-enough-data: /);
    expect(refusal(() => harrellConcordance({ time: [1], event: [1], risk: [0] }))).toMatch(/^not-enough-data: /);
    expect(refusal(() => harrellConcordance({ ...scored, risk: time.map(() => NaN) }))).toMatch(/^invalid-input: risk/);
    expect(refusal(() => brierScore(scored, survival[0], 0))).toMatch(/^invalid-input: time/);
    expect(refusal(() => brierScore(scored, time.map(() => 2), 3))).toMatch(/^invalid-input: survival/); // prettier-ignore
    expect(refusal(() => integratedBrier(scored, [survival[0]], [3]))).toMatch(/^invalid-input: /);
    expect(refusal(() => calibration({ predicted: [0.5, 1], outcome: [0, 1] }))).toMatch(/^invalid-input: predicted/);
    expect(refusal(() => calibration({ predicted: [0.5, 0.6], outcome: [0, 0] }))).toMatch(/^not-enough-data: /);
  });
});
