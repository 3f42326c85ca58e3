import { formatTime, HOUR, onboardingEventCodec } from '@milepost/contracts';
import type { Micros, OnboardingEvent, ViolationCode } from '@milepost/contracts';
import { toCloudEvent } from '../cloud-event.js';

/** Every kind of bad input, and the violation by which it must be rejected. */
export const POISON = {
  'wrong-first-bytes': 'Unknown-Encoding',
  'truncated-avro': 'Malformed-Avro',
  'unknown-fingerprint': 'Unknown-Schema',
  'invalid-json': 'Malformed-JSON',
  'missing-required': 'Required-Missing',
  'wrong-type': 'Datatype-Mismatch',
  'unplanned-type': 'Unplanned-Event',
  'missing-account': 'Account-Missing',
  'missing-key': 'Account-Missing',
  'other-key': 'Key-Mismatch',
  'empty-value': 'Empty-Value',
  'null-value': 'Empty-Value',
  'future-time': 'Time-In-Future',
  'conflicting-repeat': 'Conflicting-Duplicate',
} as const satisfies Record<string, ViolationCode>;
export type PoisonKind = keyof typeof POISON;
export const POISON_KINDS = Object.keys(POISON) as PoisonKind[];

export interface PoisonRecord {
  poison: PoisonKind;
  key: string | null;
  value: Buffer | null;
}

/**
 * A bad record made of a good event, whose id it shares where it can: a rejected record claims none. `arrivesAt` is the
 * record's timestamp, which a time in the future is measured by. A conflicting repeat must come after the event.
 */
export function poisonOf(event: OnboardingEvent, poison: PoisonKind, arrivesAt: Micros): PoisonRecord {
  const key = poison === 'missing-key' ? null : poison === 'other-key' ? `${event.accountId}_other` : event.accountId;
  return { poison, key, value: valueOf(event, poison, arrivesAt) };
}

function valueOf(event: OnboardingEvent, poison: PoisonKind, arrivesAt: Micros): Buffer | null {
  const json = (changes: object = {}): Buffer => Buffer.from(JSON.stringify({ ...toCloudEvent(event), ...changes }));
  const imported = (properties: object): Buffer => json({ type: 'data.imported', data: { properties } });
  switch (poison) {
    case 'wrong-first-bytes':
      return Buffer.from([0x99, 0x01, 0x02, 0x03]);
    case 'truncated-avro':
      return onboardingEventCodec.encode(event).subarray(0, -3);
    case 'unknown-fingerprint': {
      const bytes = Buffer.from(onboardingEventCodec.encode(event));
      bytes.fill(0xee, 2, 10);
      return bytes;
    }
    case 'invalid-json':
      return json().subarray(0, -1);
    case 'missing-required':
      return imported({});
    case 'wrong-type':
      return imported({ rows: 'many' });
    case 'unplanned-type':
      return json({ type: 'nobody.planned_this' });
    case 'missing-account':
      return json({ subject: undefined });
    case 'missing-key':
    case 'other-key':
      return json();
    case 'empty-value':
      return Buffer.alloc(0);
    case 'null-value':
      return null;
    case 'future-time':
      return json({ time: formatTime(arrivesAt + HOUR) });
    case 'conflicting-repeat':
      return Buffer.from(JSON.stringify(toCloudEvent({ ...event, userId: `${event.userId ?? ''}_other` })));
  }
}
