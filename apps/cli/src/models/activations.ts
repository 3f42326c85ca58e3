import { randomUUID } from 'node:crypto';
import {
  CONTROL_PARTITIONS,
  decodeControl,
  encodeControl,
  formatTime,
  TOPIC_CONFIG,
  TOPICS,
} from '@milepost/contracts';
import type { ActivateModel, ModelKind } from '@milepost/contracts';
import { readTopic, requireTopics } from '@milepost/runtime';
import { UsageError } from '../connections.js';
import type { Connections } from '../connections.js';

/** What operators activated, in the order in which they did. */
export async function activations(connections: Connections): Promise<ActivateModel[]> {
  const records = await readTopic(connections.kafka(), connections.addresses.topicPrefix + TOPICS.control);
  return records.flatMap(({ value }) => {
    const decoded = decodeControl(value);
    return 'record' in decoded && decoded.record.kind === 'activate-model' ? [decoded.record] : [];
  });
}

/** The version in force of a kind once all partitions have come so far; null: none. */
export const versionInForce = (list: readonly ActivateModel[], kind: ModelKind): string | null =>
  list.findLast(({ model }) => model === kind)?.version ?? null;

/**
 * The version that was in force before the one that is: one step back each time, and in the end none. A roll-back is a
 * record too, so what counts is which versions were new when they were activated.
 */
export function versionBefore(list: readonly ActivateModel[], kind: ModelKind): string | null {
  const steps: (string | null)[] = [null];
  for (const { version } of list.filter(({ model }) => model === kind)) {
    if (version === steps.at(-1)) continue;
    if (version === steps.at(-2)) steps.pop();
    else steps.push(version);
  }
  return steps.at(-2) ?? null;
}

/** Writes the record; from the marker of it on, each partition decides by it. Its sequence number. */
export async function writeActivation(
  connections: Connections,
  what: Pick<ActivateModel, 'model' | 'version' | 'reason' | 'by'>,
): Promise<number> {
  if (what.by === '') throw new UsageError('Say with --by who asks for it.');
  const { topicPrefix } = connections.addresses;
  const kafka = connections.kafka();
  const spec = { name: TOPICS.control, partitions: CONTROL_PARTITIONS, config: TOPIC_CONFIG[TOPICS.control] };
  await requireTopics(kafka, [spec], topicPrefix);
  const record: ActivateModel = {
    kind: 'activate-model',
    id: randomUUID(),
    ...what,
    at: formatTime(Date.now() * 1000),
  };
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  try {
    const messages = [{ partition: 0, key: `model/${what.model}`, value: encodeControl(record) }];
    const [written] = await producer.send({ topic: topicPrefix + TOPICS.control, acks: -1, messages });
    return Number(written!.baseOffset);
  } finally {
    await producer.disconnect();
  }
}
