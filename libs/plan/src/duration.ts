import { DAY, HOUR, MINUTE, SECOND } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';

const UNITS: Record<string, Micros> = { s: SECOND, min: MINUTE, h: HOUR, d: DAY };
const PATTERN = /^(\d+(?:\.\d+)?)\s*(s|min|h|d)$/;

/** `7 d`, `12 h`, `90 min`, `30 s` in microseconds; null when the text is none of them. */
export function parseDuration(text: string): Micros | null {
  const match = PATTERN.exec(text.trim());
  return match ? Math.round(Number(match[1]) * UNITS[match[2]!]!) : null;
}
