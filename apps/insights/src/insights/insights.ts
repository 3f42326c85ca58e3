import type { Snapshot } from '@milepost/clickhouse';
import type { Warning } from '@milepost/contracts/http';
import type { Plan } from '@milepost/plan';
import type { Doubt } from './doubts.js';

/** What a question is answered from: one snapshot, and the plan it was made with. */
export interface Insights {
  readonly plan: Plan;
  readonly snapshot: Snapshot;
  /** That the snapshot is notably older than what could be known by now. */
  readonly behind: Warning | null;
  /** What is missing in the company's data as a whole, worked out once for the snapshot. */
  readonly doubts: readonly Doubt[];
  /** Rows of one file of libs/clickhouse/queries, of this snapshot. */
  ask<T>(query: string, parameters: Readonly<Record<string, unknown>>): Promise<T[]>;
}

/** Where the newest snapshot comes from. */
export interface InsightsSource {
  /** @throws ProblemException `not-ready` before the first snapshot */
  open(): Insights;
}
export const INSIGHTS_SOURCE = Symbol('InsightsSource');
