import type { AccountContext, Micros, OnboardingEvent, Outcome, PropertyValue } from '@milepost/contracts';

const SOURCES = {
  core: '//core.flowpeak.example',
  analytics: '//analytics.flowpeak.example',
  billing: '//billing.flowpeak.example',
  support: '//support.flowpeak.example',
} as const;
export type Source = keyof typeof SOURCES;
export type Properties = Record<string, PropertyValue>;

export interface Details {
  outcome?: Outcome;
  userId?: string | null;
  context?: AccountContext | null;
  /** The backend that tells of it; core unless said. */
  source?: Source;
}

/** An event as one of Flowpeak's backends publishes it. `at` is an integer. */
export function flowpeakEvent(
  id: string,
  accountId: string,
  type: string,
  at: Micros,
  properties: Properties,
  { outcome = 'succeeded', userId = null, context = null, source = 'core' }: Details,
): OnboardingEvent {
  const productLine = source === 'core' || source === 'analytics' ? source : null;
  return {
    id,
    source: SOURCES[source],
    type,
    accountId,
    occurredAt: at,
    outcome,
    userId,
    productLine,
    context,
    properties,
    traceparent: null,
  };
}
