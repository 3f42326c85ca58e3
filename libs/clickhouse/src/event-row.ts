import type { AccountContext, Micros, OnboardingEvent, Outcome, PropertyValue } from '@milepost/contracts';

/** An accepted event as a query gives it back. */
export interface EventRow {
  account_id: string;
  type: string;
  source: string;
  event_id: string;
  outcome: Outcome;
  user_id: string;
  product_line: string;
  plan_tier: string;
  company_size: number | null;
  industry: string;
  region: string;
  acquisition_channel: string;
  /** JSON object. */
  properties: string;
  occurred: Micros;
}

/** A row says what no accepted event can: something else than the warehouse wrote it. */
export class UnreadableRow extends Error {}

/** Texts that were null or empty come back as null. @throws UnreadableRow */
export function toEvent(row: EventRow): OnboardingEvent {
  return {
    id: row.event_id,
    source: row.source,
    type: row.type,
    accountId: row.account_id,
    occurredAt: row.occurred,
    outcome: row.outcome,
    userId: row.user_id || null,
    productLine: row.product_line || null,
    context: contextOf(row),
    properties: propertiesOf(row),
    traceparent: null,
  };
}

function propertiesOf({ properties, source, event_id }: EventRow): Record<string, PropertyValue> {
  try {
    return JSON.parse(properties) as Record<string, PropertyValue>;
  } catch {
    // The words of a row belong in no log.
    throw new UnreadableRow(`milepost.events, event ${event_id} of ${source}: the properties are no JSON. The warehouse writes no such row: see what else writes there, and take it out.`); // prettier-ignore
  }
}

function contextOf(row: EventRow): AccountContext | null {
  const context = {
    planTier: row.plan_tier || null,
    companySize: row.company_size,
    industry: row.industry || null,
    region: row.region || null,
    acquisitionChannel: row.acquisition_channel || null,
  };
  return Object.values(context).some((value) => value !== null) ? context : null;
}
