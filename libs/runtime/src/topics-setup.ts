import { setTimeout } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import type { Admin, Kafka } from 'kafkajs';

const KNOWN_MS = 30_000;

export interface TopicSpec {
  /** Full name. */
  name: string;
  /** Fixed at creation. */
  partitions: number;
  config: Record<string, string>;
}

/** Creates what is missing. Topics that exist are left as they are; `checkTopics` says whether they will do. */
export async function createTopics(
  kafka: Kafka,
  topics: readonly TopicSpec[],
  replicationFactor: number,
): Promise<string[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !existing.has(name));
    if (missing.length > 0) {
      await admin.createTopics({
        waitForLeaders: false,
        topics: missing.map(({ name, partitions, config }) => ({
          topic: name,
          numPartitions: partitions,
          replicationFactor,
          configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
        })),
      });
      await known(admin, missing.map(({ name }) => name)); // prettier-ignore
    }
    return missing.map(({ name }) => name);
  } finally {
    await admin.disconnect();
  }
}

/** What a broker says of a topic that it is still making. */
const NOT_YET = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE', 'NOT_LEADER_FOR_PARTITION']);

/**
 * A broker may answer that it has created a topic a moment before it has heard of it, and name itself its leader a
 * moment before it leads. So each partition is asked for its offsets, which only a leader answers. kafkajs's own wait
 * takes the first for an error, and its transactions take the second for one.
 */
async function known(admin: Admin, topics: string[]): Promise<void> {
  const until = Date.now() + KNOWN_MS;
  for (const topic of topics) {
    while (!(await hasLeaders(admin, topic))) {
      if (Date.now() > until) throw new Error(`Topic ${topic} has no leader after ${KNOWN_MS / 1000} s.`);
      await setTimeout(100);
    }
  }
}

async function hasLeaders(admin: Admin, topic: string): Promise<boolean> {
  try {
    const [found] = (await admin.fetchTopicMetadata({ topics: [topic] })).topics;
    if (!found?.partitions.every(({ leader }) => leader >= 0)) return false;
    await admin.fetchTopicOffsets(topic);
    return true;
  } catch (error) {
    const { type, cause } = error as { type?: string; cause?: { type?: string } };
    if (NOT_YET.has(type ?? cause?.type ?? '')) return false;
    throw error;
  }
}

/** What keeps the topics from being used; empty when all is well. Boot refuses to start otherwise. */
export async function checkTopics(kafka: Kafka, topics: readonly TopicSpec[]): Promise<string[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !existing.has(name));
    if (missing.length > 0) return missing.map(({ name }) => `Topic ${name} is missing: run \`milepost setup\`.`);
    const problems: string[] = [];
    const { topics: found } = await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => name) });
    for (const { name, partitions } of found) {
      const wanted = topics.find((one) => one.name === name)!.partitions;
      if (partitions.length !== wanted) {
        problems.push(`Topic ${name} has ${partitions.length} partitions; want ${wanted}, fixed at creation.`);
      }
    }
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: topics.map(({ name, config }) => ({
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name,
        configNames: Object.keys(config),
      })),
    });
    for (const { resourceName, configEntries } of resources) {
      const wanted = topics.find(({ name }) => name === resourceName)!.config;
      for (const { configName, configValue } of configEntries) {
        if (configValue !== wanted[configName]) {
          problems.push(`Topic ${resourceName}: ${configName} is ${configValue}; want ${wanted[configName]}.`);
        }
      }
    }
    return problems;
  } finally {
    await admin.disconnect();
  }
}

/** Refuses to start on topics that are missing or set otherwise than correctness needs. */
export async function requireTopics(kafka: Kafka, topics: readonly TopicSpec[], prefix: string): Promise<void> {
  const problems = await checkTopics(
    kafka,
    topics.map((topic) => ({ ...topic, name: prefix + topic.name })),
  );
  if (problems.length > 0) throw new Error(problems.join(' '));
}
