import { formatTime } from '@milepost/contracts';
import type { OnboardingEvent } from '@milepost/contracts';

/** An event as structured CloudEvents JSON, as the public contract shows it. Empty fields are left out. */
export function toCloudEvent(event: OnboardingEvent): Record<string, unknown> {
  const { outcome, userId, productLine, context, properties, traceparent } = event;
  return {
    specversion: '1.0',
    id: event.id,
    source: event.source,
    type: event.type,
    subject: event.accountId,
    time: formatTime(event.occurredAt),
    ...(traceparent === null ? {} : { traceparent }),
    datacontenttype: 'application/json',
    data: {
      outcome,
      ...(userId === null ? {} : { userId }),
      ...(productLine === null ? {} : { productLine }),
      ...(context === null ? {} : { context: withoutNulls(context) }),
      properties,
    },
  };
}

const withoutNulls = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
