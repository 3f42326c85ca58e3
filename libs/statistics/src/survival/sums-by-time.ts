import { ascendingOrder } from './ascending-order.js';
import { endsOfPlaces, withAtRisk, type EndsByTime } from './ends-by-time.js';

/** Weights added up by time, in the order of the rows. A row of weight 0 is as if it were not there. */
export function sumsByTime(time: Float64Array, event: Uint8Array, weights: Float64Array): EndsByTime {
  const places = placesOf(time);
  return places <= time.length ? sumsByPlace(time, event, weights, places) : sumsByOrder(time, event, weights);
}

/** One more than the largest time if all are whole, as days are; else Infinity. */
function placesOf(time: Float64Array): number {
  let last = 0;
  for (let i = 0; i < time.length; i++) {
    const at = time[i]!;
    if (at !== Math.floor(at)) return Infinity;
    if (at > last) last = at;
  }
  return last + 1;
}

/** Days fewer than rows need no sorting: each has its place. */
function sumsByPlace(time: Float64Array, event: Uint8Array, weights: Float64Array, places: number): EndsByTime {
  // By row, so that no branch hangs on the event: a processor guesses it wrong every other time.
  const sums = new Float64Array(2 * places);
  for (let i = 0; i < time.length; i++) sums[(2 * time[i]! + event[i]!) | 0]! += weights[i]!;
  return endsOfPlaces(sums);
}

function sumsByOrder(time: Float64Array, event: Uint8Array, weights: Float64Array): EndsByTime {
  const rows = time.length;
  const order = ascendingOrder(time);
  const [distinct, events, censored] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  let [last, before] = [-1, NaN];
  for (let k = 0; k < rows; k++) {
    const i = order[k]!;
    const weight = weights[i]!;
    if (weight === 0) continue;
    const at = time[i]!;
    if (at !== before) distinct[++last] = before = at;
    if (event[i] === 1) events[last]! += weight;
    else censored[last]! += weight;
  }
  return withAtRisk({ time: distinct, events, censored }, last + 1);
}
