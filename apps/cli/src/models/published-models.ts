import { TOPICS } from '@milepost/contracts';
import type { ActivateModel, Model } from '@milepost/contracts';
import { readActivations, readModels } from '@milepost/runtime';
import type { PublishedModels } from '@milepost/runtime';
import { UsageError } from '../connections.js';
import type { Connections } from '../connections.js';

export const modelsTopic = ({ addresses }: Connections): string => addresses.topicPrefix + TOPICS.models;

/** Records that are no models are told, not hidden: someone wrote to the topic who should not. */
export async function publishedModels(connections: Connections): Promise<PublishedModels> {
  const found = await readModels(connections.kafka(), modelsTopic(connections));
  for (const { offset, why } of found.refused) {
    process.stderr.write(`The record at offset ${offset} of ${TOPICS.models} is no model: ${why}.\n`);
  }
  return found;
}

export const activations = (connections: Connections): Promise<ActivateModel[]> =>
  readActivations(connections.kafka(), connections.addresses.topicPrefix + TOPICS.control);

/** The model whose version begins so. */
export function findModel({ models }: PublishedModels, version: string): Model {
  const found = models.filter(({ model }) => model.version.startsWith(version));
  if (found.length === 1 && version !== '') return found[0]!.model;
  const many = found.length > 1;
  throw new UsageError(many ? `${version} is the beginning of ${found.length} versions: give more of it.` : `There is no model ${version}: \`milepost models list\` shows all.`); // prettier-ignore
}
