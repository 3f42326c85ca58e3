import { formatTime } from '@milepost/contracts';
import type { OnboardingEvent } from '@milepost/contracts';

/** An accepted event as a row of `milepost.events`, received when it happened. */
export const eventRow = (event: OnboardingEvent, i: number) => ({
  account_id: event.accountId,
  type: event.type,
  source: event.source,
  event_id: event.id,
  outcome: event.outcome,
  user_id: event.userId ?? '',
  product_line: event.productLine ?? '',
  plan_tier: event.context?.planTier ?? '',
  company_size: event.context?.companySize ?? null,
  industry: event.context?.industry ?? '',
  region: event.context?.region ?? '',
  acquisition_channel: event.context?.acquisitionChannel ?? '',
  properties: JSON.stringify(event.properties),
  occurred_at: formatTime(event.occurredAt),
  received_at: formatTime(event.occurredAt),
  source_partition: 0,
  source_offset: i,
  journey_offset: i,
  journey_index: 0,
  plan_version: '',
});
