import { describe, expect, it } from '@jest/globals';
import { CONTROL_HEADER, encodeControl } from '@milepost/contracts';
import type { ControlLog, LogRecord } from '@milepost/stream';
import { withActivations } from './archived-records.js';

const at = '2026-01-05T00:00:00Z';
const written = [
  encodeControl({ kind: 'erase', id: 'a', account: 'ann', reason: '', by: 'desk', at }),
  encodeControl({ kind: 'activate-model', id: 'b', model: 'churn', version: null, reason: '', by: 'desk', at }),
  Buffer.from('no control record'),
];
const control: ControlLog = {
  end: () => Promise.resolve(written.length),
  read: (sequence) => Promise.resolve(written[sequence] ?? null),
};
const page: LogRecord = { topic: 'onboarding.journey', partition: 3, offset: 7, timestamp: 0, key: null, value: null, headers: {} }; // prettier-ignore

describe('A journey from the archive', () => {
  it('begins with the models that control activated, and with no other control record', async () => {
    const pages = (async function* () {
      yield await Promise.resolve(page);
    })();
    const found: LogRecord[] = [];
    for await (const record of withActivations(control, 3, pages)) found.push(record);
    expect(found).toEqual([{ ...page, offset: 0, value: written[1], headers: { [CONTROL_HEADER]: '1' } }, page]);
  });
});
