// Two milestones of the planted company: one causes renewal, one only accompanies it.
import { landmarkRiskDifference } from '../../../libs/simulator/dist/index.js';
import { augmentedEffect, proportionComparison, propensityEffect } from '../../../libs/statistics/dist/index.js';
import { column, company, lives } from '../company.mjs';
import { COLOURS, figure, panel } from '../svg.mjs';

const [AT, HORIZON] = [28, 150];
const active = lives(0, 6000).filter(({ time, hasTerm }) => time > AT && hasTerm === 0);
const outcome = active.map(({ time, event }) => (event === 1 && time <= AT + HORIZON ? 1 : 0));
const covariates = {
  'log of company size': column(active, 'size'),
  'mid-market': active.map(({ segment }) => (segment === 1 ? 1 : 0)),
  enterprise: active.map(({ segment }) => (segment === 2 ? 1 : 0)),
  'first value by day 14': active.map(({ firstValue }) => (firstValue <= 14 ? 1 : 0)),
};

function estimates(name, milestone) {
  const treated = active.map((one) => (one[milestone] <= AT ? 1 : 0));
  const count = (arm) => {
    const of = outcome.filter((_, i) => treated[i] === arm);
    return { events: of.reduce((sum, one) => sum + one, 0), accounts: of.length };
  };
  const weighted = propensityEffect({ treated, outcome, covariates });
  const augmented = augmentedEffect({ treated, outcome, covariates, fold: active.map((_, i) => i % 5) });
  const question = { milestone: name, at: AT, horizon: HORIZON };
  const truth = landmarkRiskDifference(company, question).caused;
  return {
    lines: [
      ['plain difference', proportionComparison(count(0), count(1)).difference, null],
      ['overlap weights', weighted.difference, truth.overlap],
      ['augmented, cross-fitted', augmented.difference, truth.all],
    ],
    balance: weighted.balance,
  };
}

export const name = 'milestone-causal';
export function draw() {
  const milestones = [
    ['Integration depth: it causes renewal', estimates('integration', 'integration')],
    ['Team adoption: it only accompanies it', estimates('team', 'team')],
  ];
  const format = (value) => `${Math.round(100 * value)}`;
  const panels = milestones.map(([title, { lines }], k) => {
    const x = { from: -0.15, to: 0.06, ticks: [-0.15, -0.1, -0.05, 0, 0.05], format, label: 'risk of leaving, percentage points' }; // prettier-ignore
    const own = panel({ left: 170 + k * 330, top: 50, width: 300, height: 130, title, x, y: { from: 0.4, to: 3.6 } });
    lines.forEach(([what, { estimate, lower, upper }, truth], i) => {
      const colour = i === 0 ? COLOURS.orange : COLOURS.blue;
      own.interval([lower, upper], 3 - i, { colour });
      own.point([estimate, 3 - i], { colour });
      if (truth !== null) own.write([own.across(truth), own.up(3 - i) + 5], '×', { anchor: 'middle', colour: COLOURS.green, size: 18, weight: 700 }); // prettier-ignore
      if (k === 0) own.write([160, own.up(3 - i) + 4], what, { anchor: 'end' });
    });
    own.line([own.across(0), 50], [own.across(0), 180], { colour: COLOURS.grey, dash: '4 3' });
    return own;
  });
  const { balance } = milestones[0][1];
  const x = {
    from: -0.2,
    to: 0.6,
    ticks: [-0.1, 0.1, 0.3, 0.5],
    label: 'standardised difference, reached less others',
  };
  const below = panel({ left: 170, top: 270, width: 300, height: 120, title: 'Integration depth: are the groups alike?', x, y: { from: 0.4, to: 4.6 } }); // prettier-ignore
  balance.forEach(({ name: what, before, after }, i) => {
    below.point([before, 4 - i], { colour: COLOURS.orange, isHollow: true });
    below.point([after, 4 - i], { colour: COLOURS.blue });
    below.write([160, below.up(4 - i) + 4], what, { anchor: 'end' });
  });
  below.write([500, 300], '○ before weights', { colour: COLOURS.orange });
  below.write([500, 322], '● with overlap weights', { colour: COLOURS.blue });
  below.write([500, 344], '× the planted truth', { colour: COLOURS.green });
  below.write([500, 366], `${active.length} accounts active at day ${AT}`);
  const description = 'Differences of the risk of leaving for two milestones: the plain ones are far from 0 for both, the adjusted ones near the planted truth, which is 0 for team adoption.'; // prettier-ignore
  return figure({ width: 830, height: 450, title: 'Plain and adjusted effects of two milestones', description }, [...panels, below]); // prettier-ignore
}
