import { migrate } from '@milepost/clickhouse';
import { deploymentTopics } from '@milepost/onboarding';
import { createTopics } from '@milepost/runtime';
import type { Connections } from '../connections.js';
import { print } from '../output.js';
import type { Output } from '../output.js';

/** Creates the topics and ClickHouse's tables; does nothing where they exist. */
export async function setup(connections: Connections, output: Output & { replicas: number }): Promise<void> {
  const { topicPrefix } = connections.addresses;
  const topics = deploymentTopics(connections.plan).map((topic) => ({ ...topic, name: topicPrefix + topic.name }));
  const created = await createTopics(connections.kafka(), topics, output.replicas);
  const migrations = await migrate(connections.clickhouse());
  const say = (what: string, list: string[]): string =>
    list.length > 0 ? `${what}: ${list.join(', ')}` : `${what}: nothing to do`;
  print(output, { topics: created, migrations }, () => `${say('Topics', created)}\n${say('Migrations', migrations)}`);
}
