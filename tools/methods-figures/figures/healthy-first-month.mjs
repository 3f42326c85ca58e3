// First value by day 14 in fifteen small segments of the planted company: raw, pulled together, and the truth.
import { firstValueShares } from '../../../libs/simulator/dist/index.js';
import { hyperpriorShrinkage } from '../../../libs/statistics/dist/index.js';
import { company, lives } from '../company.mjs';
import { COLOURS, figure, panel } from '../svg.mjs';

const DAYS = 14;

export const name = 'healthy-first-month';
export function draw() {
  // Accounts of before the planted drift of day 270.
  const early = lives(0, 400).filter(({ signup }) => signup < 270);
  const cells = company.cells.map((cell, k) => {
    const own = early.filter((one) => one.cell === k);
    return { title: `${cell.industry}, ${cell.region}`, trials: own.length, events: own.filter(({ firstValue }) => firstValue <= DAYS).length, truth: firstValueShares(company, DAYS)[k] }; // prettier-ignore
  });
  const counts = { events: cells.map((one) => one.events), trials: cells.map((one) => one.trials) };
  const { segments, mean } = hyperpriorShrinkage(counts);
  const order = cells.map((_, k) => k).sort((a, b) => segments[b].estimate - segments[a].estimate);
  const x = { from: 0.4, to: 1, ticks: [0.4, 0.6, 0.8, 1], format: (value) => `${Math.round(100 * value)} %`, label: `accounts with a first value by day ${DAYS}` }; // prettier-ignore
  const own = panel({ left: 240, top: 50, width: 420, height: 390, title: 'Fifteen segments', x, y: { from: 0.3, to: 15.7 } }); // prettier-ignore
  own.line([own.across(mean.estimate), 50], [own.across(mean.estimate), 440], { colour: COLOURS.grey, dash: '4 3' });
  order.forEach((k, place) => {
    const at = 15 - place;
    const { estimate, lower, upper, raw } = segments[k];
    own.write([230, own.up(at) + 4], `${cells[k].title}  (${cells[k].trials})`, { anchor: 'end' });
    own.interval([lower, upper], at, { colour: COLOURS.blue });
    if (raw !== null) own.point([raw, at], { colour: COLOURS.orange, isHollow: true, size: 4 });
    own.point([estimate, at], { colour: COLOURS.blue, size: 4 });
    own.write([own.across(cells[k].truth), own.up(at) + 5], '×', { anchor: 'middle', colour: COLOURS.green, size: 16, weight: 700 }); // prettier-ignore
  });
  own.write([150, 500], '○ its own share', { colour: COLOURS.orange });
  own.write([270, 500], '● with what the others know, 95 %', { colour: COLOURS.blue });
  own.write([520, 500], '× the truth', { colour: COLOURS.green });
  const description = `Shares of fifteen segments of ${Math.min(...counts.trials)} to ${Math.max(...counts.trials)} accounts, raw and shrunk towards their mean, with the planted truth.`; // prettier-ignore
  return figure({ width: 700, height: 520, title: 'A healthy first month by segment', description }, [own]);
}
