import type { CohortForecastAnswer } from '@milepost/contracts/http';
import { hasNoAnswer, numberAtRisk, proportionInterval } from '@milepost/statistics';
import { shrunkShares } from '../benchmarks/shrunk-shares.js';
import { incidenceOf } from '../milestones/incidence.js';
import { FEW_EVENTS } from '../wording/warnings.js';

export interface ExpansionRow {
  label: string;
  day: number;
  events: number;
  competing: number;
  censored: number;
}

type Expansion = NonNullable<CohortForecastAnswer['data']['groups'][number]['expansion']>;
type Point = Pick<Expansion, 'atRisk' | 'events' | 'raw'> & {
  /** As many contracts, seen until that day each, would say as much. */
  asGood: { events: number; trials: number };
};

interface Curve {
  /** The day asked for, or the last before it until which enough were seen. */
  byDay: number;
  at: (day: number) => Point;
}

/**
 * By group, how many of its contracts will have expanded by a day, if new ones do as earlier ones did: cumulative
 * incidence, for leaving competes, pulled towards the other groups' by the same day. Where too few were seen for so long,
 * of the last day for which enough were. Null for a group without contracts.
 */
export function cohortExpansions(groups: readonly (readonly ExpansionRow[])[], day: number): (Expansion | null)[] {
  const curves = groups.map((rows) => (rows.length === 0 ? null : curveOf(rows, day)));
  const shrunkBy = new Map<number, Map<Curve, Expansion>>();
  return curves.map((curve) => {
    if (curve === null) return null;
    const there = curves.filter((one) => one !== null).filter(({ byDay }) => byDay >= curve.byDay);
    const shrunk = shrunkBy.get(curve.byDay) ?? shrunkAt(there, curve.byDay);
    shrunkBy.set(curve.byDay, shrunk);
    return shrunk.get(curve)!;
  });
}

function curveOf(rows: readonly ExpansionRow[], day: number): Curve {
  const ended = rows.map((row) => ({ time: row.day, causes: [row.events, row.competing], censored: row.censored }));
  const { time, atRisk, causes } = incidenceOf(ended);
  const { incidence, standardError, lower, upper } = causes[0]!;
  const there = (at: number): number => numberAtRisk({ time, atRisk, events: incidence }, at);
  const lastEnough = time.findLast((one) => one <= day && there(one) >= FEW_EVENTS) ?? time[0]!;
  const at = (byDay: number): Point => {
    const j = time.findLastIndex((one) => one <= byDay);
    const events = rows.filter((row) => row.day <= byDay).reduce((sum, row) => sum + row.events, 0);
    const seen = { atRisk: there(byDay), events };
    // Of none the curve has no error: those who are still there without one bound it.
    if (events === 0) return { ...seen, raw: proportionInterval({ events: 0, accounts: seen.atRisk }), asGood: { events: 0, trials: seen.atRisk } }; // prettier-ignore
    const raw = { estimate: incidence[j]!, lower: lower[j]!, upper: upper[j]! };
    return { ...seen, raw, asGood: asGoodAs(raw.estimate, standardError[j]!, atRisk[0]!) };
  };
  return { byDay: there(day) >= FEW_EVENTS ? day : lastEnough, at };
}

/** Whole trials with the same share and, about, the same error; of a share without one, those there at the start. */
function asGoodAs(share: number, standardError: number, contracts: number): Point['asGood'] {
  const trials = standardError > 0 ? (share * (1 - share)) / standardError ** 2 : contracts;
  const events = Math.max(1, Math.round(share * trials));
  return { events, trials: Math.max(events, Math.round(events / share)) };
}

function shrunkAt(curves: readonly Curve[], byDay: number): Map<Curve, Expansion> {
  const points = curves.map((curve) => curve.at(byDay));
  const pulled = pulledOrAlone(points);
  return new Map(
    curves.map((curve, k) => {
      const { atRisk, events, raw } = points[k]!;
      return [curve, { byDay, atRisk, events, raw, ...pulled[k]! }];
    }),
  );
}

/** Alone where there is no other, or where nothing says how far groups differ. */
function pulledOrAlone(points: readonly Point[]): Pick<Expansion, 'estimate' | 'lower' | 'upper' | 'pull'>[] {
  try {
    const { segments } = shrunkShares({
      events: points.map(({ asGood }) => asGood.events),
      trials: points.map(({ asGood }) => asGood.trials),
    });
    return segments.map(({ estimate, lower, upper, pull }) => ({ estimate, lower, upper, pull }));
  } catch (error) {
    if (!hasNoAnswer(error)) throw error;
    return points.map(({ raw }) => ({ ...raw, pull: 0 }));
  }
}
