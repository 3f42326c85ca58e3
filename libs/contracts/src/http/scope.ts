import { z } from 'zod';

/** By what accounts may be put in groups. All but the product line are known at signup. */
export const DIMENSIONS = [
  'all',
  'segment',
  'cohort',
  'channel',
  'industry',
  'region',
  'planTier',
  'productLine',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

const TEXT = 'want 1 to 100 characters';
const text = z.string().min(1, TEXT).max(100, TEXT);
const date = z.iso.date('want a UTC date such as 2026-03-31');

/** Which accounts an answer is about; each question takes these. */
export const scopeFields = {
  segment: text.optional().describe('Only this segment of the tracking plan, by the size known at signup.'),
  channel: text.optional().describe('Only accounts that came through this acquisition channel.'),
  industry: text.optional().describe('Only this industry.'),
  region: text.optional().describe('Only this region.'),
  planTier: text.optional().describe('Only accounts that began on this plan tier.'),
  productLine: text.optional().describe('Only accounts whose first used product line is this.'),
  signedUpFrom: date.optional().describe('Only accounts that signed up on this UTC date or later.'),
  signedUpBefore: date.optional().describe('Only accounts that signed up before this UTC date.'),
} as const;
/** Of questions on amounts, which are never added up over currencies. */
export const amountFields = {
  ...scopeFields,
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'want a code of ISO 4217 such as EUR')
    .optional()
    .describe('Only accounts that were billed in this currency, or never. Needed where contracts are in several.'),
} as const;
export const scope = z.object(scopeFields);
export type Scope = z.infer<typeof scope>;

export const by = z.enum(DIMENSIONS).default('segment').describe('Puts accounts in groups.');

/** Whole numbers of days in a query. */
export function days(least: number, most: number) {
  const wanted = `want a whole number of days from ${least} to ${most}`;
  return z.coerce.number(wanted).int(wanted).min(least, wanted).max(most, wanted);
}
