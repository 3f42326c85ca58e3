import { CONTROL_HEADER } from '@milepost/contracts';
import { headerText } from '../log-record.js';
import type { LogRecord } from '../log-record.js';
import type { Decision, Topology } from '../topology.js';

export interface Till {
  sum: number;
}

const nothing: Decision = { outputs: [], due: null };

/**
 * A topology as small as can be that uses everything a fold offers. Values are words: `pay 5`, `wait 90`, `again`,
 * `odd`, `clock 100`; `broken` can't be decoded, and accounts that begin with `far` live in partition 5. A marker's
 * value is the account to forget, and after `#` whatever tells it from others.
 */
export const tillTopology: Topology<Till, string> = {
  name: 'till',
  version: '1',
  source: 'orders',
  description: 'Adds up payments.',
  decode: (record) => {
    const text = record.value!.toString();
    const control = headerText(record.headers, CONTROL_HEADER);
    if (control !== undefined) {
      const inputs = text === 'unknown' ? null : [{ account: text.split('#')[0]!, input: 'forget' }];
      return { kind: 'control', sequence: Number(control), inputs };
    }
    const account = record.key!.toString();
    if (text === 'broken')
      return { kind: 'rejected', violations: [{ code: 'Malformed-JSON', field: '', message: '' }] };
    if (account.startsWith('far')) return { kind: 'misplaced', partition: 5 };
    if (text.startsWith('clock ')) return { kind: 'inputs', inputs: [], clock: Number(text.slice(6)) };
    return { kind: 'inputs', inputs: [{ account, input: text }], clock: null };
  },
  state: {
    initial: () => ({ sum: 0 }),
    write: ({ sum }, to) => to.text(String(sum)),
    decode: (bytes) => ({ sum: Number(bytes.toString()) }),
  },
  decide: (state, account, input, { offset }): Decision => {
    const [word, number] = input.split(' ') as [string, string];
    if (word === 'wait') return { outputs: [], due: Number(number) };
    if (word === 'again') return { outputs: [{ kind: 'drop', reason: 'duplicate' }], due: null };
    if (word === 'count') return { outputs: [{ kind: 'count', name: 'open', by: Number(number) }], due: null };
    if (word === 'forget') {
      const farewell = { kind: 'emit', sink: 'receipts', body: `${account} ${state.sum} forgotten` } as const;
      return { outputs: [farewell, { kind: 'forget' }], due: null };
    }
    if (word === 'lost') return { outputs: [{ kind: 'emit', sink: 'nowhere', body: null }], due: null };
    if (word === 'odd') {
      const violations = [
        { code: 'Value-Not-Allowed' as const, field: '/a', message: '' },
        { code: 'Value-Not-Allowed' as const, field: '/b', message: '' },
      ];
      return { outputs: [{ kind: 'reject', violations }], due: null };
    }
    state.sum += Number(number);
    const receipt = { kind: 'emit', sink: 'receipts', body: `${account} ${state.sum}` } as const;
    return { outputs: [receipt, { kind: 'emit', sink: 'book', body: [offset, state.sum] }], due: null };
  },
  decideDue: (_, account, { streamTime }) => {
    if (account.startsWith('silent')) return nothing;
    const due = account.startsWith('every-10') ? streamTime + 10 : null;
    return { outputs: [{ kind: 'emit', sink: 'receipts', body: `${account} woke at ${streamTime}` }], due };
  },
  sinks: {
    receipts: {
      topic: 'receipts',
      mode: 'record',
      encode: (body, publishedAt) => ({
        topic: 'receipts',
        partition: null,
        key: null,
        value: Buffer.from(String(body)),
        headers: { 'published-at': String(publishedAt) },
        timestamp: null,
      }),
    },
    book: {
      topic: 'book',
      mode: 'page',
      write: (body, to) => to.raw(Buffer.from(`${JSON.stringify(body)},`)),
      frame: (_, bodies, clock) => {
        const list = bodies.toString().slice(0, -1);
        return Buffer.from(`{"bodies":[${list}],"clock":${clock}}`);
      },
      cutPage: (page, from) => {
        const { bodies, clock } = JSON.parse(page.toString()) as { bodies: [number, number][]; clock: number | null };
        return Buffer.from(JSON.stringify({ bodies: bodies.filter(([offset]) => offset >= from), clock }));
      },
    },
  },
  rejects: {
    topic: 'refused',
    encode: ({ key, value, headers, timestamp, partition }, violations) => ({
      topic: 'refused',
      partition,
      key,
      value,
      headers: { ...(headers as Record<string, Buffer>), reasons: violations.map(({ field }) => field).join(' ') },
      timestamp,
    }),
  },
};

/** A record of partition 2. */
export function order(offset: number, key: string, value: string, changed: Partial<LogRecord> = {}): LogRecord {
  return {
    topic: 'orders',
    partition: 2,
    offset,
    timestamp: offset,
    key: Buffer.from(key),
    value: Buffer.from(value),
    headers: {},
    ...changed,
  };
}
