import { DAY, HOUR, MINUTE, SECOND } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';

const UNITS: Record<string, Micros> = { s: SECOND, min: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };
const WORDS: [Micros, string][] = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
];

/** A number and a unit, as people write it: `7 d`, `12 h`, `90 min`. */
export const DURATION_PATTERN = /^([1-9]\d{0,6}) ?(s|min|h|d|w)$/;

/** Longer than this is a slip of the pen. */
export const LONGEST_DURATION: Micros = 3660 * DAY;

/** Reads a duration. Null when the text is none, or one longer than `LONGEST_DURATION`. */
export function parseDuration(text: string): Micros | null {
  const match = DURATION_PATTERN.exec(text);
  if (!match) return null;
  const duration = Number(match[1]) * UNITS[match[2]!]!;
  return duration <= LONGEST_DURATION ? duration : null;
}

/** Writes a duration in words, in the largest unit that gives a whole number: '7 days', '36 hours', '1 minute'. */
export function formatDuration(duration: Micros): string {
  const [unit, word] = WORDS.find(([size]) => duration >= size && duration % size === 0) ?? [SECOND, 'second'];
  const count = duration / unit;
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
