import { randomUUID } from 'node:crypto';
import { formatTime, shortVersion } from '@milepost/contracts';
import type { ActivateModel, ModelKind } from '@milepost/contracts';
import { activationInstant, FEATURE_NAMES, unusable, versionBefore, versionInForce } from '@milepost/onboarding';
import { writeControl } from '@milepost/runtime';
import { UsageError } from '../connections.js';
import type { Connections } from '../connections.js';
import { activations, findModel, publishedModels } from '../models/published-models.js';
import { print } from '../output.js';
import type { Output } from '../output.js';

export interface ActivateOptions extends Output {
  reason: string;
  by: string;
}

/** Puts a published model into force: from now on accounts are scored with it, at their next scoring instant. */
export async function activate(connections: Connections, version: string, options: ActivateOptions): Promise<void> {
  const model = findModel(await publishedModels(connections), version);
  const why = unusable(model, FEATURE_NAMES);
  if (why !== null) throw new UsageError(`It can't be scored: ${why}.`);
  const list = await activations(connections);
  if (versionInForce(list, model.kind) === model.version)
    throw new UsageError(`${shortVersion(model.version)} is in force already.`);
  await change(connections, list, model.kind, model.version, options);
}

/** Puts the model into force that was before the present one; none when that was the first. */
export async function rollBack(connections: Connections, kind: ModelKind, options: ActivateOptions): Promise<void> {
  const list = await activations(connections);
  if (versionInForce(list, kind) === null) throw new UsageError(`No model of ${kind} is in force.`);
  await change(connections, list, kind, versionBefore(list, kind), options);
}

async function change(
  connections: Connections,
  list: readonly ActivateModel[],
  kind: ModelKind,
  version: string | null,
  options: ActivateOptions,
): Promise<void> {
  const { reason, by } = options;
  if (by === '') throw new UsageError('Say with --by who asks for it.');
  const at = formatTime(activationInstant(list, kind, Date.now() * 1000));
  const record: ActivateModel = { kind: 'activate-model', id: randomUUID(), model: kind, version, reason, by, at };
  const { topicPrefix } = connections.addresses;
  const sequence = await writeControl(connections.kafka(), topicPrefix, `model/${kind}`, record);
  print(options, { kind, version, sequence }, () =>
    version === null
      ? `No model of ${kind} is in force from now on (control record ${sequence}). What is open by it expires at the next scoring.`
      : `${shortVersion(version)} is in force for ${kind} from now on (control record ${sequence}): accounts are scored a week after their start, and each week after that.`,
  );
}
