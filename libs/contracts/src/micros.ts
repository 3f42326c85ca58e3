/**
 * Instants and durations are integers of microseconds in a JavaScript number: exact until the year 2255.
 * `Date` knows milliseconds only, so text is read and written here.
 */
export type Micros = number;

export const SECOND: Micros = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt ]((?!24)\d{2}:\d{2}:\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})$/;
const LATEST = 8_000_000_000_000_000;

/** Reads an RFC 3339 time to the microsecond (finer digits are cut off). Null when the text is not one. */
export function parseTime(text: string): Micros | null {
  const match = RFC3339.exec(text);
  if (!match) return null;
  const [, date, time, fraction = '', zone] = match as unknown as [string, string, string, string | undefined, string];
  const seconds = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  if (Number.isNaN(seconds) || !dateExists(date)) return null;
  const micros = seconds * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
  return Math.abs(micros) <= LATEST ? micros : null;
}

/** `Date.parse` rolls 30 February over to March; a date that does not exist is a fault of the sender. */
function dateExists(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

/** Writes an instant as RFC 3339 with six digits, UTC. */
export function formatTime(at: Micros): string {
  const millis = Math.floor(at / 1000);
  return `${new Date(millis).toISOString().slice(0, -1)}${String(at - millis * 1000).padStart(3, '0')}Z`;
}
