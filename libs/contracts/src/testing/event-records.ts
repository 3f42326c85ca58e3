import type { EncodedRecord } from '../event-decoder.js';
import { parseTime } from '../micros.js';
import type { OnboardingEvent } from '../onboarding-event.js';

/** One event in which every field says something, as it must come out of each of the three encodings. */
export const EVENT: OnboardingEvent = {
  id: 'evt_1',
  source: '//app.small.example',
  type: 'workflow.run',
  accountId: 'acct_1',
  occurredAt: parseTime('2026-01-05T10:00:00.123456Z')!,
  outcome: 'failed',
  userId: 'user_1',
  productLine: 'automation',
  context: { planTier: 'pro', companySize: 250, industry: 'retail', region: 'eu', acquisitionChannel: 'partner' },
  properties: { workflowId: 'wf_1', steps: 3, share: 0.5, first: true, note: null },
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

type Json = Record<string, unknown>;

/** The attributes of `EVENT` as a CloudEvent; undefined takes one out. */
export const attributes = (changed: Json = {}): Json => ({
  specversion: '1.0',
  id: 'evt_1',
  source: '//app.small.example',
  type: 'workflow.run',
  subject: 'acct_1',
  time: '2026-01-05T10:00:00.123456Z',
  traceparent: EVENT.traceparent,
  ...changed,
});

export const data = (changed: Json = {}): Json => ({
  outcome: 'failed',
  userId: 'user_1',
  productLine: 'automation',
  context: EVENT.context,
  properties: EVENT.properties,
  ...changed,
});

export const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** `EVENT` in structured mode, with attributes and data changed. */
export const structured = (changed: Json = {}, changedData: Json = {}): Buffer =>
  json({ ...attributes({ data: data(changedData), ...changed }) });

export interface Around {
  key?: Buffer | string | null;
  headers?: Record<string, string>;
  timestamp?: number;
}

/** A record received a second after `EVENT` happened. */
export function recordOf(value: Buffer | null, around: Around = {}): EncodedRecord {
  const { key = 'acct_1', headers = {}, timestamp = EVENT.occurredAt + 1_000_000 } = around;
  return {
    key: typeof key === 'string' ? Buffer.from(key) : key,
    value,
    header: (name) => headers[name],
    timestamp,
  };
}
