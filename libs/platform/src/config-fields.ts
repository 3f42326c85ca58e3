import { z } from 'zod';

const DECIMAL = /^\d{1,15}$/;

/** A whole number in decimal digits: neither `1e3` nor `0x10`, nor the 0 that JavaScript makes of an empty text. */
export function wholeNumber(least: number, most: number, fallback: number, description: string) {
  const error = most < Number.MAX_SAFE_INTEGER ? `want a whole number, ${least} to ${most}` : `want ${least} or more`;
  return z
    .string({ error })
    .regex(DECIMAL, { error })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error })
    .default(fallback)
    .describe(description);
}

export function count(fallback: number, description: string) {
  return wholeNumber(1, Number.MAX_SAFE_INTEGER, fallback, description);
}

export function url(protocols: string[], description: string) {
  const error = `want a URL that begins with ${protocols.map((one) => `${one}//`).join(' or ')}`;
  return z
    .string({ error })
    .refine((text) => protocols.some((one) => text.startsWith(`${one}//`)) && URL.canParse(text), { error })
    .describe(description);
}

/** Part of a Kafka name: what Kafka allows in topics and groups alike. */
export function namePart(pattern: RegExp, fallback: string, description: string) {
  return z
    .string()
    .regex(pattern, { error: 'want letters, digits, dots, dashes or underscores' })
    .default(fallback)
    .describe(description);
}

export function brokers(description: string) {
  const error = 'want host:port, more of them separated by commas';
  return z
    .string({ error })
    .transform((text) => text.split(',').map((broker) => broker.trim()))
    .refine((all) => all.every(isBroker), { error })
    .describe(description);
}

function isBroker(text: string): boolean {
  const [, port] = /^(?:[\w.-]+|\[[\da-fA-F:.]+\]):(\d{1,5})$/.exec(text) ?? [];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
}
