import { CONTROL_HEADER } from '@milepost/contracts';
import type { Chance } from '@milepost/simulator';
import type { LogPartition, Transaction } from './simulated-log.js';

export const ACCOUNTS = ['ann', 'bob', 'cat', 'dan', 'eve'];

/** What a producer appends: payments, bad input and forged markers; for a reader of clocks, deadlines and clocks too. */
export function appendTraffic(into: LogPartition, chance: Chance, now: number, clocks: boolean): void {
  const fate = chance.next();
  const transaction: Transaction | null =
    fate < 0.8
      ? null
      : {
          id: 'someone',
          epoch: 0,
          state: fate < 0.9 ? 'committed' : 'aborted',
          partitions: new Set(),
          offsets: [],
          groups: new Set(),
        };
  // Compaction never reaches the end of a log, so a hole is always followed by a record.
  const hole = { timestamp: now, key: null, value: undefined, headers: {}, transaction: null, hole: true } as const;
  if (!transaction && chance.happens(0.2)) into.append(hole);
  const count = chance.integer(1, 3);
  for (let i = 0; i < count; i++) {
    const key = Buffer.from(chance.pick(ACCOUNTS));
    const headers: Record<string, string> = {};
    if (chance.happens(0.03)) headers[CONTROL_HEADER] = String(chance.integer(0, 3));
    const value = Buffer.from(CONTROL_HEADER in headers ? 'bob#forged' : word(chance, now, clocks));
    into.append({ timestamp: now, key, value, headers, transaction });
  }
  if (transaction) into.append({ timestamp: now, key: null, value: undefined, headers: {}, transaction: null });
}

function word(chance: Chance, now: number, clocks: boolean): string {
  const draw = chance.next();
  if (draw < 0.08) return 'broken';
  if (draw < 0.15) return 'odd';
  if (draw < 0.2) return 'again';
  if (clocks && draw < 0.4) return `clock ${now * 1000}`;
  if (clocks && draw < 0.6) return `wait ${(now + chance.integer(0, 300)) * 1000}`;
  if (draw < 0.7) return `count ${chance.integer(-2, 2)}`;
  return `pay ${chance.integer(1, 9)}`;
}
