import { decodeControl, MODEL_KINDS, parseTime } from '@milepost/contracts';
import type { ActivateModel, Model, ModelKind } from '@milepost/contracts';
import { InfrastructureError } from '@milepost/stream';
import type { ControlLog, DecisionContext } from '@milepost/stream';
import { FEATURE_NAMES } from './features.js';
import { ModelSchedule } from './model-schedule.js';
import type { ModelChange, ModelsInForce } from './model-schedule.js';
import { NOBODY } from './model-watcher.js';
import type { ModelWatcher } from './model-watcher.js';
import { unusable } from './score.js';

interface Activation {
  sequence: number;
  record: ActivateModel;
}

/**
 * The models in force at a record: those that the control records below the partition's control position activate. What
 * is not known here yet is never guessed: the partition is let go and taken again, and by then it has been read.
 */
export class ControlModels implements ModelsInForce {
  private readonly activations: Activation[] = [];
  private readonly models = new Map<string, Model>();
  /** By how many activations apply: a partition that goes on has the same schedule, not an equal one. */
  private readonly schedules = new Map<number, ModelSchedule>();
  /** What the watcher was told: by how many activations, and the last change of each kind. */
  private toldTo = 0;
  private readonly told = new Map<ModelKind, string>();
  private readTo = 0;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly log: ControlLog,
    private readonly readModels: () => Promise<readonly Model[]>,
    private readonly watcher: ModelWatcher = NOBODY,
  ) {}

  /** Reads on in both topics. Rejects when that can't be done now; what was read stays. */
  refresh(): Promise<void> {
    this.reading ??= this.readOn().finally(() => (this.reading = null));
    return this.reading;
  }

  scheduleAt({ control = 0 }: DecisionContext): ModelSchedule {
    if (control > this.readTo) {
      throw new InfrastructureError(
        'log-unavailable',
        `The control log is read up to ${this.readTo} of ${control} only.`,
      );
    }
    const last = this.activations.findLastIndex(({ sequence }) => sequence < control) + 1;
    let schedule = this.schedules.get(last);
    if (!schedule) {
      schedule = new ModelSchedule(this.activations.slice(0, last).map((one) => this.changeOf(one)), this.watcher); // prettier-ignore
      this.schedules.set(last, schedule);
      this.tell(schedule, last);
    }
    return schedule;
  }

  /** Of each kind what is new. A partition that is behind comes by older schedules, which are no news. */
  private tell(schedule: ModelSchedule, activations: number): void {
    if (activations <= this.toldTo) return;
    this.toldTo = activations;
    for (const kind of MODEL_KINDS) {
      const change = schedule.newest(kind);
      const text = `${change?.from} ${change?.model?.version}`;
      if (change === null || this.told.get(kind) === text) continue;
      this.told.set(kind, text);
      this.watcher.inForce(change);
    }
  }

  private changeOf({ sequence, record: { model: kind, version, at } }: Activation): ModelChange {
    const from = parseTime(at)!;
    if (version === null) return { kind, from, model: null };
    const model = this.models.get(version);
    const where = `Control record ${sequence} activates ${version}:`;
    if (!model) throw new InfrastructureError('model-missing', where);
    if (model.kind !== kind) throw new InfrastructureError('model-unknown', `${where} a model of ${model.kind}, not ${kind}.`); // prettier-ignore
    const why = unusable(model, FEATURE_NAMES);
    if (why !== null) throw new InfrastructureError('model-unknown', `${where} ${why}.`);
    return { kind, from, model };
  }

  private async readOn(): Promise<void> {
    const end = await this.log.end();
    const found: Activation[] = [];
    for (let sequence = this.readTo; sequence < end; sequence++) {
      const decoded = decodeControl(await this.log.read(sequence));
      if ('record' in decoded && decoded.record.kind === 'activate-model') {
        found.push({ sequence, record: decoded.record });
      }
    }
    const wanted = [...this.activations, ...found].flatMap(({ record }) => record.version ?? []);
    if (wanted.some((version) => !this.models.has(version))) {
      for (const model of await this.readModels()) this.models.set(model.version, model);
    }
    this.activations.push(...found);
    this.readTo = end;
  }
}
