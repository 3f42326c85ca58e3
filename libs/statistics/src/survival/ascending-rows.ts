import { ascendingOrder, rangeOf } from './ascending-order.js';

/** Rows of a bucket, on average: few enough for insertion within the nearest cache. */
const SHARE = 4;
const MOST_MOVES = 16;

export interface TimesAndEvents {
  readonly time: Float64Array;
  readonly event: Uint8Array;
}

/**
 * Rows in ascending order of finite times, those of equal times in any order. Where times are spread out in linear time:
 * one pass into buckets by time, then insertion, which moves them little; times and events move together, without row
 * numbers, which would be looked up all over the memory. Crowded times go by `ascendingOrder`.
 */
export function ascendingRows(time: Float64Array, event: Uint8Array): TimesAndEvents {
  const size = time.length;
  const [low, high] = rangeOf(time);
  const buckets = Math.ceil(size / SHARE);
  const scale = (buckets - 1) / (high - low);
  if (!(scale > 0 && scale < Infinity)) return inOrder(time, event);
  const place = new Uint32Array(buckets + 1);
  for (let i = 0; i < size; i++) place[(((time[i]! - low) * scale) >>> 0) + 1]!++;
  for (let b = 0; b < buckets; b++) place[b + 1]! += place[b]!;
  const sorted = { time: new Float64Array(size), event: new Uint8Array(size) };
  for (let i = 0; i < size; i++) {
    const at = time[i]!;
    const to = place[((at - low) * scale) >>> 0]!++;
    sorted.time[to] = at;
    sorted.event[to] = event[i]!;
  }
  return insertionSorted(sorted) ? sorted : inOrder(time, event);
}

/** False, and not yet in order, where that takes too many moves. */
function insertionSorted({ time, event }: TimesAndEvents): boolean {
  for (let k = 1, moves = MOST_MOVES * time.length; k < time.length; k++) {
    const at = time[k]!;
    if (time[k - 1]! <= at) continue;
    const own = event[k]!;
    let to = k;
    for (; to > 0 && time[to - 1]! > at; to--, moves--) {
      time[to] = time[to - 1]!;
      event[to] = event[to - 1]!;
    }
    time[to] = at;
    event[to] = own;
    if (moves < 0) return false;
  }
  return true;
}

function inOrder(time: Float64Array, event: Uint8Array): TimesAndEvents {
  const order = ascendingOrder(time);
  const sorted = { time: new Float64Array(time.length), event: new Uint8Array(time.length) };
  for (let k = 0; k < order.length; k++) {
    sorted.time[k] = time[order[k]!]!;
    sorted.event[k] = event[order[k]!]!;
  }
  return sorted;
}
