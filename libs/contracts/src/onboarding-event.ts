/** How a core action ended. Other events carry it too, but only for core actions does it matter. */
export const OUTCOMES = ['succeeded', 'failed', 'abandoned'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const CONTEXT_FIELDS = ['planTier', 'companySize', 'industry', 'region', 'acquisitionChannel'] as const;
export type ContextField = (typeof CONTEXT_FIELDS)[number];

export interface AccountContext {
  planTier: string | null;
  /** Employees. */
  companySize: number | null;
  industry: string | null;
  region: string | null;
  acquisitionChannel: string | null;
}

export type PropertyValue = null | boolean | number | string;

/** One thing that happened in one account: the decoded form of `onboarding-event.avsc`. `(source, id)` identifies it. */
export interface OnboardingEvent {
  id: string;
  source: string;
  type: string;
  accountId: string;
  /** Event time at the source, microseconds since the epoch, UTC. */
  occurredAt: number;
  outcome: Outcome;
  userId: string | null;
  productLine: string | null;
  context: AccountContext | null;
  properties: Record<string, PropertyValue>;
  /** W3C trace context. */
  traceparent: string | null;
}
