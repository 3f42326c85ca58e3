import type { Message } from 'kafkajs';
import type { OracleEvent } from './oracle.js';
import type { Chance } from './random-accounts.js';
import { time, toStructured } from './structured.js';

/** A record that must be rejected, and the violation that must be named. */
export interface Poison {
  violation: string;
  message: Message;
}

/** Every kind of bad input; each shares its account, and where it can its id, with a good event. */
export function poisonLike(event: OracleEvent, chance: Chance): Poison {
  const good = JSON.parse(toStructured(event).toString()) as Record<string, unknown> & {
    data: Record<string, unknown>;
  };
  const json = (change: Record<string, unknown>): Buffer => Buffer.from(JSON.stringify({ ...good, ...change }));
  const data = (change: Record<string, unknown>): Buffer => json({ data: { ...good.data, ...change } });
  const key = event.account;
  const kinds: [violation: string, value: Buffer | null, key?: string | null][] = [
    ['Unknown-Encoding', Buffer.from([0x99, 0x01, 0x02])],
    ['Unknown-Encoding', Buffer.from([0x00, 0x00, 0x00, 0x00, 0x07, 0x02])],
    ['Unknown-Schema', Buffer.from('c3010102030405060708aabb', 'hex')],
    ['Malformed-Avro', Buffer.from('c3016d7528aed54af5bd02', 'hex')],
    ['Malformed-JSON', Buffer.from('{"specversion":"1.0",')],
    ['Malformed-CloudEvent', json({ specversion: '0.3' })],
    ['Required-Missing', json({ id: undefined })],
    ['Required-Missing', json({ type: 'data.imported', data: { properties: {} } })],
    ['Datatype-Mismatch', json({ type: 'data.imported', data: { properties: { rows: '12' } } })],
    ['Datatype-Mismatch', json({ time: '2026-02-30T00:00:00Z' })],
    ['Value-Not-Allowed', data({ outcome: 'maybe' })],
    ['Unplanned-Event', json({ type: 'nobody.planned_this' })],
    ['Account-Missing', json({ subject: undefined })],
    ['Account-Missing', json({}), null],
    ['Key-Mismatch', json({}), 'acct_other'],
    ['Empty-Value', Buffer.alloc(0)],
    ['Empty-Value', null],
    ['Time-In-Future', json({ time: time(4_102_444_800_000_000) })],
  ];
  const [violation, value, otherKey] = chance.pick(kinds);
  const headers = value?.[0] === 0x7b ? { 'content-type': 'application/cloudevents+json' } : {};
  return { violation, message: { key: otherKey === undefined ? key : otherKey, value, headers } };
}
