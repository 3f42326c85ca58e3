import { StatisticsError } from '../statistics-error.js';
import type { CoxData } from './cox-data.js';

/** Efron's likelihood has a factor for each event; more at one time would take minutes. */
const MOST_FACTORS = 10_000_000;

export type TieMethod = 'efron' | 'breslow';

/** Sums over those at risk (s) and over those with the event (e) at one event time; the same object at each call. */
export interface RiskSet {
  /** Index in `data.strata`. */
  stratum: number;
  time: number;
  /** Rows from `from` to before `to` end at this time; events among them have event[i] = 1. */
  from: number;
  to: number;
  /** Σ r, Σ r x, and Σ r x x' as a packed lower triangle; r is weight × count × exp(linear predictor). */
  s0: number;
  readonly s1: Float64Array;
  readonly s2: Float64Array;
  e0: number;
  readonly e1: Float64Array;
  readonly e2: Float64Array;
  /** Weight of the events, and how many factors the likelihood has here: Efron one for each event, Breslow one. */
  eventWeight: number;
  factors: number;
}

/**
 * Visits the risk sets of all event times, in each stratum from the last to the first. Rows are added as time goes back,
 * and those that had not entered yet are taken out, so a sweep is O(n p²) however many event times there are.
 *
 * @param relativeRisk exp(linear predictor) of each row
 * @param order 2 to sum second moments too; without need they are most of the cost
 */
export function sweepRiskSets(
  data: CoxData,
  relativeRisk: Float64Array,
  ties: TieMethod,
  order: 1 | 2,
  visit: (set: RiskSet) => void,
): void {
  const size = data.names.length;
  const packed = order === 2 ? (size * (size + 1)) / 2 : 0;
  const columns = (length: number): [Float64Array, Float64Array] => [
    new Float64Array(length),
    new Float64Array(length),
  ];
  const [s1, e1] = columns(size);
  const [s2, e2] = columns(packed);
  const set: RiskSet = {
    stratum: 0,
    time: 0,
    from: 0,
    to: 0,
    s0: 0,
    s1,
    s2,
    e0: 0,
    e1,
    e2,
    eventWeight: 0,
    factors: 0,
  };
  const { time, event, weight, count, x, start, byStart } = data;
  const addMoments = (first: Float64Array, second: Float64Array, row: number, r: number): void => {
    const at = row * size;
    for (let a = 0, ab = 0; a < size; a++) {
      const rx = r * x[at + a]!;
      first[a]! += rx;
      if (packed > 0) for (let b = 0; b <= a; b++) second[ab++]! += rx * x[at + b]!;
    }
  };
  data.strata.forEach(({ from, to }, stratum) => {
    set.stratum = stratum;
    let atRisk = 0;
    let entering = to - 1;
    for (let i = to - 1; i >= from;) {
      const now = time[i]!;
      if (byStart !== null && start !== null) {
        for (; entering >= from && start[byStart[entering]!]! >= now; entering--, atRisk--) {
          const row = byStart[entering]!;
          const r = weight[row]! * count[row]! * relativeRisk[row]!;
          set.s0 -= r;
          addMoments(s1, s2, row, -r);
        }
      }
      // What rounding has left of an empty risk set must not weigh on the next one.
      if (atRisk === 0) {
        set.s0 = 0;
        s1.fill(0);
        s2.fill(0);
      }
      set.to = i + 1;
      set.e0 = set.eventWeight = 0;
      let events = 0;
      for (; i >= from && time[i] === now; i--, atRisk++) {
        const importance = weight[i]! * count[i]!;
        const r = importance * relativeRisk[i]!;
        set.s0 += r;
        addMoments(s1, s2, i, r);
        if (event[i] === 0) continue;
        if (events === 0) {
          e1.fill(0);
          e2.fill(0);
        }
        events += count[i]!;
        set.eventWeight += importance;
        set.e0 += r;
        if (ties === 'efron') addMoments(e1, e2, i, r);
      }
      if (events === 0) continue;
      if (ties === 'efron' && events > MOST_FACTORS) {
        throw new StatisticsError('invalid-input', `${events} events at ${now} have as many factors by Efron: give ties breslow, or a finer clock.`); // prettier-ignore
      }
      set.time = now;
      set.from = i + 1;
      set.factors = ties === 'efron' ? events : 1;
      visit(set);
    }
  });
}
