// Other npm packages that offer one of our methods, on the same input, beside ours. They are installed into a folder
// outside of the repository, so that nothing here depends on them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as statistics from '../../libs/statistics/dist/index.js';
import { drawn } from './data.mjs';

const PACKAGES = [
  'simple-statistics@7.12.1',
  'jstat@1.9.6',
  'ml-logistic-regression@2.0.0',
  'ml-matrix@6.12.1',
  'ml-regression-multivariate-linear@2.0.4',
  '@stdlib/stats-ttest2',
  '@stdlib/stats-chi2gof',
  '@stdlib/stats-padjust',
  '@stdlib/stats-incr-ewmean@0.2.3',
  'wilson-score@1.0.0',
];

const list = (values, digits = 6) => Array.from(values, (one) => Number(one.toPrecision(digits))).join(' ');

function rows(load) {
  const { time, treated, outcome, covariates } = drawn(400, 2, { days: true });
  const [x0, x1] = [Array.from(covariates.x0), Array.from(covariates.x1)];
  const arms = [0, 1].map((arm) => Array.from(time).filter((_, i) => treated[i] === arm));
  const mean = statistics.meanComparison(statistics.armMoments(arms[0]), statistics.armMoments(arms[1])).difference;
  const welch = load('@stdlib/stats-ttest2')(arms[1], arms[0]);
  const simple = load('simple-statistics');
  const { jStat } = load('jstat');
  const ratio = statistics.sampleRatio([5000, 5200]);
  const gof = load('@stdlib/stats-chi2gof')([5000, 5200], [5100, 5100]);
  const p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.6];
  const y = Array.from(time);
  const line = statistics.linearRegression({ outcome: y, covariates: { x0, x1 } }, { errors: 'equal' });
  const Linear = load('ml-regression-multivariate-linear').default ?? load('ml-regression-multivariate-linear');
  const theirs = new Linear(x0.map((one, i) => [one, x1[i]]), y.map((one) => [one])); // prettier-ignore
  const ols = jStat.models.ols(y, x0.map((one, i) => [1, one, x1[i]])); // prettier-ignore
  const odds = statistics.logisticRegression({ events: outcome, covariates: { x0, x1 } });
  const [slope] = odds.coefficients;
  const { Matrix } = load('ml-matrix');
  const Logistic = load('ml-logistic-regression').default ?? load('ml-logistic-regression');
  const descent = new Logistic({ numSteps: 5000, learningRate: 5e-3 });
  descent.train(new Matrix(x0.map((one, i) => [1, one, x1[i]])), Matrix.columnVector(Array.from(outcome))); // prettier-ignore
  const weights = descent.classifiers[0].weights.to1DArray();
  const share = statistics.proportionInterval({ events: 10, accounts: 100 });
  const looks = [52, 47, 53, 49.3];
  const chart = statistics.ewmaChart(looks, { target: 50, sigma: 2, lambda: 0.3, width: 3 }).points.at(-1);
  const running = load('@stdlib/stats-incr-ewmean')(0.3);
  for (const look of [50, ...looks]) running(look);
  const extreme = statistics.sampleRatio([50_000, 53_500]);
  return [
    ['difference of means, Welch: p', list([mean.p]), '@stdlib/stats-ttest2', list([welch.pValue])],
    ['the same: interval', list([mean.lower, mean.upper]), '@stdlib/stats-ttest2', list(welch.ci)],
    ['the same: t', list([mean.estimate / mean.standardError]), 'simple-statistics `tTestTwoSample`, of equal variances; no p, no interval', list([simple.tTestTwoSample(arms[1], arms[0], 0)])],
    ['sample ratio 5000 : 5200: p', list([ratio.p]), '@stdlib/stats-chi2gof', list([gof.pValue])],
    ['the same', list([ratio.p]), 'jstat `1 - chisquare.cdf`', list([1 - jStat.chisquare.cdf(ratio.statistic, 1)])],
    ['sample ratio 50,000 : 53,500: p', extreme.p.toExponential(4), 'jstat `1 - chisquare.cdf`', (1 - jStat.chisquare.cdf(extreme.statistic, 1)).toExponential(4)],
    ['false discovery, adjusted p', list(statistics.falseDiscovery(p).adjusted), '@stdlib/stats-padjust', list(load('@stdlib/stats-padjust')(p, 'bh'))],
    ['linear regression: estimates', list([line.intercept, ...line.coefficients].map((one) => one.estimate)), 'ml-regression-multivariate-linear', list([theirs.weights[2][0], theirs.weights[0][0], theirs.weights[1][0]])],
    ['the same: errors', list([line.intercept, ...line.coefficients].map((one) => one.standardError)), 'ml-regression-multivariate-linear', list([theirs.stdErrors[2], theirs.stdErrors[0], theirs.stdErrors[1]])],
    ['the same: errors', list([line.intercept, ...line.coefficients].map((one) => one.standardError)), 'jstat `models.ols`', list(ols.t.se)],
    ['logistic regression: estimates', list([odds.intercept, ...odds.coefficients].map((one) => one.estimate)), 'ml-logistic-regression, 5,000 steps; no errors', list(weights)],
    ['97.5 % of the normal', list([Math.log(slope.upper / slope.ratio) / slope.standardError], 8), 'simple-statistics `probit`', list([simple.probit(0.975)], 8)],
    ['10 of 100: lower end of Wilson’s 95 %', list([share.lower]), 'wilson-score, z given; no upper end', list([load('wilson-score')(10, 100, 1.959964)])],
    ['EWMA of four looks, λ .3', list([chart.average]), '@stdlib/stats-incr-ewmean, target first; no limits, no run length', list([running()])],
  ]; // prettier-ignore
}

/** Lines of the table, or the reason why there are none. */
export function npmPeers(say) {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-peers-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{}');
    say(`Installing ${PACKAGES.length} packages to compare with`);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', ...PACKAGES], {
      cwd: folder,
      stdio: 'pipe',
    });
    return rows(createRequire(join(folder, 'package.json')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
