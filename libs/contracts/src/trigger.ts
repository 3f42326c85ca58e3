export const TRIGGER_STATUSES = ['opened', 'updated', 'resolved'] as const;
export type TriggerStatus = (typeof TRIGGER_STATUSES)[number];
export const CAUSES = ['reached', 'recovered', 'expired', 'cancelled', 'erased', 'disproved'] as const;
export type Cause = (typeof CAUSES)[number];
export type Severity = 'high' | 'medium';

export interface TriggerReason {
  code: string;
  /** RFC 3339, event time at which the condition began to hold. */
  since: string;
  text: string;
  /** Of reason `model` alone: what its score is made of, the weightiest first. */
  parts?: ScorePart[];
}

/** What one input adds to a score, in log odds against the average account of the model's training. */
export interface ScorePart {
  input: string;
  value: number;
  adds: number;
}

export interface EndedReason {
  code: string;
  since: string;
  at: string;
  cause: Cause;
}

export interface Evidence {
  source: string;
  id: string;
  type: string;
  time: string;
}

/**
 * One record on a signal topic. To know a trigger's truth, fold its records in order: `reasons` is the whole set
 * open after the record; an entry of `ended` states the interval (code, since); cause `disproved` takes it back.
 */
export interface Trigger {
  id: string;
  trigger: string;
  signal: string;
  account: string;
  status: TriggerStatus;
  at: string;
  reasons: TriggerReason[];
  ended: EndedReason[];
  resolution: Cause | null;
  live: boolean;
  severity: Severity;
  /** Of the score that opened reason `model`; null without that reason. */
  probability: number | null;
  evidence: Evidence[];
  milestones: Record<string, string>;
  segment: string;
  planVersion: string;
  /** The model that gave `probability`. */
  modelVersion: string | null;
  dataQuality: 'good' | 'degraded';
  playbook: string | null;
}
