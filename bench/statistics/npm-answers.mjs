// The same input to other npm packages and to ours: what is asked, our numbers, the package, its numbers, and what it lacks.
import * as statistics from '../../libs/statistics/dist/index.js';
import { drawn } from './data.mjs';

const drawnRows = () => {
  const { time, event, treated, outcome, covariates } = drawn(400, 2, { days: true });
  const [x0, x1] = [Array.from(covariates.x0), Array.from(covariates.x1)];
  return { time: Array.from(time), event: Array.from(event), treated, outcome: Array.from(outcome), x0, x1 };
};
const estimates = ({ intercept, coefficients }, field) => [intercept, ...coefficients].map((one) => one[field]);
const defaultOf = (module) => module.default ?? module;

function curves(load, { time, event }) {
  const days = [30, 100, 365];
  const curve = statistics.kaplanMeier({ time, event });
  const ours = days.map((day) => statistics.survivalAt(curve, day).survival);
  const happened = event.map(Boolean);
  const until = (steps, timeOf, key) => days.map((day) => steps.filter((step) => step[timeOf] <= day).at(-1)[key]);
  // Its `main` names a file that is not in the package, and its helpers are to be handed in.
  const older = load('kaplan-meier/dist/index.js').init(load('underscore'));
  const newer = load('@fullstax/kaplan-meier-estimator');
  const order = [...time.keys()].sort((a, b) => time[a] - time[b]);
  const inOrder = newer.compute(order.map((i) => time[i]), order.map((i) => happened[i])); // prettier-ignore
  return [
    ['Kaplan–Meier at 30, 100, 365 days, rows in order of time', ours, '@fullstax/kaplan-meier-estimator', until(inOrder, 'time', 'rate'), 'no error, no interval, no number at risk, no late entry'],
    ['the same, rows as they come', ours, '@fullstax/kaplan-meier-estimator', until(newer.compute(time, happened), 'time', 'rate'), 'wrong unless rows are in order, and silent'],
    ['the same', ours, 'kaplan-meier', until(older.compute(time, happened), 't', 's'), 'no error, no interval; its log-rank needs `Array.concat`, which Node has not'],
  ]; // prettier-ignore
}

function comparisons(load, { time, treated }) {
  const arms = [0, 1].map((arm) => time.filter((_, i) => treated[i] === arm));
  const [control, treatment] = arms.map((values) => statistics.armMoments(values));
  const mean = statistics.meanComparison(control, treatment).difference;
  const welch = load('@stdlib/stats-ttest2')(arms[1], arms[0]);
  const simple = load('simple-statistics');
  const share = statistics.proportionInterval({ events: 10, accounts: 100 });
  const p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.6];
  return [
    ['difference of means, Welch: p', [mean.p], '@stdlib/stats-ttest2', [welch.pValue], ''],
    ['the same: interval', [mean.lower, mean.upper], '@stdlib/stats-ttest2', welch.ci, ''],
    ['the same: t', [mean.estimate / mean.standardError], 'simple-statistics `tTestTwoSample`', [simple.tTestTwoSample(arms[1], arms[0], 0)], 'takes variances for equal; no p, no interval'],
    ['10 of 100: lower end of Wilson’s 95 %', [share.lower], 'wilson-score', [load('wilson-score')(10, 100, 1.959964)], 'no upper end; z is to be given'],
    ['false discovery, adjusted p', statistics.falseDiscovery(p).adjusted, '@stdlib/stats-padjust', load('@stdlib/stats-padjust')(p, 'bh'), ''],
  ]; // prettier-ignore
}

function ratios(load) {
  const { jStat } = load('jstat');
  const ours = statistics.sampleRatio([5000, 5200]);
  const broken = statistics.sampleRatio([50_000, 53_500]);
  const gof = load('@stdlib/stats-chi2gof')([5000, 5200], [5100, 5100]);
  return [
    ['sample ratio 5000 : 5200: p', [ours.p], '@stdlib/stats-chi2gof', [gof.pValue], ''],
    ['the same', [ours.p], 'jstat `1 - chisquare.cdf`', [1 - jStat.chisquare.cdf(ours.statistic, 1)], ''],
    ['sample ratio 50,000 : 53,500: p', [broken.p], 'jstat `1 - chisquare.cdf`', [1 - jStat.chisquare.cdf(broken.statistic, 1)], 'no digits left below 1e-16'],
  ]; // prettier-ignore
}

function regressions(load, { time, outcome, x0, x1 }) {
  const rows = x0.map((one, i) => [one, x1[i]]);
  const withOne = rows.map((row) => [1, ...row]);
  const line = statistics.linearRegression({ outcome: time, covariates: { x0, x1 } }, { errors: 'equal' });
  const Linear = defaultOf(load('ml-regression-multivariate-linear'));
  const linear = new Linear(rows, time.map((one) => [one])); // prettier-ignore
  const fromLast = ([a, b, last]) => [last, a, b];
  const ols = load('jstat').jStat.models.ols(time, withOne);
  const odds = statistics.logisticRegression({ events: outcome, covariates: { x0, x1 } });
  const { Matrix } = load('ml-matrix');
  const descent = new (defaultOf(load('ml-logistic-regression')))({ numSteps: 5000, learningRate: 5e-3 });
  descent.train(new Matrix(withOne), Matrix.columnVector(outcome));
  const { LogisticRegression } = load('@kobra-dev/js-regression');
  const usual = new LogisticRegression({ iterations: 1000 }).fit(rows.map((row, i) => [...row, outcome[i]]));
  return [
    ['linear regression: estimates', estimates(line, 'estimate'), 'ml-regression-multivariate-linear', fromLast(linear.weights.map(([one]) => one)), 'no interval, no p'],
    ['the same: errors', estimates(line, 'standardError'), 'ml-regression-multivariate-linear', fromLast(linear.stdErrors), ''],
    ['the same: errors', estimates(line, 'standardError'), 'jstat `models.ols`', ols.t.se, 'no robust errors'],
    ['logistic regression: estimates', estimates(odds, 'estimate'), 'ml-logistic-regression, 5,000 steps', descent.classifiers[0].weights.to1DArray(), 'no errors, no separation told'],
    ['the same', estimates(odds, 'estimate'), '@kobra-dev/js-regression, 1,000 steps as in its example', usual.theta, 'no errors; whether it has arrived is not told'],
  ]; // prettier-ignore
}

function charts(load, { outcome, x0 }) {
  const looks = [52, 47, 53, 49.3];
  const chart = statistics.ewmaChart(looks, { target: 50, sigma: 2, lambda: 0.3, width: 3 }).points.at(-1);
  const running = load('@stdlib/stats-incr-ewmean')(0.3);
  for (const look of [50, ...looks]) running(look);
  const [slope] = statistics.logisticRegression({ events: outcome, covariates: { x0 } }).coefficients;
  const quantile = Math.log(slope.upper / slope.ratio) / slope.standardError;
  return [
    ['EWMA of four looks, λ .3', [chart.average], '@stdlib/stats-incr-ewmean, target first', [running()], 'no limits, no run length'],
    ['97.5 % of the normal', [quantile], 'simple-statistics `probit`', [load('simple-statistics').probit(0.975)], 'two decimals'],
  ]; // prettier-ignore
}

/** `load` is a `require` from where the packages are. */
export function answers(load) {
  const rows = drawnRows();
  return [
    curves(load, rows),
    comparisons(load, rows),
    ratios(load),
    regressions(load, rows),
    charts(load, rows),
  ].flat();
}
