import type { OnboardingEvent } from '@milepost/contracts';

/**
 * 53-bit hash of a text (two multiply-xor lanes, after the public-domain cyrb53): fits a JavaScript number. With a
 * thousand events in an account, two share a hash once in about 10^10 accounts.
 */
export function hash53(text: string, seed = 0): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

/** Identity of an event: its (source, id). The length keeps ("a", "bc") and ("ab", "c") apart. */
export const identityOf = ({ source, id }: OnboardingEvent): number => hash53(`${source.length} ${source}${id}`);

/** Everything an event says but how it was traced, 32 bits: tells a repeat from another event under the same id. */
export function contentOf(event: OnboardingEvent): number {
  const { context, properties } = event;
  const names = Object.keys(properties).sort();
  const content = [
    event.type,
    event.occurredAt,
    event.outcome,
    event.userId,
    event.productLine,
    context && [context.planTier, context.companySize, context.industry, context.region, context.acquisitionChannel],
    names,
    names.map((name) => properties[name]),
  ];
  return hash53(JSON.stringify(content)) % 4294967296;
}
