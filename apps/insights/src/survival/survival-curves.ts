import type { Estimate, SurvivalAnswer } from '@milepost/contracts/http';
import { kaplanMeier, medianSurvival, numberAtRisk, proportionInterval, survivalAt } from '@milepost/statistics';
import type { RiskTable, SurvivalCurve } from '@milepost/statistics';
import { competingTable, incidenceOf, incidenceQuantile } from '../milestones/incidence.js';
import type { EndedAt } from '../milestones/incidence.js';

type Group = SurvivalAnswer['data']['groups'][number];
type Point = Group['curve'][number];

/** Counts by time as a risk table in which all causes but the first are censored. */
export function riskTableOf(ended: readonly EndedAt[]): RiskTable {
  const { time, atRisk, events } = competingTable(ended);
  return { time, atRisk, events: events[0]! };
}

/** Kaplan–Meier where nothing competes. */
export function survivalGroup(
  ended: readonly EndedAt[],
  at: readonly number[],
): Pick<Group, 'median' | 'at' | 'curve'> {
  // prettier-ignore
  const curve = kaplanMeier(riskTableOf(ended));
  return {
    median: medianSurvival(curve),
    at: at.map((time) => ({ time, ...pointAt(curve, time) })),
    curve: stepsOf(curve),
  };
}

/** Aalen–Johansen where leaving competes. */
export function incidenceGroup(
  ended: readonly EndedAt[],
  at: readonly number[],
): Pick<Group, 'median' | 'at' | 'curve'> {
  // prettier-ignore
  const incidence = incidenceOf(ended);
  const { time, atRisk, causes } = incidence;
  const own = causes[0]!;
  const point = (j: number): Omit<Point, 'time'> => ({ atRisk: atRisk[j]!, estimate: own.incidence[j]!, lower: own.lower[j]!, upper: own.upper[j]! }); // prettier-ignore
  const last = time.at(-1)!;
  return {
    median: incidenceQuantile(incidence, 0, 0.5),
    at: at.map((day) => {
      const j = time.findLastIndex((one) => one <= day);
      const there = numberAtRisk({ time, atRisk, events: own.incidence }, day);
      if (day > last) return { time: day, atRisk: there, estimate: null, lower: null, upper: null };
      // Before the first event the curve has no error.
      if (j < 0 || own.incidence[j] === 0) return { time: day, atRisk: there, ...proportionInterval({ events: 0, accounts: there }) }; // prettier-ignore
      return { time: day, ...point(j), atRisk: there };
    }),
    curve: thinned(Array.from(time.keys()).filter((j) => own.incidence[j]! > (own.incidence[j - 1] ?? 0))).map((j) => ({ time: time[j]!, ...point(j) })), // prettier-ignore
  };
}

function pointAt(curve: SurvivalCurve, time: number): Estimate & { atRisk: number } {
  const point = survivalAt(curve, time);
  if (point === null) return { atRisk: 0, estimate: null, lower: null, upper: null };
  const { atRisk, survival, lower, upper } = point;
  // Before the first event the curve has no error.
  if (survival === 1) return { atRisk, ...proportionInterval({ events: atRisk, accounts: atRisk }) };
  return { atRisk, estimate: survival, lower, upper };
}

/** The curve where it falls. */
export function stepsOf(curve: SurvivalCurve): Point[] {
  const falls = Array.from(curve.time.keys()).filter((j) => curve.events[j]! > 0);
  return thinned(falls).map((j) => ({ time: curve.time[j]!, atRisk: curve.atRisk[j]!, estimate: curve.survival[j]!, lower: curve.lower[j]!, upper: curve.upper[j]! })); // prettier-ignore
}

const MOST_POINTS = 200;

function thinned(places: readonly number[]): number[] {
  const step = Math.ceil(places.length / MOST_POINTS);
  return places.filter((_, k) => k % step === 0 || k === places.length - 1);
}
