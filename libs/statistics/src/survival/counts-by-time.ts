import { ascendingMagnitudes } from './ascending-magnitudes.js';
import { LARGEST } from './checked-column.js';
import { endsOfPlaces, firstTimes, type EndsByTime } from './ends-by-time.js';

/** Whole times below this have places of their own, in a megabyte: hours of seven years, days of more than a life. */
const PLACES = 1 << 16;

/**
 * Rows that count 1 each, by time: linear for whole times that are few, as days are, else as `ascendingMagnitudes`.
 * Null where a row is not as it should be, for `checkRows` to say what is wrong: to check and copy the columns first
 * would take as long as to count them.
 */
export const countsByTime = (time: ArrayLike<number>, event: ArrayLike<number>): EndsByTime | null =>
  event.length !== time.length || time.length === 0
    ? null
    : (countsByPlace(time, event) ?? countsBySorting(time, event));

/** Not by comparing with each of the two: a processor guesses wrong every other time which of them a row has. */
const isIndicator = (value: number): boolean => value * value === value && value < Infinity;

/** Null at the first row that has no place, or is not as it should be. */
function countsByPlace(time: ArrayLike<number>, event: ArrayLike<number>): EndsByTime | null {
  const places = Math.min(time.length, PLACES);
  const counts = new Float64Array(2 * places);
  let last = 0;
  for (let i = 0; i < time.length; i++) {
    const at = time[i]!;
    const ended = event[i]!;
    const place = typeof at === 'number' ? at | 0 : -1;
    if (place !== at || place < 0 || place >= places || !isIndicator(ended)) return null;
    counts[2 * place + ended]!++;
    if (place > last) last = place;
  }
  return endsOfPlaces(counts.subarray(0, 2 * (last + 1)));
}

/** Times carry their events as signs, so that they are sorted as one. Null if a row is not as it should be. */
function countsBySorting(time: ArrayLike<number>, event: ArrayLike<number>): EndsByTime | null {
  const rows = time.length;
  const signed = new Float64Array(rows);
  let low = Infinity;
  let high = 0;
  for (let i = 0; i < rows; i++) {
    const at = time[i]!;
    const ended = event[i]!;
    if (typeof at !== 'number' || !(at >= 0 && at <= LARGEST) || !isIndicator(ended)) return null;
    if (at < low) low = at;
    if (at > high) high = at;
    // -0 becomes 0, whose sign is then the event's alone.
    signed[i] = (1 - 2 * ended) * (at + 0);
  }
  return endsOfSorted(ascendingMagnitudes(signed, low, high), signed);
}

/** Into the memory of the sorted times, and of a column that is no longer needed: new memory is a part of all the time. */
function endsOfSorted(sorted: Float64Array, spare: Float64Array): EndsByTime {
  const rows = sorted.length;
  const halves = new Uint32Array(sorted.buffer);
  const ends = { time: sorted, events: spare, censored: new Float64Array(rows), atRisk: new Float64Array(rows) };
  const { time, events, censored, atRisk } = ends;
  let size = 0;
  let before = -1;
  for (let k = 0; k < rows; k++) {
    const at = Math.abs(sorted[k]!);
    // The sign's bit, which 0 has too (little-endian machines, as all that run Node are).
    const ended = halves[2 * k + 1]! >>> 31;
    if (at === before) {
      events[size - 1]! += ended;
      censored[size - 1]! += 1 - ended;
    } else {
      time[size] = before = at;
      events[size] = ended;
      censored[size] = 1 - ended;
      atRisk[size++] = rows - k;
    }
  }
  return firstTimes(ends, size);
}
