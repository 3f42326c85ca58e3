import type { Micros, Model, ModelKind } from '@milepost/contracts';
import type { DecisionContext } from '@milepost/stream';
import { NOBODY } from './model-watcher.js';
import type { ModelWatcher } from './model-watcher.js';

/** From `from` on (event time), accounts are scored with the model; null: no model of the kind is in force. */
export interface ModelChange {
  kind: ModelKind;
  from: Micros;
  model: Model | null;
}

/** In order of their instants; of two at one instant the later in the log comes later, and so counts. */
export const byInstant = <T extends { from: Micros }>(changes: readonly T[]): T[] =>
  changes.toSorted((a, b) => a.from - b.from);

/**
 * Which model is in force when. A value, made of the control records up to one of them: the same in any replay. A
 * schedule is never changed, a later control record makes another.
 */
export class ModelSchedule {
  private readonly changes: readonly ModelChange[];
  /** No model is ever in force: then nobody need ask. */
  readonly isEmpty: boolean;

  /** `changes` in the order of the control log; of two at one instant the later counts. `watcher`: is told of scores. */
  constructor(
    changes: readonly ModelChange[],
    readonly watcher: ModelWatcher = NOBODY,
  ) {
    this.changes = byInstant(changes);
    this.isEmpty = changes.every(({ model }) => model === null);
  }

  modelAt(kind: ModelKind, at: Micros): Model | null {
    return this.changes.findLast((change) => change.kind === kind && change.from <= at)?.model ?? null;
  }

  /** What is decided with from the last change of the kind on; null where there never was one. */
  newest(kind: ModelKind): ModelChange | null {
    return this.changes.findLast((change) => change.kind === kind) ?? null;
  }

  /** The first instant at or after `at` at which a model of the kind is in force; null: none ever. */
  inForceFrom(kind: ModelKind, at: Micros): Micros | null {
    if (this.modelAt(kind, at) !== null) return at;
    return (
      this.changes.find((change) => change.kind === kind && change.from > at && change.model !== null)?.from ?? null
    );
  }
}

export const NO_MODELS = new ModelSchedule([]);

/** The schedule that a record is decided with: a function of the log up to that record. */
export interface ModelsInForce {
  scheduleAt(context: DecisionContext): ModelSchedule;
}

export const NO_MODELS_IN_FORCE: ModelsInForce = { scheduleAt: () => NO_MODELS };
