import { DAY, HOUR, decodeEvent, parseTime } from '@milepost/contracts';
import type { DecodedEvent, OnboardingEvent } from '@milepost/contracts';
import { compileValidator } from '@milepost/plan';
import { samplePlan } from '@milepost/plan/testing';
import { describe, expect, it } from '@jest/globals';
import { simulateHistory } from '../history/simulate-history.js';
import { disturb } from './disturb.js';
import type { Arrival, Disturbance } from './disturb.js';
import { POISON, POISON_KINDS, poisonOf } from './poison.js';

const events = [...simulateHistory({ seed: 1, accounts: 60, days: 60, endsAt: parseTime('2026-06-01T00:00:00Z')! })];
const CALM: Disturbance = { seed: 1, duplicateShare: 0, lateShare: 0, lateUpTo: 2 * DAY, poisonShare: 0 };
const arrivals = (changes: Partial<Disturbance>): Arrival[] => [...disturb(events, { ...CALM, ...changes })];
const good = (list: Arrival[]): OnboardingEvent[] => list.flatMap((one) => ('event' in one ? [one.event] : []));
const idOf = ({ source, id }: OnboardingEvent): string => `${source} ${id}`;

describe('disturb', () => {
  it('leaves a calm stream as it is', () => {
    expect(good(arrivals({}))).toEqual(events);
  });

  it('arrives in order of arrival, the same by the same seed', () => {
    const rough = { duplicateShare: 0.1, lateShare: 0.3, poisonShare: 0.05 };
    const once = arrivals(rough);
    const times = once.map(({ arrivesAt }) => arrivesAt);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(arrivals(rough)).toEqual(once);
    expect(arrivals({ ...rough, seed: 2 })).not.toEqual(once);
  });

  it('loses nothing, and delays by lateUpTo at most', () => {
    const late = arrivals({ lateShare: 0.3 });
    expect(new Set(good(late).map(idOf))).toEqual(new Set(events.map(idOf)));
    const delays = late.map((one) => ('event' in one ? one.arrivesAt - one.event.occurredAt : 0));
    expect(Math.min(...delays)).toBe(0);
    expect(Math.max(...delays)).toBeLessThanOrEqual(2 * DAY);
    expect(delays.filter((delay) => delay > 0).length / events.length).toBeCloseTo(0.3, 1);
    expect(good(late)).not.toEqual(events);
  });

  it('repeats the share of events that was asked for, unchanged', () => {
    const doubled = good(arrivals({ duplicateShare: 0.1 }));
    expect((doubled.length - events.length) / events.length).toBeCloseTo(0.1, 1);
    expect(new Set(doubled)).toEqual(new Set(events));
  });

  it('brings every kind of poison, without moving the good', () => {
    const poisoned = arrivals({ lateShare: 0.2, poisonShare: 0.05 });
    const kinds = poisoned.flatMap((one) => ('poison' in one ? [one.poison] : []));
    expect(new Set(kinds)).toEqual(new Set(POISON_KINDS));
    expect(kinds.length / events.length).toBeCloseTo(0.05, 1);
    expect(good(poisoned)).toEqual(good(arrivals({ lateShare: 0.2 })));
  });

  it('sends a conflicting repeat after the event that it repeats', () => {
    const seen = new Set<string>();
    let conflicts = 0;
    for (const one of arrivals({ lateShare: 0.5, poisonShare: 0.3 })) {
      if ('event' in one) seen.add(idOf(one.event));
      else if (one.poison === 'conflicting-repeat') {
        const repeat = JSON.parse(String(one.value)) as OnboardingEvent;
        expect(seen.has(idOf(repeat))).toBe(true);
        conflicts++;
      }
    }
    expect(conflicts).toBeGreaterThan(10);
  });
});

describe('poisonOf', () => {
  const violationsOf = compileValidator(samplePlan());
  const record = (event: OnboardingEvent, kind: (typeof POISON_KINDS)[number], at: number): DecodedEvent => {
    const { key, value } = poisonOf(event, kind, at);
    const [keyBytes, header] = [key === null ? null : Buffer.from(key), () => undefined];
    return decodeEvent({ key: keyBytes, value, header, timestamp: at });
  };
  const codesOf = (event: OnboardingEvent, kind: (typeof POISON_KINDS)[number]): string[] => {
    const decoded = record(event, kind, event.occurredAt + HOUR);
    const violations = 'violations' in decoded ? decoded.violations : violationsOf(decoded.event);
    return violations.map(({ code }) => code);
  };

  it.each(POISON_KINDS.filter((kind) => kind !== 'conflicting-repeat'))('%s is rejected by its name', (kind) => {
    // Of every type of event: some are nearer to what the poison pretends to be than others.
    for (const event of events.slice(0, 500)) expect(codesOf(event, kind)).toEqual([POISON[kind]]);
  });

  it('repeats an id with other content, and nothing else wrong', () => {
    for (const event of events.slice(0, 500)) {
      const decoded = record(event, 'conflicting-repeat', event.occurredAt);
      if ('violations' in decoded) throw new Error(JSON.stringify(decoded.violations));
      expect(violationsOf(decoded.event)).toEqual([]);
      expect(decoded.event).not.toEqual(event);
      expect(idOf(decoded.event)).toBe(idOf(event));
    }
  });
});
