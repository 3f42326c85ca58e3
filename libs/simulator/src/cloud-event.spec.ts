import { decodeEvent, parseTime } from '@milepost/contracts';
import type { OnboardingEvent } from '@milepost/contracts';
import { describe, expect, it } from '@jest/globals';
import { toCloudEvent } from './cloud-event.js';
import { simulateHistory } from './history/simulate-history.js';
import { liveTrickle } from './live/live-feed.js';

const ENDS_AT = parseTime('2026-06-01T00:00:00Z')!;

const decoded = (event: OnboardingEvent): unknown =>
  decodeEvent({
    key: Buffer.from(event.accountId),
    value: Buffer.from(JSON.stringify(toCloudEvent(event))),
    header: () => undefined,
    timestamp: event.occurredAt,
  });

describe('toCloudEvent', () => {
  it('writes the event of the public contract', () => {
    const event: OnboardingEvent = {
      id: '01JB8Z6V0Q',
      source: '//core.flowpeak.example',
      type: 'workflow.run',
      accountId: 'acct_42',
      occurredAt: parseTime('2026-01-05T10:00:00.123456Z')!,
      outcome: 'succeeded',
      userId: 'u_7',
      productLine: 'core',
      context: {
        planTier: 'pro',
        companySize: 120,
        industry: 'software',
        region: 'emea',
        acquisitionChannel: 'self-serve',
      },
      properties: { workflowId: 'w_3', durationMs: 840 },
      traceparent: null,
    };
    // As sample-company.md prints it, to the letter.
    expect(JSON.stringify(toCloudEvent(event))).toBe(
      '{"specversion":"1.0","id":"01JB8Z6V0Q","source":"//core.flowpeak.example","type":"workflow.run",' +
        '"subject":"acct_42","time":"2026-01-05T10:00:00.123456Z","datacontenttype":"application/json",' +
        '"data":{"outcome":"succeeded","userId":"u_7","productLine":"core",' +
        '"context":{"planTier":"pro","companySize":120,"industry":"software","region":"emea","acquisitionChannel":"self-serve"},' +
        '"properties":{"workflowId":"w_3","durationMs":840}}}',
    );
    const traced = { ...event, traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
    expect(decoded(traced)).toMatchObject({ event: traced });
  });

  it('is read back as it was, whatever the simulator tells', () => {
    const live = liveTrickle({ seed: 1, accounts: ['acct_1'], startsAt: ENDS_AT - 60_000_000 }).next(ENDS_AT);
    const events = [...simulateHistory({ seed: 1, accounts: 30, days: 60, endsAt: ENDS_AT }), ...live];
    for (const event of events) expect(decoded(event)).toMatchObject({ event });
  });
});
