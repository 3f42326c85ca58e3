import { HOUR } from '@milepost/contracts';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import { Chance } from '../chance.js';
import { HeldRecords } from './held-records.js';
import { POISON_KINDS, poisonOf } from './poison.js';
import type { PoisonRecord } from './poison.js';

export interface Disturbance {
  seed: number;
  /** Of the events, so many come twice … */
  duplicateShare: number;
  /** … so many late, each by up to `lateUpTo` … */
  lateShare: number;
  lateUpTo: Micros;
  /** … and beside so many comes a bad record. None of the three shifts the choices of the others. */
  poisonShare: number;
}

/** What reaches the broker; `arrivesAt` is the timestamp of the record. */
export type Arrival = { arrivesAt: Micros } & ({ event: OnboardingEvent } | PoisonRecord);

/**
 * Events in event-time order, in the order in which they arrive. Every event arrives. Holds what is under way: the
 * events of `lateUpTo`, of an hour at least.
 */
export function* disturb(
  events: Iterable<OnboardingEvent>,
  { seed, duplicateShare, lateShare, lateUpTo, poisonShare }: Disturbance,
): Generator<Arrival, void, undefined> {
  const [late, double, bad] = [new Chance(seed, -2), new Chance(seed, -3), new Chance(seed, -4)];
  const held = new HeldRecords<Arrival>();
  let poisoned = 0;
  for (const event of events) {
    yield* held.take(event.occurredAt);
    const arrivesAt = event.occurredAt + (late.happens(lateShare) ? Math.floor(late.between(0, lateUpTo)) : 0);
    held.hold(arrivesAt, { arrivesAt, event });
    if (double.happens(duplicateShare)) {
      const again = arrivesAt + Math.floor(double.between(0, lateUpTo));
      held.hold(again, { arrivesAt: again, event });
    }
    if (bad.happens(poisonShare)) {
      // Each kind in turn, so that a few suffice for all; after the event, for a conflict needs something to differ from.
      const kind = POISON_KINDS[poisoned++ % POISON_KINDS.length]!;
      const after = arrivesAt + Math.floor(bad.between(0, HOUR));
      held.hold(after, { arrivesAt: after, ...poisonOf(event, kind, after) });
    }
  }
  yield* held.take(Infinity);
}
