import type { OnboardingEvent, PropertyValue } from '@milepost/contracts';
import { CONTENT_BITS, IDENTITY_BITS } from './seen-events.js';

/**
 * A hash of 53 bits, so that it fits a JavaScript number: two multiply-xor lanes, after the public-domain cyrb53. Parts
 * go in one by one, each with its kind and length, so that none can be taken for another.
 */
class Hash {
  private high = 0;
  private low = 0;
  private readonly number = new Float64Array(1);
  private readonly words = new Uint32Array(this.number.buffer);

  begin(seed = 0): this {
    this.high = 0xdeadbeef ^ seed;
    this.low = 0x41c6ce57 ^ seed;
    return this;
  }

  text(text: string): this {
    this.mix(text.length);
    for (let i = 0; i < text.length; i++) this.mix(text.charCodeAt(i));
    return this;
  }

  value(value: PropertyValue | undefined): this {
    if (typeof value === 'string') {
      this.mix(1);
      return this.text(value);
    }
    if (typeof value === 'number') {
      this.number[0] = value + 0;
      this.mix(2);
      this.mix(this.words[0]!);
      this.mix(this.words[1]!);
      return this;
    }
    this.mix(value === true ? 3 : value === false ? 4 : 5);
    return this;
  }

  end(): number {
    let { high, low } = this;
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    return 4294967296 * (2097151 & low) + (high >>> 0);
  }

  private mix(unit: number): void {
    this.high = Math.imul(this.high ^ unit, 2654435761);
    this.low = Math.imul(this.low ^ unit, 1597334677);
  }
}

const hash = new Hash();
const IDENTITIES = 2 ** IDENTITY_BITS;
const CONTENTS = 2 ** CONTENT_BITS;

export const hash53 = (text: string, seed = 0): number => hash.begin(seed).text(text).end();

/**
 * Identity of an event: its (source, id). Two of a thousand events of an account share it in one of 5 * 10^8 accounts;
 * the second would then be rejected as a repeat with other content. Of 16 bits of content, one of 65,536 repeats with
 * other content passes for a plain repeat: not accepted either, but counted instead of rejected.
 */
export const identityOf = ({ source, id }: OnboardingEvent): number =>
  hash.begin().text(source).text(id).end() % IDENTITIES;

/**
 * Everything an event says but how it was traced: tells a repeat from another event under the same id. An empty text
 * says as little as none, and so does a context without anything in it.
 */
export function contentOf(event: OnboardingEvent): number {
  const { context, properties } = event;
  // A sum, because properties have no order.
  let sum = 0;
  for (const name in properties) {
    if (!Object.hasOwn(properties, name)) continue;
    sum = (sum + hash.begin().text(name).value(properties[name]).end()) % IDENTITIES;
  }
  hash.begin().value(sum).text(event.type).value(event.occurredAt).text(event.outcome);
  hash.value(event.userId || null).value(event.productLine || null);
  hash
    .value(context?.planTier || null)
    .value(context?.companySize)
    .value(context?.industry || null);
  hash.value(context?.region || null).value(context?.acquisitionChannel || null);
  return hash.end() % CONTENTS;
}
