// A forecast made of the first half of the accounts, judged on the second; and contracts by shifted beta-geometric.
import {
  coxBaseline,
  coxRegression,
  coxScores,
  coxSurvival,
  renewalCounts,
  retentionForecast,
  shiftedBetaGeometric,
  survivalCalibration,
  unoConcordance,
  brierScore,
} from '../../../libs/statistics/dist/index.js';
import { column, lives } from '../company.mjs';
import { COLOURS, figure, panel } from '../svg.mjs';

const [AT, HORIZON] = [28, 150];
/** Fader & Hardie (2007), regular customers of a contract: 1,000 that began, and those left each year. */
const SURVIVORS = [1000, 869, 743, 653, 593, 551, 517, 491];
const SEEN = 4;

const covariatesOf = (rows) => ({
  size: column(rows, 'size'),
  firstValue: rows.map(({ firstValue }) => (firstValue <= 14 ? 1 : 0)),
  integration: rows.map(({ integration }) => (integration <= AT ? 1 : 0)),
  team: rows.map(({ team }) => (team <= AT ? 1 : 0)),
});
const columnsOf = (rows) => ({ time: rows.map(({ time }) => time - AT), event: column(rows, 'event'), covariates: covariatesOf(rows) }); // prettier-ignore

function calibrationPanel() {
  const active = lives(0, 4000).filter(({ time, hasTerm }) => time > AT && hasTerm === 0);
  const past = columnsOf(active.filter(({ signup }) => signup < 180));
  const next = columnsOf(active.filter(({ signup }) => signup >= 180));
  const fit = coxRegression(past);
  const [baseline] = coxBaseline(past, fit);
  const names = Object.keys(next.covariates);
  const stays = next.time.map((_, i) => {
    const row = Object.fromEntries(names.map((name) => [name, next.covariates[name][i]]));
    return coxSurvival(fit, baseline, row, [HORIZON])[0].survival;
  });
  const leaves = stays.map((one) => 1 - one);
  const { curve, slope } = survivalCalibration(next, leaves, HORIZON);
  const { skill } = brierScore(next, stays, HORIZON);
  const { concordance } = unoConcordance({ ...next, risk: coxScores(fit, next.covariates) }, { until: HORIZON });
  const scale = { from: 0, to: 0.6, ticks: [0, 0.2, 0.4, 0.6], format: (value) => `${Math.round(100 * value)} %` };
  const own = panel({ left: 70, top: 50, width: 300, height: 260, title: 'Forecast and seen: leaving within 150 days', x: { ...scale, label: 'forecast' }, y: scale }); // prettier-ignore
  own.curve([0, 0.6], [0, 0.6], { colour: COLOURS.grey, dash: '4 3' });
  for (const { predicted, observed, lower, upper } of curve) {
    own.interval([lower, upper], predicted, { colour: COLOURS.blue, isUpright: true });
    own.point([predicted, observed], { colour: COLOURS.blue, size: 4 });
  }
  own.write([78, 68], `slope ${slope.estimate.toFixed(2)}, concordance ${concordance.toFixed(2)}`);
  own.write([78, 86], `Brier ${Math.round(100 * skill)} % below the base rate’s`);
  return own;
}

function contractPanel() {
  const fit = shiftedBetaGeometric(renewalCounts([SURVIVORS.slice(0, SEEN + 1)]));
  const forecast = retentionForecast(fit, { renewals: SURVIVORS.length - 1 });
  const x = { from: 0, to: 7.2, ticks: SURVIVORS.map((_, year) => year), label: 'years' };
  const y = { from: 0.35, to: 1, ticks: [0.4, 0.6, 0.8, 1], format: (value) => `${Math.round(100 * value)} %` };
  const own = panel({ left: 460, top: 50, width: 320, height: 260, title: 'Contracts left: 4 years fitted, 3 foretold', x, y }); // prettier-ignore
  own.line([own.across(SEEN + 0.5), 50], [own.across(SEEN + 0.5), 310], { colour: COLOURS.grey, dash: '4 3' });
  own.curve([0, ...forecast.map((one) => one.renewal)], [1, ...forecast.map((one) => one.survival.estimate)], { colour: COLOURS.blue }); // prettier-ignore
  for (const { renewal, survival } of forecast) own.interval([survival.lower, survival.upper], renewal, { colour: COLOURS.blue, isUpright: true }); // prettier-ignore
  SURVIVORS.forEach((one, year) => own.point([year, one / SURVIVORS[0]], { colour: COLOURS.orange, isHollow: year > SEEN, size: 4 })); // prettier-ignore
  own.write([470, 282], '● seen  ○ seen later', { colour: COLOURS.orange });
  own.write([470, 300], '— shifted beta-geometric', { colour: COLOURS.blue });
  return own;
}

export const name = 'which-renew';
export function draw() {
  const description = 'Left: ten groups of accounts by forecast, against the share that left, near the diagonal. Right: retention of 1,000 contracts, fitted on four years and foretold for three.'; // prettier-ignore
  return figure({ width: 820, height: 365, title: 'Forecasts judged on what came later', description }, [calibrationPanel(), contractPanel()]); // prettier-ignore
}
