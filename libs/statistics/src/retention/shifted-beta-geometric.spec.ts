import { describe, expect, it } from '@jest/globals';
import { betaBinomialShrinkage } from '../shrinkage/beta-binomial-shrinkage.js';
import { expectNear } from '../survival/testing/reference.js';
import { figures } from '../testing/figures.js';
import { refusal } from '../testing/refusal.js';
import { renewalCounts } from './renewal-counts.js';
import { retentionForecast } from './retention-forecast.js';
import { shiftedBetaGeometric } from './shifted-beta-geometric.js';

const py = figures('retention', 'py');
const fitOf = (cohorts: number[][]) => shiftedBetaGeometric(renewalCounts(cohorts));
const fader = [1000, 869, 743, 653, 593, 551, 517, 491];

describe('1. The figures of methods.md', () => {
  it('1.1 retention of 1,000 (Fader & Hardie): α .66809, β 3.80610, log-likelihood -1611.158', () => {
    const { alpha, beta, logLikelihood } = fitOf([fader]);
    expect([alpha.toFixed(5), logLikelihood.toFixed(3)]).toEqual(['0.66809', '-1611.158']);
    // The maximum is at 3.806095: the printed digits end a little above.
    expect(Math.abs(beta - 3.8061)).toBeLessThan(1e-5);
  });
});

describe('2. As by beta functions with 40 digits', () => {
  it.each(['fader', 'regular', 'cohorts', 'steady'])('2.1 %s: estimates, errors and log-likelihood', (name) => {
    const { alpha, beta, logLikelihood, errors } = py.fits[name];
    const fit = fitOf(py.cases[name]);
    expectNear([fit.alpha, fit.beta, fit.logLikelihood], [alpha, beta, logLikelihood], 1e-8);
    expectNear([fit.standardErrors.alpha, fit.standardErrors.beta], errors, 1e-6);
  });

  it.each(['fader', 'regular', 'cohorts'])('2.2 %s: forecasts with errors and log-log intervals', (name) => {
    const fit = fitOf(py.cases[name]);
    for (const { renewal, survived, retention, survival } of py.forecasts[name]) {
      const own = retentionForecast(fit, { renewals: renewal - survived, survived })[renewal - survived - 1]!;
      expect(own.renewal).toBe(renewal);
      for (const [got, wanted] of [
        [own.retention, retention],
        [own.survival, survival],
      ] as const) {
        expectNear([got.estimate, got.standardError, got.lower, got.upper], wanted, 1e-6);
      }
    }
  });
});

describe('3. Properties', () => {
  it('3.1 the order of cohorts makes no difference; cohorts twice are twice the information', () => {
    const cohorts = py.cases.cohorts as number[][];
    const [one, other, twice] = [fitOf(cohorts), fitOf([...cohorts].reverse()), fitOf([...cohorts, ...cohorts])];
    expect(other).toEqual(one);
    expectNear([twice.alpha, twice.beta, twice.logLikelihood], [one.alpha, one.beta, 2 * one.logLikelihood], 1e-9);
    expectNear([twice.standardErrors.beta * Math.SQRT2], [one.standardErrors.beta], 1e-9);
  });

  it('3.2 counts added up by renewal, as a stream does, are the same as cohorts', () => {
    const [early, late] = [renewalCounts([fader]), renewalCounts([[600, 520, 460]])];
    const added = { atRisk: early.atRisk.map((n, t) => n + (late.atRisk[t] ?? 0)), lost: early.lost.map((d, t) => d + (late.lost[t] ?? 0)) }; // prettier-ignore
    expect(shiftedBetaGeometric(added)).toEqual(fitOf([fader, [600, 520, 460]]));
  });

  it('3.3 accounts one by one are beta-binomial: lost at renewal t is one event in t trials', () => {
    const lost = fader.slice(1).map((left, t) => fader[t]! - left);
    const rows = { events: [...lost.map(() => 1), 0], trials: [...lost.map((_, t) => t + 1), 7], weights: [...lost, 491] }; // prettier-ignore
    const [one, other] = [fitOf([fader]), betaBinomialShrinkage(rows)];
    expectNear([one.alpha, one.beta, one.logLikelihood], [other.alpha, other.beta, other.logLikelihood], 1e-9);
  });

  it('3.4 one chance for all, or falling retention: geometric, the retained share of all renewals', () => {
    const fit = fitOf([[1000, 900, 800, 690, 570]]);
    expect(fit).toMatchObject({ isGeometric: true, alpha: Infinity, beta: Infinity, heterogeneity: { p: 1 } });
    const renewals = 1000 + 900 + 800 + 690;
    expect(fit.churn).toBeCloseTo(430 / renewals, 12);
    const [first, , third] = retentionForecast(fit, { renewals: 3, transform: 'plain' });
    const error = Math.sqrt((fit.churn * (1 - fit.churn)) / renewals);
    expectNear([first!.retention.estimate, first!.retention.standardError], [1 - fit.churn, error], 1e-9);
    expectNear([third!.survival.estimate, third!.survival.standardError], [(1 - fit.churn) ** 3, 3 * (1 - fit.churn) ** 2 * error], 1e-9); // prettier-ignore
    expect(third!.retention.estimate).toBeCloseTo(first!.retention.estimate, 12);
  });

  it('3.5 nearly one chance for all: forecasts as the geometric’s, without a jump', () => {
    // Retention 0.9 throughout, but for one account.
    const near = fitOf([[100_000, 90_000, 81_002, 72_903]]);
    const flat = fitOf([[100_000, 90_000, 81_000, 72_899]]);
    expect([near.isGeometric, flat.isGeometric]).toEqual([false, true]);
    expect(near.concentration).toBeGreaterThan(1000);
    expect(near.standardErrors.beta).toBeGreaterThan(near.beta / 10);
    const at = (fit: typeof near) => retentionForecast(fit, { renewals: 5 })[4]!.survival.estimate;
    expect(at(near)).toBeCloseTo(at(flat), 3);
  });

  it('3.6 retention rises from heterogeneity alone, though no account changes', () => {
    const rising = retentionForecast(fitOf([fader]), { renewals: 30 }).map(({ retention }) => retention.estimate);
    expect([...rising].sort((a, b) => a - b)).toEqual(rising);
    expect(rising[0]).toBeCloseTo(3.8061 / (0.66809 + 3.8061), 5);
  });

  it('3.7 intervals hold what half of the renewals do not show: years 8 to 12 of Fader & Hardie’s from 0 to 7', () => {
    // Their table 1, High End: 468, 445, 427, 409, 394 of 1,000 are left after years 8 to 12.
    const forecast = retentionForecast(fitOf([fader]), { renewals: 12 });
    [468, 445, 427, 409, 394].forEach((left, k) => {
      const { lower, upper, estimate } = forecast[7 + k]!.survival;
      expect(left / 1000).toBeGreaterThan(lower);
      expect(left / 1000).toBeLessThan(upper);
      expect(Math.abs(estimate - left / 1000)).toBeLessThan(0.02);
    });
  });
});

describe('4. Refusals', () => {
  it.each([
    [[], 'not-enough-data: No cohort has had a renewal'],
    [[[100]], 'not-enough-data: No cohort has had a renewal'],
    [[[100, 80]], 'not-enough-data: Accounts are at risk at one renewal only'],
    [[[100, 100, 100]], 'not-enough-data: Nobody of 200 renewals was lost'],
    [[[100, 0, 0]], 'not-enough-data: All 100 accounts left'],
    [[[0, 0, 0]], 'not-enough-data: No account has come up for renewal'],
    [[[100, 60, 60, 60]], 'not-enough-data: Every account that was lost was lost at its first renewal'],
    [[[100, 101]], 'invalid-input: cohorts[0][1] is 101 after 100'],
    [[[100, -1]], 'invalid-input: cohorts[0][1] is -1'],
    [[[100, NaN]], 'invalid-input: cohorts[0][1] is NaN'],
    [[[Infinity, 5]], 'invalid-input: cohorts[0][0] is Infinity'],
    [[[100, 80.5]], 'invalid-input: cohorts[0][1] is 80.5'],
  ])('4.1 cohorts %j', (cohorts, message) => {
    expect(refusal(() => fitOf(cohorts))).toContain(message);
  });

  it('4.2 counts by renewal and forecasts', () => {
    expect(refusal(() => shiftedBetaGeometric({ atRisk: [10, 8], lost: [2, 9] }))).toContain('invalid-input: Renewal 2 has 9 lost of 8'); // prettier-ignore
    expect(refusal(() => shiftedBetaGeometric({ atRisk: [10, 8], lost: [2] }))).toContain('lost has 1 values for 2');
    const fit = fitOf([fader]);
    expect(refusal(() => retentionForecast(fit, { renewals: 0 }))).toContain('invalid-input: renewals is 0');
    expect(refusal(() => retentionForecast(fit, { renewals: 3, survived: -1 }))).toContain('survived is -1');
    expect(refusal(() => retentionForecast(fit, { renewals: 3, confidence: 95 }))).toContain('confidence is 95');
  });
});
