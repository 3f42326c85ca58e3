import type { OnboardingEvent } from '@milepost/contracts';

/** An event of one account in which only what a test is about says anything. */
export const eventOf = (changed: Partial<OnboardingEvent> = {}): OnboardingEvent => ({
  id: 'evt_1',
  source: '//app.small.example',
  type: 'task.done',
  accountId: 'acct_1',
  occurredAt: 0,
  outcome: 'succeeded',
  userId: null,
  productLine: null,
  context: null,
  properties: {},
  traceparent: null,
  ...changed,
});
