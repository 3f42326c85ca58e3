// Everything that docs/performance-statistics.md says in figures, in one run. `npm run bench:statistics -- --help`
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import * as statistics from '../../libs/statistics/dist/index.js';
import { drawn, written } from './data.mjs';
import { measured } from './measured.mjs';
import { npmPeers } from './peers-npm.mjs';
import { packagesTable, report } from './report.mjs';

const DOCUMENT = new URL('../../docs/performance-statistics.md', import.meta.url);
const PACKAGES = new URL('../../docs/methods/other-packages.md', import.meta.url);
const HELP = `Measures the statistics library, with lifelines on the same data in the same run when Python has it.

  npm run bench:statistics [-- OPTIONS]
    --only A,B     only these parts: lifelines, growth, counts, npm
    --runs N       runs of each, the least counts (9)
    --json FILE    the figures as JSON
    --write        the tables into docs/performance-statistics.md, and docs/methods/other-packages.md

npm installs the packages of part npm into a temporary folder.`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '9' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const only = values.only?.split(',');
const wants = (part) => !only || only.includes(part);
const runs = Number(values.runs);
const say = (line) => process.stderr.write(`[${(performance.now() / 1000).toFixed(0).padStart(4)}s] ${line}\n`);

const { kaplanMeier, nelsonAalen, logRank, coxRegression, harrellConcordance, survivalAt } = statistics;
const METHODS = {
  cox: (d) => coxRegression({ time: d.time, event: d.event, covariates: d.covariates }).coefficients.map((one) => one.estimate), // prettier-ignore
  kaplanMeier: (d) => survivalAt(kaplanMeier(d.rows), 365).survival,
  kaplanMeierDays: (d) => survivalAt(kaplanMeier(d.rows), 365).survival,
  nelsonAalen: (d) => {
    const { time, cumulativeHazard } = nelsonAalen(d.rows);
    return cumulativeHazard[time.findIndex((one) => one > 365) - 1];
  },
  logRank: (d) => logRank({ ...d.rows, group: d.group }).statistic,
  concordance: (d) => harrellConcordance({ ...d.rows, risk: d.covariates.x0 }).concordance,
};

const figures = { cores: availableParallelism(), processor: cpus()[0]?.model.trim() ?? '', node: process.version };
if (wants('lifelines')) figures.beside = besideLifelines();
if (wants('growth')) figures.growth = growth();
if (wants('counts')) figures.counts = onCounts();
if (wants('npm')) figures.npm = npmPeers(say);
if (values.json) writeFileSync(values.json, JSON.stringify(figures, null, 2));
if (figures.beside || figures.growth || figures.counts) put(DOCUMENT, report(figures));
if (figures.npm) put(PACKAGES, packagesTable(figures.npm));

function put(page, text) {
  console.log(text);
  if (!values.write) return;
  const [before] = readFileSync(page, 'utf8').split('<!-- measured -->');
  writeFileSync(page, `${before}<!-- measured -->\n\n${text}\n`);
}

/** Ours and lifelines' on the same rows, with the answers of both. */
function besideLifelines() {
  const sizes = {
    cox: 100_000,
    kaplanMeier: 1_000_000,
    kaplanMeierDays: 1_000_000,
    nelsonAalen: 1_000_000,
    logRank: 1_000_000,
    concordance: 100_000,
  };
  return Object.entries(sizes).map(([name, rows]) => {
    const data = columns(rows, name === 'cox' ? 10 : 1, { days: name === 'kaplanMeierDays' });
    say(`${name}: ${rows.toLocaleString('en')} rows, ours`);
    const ours = measured(() => METHODS[name](data), { runs });
    say(`${name}: lifelines`);
    const peer = lifelines(name, data);
    return { name, rows, ours, peer, apart: peer && apart(ours.answer, peer.answer) };
  });
}

function columns(rows, covariates, options) {
  const { time, event, group, covariates: x } = drawn(rows, covariates, options);
  return { time, event, group, covariates: x, rows: { time, event } };
}

/** Null where Python or lifelines is missing. */
function lifelines(name, { time, event, group, covariates }) {
  const folder = written({ time, event, group, ...covariates });
  const script = new URL('peer-lifelines.py', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync('python3', [script, folder, name === 'cox' ? '1' : String(runs), name.replace('Days', '')], { encoding: 'utf8', timeout: 1_200_000 }); // prettier-ignore
  rmSync(folder, { recursive: true, force: true });
  if (status === 3 || status === null) return null;
  if (status !== 0) throw new Error(`peer-lifelines.py failed: ${stderr}`);
  const { version, measured: found } = JSON.parse(stdout);
  return { ...Object.values(found)[0], version };
}

/** Largest difference of two answers, as a share. */
function apart(ours, peers) {
  const [left, right] = [[ours].flat(), [peers].flat()];
  return Math.max(...left.map((one, i) => Math.abs(one - right[i]) / Math.max(1e-9, Math.abs(right[i]))));
}

/** Time at n, 2n, 4n, 8n rows. */
function growth() {
  const methods = {
    'Cox, 10 covariates, no ties': [25_000, 10, (d) => METHODS.cox(d)],
    'Cox, 10 covariates, whole days, late entry': [25_000, 10, (d) => coxRegression({ ...d }), { days: true }],
    'Kaplan–Meier': [250_000, 0, (d) => kaplanMeier(d.rows)],
    'log-rank of 3 groups': [125_000, 0, (d) => METHODS.logRank(d)],
    'concordance, with its error': [50_000, 1, (d) => METHODS.concordance(d)],
    'logistic regression, 10 covariates': [25_000, 10, (d) => statistics.logisticRegression({ events: d.outcome, covariates: d.covariates })], // prettier-ignore
    'propensity effect, 5 covariates': [12_500, 5, (d) => statistics.propensityEffect({ treated: d.treated, outcome: d.outcome, covariates: d.covariates })], // prettier-ignore
  };
  return Object.entries(methods).map(([name, [first, width, call, options]]) => {
    const sizes = [1, 2, 4, 8].map((times) => first * times);
    const seconds = sizes.map((rows) => {
      say(`${name}: ${rows.toLocaleString('en')} rows`);
      const data = drawn(rows, width, options);
      return measured(() => call({ ...data, rows: { time: data.time, event: data.event } }), { runs }).processor;
    });
    return { name, sizes, seconds };
  });
}

/** A fit on counts by period and pattern costs the same however many accounts they count. */
function onCounts() {
  return [10_000, 100_000, 1_000_000].map((rows) => {
    say(`Hazards by month of ${rows.toLocaleString('en')} accounts, from counts`);
    const { time, event, group, treated } = drawn(rows, 0, { days: true });
    const covariates = { group, treated };
    const counting = measured(() => statistics.personPeriodCounts({ time, event, covariates }, { width: 30 }), {
      runs: 1,
    });
    const fit = measured(() => statistics.discreteHazard(counting.answer), { runs });
    return { rows, lines: counting.answer.events.length, counting: counting.processor, fit: fit.processor };
  });
}
