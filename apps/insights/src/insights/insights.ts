import type { Snapshot } from '@milepost/clickhouse';
import type { Plan } from '@milepost/plan';

/** What a question is answered from: one snapshot, and the plan it was made with. */
export interface Insights {
  readonly plan: Plan;
  readonly snapshot: Snapshot;
  /** Rows of one file of libs/clickhouse/queries, of this snapshot. */
  ask<T>(query: string, parameters: Readonly<Record<string, unknown>>): Promise<T[]>;
}

/** Where the newest snapshot comes from. */
export interface InsightsSource {
  /** @throws ProblemException `not-ready` before the first snapshot */
  open(): Insights;
}
export const INSIGHTS_SOURCE = Symbol('InsightsSource');
