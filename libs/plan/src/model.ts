import type { ContextField, Micros, Outcome, Severity } from '@milepost/contracts';

/**
 * The tracking plan after reading: plain data with every duration in microseconds and every selector resolved to
 * event types. The deciders see this form only; the YAML that people write is described in `schema/`.
 */
export interface Plan {
  /** First 16 hex digits of a hash over the canonical plan: equal plans have equal versions. */
  version: string;
  name: string;
  /** A repeat of (source, id) within this time of the first is a duplicate. */
  deduplicationWindow: Micros;
  /** An account whose history is being filled in is judged when no more of it has come for so long of stream time. */
  historyRest: Micros;
  /** What happens to a property that the plan does not know. */
  unplannedProperties: 'keep' | 'reject';
  productLines: string[];
  lifecycle: { start: string; end: string };
  events: Record<string, EventDefinition>;
  /** In order; the first whose range holds the company size wins; `unknownSize` when no size is known. */
  segments: SegmentDefinition[];
  unknownSize: string;
  milestones: MilestoneDefinition[];
  signals: SignalDefinition[];
}

export interface EventDefinition {
  type: string;
  description: string;
  owner: string;
  steward: string;
  productLines: string[];
  coreAction: boolean;
  requiredContext: ContextField[];
  properties: Record<string, PropertyDefinition>;
}

export interface PropertyDefinition {
  type: 'string' | 'integer' | 'number' | 'boolean';
  required: boolean;
  description: string;
  minimum: number | null;
  maximum: number | null;
  allowed: string[] | null;
}

export interface SegmentDefinition {
  name: string;
  /** Inclusive. */
  from: number;
  /** Exclusive; null without an upper end. */
  below: number | null;
}

/** A duration that may differ by segment. */
export interface Window {
  default: Micros;
  bySegment: Record<string, Micros>;
}

/** Which accepted events count: any of the types, with the outcome (null: any). */
export interface Selector {
  types: string[];
  outcome: Outcome | null;
}

export interface MilestoneDefinition {
  name: string;
  description: string;
  condition: MilestoneCondition;
  expectedWithin: Window;
}

/** `within`: counts only when reached at most so long after the account's start (null: no limit). */
export type MilestoneCondition = { within: Micros | null } & (
  | { kind: 'count'; select: Selector; atLeast: number }
  /** `of` is 'userId' or the name of a property; empty and null values are none. */
  | { kind: 'distinct'; select: Selector; of: string; atLeast: number }
  /** Events on at least so many distinct UTC dates within `days` consecutive dates. */
  | { kind: 'active-days'; select: Selector; atLeast: number; days: number }
  | { kind: 'all' | 'any'; parts: MilestoneCondition[] }
  /** The parts reached in this order; reached with the last. */
  | { kind: 'sequence'; parts: MilestoneCondition[] }
);

export interface SignalDefinition {
  name: string;
  description: string;
  owner: string;
  successCriterion: string;
  cooldown: Micros;
  reasons: ReasonDefinition[];
}

export interface ReasonDefinition {
  code: string;
  severity: Severity;
  /** Plain words; `{window}` is replaced by the window that applied, `{milestone}` by the milestone's name. */
  text: string;
  condition: SignalCondition;
}

export type SignalCondition =
  | { kind: 'stalled'; milestone: string }
  | { kind: 'quiet'; select: Selector; after: string | null; window: Window }
  | {
      kind: 'failure-share';
      select: Selector;
      atLeast: number;
      within: Micros;
      /** Opens above this share of failed or abandoned. */
      over: number;
      /** Ends when at most this share of the last `recoverLast` failed or was abandoned. */
      recoverLast: number;
      recoverShare: number;
    }
  | { kind: 'count'; select: Selector; atLeast: number; within: Micros; endsBelow: number }
  | { kind: 'event-until-event'; select: Selector; until: Selector; expiresAfter: Micros }
  | { kind: 'reached'; milestone: string }
  | { kind: 'all' | 'any'; parts: SignalCondition[] };
