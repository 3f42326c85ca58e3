import { decodeControl } from '@milepost/contracts';
import type { ActivateModel } from '@milepost/contracts';
import type { Kafka } from 'kafkajs';
import { readTopic } from './read-topic.js';
import type { ReadLimits } from './read-topic.js';

/** What operators activated, in the order in which they did. `topic`: that of control, in full. */
export async function readActivations(kafka: Kafka, topic: string, limits?: ReadLimits): Promise<ActivateModel[]> {
  return (await readTopic(kafka, topic, limits)).flatMap(({ value }) => {
    const decoded = decodeControl(value);
    return 'record' in decoded && decoded.record.kind === 'activate-model' ? [decoded.record] : [];
  });
}
