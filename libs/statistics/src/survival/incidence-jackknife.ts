import { ascendingOrder } from './ascending-order.js';
import type { CheckedCompetingRiskTable } from './competing-risk-table.js';
import { lastAtOrBefore } from './survival-at.js';

/** Rows as the jackknife leaves them out: whose they are, and how many units they stand for. */
export interface JackknifeRows {
  readonly time: Float64Array;
  readonly start: Float64Array | null;
  readonly cause: Uint8Array;
  readonly weights: Float64Array | null;
  /** Number of the row's unit, from 0; each row its own if null, and then a weight is so many units. */
  readonly unit: Uint32Array | null;
}

/**
 * Infinitesimal jackknife of one cause's incidence: the square root of the summed squares of U, the derivative of F(t)
 * in a unit's weight. Between its entry s and its end a row has
 * U = X(t) - X(s) - A(s) (F(t) - F(s)), A = Σ d/(n(n - d)) and X = Σ S(t-) d_k/n (A(t-) - 1/n), and afterwards
 * U + c (F(t) - F(end)). So each U is α + β F(t) + γ X(t) with numbers that change only at the row's entry and end, and
 * sums of their products give all errors in one sweep.
 */
export function jackknifeErrors(
  { time, start, cause, weights, unit }: JackknifeRows,
  table: CheckedCompetingRiskTable,
  own: number,
): Float64Array {
  const steps = stepsOf(table, own);
  const rows = time.length;
  const entry = Float64Array.from(time, (_, i) => (start === null ? -1 : lastAtOrBefore(table.time, start[i]!)));
  const end = Float64Array.from(time, (at) => lastAtOrBefore(table.time, at));
  const [byEntry, byEnd] = [ascendingOrder(entry), ascendingOrder(end)];
  const units = unit === null ? rows : unit.reduce((most, one) => Math.max(most, one), 0) + 1;
  const sums = new UnitSums(units);
  const weightOf = (row: number) => (weights === null ? 1 : weights[row]!);
  const change = (row: number, alpha: number, beta: number, gamma: number): void => {
    if (unit === null) sums.add(row, weightOf(row), alpha, beta, gamma);
    else sums.add(unit[row]!, 1, weightOf(row) * alpha, weightOf(row) * beta, weightOf(row) * gamma);
  };
  const errors = new Float64Array(table.time.length);
  for (let j = -1, e = 0, s = 0; j < errors.length; j++) {
    for (; e < rows && end[byEnd[e]!]! <= j; e++) {
      const row = byEnd[e]!;
      if (weightOf(row) === 0) continue;
      const since = steps.at(entry[row]!);
      const now = steps.at(j);
      const happened = cause[row]! > 0;
      const after = now.hazard - since.hazard - (happened ? now.leaving : 0);
      const gained = now.x - since.x - since.hazard * (now.incidence - since.incidence) + (cause[row] === own + 1 ? now.arriving : 0); // prettier-ignore
      change(row, gained - after * now.incidence + since.x - since.hazard * since.incidence, after + since.hazard, -1);
    }
    if (j >= 0) errors[j] = Math.sqrt(Math.max(0, sums.squares(steps.at(j).incidence, steps.at(j).x)));
    for (; s < rows && entry[byEntry[s]!]! <= j; s++) {
      const row = byEntry[s]!;
      const since = steps.at(j);
      if (weightOf(row) > 0) change(row, since.hazard * since.incidence - since.x, -since.hazard, 1);
    }
  }
  return errors;
}

/** F, A and X after each time of the table (0 before the first), and what an event at it adds to its own row. */
function stepsOf({ time, atRisk, events }: CheckedCompetingRiskTable, own: number) {
  const column = () => new Float64Array(time.length);
  const [incidence, hazard, x, arriving, leaving] = [column(), column(), column(), column(), column()];
  let [left, f, a, sum] = [1, 0, 0, 0];
  for (let j = 0; j < time.length; j++) {
    const n = atRisk[j]!;
    const died = events.reduce((all, one) => all + one[j]!, 0);
    if (died > 0 && left > 0) {
      arriving[j] = left / n;
      f += (left * events[own]![j]!) / n;
      sum += ((left * events[own]![j]!) / n) * (a - 1 / n);
      // Where all leave nothing happens any more.
      if (died < n) {
        a += died / (n * (n - died));
        leaving[j] = 1 / (n - died);
      }
      left *= Math.max(0, n - died) / n;
    }
    [incidence[j], hazard[j], x[j]] = [f, a, sum];
  }
  const at = (j: number) => ({
    incidence: j < 0 ? 0 : incidence[j]!,
    hazard: j < 0 ? 0 : hazard[j]!,
    x: j < 0 ? 0 : x[j]!,
    arriving: j < 0 ? 0 : arriving[j]!,
    leaving: j < 0 ? 0 : leaving[j]!,
  });
  return { at };
}

/** α, β and γ of each unit, and over all units the sums of their products. */
class UnitSums {
  private readonly of: Float64Array;
  private readonly products = new Float64Array(6);

  constructor(units: number) {
    this.of = new Float64Array(units * 3);
  }

  add(unit: number, times: number, alpha: number, beta: number, gamma: number): void {
    const place = unit * 3;
    this.count(place, -times);
    this.of[place]! += alpha;
    this.of[place + 1]! += beta;
    this.of[place + 2]! += gamma;
    this.count(place, times);
  }

  /** Σ (α + β F + γ X)² */
  squares(f: number, x: number): number {
    const [aa, ab, ac, bb, bc, cc] = this.products as unknown as [number, number, number, number, number, number];
    return aa + 2 * f * ab + 2 * x * ac + f * f * bb + 2 * f * x * bc + x * x * cc;
  }

  private count(place: number, times: number): void {
    const [a, b, c] = [this.of[place]!, this.of[place + 1]!, this.of[place + 2]!];
    const { products } = this;
    products[0]! += times * a * a;
    products[1]! += times * a * b;
    products[2]! += times * a * c;
    products[3]! += times * b * b;
    products[4]! += times * b * c;
    products[5]! += times * c * c;
  }
}
