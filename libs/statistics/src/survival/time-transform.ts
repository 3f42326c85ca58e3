import { StatisticsError } from '../statistics-error.js';
import type { CoxData } from './cox-data.js';
import { kaplanMeier } from './kaplan-meier.js';
import { riskTable } from './risk-table.js';
import { lastAtOrBefore } from './survival-at.js';

/** The scale of time on which an effect may change: `km` and `rank` are not ruled by a few late events. */
export type TimeTransform = 'km' | 'rank' | 'identity' | 'log';

/** g(t), less its mean over the events: a score test is the same for g + constant, but its digits are not. */
export function timeTransform(data: CoxData, transform: TimeTransform): (time: number) => number {
  const g = uncentred(data, transform);
  let [total, events] = [0, 0];
  data.event.forEach((one, i) => {
    if (one === 0) return;
    total += g(data.time[i]!);
    events++;
  });
  return (time) => g(time) - total / events;
}

function uncentred(data: CoxData, transform: TimeTransform): (time: number) => number {
  if (transform === 'identity') return (time) => time;
  if (transform === 'log') {
    const first = data.time.find((time, i) => time === 0 && data.event[i] === 1);
    if (first === 0)
      throw new StatisticsError('invalid-input', 'An event at time 0 has no log: use km, rank or identity.');
    return Math.log;
  }
  const { time, event, count } = data;
  if (transform === 'rank') {
    const table = riskTable({ time, event, weights: count });
    // Among all times, censored ones too, as in R; tied ones have their mean rank.
    return (at) => {
      const j = lastAtOrBefore(table.time, at);
      return data.rows - table.atRisk[j]! + (table.events[j]! + table.censored[j]! + 1) / 2;
    };
  }
  if (transform === 'km') {
    // Without weights, as in R: they say how much a row matters, not how many there are.
    const curve = kaplanMeier({ time, event, start: data.start ?? undefined, weights: count });
    return (at) => 1 - (curve.survival[lastBefore(curve.time, at)] ?? 1);
  }
  throw new StatisticsError('invalid-input', `transform is ${String(transform)}: give km, rank, identity or log.`);
}

/** Index of the last of ascending times that is before `time`, or -1. */
function lastBefore(times: Float64Array, time: number): number {
  let j = lastAtOrBefore(times, time);
  while (j >= 0 && times[j] === time) j--;
  return j;
}
